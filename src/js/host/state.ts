/**
 * What objects of built-in classes hold besides their members. The class of such an object is told by its state and not by
 * its prototype, as in JavaScript.
 */
import { type ExoticState, exoticOf } from "../../values/exotic.ts";
import { reserve } from "../../values/memory.ts";
import { Undefined, type Value } from "../../values/value.ts";
import { ValueKeys } from "./value-keys.ts";

/** What `Object.prototype.toString` puts behind `object`. */
export type Tag = "Error" | "Date" | "RegExp" | "Map" | "Set" | "WeakMap" | "WeakSet" | "Object";

export abstract class BuiltInState implements ExoticState {
  abstract readonly tag: Tag;
  /** The name of the prototype that such objects have when the host makes them. */
  abstract readonly prototype: string;
  get bytes(): number {
    return 0;
  }
  parts(): readonly Value[] {
    return NOTHING;
  }
  abstract emptyCopy(): ExoticState;
  fillFrom(_original: ExoticState, _copyOf: (part: Value) => Value): void {}
}
const NOTHING: readonly Value[] = [];

/** The state of an object if it is of this class. */
export function stateOf<State extends BuiltInState>(
  value: Value,
  // biome-ignore lint/suspicious/noExplicitAny: constructors of states take what they like
  of: abstract new (...args: any[]) => State,
): State | undefined {
  if (typeof value !== "object" || Array.isArray(value) || value.kind !== "Object") return undefined;
  const state = exoticOf(value);
  return state instanceof of ? state : undefined;
}

/** An Error has nothing but the mark that it is one. */
export class ErrorState extends BuiltInState {
  readonly tag = "Error";
  readonly prototype = "Error.prototype";
  /** The first line of its stack, as it was made with the error; null once it has been shown. See `settleStack`. */
  header: string | null;
  constructor(header: string | null) {
    super();
    this.header = header;
  }
  emptyCopy(): ErrorState {
    return new ErrorState(this.header);
  }
}
/** Of an error whose stack is as it is to be. */
export const ERROR_STATE = new ErrorState(null);

export class DateState extends BuiltInState {
  readonly tag = "Date";
  readonly prototype = "Date.prototype";
  override get bytes(): number {
    return 8;
  }
  /** Milliseconds since the beginning of 1970 UTC; NaN: no time. */
  time: number;
  constructor(time: number) {
    super();
    this.time = time;
  }
  text(): string {
    return new Date(this.time).toString();
  }
  emptyCopy(): DateState {
    return new DateState(this.time);
  }
}

export class RegExpState extends BuiltInState {
  readonly tag = "RegExp";
  readonly prototype = "RegExp.prototype";
  /** Of the host; its `lastIndex` means nothing between two calls, that of the program is a member. */
  readonly regexp: RegExp;
  constructor(regexp: RegExp) {
    super();
    this.regexp = regexp;
  }
  override get bytes(): number {
    return 64 + 2 * this.regexp.source.length;
  }
  text(): string {
    return String(this.regexp);
  }
  emptyCopy(): RegExpState {
    return new RegExpState(this.regexp);
  }
}

/** What an entry of a Map or Set takes besides its key and value. */
const BYTES_PER_ENTRY = 48;

/** Entries by key in the order they were added. Weak ones hold their keys, too: only so can they be copied. */
export class MapState extends BuiltInState {
  readonly tag: "Map" | "WeakMap";
  readonly prototype: string;
  readonly map = new Map<Value, Value>();
  readonly keys = new ValueKeys();
  constructor(tag: "Map" | "WeakMap" = "Map") {
    super();
    this.tag = tag;
    this.prototype = `${tag}.prototype`;
  }
  override get bytes(): number {
    return this.map.size * BYTES_PER_ENTRY;
  }
  override parts(): readonly Value[] {
    const parts: Value[] = [];
    for (const [key, value] of this.map) parts.push(key, value);
    return parts;
  }
  emptyCopy(): MapState {
    return new MapState(this.tag);
  }
  override fillFrom(original: MapState, copyOf: (part: Value) => Value): void {
    for (const [key, value] of original.map) this.map.set(this.keys.keep(copyOf(key)), copyOf(value));
  }
}

export class SetState extends BuiltInState {
  readonly tag: "Set" | "WeakSet";
  readonly prototype: string;
  readonly set = new Set<Value>();
  readonly keys = new ValueKeys();
  constructor(tag: "Set" | "WeakSet" = "Set") {
    super();
    this.tag = tag;
    this.prototype = `${tag}.prototype`;
  }
  override get bytes(): number {
    return this.set.size * BYTES_PER_ENTRY;
  }
  override parts(): readonly Value[] {
    return [...this.set];
  }
  emptyCopy(): SetState {
    return new SetState(this.tag);
  }
  override fillFrom(original: SetState, copyOf: (part: Value) => Value): void {
    for (const value of original.set) this.set.add(this.keys.keep(copyOf(value)));
  }
}

