/**
 * What the instructions for processes do: one definition for both engines. Those that wait give
 * undefined when the process now waits; the engine then stops, and comes back to the same instruction,
 * without charging it again, once the process is woken.
 */
import { type Pattern, walkPattern } from "../bytecode/pattern.ts";
import { KILL, programError } from "../errors.ts";
import { type Bindings, empty, matches, type Pinned } from "../operations/match.ts";
import { isLeaf } from "../values/compound.ts";
import { copyValue } from "../values/copy.ts";
import { Reference } from "../values/reference.ts";
import { Tuple, Undefined, type Value } from "../values/value.ts";
import { work } from "../values/work.ts";
import { type Code, codeOfValue } from "./code.ts";
import { type Frame, fillArguments, SELF } from "./frame.ts";
import { areImmutable, copyWithGlobals, giveGlobals, NO_GLOBALS } from "./globals.ts";
import { EXITED, FOR_A_MESSAGE, Process } from "./process.ts";
import type { Scheduler } from "./scheduler.ts";

/** A frame for a call of this code, not yet connected to a caller. */
export function newFrame(code: Code, captured: readonly Value[], self: Value, args: readonly Value[]): Frame {
  const frame = code.template.slice();
  frame[SELF] = self;
  fillArguments(frame, code, captured, args);
  return frame;
}

/**
 * Starts a process: the function, its captures and `this`, and the arguments pass over as one copy, so that sharing
 * among them is kept. It begins with the variables of the process that runs.
 * @param birth the bytecode function and its arguments, in an array that is nobody else's
 * @throws ProgramError `(system_limit, …)`
 */
export function startProcess(scheduler: Scheduler, birth: readonly Value[]): Process {
  const globals = scheduler.running?.globals ?? NO_GLOBALS;
  if (!areImmutable(globals)) {
    const copied = copyWithGlobals(birth, globals);
    const process = scheduler.spawn(copied.birth);
    giveGlobals(process, copied.globals);
    return process;
  }
  const process = startAlone(scheduler, birth);
  process.globals = globals;
  return process;
}

function startAlone(scheduler: Scheduler, birth: readonly Value[]): Process {
  if (birth.every(isLeaf)) {
    // The common spawn: nothing is copied, and counted is what copying would count.
    work.values += birth.length + 1;
    return scheduler.spawn(birth);
  }
  return scheduler.spawn((copyValue(new Tuple(birth)) as Tuple).items);
}

/** SPAWN: what is no bytecode function gives Undefined. */
export function spawn(scheduler: Scheduler, birth: readonly Value[]): Value {
  return codeOfValue(birth[0]) === null ? Undefined : startProcess(scheduler, birth);
}

/** SEND: to a process, or to the one that a name or a monitor's reference stands for. All else gets nothing. */
export function send(scheduler: Scheduler, target: Value, message: Value): void {
  const process = scheduler.receiver(target);
  if (process !== undefined) scheduler.send(process, message);
}

/** LINK. */
export function link(scheduler: Scheduler, process: Process, target: Value): void {
  if (!(target instanceof Process)) throw programError("badarg", target);
  scheduler.link(process, target);
}

/** RECEIVE: the oldest message, or undefined: the process waits. */
export function receive(scheduler: Scheduler, process: Process): Value | undefined {
  const message = process.take();
  if (message === undefined) {
    scheduler.waitForMessage(process, null);
    return undefined;
  }
  scheduler.received(process, message);
  return message;
}

/** The second result of RECEIVE_WITH_TIMEOUT, together with the first. */
export interface TimedMessage {
  readonly message: Value;
  readonly arrived: boolean;
}
const TIMED_OUT: TimedMessage = { message: Undefined, arrived: false };

function checkTime(milliseconds: Value): asserts milliseconds is number {
  if (typeof milliseconds !== "number" || !(milliseconds >= 0)) throw programError("badarg", milliseconds);
}

/** RECEIVE_WITH_TIMEOUT; who woke the process first, message or timer, decides what it gets. */
export function receiveWithTimeout(
  scheduler: Scheduler,
  process: Process,
  milliseconds: Value,
): TimedMessage | undefined {
  checkTime(milliseconds);
  const { timedOut } = process.waiting;
  const message = timedOut ? undefined : process.take();
  if (message === undefined && !timedOut && milliseconds > 0) {
    scheduler.waitForMessage(process, milliseconds);
    return undefined;
  }
  process.waiting = FOR_A_MESSAGE;
  if (message === undefined) return TIMED_OUT;
  scheduler.received(process, message);
  return { message, arrived: true };
}

