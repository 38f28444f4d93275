/**
 * JS_GET, JS_SET and the search of methods, in full. Engines handle members that are simply there, and elements of Arrays.
 */
import { jsError, systemLimit } from "../../errors.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { type Accessor, findAccessor, holderOf, met } from "../../values/accessor.ts";
import { Atom } from "../../values/atom.ts";
import { Binary, FloatArray } from "../../values/bytes.ts";
import { frozenArrays } from "../../values/frozen.ts";
import { FunctionMembers, FunctionValue, isOwned } from "../../values/function.ts";
import { keyOfText, SMALL_KEYS } from "../../values/keys.ts";
import { reserve } from "../../values/memory.ts";
import { inheritsNothing } from "../../values/null-prototype.ts";
import {
  ALL_ATTRIBUTES,
  chainLength,
  defineProperty,
  getProperty,
  hasOwn,
  IonObject,
  type NativeKey,
  nativeKey,
  ownProperty,
  plainKey,
} from "../../values/object.ts";
import { isPrivate, shownName } from "../../values/private-key.ts";
import { Complex, Tagged, Tuple, Undefined, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type ResultUse, USE_CALLED, USE_DROPPED, USE_REGISTER } from "../method-call.ts";
import { askIntrinsic } from "./arithmetic.ts";
import { isNullish, isPrimitive, toText } from "./convert.ts";
import { jsNameOf, plainName } from "./function-name.ts";
import { ask, type Receiver, realm } from "./realm.ts";

const BYTES_PER_ELEMENT = 8;

/** The member or element; undefined (JavaScript's) if something must be called first. @throws ProgramError */
export function jsGet(object: Value, key: Value): Value | undefined {
  if (key instanceof Atom && object instanceof IonObject && object.prototypeList === undefined) {
    return memberOfPlain(object, key.key);
  }
  if (typeof key === "number" && isSequence(object)) {
    const items = elementsOf(object);
    if (key >= 0 && key < items.length) {
      const item = items[key];
      if (item !== undefined) return item;
    }
  }
  if (isNullish(object))
    throw jsError("TypeError", `Cannot read properties of ${toText(object)} (reading '${shownKey(key)}')`);
  if (!isPrimitive(key)) return askIntrinsic("%get", [object, key]);
  const native = nativeOf(key);
  const value = ownValue(object, native);
  return value ?? inherited(object, native, USE_REGISTER);
}

/** As `jsGet`, of most Objects: one native read says whether the member is there, and if not, whether it has a getter. */
function memberOfPlain(object: IonObject, key: NativeKey): Value | undefined {
  met.accessor = null;
  const value = object[key];
  if (value !== undefined) return value;
  work.values += chainLength(object);
  const accessor = met.accessor as Accessor | null;
  if (accessor !== null) return accessor.get === null ? Undefined : ask(accessor.get, object, [], USE_REGISTER);
  if (isPrivate(key)) throw missingPrivate(key);
  return prototypeValue(object, key) ?? Undefined;
}

function missingPrivate(key: NativeKey) {
  const name = shownName(plainKey(key));
  return jsError("TypeError", `Cannot read private member ${name} from an object whose class did not declare it`);
}

/** What a call of `object.name()` calls; undefined if a getter must be called first, which then is. */
export function jsFindMethod(object: Value, name: Atom): Value | undefined {
  if (isNullish(object))
    throw jsError("TypeError", `Cannot read properties of ${toText(object)} (reading '${name.name}')`);
  return ownValue(object, name.key) ?? inherited(object, name.key, USE_CALLED);
}

/** The same without calling anything. Undefined: not found, or only by a getter. */
export function jsPeekMethod(object: Value, name: Atom): Value | undefined {
  const native = (object as IonObject)[name.key];
  if (native !== undefined) return native;
  if (isNullish(object)) return undefined;
  const own = ownValue(object, name.key);
  if (own !== undefined) return own;
  const holder = membersOf(object);
  return holder !== undefined && findAccessor(holder, name.key) !== undefined
    ? undefined
    : prototypeValue(object, name.key);
}

