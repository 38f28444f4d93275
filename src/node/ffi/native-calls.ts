/**
 * Calls of native functions, through koffi, in whatever process this is. What C calls a pointer and a length is one value
 * here; what a function writes goes into the very arguments that it was given.
 */
import { createRequire } from "node:module";
import type { TypeObject } from "koffi";
import { LoadError } from "../../errors.ts";
import {
  type Description,
  type NativeFunction,
  type NativeType,
  type NumberType,
  PLAIN_TYPES,
  type Struct,
  WHOLE_TYPES,
} from "../../foreign/description.ts";
import { type DirectOperation, ForeignFailure, type NumericOperation } from "../../foreign/spec.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { Binary, FloatArray } from "../../values/bytes.ts";
import { reserve } from "../../values/memory.ts";
import { type IonObject, nativeKey, setProperty } from "../../values/object.ts";
import { Tagged, Tuple, Undefined, Unit, type Value } from "../../values/value.ts";

/** What a call needs for callbacks. */
export interface NativeContext {
  send(receiver: Value, message: Value): void;
}

export interface LoadedFunction {
  readonly described: NativeFunction;
  /** With arguments that are checked. @throws ForeignFailure */
  readonly call: (args: readonly Value[], context: NativeContext) => Value;
  /** In another thread. */
  readonly callLater: (args: readonly Value[], context: NativeContext) => Promise<Value>;
  /** The function itself, if it takes one or two doubles and gives one. */
  readonly numeric: NumericOperation | null;
  /** With arguments that are checked, one by one, if each of them is one of C's, too. */
  readonly direct: DirectOperation | null;
  /** It sees no more than values, and where it fails it has not been called yet. */
  readonly isLocal: boolean;
}

type Koffi = typeof import("koffi");
/** As `lib.func` gives it, of whatever types. */
interface KoffiFunction {
  (...args: readonly unknown[]): unknown;
  async(...args: readonly unknown[]): void;
}
type KoffiLibrary = ReturnType<Koffi["load"]>;
let loaded: Koffi | null = null;

/** Blocking calls that may run at once. */
const MOST_ASYNC_CALLS = 256;

function koffi(): Koffi {
  if (loaded === null) {
    try {
      loaded = createRequire(import.meta.url)("koffi") as Koffi;
    } catch {
      throw new LoadError("native libraries need the package koffi, which is not installed");
    }
    try {
      loaded.config({ max_async_calls: MOST_ASYNC_CALLS });
    } catch {
      // Whoever has loaded a library of his own before us has his way.
    }
  }
  return loaded;
}

/** @throws LoadError for a library or function that is not there */
export async function loadNative(library: string, path: string, description: Description): Promise<LoadedFunction[]> {
  const ffi = koffi();
  let opened: KoffiLibrary;
  try {
    opened = ffi.load(path);
  } catch (error) {
    throw new LoadError(`the native library ${library} cannot be loaded: ${(error as Error).message}`);
  }
  const structs = new Map<string, TypeObject>();
  for (const [name, members] of description.structs) {
    try {
      structs.set(name, ffi.struct(Object.fromEntries([...members].map(([own, type]) => [own, numberType(type)]))));
    } catch (error) {
      throw new LoadError(`the native library ${library}: the struct ${name}: ${(error as Error).message}`);
    }
  }
  return description.functions.map((one) => new Native(ffi, library, opened, one, structs, description.structs));
}

function numberType(type: NumberType): string {
  return type === "f64" || type === "f32" ? PLAIN_TYPES[type].c : WHOLE_TYPES[type].c;
}

/** Bytes for the message of a failure. */
const MESSAGE_BYTES = 1_024;
/** Bytes, or Numbers, that results which need room first get. */
const FIRST_CAPACITY = 4_096;

class Native implements LoadedFunction {
  readonly described: NativeFunction;
  readonly numeric: NumericOperation | null;
  readonly direct: DirectOperation | null;
  readonly isLocal: boolean;
  readonly #ffi: Koffi;
  readonly #function: KoffiFunction;
  readonly #structs: Description["structs"];
  readonly #callbacks: readonly (TypeObject | null)[];
  readonly #needsRoom: boolean;
  /** Nothing has to be made for a call, and nothing to be taken back. */
  readonly #isPlain: boolean;

