/** The members of any value as JavaScript lists them: which there are, in which order, what is written about each. */
import { jsError } from "../../errors.ts";
import { receiverOf } from "../../operations/js/properties.ts";
import { realm } from "../../operations/js/realm.ts";
import { type Accessor, ownAccessor } from "../../values/accessor.ts";
import { FunctionMembers, FunctionValue, isOwned } from "../../values/function.ts";
import { reserve } from "../../values/memory.ts";
import { NULL_PROTOTYPE } from "../../values/null-prototype.ts";
import {
  type Attributes,
  hasOwn,
  IonObject,
  type NativeKey,
  nativeKey,
  ownKeys,
  ownProperty,
  plainKey,
  prototypesOf,
} from "../../values/object.ts";
import { PRIVATE } from "../../values/private-key.ts";
import { Undefined, Unit, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { isNullish } from "./convert.ts";
import { SYMBOL } from "./describe.ts";
import { jsLengthOf, jsNameOf } from "./function-text.ts";
import { allowElements } from "./limits.ts";

const SYMBOLS = new Set(["iterator", "toStringTag"].map((name) => SYMBOL + name));

/** Is the key a symbol to JavaScript? */
export function isSymbol(key: string): boolean {
  return key.startsWith(SYMBOL) && SYMBOLS.has(key);
}

export function isHidden(key: string): boolean {
  return isSymbol(key) || key.startsWith(PRIVATE);
}

/** A whole number from 0 as JavaScript writes it, which stands in front of all other keys. */
export function isIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  if (!(first >= 48 && first <= 57) || key.length > 10) return false;
  const number = Number(key);
  return Number.isInteger(number) && number < 2 ** 32 - 1 && String(number) === key;
}

function inOrder(keys: string[]): string[] {
  if (!keys.some(isIndex)) return keys;
  const indexes = keys.filter(isIndex).sort((a, b) => Number(a) - Number(b));
  return [...indexes, ...keys.filter((key) => !isIndex(key))];
}

/** What the host takes for the name of an element. */
const BYTES_PER_NAME = 32;

function allowNames(count: number): void {
  allowElements(count);
  reserve(count * BYTES_PER_NAME);
}

function count(length: number): ValueArray {
  allowNames(length);
  return Array.from({ length }, (_, i) => String(i));
}

/** Where members of the program are kept; null: a value has none but what its kind gives it. */
export function holderOf(value: Value): IonObject | null {
  if (value instanceof IonObject) return value;
  return value instanceof FunctionValue ? (value.members?.object ?? null) : null;
}

/** The own keys but the hidden ones, in JavaScript's order. */
export function ownNames(value: Value): string[] {
  if (typeof value === "string" || Array.isArray(value)) {
    return [...(count(value.length) as string[]), "length", ...extraNames(value)];
  }
  const holder = holderOf(value);
  const own = holder === null ? [] : visibleKeys(holder);
  if (!(value instanceof FunctionValue)) return own;
  const standard = ["length", "name"].filter((name) => !own.includes(name));
  return [...standard, ...own];
}

/** Members of an Array besides its elements, such as those of what a RegExp found. */
function extraNames(value: string | ValueArray): string[] {
  if (typeof value === "string") return [];
  const names = Object.getOwnPropertyNames(value);
  return names.length === value.length + 1 ? [] : names.filter((name) => name.startsWith("$")).map(stripped);
}

function stripped(name: string): string {
  return plainKey(name as NativeKey);
}

function visibleKeys(object: IonObject): string[] {
  return visible(ownKeys(object));
}

const AT = SYMBOL.charCodeAt(0);
const PRIVATE_UNIT = PRIVATE.charCodeAt(0);

/** Of native keys those that a listing shows, and whether some of them are indexes, which come first in it. */
function shownOf(keys: readonly NativeKey[]): { readonly shown: readonly NativeKey[]; readonly hasIndexes: boolean } {
  allowElements(keys.length);
  let shown: readonly NativeKey[] = keys;
  let hasIndexes = false;
  for (let i = 0; i < keys.length; i++) {
    const first = keys[i].charCodeAt(1);
    // Private ones and those of symbols.
    if ((first === AT || first === PRIVATE_UNIT) && isHidden(plainKey(keys[i]))) {
      if (shown === keys) shown = keys.filter((key) => !isHidden(plainKey(key)));
    } else hasIndexes ||= first >= 48 && first <= 57;
  }
  return { shown, hasIndexes };
}

function visible(keys: readonly NativeKey[]): string[] {
  const { shown, hasIndexes } = shownOf(keys);
  const names: string[] = [];
  for (const key of shown) names.push(plainKey(key));
  return hasIndexes ? inOrder(names) : names;
}

/** The keys of enumerable members, as an object itself has them. */
export function enumerableKeys(object: IonObject): readonly NativeKey[] {
  const { shown, hasIndexes } = shownOf(Object.keys(object) as NativeKey[]);
  return hasIndexes ? inOrder(shown.map(plainKey)).map(nativeKey) : shown;
}

