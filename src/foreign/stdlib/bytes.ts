/** Binaries and Float64Arrays. */
import { systemLimit } from "../../errors.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import type { Atom } from "../../values/atom.ts";
import { asciiText, Binary, BYTES_PER_UNIT, bytesOfHex, FloatArray, hexText } from "../../values/bytes.ts";
import { copyOfFloats } from "../../values/copy.ts";
import { reserve } from "../../values/memory.ts";
import type { Value, ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type ForeignSpec, type Parameter, refusal } from "../spec.ts";
import { allowElements, itemsOf } from "./arrays.ts";
import { RANGE_TEXT, rangeOf } from "./ranges.ts";
import { allowText } from "./text.ts";

const BINARY: Parameter = { name: "binary", type: "Binary" };
const FLOATS: Parameter = { name: "numbers", type: "Float64Array" };
const TEXT: Parameter = { name: "text", type: "String" };

function number(name: string): Parameter {
  return { name, type: "Number" };
}

function bytesOf(value: Value): Uint8Array {
  return (value as Binary).bytes;
}

/** Counts the bytes. @throws ProgramError if there is no room */
function allowBytes(count: number): number {
  if (count > FIXED_LIMITS.binaryLength.value) throw systemLimit("binary");
  reserve(count);
  work.units += count / BYTES_PER_UNIT;
  return count;
}

function allowFloats(count: number): number {
  if (!(Number.isInteger(count) && count >= 0)) throw refusal(`A length is a whole number from 0, got ${count}`);
  if (count > FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
  allowBytes(count * Float64Array.BYTES_PER_ELEMENT);
  return count;
}

function concat(a: Uint8Array, b: Uint8Array): Binary {
  const bytes = new Uint8Array(allowBytes(a.length + b.length));
  bytes.set(a);
  bytes.set(b, a.length);
  return new Binary(bytes);
}

function ofArray(items: readonly Value[]): Binary {
  work.values += items.length;
  const bytes = new Uint8Array(allowBytes(items.length));
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!(typeof item === "number" && Number.isInteger(item) && item >= 0 && item <= 255)) {
      throw refusal(`A byte is a whole Number from 0 to 255; the element ${i} is none`);
    }
    bytes[i] = item;
  }
  return new Binary(bytes);
}

function toArray(items: ArrayLike<number>): ValueArray {
  allowElements(items.length);
  return Array.from(items);
}

const encoder = new TextEncoder();

/** A UTF-16 unit is three bytes at most. */
const LARGEST_GROWTH = 3;

/** @throws ForeignFailure for a lone surrogate */
export function encodeText(text: string): Binary {
  if (!(text as unknown as { isWellFormed(): boolean }).isWellFormed()) throw refusal("A lone surrogate has no UTF-8");
  reserve(text.length * LARGEST_GROWTH);
  const bytes = encoder.encode(text);
  allowBytes(bytes.length);
  return new Binary(bytes);
}

function decode(bytes: Uint8Array): string {
  allowText(bytes.length);
  work.units += bytes.length / BYTES_PER_UNIT;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refusal("The bytes are no UTF-8");
  }
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const DIGIT_UNITS = Uint8Array.from(DIGITS, (digit) => digit.charCodeAt(0));
const PADDING = "=".charCodeAt(0);
/** By unit; 64: it is no digit. */
const DIGIT_VALUES = new Uint8Array(128).fill(64);
DIGIT_UNITS.forEach((unit, value) => {
  DIGIT_VALUES[unit] = value;
});

/** RFC 4648, with padding. */
function toBase64(bytes: Uint8Array): string {
  const length = Math.ceil(bytes.length / 3) * 4;
  allowText(length);
  work.units += length;
  const units = new Uint8Array(length);
  for (let i = 0, at = 0; i < bytes.length; i += 3) {
    const three = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    units[at++] = DIGIT_UNITS[three >> 18];
    units[at++] = DIGIT_UNITS[(three >> 12) & 63];
    units[at++] = i + 1 < bytes.length ? DIGIT_UNITS[(three >> 6) & 63] : PADDING;
    units[at++] = i + 2 < bytes.length ? DIGIT_UNITS[three & 63] : PADDING;
  }
  return asciiText(units);
}

function fromBase64(text: string): Binary {
  work.units += text.length;
  const digits = text.length - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);
  if (text.length % 4 !== 0) throw refusal("It is no base64");
  const bytes = new Uint8Array(allowBytes(Math.floor((digits * 3) / 4)));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < digits; i++) {
    const digit = DIGIT_VALUES[text.charCodeAt(i)] ?? 64;
    if (digit === 64) throw refusal("It is no base64");
    held = ((held << 6) | digit) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 255;
  }
  return new Binary(bytes);
}

/** How Numbers stand in bytes: the type, and `_be` if the first byte is the highest. */
const LAYOUTS: Readonly<
  Record<
    string,
    readonly [
      size: number,
      get: (view: DataView, little: boolean) => number,
      set: (view: DataView, value: number, little: boolean) => void,
    ]
  >
