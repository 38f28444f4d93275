/** What is assigned to: names and members. */
import type { Expression, Identifier, MemberExpression } from "acorn";
import { undeclared } from "./builtins.ts";
import type { FunctionCode } from "./function-code.ts";
import { keyOperand, objectOperand, superThis } from "./members.ts";
import { assignVariable } from "./variables.ts";

/** Assigns what is in a register to a name. */
export function put(fn: FunctionCode, left: Identifier, value: number): void {
  const variable = fn.variableOf(left);
  fn.at(left);
  if (variable === undefined) {
    undeclared(fn, left);
    return;
  }
  if (fn.module.early.has(left)) {
    fn.raise("ReferenceError", `Cannot access '${left.name}' before initialization`);
    return;
  }
  fn.scoped(() => assignVariable(fn, variable, left, value));
}

/** The registers of object and key of a member that is assigned; one of `super` is one of `this`. */
export function reference(
  fn: FunctionCode,
  left: MemberExpression,
  later: readonly Expression[],
): { readonly object: number; readonly key: number } {
  const object = left.object.type === "Super" ? superThis(fn, left) : objectOperand(fn, left, later);
  return { object, key: keyOperand(fn, left, later) };
}
