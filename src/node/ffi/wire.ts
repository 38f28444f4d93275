/**
 * What goes between the VM and the processes and threads in which foreign code runs.
 *
 * A message is a value in MessagePack, and behind it blobs: the bytes of Binary and Float64Array values as they lie in
 * memory, each at a multiple of eight, so that the other side needs no copy of its own. Values that MessagePack lacks are
 * extensions (`EXTENSIONS`); the Python side (python/ionvm.py) has the same table.
 *
 * On a pipe: u32 a mark (`FRAME_MARK`), u32 length of the message, u32 number of blobs, u32 0, u64 length of each blob,
 * then the message and the blobs, each filled up to a multiple of eight. All little endian.
 *
 * The other side may be out of its mind: whatever comes from there is a value, or an error of the call that it belongs to.
 */
import { addExtension, Packr } from "msgpackr/pack";
import { systemLimit } from "../../errors.ts";
import { ForeignFailure } from "../../foreign/spec.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { atom } from "../../values/atom.ts";
import { Binary, BYTES_PER_UNIT, FloatArray } from "../../values/bytes.ts";
import {
  ALL_ATTRIBUTES,
  createObject,
  defineProperty,
  memberAt,
  nativeKey,
  ownKeys,
  plainKey,
} from "../../values/object.ts";
import { Complex, Tagged, Tuple, Undefined, Unit, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";

/** Numbers of MessagePack's extension types. */
export const EXTENSIONS = {
  atom: 1,
  undefined: 2,
  complex: 3,
  tuple: 4,
  tagged: 5,
  handle: 6,
  blob: 7,
  text: 8,
  negativeZero: 9,
} as const;

class AtomMark {
  /** A text, or the mark of one. */
  readonly name: unknown;
  constructor(name: unknown) {
    this.name = name;
  }
}
class UndefinedMark {}
class ComplexMark {
  readonly parts: readonly unknown[];
  constructor(parts: readonly unknown[]) {
    this.parts = parts;
  }
}
class TupleMark {
  readonly items: unknown[];
  constructor(items: unknown[]) {
    this.items = items;
  }
}
class TaggedMark {
  readonly parts: readonly [tag: unknown, payload: unknown];
  constructor(parts: readonly [tag: unknown, payload: unknown]) {
    this.parts = parts;
  }
}
/** A Process, Reference or Function: the other side can hold it and give it back, no more. */
class HandleMark {
  readonly parts: readonly [number, string];
  constructor(parts: readonly [number, string]) {
    this.parts = parts;
  }
}
class BlobMark {
  readonly parts: readonly [kind: number, index: number];
  constructor(parts: readonly [kind: number, index: number]) {
    this.parts = parts;
  }
}
/** A text with lone surrogates, which UTF-8 cannot say, or with a mark in front that decoders take away: its units. */
class TextMark {
  readonly units: Uint8Array;
  constructor(units: Uint8Array) {
    this.units = units;
  }
}
/** MessagePack would make it the whole number 0. */
class NegativeZeroMark {}
const UNDEFINED = new UndefinedMark();
const NEGATIVE_ZERO = new NegativeZeroMark();

const LARGEST_WHOLE = 2n ** 53n;
const BYTE_ORDER_MARK = 0xfeff;

const BINARY_BLOB = 0;
const FLOATS_BLOB = 1;
/** A Binary up to this size stands in the message itself. */
const SMALL_BINARY = 1024;

const packr = new Packr({ useRecords: false, mapsAsObjects: false, variableMapSize: true, int64AsType: "bigint" });

/** The content of an extension is a message of its own: msgpackr's quicker way to write one is none that others can read. */
function extension(
  type: number,
  Class: new (...args: never) => object,
  write: (mark: never) => unknown,
  read: (data: never) => object,
): void {
  addExtension({
    type,
    Class,
    pack: (mark: never) => packr.pack(write(mark)),
    unpack: (content: Uint8Array) => read(packr.unpack(content) as never),
  } as unknown as Parameters<typeof addExtension>[0]);
}
extension(
  EXTENSIONS.atom,
  AtomMark,
  ({ name }: AtomMark) => name,
  (name: unknown) => new AtomMark(name),
);
extension(
  EXTENSIONS.undefined,
  UndefinedMark,
  () => null,
  () => UNDEFINED,
);
extension(
  EXTENSIONS.complex,
  ComplexMark,
  ({ parts }: ComplexMark) => parts,
  (parts: unknown[]) => new ComplexMark(parts),
);
extension(
  EXTENSIONS.tuple,
  TupleMark,
  ({ items }: TupleMark) => items,
  (items: unknown[]) => new TupleMark(items),
);
extension(
  EXTENSIONS.tagged,
  TaggedMark,
  ({ parts }: TaggedMark) => parts,
  (parts: [unknown, unknown]) => new TaggedMark(parts),
);
extension(
  EXTENSIONS.handle,
  HandleMark,
  ({ parts }: HandleMark) => parts,
  (parts: [number, string]) => new HandleMark(parts),
);
extension(
  EXTENSIONS.blob,
  BlobMark,
  ({ parts }: BlobMark) => parts,
  (parts: [number, number]) => new BlobMark(parts),
);
extension(
  EXTENSIONS.text,
  TextMark,
  ({ units }: TextMark) => units,
  (units: Uint8Array) => new TextMark(units),
);
extension(
  EXTENSIONS.negativeZero,
  NegativeZeroMark,
  () => null,
  () => NEGATIVE_ZERO,
);

/** A message, and what lies behind it. */
export interface Message {
  readonly body: Uint8Array;
  readonly blobs: readonly Uint8Array[];
}

/** What a value that goes by number only is on this side. */
export interface HandleTable {
  add(value: Value): number;
  /** @throws ForeignFailure for a number that means nothing here */
  get(id: number): Value;
}

/** No number is given twice, so that what a function has kept of one call is nothing in another. */
let nextHandle = 1;

/** The values that the other side knows by number only; most calls have none. */
export class Handles implements HandleTable {
  #values: Map<number, Value> | null = null;
  add(value: Value): number {
    const id = nextHandle++;
    (this.#values ??= new Map()).set(id, value);
    return id;
  }
  /** @throws ForeignFailure for a number that was not given in this call */
  get(id: number): Value {
    const value = this.#values?.get(id);
    if (value === undefined) throw new ForeignFailure("gave back a Process, Reference or Function of another call");
    return value;
  }
}

const MOST_VALUES = FIXED_LIMITS.messageValues.value;
/** A level of Tuples is seven calls in there, and a thousand of those are more than the stack of a thread holds. */
const DEEPEST = 200;

function tooMany(): ForeignFailure {
  return new ForeignFailure(`There are more than ${MOST_VALUES} values to be passed on`);
}
function tooDeep(): ForeignFailure {
  return new ForeignFailure(`The values to be passed on are nested more than ${DEEPEST} deep, or in themselves`);
}

/** Makes messages of values, which counts as work. @throws ForeignFailure for what is too deep, or too much */
export class Encoder {
  readonly blobs: Uint8Array[] = [];
  readonly handles: HandleTable;
  #visited = 0;

  constructor(handles: HandleTable) {
    this.handles = handles;
  }

  /** A message of parts that are plain numbers and texts, and of values that `mark` has made. */
  finish(parts: readonly unknown[]): Message {
    return { body: packr.pack(parts), blobs: this.blobs };
  }

  mark(value: Value, depth = 0): unknown {
    work.values++;
    if (++this.#visited > MOST_VALUES) throw tooMany();
    if (depth > DEEPEST) throw tooDeep();
    if (typeof value === "string") return markText(value);
    if (typeof value === "number") return markNumber(value);
    if (typeof value !== "object") return value;
    if (Array.isArray(value)) return this.#markAll(value, depth);
    switch (value.kind) {
      case "Atom":
        return new AtomMark(markText(value.name));
      case "Unit":
        return null;
      case "Undefined":
        return UNDEFINED;
      case "Complex":
        return new ComplexMark([markNumber(value.re), markNumber(value.im)]);
      case "Tuple":
        return new TupleMark(this.#markAll(value.items, depth));
      case "Tagged":
        return new TaggedMark([markText(value.tag), this.mark(value.payload, depth + 1)]);
      case "Object": {
        const map = new Map<unknown, unknown>();
        for (const key of ownKeys(value)) map.set(markText(plainKey(key)), this.mark(memberAt(value, key), depth + 1));
        return map;
      }
      case "Binary":
        return value.bytes.length <= SMALL_BINARY ? value.bytes : this.#blob(BINARY_BLOB, value.bytes);
      case "Float64Array":
        return this.#blob(
          FLOATS_BLOB,
          new Uint8Array(value.items.buffer, value.items.byteOffset, value.items.byteLength),
        );
      default:
        return new HandleMark([this.handles.add(value), value.kind]);
    }
  }

  #markAll(items: readonly Value[], depth: number): unknown[] {
    // Before there is a list as long as theirs.
    if (this.#visited + items.length > MOST_VALUES) throw tooMany();
    return items.map((item) => this.mark(item, depth + 1));
  }

  #blob(kind: number, bytes: Uint8Array): BlobMark {
    work.units += bytes.length / BYTES_PER_UNIT;
    return new BlobMark([kind, this.blobs.push(bytes) - 1]);
  }
}

function markNumber(value: number): unknown {
  return Object.is(value, -0) ? NEGATIVE_ZERO : value;
}

/** A text as a part of a message. */
export function markText(text: string): unknown {
  work.units += text.length;
  if ((text as unknown as { isWellFormed(): boolean }).isWellFormed() && text.charCodeAt(0) !== BYTE_ORDER_MARK) {
    return text;
  }
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return new TextMark(new Uint8Array(units.buffer));
}

/** The parts of a message; values among them are for `valueOf`, texts for `textOf`. @throws Error for what is no message */
export function partsOf({ body }: Message): readonly unknown[] {
  const parts: unknown = packr.unpack(body);
  if (!Array.isArray(parts)) throw new Error("it is no list");
  return parts;
}

function noValue(): ForeignFailure {
  return new ForeignFailure("gave something that is no value");
}

/**
 * A value of a message, which belongs to nobody else; counts as work.
 * @throws ForeignFailure for what is none, ProgramError `(system_limit, …)` for what is too large
 */
export function valueOf(part: unknown, blobs: readonly Uint8Array[], handles: HandleTable): Value {
  return new Decoder(blobs, handles).value(part, 0);
}

class Decoder {
  readonly #blobs: readonly Uint8Array[];
  readonly #handles: HandleTable;
  #visited = 0;

  constructor(blobs: readonly Uint8Array[], handles: HandleTable) {
    this.#blobs = blobs;
    this.#handles = handles;
  }

  value(part: unknown, depth: number): Value {
    work.values++;
    if (++this.#visited > MOST_VALUES) throw tooMany();
    switch (typeof part) {
      case "number":
      case "boolean":
        return part;
      case "string":
        return allowed(part);
      case "bigint":
        if (part >= -LARGEST_WHOLE && part <= LARGEST_WHOLE) return Number(part);
        throw new ForeignFailure(`gave the whole number ${part}, which a Number cannot hold`);
      default:
    }
    if (part === null) return Unit;
    if (depth > DEEPEST) throw tooDeep();
    if (Array.isArray(part)) return this.#all(part, depth);
    if (part instanceof Map) return this.#object(part, depth);
    if (part instanceof Uint8Array) return new Binary(Uint8Array.from(part));
    if (part instanceof AtomMark) return atom(textOf(part.name));
    if (part === UNDEFINED) return Undefined;
    if (part === NEGATIVE_ZERO) return -0;
    if (part instanceof ComplexMark) return new Complex(this.#number(part.parts, 0), this.#number(part.parts, 1));
    if (part instanceof TupleMark) return new Tuple(this.#all(part.items, depth));
    if (part instanceof TaggedMark) {
      const [tag, payload] = listOf(part.parts);
      return new Tagged(textOf(tag), this.value(payload, depth + 1));
    }
    if (part instanceof TextMark) return textOf(part);
    if (part instanceof HandleMark) return this.#handles.get(listOf(part.parts)[0] as number);
    if (part instanceof BlobMark) return this.#blob(part);
    throw noValue();
  }

  #all(items: unknown, depth: number): Value[] {
    const list = listOf(items);
    if (this.#visited + list.length > MOST_VALUES) throw tooMany();
    return list.map((item) => this.value(item, depth + 1));
  }

  #object(members: Map<unknown, unknown>, depth: number): Value {
    const object = createObject();
    for (const [key, value] of members) {
      if (typeof key !== "string" && !(key instanceof TextMark)) {
        throw new ForeignFailure("gave a mapping whose keys are not texts");
      }
      defineProperty(object, nativeKey(textOf(key)), this.value(value, depth + 1), ALL_ATTRIBUTES);
    }
    return object;
  }

  #number(parts: unknown, i: number): number {
    const number = this.value(listOf(parts)[i], 0);
    if (typeof number !== "number") throw noValue();
    return number;
  }

  #blob({ parts }: BlobMark): Value {
    const [kind, index] = listOf(parts);
    const bytes = this.#blobs[index as number];
    if (bytes === undefined) throw noValue();
    work.units += bytes.length / BYTES_PER_UNIT;
    if (kind === BINARY_BLOB) {
      if (bytes.length > FIXED_LIMITS.binaryLength.value) throw systemLimit("binary");
      return new Binary(bytes);
    }
    const { buffer, byteOffset, byteLength } = bytes;
    const count = byteLength / Float64Array.BYTES_PER_ELEMENT;
    if (!Number.isInteger(count)) throw noValue();
    if (count > FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
    return new FloatArray(new Float64Array(buffer, byteOffset, count));
  }
}

function listOf(part: unknown): readonly unknown[] {
  if (!Array.isArray(part)) throw noValue();
  return part;
}

function allowed(text: string): string {
  if (text.length > FIXED_LIMITS.stringLength.value) throw systemLimit("string");
  work.units += text.length;
  return text;
}

/** Units that the host makes a text of at once. */
const UNITS_AT_ONCE = 4_096;

/** A text of a message. @throws ForeignFailure for what is none */
export function textOf(part: unknown): string {
  if (typeof part === "string") return allowed(part);
  if (!(part instanceof TextMark) || !(part.units instanceof Uint8Array)) throw noValue();
  // Copied, because they can begin anywhere.
  const units = new Uint16Array(Uint8Array.from(part.units).buffer, 0, Math.floor(part.units.length / 2));
  const pieces: string[] = [];
  for (let at = 0; at < units.length; at += UNITS_AT_ONCE) {
    pieces.push(String.fromCharCode(...units.subarray(at, at + UNITS_AT_ONCE)));
  }
  return allowed(pieces.join(""));
}

/**
 * A message for another thread, and what of it can be given instead of copied: cloning takes the whole buffer behind a
 * view, and messages are made in large ones.
 */
export function forThread({ body, blobs }: Message): readonly [message: Message, given: ArrayBuffer[]] {
  const own = new Uint8Array(body);
  const given = [own.buffer];
  const cut = blobs.map((blob) => {
    if (blob.byteLength === blob.buffer.byteLength) return blob;
    const copy = new Uint8Array(blob);
    given.push(copy.buffer);
    return copy;
  });
  return [{ body: own, blobs: cut }, given];
}

const ALIGNMENT = 8;
const HEADER_BYTES = 16;
/** "IonV": each frame begins with it, so that what does not come from the host's own hands is noticed at once. */
export const FRAME_MARK = 0x566e6f49;
const LENGTH_BYTES = 8;
const NO_PADDING = new Uint8Array(0);

function padding(length: number): Uint8Array {
  const over = length % ALIGNMENT;
  return over === 0 ? NO_PADDING : new Uint8Array(ALIGNMENT - over);
}

/** The pieces of a message as they go through a pipe. */
export function framed({ body, blobs }: Message): Uint8Array[] {
  const headLength = HEADER_BYTES + blobs.length * LENGTH_BYTES;
  const bodyLength = body.length + padding(body.length).length;
  const head = Buffer.allocUnsafe(headLength + bodyLength).fill(0, headLength + body.length);
  head.writeUInt32LE(FRAME_MARK, 0);
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(blobs.length, 8);
  head.writeUInt32LE(0, 12);
  for (let i = 0; i < blobs.length; i++) {
    head.writeBigUInt64LE(BigInt(blobs[i].length), HEADER_BYTES + i * LENGTH_BYTES);
  }
  head.set(body, headLength);
  const pieces: Uint8Array[] = [head];
  if (blobs.length === 0) return pieces;
  for (const blob of blobs) pieces.push(blob, padding(blob.length));
  return pieces.filter(({ length }) => length > 0);
}

/** Signed, as it is quickest. */
function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}

/** A message may be so many times as large as the largest blob. */
const MOST_TOGETHER = 2;

function checkedCount(blobs: number): number {
  if (blobs > MOST_VALUES) throw new Error(`a message of ${blobs} blobs`);
  return blobs;
}

/** Takes what comes out of a pipe, piece by piece, and calls back for each message. */
export class FrameReader {
  readonly #onMessage: (message: Message) => void;
  readonly #mostBytes: number;
  /** What is being filled: the header, the lengths, the message, the blobs in turn. */
  #target = new Uint8Array(HEADER_BYTES);
  #filled = 0;
  /** Bytes to leave out behind it. */
  #skip = 0;
  #stage: "header" | "lengths" | "body" | "blob" = "header";
  #bodyLength = 0;
  #lengths: number[] = [];
  #body: Uint8Array = NO_PADDING;
  #blobs: Uint8Array[] = [];

  /** @param mostBytes more than that in one piece is refused: the other side is out of step */
  constructor(onMessage: (message: Message) => void, mostBytes = FIXED_LIMITS.binaryLength.value) {
    this.#onMessage = onMessage;
    this.#mostBytes = mostBytes;
  }

  /** @throws Error for what is no message */
  push(chunk: Uint8Array): void {
    let at = 0;
    for (;;) {
      if (this.#stage === "header" && this.#filled === 0 && this.#skip === 0) at = this.#whole(chunk, at);
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, chunk.length - at);
        this.#skip -= skipped;
        at += skipped;
        if (this.#skip > 0) return;
      }
      if (this.#filled === this.#target.length) {
        this.#next();
        continue;
      }
      if (at === chunk.length) return;
      const taken = Math.min(this.#target.length - this.#filled, chunk.length - at);
      this.#target.set(chunk.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
    }
  }

  /**
   * Short ways through messages without blobs that are here as a whole, which most are: their bodies are parts of the
   * chunk. Gives where the next one begins.
   */
  #whole(chunk: Uint8Array, begin: number): number {
    let at = begin;
    while (chunk.length - at >= HEADER_BYTES) {
      // What is wrong is found the long way.
      if (wordAt(chunk, at) !== FRAME_MARK) return at;
      const length = wordAt(chunk, at + 4);
      const isBare = wordAt(chunk, at + 8) === 0;
      const start = at + HEADER_BYTES;
      const end = start + Math.ceil(length / ALIGNMENT) * ALIGNMENT;
      if (!isBare || length < 0 || end > chunk.length) return at;
      at = end;
      this.#onMessage({ body: chunk.subarray(start, start + length), blobs: [] });
    }
    return at;
  }

  /** Before anything is made for them. */
  #checkLengths(): void {
    let total = this.#bodyLength;
    for (const length of this.#lengths) {
      if (length > this.#mostBytes) throw new Error(`a blob of ${length} bytes`);
      total += length;
    }
    if (total > MOST_TOGETHER * this.#mostBytes) throw new Error(`a message of ${total} bytes`);
  }

  #fill(length: number): void {
    if (length > this.#mostBytes) throw new Error(`a message of ${length} bytes`);
    this.#target = new Uint8Array(length);
    this.#filled = 0;
  }

  #next(): void {
    const view = new DataView(this.#target.buffer);
    switch (this.#stage) {
      case "header":
        if (view.getUint32(0, true) !== FRAME_MARK) throw new Error("no message begins like that");
        this.#bodyLength = view.getUint32(4, true);
        this.#stage = "lengths";
        this.#fill(checkedCount(view.getUint32(8, true)) * LENGTH_BYTES);
        return;
      case "lengths":
        this.#lengths = [];
        for (let i = 0; i < this.#target.length; i += LENGTH_BYTES) {
          this.#lengths.push(Number(view.getBigUint64(i, true)));
        }
        this.#checkLengths();
        this.#stage = "body";
        this.#fill(this.#bodyLength);
        return;
      case "body":
        this.#body = this.#target;
        this.#blobs = [];
        break;
      case "blob":
        this.#blobs.push(this.#target);
    }
    this.#skip = padding(this.#target.length).length;
    if (this.#blobs.length < this.#lengths.length) {
      this.#stage = "blob";
      this.#fill(this.#lengths[this.#blobs.length]);
      return;
    }
    this.#stage = "header";
    this.#fill(HEADER_BYTES);
    this.#onMessage({ body: this.#body, blobs: this.#blobs });
  }
}
