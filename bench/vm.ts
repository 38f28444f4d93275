/** A program of a benchmark, loaded once and run many times, so that what is measured is running. */
import type { Process, Program, Value, VMOptions } from "../src/node/index.ts";
import { VM } from "../src/node/index.ts";
import type { Engine } from "./measure.ts";

export class Bench {
  readonly vm: VM;
  readonly #program: Program;

  /** @param prepare registers foreign functions */
  constructor(source: string, engine: Engine, options: VMOptions = {}, prepare: (vm: VM) => void = () => {}) {
    this.vm = new VM({ stdout: () => {}, jit: engine === "JIT", ...options });
    prepare(this.vm);
    this.#program = this.vm.load(new TextEncoder().encode(source), { file: "bench", className: "Bench" });
  }

  /** A process that runs a function of the program. */
  start(name: string, ...args: Value[]): Process {
    return this.vm.spawn({ program: this.#program, name: `Bench:${name}` }, ...args);
  }

  /** Runs `main` with these arguments to its end; its result. */
  run(...args: Value[]): Value {
    return this.call("main", ...args);
  }

  /** Runs a function with these arguments, in a process of its own, to its end; its result. */
  call(name: string, ...args: Value[]): Value {
    const process = this.start(name, ...args);
    this.vm.runSync();
    if (process.outcome === null) throw new Error(`the benchmark's ${name} has not ended`);
    if (process.outcome.crashed) throw new Error(`the benchmark's ${name} has failed`);
    return process.result;
  }
}

/** How many instructions a run executes, pseudo-instructions not counted. */
export function countInstructions(source: string, ...args: Value[]): number {
  let count = 0;
  new Bench(source, "interpreter", {
    onInstruction: () => {
      count++;
    },
  }).run(...args);
  return count;
}
