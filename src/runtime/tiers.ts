/** What the interpreter asks the engine above it: whether to hand a frame over. */
import type { Code } from "./code.ts";
import type { Frame } from "./frame.ts";

export interface Tiers {
  /** Calls of a function, or arrivals at a loop head, from which on the interpreter asks. */
  readonly hot: number;
  /** A function has reached `hot`. */
  becomesHot(code: Code): void;
  /** Is there compiled code to go on with this frame, which stands as a stopped one? */
  enters(frame: Frame): boolean;
}

/** Everything stays interpreted. */
export const ONE_TIER: Tiers = { hot: Number.POSITIVE_INFINITY, becomesHot: () => {}, enters: () => false };
