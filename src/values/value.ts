/**
 * What a register can hold.
 *
 * Numbers, Booleans and Strings are JavaScript's own, and an Array is a JavaScript array, so that
 * compiled code can work on them directly. Everything else is an instance of one of our classes.
 *
 * Two rules that both engines live by:
 *
 * - JavaScript's `undefined` and `null` are never values. A missing property therefore reads as
 *   `undefined` natively, and that always means "not found"; the program's own Undefined is the
 *   object `Undefined`. Operations use `undefined` as "no result yet: a method must be called first".
 * - Every class of ours carries `kind` on its prototype, and nothing a program can name starts
 *   without `$` (see object.ts). So `value.kind` is a type test that a program cannot forge.
 */
import type { Atom } from "./atom.ts";
import type { Binary, FloatArray } from "./bytes.ts";
import type { FunctionValue } from "./function.ts";
import type { IonObject } from "./object.ts";
import type { ProcessValue } from "./process.ts";
import type { Reference } from "./reference.ts";

export type Value =
  | number
  | boolean
  | string
  | Atom
  | Complex
  | UnitValue
  | UndefinedValue
  | Tuple
  | ValueArray
  | IonObject
  | Tagged
  | FunctionValue
  | ProcessValue
  | Reference
  | Binary
  | FloatArray;

/** A mutable Array of a program. It never has holes: growing it fills with `Undefined`. */
export interface ValueArray extends Array<Value> {}

/**
 * An Array of a program, empty. V8 remembers for each `[]` in our code what its arrays came to hold, so that one
 * program with Arrays of objects would make the Numbers of all later ones slow; a copy of nothing is not remembered.
 */
export function emptyArray(): ValueArray {
  return NOTHING.slice();
}
const NOTHING: ValueArray = [];

/** The names that `TypeOf` gives, in the order of the specification's table of values. */
export const TYPE_NAMES = [
  "Number",
  "Boolean",
  "String",
  "Atom",
  "Complex",
  "Unit",
  "Undefined",
  "Tuple",
  "Array",
  "Object",
  "Tagged",
  "Function",
  "Process",
  "Reference",
  "Binary",
  "Float64Array",
] as const;
export type TypeName = (typeof TYPE_NAMES)[number];

export class UnitValue {
  declare readonly kind: "Unit";
}
export class UndefinedValue {
  declare readonly kind: "Undefined";
}

export class Complex {
  declare readonly kind: "Complex";
  readonly re: number;
  readonly im: number;
  constructor(re: number, im: number) {
    this.re = re;
    this.im = im;
  }
}

export class Tuple {
  declare readonly kind: "Tuple";
  readonly items: readonly Value[];
  /**
   * Set once a copy has found that nothing mutable can be reached from here. The contents of a tuple
   * never change, so this stays true, and the next copy costs one test.
   */
  immutable: boolean;
  constructor(items: readonly Value[]) {
    this.items = items;
    this.immutable = false;
  }
}

export class Tagged {
  declare readonly kind: "Tagged";
  readonly tag: string;
  readonly payload: Value;
  /** As in Tuple. */
  immutable: boolean;
  constructor(tag: string, payload: Value) {
    this.tag = tag;
    this.payload = payload;
    this.immutable = false;
  }
}

/** Puts `kind` on a prototype, where it costs no instance anything and no program can reach it. */
export function defineKind(prototype: object, kind: TypeName): void {
  Object.defineProperty(prototype, "kind", { value: kind });
}
defineKind(UnitValue.prototype, "Unit");
defineKind(UndefinedValue.prototype, "Undefined");
defineKind(Complex.prototype, "Complex");
defineKind(Tuple.prototype, "Tuple");
defineKind(Tagged.prototype, "Tagged");

/** The one "no value" value, `()`. */
export const Unit: UnitValue = Object.freeze(new UnitValue());
/** Missing, failed, not initialised. */
export const Undefined: UndefinedValue = Object.freeze(new UndefinedValue());

export function typeOf(value: Value): TypeName {
  switch (typeof value) {
    case "number":
      return "Number";
    case "boolean":
      return "Boolean";
    case "string":
      return "String";
    default:
      return Array.isArray(value) ? "Array" : value.kind;
  }
}

/** Truth of a value: 0, "", an atom without a name, false, Unit and Undefined are false; NaN is true. */
export function isTruthy(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  if (typeof value === "string") return value !== "";
  if (value === Undefined || value === Unit) return false;
  return Array.isArray(value) || value.kind !== "Atom" || value.name !== "";
}
