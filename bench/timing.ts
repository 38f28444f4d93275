/** Times of functions in this process, and of texts in one of their own. */
import { execFileSync } from "node:child_process";
import Benchmark from "benchmark";
import { check, type Sizes } from "./measure.ts";

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
 * A program in a Node that only interprets, in nanoseconds: the best of as many runs as fit in a moment.
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
    const end = performance.now() + 100;
    let least = Infinity;
    let result;
    do {
      const start = performance.now();
      result = run(${size});
      least = Math.min(least, performance.now() - start);
    } while (performance.now() < end);
    console.log(JSON.stringify({ least, result }));
  `;
  const printed = execFileSync(process.execPath, ["--jitless", "--eval", script], {
    encoding: "utf8",
    // It warns that there is no WebAssembly.
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Programs may print before they run.
  const { least, result } = JSON.parse(printed.trimEnd().split("\n").at(-1)!) as { least: number; result: unknown };
  check(`${name} without compilers`, result, expected);
  return least * 1e6;
}
