/** Loops, calls and data: the interpreter against the natural JavaScript, with and without V8's compilers. */
import { execFileSync } from "node:child_process";
import Benchmark from "benchmark";
import { check, type Row, ratios, rowOf, type Sizes } from "../measure.ts";
import { Bench, countInstructions } from "../vm.ts";
import { CASES, type ComputeCase } from "./programs.ts";

/** Nanoseconds an instruction may take where loops dominate, and where calls do. */
const LOOP_LIMIT = 8;
const CALL_LIMIT = 15;
/** Against `node --jitless` on the same hand-written code. */
const JITLESS_LIMIT = 8;

export async function* compute(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<Row> {
  for (const one of CASES) {
    if (wanted(one.name)) yield* measure(one, sizes);
  }
}

function* measure(one: ComputeCase, sizes: Sizes): Generator<Row> {
  const size = one.sizes[sizes.scale];
  const expected = one.plain(size);
  const bench = new Bench(one.source);
  check(one.name, bench.run(size), expected);
  const instructions = countInstructions(one.source, size);
  const interpreted: number[] = [];
  const plain: number[] = [];
  const jitless: number[] = [];
  for (let round = 0; round < sizes.rounds; round++) {
    interpreted.push(nanoseconds(() => bench.run(size), sizes));
    plain.push(nanoseconds(() => one.plain(size), sizes));
    jitless.push(withoutCompilers(one, size, expected));
  }
  const perInstruction = interpreted.map((time) => time / instructions);
  const limit = one.dominatedBy === "calls" ? CALL_LIMIT : LOOP_LIMIT;
  yield rowOf("compute", one.name, "ns an instruction", perInstruction, one.dominatedBy === "data" ? null : limit);
  yield rowOf("compute", one.name, "× node --jitless", ratios(interpreted, jitless), JITLESS_LIMIT);
  yield rowOf("compute", one.name, "× plain JavaScript", ratios(interpreted, plain));
}

/** What a call takes, by benchmark.js. */
function nanoseconds(run: () => unknown, { scale }: Sizes): number {
  let last: unknown;
  const benchmark = new Benchmark({
    // The result is kept, or V8 would see that nobody needs it.
    fn: () => {
      last = run();
    },
    maxTime: scale === "full" ? 0.5 : 0.1,
    minSamples: scale === "test" ? 1 : 3,
    ...(scale === "test" ? { initCount: 1, minTime: 0.001 } : {}),
  });
  benchmark.run();
  // benchmark.js keeps errors to itself.
  const { error } = benchmark as unknown as { error?: Error };
  if (error !== undefined) throw error;
  if (last === undefined) throw new Error("the benchmark gave no result");
  return benchmark.stats.mean * 1e9;
}

/** The hand-written code in a Node that only interprets, in nanoseconds. */
function withoutCompilers(one: ComputeCase, size: number, expected: unknown): number {
  const script = `
    const run = ${one.plain.toString()};
    let least = Infinity;
    let result;
    for (let i = 0; i < 3; i++) {
      const start = performance.now();
      result = run(${size});
      least = Math.min(least, performance.now() - start);
    }
    console.log(JSON.stringify({ least, result }));
  `;
  const printed = execFileSync(process.execPath, ["--jitless", "--eval", script], { encoding: "utf8" });
  const { least, result } = JSON.parse(printed) as { least: number; result: unknown };
  check(`${one.name} without compilers`, result, expected);
  return least * 1e6;
}
