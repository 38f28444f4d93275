/**
 * Accessors of objects of JavaScript.
 *
 * Natively such a member is an accessor whose getter gives JavaScript's undefined and whose setter throws. So an engine
 * that reads it natively finds nothing, and one that writes it cannot: both take the slow path, which
 * finds the functions here. No function of the program is ever called by the host's own engine.
 */
import type { FunctionValue } from "./function.ts";
import { IonObject, type NativeKey, SETTER_MET, searchOrder } from "./object.ts";

export interface Accessor {
  readonly get: FunctionValue | null;
  readonly set: FunctionValue | null;
}

const accessors = new WeakMap<object, Accessor>();

/**
 * The accessor that was read natively last: who clears this and reads a member that is not simply there learns which one it
 * is, without asking for descriptors.
 */
export const met: { accessor: Accessor | null } = { accessor: null };

function refuse(): never {
  throw SETTER_MET;
}

/** False if the object does not allow it. */
export function defineAccessor(object: IonObject, key: NativeKey, accessor: Accessor, enumerable: boolean): boolean {
  const get = (): undefined => {
    met.accessor = accessor;
  };
  accessors.set(get, accessor);
  return Reflect.defineProperty(object, key, { get, set: refuse, enumerable, configurable: true });
}

/** The accessor that an object itself has under this key; undefined: a member with a value, or none. */
export function ownAccessor(object: IonObject, key: NativeKey): Accessor | undefined {
  const get = Object.getOwnPropertyDescriptor(object, key)?.get;
  return get === undefined ? undefined : accessors.get(get);
}

/** The object that has a member, itself or among its prototypes; undefined: none has. */
export function holderOf(object: IonObject, key: NativeKey): IonObject | undefined {
  if (object.prototypeList !== undefined) return searchOrder(object).find((each) => Object.hasOwn(each, key));
  let holder: IonObject | null = object;
  while (holder !== null && !Object.hasOwn(holder, key)) holder = Object.getPrototypeOf(holder) as IonObject | null;
  return holder === null || holder === IonObject.prototype ? undefined : holder;
}

/** The accessor that reading or writing meets first. */
export function findAccessor(object: IonObject, key: NativeKey): Accessor | undefined {
  if (object.prototypeList === undefined) {
    met.accessor = null;
    return object[key] === undefined ? (met.accessor ?? undefined) : undefined;
  }
  const holder = holderOf(object, key);
  return holder === undefined ? undefined : ownAccessor(holder, key);
}
