/** Loops, calls and data: both engines against the natural JavaScript, with and without V8's compilers, and against Lua. */
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
import { nanoseconds, warmUp, withoutCompilers } from "../timing.ts";
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
  for (const run of [() => jit.run(size), () => interpreter.run(size), () => plain(size)]) warmUp(run, sizes);

  const ways = new Map<Way, () => number>([
    ["JIT", () => nanoseconds(() => jit.run(size), sizes)],
    ["interpreter", () => nanoseconds(() => interpreter.run(size), sizes)],
    ["plain JavaScript", () => nanoseconds(() => plain(size), sizes)],
    ["node --jitless", () => withoutCompilers(one.name, `const run = (${one.plain})();`, size, expected)],
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
