/** Splitting texts in time linear in their size, whatever they contain. */
import { LARGE_ALLOCATION, reserve } from "../../values/memory.ts";
import { work } from "../../values/work.ts";
import { allowParts } from "./text.ts";

/**
 * The host's search for texts longer than this can take time text × delimiter: a megabyte of `a`, split
 * by ten thousand `a` with a `b` in the middle, took it seconds. Measured on V8, which looks at so many
 * units at the end of what it searches for when it decides how far to go on.
 */
const HOST_SEARCHES = 250;

/**
 * The parts of a text between the delimiters; by "" its code points.
 * Counts the units of both texts and the parts.
 * @throws ProgramError if there are more parts than an Array may have
 */
export function splitText(text: string, delimiter: string): string[] {
  work.units += text.length + delimiter.length;
  const parts = split(text, delimiter);
  work.values += parts.length;
  return parts;
}

function split(text: string, delimiter: string): string[] {
  if (delimiter.length > HOST_SEARCHES) return splitAtLong(text, delimiter);
  // Smaller texts cannot have too many parts; for large ones it must be known before the host makes them.
  if (text.length >= LARGE_ALLOCATION) allowParts(countParts(text, delimiter));
  return delimiter === "" ? [...text] : text.split(delimiter);
}

function countParts(text: string, delimiter: string): number {
  if (delimiter === "") return countCodePoints(text);
  let count = 1;
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + delimiter.length)) count++;
  return count;
}

function countCodePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.codePointAt(at)! > 0xffff) at++;
    count++;
  }
  return count;
}

/** The search of Knuth, Morris and Pratt. */
function splitAtLong(text: string, delimiter: string): string[] {
  if (delimiter.length > text.length) return [text];
  const borders = bordersOf(delimiter);
  const parts: string[] = [];
  let start = 0;
  let matched = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && delimiter.charCodeAt(matched) !== unit) matched = borders[matched - 1];
    if (delimiter.charCodeAt(matched) === unit) matched++;
    if (matched === delimiter.length) {
      parts.push(text.slice(start, at + 1 - matched));
      start = at + 1;
      matched = 0;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** For each beginning of a text, the length of the longest text that it both begins and ends with, itself aside. */
function bordersOf(text: string): Int32Array {
  reserve(text.length * Int32Array.BYTES_PER_ELEMENT);
  const borders = new Int32Array(text.length);
  let matched = 0;
  for (let at = 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && text.charCodeAt(matched) !== unit) matched = borders[matched - 1];
    if (text.charCodeAt(matched) === unit) matched++;
    borders[at] = matched;
  }
  return borders;
}
