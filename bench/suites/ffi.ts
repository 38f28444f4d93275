/** Foreign functions: the standard library against plain JavaScript, libraries of packs against bare calls, Python. */
import type { Value } from "../../src/node/index.ts";
import { FloatArray } from "../../src/values/bytes.ts";
import { buildNative, ForeignBench, hasNative, hasPython, koffi, LIBRARY, NATIVE_PATH, WASM } from "../foreign.ts";
import { by, MEASURE, rowOf } from "../limits.ts";
import {
  type CaseResult,
  check,
  ENGINES,
  type Engine,
  median,
  type Row,
  ratios,
  type Sizes,
  scaled,
  takeTurns,
  timed,
  type Way,
} from "../measure.ts";
import {
  adding,
  LIBRARY_CASES,
  type LibraryCase,
  onArray,
  PYTHON_LIBRARY,
  PYTHON_PROGRAM,
} from "../programs/foreign.ts";
import { Bench } from "../vm.ts";

const SUITE = "ffi";

export async function* ffi(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<CaseResult> {
  for (const one of LIBRARY_CASES) {
    if (wanted(one.name)) yield ofLibrary(one, sizes);
  }
  yield* natively(sizes, wanted);
  const wasm = "WebAssembly add";
  if (wanted(wasm)) yield await inWebAssembly(wasm, sizes);
  yield* inPython(sizes, wanted);
}

function rowsOnly(name: string, ...rows: Row[]): CaseResult {
  return { suite: SUITE, name, unit: "", times: new Map(), rows };
}

// ---- The standard library -------------------------------------------------------------------------

function ofLibrary({ name, source, plain }: LibraryCase, sizes: Sizes): CaseResult {
  const calls = { test: 2000, quick: 300_000, full: 2_000_000 }[sizes.scale];
  const expected = plain(calls);
  const ways = new Map<Way, () => number>();
  for (const engine of ENGINES) {
    const bench = new Bench(source, engine);
    ways.set(engine, () => timed(() => check(name, bench.run(calls), expected)));
  }
  ways.set("plain JavaScript", () => timed(() => check(name, plain(calls), expected)));
  // What V8 makes of a loop in its first runs is not what it ends with.
  takeTurns(ways, 3);
  const times = takeTurns(ways, sizes.rounds);
  const rows = ENGINES.map((engine) => {
    return rowOf(SUITE, name, by(engine, MEASURE.toPlain), ratios(times.get(engine)!, times.get("plain JavaScript")!));
  });
  return { suite: SUITE, name, unit: "ns a call", times: scaled(times, 1e6 / calls), rows };
}

// ---- Libraries of packs, in the VM's process ------------------------------------------------------

/** Ours against the bare call, each of which gives the result of so many. */
function againstBare(
  name: string,
  sizes: Sizes,
  calls: number,
  expected: Value,
  benches: ReadonlyMap<Engine, () => Value>,
  bare: () => unknown,
): CaseResult {
  const run = (way: () => unknown): (() => number) => {
    return () => timed(() => check(name, way(), expected));
  };
  const ways = new Map<Engine | "bare", () => number>([
    ...[...benches].map(([engine, way]) => [engine, run(way)] as const),
    ["bare", run(bare)],
  ]);
  takeTurns(ways, 2);
  const times = takeTurns(ways, sizes.rounds);
  const nanoseconds = scaled(times, 1e6 / calls);
  return rowsOnly(
    name,
    ...ENGINES.flatMap((engine) => [
      rowOf(SUITE, name, by(engine, MEASURE.toBare), ratios(times.get(engine)!, times.get("bare")!)),
      rowOf(SUITE, name, by(engine, MEASURE.call), nanoseconds.get(engine)!),
    ]),
  );
}

const DOUBLES = { parameters: { a: "f64", b: "f64" }, result: "f64" };
const DESCRIPTION = {
  functions: {
    add: { ...DOUBLES, pure: true },
    add_impure: { ...DOUBLES, symbol: "add" },
    sum: { parameters: { numbers: "floats" }, result: "f64" },
  },
};

async function* natively(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<CaseResult> {
  const names = ["native add", "native add, impure", "native sum of 10^6"] as const;
  if (!names.some(wanted)) return;
  if (!hasNative()) return;
  const bare = koffi()!;
  const native = buildNative();
  const files = { [NATIVE_PATH]: native.bytes, [`${LIBRARY}.json`]: JSON.stringify(DESCRIPTION) };
  const library = bare.load(native.path);
  const add = library.func("add", "double", ["double", "double"]) as unknown as (a: number, b: number) => number;
  const sum = library.func("sum", "double", ["void *", "size_t"]) as unknown as (
    numbers: Float64Array,
    count: number,
  ) => number;
  try {
    const [pure, impure, ofArray] = names;
    const calls = { test: 1000, quick: 100_000, full: 1_000_000 }[sizes.scale];
    for (const [name, called] of [
      [pure, "add"],
      [impure, "add_impure"],
    ] as const) {
      if (!wanted(name)) continue;
      yield await withBenches(adding(`${LIBRARY}.${called}`), files, (benches) => {
        const ours = mapped(benches, (bench) => () => bench.run(calls));
        return againstBare(name, sizes, calls, calls, ours, () => addUp(add, calls));
      });
    }
    if (!wanted(ofArray)) return;
    const sums = { test: 1, quick: 20, full: 100 }[sizes.scale];
    const numbers = new Float64Array(sizes.scale === "test" ? 1000 : 1_000_000).fill(1);
    const array = new FloatArray(numbers, true);
    yield await withBenches(onArray(`${LIBRARY}.sum`), files, (benches) => {
      const ours = mapped(benches, (bench) => () => bench.run(sums, array));
      return againstBare(ofArray, sizes, sums, numbers.length, ours, () => {
        let last = 0;
        for (let i = 0; i < sums; i++) last = sum(numbers, numbers.length);
        return last;
      });
    });
  } finally {
    library.unload();
    native.remove();
  }
}

async function inWebAssembly(name: string, sizes: Sizes): Promise<CaseResult> {
  const calls = { test: 1000, quick: 300_000, full: 3_000_000 }[sizes.scale];
  const files = {
    [`${LIBRARY}.wasm`]: WASM,
    [`${LIBRARY}.json`]: JSON.stringify({ functions: { add: DESCRIPTION.functions.add } }),
  };
  const { add } = new WebAssembly.Instance(new WebAssembly.Module(WASM)).exports as {
    add: (a: number, b: number) => number;
  };
  return await withBenches(adding(`${LIBRARY}.add`), files, (benches) => {
    const ours = mapped(benches, (bench) => () => bench.run(calls));
    const bare = (): number => {
      let sum = 0;
      for (let i = 0; i < calls; i++) sum = add(sum, 1);
      return sum;
    };
    return againstBare(name, sizes, calls, calls, ours, bare);
  });
}

function addUp(add: (a: number, b: number) => number, calls: number): number {
  let sum = 0;
  for (let i = 0; i < calls; i++) sum = add(sum, 1);
  return sum;
}

async function withBenches(
  source: string,
  files: Parameters<typeof ForeignBench.open>[1],
  measure: (benches: ReadonlyMap<Engine, ForeignBench>) => CaseResult,
): Promise<CaseResult> {
  const benches = new Map<Engine, ForeignBench>();
  try {
    for (const engine of ENGINES) {
      benches.set(engine, await ForeignBench.open(source, files, engine, { inProcess: true }));
    }
    return measure(benches);
  } finally {
    for (const bench of benches.values()) await bench.close();
  }
}

function mapped<A, B>(map: ReadonlyMap<Engine, A>, change: (item: A) => B): Map<Engine, B> {
  return new Map([...map].map(([engine, item]) => [engine, change(item)]));
}

// ---- Python ---------------------------------------------------------------------------------------

const IN_FLIGHT = 100;
/** Round trips of the ping-pong, and milliseconds of the call, which takes longer. */
const SLEEPS: Record<Sizes["scale"], [trips: number, milliseconds: number]> = {
  test: [10, 5],
  quick: [500_000, 300],
  full: [2_000_000, 1000],
};

async function* inPython(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<CaseResult> {
  const { rounds, scale } = sizes;
  const cases: readonly [name: string, measure: string, round: (python: Python) => Promise<number>][] = [
    [
      "Python round trip",
      MEASURE.typicalTrip,
      (python) => python.roundTrip({ test: 5, quick: 1000, full: 5000 }[scale]),
    ],
    ["100 Python calls in flight", MEASURE.rate, (python) => python.rate({ test: 1, quick: 50, full: 200 }[scale])],
    [
      "8 MB to Python and back",
      MEASURE.thereAndBack,
      (python) => python.thereAndBack(scale === "test" ? 10 : 1_000_000),
    ],
    ["ping-pong beside Python", MEASURE.besideCall, (python) => python.besideCall(...SLEEPS[scale])],
  ];
  const chosen = cases.filter(([name]) => wanted(name));
  if (chosen.length === 0 || !hasPython()) return;
  const python = await Python.open();
  try {
    for (const [name, measure, round] of chosen) {
      await round(python);
      const samples: number[] = [];
      for (let i = 0; i < rounds; i++) samples.push(await round(python));
      yield rowsOnly(name, rowOf(SUITE, name, by("JIT", measure), samples));
    }
  } finally {
    await python.close();
  }
}

/** One host of Python, and the program that calls it. */
class Python {
  readonly #bench: ForeignBench;
  readonly #notes: number[];

  private constructor(bench: ForeignBench, notes: number[]) {
    this.#bench = bench;
    this.#notes = notes;
  }

  static async open(): Promise<Python> {
    const notes: number[] = [];
    const prepare: NonNullable<Parameters<typeof ForeignBench.open>[3]>["prepare"] = (vm) => {
      vm.ffi.register({
        name: "Note",
        parameters: [],
        result: "Number",
        description: "Notes the time.",
        pure: false,
        run: () => notes.push(performance.now()),
      });
    };
    const files = { [`${LIBRARY}.py`]: PYTHON_LIBRARY };
    return new Python(await ForeignBench.open(PYTHON_PROGRAM, files, "JIT", { prepare }), notes);
  }

  close(): Promise<void> {
    return this.#bench.close();
  }

  /** Runs a function of the program; milliseconds between each two notes that it has made. */
  async #run(name: string, args: readonly Value[], expected: Value): Promise<number[]> {
    this.#notes.length = 0;
    check(name, await this.#bench.callLater(name, ...args), expected);
    return Array.from({ length: this.#notes.length / 2 }, (_, i) => this.#notes[2 * i + 1] - this.#notes[2 * i]);
  }

  /** Microseconds that a call takes, median of so many. */
  async roundTrip(calls: number): Promise<number> {
    return median(await this.#run("trips", [calls], calls)) * 1e3;
  }

  /** Calls a second, where each of many processes makes so many. */
  async rate(calls: number): Promise<number> {
    const start = performance.now();
    await this.#run("crowd", [IN_FLIGHT, calls], IN_FLIGHT * calls);
    return (IN_FLIGHT * calls * 1e3) / (performance.now() - start);
  }

  /** Milliseconds for an array of so many doubles, median of five. */
  async thereAndBack(length: number): Promise<number> {
    const array = new FloatArray(new Float64Array(length).fill(1), true);
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      const start = performance.now();
      await this.#run("array", [array], length);
      times.push(performance.now() - start);
    }
    return median(times);
  }

  /** How many times as long a ping-pong takes beside a call that sleeps for so many milliseconds. */
  async besideCall(trips: number, sleeps: number): Promise<number> {
    const [alone] = await this.#run("beside", [trips, 0], trips);
    const [beside] = await this.#run("beside", [trips, sleeps], trips);
    return beside / alone;
  }
}