/** Native iterators of entries live, as long as nobody copies them: of a copy we know how many entries it has left. */
type Native = IterableIterator<Value | [Value, Value]>;

export const ITERATION_KINDS = ["keys", "values", "entries"] as const;
export type IterationKind = (typeof ITERATION_KINDS)[number];

/** What `next` gives; undefined: it is at its end. */
export abstract class IteratorState extends BuiltInState {
  readonly tag = "Object";
  override get bytes(): number {
    return 32;
  }
  abstract next(): Value | undefined;
}

/** Over an Array, or what is listed for good. */
export class ArrayIteratorState extends IteratorState {
  readonly prototype = "%ArrayIterator.prototype";
  readonly kind: IterationKind;
  /** Undefined once it has come to its end. */
  array: Value;
  index = 0;
  constructor(array: Value, kind: IterationKind) {
    super();
    this.array = array;
    this.kind = kind;
  }
  next(): Value | undefined {
    const { array, kind, index } = this;
    if (!Array.isArray(array) || index >= array.length) {
      this.array = Undefined;
      return undefined;
    }
    this.index++;
    if (kind === "keys") return index;
    return kind === "values" ? array[index] : [index, array[index]];
  }
  override parts(): readonly Value[] {
    return [this.array];
  }
  emptyCopy(): ArrayIteratorState {
    const copy = new ArrayIteratorState(Undefined, this.kind);
    copy.index = this.index;
    return copy;
  }
  override fillFrom(original: ArrayIteratorState, copyOf: (part: Value) => Value): void {
    this.array = copyOf(original.array);
  }
}

export class StringIteratorState extends IteratorState {
  readonly prototype = "%StringIterator.prototype";
  readonly text: string;
  index = 0;
  constructor(text: string) {
    super();
    this.text = text;
  }
  next(): Value | undefined {
    const point = this.text.codePointAt(this.index);
    if (point === undefined) return undefined;
    const character = this.text.slice(this.index, this.index + (point > 0xffff ? 2 : 1));
    this.index += character.length;
    return character;
  }
  emptyCopy(): StringIteratorState {
    const copy = new StringIteratorState(this.text);
    copy.index = this.index;
    return copy;
  }
}

/** Over a Map or a Set, which may change meanwhile. */
export class EntryIteratorState extends IteratorState {
  readonly prototype: string;
  readonly kind: IterationKind;
  /** The Map or Set as the program has it; Undefined at the end. */
  object: Value;
  #native: Native | null = null;
  /** So many entries were visited before there was a native iterator. */
  #skip = 0;
  constructor(object: Value, kind: IterationKind, prototype: string) {
    super();
    this.object = object;
    this.kind = kind;
    this.prototype = prototype;
  }
  next(): Value | undefined {
    if (this.object === Undefined) return undefined;
    const { done, value } = this.#iterator().next();
    if (done !== true) return value;
    this.object = Undefined;
    this.#native = null;
    return undefined;
  }
  /** What is still to come. */
  rest(): Value[] {
    if (this.object === Undefined) return [];
    reserve(this.#size() * BYTES_PER_ENTRY);
    const rest = [...this.#iterator()];
    this.#skip = this.#size() - rest.length;
    this.#native = null;
    return rest;
  }
  #iterator(): Native {
    if (this.#native !== null) return this.#native;
    const made = this.#start();
    for (let i = 0; i < this.#skip; i++) made.next();
    this.#native = made;
    return made;
  }
  #start(): Native {
    const { kind } = this;
    const map = stateOf(this.object, MapState)?.map;
    if (map === undefined) return stateOf(this.object, SetState)!.set[kind]();
    return map[kind]();
  }
  #size(): number {
    return stateOf(this.object, MapState)?.map.size ?? stateOf(this.object, SetState)!.set.size;
  }
  override parts(): readonly Value[] {
    return [this.object];
  }
  emptyCopy(): EntryIteratorState {
    this.rest();
    const copy = new EntryIteratorState(Undefined, this.kind, this.prototype);
    copy.#skip = this.#skip;
    return copy;
  }
  override fillFrom(original: EntryIteratorState, copyOf: (part: Value) => Value): void {
    this.object = copyOf(original.object);
  }
}
