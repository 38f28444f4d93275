/**
 * The budget of the turn that is running.
 *
 * One cell for all VMs of this copy of the library, because compiled code must reach it as a constant:
 * an element of an Int32Array is what V8 handles best across calls. A VM that runs inside a foreign
 * function of another saves and restores it.
 *
 * An engine may keep the number in a local variable while nobody else looks, and must write it back
 * before it calls the runtime or an operation that tells events.
 */
export const turn = new Int32Array(new ArrayBuffer(6 * Int32Array.BYTES_PER_ELEMENT));

/**
 * Index of the reductions left in this slice of the turn. At a safe point with none left the engine asks
 * the scheduler, which gives the next slice or ends the turn.
 */
export const LEFT = 0;
/**
 * Index of those that may be given out after this slice without asking: the rest of a long turn, or, while a
 * process is alone and nobody listens, whole turns until the scheduler has to look at something.
 * Slices keep native stacks small, whatever the budget; nobody sees them.
 */
export const REST = 1;
/** Index of the reductions of a slice: the budget, or less if it is large. */
export const SLICE = 2;
/** Index of the number of slices begun without asking. */
export const RENEWED = 3;
/**
 * Index of how far REST may fall below zero, 0 or less: what the scheduler has to look at can wait until the
 * process is where it is easily taken up again.
 */
export const OVERDUE = 4;
/**
 * Index of the bytes of the native stack that compiled code may still take. Bodies that count them take what a level of
 * them needs, and give it back when they return; where they stop the whole stack is given up.
 */
export const DEPTH = 5;

/**
 * Begins the next slice without asking, if there is one. Compiled code has its own copy of this
 * (jit/templates.ts), because a call in a loop costs more than the whole of it.
 */
export function renew(): boolean {
  const next = beginSlice(turn[LEFT], 0);
  if (next === 0) return false;
  turn[LEFT] = next;
  return true;
}

/**
 * The same for who has what is left in a variable.
 * @param least what REST must stay above
 * @returns what is left of the next slice; 0: there is none, and nothing has changed
 */
export function beginSlice(left: number, least: number): number {
  const rest = (turn[REST] + left - turn[SLICE]) | 0;
  if (rest <= least) return 0;
  turn[REST] = rest;
  turn[RENEWED]++;
  return turn[SLICE];
}
