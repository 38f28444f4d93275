/**
 * Descriptions of native libraries and WebAssembly modules: JSON beside the library that says what its functions take.
 *
 *     {
 *       "structs": { "Point": { "x": "f64", "y": "f64" } },
 *       "functions": {
 *         "add": { "parameters": { "a": "f64", "b": "f64" }, "result": "f64", "description": "The sum." },
 *         "scale": { "parameters": { "numbers": "inout floats", "by": "f64" } }
 *       }
 *     }
 *
 * What each type is in C and in WebAssembly, and what a program gives for it, docs/ffi.md has from `WHOLE_TYPES` and
 * `PLAIN_TYPES`.
 */
import { LoadError, shown } from "../errors.ts";
import type { FloatArray } from "../values/bytes.ts";
import { hasOwn, type IonObject, nativeKey } from "../values/object.ts";
import type { Value } from "../values/value.ts";
import { ForeignFailure, type FunctionDescription, LONGEST_TIMEOUT, type ParameterType } from "./spec.ts";

/** A whole number of so many bits. */
interface WholeRow {
  readonly is: ParameterType;
  readonly c: string;
  readonly wasm: "i32" | "i64";
  readonly least: number;
  readonly most: number;
}

function whole(c: string, bits: number, signed: boolean): WholeRow {
  // A Number says whole numbers exactly up to 2^53.
  const size = Math.min(2 ** (signed ? bits - 1 : bits), 2 ** 53);
  const wasm = bits === 64 ? "i64" : "i32";
  return { is: "Number", c, wasm, least: signed ? -size : 0, most: size - (size === 2 ** 53 ? 0 : 1) };
}

/** The whole numbers. What does not fit is refused, on both ways. */
export const WHOLE_TYPES = {
  i8: whole("int8_t", 8, true),
  u8: whole("uint8_t", 8, false),
  i16: whole("int16_t", 16, true),
  u16: whole("uint16_t", 16, false),
  i32: whole("int32_t", 32, true),
  u32: whole("uint32_t", 32, false),
  i64: whole("int64_t", 64, true),
  u64: whole("uint64_t", 64, false),
} as const;

interface PlainRow {
  readonly is: ParameterType;
  readonly c: string;
  readonly wasm: string;
  /** As a result, where it is another: what a function of C is given behind its parameters, and gives. Null: it is none. */
  readonly result?: { readonly c: string; readonly wasm: string } | null;
}

/** Where a module of WebAssembly has put a result: pointer in the upper half, length in the lower one. */
const PLACE = "i64, 2^32 · pointer + length";

/** All other types without parts. */
export const PLAIN_TYPES = {
  f64: { is: "Number", c: "double", wasm: "f64" },
  f32: { is: "Number", c: "float", wasm: "f32" },
  bool: { is: "Boolean", c: "bool", wasm: "i32" },
  string: { is: "String", c: "const char *", wasm: "i32, i32", result: { c: "const char *", wasm: PLACE } },
  bytes: {
    is: "Binary",
    c: "const uint8_t *, size_t",
    wasm: "i32, i32",
    result: { c: "(uint8_t *, size_t) → size_t", wasm: PLACE },
  },
  floats: {
    is: "Float64Array",
    c: "const double *, size_t",
    wasm: "i32, i32",
    result: { c: "(double *, size_t) → size_t", wasm: PLACE },
  },
  "inout floats": { is: "Float64Array", c: "double *, size_t", wasm: "i32, i32", result: null },
  void: { is: "Unit", c: "void", wasm: "" },
} as const satisfies Record<string, PlainRow>;

export type WholeType = keyof typeof WHOLE_TYPES;
export type PlainType = keyof typeof PLAIN_TYPES;
export type NumberType = WholeType | "f64" | "f32";

export type NativeType =
  | { readonly kind: "whole"; readonly type: WholeType }
  | { readonly kind: "plain"; readonly type: PlainType }
  | { readonly kind: "struct"; readonly name: string; readonly written: boolean }
  | { readonly kind: "callback"; readonly parameters: readonly (NumberType | "bool" | "string")[] };

export interface NativeParameter {
  readonly name: string;
  readonly type: NativeType;
}

export interface NativeFunction {
  /** As programs know it, without the library. */
  readonly name: string;
  /** As the library exports it. */
  readonly symbol: string;
  readonly parameters: readonly NativeParameter[];
  readonly result: NativeType;
  readonly description: string;
  /** It takes its time, and runs in a thread. */
  readonly blocking: boolean;
  /** As in `ForeignSpec`. */
  readonly pure: boolean;
  /** It gets two parameters more, where to write a message and how many bytes fit; it fails if it has written one. */
  readonly fails: boolean;
  /** Milliseconds that a call may take; null: as long as it wants. */
  readonly timeout: number | null;
}

