/** Every benchmark gives its result; how fast is not a matter for tests. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chart } from "../bench/chart.ts";
import { hasNative, hasPython } from "../bench/foreign.ts";
import { LIMITS, type Limit } from "../bench/limits.ts";
import { type CaseResult, ENGINES, type Suite } from "../bench/measure.ts";
import { cleanUpPeers } from "../bench/peers.ts";
import { ACTORS } from "../bench/programs/actors/index.ts";
import { LIBRARY_CASES } from "../bench/programs/foreign.ts";
import { COMPUTE } from "../bench/programs/index.ts";
import { report } from "../bench/report.ts";
import { actors } from "../bench/suites/actors.ts";
import { compute } from "../bench/suites/compute.ts";
import { ffi } from "../bench/suites/ffi.ts";
import { javascript } from "../bench/suites/javascript.ts";
import { latency } from "../bench/suites/latency.ts";
import { signals } from "../bench/suites/signals.ts";
import { start } from "../bench/suites/start.ts";

describe("benchmarks", () => {
  // The means over all cases are one more; the start of the tool is not measured here, it needs what is built.
  const suites: readonly [string, Suite, cases: number][] = [
    ["compute", compute, COMPUTE.length + 1],
    ["actors", actors, ACTORS.length + 4],
    ["signals", signals, 4],
    ["latency", latency, 2],
    ["start", start, 2],
    ["javascript", javascript, COMPUTE.length + 10],
    // WebAssembly is everywhere.
    ["ffi", ffi, LIBRARY_CASES.length + 1 + (hasNative() ? 3 : 0) + (hasPython() ? 4 : 0)],
  ];
  const results: CaseResult[] = [];

  beforeAll(async () => {
    for (const [, suite] of suites) {
      // Each case compares its result in every way it runs with the expected one, and throws.
      for await (const result of suite({ scale: "test", rounds: 1 }, () => true)) results.push(result);
    }
  }, 240_000);

  afterAll(cleanUpPeers);

  it.each(suites)("%s", (name, _, cases) => {
    const own = results.filter(({ suite }) => suite === name);
    expect(new Set(own.map((result) => result.name)).size).toBe(cases);
    expect(own).toHaveLength(cases);
    for (const { rows, times } of own) {
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter(({ value, samples }) => !Number.isFinite(value) || samples.length === 0)).toEqual([]);
      if (times.size > 0) expect([...times.keys()]).toEqual(expect.arrayContaining([...ENGINES]));
    }
  });

  it("has no limit that nothing is held against", () => {
    const held = results.flatMap(({ rows }) => rows.map(({ limit }) => limit));
    const notHere = ["empty script", "erl", ...(hasNative() ? [] : ["native"]), ...(hasPython() ? [] : ["Python"])];
    const isHere = ({ measure, of = "" }: Limit): boolean => !notHere.some((word) => `${measure} ${of}`.includes(word));
    expect(LIMITS.filter((limit) => isHere(limit) && !held.includes(limit.bound))).toEqual([]);
  });

  it("names every case in the report, and those with bars in the chart", () => {
    const text = report(results);
    const svg = chart(results, { date: "2000-01-01", node: "v0" });
    for (const { name } of results) expect(text).toContain(name);
    for (const { name } of [...COMPUTE, ...ACTORS]) expect(svg).toContain(`>${name}`);
    expect(svg.match(/<rect /g)?.length).toBeGreaterThan(2 * (COMPUTE.length + ACTORS.length));
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});
