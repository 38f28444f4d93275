/** Values with a name that are no functions. */
import { type Atom, atom } from "../values/atom.ts";

function membersOf<const Names extends readonly string[]>(
  owner: string,
  source: Readonly<Record<Names[number], number>>,
  names: Names,
): [string, number][] {
  return names.map((name) => [`${owner}.${name}`, source[name as Names[number]]]);
}

/** Numbers, which the compiler puts in the place of the name. */
export const CONSTANTS: ReadonlyMap<string, number> = new Map<string, number>([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ...membersOf("Math", Math, ["E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"]),
  ...membersOf("Number", Number, [
    "EPSILON",
    "MAX_SAFE_INTEGER",
    "MAX_VALUE",
    "MIN_SAFE_INTEGER",
    "MIN_VALUE",
    "NaN",
    "NEGATIVE_INFINITY",
    "POSITIVE_INFINITY",
  ]),
]);

/** Symbols are Atoms, and so keys. */
export const SYMBOLS: ReadonlyMap<string, Atom> = new Map([["Symbol.iterator", atom("@@iterator")]]);

/** Texts that prototypes have as members, by owner: names of errors, and what `Object.prototype.toString` says. */
export const TEXT_MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "Error.prototype": { name: "Error", message: "" },
  ...Object.fromEntries(
    ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "EvalError", "URIError", "AggregateError"].map(
      (name) => [`${name}.prototype`, { name, message: "" }],
    ),
  ),
  ...Object.fromEntries(
    ["Map", "Set", "WeakMap", "WeakSet"].map((name) => [`${name}.prototype`, { "@@toStringTag": name }]),
  ),
  ...Object.fromEntries(
    ["Array", "String", "Map", "Set", "RegExpString"].map((name) => [
      `%${name}Iterator.prototype`,
      { "@@toStringTag": name === "RegExpString" ? "RegExp String Iterator" : `${name} Iterator` },
    ]),
  ),
  "%Generator.prototype": { "@@toStringTag": "Generator" },
  Math: { "@@toStringTag": "Math" },
  JSON: { "@@toStringTag": "JSON" },
  console: { "@@toStringTag": "console" },
};

/** Constructors whose prototype and static members are inherited from those of another. */
export const PARENTS: Readonly<Record<string, string>> = Object.fromEntries(
  ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "EvalError", "URIError", "AggregateError"].map(
    (name) => [name, "Error"],
  ),
);
