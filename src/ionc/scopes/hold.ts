/**
 * How each variable is held, and what each function captures.
 *
 * Functions that are called by a name that never changes are known: a call passes what they capture in front of the
 * arguments, so that they need no closure. What they capture is then needed where they are called.
 */
import type { AnyNode } from "acorn";
import {
  childHolding,
  type FunctionInfo,
  isWithin,
  type ModuleScopes,
  type Scope,
  type Use,
  type Variable,
  variablesOf,
} from "./model.ts";

export interface Held {
  /** Identifiers of callees that are known functions, initialised for certain. */
  readonly directCalls: ReadonlySet<AnyNode>;
  /** Names that are used where their variable is certainly not there yet. */
  readonly early: ReadonlySet<AnyNode>;
}

/** More variables of a module in registers would be too many for a frame. */
const MOST_TOP_REGISTERS = 100;

export function holdVariables(scopes: ModuleScopes): Held {
  return new Holder(scopes).run();
}

interface CallEdge {
  readonly caller: FunctionInfo;
  readonly callee: FunctionInfo;
  readonly at: number;
}

class Holder {
  readonly #scopes: ModuleScopes;
  readonly #variables: Set<Variable>;
  readonly #direct = new Set<AnyNode>();
  readonly #calls: CallEdge[] = [];
  readonly #callersOf = new Map<FunctionInfo, Set<FunctionInfo>>();
  readonly #captures = new Map<FunctionInfo, Set<Variable>>();
  /** Uses of variables other than calls of known functions. */
  readonly #valueUses = new Map<Variable, Use[]>();
  /** Variables that have to be looked at before they are taken, or shared. */
  readonly #cells = new Set<Variable>();

  constructor(scopes: ModuleScopes) {
    this.#scopes = scopes;
    this.#variables = variablesOf(scopes);
    for (const { thisVariable } of scopes.functions) if (thisVariable !== null) this.#variables.add(thisVariable);
  }

  run(): Held {
    for (const variable of this.#variables) this.#prepare(variable);
    for (const fn of this.#scopes.functions) this.#captures.set(fn, new Set());
    for (const variable of this.#variables) this.#classify(variable);
    for (const variable of this.#variables) this.#addUses(variable);
    for (const fn of this.#scopes.functions) {
      fn.isLifted = this.#isLifted(fn);
      fn.captures = [...this.#captures.get(fn)!];
    }
    for (const scope of this.#scopes.scopeOf.values()) this.#placeClosures(scope);
    this.#checkInitialised();
    const capturers = this.#capturers();
    let registers = 0;
    for (const variable of this.#variables) {
      this.#hold(variable, capturers.get(variable) ?? []);
      if (variable.isTop && variable.hold.kind === "register" && ++registers > MOST_TOP_REGISTERS) {
        variable.hold = { kind: "global" };
      }
    }
    return { directCalls: this.#direct, early: this.#early() };
  }

  /** A `var` that is assigned once, by a statement of the function itself, is as a constant from there on. */
  #prepare(variable: Variable): void {
    if (variable.kind !== "var" || variable.assignments.length !== 1) return;
    const [only] = variable.assignments;
    if (only.inLoop || only.fn !== variable.owner || !isOwnStatement(variable.owner, only.at)) return;
    const { owner } = variable;
    const isEarly = ({ at, fn }: Use): boolean => (fn === owner ? at : madeAt(childHolding(owner, fn))) < only.end;
    if (variable.uses.some(isEarly)) return;
    variable.initialised = only.end;
    variable.assignments.length = 0;
  }

  /** Is the variable there for certain where it is used? */
  #isSafe(variable: Variable, { at, fn }: Use): boolean {
    if (variable.kind === "function" && variable.scope.kind !== "name") return true;
    if (fn === variable.owner) return at >= variable.initialised && !this.#crossesCases(variable, at);
    const child = childHolding(variable.owner, fn);
    if (variable.scope.kind === "name") return child === variable.known;
    const made = madeAt(child);
    return made >= Math.min(variable.initialised, variable.settledFrom) && !this.#crossesCases(variable, made);
  }

  /** Declared in another case of a switch, which may have been left out. */
  #crossesCases(variable: Variable, at: number): boolean {
    const { node, kind } = variable.scope;
    if (kind !== "switch" || node.type !== "SwitchStatement" || variable.kind === "function") return false;
    const caseAt = (position: number): number => node.cases.findLastIndex(({ start }) => start <= position);
    return caseAt(at) !== caseAt(variable.initialised - 1);
  }

  #classify(variable: Variable): void {
    const isFixed = !variable.isAssigned && variable.kind !== "import";
    if (!isFixed) variable.known = null;
    if (!isFixed) variable.classNode = null;
    const safe = (use: Use): boolean => this.#isSafe(variable, use);
    if (isFixed && variable.literal !== null && (variable.kind === "const" || variable.kind === "let")) {
      const isSettled = !variable.exported || variable.settledFrom === -1;
      if (isSettled && variable.uses.every(safe)) variable.hold = { kind: "literal", value: variable.literal.value };
    }
    const values: Use[] = [];
    for (const use of variable.uses) {
      if (variable.known !== null && use.isCall && safe(use)) {
        this.#direct.add(use.node);
        this.#calls.push({ caller: use.fn, callee: variable.known, at: use.at });
        const callers = this.#callersOf.get(variable.known) ?? new Set();
        this.#callersOf.set(variable.known, callers.add(use.fn));
      } else values.push(use);
    }
    this.#valueUses.set(variable, values);
  }

  #addUses(variable: Variable): void {
    if (variable.isTop || variable.hold.kind === "literal") return;
    // A function that captures nothing is a constant wherever it is used; that it does captures shows later.
    if (isDeclared(variable) && !variable.isObject) return;
    this.#captureUses(variable);
  }

  #captureUses(variable: Variable): void {
    for (const { fn } of this.#valueUses.get(variable)!) this.#capture(fn, variable);
    for (const { fn } of variable.assignments) this.#capture(fn, variable);
  }

  /** A function needs a variable; so do those around it, and those that call it, up to the owner. */
  #capture(fn: FunctionInfo, variable: Variable): void {
    const open = [fn];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (one === variable.owner || !isWithin(one, variable.owner)) continue;
      const captures = this.#captures.get(one)!;
      if (captures.has(variable)) continue;
      captures.add(variable);
      if (captures.size === 1) this.#becomesClosure(one);
      if (one.parent !== null) open.push(one.parent);
      for (const caller of this.#callersOf.get(one) ?? []) open.push(caller);
    }
  }

  /** Whoever uses a declared function as a value needs the closure now. */
  #becomesClosure(fn: FunctionInfo): void {
    const { variable } = fn;
    if (variable?.known === fn && variable.kind === "function" && variable.scope.kind !== "name" && !variable.isTop) {
      this.#captureUses(variable);
    }
  }

