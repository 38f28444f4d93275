/** What only the library calls: the quick ways, where no function of the program has a say. */
import { jsError } from "../../errors.ts";
import { ConversionNeeded, type Hint } from "../../operations/js/conversion-needed.ts";
import { Binary, FloatArray } from "../../values/bytes.ts";
import { frozenArrays } from "../../values/frozen.ts";
import { reserve } from "../../values/memory.ts";
import { IonObject, ownKeys, plainKey } from "../../values/object.ts";
import { print } from "../../values/print.ts";
import { emptyArray, Tuple, Undefined, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, badArgument, fn, intrinsic } from "../built-in.ts";
import { elementsOf } from "./array.ts";
import { isNullish, isObject, joinArray, toPrimitive, toText } from "./convert.ts";
import { callSite } from "./describe.ts";
import { allowElements, Growth } from "./limits.ts";
import { enumerableNames, holderOf, isEnumerableMember, isSymbol } from "./members.ts";
import { DateState, EntryIteratorState, MapState, SetState, stateOf } from "./state.ts";

/** What it gives, or Undefined if only a function of the program can say it. */
function unlessAsked(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof ConversionNeeded) return Undefined;
    throw error;
  }
}

function quickPrimitive(value: Value, hint: Value): Value {
  if (typeof value !== "object" || isNullish(value)) return value;
  if (!isObject(value)) return value.kind === "Atom" ? value : print(value);
  if (!isHint(hint)) throw badArgument(hint);
  return unlessAsked(() => toPrimitive(value, hint));
}

function isHint(value: Value): value is Hint {
  return value === "number" || value === "string" || value === "default";
}

/** Of values that are lists, and that JavaScript has not. */
function sequence(value: Value): Value {
  if (value instanceof Tuple) return copied(value.items);
  if (value instanceof FloatArray) return copied(value.items);
  return value instanceof Binary ? copied(value.bytes) : Undefined;
}

function copied(items: ArrayLike<Value>): ValueArray {
  allowElements(items.length);
  const array = emptyArray();
  for (let i = 0; i < items.length; i++) array.push(items[i]);
  return array;
}

/** False: it must be iterated over by its own methods. */
function appendQuickly(array: ValueArray, value: Value): boolean {
  if (frozenArrays.has(array)) throw badArgument(array);
  const items = quickItems(value);
  if (items === null) return false;
  // It may be the Array itself.
  const { length } = items;
  allowElements(array.length + length);
  work.values -= array.length;
  for (let i = 0; i < length; i++) array.push(items[i]);
  return true;
}

/** What the host takes for a character of two units, and for an entry of a Map as an Array of its own. */
const BYTES_PER_CHARACTER = 24;
const BYTES_PER_ENTRY = 64;

function quickItems(value: Value): ArrayLike<Value> | null {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") {
    allowElements(value.length);
    reserve((value.length / 2) * BYTES_PER_CHARACTER);
    return [...value];
  }
  const items = sequence(value);
  if (items !== Undefined) return items as ValueArray;
  // A class derived from Map or Set may iterate in its own way.
  if (!(value instanceof IonObject) || !isOfBuiltIn(value)) return null;
  const set = stateOf(value, SetState);
  if (set?.tag === "Set") return [...set.set];
  const map = stateOf(value, MapState);
  if (map?.tag === "Map") {
    reserve(map.map.size * BYTES_PER_ENTRY);
    return [...map.map];
  }
  const iterator = stateOf(value, EntryIteratorState);
  if (iterator === undefined) return null;
  const rest = iterator.rest();
  iterator.object = Undefined;
  return rest;
}

/** Has it no prototype but that of its class? Those of built-ins are frozen, and so is what they iterate by. */
function isOfBuiltIn(value: IonObject): boolean {
  const prototype = Object.getPrototypeOf(value) as IonObject;
  return (
    Object.isFrozen(prototype) &&
    Object.getPrototypeOf(prototype) === IonObject.prototype &&
    !Object.hasOwn(value, "$@@iterator") &&
    Object.hasOwn(prototype, "$@@iterator") &&
    !Object.hasOwn(value, "$next")
  );
}

/** For `sort`, which writes. */
function sortable(self: Value): ValueArray {
  if (!Array.isArray(self)) throw jsError("TypeError", "Array.prototype.sort called on what is no array");
  if (!frozenArrays.has(self)) return self;
  throw jsError("TypeError", "Cannot assign to read only property '0' of object '[object Array]'");
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Indexes of texts in their order; equal ones stay as they stand. */
function orderOf(texts: readonly string[]): number[] {
  allowElements(texts.length);
  work.values += texts.length * Math.ceil(Math.log2(texts.length + 1));
  for (const text of texts) work.units += text.length;
  return [...texts.keys()].sort((a, b) => compareTexts(texts[a], texts[b]));
}

/** A sorted copy, Undefined at the end; Undefined if an element is an object. */
function sortedByText(array: ValueArray): Value {
  const items: Value[] = [];
  const texts: string[] = [];
  const growth = new Growth(0);
  let missing = 0;
  for (const item of array) {
    if (item === Undefined) missing++;
    else if (typeof item === "object" && isObject(item)) return Undefined;
    else {
      const text = toText(item);
      growth.one(text === item ? 0 : text.length);
      items.push(item);
      texts.push(text);
    }
  }
  const sorted: ValueArray = orderOf(texts).map((index) => items[index]);
  for (; missing > 0; missing--) sorted.push(Undefined);
  return sorted;
}

/** The keys that `{...source}` takes over, symbols among them. */
function copiedKeys(source: Value): ValueArray {
  if (isNullish(source)) return emptyArray();
  const names = enumerableNames(source);
  const holder = holderOf(source);
  if (holder === null) return names;
  for (const key of ownKeys(holder)) {
    const name = plainKey(key);
    if (isSymbol(name) && isEnumerableMember(holder, name)) names.push(name);
  }
  return names;
}

export const INTRINSICS: readonly BuiltIn[] = [
  fn("%quickPrimitive", 2, quickPrimitive),
  fn("%callSite", 1, (value) => callSite(value)),
  fn("%isObject", 1, (value) => isObject(value), false),
  fn("%isDate", 1, (value) => stateOf(value, DateState) !== undefined, false),
  fn("%sequence", 1, sequence),
  intrinsic("%appendQuickly", ["array", "any"], appendQuickly),
  fn("%view", 2, elementsOf),
  intrinsic("%quickJoin", ["array", "text"], (array, separator) => unlessAsked(() => joinArray(array, separator))),
  fn("%sortable", 1, sortable),
  intrinsic("%sortedByText", ["array"], sortedByText),
  intrinsic("%orderOfTexts", ["texts"], orderOf),
  fn("%copiedKeys", 1, copiedKeys),
];
