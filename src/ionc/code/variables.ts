/** Reading, initialising and assigning variables, however they are held. */
import type { AnyNode } from "acorn";
import { functionRef, vmRef } from "../../bytecode/builder.ts";
import { Undefined, type Value } from "../../values/value.ts";
import type { Scope, Variable } from "../scopes/model.ts";
import type { FunctionCode, Imported, ModuleCode } from "./function-code.ts";

/** A variable as somebody sees it: its own module's, or what an import stands for. */
export interface Seen {
  readonly variable: Variable;
  readonly module: ModuleCode;
}

/** Follows an import to the variable that it means; null if it is something else. */
export function seen(fn: FunctionCode, variable: Variable): Seen | null {
  if (variable.kind !== "import") return { variable, module: fn.module };
  const imported = fn.module.importOf(variable);
  return imported.kind === "variable" ? imported : null;
}

/** The constant that a variable always is, as an operand of LOAD_CONST; null if it is none. */
export function constantOf(fn: FunctionCode, { variable, module }: Seen): Value | null {
  if (variable.hold.kind === "literal") return module.inCycle && module !== fn.module ? null : variable.hold.value;
  if (variable.hold.kind === "function" && variable.known !== null) return fn.functionConstant(variable.known, module);
  return null;
}

/** The register of a variable that is in one, to be read at once; null if it has to be loaded. */
export function registerOf(fn: FunctionCode, variable: Variable, node: AnyNode): number | null {
  if (variable.hold.kind !== "register" || variable.kind === "import") return null;
  if (fn.module.early.has(node)) return null;
  return fn.registers.get(variable) ?? null;
}

/** The global that holds a variable, as this module names it. */
function globalName(fn: FunctionCode, { variable, module }: Seen): string {
  return module === fn.module ? variable.name : `${module.className}:${variable.name}`;
}

/** Reads a variable into a register. */
export function readVariable(fn: FunctionCode, variable: Variable, node: AnyNode, target: number): void {
  const found = seen(fn, variable);
  if (found === null) {
    readImport(fn, fn.module.importOf(variable), node, target);
    return;
  }
  const constant = constantOf(fn, found);
  if (constant !== null) {
    fn.load(target, constant);
    return;
  }
  const { hold, name } = found.variable;
  if (hold.kind === "global") {
    if (found.module === fn.module && fn.module.early.has(node)) {
      tooEarly(fn, name);
      return;
    }
    fn.emit("LOAD_GLOBAL", target, globalName(fn, found));
    return;
  }
  const register = fn.registers.get(variable);
  if (register === undefined || fn.module.early.has(node)) {
    tooEarly(fn, name);
    return;
  }
  if (hold.kind === "cell") fn.emit("LOAD_CELL", target, register, name);
  else if (register !== target) fn.emit("MOVE", target, register);
}

function tooEarly(fn: FunctionCode, name: string): void {
  fn.raise("ReferenceError", `Cannot access '${name}' before initialization`);
}

function readImport(fn: FunctionCode, imported: Imported, node: AnyNode, target: number): void {
  switch (imported.kind) {
    case "namespace":
      fn.emit("LOAD_GLOBAL", target, fn.module.namespace(imported.module));
      return;
    case "process":
      fn.module.compilers.processValue(fn, imported.name, node, target);
      return;
    case "foreign":
      fn.emit("MOVE", target, fn.foreign(imported.name));
      return;
    case "pack-class":
      fn.error(node, "packClassValue", imported.className);
      fn.load(target, Undefined);
      return;
    case "pack-function":
      fn.load(target, functionRef(imported.reference));
      return;
    default:
      fn.load(target, Undefined);
      return;
  }
}

/** Gives a variable its first value. */
export function initialise(fn: FunctionCode, variable: Variable, value: number): void {
  switch (variable.hold.kind) {
    case "global":
      fn.emit("STORE_GLOBAL", variable.name, value);
      return;
    case "cell": {
      const cell = cellOf(fn, variable);
      if (variable.hold.early) fn.emit("STORE_CELL", cell, value);
      else fn.emit("OBJECT_INIT", cell, [{ key: "v", from: { register: value }, attributes: null }]);
      return;
    }
    case "register": {
      const register = fn.registers.get(variable)!;
      if (register !== value) fn.emit("MOVE", register, value);
      return;
    }
    default:
  }
}

function cellOf(fn: FunctionCode, variable: Variable): number {
  return fn.registers.get(variable) ?? declareRegister(fn, variable);
}

