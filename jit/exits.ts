/**
 * How bodies leave where they seldom do: a guess was wrong, the interpreter has to do an instruction, a callee has stopped.
 *
 * Most instructions can be left at, and each with the frames of all functions that are inlined around it. Written out as
 * code that was nine tenths of a body, which V8 reads, compiles and counts against what it optimises and inlines. So what
 * is to be done is data: where each frame goes on, its constants, and which of the values handed over goes to which slot.
 * The body itself calls one function with the variables that are live.
 */

import type { Code } from "../src/runtime/code.ts";
import { AWAIT, type Frame, PC } from "../src/runtime/frame.ts";

/** Why a body leaves: what it guessed is wrong, here or where it was entered, or the interpreter must do the instruction. */
export type Leaving = "miss" | "early" | "aside";

/** A frame of one that leaves. */
export interface ExitFrame {
  /** Null: the frame that the body goes on with, handed over as the first value. */
  readonly code: Code | null;
  /** Where it goes on, in the interpreter's form, and what it waits for. */
  readonly place: number;
  readonly awaits: number;
  /** Slots whose value is known. */
  readonly constants: readonly (readonly [slot: number, value: unknown])[];
  /** Slots that get values handed over, and which. */
  readonly slots: readonly number[];
  readonly from: readonly number[];
}

export interface Exit {
  /** Null: whoever has stopped has said why. */
  readonly how: Leaving | null;
  /** Reductions that are still to be subtracted from those handed over first; null: none are, and none are handed over. */
  readonly pending: number | null;
  /** Innermost first. */
  readonly frames: readonly ExitFrame[];
}

/** What a body calls to leave: with what is left of the slice, unless it is in the cell, and the values. */
export interface ExitFunction {
  (...values: unknown[]): symbol;
  /** What it does, for those who look at bodies. */
  exit?: Exit;
}

/**
 * What makes the frames of an exit from the values handed over.
 * @param capture takes each frame that is made, innermost first
 */
export function frameMaker(
  frames: readonly ExitFrame[],
  capture: (frame: Frame) => void,
): (values: readonly unknown[]) => void {
  const parts = frames.map((part) => {
    const known = part.code === null ? null : part.code.template.slice();
    if (known !== null) fill(known, part);
    return { part, known };
  });
  return (values) => {
    for (const { part, known } of parts) {
      const frame = known === null ? (values[0] as Frame) : known.slice();
      if (known === null) fill(frame, part);
      const { slots, from } = part;
      for (let i = 0; i < slots.length; i++) frame[slots[i]] = values[from[i]];
      if (known !== null) capture(frame);
    }
  };
}

function fill(frame: Frame, { place, awaits, constants }: ExitFrame): void {
  frame[PC] = place;
  frame[AWAIT] = awaits;
  for (const [slot, value] of constants) frame[slot] = value;
}
