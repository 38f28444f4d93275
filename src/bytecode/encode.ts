/** Class files out of memory, canonical: the same class gives the same bytes. */
import { LoadError } from "../errors.ts";
import { Atom } from "../values/atom.ts";
import { Binary, FloatArray } from "../values/bytes.ts";
import { FunctionValue } from "../values/function.ts";
import { type Attributes, IonObject, ownKeys, ownProperty, plainKey } from "../values/object.ts";
import { Complex, Tagged, Tuple, Unit, type Value } from "../values/value.ts";
import { ByteWriter } from "./binary.ts";
import {
  type Capture,
  type Clause,
  codeOf,
  type Instruction,
  type ObjectEntry,
  type Operand,
  type OperandKind,
  rowOf,
} from "./instructions.ts";
import { type ClassFile, type Dialect, type FunctionRecord, FunctionReference, type Section } from "./model.ts";
import type { Pattern } from "./pattern.ts";
import { hasLoneSurrogate } from "./strings.ts";
import * as tags from "./tags.ts";

/**
 * The bytes of a class in the format it says.
 * @throws LoadError with function and instruction for the first thing that the format lacks
 */
export function encodeClass(classFile: ClassFile, className?: string): Uint8Array {
  try {
    return new Encoder(classFile).run();
  } catch (error) {
    throw error instanceof LoadError && className !== undefined ? error.at({ className }) : error;
  }
}

const VERSION_2_PATTERNS: ReadonlySet<Pattern["kind"]> = new Set(["bind", "pin", "object"]);

class Encoder {
  readonly #writer = new ByteWriter();
  readonly #classFile: ClassFile;
  readonly #version: 1 | 2;
  readonly #dialect: Dialect | null;

  constructor(classFile: ClassFile) {
    this.#classFile = classFile;
    this.#version = classFile.format.version;
    this.#dialect = classFile.format.version === 1 ? classFile.format.dialect : null;
  }

  run(): Uint8Array {
    const { format, functions, sections } = this.#classFile;
    if (format.version === 1 && format.layout === "single") {
      if (functions.length !== 1) throw this.#lacks(`the layout single has one function, not ${functions.length}`);
      this.#function(functions[0]);
    } else {
      this.#writer.bytes(tags.MAGIC);
      this.#writer.u32(format.version);
      this.#writer.u32(functions.length);
      for (const record of functions) this.#function(record);
    }
    if (format.version === 1 && sections.length > 0) throw this.#lacks("version 1 has no sections");
    for (const section of sections) this.#section(section);
    return this.#writer.result();
  }

