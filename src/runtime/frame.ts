/**
 * Frames: what a process keeps of a function that has begun and not ended.
 *
 * A frame is one JavaScript array: a header of fixed slots, then the registers. One allocation makes
 * it, by copying the template of its function, and an engine reaches a register with one index, which
 * it has ready because it adds `HEADER` when it decodes. It is plain data. Whatever engine stopped a
 * frame, any engine can go on with it; the scheduler never asks which it was.
 *
 * `PC` is where to continue. In a frame that waits for a callee that is the instruction behind the
 * call, so the call itself is the last instruction before it.
 */

import type { Scopes } from "../operations/construct.ts";
import { type ResultUse, USE_DROPPED, USE_NEGATED_TRUTH, USE_REGISTER, USE_TRUTH } from "../operations/method-call.ts";
import type { Value } from "../values/value.ts";
import type { Code } from "./code.ts";

/** The function. */
export const CODE = 0;
/** Where to continue: an offset into the interpreter's form of the function. */
export const PC = 1;
/** The frame that gets the result, or null. */
export const CALLER = 2;
/** The bound `this`, or Undefined. */
export const SELF = 3;
/** The environments of closures made here, by scope name; null until there are any. */
export const SCOPES = 4;
/** What the frame waits for; see below. */
export const AWAIT = 5;
/** The slot of register 0. */
export const HEADER = 6;

// The slots are of six types, and interpreter loops index them with numbers they computed, so a precise
// type would be a cast at every access: the header constants say what is where.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Frame = any[];

/*
 * AWAIT holds, while the frame runs or waits for a callee:
 *   >= 0     the slot that gets the result
 *   <= -32   a slot and what else becomes of the result, packed by `awaiting`
 * and in the innermost frame of a stopped process one of the following.
 */
/** Continue at PC. */
export const AT_PC = -1;
/** Continue at PC, an instruction that has been charged and waited. */
export const CHARGED = -2;
/** At the safe point of a hidden call; `pendingCalls` in process.ts has the call. */
export const BEFORE_METHOD = -3;

const PACKED_USES: readonly ResultUse[] = [USE_TRUTH, USE_NEGATED_TRUTH, USE_DROPPED];
const PACKED = 4;
const CALLED = 3;
const PACKED_FROM = 32;

/** AWAIT for a result that goes to `slot` in this way. */
export function awaiting(slot: number, use: ResultUse): number {
  if (use === USE_REGISTER) return slot;
  const index = PACKED_USES.indexOf(use);
  return -(PACKED_FROM + slot * PACKED + (index < 0 ? CALLED : index));
}

/** The slot in a packed AWAIT. */
export function awaitedSlot(packed: number): number {
  return Math.floor((-packed - PACKED_FROM) / PACKED);
}

/** USE_CALLED is everything else that is packed. */
export function awaitedUse(packed: number): ResultUse | undefined {
  return PACKED_USES[(-packed - PACKED_FROM) % PACKED];
}

export function codeOf(frame: Frame): Code {
  return frame[CODE] as Code;
}

export function callerOf(frame: Frame): Frame | null {
  return frame[CALLER] as Frame | null;
}

export function scopesOf(frame: Frame): Scopes {
  frame[SCOPES] ??= new Map();
  return frame[SCOPES] as Scopes;
}

/**
 * Fills captured values and then arguments into the registers of a fresh frame, as far as the function
 * takes them; the rest is dropped, or collected.
 * @param from the index of the first argument
 */
export function fillArguments(
  frame: Frame,
  code: Code,
  captured: readonly Value[],
  args: readonly Value[],
  from = 0,
): void {
  const { collects } = code;
  if (collects >= 0) {
    const given = [...captured, ...args.slice(from)];
    const before = Math.min(given.length, collects);
    for (let i = 0; i < before; i++) frame[HEADER + i] = given[i];
    frame[HEADER + collects] = given.slice(collects);
    return;
  }
  const { fill } = code;
  const captures = Math.min(captured.length, fill);
  for (let i = 0; i < captures; i++) frame[HEADER + i] = captured[i];
  const count = Math.min(args.length - from, fill - captures);
  for (let i = 0; i < count; i++) frame[HEADER + captures + i] = args[from + i];
}