export type Struct = ReadonlyMap<string, NumberType>;

export interface Description {
  readonly functions: readonly NativeFunction[];
  readonly structs: ReadonlyMap<string, Struct>;
  /** Bytes that a WebAssembly module may have; null: what the host allows. */
  readonly memory: number | null;
}

/** @param place the file and the entry of the description, for errors. @throws LoadError */
export function parseDescription(
  bytes: Uint8Array,
  place: { readonly file: string; readonly entry: string },
): Description {
  try {
    let json: unknown;
    try {
      json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch (error) {
      throw new LoadError(`no JSON: ${(error as Error).message}`);
    }
    return new Parser().description(json);
  } catch (error) {
    throw error instanceof LoadError ? error.at(place) : error;
  }
}

const IDENTIFIER = /^[A-Za-z_]\w*$/;
const MEBIBYTE = 2 ** 20;

type Json = { readonly [key: string]: unknown };

class Parser {
  readonly #structs = new Map<string, Struct>();

  description(json: unknown): Description {
    const { functions, structs = {}, memory = null, ...rest } = object(json, "a description");
    refuseOthers(rest, "a description", ["functions", "structs", "memory"]);
    for (const [name, members] of Object.entries(object(structs, "structs"))) this.#struct(name, members);
    const listed = Object.entries(object(functions, "functions"));
    return {
      functions: listed.map(([name, described]) => this.#function(name, described)),
      structs: this.#structs,
      memory: memory === null ? null : positive(memory, "memory, in MiB,") * MEBIBYTE,
    };
  }

  #struct(name: string, members: unknown): void {
    if (!IDENTIFIER.test(name) || name in PLAIN_TYPES || name in WHOLE_TYPES) {
      throw new LoadError(`${shown(name)} is no name of a struct`);
    }
    const made = new Map<string, NumberType>();
    for (const [member, type] of Object.entries(object(members, `the struct ${name}`))) {
      checkIdentifier(member, `a member of the struct ${name}`);
      if (!isNumberType(type)) throw new LoadError(`${name}.${member}: ${typeText(type)} is no type of a Number`);
      made.set(member, type);
    }
    if (made.size === 0) throw new LoadError(`the struct ${name} has no members`);
    this.#structs.set(name, made);
  }

  #function(name: string, json: unknown): NativeFunction {
    const what = `the function ${shown(name)}`;
    if (!IDENTIFIER.test(name)) throw new LoadError(`${shown(name)} is no name of a function`);
    const {
      parameters = {},
      result = "void",
      symbol = name,
      description = "",
      blocking = false,
      pure = false,
      fails = false,
      timeout = null,
      ...rest
    } = object(json, what);
    refuseOthers(rest, what, ["parameters", "result", "symbol", "description", "blocking", "pure", "fails", "timeout"]);
    for (const [key, value] of Object.entries({ symbol, description })) {
      if (typeof value !== "string") throw new LoadError(`${what}: ${key} must be a text`);
    }
    for (const [key, value] of Object.entries({ blocking, pure, fails })) {
      if (typeof value !== "boolean") throw new LoadError(`${what}: ${key} must be true or false`);
    }
    const type = this.#type(result, what);
    if (type.kind === "callback" || (type.kind === "plain" && type.type === "inout floats")) {
      throw new LoadError(`${what}: ${typeText(result)} is no type of a result`);
    }
    if (type.kind === "struct") throw new LoadError(`${what}: a struct is given as an inout parameter`);
    return {
      name,
      symbol: symbol as string,
      parameters: Object.entries(object(parameters, `parameters of ${what}`)).map(([own, its]) => {
        checkIdentifier(own, `a parameter of ${what}`);
        const parameter = this.#type(its, what);
        if (parameter.kind === "plain" && parameter.type === "void") {
          throw new LoadError(`${what}: void is no type of a parameter`);
        }
        return { name: own, type: parameter };
      }),
      result: type,
      description: description as string,
      blocking: blocking as boolean,
      pure: pure as boolean,
      fails: fails as boolean,
      timeout: timeout === null ? null : positive(timeout, `${what}: timeout, in milliseconds,`),
    };
  }

  #type(json: unknown, what: string): NativeType {
    if (typeof json === "string") {
      if (Object.hasOwn(WHOLE_TYPES, json)) return { kind: "whole", type: json as WholeType };
      if (Object.hasOwn(PLAIN_TYPES, json)) return { kind: "plain", type: json as PlainType };
      const written = json.startsWith("inout ");
      const name = written ? json.slice("inout ".length) : json;
      if (this.#structs.has(name)) return { kind: "struct", name, written };
    } else if (typeof json === "object" && json !== null && "callback" in json) {
      const { callback, ...rest } = json;
      refuseOthers(rest, what, ["callback"]);
      if (!Array.isArray(callback)) throw new LoadError(`${what}: callback must be a list of types`);
      for (const type of callback) {
        if (isNumberType(type) || type === "bool" || type === "string") continue;
        throw new LoadError(`${what}: ${typeText(type)} is no type for a callback`);
      }
      return { kind: "callback", parameters: callback as (NumberType | "bool" | "string")[] };
    }
    const known = [...Object.keys(WHOLE_TYPES), ...Object.keys(PLAIN_TYPES), ...this.#structs.keys()].join(", ");
    throw new LoadError(`${what}: ${typeText(json)} is no type; there are ${shown(known)}, and callbacks`);
  }
}

/** Keys like `1` would not keep their order, which is that of the parameters and members. */
function checkIdentifier(name: string, what: string): void {
  if (!IDENTIFIER.test(name)) throw new LoadError(`${shown(name)} is no name of ${what}`);
}

/** What stands in the place of a type, for errors. It may be nested without end, or huge. */
function typeText(json: unknown): string {
  if (typeof json === "string") return shown(json);
  if (Array.isArray(json)) return "a list";
  return typeof json === "object" && json !== null ? "an object" : String(json);
}

function isNumberType(type: unknown): type is NumberType {
  return type === "f64" || type === "f32" || (typeof type === "string" && Object.hasOwn(WHOLE_TYPES, type));
}

function object(json: unknown, what: string): Json {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new LoadError(`${what} must be an object`);
  return json as Json;
}

function positive(json: unknown, what: string): number {
  if (typeof json !== "number" || !(json > 0 && json <= LONGEST_TIMEOUT))
    throw new LoadError(`${what} must be a number above 0, and at most ${LONGEST_TIMEOUT}`);
  return json;
}

function refuseOthers(rest: object, what: string, known: readonly string[]): void {
  const [other] = Object.keys(rest);
  if (other !== undefined) throw new LoadError(`${what} has ${shown(other)}; there are ${known.join(", ")}`);
}

/** Does a function write into an argument of this type? */
export function isWritten(type: NativeType): boolean {
  return type.kind === "struct" ? type.written : type.kind === "plain" && type.type === "inout floats";
}

/** What a program gives for a parameter, or gets as a result. */
export function parameterType(type: NativeType): ParameterType {
  switch (type.kind) {
    case "whole":
      return WHOLE_TYPES[type.type].is;
    case "plain":
      return PLAIN_TYPES[type.type].is;
    case "struct":
      return "Object";
    case "callback":
      return "Receiver";
  }
}

/** What programs must know of a native function. */
export function functionDescription(
  library: string,
  { name, parameters, result, description }: NativeFunction,
): FunctionDescription {
  return {
    name: `${library}.${name}`,
    parameters: parameters.map(({ name: own, type }) => ({ name: own, type: parameterType(type) })),
    result: result.kind === "plain" && result.type === "string" ? "Any" : parameterType(result),
    description,
  };
}

/** @throws ForeignFailure for a Number that the type cannot hold */
export function checkNumber(value: number, type: NumberType, where: string): number {
  if (type === "f64" || type === "f32") return value;
  const { least, most } = WHOLE_TYPES[type];
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new ForeignFailure(`${where}: ${value} is no ${type}, a whole number from ${least} to ${most}`);
  }
  return value;
}

