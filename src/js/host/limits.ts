/** What must be asked before the host makes something long: JavaScript's errors where a limit of values stands in the way. */
import { jsError } from "../../errors.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { LARGE_ALLOCATION, reserve } from "../../values/memory.ts";
import { isHighSurrogate } from "../../values/text.ts";
import { work } from "../../values/work.ts";

/** How an Array's elements are held: eight bytes each. */
const BYTES_PER_ELEMENT = 8;
/** What the host takes for a unit; half of it if all fit into eight bits, which nobody knows beforehand. */
const BYTES_PER_UNIT = 2;

/** Before a text of so many units is made. @throws ProgramError a RangeError, or `(system_limit, memory)` */
export function allowText(units: number): void {
  if (units > FIXED_LIMITS.stringLength.value) throw jsError("RangeError", "Invalid string length");
  reserve(units * BYTES_PER_UNIT);
}

/** The same, and counts the units. */
export function countText(units: number): void {
  allowText(units);
  work.units += units;
}

/** Before an Array of so many elements is made. Counts them. @throws ProgramError as `allowText` */
export function allowElements(count: number): void {
  allowLength(count);
  reserve(count * BYTES_PER_ELEMENT);
  work.values += count;
}

/** The same for what nobody counts. */
export function allowLength(length: number): void {
  if (length > FIXED_LIMITS.arrayLength.value) throw jsError("RangeError", "Invalid array length");
}

/** Before an Array grows from one length to another, which the host does by about half now and then. @throws ProgramError as `allowText` */
export function allowGrowth(from: number, to: number): void {
  allowLength(to);
  if (Math.clz32(from) !== Math.clz32(to)) reserve(2 * to * BYTES_PER_ELEMENT);
}

/** An Array or Object is visited once for each place where it is, and there may be far more places than there is memory. */
const MOST_OPENED = 2 ** 24;

/** While something is made of Arrays and Objects in others: so many were visited. @throws ProgramError a RangeError */
export function allowOpened(count: number, message = "Invalid string length"): void {
  if (count > MOST_OPENED) throw jsError("RangeError", message);
}

/** While many things are made of which nobody knows the number beforehand: asks for a large piece of memory now and then. */
export class Growth {
  #count = 0;
  #bytes = 0;
  readonly #each: number;

  /** @param bytes what one takes besides its place in an Array */
  constructor(bytes: number) {
    this.#each = bytes + BYTES_PER_ELEMENT;
  }

  /** There is one more, which takes so many bytes besides. @throws ProgramError as `allowText` */
  one(bytes = 0): void {
    allowLength(++this.#count);
    this.#bytes += this.#each + bytes;
    if (this.#bytes < LARGE_ALLOCATION) return;
    reserve(this.#bytes);
    this.#bytes = 0;
  }
}

/** What is passed to a function of the host by a spread goes onto its stack, which takes about ten times as many. */
export const MOST_SPREAD = 10_000;

/** So many parts wait until they become one text: what they take besides their units stays small. */
const MOST_PARTS = 1024;
/** A part that is asked for by itself. */
const LARGE_PART = LARGE_ALLOCATION / BYTES_PER_UNIT;

/** A text that is made of many parts, each of which may be asked for before it is known how long all will be. */
export class LongText {
  readonly #joined: string[] = [];
  #parts: string[] = [];
  #units = 0;

  /** @throws ProgramError as `allowText` */
  add(part: string): void {
    this.#units += part.length;
    if (part.length >= LARGE_PART) allowText(this.#units);
    if (this.#parts.push(part) === MOST_PARTS) this.#join();
  }

  #join(): void {
    allowText(this.#units);
    this.#joined.push(this.#parts.join(""));
    this.#parts = [];
  }

  /** All parts. @throws ProgramError as `allowText` */
  join(): string {
    this.#join();
    return this.#joined.length === 1 ? this.#joined[0] : this.#joined.join("");
  }
}

/** A large text in pieces that are none, without a cut through a character. */
export function* piecesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = start + LARGE_ALLOCATION;
    if (isHighSurrogate(text.charCodeAt(end - 1))) end++;
    yield text.slice(start, end);
    start = end;
  }
}

/** A text with so many blanks in front of each line but the first. @throws ProgramError as `allowText` */
export function indented(text: string, width: number): string {
  if (width === 0) return text;
  let units = text.length;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) units += width;
  allowText(units);
  return text.replaceAll("\n", `\n${" ".repeat(width)}`);
}

/** What the host refuses because it is too large even for it, as the error that the program gets; what else it throws as it is. */
export function tooLarge(error: unknown): unknown {
  return error instanceof RangeError ? jsError("RangeError", error.message) : error;
}

/** A text of a program as a part of a message, without end: a message may have several of them, and they must not be too long together. */
export function inMessage(text: string): string {
  const most = FIXED_LIMITS.printedLength.value;
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
