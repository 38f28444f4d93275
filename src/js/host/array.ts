/** Array: all that calls nothing back. Arrays never have holes. */

import { jsError } from "../../errors.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { same } from "../../values/equality.ts";
import { frozenArrays } from "../../values/frozen.ts";
import { getProperty, IonObject } from "../../values/object.ts";
import { emptyArray, Undefined, Unit, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { at, type BuiltIn, fn, intrinsic, method, quickVariadicMethod, variadic, variadicMethod } from "../built-in.ts";
import { isNullish, toInteger, toIntegerOr, toPlace, toText } from "./convert.ts";
import { allowElements, allowGrowth, allowOpened, countText, MOST_SPREAD } from "./limits.ts";

/** Methods that V8 names where there is nothing to call them on. */
const NAMED: ReadonlySet<Value> = new Set(
  "map filter forEach reduce reduceRight find findIndex findLast findLastIndex some every concat indexOf".split(" "),
);

/**
 * For methods that only read: an Array, or a fresh one of what is like an Array.
 * @param name of the method
 */
export function elementsOf(self: Value, name: Value): ValueArray {
  if (Array.isArray(self)) return self;
  if (isNullish(self)) throw onNothing(name);
  if (typeof self === "string") {
    allowElements(self.length);
    return self.split("");
  }
  return self instanceof IonObject ? arrayLike(self) : emptyArray();
}

function onNothing(name: Value): ReturnType<typeof jsError> {
  if (!NAMED.has(name)) return jsError("TypeError", "Cannot convert undefined or null to object");
  return jsError("TypeError", `Array.prototype.${name} called on null or undefined`);
}

export function arrayLike(object: IonObject): ValueArray {
  const length = Math.min(Math.max(toInteger(getProperty(object, "$length") ?? Undefined), 0), Number.MAX_SAFE_INTEGER);
  allowElements(length);
  const made = emptyArray();
  for (let i = 0; i < length; i++) made.push(getProperty(object, `$${i}`) ?? Undefined);
  return made;
}

/** For methods that change it. */
function changing(self: Value, name: string): ValueArray {
  if (isNullish(self)) throw onNothing(name);
  if (!Array.isArray(self)) throw jsError("TypeError", `Array.prototype.${name} called on what is no array`);
  if (frozenArrays.has(self)) {
    throw jsError("TypeError", `Cannot assign to read only property '0' of object '[object Array]'`);
  }
  return self;
}

/** @param args the Array, then what is put behind its elements */
function push(args: readonly Value[]): number {
  const array = growing(args[0], "push");
  const { length } = array;
  allowGrowth(length, length + args.length - 1);
  work.values += args.length >> 2;
  for (let i = 1; i < args.length; i++) array.push(args[i]);
  return array.length;
}

function growing(self: Value, name: string): ValueArray {
  if (Array.isArray(self) && frozenArrays.has(self)) {
    throw jsError("TypeError", `Cannot add property ${self.length}, object is not extensible`);
  }
  return changing(self, name);
}

function pop(self: Value): Value {
  return changing(self, "pop").pop() ?? Undefined;
}

/** The host moves all others, unless there are many: then it may move where they begin. */
function shift(self: Value): Value {
  const array = changing(self, "shift");
  work.values += array.length >> 4;
  return array.shift() ?? Undefined;
}

function unshift(self: Value, values: readonly Value[]): number {
  const array = growing(self, "unshift");
  allowGrowth(array.length, array.length + values.length);
  work.values += (array.length >> 4) + values.length;
  insert(array, 0, values);
  return array.length;
}

function insert(array: ValueArray, place: number, values: readonly Value[]): void {
  if (values.length <= MOST_SPREAD) {
    array.splice(place, 0, ...values);
    return;
  }
  const behind = array.splice(place);
  for (const value of values) array.push(value);
  for (const value of behind) array.push(value);
}

function slice(self: Value, from: Value, to: Value): ValueArray {
  const array = elementsOf(self, "slice");
  const start = toPlace(from, array.length, 0);
  const end = toPlace(to, array.length, array.length);
  if (start >= end) return emptyArray();
  allowElements(end - start);
  return array.slice(start, end);
}

interface Splice {
  readonly start: number;
  readonly count: number;
}

function spliceOf(array: ValueArray, args: readonly Value[]): Splice {
  const start = toPlace(at(args, 0), array.length, 0);
  if (args.length === 0) return { start, count: 0 };
  const rest = array.length - start;
  return { start, count: args.length === 1 ? rest : Math.min(Math.max(toInteger(args[1]), 0), rest) };
}

function splice(self: Value, args: readonly Value[]): ValueArray {
  const array = changing(self, "splice");
  const { start, count } = spliceOf(array, args);
  const added = args.slice(2);
  allowGrowth(array.length, array.length + added.length - count);
  allowElements(count);
  work.values += added.length + ((array.length - start) >> 4);
  const taken = array.splice(start, count);
  insert(array, start, added);
  return taken;
}

function toSpliced(self: Value, args: readonly Value[]): ValueArray {
  const array = elementsOf(self, "toSpliced");
  const { start, count } = spliceOf(array, args);
  allowElements(array.length - count + Math.max(0, args.length - 2));
  return [...array.slice(0, start), ...args.slice(2), ...array.slice(start + count)];
}

function concat(self: Value, args: readonly Value[]): ValueArray {
  const parts = [self, ...args];
  allowElements(parts.reduce((count: number, part) => count + (Array.isArray(part) ? part.length : 1), 0));
  const made = emptyArray();
  for (const part of parts) {
    if (!Array.isArray(part)) made.push(part);
    else for (let i = 0; i < part.length; i++) made.push(part[i]);
  }
  return made;
}

/** `===` of JavaScript: Functions by identity, all else as the VM's SAME. */
export function strictlyEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object") {
    return typeof a === "string" && typeof b === "string" && a.length === b.length && same(a, b);
  }
  if (Array.isArray(a) || Array.isArray(b)) return false;
  return a.kind !== "Function" && a.kind !== "Object" && same(a, b);
}

