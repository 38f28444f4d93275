/** Which values have parts of their own, and which of them another process may share. */

import type { FloatArray } from "./bytes.ts";
import { exoticOf } from "./exotic.ts";
import { type FunctionValue, isOwned } from "./function.ts";
import { type IonObject, isFrozen } from "./object.ts";
import { isSharedObject } from "./shared.ts";
import { type Tagged, type Tuple, Undefined, type Value, type ValueArray } from "./value.ts";

export type Compound = Tuple | Tagged | ValueArray | IonObject | FunctionValue | FloatArray;

/** An object that is known to be passed on as it is, and to count as one value. False: it may be, or not. */
export function isShared(value: Exclude<Value, number | boolean | string>): boolean {
  if (Array.isArray(value)) return false;
  const { kind } = value;
  return (
    kind === "Process" ||
    kind === "Atom" ||
    kind === "Reference" ||
    kind === "Binary" ||
    (kind === "Tuple" && value.immutable)
  );
}

/** A value without parts of its own: it is shared, whoever gets it. */
export function isLeaf(value: Value): boolean {
  return !isCompound(value);
}

export function isCompound(value: Value): value is Compound {
  if (typeof value !== "object") return false;
  if (Array.isArray(value)) return true;
  switch (value.kind) {
    case "Tuple":
    case "Tagged":
      return !value.immutable;
    case "Object":
      return !immutables.has(value) && !isSharedObject(value);
    case "Float64Array":
      return !value.frozen;
    case "Function":
      if (value.members !== null) return !immutables.has(value);
      return value.captured.length > 0 || value.self !== Undefined || isOwned(value);
    default:
      return false;
  }
}

/** Frozen Objects, and functions with members, found to reach nothing that can change: they stay so, like a Tuple. */
const immutables = new WeakSet<IonObject | FunctionValue>();

/** An Object that was found to be frozen with all that it reaches. */
export function isKnownImmutable(value: IonObject): boolean {
  return immutables.has(value) || isSharedObject(value);
}

/** All that it reaches is known to stay as it is. */
export function rememberImmutable(value: IonObject | FunctionValue): void {
  immutables.add(value);
}

/** Can a program change the value itself? */
export function isMutable(value: Compound): boolean {
  if (Array.isArray(value)) return true;
  switch (value.kind) {
    case "Object":
      return !isFrozen(value) || exoticOf(value) !== undefined;
    case "Function":
      return isOwned(value);
    default:
      return value.kind === "Float64Array";
  }
}
