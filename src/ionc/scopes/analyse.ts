/**
 * One walk over a module: its functions, scopes and variables, and every use of each variable. How a variable is held
 * follows from them, in hold.ts.
 *
 * Positions in the text stand for the order in which things happen, inside of one round of one function. Two places
 * need care: what is initialised by a pattern comes behind the initialiser, which follows it in the text; and fields
 * of a class are initialised behind `super()`. Their positions are moved to where they belong.
 */
import type {
  AnyNode,
  AssignmentExpression,
  Expression,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  Identifier,
  MemberExpression,
  MethodDefinition,
  ModuleDeclaration,
  Pattern,
  Program,
  PropertyDefinition,
  Statement,
  StaticBlock,
  VariableDeclaration,
  VariableDeclarator,
} from "acorn";
import type { Diagnostics } from "../diagnostics.ts";
import type { SourceFile } from "../source.ts";
import { eachChild } from "../walk.ts";
import { bindings, eachVar } from "./declare.ts";
import { literalOf } from "./literal.ts";
import {
  type ClassNode,
  FunctionInfo,
  type FunctionKind,
  type FunctionNode,
  type ModuleScopes,
  Scope,
  type ScopeKind,
  Variable,
  type VariableKind,
} from "./model.ts";
import { settle } from "./settle.ts";

/** Behind everything in the text of a file. */
const BEHIND = 2 ** 40;

/** Positions in a part of the text that count as if it stood elsewhere. */
interface Moved {
  readonly fn: FunctionInfo;
  readonly from: number;
  readonly length: number;
  readonly to: number;
}

export function analyse(
  program: Program,
  source: SourceFile,
  diagnostics: Diagnostics,
  inCycle: boolean,
): ModuleScopes {
  return new Analyser(source, diagnostics).run(program, inCycle);
}

class Analyser {
  readonly #source: SourceFile;
  readonly #diagnostics: Diagnostics;
  readonly #functions: FunctionInfo[] = [];
  readonly #functionOf = new Map<AnyNode, FunctionInfo>();
  readonly #scopeOf = new Map<AnyNode, Scope>();
  readonly #variableOf = new Map<AnyNode, Variable>();
  #fn!: FunctionInfo;
  #scope!: Scope;
  /** Loops around, inside of the function. */
  #loops = 0;
  /** The scope of the loop in whose third part of the head we are. */
  #update: Scope | null = null;
  #moved: Moved | null = null;

  constructor(source: SourceFile, diagnostics: Diagnostics) {
    this.#source = source;
    this.#diagnostics = diagnostics;
  }

  run(program: Program, inCycle: boolean): ModuleScopes {
    const module = this.#newFunction("module", program, null, 0, null);
    this.#fn = module;
    const top = new Scope("module", null, module, program);
    this.#scope = top;
    this.#scopeOf.set(program, top);
    this.#declareVars(program.body);
    this.#declareList(program.body);
    for (const statement of program.body) this.#visit(statement);
    for (const scope of this.#scopeOf.values()) settle(scope, this.#variableOf, inCycle);
    return {
      program,
      module,
      top,
      functions: this.#functions,
      functionOf: this.#functionOf,
      scopeOf: this.#scopeOf,
      variableOf: this.#variableOf,
    };
  }

  #newFunction(
    kind: FunctionKind,
    node: AnyNode,
    parent: FunctionInfo | null,
    at: number,
    classNode: ClassNode | null,
  ): FunctionInfo {
    const info = new FunctionInfo(kind, node, parent, at, classNode);
    this.#functions.push(info);
    this.#functionOf.set(node, info);
    return info;
  }

  #at(position: number): number {
    const moved = this.#moved;
    if (moved === null || moved.fn !== this.#fn) return position;
    return moved.to + (position - moved.from) / (moved.length + 1);
  }

  // ---- declarations ----

