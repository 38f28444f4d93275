/**
 * Generators are functions that go on where they have yielded.
 *
 * Such a function gives all its registers at a `yield`, and is called again with them as its arguments, behind four of its
 * own: how to go on, the value that is sent, the number of the `yield`, and one to work with. It begins with jumps to the
 * places behind each `yield`. A place inside of a TRY is reached through that TRY, which is opened again on the way: its
 * gate is the instruction itself, and the jumps on stand behind it.
 */
import type { Label } from "../../bytecode/builder.ts";
import type { FunctionCode } from "./function-code.ts";

/** Registers in front of those that are kept. */
export const RESUMED_REGISTERS = 4;
/** How it goes on: NEXT, THROW or RETURN. */
export const MODE = 0;
/** The value of `next(value)`, the error of `throw(error)`, the result of `return(result)`. */
export const SENT = 1;
const STATE = 2;
const SCRATCH = 3;

export const THROW_MODE = 1;
export const RETURN_MODE = 2;

/** The number while it runs: no place has it. */
const RUNNING = -1;

interface Gate {
  readonly entry: Label;
  readonly places: Place[];
}

/** Where it goes on behind a `yield`. */
interface Place {
  readonly number: number;
  readonly label: Label;
  /** The open handlers, the outermost first. */
  readonly gates: readonly Gate[];
}

export interface Resumption {
  readonly places: Place[];
  readonly gates: Gate[];
}

/** The beginning of a generator's body; its jumps are known when the body is complete. */
export function beginResumption(fn: FunctionCode): void {
  const resumption: Resumption = { places: [], gates: [] };
  fn.resumption = resumption;
  const jumps = fn.placeholder();
  fn.load(STATE, RUNNING);
  fn.whenComplete(() => jumps(() => jumpOn(fn, resumption.places, 0)));
}

/** Jumps to places, each by way of its gate of this depth if it has one. */
function jumpOn(fn: FunctionCode, places: readonly Place[], depth: number): void {
  for (const { number, label, gates } of places) {
    fn.load(SCRATCH, number);
    fn.emit("JS_EQUAL", SCRATCH, STATE, SCRATCH);
    fn.emit("JUMP_IF_TRUE", SCRATCH, gates[depth]?.entry ?? label);
  }
}

/** Opens a handler; what is given is called where it is closed in the text. */
export function openTry(fn: FunctionCode, error: number, handler: Label): () => void {
  const { resumption } = fn;
  if (resumption === null) {
    fn.emit("TRY", error, handler);
    return () => {};
  }
  const gate: Gate = { entry: fn.label(), places: [] };
  const depth = resumption.gates.push(gate);
  fn.mark(gate.entry, true);
  fn.emit("TRY", error, handler);
  const jumps = fn.placeholder();
  return () => {
    resumption.gates.pop();
    jumps(() => jumpOn(fn, gate.places, depth));
  };
}

/** Gives a value, and all registers; goes on behind it when it is resumed. */
export function suspend(fn: FunctionCode, value: number): void {
  const { places, gates } = fn.resumption!;
  const place: Place = { number: places.length + 1, label: fn.label(), gates: [...gates] };
  places.push(place);
  for (const gate of gates) gate.places.push(place);
  const kept = Array.from({ length: fn.taken - RESUMED_REGISTERS }, (_, i) => RESUMED_REGISTERS + i);
  fn.scoped(() => {
    const state = fn.constant(place.number);
    const saved = fn.register();
    fn.emit("ARRAY_INIT", saved, [value, value, state, state, ...kept]);
    fn.emit("RETURN", saved);
  });
  fn.mark(place.label, true);
  fn.load(STATE, RUNNING);
}