/** The same without those that are not enumerable: `Object.keys`. */
export function enumerableNames(value: Value): string[] {
  if (typeof value === "string") return count(value.length) as string[];
  if (Array.isArray(value)) {
    allowNames(value.length);
    const names = Object.keys(value);
    return names.length === value.length ? names : [...(count(value.length) as string[]), ...extraNames(value)];
  }
  const holder = holderOf(value);
  if (holder === null) return [];
  return visible(Object.keys(holder) as NativeKey[]);
}

export function isEnumerableMember(object: IonObject, key: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(object, nativeKey(key));
}

export function hasOwnMember(value: Value, key: string): boolean {
  if (typeof value === "string" || Array.isArray(value)) {
    if (key === "length") return true;
    if (isIndex(key)) return Number(key) < value.length;
    return Array.isArray(value) && Object.hasOwn(value, nativeKey(key));
  }
  if (value instanceof FunctionValue && (key === "name" || key === "length")) return true;
  if (value instanceof FunctionValue && key === "prototype" && value.members === null) return isOwned(value);
  const holder = holderOf(value);
  return holder !== null && hasOwn(holder, nativeKey(key));
}

export type Descriptor = Attributes & ({ readonly value: Value } | { readonly accessor: Accessor });

/** Undefined: there is no such member. */
export function descriptorOf(value: Value, key: string): Descriptor | undefined {
  if (!hasOwnMember(value, key)) return undefined;
  if (typeof value === "string" || Array.isArray(value)) {
    const isText = typeof value === "string";
    const isLength = key === "length";
    const found = isLength
      ? value.length
      : isIndex(key)
        ? value[Number(key)]
        : (value as unknown as IonObject)[nativeKey(key)];
    return { value: found, writable: !isText, enumerable: !isLength, configurable: !isText && !isLength };
  }
  const holder = holderOf(value);
  const native = nativeKey(key);
  const accessor = holder === null ? undefined : ownAccessor(holder, native);
  const property = holder === null ? undefined : ownProperty(holder, native);
  if (property === undefined) {
    const found = key === "name" ? jsNameOf(value as FunctionValue) : jsLengthOf(value as FunctionValue);
    return { value: found, writable: false, enumerable: false, configurable: true };
  }
  const { enumerable, configurable } = property;
  if (accessor !== undefined) return { accessor, writable: false, enumerable, configurable };
  // Members of built-ins are made when they are first read.
  const found = property.value ?? holder![native] ?? Undefined;
  return { value: found, writable: property.writable ?? false, enumerable, configurable };
}

/** The members of a function, which has some from now on. */
export function membersOf(value: FunctionValue): IonObject {
  value.members ??= new FunctionMembers(new IonObject());
  return value.members.object;
}

/** What `Object.getPrototypeOf` gives; Unit: none. */
export function prototypeOf(value: Value): Value {
  const builtIns = realm();
  if (value instanceof FunctionValue) return parentOf(value) ?? builtIns.prototype("Function");
  if (!(value instanceof IonObject)) return builtIns.prototype(receiverOf(value));
  const [first] = prototypesOf(value);
  if (first === NULL_PROTOTYPE) return Unit;
  if (first !== undefined) return first;
  const ofAll = builtIns.prototype("Object");
  return value === ofAll ? Unit : ofAll;
}

/** The class that a class is derived from: its static members are inherited from those of the other. */
export function parentOf(value: FunctionValue): FunctionValue | undefined {
  const members = value.members?.object;
  const [inherited] = members === undefined ? [] : prototypesOf(members);
  const constructor = inherited?.$prototype instanceof IonObject ? inherited.$prototype.$constructor : undefined;
  return constructor instanceof FunctionValue ? constructor : undefined;
}

/** The objects that a member is searched in behind the value itself, nearest first. */
export function* prototypeChain(value: Value): Generator<Value> {
  const seen = new Set<Value>();
  for (let next = prototypeOf(value); next !== Unit && !seen.has(next); next = prototypeOf(next)) {
    work.values++;
    seen.add(next);
    yield next;
  }
}

export function hasMember(value: Value, key: string): boolean {
  if (hasOwnMember(value, key)) return true;
  for (const prototype of prototypeChain(value)) if (hasOwnMember(prototype, key)) return true;
  return false;
}

/** What `for in` visits. */
export function keysIn(value: Value): ValueArray {
  if (isNullish(value)) return [];
  const names = enumerableNames(value);
  let seen: Set<string> | null = null;
  for (const prototype of prototypeChain(value)) {
    const holder = holderOf(prototype);
    if (holder === null || holder === realm().prototype("Object")) continue;
    const own = enumerableNames(prototype);
    if (own.length === 0) continue;
    seen ??= new Set(ownNames(value));
    for (const name of own) {
      if (!seen.has(name)) names.push(name);
      seen.add(name);
    }
  }
  return names;
}

/** A value whose members can be asked for. @throws ProgramError for Undefined and Unit */
export function requireObject(value: Value): Value {
  if (isNullish(value)) throw jsError("TypeError", "Cannot convert undefined or null to object");
  return value;
}

/** An own or inherited member that is no accessor; Undefined if there is none. */
export function plainMember(value: Value, key: string): Value {
  for (const each of [value, ...prototypeChain(value)]) {
    const found = descriptorOf(each, key);
    if (found !== undefined) return "value" in found ? found.value : Undefined;
  }
  return Undefined;
}
