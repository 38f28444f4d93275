/** Messages, spawns and idle processes. */
import type { Value } from "../../src/node/index.ts";
import { inChild } from "../child.ts";
import { check, type Row, ratios, rowOf, type Sizes, timed } from "../measure.ts";
import { Bench } from "../vm.ts";

const PING_PONG = `
.function main arity=1 regs=9
  LOAD_CONST r1, :"__function_ref:pong"
  SPAWN r2, r1, []
  LOAD_CONST r3, :self
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
again:
  SEND r2, r3
  RECEIVE r6
  ADD r4, r4, r5
  LESS_THAN r7, r4, r0
  JUMP_IF_TRUE r7, again
  LOAD_CONST r6, :stop
  SEND r2, r6
  RETURN r4
.end
.function pong arity=0 regs=1
again:
  RECEIVE r0
  MATCH r0, [(:stop, stop)]
  SEND r0, r0
  JUMP again
stop:
  RETURN r0
.end`;

const SPAWN_AND_ANSWER = `
.function main arity=1 regs=9
  LOAD_CONST r1, :"__function_ref:answer"
  LOAD_CONST r3, :self
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
again:
  SPAWN r2, r1, [r3, r5]
  RECEIVE r6
  ADD r4, r4, r6
  LESS_THAN r7, r4, r0
  JUMP_IF_TRUE r7, again
  RETURN r4
.end
.function answer arity=2 regs=0
  SEND r0, r1
  RETURN r1
.end`;

const RING = `
.function main arity=2 regs=12
  LOAD_CONST r2, :"__function_ref:member"
  LOAD_CONST r3, :self
  LOAD_CONST r4, 1
  LOAD_CONST r5, 1
build:
  SPAWN r3, r2, [r3]
  ADD r4, r4, r5
  LESS_THAN r6, r4, r0
  JUMP_IF_TRUE r6, build
  LOAD_CONST r4, 0
round:
  SEND r3, r4
  RECEIVE r4
  ADD r4, r4, r5
  LESS_THAN r6, r4, r1
  JUMP_IF_TRUE r6, round
  LOAD_CONST r7, :stop
  SEND r3, r7
  RECEIVE r7
  RETURN r4
.end
.function member arity=1 regs=1
again:
  RECEIVE r1
  SEND r0, r1
  MATCH r1, [(:stop, stop)]
  JUMP again
stop:
  RETURN r1
.end`;

const FAN_IN = `
.function main arity=2 regs=12
  LOAD_CONST r2, :"__function_ref:sender"
  LOAD_CONST r3, :self
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
start:
  SPAWN r6, r2, [r3, r1]
  ADD r4, r4, r5
  LESS_THAN r7, r4, r0
  JUMP_IF_TRUE r7, start
  MUL r8, r0, r1
  LOAD_CONST r4, 0
collect:
  RECEIVE r6
  ADD r4, r4, r6
  LESS_THAN r7, r4, r8
  JUMP_IF_TRUE r7, collect
  RETURN r4
.end
.function sender arity=2 regs=4
  LOAD_CONST r2, 0
  LOAD_CONST r3, 1
again:
  SEND r0, r3
  ADD r2, r2, r3
  LESS_THAN r4, r2, r1
  JUMP_IF_TRUE r4, again
  RETURN r2
.end`;

/** Spawns processes that wait for a message for ever. */
const IDLE = `
.function main arity=1 regs=6
  LOAD_CONST r1, :"__function_ref:idle"
  LOAD_CONST r2, 0
  LOAD_CONST r3, 1
again:
  SPAWN r4, r1, [r2]
  ADD r2, r2, r3
  LESS_THAN r5, r2, r0
  JUMP_IF_TRUE r5, again
  RETURN r2
.end
.function idle arity=1 regs=1
  RECEIVE r1
  RETURN r1
.end`;

interface ActorCase {
  readonly name: string;
  readonly source: string;
  readonly args: (n: number) => Value[];
  readonly sizes: { readonly test: number; readonly quick: number; readonly full: number };
  /** Seconds for the whole run. */
  readonly limit: number | null;
  readonly unit: string;
  readonly units: (n: number) => number;
  readonly result: (n: number) => number;
}

