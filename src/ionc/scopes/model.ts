/** What is known of a module's names: functions, scopes, variables and where they are used. */
import type {
  AnonymousClassDeclaration,
  AnyNode,
  ArrowFunctionExpression,
  ClassDeclaration,
  ClassExpression,
  Expression,
  FunctionDeclaration,
  FunctionExpression,
  Program,
} from "acorn";
import type { Value } from "../../values/value.ts";

export type ClassNode = ClassDeclaration | ClassExpression | AnonymousClassDeclaration;
export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/**
 * `hidden` are variables of the compiler's own: `this`, the parent of a class, what an object literal's `super` starts
 * from.
 */
export type VariableKind = "var" | "let" | "const" | "class" | "function" | "parameter" | "catch" | "import" | "hidden";

/** How a variable is held; see docs/javascript-inside.md. */
export type Hold =
  /** In a register of its function; other functions have a copy of it, which is the same since it never changes. */
  | { readonly kind: "register" }
  /** In an object of one member, which several functions share. `early`: it is there before the variable is initialised. */
  | { readonly kind: "cell"; readonly early: boolean }
  /** Of the process, by the class of the module. */
  | { readonly kind: "global" }
  /** Nowhere: its value stands wherever it is used. */
  | { readonly kind: "literal"; readonly value: Value }
  /** Nowhere: the function is a constant. */
  | { readonly kind: "function" };

export interface Use {
  readonly node: AnyNode;
  readonly at: number;
  readonly fn: FunctionInfo;
  readonly isCall: boolean;
}

export interface Assignment {
  /** The name that is assigned; null for a declared function in the place of a parameter. */
  readonly node: AnyNode | null;
  readonly at: number;
  readonly end: number;
  readonly fn: FunctionInfo;
  readonly inLoop: boolean;
  /** In the third part of the head of the loop whose variable it is. */
  readonly inUpdate: boolean;
}

export class Variable {
  readonly name: string;
  readonly kind: VariableKind;
  readonly scope: Scope;
  /** Where it begins to be there; -1: at the beginning of its scope. */
  initialised: number;
  readonly uses: Use[] = [];
  readonly assignments: Assignment[] = [];
  /** What it may have as its value, for its type; null: anything. */
  readonly values: (ValueSource | null)[] = [];
  /** The function that it always is, once it is initialised. */
  known: FunctionInfo | null = null;
  /** The class that it always is. */
  classNode: ClassNode | null = null;
  /** The literal that it always is. */
  literal: { readonly value: Value } | null = null;
  /** It is used as an object: its members are looked at, or `new` makes instances of it. */
  isObject = false;
  /** Its members, or those of its prototype, are assigned. */
  isChanged = false;
  /** Other modules may see it. */
  exported = false;
  /** Closures made from here on find it initialised: nothing that could call them lies in between. */
  settledFrom = Number.POSITIVE_INFINITY;
  /** Some function has it among its captures. */
  captured = false;
  /** A register could hold something stale, or nothing, when it is captured or read. */
  needsCheck = false;
  hold: Hold = { kind: "register" };
  /** Of what another module exports. */
  imported: ImportedName | null = null;

  constructor(name: string, kind: VariableKind, scope: Scope, initialised: number) {
    this.name = name;
    this.kind = kind;
    this.scope = scope;
    this.initialised = initialised;
  }

  /** The function whose frame it belongs to. */
  get owner(): FunctionInfo {
    return this.scope.fn;
  }

  /** Of the module itself: functions do not capture it. */
  get isTop(): boolean {
    const { kind, parent, node } = this.scope;
    // What a class of a module keeps, such as its parent, is there once as well.
    const isOfClass = kind === "class" && node.type !== "ObjectExpression" && parent?.kind === "module";
    return kind === "module" || (isOfClass && this.kind === "hidden");
  }

  /** Is it assigned to after its initialisation? */
  get isAssigned(): boolean {
    return this.assignments.length > 0;
  }

  #places: number[] | null = null;

