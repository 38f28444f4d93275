/** Parts of sequences, as JavaScript's `slice` takes them: below zero counts from the end, what is outside is cut. */

/** A place between 0 and the length. NaN is 0. */
export function place(index: number, length: number): number {
  const whole = Math.trunc(index) || 0;
  return whole < 0 ? Math.max(0, length + whole) : Math.min(whole, length);
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Never backwards: then it is empty. */
export function rangeOf(from: number, to: number, length: number): Range {
  const start = place(from, length);
  return { from: start, to: Math.max(start, place(to, length)) };
}

export const RANGE_TEXT =
  "from the index `from` up to, and without, `to`; below zero counts from the end, and Infinity is the end";
