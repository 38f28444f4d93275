/** A program of a benchmark, loaded once and run many times, so that what is measured is running. */
import type { Process, Program, Value, VMOptions } from "../src/node/index.ts";
import { VM } from "../src/node/index.ts";
import type { Engine } from "./measure.ts";

/** The class of every program here. */
export const CLASS_NAME = "Bench";

export function newVM(engine: Engine, options: VMOptions = {}): VM {
  return new VM({ stdout: () => {}, jit: engine === "JIT", ...options });
}

export class LoadedBench {
  readonly vm: VM;
  readonly #program: Program;

  constructor(vm: VM, program: Program) {
    this.vm = vm;
    this.#program = program;
  }

  /** A process that runs a function of the program. */
  start(name: string, ...args: Value[]): Process {
    return this.vm.spawn({ program: this.#program, name: `${CLASS_NAME}:${name}` }, ...args);
  }

  /** Runs `main` with these arguments to its end; its result. */
  run(...args: Value[]): Value {
    return this.call("main", ...args);
  }

  /** Runs a function with these arguments, in a process of its own, to its end; its result. */
  call(name: string, ...args: Value[]): Value {
    const process = this.start(name, ...args);
    this.vm.runSync();
    return this.#resultOf(process, name);
  }

  /** The same where the program waits for what only comes while the host runs. */
  async callLater(name: string, ...args: Value[]): Promise<Value> {
    const process = this.start(name, ...args);
    await this.vm.run();
    return this.#resultOf(process, name);
  }

  #resultOf(process: Process, name: string): Value {
    if (process.outcome === null) throw new Error(`the benchmark's ${name} has not ended`);
    if (process.outcome.crashed) throw new Error(`the benchmark's ${name} has failed`);
    return process.result;
  }
}

export class Bench extends LoadedBench {
  /** @param prepare registers foreign functions */
  constructor(source: string, engine: Engine, options: VMOptions = {}, prepare: (vm: VM) => void = () => {}) {
    const vm = newVM(engine, options);
    prepare(vm);
    super(vm, vm.load(new TextEncoder().encode(source), { file: "bench", className: CLASS_NAME }));
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
