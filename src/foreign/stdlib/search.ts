/** Searching texts in time linear in their size, whatever they contain. */
import { reserve } from "../../values/memory.ts";

/**
 * The host's search for texts longer than this can take time text × part: a megabyte of `a`, split
 * by ten thousand `a` with a `b` in the middle, took it seconds. Measured on V8, which looks at so many
 * units at the end of what it searches for when it decides how far to go on.
 */
export const HOST_SEARCHES = 250;

/** A text that is searched for. */
export class TextSearch {
  readonly #part: string;
  readonly #borders: Int32Array | null;

  constructor(part: string) {
    this.#part = part;
    this.#borders = part.length <= HOST_SEARCHES ? null : bordersOf(part);
  }

  /** The first index from `from` on at which it stands; -1: nowhere. */
  indexIn(text: string, from: number): number {
    const part = this.#part;
    const borders = this.#borders;
    if (borders === null) return text.indexOf(part, from);
    // The search of Knuth, Morris and Pratt.
    let matched = 0;
    for (let at = from; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      while (matched > 0 && part.charCodeAt(matched) !== unit) matched = borders[matched - 1];
      if (part.charCodeAt(matched) === unit) matched++;
      if (matched === part.length) return at - matched + 1;
    }
    return -1;
  }
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
