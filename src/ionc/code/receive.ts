/** Selective receive: `receive(on(pattern, handler), …, after(milliseconds, handler))`. */
import type { CallExpression, Expression, SpreadElement } from "acorn";
import type { Label } from "../../bytecode/builder.ts";
import type { Pattern } from "../../bytecode/pattern.ts";
import { atom } from "../../values/atom.ts";
import type { Value } from "../../values/value.ts";
import { capturedRegisters } from "./closures.ts";
import type { FunctionCode } from "./function-code.ts";
import { constantValue, operand } from "./operands.ts";
import { IN_PLACE, literalText } from "./processes.ts";

type Argument = Expression | SpreadElement;

interface Clause {
  readonly pattern: Pattern;
  readonly handler: Expression | null;
  readonly place: Label;
}

/** Which function of "ion:process" a call is one of; null for all others. */
function processName(fn: FunctionCode, node: Argument): string | null {
  const callee = node.type === "CallExpression" ? node.callee : node;
  if (callee.type !== "Identifier") return null;
  const variable = fn.variableOf(callee);
  if (variable?.kind !== "import") return null;
  const imported = fn.module.importOf(variable);
  return imported.kind === "process" ? imported.name : null;
}

export function selectiveReceive(fn: FunctionCode, node: CallExpression, target: number): void {
  const clauses: Clause[] = [];
  let milliseconds: number | null = null;
  let late: Expression | null = null;
  for (const one of node.arguments) {
    const name = processName(fn, one);
    if (one.type !== "CallExpression" || (name !== "on" && name !== "after")) {
      fn.error(one, "processArguments", "receive", IN_PLACE["receive"]);
      return;
    }
    const [first, handler] = one.arguments as (Expression | undefined)[];
    if (first === undefined || one.arguments.some(({ type }) => type === "SpreadElement")) {
      fn.error(one, "processArguments", name, IN_PLACE[name]);
      return;
    }
    if (name === "on") clauses.push({ pattern: patternOf(fn, first), handler: handler ?? null, place: fn.label() });
    else {
      milliseconds = operand(fn, first, [{ start: first.end, end: node.end }]);
      late = handler ?? null;
    }
  }
  milliseconds ??= fn.constant(Number.POSITIVE_INFINITY);
  const message = fn.register();
  fn.at(node);
  const places = clauses.map(({ pattern, place }) => ({ pattern, offset: place }));
  fn.emit("RECEIVE_MATCH", message, milliseconds, places);
  const end = fn.label();
  handle(fn, late, null, message, target);
  fn.emit("JUMP", end);
  for (const { handler, place } of clauses) {
    fn.mark(place);
    handle(fn, handler, message, message, target);
    fn.emit("JUMP", end);
  }
  fn.mark(end);
}

/** Calls a handler with the message; without one the message is what there is. */
function handle(
  fn: FunctionCode,
  handler: Expression | null,
  message: number | null,
  otherwise: number,
  target: number,
): void {
  if (handler === null) {
    if (otherwise !== target) fn.emit("MOVE", target, otherwise);
    return;
  }
  const given = message === null ? [] : [message];
  fn.scoped(() => {
    if (handler.type === "ArrowFunctionExpression") {
      // Nobody else sees it: it is called as it is, without a closure.
      const info = fn.module.scopes.functionOf.get(handler)!;
      info.codeName ??= fn.module.freshName("");
      fn.module.compilers.body(fn.module, info);
      const code = fn.constant(fn.functionConstant(info));
      fn.at(handler);
      fn.emit("CALL", target, code, [...capturedRegisters(fn, info), ...given]);
      return;
    }
    const callee = operand(fn, handler);
    fn.at(handler);
    fn.emit("CALL", target, callee, given);
  });
}

/** What an expression means as a pattern; what is no literal is evaluated, and matches its value. */
function patternOf(fn: FunctionCode, node: Expression): Pattern {
  const constant = constantValue(fn, node);
  if (constant !== null && isPlainValue(constant.value)) return { kind: "value", value: constant.value };
  switch (node.type) {
    case "ArrayExpression":
      return { kind: "array", items: node.elements.map((one) => partOf(fn, one)) };
    case "ObjectExpression":
      return {
        kind: "object",
        members: node.properties.flatMap((one) => {
          if (one.type === "SpreadElement" || one.computed || one.kind !== "init") {
            fn.error(one, "patternDefault");
            return [];
          }
          const key = one.key.type === "Identifier" ? one.key.name : String((one.key as { value?: unknown }).value);
          return [{ key, pattern: patternOf(fn, one.value) }];
        }),
      };
    default:
  }
  const name = processName(fn, node);
  if (name === "any" && node.type === "Identifier") return { kind: "wildcard" };
  if (node.type === "CallExpression" && name !== null) {
    const args = node.arguments;
    const text = args.length > 0 ? literalText(args[0]) : null;
    if (name === "tuple") return { kind: "tuple", items: args.map((one) => partOf(fn, one)) };
    if (name === "atom" && text !== null) return { kind: "value", value: atom(text) };
    if (name === "tagged" && text !== null && args.length === 2) {
      return { kind: "tagged", tag: text, payload: partOf(fn, args[1]) };
    }
  }
  // Evaluated before the wait, and kept: what is in it must not change meanwhile.
  const register = fn.register();
  fn.into(node, register);
  return { kind: "pin", register };
}

function partOf(fn: FunctionCode, node: Argument | null): Pattern {
  if (node === null || node.type === "SpreadElement") {
    if (node !== null) fn.error(node, "patternDefault");
    return { kind: "wildcard" };
  }
  return patternOf(fn, node);
}

function isPlainValue(value: Value): boolean {
  const kind = (value as { kind?: unknown }).kind;
  return typeof value !== "object" || kind === "Undefined" || kind === "Unit";
}
