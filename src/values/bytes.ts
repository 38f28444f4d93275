/**
 * Values whose parts are bytes, and so lie in memory as foreign code wants them: a `Binary`, immutable and shared by
 * all who have it, and a `Float64Array` of a program, which can be written until it is frozen.
 */
import { defineKind } from "./value.ts";

/** Immutable bytes. Nobody writes to them once they are in here. */
export class Binary {
  declare readonly kind: "Binary";
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}
defineKind(Binary.prototype, "Binary");

/** An array of a fixed number of doubles. */
export class FloatArray {
  declare readonly kind: "Float64Array";
  readonly items: Float64Array;
  /** It cannot be written any more, and is passed on as it is. */
  frozen: boolean;
  constructor(items: Float64Array, frozen = false) {
    this.items = items;
    this.frozen = frozen;
  }
}
defineKind(FloatArray.prototype, "Float64Array");

/** What the work of copying and comparing bytes is counted as: a UTF-16 unit is two of them. */
export const BYTES_PER_UNIT = 2;

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** As IEEE: NaN differs from itself. */
export function equalFloats(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Two hexadecimal digits a byte. */
export function hexText(bytes: Uint8Array): string {
  const units = new Uint8Array(2 * bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    units[2 * i] = hexUnit(bytes[i] >> 4);
    units[2 * i + 1] = hexUnit(bytes[i] & 15);
  }
  return asciiText(units);
}

function hexUnit(digit: number): number {
  return digit + (digit < 10 ? 0x30 : 0x61 - 10);
}

/** The text of units below 128. At once: one that grows unit by unit takes thirty bytes for each. */
export function asciiText(units: Uint8Array): string {
  return new TextDecoder().decode(units);
}

/** Null if it is no such text. */
export function bytesOfHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = hexDigit(text.charCodeAt(2 * i));
    const low = hexDigit(text.charCodeAt(2 * i + 1));
    if (high < 0 || low < 0) return null;
    bytes[i] = (high << 4) | low;
  }
  return bytes;
}

/** -1: it is none. */
function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}
