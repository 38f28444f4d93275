/**
 * Operators of JavaScript in full. Engines handle Number with Number themselves. JavaScript's undefined: methods of an
 * operand must be called first, which a function of the library does.
 */
import { systemLimit } from "../../errors.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import type { Value } from "../../values/value.ts";
import { Undefined } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { USE_REGISTER } from "../method-call.ts";
import { isPrimitive, toNumber, toText } from "./convert.ts";
import { ask, type IntrinsicOperation, realm } from "./realm.ts";

/** The result of an operation, or undefined if something must be called first. */
export type Result = Value | undefined;

/** Leaves the operation to the library. */
export function askIntrinsic(name: IntrinsicOperation, args: readonly Value[]): undefined {
  return ask(realm().intrinsic(name), Undefined, args, USE_REGISTER);
}

export function jsAdd(a: Value, b: Value): Result {
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (typeof a === "string" && typeof b === "string") return concatenate(a, b);
  if (!isPrimitive(a) || !isPrimitive(b)) return askIntrinsic("%add", [a, b]);
  if (typeof a === "string" || typeof b === "string") return concatenate(toText(a), toText(b));
  return toNumber(a) + toNumber(b);
}

function concatenate(a: string, b: string): string {
  const length = a.length + b.length;
  if (length > FIXED_LIMITS.stringLength.value) throw systemLimit("string");
  work.units += length;
  return a + b;
}

function onNumbers(name: IntrinsicOperation, operation: (a: number, b: number) => number) {
  return (a: Value, b: Value): Result => {
    if (typeof a === "number" && typeof b === "number") return operation(a, b);
    if (!isPrimitive(a) || !isPrimitive(b)) return askIntrinsic(name, [a, b]);
    const left = toNumber(a);
    return operation(left, toNumber(b));
  };
}

export const jsSubtract = onNumbers("%sub", (a, b) => a - b);
export const jsMultiply = onNumbers("%mul", (a, b) => a * b);
export const jsDivide = onNumbers("%div", (a, b) => a / b);
export const jsRemainder = onNumbers("%mod", (a, b) => a % b);
export const jsPower = onNumbers("%pow", (a, b) => a ** b);
export const jsBitAnd = onNumbers("%bitAnd", (a, b) => a & b);
export const jsBitOr = onNumbers("%bitOr", (a, b) => a | b);
export const jsBitXor = onNumbers("%bitXor", (a, b) => a ^ b);
export const jsShiftLeft = onNumbers("%shl", (a, b) => a << b);
export const jsShiftRight = onNumbers("%shr", (a, b) => a >> b);
export const jsShiftRightUnsigned = onNumbers("%ushr", (a, b) => a >>> b);

export function jsNegate(a: Value): Result {
  return isPrimitive(a) ? -toNumber(a) : askIntrinsic("%neg", [a]);
}

export function jsBitNot(a: Value): Result {
  return isPrimitive(a) ? ~toNumber(a) : askIntrinsic("%bitNot", [a]);
}

export function jsNumber(a: Value): Result {
  return isPrimitive(a) ? toNumber(a) : askIntrinsic("%number", [a]);
}

export function jsString(a: Value): Result {
  return isPrimitive(a) ? toText(a) : askIntrinsic("%string", [a]);
}
