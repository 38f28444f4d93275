/**
 * Class files into memory. Which operands an instruction has is read from its row in the instruction
 * table; counts are never trusted; nesting is limited; every error knows its function, instruction and byte.
 *
 * Version 1 has three dialects that all say version 1. A pack is read whole in the first, newest first,
 * in which all its classes decode to the last byte.
 */
import { LoadError, type LoadPlace } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { atom } from "../values/atom.ts";
import { Binary, FloatArray } from "../values/bytes.ts";
import { type Attributes, createObject, defineProperty, nativeKey } from "../values/object.ts";
import { Complex, Tagged, Tuple, Undefined, Unit, type Value } from "../values/value.ts";
import { ByteReader } from "./binary.ts";
import {
  type Capture,
  type Clause,
  type Instruction,
  mnemonicOf,
  type ObjectEntry,
  type Operand,
  type OperandKind,
  rowOf,
} from "./instructions.ts";
import {
  type ClassFile,
  DIALECTS,
  type Dialect,
  type Format,
  type FunctionRecord,
  functionReference,
  type LineEntry,
  type Section,
} from "./model.ts";
import type { Pattern } from "./pattern.ts";
import * as tags from "./tags.ts";

export interface ClassBytes {
  readonly className: string;
  readonly bytes: Uint8Array;
}

/** All classes of a pack. @throws LoadError for the first that is wrong */
export function decodeClasses(files: readonly ClassBytes[]): ClassFile[] {
  const headers = files.map((file) => located({ className: file.className }, () => readHeader(file.bytes)));
  let first: unknown;
  for (const dialect of DIALECTS) {
    try {
      return files.map(({ className, bytes }, i) => {
        const { version, layout } = headers[i];
        const format: Format = version === 1 ? { version, dialect, layout } : { version };
        return located({ className }, () => new Decoder(bytes, format, headers[i].start).classFile());
      });
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      first ??= error;
      // Dialects are a matter of version 1 alone.
      if (headers.every(({ version }) => version === 2)) break;
    }
  }
  throw first;
}

/** One class alone. */
export function decodeClass(bytes: Uint8Array, className: string): ClassFile {
  return decodeClasses([{ className, bytes }])[0];
}

/** The magic of class files, or a single function record without one. */
export function looksLikeClass(bytes: Uint8Array): boolean {
  const start = "IONBC";
  if (bytes.length >= start.length && [...start].every((c, i) => bytes[i] === c.charCodeAt(0))) return true;
  if (bytes[0] !== 0 && bytes[0] !== 1) return false;
  try {
    decodeClass(bytes, "");
    return true;
  } catch (error) {
    if (error instanceof LoadError) return false;
    throw error;
  }
}

function located<T>(place: LoadPlace, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof LoadError ? error.at(place) : error;
  }
}

interface Header {
  readonly version: 1 | 2;
  readonly layout: "many" | "single";
  /** Where what follows begins. */
  readonly start: number;
}

function readHeader(bytes: Uint8Array): Header {
  const most = FIXED_LIMITS.classBytes.value;
  if (bytes.length > most) throw new LoadError(`a class of ${bytes.length} bytes, more than the ${most} allowed`);
  if (!tags.MAGIC.every((byte, i) => bytes[i] === byte)) return { version: 1, layout: "single", start: 0 };
  const reader = new ByteReader(bytes, tags.MAGIC.length);
  const version = reader.u32("the version");
  if (version !== 1 && version !== 2) {
    throw new LoadError(`version ${version} is not one this VM reads: 1 and 2`, { byte: tags.MAGIC.length });
  }
  return { version, layout: "many", start: reader.at };
}

/** has-name, arity, type; what a function of any dialect takes at least, with its instruction count. */
const LEAST_FUNCTION_BYTES = 1 + 4 + 1 + 4;
const REGISTER_BYTES = 4;

class Decoder {
  readonly #reader: ByteReader;
  readonly #format: Format;
  readonly #dialect: Dialect | null;
  readonly #loose: boolean;
  /** Of all functions so far. */
  #instructionCount = 0;

  constructor(bytes: Uint8Array, format: Format, start: number) {
    this.#reader = new ByteReader(bytes, start);
    this.#format = format;
    this.#dialect = format.version === 1 ? format.dialect : null;
    this.#loose = format.version === 2;
  }

