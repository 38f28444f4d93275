/** Functions of Strings, on UTF-16 units unless they say otherwise. */
import { FIXED_LIMITS } from "../../limits.ts";
import { add } from "../../operations/arithmetic.ts";
import { LARGE_ALLOCATION } from "../../values/memory.ts";
import { isHighSurrogate } from "../../values/text.ts";
import { typeOf, Undefined, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type ForeignSpec, type Parameter, refusal } from "../spec.ts";
import { itemsOf } from "./arrays.ts";
import { direct } from "./direct.ts";
import { place, RANGE_TEXT, rangeOf } from "./ranges.ts";
import { TextSearch } from "./search.ts";
import { splitText } from "./split.ts";
import { allowParts, allowText, joinTexts, TextBuilder } from "./text.ts";

const TEXT: Parameter = { name: "text", type: "String" };
const PART: Parameter = { name: "part", type: "String" };

function number(name: string): Parameter {
  return { name, type: "Number" };
}

/** No unit becomes more than three in another case, such as U+0390 in upper case. */
const LARGEST_GROWTH = 3;

type Change = (text: string) => string;
const toUpper: Change = (text) => text.toUpperCase();
const toLower: Change = (text) => text.toLowerCase();

function changeCase(text: string, change: Change): string {
  const most = text.length * LARGEST_GROWTH;
  allowText(most <= FIXED_LIMITS.stringLength.value ? most : changedLength(text, change));
  const changed = change(text);
  work.units += changed.length;
  return changed;
}

/**
 * The length that a text will have, found piece by piece without making it. What a letter becomes may
 * depend on its neighbours (the final sigma), its length does not.
 */
function changedLength(text: string, change: Change): number {
  let length = 0;
  for (let start = 0; start < text.length; ) {
    let end = start + LARGE_ALLOCATION;
    if (isHighSurrogate(text.charCodeAt(end - 1))) end++;
    length += change(text.slice(start, end)).length;
    start = end;
  }
  return length;
}

function indexOf(text: string, part: string, from: number): number {
  work.units += text.length + part.length;
  return new TextSearch(part).indexIn(text, place(from, text.length));
}

/** What stands beside a text of this length. */
function padding(text: string, length: number, padding: string): string {
  const missing = Math.min(Math.trunc(length) || 0, Number.MAX_SAFE_INTEGER) - text.length;
  if (missing <= 0 || padding === "") {
    work.units += text.length;
    return "";
  }
  allowText(text.length + missing);
  work.units += text.length + missing;
  // Not more than that, even for a moment: it might be longer than a text can be.
  if (padding.length >= missing) return padding.slice(0, missing);
  return padding.repeat(Math.floor(missing / padding.length)) + padding.slice(0, missing % padding.length);
}

function codePoints(text: string): number[] {
  work.units += text.length;
  allowParts(text.length);
  const points: number[] = [];
  for (const character of text) points.push(character.codePointAt(0)!);
  work.values += points.length;
  return points;
}

const LARGEST_CODE_POINT = 0x10ffff;
/** The host takes so many arguments without asking for a larger stack. */
const POINTS_AT_ONCE = 1_024;

function fromCodePoints(items: readonly Value[]): string {
  work.values += items.length;
  const text = new TextBuilder();
  let points: number[] = [];
  for (const item of items) {
    if (!(typeof item === "number" && Number.isInteger(item) && item >= 0 && item <= LARGEST_CODE_POINT)) {
      throw refusal(
        `A code point is a whole Number from 0 to ${LARGEST_CODE_POINT}, got ${typeof item === "number" ? item : typeOf(item)}`,
      );
    }
    if (points.push(item) === POINTS_AT_ONCE) {
      text.add(String.fromCodePoint(...points));
      points = [];
    }
  }
  text.add(String.fromCodePoint(...points));
  return text.finish();
}

function radixOf(radix: number): number {
  if (Number.isInteger(radix) && radix >= 2 && radix <= 36) return radix;
  throw refusal(`A radix is a whole number from 2 to 36, got ${radix}`);
}

