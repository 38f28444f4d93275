/** Object: members, attributes and prototypes. What reads values of members is library, since they may have getters. */
import { jsError } from "../../errors.ts";
import { realm } from "../../operations/js/realm.ts";
import { type Accessor, defineAccessor, ownAccessor } from "../../values/accessor.ts";
import { frozenArrays } from "../../values/frozen.ts";
import { FunctionValue } from "../../values/function.ts";
import { NULL_PROTOTYPE } from "../../values/null-prototype.ts";
import {
  IonObject,
  isFrozen,
  type NativeKey,
  nativeKey,
  noteAttributes,
  ownKeys,
  plainKey,
  setPrototypes,
} from "../../values/object.ts";
import { isSharedObject } from "../../values/shared.ts";
import { Undefined, Unit, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, fn, method } from "../built-in.ts";
import { fillTo, setLength, strictlyEqual } from "./array.ts";
import { isNullish, isObject, objectText, toBoolean, toKey, toText } from "./convert.ts";
import { described } from "./describe.ts";
import { Growth } from "./limits.ts";
import {
  type Descriptor,
  descriptorOf,
  enumerableNames,
  hasMember,
  hasOwnMember,
  holderOf,
  isIndex,
  membersOf,
  ownNames,
  plainMember,
  prototypeChain,
  prototypeOf,
  requireObject,
} from "./members.ts";

function keyText(value: Value): string {
  return plainKey(toKey(value));
}

/** What can have members of the program's. */
function target(value: Value, name: string): IonObject | FunctionValue | Value[] {
  if (isObject(value)) return value;
  throw jsError("TypeError", `${name} called on non-object`);
}

export function describeMember(value: Value, key: string): Value {
  const found = descriptorOf(value, key);
  if (found === undefined) return Undefined;
  const description = new IonObject();
  if ("value" in found) {
    description.$value = found.value;
    description.$writable = found.writable;
  } else {
    description.$get = found.accessor.get ?? Undefined;
    description.$set = found.accessor.set ?? Undefined;
  }
  description.$enumerable = found.enumerable;
  description.$configurable = found.configurable;
  return description;
}

/** What the host takes for the description of a member. */
const BYTES_PER_DESCRIPTION = 100;

function describeAll(value: Value): IonObject {
  const all = new IonObject();
  const growth = new Growth(BYTES_PER_DESCRIPTION);
  for (const name of ownNames(requireObject(value))) {
    growth.one();
    all[nativeKey(name)] = describeMember(value, name);
  }
  return all;
}

function has(description: Value, key: string): boolean {
  return hasMember(description, key);
}

function accessorPart(description: Value, name: "get" | "set"): FunctionValue | null | undefined {
  if (!has(description, name)) return undefined;
  const value = plainMember(description, name);
  if (value === Undefined) return null;
  if (value instanceof FunctionValue) return value;
  throw jsError("TypeError", `${name === "get" ? "Getter" : "Setter"} must be a function: ${described(value)}`);
}

/** `Object.defineProperty`. */
export function define(value: Value, key: string, description: Value): Value {
  const object = target(value, "Object.defineProperty");
  if (!isObject(description)) {
    throw jsError("TypeError", `Property description must be an object: ${described(description)}`);
  }
  const own = holderOf(object);
  if (own !== null && isSharedObject(own)) refused(own, nativeKey(key));
  const get = accessorPart(description, "get");
  const set = accessorPart(description, "set");
  const flag = (name: string): boolean | undefined => {
    return has(description, name) ? toBoolean(plainMember(description, name)) : undefined;
  };
  const flags = { writable: flag("writable"), enumerable: flag("enumerable"), configurable: flag("configurable") };
  if (get === undefined && set === undefined) {
    defineValue(object, key, has(description, "value") ? plainMember(description, "value") : undefined, flags);
    return value;
  }
  if (has(description, "value") || has(description, "writable")) {
    throw jsError(
      "TypeError",
      `Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, ${described(description)}`,
    );
  }
  const holder = Array.isArray(object) ? null : object instanceof IonObject ? object : membersOf(object);
  if (holder === null) throw jsError("TypeError", "An array cannot have accessors");
  const known = ownAccessor(holder, nativeKey(key));
  const accessor: Accessor = { get: get ?? known?.get ?? null, set: set ?? known?.set ?? null };
  defineAccessorOn(holder, nativeKey(key), accessor, flags);
  return value;
}

