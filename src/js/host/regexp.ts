/**
 * RegExp on the host's. What was searched counts as work: the host may look at it more often than once, but how often only it
 * knows.
 */
import { jsError } from "../../errors.ts";
import { stamp } from "../../values/exotic.ts";
import { defineProperty, type IonObject, nativeKey } from "../../values/object.ts";
import { emptyArray, Undefined, Unit, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { at, type BuiltIn, fn, getter, intrinsic, method, variadicMethod } from "../built-in.ts";
import { toInteger, toNumber, toText } from "./convert.ts";
import { described } from "./describe.ts";
import { allowElements, Growth, LongText, tooLarge } from "./limits.ts";
import { isFresh, objectOf, objectWith, prototypeNamed } from "./make.ts";
import { createWith } from "./object.ts";
import { IteratorState, RegExpState, stateOf } from "./state.ts";
import { substitute } from "./string.ts";

function compile(source: string, flags: string): RegExp {
  work.units += source.length;
  try {
    return new RegExp(source, flags);
  } catch (error) {
    if (error instanceof SyntaxError) throw jsError("SyntaxError", error.message);
    throw tooLarge(error);
  }
}

/** From here on its `lastIndex` is a member of its own with a value, which may become one that cannot be written. */
function fill(object: IonObject, regexp: RegExp): IonObject {
  const attributes = { writable: true, enumerable: false, configurable: false };
  if (!defineProperty(object, "$lastIndex", 0, attributes)) {
    throw jsError("TypeError", "Cannot redefine property: lastIndex");
  }
  stamp(object, new RegExpState(regexp));
  return object;
}

export function makeRegExp(source: string, flags: string): IonObject {
  return fill(objectOf(prototypeNamed("RegExp.prototype")), compile(source, flags));
}

function construct(self: Value, pattern: Value, flags: Value): IonObject {
  const takesState = isFresh(self);
  const known = stateOf(pattern, RegExpState)?.regexp;
  if (!takesState && known !== undefined && flags === Undefined) return pattern as IonObject;
  const source = known?.source ?? (pattern === Undefined ? "(?:)" : toText(pattern));
  const made = compile(source, flags === Undefined ? (known?.flags ?? "") : toText(flags));
  return fill(takesState ? self : objectOf(prototypeNamed("RegExp.prototype")), made);
}

interface Pattern {
  readonly object: IonObject;
  readonly regexp: RegExp;
}

function patternOf(self: Value, name: string): Pattern {
  const regexp = stateOf(self, RegExpState)?.regexp;
  if (regexp !== undefined) return { object: self as IonObject, regexp };
  throw jsError("TypeError", `Method RegExp.prototype.${name} called on incompatible receiver ${described(self)}`);
}

function setLastIndex(object: IonObject, index: Value): void {
  try {
    object.$lastIndex = index;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw jsError("TypeError", "Cannot assign to read only property 'lastIndex' of object '[object RegExp]'");
  }
}

/** The host goes back to where it may have to go on otherwise, and remembers only so many places. */
function execute(regexp: RegExp, text: string): RegExpExecArray | null {
  try {
    return regexp.exec(text);
  } catch (error) {
    throw tooLarge(error);
  }
}

/** RegExpBuiltinExec. */
function run({ object, regexp }: Pattern, text: string): RegExpExecArray | null {
  const isStateful = regexp.global || regexp.sticky;
  const from = isStateful ? Math.max(0, toInteger(object.$lastIndex)) : 0;
  if (from > text.length) {
    work.units++;
    setLastIndex(object, 0);
    return null;
  }
  regexp.lastIndex = from;
  const found = execute(regexp, text);
  const end = found === null ? text.length : found.index + found[0].length;
  work.units += Math.max(end - from, 1);
  if (isStateful) setLastIndex(object, found === null ? 0 : regexp.lastIndex);
  return found;
}

type Result = ValueArray & { $index: Value; $input: Value; $groups: Value; $indices?: Value };

/** Members of an Array, as the host keeps them: enumerable, as those of JavaScript. */
function resultOf(found: RegExpExecArray): Value {
  allowElements(found.length);
  const result = [] as unknown as Result;
  for (let i = 0; i < found.length; i++) result.push(found[i] ?? Undefined);
  result.$index = found.index;
  result.$input = found.input;
  result.$groups = groupsOf(found.groups, (text) => text);
  if (found.indices !== undefined) {
    const indices = found.indices.map((pair) => (pair === undefined ? Undefined : [...pair])) as unknown as Result;
    indices.$groups = groupsOf(found.indices.groups, (pair) => [...pair]);
    result.$indices = indices;
  }
  return result;
}

function groupsOf<Part>(groups: Readonly<Record<string, Part>> | undefined, valueOf: (part: Part) => Value): Value {
  if (groups === undefined) return Undefined;
  const object = createWith(Unit);
  for (const [name, part] of Object.entries(groups)) {
    object[nativeKey(name)] = part === undefined ? Undefined : valueOf(part);
  }
  return object;
}

function exec(self: Value, text: Value, name: string): Value {
  const pattern = patternOf(self, name);
  const found = run(pattern, toText(text));
  return found === null ? Unit : resultOf(found);
}

/** Visits all that are found one after the other, or with a pattern that is not global the first. */
function eachFound(pattern: Pattern, text: string, visit: (found: RegExpExecArray) => void): void {
  if (!pattern.regexp.global) {
    const only = run(pattern, text);
    if (only !== null) visit(only);
    return;
  }
  setLastIndex(pattern.object, 0);
  for (let found = run(pattern, text); found !== null; found = run(pattern, text)) {
    visit(found);
    work.values++;
    if (found[0] === "") stepOver(pattern, text);
  }
}

/** What the host takes for a part of another text, and for all that it tells of one that it has found. */
const BYTES_PER_PART = 24;
const BYTES_PER_FOUND = 160;

function findAll(pattern: Pattern, text: string): ValueArray {
  const all = emptyArray();
  const growth = new Growth(BYTES_PER_FOUND);
  eachFound(pattern, text, (found) => {
    growth.one();
    all.push(resultOf(found));
  });
  return all;
}

/** Behind an empty match the next search begins one character on. */
function stepOver({ object, regexp }: Pattern, text: string): void {
  setLastIndex(object, behind(regexp, text, toInteger(object.$lastIndex)));
}

/** Where the next character is. */
function behind({ unicode }: RegExp, text: string, index: number): number {
  return index + (unicode && (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);
}

function match(pattern: Pattern, text: string): Value {
  if (!pattern.regexp.global) {
    const found = run(pattern, text);
    return found === null ? Unit : resultOf(found);
  }
  const all = emptyArray();
  const growth = new Growth(BYTES_PER_PART);
  eachFound(pattern, text, ([whole]) => {
    growth.one();
    all.push(whole);
  });
  return all.length === 0 ? Unit : all;
}

function replace(pattern: Pattern, text: string, replacement: string): string {
  const made = new LongText();
  let end = 0;
  eachFound(pattern, text, (found) => {
    made.add(text.slice(end, found.index));
    const named = found.groups === undefined ? null : new Map(Object.entries(found.groups));
    const [whole, ...groups] = found;
    made.add(substitute(replacement, { text, at: found.index, match: whole, groups, named }));
    end = found.index + whole.length;
  });
  made.add(text.slice(end));
  const replaced = made.join();
  work.units += replaced.length;
  return replaced;
}

function split({ regexp }: Pattern, text: string, limit: Value): ValueArray {
  const most = limit === Undefined ? 2 ** 32 - 1 : toNumber(limit) >>> 0;
  work.units += text.length;
  if (mostParts(regexp, text) > MANY_PARTS) return splitCarefully(regexp, text, most);
  const parts = splitByHost(regexp, text, most);
  allowElements(parts.length);
  return parts.map((part: string | undefined) => part ?? Undefined);
}

function splitByHost(regexp: RegExp, text: string, most: number): string[] {
  try {
    return text.split(regexp, most);
  } catch (error) {
    throw tooLarge(error);
  }
}

/** The host makes so many at once without being asked. */
const MANY_PARTS = 2 ** 20;
/** No more parts than this, by the brackets that may be groups. */
function mostParts({ source }: RegExp, text: string): number {
  return (text.length + 1) * source.split("(").length;
}

/** Split of ECMAScript, with a look at the limits after each part. */
function splitCarefully(regexp: RegExp, text: string, most: number): ValueArray {
  const splitter = new RegExp(regexp.source, `${regexp.flags.replace(/[gy]/g, "")}g`);
  const parts = emptyArray();
  const growth = new Growth(BYTES_PER_PART);
  // False: there are enough.
  const add = (part: string | undefined): boolean => {
    growth.one();
    work.values++;
    parts.push(part ?? Undefined);
    return parts.length < most;
  };
  if (most === 0) return parts;
  let start = 0;
  for (let from = 0; from < text.length; ) {
    splitter.lastIndex = from;
    const found = execute(splitter, text);
    if (found === null || found.index >= text.length) break;
    const end = found.index + found[0].length;
    if (end === start) {
      from = behind(regexp, text, start);
      continue;
    }
    const [, ...groups] = found;
    if (![text.slice(start, found.index), ...groups].every(add)) return parts;
    start = end;
    from = end;
  }
  add(text.slice(start));
  return parts;
}

class MatchIteratorState extends IteratorState {
  readonly prototype = "%RegExpStringIterator.prototype";
  readonly #text: string;
  #pattern: Pattern | null;
  constructor(pattern: Pattern | null, text: string) {
    super();
    this.#pattern = pattern;
    this.#text = text;
  }
  next(): Value | undefined {
    const pattern = this.#pattern;
    const found = pattern === null ? null : run(pattern, this.#text);
    if (pattern === null || found === null) {
      this.#pattern = null;
      return undefined;
    }
    if (found[0] === "") stepOver(pattern, this.#text);
    return resultOf(found);
  }
  emptyCopy(): MatchIteratorState {
    if (this.#pattern === null) return new MatchIteratorState(null, "");
    const { object, regexp } = this.#pattern;
    return new MatchIteratorState(clone(object, regexp), this.#text);
  }
}

/** With a `lastIndex` of its own. */
function clone(object: IonObject, regexp: RegExp): Pattern {
  const copy = fill(objectOf(prototypeNamed("RegExp.prototype")), regexp);
  setLastIndex(copy, toInteger(object.$lastIndex));
  return { object: copy, regexp };
}

function matchAll(pattern: Pattern, text: string): IonObject {
  return objectWith(new MatchIteratorState(clone(pattern.object, pattern.regexp), text));
}

function search({ object, regexp }: Pattern, text: string): number {
  const before = object.$lastIndex;
  setLastIndex(object, 0);
  const found = run({ object, regexp }, text);
  setLastIndex(object, before);
  return found === null ? -1 : found.index;
}

/** By the name of the getter: what of the host's RegExp it gives. */
const FLAGS = ["global", "ignoreCase", "multiline", "dotAll", "unicode", "sticky", "hasIndices", "flags"] as const;

export const REGEXP: readonly BuiltIn[] = [
  variadicMethod("RegExp", 2, (self, args) => construct(self, at(args, 0), at(args, 1))),
  intrinsic("%regexp", ["text", "text"], makeRegExp),
  fn("%isRegExp", 1, (value) => stateOf(value, RegExpState) !== undefined, false),
  fn("%isGlobal", 1, (value) => stateOf(value, RegExpState)?.regexp.global === true, false),
  method("RegExp.prototype.exec", 1, (self, text) => exec(self, text, "exec")),
  method("RegExp.prototype.test", 1, (self, text) => run(patternOf(self, "test"), toText(text)) !== null),
  method("RegExp.prototype.toString", 0, (self) => {
    const { regexp } = patternOf(self, "toString");
    return String(regexp);
  }),
  getter("RegExp.prototype.source", (self) => patternOf(self, "source").regexp.source),
  ...FLAGS.map((name) => getter(`RegExp.prototype.${name}`, (self) => patternOf(self, name).regexp[name])),
  intrinsic("%match", ["any", "text"], (pattern, text) => match(patternOf(pattern, "match"), text)),
  intrinsic("%matchAll", ["any", "text"], (pattern, text) => matchAll(patternOf(pattern, "matchAll"), text)),
  intrinsic("%findAll", ["any", "text"], (pattern, text) => findAll(patternOf(pattern, "exec"), text)),
  intrinsic("%search", ["any", "text"], (pattern, text) => search(patternOf(pattern, "search"), text)),
  intrinsic("%splitPattern", ["text", "any", "any"], (text, pattern, limit) => {
    return split(patternOf(pattern, "split"), text, limit);
  }),
  intrinsic("%replacePattern", ["text", "any", "text"], (text, pattern, replacement) => {
    return replace(patternOf(pattern, "replace"), text, replacement);
  }),
];