  /** Is it assigned in this part of the text? */
  isAssignedWithin(from: number, to: number): boolean {
    if (this.assignments.length === 0) return false;
    this.#places ??= this.assignments.flatMap(({ node }) => (node === null ? [] : [node.start])).sort((a, b) => a - b);
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#places[middle] < from) low = middle + 1;
      else high = middle;
    }
    return low < this.#places.length && this.#places[low] < to;
  }
}

/** A value, or what an operator of an assignment makes of it and the variable. */
export interface ValueSource {
  readonly operator: string;
  readonly value: Expression;
}

/** `imported` null: the whole module as an object. */
export interface ImportedName {
  readonly specifier: string;
  readonly imported: string | null;
  readonly at: number;
}

export type ScopeKind = "module" | "function" | "parameters" | "block" | "switch" | "loop" | "class" | "name";

export class Scope {
  readonly kind: ScopeKind;
  readonly parent: Scope | null;
  readonly fn: FunctionInfo;
  readonly node: AnyNode;
  readonly variables = new Map<string, Variable>();
  /** Function declarations, which are there from the beginning. */
  readonly functions: Variable[] = [];
  /** Where those of them that are closures are made. */
  closuresAt = -1;

  constructor(kind: ScopeKind, parent: Scope | null, fn: FunctionInfo, node: AnyNode) {
    this.kind = kind;
    this.parent = parent;
    this.fn = fn;
    this.node = node;
  }
}

export type FunctionKind = "module" | "plain" | "arrow" | "method" | "constructor" | "derived" | "initialiser";

export class FunctionInfo {
  readonly kind: FunctionKind;
  /** A class for a constructor that nobody wrote, a member of a class for the function that initialises it. */
  readonly node: AnyNode;
  readonly parent: FunctionInfo | null;
  /** Where the closure is made, in the function around it. */
  readonly at: number;
  /** The variable of its declaration. */
  variable: Variable | null = null;
  /** Its `this`; null as long as nothing uses it. */
  thisVariable: Variable | null = null;
  /** The class whose member it is. */
  readonly classNode: ClassNode | null;
  readonly children: FunctionInfo[] = [];
  /** Variables of functions around it that it uses, in the order of its registers. */
  captures: readonly Variable[] = [];
  /** It is called only by its name: no closure of it is ever made. */
  isLifted = false;
  isGenerator = false;
  /** Some `return` has a value. */
  returnsValue = false;
  /** Its name in the class file; given when code is generated. */
  codeName: string | null = null;

  constructor(kind: FunctionKind, node: AnyNode, parent: FunctionInfo | null, at: number, classNode: ClassNode | null) {
    this.kind = kind;
    this.node = node;
    this.parent = parent;
    this.at = at;
    this.classNode = classNode;
    parent?.children.push(this);
  }

  /** Arrow functions have the `this` of who is around them. */
  get ownsThis(): boolean {
    return this.kind !== "arrow";
  }
}

export interface ModuleScopes {
  readonly program: Program;
  readonly module: FunctionInfo;
  readonly top: Scope;
  readonly functions: readonly FunctionInfo[];
  /** By function nodes, classes without a constructor, initialisers. */
  readonly functionOf: ReadonlyMap<AnyNode, FunctionInfo>;
  readonly scopeOf: ReadonlyMap<AnyNode, Scope>;
  /** By identifiers, `this`, `super`: what they mean. Those that are not there are names of built-ins, or of nothing. */
  readonly variableOf: ReadonlyMap<AnyNode, Variable>;
}

/** All variables, those of the compiler's own included. */
export function variablesOf({ variableOf, scopeOf }: ModuleScopes): Set<Variable> {
  const all = new Set(variableOf.values());
  for (const { variables } of scopeOf.values()) for (const variable of variables.values()) all.add(variable);
  return all;
}

/** Is `inner` this function, or somewhere inside of it? */
export function isWithin(inner: FunctionInfo | null, outer: FunctionInfo): boolean {
  for (let fn = inner; fn !== null; fn = fn.parent) if (fn === outer) return true;
  return false;
}

/** The function just inside of `owner` that is or holds `fn`. */
export function childHolding(owner: FunctionInfo, fn: FunctionInfo): FunctionInfo {
  let child = fn;
  while (child.parent !== owner && child.parent !== null) child = child.parent;
  return child;
}
