/** Errors of the VM in code of JavaScript: Error objects, which are thrown. */
import type { ProgramError } from "../errors.ts";
import { realm } from "../operations/js/realm.ts";
import type { Value } from "../values/value.ts";
import type { Process } from "./process.ts";
import { calleeOf, raisedAt } from "./stack.ts";

/** What is thrown for an error of the instruction at which the innermost frame of a process stands. */
export function errorObjectOf(process: Process, error: ProgramError): Value {
  return realm().errorObject(error, raisedAt(process), () => calleeOf(process));
}
