/**
 * RegExp on the host's. What was searched counts as work: the host may look at it more often than once, but how often only it
 * knows.
 */
import { jsError } from "../../errors.ts";
import { stamp } from "../../values/exotic.ts";
import { defineProperty, IonObject, nativeKey } from "../../values/object.ts";
import { Undefined, Unit, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { at, type BuiltIn, fn, getter, method, variadicMethod } from "../built-in.ts";
import { toInteger, toNumber, toText } from "./convert.ts";
import { described } from "./describe.ts";
import { allowElements, allowText } from "./limits.ts";
import { objectOf, objectWith, prototypeNamed } from "./make.ts";
import { createWith } from "./object.ts";
import { BuiltInState, IteratorState, RegExpState, stateOf } from "./state.ts";
import { substitute } from "./string.ts";

function compile(source: string, flags: string): RegExp {
  work.units += source.length;
  try {
    return new RegExp(source, flags);
  } catch (error) {
    if (error instanceof SyntaxError) throw jsError("SyntaxError", error.message);
    throw error;
  }
}

function fill(object: IonObject, regexp: RegExp): IonObject {
  stamp(object, new RegExpState(regexp));
  defineProperty(object, "$lastIndex", 0, { writable: true, enumerable: false, configurable: false });
  return object;
}

export function makeRegExp(source: string, flags: string): IonObject {
  return fill(objectOf(prototypeNamed("RegExp.prototype")), compile(source, flags));
}

function construct(self: Value, pattern: Value, flags: Value): IonObject {
  const isFresh = self instanceof IonObject && stateOf(self, BuiltInState) === undefined;
  const known = stateOf(pattern, RegExpState)?.regexp;
  if (!isFresh && known !== undefined && flags === Undefined) return pattern as IonObject;
  const source = known?.source ?? (pattern === Undefined ? "(?:)" : toText(pattern));
  const made = compile(source, flags === Undefined ? (known?.flags ?? "") : toText(flags));
  return fill(isFresh ? self : objectOf(prototypeNamed("RegExp.prototype")), made);
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

function setLastIndex(object: IonObject, index: number): void {
  object.$lastIndex = index;
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
  const found = regexp.exec(text);
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

/** All that are found one after the other, or with a pattern that is not global the first. */
function findAll(pattern: Pattern, text: string): RegExpExecArray[] {
  if (!pattern.regexp.global) {
    const only = run(pattern, text);
    return only === null ? [] : [only];
  }
  const all: RegExpExecArray[] = [];
  setLastIndex(pattern.object, 0);
  for (let found = run(pattern, text); found !== null; found = run(pattern, text)) {
    all.push(found);
    allowElements(1);
    if (found[0] === "") stepOver(pattern, text);
  }
  return all;
}

/** Behind an empty match the next search begins one character on. */
function stepOver({ object, regexp }: Pattern, text: string): void {
  const index = toInteger(object.$lastIndex);
  const isWide = regexp.unicode && (text.codePointAt(index) ?? 0) > 0xffff;
  setLastIndex(object, index + (isWide ? 2 : 1));
}

function match(pattern: Pattern, text: string): Value {
  if (!pattern.regexp.global) {
    const found = run(pattern, text);
    return found === null ? Unit : resultOf(found);
  }
  const all = findAll(pattern, text);
  return all.length === 0 ? Unit : all.map(([whole]) => whole);
}

function replace(pattern: Pattern, text: string, replacement: string): string {
  const parts: string[] = [];
  let units = 0;
  const add = (made: string): void => {
    units += made.length;
    allowText(units);
    parts.push(made);
  };
  let end = 0;
  for (const found of findAll(pattern, text)) {
    add(text.slice(end, found.index));
    const named = found.groups === undefined ? null : new Map(Object.entries(found.groups));
    const [whole, ...groups] = found;
    add(substitute(replacement, { text, at: found.index, match: whole, groups, named }));
    end = found.index + whole.length;
  }
  add(text.slice(end));
  work.units += units;
  return parts.join("");
}

function split(pattern: Pattern, text: string, limit: Value): ValueArray {
  const most = limit === Undefined ? 2 ** 32 - 1 : toNumber(limit) >>> 0;
  work.units += text.length;
  const parts = text.split(pattern.regexp, most);
  allowElements(parts.length);
  return parts.map((part: string | undefined) => part ?? Undefined);
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
  setLastIndex(object, before as number);
  return found === null ? -1 : found.index;
}

/** By the name of the getter: what of the host's RegExp it gives. */
const FLAGS = ["global", "ignoreCase", "multiline", "dotAll", "unicode", "sticky", "hasIndices", "flags"] as const;

export const REGEXP: readonly BuiltIn[] = [
  variadicMethod("RegExp", 2, (self, args) => construct(self, at(args, 0), at(args, 1))),
  fn("%regexp", 2, (pattern, flags) => makeRegExp(pattern as string, flags as string)),
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
  fn("%match", 2, (pattern, text) => match(patternOf(pattern, "match"), text as string)),
  fn("%matchAll", 2, (pattern, text) => matchAll(patternOf(pattern, "matchAll"), text as string)),
  fn("%findAll", 2, (pattern, text) => findAll(patternOf(pattern, "exec"), text as string).map(resultOf)),
  fn("%search", 2, (pattern, text) => search(patternOf(pattern, "search"), text as string)),
  fn("%splitPattern", 3, (text, pattern, limit) => split(patternOf(pattern, "split"), text as string, limit)),
  fn("%replacePattern", 3, (text, pattern, replacement) => {
    return replace(patternOf(pattern, "replace"), text as string, toText(replacement));
  }),
];
