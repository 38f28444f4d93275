/** Messages, spawns, processes side by side, and what a process takes while it waits. */
import { inChild } from "../child.ts";
import { by, MEASURE, rowOf } from "../limits.ts";
import {
  type CaseResult,
  check,
  ENGINES,
  type Engine,
  ratios,
  type Sizes,
  scaled,
  takeTurns,
  timed,
  type Way,
} from "../measure.ts";
import { peerOf } from "../peers.ts";
import type { ActorCase } from "../programs/actors/case.ts";
import { CROWD } from "../programs/actors/crowd.ts";
import { IDLE } from "../programs/actors/idle.ts";
import { ACTORS } from "../programs/actors/index.ts";
import { pingPong } from "../programs/actors/ping-pong.ts";
import { Bench } from "../vm.ts";

const SUITE = "actors";

export async function* actors(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<CaseResult> {
  for (const one of ACTORS) {
    if (wanted(one.name)) yield measure(one, sizes);
  }
  const others: readonly [string, (name: string, sizes: Sizes) => CaseResult][] = [
    ["100 computing at once", crowd],
    ["message beside idle processes", besideIdle],
    ["idle, fresh", (name) => idle(name, sizes, { test: 1000, quick: 200_000, full: 1_000_000 }, 0)],
    ["idle, after work", (name) => idle(name, sizes, { test: 100, quick: 5000, full: 20_000 }, 300)],
  ];
  for (const [name, run] of others) {
    if (wanted(name)) yield run(name, sizes);
  }
}

function measure(one: ActorCase, sizes: Sizes): CaseResult {
  const { name, plain } = one;
  const size = one.sizes[sizes.scale];
  const expected = one.result(size);
  const ways = new Map<Way, () => number>();
  const add = (way: Way, run: () => unknown): void => {
    // Once to warm up.
    check(`${name} by ${way}`, run(), expected);
    ways.set(way, () => timed(() => check(`${name} by ${way}`, run(), expected)) * 1e6);
  };
  for (const engine of ENGINES) {
    const bench = new Bench(one.source, engine);
    add(engine, () => bench.run(size));
  }
  if (plain !== null) add("plain JavaScript", () => plain(size));
  if (one.inErlang) {
    const run = peerOf("erl", name, { size: one.sizes.test, expected: one.result(one.sizes.test) });
    if (run !== null) ways.set("erl", () => run(size, expected));
  }
  const times = scaled(takeTurns(ways, sizes.rounds), 1 / one.units(size));

  const what = one.unit === "message" ? MEASURE.message : MEASURE.process;
  const jit = times.get("JIT")!;
  const rows = ENGINES.map((engine) => rowOf(SUITE, name, by(engine, what), times.get(engine)!));
  const [inPlain, inErlang] = [times.get("plain JavaScript"), times.get("erl")];
  if (inPlain !== undefined) rows.push(rowOf(SUITE, name, by("JIT", MEASURE.toPlain), ratios(jit, inPlain)));
  if (inErlang !== undefined) rows.push(rowOf(SUITE, name, by("JIT", MEASURE.toErlang), ratios(inErlang, jit)));
  return { suite: SUITE, name, unit: what, times, rows };
}

/** What a case measures, and what it is measured by. */
type Form = "measured" | "standard";

/** A case of our engines alone, in two forms that do the same work. */
function compare(
  name: string,
  sizes: Sizes,
  measure: string,
  prepare: (engine: Engine, form: Form) => () => unknown,
): CaseResult {
  const runs = new Map<`${Engine}, ${Form}`, () => number>();
  for (const engine of ENGINES) {
    for (const form of ["measured", "standard"] as const) {
      const run = prepare(engine, form);
      const expected = run();
      runs.set(`${engine}, ${form}`, () => timed(() => check(name, run(), expected)));
    }
  }
  const all = takeTurns(runs, sizes.rounds);
  const times = new Map(ENGINES.map((engine) => [engine, all.get(`${engine}, measured`)!]));
  const rows = ENGINES.map((engine) =>
    rowOf(SUITE, name, by(engine, measure), ratios(times.get(engine)!, all.get(`${engine}, standard`)!)),
  );
  return { suite: SUITE, name, unit: "ms a run", times, rows };
}

/** Many processes at once against one that does the same work: what taking turns costs. */
function crowd(name: string, sizes: Sizes): CaseResult {
  const size = { test: 1, quick: 14, full: 19 }[sizes.scale];
  return compare(name, sizes, MEASURE.crowd, (engine, form) => {
    const bench = new Bench(CROWD, engine);
    return () => bench.call(form === "measured" ? "main" : "alone", 100, size);
  });
}

/** Messages with 100,000 and with 10 processes that wait. */
function besideIdle(name: string, sizes: Sizes): CaseResult {
  const messages = { test: 10, quick: 100_000, full: 500_000 }[sizes.scale];
  const many = sizes.scale === "test" ? 100 : 100_000;
  return compare(name, sizes, MEASURE.besideIdle, (engine, form) => {
    const bench = new Bench(pingPong.source, engine);
    const waiting = bench.vm.load(new TextEncoder().encode(IDLE), { className: "Idle" });
    bench.vm.spawn({ program: waiting, name: "Idle:main" }, form === "measured" ? many : 10, 0);
    return () => bench.run(messages);
  });
}

/** In a process of its own, with nothing else on the heap. Bytes hardly differ from run to run, so one is enough. */
function idle(name: string, sizes: Sizes, counts: Record<Sizes["scale"], number>, messages: number): CaseResult {
  const count = counts[sizes.scale];
  const times = new Map(
    ENGINES.map((engine) => [
      engine,
      [sizes.scale === "test" ? measureIdle(engine, count, messages) : inChild("idle", engine, count, messages)],
    ]),
  );
  return {
    suite: SUITE,
    name,
    unit: MEASURE.bytes,
    times,
    rows: ENGINES.map((engine) => rowOf(SUITE, name, by(engine, MEASURE.bytes), times.get(engine)!)),
  };
}

/** Bytes of heap a waiting process takes. */
export function measureIdle(engine: Engine, count: number, messages: number): number {
  const collect = (globalThis as { gc?: () => void }).gc ?? (() => {});
  const bench = new Bench(IDLE, engine);
  // So that the code is compiled before.
  check("idle", bench.run(10, Math.max(messages, 1)), 10);
  collect();
  const before = process.memoryUsage().heapUsed;
  check("idle", bench.run(count, messages), count);
  collect();
  return (process.memoryUsage().heapUsed - before) / count;
}
