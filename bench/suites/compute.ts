/** Loops, calls and data: both engines against the natural JavaScript, with and without V8's compilers, and against Lua. */
import { execFileSync } from "node:child_process";
import Benchmark from "benchmark";
import { ALL, by, LOOPS_AND_CALLS, MEASURE, rowOf } from "../limits.ts";
import {
  type CaseResult,
  check,
  ENGINES,
  geometricMean,
  type Row,
  ratios,
  type Sizes,
  scaled,
  takeTurns,
  type Way,
} from "../measure.ts";
import { type Peer, peerOf } from "../peers.ts";
import type { ComputeCase } from "../programs/case.ts";
import { COMPUTE } from "../programs/index.ts";
import { Bench, countInstructions } from "../vm.ts";

const SUITE = "compute";
const PEERS: readonly Peer[] = ["luajit", "lua5.4"];

export async function* compute(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<CaseResult> {
  const results: CaseResult[] = [];
  for (const one of COMPUTE) {
    if (!wanted(one.name)) continue;
    const result = measure(one, sizes);
    results.push(result);
    yield result;
  }
  if (results.length === COMPUTE.length) yield together(results);
}

function measure(one: ComputeCase, sizes: Sizes): CaseResult {
  const size = one.sizes[sizes.scale];
  const plain = one.plain();
  const expected = plain(size);
  const jit = new Bench(one.source, "JIT");
  const interpreter = new Bench(one.source, "interpreter");
  for (const bench of [jit, interpreter]) check(one.name, bench.run(size), expected);
  // V8 takes a while to be done with a program, longer the more functions there are: ours and the plain one alike.
  for (const run of [() => jit.run(size), () => interpreter.run(size), () => plain(size)]) warmUp(run, sizes);

  const ways = new Map<Way, () => number>([
    ["JIT", () => nanoseconds(() => jit.run(size), sizes)],
    ["interpreter", () => nanoseconds(() => interpreter.run(size), sizes)],
    ["plain JavaScript", () => nanoseconds(() => plain(size), sizes)],
    ["node --jitless", () => withoutCompilers(one, size, expected)],
  ]);
  const trial = { size: one.sizes.test, expected: plain(one.sizes.test) };
  for (const peer of PEERS) {
    const run = peerOf(peer, one.name, trial);
    if (run !== null) ways.set(peer, () => run(size, expected));
  }
  const times = takeTurns(ways, sizes.rounds);
  const instructions = countInstructions(one.source, size);

  const ratio = (a: Way, b: Way): number[] => ratios(times.get(a)!, times.get(b)!);
  const row = (measure: string, samples: readonly number[]): Row =>
    rowOf(SUITE, one.name, measure, samples, one.dominatedBy);
  const rows = [
    row(by("JIT", MEASURE.toPlain), ratio("JIT", "plain JavaScript")),
    row(MEASURE.gain, ratio("interpreter", "JIT")),
    row(
      by("interpreter", MEASURE.instruction),
      times.get("interpreter")!.map((time) => time / instructions),
    ),
    row(by("interpreter", MEASURE.toJitless), ratio("interpreter", "node --jitless")),
    row(by("interpreter", MEASURE.toPlain), ratio("interpreter", "plain JavaScript")),
    ...PEERS.filter((peer) => times.has(peer)).map((peer) => row(by("JIT", `× ${peer}`), ratio("JIT", peer))),
  ];
  return { suite: SUITE, name: one.name, unit: "ms a run", times: scaled(times, 1e-6), rows };
}

/** Geometric means over the cases, round by round. */
function together(results: readonly CaseResult[]): CaseResult {
  const mean = (name: string, measure: string, groups: readonly string[]): Row => {
    const rows = results
      .filter((_, i) => groups.includes(COMPUTE[i].dominatedBy))
      .map((result) => result.rows.find((row) => row.measure === measure)!);
    const samples = rows[0].samples.map((_, round) => geometricMean(rows.map((row) => row.samples[round])));
    return rowOf(SUITE, name, measure, samples);
  };
  const rows = [
    ...ENGINES.map((engine) => mean(ALL, by(engine, MEASURE.toPlain), ["loops", "calls", "data"])),
    mean(LOOPS_AND_CALLS, MEASURE.gain, ["loops", "calls"]),
  ];
  return { suite: SUITE, name: ALL, unit: "", times: new Map(), rows };
}

function warmUp(run: () => unknown, { scale }: Sizes): void {
  const end = performance.now() + { test: 0, quick: 100, full: 500 }[scale];
  while (performance.now() < end) run();
}

/** What a call takes, by benchmark.js: a mean over at least a fifth of a second, or over a single call that takes longer. */
function nanoseconds(run: () => unknown, { scale }: Sizes): number {
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

/** The hand-written code in a Node that only interprets, in nanoseconds: the best of as many runs as fit in a moment. */
function withoutCompilers(one: ComputeCase, size: number, expected: unknown): number {
  const script = `
    const run = (${one.plain.toString()})();
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
  const { least, result } = JSON.parse(printed) as { least: number; result: unknown };
  check(`${one.name} without compilers`, result, expected);
  return least * 1e6;
}
