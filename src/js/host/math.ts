/** Math: the operations themselves, so that compiled code calls them as the host does. */
import type { ForeignContext } from "../../foreign/spec.ts";
import { type BuiltIn, numeric, variadic } from "../built-in.ts";
import { toNumber } from "./convert.ts";

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

const OF_MANY = ["max", "min", "hypot"] as const;

/** Of two, for code that knows that there are two: the JIT has the operation itself. */
export const PAIRS: readonly BuiltIn[] = (["max", "min"] as const).map((name) => {
  return numeric(`%${name}`, Math[name] as (a: number, b: number) => number, toNumber);
});

export const MATH: readonly BuiltIn[] = [
  ...OF_ONE.map((name) => numeric(`Math.${name}`, Math[name] as (a: number) => number, toNumber)),
  ...OF_TWO.map((name) => numeric(`Math.${name}`, Math[name], toNumber)),
  ...OF_MANY.map((name) => {
    const operation = Math[name];
    return variadic(`Math.${name}`, 2, (args) => operation(...args.map(toNumber)));
  }),
  variadic("Math.random", 0, (_args, context: ForeignContext) => context.random.next()),
];
