/** How long it takes until a program runs. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { FunctionBuilder, PackBuilder, VM } from "../../src/node/index.ts";
import { by, MEASURE, rowOf } from "../limits.ts";
import { type CaseResult, check, ENGINES, type Engine, type Sizes, takeTurns, timed } from "../measure.ts";

const SUITE = "start";

export async function* start(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<CaseResult> {
  if (wanted("ionvm run hello") && sizes.scale !== "test") yield tool(SUITE, "ionvm run hello", "hello.ionpack", sizes);
  if (wanted("loading a pack")) yield loading("loading a pack", sizes);
  if (wanted("compiling")) yield compiling("compiling", sizes);
}

/** The tool with one of the samples against an empty script, in turn. */
export function tool(suite: string, name: string, sample: string, sizes: Sizes): CaseResult {
  const ionvm = fileURLToPath(new URL("./ionvm.cjs", import.meta.url));
  const hello = fileURLToPath(new URL(`../samples/${sample}`, import.meta.url));
  const start = (...args: readonly string[]): number => {
    return timed(() => void execFileSync(process.execPath, args, { stdio: "ignore" }));
  };
  const ways = new Map<Engine | "empty", () => number>([
    ["JIT", () => start(ionvm, "run", "--jit", hello)],
    ["interpreter", () => start(ionvm, "run", "--no-jit", hello)],
    ["empty", () => start("--eval", "")],
  ]);
  const times = takeTurns(ways, sizes.rounds * 3);
  const empty = times.get("empty")!;
  const above = new Map(ENGINES.map((engine) => [engine, times.get(engine)!.map((time, i) => time - empty[i])]));
  const rows = ENGINES.map((engine) => rowOf(suite, name, by(engine, MEASURE.hello), above.get(engine)!));
  return { suite, name, unit: MEASURE.hello, times: above, rows };
}

/** Reading, decoding, verifying and linking. */
function loading(name: string, sizes: Sizes): CaseResult {
  const functions = Array.from({ length: { test: 3, quick: 300, full: 2000 }[sizes.scale] }, (_, i) => {
    const builder = new FunctionBuilder(i === 0 ? "main" : `f${i}`);
    const [a, b] = [builder.constant(i), builder.constant(1)];
    for (let j = 0; j < 100; j++) builder.emit("ADD", a, a, b);
    return builder.emit("RETURN", a);
  });
  const bytes = new PackBuilder({ name: "load", mainClass: "Main" }).addClass("Main", functions).toBytes();
  const kilobytes = (functions.length * 100 * 13) / 1024;
  const samples = Array.from({ length: sizes.rounds }, () => {
    const vm = new VM();
    return (timed(() => check(name, vm.load(bytes).functions.size, functions.length)) * 1e3) / kilobytes;
  });
  const rows = [rowOf(SUITE, name, MEASURE.loading, samples)];
  return { suite: SUITE, name, unit: "", times: new Map(), rows };
}

/** Compiling one body of a function of 1000 instructions: arithmetic, branches, properties. */
function compiling(name: string, sizes: Sizes): CaseResult {
  const samples: number[] = [];
  // The first ones also warm the compiler up, as the first functions of a program do.
  const rounds = sizes.scale === "test" ? 1 : sizes.rounds * 3;
  for (let round = 0; round < rounds; round++) {
    const builder = new FunctionBuilder("main");
    const one = builder.constant(1);
    const registers = builder.registers(12);
    for (const register of registers) builder.emit("LOAD_CONST", register, round);
    const truth = builder.register();
    const operations = ["ADD", "SUB", "MUL", "BIT_XOR"] as const;
    for (let i = 0; i < 490; i++) {
      const [a, b, c] = [registers[i % 12], registers[(i * 5 + round) % 12], registers[(i * 7) % 12]];
      builder.emit(operations[i % operations.length], a, b, c);
      if (i % 5 === 0) builder.emit("LESS_THAN", truth, a, b);
      else builder.emit("MOVE", c, i % 3 === 0 ? one : b);
    }
    builder.emit("RETURN", registers[0]);
    const vm = new VM({ stdout: () => {}, jitThreshold: 0 });
    vm.start(vm.load(new PackBuilder({ name: "compile", mainClass: "Main" }).addClass("Main", [builder]).toBytes()));
    vm.runSync();
    const [report] = vm.jit.functions;
    check(name, report?.unfit, null);
    samples.push((report.milliseconds / report.instructions) * 1000);
  }
  return {
    suite: SUITE,
    name,
    unit: "",
    times: new Map(),
    rows: [rowOf(SUITE, name, MEASURE.compiling, samples.slice(rounds >> 1))],
  };
}
