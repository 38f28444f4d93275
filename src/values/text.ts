/** Names and texts as they stand in literals and assembly: what printing writes and the assembler reads. */
import { escapeControls, LoadError } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import type { Attributes } from "./object.ts";

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name, key or tag: bare if it is an identifier, else in quotes. */
export function nameText(name: string): string {
  return IDENTIFIER.test(name) ? name : quote(name);
}

/** Texts are quoted in pieces, because JSON may need six units for one and a host's strings have an end. */
const PIECE = 2 ** 20;

/**
 * A text in JSON quotes, lone surrogates and characters that upset terminals as escapes.
 * LoadError if the result would be longer than a text may be.
 */
export function quote(text: string): string {
  let quoted = '"';
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + PIECE, text.length);
    if (isHighSurrogate(text.charCodeAt(end - 1))) end++;
    quoted += escapeControls(JSON.stringify(text.slice(start, end)).slice(1, -1));
    if (quoted.length > FIXED_LIMITS.stringLength.value)
      throw new LoadError("a text too long to be written with quotes");
    start = end;
  }
  return `${quoted}"`;
}

/** The first half of a pair of units that make one character. */
export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** The letters for the attributes of a member: `key!we: value`. */
export const ATTRIBUTE_LETTERS = {
  w: "writable",
  e: "enumerable",
  c: "configurable",
} as const satisfies Record<string, keyof Attributes>;
export type AttributeLetter = keyof typeof ATTRIBUTE_LETTERS;

/** `!` and the letters of the attributes that are true. */
export function attributesText(attributes: Attributes): string {
  const letters = Object.keys(ATTRIBUTE_LETTERS) as AttributeLetter[];
  return `!${letters.filter((letter) => attributes[ATTRIBUTE_LETTERS[letter]]).join("")}`;
}
