/** What control flow leaves when it jumps: loops, blocks with labels, handlers, iterators. */
import type { Label } from "../../bytecode/builder.ts";

export type Control =
  | {
      readonly kind: "target";
      readonly labels: readonly string[];
      /** Undefined labels: a plain `break` does not end it. */
      readonly isBreakable: boolean;
      readonly breakTo: Label;
      /** Null for what is no loop. */
      readonly continueTo: Label | null;
    }
  /** An open TRY with nothing to do behind it. */
  | { readonly kind: "try" }
  /** An open TRY around a loop over an iterator, which is closed when the loop is left. */
  | { readonly kind: "iterator"; readonly iterator: number }
  /** An open TRY with a finally block. */
  | { readonly kind: "finally"; readonly finalizer: Finalizer };

/** A finally block: control comes with the number of what it is to do afterwards. */
export interface Finalizer {
  readonly entry: Label;
  /** Register of that number, and of the value of `return` or of the error. */
  readonly completion: number;
  readonly value: number;
  /** What each number behind the first ones means: jumps on. */
  readonly exits: Exit[];
}

export type Exit =
  | { readonly kind: "return" }
  | { readonly kind: "jump"; readonly target: Extract<Control, { kind: "target" }>; readonly isContinue: boolean };

/** Completions that every finally block knows; those of its exits come behind them. */
export const NORMAL_COMPLETION = 0;
export const THROW_COMPLETION = 1;
export const FIRST_EXIT = 2;