> = {
  u8: [1, (view) => view.getUint8(0), (view, value) => view.setUint8(0, value)],
  i8: [1, (view) => view.getInt8(0), (view, value) => view.setInt8(0, value)],
  u16: [2, (view, little) => view.getUint16(0, little), (view, value, little) => view.setUint16(0, value, little)],
  i16: [2, (view, little) => view.getInt16(0, little), (view, value, little) => view.setInt16(0, value, little)],
  u32: [4, (view, little) => view.getUint32(0, little), (view, value, little) => view.setUint32(0, value, little)],
  i32: [4, (view, little) => view.getInt32(0, little), (view, value, little) => view.setInt32(0, value, little)],
  f32: [4, (view, little) => view.getFloat32(0, little), (view, value, little) => view.setFloat32(0, value, little)],
  f64: [8, (view, little) => view.getFloat64(0, little), (view, value, little) => view.setFloat64(0, value, little)],
};
const LAYOUT_NAMES = Object.keys(LAYOUTS)
  .map((name) => `\`:${name}\``)
  .join(", ");
const BIG_ENDIAN = "_be";

function layoutOf({ name }: Atom) {
  const isBig = name.endsWith(BIG_ENDIAN);
  const plain = isBig ? name.slice(0, -BIG_ENDIAN.length) : name;
  if (!Object.hasOwn(LAYOUTS, plain)) throw refusal(`There is no layout :${name}`);
  return { layout: LAYOUTS[plain], little: !isBig };
}

function read(bytes: Uint8Array, offset: number, name: Atom): number {
  const { layout, little } = layoutOf(name);
  if (!(Number.isInteger(offset) && offset >= 0 && offset + layout[0] <= bytes.length)) {
    throw refusal(`There are no ${layout[0]} bytes at ${offset} of ${bytes.length}`);
  }
  return layout[1](new DataView(bytes.buffer, bytes.byteOffset + offset, layout[0]), little);
}

function ofNumber(value: number, name: Atom): Binary {
  const { layout, little } = layoutOf(name);
  const bytes = new Uint8Array(layout[0]);
  const view = new DataView(bytes.buffer);
  layout[2](view, value, little);
  const isWhole = !name.name.startsWith("f");
  if (isWhole && layout[1](view, little) !== value) throw refusal(`${value} does not fit into :${name.name}`);
  return new Binary(bytes);
}

function floatsOf(items: readonly Value[]): FloatArray {
  work.values += items.length;
  const made = new Float64Array(allowFloats(items.length));
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (typeof item !== "number") throw refusal(`A Float64Array holds Numbers; the element ${i} is none`);
    made[i] = item;
  }
  return new FloatArray(made);
}

