/**
 * A process: number, frames, mailbox, what it waits for, and who is told when it ends.
 *
 * Programs may have a million of these idle, so the object is small: the oldest message has a slot of
 * its own (most mailboxes never hold more), and what few processes have stands in an object of its own. When a
 * process ends everything goes but what a reference still shows: number, reason, result.
 */

import type { ResultUse } from "../operations/method-call.ts";
import type { Atom } from "../values/atom.ts";
import type { FunctionValue } from "../values/function.ts";
import { ProcessValue } from "../values/process.ts";
import { Undefined, type Value } from "../values/value.ts";
import type { AsyncCall } from "./async-call.ts";
import type { Code } from "./code.ts";
import type { Delivery, ProcessTimer } from "./delivery.ts";
import type { WaitKind } from "./events.ts";
import { type Frame, fillArguments, SELF } from "./frame.ts";
import { type Globals, NO_GLOBALS } from "./globals.ts";
import { joined, type Monitor, parted } from "./monitor.ts";
import { Ring } from "./ring.ts";

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
  /** In code of JavaScript: the function's name as its source has it; empty for one without, and for the code of a module. */
  readonly writtenName?: string;
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

/** What a process had when it failed. */
export interface Remains {
  readonly name: Atom | null;
  readonly mailboxLength: number;
  /** The oldest messages that nobody had taken. */
  readonly mailbox: readonly Value[];
  /** The last messages it had taken, the oldest first; empty unless they were to be kept. */
  readonly received: readonly Value[];
  readonly links: readonly number[];
}

/** So many messages are in what remains, of each kind. */
export const MOST_REMAINING = 10;

export function remainsOf(process: Process): Remains {
  const mailbox: Value[] = [];
  for (let i = 0; i < Math.min(process.mailboxLength, MOST_REMAINING); i++) mailbox.push(process.messageAt(i)!);
  return {
    name: process.name,
    mailboxLength: process.mailboxLength,
    mailbox,
    received: [...(process.rare?.received ?? [])],
    links: [...process.links].map(({ number }) => number),
  };
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
  readonly timer: ProcessTimer | null;
  /** The process whose end woke it. */
  ended: Process | null;
  /** So many messages of the mailbox have been tried: RECEIVE_MATCH. Waking such a process leaves its timer set. */
  readonly tried: number;
  /** Its timer woke it. */
  timedOut: boolean;
  /** The foreign call that it waits for. */
  readonly call: AsyncCall | null;
}

/** `tried` of those that take any message. */
export const TAKES_ANY = -1;

export function newWaiting(
  on: WaitKind,
  targets: readonly Process[],
  timer: ProcessTimer | null,
  tried = TAKES_ANY,
  call: AsyncCall | null = null,
): Waiting {
  return { on, targets, timer, ended: null, tried, timedOut: false, call };
}

/** Waiting for a message without a timeout: the most common way to wait needs no object of its own. */
export const FOR_A_MESSAGE: Waiting = newWaiting("message", [], null);
/** The same of RECEIVE_MATCH with an empty mailbox. */
export const FOR_A_MATCH: Waiting = newWaiting("message", [], null, 0);

/** A bytecode function and its arguments. */
export type Birth = readonly Value[];

/** A host that takes the messages sent to a process of its own. */
export type Port = (message: Value) => void;

/** What few processes have, so that the others need no room for it. */
export interface Rare {
  /** The messages behind the oldest one. */
  more: Ring<Value> | null;
  /** Messages taken since this object was made. */
  taken: number;
  pendingCall: PendingCall | null;
  trapsExits: boolean;
  port: Port | null;
  linked: Set<Process> | null;
  waitedFor: Set<Process> | null;
  name: Atom | null;
  /** The first of the monitors it has made, and of those on it. */
  watches: Monitor | null;
  watchedBy: Monitor | null;
  /** Messages that timers will bring it. */
  deliveries: Set<Delivery> | null;
  /** The last messages it has taken, the oldest first; only if somebody wants to know. */
  received: Ring<Value> | null;
}

export class Process extends ProcessValue {
  override readonly number: number;
  status: Status;
  /**
   * The innermost frame. Null once ended, for ports, before the process begins (see `birth`), and while an engine runs
   * it without any.
   */
  frame: Frame | null;
  /** Until it begins: the function and its arguments, which take less than a frame. */
  birth: Birth | null;
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
  /**
   * An engine's own way to go on with the innermost frame. The frame has everything too, so this can be
   * dropped at any time.
   */
  suspended: object | null;
  outcome: Outcome | null;
  /** See src/runtime/globals.ts; shared by those that have written none. */
  globals: Globals;
  private first: Value | undefined;
  /** To be changed here and nowhere else. */
  rare: Rare | null;

  // Assigned here and not where they are declared: V8 makes such objects faster.
  constructor(number: number, frame: Frame | null, birth: Birth | null) {
    super();
    this.number = number;
    this.status = RUNNABLE;
    this.frame = frame;
    this.birth = birth;
    this.depth = 1;
    this.reductions = 0;
    this.slot = -1;
    this.waiting = FOR_A_MESSAGE;
    this.suspended = null;
    this.outcome = null;
    this.globals = NO_GLOBALS;
    this.first = undefined;
    this.rare = null;
  }

  private get orNew(): Rare {
    this.rare ??= {
      more: null,
      taken: 0,
      pendingCall: null,
      trapsExits: false,
      port: null,
      linked: null,
      waitedFor: null,
      name: null,
      watches: null,
      watchedBy: null,
      deliveries: null,
      received: null,
    };
    return this.rare;
  }

