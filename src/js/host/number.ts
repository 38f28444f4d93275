/** Number, and the globals that read Numbers. */
import { jsError } from "../../errors.ts";
import { Undefined, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, fn, method } from "../built-in.ts";
import { toBoolean, toInteger, toNumber, toText } from "./convert.ts";

/** Reads no more of a text than can matter to a Number: it is counted all the same. */
function counted(value: Value): string {
  const text = toText(value);
  work.units += text.length;
  return text;
}

function thisNumber(self: Value, name: string): number {
  if (typeof self === "number") return self;
  throw jsError("TypeError", `Number.prototype.${name} requires that 'this' be a Number`);
}

function digitsOf(value: Value, name: string, least: number): number {
  const digits = toInteger(value);
  if (digits < least || digits > 100) {
    const range = least === 0 ? "0 and 100" : "1 and 100";
    throw jsError("RangeError", `${name} argument must be between ${range}`);
  }
  return digits;
}

function toRadix(self: Value, radix: Value): string {
  const number = thisNumber(self, "toString");
  const base = radix === Undefined ? 10 : toInteger(radix);
  if (base < 2 || base > 36) throw jsError("RangeError", "toString() radix argument must be between 2 and 36");
  return number.toString(base);
}

function toFixed(self: Value, digits: Value): string {
  const number = thisNumber(self, "toFixed");
  const count = toInteger(digits);
  if (count < 0 || count > 100) throw jsError("RangeError", "toFixed() digits argument must be between 0 and 100");
  return number.toFixed(count);
}

function toPrecision(self: Value, digits: Value): string {
  const number = thisNumber(self, "toPrecision");
  if (digits === Undefined) return String(number);
  const count = toInteger(digits);
  return Number.isFinite(number) ? number.toPrecision(digitsOf(count, "toPrecision()", 1)) : String(number);
}

function toExponential(self: Value, digits: Value): string {
  const number = thisNumber(self, "toExponential");
  if (digits === Undefined) return number.toExponential();
  const count = toInteger(digits);
  return Number.isFinite(number) ? number.toExponential(digitsOf(count, "toExponential()", 0)) : String(number);
}

const parseInteger = (text: Value, radix: Value): number => Number.parseInt(counted(text), toNumber(radix));
const parseDecimal = (text: Value): number => Number.parseFloat(counted(text));

export const NUMBER: readonly BuiltIn[] = [
  fn("parseInt", 2, parseInteger),
  fn("parseFloat", 1, parseDecimal),
  fn("Number.parseInt", 2, parseInteger),
  fn("Number.parseFloat", 1, parseDecimal),
  fn("isNaN", 1, (value) => Number.isNaN(toNumber(value))),
  fn("isFinite", 1, (value) => Number.isFinite(toNumber(value))),
  fn("Number.isNaN", 1, (value) => Number.isNaN(value), false),
  fn("Number.isFinite", 1, (value) => Number.isFinite(value), false),
  fn("Number.isInteger", 1, (value) => Number.isInteger(value), false),
  fn("Number.isSafeInteger", 1, (value) => Number.isSafeInteger(value), false),
  method("Number.prototype.toString", 1, toRadix),
  method("Number.prototype.toLocaleString", 0, (self) => thisNumber(self, "toLocaleString").toLocaleString("en-US")),
  method("Number.prototype.valueOf", 0, (self) => thisNumber(self, "valueOf")),
  method("Number.prototype.toFixed", 1, toFixed),
  method("Number.prototype.toPrecision", 1, toPrecision),
  method("Number.prototype.toExponential", 1, toExponential),
];

/** Boolean has nothing else that is a function of the host. */
export const BOOLEAN: readonly BuiltIn[] = [
  fn("Boolean", 1, toBoolean, false),
  method("Boolean.prototype.toString", 0, (self) => String(thisBoolean(self, "toString"))),
  method("Boolean.prototype.valueOf", 0, (self) => thisBoolean(self, "valueOf")),
];

function thisBoolean(self: Value, name: string): boolean {
  if (typeof self === "boolean") return self;
  throw jsError("TypeError", `Boolean.prototype.${name} requires that 'this' be a Boolean`);
}
