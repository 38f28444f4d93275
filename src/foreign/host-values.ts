/**
 * Values of programs as JavaScript has them, and back: what functions written in JavaScript see. docs/ffi.md has the
 * table. Sharing and cycles are kept both ways; nothing recurses, since programs nest as deep as they like.
 */
import { systemLimit } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { Atom } from "../values/atom.ts";
import { Binary, FloatArray } from "../values/bytes.ts";
import { FunctionValue } from "../values/function.ts";
import { reserve } from "../values/memory.ts";
import { ALL_ATTRIBUTES, defineProperty, IonObject, memberAt, nativeKey, ownKeys, plainKey } from "../values/object.ts";
import { ProcessValue } from "../values/process.ts";
import { Reference } from "../values/reference.ts";
import { Complex, emptyArray, Tagged, Tuple, Undefined, Unit, type Value, type ValueArray } from "../values/value.ts";
import { work } from "../values/work.ts";

/** A value as a JavaScript function gets or gives it. */
export type HostValue =
  | number
  | boolean
  | string
  | null
  | undefined
  | Atom
  | Complex
  | ProcessValue
  | Reference
  | FunctionValue
  | HostTagged
  | Uint8Array
  | Float64Array
  | readonly HostValue[]
  | HostObject;

/** Own members, in order. Prototypes and attributes stay behind. */
export interface HostObject {
  [key: string]: HostValue;
}

/** A Tagged value, whose payload is JavaScript's. */
export class HostTagged {
  readonly tag: string;
  readonly payload: HostValue;
  constructor(tag: string, payload: HostValue) {
    this.tag = tag;
    this.payload = payload;
  }
}

/** How a conversion fails: why a value of the host is none of a program's. */
export class Unconvertible extends Error {}

/** A value of a program for JavaScript. The bytes of a Binary are lent, not given: nobody may write to them. */
export function toHost(value: Value): HostValue {
  if (typeof value !== "object") return value;
  return leafToHost(value) ?? new ToHost().convert(value);
}

/** Undefined: it has parts. A Tuple without any has none. */
function leafToHost(value: Value): HostValue {
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return undefined;
  if (value instanceof Binary) return value.bytes;
  if (value instanceof FloatArray) return value.items;
  return value.kind === "Tuple" || value.kind === "Object" || value.kind === "Tagged" || value.kind === "Undefined"
    ? undefined
    : value.kind === "Unit"
      ? null
      : (value as HostValue);
}

class ToHost {
  readonly #made = new Map<Value, HostValue>();
  /** Made, and not filled yet. */
  readonly #open: { readonly from: Value; readonly to: HostValue }[] = [];

  convert(root: Value): HostValue {
    const converted = this.#begin(root);
    // Tuples and Tagged values can only be made of finished parts, unless what they are in is known already: they are
    // made empty and closed at the end.
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) this.#fill(next.from, next.to);
    for (const made of this.#made.values()) {
      if (made instanceof HostTagged || (Array.isArray(made) && this.#tuples.has(made))) Object.freeze(made);
    }
    return converted;
  }
  readonly #tuples = new Set<HostValue>();

  #begin(value: Value): HostValue {
    if (value === Undefined) return undefined;
    const leaf = leafToHost(value);
    if (leaf !== undefined) return leaf;
    const known = this.#made.get(value);
    if (known !== undefined) return known;
    const made = this.#empty(value);
    this.#made.set(value, made);
    this.#open.push({ from: value, to: made });
    return made;
  }

  #empty(value: Value): HostValue {
    if (Array.isArray(value)) return [];
    if (value instanceof Tagged) return new HostTagged(value.tag, undefined);
    if (value instanceof IonObject) return {};
    const made: HostValue[] = [];
    this.#tuples.add(made);
    return made;
  }

  #fill(from: Value, to: HostValue): void {
    work.values++;
    if (from instanceof IonObject) {
      const keys = ownKeys(from);
      work.values += keys.length;
      for (const key of keys) define(to as HostObject, plainKey(key), this.#begin(memberAt(from, key)));
    } else if (from instanceof Tagged) {
      (to as { payload: HostValue }).payload = this.#begin(from.payload);
    } else {
      const items = Array.isArray(from) ? from : (from as Tuple).items;
      work.values += items.length;
      for (let i = 0; i < items.length; i++) (to as HostValue[]).push(this.#begin(items[i]));
    }
  }
}

