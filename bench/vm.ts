/** A program of a benchmark, loaded once and run many times, so that what is measured is running. */
import type { Process, Program, Value, VMOptions } from "../src/node/index.ts";
import { VM } from "../src/node/index.ts";

export class Bench {
  readonly vm: VM;
  readonly #program: Program;

  /** @param prepare registers foreign functions */
  constructor(source: string, options: VMOptions = {}, prepare: (vm: VM) => void = () => {}) {
    this.vm = new VM({ stdout: () => {}, ...options });
    prepare(this.vm);
    this.#program = this.vm.load(new TextEncoder().encode(source), { file: "bench", className: "Bench" });
  }

  start(...args: Value[]): Process {
    return this.vm.spawn({ program: this.#program, name: "Bench:main" }, ...args);
  }

  /** Runs `main` with these arguments to its end; its result. */
  run(...args: Value[]): Value {
    const process = this.start(...args);
    this.vm.runSync();
    if (process.outcome === null) throw new Error("the benchmark's main process has not ended");
    if (process.outcome.crashed) throw new Error("the benchmark's main process has failed");
    return process.result;
  }
}

/** How many instructions a run executes, pseudo-instructions not counted. */
export function countInstructions(source: string, ...args: Value[]): number {
  let count = 0;
  new Bench(source, {
    onInstruction: () => {
      count++;
    },
  }).run(...args);
  return count;
}
