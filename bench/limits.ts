/** What the numbers are held against: the one table of limits, and the names of the measures it speaks of. */
import { type Bound, type Engine, median, type Row } from "./measure.ts";

/** What rows may say. Each is said of one engine, by `by`, where it does not name both. */
export const MEASURE = {
  toPlain: "× plain JavaScript",
  toJitless: "× node --jitless",
  toNode: "× the same source on Node",
  toNodeJitless: "× the same source on node --jitless",
  compileSpeed: "lines a second",
  instruction: "ns an instruction",
  gain: "JIT, times as fast as the interpreter",
  message: "ns a message",
  process: "ns a process",
  toErlang: "times as fast as erl",
  crowd: "× one process with the same work",
  besideIdle: "beside 100,000 idle, × beside 10",
  bytes: "bytes a process",
  besideMessages: "beside 10^5 other messages, × an empty mailbox",
  call: "ns a call",
  fall: "ms for the chain",
  timers: "ms for all",
  trip: "µs, 99th percentile",
  late: "ms late, 99th percentile",
  hello: "ms above an empty script",
  loading: "µs a kilobyte of bytecode",
  compiling: "ms for 1000 instructions",
  toBare: "× the bare call",
  typicalTrip: "µs, median",
  rate: "calls a second",
  thereAndBack: "ms there and back",
  besideCall: "beside a call that sleeps, × alone",
} as const;

export function by(engine: Engine, measure: string): string {
  return `${engine}: ${measure}`;
}

/** Names for several cases together. */
export const ALL = "geometric mean of all";
export const LARGER = "geometric mean of the larger programs";
export const LOOPS_AND_CALLS = "geometric mean of loops and calls";

export interface Limit {
  readonly measure: string;
  /** A case, a group of cases, a suite; every case with the measure if left out. */
  readonly of?: string;
  readonly bound: Bound;
}

const atMost = (bound: number, measure: string, of?: string): Limit => limit({ atMost: bound }, measure, of);
const atLeast = (bound: number, measure: string, of?: string): Limit => limit({ atLeast: bound }, measure, of);
const limit = (bound: Bound, measure: string, of?: string): Limit =>
  of === undefined ? { measure, bound } : { measure, of, bound };

// biome-ignore format: a table
export const LIMITS: readonly Limit[] = [
  atMost(2.2, by("JIT", MEASURE.toPlain), "compute"),
  atMost(1.3, by("JIT", MEASURE.toPlain), "counting loop"),
  atMost(1.3, by("JIT", MEASURE.toPlain), "mandelbrot"),
  atMost(1.8, by("JIT", MEASURE.toPlain), "fib"),
  atMost(1.6, by("JIT", MEASURE.toPlain), ALL),
  atLeast(5, MEASURE.gain, LOOPS_AND_CALLS),
  atMost(8, by("interpreter", MEASURE.instruction), "loops"),
  atMost(15, by("interpreter", MEASURE.instruction), "calls"),
  atMost(8, by("interpreter", MEASURE.toJitless)),

  atMost(80, by("JIT", MEASURE.message), "ping-pong"),
  atMost(80, by("JIT", MEASURE.message), "ring of 1000"),
  atMost(1000, by("interpreter", MEASURE.message), "ping-pong"),
  atMost(300, by("JIT", MEASURE.process), "spawn and answer, 10^5"),
  atMost(300, by("JIT", MEASURE.process), "spawn and answer, 10^6"),
  atMost(5000, by("interpreter", MEASURE.process), "spawn and answer, 10^5"),
  atLeast(4, by("JIT", MEASURE.toErlang)),
  atMost(1.5, by("JIT", MEASURE.crowd)),
  atMost(1.1, by("JIT", MEASURE.besideIdle)),
  atMost(1.1, by("interpreter", MEASURE.besideIdle)),
  atMost(1000, by("JIT", MEASURE.bytes), "idle, fresh"),
  atMost(1000, by("interpreter", MEASURE.bytes), "idle, fresh"),
  atMost(500, by("JIT", MEASURE.bytes), "idle, after work"),

  atMost(2, by("JIT", MEASURE.besideMessages)),
  atMost(2, by("interpreter", MEASURE.besideMessages)),
  atMost(1000, by("JIT", MEASURE.fall)),
  atMost(1000, by("interpreter", MEASURE.fall)),
  atMost(3000, by("JIT", MEASURE.timers)),
  atMost(3000, by("interpreter", MEASURE.timers)),

  atMost(15, by("JIT", MEASURE.trip)),
  atMost(2000, by("interpreter", MEASURE.trip)),
  atMost(5, by("JIT", MEASURE.late)),
  atMost(5, by("interpreter", MEASURE.late)),

  atMost(60, by("JIT", MEASURE.hello)),
  atMost(10, MEASURE.compiling),
  atMost(60, by("interpreter", MEASURE.hello)),

  atMost(3, by("JIT", MEASURE.toPlain), "ffi"),
  atMost(2, by("JIT", MEASURE.toBare), "native add"),
  atMost(2, by("JIT", MEASURE.toBare), "native add, impure"),
  atMost(1.1, by("JIT", MEASURE.toBare), "native sum of 10^6"),
  atMost(3, by("JIT", MEASURE.toBare), "WebAssembly add"),
  atMost(100, by("JIT", MEASURE.typicalTrip), "Python round trip"),
  atLeast(20_000, by("JIT", MEASURE.rate), "100 Python calls in flight"),
  atMost(40, by("JIT", MEASURE.thereAndBack), "8 MB to Python and back"),
  atMost(1.15, by("JIT", MEASURE.besideCall), "ping-pong beside Python"),

  atMost(3, by("JIT", MEASURE.toNode)),
  atMost(2, by("JIT", MEASURE.toNode), LARGER),
  atMost(8, by("interpreter", MEASURE.toNodeJitless)),
  atLeast(10_000, MEASURE.compileSpeed),
  atMost(100, by("JIT", MEASURE.hello), "ionvm run hello.ts"),
  atMost(100, by("interpreter", MEASURE.hello), "ionvm run hello.ts"),
];

/** The limit of a case itself comes before that of its group, then come its suite and all. */
function limitOf(measure: string, names: readonly (string | undefined)[]): Bound | null {
  for (const name of [...names, undefined]) {
    const found = LIMITS.find((one) => one.measure === measure && one.of === name);
    if (found !== undefined) return found.bound;
  }
  return null;
}

/** A row from samples: their median, and what it is held against. */
export function rowOf(suite: string, name: string, measure: string, samples: readonly number[], group?: string): Row {
  return { suite, name, measure, value: median(samples), limit: limitOf(measure, [name, group, suite]), samples };
}

export function isWithin(value: number, limit: Bound): boolean {
  return "atMost" in limit ? value <= limit.atMost : value >= limit.atLeast;
}