interface Flags {
  readonly writable: boolean | undefined;
  readonly enumerable: boolean | undefined;
  readonly configurable: boolean | undefined;
}

function refused(holder: IonObject | Value[], native: NativeKey): never {
  const key = plainKey(native);
  if (Object.hasOwn(holder, native)) throw jsError("TypeError", `Cannot redefine property: ${key}`);
  throw jsError("TypeError", `Cannot define property ${key}, object is not extensible`);
}

function defineAccessorOn(holder: IonObject, key: NativeKey, accessor: Accessor, flags: Flags): void {
  const before = Object.getOwnPropertyDescriptor(holder, key);
  const enumerable = flags.enumerable ?? before?.enumerable ?? false;
  if (!defineAccessor(holder, key, accessor, enumerable)) refused(holder, key);
  // Accessors are made so that they can be redefined.
  const configurable = flags.configurable ?? before?.configurable ?? false;
  if (!configurable) Reflect.defineProperty(holder, key, { configurable });
}

function defineValue(
  object: IonObject | FunctionValue | Value[],
  key: string,
  value: Value | undefined,
  flags: Flags,
): void {
  if (Array.isArray(object)) {
    // Without a value it is about attributes, and those of the length stay as they are.
    if (key !== "length" || value !== undefined) defineElement(object, key, value ?? Undefined);
    return;
  }
  const holder = object instanceof IonObject ? object : membersOf(object);
  const native = nativeKey(key);
  const given: PropertyDescriptor = {};
  for (const [name, flag] of Object.entries(flags) as [keyof Flags, boolean | undefined][]) {
    if (flag !== undefined) given[name] = flag;
  }
  const before = Object.getOwnPropertyDescriptor(holder, native);
  if (value !== undefined) given.value = value;
  // What has no value yet, or becomes one from an accessor, must have one.
  else if (before === undefined || (before.get !== undefined && flags.writable !== undefined)) given.value = Undefined;
  if (!(given.writable && given.configurable)) noteAttributes(holder);
  if (!Reflect.defineProperty(holder, native, given)) refused(holder, native);
  if (key === "prototype" && object instanceof FunctionValue) object.members!.maker = null;
}

/** An own element or member of an Array, which gets no holes. */
export function defineElement(array: ValueArray, key: string, value: Value): void {
  if (frozenArrays.has(array)) throw jsError("TypeError", `Cannot define property ${key}, object is not extensible`);
  if (key === "length") {
    setLength(array, value);
    return;
  }
  if (!isIndex(key)) {
    (array as unknown as IonObject)[nativeKey(key)] = value;
    return;
  }
  const index = Number(key);
  if (index >= array.length) fillTo(array, index + 1);
  array[index] = value;
}

type Closing = "freeze" | "seal" | "preventExtensions";
const CLOSERS: Readonly<Record<Closing, (object: IonObject) => unknown>> = {
  freeze: Object.freeze,
  seal: Object.seal,
  preventExtensions: Object.preventExtensions,
};

function close(value: Value, how: Closing): Value {
  if (Array.isArray(value)) {
    frozenArrays.add(value);
    return value;
  }
  const holder = value instanceof FunctionValue ? membersOf(value) : holderOf(value);
  if (holder === null) return value;
  if (isSharedObject(holder)) return value;
  work.values += ownKeys(holder).length;
  CLOSERS[how](holder);
  return value;
}

function isClosed(value: Value, how: Closing): boolean {
  if (Array.isArray(value)) return frozenArrays.has(value);
  const holder = holderOf(value);
  if (holder === null) return !(value instanceof FunctionValue);
  if (isSharedObject(holder)) return true;
  if (how === "preventExtensions") return !Object.isExtensible(holder);
  work.values += ownKeys(holder).length;
  return how === "freeze" ? isFrozen(holder) : Object.isSealed(holder);
}

/** @throws ProgramError unless it may be a prototype, or nothing in the place of one */
function checkPrototype(prototype: Value): void {
  if (prototype !== Unit && !isObject(prototype)) {
    throw jsError("TypeError", `Object prototype may only be an Object or null: ${described(prototype)}`);
  }
}