function parseWhole(text: string, radix: number): Value {
  work.units += text.length;
  const start = text[0] === "+" || text[0] === "-" ? 1 : 0;
  if (start === text.length) return Undefined;
  let first = -1;
  for (let i = start; i < text.length; i++) {
    const digit = digitOf(text.charCodeAt(i));
    if (!(digit < radix)) return Undefined;
    if (first < 0 && digit > 0) first = i;
  }
  // The host takes its time for those, too.
  if (first >= 0 && text.length - first > MOST_DIGITS) {
    return text[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return Number.parseInt(text, radix);
}

/** A whole number of more digits than that, in whatever radix, is more than a Number can be. */
const MOST_DIGITS = 1_024;

/** What a unit means as a digit; NaN: nothing. */
function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? lower - 0x61 + 10 : Number.NaN;
}

export const STRINGS: readonly ForeignSpec[] = [
  direct({
    name: "StrLength",
    parameters: [TEXT],
    result: "Number",
    description: "The length in UTF-16 units.",
    pure: true,
    direct: (text: string) => text.length,
  }),
  {
    name: "StrUpper",
    parameters: [TEXT],
    result: "String",
    description: "In upper case by the rules of Unicode, of no particular language; the result may be longer.",
    charge: "the units of the result",
    pure: true,
    run: (args) => changeCase(args[0] as string, toUpper),
  },
  {
    name: "StrLower",
    parameters: [TEXT],
    result: "String",
    description: "In lower case by the rules of Unicode, of no particular language; the result may be longer.",
    charge: "the units of the result",
    pure: true,
    run: (args) => changeCase(args[0] as string, toLower),
  },
  direct({
    name: "StrConcat",
    parameters: [
      { name: "a", type: "String" },
      { name: "b", type: "String" },
    ],
    result: "String",
    description: "Both texts in one, as ADD.",
    charge: "the units of the result",
    pure: true,
    direct: (a: string, b: string) => add(a, b) as string,
  }),
  {
    name: "StrSplit",
    parameters: [TEXT, { name: "delimiter", type: "String" }],
    result: "Array",
    description:
      'The parts between the delimiters, empty ones too. By `""`: the code points, without empty ends. ' +
      '`StrSplit("", ",")` is `[""]`, `StrSplit("", "")` is `[]`.',
    charge: "the units of both texts and the parts",
    // A fresh Array each time: its identity shows.
    pure: false,
    local: true,
    run: (args) => splitText(args[0] as string, args[1] as string),
  },
  {
    name: "StrTrim",
    parameters: [TEXT],
    result: "String",
    description: "Without white space at both ends, which is what JavaScript's `trim` takes for it.",
    charge: "the units of the argument",
    pure: true,
    run: (args) => {
      const text = args[0] as string;
      work.units += text.length;
      return text.trim();
    },
  },
  direct({
    name: "StrSlice",
    parameters: [TEXT, number("from"), number("to")],
    result: "String",
    description: `The units ${RANGE_TEXT}.`,
    charge: "the units of the result",
    pure: true,
    direct: (text: string, first: number, end: number) => {
      const { from, to } = rangeOf(first, end, text.length);
      work.units += to - from;
      return text.slice(from, to);
    },
  }),
  direct({
    name: "StrIndexOf",
    parameters: [TEXT, PART, number("from")],
    result: "Number",
    description: "The first index from `from` on at which the part stands; -1 if there is none.",
    charge: "the units of both",
    pure: true,
    direct: indexOf,
  }),
  direct({
    name: "StrContains",
    parameters: [TEXT, PART],
    result: "Boolean",
    description: "Does the part stand anywhere in the text?",
    charge: "the units of both",
    pure: true,
    direct: (text: string, part: string) => indexOf(text, part, 0) >= 0,
  }),
  direct({
    name: "StrStartsWith",
    parameters: [TEXT, PART],
    result: "Boolean",
    description: "Does the text begin with the part?",
    charge: "the units of the part",
    pure: true,
    direct: (text: string, part: string) => {
      work.units += part.length;
      return text.startsWith(part);
    },
  }),
  direct({
    name: "StrEndsWith",
    parameters: [TEXT, PART],
    result: "Boolean",
    description: "Does the text end with the part?",
    charge: "the units of the part",
    pure: true,
    direct: (text: string, part: string) => {
      work.units += part.length;
      return text.endsWith(part);
    },
  }),
  {
    name: "StrReplace",
    parameters: [TEXT, PART, { name: "replacement", type: "String" }],
    result: "String",
    description: "The text with the replacement wherever the part stands, from left to right. Fails for an empty part.",
    charge: "the units of the text, the part and the result, and the places",
    pure: true,
    run: (args) => {
      if (args[1] === "") throw refusal("Cannot replace an empty text");
      return joinTexts(splitText(args[0] as string, args[1] as string), args[2] as string);
    },
  },
  {
    name: "StrPadStart",
    parameters: [TEXT, number("length"), { name: "padding", type: "String" }],
    result: "String",
    description:
      "The text with the padding repeated in front of it, cut so that it has this length; a longer text as it is.",
    charge: "the units of the result",
    pure: true,
    run: (args) => padding(args[0] as string, args[1] as number, args[2] as string) + (args[0] as string),
  },
  {
    name: "StrPadEnd",
    parameters: [TEXT, number("length"), { name: "padding", type: "String" }],
    result: "String",
    description: "The same behind the text.",
    charge: "the units of the result",
    pure: true,
    run: (args) => (args[0] as string) + padding(args[0] as string, args[1] as number, args[2] as string),
  },
  direct({
    name: "StrCodePointAt",
    parameters: [TEXT, number("index")],
    result: "Any",
    description: "The code point that begins at this unit, a Number; Undefined outside of the text.",
    pure: true,
    direct: (text: string, index: number) => text.codePointAt(index) ?? Undefined,
  }),
  {
    name: "StrCodePoints",
    parameters: [TEXT],
    result: "Array",
    description: "A fresh Array of the code points, as Numbers. A lone surrogate is one of them.",
    charge: "the units of the text and the code points",
    pure: false,
    local: true,
    run: (args) => codePoints(args[0] as string),
  },
  {
    name: "StrFromCodePoints",
    parameters: [{ name: "codePoints", type: "Sequence" }],
    result: "String",
    description: "The text of these code points; fails for what is none.",
    charge: "the code points and the units of the result",
    pure: true,
    run: (args) => fromCodePoints(itemsOf(args[0])),
  },
  {
    name: "ParseNumber",
    parameters: [TEXT, number("radix")],
    result: "Any",
    description:
      "The whole number that the text says with this radix, from 2 to 36, a sign in front or not, and nothing else; Undefined " +
      "for any other text. Beyond 2^53 it is rounded.",
    charge: "the units of the text",
    pure: true,
    run: (args) => parseWhole(args[0] as string, radixOf(args[1] as number)),
  },
  {
    name: "FormatNumber",
    parameters: [number("number"), number("radix")],
    result: "String",
    description:
      "The number written with this radix, from 2 to 36, as JavaScript's `toString`; 10 gives what Print prints.",
    pure: true,
    run: (args) => (args[0] as number).toString(radixOf(args[1] as number)),
  },
  {
    name: "FormatFixed",
    parameters: [number("number"), number("digits")],
    result: "String",
    description: "The number with so many digits behind the point, from 0 to 100, as JavaScript's `toFixed`.",
    pure: true,
    run: (args) => {
      const digits = args[1] as number;
      if (!(Number.isInteger(digits) && digits >= 0 && digits <= 100)) {
        throw refusal(`Digits are a whole number from 0 to 100, got ${digits}`);
      }
      return (args[0] as number).toFixed(digits);
    },
  },
];
