/**
 * The scheduler: who runs, for how long, and what happens when a process ends.
 *
 * One run queue, first in first out. A turn gives a process a budget of reductions; an engine runs it
 * until it ends, waits, or reaches a safe point with the budget spent, where it asks `preempt`. Nothing
 * here scans all processes: every step costs the same with ten of them and with a million.
 *
 * Ends are a list of their own. What an instruction causes (a kill, a full mailbox, the fall of a chain
 * of links) is put on the list and worked off by `settle` before the next instruction begins.
 *
 * Time: the clock is looked at when a turn ends, but only every `CLOCK_STRIDE` reductions, since a look
 * costs more than a short turn. Under virtual time the clock is a count of reductions and there is no
 * other source of time, so that two runs are the same.
 */
import {
  ERROR_KINDS,
  type ErrorKind,
  KILL,
  KILLED,
  NORMAL,
  ProgramError,
  programError,
  reason,
  systemLimit,
} from "../errors.ts";
import { RUNTIME_LIMITS, type RuntimeLimits } from "../limits.ts";
import { type Realm, realms } from "../operations/js/realm.ts";
import { Atom, atom } from "../values/atom.ts";
import { isShared } from "../values/compound.ts";
import { copyValue } from "../values/copy.ts";
import { memoryGuard } from "../values/memory.ts";
import { Reference } from "../values/reference.ts";
import { Tuple, Undefined, type Value } from "../values/value.ts";
import { settleWork, work } from "../values/work.ts";
import type { AsyncCall } from "./async-call.ts";
import type { Delivery, ProcessTimer } from "./delivery.ts";
import type { EventListener, VMEvent, WaitKind, WakeCause } from "./events.ts";
import type { Host } from "./host.ts";
import { largestProcess, ProcessMemory } from "./memory.ts";
import { Monitor, ring } from "./monitor.ts";
import { Names } from "./names.ts";
import {
  type Birth,
  EXITED,
  FOR_A_MATCH,
  FOR_A_MESSAGE,
  MOST_REMAINING,
  newWaiting,
  type Outcome,
  Process,
  type Rare,
  type Remains,
  RUNNABLE,
  remainsOf,
  type StackTrace,
  TAKES_ANY,
  WAITING,
  type Waiting,
} from "./process.ts";
import { Ring } from "./ring.ts";
import { Timers } from "./timers.ts";
import { LEFT, OVERDUE, RENEWED, REST, renew, SLICE, turn } from "./turn.ts";

/** Runs frames. */
export interface Engine {
  /** Runs a process until it ends, waits or is preempted. The turn has begun. */
  run(process: Process): void;
  /** Where a process stands. */
  stackOf(process: Process): StackTrace;
}

export interface SchedulerOptions {
  readonly realm: Realm;
  readonly host: Host;
  readonly budget: number;
  readonly limits: RuntimeLimits;
  readonly virtualTime: boolean;
  /** A process that is nobody's main has failed by itself. */
  readonly onCrash: (process: Process, outcome: Outcome, remains: Remains) => void;
  /** Keep the last messages that each process has taken, for what is told of a crash. */
  readonly keepsReceived: boolean;
}

/** Why a stretch of running is over. */
export type Stretch =
  /** The time is up; there is more to do. */
  | { readonly kind: "more" }
  /** Nothing can run before the next timer, milliseconds of the clock, or before a foreign call is answered. */
  | { readonly kind: "sleep"; readonly until: number }
  /** Nothing can run any more unless the host does something. */
  | { readonly kind: "idle" }
  | { readonly kind: "halted"; readonly code: number }
  | { readonly kind: "reductions" };

/** Looks at the clock this many reductions apart: well under a millisecond even before V8 has compiled an engine. */
const CLOCK_STRIDE = 4_000;
/**
 * Where reductions are quicker the looks are farther apart, up to this many: a look costs as much as fifty, and in the
 * middle of compiled calls, whose frames it makes complete, as much as thousands.
 */
const LONGEST_CLOCK_STRIDE = 512_000;
/** Milliseconds between two looks that are about right: while there are timers, and while there are none. */
const LOOK_EVERY_WITH_TIMERS = 0.05;
const LOOK_EVERY = 0.5;
/** Looks at the heap this many reductions apart. */
const MEMORY_STRIDE = 200_000;
/** Virtual time goes on by a millisecond with this many reductions. */
const REDUCTIONS_PER_MILLISECOND = 1_000_000;
/** Timers this far away or farther are never set. */
export const FOREVER = 2 ** 53;

/** Beyond this many frames a process fails even in the middle of a turn: twice the most that a turn ends with. */
export const MOST_FRAMES_OF_A_TURN = 2 * RUNTIME_LIMITS.frames.value;
/** A slice of a turn, unless an engine needs shorter ones. */
const LONGEST_SLICE = 2_000;
/** Most reductions that turns in place are given ahead. */
const MOST_AHEAD = 2 ** 30;
/** What is to be looked at then may wait for so many turns more. */
const MOST_OVERDUE = 8;
/** One charge is at most 2^30, so that the cell of the turn, of 32 bits, has room below for another. */
const LOWEST_LEFT = -(2 ** 30);

