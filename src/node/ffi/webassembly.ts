/**
 * WebAssembly modules: numbers go in and out as they are, texts and bytes through memory that the module's own `alloc` and
 * `free` manage. A module gets nothing from outside: one that imports is refused.
 */
import { LoadError, systemLimit } from "../../errors.ts";
import {
  checkArguments,
  type Description,
  functionDescription,
  type NativeFunction,
  type NativeType,
  PLAIN_TYPES,
  WHOLE_TYPES,
} from "../../foreign/description.ts";
import { ForeignFailure, type ForeignSpec, type NumericOperation, thrownText } from "../../foreign/spec.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { Binary, FloatArray } from "../../values/bytes.ts";
import { Undefined, Unit, type Value } from "../../values/value.ts";
import { limitMemory } from "./wasm-memory.ts";
import { type Signature, signaturesOf } from "./wasm-signatures.ts";

type Export = (...args: (number | bigint)[]) => number | bigint | undefined;

/** @throws LoadError */
export function functionsOfWasm(library: string, bytes: Uint8Array, description: Description): ForeignSpec[] {
  const instance = new Instance(library, bytes, description);
  return description.functions.map((one) => instance.functionOf(one));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const LARGEST_WHOLE = 2n ** 53n;
/** Bytes that a module may have unless its description says so; four times that would be all it can address. */
const DEFAULT_MEMORY = 2 ** 30;

class Instance {
  readonly #library: string;
  readonly #exports: Readonly<Record<string, unknown>>;
  readonly #structs: Description["structs"];
  readonly #signatures: ReadonlyMap<string, Signature> | null;

  constructor(library: string, bytes: Uint8Array, description: Description) {
    this.#library = library;
    this.#structs = description.structs;
    try {
      const limited = limitMemory(bytes, description.memory ?? DEFAULT_MEMORY);
      const module = new WebAssembly.Module(limited as Uint8Array<ArrayBuffer>);
      const [needed] = WebAssembly.Module.imports(module);
      if (needed !== undefined)
        throw new LoadError(`it imports ${needed.module}.${needed.name}; a module gets nothing from outside`);
      this.#signatures = signaturesOf(bytes);
      this.#exports = new WebAssembly.Instance(module).exports;
    } catch (error) {
      throw new LoadError(`lib/${library}.wasm: ${thrownText(error)}`);
    }
  }

  functionOf(described: NativeFunction): ForeignSpec {
    const { parameters, result, symbol, fails, blocking } = described;
    const refuse = (why: string): never => {
      throw new LoadError(`lib/${this.#library}.json: the function ${described.name} ${why}`);
    };
    const found = this.#exports[symbol];
    if (typeof found !== "function")
      return refuse(`is not there: lib/${this.#library}.wasm exports no function ${symbol}`);
    if (fails || blocking) return refuse("cannot be `fails` or `blocking` in WebAssembly");
    for (const { type } of parameters) {
      if (type.kind === "struct" || type.kind === "callback")
        return refuse(`has a ${type.kind}, which WebAssembly has not`);
    }
    this.#checkSignature(
      symbol,
      parameters.flatMap(({ type }) => wasmTypes(type)),
      result,
      refuse,
    );
    const needsMemory = [result, ...parameters.map(({ type }) => type)].some(isInMemory);
    if (needsMemory) {
      for (const name of ["alloc", "free"]) {
        if (typeof this.#exports[name] !== "function") return refuse(`needs the export ${name}, a function`);
      }
      this.#checkSignature("alloc", ["i32"], ADDRESS, refuse);
      this.#checkSignature("free", ["i32", "i32"], NOTHING, refuse);
      if (!(this.#exports.memory instanceof WebAssembly.Memory)) return refuse("needs the export memory");
    }
    const call = found as Export;
    const onNumbers =
      parameters.length <= 2 &&
      parameters.length > 0 &&
      described.pure &&
      isDouble(result) &&
      parameters.every(({ type }) => isDouble(type));
    return {
      ...functionDescription(this.#library, described),
      pure: described.pure,
      ...(onNumbers && { numeric: trapping(call as unknown as NumericOperation) }),
      run: (args) => this.#call(call, described, args),
    };
  }

  /** Nothing is asked of a result that is not taken. */
  #checkSignature(symbol: string, parameters: readonly string[], result: NativeType, refuse: (why: string) => never) {
    const signature = this.#signatures?.get(symbol);
    if (signature === undefined) return;
    const results = isVoid(result) ? signature.results : resultTypes(result);
    const wanted = signatureText({ parameters, results });
    const is = signatureText(signature);
    if (is !== wanted) refuse(`does not fit: ${symbol} is ${is} and not ${wanted}`);
  }

  #call(call: Export, { parameters, result }: NativeFunction, args: readonly Value[]): Value {
    checkArguments(parameters, args, this.#structs);
    const passed: (number | bigint)[] = [];
    const taken: Taken[] = [];
    try {
      for (let i = 0; i < args.length; i++) this.#pass(parameters[i].type, args[i], passed, taken);
      const given = guarded(() => call(...passed));
      for (const { floats, pointer, size } of taken) {
        // As bytes: the place of doubles in the module's memory need be no multiple of eight.
        if (floats !== null) bytesOfFloats(floats).set(this.#view(pointer, size));
      }
      return this.#result(result, given);
    } finally {
      for (const { pointer, size } of taken) guarded(() => (this.#exports.free as Export)(pointer, size));
    }
  }

  get #memory(): WebAssembly.Memory {
    return this.#exports.memory as WebAssembly.Memory;
  }

  #pass(type: NativeType, value: Value, passed: (number | bigint)[], taken: Taken[]): void {
    if (type.kind === "whole" && (type.type === "i64" || type.type === "u64")) {
      passed.push(BigInt(value as number));
    } else if (typeof value === "string") {
      this.#copyIn(encoder.encode(value), null, passed, taken);
    } else if (value instanceof Binary) {
      this.#copyIn(value.bytes, null, passed, taken);
    } else if (value instanceof FloatArray) {
      const isWritten = type.kind === "plain" && type.type === "inout floats";
      this.#copyIn(bytesOfFloats(value), isWritten ? value : null, passed, taken);
      passed[passed.length - 1] = value.items.length;
    } else {
      passed.push(Number(value));
    }
  }

  #copyIn(bytes: Uint8Array, floats: FloatArray | null, passed: (number | bigint)[], taken: Taken[]): void {
    const pointer = Number(guarded(() => (this.#exports.alloc as Export)(bytes.length))) >>> 0;
    if (pointer === 0 && bytes.length > 0) throw new ForeignFailure(`has no memory for ${bytes.length} bytes`);
    taken.push({ pointer, size: bytes.length, floats });
    this.#view(pointer, bytes.length).set(bytes);
    passed.push(pointer, bytes.length);
  }

  /** @throws ForeignFailure for what is not in the module's memory */
  #view(pointer: number, size: number): Uint8Array {
    const { buffer } = this.#memory;
    if (pointer + size > buffer.byteLength) throw new ForeignFailure("gave a place outside of its memory");
    return new Uint8Array(buffer, pointer, size);
  }

  #result(type: NativeType, given: number | bigint | undefined): Value {
    if (type.kind === "whole") {
      if (typeof given !== "bigint") {
        const value = type.type === "u32" ? Number(given) >>> 0 : Number(given);
        const { least, most } = WHOLE_TYPES[type.type];
        if (value < least || value > most) throw new ForeignFailure(`gave ${value}, which is no ${type.type}`);
        return value;
      }
      const exact = type.type === "u64" ? BigInt.asUintN(64, given) : given;
      if (exact > LARGEST_WHOLE || exact < -LARGEST_WHOLE) {
        throw new ForeignFailure(`gave the whole number ${exact}, which a Number cannot hold`);
      }
      return Number(exact);
    }
    switch (type.kind === "plain" ? type.type : "") {
      case "void":
        return Unit;
      case "bool":
        return Boolean(given);
      case "f64":
      case "f32":
        return Number(given);
      default:
        return this.#copyOut(type, given);
    }
  }

  /** Pointer in the upper half, length in the lower one. */
  #copyOut(type: NativeType, given: number | bigint | undefined): Value {
    if (typeof given !== "bigint") throw new ForeignFailure("gave no 64-bit number with pointer and length");
    const pointer = Number(BigInt.asUintN(64, given) >> 32n);
    const length = Number(BigInt.asUintN(32, given));
    const isText = type.kind === "plain" && type.type === "string";
    if (pointer === 0 && isText) return Undefined;
    const isFloats = type.kind === "plain" && type.type === "floats";
    const size = isFloats ? length * Float64Array.BYTES_PER_ELEMENT : length;
    if (isFloats && length > FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
    if (size > FIXED_LIMITS.binaryLength.value) throw systemLimit(isText ? "string" : "binary");
    const bytes = this.#view(pointer, size).slice();
    guarded(() => (this.#exports.free as Export)(pointer, size));
    if (isFloats) return new FloatArray(new Float64Array(bytes.buffer));
    if (type.kind === "plain" && type.type === "bytes") return new Binary(bytes);
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch {
      throw new ForeignFailure("gave a text that is no UTF-8");
    }
    if (text.length > FIXED_LIMITS.stringLength.value) throw systemLimit("string");
    return text;
  }
}

interface Taken {
  readonly pointer: number;
  readonly size: number;
  /** What is copied back. */
  readonly floats: FloatArray | null;
}

function isInMemory(type: NativeType): boolean {
  return type.kind === "plain" && /^(string|bytes|floats|inout floats)$/.test(type.type);
}

function isDouble(type: NativeType): boolean {
  return type.kind === "plain" && type.type === "f64";
}

/** What `alloc` gives. */
const ADDRESS: NativeType = { kind: "whole", type: "u32" };
const NOTHING: NativeType = { kind: "plain", type: "void" };

function isVoid(type: NativeType): boolean {
  return type.kind === "plain" && type.type === "void";
}

function bytesOfFloats({ items: { buffer, byteOffset, byteLength } }: FloatArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** What a parameter is in WebAssembly. */
function wasmTypes(type: NativeType): string[] {
  if (type.kind === "whole") return [WHOLE_TYPES[type.type].wasm];
  return type.kind === "plain" ? PLAIN_TYPES[type.type].wasm.split(", ") : [];
}

function resultTypes(type: NativeType): string[] {
  return isInMemory(type) ? ["i64"] : wasmTypes(type);
}

function signatureText({ parameters, results }: Signature): string {
  return `(${parameters.join(", ")}) → (${results.join(", ")})`;
}

/** A trap of the module is a failure of the call, and so is all else that calling it throws. */
function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw trapOf(error);
  }
}

function trapping(operation: NumericOperation): NumericOperation {
  return (a, b) => {
    try {
      // A number already, unless the signature could not be read.
      return Number(operation(a, b));
    } catch (error) {
      throw trapOf(error);
    }
  };
}

function trapOf(error: unknown): ForeignFailure {
  return new ForeignFailure(`trap: ${thrownText(error)}`);
}
