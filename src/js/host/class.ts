/** What classes and object literals are made with: names that only the compiler says. */
import { jsError, type ProgramError } from "../../errors.ts";
import { defineAccessor, ownAccessor } from "../../values/accessor.ts";
import { FunctionMembers, FunctionValue, isOwned } from "../../values/function.ts";
import { NULL_PROTOTYPE } from "../../values/null-prototype.ts";
import {
  ALL_ATTRIBUTES,
  type Attributes,
  createObject,
  defineProperty,
  IonObject,
  type NativeKey,
  nativeKey,
  plainKey,
} from "../../values/object.ts";
import { isSharedObject } from "../../values/shared.ts";
import { Undefined, Unit, type Value, type ValueArray } from "../../values/value.ts";
import { type BuiltIn, badArgument, fn, intrinsic } from "../built-in.ts";
import { isObject, toBoolean, toKey } from "./convert.ts";
import { described } from "./describe.ts";
import { allowElements } from "./limits.ts";
import { membersOf } from "./members.ts";
import { defineElement, setPrototype } from "./object.ts";

const HIDDEN: Attributes = { writable: true, enumerable: false, configurable: true };
const FIXED: Attributes = { writable: false, enumerable: false, configurable: false };
const NAMING: Attributes = { writable: false, enumerable: false, configurable: true };

/** Where the own members of a value are. @throws ProgramError for what has none, and for a function that all processes share */
function holder(value: Value): IonObject {
  if (value instanceof IonObject) return value;
  if (value instanceof FunctionValue && (value.members !== null || isOwned(value))) return membersOf(value);
  throw badArgument(value);
}

function put(object: IonObject, key: NativeKey, value: Value, attributes: Attributes): void {
  if (isSharedObject(object) || !defineProperty(object, key, value, attributes)) throw refused(key);
}

function refused(key: NativeKey): ProgramError {
  return jsError("TypeError", `Cannot redefine property: ${plainKey(key)}`);
}

/** An own member, whatever is inherited. */
function define(object: Value, key: Value, value: Value): Value {
  if (Array.isArray(object)) {
    defineElement(object, plainKey(toKey(key)), value);
    return Undefined;
  }
  const [on, native] = [holder(object), toKey(key)];
  // What hides nothing can be assigned, which the host does far more quickly.
  if (!(native in on) && Object.isExtensible(on)) on[native] = value;
  else put(on, native, value, ALL_ATTRIBUTES);
  return Undefined;
}

function addAccessor(object: IonObject, key: NativeKey, get: Value, set: Value, enumerable: boolean): void {
  if (isSharedObject(object)) throw refused(key);
  const known = ownAccessor(object, key);
  const accessor = {
    get: get instanceof FunctionValue ? get : (known?.get ?? null),
    set: set instanceof FunctionValue ? set : (known?.set ?? null),
  };
  if (!defineAccessor(object, key, accessor, enumerable)) throw refused(key);
}

/**
 * The class: a function of its own with the code of the constructor, since it has members that the constructor as a constant of the
 * program must not get.
 */
function makeClass(constructor: FunctionValue, parent: Value, name: string): FunctionValue {
  const { code, foreign, captured, self } = constructor;
  const made = new FunctionValue(code, foreign, captured, self);
  const { statics, prototype } = inheritance(parent);
  const members = createObject(statics === null ? [] : [statics]);
  const ownPrototype = createObject(prototype === null ? [] : [prototype]);
  put(members, "$prototype", ownPrototype, FIXED);
  put(members, "$name", name, NAMING);
  put(ownPrototype, "$constructor", made, HIDDEN);
  made.members = new FunctionMembers(members);
  return made;
}

function inheritance(parent: Value): { readonly statics: IonObject | null; readonly prototype: IonObject | null } {
  if (parent === Undefined) return { statics: null, prototype: null };
  if (parent === Unit) return { statics: null, prototype: NULL_PROTOTYPE };
  if (!(parent instanceof FunctionValue)) {
    throw jsError("TypeError", `Class extends value ${described(parent)} is not a constructor or null`);
  }
  const statics = parent.members?.object ?? null;
  const prototype = statics?.$prototype;
  if (prototype === Unit) return { statics, prototype: NULL_PROTOTYPE };
  if (!(prototype instanceof IonObject)) {
    throw jsError("TypeError", `Class extends value ${described(parent)} is not a constructor or null`);
  }
  return { statics, prototype };
}

/** Where a member of a class goes. @throws ProgramError for a function that is none */
function placeIn(of: FunctionValue, isStatic: Value): IonObject {
  const members = of.members?.object;
  const place = isStatic === true ? members : members?.$prototype;
  if (place instanceof IonObject) return place;
  throw badArgument(of);
}

function finish(of: FunctionValue, isShared: Value): Value {
  const prototype = placeIn(of, false);
  // That of a built-in is shared already, and makes its members when they are first read.
  if (isSharedObject(prototype)) throw badArgument(of);
  if (!toBoolean(isShared)) return Undefined;
  share(prototype);
  share(placeIn(of, true));
  return Undefined;
}

/** Nothing that is reached from a class that all processes share may change: its methods get no members either. */
function share(object: IonObject): void {
  for (const key of Object.getOwnPropertyNames(object) as NativeKey[]) {
    const accessor = ownAccessor(object, key);
    const values: readonly unknown[] = accessor === undefined ? [object[key]] : [accessor.get, accessor.set];
    for (const value of values) if (value instanceof FunctionValue) value.members ??= NO_MEMBERS;
  }
  Object.freeze(object);
}

const NO_MEMBERS = new FunctionMembers(Object.freeze(new IonObject()));

export const CLASS: readonly BuiltIn[] = [
  fn("%define", 3, define),
  fn("%accessor", 4, (object, key, get, set) => {
    addAccessor(holder(object), toKey(key), get, set, true);
    return Undefined;
  }),
  fn("%prototype", 2, (object, prototype) => {
    if (prototype === Unit || isObject(prototype)) setPrototype(object, prototype);
    return object;
  }),
  intrinsic("%class", ["function", "any", "text"], makeClass),
  intrinsic("%method", ["function", "any", "any", "any"], (of, isStatic, key, value) => {
    put(placeIn(of, isStatic), toKey(key), value, HIDDEN);
    return Undefined;
  }),
  intrinsic("%getter", ["function", "any", "any", "any"], (of, isStatic, key, value) => {
    addAccessor(placeIn(of, isStatic), toKey(key), value, Undefined, false);
    return Undefined;
  }),
  intrinsic("%setter", ["function", "any", "any", "any"], (of, isStatic, key, value) => {
    addAccessor(placeIn(of, isStatic), toKey(key), Undefined, value, false);
    return Undefined;
  }),
  intrinsic("%finish", ["function", "any"], finish),
  intrinsic("%template", ["array", "array"], template),
];

/** The first argument of the tag of a template literal. */
function template(strings: ValueArray, raw: ValueArray): Value {
  allowElements(strings.length + raw.length);
  const array = strings.slice();
  // As members of an Array that is found by a RegExp: natively, and not enumerable.
  Object.defineProperty(array, nativeKey("raw"), { value: raw.slice(), configurable: true });
  return array;
}
