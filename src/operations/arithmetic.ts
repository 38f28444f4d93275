/**
 * ADD, SUB, MUL, DIV, MOD, NEG and the operations on bits, in full. Engines handle Number with Number
 * themselves and come here with all else.
 */
import { systemLimit } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { reserve } from "../values/memory.ts";
import { getProperty, IonObject, type NativeKey } from "../values/object.ts";
import { Complex, Undefined, type Value } from "../values/value.ts";
import { work } from "../values/work.ts";
import { askFor, USE_REGISTER } from "./method-call.ts";

/** The result of an operation, or undefined if a method must be called first. */
export type Result = Value | undefined;

export function add(a: Value, b: Value): Result {
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (typeof a === "string" && typeof b === "string") return concatenate(a, b);
  return onComplex(a, b, addComplex) ?? operatorMethod("$__add__", a, b);
}

export function subtract(a: Value, b: Value): Result {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return onComplex(a, b, subtractComplex) ?? operatorMethod("$__sub__", a, b);
}

export function multiply(a: Value, b: Value): Result {
  if (typeof a === "number") {
    if (typeof b === "number") return a * b;
    if (typeof b === "string") return repeat(b, a);
  } else if (typeof a === "string" && typeof b === "number") {
    return repeat(a, b);
  }
  return onComplex(a, b, multiplyComplex) ?? operatorMethod("$__mul__", a, b);
}

export function divide(a: Value, b: Value): Result {
  if (typeof b === "number" && b === 0 && (typeof a === "number" || a instanceof Complex)) return Undefined;
  if (typeof a === "number" && typeof b === "number") return a / b;
  return onComplex(a, b, divideComplex) ?? operatorMethod("$__div__", a, b);
}

export function remainder(a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" && b !== 0 ? a % b : Undefined;
}

export function negate(a: Value): Value {
  if (typeof a === "number") return -a;
  return a instanceof Complex ? new Complex(-a.re, -a.im) : Undefined;
}

export function bitAnd(a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" ? a & b : Undefined;
}
export function bitOr(a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" ? a | b : Undefined;
}
export function bitXor(a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" ? a ^ b : Undefined;
}
export function shiftLeft(a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" ? a << b : Undefined;
}
export function shiftRight(a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" ? a >> b : Undefined;
}
export function shiftRightUnsigned(a: Value, b: Value): Value {
  return typeof a === "number" && typeof b === "number" ? a >>> b : Undefined;
}

function concatenate(a: string, b: string): string {
  const length = a.length + b.length;
  if (length > FIXED_LIMITS.stringLength.value) throw systemLimit("string");
  work.units += length;
  return a + b;
}

/** The count is floored; below 1 and NaN give "". */
function repeat(text: string, times: number): string {
  const count = Math.floor(times);
  if (!(count >= 1) || text === "") return "";
  const length = text.length * count;
  if (length > FIXED_LIMITS.stringLength.value) throw systemLimit("string");
  reserve(length);
  work.units += length;
  return text.repeat(count);
}

type OnComplex = (a: Complex | number, b: Complex | number) => Complex;

/** Complex with Complex or Number; undefined for all else. */
function onComplex(a: Value, b: Value, operation: OnComplex): Complex | undefined {
  if (a instanceof Complex) {
    if (b instanceof Complex || typeof b === "number") return operation(a, b);
  } else if (b instanceof Complex && typeof a === "number") {
    return operation(a, b);
  }
  return undefined;
}

function addComplex(a: Complex | number, b: Complex | number): Complex {
  if (typeof a === "number") return new Complex(a + (b as Complex).re, (b as Complex).im);
  return typeof b === "number" ? new Complex(a.re + b, a.im) : new Complex(a.re + b.re, a.im + b.im);
}

function subtractComplex(a: Complex | number, b: Complex | number): Complex {
  if (typeof a === "number") return new Complex(a - (b as Complex).re, 0 - (b as Complex).im);
  return typeof b === "number" ? new Complex(a.re - b, a.im) : new Complex(a.re - b.re, a.im - b.im);
}

function multiplyComplex(a: Complex | number, b: Complex | number): Complex {
  if (typeof a === "number") return new Complex(a * (b as Complex).re, a * (b as Complex).im);
  if (typeof b === "number") return new Complex(a.re * b, a.im * b);
  return new Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
}

function divideComplex(a: Complex | number, b: Complex | number): Complex {
  if (typeof b === "number") return new Complex((a as Complex).re / b, (a as Complex).im / b);
  const norm = b.re * b.re + b.im * b.im;
  if (typeof a === "number") return new Complex((a * b.re) / norm, 0 - (a * b.im) / norm);
  return new Complex((a.re * b.re + a.im * b.im) / norm, (a.im * b.re - a.re * b.im) / norm);
}

/** The left operand's method, else the right's, which then learns with `true` that it stands right. */
function operatorMethod(name: NativeKey, a: Value, b: Value): Result {
  if (a instanceof IonObject) {
    const method = getProperty(a, name);
    if (method !== undefined) return askFor(method, a, [b], USE_REGISTER);
  }
  if (b instanceof IonObject) {
    const method = getProperty(b, name);
    if (method !== undefined) return askFor(method, b, [a, true], USE_REGISTER);
  }
  return Undefined;
}
