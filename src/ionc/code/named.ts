/** Functions and classes without a name get that of what they are first assigned to. */
import type { Expression } from "acorn";
import type { ClassNode } from "../scopes/model.ts";
import type { FunctionCode } from "./function-code.ts";

export function named(fn: FunctionCode, node: Expression, name: string, target: number): void {
  switch (node.type) {
    case "ArrowFunctionExpression":
      fn.module.compilers.closure(fn, node, name, target);
      return;
    case "FunctionExpression":
      fn.module.compilers.closure(fn, node, node.id?.name ?? name, target);
      return;
    case "ClassExpression":
      fn.module.compilers.class(fn, node as ClassNode, node.id?.name ?? name, target);
      return;
    default:
      fn.into(node, target);
      return;
  }
}

/** Does an expression get a name? */
export function isAnonymous(node: Expression): boolean {
  return (
    node.type === "ArrowFunctionExpression" ||
    ((node.type === "FunctionExpression" || node.type === "ClassExpression") && !node.id)
  );
}