  classFile(): ClassFile {
    const functions: FunctionRecord[] = [];
    if (this.#format.version === 1 && this.#format.layout === "single") {
      functions.push(this.#function(0));
    } else {
      const count = this.#reader.count("functions", LEAST_FUNCTION_BYTES);
      for (let i = 0; i < count; i++) functions.push(this.#function(i));
    }
    const sections = this.#format.version === 2 ? this.#sections(functions) : [];
    if (this.#reader.remaining > 0) {
      throw new LoadError(`${this.#reader.remaining} bytes stand behind the end`, { byte: this.#reader.at });
    }
    return { format: this.#format, functions, sections };
  }

  #function(index: number): FunctionRecord {
    const reader = this.#reader;
    const name = reader.u8("has-name") === 0 ? null : reader.string("the function's name", this.#loose);
    return located({ functionName: name ?? `number ${index}` }, () => {
      const arity = this.#registerCount("arity");
      const extraRegs = this.#dialect === "oldest" ? 0 : this.#registerCount("extra_regs");
      const at = reader.at;
      const type = reader.u8("the function's type");
      switch (type) {
        case tags.FUNCTION_BYTECODE:
          return { name, arity, extraRegs, body: { kind: "bytecode", instructions: this.#instructions() } };
        case tags.FUNCTION_FOREIGN: {
          const target = reader.string("the foreign function's name", this.#loose);
          return { name, arity, extraRegs, body: { kind: "foreign", target } };
        }
        default:
          throw new LoadError(`${type} is no type of function`, { byte: at });
      }
    });
  }

  #registerCount(what: string): number {
    const at = this.#reader.at;
    const count = this.#reader.u32(what);
    const most = FIXED_LIMITS.registers.value;
    if (count > most) throw new LoadError(`${what} is ${count}, more than the ${most} allowed`, { byte: at });
    return count;
  }

  #instructions(): Instruction[] {
    const at = this.#reader.at;
    const count = this.#reader.count("instructions", 1);
    this.#instructionCount += count;
    const most = FIXED_LIMITS.instructions.value;
    if (this.#instructionCount > most) {
      throw new LoadError(`more instructions in the class than the ${most} allowed`, { byte: at });
    }
    const instructions: Instruction[] = [];
    for (let i = 0; i < count; i++) {
      try {
        instructions.push(this.#instruction());
      } catch (error) {
        throw error instanceof LoadError ? error.at({ instruction: i }) : error;
      }
    }
    return instructions;
  }

  #instruction(): Instruction {
    const at = this.#reader.at;
    const code = this.#reader.u8("an instruction");
    const op = mnemonicOf(code, this.#format.version);
    if (op === undefined) {
      const shownCode = code.toString(16).padStart(2, "0").toUpperCase();
      throw new LoadError(`${shownCode} is no instruction of version ${this.#format.version}`, { byte: at });
    }
    const operands: Operand[] = [];
    for (const { name, kind } of rowOf(op).operands) operands.push(this.#operand(kind, name));
    // The row has the operands that its instruction's type says.
    return { op, operands } as unknown as Instruction;
  }

  #operand(kind: OperandKind, name: string): Operand {
    const reader = this.#reader;
    switch (kind) {
      case "dst":
      case "src":
      case "number":
        return reader.u32(name);
      case "offset":
        return reader.i32(name);
      case "string":
        return reader.string(name, this.#loose);
      case "value":
        return this.#value(0);
      case "registers":
        return this.#list(name, REGISTER_BYTES, () => reader.u32(name));
      case "clauses":
        return this.#list("clauses", 1 + 4, (): Clause => {
          const pattern = this.#pattern(0);
          return { pattern, offset: reader.i32("an offset") };
        });
      case "entries":
        return this.#list("members", 4 + 1 + 1, () => this.#entry());
      case "captures":
        return this.#list("captures", 4 + REGISTER_BYTES, (): Capture => {
          const captured = reader.string("a captured name", this.#loose);
          return { name: captured, register: reader.u32("a register") };
        });
    }
  }

  /** Of no more operands than an instruction may have: that is decided here, before they are read. */
  #list<Item>(what: string, leastBytes: number, read: () => Item): Item[] {
    const at = this.#reader.at;
    const count = this.#reader.count(what, leastBytes);
    const most = FIXED_LIMITS.operands.value;
    if (count > most) throw new LoadError(`${count} ${what} are more than the ${most} allowed`, { byte: at });
    const items: Item[] = [];
    for (let i = 0; i < count; i++) items.push(read());
    return items;
  }

  #entry(): ObjectEntry {
    const reader = this.#reader;
    const key = reader.string("a key", this.#loose);
    const at = reader.at;
    const tag = reader.u8("a member");
    switch (tag) {
      case tags.ENTRY_TAGS.register:
        return { key, from: { register: reader.u32("a register") }, attributes: null };
      case tags.ENTRY_TAGS.value:
        return { key, from: { value: this.#value(0) }, attributes: null };
      case tags.ENTRY_TAGS.registerWithAttributes: {
        const from = { register: reader.u32("a register") };
        return { key, from, attributes: this.#attributes() };
      }
      case tags.ENTRY_TAGS.valueWithAttributes: {
        const from = { value: this.#value(0) };
        return { key, from, attributes: this.#attributes() };
      }
      default:
        throw new LoadError(`${tag} is no kind of member`, { byte: at });
    }
  }

  #attributes(): Attributes {
    const reader = this.#reader;
    const at = reader.at;
    if (this.#dialect === null) {
      const bits = reader.u8("attributes");
      if (bits >= 2 * tags.CONFIGURABLE_BIT) throw new LoadError(`${bits} are no attributes`, { byte: at });
      return {
        writable: (bits & tags.WRITABLE_BIT) !== 0,
        enumerable: (bits & tags.ENUMERABLE_BIT) !== 0,
        configurable: (bits & tags.CONFIGURABLE_BIT) !== 0,
      };
    }
    if (this.#dialect === "newest") {
      const access = reader.u8("access");
      const attributes = tags.ACCESS[access];
      if (attributes === undefined) throw new LoadError(`${access} is no access`, { byte: at });
      return attributes;
    }
    const flags = [reader.u8("writable"), reader.u8("enumerable"), reader.u8("configurable")];
    if (flags.some((flag) => flag > 1)) throw new LoadError(`${flags.join(", ")} are no attributes`, { byte: at });
    return { writable: flags[0] === 1, enumerable: flags[1] === 1, configurable: flags[2] === 1 };
  }

  #floats(): FloatArray {
    const reader = this.#reader;
    const items = new Float64Array(reader.count("Numbers of a Float64Array", Float64Array.BYTES_PER_ELEMENT));
    for (let i = 0; i < items.length; i++) items[i] = reader.f64("a Number");
    return new FloatArray(items);
  }

  #nested(depth: number): number {
    const most = FIXED_LIMITS.nesting.value;
    if (depth >= most) throw new LoadError(`nested more than ${most} deep`, { byte: this.#reader.at });
    return depth + 1;
  }

  #value(depth: number): Value {
    const reader = this.#reader;
    const at = reader.at;
    const tag = reader.u8("a value");
    switch (tag) {
      case tags.VALUE_TAGS.Number:
        return reader.f64("a Number");
      case tags.VALUE_TAGS.Boolean:
        return reader.u8("a Boolean") !== 0;
      case tags.VALUE_TAGS.Atom:
        return atom(reader.string("an Atom", this.#loose));
      case tags.VALUE_TAGS.Unit:
        return Unit;
      case tags.VALUE_TAGS.Undefined:
        return Undefined;
      case tags.VALUE_TAGS.Array:
        return this.#values("elements", depth);
      case tags.VALUE_TAGS.Tuple:
        return new Tuple(this.#values("items", depth));
      case tags.VALUE_TAGS.Object:
        return this.#object(depth);
      case tags.VALUE_TAGS.Function:
        return functionReference(reader.string("a function's name", this.#loose));
      case tags.VALUE_TAGS.String:
        return reader.string("a String", this.#loose);
      case tags.VALUE_TAGS.Complex: {
        const re = reader.f64("a Complex");
        return new Complex(re, reader.f64("a Complex"));
      }
      case tags.VALUE_TAGS.Tagged:
        if (this.#format.version === 2) {
          const name = reader.string("a tag", this.#loose);
          return new Tagged(name, this.#value(this.#nested(depth)));
        }
        break;
      case tags.VALUE_TAGS.Binary:
        if (this.#format.version === 2)
          return new Binary(reader.bytes(reader.u32("the length of a Binary"), "a Binary"));
        break;
      case tags.VALUE_TAGS.Float64Array:
        if (this.#format.version === 2) return this.#floats();
        break;
      default:
    }
    throw new LoadError(`${tag} is no kind of value`, { byte: at });
  }

  #values(what: string, depth: number): Value[] {
    const inner = this.#nested(depth);
    const count = this.#reader.count(what, 1);
    const values: Value[] = [];
    for (let i = 0; i < count; i++) values.push(this.#value(inner));
    return values;
  }

  /** The last of a repeated key wins, at the place of the first. */
  #object(depth: number): Value {
    const inner = this.#nested(depth);
    const count = this.#reader.count("members", 4 + 1 + 1);
    const members = new Map<string, { value: Value; attributes: Attributes }>();
    for (let i = 0; i < count; i++) {
      const key = this.#reader.string("a key", this.#loose);
      const value = this.#value(inner);
      members.set(key, { value, attributes: this.#attributes() });
    }
    const object = createObject();
    for (const [key, { value, attributes }] of members) defineProperty(object, nativeKey(key), value, attributes);
    return object;
  }

  #pattern(depth: number): Pattern {
    const reader = this.#reader;
    const at = reader.at;
    const tag = reader.u8("a pattern");
    switch (tag) {
      case tags.PATTERN_TAGS.value:
        return { kind: "value", value: this.#value(depth) };
      case tags.PATTERN_TAGS.wildcard:
        return { kind: "wildcard" };
      case tags.PATTERN_TAGS.tuple:
        return { kind: "tuple", items: this.#patterns(depth) };
      case tags.PATTERN_TAGS.array:
        return { kind: "array", items: this.#patterns(depth) };
      case tags.PATTERN_TAGS.tagged: {
        const name = reader.string("a tag", this.#loose);
        return { kind: "tagged", tag: name, payload: this.#pattern(this.#nested(depth)) };
      }
      case tags.PATTERN_TAGS.bind:
        if (this.#format.version === 2) return { kind: "bind", register: reader.u32("a register") };
        break;
      case tags.PATTERN_TAGS.pin:
        if (this.#format.version === 2) return { kind: "pin", register: reader.u32("a register") };
        break;
      case tags.PATTERN_TAGS.object:
        if (this.#format.version === 2) return this.#objectPattern(depth);
        break;
      default:
    }
    throw new LoadError(`${tag} is no kind of pattern`, { byte: at });
  }

  #patterns(depth: number): Pattern[] {
    const inner = this.#nested(depth);
    const count = this.#reader.count("patterns", 1);
    const patterns: Pattern[] = [];
    for (let i = 0; i < count; i++) patterns.push(this.#pattern(inner));
    return patterns;
  }

  #objectPattern(depth: number): Pattern {
    const inner = this.#nested(depth);
    const count = this.#reader.count("members", 4 + 1);
    const members: { key: string; pattern: Pattern }[] = [];
    for (let i = 0; i < count; i++) {
      const key = this.#reader.string("a key", this.#loose);
      members.push({ key, pattern: this.#pattern(inner) });
    }
    return { kind: "object", members };
  }

  #sections(functions: readonly FunctionRecord[]): Section[] {
    const sections: Section[] = [];
    while (this.#reader.remaining > 0) {
      const at = this.#reader.at;
      const name = this.#reader.string("a section's name", this.#loose);
      const length = this.#reader.u32("a section's length");
      const bytes = this.#reader.bytes(length, `section ${name}`);
      const known = name === tags.LINES_SECTION || name === tags.SOURCE_SECTION;
      if (known && sections.some(({ kind }) => kind === name)) {
        throw new LoadError(`there is a second section ${name}`, { byte: at });
      }
      if (name === tags.LINES_SECTION) sections.push(located({ byte: at }, () => linesSection(bytes, functions)));
      else if (name === tags.SOURCE_SECTION) sections.push(located({ byte: at }, () => sourceSection(bytes)));
      else sections.push({ kind: "unknown", name, bytes });
    }
    return sections;
  }
}

function linesSection(bytes: Uint8Array, functions: readonly FunctionRecord[]): Section {
  const reader = new ByteReader(bytes);
  const lists = functions.map(({ body }): LineEntry[] => {
    const count = reader.count("line entries", 3 * 4);
    const length = body.kind === "bytecode" ? body.instructions.length : 0;
    const entries: LineEntry[] = [];
    let last = -1;
    for (let i = 0; i < count; i++) {
      const instruction = reader.u32("an instruction number");
      if (instruction <= last || instruction >= length) {
        throw new LoadError(`instruction ${instruction} of the lines is out of order or does not exist`);
      }
      last = instruction;
      entries.push({ instruction, line: reader.u32("a line"), column: reader.u32("a column") });
    }
    return entries;
  });
  if (reader.remaining > 0) throw new LoadError("section lines is longer than its entries");
  return { kind: "lines", functions: lists };
}

function sourceSection(bytes: Uint8Array): Section {
  const reader = new ByteReader(bytes);
  const file = reader.string("the source file's name", true);
  if (reader.remaining > 0) throw new LoadError("section source is longer than its name");
  return { kind: "source", file };
}
