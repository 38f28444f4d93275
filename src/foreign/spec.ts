/**
 * What a foreign function is: its description, what it may ask of the VM, and how it fails.
 *
 * Counts and types are checked before a function sees anything, and every failure leaves as one kind of error,
 * `(ffi, "Name", "message")`.
 */
import type { Instruction } from "../bytecode/instructions.ts";
import { type ProgramError, programError } from "../errors.ts";
import type { Atom } from "../values/atom.ts";
import type { FunctionValue } from "../values/function.ts";
import type { ProcessValue } from "../values/process.ts";
import type { Reference } from "../values/reference.ts";
import { type TypeName, typeOf, type Value } from "../values/value.ts";
import type { HostSystem } from "./host-system.ts";
import type { PermissionKind } from "./permissions.ts";
import type { RandomNumbers } from "./random.ts";

/**
 * `Any`: no check. `Key`: an Atom or a String. `Sequence`: an Array or a Tuple. `Receiver`: a Process, or an Atom that
 * is or may become the name of one.
 */
export const PARAMETER_GROUPS = ["Any", "Key", "Sequence", "Receiver"] as const;
export type ParameterType = TypeName | (typeof PARAMETER_GROUPS)[number];

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
}

/** What every foreign function can ask of the VM that calls it, also while a call takes its time. */
export interface CallContext {
  /** The calling process. */
  readonly process: ProcessValue;
  /** @throws ForeignFailure unless the program is allowed so much; the message says which flag would allow it */
  permit(kind: PermissionKind, item: string): void;
  /** Sends a copy of a value to a process, or to whatever else SEND takes. */
  send(receiver: Value, message: Value): void;
  /** What the machine has besides a clock; null where there is nothing. */
  readonly system: HostSystem | null;
}

/** What a foreign function can ask of the VM whose process waits for it. */
export interface AsyncContext extends CallContext {
  /** Says when the process has ended, and nobody waits any more. */
  readonly signal: AbortSignal;
  /** The same for one who is asked often: calls this back, and no other that was given before, at a tenth of the cost. */
  onAbort(callback: () => void): void;
}

/** What a synchronous foreign function can ask of the VM that calls it. */
export interface ForeignContext extends CallContext {
  /** The random numbers of the VM. */
  readonly random: RandomNumbers;
  /** The file version of the class the call stands in: some texts differ for version 1. */
  readonly version: 1 | 2;
  /** Written in order, at once. A lone surrogate is shown as U+FFFD. */
  stdout(text: string): void;
  stderr(text: string): void;
  /** The arguments of the program. */
  readonly args: readonly string[];
  /** The text of an entry of the calling class's pack under `resources/`; undefined if there is none. */
  resource(name: string): string | undefined;
  /** Sends the exit signal `reason` to a process, which may be the calling one. */
  exit(target: ProcessValue, reason: Value): void;
  /** Lets the calling process trap exits or not; gives what it was before. */
  trapExit(on: boolean): boolean;
  /** Ends the VM with this exit code once the instruction is complete. */
  halt(code: number): void;
  readonly processes: ProcessServices;
}

/** What the VM does with processes and time, for the calling process. */
export interface ProcessServices {
  /**
   * Starts a process that runs a bytecode function with copies of these arguments, tied to the calling one before it
   * runs. The reference is that of the monitor; null with a link.
   * @throws ProgramError `(system_limit, …)`
   */
  spawn(
    callee: FunctionValue,
    args: readonly Value[],
    tie: "link" | "monitor",
  ): { readonly process: ProcessValue; readonly reference: Reference | null };
  unlink(target: ProcessValue): void;
  monitor(target: ProcessValue): Reference;
  /** True if the monitor was the calling process's, and active. */
  demonitor(reference: Reference): boolean;
  makeReference(): Reference;
  isAlive(target: ProcessValue): boolean;
  /** An Object, or Undefined for a process that has ended. */
  info(target: ProcessValue): Value;
  /** Why not, or null. */
  register(name: Atom, target: ProcessValue): string | null;
  unregister(name: Atom): boolean;
  whereIs(name: Atom): ProcessValue | undefined;
  /** @throws ProgramError `(system_limit, message)` */
  sendAfter(milliseconds: number, receiver: Value, message: Value): Reference;
  /** The milliseconds that were left, or null. */
  cancelTimer(reference: Reference): number | null;
  /** Milliseconds since the beginning of 1970 UTC, or of virtual time. */
  now(): number;
  /** Milliseconds of a clock that never goes back. */
  monotonicTime(): number;
}

/** What a timer of the host takes, in milliseconds; one that is set to more fires at once. */
export const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** On one Number, which stands first, or on two. */
export type NumericOperation = (a: number, b: number) => number;

/** Takes the arguments one by one, as many as there are parameters. */
export type DirectOperation = (a: never, b: never, c: never) => Value;

