/**
 * What some objects hold besides their members: the entries of a Map, the pattern of a RegExp. It is stamped onto an object
 * that is made as all others are, so that classes can derive from such built-ins.
 */
import type { IonObject } from "./object.ts";
import type { Value } from "./value.ts";

export interface ExoticState {
  /** Values that are held, for copies and for the memory of a process. */
  parts(): readonly Value[];
  /** The same for a copy of the object, still without what `parts` gives. */
  emptyCopy(): ExoticState;
  /** Takes over the parts of the original. */
  fillFrom(original: ExoticState, copyOf: (part: Value) => Value): void;
  /** About how many bytes it takes besides its parts. */
  readonly bytes: number;
}

/** A key that no program can have, and no listing shows. It shows through the chain, so what is there says whose it is. */
export const STAMP = Symbol("stamp");

class Stamp {
  constructor(
    readonly owner: object,
    readonly state: ExoticState,
  ) {}
}

export interface Stamped {
  readonly [STAMP]?: Stamp;
}

/** @throws TypeError if it has one already */
export function stamp(object: IonObject, state: ExoticState): void {
  Object.defineProperty(object, STAMP, { value: new Stamp(object, state) });
}

/** Undefined for an object like most. */
export function exoticOf(value: object): ExoticState | undefined {
  const found = (value as Stamped)[STAMP];
  return found !== undefined && found.owner === value ? found.state : undefined;
}
