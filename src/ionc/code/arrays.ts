/** Array literals, and arguments that go as an Array. */
import type { ArrayExpression, Expression, SpreadElement } from "acorn";
import { FIXED_LIMITS } from "../../limits.ts";
import { Undefined } from "../../values/value.ts";
import type { FunctionCode } from "./function-code.ts";
import { operand, shownText, spanFrom } from "./operands.ts";

type Elements = readonly (Expression | SpreadElement | null)[];

/** Elements that are evaluated before the Array is made. More would need a register each. */
const LONGEST_RUN = 1_000;

export function arrayLiteral(fn: FunctionCode, { elements }: ArrayExpression, target: number): void {
  fn.scoped(() => {
    const isSimple = elements.length <= LONGEST_RUN && elements.every((one) => one?.type !== "SpreadElement");
    if (isSimple) {
      fn.emit("ARRAY_INIT", target, run(fn, elements));
      return;
    }
    const array = arrayOf(fn, elements);
    fn.emit("MOVE", target, array);
  });
}

/** An Array of the elements in a register of its own. */
export function arrayOf(fn: FunctionCode, elements: Elements): number {
  const array = fn.register();
  let at = 0;
  let isMade = false;
  while (at < elements.length || !isMade) {
    let end = at;
    while (end < elements.length && elements[end]?.type !== "SpreadElement" && end - at < LONGEST_RUN) end++;
    const from = at;
    fn.scoped(() => {
      if (!isMade) fn.emit("ARRAY_INIT", array, run(fn, elements.slice(from, end)));
      else if (end > from) append(fn, array, run(fn, elements.slice(from, end)));
    });
    isMade = true;
    const next = elements[end];
    if (next?.type === "SpreadElement") {
      fn.scoped(() => {
        const value = operand(fn, next.argument);
        fn.at(next);
        fn.callBuiltin(fn.register(), "%append", [array, value, fn.constant(shownText(fn, next.argument))]);
      });
      end++;
    }
    at = end;
  }
  return array;
}

/** The same for arguments, which are read at once: what is spread alone need not be copied if it is an Array. */
export function spreadArguments(fn: FunctionCode, args: Elements): number {
  const [only] = args;
  if (args.length !== 1 || only?.type !== "SpreadElement") return arrayOf(fn, args);
  const array = fn.register();
  fn.scoped(() => {
    const value = operand(fn, only.argument);
    fn.at(only);
    fn.callBuiltin(array, "%elements", [value, fn.constant(Undefined), fn.constant(shownText(fn, only.argument))]);
  });
  return array;
}

function append(fn: FunctionCode, array: number, items: readonly number[]): void {
  const more = fn.register();
  fn.emit("ARRAY_INIT", more, items);
  fn.callBuiltin(more, "%append", [array, more]);
}

function run(fn: FunctionCode, elements: Elements): number[] {
  if (elements.length > FIXED_LIMITS.operands.value) throw new RangeError("too many elements");
  return elements.map((one, i) => {
    if (one === null) return fn.constant(Undefined);
    return operand(fn, one as Expression, spanFrom(elements, i + 1));
  });
}
