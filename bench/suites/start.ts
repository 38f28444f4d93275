/** How long it takes until a program runs. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { FunctionBuilder, PackBuilder, VM } from "../../src/node/index.ts";
import { by, MEASURE, rowOf } from "../limits.ts";
import { type CaseResult, check, ENGINES, type Engine, type Sizes, takeTurns, timed } from "../measure.ts";

const SUITE = "start";

export async function* start(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<CaseResult> {
  if (wanted("ionvm run hello") && sizes.scale !== "test") yield tool("ionvm run hello", sizes);
  if (wanted("loading a pack")) yield loading("loading a pack", sizes);
}

/** The tool against an empty script, in turn. */
function tool(name: string, sizes: Sizes): CaseResult {
  const ionvm = fileURLToPath(new URL("./ionvm.js", import.meta.url));
  const hello = fileURLToPath(new URL("../samples/hello.ionpack", import.meta.url));
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
  const rows = ENGINES.map((engine) => rowOf(SUITE, name, by(engine, MEASURE.hello), above.get(engine)!));
  return { suite: SUITE, name, unit: MEASURE.hello, times: above, rows };
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
