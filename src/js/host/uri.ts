/** The four functions of URIs. */
import { jsError } from "../../errors.ts";
import type { Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, fn } from "../built-in.ts";
import { toText } from "./convert.ts";
import { allowText, countText } from "./limits.ts";

/** A unit becomes nine at most: three bytes, each written with three characters. */
const LARGEST_GROWTH = 9;

function converting(name: string, growth: number, convert: (text: string) => string): BuiltIn {
  return fn(name, 1, (value: Value) => {
    const text = toText(value);
    work.units += text.length;
    allowText(text.length * growth);
    try {
      const made = convert(text);
      countText(made.length);
      return made;
    } catch (error) {
      if (error instanceof URIError) throw jsError("URIError", "URI malformed");
      throw error;
    }
  });
}

export const URI: readonly BuiltIn[] = [
  converting("encodeURI", LARGEST_GROWTH, encodeURI),
  converting("encodeURIComponent", LARGEST_GROWTH, encodeURIComponent),
  converting("decodeURI", 1, decodeURI),
  converting("decodeURIComponent", 1, decodeURIComponent),
];