/** The number of main; never another process's, even if others are made before it. */
export const MAIN_NUMBER = 1;

/** What a process of the host waits for; never the same as a program's waiting. */
const FOR_THE_HOST: Waiting = newWaiting("message", [], null);

interface End {
  readonly process: Process;
  readonly outcome: Outcome;
}

export class Scheduler {
  readonly #host: Host;
  readonly budget: number;
  readonly #limits: RuntimeLimits;
  readonly #virtualTime: boolean;
  readonly #onCrash: SchedulerOptions["onCrash"];
  readonly #keepsReceived: boolean;
  /** Somebody is to be told of each message that is taken. Set here and nowhere else. */
  observesMessages: boolean;
  /** Set by the VM that puts the parts together. */
  engine!: Engine;

  readonly names = new Names();

  /** Process numbers that programs mention, and their processes if they exist: for JOIN_NUMBER. */
  readonly numbered = new Map<number, Process | null>();

  #slice: number;
  #listener: EventListener | null = null;
  #passes = 0;
  /** What the running turn was given: the budget, and with it all that it was given ahead. */
  #given = 0;
  /**
   * The running process is alone and nobody listens, so that turn after turn begins in place: nobody could tell.
   * It ends as soon as another process can run.
   */
  #ahead = false;

  readonly #memoryOf: ProcessMemory;
  #queue = new Ring<Process>();
  #live: Process[] = [];
  #nextNumber = MAIN_NUMBER + 1;
  #timers = new Timers<Process | Delivery>();
  #references = 0;
  #callsOut = 0;
  readonly #faults: unknown[] = [];
  #ends = new Ring<End>();
  #settling = false;
  #isRunning = false;
  /** What is to be done between two turns. */
  #tasks: (() => void)[] = [];
  /** The process whose turn it is. */
  #current: Process | null = null;
  #halted: number | null = null;
  #outOfReductions = false;
  /** The host wants to be given way at this time of its clock. */
  #stretchEnds = 0;
  #stretchOver = false;
  #lookedAtClock = 0;
  #lookedAtMemory = 0;
  #clockStride = CLOCK_STRIDE;
  #lastLook = 0;
  /** Something is to be looked at when all turns that are over have taken so many reductions; and how many that still are. */
  #lookAt = 0;
  #untilLook = 0;
  /** Milliseconds by which virtual time has jumped while nothing could run. */
  #jumped = 0;

  constructor(options: SchedulerOptions) {
    this.#host = options.host;
    this.#realm = options.realm;
    this.budget = options.budget;
    this.#limits = options.limits;
    this.#virtualTime = options.virtualTime;
    this.#onCrash = options.onCrash;
    this.#keepsReceived = options.keepsReceived;
    this.observesMessages = options.keepsReceived;
    this.#slice = Math.min(options.budget, LONGEST_SLICE);
    this.#memoryOf = new ProcessMemory(options.limits.processMemory);
  }

  /** Told of every event; null costs nothing. */
  get listener(): EventListener | null {
    return this.#listener;
  }
  set listener(listener: EventListener | null) {
    this.asksEachTurn();
    this.#listener = listener;
    this.observesMessages = listener !== null || this.#keepsReceived;
  }

  /** Turns given out so far. */
  get passes(): number {
    return this.#ahead ? this.#passes + turn[RENEWED] : this.#passes;
  }

  /** Reductions of all turns that are over. */
  get reductions(): number {
    return this.#current === null ? this.#total() : this.#total() + this.#spentBefore();
  }