const CASES: readonly ActorCase[] = [
  {
    name: "ping-pong of 10^6 messages",
    source: PING_PONG,
    args: (n) => [n / 2],
    sizes: { test: 20, quick: 200_000, full: 1_000_000 },
    limit: 1,
    unit: "ns a message",
    units: (n) => n,
    result: (n) => n / 2,
  },
  {
    name: "10^5 spawn and answer",
    source: SPAWN_AND_ANSWER,
    args: (n) => [n],
    sizes: { test: 20, quick: 20_000, full: 100_000 },
    limit: 0.5,
    unit: "ns a process",
    units: (n) => n,
    result: (n) => n,
  },
  {
    name: "ring of 1000",
    source: RING,
    args: (n) => [1000, n],
    sizes: { test: 2, quick: 100, full: 500 },
    limit: null,
    unit: "ns a hop",
    units: (n) => n * 1000,
    result: (n) => n,
  },
  {
    name: "fan-in from 100",
    source: FAN_IN,
    args: (n) => [100, n],
    sizes: { test: 2, quick: 1000, full: 5000 },
    limit: null,
    unit: "ns a message",
    units: (n) => n * 100,
    result: (n) => n * 100,
  },
];

export async function* actors(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<Row> {
  for (const one of CASES) {
    if (wanted(one.name)) yield* measure(one, sizes);
  }
  if (wanted("message beside idle processes")) yield besideIdle(sizes);
  if (wanted("idle processes")) yield* idleMemory(sizes);
}

function* measure(one: ActorCase, sizes: Sizes): Generator<Row> {
  const n = one.sizes[sizes.scale];
  const bench = new Bench(one.source);
  check(one.name, bench.run(...one.args(n)), one.result(n));
  const times: number[] = [];
  for (let round = 0; round < sizes.rounds; round++) {
    times.push(timed(() => check(one.name, bench.run(...one.args(n)), one.result(n))));
  }
  const perUnit = times.map((time) => (time * 1e6) / one.units(n));
  yield rowOf("actors", one.name, one.unit, perUnit);
  if (one.limit === null) return;
  // For the size that the limit is meant for.
  const whole = one.units(one.sizes.full);
  yield rowOf(
    "actors",
    one.name,
    "s",
    perUnit.map((ns) => (ns * whole) / 1e9),
    one.limit,
  );
}

/** The cost of a message with 10 and with 100,000 processes that wait. */
function besideIdle(sizes: Sizes): Row {
  const messages = { test: 10, quick: 100_000, full: 300_000 }[sizes.scale];
  const [few, many] = [10, sizes.scale === "test" ? 100 : 100_000].map((idle) => {
    const bench = new Bench(PING_PONG);
    const waiting = bench.vm.load(new TextEncoder().encode(IDLE), { className: "Idle" });
    bench.vm.spawn({ program: waiting, name: "Idle:main" }, idle);
    check("idle processes", bench.run(messages), messages);
    return { bench, times: [] as number[] };
  });
  for (let round = 0; round < Math.max(sizes.rounds, 5); round++) {
    for (const { bench, times } of round % 2 === 0 ? [few, many] : [many, few]) {
      times.push(timed(() => bench.run(messages)));
    }
  }
  return rowOf("actors", "message beside idle processes", "100,000 idle / 10 idle", ratios(many.times, few.times), 1.1);
}

/** In a process of its own, with nothing else on the heap. */
function* idleMemory(sizes: Sizes): Generator<Row> {
  const count = { test: 1000, quick: 200_000, full: 1_000_000 }[sizes.scale];
  const bytes = sizes.scale === "test" ? measureIdle(count) : inChild("--idle", count);
  yield rowOf("actors", "idle processes", "bytes a process", [bytes]);
  yield rowOf("actors", "idle processes", "GB for 10^6", [(bytes * 1e6) / 1e9], 1);
}

/** Bytes of heap a waiting process takes. */
export function measureIdle(count: number): number {
  const collect = (globalThis as { gc?: () => void }).gc ?? (() => {});
  const bench = new Bench(IDLE);
  check("idle processes", bench.run(10), 10);
  collect();
  const before = process.memoryUsage().heapUsed;
  check("idle processes", bench.run(count), count);
  collect();
  return (process.memoryUsage().heapUsed - before) / count;
}