/** What a program must know of a function that it does not bring itself. */
export interface FunctionDescription {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Takes any number of values of this type behind the parameters. */
  readonly rest?: Parameter;
  readonly result: ParameterType;
  /** What it does, with all that is not obvious; the documentation derives from it. */
  readonly description: string;
  /** What it counts as data-dependent work, in words for the documentation; absent if nothing. */
  readonly charge?: string;
}

/** A function that is bytecode: it can wait, and be preempted, as programs can. Types are for its instructions to check. */
export interface BytecodeSpec extends FunctionDescription {
  readonly body: readonly Instruction[];
}

export interface ForeignSpec extends FunctionDescription {
  /**
   * True if there is no effect and the result depends on nothing but the arguments and what they hold at
   * this moment, so that an engine may put the operation itself in the place of the call. It may not keep
   * a result while an Array or Object among the arguments can change.
   */
  readonly pure: boolean;
  /**
   * True if it asks nothing of the VM and has no effect but on its arguments, and none at all where it fails: an engine may
   * call it without telling anybody, and once more where it has failed. Pure functions are local in any case.
   */
  readonly local?: boolean;
  /**
   * The same as `run`, for local functions of one to three parameters and no rest: an engine calls it without an array of
   * arguments.
   */
  readonly direct?: DirectOperation;
  /**
   * The operation itself, for pure functions from Numbers to a Number: an engine that has seen as many
   * Numbers as there are parameters calls it without an array of arguments and without a check. It counts
   * no work and fails as `run` does.
   */
  readonly numeric?: NumericOperation;
  /**
   * Takes arguments as functions of JavaScript do: those that are missing are Undefined, superfluous ones are dropped, and types are
   * for the function itself to look at.
   */
  readonly lenient?: boolean;
  /** The first parameter is `this`: Undefined where the call has none. */
  readonly takesThis?: boolean;
  /** It looks at the calling process's frames, which must be complete then. */
  readonly needsFrames?: boolean;
  /**
   * Runs synchronously, with counts and types already checked. Fails by throwing `ForeignFailure`.
   * Counts data-dependent work in `work` (src/values/work.ts).
   */
  readonly run: (args: readonly Value[], context: ForeignContext) => Value;
}

/**
 * A function that takes its time: the calling process waits, all others go on. To programs it is bytecode, as everything
 * that waits; so it may be spawned, too.
 */
export interface AsyncForeignSpec<Raw = unknown> extends FunctionDescription {
  /**
   * Begins, with counts and types already checked. It fails by throwing `ForeignFailure` now or later. Arguments are the
   * calling process's own, which does nothing meanwhile: what is needed after the answer must be copied.
   */
  readonly start: (args: readonly Value[], context: AsyncContext) => Promise<Raw>;
  /** Makes the result, once the process goes on; counts data-dependent work. */
  finish(raw: Raw): Value;
}

/** How a foreign function fails: the message becomes part of the error the program sees. */
export class ForeignFailure extends Error {
  override readonly name = "ForeignFailure";
}

/** The text of whatever was thrown: an error's message, else what it is as text. Never throws itself. */
export function thrownText(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return "failed, and what it has thrown cannot be shown";
  }
}

/** The failure of a function whose arguments have the right types and values it cannot use. */
export function refusal(message: string): ForeignFailure {
  return new ForeignFailure(`Runtime error: ${message}`);
}

/** The failure of a call with too few or too many arguments. */
export function wrongCount(expected: number, got: number): ForeignFailure {
  return new ForeignFailure(`Expected ${expected} arguments, got ${got}`);
}

export function checkArguments(spec: FunctionDescription, args: readonly Value[]): void {
  const { parameters, rest } = spec;
  if (rest === undefined ? args.length !== parameters.length : args.length < parameters.length) {
    throw wrongCount(parameters.length, args.length);
  }
  for (let i = 0; i < args.length; i++) {
    const { type } = i < parameters.length ? parameters[i] : rest!;
    if (!accepts(type, args[i])) throw wrongTypes(spec, args);
  }
}

/** Does a parameter of this type take the value? */
export function accepts(type: ParameterType, value: Value): boolean {
  if (type === "Any") return true;
  const actual = typeOf(value);
  if (actual === type) return true;
  return (
    (type === "Key" && (actual === "Atom" || actual === "String")) ||
    (type === "Sequence" && (actual === "Array" || actual === "Tuple")) ||
    (type === "Receiver" && (actual === "Process" || actual === "Atom"))
  );
}

function wrongTypes(spec: FunctionDescription, args: readonly Value[]): ForeignFailure {
  const expected = args.map((_, i) => (spec.parameters[i] ?? spec.rest!).type).join(", ");
  return new ForeignFailure(`Expected ${expected} argument, got ${args.map((value) => typeOf(value)).join(", ")}`);
}

/** The error a version 2 program sees when a foreign function fails. */
export function foreignError(name: string, message: string): ProgramError {
  return programError("ffi", name, message);
}