/** The function of a getter that reading a member calls; undefined: there is none, and nothing is charged here. */
export function jsPeekGetter(object: Value, name: Atom): FunctionValue | undefined {
  const holder = membersOf(object);
  return holder === undefined ? undefined : (findAccessor(holder, name.key)?.get ?? undefined);
}

/** The Object with the members of a value that has some. */
function membersOf(object: Value): IonObject | undefined {
  if (object instanceof IonObject) return object;
  return object instanceof FunctionValue ? object.members?.object : undefined;
}

/** What values have besides what their prototypes have. */
function ownValue(object: Value, key: NativeKey): Value | undefined {
  if (object instanceof IonObject) return getProperty(object, key);
  if (object instanceof FunctionValue) return functionMember(object, key);
  if (isSequence(object)) {
    const items = elementsOf(object);
    if (key === "$length") return items.length;
    const index = indexIn(key);
    if (index !== undefined) return index < items.length ? items[index] : undefined;
    // Results of regular expressions have members of their own; natively, as Arrays are.
    return Array.isArray(object) ? (object as unknown as IonObject)[key] : undefined;
  }
  if (object instanceof Tagged) return key === "$tag" ? object.tag : key === "$payload" ? object.payload : undefined;
  if (object instanceof Complex) return key === "$re" ? object.re : key === "$im" ? object.im : undefined;
  return undefined;
}

function functionMember(value: FunctionValue, key: NativeKey): Value | undefined {
  const known = value.members === null ? undefined : getProperty(value.members.object, key);
  if (known !== undefined) return known;
  switch (key) {
    case "$name":
      return plainName(value);
    case "$length":
      return value.foreign === null ? Math.max(0, lengthOf(value)) : 0;
    case "$prototype":
      return prototypeMade(value);
    default:
      return undefined;
  }
}

function lengthOf({ code, captured }: FunctionValue): number {
  const { arity = 0, collects = -1 } = code as unknown as { readonly arity?: number; readonly collects?: number };
  return (collects >= 0 ? Math.min(arity, collects) : arity) - captured.length;
}

/** Functions get their prototype when somebody asks for it. Undefined: those that all processes share have none. */
function prototypeMade(value: FunctionValue): IonObject | undefined {
  if (!isOwned(value) || value.members?.isBound) return undefined;
  const prototype = new IonObject();
  defineProperty(prototype, "$constructor", value, { ...ALL_ATTRIBUTES, enumerable: false });
  value.members ??= new FunctionMembers(new IonObject());
  defineProperty(value.members.object, "$prototype", prototype, {
    writable: true,
    enumerable: false,
    configurable: false,
  });
  return prototype;
}

/**
 * What no own member and no prototype of an Object has as a value: getters, and the prototypes of built-ins.
 * @throws ProgramError where a private member is missing
 */
function inherited(object: Value, key: NativeKey, use: ResultUse): Value | undefined {
  const holder = membersOf(object);
  if (holder !== undefined) {
    work.values += chainLength(holder);
    const accessor = findAccessor(holder, key);
    if (accessor !== undefined) return accessor.get === null ? Undefined : ask(accessor.get, object, [], use);
  }
  if (isPrivate(key) && use === USE_REGISTER) throw missingPrivate(key);
  return prototypeValue(object, key) ?? Undefined;
}

function prototypeValue(object: Value, key: NativeKey): Value | undefined {
  const builtIns = realm();
  const receiver = receiverOf(object);
  if (receiver !== "Object") return builtIns.prototype(receiver)[key] ?? builtIns.prototype("Object")[key];
  // Most members that are not there are none of those that every object has.
  namesOfObject ??= new Set(Object.getOwnPropertyNames(builtIns.prototype("Object")));
  if (!namesOfObject.has(key) || (object instanceof IonObject && inheritsNothing(object))) return undefined;
  return builtIns.prototype("Object")[key];
}