  #isLifted(fn: FunctionInfo): boolean {
    const { variable, node } = fn;
    if (variable?.known !== fn || variable.exported || variable.isObject || this.#valueUses.get(variable)!.length > 0)
      return false;
    return node.type === "FunctionDeclaration" || node.type === "ArrowFunctionExpression" || isUnnamed(node);
  }

  /** Closures of declared functions are made before the first statement that could use one. */
  #placeClosures(scope: Scope): void {
    if (scope.functions.length === 0) return;
    const list = listOf(scope.node);
    let at = scope.kind === "switch" || list === null ? scope.node.start : Number.POSITIVE_INFINITY;
    if (list !== null) {
      for (const { owner, uses } of scope.functions) {
        for (const use of uses) {
          const child = use.fn === owner ? null : childHolding(owner, use.fn);
          if (child?.variable && scope.functions.includes(child.variable)) continue;
          at = Math.min(at, statementAt(list, child === null ? use.at : child.node.start).start);
        }
      }
      at = Math.min(at, scope.node.end);
    }
    scope.closuresAt = at;
    scope.functions.forEach((variable, i) => {
      const fn = variable.known;
      if (fn !== null && !fn.isLifted && (fn.captures.length > 0 || variable.isObject)) {
        variable.initialised = at - 1 + (i + 1) / (scope.functions.length + 1);
      }
    });
  }

  #checkInitialised(): void {
    const check = (captures: readonly Variable[], owner: FunctionInfo, at: number): void => {
      for (const variable of captures) {
        if (variable.owner !== owner) continue;
        if (variable.initialised > at || this.#crossesCases(variable, at)) this.#cells.add(variable);
      }
    };
    for (const fn of this.#scopes.functions) {
      if (fn.parent === null || fn.isLifted) continue;
      const isDeclared = fn.node.type === "FunctionDeclaration" && fn.variable !== null;
      // A function declaration that is reached as a closure is made with the others of its scope.
      check(fn.captures, fn.parent, isDeclared ? closureAt(fn) : fn.at);
    }
    for (const { caller, callee, at } of this.#calls) check(callee.captures, caller, at);
    for (const variable of this.#variables) {
      if (variable.needsCheck) this.#cells.add(variable);
      const crosses = variable.uses.some(({ fn, at }) => fn === variable.owner && this.#crossesCases(variable, at));
      if (crosses) this.#cells.add(variable);
    }
  }

  #capturers(): Map<Variable, FunctionInfo[]> {
    const capturers = new Map<Variable, FunctionInfo[]>();
    for (const [fn, captures] of this.#captures) {
      for (const variable of captures) {
        variable.captured = true;
        const list = capturers.get(variable);
        if (list === undefined) capturers.set(variable, [fn]);
        else list.push(fn);
      }
    }
    return capturers;
  }

  #hold(variable: Variable, capturers: readonly FunctionInfo[]): void {
    if (variable.kind === "import" || variable.hold.kind === "literal") return;
    const { known } = variable;
    // One with members is an object of its own in each process.
    const isConstant = isDeclared(variable) && !variable.isObject && known!.captures.length === 0;
    if (isConstant) variable.hold = { kind: "function" };
    else if (known?.isLifted) variable.hold = { kind: "function" };
    else if (variable.isTop) variable.hold = { kind: this.#isShared(variable) ? "global" : "register" };
    else if (this.#cells.has(variable)) variable.hold = { kind: "cell", early: true };
    else if (variable.isAssigned && capturers.length > 0 && !this.#isCopied(variable, capturers)) {
      variable.hold = { kind: "cell", early: this.#isEarly(variable) };
    }
  }

  #early(): Set<AnyNode> {
    const early = new Set<AnyNode>();
    for (const variable of this.#variables) {
      const { initialised, owner, kind } = variable;
      if (initialised < 0 || kind === "var" || kind === "function") continue;
      for (const { node, at, fn } of [...variable.uses, ...variable.assignments]) {
        if (node !== null && fn === owner && at < initialised) early.add(node);
      }
    }
    return early;
  }

  #isShared(variable: Variable): boolean {
    const isOthers = ({ fn }: { readonly fn: FunctionInfo }): boolean => fn !== variable.owner;
    return variable.exported || this.#valueUses.get(variable)!.some(isOthers) || variable.assignments.some(isOthers);
  }

  /** Could somebody look at it, or assign it, before it is initialised? */
  #isEarly(variable: Variable): boolean {
    const { initialised, owner } = variable;
    if (initialised < 0) return false;
    return [...variable.uses, ...variable.assignments].some(({ fn, at }) => fn === owner && at < initialised);
  }

  /** It is assigned, but no function that has a copy of it could notice. */
  #isCopied(variable: Variable, capturers: readonly FunctionInfo[]): boolean {
    const { owner, scope, assignments } = variable;
    if (!assignments.every(({ fn }) => fn === owner)) return false;
    // A copy for each call is the variable of the moment. A generator goes on later.
    if (capturers.every(({ isLifted, isGenerator }) => isLifted && !isGenerator)) return true;
    // Each round of a loop has a variable of its own, which is assigned when the round is over.
    if (scope.node.type !== "ForStatement" || !assignments.every(({ inUpdate }) => inUpdate)) return false;
    const { start } = scope.node.body;
    return capturers.every((fn) => childHolding(owner, fn).node.start >= start);
  }
}