/** SameValueZero. */
export function equalOrNaN(a: Value, b: Value): boolean {
  return strictlyEqual(a, b) || (Number.isNaN(a) && Number.isNaN(b));
}

/** The host compares as JavaScript does what has an identity, and what JavaScript has; others are compared one by one. */
function isPlain(value: Value): boolean {
  if (typeof value !== "object" || Array.isArray(value)) return true;
  return value.kind === "Object" || value.kind === "Function" || value === Undefined || value === Unit;
}

function indexOf(self: Value, value: Value, from: Value): number {
  const array = elementsOf(self, "indexOf");
  const start = toPlace(from, array.length, 0);
  if (isPlain(value)) {
    if (typeof value === "string") work.units += value.length;
    const found = array.indexOf(value, start);
    work.values += (found < 0 ? array.length : found) - start;
    return found;
  }
  for (let i = start; i < array.length; i++) {
    work.values++;
    if (strictlyEqual(array[i], value)) return i;
  }
  return -1;
}

function lastIndexOf(self: Value, args: readonly Value[]): number {
  const array = elementsOf(self, "lastIndexOf");
  const value = at(args, 0);
  const from = args.length > 1 ? toInteger(args[1]) : array.length - 1;
  for (let i = from < 0 ? array.length + from : Math.min(from, array.length - 1); i >= 0; i--) {
    work.values++;
    if (strictlyEqual(array[i], value)) return i;
  }
  return -1;
}

function includes(self: Value, value: Value, from: Value): boolean {
  const array = elementsOf(self, "includes");
  if (isPlain(value)) {
    const start = toPlace(from, array.length, 0);
    if (typeof value === "string") work.units += value.length;
    work.values += array.length - start;
    return array.includes(value, start);
  }
  for (let i = toPlace(from, array.length, 0); i < array.length; i++) {
    work.values++;
    if (equalOrNaN(array[i], value)) return true;
  }
  return false;
}

function reverse(self: Value): ValueArray {
  const array = changing(self, "reverse");
  work.values += array.length;
  return array.reverse();
}

function toReversed(self: Value): ValueArray {
  const array = elementsOf(self, "toReversed");
  allowElements(array.length);
  return array.slice().reverse();
}

function fill(self: Value, value: Value, from: Value, to: Value): ValueArray {
  const array = changing(self, "fill");
  const start = toPlace(from, array.length, 0);
  const end = toPlace(to, array.length, array.length);
  work.values += Math.max(0, end - start);
  return array.fill(value, start, end);
}

