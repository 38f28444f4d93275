/** Closures: functions as values, with what they capture. */
import type { AnyNode } from "acorn";
import { Undefined } from "../../values/value.ts";
import type { FunctionInfo, FunctionNode, Scope, Variable } from "../scopes/model.ts";
import type { FunctionCode } from "./function-code.ts";
import { declareRegister, initialise } from "./variables.ts";

/** The registers of what a function captures, in the function that calls it or makes its closure. */
export function capturedRegisters(fn: FunctionCode, info: FunctionInfo): number[] {
  return info.captures.map((variable) => {
    const register = fn.registers.get(variable);
    if (register !== undefined) return register;
    // It is not there yet in any way: whoever looks finds nothing.
    return fn.constant(Undefined);
  });
}

/** The closure of a function expression: a fresh one each time. */
export function closure(fn: FunctionCode, node: FunctionNode, name: string, target: number): void {
  const info = fn.module.scopes.functionOf.get(node)!;
  info.codeName ??= fn.module.freshName(name);
  const own = node.type === "FunctionExpression" && node.id ? fn.variableOf(node.id) : undefined;
  fn.module.compilers.body(fn.module, info);
  fn.scoped(() => {
    if (own !== undefined) declareOwnName(fn, own);
    makeClosure(fn, info, target);
    if (own !== undefined) initialise(fn, own, target);
  });
}

/** The name by which a function expression knows itself. */
function declareOwnName(fn: FunctionCode, variable: Variable): void {
  if (variable.hold.kind !== "cell" && variable.hold.kind !== "register") return;
  const register = declareRegister(fn, variable);
  if (variable.hold.kind === "cell") fn.emit("OBJECT_INIT", register, []);
}

export function makeClosure(fn: FunctionCode, info: FunctionInfo, target: number): void {
  fn.scoped(() => {
    const code = fn.constant(fn.functionConstant(info));
    const registers = capturedRegisters(fn, info);
    const captures = info.captures.map(({ name }, i) => ({ name: `${i}${name}`, register: registers[i] }));
    fn.emit("MAKE_CLOSURE", target, code, "", captures);
  });
}

/** Compiles the declared functions of a scope; makes the closures of those that are some. */
export function declareFunctions(fn: FunctionCode, nodes: readonly AnyNode[]): void {
  for (const node of nodes) {
    const info = fn.module.scopes.functionOf.get(node);
    if (info !== undefined) fn.module.compilers.body(fn.module, info);
  }
}

/** Makes the closures of a scope's functions. */
export function makeClosures(fn: FunctionCode, scope: Scope): void {
  for (const variable of scope.functions) {
    const info = variable.known ?? lastDeclared(fn, variable);
    if (info === null || variable.hold.kind === "function" || info.isLifted) continue;
    fn.scoped(() => {
      const value = fn.register();
      makeClosure(fn, info, value);
      initialise(fn, variable, value);
    });
  }
}

/** The declaration of a function whose name is assigned later. */
function lastDeclared(fn: FunctionCode, variable: Variable): FunctionInfo | null {
  return fn.module.scopes.functions.findLast((info) => info.variable === variable) ?? null;
}
