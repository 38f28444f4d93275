/** Times of functions in this process, and of texts in one of their own. */
import { execFileSync } from "node:child_process";
import Benchmark from "benchmark";
import { check, median, type Sizes, timed } from "./measure.ts";

/** V8 takes a while to be done with a program, longer the more functions there are: ours and the plain one alike. */
export function warmUp(run: () => unknown, { scale }: Sizes, patience = 1): void {
  const end = performance.now() + patience * { test: 0, quick: 100, full: 500 }[scale];
  while (performance.now() < end) run();
}

/** What a call takes, by benchmark.js: a mean over at least a fifth of a second, or over a single call that takes longer. */
export function nanoseconds(run: () => unknown, { scale }: Sizes): number {
  let last: unknown;
  const benchmark = new Benchmark({
    // The result is kept, or V8 would see that nobody needs it.
    fn: () => {
      last = run();
    },
    initCount: 1,
    minSamples: 1,
    minTime: scale === "test" ? 0.001 : 0.02,
    maxTime: { test: 0.001, quick: 0.02, full: 0.2 }[scale],
  });
  benchmark.run();
  // benchmark.js keeps errors to itself.
  const { error } = benchmark as unknown as { error?: Error };
  if (error !== undefined) throw error;
  if (last === undefined) throw new Error("the benchmark gave no result");
  return benchmark.stats.mean * 1e9;
}

/**
 * Two programs in turn, run by run, so that whatever else the machine does meets both alike: the medians of their times,
 * in nanoseconds.
 */
export function alternately(one: () => unknown, other: () => unknown, { scale }: Sizes): readonly [number, number] {
  const times: [number[], number[]] = [[], []];
  const end = performance.now() + { test: 0, quick: 100, full: 1_000 }[scale];
  do {
    times[0].push(timed(one) * 1e6);
    times[1].push(timed(other) * 1e6);
  } while (performance.now() < end);
  return [median(times[0]), median(times[1])];
}

/** The median of as many runs as fit in a moment, in nanoseconds, as `withoutCompilers` has it. */
export function medianTime(run: () => unknown): number {
  const times: number[] = [];
  const end = performance.now() + MOMENT;
  do times.push(timed(run) * 1e6);
  while (performance.now() < end);
  return median(times);
}

/** Milliseconds. */
const MOMENT = 200;

/**
 * A program in a Node that only interprets, in nanoseconds: the median of as many runs as fit in a moment.
 *
 * @param source declares `run`
 */
export function withoutCompilers(name: string, source: string, size: number, expected: unknown): number {
  const script = `
    const run = (() => {
      "use strict";
      ${source}
      return run;
    })();
    const end = performance.now() + ${MOMENT};
    const times = [];
    let result;
    do {
      const start = performance.now();
      result = run(${size});
      times.push(performance.now() - start);
    } while (performance.now() < end);
    console.log(JSON.stringify({ median: times.sort((a, b) => a - b)[times.length >> 1], result }));
  `;
  const printed = execFileSync(process.execPath, ["--jitless", "--eval", script], {
    encoding: "utf8",
    // It warns that there is no WebAssembly.
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Programs may print before they run.
  const answer = JSON.parse(printed.trimEnd().split("\n").at(-1)!) as { median: number; result: unknown };
  check(`${name} without compilers`, answer.result, expected);
  return answer.median * 1e6;
}
