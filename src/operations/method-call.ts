/**
 * Calls hidden in instructions.
 *
 * An operation that finds out that a method of the program must be called first (an operator method,
 * `__getattr__`, `__setattr__`) does not call it: the program may wait or be preempted in there, so only
 * an engine can. It leaves the call in `methodCall` and returns JavaScript's undefined. The engine then
 * makes a safe point and a frame of it, or calls a foreign function at once, and puts the result where
 * `use` says.
 */
import { programError } from "../errors.ts";
import type { FunctionValue } from "../values/function.ts";
import { typeOf, Undefined, type Value } from "../values/value.ts";

/** What becomes of the result of a call, beside going into a register: all below zero, since registers are not. */
export const USE_TRUTH = -1;
export const USE_NEGATED_TRUTH = -2;
export const USE_DROPPED = -3;
/** The result is called next, with the arguments of the CALL_METHOD that asked for it. */
export const USE_CALLED = -4;
/** Into the register that the instruction names as its first operand. */
export const USE_REGISTER = -5;

export type ResultUse =
  | typeof USE_TRUTH
  | typeof USE_NEGATED_TRUTH
  | typeof USE_DROPPED
  | typeof USE_CALLED
  | typeof USE_REGISTER;

/** The call that the last operation asked for; valid until the next operation. */
export const methodCall: { callee: FunctionValue; self: Value; args: Value[]; use: ResultUse } = {
  callee: undefined as unknown as FunctionValue,
  self: Undefined,
  args: [],
  use: USE_REGISTER,
};

/**
 * Asks for a method call; gives the undefined that the operation returns.
 * @throws ProgramError `(badfun, value)` if the method is not a function
 */
export function askFor(method: Value, self: Value, args: Value[], use: ResultUse): undefined {
  if (typeOf(method) !== "Function") throw programError("badfun", method);
  const callee = method as FunctionValue;
  methodCall.callee = callee;
  // As when GET_PROP reads a method: a function that has a `this` keeps it.
  methodCall.self = callee.self === Undefined ? self : callee.self;
  methodCall.args = args;
  methodCall.use = use;
  return undefined;
}