/** Of `Object.prototype`, which is the same in all VMs but for its functions. */
let namesOfObject: ReadonlySet<string> | null = null;

export function receiverOf(object: Value): Receiver {
  switch (typeof object) {
    case "string":
      return "String";
    case "number":
      return "Number";
    case "boolean":
      return "Boolean";
    default:
      if (Array.isArray(object)) return "Array";
      return object.kind === "Function" ? "Function" : object.kind === "Atom" ? "Symbol" : "Object";
  }
}

/**
 * Where a call of a method has found this function, for those who guess where the next one finds its own. Null: it is a member of the
 * object; else it is what the prototype for this kind of values has, or with `Object` anything else, to be searched each time.
 */
export function holderOfMethod(object: Value, name: Atom, callee: Value): Receiver | null {
  if ((object as IonObject)[name.key] === callee) return null;
  const receiver = receiverOf(object);
  return realm().prototype(receiver)[name.key] === callee ? receiver : "Object";
}

type Sequence = string | ValueArray | Tuple | FloatArray | Binary;

function isSequence(object: Value): object is Sequence {
  if (typeof object === "string" || Array.isArray(object)) return true;
  return object instanceof FloatArray || object instanceof Tuple || object instanceof Binary;
}

function elementsOf(object: Sequence): ArrayLike<Value> {
  if (typeof object === "string" || Array.isArray(object)) return object;
  return object instanceof Binary ? object.bytes : object.items;
}

/** The key of a primitive value. */
export function nativeOf(key: Value): NativeKey {
  if (key instanceof Atom) return key.key;
  if (typeof key === "number" && key >= 0 && key < SMALL_KEYS.length) {
    const known = SMALL_KEYS[key];
    if (known !== undefined) return known;
  }
  return typeof key === "string" ? keyOfText(key) : nativeKey(toText(key));
}