/** Not an assignment: `__proto__` is a key like any other. */
function define(object: HostObject, key: string, value: HostValue): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/**
 * A value of JavaScript for a program; it belongs to the program from now on. Bytes and doubles are taken as they are,
 * without a copy: who gives them must not write to them later.
 * @throws Unconvertible for what no value of a program is, such as a function
 * @throws ProgramError `(system_limit, …)` for what is too large
 */
export function fromHost(value: unknown): Value {
  return leafFromHost(value) ?? new FromHost().convert(value);
}

/** Undefined: it has parts. */
function leafFromHost(value: unknown): Value | undefined {
  switch (typeof value) {
    case "number":
    case "boolean":
      return value;
    case "string":
      return textFromHost(value);
    case "undefined":
      return Undefined;
    case "object":
      return value === null ? Unit : objectFromHost(value);
    default:
      throw new Unconvertible(`a ${typeof value} is no value of a program`);
  }
}

function textFromHost(text: string): string {
  if (text.length > FIXED_LIMITS.stringLength.value) throw systemLimit("string");
  return text;
}

function objectFromHost(value: object): Value | undefined {
  if (
    value instanceof Atom ||
    value instanceof Complex ||
    value instanceof ProcessValue ||
    value instanceof Reference ||
    value instanceof FunctionValue
  ) {
    return value;
  }
  if (value instanceof Float64Array) return floatsFromHost(value);
  if (value instanceof ArrayBuffer) return bytesFromHost(new Uint8Array(value));
  if (!ArrayBuffer.isView(value)) return undefined;
  if (value instanceof DataView || value instanceof BigInt64Array || value instanceof BigUint64Array) {
    throw new Unconvertible(`a ${value.constructor.name} is no value of a program`);
  }
  if (value instanceof Uint8Array || value instanceof Uint8ClampedArray) {
    return bytesFromHost(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  }
  return floatsFromHost(Float64Array.from(value as unknown as ArrayLike<number>));
}

function bytesFromHost(bytes: Uint8Array): Binary {
  if (bytes.length > FIXED_LIMITS.binaryLength.value) throw systemLimit("binary");
  return new Binary(bytes);
}

function floatsFromHost(items: Float64Array): FloatArray {
  if (items.length > FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
  return new FloatArray(items);
}

/** What has parts, made and not finished yet. */
interface Unfinished {
  readonly from: object;
  readonly to: Value;
}

/** How an Array's elements are held. */
const BYTES_PER_ELEMENT = 8;

class FromHost {
  readonly #made = new Map<object, Value>();
  readonly #open: Unfinished[] = [];

  convert(root: unknown): Value {
    const converted = this.#begin(root);
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) this.#fill(next);
    return converted;
  }

  #begin(value: unknown): Value {
    const leaf = leafFromHost(value);
    if (leaf !== undefined) return leaf;
    const object = value as object;
    const known = this.#made.get(object);
    if (known !== undefined) return known;
    const made = emptyFor(object);
    this.#made.set(object, made);
    this.#open.push({ from: object, to: made });
    return made;
  }

  #fill({ from, to }: Unfinished): void {
    if (Array.isArray(from)) {
      if (from.length > FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
      reserve(from.length * BYTES_PER_ELEMENT);
      const items = Array.isArray(to) ? to : ((to as Tuple).items as ValueArray);
      work.values += from.length + 1;
      for (let i = 0; i < from.length; i++) items.push(this.#begin(from[i]));
    } else if (from instanceof HostTagged) {
      work.values++;
      (to as { payload: Value }).payload = this.#begin(from.payload);
    } else {
      const entries = from instanceof Map ? [...from] : Object.entries(from);
      work.values += entries.length + 1;
      for (const [key, item] of entries) {
        if (typeof key !== "string") throw new Unconvertible("a Map whose keys are not texts is no value of a program");
        defineProperty(to as IonObject, nativeKey(key), this.#begin(item), ALL_ATTRIBUTES);
      }
    }
  }
}

function emptyFor(value: object): Value {
  if (Array.isArray(value)) return Object.isFrozen(value) ? new Tuple([]) : emptyArray();
  if (value instanceof HostTagged) return new Tagged(value.tag, Undefined);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (value instanceof Map || prototype === null || isPlain(prototype as object)) return new IonObject();
  throw new Unconvertible(`an object of the class ${className(prototype as object)} is no value of a program`);
}

/** The prototype of objects without a class, of whatever realm. */
function isPlain(prototype: object): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "hasOwnProperty");
}

function className(prototype: object): string {
  const { constructor } = prototype as { constructor?: { name?: unknown } };
  return typeof constructor?.name === "string" && constructor.name !== "" ? constructor.name : "(unnamed)";
}
