/** What programs can do with processes and time besides their instructions; src/foreign/stdlib describes it. */
import type { ProcessServices } from "../foreign/spec.ts";
import { type Atom, atom } from "../values/atom.ts";
import type { FunctionValue } from "../values/function.ts";
import { IonObject } from "../values/object.ts";
import type { ProcessValue } from "../values/process.ts";
import type { Reference } from "../values/reference.ts";
import { Undefined, type Value } from "../values/value.ts";
import { work } from "../values/work.ts";
import { startProcess } from "./effects.ts";
import { measure } from "./memory.ts";
import { EXITED, Process, WAITING } from "./process.ts";
import type { Scheduler } from "./scheduler.ts";
import { placeOf } from "./stack.ts";

export class Services implements ProcessServices {
  readonly #scheduler: Scheduler;
  readonly #wallClock: () => number;
  /** Whose instruction it is. */
  caller!: Process;

  constructor(scheduler: Scheduler, wallClock: () => number) {
    this.#scheduler = scheduler;
    this.#wallClock = wallClock;
  }

  spawn(callee: FunctionValue, args: readonly Value[], tie: "link" | "monitor") {
    const { caller } = this;
    const process = startProcess(this.#scheduler, [callee, ...args]);
    if (tie === "monitor") return { process, reference: this.#scheduler.monitor(caller, process) };
    this.#scheduler.link(caller, process);
    return { process, reference: null };
  }

  unlink(target: ProcessValue): void {
    if (target instanceof Process) this.#scheduler.unlink(this.caller, target);
  }
  monitor(target: ProcessValue): Reference {
    return this.#scheduler.monitor(this.caller, target as Process);
  }
  demonitor(reference: Reference): boolean {
    return this.#scheduler.demonitor(this.caller, reference);
  }
  makeReference(): Reference {
    return this.#scheduler.makeReference(this.caller);
  }
  isAlive(target: ProcessValue): boolean {
    return (target as Process).status !== EXITED;
  }

  info(target: ProcessValue): Value {
    const process = target as Process;
    if (process.status === EXITED) return Undefined;
    const info = new IonObject();
    const waits = process.status === WAITING ? "waiting" : "runnable";
    info.$status = atom(process === this.caller ? "running" : waits);
    const place = placeOf(process);
    info.$function = place === null ? Undefined : place.functionName;
    info.$instruction = place === null ? Undefined : place.instruction;
    info.$mailbox = process.mailboxLength;
    info.$reductions = this.#scheduler.reductionsOf(process);
    info.$links = [...process.links];
    info.$trapsExits = process.trapsExits;
    info.$name = process.name ?? Undefined;
    const { bytes, visited } = measure(process);
    work.values += visited;
    info.$memory = bytes;
    return info;
  }

  register(name: Atom, target: ProcessValue): string | null {
    return this.#scheduler.names.register(name, target as Process);
  }
  unregister(name: Atom): boolean {
    return this.#scheduler.names.unregister(name);
  }
  whereIs(name: Atom): ProcessValue | undefined {
    return this.#scheduler.names.whereIs(name);
  }
  sendAfter(milliseconds: number, receiver: Value, message: Value): Reference {
    return this.#scheduler.sendAfter(this.caller, milliseconds, receiver, message);
  }
  cancelTimer(reference: Reference): number | null {
    return this.#scheduler.cancelTimer(reference);
  }
  now(): number {
    return this.#scheduler.isVirtual ? this.#scheduler.now() : this.#wallClock();
  }
  monotonicTime(): number {
    return this.#scheduler.now();
  }
}
