/** Operands: registers to read, and what is known without running anything. */
import type { AnyNode, BinaryExpression, Expression, Literal } from "acorn";
import { Undefined, type UndefinedValue, Unit, type Value } from "../../values/value.ts";
import { builtinConstant } from "./builtins.ts";
import type { FunctionCode } from "./function-code.ts";
import { constantOf, registerOf, seen } from "./variables.ts";

/** The constant that an expression is, if that is known without running anything; null otherwise. */
export function constantValue(fn: FunctionCode, node: Expression): { readonly value: Value } | null {
  switch (node.type) {
    case "Literal":
      return node.regex || node.bigint !== undefined ? null : { value: literalValue(node) };
    case "Identifier": {
      const variable = fn.variableOf(node);
      if (variable === undefined) return builtinConstant(fn, node);
      if (fn.module.early.has(node)) return null;
      const found = seen(fn, variable);
      const value = found === null ? null : constantOf(fn, found);
      return value === null ? null : { value };
    }
    case "MemberExpression":
      return builtinConstant(fn, node);
    case "UnaryExpression": {
      if (node.operator === "void") return node.argument.type === "Literal" ? { value: Undefined } : null;
      if (node.operator !== "-" && node.operator !== "+" && node.operator !== "~") return null;
      const inner = constantValue(fn, node.argument)?.value;
      if (typeof inner !== "number") return null;
      return { value: node.operator === "-" ? -inner : node.operator === "+" ? inner : ~inner };
    }
    case "BinaryExpression":
      return foldedBinary(fn, node);
    case "TemplateLiteral": {
      const { cooked } = node.quasis[0].value;
      return node.expressions.length === 0 && typeof cooked === "string" ? { value: cooked } : null;
    }
    default:
      return null;
  }
}

export function literalValue({ value }: Literal): Value {
  return value === null ? Unit : (value as string | number | boolean);
}

function isText(value: Value | undefined): boolean {
  return typeof value === "string" || typeof value === "number";
}

/** Arithmetic of numbers that are known: `60 * 60 * 1000`, `2 ** 31`. */
function foldedBinary(fn: FunctionCode, { operator, left, right }: BinaryExpression): { readonly value: Value } | null {
  if (left.type === "PrivateIdentifier") return null;
  const a = constantValue(fn, left)?.value;
  if (typeof a !== "number" && typeof a !== "string") return null;
  const b = constantValue(fn, right)?.value;
  if (operator === "+" && (typeof a === "string" ? isText(b) : typeof b === "string"))
    return { value: `${a}${b as string}` };
  if (typeof a !== "number" || typeof b !== "number") return null;
  switch (operator) {
    case "+":
      return { value: a + b };
    case "-":
      return { value: a - b };
    case "*":
      return { value: a * b };
    case "/":
      return { value: a / b };
    case "%":
      return { value: a % b };
    case "**":
      return { value: a ** b };
    case "<<":
      return { value: a << b };
    case ">>":
      return { value: a >> b };
    case ">>>":
      return { value: a >>> b };
    case "|":
      return { value: a | b };
    case "&":
      return { value: a & b };
    case "^":
      return { value: a ^ b };
    default:
      return null;
  }
}

/** A part of the text that is evaluated later. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The part of the text from a node of a list on. */
export function spanFrom(nodes: readonly (Span | null)[], from: number): Span[] {
  let start = -1;
  for (let i = from; i < nodes.length && start < 0; i++) start = nodes[i]?.start ?? -1;
  const end = nodes.at(-1)?.end;
  return start < 0 ? [] : [{ start, end: end ?? Number.POSITIVE_INFINITY }];
}

/**
 * A register to read, at once or when `later` have been evaluated: that of a variable or constant itself, unless `later`
 * may assign it.
 */
export function operand(fn: FunctionCode, node: Expression, later: readonly Span[] = []): number {
  if (node.type === "Identifier" || node.type === "ThisExpression") {
    const variable = fn.variableOf(node);
    const register = variable === undefined ? null : registerOf(fn, variable, node);
    if (register !== null) {
      if (!later.some(({ start, end }) => variable!.isAssignedWithin(start, end))) return register;
    }
  }
  const constant = constantValue(fn, node);
  return constant === null ? fn.temporary(node) : fn.constant(constant.value);
}

/** What messages call a value: as the source does, where that is a name. */
export function shownText(fn: FunctionCode, node: AnyNode): string | UndefinedValue {
  let root = node;
  while (root.type === "MemberExpression" && !root.computed) root = root.object;
  return root.type === "Identifier" || node.type === "Literal"
    ? fn.module.source.text.slice(node.start, node.end)
    : Undefined;
}