/** A register for a variable, free again when its scope ends. */
export function declareRegister(fn: FunctionCode, variable: Variable): number {
  const register = fn.register();
  fn.registers.set(variable, register);
  return register;
}

/** Where the first value of a variable is best computed: its register, if it is in one. */
export function initialTarget(fn: FunctionCode, variable: Variable): number | null {
  return variable.hold.kind === "register" ? (fn.registers.get(variable) ?? null) : null;
}

/** Assigns to a variable; `value` is a register. */
export function assignVariable(fn: FunctionCode, variable: Variable, node: AnyNode, value: number): void {
  if (variable.kind === "import") {
    fn.error(node, "assignImport", variable.name);
    return;
  }
  if (isConstant(variable)) {
    fn.warn(node, "constant", variable.name);
    if (variable.kind === "function") return;
    fn.raise("TypeError", "Assignment to constant variable.");
    return;
  }
  switch (variable.hold.kind) {
    case "global":
      if (variable.owner !== fn.info && needsGlobalCheck(variable))
        fn.emit("LOAD_GLOBAL", fn.register(), variable.name);
      fn.emit("STORE_GLOBAL", variable.name, value);
      return;
    case "cell": {
      const cell = fn.registers.get(variable);
      if (cell === undefined) {
        tooEarly(fn, variable.name);
        return;
      }
      if (variable.hold.early) fn.scoped(() => fn.emit("LOAD_CELL", fn.register(), cell, variable.name));
      fn.emit("STORE_CELL", cell, value);
      return;
    }
    default: {
      const register = fn.registers.get(variable);
      if (register === undefined) {
        tooEarly(fn, variable.name);
        return;
      }
      if (register !== value) fn.emit("MOVE", register, value);
    }
  }
}

/** Assigning before the initialisation is an error, which a global does not notice by itself. */
function needsGlobalCheck(variable: Variable): boolean {
  return (variable.kind === "let" || variable.kind === "class") && variable.settledFrom !== -1;
}

function isConstant(variable: Variable): boolean {
  return variable.kind === "const" || (variable.kind === "function" && variable.scope.kind === "name");
}

/** Gives the variables of a scope their registers; cells that must be there from the beginning, and what is undefined. */
export function enterScope(fn: FunctionCode, scope: Scope): void {
  for (const variable of scope.variables.values()) {
    if (variable.owner !== fn.info || variable.kind === "parameter" || variable.kind === "import") continue;
    const { hold, kind, initialised } = variable;
    if (hold.kind === "register" || hold.kind === "cell") declareRegister(fn, variable);
    if (hold.kind === "cell" && hold.early) fn.emit("OBJECT_INIT", fn.registers.get(variable)!, []);
    if (kind === "var" && initialised < 0) beginUndefined(fn, variable);
  }
}

function beginUndefined(fn: FunctionCode, variable: Variable): void {
  if (variable.hold.kind === "register") fn.load(fn.registers.get(variable)!, Undefined);
  else fn.scoped(() => initialise(fn, variable, fn.constant(Undefined)));
}

/** Forgets the variables of a scope that is left: in the next round they are others. */
export function leaveScope(fn: FunctionCode, scope: Scope): void {
  for (const variable of scope.variables.values()) if (variable.owner === fn.info) fn.registers.delete(variable);
}

/** Loads `this` where a function begins that uses it. */
export function loadThis(fn: FunctionCode): void {
  const { thisVariable } = fn.info;
  if (thisVariable === null) return;
  const register = fn.register();
  fn.rawThis = register;
  if (fn.info.kind === "module") fn.load(register, Undefined);
  else fn.load(register, vmRef("this"));
  if (thisVariable.hold.kind === "cell") {
    fn.emit("OBJECT_INIT", declareRegister(fn, thisVariable), []);
    if (fn.info.kind !== "derived") fn.emit("STORE_CELL", fn.registers.get(thisVariable)!, register);
  } else fn.registers.set(thisVariable, register);
}

/** `super()` has given a constructor its `this`. */
export function assignThis(fn: FunctionCode, value: number): void {
  const variable = fn.info.thisVariable;
  if (variable?.hold.kind !== "cell") return;
  const cell = fn.registers.get(variable)!;
  const first = fn.label();
  fn.scoped(() => {
    const before = fn.register();
    fn.emit("JS_GET", before, cell, fn.key("v"));
    fn.emit("JS_NULLISH", before, before);
    fn.emit("JUMP_IF_TRUE", before, first);
  });
  fn.raise("ReferenceError", "Super constructor may only be called once");
  fn.mark(first);
  fn.emit("STORE_CELL", cell, value);
}
