/** What a run says on stdout: times by way, then what is held against limits. */
import { isWithin } from "./limits.ts";
import { type Bound, type CaseResult, median, type Row, WAYS } from "./measure.ts";

export function report(results: readonly CaseResult[]): string {
  const suites = [...new Set(results.map(({ suite }) => suite))];
  const times = suites.map((suite) => timesOf(results.filter((result) => result.suite === suite)));
  return [...times.filter((text) => text !== ""), limitsOf(results.flatMap(({ rows }) => rows))].join("\n\n");
}

/** Medians: a line a case, a column a way. */
function timesOf(results: readonly CaseResult[]): string {
  const timed = results.filter(({ times }) => times.size > 0);
  const ways = WAYS.filter((way) => timed.some(({ times }) => times.has(way)));
  if (timed.length === 0) return "";
  const head = [timed[0].suite, "", ...ways];
  const lines = timed.map(({ name, unit, times }) => [
    name,
    unit,
    ...ways.map((way) => (times.has(way) ? shownNumber(median(times.get(way)!)) : "")),
  ]);
  return aligned([head, ...lines], 2);
}

/** A line a row, and how it stands to its limit. */
function limitsOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.suite,
    row.name,
    shownNumber(row.value),
    row.measure,
    row.limit === null ? "" : shownBound(row.limit),
    row.limit === null ? "" : isWithin(row.value, row.limit) ? "ok" : "missed",
  ]);
  return aligned(lines, 2, 2);
}

/** Columns from `firstNumber` to `lastNumber` stand right. */
function aligned(lines: readonly string[][], firstNumber: number, lastNumber = Number.POSITIVE_INFINITY): string {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => (i >= firstNumber && i <= lastNumber ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function shownBound(bound: Bound): string {
  return "atMost" in bound ? `at most ${bound.atMost}` : `at least ${bound.atLeast}`;
}

export function shownNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
