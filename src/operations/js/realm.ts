/**
 * The built-ins of JavaScript, as instructions reach them. src/js/realm.ts has the class of it; a VM has its own, since what
 * is written in the language is profiled and compiled as programs are.
 */
import type { ProgramError } from "../../errors.ts";
import type { FunctionValue } from "../../values/function.ts";
import type { IonObject } from "../../values/object.ts";
import type { Value } from "../../values/value.ts";
import { methodCall, type ResultUse } from "../method-call.ts";

/** Kinds of values whose methods are found on a prototype of their own; `Object` is behind all of them. */
export const RECEIVERS = ["Object", "Function", "Array", "String", "Number", "Boolean", "Symbol"] as const;
export type Receiver = (typeof RECEIVERS)[number];

/** What instructions call for operands that are objects: the same on the primitive values that methods of these give. */
export const INTRINSIC_OPERATIONS = {
  JS_ADD: "%add",
  JS_SUB: "%sub",
  JS_MUL: "%mul",
  JS_DIV: "%div",
  JS_MOD: "%mod",
  JS_POW: "%pow",
  JS_BIT_AND: "%bitAnd",
  JS_BIT_OR: "%bitOr",
  JS_BIT_XOR: "%bitXor",
  JS_SHL: "%shl",
  JS_SHR: "%shr",
  JS_USHR: "%ushr",
  JS_LESS: "%less",
  JS_LESS_EQUAL: "%lessEqual",
  JS_GREATER: "%greater",
  JS_GREATER_EQUAL: "%greaterEqual",
  JS_LOOSE_EQUAL: "%looseEqual",
  JS_NEG: "%neg",
  JS_BIT_NOT: "%bitNot",
  JS_NUMBER: "%number",
  JS_STRING: "%string",
  JS_GET: "%get",
  JS_SET: "%set",
  // Any call, of a function of the host that needs an argument converted by the program.
  CALL: "%retry",
} as const;
export type IntrinsicOperation = (typeof INTRINSIC_OPERATIONS)[keyof typeof INTRINSIC_OPERATIONS];

/** A line of a stack, innermost first. */
export interface RaisedAt {
  /** As the program is linked: `Class:function`, of another pack `pack!Class:function`. */
  readonly functionName: string;
  /** As the source has it; only code of JavaScript has one. */
  readonly writtenName?: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

export interface Realm {
  /** What `__js:name` is: a function, or an Object that all processes share; undefined: there is no such built-in. */
  builtin(name: string): Value | undefined;
  prototype(receiver: Receiver): IonObject;
  intrinsic(name: IntrinsicOperation): FunctionValue;
  /**
   * An error of the VM as the object that code of JavaScript catches.
   * @param callee looks for the text of what was called; null if it is not known
   */
  errorObject(error: ProgramError, stack: readonly RaisedAt[], callee: () => string | null): Value;
}

/** That of the VM that runs; a VM that runs inside a foreign function of another puts it back. */
export const realms: { current: Realm | null } = { current: null };

export function realm(): Realm {
  if (realms.current === null) throw new Error("JavaScript runs without its built-ins");
  return realms.current;
}

/** As `askFor`, without binding anything: a function that takes `this` as an argument gets it there. */
export function ask(callee: FunctionValue, self: Value, args: readonly Value[], use: ResultUse): undefined {
  const takesThis = callee.foreign !== null && (callee.foreign as { readonly takesThis?: boolean }).takesThis === true;
  methodCall.callee = callee;
  methodCall.self = self;
  methodCall.args = takesThis ? [self, ...args] : [...args];
  methodCall.use = use;
  return undefined;
}