/** What RECEIVE_MATCH has taken, for the engine that called it to use at once. */
export interface Selection {
  message: Value;
  readonly bindings: Bindings;
}

/** What RECEIVE_MATCH gives after its time. */
export const NO_CLAUSE = -1;

/**
 * RECEIVE_MATCH: the clause that a message has matched, or NO_CLAUSE, with what goes into registers in `selection`.
 * A message is tried once; those that arrive while the process waits are tried when it is woken, even if the time is
 * up meanwhile. If the time was up before one arrived, it is not looked at.
 */
export function receiveMatch(
  scheduler: Scheduler,
  process: Process,
  milliseconds: Value,
  clauses: readonly { readonly pattern: Pattern }[],
  pinned: Pinned,
  selection: Selection,
): number | undefined {
  checkTime(milliseconds);
  const { waiting } = process;
  const hasWaited = waiting !== FOR_A_MESSAGE;
  if (!waiting.timedOut) {
    let i = hasWaited ? waiting.tried : firstWorthTrying(process, clauses, pinned);
    for (const end = process.mailboxLength; clauses.length > 0 && i < end; i++) {
      const found = firstClause(clauses, process.messageAt(i)!, pinned, selection.bindings);
      if (found === NO_CLAUSE) continue;
      selection.message = process.takeAt(i)!;
      if (hasWaited) scheduler.stopWaiting(process);
      scheduler.received(process, selection.message);
      return found;
    }
    if (milliseconds > 0 && waiting.timer?.state !== "fired") {
      scheduler.waitForMatch(process, milliseconds, i, clauses.length > 0);
      return undefined;
    }
  }
  process.waiting = FOR_A_MESSAGE;
  selection.message = Undefined;
  empty(selection.bindings);
  return NO_CLAUSE;
}

function firstClause(
  clauses: readonly { readonly pattern: Pattern }[],
  message: Value,
  pinned: Pinned,
  bindings: Bindings,
): number {
  for (let i = 0; i < clauses.length; i++) {
    empty(bindings);
    if (matches(clauses[i].pattern, message, pinned, bindings)) return i;
  }
  return NO_CLAUSE;
}

/**
 * Messages that were there before a reference was made cannot hold it. If every clause asks for such a reference of
 * this process, all before the oldest of them are passed over.
 */
function firstWorthTrying(process: Process, clauses: readonly { readonly pattern: Pattern }[], pinned: Pinned): number {
  if (process.mailboxLength === 0) return 0;
  let first = Number.POSITIVE_INFINITY;
  for (const { pattern } of clauses) first = Math.min(first, latestMark(process, pattern, pinned));
  return first === Number.POSITIVE_INFINITY ? 0 : first;
}

function latestMark(process: Process, pattern: Pattern, pinned: Pinned): number {
  let latest = 0;
  walkPattern(pattern, (part) => {
    if (part.kind !== "pin") return;
    const value = pinned[part.register];
    if (value instanceof Reference && value.owner === process) {
      latest = Math.max(latest, process.firstSince(value.mark));
    }
  });
  return latest;
}

/** JOIN: the result once the process has ended. Itself: for ever. */
export function join(scheduler: Scheduler, process: Process, target: Value): Value | undefined {
  if (!(target instanceof Process)) throw programError("badarg", target);
  if (target.status !== EXITED) {
    scheduler.waitForEnd(process, [target]);
    return undefined;
  }
  process.waiting = FOR_A_MESSAGE;
  return copyValue(target.result);
}

/** JOIN_NUMBER. */
export function joinNumber(scheduler: Scheduler, process: Process, number: number): Value | undefined {
  const target = scheduler.numbered.get(number);
  if (target === undefined || target === null) throw programError("badarg", number);
  return join(scheduler, process, target);
}

/** SELECT and SELECT_WITH_KILL: the result of the first that ends; then the others are killed. */
export function select(
  scheduler: Scheduler,
  process: Process,
  candidates: readonly Value[],
  killOthers: boolean,
): Value | undefined {
  // Not again by one that has waited.
  if (process.waiting === FOR_A_MESSAGE) work.values += candidates.length;
  const targets = candidates.filter((candidate) => candidate instanceof Process);
  if (targets.length === 0) throw programError("badarg", new Tuple([...candidates]));
  const ended = process.waiting.ended ?? targets.find((target) => target.status === EXITED);
  if (ended === undefined) {
    scheduler.waitForEnd(process, targets);
    return undefined;
  }
  process.waiting = FOR_A_MESSAGE;
  const result = copyValue(ended.result);
  if (killOthers) {
    for (const target of targets) {
      if (target !== ended && target !== process) scheduler.exitSignal(process, target, KILL);
    }
  }
  return result;
}