  get pendingCall(): PendingCall | null {
    return this.rare === null ? null : this.rare.pendingCall;
  }
  set pendingCall(call: PendingCall | null) {
    if (call !== null) this.orNew.pendingCall = call;
    else if (this.rare !== null) this.rare.pendingCall = null;
  }

  get trapsExits(): boolean {
    return this.rare?.trapsExits ?? false;
  }
  set trapsExits(on: boolean) {
    if (on !== this.trapsExits) this.orNew.trapsExits = on;
  }

  /** Set for processes that are the host's: they have no code, only a mailbox. */
  get port(): Port | null {
    return this.rare === null ? null : this.rare.port;
  }
  set port(port: Port | null) {
    this.orNew.port = port;
  }

  /** Gives it its frame. Nothing if it has begun. */
  begin(): void {
    const { birth } = this;
    if (birth === null) return;
    const { code, captured, self } = birth[0] as FunctionValue<Code>;
    const frame = code!.template.slice();
    frame[SELF] = self;
    fillArguments(frame, code!, captured, birth, 1);
    this.frame = frame;
    this.birth = null;
  }

  /** Messages in the mailbox. */
  get mailboxLength(): number {
    return (this.first === undefined ? 0 : 1) + (this.rare?.more?.length ?? 0);
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
      const rare = this.orNew;
      rare.more ??= new Ring();
      rare.more.push(message);
    }
  }

  /** Takes the oldest message; undefined if there is none. */
  take(): Value | undefined {
    const message = this.first;
    if (message !== undefined) {
      const { rare } = this;
      if (rare === null) {
        this.first = undefined;
      } else {
        rare.taken++;
        this.first = rare.more?.shift();
      }
    }
    return message;
  }

  /** The message at this place, 0 being the oldest. */
  messageAt(index: number): Value | undefined {
    return index === 0 ? this.first : this.rare?.more?.at(index - 1);
  }

  /** Takes the message at this place out. */
  takeAt(index: number): Value | undefined {
    if (index === 0) return this.take();
    const rare = this.orNew;
    rare.taken++;
    return rare.more?.remove(index - 1);
  }

  /** To be kept by what is made now: see `firstSince`. */
  mark(): number {
    return this.orNew.taken + this.mailboxLength;
  }

  /**
   * Everything before this place in the mailbox was there when the mark was made. What was taken since may have been
   * newer; then some of the places behind are old, too.
   */
  firstSince(mark: number): number {
    return Math.max(0, mark - this.orNew.taken);
  }

  /** The messages, oldest first. */
  messages(): Value[] {
    return this.first === undefined ? [] : [this.first, ...(this.rare?.more ?? [])];
  }

  /** Notes a message that it has taken; so many are kept. */
  noteReceived(message: Value, most: number): void {
    const rare = this.orNew;
    rare.received ??= new Ring();
    if (rare.received.length === most) rare.received.shift();
    rare.received.push(message);
  }

  get links(): ReadonlySet<Process> {
    return this.rare?.linked ?? NOBODY;
  }
  addLink(other: Process): void {
    const rare = this.orNew;
    rare.linked ??= new Set();
    rare.linked.add(other);
  }
  removeLink(other: Process): void {
    this.rare?.linked?.delete(other);
  }

  /** Who waits for the end of this process, in the order they began. */
  get waiters(): ReadonlySet<Process> {
    return this.rare?.waitedFor ?? NOBODY;
  }
  addWaiter(other: Process): void {
    const rare = this.orNew;
    rare.waitedFor ??= new Set();
    rare.waitedFor.add(other);
  }
  removeWaiter(other: Process): void {
    this.rare?.waitedFor?.delete(other);
  }

  get name(): Atom | null {
    return this.rare === null ? null : this.rare.name;
  }
  set name(name: Atom | null) {
    this.orNew.name = name;
  }

  /** Of which it is the watcher. */
  addMonitor(monitor: Monitor): void {
    const watcher = this.orNew;
    watcher.watches = joined(watcher.watches, monitor, "watcher");
    const target = monitor.target.orNew;
    target.watchedBy = joined(target.watchedBy, monitor, "target");
  }
  removeMonitor(monitor: Monitor): void {
    const { rare } = this;
    if (rare !== null) rare.watches = parted(rare.watches!, monitor, "watcher");
    const target = monitor.target.rare;
    if (target !== null) target.watchedBy = parted(target.watchedBy!, monitor, "target");
  }

  get deliveries(): ReadonlySet<Delivery> {
    return this.rare?.deliveries ?? NOTHING_ON_ITS_WAY;
  }
  addDelivery(delivery: Delivery): void {
    const rare = this.orNew;
    rare.deliveries ??= new Set();
    rare.deliveries.add(delivery);
  }
  removeDelivery(delivery: Delivery): void {
    this.rare?.deliveries?.delete(delivery);
  }

  /** Lets go of everything but what references show. */
  end(outcome: Outcome): void {
    this.status = EXITED;
    this.outcome = outcome;
    this.frame = null;
    this.birth = null;
    this.depth = 0;
    this.waiting = FOR_A_MESSAGE;
    this.suspended = null;
    this.first = undefined;
    this.rare = null;
  }

  /** What JOIN gives: the result, or Undefined if it failed. */
  get result(): Value {
    return this.outcome?.result ?? Undefined;
  }
}

const NOBODY: ReadonlySet<Process> = new Set();
const NOTHING_ON_ITS_WAY: ReadonlySet<Delivery> = new Set();
