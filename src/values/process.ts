/** Processes as values: a reference by number, valid after the process has ended. */
import { defineKind } from "./value.ts";

/** What values/ needs to know of a process; src/runtime/process.ts has the one class of it. */
export abstract class ProcessValue {
  declare readonly kind: "Process";
  /** 1 is main; never used again. */
  abstract readonly number: number;
}
defineKind(ProcessValue.prototype, "Process");
