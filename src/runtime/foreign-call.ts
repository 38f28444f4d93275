/** Calls of foreign functions from either engine: what the function may ask of the VM, and how it fails. */

import type { HostSystem } from "../foreign/host-system.ts";
import type { PermissionKind, Permissions } from "../foreign/permissions.ts";
import { RandomNumbers } from "../foreign/random.ts";
import type { AsyncForeignFunction, ForeignFunction } from "../foreign/registry.ts";
import { type ForeignContext, ForeignFailure, foreignError } from "../foreign/spec.ts";
import { atom } from "../values/atom.ts";
import type { FunctionValue } from "../values/function.ts";
import type { ProcessValue } from "../values/process.ts";
import type { Value } from "../values/value.ts";
import { AsyncCall, type CallServices } from "./async-call.ts";
import type { Code } from "./code.ts";
import { send } from "./effects.ts";
import { codeOf, type Frame } from "./frame.ts";
import { NOT_GIVEN } from "./library.ts";
import { FOR_A_MESSAGE, Process, type TraceEntry } from "./process.ts";
import { Services } from "./process-services.ts";
import type { Scheduler } from "./scheduler.ts";
import { raisedAt } from "./stack.ts";

/** What stands in front of the message in the atom that version 1 programs get. */
const VERSION_1_FAILURE = "error:FFI call error: ";

export interface BorderOptions {
  readonly scheduler: Scheduler;
  readonly console: Console;
  readonly args: readonly string[];
  readonly wallClock: () => number;
  readonly system: HostSystem | null;
  readonly permissions: Permissions;
  readonly seed: number;
  /** As the host sends, at any time. */
  readonly sendLater: (receiver: Value, message: Value) => void;
  /** There may be something to run again. */
  readonly wakeUp: () => void;
}

export interface Console {
  stdout(text: string): void;
  stderr(text: string): void;
}

export class ForeignBorder implements ForeignContext {
  readonly #scheduler: Scheduler;
  readonly #console: Console;
  readonly args: readonly string[];
  readonly processes: Services;
  readonly system: HostSystem | null;
  readonly random: RandomNumbers;
  readonly #permissions: Permissions;
  readonly #services: CallServices;
  process!: Process;
  #code!: Code;

  constructor(options: BorderOptions) {
    const { scheduler, console, args, wallClock, system, permissions, sendLater, wakeUp } = options;
    this.random = new RandomNumbers(options.seed);
    this.#scheduler = scheduler;
    this.#console = console;
    this.args = args;
    this.processes = new Services(scheduler, wallClock);
    this.system = system;
    this.#permissions = permissions;
    this.#services = {
      system,
      permit: (kind, item) => this.permit(kind, item),
      sendLater,
      answered: (call) => {
        scheduler.answered(call);
        wakeUp();
      },
      fault: (error) => {
        scheduler.fault(error);
        wakeUp();
      },
    };
  }

  /**
   * Calls a function for a process, from an instruction of `code`.
   * @param self for those that take `this`; left out where the arguments have it already
   * @throws ProgramError if it fails, unless the code is of version 1, where a failure is an Atom
   */
  call(foreign: ForeignFunction, args: readonly Value[], process: Process, code: Code, self?: Value): Value {
    this.process = process;
    this.processes.caller = process;
    this.#code = code;
    try {
      return foreign.call(foreign.takesThis && self !== undefined ? [self, ...args] : args, this);
    } catch (error) {
      return failed(foreign.name, code.version, error);
    }
  }

  /**
   * Begins a call that takes its time, or takes its answer: undefined, if the process now waits.
   * @param registers the arguments, and NOT_GIVEN where there are none any more
   * @param caller the frame that the result is for
   * @throws ProgramError as `call`
   */
  awaitCall(
    callee: FunctionValue,
    registers: readonly Value[],
    process: Process,
    caller: Frame | null,
  ): Value | undefined {
    const foreign = callee.foreign as AsyncForeignFunction;
    const { call } = process.waiting;
    try {
      if (call !== null) {
        process.waiting = FOR_A_MESSAGE;
        return call.take();
      }
      const args = registers.slice(0, countGiven(registers));
      foreign.check(args);
      const begun = new AsyncCall(foreign.spec, process, this.#services);
      begun.begin(args);
      this.#scheduler.waitForCall(process, begun);
      return undefined;
    } catch (error) {
      return failed(foreign.name, caller === null ? 2 : codeOf(caller).version, error);
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
  /** For functions that need frames: where the process stands, innermost first. */
  raisedAt(): readonly TraceEntry[] {
    return raisedAt(this.process);
  }
  permit(kind: PermissionKind, item: string): void {
    const refused = this.#permissions.refusal(kind, item);
    if (refused !== null) throw new ForeignFailure(refused);
  }
  send(receiver: Value, message: Value): void {
    send(this.#scheduler, receiver, message);
  }
}

/** A failure as the caller sees it: an error, or in version 1 an Atom. What is no failure is thrown as it is. */
function failed(name: string, version: 1 | 2, error: unknown): Value {
  if (!(error instanceof ForeignFailure)) throw error;
  if (version === 1) return atom(VERSION_1_FAILURE + error.message);
  throw foreignError(name, error.message);
}

function countGiven(registers: readonly Value[]): number {
  const end = registers.indexOf(NOT_GIVEN);
  return end < 0 ? registers.length : end;
}