  #lacks(what: string): LoadError {
    return new LoadError(what);
  }

  #string(text: string): void {
    if (this.#version === 1 && hasLoneSurrogate(text)) throw this.#lacks("version 1 has no lone surrogates in strings");
    this.#writer.string(text);
  }

  #function({ name, arity, extraRegs, body }: FunctionRecord): void {
    const writer = this.#writer;
    try {
      writer.u8(name === null ? 0 : 1);
      if (name !== null) this.#string(name);
      writer.u32(arity);
      if (this.#dialect !== "oldest") writer.u32(extraRegs);
      else if (extraRegs !== 0) throw this.#lacks("the oldest dialect has no extra registers");
      if (body.kind === "foreign") {
        writer.u8(tags.FUNCTION_FOREIGN);
        this.#string(body.target);
        return;
      }
      writer.u8(tags.FUNCTION_BYTECODE);
      writer.u32(body.instructions.length);
      body.instructions.forEach((instruction, index) => {
        try {
          this.#instruction(instruction);
        } catch (error) {
          throw error instanceof LoadError ? error.at({ instruction: index }) : error;
        }
      });
    } catch (error) {
      throw error instanceof LoadError ? error.at({ functionName: name ?? "(unnamed)" }) : error;
    }
  }

  #instruction(instruction: Instruction): void {
    const code = codeOf(instruction.op, this.#version);
    if (code === undefined) throw this.#lacks(`version ${this.#version} has no ${instruction.op}`);
    this.#writer.u8(code);
    rowOf(instruction.op).operands.forEach(({ kind }, i) => {
      this.#operand(kind, (instruction.operands as readonly Operand[])[i]);
    });
  }

  #operand(kind: OperandKind, operand: Operand): void {
    const writer = this.#writer;
    switch (kind) {
      case "dst":
      case "src":
      case "number":
        writer.u32(operand as number);
        break;
      case "offset":
        writer.i32(operand as number);
        break;
      case "string":
        this.#string(operand as string);
        break;
      case "value":
        this.#value(operand as Value);
        break;
      case "registers":
        this.#list(operand as readonly number[], (register) => writer.u32(register));
        break;
      case "clauses":
        this.#list(operand as readonly Clause[], ({ pattern, offset }) => {
          this.#pattern(pattern);
          writer.i32(offset);
        });
        break;
      case "entries":
        this.#list(operand as readonly ObjectEntry[], (entry) => this.#entry(entry));
        break;
      case "captures":
        this.#list(operand as readonly Capture[], ({ name, register }) => {
          this.#string(name);
          writer.u32(register);
        });
        break;
    }
  }

  #list<Item>(items: readonly Item[], write: (item: Item) => void): void {
    this.#writer.u32(items.length);
    for (const item of items) write(item);
  }

  #entry({ key, from, attributes }: ObjectEntry): void {
    this.#string(key);
    const { register, value, registerWithAttributes, valueWithAttributes } = tags.ENTRY_TAGS;
    if ("register" in from) {
      this.#writer.u8(attributes === null ? register : registerWithAttributes);
      this.#writer.u32(from.register);
    } else {
      this.#writer.u8(attributes === null ? value : valueWithAttributes);
      this.#value(from.value);
    }
    if (attributes !== null) this.#attributes(attributes);
  }

  #attributes({ writable, enumerable, configurable }: Attributes): void {
    const writer = this.#writer;
    switch (this.#dialect) {
      case null:
        writer.u8(
          (writable ? tags.WRITABLE_BIT : 0) +
            (enumerable ? tags.ENUMERABLE_BIT : 0) +
            (configurable ? tags.CONFIGURABLE_BIT : 0),
        );
        break;
      case "newest": {
        const access = tags.ACCESS.findIndex((row) => {
          return row.writable === writable && row.enumerable === enumerable && row.configurable === configurable;
        });
        if (access < 0) throw this.#lacks("version 1 has no such attributes");
        writer.u8(access);
        break;
      }
      default:
        for (const flag of [writable, enumerable, configurable]) writer.u8(flag ? 1 : 0);
    }
  }

  /** Literals nest only as deep as files may: the builder and the decoder see to it. */
  #value(value: Value): void {
    const writer = this.#writer;
    const { VALUE_TAGS } = tags;
    if (typeof value === "number") {
      writer.u8(VALUE_TAGS.Number);
      writer.f64(value);
    } else if (typeof value === "boolean") {
      writer.u8(VALUE_TAGS.Boolean);
      writer.u8(value ? 1 : 0);
    } else if (typeof value === "string") {
      writer.u8(VALUE_TAGS.String);
      this.#string(value);
    } else if (value instanceof Atom) {
      writer.u8(VALUE_TAGS.Atom);
      this.#string(value.name);
    } else if (Array.isArray(value) || value instanceof Tuple) {
      const items = Array.isArray(value) ? value : value.items;
      writer.u8(Array.isArray(value) ? VALUE_TAGS.Array : VALUE_TAGS.Tuple);
      this.#list(items, (item) => this.#value(item));
    } else if (value instanceof IonObject) {
      writer.u8(VALUE_TAGS.Object);
      this.#list(ownKeys(value), (key) => {
        const property = ownProperty(value, key)!;
        this.#string(plainKey(key));
        this.#value(property.value);
        this.#attributes(property);
      });
    } else if (value instanceof Complex) {
      writer.u8(VALUE_TAGS.Complex);
      writer.f64(value.re);
      writer.f64(value.im);
    } else if (value instanceof Tagged) {
      if (this.#version === 1) throw this.#lacks("version 1 has no Tagged values");
      writer.u8(VALUE_TAGS.Tagged);
      this.#string(value.tag);
      this.#value(value.payload);
    } else if (value instanceof Binary) {
      if (this.#version === 1) throw this.#lacks("version 1 has no Binary values");
      writer.u8(VALUE_TAGS.Binary);
      writer.u32(value.bytes.length);
      writer.bytes(value.bytes);
    } else if (value instanceof FloatArray) {
      if (this.#version === 1) throw this.#lacks("version 1 has no Float64Array values");
      writer.u8(VALUE_TAGS.Float64Array);
      writer.u32(value.items.length);
      for (const item of value.items) writer.f64(item);
    } else if (value instanceof FunctionValue) {
      if (!(value.code instanceof FunctionReference)) throw this.#lacks("a function that runs is no literal");
      writer.u8(VALUE_TAGS.Function);
      this.#string(value.code.name);
    } else if (value.kind === "Process" || value.kind === "Reference") {
      throw this.#lacks(`a ${value.kind} is no literal`);
    } else {
      writer.u8(value === Unit ? VALUE_TAGS.Unit : VALUE_TAGS.Undefined);
    }
  }

  #pattern(pattern: Pattern): void {
    const writer = this.#writer;
    if (this.#version === 1 && VERSION_2_PATTERNS.has(pattern.kind)) {
      throw this.#lacks(`version 1 has no ${pattern.kind} patterns`);
    }
    writer.u8(tags.PATTERN_TAGS[pattern.kind]);
    switch (pattern.kind) {
      case "value":
        this.#value(pattern.value);
        break;
      case "wildcard":
        break;
      case "tuple":
      case "array":
        this.#list(pattern.items, (item) => this.#pattern(item));
        break;
      case "tagged":
        this.#string(pattern.tag);
        this.#pattern(pattern.payload);
        break;
      case "bind":
      case "pin":
        writer.u32(pattern.register);
        break;
      case "object":
        this.#list(pattern.members, (member) => {
          this.#string(member.key);
          this.#pattern(member.pattern);
        });
        break;
    }
  }

  #section(section: Section): void {
    const content = new ByteWriter();
    switch (section.kind) {
      case "lines":
        for (const entries of section.functions) {
          content.u32(entries.length);
          for (const { instruction, line, column } of entries) {
            content.u32(instruction);
            content.u32(line);
            content.u32(column);
          }
        }
        break;
      case "source":
        content.string(section.file);
        break;
      case "unknown":
        content.bytes(section.bytes);
        break;
    }
    const bytes = content.result();
    this.#writer.string(section.kind === "unknown" ? section.name : section.kind);
    this.#writer.u32(bytes.length);
    this.#writer.bytes(bytes);
  }
}