export function setPrototype(value: Value, prototype: Value): Value {
  checkPrototype(prototype);
  const holder = value instanceof FunctionValue ? membersOf(value) : holderOf(value);
  if (holder === null || prototypeOf(value) === prototype) return value;
  if (prototype === value) throw cyclic();
  if (prototype !== Unit) for (const each of prototypeChain(prototype)) if (each === value) throw cyclic();
  if (!inherit(holder, prototype)) throw jsError("TypeError", `${described(value)} is not extensible`);
  return value;
}

/** False if the object is closed. */
function inherit(holder: IonObject, prototype: Value): boolean {
  const given = prototype === Unit ? NULL_PROTOTYPE : prototypeHolder(prototype);
  const list = given === realm().prototype("Object") || given === realm().prototype("Function") ? [] : [given];
  return setPrototypes(holder, list);
}

function cyclic(): ReturnType<typeof jsError> {
  return jsError("TypeError", "Cyclic __proto__ value");
}

/** Static members are inherited from those of the other function. */
function prototypeHolder(prototype: Value): IonObject {
  if (prototype instanceof FunctionValue) return membersOf(prototype);
  if (prototype instanceof IonObject) return prototype;
  throw jsError("TypeError", "An array cannot be a prototype");
}

export function createWith(prototype: Value): IonObject {
  checkPrototype(prototype);
  const object = new IonObject();
  inherit(object, prototype);
  return object;
}

/** SameValue. */
function isSame(a: Value, b: Value): boolean {
  return typeof a === "number" ? Object.is(a, b) : strictlyEqual(a, b);
}

function isPrototypeOf(self: Value, value: Value): boolean {
  if (!isObject(value)) return false;
  for (const prototype of prototypeChain(value)) if (prototype === self) return true;
  return false;
}

/** The keys of one object that are not among those of another, with their values: `{a, ...rest}`. */
export function isEnumerableOwn(value: Value, key: string): boolean {
  const found: Descriptor | undefined = descriptorOf(value, key);
  return found?.enumerable === true;
}

export const OBJECT: readonly BuiltIn[] = [
  fn("Object", 1, (value) => (isNullish(value) ? new IonObject() : value)),
  fn("Object.keys", 1, (value) => enumerableNames(requireObject(value))),
  fn("Object.getOwnPropertyNames", 1, (value) => ownNames(requireObject(value))),
  fn("Object.getOwnPropertyDescriptor", 2, (value, key) => describeMember(requireObject(value), keyText(key))),
  fn("Object.getOwnPropertyDescriptors", 1, describeAll),
  fn("Object.getOwnPropertySymbols", 1, () => []),
  fn("Object.defineProperty", 3, (value, key, description) => define(value, keyText(key), description)),
  fn("Object.freeze", 1, (value) => close(value, "freeze")),
  fn("Object.isFrozen", 1, (value) => isClosed(value, "freeze")),
  fn("Object.seal", 1, (value) => close(value, "seal")),
  fn("Object.isSealed", 1, (value) => isClosed(value, "seal")),
  fn("Object.preventExtensions", 1, (value) => close(value, "preventExtensions")),
  fn("Object.isExtensible", 1, (value) => isObject(value) && !isClosed(value, "preventExtensions")),
  fn("Object.getPrototypeOf", 1, (value) => prototypeOf(requireObject(value))),
  fn("Object.setPrototypeOf", 2, (value, prototype) => {
    if (isNullish(value)) throw jsError("TypeError", "Object.setPrototypeOf called on null or undefined");
    return setPrototype(value, prototype);
  }),
  fn("%createWith", 1, createWith),
  fn("Object.is", 2, isSame),
  fn("Object.hasOwn", 2, (value, key) => hasOwnMember(requireObject(value), keyText(key))),
  method("Object.prototype.hasOwnProperty", 1, (self, key) => {
    const name = keyText(key);
    return hasOwnMember(requireObject(self), name);
  }),
  method("Object.prototype.isPrototypeOf", 1, isPrototypeOf),
  method("Object.prototype.propertyIsEnumerable", 1, (self, key) => isEnumerableOwn(requireObject(self), keyText(key))),
  method("Object.prototype.toString", 0, objectText),
  method("Object.prototype.valueOf", 0, (self) => requireObject(self)),
  fn("%isEnumerable", 2, (value, key) => isEnumerableOwn(value, toText(key))),
];