/** An index as JavaScript writes it; undefined for any other key. */
function indexIn(key: NativeKey): number | undefined {
  if (!isDigit(key.charCodeAt(1))) return undefined;
  const text = plainKey(key);
  const index = Number(text);
  return Number.isInteger(index) && index >= 0 && String(index) === text ? index : undefined;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function shownKey(key: Value): string {
  return isPrimitive(key) ? shownName(toText(key)) : "…";
}

/** Writes, as strict code does. True: done. Undefined: a setter must be called. @throws ProgramError */
export function jsSet(object: Value, key: Value, value: Value): true | undefined {
  if (isNullish(object))
    throw jsError("TypeError", `Cannot set properties of ${toText(object)} (setting '${shownKey(key)}')`);
  if (!isPrimitive(key)) return ask(realm().intrinsic("%set"), Undefined, [object, key, value], USE_DROPPED);
  if (Array.isArray(object)) return setElement(object, key, value);
  const native = nativeOf(key);
  if (object instanceof IonObject) return setMember(object, native, value, object);
  if (object instanceof FunctionValue) return setFunctionMember(object, native, value);
  if (object instanceof FloatArray) {
    const index = indexIn(native);
    if (index === undefined || index >= object.items.length || object.frozen || typeof value !== "number") {
      throw jsError("TypeError", `Cannot set ${plainKey(native)} of a Float64Array`);
    }
    object.items[index] = value;
    return true;
  }
  throw jsError("TypeError", `Cannot create property '${plainKey(native)}' on ${describeReceiver(object)}`);
}

function describeReceiver(object: Value): string {
  return isPrimitive(object) ? `${typeof object} '${toText(object)}'` : (object as { readonly kind: string }).kind;
}

function setFunctionMember(target: FunctionValue, key: NativeKey, value: Value): true | undefined {
  if (target.members === null) {
    if (!isOwned(target)) throw jsError("TypeError", `Cannot add property ${plainKey(key)}, object is not extensible`);
    target.members = new FunctionMembers(new IonObject());
  }
  if (key === "$prototype") {
    prototypeOfOwned(target);
    target.members.maker = null;
  }
  return setMember(target.members.object, key, value, target);
}

/** It is there before it is written, so that it stays hidden. */
function prototypeOfOwned(target: FunctionValue): void {
  if (!hasOwn(target.members!.object, "$prototype")) prototypeMade(target);
}

/** @param self what a setter gets as `this` */
function setMember(object: IonObject, key: NativeKey, value: Value, self: Value): true | undefined {
  if (object.prototypeList === undefined) {
    try {
      object[key] = value;
      if (Object.is(object[key], value)) return true;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return setSlowly(object, key, value, self);
}

function setSlowly(object: IonObject, key: NativeKey, value: Value, self: Value): true | undefined {
  const name = plainKey(key);
  const accessor = findAccessor(object, key);
  if (accessor !== undefined) {
    if (accessor.set !== null) return ask(accessor.set, self, [value], USE_DROPPED);
    throw jsError("TypeError", `Cannot set property ${name} of ${shownObject(object)} which has only a getter`);
  }
  const own = ownProperty(object, key);
  if (own !== undefined) {
    if (!own.writable) {
      throw jsError("TypeError", `Cannot assign to read only property '${name}' of object '${shownObject(object)}'`);
    }
    object[key] = value;
    return true;
  }
  const holder = holderOf(object, key);
  if (holder !== undefined && !ownProperty(holder, key)!.writable && !isOfClass(holder)) {
    throw jsError("TypeError", `Cannot assign to read only property '${name}' of object '${shownObject(object)}'`);
  }
  if (!Object.isExtensible(object)) {
    throw jsError("TypeError", `Cannot add property ${name}, object is not extensible`);
  }
  defineProperty(object, key, value, ALL_ATTRIBUTES);
  return true;
}

/** Prototypes of classes are frozen so that all processes share them: what is inherited from one can be hidden all the same. */
function isOfClass(prototype: IonObject): boolean {
  const constructor = hasOwn(prototype, "$constructor") ? prototype.$constructor : undefined;
  return constructor instanceof FunctionValue && constructor.members?.object.$prototype === prototype;
}

function shownObject(object: IonObject): string {
  const constructor = getProperty(object, "$constructor");
  return `#<${constructor instanceof FunctionValue ? jsNameOf(constructor) : "Object"}>`;
}

function setElement(array: ValueArray, key: Value, value: Value): true {
  if (frozenArrays.has(array)) throw frozen(array, key);
  if (typeof key === "number" && key >= 0 && key < array.length && Number.isInteger(key)) {
    array[key] = value;
    return true;
  }
  const native = nativeOf(key);
  if (native === "$length") return setLength(array, value);
  const index = indexIn(native);
  if (index === undefined) {
    (array as unknown as IonObject)[native] = value;
    return true;
  }
  if (index < array.length) {
    array[index] = value;
    return true;
  }
  growTo(array, index + 1);
  array[index] = value;
  return true;
}

function frozen(array: ValueArray, key: Value) {
  const name = toText(key);
  const index = indexIn(nativeOf(key));
  const isThere = name === "length" || (index !== undefined && index < array.length);
  return jsError(
    "TypeError",
    isThere
      ? `Cannot assign to read only property '${name}' of object '[object Array]'`
      : `Cannot add property ${name}, object is not extensible`,
  );
}

/** Fills with Undefined. */
function growTo(array: ValueArray, length: number): void {
  if (length > FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
  const added = length - array.length;
  reserve(added * BYTES_PER_ELEMENT);
  work.values += added;
  while (array.length < length) array.push(Undefined);
}

function setLength(array: ValueArray, value: Value): true {
  const length = typeof value === "number" ? value : Number.NaN;
  if (!(Number.isInteger(length) && length >= 0 && length < 2 ** 32))
    throw jsError("RangeError", "Invalid array length");
  if (length > array.length) growTo(array, length);
  else array.length = length;
  return true;
}
