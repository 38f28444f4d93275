/** Members of many objects at once, where none of them has a getter: what `{...a}`, `{a, ...rest}` and `Object.assign` do. */
import { reserve } from "../../values/memory.ts";
import { IonObject, type NativeKey, plainKey } from "../../values/object.ts";
import { isPrivate } from "../../values/private-key.ts";
import { Undefined, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, fn, intrinsic } from "../built-in.ts";
import { allowElements, tooLarge } from "./limits.ts";
import { enumerableKeys } from "./members.ts";

/** The enumerable keys of a plain object, symbols among them; null: it has getters, or is something else. */
function plainKeys(source: Value): NativeKey[] | null {
  if (!(source instanceof IonObject) || source.prototypeList !== undefined) return null;
  const keys = Object.keys(source) as NativeKey[];
  allowElements(keys.length);
  let hasPrivate = false;
  for (let i = 0; i < keys.length; i++) {
    if (source[keys[i]] === undefined) return null;
    hasPrivate ||= isPrivate(keys[i]);
  }
  return hasPrivate ? keys.filter((key) => !isPrivate(key)) : keys;
}

/** Can members be added by assignment? Not what has a setter, is closed, or hides what is inherited. */
function takesAssignments(target: Value): target is IonObject {
  return (
    target instanceof IonObject &&
    Object.isExtensible(target) &&
    target.prototypeList === undefined &&
    Object.getPrototypeOf(target) === IonObject.prototype
  );
}

/** What is there already may be an accessor, or not be writable. */
function isAssignable(target: IonObject, key: NativeKey): boolean {
  const found = Object.getOwnPropertyDescriptor(target, key);
  return found === undefined || found.writable === true;
}

/** False: it must be done member by member. */
function copyMembers(target: Value, source: Value): boolean {
  if (!takesAssignments(target)) return false;
  const keys = plainKeys(source);
  if (keys === null) return false;
  if (Object.getOwnPropertyNames(target).length > 0 && !keys.every((key) => isAssignable(target, key))) return false;
  for (let i = 0; i < keys.length; i++) target[keys[i]] = (source as IonObject)[keys[i]];
  return true;
}

/** More keys than this are made a Set first. */
const MOST_LOOKED_THROUGH = 16;

function setOf(values: readonly Value[]): ReadonlySet<Value> {
  try {
    return new Set(values);
  } catch (error) {
    throw tooLarge(error);
  }
}

function withoutMembers(source: Value, without: readonly Value[]): Value {
  const keys = plainKeys(source);
  if (keys === null) return Undefined;
  const made = new IonObject();
  const excluded = without.length > MOST_LOOKED_THROUGH ? setOf(without) : null;
  for (let i = 0; i < keys.length; i++) {
    const name = plainKey(keys[i]);
    if (!(excluded?.has(name) ?? without.includes(name))) made[keys[i]] = (source as IonObject)[keys[i]];
  }
  work.values += keys.length + without.length;
  return made;
}

function valuesOf(source: Value): Value {
  if (!(source instanceof IonObject)) return Undefined;
  const values: ValueArray = [];
  for (const key of enumerableKeys(source)) {
    const value = source[key];
    if (value === undefined) return Undefined;
    values.push(value);
  }
  return values;
}

/** What the host takes for the Array of a key and a value. */
const BYTES_PER_ENTRY = 64;

function entriesOf(source: Value): Value {
  if (!(source instanceof IonObject)) return Undefined;
  const entries: ValueArray = [];
  const keys = enumerableKeys(source);
  reserve(keys.length * BYTES_PER_ENTRY);
  for (const key of keys) {
    const value = source[key];
    if (value === undefined) return Undefined;
    entries.push([plainKey(key), value]);
  }
  return entries;
}

export const SPREAD: readonly BuiltIn[] = [
  fn("%copyMembers", 2, copyMembers),
  intrinsic("%withoutMembers", ["any", "array"], withoutMembers),
  fn("%valuesQuickly", 1, valuesOf),
  fn("%entriesQuickly", 1, entriesOf),
];
