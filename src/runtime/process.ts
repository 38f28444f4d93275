/**
 * A process: number, frames, mailbox, what it waits for, and who is told when it ends.
 *
 * Programs may have a million of these idle, so the object is small: the oldest message has a slot of
 * its own (most mailboxes never hold more), and links and waiters exist only where there are any. When a
 * process ends everything goes but what a reference still shows: number, reason, result.
 */

import type { ResultUse } from "../operations/method-call.ts";
import type { FunctionValue } from "../values/function.ts";
import { ProcessValue } from "../values/process.ts";
import { Undefined, type Value } from "../values/value.ts";
import type { WaitKind } from "./events.ts";
import type { Frame } from "./frame.ts";
import { Ring } from "./ring.ts";
import type { Timer } from "./timers.ts";

export const RUNNABLE = 0;
export const WAITING = 1;
export const EXITED = 2;
export type Status = typeof RUNNABLE | typeof WAITING | typeof EXITED;

/** A place in the program: one line of a stack trace. */
export interface TraceEntry {
  readonly functionName: string;
  readonly instruction: number;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** The frames of a process when it failed, innermost first; the middle of long ones is left out. */
export interface StackTrace {
  readonly frames: readonly TraceEntry[];
  /** How many frames are missing, and before which index of `frames`. */
  readonly omitted: { readonly count: number; readonly before: number } | null;
}

/** How a process ended. */
export interface Outcome {
  /** `normal`, or what ended it. */
  readonly reason: Value;
  /** Undefined unless it ended normally. */
  readonly result: Value;
  /** It failed by itself: an error nobody caught or a limit, not a signal from somebody else. */
  readonly crashed: boolean;
  /** Where it stood when it crashed. */
  readonly stack: StackTrace | null;
}

/** A call hidden in an instruction that has not been made yet; see operations/method-call.ts. */
export interface PendingCall {
  readonly callee: FunctionValue;
  readonly self: Value;
  readonly args: readonly Value[];
  readonly use: ResultUse;
  readonly slot: number;
}

/** What a waiting process waits for, and afterwards what came of it. */
export interface Waiting {
  readonly on: WaitKind;
  /** The processes whose end it waits for. */
  readonly targets: readonly Process[];
  readonly timer: Timer<Process> | null;
  /** The process whose end woke it. */
  ended: Process | null;
}

/** Waiting for a message without a timeout: the most common way to wait needs no object of its own. */
export const FOR_A_MESSAGE: Waiting = { on: "message", targets: [], timer: null, ended: null };

/** A host that takes the messages sent to a process of its own. */
export type Port = (message: Value) => void;

export class Process extends ProcessValue {
  override readonly number: number;
  status: Status;
  /** The innermost frame; null once ended and for ports. */
  frame: Frame | null;
  /** Frames that are on the heap. */
  depth: number;
  /** Of the turns that are over. */
  reductions: number;
  /** Its place in the list of live processes. */
  slot: number;
  /**
   * What it waits for if it does. For anything but a message this stays until the instruction that waited has seen
   * it, and is FOR_A_MESSAGE again then: the common way to wait writes nothing.
   */
  waiting: Waiting;
  pendingCall: PendingCall | null;
  /**
   * An engine's own way to go on with the innermost frame. The frame has everything too, so this can be
   * dropped at any time.
   */
  suspended: object | null;
  trapsExits: boolean;
  outcome: Outcome | null;
  /** Set for processes that are the host's: they have no code, only a mailbox. */
  port: Port | null;
  private first: Value | undefined;
  private more: Ring<Value> | null;
  private linked: Set<Process> | null;
  private waitedFor: Set<Process> | null;

  // Assigned here and not where they are declared: V8 makes such objects faster.
  constructor(number: number, frame: Frame | null) {
    super();
    this.number = number;
    this.status = RUNNABLE;
    this.frame = frame;
    this.depth = 1;
    this.reductions = 0;
    this.slot = -1;
    this.waiting = FOR_A_MESSAGE;
    this.pendingCall = null;
    this.suspended = null;
    this.trapsExits = false;
    this.outcome = null;
    this.port = null;
    this.first = undefined;
    this.more = null;
    this.linked = null;
    this.waitedFor = null;
  }

  /** Messages in the mailbox. */
  get mailboxLength(): number {
    return (this.first === undefined ? 0 : 1) + (this.more === null ? 0 : this.more.length);
  }

  /** Puts a message into an empty mailbox; false: it is not empty. */
  putFirst(message: Value): boolean {
    if (this.first !== undefined) return false;
    this.first = message;
    return true;
  }

  put(message: Value): void {
    if (this.first === undefined) {
      this.first = message;
    } else {
      this.more ??= new Ring();
      this.more.push(message);
    }
  }

  /** Takes the oldest message; undefined if there is none. */
  take(): Value | undefined {
    const message = this.first;
    if (message !== undefined) this.first = this.more === null ? undefined : this.more.shift();
    return message;
  }

  /** The messages, oldest first. */
  messages(): Value[] {
    return this.first === undefined ? [] : [this.first, ...(this.more ?? [])];
  }

  get links(): ReadonlySet<Process> {
    return this.linked ?? NOBODY;
  }
  addLink(other: Process): void {
    this.linked ??= new Set();
    this.linked.add(other);
  }
  removeLink(other: Process): void {
    this.linked?.delete(other);
  }

  /** Who waits for the end of this process, in the order they began. */
  get waiters(): ReadonlySet<Process> {
    return this.waitedFor ?? NOBODY;
  }
  addWaiter(other: Process): void {
    this.waitedFor ??= new Set();
    this.waitedFor.add(other);
  }
  removeWaiter(other: Process): void {
    this.waitedFor?.delete(other);
  }

  /** Lets go of everything but what references show. */
  end(outcome: Outcome): void {
    this.status = EXITED;
    this.outcome = outcome;
    this.frame = null;
    this.depth = 0;
    this.waiting = FOR_A_MESSAGE;
    this.pendingCall = null;
    this.suspended = null;
    this.first = undefined;
    this.more = null;
    this.linked = null;
    this.waitedFor = null;
  }

  /** What JOIN gives: the result, or Undefined if it failed. */
  get result(): Value {
    return this.outcome?.result ?? Undefined;
  }
}

const NOBODY: ReadonlySet<Process> = new Set();