/** Checks what counts and types alone do not say. @throws ForeignFailure */
export function checkArguments(
  parameters: readonly NativeParameter[],
  args: readonly Value[],
  structs: ReadonlyMap<string, Struct>,
): void {
  for (let i = 0; i < parameters.length; i++) {
    const { name, type } = parameters[i];
    const value = args[i];
    if (type.kind === "whole") {
      checkNumber(value as number, type.type, name);
    } else if (type.kind === "struct") {
      checkStruct(value as IonObject, structs.get(type.name)!, name);
    } else if (type.kind === "plain" && type.type === "string") {
      checkText(value as string, name);
    } else if (type.kind === "plain" && type.type === "inout floats") {
      if ((value as FloatArray).frozen) throw new ForeignFailure(`${name}: a frozen Float64Array cannot be written`);
    }
  }
}

function checkText(text: string, where: string): void {
  if (text.includes("\0")) throw new ForeignFailure(`${where}: a text with the character 0 ends there in C`);
  if (!(text as unknown as { isWellFormed(): boolean }).isWellFormed()) {
    throw new ForeignFailure(`${where}: a text with a lone surrogate has no UTF-8`);
  }
}

function checkStruct(value: IonObject, struct: Struct, where: string): void {
  for (const [member, type] of struct) {
    const key = nativeKey(member);
    const given = hasOwn(value, key) ? value[key] : undefined;
    if (typeof given !== "number") throw new ForeignFailure(`${where}: the member ${member} must be a Number`);
    checkNumber(given, type, `${where}.${member}`);
  }
}
