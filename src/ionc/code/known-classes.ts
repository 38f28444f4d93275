/** Classes that are known when a program is compiled: their constructors are called as constants. */
import type { ClassNode, FunctionInfo, Variable } from "../scopes/model.ts";
import type { FunctionCode, ModuleCode } from "./function-code.ts";
import { seen } from "./variables.ts";

/** The constructor of a class that is known, and whether it gives nothing but its object. */
export interface KnownConstructor {
  readonly info: FunctionInfo;
  readonly module: ModuleCode;
  readonly isPlain: boolean;
}

export function knownConstructor(fn: FunctionCode, variable: Variable): KnownConstructor | null {
  const found = seen(fn, variable);
  if (found === null || found.variable.classNode === null) return null;
  const info = found.module.scopes.functionOf.get(found.variable.classNode)!;
  return { info, module: found.module, isPlain: isPlain(fn, info, found.variable.classNode, found.module) };
}

/** Are all parents of a class classes of the program, or errors? */
export function isKnownClass(fn: FunctionCode, node: ClassNode, module: ModuleCode = fn.module): boolean {
  const { superClass } = node;
  if (!superClass) return true;
  if (superClass.type !== "Identifier") return false;
  const variable = module.scopes.variableOf.get(superClass);
  if (variable === undefined) return /Error$/.test(superClass.name) && module.builtins.has(superClass.name);
  const own = variable.kind === "import" ? module.importOf(variable) : { kind: "variable" as const, variable, module };
  if (own.kind !== "variable" || own.variable.classNode === null || own.variable.classNode === node) return false;
  return isKnownClass(fn, own.variable.classNode, own.module);
}

/** Do the constructor, and those of its parents, give nothing but the object that there was? */
function isPlain(fn: FunctionCode, info: FunctionInfo, node: ClassNode, module: ModuleCode): boolean {
  if (info.returnsValue) return false;
  const { superClass } = node;
  if (!superClass) return true;
  if (superClass.type !== "Identifier") return false;
  const variable = module.scopes.variableOf.get(superClass);
  if (variable === undefined) return module.builtins.has(superClass.name);
  const own = variable.kind === "import" ? module.importOf(variable) : { kind: "variable" as const, variable, module };
  if (own.kind !== "variable" || own.variable.classNode === null || own.variable.classNode === node) return false;
  const parent = own.module.scopes.functionOf.get(own.variable.classNode)!;
  return isPlain(fn, parent, own.variable.classNode, own.module);
}

export function isPlainClass(fn: FunctionCode, node: ClassNode): boolean {
  return isPlain(fn, fn.module.scopes.functionOf.get(node)!, node, fn.module);
}

/** The parent's constructor if it is known, and captures nothing. */
export function directParent(fn: FunctionCode): KnownConstructor | null {
  const { superClass } = fn.info.classNode!;
  if (superClass?.type !== "Identifier") return null;
  const variable = fn.variableOf(superClass);
  const known = variable === undefined ? null : knownConstructor(fn, variable);
  return known !== null && known.info.captures.length === 0 ? known : null;
}

export function isPlainParent(fn: FunctionCode): boolean {
  const { superClass } = fn.info.classNode!;
  if (superClass?.type !== "Identifier") return false;
  const variable = fn.variableOf(superClass);
  if (variable === undefined) return fn.module.builtins.has(superClass.name);
  return knownConstructor(fn, variable)?.isPlain ?? false;
}
