/** String: all that calls nothing back. Lengths are known before the host makes a text. */
import { jsError } from "../../errors.ts";
import { TextSearch } from "../../foreign/stdlib/search.ts";
import { splitText } from "../../foreign/stdlib/split.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { Undefined, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, intrinsic, method, variadic, variadicMethod } from "../built-in.ts";
import { isNullish, toInteger, toIntegerOr, toNumber, toPlace, toText } from "./convert.ts";
import { allowElements, allowText, countText, Growth, LongText, MOST_SPREAD, piecesOf } from "./limits.ts";
import { RegExpState, stateOf } from "./state.ts";

type OnText = (text: string, a: Value, b: Value) => Value;

/** A method whose `this` may be anything but Undefined and Unit. */
function onText(name: string, length: number, operation: OnText): BuiltIn {
  return method(`String.prototype.${name}`, length, (self, a, b) => operation(thisText(self, name), a, b));
}

export function thisText(self: Value, name: string): string {
  if (typeof self === "string") return self;
  if (isNullish(self)) {
    const shown = name === "trimStart" ? "trimLeft" : name === "trimEnd" ? "trimRight" : name;
    throw jsError("TypeError", `String.prototype.${shown} called on null or undefined`);
  }
  return toText(self);
}

/** What `includes` and its like are asked for must not be a RegExp. */
function partOf(value: Value, name: string): string {
  if (stateOf(value, RegExpState) !== undefined) {
    throw jsError("TypeError", `First argument to String.prototype.${name} must not be a regular expression`);
  }
  return toText(value);
}

function clamp(value: Value, length: number): number {
  return Math.min(Math.max(toInteger(value), 0), length);
}

export function indexIn(text: string, part: string, from: number): number {
  work.units += text.length - from + part.length;
  return new TextSearch(part).indexIn(text, from);
}

function lastIndexOf(text: string, value: Value, from: Value): number {
  const part = toText(value);
  const number = toNumber(from);
  const start = Number.isNaN(number) ? text.length : Math.min(Math.max(Math.trunc(number), 0), text.length);
  work.units += Math.min(text.length, start + part.length) + part.length;
  return lastIndexIn(text, part, start);
}

/** The host's search backwards takes time text × part; where the part is long, the text is searched turned around. */
function lastIndexIn(text: string, part: string, from: number): number {
  if (part.length <= 250) return text.lastIndexOf(part, from);
  const end = Math.min(text.length, from + part.length);
  const found = new TextSearch(turned(part)).indexIn(turned(text.slice(0, end)), 0);
  return found < 0 ? -1 : end - found - part.length;
}

function turned(text: string): string {
  allowText(text.length);
  return text.split("").reverse().join("");
}

function slice(text: string, from: Value, to: Value): string {
  const start = toPlace(from, text.length, 0);
  return part(text, start, toPlace(to, text.length, text.length));
}

function substring(text: string, from: Value, to: Value): string {
  const a = clamp(from, text.length);
  const b = to === Undefined ? text.length : clamp(to, text.length);
  return part(text, Math.min(a, b), Math.max(a, b));
}

function substr(text: string, from: Value, length: Value): string {
  const start = toPlace(from, text.length, 0);
  return part(text, start, Math.min(start + Math.max(toIntegerOr(length, text.length), 0), text.length));
}

function part(text: string, from: number, to: number): string {
  if (to > from) work.units += to - from;
  return from < to ? text.slice(from, to) : "";
}

function repeat(text: string, times: Value): string {
  const count = toInteger(times);
  if (count < 0 || count === Number.POSITIVE_INFINITY) {
    throw jsError("RangeError", `Invalid count value: ${toText(times)}`);
  }
  if (text === "") return "";
  countText(text.length * count);
  return text.repeat(count);
}

function padding(text: string, length: Value, filler: Value): string {
  const missing = toInteger(length) - text.length;
  const unit = filler === Undefined ? " " : toText(filler);
  if (missing <= 0 || unit === "") return "";
  countText(text.length + missing);
  return unit.repeat(Math.floor(missing / unit.length)) + unit.slice(0, missing % unit.length);
}

/** No unit becomes more than three in another case, such as U+0390 in upper case. */
const CASE_GROWTH = 3;
/** In NFKD the unit U+FDFA becomes 18. */
const FORM_GROWTH = 18;

function changed(text: string, growth: number, change: (text: string) => string): string {
  const most = text.length * growth;
  if (most <= FIXED_LIMITS.stringLength.value) allowText(most);
  else allowText(changedLength(text, change));
  const made = change(text);
  work.units += text.length + made.length;
  return made;
}

