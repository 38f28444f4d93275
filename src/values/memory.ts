/**
 * The guard before large allocations.
 *
 * The scheduler looks at the memory of the host when a turn ends. A single instruction can ask for half
 * a gigabyte, and a straight line of them would be through before anyone looks, so operations that are
 * about to make something large ask here first.
 */
import { ProgramError, reason } from "../errors.ts";
import { atom } from "./atom.ts";

/** Allocations below this size in bytes are left to the look at the end of the turn. */
export const LARGE_ALLOCATION = 2 ** 20;

/** Set by the VM that runs: the bytes that may still be taken, and how to get rid of garbage. */
export const memoryGuard: { available: () => number; collect: () => void } = {
  available: () => Number.POSITIVE_INFINITY,
  collect: () => {},
};

/** @throws ProgramError `(system_limit, memory)`, which no handler catches, if there is no room. */
export function reserve(bytes: number): void {
  if (bytes < LARGE_ALLOCATION || bytes <= memoryGuard.available()) return;
  // Most of what is in use may be garbage: nobody is ended before it is known.
  memoryGuard.collect();
  if (bytes > memoryGuard.available()) throw new ProgramError(reason("system_limit", atom("memory")), false);
}
