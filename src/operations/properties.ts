/** GET_PROP and SET_PROP in full. */
import { systemLimit } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { Atom } from "../values/atom.ts";
import { Binary, FloatArray } from "../values/bytes.ts";
import { bindThis } from "../values/function.ts";
import { reserve } from "../values/memory.ts";
import { chainLength, getProperty, IonObject, type NativeKey, nativeKey, setProperty } from "../values/object.ts";
import { Tuple, typeOf, Undefined, type Value, type ValueArray } from "../values/value.ts";
import { work } from "../values/work.ts";
import { askFor, type ResultUse, USE_CALLED, USE_DROPPED, USE_REGISTER } from "./method-call.ts";

/** How an Array's elements are held: eight bytes each. */
const BYTES_PER_ELEMENT = 8;

/**
 * Reads a property of an Object, or an element or the length of an Array, Tuple, Float64Array or Binary. A function found has
 * `this` set unless it has one. Undefined (JavaScript's) if `__getattr__` must be called first.
 */
export function getProp(object: Value, key: Value): Value | undefined {
  if (object instanceof IonObject) {
    const native = keyOf(key);
    return native === undefined ? Undefined : readMember(object, native, key, USE_REGISTER);
  }
  if (Array.isArray(object)) return bound(readElement(object, key), object);
  if (object instanceof Tuple) return bound(readElement(object.items, key), object);
  if (object instanceof FloatArray) return readElement(object.items, key);
  if (object instanceof Binary) return readElement(object.bytes, key);
  return Undefined;
}

/** What CALL_METHOD finds without running anything of the program; JavaScript's undefined: nothing. */
export function findMethod(object: Value, name: Atom): Value | undefined {
  if (object instanceof IonObject) return getProperty(object, name.key);
  if (Array.isArray(object)) return readElement(object, name);
  return object instanceof Tuple ? readElement(object.items, name) : undefined;
}

/** What CALL_METHOD calls when it finds nothing: undefined if `__getattr__` must be asked first. */
export function missingMethod(object: Value, name: Atom): Value | undefined {
  return object instanceof IonObject ? missing(object, name, USE_CALLED) : Undefined;
}

function readMember(object: IonObject, native: NativeKey, key: Value, use: ResultUse): Value | undefined {
  const value = getProperty(object, native);
  return value === undefined ? missing(object, key, use) : bound(value, object);
}

/** The nearest `__getattr__` is called with the key. */
function missing(object: IonObject, key: Value, use: ResultUse): Value | undefined {
  // The search went through all prototypes in vain: a long chain of them is work.
  work.values += chainLength(object);
  const method = getProperty(object, "$__getattr__");
  return method === undefined ? Undefined : askFor(method, object, [key], use);
}

function bound(value: Value, self: Value): Value {
  return typeof value === "object" && typeOf(value) === "Function"
    ? bindThis(value as Parameters<typeof bindThis>[0], self)
    : value;
}

function readElement(items: ArrayLike<Value>, key: Value): Value {
  const index = indexOf(key);
  if (index !== undefined) return index < items.length ? items[index] : Undefined;
  return isLength(key) ? items.length : Undefined;
}

/**
 * Writes a property or an element. True: done. False: left alone, because the property is not writable
 * or the value has no such place. Undefined: `__setattr__` must be called.
 */
export function setProp(object: Value, key: Value, value: Value): boolean | undefined {
  if (object instanceof IonObject) {
    const native = keyOf(key);
    if (native === undefined) return false;
    const method = getProperty(object, "$__setattr__");
    if (method !== undefined) return askFor(method, object, [key, value], USE_DROPPED);
    return setProperty(object, native, value);
  }
  if (object instanceof FloatArray) return writeNumber(object, key, value);
  return Array.isArray(object) && writeElement(object, key, value);
}

/** A Float64Array has places for Numbers, and no more than it was made with. */
function writeNumber({ items, frozen }: FloatArray, key: Value, value: Value): boolean {
  const index = indexOf(key);
  if (index === undefined || index >= items.length || frozen || typeof value !== "number") return false;
  items[index] = value;
  return true;
}

/** An index beyond the end fills with Undefined. */
function writeElement(array: ValueArray, key: Value, value: Value): boolean {
  const index = indexOf(key);
  if (index === undefined) return false;
  if (index < array.length) {
    array[index] = value;
    return true;
  }
  if (index >= FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
  const added = index - array.length + 1;
  reserve(added * BYTES_PER_ELEMENT);
  work.values += added;
  while (array.length < index) array.push(Undefined);
  array.push(value);
  return true;
}

/** The native key of an Atom or a String; undefined for what is no key. */
export function keyOf(key: Value): NativeKey | undefined {
  if (key instanceof Atom) return key.key;
  return typeof key === "string" ? nativeKey(key) : undefined;
}

function isLength(key: Value): boolean {
  return key === "length" || (key instanceof Atom && key.name === "length");
}

/** A whole Number from 0, or a text of decimal digits; undefined for all else. */
function indexOf(key: Value): number | undefined {
  if (typeof key === "number") return key >= 0 && Number.isInteger(key) ? key : undefined;
  const text = key instanceof Atom ? key.name : key;
  return typeof text === "string" && /^[0-9]+$/.test(text) ? Number(text) : undefined;
}
