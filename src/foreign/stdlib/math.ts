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
];
