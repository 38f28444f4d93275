/**
 * Objects of programs: native JavaScript objects, so that V8's hidden classes and inline caches serve
 * both engines.
 *
 * - The property `k` of a program is the JavaScript property `$k`. No name of ours on an object or in
 *   its prototype chain begins with `$`, so no key of a program is special: `__proto__` is `$__proto__`.
 *   A key never looks like an array index either, so insertion order is kept.
 * - Attributes are JavaScript's own. An object closed to new properties is a non-extensible one.
 * - The chain of every object ends in `IonObject.prototype`, whose own prototype is null: what a host
 *   adds to `Object.prototype` does not show.
 * - One prototype is the native prototype. Several, or a cycle, cannot be: then the object carries its
 *   list in `prototypeList` (see `setPrototypes`), and its native chain is cut to a *prefix* of the
 *   order in which the specification searches. So a native hit is always right, and a native miss is
 *   final exactly if `prototypeList` cannot be read through the chain.
 *
 * Functions here take keys with the prefix ("native keys"); `nativeKey` and `plainKey` convert.
 */
import { defineKind, Undefined, type Value } from "./value.ts";
import { work } from "./work.ts";

export class IonObject {
  declare readonly kind: "Object";
  /** Only on objects with several prototypes or a cycle; visible through the native chain. */
  declare readonly prototypeList?: readonly IonObject[];
  /** Properties of the program, all with the prefix `$`. */
  [key: `$${string}`]: Value;
}
defineKind(IonObject.prototype, "Object");
Object.setPrototypeOf(IonObject.prototype, null);

export type NativeKey = `$${string}`;

export interface Attributes {
  readonly writable: boolean;
  readonly enumerable: boolean;
  readonly configurable: boolean;
}
export const ALL_ATTRIBUTES: Attributes = Object.freeze({ writable: true, enumerable: true, configurable: true });

export function nativeKey(name: string): NativeKey {
  return `$${name}`;
}
export function plainKey(key: NativeKey): string {
  return key.slice(1);
}

/** The own keys of an object in the order they were first set. */
export function ownKeys(object: IonObject): NativeKey[] {
  const names = Object.getOwnPropertyNames(object) as NativeKey[];
  return hasPrototypeList(object) ? names.filter((name) => name.startsWith("$")) : names;
}

export function hasOwn(object: IonObject, key: NativeKey): boolean {
  return Object.hasOwn(object, key);
}

/** An own property's value and attributes, or undefined. */
export function ownProperty(object: IonObject, key: NativeKey): (Attributes & { readonly value: Value }) | undefined {
  return Object.getOwnPropertyDescriptor(object, key) as (Attributes & { readonly value: Value }) | undefined;
}

/** The value of an own member, where all are listed; Undefined for an accessor. */
export function memberAt(object: IonObject, key: NativeKey): Value {
  return object[key] ?? Undefined;
}

export function attributesOf(object: IonObject, key: NativeKey): Attributes {
  const { writable = false, enumerable, configurable } = ownProperty(object, key)!;
  return { writable, enumerable, configurable };
}

/**
 * Defines an own property with attributes. False if the object does not allow it: it is closed, or the
 * property is there, not configurable, and different in more than JavaScript lets pass.
 */
export function defineProperty(object: IonObject, key: NativeKey, value: Value, attributes: Attributes): boolean {
  if (attributes.enumerable && !(attributes.writable && attributes.configurable)) noteAttributes(object);
  return Reflect.defineProperty(object, key, {
    value,
    writable: attributes.writable,
    enumerable: attributes.enumerable,
    configurable: attributes.configurable,
  });
}

/** On objects with members that a listing shows and that are not as an assignment would have made them. */
const NOTED = Symbol("attributes");

/** Every way to make such a member notes it, but those that close the whole object. */
export function noteAttributes(object: IonObject): void {
  Reflect.defineProperty(object, NOTED, { value: true });
}

/**
 * An object without prototypes and open to change, all members of which are as assignments make them, but for accessors and
 * for what no listing shows.
 */
export function isSimple(object: IonObject): boolean {
  return (
    (object as { readonly [NOTED]?: true })[NOTED] === undefined &&
    object.prototypeList === undefined &&
    Object.getPrototypeOf(object) === IonObject.prototype &&
    Object.isExtensible(object)
  );
}