function copyWithin(self: Value, target: Value, from: Value, to: Value): ValueArray {
  const array = changing(self, "copyWithin");
  const { length } = array;
  const end = toPlace(to, length, length);
  work.values += length;
  return array.copyWithin(toPlace(target, length, 0), toPlace(from, length, 0), end);
}

interface OpenArray {
  readonly array: ValueArray;
  next: number;
}

function flat(self: Value, depth: Value): ValueArray {
  const most = toIntegerOr(depth, 1);
  const made = emptyArray();
  let opened = 0;
  const open: OpenArray[] = [{ array: elementsOf(self, "flat"), next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (top.next === top.array.length) {
      open.pop();
      continue;
    }
    const item = top.array[top.next++];
    if (Array.isArray(item) && open.length <= most) {
      // An Array in itself would go on for ever.
      if (open.length > FIXED_LIMITS.nesting.value) throw jsError("RangeError", "Maximum call stack size exceeded");
      allowOpened(++opened, "Invalid array length");
      open.push({ array: item, next: 0 });
    } else {
      allowGrowth(made.length, made.length + 1);
      made.push(item);
    }
    work.values++;
  }
  return made;
}

function elementAt(self: Value, index: Value): Value {
  const array = elementsOf(self, "at");
  const place = toInteger(index);
  return array.at(place) ?? Undefined;
}

function withElement(self: Value, index: Value, value: Value): ValueArray {
  const array = elementsOf(self, "with");
  const relative = toInteger(index);
  const place = relative < 0 ? array.length + relative : relative;
  if (place < 0 || place >= array.length) throw jsError("RangeError", `Invalid index : ${toText(index)}`);
  allowElements(array.length);
  const made = array.slice();
  made[place] = value;
  return made;
}

function ofLength(length: Value): ValueArray {
  if (typeof length !== "number") return [length];
  if (!Number.isInteger(length) || length < 0) throw jsError("RangeError", "Invalid array length");
  allowElements(length);
  const made = emptyArray();
  for (let i = 0; i < length; i++) made.push(Undefined);
  return made;
}

/** Also with `new`, since it gives an Array of its own. */
function construct(args: readonly Value[]): ValueArray {
  return args.length === 1 ? ofLength(args[0]) : args.slice();
}

/** `array.length = n`. */
export function setLength(array: ValueArray, value: Value): void {
  const length = typeof value === "number" ? value : Number.NaN;
  if (!Number.isInteger(length) || length < 0 || length > 2 ** 32 - 1) {
    throw jsError("RangeError", "Invalid array length");
  }
  if (length <= array.length) array.length = length;
  else fillTo(array, length);
}

/** Arrays have no holes: what was not there becomes Undefined. */
export function fillTo(array: ValueArray, length: number): void {
  allowGrowth(array.length, length);
  allowElements(length - array.length);
  while (array.length < length) array.push(Undefined);
}

function join(texts: readonly string[], separator: string): string {
  let units = separator.length * Math.max(0, texts.length - 1);
  for (const text of texts) units += text.length;
  countText(units);
  work.values += texts.length;
  return texts.join(separator);
}

export const ARRAY: readonly BuiltIn[] = [
  variadic("Array", 1, construct),
  fn("Array.isArray", 1, (value) => Array.isArray(value), false),
  variadic("Array.of", 0, (args) => args.slice()),
  quickVariadicMethod("Array.prototype.push", 1, push),
  method("Array.prototype.pop", 0, pop),
  method("Array.prototype.shift", 0, shift),
  variadicMethod("Array.prototype.unshift", 1, unshift),
  method("Array.prototype.slice", 2, slice),
  variadicMethod("Array.prototype.splice", 2, splice),
  variadicMethod("Array.prototype.toSpliced", 2, toSpliced),
  variadicMethod("Array.prototype.concat", 1, concat),
  method("Array.prototype.indexOf", 1, indexOf),
  variadicMethod("Array.prototype.lastIndexOf", 1, lastIndexOf),
  method("Array.prototype.includes", 1, includes),
  method("Array.prototype.reverse", 0, reverse),
  method("Array.prototype.toReversed", 0, toReversed),
  method("Array.prototype.fill", 1, fill),
  method("Array.prototype.copyWithin", 2, copyWithin),
  method("Array.prototype.flat", 0, flat),
  method("Array.prototype.at", 1, elementAt),
  method("Array.prototype.with", 2, withElement),
  // `join` and `toString` themselves are library; without objects this does it.
  intrinsic("%join", ["texts", "text"], join),
];