  #declare(name: Identifier, kind: VariableKind, initialised: number, scope = this.#scope): Variable {
    let variable = scope.variables.get(name.name);
    if (variable === undefined) {
      variable = new Variable(name.name, kind, scope, initialised);
      scope.variables.set(name.name, variable);
    }
    return variable;
  }

  #hidden(name: string, scope: Scope, initialised: number): Variable {
    return new Variable(name, "hidden", scope, initialised);
  }

  /** The `var`s of a function belong to the scope of its body; one that is named like a parameter is that. */
  #declareVars(statements: readonly AnyNode[]): void {
    const { parent } = this.#scope;
    eachVar(statements, ({ declarations }) => {
      for (const { id } of declarations) {
        bindings(id, (name) => {
          const isParameter =
            parent?.kind === "parameters" && parent.fn === this.#fn && parent.variables.has(name.name);
          if (!isParameter) this.#declare(name, "var", -1);
        });
      }
    });
  }

  /** The lexical declarations of a list of statements, and its functions. */
  #declareList(statements: readonly AnyNode[]): void {
    for (const statement of statements) this.#declareStatement(statement);
  }

  #declareStatement(node: AnyNode): void {
    switch (node.type) {
      case "VariableDeclaration":
        if (node.kind === "let" || node.kind === "const") this.#declareLexical(node);
        break;
      case "FunctionDeclaration":
        this.#declareFunction(node);
        break;
      case "ClassDeclaration":
        if (node.id) this.#declare(node.id, "class", node.body.start);
        break;
      case "LabeledStatement":
        if (node.body.type === "FunctionDeclaration") this.#declareStatement(node.body);
        break;
      case "ImportDeclaration":
        for (const specifier of node.specifiers) {
          const variable = this.#declare(specifier.local, "import", -1);
          variable.imported = {
            specifier: String(node.source.value),
            imported: importedName(specifier),
            at: specifier.start,
          };
        }
        break;
      case "ExportNamedDeclaration":
        if (node.declaration) this.#declareExported(node.declaration);
        break;
      case "ExportDefaultDeclaration":
        if ("id" in node.declaration && node.declaration.id && isDeclaration(node.declaration)) {
          this.#declareExported(node.declaration as Statement);
        } else this.#declareDefault(node.declaration as Expression);
        break;
      default:
    }
  }

  #declareFunction(node: AnyNode & { id?: Identifier | null }): void {
    if (!node.id) return;
    const variable = this.#declare(node.id, "function", -1);
    if (!this.#scope.functions.includes(variable)) this.#scope.functions.push(variable);
  }

  #declareExported(declaration: AnyNode): void {
    this.#declareStatement(declaration);
    const mark = (name: Identifier): void => {
      const variable = this.#scope.variables.get(name.name);
      if (variable !== undefined) variable.exported = true;
    };
    if (declaration.type === "VariableDeclaration") for (const { id } of declaration.declarations) bindings(id, mark);
    else if ("id" in declaration && declaration.id) mark(declaration.id as Identifier);
  }

  /** `export default …` without a name is a constant of the name `default`, which no program can write. */
  #declareDefault(node: Expression): void {
    const isFunction = (node.type as string) === "FunctionDeclaration";
    const variable = new Variable(
      "default",
      isFunction ? "function" : "const",
      this.#scope,
      isFunction ? -1 : node.end,
    );
    variable.exported = true;
    this.#scope.variables.set("default", variable);
    if (isFunction) this.#scope.functions.push(variable);
  }

  #declareLexical(node: VariableDeclaration): void {
    for (const declarator of node.declarations) {
      bindings(declarator.id, (name, end) => {
        this.#declare(name, node.kind as "let" | "const", initialisedAt(declarator, end));
      });
    }
  }

  // ---- scopes and functions ----

  #inScope(kind: ScopeKind, node: AnyNode, run: (scope: Scope) => void): void {
    const outer = this.#scope;
    this.#scope = new Scope(kind, outer, this.#fn, node);
    this.#scopeOf.set(node, this.#scope);
    run(this.#scope);
    this.#scope = outer;
  }

  #inFunction(fn: FunctionInfo, run: () => void): void {
    const outer = { fn: this.#fn, loops: this.#loops, update: this.#update, moved: this.#moved };
    this.#fn = fn;
    this.#loops = 0;
    this.#update = null;
    run();
    this.#fn = outer.fn;
    this.#loops = outer.loops;
    this.#update = outer.update;
    this.#moved = outer.moved;
  }

  #function(node: FunctionNode, kind: FunctionKind, classNode: ClassNode | null = null): FunctionInfo {
    const fn = this.#newFunction(kind, node, this.#fn, this.#at(node.start), classNode);
    fn.isGenerator = node.generator;
    this.#functionBody(fn, node);
    return fn;
  }

  #functionBody(fn: FunctionInfo, node: FunctionNode): void {
    this.#inFunction(fn, () => {
      this.#inScope("parameters", node, () => {
        for (const param of node.params) {
          bindings(param, (name, end) => {
            const variable = this.#declare(name, "parameter", end);
            variable.values.push(null);
          });
        }
        for (const param of node.params) this.#pattern(param);
        if (node.body.type !== "BlockStatement") return this.#visit(node.body);
        const { body } = node.body;
        this.#inScope("function", node.body, () => {
          this.#declareVars(body);
          this.#declareList(body);
          for (const statement of body) this.#visit(statement);
        });
      });
    });
  }

  /** A function expression with a name knows itself by it. */
  #functionExpression(node: FunctionNode): void {
    const name = node.type === "FunctionExpression" ? node.id : null;
    if (!name) {
      this.#function(node, node.type === "ArrowFunctionExpression" ? "arrow" : "plain");
      return;
    }
    const outer = this.#scope;
    this.#scope = new Scope("name", outer, this.#fn, node);
    const variable = this.#declare(name, "function", this.#at(node.end));
    this.#scopeOf.set(name, this.#scope);
    this.#variableOf.set(name, variable);
    const fn = this.#function(node, "plain");
    variable.known = fn;
    variable.values.push(null);
    fn.variable = variable;
    this.#scope = outer;
  }

  #list(statements: readonly AnyNode[]): void {
    this.#declareList(statements);
    for (const statement of statements) this.#visit(statement);
  }

  // ---- uses ----

  #lookUp(name: string): Variable | null {
    for (let scope: Scope | null = this.#scope; scope !== null; scope = scope.parent) {
      const found = scope.variables.get(name);
      if (found !== undefined) return found;
    }
    return null;
  }

  #use(node: Identifier, isCall: boolean): void {
    const variable = this.#lookUp(node.name);
    if (variable === null) {
      if (node.name === "arguments") this.#diagnostics.error(this.#source, node.start, "arguments");
      return;
    }
    this.#variableOf.set(node, variable);
    variable.uses.push({ node, at: this.#at(node.start), fn: this.#fn, isCall });
  }

  #assigned(node: Identifier, whole: AnyNode, value: { operator: string; value: Expression } | null): void {
    const variable = this.#lookUp(node.name);
    if (variable === null) return;
    this.#variableOf.set(node, variable);
    variable.values.push(value);
    variable.assignments.push({
      node,
      at: this.#at(whole.start),
      end: this.#at(whole.end),
      fn: this.#fn,
      inLoop: this.#loops > 0,
      inUpdate: this.#update !== null && this.#update === variable.scope,
    });
  }

  /** The `this` of the function that has one, as a variable of it. */
  #this(node: AnyNode): void {
    let fn = this.#fn;
    while (!fn.ownsThis && fn.parent !== null) fn = fn.parent;
    const variable = this.#thisOf(fn);
    this.#variableOf.set(node, variable);
    variable.uses.push({ node, at: this.#at(node.start), fn: this.#fn, isCall: false });
  }

  #thisOf(fn: FunctionInfo): Variable {
    if (fn.thisVariable === null) {
      // Of no scope of the text, but its function's.
      const scope = new Scope("parameters", null, fn, fn.node);
      fn.thisVariable = this.#hidden("this", scope, -1);
      fn.thisVariable.values.push(null);
    }
    return fn.thisVariable;
  }

  // ---- patterns ----

  /** A pattern that declares: its names are bound, its defaults and computed keys are looked at. */
  #pattern(pattern: Pattern): void {
    switch (pattern.type) {
      case "Identifier": {
        const variable = this.#lookUp(pattern.name);
        if (variable !== null) this.#variableOf.set(pattern, variable);
        break;
      }
      case "ObjectPattern":
        for (const property of pattern.properties) {
          if (property.type === "RestElement") this.#pattern(property.argument);
          else {
            if (property.computed) this.#visit(property.key);
            this.#pattern(property.value);
          }
        }
        break;
      case "ArrayPattern":
        for (const element of pattern.elements) if (element !== null) this.#pattern(element);
        break;
      case "AssignmentPattern":
        this.#pattern(pattern.left);
        this.#visit(pattern.right);
        break;
      case "RestElement":
        this.#pattern(pattern.argument);
        break;
      default:
        this.#visit(pattern);
    }
  }

  /** A pattern that assigns. */
  #target(pattern: Pattern, whole: AnyNode): void {
    switch (pattern.type) {
      case "Identifier":
        this.#assigned(pattern, whole, null);
        break;
      case "ObjectPattern":
        for (const property of pattern.properties) {
          if (property.type === "RestElement") this.#target(property.argument, whole);
          else {
            if (property.computed) this.#visit(property.key);
            this.#target(property.value, whole);
          }
        }
        break;
      case "ArrayPattern":
        for (const element of pattern.elements) if (element !== null) this.#target(element, whole);
        break;
      case "AssignmentPattern":
        this.#target(pattern.left, whole);
        this.#visit(pattern.right);
        break;
      case "RestElement":
        this.#target(pattern.argument, whole);
        break;
      default:
        this.#visit(pattern);
    }
  }

  /** Looks at a pattern whose parts happen behind `to`. */
  #movedPattern(pattern: Pattern, to: number): void {
    const outer = this.#moved;
    const moved = { fn: this.#fn, from: pattern.start, length: pattern.end - pattern.start, to: this.#at(to) };
    if (pattern.type !== "Identifier") this.#moved = moved;
    this.#pattern(pattern);
    this.#moved = outer;
  }

  // ---- statements and expressions ----

  #visitAll(nodes: readonly (AnyNode | null)[]): void {
    for (const node of nodes) if (node !== null) this.#visit(node);
  }

  #visit(node: AnyNode): void {
    switch (node.type) {
      case "Identifier":
        this.#use(node, false);
        return;
      case "ThisExpression":
      case "MetaProperty":
        this.#this(node);
        return;
      case "VariableDeclaration":
        for (const declarator of node.declarations) this.#declarator(declarator, node.kind);
        return;
      case "FunctionDeclaration":
        this.#functionDeclaration(node as FunctionNode & { id: Identifier | null });
        return;
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        this.#functionExpression(node);
        return;
      case "ClassDeclaration":
      case "ClassExpression":
        this.#class(node);
        return;
      case "ReturnStatement":
        if (node.argument) {
          this.#fn.returnsValue = true;
          this.#visit(node.argument);
        }
        return;
      case "BlockStatement":
        this.#inScope("block", node, () => this.#list(node.body));
        return;
      case "StaticBlock":
        this.#inScope("block", node, () => {
          this.#declareVars(node.body);
          this.#list(node.body);
        });
        return;
      case "SwitchStatement":
        this.#visit(node.discriminant);
        this.#inScope("switch", node, () => {
          for (const { consequent } of node.cases) this.#declareList(consequent);
          for (const { test, consequent } of node.cases) this.#visitAll([test ?? null, ...consequent]);
        });
        return;
      case "ForStatement":
        this.#for(node);
        return;
      case "ForInStatement":
      case "ForOfStatement":
        this.#forEach(node);
        return;
      case "WhileStatement":
        this.#loop([node.test, node.body]);
        return;
      case "DoWhileStatement":
        this.#loop([node.body, node.test]);
        return;
      case "CatchClause":
        this.#inScope("block", node, () => {
          const { param } = node;
          if (param) {
            bindings(param, (name, end) => {
              this.#declare(name, "catch", end).values.push(null);
            });
            this.#pattern(param);
          }
          this.#visit(node.body);
        });
        return;
      case "LabeledStatement":
        this.#visit(node.body);
        return;
      case "BreakStatement":
      case "ContinueStatement":
        return;
      default:
        this.#visitExpression(node);
        return;
    }
  }

  /** Notes what is done to the members of what a name stands for. */
  #noteObject(node: AnyNode, isChanged: boolean): void {
    let root = node;
    while (root.type === "MemberExpression") root = root.object;
    const variable = root.type === "Identifier" ? this.#lookUp(root.name) : null;
    if (variable === null) return;
    variable.isObject = true;
    if (isChanged) variable.isChanged = true;
  }

  #noteUses(node: AnyNode): void {
    switch (node.type) {
      case "MemberExpression":
        if (!isOfAllFunctions(node)) this.#noteObject(node, false);
        return;
      case "NewExpression":
        this.#noteObject(node.callee, false);
        return;
      case "BinaryExpression":
        if (node.operator === "instanceof") this.#noteObject(node.right, false);
        return;
      case "AssignmentExpression":
        if (node.left.type === "MemberExpression") this.#noteObject(node.left, true);
        return;
      case "UpdateExpression":
        if (node.argument.type === "MemberExpression") this.#noteObject(node.argument, true);
        return;
      case "UnaryExpression":
        if (node.operator === "delete") this.#noteObject(node.argument, true);
        return;
      case "CallExpression": {
        const { callee } = node;
        // `Object.assign(C.prototype, …)`, `Object.defineProperty(f, …)`
        const isOfObject =
          callee.type === "MemberExpression" &&
          callee.object.type === "Identifier" &&
          (callee.object.name === "Object" || callee.object.name === "Reflect");
        if (isOfObject) for (const one of node.arguments) this.#noteObject(one, true);
        return;
      }
      default:
    }
  }

  #visitExpression(node: AnyNode): void {
    this.#noteUses(node);
    switch (node.type) {
      case "CallExpression":
        if (node.callee.type === "Identifier") this.#use(node.callee, true);
        else if (node.callee.type === "Super") this.#superCall(node.callee);
        else this.#visit(node.callee);
        this.#visitAll(node.arguments);
        return;
      case "MemberExpression":
        if (node.object.type === "Super") this.#superMember(node.object);
        else this.#visit(node.object);
        if (node.computed) this.#visit(node.property);
        return;
      case "Property":
        if (node.computed) this.#visit(node.key);
        this.#visit(node.value);
        return;
      case "ObjectExpression":
        this.#inScope("class", node, () => this.#visitAll(node.properties));
        return;
      case "AssignmentExpression":
        this.#assignment(node);
        return;
      case "UpdateExpression":
        if (node.argument.type !== "Identifier") {
          this.#visit(node.argument);
          return;
        }
        this.#use(node.argument, false);
        this.#assigned(node.argument, node, { operator: "++", value: node });
        return;
      case "ImportDeclaration":
        return;
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
      case "ExportAllDeclaration":
        this.#export(node);
        return;
      default:
        eachChild(node, (child) => this.#visit(child));
    }
  }

  #declarator(declarator: VariableDeclarator, kind: string): void {
    const { id, init } = declarator;
    if (init) this.#visit(init);
    this.#movedPattern(id, declarator.end);
    if (kind === "var") {
      this.#varDeclarator(declarator);
      return;
    }
    if (id.type !== "Identifier") {
      this.#literalParts(id, init);
      bindings(id, (name) => void this.#variableOf.get(name)?.values.push(null));
      return;
    }
    const variable = this.#variableOf.get(id)!;
    variable.values.push(init ? { operator: "=", value: init } : null);
    variable.literal = init ? literalOf(init) : null;
    if (init) this.#initialisedWith(variable, init);
  }

  /** `const [a, b] = [1, 2]` */
  #literalParts(pattern: Pattern, init: Expression | null | undefined): void {
    if (pattern.type !== "ArrayPattern" || init?.type !== "ArrayExpression") return;
    if (init.elements.some((one) => one?.type === "SpreadElement")) return;
    pattern.elements.forEach((element, i) => {
      const value = init.elements[i];
      if (element?.type !== "Identifier" || value === null || value === undefined) return;
      this.#variableOf.get(element)!.literal = literalOf(value as Expression);
    });
  }

  #initialisedWith(variable: Variable, init: Expression): void {
    if (init.type === "ArrowFunctionExpression" || init.type === "FunctionExpression") {
      const fn = this.#functionOf.get(init)!;
      variable.known = fn;
      fn.variable ??= variable;
    } else if (init.type === "ClassExpression") variable.classNode = init;
  }

  /** A `var` is there, as undefined, from the beginning; its initialiser is an assignment. */
  #varDeclarator({ id, init, start, end }: VariableDeclarator): void {
    bindings(id, (name) => {
      const variable = this.#variableOf.get(name);
      if (variable === undefined || !init) return;
      variable.values.push(id.type === "Identifier" ? { operator: "=", value: init } : null);
      const inLoop = this.#loops > 0;
      variable.assignments.push({
        node: name,
        at: this.#at(start),
        end: this.#at(end),
        fn: this.#fn,
        inLoop,
        inUpdate: false,
      });
    });
  }

  #functionDeclaration(node: FunctionNode & { id: Identifier | null }): void {
    const variable = this.#scope.variables.get(node.id?.name ?? "default") ?? null;
    const fn = this.#function(node, "plain");
    fn.variable = variable;
    if (node.id && variable !== null) this.#variableOf.set(node.id, variable);
    if (variable === null || variable.kind !== "function") {
      // A parameter or a var of this name is assigned by it.
      variable?.assignments.push({ node: null, at: -1, end: -1, fn: this.#fn, inLoop: false, inUpdate: false });
      return;
    }
    // Of several the last is meant.
    variable.known = fn;
    variable.values.push(null);
  }

  #loop(parts: readonly AnyNode[]): void {
    this.#loops++;
    this.#visitAll(parts);
    this.#loops--;
  }

  #for(node: ForStatement): void {
    this.#inScope("loop", node, (scope) => {
      if (node.init?.type === "VariableDeclaration") this.#declareStatement(node.init);
      if (node.init) this.#visit(node.init);
      this.#loops++;
      if (node.test) this.#visit(node.test);
      if (node.update) {
        const outer = this.#update;
        this.#update = scope;
        this.#visit(node.update);
        this.#update = outer;
      }
      this.#visit(node.body);
      this.#loops--;
    });
  }

  #forEach(node: ForInStatement | ForOfStatement): void {
    const { left, right, body } = node;
    this.#inScope("loop", node, () => {
      if (left.type === "VariableDeclaration") this.#declareHead(left, right.end);
      this.#visit(right);
      this.#loops++;
      if (left.type === "VariableDeclaration") {
        this.#movedPattern(left.declarations[0].id, right.end);
        bindings(left.declarations[0].id, (name) => this.#headVariable(name, left));
      } else this.#target(left, left);
      this.#visit(body);
      this.#loops--;
    });
  }

  #declareHead({ kind, declarations }: VariableDeclaration, end: number): void {
    if (kind === "var") return;
    const { id } = declarations[0];
    bindings(id, (name, partEnd) => {
      this.#declare(name, kind as "let" | "const", end + (partEnd - id.start) / (id.end - id.start + 1));
    });
  }

  #headVariable(name: Identifier, { kind, start, end }: VariableDeclaration): void {
    const variable = this.#variableOf.get(name);
    variable?.values.push(null);
    if (kind === "var")
      variable?.assignments.push({ node: name, at: start, end, fn: this.#fn, inLoop: true, inUpdate: false });
  }

  #assignment(node: AssignmentExpression): void {
    const { left, right, operator } = node;
    if (left.type !== "Identifier") {
      if (operator === "=") this.#target(left, node);
      else this.#visit(left);
      this.#visit(right);
      return;
    }
    if (operator !== "=") this.#use(left, false);
    this.#visit(right);
    const isLogical = operator === "&&=" || operator === "||=" || operator === "??=";
    this.#assigned(left, node, { operator: isLogical ? "=" : operator.slice(0, -1) || "=", value: right });
  }

  #export(node: ModuleDeclaration): void {
    if (node.type === "ExportNamedDeclaration") {
      if (node.declaration) {
        this.#visit(node.declaration);
        return;
      }
      if (node.source) return;
      for (const { local } of node.specifiers) {
        if (local.type !== "Identifier") continue;
        this.#use(local, false);
        const variable = this.#variableOf.get(local);
        if (variable !== undefined) variable.exported = true;
      }
    } else if (node.type === "ExportDefaultDeclaration") {
      const declaration = node.declaration as AnyNode;
      this.#visit(declaration);
      const variable = this.#scope.variables.get("default");
      if (variable === undefined || variable.kind === "function") return;
      variable.values.push(null);
      this.#variableOf.set(node, variable);
      if (!isDeclaration(declaration)) {
        variable.literal = literalOf(declaration as Expression);
        this.#initialisedWith(variable, declaration as Expression);
      }
    }
  }

  // ---- classes ----

  #class(node: ClassNode): void {
    const declared = node.type === "ClassDeclaration" && node.id ? this.#scope.variables.get(node.id.name) : undefined;
    if (declared !== undefined) {
      declared.classNode = node;
      declared.values.push(null);
      this.#variableOf.set(node.id!, declared);
    }
    this.#inScope("class", node, (scope) => {
      if (declared === undefined && node.id) {
        const own = this.#declare(node.id, "class", node.body.start);
        own.classNode = node;
        own.values.push(null);
        this.#variableOf.set(node.id, own);
      }
      if (node.superClass) {
        this.#visit(node.superClass);
        const parent = this.#hidden(`parent:${node.start}`, scope, node.superClass.end);
        parent.values.push(null);
        this.#variableOf.set(node.body, parent);
      }
      this.#classBody(node);
    });
  }

  #classBody(node: ClassNode): void {
    const members = node.body.body;
    for (const member of members) if ("computed" in member && member.computed) this.#visit(member.key);
    const written = members.find((member) => member.type === "MethodDefinition" && member.kind === "constructor");
    const kind = node.superClass ? "derived" : "constructor";
    // It is made with the class, before all that stands in the body.
    const fn = this.#newFunction(kind, node, this.#fn, this.#at(node.start), node);
    for (const member of members) {
      if (member.type === "PropertyDefinition" && member.computed) this.#fieldKey(member, fn);
      if (member === written) continue;
      if (member.type === "MethodDefinition") this.#function(member.value, "method", node);
      else if (member.type === "StaticBlock" || member.static) this.#staticMember(member, node);
      else this.#field(member, fn);
    }
    this.#thisOf(fn);
    if (written === undefined) {
      if (kind === "derived") this.#superUse(node.body, fn);
      return;
    }
    const { value } = written as MethodDefinition;
    this.#functionOf.set(value, fn);
    this.#functionBody(fn, value);
    if (kind === "derived") placeSuper(fn, value.body.body);
  }

  /** A computed key is evaluated once, with the class, and kept for the constructor. */
  #fieldKey(field: PropertyDefinition, fn: FunctionInfo): void {
    const key = this.#hidden(`key:${field.start}`, this.#scope, field.key.end);
    key.values.push(null);
    this.#variableOf.set(field, key);
    key.uses.push({ node: field, at: BEHIND, fn: field.static ? this.#fn : fn, isCall: false });
  }

  /** Fields are initialised by the constructor, behind `super()`, but in the scope of the class. */
  #field(field: PropertyDefinition, fn: FunctionInfo): void {
    this.#inFunction(fn, () => {
      this.#thisOf(fn);
      this.#moved = { fn, from: 0, length: 0, to: BEHIND };
      this.#inScope("block", field, () => {
        if (field.value) this.#visit(field.value);
      });
    });
  }

  /** What runs once with the class as its `this`. */
  #staticMember(member: PropertyDefinition | StaticBlock, classNode: ClassNode): void {
    const fn = this.#newFunction("initialiser", member, this.#fn, this.#at(member.start), classNode);
    this.#inFunction(fn, () => {
      if (member.type === "StaticBlock") this.#visit(member);
      else if (member.value) this.#inScope("block", member, () => this.#visit(member.value!));
    });
  }

  /** `super(…)` uses the parent of the class, and gives the constructor its `this`. */
  #superCall(node: AnyNode): void {
    const fn = this.#fn;
    if (fn.kind !== "derived") {
      this.#diagnostics.error(this.#source, node.start, "superInArrow");
      return;
    }
    this.#superUse(node, fn);
  }

  #superUse(node: AnyNode, fn: FunctionInfo): void {
    const parent = this.#variableOf.get(fn.classNode!.body)!;
    this.#variableOf.set(node, parent);
    parent.uses.push({ node, at: this.#at(node.start), fn, isCall: false });
  }

  /** `super.x`: of the parent's prototype, of the parent in static members, of the prototype of an object literal. */
  #superMember(node: AnyNode): void {
    let scope: Scope | null = this.#scope;
    while (scope !== null && scope.kind !== "class") scope = scope.parent;
    if (scope === null) return;
    let home = this.#variableOf.get(
      scope.node.type === "ObjectExpression" ? scope.node : (scope.node as ClassNode).body,
    );
    if (home === undefined) {
      // A class without a parent, or an object literal: what it starts from is the prototype of the object itself.
      home = this.#hidden(
        `home:${scope.node.start}`,
        scope,
        scope.node.type === "ObjectExpression" ? scope.node.end : scope.node.start,
      );
      home.values.push(null);
      this.#variableOf.set(scope.node.type === "ObjectExpression" ? scope.node : (scope.node as ClassNode).body, home);
    }
    this.#variableOf.set(node, home);
    home.uses.push({ node, at: this.#at(node.start), fn: this.#fn, isCall: false });
    this.#this(this.#superThis(node));
  }

  /** Methods of the parent run with our `this`; it is found by the node of `super`, a place further. */
  #superThis(node: AnyNode): AnyNode {
    const stand = { type: "ThisExpression", start: node.start, end: node.end } as AnyNode;
    (node as { self?: AnyNode }).self = stand;
    return stand;
  }
}

