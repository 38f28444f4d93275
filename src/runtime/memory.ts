/**
 * Sizes of processes.
 *
 * `measure` is rough in bytes, but exact in that both engines and all budgets find the same, since programs can ask and
 * limits end processes. So only those registers count that may still be read: what else is in a frame depends on who has
 * run it. When the host's memory runs out everything counts that a process holds.
 */
import type { BitRows } from "../bytecode/bits.ts";
import type { InstructionOf } from "../bytecode/instructions.ts";
import { liveRegisters } from "../bytecode/liveness.ts";
import { Binary, FloatArray } from "../values/bytes.ts";
import { partsOf } from "../values/copy.ts";
import { Undefined, type Value } from "../values/value.ts";
import type { Code } from "./code.ts";
import { AWAIT, awaitedSlot, BEFORE_METHOD, callerOf, codeOf, type Frame, HEADER, SELF } from "./frame.ts";
import { ownGlobals } from "./globals.ts";
import type { Process } from "./process.ts";
import { instructionOf } from "./stack.ts";

const WORD = 8;
const OBJECT_OVERHEAD = 48;
const PROCESS_OVERHEAD = 4 * OBJECT_OVERHEAD;
/** Values looked at for one process, if nobody says how many bytes are too many; what is larger is large enough. */
const MOST_VISITED = 1_000_000;
/** Functions with more instructions, which are never compiled, or more registers count all of these. */
const MOST_INSTRUCTIONS = 2_500;
const MOST_REGISTERS = 2_000;

export interface Measure {
  readonly bytes: number;
  /** Frames and values looked at. */
  readonly visited: number;
}

/** About how many bytes a process holds: frames, messages and all that they reach. Its frames must be complete. */
export function measure(process: Process): Measure {
  return measured(process, liveIn, MOST_VISITED, Number.POSITIVE_INFINITY);
}

/**
 * Does a process hold more bytes than it may? What its frames hold and nobody can read any more is let go: it does not
 * count, so it must not stay. Its frames must be complete.
 */
export function holdsMore(process: Process, most: number): Measure & { readonly tooMuch: boolean } {
  const found = measured(process, keptIn, Number.POSITIVE_INFINITY, most);
  return { ...found, tooMuch: found.bytes > most };
}

/** @param mostBytes beyond which nothing more is looked at */
function measured(
  process: Process,
  registersOf: (frame: Frame, process: Process) => Iterable<number>,
  mostVisited: number,
  mostBytes: number,
): Measure {
  process.begin();
  let bytes = PROCESS_OVERHEAD;
  let frames = 0;
  const open: Value[] = process.messages();
  for (const { message } of process.deliveries) open.push(message);
  for (let frame = process.frame; frame !== null; frame = callerOf(frame)) {
    bytes += frame.length * WORD + OBJECT_OVERHEAD;
    if (++frames > mostVisited) continue;
    for (const register of registersOf(frame, process)) {
      const value = frame[HEADER + register];
      if (isHeld(value)) open.push(value as Value);
    }
    if (isHeld(frame[SELF])) open.push(frame[SELF] as Value);
  }
  open.push(...ownGlobals(process));
  bytes += open.length * WORD;
  const seen = new Set<Value>();
  for (let value = open.pop(); value !== undefined && seen.size < mostVisited; value = open.pop()) {
    if (bytes > mostBytes) break;
    if (typeof value === "string") bytes += value.length;
    if (typeof value !== "object" || seen.has(value)) continue;
    seen.add(value);
    const parts = partsOf(value);
    bytes += OBJECT_OVERHEAD + parts.length * WORD + bytesBehind(value);
    for (let i = 0; i < parts.length; i++) if (isHeld(parts[i])) open.push(parts[i]);
  }
  return { bytes, visited: frames + seen.size };
}

/** What a value holds besides its parts. */
function bytesBehind(value: Exclude<Value, number | boolean | string>): number {
  if (value instanceof FloatArray) return value.items.byteLength;
  return value instanceof Binary ? value.bytes.byteLength : 0;
}

