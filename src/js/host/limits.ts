/** What must be asked before the host makes something long: JavaScript's errors where a limit of values stands in the way. */
import { jsError } from "../../errors.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { reserve } from "../../values/memory.ts";
import { work } from "../../values/work.ts";

/** How an Array's elements are held: eight bytes each. */
const BYTES_PER_ELEMENT = 8;
/** What the host takes for a unit; half of it if all fit into eight bits, which nobody knows beforehand. */
const BYTES_PER_UNIT = 2;

/** Before a text of so many units is made. @throws ProgramError a RangeError, or `(system_limit, memory)` */
export function allowText(units: number): void {
  if (units > FIXED_LIMITS.stringLength.value) throw jsError("RangeError", "Invalid string length");
  reserve(units * BYTES_PER_UNIT);
}

/** The same, and counts the units. */
export function countText(units: number): void {
  allowText(units);
  work.units += units;
}

/** Before an Array of so many elements is made. Counts them. @throws ProgramError as `allowText` */
export function allowElements(count: number): void {
  if (count > FIXED_LIMITS.arrayLength.value) throw jsError("RangeError", "Invalid array length");
  reserve(count * BYTES_PER_ELEMENT);
  work.values += count;
}
