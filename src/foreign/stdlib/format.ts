/**
 * The text that PrintF prints.
 *
 * A placeholder is `{}`, or `{n}` with decimal digits. `{n}` stands for value n, counted from 0, if there
 * is such a value and n is written without leading zeros; else it stays as it is. Values for which no
 * `{n}` stands fill the `{}` in order; those left over are not printed.
 *
 * Called from version 2, the format is scanned once. Called from version 1, the text is replaced again
 * and again: value by value wherever its `{n}` stands, then the first `{}` by each of the others, also
 * inside texts already put in and where two texts meet. So a few short values can grow without end
 * (`{1}{1}`, `{2}{2}`…) and shrink again behind it, and the length of the result says nothing about the
 * work. Hence all texts made on the way count together: in the charge, and against the longest that a
 * String may be.
 */
import { FIXED_LIMITS } from "../../limits.ts";
import { print } from "../../values/print.ts";
import type { Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { wrongCount } from "../spec.ts";
import { allowText, joinTexts } from "./text.ts";

const OPEN = "{".charCodeAt(0);
const CLOSE = "}".charCodeAt(0);
const ZERO = "0".charCodeAt(0);
const NINE = "9".charCodeAt(0);

const EMPTY = "{}";
/** The number of `{}`. */
const NEXT = -1;
/** The number of a `{n}` that can be no value's. */
const NO_VALUE = -2;
const MOST_DIGITS = String(FIXED_LIMITS.arguments.value).length;

/** Units of a text in which placeholders are replaced at once. */
const PIECE = 2 ** 16;

interface Placeholder {
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/**
 * What PrintF prints.
 * @throws ForeignFailure if there are fewer values than placeholders
 * @throws ProgramError `(system_limit, string)`
 */
export function format(text: string, values: readonly Value[], version: 1 | 2): string {
  work.units += text.length;
  const found: Placeholder[] = [];
  let count = 0;
  scan(text, (start, end, number) => {
    // Not all: a hostile text has millions, and then it fails.
    if (count++ < values.length) found.push({ start, end, number });
  });
  if (count > values.length) throw wrongCount(count, values.length);
  return version === 1 ? replaceRepeatedly(text, values) : replaceOnce(text, found, values);
}

function replaceOnce(text: string, found: readonly Placeholder[], values: readonly Value[]): string {
  const named = new Set(found.map(({ number }) => number));
  // At least as many as there are `{}`, because there are as many values as placeholders.
  const others = [...values.keys()].filter((number) => !named.has(number));
  const texts: string[] = [];
  const parts: string[] = [];
  let at = 0;
  let filled = 0;
  for (const { start, end, number } of found) {
    const chosen = number === NEXT ? others[filled++] : number;
    if (chosen === NO_VALUE || chosen >= values.length) continue;
    texts[chosen] ??= print(values[chosen]);
    parts.push(text.slice(at, start), texts[chosen]);
    at = end;
  }
  parts.push(text.slice(at));
  return joinTexts(parts, "");
}

function replaceRepeatedly(text: string, values: readonly Value[]): string {
  let made = 0;
  const allow = (units: number): void => {
    made += units;
    work.units += units;
    allowText(made);
  };

  let result = text;
  const used = new Set<number>();
  const most = values.length;
  for (let next = nextNumber(result, 0, most); next !== null; next = nextNumber(result, next.number + 1, most)) {
    const { number, count } = next;
    used.add(number);
    const shown = print(values[number]);
    const placeholder = `{${number}}`;
    allow(result.length + count * (shown.length - placeholder.length));
    result = replaceAll(result, placeholder, shown);
  }
  for (const [number, value] of values.entries()) {
    if (used.has(number)) continue;
    const at = result.indexOf(EMPTY);
    if (at < 0) break;
    const shown = print(value);
    allow(result.length - EMPTY.length + shown.length);
    result = result.slice(0, at) + shown + result.slice(at + EMPTY.length);
  }
  return result;
}

/** The lowest number from `from` up to but not including `to` that has a `{n}`, and how many; null if none has. */
function nextNumber(text: string, from: number, to: number): { number: number; count: number } | null {
  let lowest = to;
  let count = 0;
  scan(text, (_start, _end, number) => {
    if (number === lowest) {
      count++;
    } else if (number >= from && number < lowest) {
      lowest = number;
      count = 1;
    }
  });
  return lowest === to ? null : { number: lowest, count };
}

/**
 * Replaces all placeholders of this text. The host's own replacing takes many times the memory of the
 * text when there are millions, so it gets the text in pieces.
 */
function replaceAll(text: string, placeholder: string, replacement: string): string {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    // In front of a `{` no placeholder is cut in two.
    const next = text.indexOf("{", start + PIECE);
    const end = next < 0 ? text.length : next;
    pieces.push(text.slice(start, end).split(placeholder).join(replacement));
    start = end;
  }
  return pieces.join("");
}

/** Visits the placeholders of a text from left to right, in time linear in its length. */
function scan(text: string, visit: (start: number, end: number, number: number) => void): void {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== OPEN) continue;
    const start = at;
    while (isDigit(text.charCodeAt(at + 1))) at++;
    if (text.charCodeAt(at + 1) !== CLOSE) continue;
    at++;
    visit(start, at + 1, numberOf(text, start + 1, at));
  }
}

/** NaN, which stands behind the end of a text, is none. */
function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= NINE;
}

/** What the digits from `start` to `end` mean. */
function numberOf(text: string, start: number, end: number): number {
  const digits = end - start;
  if (digits === 0) return NEXT;
  if (digits > MOST_DIGITS || (digits > 1 && text.charCodeAt(start) === ZERO)) return NO_VALUE;
  let number = 0;
  for (let at = start; at < end; at++) number = number * 10 + text.charCodeAt(at) - ZERO;
  return number;
}