/** Members that functions have without being objects of their own. */
function isOfAllFunctions({ property, computed }: MemberExpression): boolean {
  return !computed && property.type === "Identifier" && /^(call|apply|bind|name|length)$/.test(property.name);
}

function isDeclaration(node: AnyNode): boolean {
  return node.type === "FunctionDeclaration" || node.type === "ClassDeclaration";
}

function importedName(specifier: AnyNode): string | null {
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  if (specifier.type !== "ImportSpecifier") return null;
  const { imported } = specifier;
  return imported.type === "Identifier" ? imported.name : String(imported.value);
}

/** A name is there when its declarator is done; one of a pattern when its part of the pattern is. */
function initialisedAt({ id, end }: VariableDeclarator, partEnd: number): number {
  return id.type === "Identifier" ? end : end + (partEnd - id.start) / (id.end - id.start + 1);
}

/** Where `super()` is one plain statement of the constructor, `this` is there behind it; else it has to be looked. */
function placeSuper(fn: FunctionInfo, body: readonly Statement[]): void {
  const own = fn.thisVariable!;
  const calls = body.filter(isSuperCall);
  let count = 0;
  for (const statement of body) count += superCallsIn(statement);
  if (calls.length === 1 && count === 1) own.initialised = calls[0].end;
  else own.needsCheck = true;
}

function isSuperCall(node: AnyNode): boolean {
  return (
    node.type === "ExpressionStatement" &&
    node.expression.type === "CallExpression" &&
    node.expression.callee.type === "Super"
  );
}

function superCallsIn(node: AnyNode): number {
  let count = node.type === "CallExpression" && node.callee.type === "Super" ? 1 : 0;
  eachChild(node, (child) => {
    count += superCallsIn(child);
  });
  return count;
}
