/**
 * Copies of the usual messages of JavaScript: a few Objects without prototypes, Arrays and Tuples, none of them reached
 * twice. What is found there is copied at once, without the lists that sharing and cycles need.
 */
import { type Compound, isCompound } from "./compound.ts";
import { exoticOf } from "./exotic.ts";
import { IonObject, isSimple, type NativeKey, ownKeys } from "./object.ts";
import { emptyArray, Tuple, type Value, type ValueArray } from "./value.ts";
import { work } from "./work.ts";

/** So many compound values in one are no small message; each new one is compared with those before. */
const MOST_SEEN = 16;
/** And so many parts of them. */
export const MOST_SMALL_PARTS = 128;

const seen: Compound[] = [];
/** Tuples that need no copy: known as such if the copy succeeds. */
const whole: Tuple[] = [];
let parts = 0;

/** Undefined (JavaScript's): it is not as simple as that, and nothing has happened. Counts as all copies do. */
export function smallCopy(root: Compound): Value | undefined {
  parts = 0;
  const copy = copied(root);
  if (copy !== undefined) {
    work.values += parts;
    for (const tuple of whole) tuple.immutable = true;
  }
  seen.length = 0;
  whole.length = 0;
  return copy;
}

/** The copy of a part, or the part itself where it is shared. Undefined: as above. */
function copiedPart(part: Value): Value | undefined {
  if (++parts > MOST_SMALL_PARTS) return undefined;
  return typeof part === "object" && isCompound(part) ? copied(part) : part;
}

function copied(value: Compound): Value | undefined {
  if (seen.length === MOST_SEEN || seen.includes(value)) return undefined;
  seen.push(value);
  if (Array.isArray(value)) return copiedArray(value);
  switch (value.kind) {
    case "Object":
      return copiedObject(value);
    case "Tuple":
      return copiedTuple(value);
    default:
      return undefined;
  }
}

function copiedArray(array: ValueArray): ValueArray | undefined {
  const copy = emptyArray();
  for (let i = 0; i < array.length; i++) {
    const part = copiedPart(array[i]);
    if (part === undefined) return undefined;
    copy.push(part);
  }
  return copy;
}

function copiedObject(object: IonObject): IonObject | undefined {
  if (!isSimple(object) || exoticOf(object) !== undefined) return undefined;
  const copy = new IonObject();
  let count = 0;
  for (const key in object) {
    const value = object[key as NativeKey];
    // An accessor.
    if (value === undefined) return undefined;
    const part = copiedPart(value);
    if (part === undefined) return undefined;
    copy[key as NativeKey] = part;
    count++;
  }
  return count === ownKeys(object).length ? copy : undefined;
}

function copiedTuple(tuple: Tuple): Tuple | undefined {
  const { items } = tuple;
  let copies: Value[] | null = null;
  for (let i = 0; i < items.length; i++) {
    const part = copiedPart(items[i]);
    if (part === undefined) return undefined;
    if (typeof part === "object" && part !== items[i]) copies ??= items.slice(0, i);
    copies?.push(part);
  }
  if (copies !== null) return new Tuple(copies);
  whole.push(tuple);
  return tuple;
}