/** The registers of a frame that its function, or a handler in it, may still read. */
function liveIn(frame: Frame, process: Process): Iterable<number> {
  const innermost = frame === process.frame;
  const code = codeOf(frame);
  const at = instructionOf(frame, innermost);
  const { usedRegisters, openTry } = code.facts;
  if (code.instructions.length > MOST_INSTRUCTIONS || usedRegisters > MOST_REGISTERS) return upTo(usedRegisters);
  code.live ??= liveRegisters(code);
  const { live } = code;
  if (innermost && frame[AWAIT] !== BEFORE_METHOD) return live.members(at);
  // It waits for the result of a call, which goes into a register, unless an error goes to a handler.
  const registers = new Set(live.members(at + 1));
  registers.delete(awaitedSlotOf(frame, process) - HEADER);
  for (const register of liveInHandler(code, live, openTry[at])) registers.add(register);
  return registers;
}

/** Where the result goes; below HEADER if it is dropped. */
function awaitedSlotOf(frame: Frame, process: Process): number {
  const state = frame[AWAIT] as number;
  if (state === BEFORE_METHOD) return process.pendingCall!.slot;
  return state >= 0 ? state : awaitedSlot(state);
}

function liveInHandler(code: Code, live: BitRows, handler: number): number[] {
  if (handler < 0) return [];
  const [register, offset] = (code.instructions[handler] as InstructionOf<"TRY">).operands;
  return live.members(handler + offset).filter((other) => other !== register);
}

/** As `liveIn`; all others are emptied. */
function keptIn(frame: Frame, process: Process): Iterable<number> {
  const kept = new Set(liveIn(frame, process));
  for (let slot = HEADER; slot < frame.length; slot++) if (!kept.has(slot - HEADER)) frame[slot] = Undefined;
  return kept;
}

function allIn(frame: Frame): Iterable<number> {
  return upTo(frame.length - HEADER);
}

function* upTo(count: number): Iterable<number> {
  for (let i = 0; i < count; i++) yield i;
}

function isHeld(value: unknown): boolean {
  return typeof value === "string" || typeof value === "object";
}

export function largestProcess(processes: readonly Process[]): Process | null {
  let largest: Process | null = null;
  let most = -1;
  for (const process of processes) {
    const { bytes } = measured(process, allIn, MOST_VISITED, Number.POSITIVE_INFINITY);
    if (bytes > most) {
      most = bytes;
      largest = process;
    }
  }
  return largest;
}

/** Measured again after so many reductions, or so much that has arrived in the mailbox, at the earliest. */
const MEASURE_AFTER = 50_000;
/** And after so many for each value that was looked at, so that measuring costs less than what it measures. */
const AFTER_EACH = 8;
/** A message counts at least so much towards the next look. */
const MESSAGE_WEIGHT = 4;

/** The limit of bytes of each process. */
export class ProcessMemory {
  readonly #most: number;
  /** By process: reductions, and the weight of what has arrived, at which it is measured next. */
  readonly #due = new WeakMap<Process, { reductions: number; arrived: number; arrivedDue: number }>();

  constructor(most: number) {
    this.#most = most;
  }

  get isLimited(): boolean {
    return this.#most !== Number.POSITIVE_INFINITY;
  }

  isDue(process: Process, reductions: number): boolean {
    return reductions >= (this.#due.get(process)?.reductions ?? MEASURE_AFTER);
  }

  /** Too much? The next look is planned. */
  exceeds(process: Process): boolean {
    const { visited, tooMuch } = holdsMore(process, this.#most);
    const pause = Math.max(MEASURE_AFTER, visited * AFTER_EACH);
    const due = this.#dueOf(process);
    due.reductions = process.reductions + pause;
    due.arrivedDue = due.arrived + pause;
    return tooMuch;
  }

  /** Notes a message of so many values; true: time to look at the process. */
  hasArrived(process: Process, values: number): boolean {
    const due = this.#dueOf(process);
    due.arrived += values + MESSAGE_WEIGHT;
    return due.arrived >= due.arrivedDue;
  }

  #dueOf(process: Process) {
    let due = this.#due.get(process);
    if (due === undefined) {
      due = { reductions: MEASURE_AFTER, arrived: 0, arrivedDue: MEASURE_AFTER };
      this.#due.set(process, due);
    }
    return due;
  }
}
