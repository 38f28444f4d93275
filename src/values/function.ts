/** Functions as values: an immutable record of code, captured values and a bound `this`. */
import type { IonObject } from "./object.ts";
import { defineKind, Undefined, type Value } from "./value.ts";

/** What a function value runs: bytecode of a pack, or a function of the host. */
export interface Callable {
  /** As the program knows it; foreign ones keep their own spelling here. */
  readonly name: string;
}

/** Code of a pack; src/runtime/code.ts has the one class of it. */
export interface BytecodeCallable extends Callable {
  readonly isForeign: false;
  /** Code of JavaScript, whose functions are objects with an identity and members. */
  readonly isJs: boolean;
  /** The one value of this code that all processes share: a constant. */
  readonly value: FunctionValue | null;
}

/** A function of the host; src/foreign/registry.ts has the one class of it. */
export interface ForeignCallable extends Callable {
  readonly isForeign: true;
}

/** `captured` of a function that has none: one shared array, so that "has captures" is one comparison. */
export const NO_CAPTURES: readonly Value[] = Object.freeze([]);

/**
 * What JavaScript keeps on a function: `prototype`, static members. A record that only JavaScript's code makes, so the
 * functions of all others stay immutable.
 */
export class FunctionMembers {
  /** The members, as those of an object. */
  readonly object: IonObject;
  /** Makes objects whose prototype is `prototype`; null until `new` is first used, or if that changed. */
  maker: (new () => IonObject) | null = null;
  /** What `bind` has made: the first captured value is the function that it calls. It has no prototype. */
  readonly isBound: boolean;
  constructor(object: IonObject, isBound = false) {
    this.object = object;
    this.isBound = isBound;
  }
}

export class FunctionValue<
  Code extends BytecodeCallable = BytecodeCallable,
  Foreign extends ForeignCallable = ForeignCallable,
> {
  declare readonly kind: "Function";
  /**
   * The bytecode, or null for a foreign function. No other value has a property `code`, so an engine
   * that reads `callee.code` learns at once: an object is bytecode, null is foreign, undefined is no function.
   */
  readonly code: Code | null;
  readonly foreign: Foreign | null;
  /** Come before the arguments in the callee's registers. */
  readonly captured: readonly Value[];
  /** The bound `this`; Undefined when there is none. */
  readonly self: Value;
  /** Null while there are none. No part of what makes two functions the same to SAME. */
  members: FunctionMembers | null;
  constructor(code: Code | null, foreign: Foreign | null, captured: readonly Value[], self: Value) {
    this.code = code;
    this.foreign = foreign;
    this.captured = captured;
    this.self = self;
    this.members = null;
  }
}
defineKind(FunctionValue.prototype, "Function");

/** A function of JavaScript that one process has made, and may change. */
export function isOwned(value: FunctionValue): boolean {
  const { code, members } = value;
  if (members !== null) return !Object.isFrozen(members.object);
  return code?.isJs === true && code.value !== value;
}

/** A plain function value of this code. */
export function functionOf(target: BytecodeCallable | ForeignCallable): FunctionValue {
  return target.isForeign
    ? new FunctionValue(null, target, NO_CAPTURES, Undefined)
    : new FunctionValue(target, null, NO_CAPTURES, Undefined);
}

/** The name a function prints under: lower case for foreign ones. */
export function functionName(value: FunctionValue): string {
  return value.foreign !== null ? value.foreign.name.toLowerCase() : (value.code as Callable).name;
}

/** GET_PROP sets `this` on a function that has none; one that has keeps it. */
export function bindThis(value: FunctionValue, self: Value): FunctionValue {
  return value.self === Undefined ? new FunctionValue(value.code, value.foreign, value.captured, self) : value;
}
