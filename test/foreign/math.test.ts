import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ForeignContext, ForeignFailure } from "../../src/foreign/spec.ts";
import { MATH } from "../../src/foreign/stdlib/math.ts";
import { call, resultOf } from "./call.ts";

const { NaN: NAN, POSITIVE_INFINITY: INFINITY } = Number;

describe("Numbers", () => {
  test.each<[string, number[], number]>([
    ["Sqrt", [2], Math.SQRT2],
    ["Sqrt", [INFINITY], INFINITY],
    ["Sqrt", [-0], -0],
    ["Abs", [-0], 0],
    ["Abs", [-INFINITY], INFINITY],
    ["Sin", [0], 0],
    ["Sin", [INFINITY], NAN],
    ["Cos", [0], 1],
    ["Floor", [-1.5], -2],
    ["Floor", [-0], -0],
    ["Ceil", [1.2], 2],
    ["Ceil", [-0.5], -0],
    ["Round", [2.5], 3],
    ["Round", [-2.5], -3],
    ["Round", [0.5], 1],
    ["Round", [-0.4], -0],
    ["Round", [0.49999999999999994], 0],
    ["Round", [2 ** 52 + 1], 2 ** 52 + 1],
    ["Round", [INFINITY], INFINITY],
    ["Round", [NAN], NAN],
    ["Max", [NAN, 1], 1],
    ["Max", [1, NAN], 1],
    ["Max", [NAN, NAN], NAN],
    ["Max", [-0, 0], 0],
    ["Max", [-INFINITY, 3], 3],
    ["Min", [NAN, 1], 1],
    ["Min", [1, NAN], 1],
    ["Min", [0, -0], -0],
    ["Min", [2, 1], 1],
    ["Pow", [2, -1], 0.5],
    ["Pow", [-8, 1 / 3], NAN],
    ["Pow", [NAN, 0], 1],
    ["Pow", [1, NAN], NAN],
    ["Pow", [-1, INFINITY], NAN],
    ["Log", [Math.E], 1],
    ["Log", [1], 0],
    ["Log", [-0], NAN],
    ["Log", [-1], NAN],
    ["Log", [INFINITY], INFINITY],
  ])("%s %j", (name, args, expected) => {
    expect(call(name, args)).toMatchObject({ result: expected, failure: undefined, charge: 0 });
  });

  test("Sqrt fails below zero", () => {
    const failure = "Runtime error: Cannot take square root of negative number";
    expect(call("Sqrt", [-Number.MIN_VALUE])).toMatchObject({ result: undefined, failure });
    expect(call("Sqrt", [-INFINITY])).toMatchObject({ result: undefined, failure });
  });

  test("Round gives the nearest whole number, of two the one away from zero", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -(2 ** 51), max: 2 ** 51 }), (x) => {
        const rounded = resultOf("Round", x) as number;
        const distance = Math.abs(rounded - x);
        expect(Number.isInteger(rounded)).toBe(true);
        expect(distance < 0.5 || (distance === 0.5 && Math.abs(rounded) > Math.abs(x))).toBe(true);
      }),
      { examples: [[0.5], [-0.5], [1.5], [2 ** 50 + 0.5]] },
    );
  });

  test.each(MATH.map((spec) => [spec.name, spec] as const))("%s is the same by both ways to call it", (_, spec) => {
    const outcome = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (error) {
        if (error instanceof ForeignFailure) return error.message;
        throw error;
      }
    };
    fc.assert(
      fc.property(fc.double(), fc.double(), (a, b) => {
        const args = spec.parameters.length === 1 ? [a] : [a, b];
        const direct = outcome(() => spec.numeric!(a, b));
        expect(direct).toBe(outcome(() => spec.run(args, {} as ForeignContext)));
      }),
    );
  });
});
