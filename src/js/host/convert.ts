/** Conversions of ECMAScript, as far as they call nothing of the program. */
import { jsError } from "../../errors.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { ConversionNeeded, type Hint } from "../../operations/js/conversion-needed.ts";
import { noNumber } from "../../operations/js/convert.ts";
import { findAccessor } from "../../values/accessor.ts";
import { Atom } from "../../values/atom.ts";
import { exoticOf } from "../../values/exotic.ts";
import { FunctionValue } from "../../values/function.ts";
import { inheritsNothing } from "../../values/null-prototype.ts";
import { getProperty, IonObject, type NativeKey } from "../../values/object.ts";
import { print } from "../../values/print.ts";
import { Undefined, Unit, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { functionText, isBuiltIn } from "./function-text.ts";
import { allowOpened, allowText, LongText } from "./limits.ts";
import { BuiltInState, DateState, RegExpState } from "./state.ts";

export function isNullish(value: Value): boolean {
  return value === Undefined || value === Unit;
}

/** To JavaScript: something with an identity, whose members can be asked for. */
export function isObject(value: Value): value is IonObject | ValueArray | FunctionValue {
  return typeof value === "object" && (Array.isArray(value) || value.kind === "Object" || value.kind === "Function");
}

export function toNumber(value: Value): number {
  switch (typeof value) {
    case "number":
      return value;
    case "boolean":
      return value ? 1 : 0;
    case "string":
      work.units += value.length;
      return Number(value);
    default:
      if (value === Unit) return 0;
      if (value instanceof Atom) throw noNumber();
      return isObject(value) ? toNumber(toPrimitive(value, "number")) : Number.NaN;
  }
}

/** Whole, or infinite; NaN is 0. */
export function toInteger(value: Value): number {
  const number = toNumber(value);
  return Number.isNaN(number) ? 0 : Math.trunc(number) + 0;
}

/** As `toInteger`, with something else for Undefined. */
export function toIntegerOr(value: Value, standard: number): number {
  return value === Undefined ? standard : toInteger(value);
}

export function toText(value: Value): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "boolean":
      return String(value);
    default:
      if (value === Undefined) return "undefined";
      if (value === Unit) return "null";
      return isObject(value) ? toText(toPrimitive(value, "string")) : print(value);
  }
}

/** The native key that a value is as a property key. */
export function toKey(value: Value): NativeKey {
  return `$${toText(value)}`;
}

export function toBoolean(value: Value): boolean {
  if (typeof value === "number") return value !== 0 && !Number.isNaN(value);
  return typeof value === "object" ? !isNullish(value) : Boolean(value);
}

/** A relative index of `slice` and its like, as a place from 0 to the length. */
export function toPlace(value: Value, length: number, standard: number): number {
  const index = toIntegerOr(value, standard);
  return index < 0 ? Math.max(0, length + index) : Math.min(index, length);
}

/**
 * The primitive value of an object.
 * @throws ConversionNeeded if a function of the program decides
 */
export function toPrimitive(value: IonObject | ValueArray | FunctionValue, hint: Hint): Value {
  if (Array.isArray(value)) return joinedArray(value, hint);
  if (value instanceof FunctionValue) return convertedFunction(value, hint);
  for (const key of ["$toString", "$valueOf"] as const) {
    const found = getProperty(value, key);
    if (found === undefined ? findAccessor(value, key) !== undefined : !isBuiltIn(found)) {
      throw new ConversionNeeded(value, hint);
    }
  }
  if (inheritsNothing(value) && getProperty(value, "$toString") === undefined) {
    throw jsError("TypeError", "Cannot convert object to primitive value");
  }
  const state = exoticOf(value);
  if (state instanceof DateState) return hint === "number" ? state.time : state.text();
  if (state instanceof RegExpState) return state.text();
  if (state instanceof BuiltInState && state.tag === "Error") return errorText(value);
  return objectText(value);
}

/** What is asked for is the Array itself, wherever in it the object stands that has to be asked. */
function joinedArray(array: ValueArray, hint: Hint): string {
  try {
    return joinArray(array, ",");
  } catch (error) {
    throw error instanceof ConversionNeeded ? new ConversionNeeded(array, hint) : error;
  }
}