/** Found piece by piece without making it. */
function changedLength(text: string, change: (text: string) => string): number {
  let length = 0;
  for (const piece of piecesOf(text)) length += change(piece).length;
  return length;
}

const FORMS = ["NFC", "NFD", "NFKC", "NFKD"];

function normalize(text: string, form: Value): string {
  const name = form === Undefined ? "NFC" : toText(form);
  if (!FORMS.includes(name)) {
    throw jsError("RangeError", `The normalization form should be one of ${FORMS.join(", ")}.`);
  }
  return changed(text, FORM_GROWTH, (each) => each.normalize(name));
}

function trimmed(name: "trim" | "trimStart" | "trimEnd", shown: string = name): BuiltIn {
  return onText(shown, 0, (text) => {
    work.units += text.length;
    return text[name]();
  });
}

/** `split` by a text; RegExps are split elsewhere. */
export function splitByText(text: string, separator: Value, limit: Value): ValueArray {
  const most = limit === Undefined ? 2 ** 32 - 1 : toNumber(limit) >>> 0;
  const by = separator === Undefined ? null : toText(separator);
  if (most === 0) return [];
  if (by === null) return [text];
  if (by !== "") return cut(splitText(text, by), most);
  const count = Math.min(text.length, most);
  allowElements(count);
  work.units += count;
  return text.split("", most);
}

function cut(parts: string[], most: number): string[] {
  return parts.length > most ? parts.slice(0, most) : parts;
}

/** What stands for `$1` and its like in a replacement. */
export interface Found {
  readonly text: string;
  readonly at: number;
  readonly match: string;
  /** Undefined: took no part. */
  readonly groups: readonly (string | undefined)[];
  readonly named: ReadonlyMap<string, string> | null;
}

