/** Rounds, medians and the table. */

export interface Sizes {
  /** Small inputs for tests, smaller ones for a quick look, whole ones for numbers that are quoted. */
  readonly scale: "test" | "quick" | "full";
  readonly rounds: number;
}

/** A number that was measured, with what it may be at most. */
export interface Row {
  readonly suite: string;
  readonly name: string;
  /** What the number says, with its unit: "ns an instruction", "× plain JavaScript". */
  readonly measure: string;
  readonly value: number;
  readonly limit: number | null;
  /** What each round gave. */
  readonly samples: readonly number[];
}

export type Suite = (sizes: Sizes, wanted: (name: string) => boolean) => AsyncGenerator<Row>;

export class WrongResult extends Error {}

export function check(name: string, got: unknown, expected: unknown): void {
  if (got !== expected) throw new WrongResult(`${name}: expected ${String(expected)}, got ${String(got)}`);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** A row from samples: their median. */
export function rowOf(
  suite: string,
  name: string,
  measure: string,
  samples: readonly number[],
  limit: number | null = null,
): Row {
  return { suite, name, measure, value: median(samples), limit, samples };
}

/** Ratios round by round, so that the machine's drift cancels. */
export function ratios(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, i) => value / b[i]);
}

/** Milliseconds that a call takes. */
export function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.suite,
    row.name,
    shownNumber(row.value),
    row.measure,
    row.limit === null ? "" : `at most ${shownNumber(row.limit)}`,
    row.limit === null ? "" : row.value <= row.limit ? "ok" : "over",
  ]);
  const widths = cells[0].map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => (column === 2 ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function shownNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
