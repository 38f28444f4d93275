/** Values of the host as values of programs and back, so that each built-in can be held against the host's own. */
import { ProgramError } from "../../../src/errors.ts";
import { ForeignFunction, ForeignRegistry } from "../../../src/foreign/registry.ts";
import type { ForeignContext } from "../../../src/foreign/spec.ts";
import { HOST } from "../../../src/js/host/index.ts";
import { objectOf, objectWith, prototypeNamed } from "../../../src/js/host/make.ts";
import { makeRegExp } from "../../../src/js/host/regexp.ts";
import {
  DateState,
  ERROR_STATE,
  ErrorState,
  MapState,
  RegExpState,
  SetState,
  stateOf,
} from "../../../src/js/host/state.ts";
import { createRealm } from "../../../src/js/realm.ts";
import { realms } from "../../../src/operations/js/realm.ts";
import { Library } from "../../../src/runtime/library.ts";
import { defineAccessor } from "../../../src/values/accessor.ts";
import { atom } from "../../../src/values/atom.ts";
import { stamp } from "../../../src/values/exotic.ts";
import { functionOf } from "../../../src/values/function.ts";
import { NULL_PROTOTYPE } from "../../../src/values/null-prototype.ts";
import { createObject, defineProperty, IonObject, nativeKey, ownKeys, plainKey } from "../../../src/values/object.ts";
import { Tuple, Undefined, Unit, type Value } from "../../../src/values/value.ts";

/** Built-ins without a VM: enough for functions of the host. */
export function useRealm(): void {
  realms.current = createRealm(new Library(new ForeignRegistry(), []));
}

/** As a program would have it. Classes are not converted, but those of the language. */
export function fromHost(value: unknown, known = new Map<unknown, Value>()): Value {
  switch (typeof value) {
    case "number":
    case "string":
    case "boolean":
      return value;
    case "undefined":
      return Undefined;
    case "symbol":
      return atom(value === Symbol.iterator ? "@@iterator" : (value.description ?? ""));
    case "function":
      return functionFromHost(value as () => unknown);
    default:
  }
  if (value === null) return Unit;
  const before = known.get(value);
  if (before !== undefined) return before;
  if (Array.isArray(value)) {
    const array: Value[] = [];
    known.set(value, array);
    for (const item of value) array.push(fromHost(item, known));
    for (const key of Object.keys(value).slice(value.length)) {
      (array as unknown as IonObject)[nativeKey(key)] = fromHost((value as never)[key], known);
    }
    return array;
  }
  const made = emptyFromHost(value as object);
  known.set(value, made);
  const map = stateOf(made, MapState);
  const set = stateOf(made, SetState);
  if (map !== undefined)
    for (const [key, item] of value as Map<unknown, unknown>) map.map.set(fromHost(key, known), fromHost(item, known));
  if (set !== undefined) for (const item of value as Set<unknown>) set.set.add(fromHost(item, known));
  for (const key of Reflect.ownKeys(value as object)) {
    const { value: item, get, set: setter, ...attributes } = Object.getOwnPropertyDescriptor(value, key)!;
    const native = nativeKey(typeof key === "symbol" ? `@@${key.description!.replace("Symbol.", "")}` : key);
    if (get !== undefined || setter !== undefined) {
      const some = functionFromHost(function accessor() {});
      defineAccessor(
        made,
        native,
        { get: get ? some : null, set: setter ? some : null } as never,
        attributes.enumerable!,
      );
    } else {
      const { writable, enumerable, configurable } = attributes as never;
      defineProperty(made, native, fromHost(item, known), { writable, enumerable, configurable });
    }
  }
  return made;
}

function functionFromHost(value: () => unknown): Value {
  return functionOf(new ForeignFunction({ ...HOST[0].spec, name: value.name, numeric: undefined } as never));
}

