/** What timers are set for: to wake a process that waits, or to bring a message later. */
import type { Reference } from "../values/reference.ts";
import type { Value } from "../values/value.ts";
import type { Process } from "./process.ts";
import type { Timer } from "./timers.ts";

/** A message on its way, in the hands of a timer. */
export interface Delivery {
  /** By which the timer can be cancelled. */
  readonly reference: Reference;
  /** A Process, or the name that one has when the time has come. */
  readonly target: Value;
  /** A copy that belongs to nobody else. */
  readonly message: Value;
  /** Milliseconds of the VM's clock. */
  readonly deadline: number;
  /** Null: so far away that it is never set. */
  timer: ProcessTimer | null;
}

export type ProcessTimer = Timer<Process | Delivery>;
