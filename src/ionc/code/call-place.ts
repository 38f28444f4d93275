/** Where a call stands, for stacks and for messages that name what was called. */
import type { CallExpression } from "acorn";
import type { FunctionCode } from "./function-code.ts";

/** What may stand between a function and the parenthesis of its arguments, but for type arguments. */
const BETWEEN = /(?:\s+|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/|\)|!|\?\.)*/y;

/** As V8 has it: the last name in front of the parenthesis if one stands there, else the parenthesis itself. */
export function atCall(fn: FunctionCode, node: CallExpression): void {
  const { callee } = node;
  if (callee.type === "Identifier" || callee.type === "Super") {
    fn.at(callee);
    return;
  }
  if (callee.type === "MemberExpression" && !callee.computed) {
    fn.at(callee.property);
    return;
  }
  fn.at({ start: parenthesisBehind(fn.module.source.text, callee.end) });
}

function parenthesisBehind(text: string, from: number): number {
  BETWEEN.lastIndex = from;
  const at = from + (BETWEEN.exec(text)?.[0].length ?? 0);
  if (text[at] !== "<") return at;
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text[i] === "<") depth++;
    // The arrow of a function's type closes nothing.
    else if (text[i] === ">" && text[i - 1] !== "=" && --depth === 0) return parenthesisBehind(text, i + 1);
  }
  return at;
}