function emptyFromHost(value: object): IonObject {
  if (value instanceof Map) return objectWith(new MapState());
  if (value instanceof Set) return objectWith(new SetState());
  if (value instanceof Date) return objectWith(new DateState(value.getTime()));
  if (value instanceof RegExp) return makeRegExp(value.source, value.flags);
  if (value instanceof Error) {
    const error = objectOf(prototypeNamed(`${value.constructor.name}.prototype`));
    stamp(error, ERROR_STATE);
    return error;
  }
  return createObject(Object.getPrototypeOf(value) === null ? [NULL_PROTOTYPE] : []);
}

/** What tests compare: Errors of programs as `Kind: message`. */
export function toHost(value: Value, known = new Map<Value, unknown>()): unknown {
  if (value === Undefined) return undefined;
  if (value === Unit) return null;
  if (typeof value !== "object") return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  if (Array.isArray(value)) {
    const array: unknown[] = [];
    known.set(value, array);
    for (const item of value) array.push(toHost(item, known));
    return array;
  }
  if (!(value instanceof IonObject)) return value;
  const date = stateOf(value, DateState);
  if (date !== undefined) return new Date(date.time);
  const regexp = stateOf(value, RegExpState)?.regexp;
  if (regexp !== undefined) return regexp;
  const map = stateOf(value, MapState);
  if (map !== undefined) return new Map([...map.map].map(([key, item]) => [toHost(key, known), toHost(item, known)]));
  const set = stateOf(value, SetState);
  if (set !== undefined) return new Set([...set.set].map((item) => toHost(item, known)));
  if (stateOf(value, ErrorState) !== undefined) return `error ${String(value.$message)}`;
  const object: Record<string, unknown> = {};
  known.set(value, object);
  for (const key of ownKeys(value)) {
    if (!Object.prototype.propertyIsEnumerable.call(value, key)) continue;
    const item = toHost(value[key] ?? Undefined, known);
    Object.defineProperty(object, plainKey(key), { value: item, writable: true, enumerable: true, configurable: true });
  }
  return object;
}

export const output = { stdout: "", stderr: "" };

const process = { number: 1 };

const CONTEXT = {
  process,
  random: { next: () => 0.5 },
  stdout: (text: string) => {
    output.stdout += text;
  },
  stderr: (text: string) => {
    output.stderr += text;
  },
  processes: { now: () => 1_700_000_000_000.5, monotonicTime: () => 12.5 },
} as unknown as ForeignContext;

const FUNCTIONS = new Map(HOST.map(({ name, spec }) => [name, new ForeignFunction(spec)]));

/** Calls a built-in of the host as an instruction does. @throws ProgramError */
export function call(name: string, self: Value, args: readonly Value[]): Value {
  const found = FUNCTIONS.get(name);
  if (found === undefined) throw new Error(`there is no built-in ${name}`);
  return found.call(found.takesThis ? [self, ...args] : args, CONTEXT);
}

/** The result or the error, as tests compare them. */
export function outcome(run: () => unknown): unknown {
  try {
    return { result: run() };
  } catch (error) {
    if (error instanceof ProgramError && error.value instanceof Tuple) {
      const [, kind, message] = error.value.items;
      return { error: `${kind}: ${message}` };
    }
    if (error instanceof Error) return { error: `${error.name}: ${error.message}` };
    throw error;
  }
}

/** A built-in of the host itself, by name. */
function hostFunction(name: string): (...args: unknown[]) => unknown {
  return name.split(".").reduce((owner: unknown, key) => (owner as Record<string, unknown>)[key], globalThis) as never;
}

/** What the built-in and the host's own give for the same. @param self `this`, for methods */
export function both(name: string, self: unknown, args: readonly unknown[]): [ours: unknown, theirs: unknown] {
  const own = fromHost(self);
  const given = args.map((arg) => fromHost(arg));
  const ours = outcome(() => {
    const result = toHost(call(name, own, given));
    return { result, self: toHost(own) };
  });
  const theirs = outcome(() => ({ result: hostFunction(name).apply(self, [...args]), self }));
  return [ours, theirs];
}