/** Searches own properties, then each prototype in order, depth first. Undefined (JavaScript's): not found. */
export function getProperty(object: IonObject, key: NativeKey): Value | undefined {
  const value = object[key];
  if (value !== undefined || object.prototypeList === undefined) return value;
  for (const holder of searchOrder(object)) {
    if (Object.hasOwn(holder, key)) return holder[key];
  }
  return undefined;
}

/**
 * Sets an own property. False, and nothing done, if an own or inherited property of this name is not
 * writable or the object is closed: the rule of JavaScript's assignment, which the specification shares.
 */
export function setProperty(object: IonObject, key: NativeKey, value: Value): boolean {
  if (object.prototypeList === undefined) return assign(object, key, value);
  for (const holder of searchOrder(object)) {
    const found = ownProperty(holder, key);
    if (found === undefined) continue;
    if (!found.writable) return false;
    if (holder === object) return assign(object, key, value);
    break;
  }
  return defineProperty(object, key, value, ALL_ATTRIBUTES);
}

/** Thrown where a member of JavaScript that has accessors is written natively; made once, since it is met often. */
export const SETTER_MET = new TypeError("a setter is to be called");

/** An assignment instead of `Reflect.set`: only assignments have inline caches. */
function assign(object: IonObject, key: NativeKey, value: Value): boolean {
  try {
    object[key] = value;
    return true;
  } catch (error) {
    // Strict code throws just this where the property is not writable or the object is closed.
    if (error instanceof TypeError) return error === SETTER_MET;
    throw error;
  }
}

function hasPrototypeList(object: IonObject): boolean {
  return object.prototypeList !== undefined && Object.hasOwn(object, "prototypeList");
}

/** The prototypes of an object, in order; usually none or one. */
export function prototypesOf(object: IonObject): readonly IonObject[] {
  if (hasPrototypeList(object)) return object.prototypeList!;
  const prototype = Object.getPrototypeOf(object) as IonObject;
  return prototype === IonObject.prototype ? [] : [prototype];
}

/**
 * All objects a search visits, in order, each once. Iterative, because chains may be a million long;
 * only needed where `prototypeList` shows through the chain.
 */
export function searchOrder(object: IonObject): IonObject[] {
  const seen = new Set<IonObject>();
  const open: IonObject[] = [object];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const prototypes = prototypesOf(next);
    for (let i = prototypes.length - 1; i >= 0; i--) open.push(prototypes[i]);
  }
  work.values += seen.size;
  return [...seen];
}

/** How many objects a search without success visits natively. */
export function chainLength(object: IonObject): number {
  let length = 0;
  let next: object | null = object;
  for (; next !== null && next !== IonObject.prototype; next = Object.getPrototypeOf(next) as object | null) length++;
  // It is the last of nearly all chains.
  return next === null ? length : length + 1;
}

/**
 * Gives an object its prototypes. False if the object is closed to change, as in JavaScript.
 *
 * A single prototype that does not lead back here becomes the native one. Otherwise the list is kept
 * on the object and the native prototype is the first of the list if that closes no cycle, else none.
 */
export function setPrototypes(object: IonObject, prototypes: readonly IonObject[]): boolean {
  if (!Object.isExtensible(object)) return false;
  const first = prototypes[0] ?? IonObject.prototype;
  // Setting a native prototype fails only for a cycle now that the object is known to be extensible.
  const acyclic = Reflect.setPrototypeOf(object, first);
  if (!acyclic) Reflect.setPrototypeOf(object, IonObject.prototype);
  if (acyclic && prototypes.length <= 1) {
    if (hasPrototypeList(object)) Reflect.deleteProperty(object, "prototypeList");
  } else {
    Object.defineProperty(object, "prototypeList", {
      value: Object.freeze([...prototypes]),
      enumerable: false,
      configurable: true,
      writable: false,
    });
  }
  return true;
}

/** A fresh object with these prototypes. */
export function createObject(prototypes: readonly IonObject[] = []): IonObject {
  const object = new IonObject();
  if (prototypes.length > 0) setPrototypes(object, prototypes);
  return object;
}

/** Closed to new properties and none of its own can be written or redefined. */
export function isFrozen(object: IonObject): boolean {
  if (Object.isExtensible(object)) return false;
  for (const key of ownKeys(object)) {
    const property = ownProperty(object, key)!;
    if (property.writable || property.configurable) return false;
  }
  return true;
}
