/**
 * Variables of classes: LOAD_GLOBAL and STORE_GLOBAL. Each process has its own. A new one begins with copies of those of the
 * process that spawned it; as long as nothing in them can change, both have the same array, until one of them writes.
 */
import { jsError } from "../errors.ts";
import { copyValue } from "../values/copy.ts";
import { Tuple, Undefined, type Value } from "../values/value.ts";
import type { Process } from "./process.ts";

/** The number of the process that may write here, what is known of the values, then the values. */
export type Globals = (Value | undefined)[];

const OWNER = 0;
const STATE = 1;
/** The place of the first variable. */
export const FIRST_GLOBAL = 2;

/** In STATE: nothing is known; none of the values can change. */
const UNKNOWN = 0;
const IMMUTABLE = 1;

/** Of processes that have none: it is nobody's. */
export const NO_GLOBALS: Globals = [0, IMMUTABLE];

/** @throws ProgramError if nothing was stored there yet */
export function loadGlobal({ globals }: Process, place: number, name: string): Value {
  const value = globals[place];
  if (value === undefined) throw notInitialized(name);
  return value;
}

const SUPER_FIRST =
  "Must call super constructor in derived class before accessing 'this' or returning from derived constructor";

/** What reading a variable before its declaration gives; `name` may be that of a class and then of the variable. */
export function notInitialized(name: string) {
  const own = name.slice(name.lastIndexOf(":") + 1);
  if (own === "this") return jsError("ReferenceError", SUPER_FIRST);
  return jsError("ReferenceError", `Cannot access '${own}' before initialization`);
}

export function storeGlobal(process: Process, place: number, value: Value): void {
  let { globals } = process;
  if (globals[OWNER] !== process.number) {
    globals = globals.slice();
    globals[OWNER] = process.number;
    process.globals = globals;
  }
  while (globals.length <= place) globals.push(undefined);
  globals[place] = value;
  globals[STATE] = UNKNOWN;
}

/** Those that a process holds alone. */
export function ownGlobals({ number, globals }: Process): Value[] {
  if (globals[OWNER] !== number) return [];
  return globals.slice(FIRST_GLOBAL).filter((value) => value !== undefined);
}

/** Can they be shared as they are? Looks at them once after each change. */
export function areImmutable(globals: Globals): boolean {
  if (globals[STATE] === IMMUTABLE) return true;
  for (let place = FIRST_GLOBAL; place < globals.length; place++) {
    const value = globals[place];
    if (value !== undefined && copyValue(value) !== value) return false;
  }
  globals[STATE] = IMMUTABLE;
  return true;
}

/** They pass over together with what a process is born with, so that sharing among all of it is kept. */
export function copyWithGlobals(
  birth: readonly Value[],
  globals: Globals,
): { birth: readonly Value[]; globals: Globals } {
  const values = new Tuple(globals.slice(FIRST_GLOBAL).map((value) => value ?? Undefined));
  const [given, copied] = (copyValue(new Tuple([new Tuple(birth), values])) as Tuple).items as [Tuple, Tuple];
  const own: Globals = [0, UNKNOWN];
  copied.items.forEach((value, i) => {
    own.push(globals[FIRST_GLOBAL + i] === undefined ? undefined : value);
  });
  return { birth: given.items, globals: own };
}

/** A process gets them that nobody else has. */
export function giveGlobals(process: Process, globals: Globals): void {
  globals[OWNER] = process.number;
  process.globals = globals;
}
