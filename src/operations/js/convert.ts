/** Conversions of primitive values as JavaScript makes them. Objects are for methods of the program: see `realm.ts`. */
import { jsError, type ProgramError } from "../../errors.ts";
import { Atom } from "../../values/atom.ts";
import { FunctionValue } from "../../values/function.ts";
import { Undefined, Unit, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";

/** All that is no object to JavaScript. Atoms take the place of symbols. */
export function isPrimitive(value: Value): boolean {
  return typeof value !== "object" || value === Undefined || value === Unit || value instanceof Atom;
}

export function isNullish(value: Value): boolean {
  return value === Undefined || value === Unit;
}

/** Of a primitive value. @throws ProgramError for an Atom */
export function toNumber(value: Value): number {
  switch (typeof value) {
    case "number":
      return value;
    case "string":
      work.units += value.length;
      return Number(value);
    case "boolean":
      return value ? 1 : 0;
    default:
      if (value instanceof Atom) throw noNumber();
      return value === Unit ? 0 : Number.NaN;
  }
}

/** Of an Atom, which takes the place of a symbol. */
export function noNumber(): ProgramError {
  return jsError("TypeError", "Cannot convert a Symbol value to a number");
}

/** Of a primitive value; an Atom gives its name. */
export function toText(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object") return String(value);
  if (value instanceof Atom) return value.name;
  return value === Unit ? "null" : "undefined";
}

export function isJsTruthy(value: Value): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
      // NaN is false.
      return value !== 0 && !Number.isNaN(value);
    case "string":
      return value !== "";
    default:
      return value !== Undefined && value !== Unit;
  }
}

export function typeOfJs(value: Value): string {
  switch (typeof value) {
    case "object":
      if (value instanceof FunctionValue) return "function";
      if (value === Undefined) return "undefined";
      return value instanceof Atom ? "symbol" : "object";
    default:
      return typeof value;
  }
}
