import { beforeEach, describe, expect, it } from "vitest";
import { settleWork, UNITS_PER_REDUCTION, VALUES_PER_REDUCTION, work } from "../../src/values/work.ts";

beforeEach(() => {
  settleWork();
});

describe("settleWork", () => {
  it("is by sixteen values and by 1,024 units", () => {
    expect([VALUES_PER_REDUCTION, UNITS_PER_REDUCTION]).toEqual([16, 1024]);
  });

  const ROWS: readonly (readonly [values: number, units: number, reductions: number])[] = [
    [0, 0, 0],
    [15, 0, 0],
    [16, 0, 1],
    [17, 0, 1],
    [31, 0, 1],
    [32, 0, 2],
    [0, 1023, 0],
    [0, 1024, 1],
    [0, 2047, 1],
    [0, 2048, 2],
    // Each kind is rounded down by itself.
    [15, 1023, 0],
    [16, 1023, 1],
    [15, 1024, 1],
    [16, 1024, 2],
    [1_000_000, 0, 62_500],
    // No instruction is charged more than an engine can subtract.
    [2 ** 40, 2 ** 50, 2 ** 30],
  ];

  it.each(ROWS)("%i values and %i units are %i reductions, and then nothing is left", (values, units, reductions) => {
    work.values = values;
    work.units = units;
    expect(settleWork()).toBe(reductions);
    expect(work).toEqual({ values: 0, units: 0 });
    expect(settleWork()).toBe(0);
  });
});