function convertedFunction(value: FunctionValue, hint: Hint): Value {
  const members = value.members?.object;
  if (members !== undefined) {
    for (const key of ["$toString", "$valueOf"] as const) {
      const found = getProperty(members, key);
      if (found !== undefined && !isBuiltIn(found)) throw new ConversionNeeded(value, hint);
    }
  }
  return functionText(value);
}

/** What `Object.prototype.toString` gives. */
export function objectText(value: Value): string {
  const tag = tagOf(value);
  allowText(tag.length + "[object ]".length);
  return `[object ${tag}]`;
}

/** What it says an object is. */
function tagOf(value: Value): string {
  if (value === Undefined) return "Undefined";
  if (value === Unit) return "Null";
  if (typeof value === "number") return "Number";
  if (typeof value === "string") return "String";
  if (typeof value === "boolean") return "Boolean";
  if (Array.isArray(value)) return "Array";
  if (value instanceof FunctionValue) return "Function";
  if (!(value instanceof IonObject)) return value.kind;
  const tag = getProperty(value, "$@@toStringTag");
  if (typeof tag === "string") return tag;
  const state = exoticOf(value);
  return state instanceof BuiltInState ? state.tag : "Object";
}

/** What `Error.prototype.toString` gives. @throws ConversionNeeded if a function of the program decides */
export function errorText(error: IonObject): string {
  const { name, message } = errorParts(error);
  if (name === "") return message;
  if (message === "") return name;
  allowText(name.length + message.length + 2);
  return `${name}: ${message}`;
}

/** What it is made of. @throws ConversionNeeded */
export function errorParts(error: IonObject): { readonly name: string; readonly message: string } {
  for (const key of ["$name", "$message"] as const) {
    if (getProperty(error, key) === undefined && findAccessor(error, key) !== undefined) {
      throw new ConversionNeeded(error, "string");
    }
  }
  const name = getProperty(error, "$name") ?? Undefined;
  const message = getProperty(error, "$message") ?? Undefined;
  return {
    name: name === Undefined ? "Error" : toText(name),
    message: message === Undefined ? "" : toText(message),
  };
}

interface OpenArray {
  readonly array: ValueArray;
  next: number;
}

/** An Array in itself is an empty text there. Works off a list, because Arrays may be nested without end. */
export function joinArray(root: ValueArray, separator: string): string {
  const most = mostUnits(root, separator);
  if (most === null || most > FIXED_LIMITS.stringLength.value) return joinParts(root, separator);
  allowText(most);
  const text = root.join(separator);
  work.values += root.length;
  work.units += text.length;
  return text;
}

/** No Number is longer as a text. */
const LONGEST_NUMBER = 25;

/** Of an Array of nothing but texts and Numbers: how long it can be at most when it is joined; null: there are others. */
function mostUnits(array: ValueArray, separator: string): number | null {
  let units = array.length * separator.length;
  for (let i = 0; i < array.length; i++) {
    const item = array[i];
    if (typeof item === "string") units += item.length;
    else if (typeof item === "number") units += LONGEST_NUMBER;
    else return null;
  }
  return units;
}

function joinParts(root: ValueArray, separator: string): string {
  const around = new Set<ValueArray>([root]);
  const open: OpenArray[] = [{ array: root, next: 0 }];
  const text = new LongText();
  let opened = 0;
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { array, next } = top;
    if (next === array.length) {
      work.values += next;
      around.delete(array);
      open.pop();
      continue;
    }
    top.next++;
    // Inner Arrays are joined by their own `toString`, which knows no other separator.
    if (next > 0) text.add(open.length === 1 ? separator : ",");
    const item = array[next];
    if (!Array.isArray(item)) {
      if (!isNullish(item)) text.add(toText(item));
    } else if (!around.has(item)) {
      allowOpened(++opened);
      around.add(item);
      open.push({ array: item, next: 0 });
    }
  }
  const joined = text.join();
  work.units += joined.length;
  return joined;
}
