/** Errors of the VM in code of JavaScript: Error objects, which are thrown. */
import type { ProgramError } from "../errors.ts";
import { realm } from "../operations/js/realm.ts";
import type { Value } from "../values/value.ts";
import { callerOf, codeOf, type Frame } from "./frame.ts";
import type { Process } from "./process.ts";
import { calleeOf, raisedAt } from "./stack.ts";

/** Is an error of the instruction at which this frame stands an Error object? */
export function raisesObjects(frame: Frame): boolean {
  const code = codeOf(frame);
  if (code.isJs || !code.waitsForHost) return code.isJs;
  // A foreign function that takes its time has a frame of its own: the error is one of the call.
  const caller = callerOf(frame);
  return caller !== null && codeOf(caller).isJs;
}

/** What is thrown for an error of the instruction at which the innermost frame of a process stands. */
export function errorObjectOf(process: Process, error: ProgramError): Value {
  return realm().errorObject(error, raisedAt(process), () => calleeOf(process));
}