  constructor(
    ffi: Koffi,
    library: string,
    opened: KoffiLibrary,
    described: NativeFunction,
    structs: ReadonlyMap<string, TypeObject>,
    members: Description["structs"],
  ) {
    this.described = described;
    this.#ffi = ffi;
    this.#structs = members;
    const { parameters, result, fails, symbol } = described;
    this.#needsRoom = result.kind === "plain" && (result.type === "bytes" || result.type === "floats");
    this.#callbacks = parameters.map(({ type }) => {
      return type.kind === "callback" ? ffi.proto("void", type.parameters.map(plainCType)) : null;
    });
    const types: (string | TypeObject)[] = parameters.flatMap(({ type }, i) => this.#cTypes(type, i, structs));
    // Room for a result, and for a message: a pointer and how much fits.
    if (this.#needsRoom) types.push("void *", "size_t");
    if (fails) types.push("void *", "size_t");
    try {
      this.#function = opened.func(
        symbol,
        this.#needsRoom ? "size_t" : resultType(result),
        types,
      ) as unknown as KoffiFunction;
    } catch (error) {
      throw new LoadError(`the native library ${library} has no function ${symbol}: ${(error as Error).message}`);
    }
    const onDoubles =
      !fails &&
      isDouble(result) &&
      parameters.length > 0 &&
      parameters.length <= 2 &&
      parameters.every(({ type }) => isDouble(type));
    this.numeric = onDoubles ? (this.#function as unknown as NumericOperation) : null;
    this.#isPlain =
      !this.#needsRoom && !fails && parameters.every(({ type }) => type.kind === "whole" || type.kind === "plain");
    this.isLocal = this.#isPlain && !mayGiveTooMuch(result);
    this.direct =
      this.#isPlain && parameters.every(({ type }) => isOneOfC(type)) ? this.#directOf(parameters.length) : null;
  }

  #directOf(count: number): DirectOperation | null {
    const { result } = this.described;
    const call = this.#function as (...args: Value[]) => unknown;
    switch (count) {
      case 1:
        return (a: Value) => resultOfC(result, call(a));
      case 2:
        return (a: Value, b: Value) => resultOfC(result, call(a, b));
      case 3:
        return (a: Value, b: Value, c: Value) => resultOfC(result, call(a, b, c));
      default:
        return null;
    }
  }

  #cTypes(type: NativeType, i: number, structs: ReadonlyMap<string, TypeObject>): (string | TypeObject)[] {
    switch (type.kind) {
      case "whole":
        return [numberType(type.type)];
      case "struct": {
        const pointer = this.#ffi.pointer(structs.get(type.name)!);
        return [type.written ? (this.#ffi.inout(pointer) as unknown as TypeObject) : pointer];
      }
      case "callback":
        return [this.#ffi.pointer(this.#callbacks[i]!)];
      case "plain":
        if (type.type === "bytes" || type.type === "floats" || type.type === "inout floats")
          return ["void *", "size_t"];
        return [plainCType(type.type as "f64" | "bool" | "string")];
    }
  }

  call(args: readonly Value[], context: NativeContext): Value {
    if (this.#isPlain) return resultOfC(this.described.result, this.#function(...plainArguments(args)));
    const passed = this.#pass(args, context);
    try {
      if (!this.#needsRoom) {
        const given: unknown = this.#function(...passed.values, ...passed.message);
        return this.#finish(args, passed, given);
      }
      return this.#withRoom(
        (room) => this.#function(...passed.values, ...room, ...passed.message) as number,
        args,
        passed,
      );
    } finally {
      this.#release(passed);
    }
  }

  async callLater(args: readonly Value[], context: NativeContext): Promise<Value> {
    const passed = this.#pass(args, context);
    const run = (room: readonly unknown[]): Promise<unknown> => {
      return new Promise((resolve, reject) => {
        this.#function.async(...passed.values, ...room, ...passed.message, (error: unknown, given: unknown) => {
          if (error) reject(new ForeignFailure(String((error as Error).message ?? error)));
          else resolve(given);
        });
      });
    };
    try {
      if (!this.#needsRoom) return this.#finish(args, passed, await run([]));
      const room = this.#room(FIRST_CAPACITY);
      const count = Number(await run([room, FIRST_CAPACITY]));
      if (count <= FIRST_CAPACITY) return this.#taken(room, count, args, passed);
      const more = this.#room(count);
      return this.#taken(more, Number(await run([more, count])), args, passed);
    } finally {
      this.#release(passed);
    }
  }

  /** The function says how much it has, and is asked again if that did not fit. */
  #withRoom(run: (room: readonly unknown[]) => number | bigint, args: readonly Value[], passed: Passed): Value {
    const room = this.#room(FIRST_CAPACITY);
    const count = Number(run([room, FIRST_CAPACITY]));
    if (count <= FIRST_CAPACITY) return this.#taken(room, count, args, passed);
    const more = this.#room(count);
    return this.#taken(more, Number(run([more, count])), args, passed);
  }

  #room(count: number): Float64Array | Uint8Array {
    const { result } = this.described;
    const isFloats = result.kind === "plain" && result.type === "floats";
    const most = isFloats ? FIXED_LIMITS.arrayLength.value : FIXED_LIMITS.binaryLength.value;
    if (!(count <= most)) throw new ForeignFailure(`asked for room for ${count}; ${most} is the most`);
    reserve(isFloats ? count * Float64Array.BYTES_PER_ELEMENT : count);
    return isFloats ? new Float64Array(count) : new Uint8Array(count);
  }

  #taken(room: Float64Array | Uint8Array, count: number, args: readonly Value[], passed: Passed): Value {
    this.#finish(args, passed, undefined);
    const taken = room.slice(0, Math.min(count, room.length));
    return taken instanceof Float64Array ? new FloatArray(taken) : new Binary(taken);
  }

  #pass(args: readonly Value[], context: NativeContext): Passed {
    const { fails } = this.described;
    const passed: Passed = {
      values: [],
      message: fails ? [new Uint8Array(MESSAGE_BYTES), MESSAGE_BYTES] : [],
      written: [],
      callbacks: [],
      failure: null,
    };
    try {
      this.#passAll(args, context, passed);
      return passed;
    } catch (error) {
      this.#release(passed);
      throw error;
    }
  }

  #passAll(args: readonly Value[], context: NativeContext, passed: Passed): void {
    const { values, written } = passed;
    const { parameters } = this.described;
    for (let i = 0; i < args.length; i++) {
      const value = args[i];
      const { name, type } = parameters[i];
      if (type.kind === "struct") {
        const plain = plainStruct(value as IonObject, this.#structs.get(type.name)!);
        values.push(plain);
        if (type.written) written.push({ argument: i, plain, struct: this.#structs.get(type.name)! });
      } else if (type.kind === "callback") {
        values.push(this.#register(i, passed, (given) => context.send(value, new Tagged(name, new Tuple(given)))));
      } else if (value instanceof FloatArray) {
        values.push(value.items, value.items.length);
      } else if (value instanceof Binary) {
        values.push(value.bytes, value.bytes.length);
      } else {
        values.push(value);
      }
    }
  }

  /** What goes wrong in there fails the call, once it is back: nothing can be thrown through C. */
  #register(parameter: number, passed: Passed, send: (given: Value[]) => void): unknown {
    const called = (...given: unknown[]): void => {
      if (passed.failure !== null) return;
      try {
        send(given.map(valueOfC));
      } catch (error) {
        passed.failure = error;
      }
    };
    let callback: Registered;
    try {
      callback = this.#ffi.register(called, this.#ffi.pointer(this.#callbacks[parameter]!));
    } catch (error) {
      throw new ForeignFailure(`has no room for another callback: ${(error as Error).message}`);
    }
    passed.callbacks.push(callback);
    return callback;
  }

  #release({ callbacks }: Passed): void {
    for (const callback of callbacks) this.#ffi.unregister(callback);
  }

  #finish(args: readonly Value[], { message, written, failure }: Passed, given: unknown): Value {
    if (failure !== null) throw failure;
    if (message.length > 0) {
      const [bytes] = message as [Uint8Array];
      const end = bytes.indexOf(0);
      if (end !== 0)
        throw new ForeignFailure(new TextDecoder().decode(bytes.subarray(0, end < 0 ? bytes.length : end)));
    }
    for (const { argument, plain, struct } of written) {
      for (const member of struct.keys())
        setProperty(args[argument] as IonObject, nativeKey(member), numberOf(plain[member]));
    }
    return resultOfC(this.described.result, given);
  }
}