/** A function declaration whose name is never assigned. */
function isDeclared({ known, kind, scope }: Variable): boolean {
  return known !== null && kind === "function" && scope.kind !== "name";
}

/** Where a function is made, at the earliest. */
function madeAt(fn: FunctionInfo): number {
  if (fn.node.type !== "FunctionDeclaration" || fn.variable === null) return fn.at;
  const { scope } = fn.variable;
  return scope.kind === "module" ? -1 : scope.node.start;
}

function closureAt(fn: FunctionInfo): number {
  const { variable } = fn;
  return variable?.known === fn && variable.initialised > 0 ? variable.initialised : madeAt(fn);
}

function isUnnamed(node: AnyNode): boolean {
  return node.type === "FunctionExpression" && !node.id;
}

function listOf(node: AnyNode): readonly AnyNode[] | null {
  return node.type === "Program" || node.type === "BlockStatement" || node.type === "StaticBlock" ? node.body : null;
}

/** The statement that holds a position. */
function statementAt(list: readonly AnyNode[], position: number): AnyNode {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list[middle].start <= position) low = middle;
    else high = middle - 1;
  }
  return list[low];
}

/** Does a statement stand here that no condition and no handler is around? */
function isOwnStatement({ node }: FunctionInfo, at: number): boolean {
  const list = listOf(node) ?? ("body" in node ? listOf(node.body as AnyNode) : null);
  if (list === null) return false;
  const { type } = statementAt(list, at);
  return type === "VariableDeclaration" || type === "ExportNamedDeclaration";
}
