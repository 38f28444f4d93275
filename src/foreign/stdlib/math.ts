/**
 * Functions of Numbers. What JavaScript's Math has means the same here; where the two differ, the
 * description says so.
 */
import { type ForeignSpec, type NumericOperation, type Parameter, refusal } from "../spec.ts";

function number(name: string): Parameter {
  return { name, type: "Number" };
}

function ofOne(name: string, description: string, operation: (a: number) => number): ForeignSpec {
  return {
    name,
    parameters: [number("number")],
    result: "Number",
    description,
    pure: true,
    numeric: operation,
    run: (args) => operation(args[0] as number),
  };
}

function ofTwo(
  name: string,
  parameters: [string, string],
  description: string,
  operation: NumericOperation,
): ForeignSpec {
  return {
    name,
    parameters: parameters.map(number),
    result: "Number",
    description,
    pure: true,
    numeric: operation,
    run: (args) => operation(args[0] as number, args[1] as number),
  };
}

function squareRoot(a: number): number {
  if (a < 0) throw refusal("Cannot take square root of negative number");
  return Math.sqrt(a);
}

/** Not floor(a + 0.5): adding would round a second time, 0.49999999999999994 up to 1. */
function round(a: number): number {
  const whole = Math.trunc(a);
  return Math.abs(a - whole) >= 0.5 ? whole + Math.sign(a) : whole;
}

function larger(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : Math.max(a, b);
}

function smaller(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : Math.min(a, b);
}

function logarithm(a: number): number {
  return a <= 0 ? Number.NaN : Math.log(a);
}

export const MATH: readonly ForeignSpec[] = [
  ofOne("Sqrt", "The square root; fails below zero.", squareRoot),
  ofOne("Abs", "The number without its sign.", Math.abs),
  ofOne("Sin", "The sine of an angle in radians.", Math.sin),
  ofOne("Cos", "The cosine of an angle in radians.", Math.cos),
  ofOne("Floor", "The next whole number at or below.", Math.floor),
  ofOne("Ceil", "The next whole number at or above.", Math.ceil),
  ofOne("Round", "The nearest whole number; halves go away from zero.", round),
  ofTwo("Max", ["a", "b"], "The larger one; if one is NaN, the other.", larger),
  ofTwo("Min", ["a", "b"], "The smaller one; if one is NaN, the other.", smaller),
  ofTwo("Pow", ["base", "exponent"], "The power, as JavaScript's `**`: `Pow(1, NaN)` is NaN.", Math.pow),
  ofOne("Log", "The natural logarithm; NaN at zero and below.", logarithm),
  ofOne("Tan", "The tangent of an angle in radians.", Math.tan),
  ofOne("Asin", "The angle in radians whose sine it is; NaN outside of -1 to 1.", Math.asin),
  ofOne("Acos", "The angle in radians whose cosine it is; NaN outside of -1 to 1.", Math.acos),
  ofOne("Atan", "The angle in radians whose tangent it is.", Math.atan),
  ofTwo("Atan2", ["y", "x"], "The angle in radians from the x axis to the point.", Math.atan2),
  ofOne("Sinh", "The hyperbolic sine.", Math.sinh),
  ofOne("Cosh", "The hyperbolic cosine.", Math.cosh),
  ofOne("Tanh", "The hyperbolic tangent.", Math.tanh),
  ofOne("Asinh", "The inverse hyperbolic sine.", Math.asinh),
  ofOne("Acosh", "The inverse hyperbolic cosine; NaN below 1.", Math.acosh),
  ofOne("Atanh", "The inverse hyperbolic tangent; NaN outside of -1 to 1.", Math.atanh),
  ofOne("Exp", "The number e to this power.", Math.exp),
  ofOne("Expm1", "The same less 1, exact near 0.", Math.expm1),
  ofOne("Log1p", "The natural logarithm of 1 more than the number, exact near 0; NaN below -1.", Math.log1p),
  ofOne("Log2", "The logarithm to the base 2; NaN below zero, -Infinity at zero.", Math.log2),
  ofOne("Log10", "The logarithm to the base 10; NaN below zero, -Infinity at zero.", Math.log10),
  ofOne("Cbrt", "The cube root.", Math.cbrt),
  ofTwo("Hypot", ["a", "b"], "The square root of the sum of the squares.", Math.hypot),
  ofOne("Trunc", "The number without what is behind the point.", Math.trunc),
  ofOne("Sign", "The sign: -1, 0 or 1, and the number itself for -0 and NaN.", Math.sign),
  ofOne("Fround", "The nearest number that 32 bits can hold.", Math.fround),
  ofOne("Clz32", "How many zeros the number begins with as 32 bits.", Math.clz32),
  ofTwo("Imul", ["a", "b"], "The product as 32-bit whole numbers.", Math.imul),
];
