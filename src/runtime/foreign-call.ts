/** Calls of foreign functions from either engine: what the function may ask of the VM, and how it fails. */
import { type ForeignContext, ForeignFailure, type ForeignFunction, foreignError } from "../foreign/registry.ts";
import { atom } from "../values/atom.ts";
import type { ProcessValue } from "../values/process.ts";
import type { Value } from "../values/value.ts";
import type { Code } from "./code.ts";
import { Process } from "./process.ts";
import { Services } from "./process-services.ts";
import type { Scheduler } from "./scheduler.ts";

/** What stands in front of the message in the atom that version 1 programs get. */
const VERSION_1_FAILURE = "error:FFI call error: ";

export interface Console {
  stdout(text: string): void;
  stderr(text: string): void;
}

export class ForeignBorder implements ForeignContext {
  readonly #scheduler: Scheduler;
  readonly #console: Console;
  readonly args: readonly string[];
  readonly processes: Services;
  process!: Process;
  #code!: Code;

  constructor(scheduler: Scheduler, console: Console, args: readonly string[], wallClock: () => number) {
    this.#scheduler = scheduler;
    this.#console = console;
    this.args = args;
    this.processes = new Services(scheduler, wallClock);
  }

  /**
   * Calls a function for a process, from an instruction of `code`.
   * @throws ProgramError if it fails, unless the code is of version 1, where a failure is an Atom
   */
  call(foreign: ForeignFunction, args: readonly Value[], process: Process, code: Code): Value {
    this.process = process;
    this.processes.caller = process;
    this.#code = code;
    try {
      return foreign.call(args, this);
    } catch (error) {
      if (!(error instanceof ForeignFailure)) throw error;
      if (code.version === 1) return atom(VERSION_1_FAILURE + error.message);
      throw foreignError(foreign.name, error.message);
    }
  }

  get version(): 1 | 2 {
    return this.#code.version;
  }
  stdout(text: string): void {
    this.#console.stdout(text);
  }
  stderr(text: string): void {
    this.#console.stderr(text);
  }
  resource(name: string): string | undefined {
    return this.#code.unit.resource(name);
  }
  exit(target: ProcessValue, reason: Value): void {
    if (target instanceof Process) this.#scheduler.exitSignal(this.process, target, reason);
  }
  trapExit(on: boolean): boolean {
    const before = this.process.trapsExits;
    this.process.trapsExits = on;
    return before;
  }
  halt(code: number): void {
    this.#scheduler.halt(code);
  }
}
