/** Comparisons of JavaScript in full; undefined as in arithmetic.ts. */
import { same } from "../../values/equality.ts";
import { FunctionValue } from "../../values/function.ts";
import type { Value } from "../../values/value.ts";
import { UNITS_PER_REDUCTION, work } from "../../values/work.ts";
import { askIntrinsic } from "./arithmetic.ts";
import { isNullish, isPrimitive, toNumber } from "./convert.ts";
import type { IntrinsicOperation } from "./realm.ts";

type Comparison = boolean | undefined;

/** `===`. Values that JavaScript has not, such as Tuples, are the same part by part: nobody can see whether they were copied. */
export function jsEqual(a: Value, b: Value): boolean {
  // Engines compare Numbers themselves: nothing is counted.
  if (typeof a === "number") return a === b;
  if (a instanceof FunctionValue || b instanceof FunctionValue) return sameFunction(a, b);
  return same(a, b);
}

/**
 * The same where no work is counted that would be charged; undefined: `jsEqual` is needed. For engines, which charge after each
 * instruction.
 */
export function jsEqualAtOnce(a: Value, b: Value): boolean | undefined {
  if (typeof a !== "object" || typeof b !== "object") {
    return typeof a === "string" && a.length >= UNITS_PER_REDUCTION ? undefined : a === b;
  }
  return isNullish(a) || isNullish(b) ? a === b : undefined;
}

/** One that all processes share, and its copies where a class has static fields, are known by their prototype. */
function sameFunction(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (!(a instanceof FunctionValue && b instanceof FunctionValue) || a.members === null || b.members === null)
    return false;
  const { $prototype } = a.members.object;
  return $prototype !== undefined && $prototype === b.members.object.$prototype;
}

export function jsNotEqual(a: Value, b: Value): boolean {
  return !jsEqual(a, b);
}

/** `==` */
export function jsLooseEqual(a: Value, b: Value): Comparison {
  if (isNullish(a) || isNullish(b)) return isNullish(a) && isNullish(b);
  const [simpleA, simpleB] = [isPrimitive(a), isPrimitive(b)];
  if (simpleA !== simpleB) return askIntrinsic("%looseEqual", [a, b]) as undefined;
  if (!simpleA || typeof a === typeof b || typeof a === "object" || typeof b === "object") return jsEqual(a, b);
  return toNumber(a) === toNumber(b);
}

function ordered(
  name: IntrinsicOperation,
  texts: (a: string, b: string) => boolean,
  numbers: (a: number, b: number) => boolean,
) {
  return (a: Value, b: Value): Comparison => {
    if (typeof a === "number" && typeof b === "number") return numbers(a, b);
    if (typeof a === "string" && typeof b === "string") {
      work.units += Math.min(a.length, b.length);
      return texts(a, b);
    }
    if (!isPrimitive(a) || !isPrimitive(b)) return askIntrinsic(name, [a, b]) as undefined;
    const left = toNumber(a);
    return numbers(left, toNumber(b));
  };
}

export const jsLess = ordered(
  "%less",
  (a, b) => a < b,
  (a, b) => a < b,
);
export const jsLessEqual = ordered(
  "%lessEqual",
  (a, b) => a <= b,
  (a, b) => a <= b,
);
export const jsGreater = ordered(
  "%greater",
  (a, b) => a > b,
  (a, b) => a > b,
);
export const jsGreaterEqual = ordered(
  "%greaterEqual",
  (a, b) => a >= b,
  (a, b) => a >= b,
);
