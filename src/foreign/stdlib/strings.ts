/** Functions of Strings, on UTF-16 units unless they say otherwise. */
import { FIXED_LIMITS } from "../../limits.ts";
import { add } from "../../operations/arithmetic.ts";
import { LARGE_ALLOCATION } from "../../values/memory.ts";
import { isHighSurrogate } from "../../values/text.ts";
import { work } from "../../values/work.ts";
import type { ForeignSpec, Parameter } from "../spec.ts";
import { splitText } from "./split.ts";
import { allowText } from "./text.ts";

const TEXT: Parameter = { name: "text", type: "String" };

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

export const STRINGS: readonly ForeignSpec[] = [
  {
    name: "StrLength",
    parameters: [TEXT],
    result: "Number",
    description: "The length in UTF-16 units.",
    pure: true,
    run: (args) => (args[0] as string).length,
  },
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
  {
    name: "StrConcat",
    parameters: [
      { name: "a", type: "String" },
      { name: "b", type: "String" },
    ],
    result: "String",
    description: "Both texts in one, as ADD.",
    charge: "the units of the result",
    pure: true,
    run: (args) => add(args[0], args[1]) as string,
  },
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
];