export const BYTES: readonly ForeignSpec[] = [
  {
    name: "BinaryFrom",
    parameters: [{ name: "bytes", type: "Sequence" }],
    result: "Binary",
    description:
      "The Binary of these Numbers, each a byte from 0 to 255; fails for all else. Its bytes are read as elements, by index.",
    charge: "the bytes, two as a unit, and the values",
    pure: true,
    run: (args) => ofArray(itemsOf(args[0])),
  },
  {
    name: "BinaryToArray",
    parameters: [BINARY],
    result: "Array",
    description: "A fresh Array of the bytes.",
    charge: "the elements",
    pure: false,
    run: (args) => toArray(bytesOf(args[0])),
  },
  {
    name: "BinaryLength",
    parameters: [BINARY],
    result: "Number",
    description: "The number of bytes, as its property `length`.",
    pure: true,
    run: (args) => bytesOf(args[0]).length,
  },
  {
    name: "BinarySlice",
    parameters: [BINARY, number("from"), number("to")],
    result: "Binary",
    description: `The bytes ${RANGE_TEXT}. They are shared with the whole, which stays in memory with them.`,
    pure: true,
    run: (args) => {
      const { from, to } = rangeOf(args[1] as number, args[2] as number, bytesOf(args[0]).length);
      return new Binary(bytesOf(args[0]).subarray(from, to));
    },
  },
  {
    name: "BinaryConcat",
    parameters: [
      { name: "a", type: "Binary" },
      { name: "b", type: "Binary" },
    ],
    result: "Binary",
    description: "The bytes of both.",
    charge: "the bytes of the result, two as a unit",
    pure: true,
    run: (args) => concat(bytesOf(args[0]), bytesOf(args[1])),
  },
  {
    name: "TextEncode",
    parameters: [TEXT],
    result: "Binary",
    description: "The text in UTF-8; fails for a lone surrogate.",
    charge: "the bytes, two as a unit",
    pure: true,
    run: (args) => encodeText(args[0] as string),
  },
  {
    name: "TextDecode",
    parameters: [BINARY],
    result: "String",
    description: "The text that the bytes are in UTF-8; fails for what is none. A byte order mark is a character.",
    charge: "the bytes, two as a unit",
    pure: true,
    run: (args) => decode(bytesOf(args[0])),
  },
  {
    name: "HexEncode",
    parameters: [BINARY],
    result: "String",
    description: "Two hexadecimal digits for each byte.",
    charge: "the units of the result",
    pure: true,
    run: (args) => {
      allowText(2 * bytesOf(args[0]).length);
      work.units += 2 * bytesOf(args[0]).length;
      return hexText(bytesOf(args[0]));
    },
  },
  {
    name: "HexDecode",
    parameters: [TEXT],
    result: "Binary",
    description: "The bytes that such a text says, its digits of any case; fails for any other.",
    charge: "the units of the text",
    pure: true,
    run: (args) => {
      work.units += (args[0] as string).length;
      const bytes = bytesOfHex(args[0] as string);
      if (bytes === null) throw refusal("It is not two hexadecimal digits for each byte");
      return new Binary(bytes);
    },
  },
  {
    name: "Base64Encode",
    parameters: [BINARY],
    result: "String",
    description: "The bytes in base64 (RFC 4648), with padding.",
    charge: "the units of the result",
    pure: true,
    run: (args) => toBase64(bytesOf(args[0])),
  },
  {
    name: "Base64Decode",
    parameters: [TEXT],
    result: "Binary",
    description: "The bytes of such a text; fails for any other.",
    charge: "the units of the text, and the bytes, two as a unit",
    pure: true,
    run: (args) => fromBase64(args[0] as string),
  },
  {
    name: "NumberAt",
    parameters: [BINARY, number("offset"), { name: "layout", type: "Atom" }],
    result: "Number",
    description: `The Number that begins at this byte, in the layout ${LAYOUT_NAMES}, the lowest byte first; or, with \`_be\` behind it, the highest. Fails beyond the end.`,
    pure: true,
    run: (args) => read(bytesOf(args[0]), args[1] as number, args[2] as Atom),
  },
  {
    name: "NumberToBinary",
    parameters: [number("number"), { name: "layout", type: "Atom" }],
    result: "Binary",
    description: "The bytes of a Number in such a layout; fails for a whole one that does not fit.",
    pure: true,
    run: (args) => ofNumber(args[0] as number, args[1] as Atom),
  },
  {
    name: "FloatsNew",
    parameters: [number("length"), number("value")],
    result: "Float64Array",
    description:
      "A fresh Float64Array that has the Number in each of its places. Its elements are read and written by index; all else is left alone.",
    charge: "its bytes, two as a unit",
    pure: false,
    run: (args) => new FloatArray(new Float64Array(allowFloats(args[0] as number)).fill(args[1] as number)),
  },
  {
    name: "FloatsFrom",
    parameters: [{ name: "numbers", type: "Sequence" }],
    result: "Float64Array",
    description: "A fresh Float64Array of these Numbers; fails for anything else.",
    charge: "the values, and the bytes, two as a unit",
    pure: false,
    run: (args) => floatsOf(itemsOf(args[0])),
  },
  {
    name: "FloatsToArray",
    parameters: [FLOATS],
    result: "Array",
    description: "A fresh Array of the Numbers.",
    charge: "the elements",
    pure: false,
    run: (args) => toArray((args[0] as FloatArray).items),
  },
  {
    name: "FloatsLength",
    parameters: [FLOATS],
    result: "Number",
    description: "How many Numbers it has, as its property `length`.",
    pure: true,
    run: (args) => (args[0] as FloatArray).items.length,
  },
  {
    name: "FloatsSlice",
    parameters: [FLOATS, number("from"), number("to")],
    result: "Float64Array",
    description: `A fresh Float64Array of the Numbers ${RANGE_TEXT}.`,
    charge: "its bytes, two as a unit",
    pure: false,
    run: (args) => {
      const { items } = args[0] as FloatArray;
      const { from, to } = rangeOf(args[1] as number, args[2] as number, items.length);
      return copyOfFloats(new FloatArray(items.subarray(from, to)));
    },
  },
  {
    name: "FloatsFill",
    parameters: [FLOATS, number("value"), number("from"), number("to")],
    result: "Float64Array",
    description: `Puts the Number in each place ${RANGE_TEXT}; gives the Float64Array back. Fails if it is frozen.`,
    charge: "the bytes written, two as a unit",
    pure: false,
    run: (args) => {
      const floats = args[0] as FloatArray;
      if (floats.frozen) throw refusal("A frozen Float64Array cannot be written");
      const { from, to } = rangeOf(args[2] as number, args[3] as number, floats.items.length);
      work.units += ((to - from) * Float64Array.BYTES_PER_ELEMENT) / BYTES_PER_UNIT;
      floats.items.fill(args[1] as number, from, to);
      return floats;
    },
  },
];
