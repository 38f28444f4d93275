/**
 * What some objects hold besides their members: the entries of a Map, the pattern of a RegExp. It is stamped onto an object
 * that is made as all others are, so that classes can derive from such built-ins, and nothing of it is a property.
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

/** A constructor that gives what it is given: so the field of a class derived from it is added to any object. */
const Given = function (this: unknown, object: object): object {
  return object;
} as unknown as new (
  object: object,
) => object;

class Stamp extends Given {
  readonly #state: ExoticState;
  constructor(object: IonObject, state: ExoticState) {
    super(object);
    this.#state = state;
  }
  static of(object: object): ExoticState | undefined {
    return #state in object ? object.#state : undefined;
  }
}

/** @throws TypeError if it has one already */
export function stamp(object: IonObject, state: ExoticState): void {
  new Stamp(object, state);
}

/** Undefined for an object like most. */
export function exoticOf(value: object): ExoticState | undefined {
  return Stamp.of(value);
}
