/** Math: the operations themselves, so that compiled code calls them as the host does. */
import type { ForeignContext } from "../../foreign/spec.ts";
import type { Value } from "../../values/value.ts";
import { type BuiltIn, numeric, variadic } from "../built-in.ts";
import { toNumber } from "./convert.ts";
import { MOST_SPREAD } from "./limits.ts";

const OF_ONE = [
  "abs",
  "acos",
  "acosh",
  "asin",
  "asinh",
  "atan",
  "atanh",
  "cbrt",
  "ceil",
  "clz32",
  "cos",
  "cosh",
  "exp",
  "expm1",
  "floor",
  "fround",
  "log",
  "log10",
  "log1p",
  "log2",
  "round",
  "sign",
  "sin",
  "sinh",
  "sqrt",
  "tan",
  "tanh",
  "trunc",
] as const;

const OF_TWO = ["atan2", "imul", "pow"] as const;

/** Of any number. */
const EXTREMES = ["max", "min"] as const;

/** Of two, for code that knows that there are two: the JIT has the operation itself. */
export const PAIRS: readonly BuiltIn[] = EXTREMES.map((name) => {
  return numeric(`%${name}`, Math[name] as (a: number, b: number) => number, toNumber);
});

/** The host's stack takes only so many at once. */
function extreme(name: (typeof EXTREMES)[number]): BuiltIn {
  const operation = Math[name];
  return variadic(`Math.${name}`, 2, (args) => {
    if (args.length <= MOST_SPREAD) return operation(...args.map(toNumber));
    return args.map(toNumber).reduce((a, b) => operation(a, b));
  });
}

function hypotenuse(args: readonly Value[]): number {
  const sides = args.map(toNumber);
  return sides.length <= MOST_SPREAD ? Math.hypot(...sides) : hypotenuseOfMany(sides);
}

/** As V8 does it: the squares are at most 1, and what is lost when they are added is added to the next one. */
function hypotenuseOfMany(sides: readonly number[]): number {
  const longest = sides.reduce((most, side) => Math.max(most, Math.abs(side)), 0);
  if (sides.some((side) => Math.abs(side) === Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
  if (longest === 0) return 0;
  let sum = 0;
  let excess = 0;
  for (const side of sides) {
    const square = (side / longest) ** 2 - excess;
    const next = sum + square;
    excess = next - sum - square;
    sum = next;
  }
  return Math.sqrt(sum) * longest;
}

export const MATH: readonly BuiltIn[] = [
  ...OF_ONE.map((name) => numeric(`Math.${name}`, Math[name] as (a: number) => number, toNumber)),
  ...OF_TWO.map((name) => numeric(`Math.${name}`, Math[name], toNumber)),
  ...EXTREMES.map(extreme),
  variadic("Math.hypot", 2, hypotenuse),
  variadic("Math.random", 0, (_args, context: ForeignContext) => context.random.next()),
];
