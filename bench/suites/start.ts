/** How long it takes until a program runs. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { FunctionBuilder, PackBuilder, VM } from "../../src/node/index.ts";
import { check, type Row, rowOf, type Sizes, timed } from "../measure.ts";

export async function* start(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<Row> {
  if (wanted("ionvm run hello") && sizes.scale !== "test") yield tool(sizes);
  if (wanted("loading a pack")) yield loading(sizes);
}

/** The tool against an empty script, in turn. */
function tool(sizes: Sizes): Row {
  const ionvm = fileURLToPath(new URL("./ionvm.js", import.meta.url));
  const hello = fileURLToPath(new URL("../samples/hello.ionpack", import.meta.url));
  const run = (args: readonly string[]): number => {
    return timed(() => void execFileSync(process.execPath, args, { stdio: "ignore" }));
  };
  const above: number[] = [];
  for (let round = 0; round < sizes.rounds * 4; round++) above.push(run([ionvm, "run", hello]) - run(["--eval", ""]));
  return rowOf("start", "ionvm run hello", "ms above an empty script", above, 60);
}

/** Reading, decoding, verifying and linking. */
function loading(sizes: Sizes): Row {
  const functions = Array.from({ length: { test: 3, quick: 300, full: 2000 }[sizes.scale] }, (_, i) => {
    const builder = new FunctionBuilder(i === 0 ? "main" : `f${i}`);
    const [a, b] = [builder.constant(i), builder.constant(1)];
    for (let j = 0; j < 100; j++) builder.emit("ADD", a, a, b);
    return builder.emit("RETURN", a);
  });
  const bytes = new PackBuilder({ name: "load", mainClass: "Main" }).addClass("Main", functions).toBytes();
  const size = functions.length * 100 * 13;
  const samples: number[] = [];
  for (let round = 0; round < sizes.rounds; round++) {
    const vm = new VM();
    samples.push(
      (timed(() => check("loading", vm.load(bytes).functions.size, functions.length)) * 1e3) / (size / 1024),
    );
  }
  return rowOf("start", "loading a pack", "µs a kilobyte of bytecode", samples);
}
