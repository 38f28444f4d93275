/** What others notice of a process that never stops. */
import { inChild } from "../child.ts";
import { by, MEASURE, rowOf } from "../limits.ts";
import { type CaseResult, check, ENGINES, type Engine, percentile, type Sizes, takeTurns } from "../measure.ts";
import { Bench } from "../vm.ts";

const SUITE = "latency";

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

/** `main` takes how many processes, each of which waits for so many milliseconds and then notes the time. */
const TIMERS = `
.function main arity=2 regs=11
  LOAD_CONST r2, :"__function_ref:endless"
  SPAWN r2, r2, []
  LOAD_CONST r2, :"__function_ref:wait"
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, :self
start:
  MUL r6, r1, r3
  DIV r6, r6, r0
  ADD r6, r6, r1
  SPAWN r7, r2, [r6, r5]
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
; wait(milliseconds, main)
.function wait arity=2 regs=5
  LOAD_CONST r2, :"__stdlib:Due"
  CALL r3, r2, [r0]
  RECEIVE_WITH_TIMEOUT r4, r0, r5
  LOAD_CONST r2, :"__stdlib:Late"
  CALL r3, r2, [r3]
  SEND r1, r4
  RETURN r3
.end
${ENDLESS}`;

export async function* latency(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<CaseResult> {
  const trips = "round trip beside an endless loop";
  const timers = "10^5 timers beside an endless loop";
  if (wanted(trips)) yield roundTrips(trips, sizes);
  if (wanted(timers)) yield await lateness(timers, sizes);
}

function result(name: string, measure: string, times: ReadonlyMap<Engine, readonly number[]>): CaseResult {
  const rows = ENGINES.map((engine) => rowOf(SUITE, name, by(engine, measure), times.get(engine)!));
  return { suite: SUITE, name, unit: measure, times, rows };
}

function roundTrips(name: string, sizes: Sizes): CaseResult {
  const count = { test: 5, quick: 3000, full: 20_000 }[sizes.scale];
  const ways = new Map(ENGINES.map((engine) => [engine, () => tripTime(engine, count)]));
  // Once to warm up.
  takeTurns(ways, 1);
  return result(name, MEASURE.trip, takeTurns(ways, sizes.rounds));
}

/** Microseconds of a round trip, 99th percentile. In a VM of its own, since the loop never ends. */
function tripTime(engine: Engine, count: number): number {
  const notes: number[] = [];
  const bench = withFunctions(ROUND_TRIPS, engine, {
    Note: () => {
      notes.push(performance.now());
      return 0;
    },
  });
  // The first tenth warms up: every VM compiles for itself.
  const unmeasured = Math.ceil(count / 10);
  bench.start("main", unmeasured + count);
  check("round trips", bench.vm.runSync().status, "halted");
  check("round trips", notes.length, 2 * (unmeasured + count));
  const trips = Array.from({ length: count }, (_, i) => {
    const trip = 2 * (unmeasured + i);
    return (notes[trip + 1] - notes[trip]) * 1e3;
  });
  return percentile(trips, 0.99);
}

/** Each round in a process of its own, whose collector has nothing else to look after. */
async function lateness(name: string, sizes: Sizes): Promise<CaseResult> {
  const [count, milliseconds] = ({ test: [20, 10], quick: [20_000, 300], full: [100_000, 1000] } as const)[sizes.scale];
  if (sizes.scale === "test") {
    const times = new Map<Engine, number[]>();
    for (const engine of ENGINES) times.set(engine, [await measureTimers(engine, count, milliseconds)]);
    return result(name, MEASURE.late, times);
  }
  const ways = new Map(ENGINES.map((engine) => [engine, () => inChild("timers", engine, count, milliseconds)]));
  return result(name, MEASURE.late, takeTurns(ways, sizes.rounds));
}

/**
 * Milliseconds that timers are late, 99th percentile. They are set as fast as can be, and due in the order in which they
 * are set, over so many milliseconds from so many milliseconds on.
 */
export async function measureTimers(engine: Engine, count: number, milliseconds: number): Promise<number> {
  const late: number[] = [];
  const bench = withFunctions(TIMERS, engine, {
    // When a wait of so long that begins now should end; it counts in whole milliseconds, rounded up.
    Due: (wait) => performance.now() + Math.ceil(wait),
    Late: (due) => {
      late.push(performance.now() - due);
      return 0;
    },
  });
  bench.start("main", count, milliseconds);
  check("timers", (await bench.vm.run()).status, "halted");
  check("timers", late.length, count);
  return percentile(late, 0.99);
}

function withFunctions(source: string, engine: Engine, functions: Record<string, (argument: number) => number>): Bench {
  return new Bench(source, engine, {}, (vm) => {
    for (const [name, run] of Object.entries(functions)) {
      vm.ffi.register({
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
