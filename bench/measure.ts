/** Rounds, medians, and what a case gives. */
import type { ProgramSizes } from "./programs/case.ts";

export interface Sizes {
  readonly scale: keyof ProgramSizes;
  readonly rounds: number;
}

/** Our own ways of running a program. */
export const ENGINES = ["JIT", "interpreter"] as const;
export type Engine = (typeof ENGINES)[number];

/** All ways in which a case may run, in the order of the tables. */
export const WAYS = [...ENGINES, "plain JavaScript", "node --jitless", "luajit", "lua5.4", "erl"] as const;
export type Way = (typeof WAYS)[number];

/** Times by the way, one for each round, all in one unit. */
export type Times = ReadonlyMap<Way, readonly number[]>;

/** A limit that a number is held against. */
export type Bound = { readonly atMost: number } | { readonly atLeast: number };

/** A number that was measured. */
export interface Row {
  readonly suite: string;
  readonly name: string;
  /** What the number says, with its unit: "JIT: × plain JavaScript", "JIT: ns a message". */
  readonly measure: string;
  /** The median of the samples. */
  readonly value: number;
  readonly limit: Bound | null;
  /** What each round gave. */
  readonly samples: readonly number[];
}

/** All that a case gives. */
export interface CaseResult {
  readonly suite: string;
  readonly name: string;
  /** What the times count: "ms a run", "ns a message". */
  readonly unit: string;
  readonly times: Times;
  readonly rows: readonly Row[];
}

export type Suite = (sizes: Sizes, wanted: (name: string) => boolean) => AsyncGenerator<CaseResult>;

export class WrongResult extends Error {}

export function check(name: string, got: unknown, expected: unknown): void {
  if (got !== expected) throw new WrongResult(`${name}: expected ${String(expected)}, got ${String(got)}`);
}

/**
 * Runs the ways by turns, round by round, and gives what they measured. Another one begins in each round, so that none
 * always runs on the heap that the same neighbour left. A way that ever gives NaN has failed and is left out.
 */
export function takeTurns<Name>(ways: ReadonlyMap<Name, () => number>, rounds: number): Map<Name, number[]> {
  const times = new Map([...ways.keys()].map((way) => [way, [] as number[]]));
  const order = [...ways];
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < order.length; k++) {
      const [way, run] = order[(k + round) % order.length];
      times.get(way)!.push(run());
    }
  }
  return new Map([...times].filter(([, list]) => !list.some(Number.isNaN)));
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

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Ratios round by round, so that the machine's drift cancels. */
export function ratios(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, i) => value / b[i]);
}

/** The same times, counted in another unit. */
export function scaled<Name>(times: ReadonlyMap<Name, readonly number[]>, factor: number): Map<Name, number[]> {
  return new Map([...times].map(([name, list]) => [name, list.map((time) => time * factor)]));
}

/** Milliseconds that a call takes. */
export function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