  /** The same without the turns that the running one has followed in place. */
  #total(): number {
    return this.#lookAt - this.#untilLook;
  }

  // ---- Processes -------------------------------------------------------------------------------

  /** Live processes, in no particular order. */
  get live(): readonly Process[] {
    return this.#live;
  }

  get timersSet(): number {
    return this.#timers.size;
  }

  /** A process of the host: a mailbox without code. It is not counted among the live ones. */
  createPort(port: (message: Value) => void): Process {
    const made = new Process(this.#nextNumber++, null, null);
    made.status = WAITING;
    made.waiting = FOR_THE_HOST;
    made.port = port;
    return made;
  }

  /**
   * A new process that begins with this function and these arguments, at the end of the run queue.
   * @throws ProgramError `(system_limit, processes)`
   */
  spawn(birth: Birth, asMain = false): Process {
    if (this.#live.length >= this.#limits.processes) throw systemLimit("processes");
    const made = new Process(asMain ? MAIN_NUMBER : this.#nextNumber++, null, birth);
    made.slot = this.#live.length;
    this.#live.push(made);
    if (this.numbered.has(made.number)) this.numbered.set(made.number, made);
    if (this.listener !== null) this.#tell("spawn", { child: made.number });
    this.#enqueue(made);
    return made;
  }

  /** The built-ins of JavaScript. */
  readonly #realm: Realm;

  /** The process whose turn it is; null between turns, where the host acts. */
  get running(): Process | null {
    return this.#current;
  }

  /** Reductions since birth, those of the running turn included. */
  reductionsOf(process: Process): number {
    return process === this.#current ? process.reductions + this.#spent() : process.reductions;
  }

  /**
   * Charges the running process for the data-dependent work of its instruction.
   * @param left the reductions left in its turn @returns what is left then
   */
  chargeWork(process: Process, left: number): number {
    const charged = left - settleWork();
    if (charged >= LOWEST_LEFT) return charged;
    this.asksEachTurn();
    // Far below zero the cell of the turn would overflow; what is spent goes to the account at once.
    const spent = -charged - turn[REST];
    process.reductions += spent;
    this.#untilLook -= spent;
    turn[REST] = 0;
    return 0;
  }

  /** Reductions spent in the running turn, and in those before it that it has followed in place. */
  #spent(): number {
    return this.#given - turn[LEFT] - turn[REST];
  }

  /** Those of the turns before it. */
  #spentBefore(): number {
    return this.#given - this.budget - (this.#ahead ? turn[REST] : 0);
  }

  /** Tells an event of the running process, or of the host. */
  #tell(e: "spawn" | "send", more: { child: number } | { to: number }): void {
    const current = this.#current;
    const p = current === null ? 0 : current.number;
    const r = current === null ? 0 : this.reductionsOf(current);
    this.listener!({ e, p, r, ...more } as VMEvent);
  }

  // ---- Messages --------------------------------------------------------------------------------

  /**
   * A copy of a message goes to the end of a mailbox. To the dead: nothing.
   * @throws ProgramError `(system_limit, message)` if the message is too large
   */
  send(target: Process, message: Value): void {
    if (target.status === EXITED) return;
    const before = work.values;
    const copy = copyValue(message);
    if (this.listener !== null) this.#tell("send", { to: target.number });
    this.#deliver(target, copy);
    if (!this.#memoryOf.isLimited || target === this.#current || target.port !== null) return;
    const weight = work.values - before + (typeof copy === "string" ? copy.length >> 3 : 0);
    if (this.#memoryOf.hasArrived(target, weight) && this.#memoryOf.exceeds(target)) this.#endByMemory(target);
  }

  #endByMemory(process: Process): void {
    this.#endLater(
      process,
      reason("system_limit", atom("process_memory")),
      Undefined,
      true,
      this.engine.stackOf(process),
    );
  }

  /**
   * The same for the most common case of all: the target waits for just this, the message has no parts that could
   * change, and nobody listens. False: it is another case, and nothing has happened.
   */
  sendQuickly(target: Process, message: Value): boolean {
    if (
      target.waiting !== FOR_A_MESSAGE ||
      target.status !== WAITING ||
      this.#listener !== null ||
      (typeof message === "object" && !isShared(message)) ||
      !target.putFirst(message)
    ) {
      return false;
    }
    target.status = RUNNABLE;
    this.#enqueue(target);
    return true;
  }

  /** Puts a message that belongs to nobody else into a mailbox. */
  #deliver(target: Process, message: Value): void {
    if (target.waiting === FOR_A_MESSAGE && target.status === WAITING && target.putFirst(message)) {
      this.#wake(target, "message");
      return;
    }
    if (target.port !== null) {
      target.port(message);
      return;
    }
    if (target.mailboxLength >= this.#limits.mailbox) {
      this.#endLater(target, reason("mailbox_full", target.mailboxLength), Undefined, true, null);
      return;
    }
    target.put(message);
    if (target.status === WAITING && target.waiting.on === "message") {
      const { timer, tried } = target.waiting;
      if (timer !== null && tried === TAKES_ANY) this.#timers.cancel(timer);
      this.#wake(target, "message");
    }
  }

  /** Tells that a message was taken. */
  received(process: Process, message: Value): void {
    if (this.#keepsReceived) process.noteReceived(message, MOST_REMAINING);
    if (this.listener !== null) this.listener({ e: "receive", p: process.number, r: this.reductionsOf(process) });
  }

  // ---- Waiting ---------------------------------------------------------------------------------

  /** The process waits for a message; it has not too many frames. */
  waitQuickly(process: Process): void {
    process.status = WAITING;
    if (this.#listener !== null) this.#tellOf(process, "block", "message");
  }

  /** The process waits for a message, for so many milliseconds if a number is given. */
  waitForMessage(process: Process, milliseconds: number | null): void {
    this.checkFrames(process);
    if (milliseconds === null) {
      this.#block(process, FOR_A_MESSAGE);
      return;
    }
    const timer = this.#setTimer(milliseconds, process);
    this.#block(process, newWaiting("message", [], timer));
  }

  /**
   * The process waits for a message that it has not tried yet, or, with no patterns to try, for nothing but its
   * timer, which stays as it is if the process goes on waiting.
   */
  waitForMatch(process: Process, milliseconds: number, tried: number, hasPatterns: boolean): void {
    this.checkFrames(process);
    const before = process.waiting;
    const timer = before === FOR_A_MESSAGE ? this.#setTimer(milliseconds, process) : before.timer;
    const on = hasPatterns ? "message" : "timer";
    const isCommon = timer === null && tried === 0 && hasPatterns;
    this.#block(process, isCommon ? FOR_A_MATCH : newWaiting(on, [], timer, tried));
  }

  /** The process waits for the answer of a foreign call. */
  waitForCall(process: Process, call: AsyncCall): void {
    this.checkFrames(process);
    this.#callsOut++;
    this.callsBegun++;
    this.#block(process, newWaiting("foreign", [], null, TAKES_ANY, call));
  }

  /** A foreign call has been answered. Hosts do so between two stretches only, when no engine is in the middle of anything. */
  answered(call: AsyncCall): void {
    const { process } = call;
    if (process.status !== WAITING || process.waiting.call !== call) return;
    this.#callsOut--;
    this.#wake(process, "foreign");
  }

  /** Foreign calls that have ever been out. */
  callsBegun = 0;

  /** Foreign calls that have not been answered. */
  get callsOut(): number {
    return this.#callsOut;
  }

  /** Lets `run` throw what a foreign function has thrown while nobody was waiting. */
  fault(error: unknown): void {
    this.#faults.push(error);
  }

  /** The process has what it waited for. */
  stopWaiting(process: Process): void {
    const { timer } = process.waiting;
    if (timer !== null) this.#timers.cancel(timer);
    process.waiting = FOR_A_MESSAGE;
  }

  /** The process waits for the end of one of these. */
  waitForEnd(process: Process, targets: readonly Process[]): void {
    this.checkFrames(process);
    this.#block(process, newWaiting("end", targets, null));
    for (const target of targets) target.addWaiter(process);
  }

  #block(process: Process, waiting: Waiting): void {
    process.status = WAITING;
    process.waiting = waiting;
    if (this.listener !== null) this.#tellOf(process, "block", waiting.on);
  }

  #tellOf(process: Process, e: "block", on: WaitKind): void {
    this.listener!({ e, p: process.number, r: this.reductionsOf(process), on });
  }

  #wake(process: Process, by: WakeCause): void {
    process.status = RUNNABLE;
    this.#enqueue(process);
    if (this.listener !== null) this.listener({ e: "wake", p: process.number, r: this.reductionsOf(process), by });
  }

  // ---- Ends ------------------------------------------------------------------------------------

  /** The process has returned from its first frame. */
  finish(process: Process, result: Value): void {
    if (this.#ends.length > 0 || this.#settling) {
      this.#endLater(process, NORMAL, result, false, null);
    } else {
      this.#settling = true;
      try {
        this.#end(process, { reason: NORMAL, result, crashed: false, stack: null });
      } finally {
        this.#settling = false;
      }
    }
    this.#settleLast(process);
  }

  /** The process has failed with an error that nobody caught. */
  fail(process: Process, why: Value, stack: StackTrace): void {
    this.#endLater(process, detached(why), Undefined, true, stack);
    this.#settleLast(process);
  }

  /** After the last instruction of the running process, whose work would else be charged to the next one. */
  #settleLast(process: Process): void {
    this.settle();
    turn[LEFT] = this.chargeWork(process, turn[LEFT]);
  }

  /**
   * An exit signal, worked off by `settle`. `kill` cannot be trapped and becomes `killed`; `normal` ends
   * only the process that sends it to itself.
   */
  exitSignal(from: Process | null, target: Process, why: Value): void {
    if (target.status === EXITED) return;
    if (why === KILL) {
      this.#endLater(target, KILLED, Undefined, false, null);
    } else if (target.trapsExits) {
      this.#deliver(target, exitMessage(from, copyValue(why)));
    } else if (why !== NORMAL || from === target) {
      this.#endLater(target, copyValue(why), Undefined, false, null);
    }
  }

  /** Ends a process with a limit that no handler catches. */
  endByLimit(process: Process, why: Value): void {
    this.#endLater(process, why, Undefined, true, this.engine.stackOf(process));
  }

  /** Links two processes; a link to a dead one reports at once. */
  link(process: Process, target: Process): void {
    if (process === target) return;
    if (target.status === EXITED) {
      this.#signalOfLink(target, process, target.outcome!.reason);
      return;
    }
    process.addLink(target);
    target.addLink(process);
  }

  unlink(process: Process, target: Process): void {
    process.removeLink(target);
    target.removeLink(process);
  }

  /**
   * Who gets a message that is sent to this value now: a Process, the one with a name, or the one that has made a
   * monitor. The first message that is sent to its reference ends the monitor, so that nobody answers twice, or late.
   */
  receiver(target: Value): Process | undefined {
    if (target instanceof Process) return target;
    if (target instanceof Atom) return this.names.whereIs(target);
    if (!(target instanceof Reference)) return undefined;
    const monitor = target.subject as Delivery | Monitor | null;
    if (!(monitor instanceof Monitor)) return undefined;
    target.subject = null;
    monitor.watcher.removeMonitor(monitor);
    return monitor.watcher;
  }

  makeReference(owner: Process): Reference {
    return new Reference(++this.#references, owner, owner.mark());
  }

  /** The watcher gets one message `(DOWN, reference, target, reason)` when the target ends, or at once if it has. */
  monitor(watcher: Process, target: Process): Reference {
    const reference = this.makeReference(watcher);
    const monitor = new Monitor(reference, watcher, target);
    if (target.status === EXITED) {
      this.#tellWatcher(monitor, target.outcome!.reason);
    } else if (watcher !== target) {
      reference.subject = monitor;
      watcher.addMonitor(monitor);
    }
    return reference;
  }

  /** Ends a monitor of this process, and takes its message away if it has come. False: it was over, or is no monitor. */
  demonitor(watcher: Process, reference: Reference): boolean {
    if (reference.owner !== watcher) return false;
    const monitor = reference.subject as Delivery | Monitor | null;
    if (monitor !== null) {
      if (!(monitor instanceof Monitor)) return false;
      reference.subject = null;
      watcher.removeMonitor(monitor);
      return true;
    }
    for (let i = watcher.firstSince(reference.mark); i < watcher.mailboxLength; i++) {
      work.values++;
      const message = watcher.messageAt(i);
      if (!(message instanceof Tuple) || message.items[0] !== DOWN || message.items[1] !== reference) continue;
      watcher.takeAt(i);
      break;
    }
    return false;
  }

  #tellWatcher({ reference, watcher, target }: Monitor, why: Value): void {
    this.#deliver(watcher, new Tuple([DOWN, reference, target, detached(why)]));
  }

  #endLater(process: Process, why: Value, result: Value, crashed: boolean, stack: StackTrace | null): void {
    this.#ends.push({ process, outcome: { reason: why, result, crashed, stack } });
  }

  /** Works off the list of ends. An engine calls it after each instruction that can cause one. */
  settle(): void {
    // An end can call out to the host, which may get back here.
    if (this.#ends.length === 0 || this.#settling) return;
    this.#settling = true;
    try {
      for (let end = this.#ends.shift(); end !== undefined; end = this.#ends.shift()) {
        if (end.process.status !== EXITED) this.#end(end.process, end.outcome);
      }
    } finally {
      this.#settling = false;
    }
  }

  #end(process: Process, outcome: Outcome): void {
    if (this.listener !== null) {
      const kind = exitKind(outcome.reason);
      this.listener({ e: "exit", p: process.number, r: this.reductionsOf(process), kind });
    }
    const ties = process.rare;
    const remains = outcome.crashed ? remainsOf(process) : null;
    if (process.waiting !== FOR_A_MESSAGE) this.#stopWaiting(process, process.waiting);
    process.end(outcome);
    this.#removeLive(process);
    if (ties !== null && ties.name !== null) this.names.forget(ties.name);
    if (remains !== null) this.#onCrash(process, outcome, remains);
    if (ties !== null) this.#untie(process, ties, outcome.reason);
  }

  /** Everybody is told: who waits for the end, who watches, who is linked, each in the order in which they began. */
  #untie(process: Process, { waitedFor, watches, watchedBy, deliveries, linked }: Rare, why: Value): void {
    if (waitedFor !== null) for (const waiter of [...waitedFor]) this.#tellWaiter(waiter, process);
    for (const monitor of ring(watches, "watcher")) {
      monitor.reference.subject = null;
      process.removeMonitor(monitor);
    }
    if (deliveries !== null) for (const delivery of deliveries) this.#dropDelivery(delivery);
    for (const monitor of ring(watchedBy, "target")) {
      // Signals are work too: the fall of a long chain is charged to who caused it.
      work.values++;
      monitor.reference.subject = null;
      monitor.watcher.removeMonitor(monitor);
      this.#tellWatcher(monitor, why);
    }
    if (linked === null) return;
    for (const other of linked) {
      work.values++;
      other.removeLink(process);
      this.#signalOfLink(process, other, why);
    }
  }

  #stopWaiting(process: Process, waiting: Waiting): void {
    for (const target of waiting.targets) target.removeWaiter(process);
    if (waiting.timer !== null) this.#timers.cancel(waiting.timer);
    if (waiting.call !== null) this.#abandon(process, waiting.call);
  }

  /** Nobody waits for a foreign call any more. If it has been answered, and the answer not taken, nothing is out. */
  #abandon(process: Process, call: AsyncCall): void {
    if (process.status === WAITING) this.#callsOut--;
    call.abort();
  }

  #removeLive(process: Process): void {
    const last = this.#live.pop()!;
    if (last !== process) {
      this.#live[process.slot] = last;
      last.slot = process.slot;
    }
  }

  #tellWaiter(waiter: Process, ended: Process): void {
    if (waiter.status !== WAITING) return;
    work.values++;
    const waiting = waiter.waiting;
    for (const target of waiting.targets) target.removeWaiter(waiter);
    waiting.ended = ended;
    this.#wake(waiter, "end");
  }

  #signalOfLink(from: Process, target: Process, why: Value): void {
    if (target.status === EXITED) return;
    if (target.trapsExits) this.#deliver(target, exitMessage(from, detached(why)));
    else if (why !== NORMAL) this.#endLater(target, why, Undefined, false, null);
  }

  // ---- Timers ----------------------------------------------------------------------------------

  /** The clock is a count of reductions. */
  get isVirtual(): boolean {
    return this.#virtualTime;
  }

  /** Milliseconds of the VM's clock. */
  now(): number {
    if (!this.#virtualTime) return this.#host.now();
    const running = this.#current === null ? 0 : this.#spent();
    return Math.floor((this.#total() + running) / REDUCTIONS_PER_MILLISECOND) + this.#jumped;
  }

  /** Rounded up to whole milliseconds; null, and never fired, from `FOREVER` on. */
  #setTimer(milliseconds: number, target: Process | Delivery): ProcessTimer | null {
    if (milliseconds >= FOREVER) return null;
    if (this.#virtualTime) {
      this.#lookIn(0);
      this.asksEachTurn();
    }
    return this.#timers.set(this.now() + Math.ceil(milliseconds), target);
  }

  // ---- Turns -----------------------------------------------------------------------------------

  /** The VM ends with this exit code as soon as the running instruction is complete. */
  halt(code: number): void {
    this.#halted ??= code;
    this.#lookIn(0);
  }
  /** Nothing has ended that has not been worked off, and nobody has halted the VM. */
  get isQuiet(): boolean {
    return this.#ends.length === 0 && this.#halted === null;
  }
  get isHalted(): boolean {
    return this.#halted !== null;
  }

  /**
   * At a safe point with the slice spent: the next one, or the turn ends. True: it can go on in place.
   * False: the process is at the end of the queue and the engine must stop.
   * @throws ProgramError `(stack_overflow, frames)`
   */
  preempt(process: Process): boolean {
    if (this.#ahead) {
      this.checkFrames(process);
      return renew() || this.endTurn(process);
    }
    if (!this.nextSlice()) return this.endTurn(process);
    // In a turn of a thousand million reductions the limit would be looked at too late for the host.
    if (process.depth > MOST_FRAMES_OF_A_TURN) throw programError("stack_overflow", process.depth);
    return true;
  }

  /** False: the turn is over. */
  nextSlice(): boolean {
    if (renew()) return true;
    const total = turn[LEFT] + turn[REST];
    if (total <= 0 || this.#ahead) return false;
    turn[LEFT] = total;
    turn[REST] = 0;
    return true;
  }

  /** As `preempt`, whatever is left of the turn. */
  endTurn(process: Process): boolean {
    this.checkFrames(process);
    if (this.listener !== null) this.listener({ e: "preempt", p: process.number, r: this.reductionsOf(process) });
    this.#closeTurn(process);
    if (this.#untilLook <= 0) this.#lookAround();
    if (process.status === EXITED) return false;
    if (this.#queue.length === 0 && !this.#mustStop()) {
      this.#openTurn(process);
      this.#goAhead();
      return true;
    }
    this.#enqueue(process);
    return false;
  }

  /** @throws ProgramError if the process has more frames than allowed */
  checkFrames(process: Process): void {
    if (process.depth > this.#limits.frames) throw programError("stack_overflow", process.depth);
  }

  #openTurn(process: Process): void {
    this.#passes++;
    this.#current = process;
    this.#given = this.budget;
    turn[LEFT] = this.#slice;
    turn[REST] = this.budget - this.#slice;
    if (this.listener !== null) this.listener({ e: "turn", p: process.number, r: process.reductions });
  }

  #closeTurn(process: Process): void {
    const spent = this.#spent();
    if (this.#ahead) this.asksEachTurn();
    process.reductions += spent;
    this.#untilLook -= spent;
    this.#current = null;
    if (this.#memoryOf.isLimited) this.#lookAtProcess(process);
  }

  #lookAtProcess(process: Process): void {
    if (process.status === EXITED || !this.#memoryOf.isDue(process, process.reductions)) return;
    if (!this.#memoryOf.exceeds(process)) return;
    this.#endByMemory(process);
    this.settle();
  }

  /** Turns may follow in place until something has to be looked at. */
  #goAhead(): void {
    if (this.#listener !== null || this.budget > this.#slice || this.#memoryOf.isLimited) return;
    const overdue = MOST_OVERDUE * this.#slice;
    const untilLimit = this.#limits.reductions - overdue - this.#total();
    // Counters that every turn touches stay small integers to V8.
    const more = Math.min(this.#untilLook, untilLimit, MOST_AHEAD) | 0;
    if (more <= this.budget) return;
    this.#ahead = true;
    this.#given += more;
    turn[REST] = more;
    turn[RENEWED] = 0;
    turn[OVERDUE] = -overdue;
  }

  /** The running turn ends with its budget, as if none had begun in place. */
  asksEachTurn(): void {
    if (!this.#ahead) return;
    this.#ahead = false;
    this.#passes += turn[RENEWED];
    this.#given -= turn[REST];
    turn[REST] = 0;
    turn[OVERDUE] = 0;
  }

  /** Reductions of a slice. */
  get slice(): number {
    return this.#slice;
  }
  /** Slices are at most so long from now on. */
  shortenSlices(reductions: number): void {
    if (reductions >= this.#slice) return;
    this.asksEachTurn();
    this.#slice = reductions;
    turn[SLICE] = reductions;
  }

  #enqueue(process: Process): void {
    if (this.#ahead) this.asksEachTurn();
    this.#queue.push(process);
  }

  /**
   * What the process holds will be looked at when this turn ends, or the heap is full: its frames must be complete then. That
   * the heap is not full needs no frames to be seen.
   */
  endsByMemoryNext(): boolean {
    if (this.#total() + this.#given - this.#lookedAtMemory >= MEMORY_STRIDE) {
      if (this.#availableMemory() <= 0) return true;
      this.#lookedAtMemory = this.#total();
    }
    const process = this.#current!;
    return this.#memoryOf.isLimited && this.#memoryOf.isDue(process, this.reductionsOf(process));
  }

  /** The limit of frames of a process. */
  get mostFrames(): number {
    return this.#limits.frames;
  }

  /** An engine may be in the middle of an instruction. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Does something when no engine is in the middle of anything: now, if nothing runs. */
  betweenTurns(task: () => void): void {
    if (!this.#isRunning) {
      task();
      return;
    }
    this.#tasks.push(task);
    this.asksEachTurn();
    this.#lookIn(0);
  }

  #doTasks(): void {
    const tasks = this.#tasks;
    this.#tasks = [];
    for (const task of tasks) task();
  }

  #mustStop(): boolean {
    return this.#tasks.length > 0 || this.#stretchOver || this.#halted !== null || this.#outOfReductions;
  }

  /** What is looked at when a turn ends: timers, the limits, the host. */
  #lookAround(): void {
    if (this.#total() >= this.#limits.reductions) this.#outOfReductions = true;
    // Virtual time passes with reductions, so that timers are looked at whenever there are any.
    if (this.#virtualTime && this.#timers.size > 0) this.#fireTimers(this.now());
    if (this.#total() - this.#lookedAtClock >= this.#clockStride) this.#lookAtClock();
    if (this.#total() - this.#lookedAtMemory >= MEMORY_STRIDE) this.#lookAtMemory();
    this.#planLook();
  }

  #planLook(): void {
    const total = this.#total();
    const next = Math.min(
      this.#lookedAtClock + this.#clockStride,
      this.#lookedAtMemory + MEMORY_STRIDE,
      this.#limits.reductions,
    );
    const atOnce = this.#mustStop() || (this.#virtualTime && this.#timers.size > 0);
    this.#lookIn(atOnce ? 0 : next - total);
  }

  #lookIn(reductions: number): void {
    const total = this.#total();
    this.#untilLook = Math.min(reductions, MOST_AHEAD) | 0;
    this.#lookAt = total + this.#untilLook;
  }

  #lookAtClock(): void {
    const now = this.#host.now();
    if (this.#total() > this.#lookedAtClock) {
      const every = this.#timers.size > 0 && !this.#virtualTime ? LOOK_EVERY_WITH_TIMERS : LOOK_EVERY;
      const pace = now - this.#lastLook > every ? 0.5 : 2;
      this.#clockStride = Math.min(Math.max(this.#clockStride * pace, CLOCK_STRIDE), LONGEST_CLOCK_STRIDE);
    }
    this.#lookedAtClock = this.#total();
    this.#lastLook = now;
    if (now >= this.#stretchEnds) this.#stretchOver = true;
    if (!this.#virtualTime && this.#timers.size > 0) this.#fireTimers(now);
  }

  /**
   * A message that a timer brings; to a Process, only if it is alive then. The reference cancels it.
   * @throws ProgramError `(system_limit, message)` if the message is too large
   */
  sendAfter(process: Process, milliseconds: number, target: Value, message: Value): Reference {
    const reference = this.makeReference(process);
    const copy = copyValue(message);
    if (target instanceof Process && target.status === EXITED) return reference;
    const deadline = this.now() + Math.ceil(milliseconds);
    const delivery: Delivery = { reference, target, message: copy, deadline, timer: null };
    delivery.timer = this.#setTimer(milliseconds, delivery);
    if (delivery.timer === null) return reference;
    reference.subject = delivery;
    if (target instanceof Process) target.addDelivery(delivery);
    return reference;
  }

  /** The milliseconds that were left, or null if the reference names no timer that is set. */
  cancelTimer(reference: Reference): number | null {
    const delivery = reference.subject as Delivery | Monitor | null;
    if (delivery === null || delivery instanceof Monitor) return null;
    this.#dropDelivery(delivery);
    if (delivery.target instanceof Process) delivery.target.removeDelivery(delivery);
    return Math.max(0, Math.ceil(delivery.deadline - this.now()));
  }

  #dropDelivery(delivery: Delivery): void {
    delivery.reference.subject = null;
    this.#timers.cancel(delivery.timer!);
  }

  #deliverLater(delivery: Delivery): void {
    delivery.reference.subject = null;
    const target = this.receiver(delivery.target);
    if (target === undefined || target.status === EXITED) return;
    if (delivery.target instanceof Process) target.removeDelivery(delivery);
    if (this.listener !== null) this.#tell("send", { to: target.number });
    this.#deliver(target, delivery.message);
  }

  readonly #timeOut = (process: Process | Delivery): void => {
    if (!(process instanceof Process)) {
      this.#deliverLater(process);
      return;
    }
    // A message has woken it before, and it has not run since.
    if (process.status !== WAITING) return;
    process.waiting.timedOut = true;
    this.#wake(process, "timer");
  };

  #fireTimers(now: number): void {
    this.#timers.fireDue(now, this.#timeOut);
    this.settle();
  }

  #lookAtMemory(): void {
    this.#lookedAtMemory = this.#total();
    if (this.#availableMemory() > 0) return;
    // Most of what is in use may be garbage: nobody is ended before it is known.
    this.#host.collect();
    if (this.#availableMemory() > 0) return;
    const largest = largestProcess(this.#live);
    if (largest !== null) {
      this.endByLimit(largest, reason("system_limit", atom("memory")));
      this.settle();
    }
  }

  #availableMemory(): number {
    const memory = this.#host.memory();
    if (memory === null) return Number.POSITIVE_INFINITY;
    const { memory: share } = this.#limits;
    return (share <= 1 ? memory.limit * share : share) - memory.used;
  }

  /**
   * Runs processes until the host's clock reaches `until`, or nothing can run.
   * A VM that runs inside a foreign function of another gives the shared cells back as they were.
   */
  run(until: number): Stretch {
    if (this.#faults.length > 0) throw this.#faults.shift();
    const cells = [...turn];
    turn[SLICE] = this.#slice;
    turn[OVERDUE] = 0;
    const { available, collect } = memoryGuard;
    const { current } = realms;
    realms.current = this.#realm;
    memoryGuard.available = () => this.#availableMemory();
    memoryGuard.collect = () => this.#host.collect();
    this.#stretchEnds = until;
    this.#stretchOver = false;
    this.#isRunning = true;
    try {
      return this.#run();
    } finally {
      this.#isRunning = false;
      this.#doTasks();
      turn.set(cells);
      realms.current = current;
      memoryGuard.available = available;
      memoryGuard.collect = collect;
    }
  }

  #run(): Stretch {
    this.settle();
    this.#lookAtClock();
    if (this.#virtualTime && this.#timers.size > 0) this.#fireTimers(this.now());
    this.#planLook();
    // Every stretch makes progress, however slow the clock's owner is.
    this.#stretchOver = false;
    while (true) {
      const over = this.#over();
      if (over !== null) return over;
      this.#runTurns();
      if (this.#tasks.length > 0) this.#doTasks();
      if (this.#over() !== null) continue;
      if (this.#untilLook <= 0) this.#lookAround();
      if (this.#queue.length === 0) {
        const idle = this.#nothingRuns();
        if (idle !== null) return idle;
      }
    }
  }

  /** Why the stretch is over although something can run. */
  #over(): Stretch | null {
    if (this.#halted !== null) return { kind: "halted", code: this.#halted };
    if (this.#outOfReductions) return { kind: "reductions" };
    return this.#stretchOver && this.#queue.length > 0 ? { kind: "more" } : null;
  }

  /**
   * Turns until something else is to be done: a look, or nothing can run, or the VM must stop. Nothing but turns
   * happens in the loop: whatever V8 sees happen there costs, even if it is one round in a thousand.
   */
  #runTurns(): void {
    const queue = this.#queue;
    do {
      const process = queue.shift();
      if (process === undefined) return;
      if (process.status === RUNNABLE) {
        this.#openTurn(process);
        this.engine.run(process);
        // A turn that ended at a safe point is closed already.
        if (this.#current !== null) this.#closeTurn(process);
      }
    } while (this.#untilLook > 0);
  }

  /** No process can run: goes on to the next timer, or says how long that is. */
  #nothingRuns(): Stretch | null {
    const next = this.#timers.next();
    if (next === Number.POSITIVE_INFINITY && this.#callsOut === 0) return { kind: "idle" };
    const now = this.now();
    if (next > now) {
      // Virtual time does not pass while somebody outside has to answer.
      if (this.#virtualTime && this.#callsOut > 0) return { kind: "sleep", until: Number.POSITIVE_INFINITY };
      if (!this.#virtualTime) return { kind: "sleep", until: next };
      this.#jumped += next - now;
    }
    this.#fireTimers(this.now());
    return null;
  }
}

const DOWN = atom("DOWN");

/** `(EXIT, process, reason)`: what a process that traps exits receives; the host is Undefined. */
function exitMessage(from: Process | null, why: Value): Value {
  return new Tuple([atom("EXIT"), from ?? Undefined, why]);
}

/** A copy that belongs to nobody, or word that it would be too large. */
function detached(value: Value): Value {
  try {
    return copyValue(value);
  } catch (error) {
    if (error instanceof ProgramError) return error.value;
    throw error;
  }
}

/** The kind that the event stream shows: `normal`, `killed`, an error's kind, or `exit` for any other reason. */
export function exitKind(why: Value): string {
  if (why === NORMAL) return "normal";
  if (why === KILLED) return "killed";
  if (why instanceof Tuple && why.items[0] instanceof Atom) {
    const kind = why.items[0].name;
    if (Object.hasOwn(ERROR_KINDS, kind)) return kind as ErrorKind;
  }
  return "exit";
}
