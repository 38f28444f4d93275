/** Making texts and lists of their parts: what must be asked before the host does it. */
import { systemLimit } from "../../errors.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { reserve } from "../../values/memory.ts";
import { work } from "../../values/work.ts";

/** What the host takes for a unit; half of it if all fit into eight bits, which nobody knows beforehand. */
const BYTES_PER_UNIT = 2;
/** What the host takes for a part of another text and its place in an Array. */
const BYTES_PER_PART = 32;

/**
 * Called before a text of so many units is made.
 * @throws ProgramError if that is more than a String may have, or than there is memory for
 */
export function allowText(units: number): void {
  if (units > FIXED_LIMITS.stringLength.value) throw systemLimit("string");
  reserve(units * BYTES_PER_UNIT);
}

/**
 * Called before an Array of so many parts of a text is made.
 * @throws ProgramError if that is more than an Array may have, or than there is memory for
 */
export function allowParts(count: number): void {
  if (count > FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
  reserve(count * BYTES_PER_PART);
}

/** One text of several. Counts its units. @throws ProgramError as `allowText` */
export function joinTexts(texts: readonly string[], separator: string): string {
  let units = separator.length * Math.max(0, texts.length - 1);
  for (const text of texts) units += text.length;
  allowText(units);
  work.units += units;
  return texts.join(separator);
}

/** Pieces that are put together at once: a text that grows by one piece after the other takes thirty bytes for each. */
const PIECES_AT_ONCE = 4_096;

/** Makes a text of many pieces. Counts its units. */
export class TextBuilder {
  #pieces: string[] = [];
  readonly #finished: string[] = [];
  #units = 0;
  /** Up to here it is allowed; looked at each time it has doubled. */
  #allowed = PIECES_AT_ONCE;

  /** @throws ProgramError as `allowText` */
  add(piece: string): void {
    this.#units += piece.length;
    // Also where it fails later.
    work.units += piece.length;
    if (this.#units > this.#allowed) {
      allowText(this.#units);
      this.#allowed = Math.min(2 * this.#units, FIXED_LIMITS.stringLength.value);
    }
    if (this.#pieces.push(piece) === PIECES_AT_ONCE) this.#flush();
  }

  #flush(): void {
    this.#finished.push(this.#pieces.join(""));
    this.#pieces = [];
  }

  finish(): string {
    this.#flush();
    return this.#finished.join("");
  }
}