type Registered = ReturnType<Koffi["register"]>;

interface Passed {
  readonly values: unknown[];
  /** The room for a message, if the function may fail. */
  readonly message: readonly unknown[];
  readonly written: { readonly argument: number; readonly plain: Record<string, unknown>; readonly struct: Struct }[];
  readonly callbacks: Registered[];
  /** The first that went wrong in a callback. */
  failure: unknown;
}

function plainCType(type: NumberType | "bool" | "string"): string {
  return type === "bool" || type === "string" ? PLAIN_TYPES[type].c : numberType(type);
}

function resultType(type: NativeType): string {
  if (type.kind === "whole") return numberType(type.type);
  return type.kind === "plain" ? PLAIN_TYPES[type.type].c : "void";
}

/** Of what C gives as a whole number of 64 bits not everything is a Number. */
function mayGiveTooMuch(type: NativeType): boolean {
  return type.kind === "whole" && (type.type === "i64" || type.type === "u64");
}

/** Not a pointer and a length. */
function isOneOfC(type: NativeType): boolean {
  return type.kind === "whole" || (type.kind === "plain" && /^(f64|f32|bool|string)$/.test(type.type));
}

function plainArguments(args: readonly Value[]): unknown[] {
  const passed: unknown[] = [];
  for (let i = 0; i < args.length; i++) {
    const value = args[i];
    if (value instanceof FloatArray) passed.push(value.items, value.items.length);
    else if (value instanceof Binary) passed.push(value.bytes, value.bytes.length);
    else passed.push(value);
  }
  return passed;
}

function isDouble(type: NativeType): boolean {
  return type.kind === "plain" && type.type === "f64";
}

function plainStruct(value: IonObject, struct: Struct): Record<string, unknown> {
  const plain = Object.create(null) as Record<string, unknown>;
  for (const member of struct.keys()) plain[member] = value[nativeKey(member)];
  return plain;
}

function numberOf(given: unknown): number {
  if (typeof given === "bigint") throw new ForeignFailure(`gave the whole number ${given}, which a Number cannot hold`);
  return given as number;
}

function valueOfC(given: unknown): Value {
  if (given === null || given === undefined) return Undefined;
  return typeof given === "bigint" ? numberOf(given) : (given as Value);
}

function resultOfC(type: NativeType, given: unknown): Value {
  if (type.kind === "whole") return numberOf(given);
  if (type.kind === "plain" && type.type === "string") return given === null ? Undefined : (given as string);
  return given === undefined ? Unit : (given as Value);
}
