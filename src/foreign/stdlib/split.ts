/** Splitting texts in time linear in their size, whatever they contain. */
import { LARGE_ALLOCATION } from "../../values/memory.ts";
import { work } from "../../values/work.ts";
import { HOST_SEARCHES, TextSearch } from "./search.ts";
import { allowParts } from "./text.ts";

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
  if (delimiter.length > HOST_SEARCHES) return splitAt(text, new TextSearch(delimiter), delimiter.length);
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

function splitAt(text: string, search: TextSearch, length: number): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = search.indexIn(text, 0); at >= 0; at = search.indexIn(text, start)) {
    parts.push(text.slice(start, at));
    start = at + length;
  }
  parts.push(text.slice(start));
  return parts;
}
