/**
 * Functions that are one expression of operators are computed where they are called: `const isOff = (square) =>
 * (square & 0x88) !== 0`. Such a call costs more than what it computes, in both engines.
 */
import type { AnyNode, CallExpression, Expression } from "acorn";
import { Undefined } from "../../values/value.ts";
import type { FunctionInfo, Variable } from "../scopes/model.ts";
import { atCall } from "./call-place.ts";
import type { FunctionCode } from "./function-code.ts";
import { constantValue, operand, spanFrom } from "./operands.ts";

/** Nodes of the largest such expression. */
const MOST_NODES = 16;

const UNARY = new Set(["-", "+", "~", "!"]);

/** An expression, and which of the arguments the variables in it are. */
export interface Inlined {
  readonly body: Expression;
  readonly parameters: ReadonlyMap<Variable, number>;
  readonly count: number;
}

/** What a call computes that needs no call; null: it needs one. */
export function inlinedAt(fn: FunctionCode, node: CallExpression): Inlined | null {
  const { callee } = node;
  if (callee.type !== "Identifier" || !fn.module.directCalls.has(callee)) return null;
  if (node.arguments.some(({ type }) => type === "SpreadElement")) return null;
  const known = fn.variableOf(callee)?.known ?? null;
  return known === null ? null : expressionOf(fn, known);
}

/**
 * Computes the arguments, and then what `compute` makes of the expression, in which parameters are their registers. Errors
 * stand at the call.
 */
export function inline(
  fn: FunctionCode,
  node: CallExpression,
  { body, parameters, count }: Inlined,
  compute: (body: Expression) => void,
): void {
  const args = node.arguments as readonly Expression[];
  const registers = args.slice(0, count).map((one, i) => operand(fn, one, spanFrom(args, i + 1)));
  for (const one of args.slice(count)) fn.effect(one);
  for (const [variable, i] of parameters) fn.registers.set(variable, registers[i] ?? fn.constant(Undefined));
  atCall(fn, node);
  fn.pinned(() => compute(body));
  for (const variable of parameters.keys()) fn.registers.delete(variable);
}

function expressionOf(fn: FunctionCode, info: FunctionInfo): Inlined | null {
  const { node, captures } = info;
  if (node.type !== "ArrowFunctionExpression" || captures.length > 0) return null;
  const { params, body } = node;
  if (body.type === "BlockStatement") return null;
  const names = params.map((one) => (one.type === "Identifier" ? one.name : null));
  if (names.includes(null)) return null;
  const parameters = new Map<Variable, number>();
  let nodes = 0;
  const isSimple = (part: AnyNode): boolean => {
    if (++nodes > MOST_NODES) return false;
    switch (part.type) {
      case "Literal":
        return constantValue(fn, part) !== null;
      case "Identifier": {
        const variable = fn.variableOf(part);
        if (variable?.kind !== "parameter" || variable.owner !== info) return constantValue(fn, part) !== null;
        parameters.set(variable, names.indexOf(variable.name));
        return true;
      }
      case "UnaryExpression":
        return UNARY.has(part.operator) && isSimple(part.argument);
      case "BinaryExpression":
        return part.operator !== "in" && part.operator !== "instanceof" && isSimple(part.left) && isSimple(part.right);
      case "LogicalExpression":
        return isSimple(part.left) && isSimple(part.right);
      case "ConditionalExpression":
        return isSimple(part.test) && isSimple(part.consequent) && isSimple(part.alternate);
      default:
        return false;
    }
  };
  return isSimple(body) ? { body, parameters, count: params.length } : null;
}
