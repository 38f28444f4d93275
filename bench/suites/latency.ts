/** What others notice of a process that never stops. */

import { inChild } from "../child.ts";
import { check, percentile, type Row, rowOf, type Sizes } from "../measure.ts";
import { Bench } from "../vm.ts";

const ENDLESS = `
.function endless arity=0 regs=2
  LOAD_CONST r0, 0
  LOAD_CONST r1, 1
again:
  ADD r0, r0, r1
  JUMP again
.end`;

/** Notes the time before and after each round trip. */
const ROUND_TRIPS = `
.function main arity=1 regs=12
  LOAD_CONST r1, :"__function_ref:endless"
  SPAWN r2, r1, []
  LOAD_CONST r1, :"__function_ref:echo"
  SPAWN r3, r1, []
  LOAD_CONST r4, :self
  LOAD_CONST r5, 0
  LOAD_CONST r6, 1
  LOAD_CONST r7, :"__stdlib:Note"
again:
  CALL r8, r7, []
  SEND r3, r4
  RECEIVE r8
  CALL r8, r7, []
  ADD r5, r5, r6
  LESS_THAN r9, r5, r0
  JUMP_IF_TRUE r9, again
  LOAD_CONST r9, :"__stdlib:Halt"
  LOAD_CONST r10, 0
  CALL r9, r9, [r10]
  RETURN r5
.end
.function echo arity=0 regs=1
again:
  RECEIVE r0
  SEND r0, r0
  JUMP again
.end
${ENDLESS}`;

/** Processes that each wait for so many milliseconds and then note the time. */
const TIMERS = `
.function main arity=1 regs=12
  LOAD_CONST r1, :"__function_ref:endless"
  SPAWN r2, r1, []
  LOAD_CONST r1, :"__function_ref:wait"
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, :self
start:
  SPAWN r6, r1, [r3, r0, r5]
  ADD r3, r3, r4
  LESS_THAN r7, r3, r0
  JUMP_IF_TRUE r7, start
  LOAD_CONST r3, 0
collect:
  RECEIVE r6
  ADD r3, r3, r4
  LESS_THAN r7, r3, r0
  JUMP_IF_TRUE r7, collect
  LOAD_CONST r9, :"__stdlib:Halt"
  LOAD_CONST r10, 0
  CALL r9, r9, [r10]
  RETURN r3
.end
; wait(number, of, main): due after 1000 * number / of milliseconds, but not before all have begun
.function wait arity=3 regs=9
  LOAD_CONST r3, 1000
  MUL r4, r0, r3
  DIV r4, r4, r1
  ADD r4, r4, r3
  LOAD_CONST r5, :"__stdlib:Due"
  CALL r6, r5, [r4]
  RECEIVE_WITH_TIMEOUT r7, r4, r8
  LOAD_CONST r5, :"__stdlib:Late"
  CALL r6, r5, [r6]
  SEND r2, r7
  RETURN r6
.end
${ENDLESS}`;

export async function* latency(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<Row> {
  if (wanted("round trip beside an endless loop")) yield roundTrips(sizes);
  if (wanted("timers beside an endless loop")) yield await timers(sizes);
}

function roundTrips(sizes: Sizes): Row {
  const count = { test: 5, quick: 3000, full: 20_000 }[sizes.scale];
  const notes: number[] = [];
  const bench = withFunctions(ROUND_TRIPS, {
    Note: () => {
      notes.push(performance.now());
      return 0;
    },
  });
  bench.start(count);
  check("round trips", bench.vm.runSync().status, "halted");
  check("round trips", notes.length, 2 * count);
  const trips = Array.from({ length: count }, (_, i) => notes[2 * i + 1] - notes[2 * i]);
  return {
    ...rowOf("latency", "round trip beside an endless loop", "ms, 99th percentile", [percentile(trips, 0.99)], 2),
  };
}

/** Each round in a process of its own, whose collector has nothing else to look after. */
async function timers(sizes: Sizes): Promise<Row> {
  const count = { test: 20, quick: 20_000, full: 100_000 }[sizes.scale];
  const samples: number[] = [];
  for (let round = 0; round < sizes.rounds; round++) {
    samples.push(sizes.scale === "test" ? await measureTimers(count) : inChild("--timers", count));
  }
  return rowOf("latency", "timers beside an endless loop", "ms late, 99th percentile", samples, 5);
}

/** Milliseconds that timers are late, 99th percentile. */
export async function measureTimers(count: number): Promise<number> {
  const late: number[] = [];
  const bench = withFunctions(TIMERS, {
    // When a wait of so long that begins now should end; it counts in whole milliseconds, rounded up.
    Due: (milliseconds) => performance.now() + Math.ceil(milliseconds),
    Late: (due) => {
      late.push(performance.now() - due);
      return 0;
    },
  });
  bench.start(count);
  check("timers", (await bench.vm.run()).status, "halted");
  check("timers", late.length, count);
  return percentile(late, 0.99);
}

function withFunctions(source: string, functions: Record<string, (argument: number) => number>): Bench {
  return new Bench(source, {}, (vm) => {
    for (const [name, run] of Object.entries(functions)) {
      vm.register({
        name,
        parameters: run.length === 0 ? [] : [{ name: "value", type: "Number" }],
        result: "Number",
        description: "Notes a time.",
        pure: false,
        run: ([argument]) => run((argument as number | undefined) ?? 0),
      });
    }
  });
}
