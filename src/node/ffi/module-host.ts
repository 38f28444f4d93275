/** The thread in which JavaScript and WebAssembly modules of a pack run. */
import { readFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { isWritten, parseDescription } from "../../foreign/description.ts";
import { ofHostFunction } from "../../foreign/host-function.ts";
import type { AsyncContext, AsyncForeignSpec, ForeignContext, ForeignSpec } from "../../foreign/spec.ts";
import type { DescribedFunction } from "./described.ts";
import { functionsOfModule } from "./javascript.ts";
import { plainOf } from "./plain.ts";
import { type ServedContext, serve } from "./serve.ts";
import { functionsOfWasm } from "./webassembly.ts";
import { forThread, type Message } from "./wire.ts";

/** What is to be loaded: paths of files. */
export interface ModuleFile {
  readonly kind: "js" | "wasm";
  readonly name: string;
  readonly path: string;
  /** Of WebAssembly. */
  readonly description: string | null;
}

interface Loaded {
  readonly spec: ForeignSpec | AsyncForeignSpec;
  readonly timeout: number | null;
  /** Numbers of the parameters that it writes into. */
  readonly written: readonly number[];
}
const functions: Loaded[] = [];

async function load(file: ModuleFile): Promise<Loaded[]> {
  const { kind, name, path } = file;
  if (kind === "js") {
    return (await functionsOfModule(name, path)).map((one) => ({
      spec: ofHostFunction(one),
      timeout: one.timeout,
      written: [],
    }));
  }
  const place = { file: `lib/${name}.wasm`, entry: `lib/${name}.json` };
  const description = parseDescription(readFileSync(file.description!), place);
  return functionsOfWasm(name, readFileSync(path), description).map((spec, i) => {
    const { timeout, parameters } = description.functions[i];
    const written = parameters.flatMap(({ type }, number) => (isWritten(type) ? [number] : []));
    return { spec, timeout, written };
  });
}

function described({ spec, timeout, written }: Loaded, library: string): DescribedFunction {
  const { name, parameters, rest, result, description } = spec;
  return {
    library,
    name: name.slice(library.length + 1),
    parameters: parameters.map((parameter) => [parameter.name, parameter.type]),
    rest: rest === undefined ? null : [rest.name, rest.type],
    result,
    description,
    timeout,
    writes: written.length > 0,
  };
}

/** Of what a function may ask, it gets here what makes sense outside of the VM. */
function contextOf(served: ServedContext): AsyncContext & ForeignContext {
  return {
    get signal() {
      return served.signal;
    },
    onAbort: (callback: () => void) => served.signal.addEventListener("abort", callback, { once: true }),
    send: served.send,
    system: null,
    permit: () => {},
  } as Partial<AsyncContext & ForeignContext> as AsyncContext & ForeignContext;
}

const port = parentPort!;
const take = serve(
  {
    load: async ([files]) => {
      const all: DescribedFunction[] = [];
      for (const file of plainOf(files) as ModuleFile[]) {
        const loaded = await load(file);
        functions.push(...loaded);
        all.push(...loaded.map((one) => described(one, file.name)));
      }
      return all;
    },
    call: (target, args, served) => {
      const { spec, written } = functions[target];
      const context = contextOf(served);
      if ("run" in spec) return { value: spec.run(args, context), written: written.map((i) => [i, args[i]]) };
      return spec.start(args, context).then((raw) => ({ value: spec.finish(raw) }));
    },
  },
  (message: Message) => port.postMessage(...forThread(message)),
);
port.on("message", take);
