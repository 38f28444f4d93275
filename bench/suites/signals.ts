/** Selective receive, falling links, timers by the million, supervised requests. */
import { by, MEASURE, rowOf } from "../limits.ts";
import { type CaseResult, check, ENGINES, type Engine, ratios, type Sizes, takeTurns, timed } from "../measure.ts";
import { Bench } from "../vm.ts";

const SUITE = "signals";

/** `main` puts so many messages into its mailbox that nobody takes, and then calls a server so many times. */
const REPLIES = `
.function main arity=2 regs=14
  LOAD_CONST r2, 0
  LOAD_CONST r3, 1
  LOAD_CONST r4, :self
  LOAD_CONST r5, :junk
fill:
  LESS_THAN r6, r2, r1
  JUMP_IF_FALSE r6, filled
  SEND r4, r5
  ADD r2, r2, r3
  JUMP fill
filled:
  LOAD_CONST r6, :"__function_ref:server"
  SPAWN r6, r6, []
  LOAD_CONST r2, 0
  LOAD_CONST r7, :"__stdlib:MakeRef"
  LOAD_CONST r8, Infinity
again:
  CALL r9, r7, []
  TUPLE_INIT r10, [r4, r9, r2]
  SEND r6, r10
  RECEIVE_MATCH r10, r8, [((^r9, @r11), +1)]
  ADD r2, r11, r3
  LESS_THAN r12, r2, r0
  JUMP_IF_TRUE r12, again
  LOAD_CONST r10, :stop
  SEND r6, r10
  RETURN r2
.end
.function server arity=0 regs=4
again:
  RECEIVE r0
  MATCH r0, [((@r1, @r2, @r3), answer)]
  RETURN r0
answer:
  TUPLE_INIT r0, [r2, r3]
  SEND r1, r0
  JUMP again
.end`;

/** A call with a Monitor instead of a plain reference. */
const MONITORED = REPLIES.replace('"__stdlib:MakeRef"', '"__stdlib:Monitor"')
  .replace("CALL r9, r7, []", "CALL r9, r7, [r6]")
  .replace(
    "[((^r9, @r11), +1)]",
    "[((^r9, @r11), demonitor), ((:DOWN, ^r9, _, _), +1)]\ndemonitor:\n  CALL r13, r12, [r9]",
  )
  .replace("LESS_THAN r12, r2, r0\n  JUMP_IF_TRUE r12", "LESS_THAN r13, r2, r0\n  JUMP_IF_TRUE r13")
  .replace("  LOAD_CONST r8, Infinity", '  LOAD_CONST r8, Infinity\n  LOAD_CONST r12, :"__stdlib:Demonitor"');

/** `main` makes a chain of so many linked processes, ends the last one and waits for the first. */
const CHAIN = `
.function main arity=1 regs=10
  LOAD_CONST r1, :"__stdlib:TrapExit"
  LOAD_CONST r2, true
  CALL r1, r1, [r2]
  LOAD_CONST r1, :"__stdlib:SpawnLink"
  LOAD_CONST r2, :"__function_ref:member"
  LOAD_CONST r3, :self
  CALL r4, r1, [r2, r0, r3]
  RECEIVE r5
  LOAD_CONST r6, :"__stdlib:Exit"
  LOAD_CONST r7, :fall
  CALL r6, r6, [r5, r7]
  RECEIVE r8
  MATCH r8, [((:EXIT, ^r4, :fall), +1)]
  RETURN r0
.end
; member(left, main)
.function member arity=2 regs=6
  LOAD_CONST r2, 1
  SUB r0, r0, r2
  JUMP_IF_FALSE r0, last
  LOAD_CONST r3, :"__stdlib:SpawnLink"
  LOAD_CONST r4, :"__function_ref:member"
  CALL r5, r3, [r4, r0, r1]
  RECEIVE r5
last:
  LOAD_CONST r5, :self
  SEND r1, r5
  RECEIVE r5
.end`;

/** \`main\` sets so many timers for one millisecond and takes what they bring. */
const TIMERS = `
.function main arity=1 regs=10
  LOAD_CONST r1, :"__stdlib:SendAfter"
  LOAD_CONST r2, 0
  LOAD_CONST r3, 1
  LOAD_CONST r4, :self
set:
  CALL r5, r1, [r3, r4, r2]
  ADD r2, r2, r3
  LESS_THAN r6, r2, r0
  JUMP_IF_TRUE r6, set
  LOAD_CONST r2, 0
take:
  RECEIVE r5
  ADD r2, r2, r3
  LESS_THAN r6, r2, r0
  JUMP_IF_TRUE r6, take
  RETURN r2
.end`;

export async function* signals(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<CaseResult> {
  const cases: readonly [string, (name: string) => CaseResult][] = [
    ["reply beside 10^5 messages", (name) => beside(name, sizes, REPLIES)],
    ["monitored call beside 10^5 messages", (name) => beside(name, sizes, MONITORED)],
    [
      "chain of 10^5 links falls",
      (name) => one(name, sizes, CHAIN, MEASURE.fall, sizes.scale === "test" ? 100 : 100_000),
    ],
    [
      "10^6 timers set and fired",
      (name) => one(name, sizes, TIMERS, MEASURE.timers, sizes.scale === "test" ? 100 : 1_000_000),
    ],
  ];
  for (const [name, run] of cases) {
    if (wanted(name)) yield run(name);
  }
}

/** Calls with a full and with an empty mailbox. */
function beside(name: string, sizes: Sizes, source: string): CaseResult {
  const calls = { test: 10, quick: 100_000, full: 500_000 }[sizes.scale];
  const junk = sizes.scale === "test" ? 100 : 100_000;
  const runs = new Map<`${Engine}, ${"full" | "empty"}`, () => number>();
  for (const engine of ENGINES) {
    const bench = new Bench(source, engine);
    for (const [mailbox, messages] of [
      ["full", junk],
      ["empty", 0],
    ] as const) {
      const run = (): void => check(name, bench.run(calls, messages), calls);
      run();
      runs.set(`${engine}, ${mailbox}`, () => timed(run));
    }
  }
  const all = takeTurns(runs, sizes.rounds);
  const times = new Map(ENGINES.map((engine) => [engine, all.get(`${engine}, full`)!]));
  const rows = ENGINES.flatMap((engine) => {
    const empty = all.get(`${engine}, empty`)!;
    return [
      rowOf(SUITE, name, by(engine, MEASURE.besideMessages), ratios(times.get(engine)!, empty)),
      rowOf(
        SUITE,
        name,
        by(engine, MEASURE.call),
        empty.map((time) => (time * 1e6) / calls),
      ),
    ];
  });
  return { suite: SUITE, name, unit: "ms a run", times, rows };
}

function one(name: string, sizes: Sizes, source: string, measure: string, size: number): CaseResult {
  const runs = new Map(
    ENGINES.map((engine) => {
      const bench = new Bench(source, engine, { limits: { mailbox: Number.POSITIVE_INFINITY } });
      const run = (): void => check(name, bench.run(size), size);
      run();
      return [engine, () => timed(run)] as const;
    }),
  );
  const times = takeTurns(runs, sizes.rounds);
  const rows = ENGINES.map((engine) => rowOf(SUITE, name, by(engine, measure), times.get(engine)!));
  return { suite: SUITE, name, unit: "ms a run", times, rows };
}