/** GetSubstitution. */
export function substitute(replacement: string, found: Found): string {
  if (!replacement.includes("$")) return replacement;
  let units = replacement.length;
  return replacement.replace(/\$(?:\$|&|`|'|\d\d?|<([^>]*)>)/g, (code: string, name: string | undefined) => {
    const made = substituted(code, name, found);
    units += made.length;
    // A few signs may stand for the whole text each.
    allowText(units);
    return made;
  });
}

function substituted(code: string, name: string | undefined, found: Found): string {
  const { text, at: index, match, groups, named } = found;
  const sign = code[1];
  if (sign === "$") return "$";
  if (sign === "&") return match;
  if (sign === "`") return text.slice(0, index);
  if (sign === "'") return text.slice(index + match.length);
  if (sign === "<") return named === null ? code : (named.get(name!) ?? "");
  const two = Number(code.slice(1));
  if (two >= 1 && two <= groups.length) return groups[two - 1] ?? "";
  const one = Number(sign);
  if (code.length === 3 && one >= 1 && one <= groups.length) return (groups[one - 1] ?? "") + code[2];
  return code;
}

/** `replace` and `replaceAll` with texts: the places where the part stands. */
export function placesOf(text: string, value: string, all: boolean): number[] {
  const search = new TextSearch(value);
  const places: number[] = [];
  const growth = new Growth(0);
  work.units += text.length + value.length;
  const step = Math.max(1, value.length);
  for (let place = search.indexIn(text, 0); place >= 0; ) {
    growth.one();
    places.push(place);
    if (!all || place + step > text.length) break;
    place = search.indexIn(text, place + step);
  }
  return places;
}

export function replaceText(text: string, value: string, replacement: string, all: boolean): string {
  const made = new LongText();
  let end = 0;
  const places = placesOf(text, value, all);
  allowElements(places.length);
  for (const place of places) {
    made.add(text.slice(end, place));
    made.add(substitute(replacement, { text, at: place, match: value, groups: [], named: null }));
    end = place + value.length;
  }
  made.add(text.slice(end));
  return counted(made);
}

function counted(made: LongText): string {
  const text = made.join();
  work.units += text.length;
  return text;
}

function fromCodes(args: readonly Value[]): string {
  if (args.length <= MOST_SPREAD) return String.fromCharCode(...args.map(toNumber));
  const text = new LongText();
  for (const value of args) text.add(String.fromCharCode(toNumber(value)));
  return text.join();
}

function fromCodePoints(args: readonly Value[]): string {
  const text = new LongText();
  for (const value of args) {
    const point = toNumber(value);
    if (!Number.isInteger(point) || point < 0 || point > 0x10ffff) {
      throw jsError("RangeError", `Invalid code point ${point}`);
    }
    text.add(String.fromCodePoint(point));
  }
  return text.join();
}

function codePointAt(text: string, index: Value): Value {
  return text.codePointAt(toInteger(index)) ?? Undefined;
}

const byLocale = new Intl.Collator("en-US");

export const STRING: readonly BuiltIn[] = [
  variadic("String.fromCharCode", 1, fromCodes),
  variadic("String.fromCodePoint", 1, fromCodePoints),
  onText("at", 1, (text, index) => {
    const place = toInteger(index);
    return text.at(place) ?? Undefined;
  }),
  onText("charAt", 1, (text, index) => text.charAt(toInteger(index))),
  onText("charCodeAt", 1, (text, index) => text.charCodeAt(toInteger(index))),
  onText("codePointAt", 1, codePointAt),
  onText("slice", 2, slice),
  onText("substring", 2, substring),
  onText("substr", 2, substr),
  onText("indexOf", 1, (text, value, from) => {
    const searched = toText(value);
    return indexIn(text, searched, clamp(from, text.length));
  }),
  onText("lastIndexOf", 1, lastIndexOf),
  onText("includes", 1, (text, value, from) => {
    const searched = partOf(value, "includes");
    return indexIn(text, searched, clamp(from, text.length)) >= 0;
  }),
  onText("startsWith", 1, (text, value, from) => {
    const searched = partOf(value, "startsWith");
    work.units += searched.length;
    return text.startsWith(searched, clamp(from, text.length));
  }),
  onText("endsWith", 1, (text, value, to) => {
    const searched = partOf(value, "endsWith");
    work.units += searched.length;
    return text.endsWith(searched, to === Undefined ? text.length : clamp(to, text.length));
  }),
  trimmed("trim"),
  trimmed("trimStart"),
  trimmed("trimEnd"),
  trimmed("trimStart", "trimLeft"),
  trimmed("trimEnd", "trimRight"),
  onText("padStart", 1, (text, length, filler) => padding(text, length, filler) + text),
  onText("padEnd", 1, (text, length, filler) => text + padding(text, length, filler)),
  onText("repeat", 1, repeat),
  variadicMethod("String.prototype.concat", 1, (self, args) => {
    const texts = [thisText(self, "concat"), ...args.map(toText)];
    countText(texts.reduce((units, each) => units + each.length, 0));
    return texts.join("");
  }),
  onText("toUpperCase", 0, (text) => changed(text, CASE_GROWTH, (each) => each.toUpperCase())),
  onText("toLowerCase", 0, (text) => changed(text, CASE_GROWTH, (each) => each.toLowerCase())),
  onText("toLocaleUpperCase", 0, (text) => changed(text, CASE_GROWTH, (each) => each.toUpperCase())),
  onText("toLocaleLowerCase", 0, (text) => changed(text, CASE_GROWTH, (each) => each.toLowerCase())),
  onText("localeCompare", 1, (text, other) => {
    const with_ = toText(other);
    work.units += text.length + with_.length;
    return byLocale.compare(text, with_);
  }),
  onText("normalize", 0, normalize),
  onText("isWellFormed", 0, (text) => {
    work.units += text.length;
    return !LONE_SURROGATE.test(text);
  }),
  onText("toWellFormed", 0, (text) => {
    countText(text.length);
    return text.replace(LONE_SURROGATES, "\ufffd");
  }),
  method("String.prototype.toString", 0, (self) => onlyText(self, "toString")),
  method("String.prototype.valueOf", 0, (self) => onlyText(self, "valueOf")),
  // What has a RegExp or a function in it is library; these are what is left then.
  intrinsic("%splitText", ["text", "any", "any"], splitByText),
  intrinsic("%replaceText", ["text", "text", "text", "boolean"], replaceText),
  intrinsic("%placesOf", ["text", "text", "boolean"], placesOf),
  intrinsic("%rawText", ["any", "texts"], rawText),
];

const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

function onlyText(self: Value, name: string): string {
  if (typeof self === "string") return self;
  throw jsError("TypeError", `String.prototype.${name} requires that 'this' be a String`);
}

/** `String.raw`. What is neither an Array nor a text has no parts. */
function rawText(raw: Value, values: readonly string[]): string {
  const made = new LongText();
  const parts: ArrayLike<Value> = Array.isArray(raw) || typeof raw === "string" ? raw : [];
  for (let i = 0; i < parts.length; i++) {
    made.add(toText(parts[i]));
    if (i + 1 < parts.length && i < values.length) made.add(values[i]);
  }
  return counted(made);
}
