/** Conditions: a jump on whether an expression is true to JavaScript, without its value wherever that goes. */
import type { Expression } from "acorn";
import type { Label } from "../../bytecode/builder.ts";
import { applyBinary } from "./expressions.ts";
import type { FunctionCode } from "./function-code.ts";
import { inline, inlinedAt } from "./inline.ts";
import { constantValue, operand } from "./operands.ts";

const COMPARISONS = new Set(["==", "!=", "===", "!==", "<", "<=", ">", ">=", "in", "instanceof"]);

export function branch(fn: FunctionCode, node: Expression, place: Label, when: boolean): void {
  switch (node.type) {
    case "UnaryExpression":
      if (node.operator === "!") {
        branch(fn, node.argument, place, !when);
        return;
      }
      break;
    case "LogicalExpression":
      if (node.operator !== "??") {
        branchLogical(fn, node.operator === "&&", node.left, node.right, place, when);
        return;
      }
      break;
    case "BinaryExpression":
      if (COMPARISONS.has(node.operator) && node.left.type !== "PrivateIdentifier") {
        branchComparison(fn, node.operator, node, node.left, node.right, place, when);
        return;
      }
      break;
    case "CallExpression": {
      const inlined = inlinedAt(fn, node);
      if (inlined === null) break;
      fn.scoped(() => inline(fn, node, inlined, (body) => branch(fn, body, place, when)));
      return;
    }
    case "SequenceExpression": {
      const last = node.expressions.length - 1;
      for (const one of node.expressions.slice(0, last)) fn.effect(one);
      branch(fn, node.expressions[last], place, when);
      return;
    }
    default:
  }
  const constant = constantValue(fn, node)?.value;
  if (typeof constant === "boolean" || typeof constant === "number" || typeof constant === "string") {
    if (Boolean(constant) === when) fn.emit("JUMP", place);
    return;
  }
  fn.scoped(() => {
    const value = operand(fn, node);
    jump(fn, fn.module.types.of(node) === "boolean" ? value : truthOf(fn, value), place, when);
  });
}

function truthOf(fn: FunctionCode, value: number): number {
  const truth = fn.register();
  fn.emit("JS_TRUTH", truth, value);
  return truth;
}

function jump(fn: FunctionCode, truth: number, place: Label, when: boolean): void {
  fn.emit(when ? "JUMP_IF_TRUE" : "JUMP_IF_FALSE", truth, place);
}

/** `a && b` jumps when both are true, or when one is not; `a || b` the other way round. */
function branchLogical(
  fn: FunctionCode,
  isAnd: boolean,
  left: Expression,
  right: Expression,
  place: Label,
  when: boolean,
): void {
  if (isAnd !== when) {
    branch(fn, left, place, when);
    branch(fn, right, place, when);
    return;
  }
  const past = fn.label();
  branch(fn, left, past, !when);
  branch(fn, right, place, when);
  fn.mark(past);
}

function branchComparison(
  fn: FunctionCode,
  operator: string,
  node: Expression,
  left: Expression,
  right: Expression,
  place: Label,
  when: boolean,
): void {
  fn.scoped(() => {
    const a = operand(fn, left, [right]);
    const b = operand(fn, right);
    fn.at(node);
    const truth = fn.register();
    if (isNullishTest(fn, operator, left, right)) {
      const isLeft = constantValue(fn, left) === null;
      fn.emit("JS_NULLISH", truth, isLeft ? a : b);
      return jump(fn, truth, place, (operator === "==") === when);
    }
    if (operator === "!=" || operator === "!==") {
      fn.emit(operator === "!=" ? "JS_LOOSE_EQUAL" : "JS_EQUAL", truth, a, b);
      return jump(fn, truth, place, !when);
    }
    applyBinary(fn, operator, truth, a, b);
    jump(fn, truth, place, when);
  });
}

/** `x == null`, which is true of undefined as well. */
function isNullishTest(fn: FunctionCode, operator: string, left: Expression, right: Expression): boolean {
  if (operator !== "==" && operator !== "!=") return false;
  const isNull = (node: Expression): boolean => {
    const constant = constantValue(fn, node);
    const kind = (constant?.value as { kind?: unknown } | undefined)?.kind;
    return kind === "Unit" || kind === "Undefined";
  };
  return isNull(left) !== isNull(right);
}
