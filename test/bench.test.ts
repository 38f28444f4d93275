/** Every benchmark gives its result; how fast is not a matter for tests. */
import { describe, expect, it } from "vitest";
import { type Row, type Suite, table } from "../bench/measure.ts";
import { actors } from "../bench/suites/actors.ts";
import { compute } from "../bench/suites/compute.ts";
import { latency } from "../bench/suites/latency.ts";
import { start } from "../bench/suites/start.ts";

describe("benchmarks", () => {
  const suites: readonly [string, Suite, number][] = [
    ["compute", compute, 30],
    ["actors", actors, 9],
    ["latency", latency, 2],
    ["start", start, 1],
  ];
  it.each(suites)("%s", async (_, suite, count) => {
    const rows: Row[] = [];
    for await (const row of suite({ scale: "test", rounds: 1 }, () => true)) rows.push(row);
    expect(rows).toHaveLength(count);
    expect(rows.every(({ value }) => Number.isFinite(value))).toBe(true);
    expect(table(rows).split("\n")).toHaveLength(count);
  });
});
