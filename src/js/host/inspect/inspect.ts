/**
 * Values as `console.log` shows them: what Node's console prints for the same values. It goes only so many levels deep, so it may
 * recurse.
 */
import { Atom } from "../../../values/atom.ts";
import { FloatArray } from "../../../values/bytes.ts";
import { exoticOf } from "../../../values/exotic.ts";
import { FunctionValue } from "../../../values/function.ts";
import { IonObject, ownKeys, plainKey } from "../../../values/object.ts";
import { inspect as inspectValue } from "../../../values/print.ts";
import { Undefined, Unit, type Value, type ValueArray } from "../../../values/value.ts";
import { work } from "../../../values/work.ts";
import { symbolText } from "../describe.ts";
import { allowText, Growth, inMessage } from "../limits.ts";
import {
  descriptorOf,
  enumerableNames,
  holderOf,
  isEnumerableMember,
  isIndex,
  isSymbol,
  ownNames,
} from "../members.ts";
import { BuiltInState, DateState, EntryIteratorState, ErrorState, MapState, RegExpState, SetState } from "../state.ts";
import { errorBase, errorKeys } from "./errors.ts";
import { BREAK_LENGTH, laidOut, MOST_ELEMENTS, moreItems } from "./layout.ts";
import { classNameOf, functionBase, prefixOf, tagOfObject } from "./names.ts";
import { quoteText } from "./quote.ts";

export interface InspectOptions {
  /** Levels of parts that are shown; Infinity for all. */
  readonly depth: number;
  /** Members that are not enumerable, too. */
  readonly showHidden: boolean;
}

export const LOG_OPTIONS: InspectOptions = { depth: 2, showHidden: false };

const MOST_UNITS = 10_000;
/** Once the objects of a level have taken so many units, all that come later are named only: one may be in many others. As Node, a little sooner. */
const MOST_SHOWN = 2 ** 24;
/** Levels that are shown where all are asked for. */
export const DEEPEST = 200;

export function inspect(value: Value, options: InspectOptions = LOG_OPTIONS): string {
  const text = new Inspection(options).show(value, 0);
  allowText(text.length);
  work.units += text.length;
  return text;
}

export function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

interface Shape {
  /** What it is without its members. */
  readonly base: string;
  readonly open: string;
  readonly close: string;
  readonly isList: boolean;
  /** What it holds besides members; is asked for only if there is room. */
  readonly entries: ((depth: number) => string[]) | null;
  /** What it is where it has neither entries nor members; null: nothing special. */
  readonly empty: string | null;
}

class Inspection {
  readonly #options: InspectOptions;
  #indent = 0;
  /** The level of the object that was shown last. */
  #level = 0;
  readonly #around: Value[] = [];
  /** Objects that are in themselves, with their number. */
  readonly #circular = new Map<Value, number>();
  /** By level, the units that objects on it have taken. */
  readonly #taken: number[] = [];
  #isFull = false;
  readonly #growth = new Growth(0);

  constructor(options: InspectOptions) {
    this.#options = options;
  }

  show(value: Value, depth: number): string {
    const isNested = Array.isArray(value) || value instanceof IonObject || value instanceof FunctionValue;
    if (!isNested) return this.#counted(this.#simple(value));
    return this.#around.includes(value) ? this.#reference(value) : this.#object(value, depth);
  }

  /** What is not made of such texts itself, and waits until all are there. */
  #counted(text: string): string {
    this.#growth.one(text.length);
    return text;
  }

  #simple(value: Value): string {
    switch (typeof value) {
      case "number":
        return numberText(value);
      case "boolean":
        return String(value);
      case "string":
        return this.#text(value);
      default:
    }
    if (value === Undefined) return "undefined";
    if (value === Unit) return "null";
    if (value instanceof Atom) return symbolText(value.name);
    if (value instanceof FloatArray) return this.#floats(value);
    return inspectValue(value);
  }

  #text(value: string): string {
    const rest = value.length - MOST_UNITS;
    const shown = rest > 0 ? value.slice(0, MOST_UNITS) : value;
    const trailer = rest > 0 ? `... ${rest} more character${rest > 1 ? "s" : ""}` : "";
    if (shown.length <= 16 || shown.length <= BREAK_LENGTH - this.#indent - 4) return quoteText(shown) + trailer;
    const lines = shown.split(/(?<=\n)/).map(quoteText);
    return lines.join(` +\n${" ".repeat(this.#indent + 2)}`) + trailer;
  }

  #reference(value: Value): string {
    let number = this.#circular.get(value);
    if (number === undefined) {
      number = this.#circular.size + 1;
      this.#circular.set(value, number);
    }
    return `[Circular *${number}]`;
  }

  #floats({ items }: FloatArray): string {
    const prefix = `Float64Array(${items.length}) [`;
    if (items.length === 0) return `${prefix}]`;
    const entries = [...items.subarray(0, MOST_ELEMENTS)].map(numberText);
    if (items.length > MOST_ELEMENTS) entries.push(moreItems(items.length - MOST_ELEMENTS));
    return laidOut({ entries, base: "", open: prefix, close: "]", isList: true, isNumeric: true }, this.#indent, 0);
  }

  #object(value: IonObject | ValueArray | FunctionValue, depth: number): string {
    const keys = this.#keys(value);
    const className = this.#className(value, depth);
    const shape = this.#shape(value, keys, className);
    if (keys.length === 0 && shape.empty !== null) return this.#counted(shape.empty);
    if (depth > this.#options.depth || this.#isFull) return this.#counted(tooDeep(value, className));
    const level = depth + 1;
    this.#around.push(value);
    this.#level = level;
    const entries = shape.entries?.(level) ?? [];
    for (const key of keys) entries.push(this.#member(value, key, level));
    this.#around.pop();
    const number = this.#circular.get(value);
    const mark = number === undefined ? "" : `<ref *${number}>`;
    const base = mark === "" || shape.base === "" ? mark + shape.base : `${mark} ${shape.base}`;
    const isNumeric = Array.isArray(value) && value.slice(0, entries.length).every((item) => typeof item === "number");
    const hasAll = !Array.isArray(value) || value.length >= entries.length;
    const { open, close, isList } = shape;
    const text = laidOut(
      { entries, base, open, close, isList, isNumeric: isNumeric && hasAll },
      this.#indent,
      this.#level - level,
    );
    this.#taken[level] = (this.#taken[level] ?? 0) + text.length;
    this.#isFull ||= this.#taken[level] > MOST_SHOWN;
    return text;
  }

  #className(value: Value, depth: number): string | null {
    const inner = (prototype: Value): string => new Inspection({ ...this.#options, depth: -1 }).show(prototype, 0);
    return classNameOf(value, this.#options.depth - depth, inner);
  }

  /** Of members that are shown: hidden ones in brackets. */
  #keys(value: IonObject | ValueArray | FunctionValue): string[] {
    if (Array.isArray(value)) return arrayKeys(value, this.#options.showHidden);
    const names = this.#options.showHidden ? ownNames(value) : enumerableNames(value);
    const holder = holderOf(value);
    const symbols = holder === null ? [] : symbolKeys(holder);
    const keys = symbols.length === 0 ? names : [...names, ...symbols];
    const state = value instanceof IonObject ? exoticOf(value) : undefined;
    return state instanceof ErrorState ? errorKeys(value as IonObject, keys, this.#options.showHidden) : keys;
  }

  #shape(value: IonObject | ValueArray | FunctionValue, keys: readonly string[], className: string | null): Shape {
    const tag = tagOfObject(value);
    if (Array.isArray(value)) {
      const prefix = className === "Array" ? "" : prefixOf(className, tag, "Array", `(${value.length})`);
      const open = `${prefix}[`;
      const empty = value.length === 0 ? `${open}]` : null;
      return list(open, "]", (depth) => this.#parts(value, value.length, depth), empty, true);
    }
    if (value instanceof FunctionValue) return whole(functionBase(value, className, tag));
    const state = exoticOf(value);
    if (state instanceof BuiltInState) {
      const special = this.#special(value, state, className, tag);
      if (special !== null) return special;
    }
    const prefix = className === "Object" && tag === "" ? "" : prefixOf(className, tag, "Object");
    return list(`${prefix}{`, "}", null, keys.length === 0 ? `${prefix}{}` : null, false);
  }

  #special(value: IonObject, state: BuiltInState, className: string | null, tag: string): Shape | null {
    if (state instanceof ErrorState) return whole(errorBase(value, className, tag, this.#indent));
    if (state instanceof RegExpState) return whole(named(prefixOf(className, tag, "RegExp"), "RegExp ", state.text()));
    if (state instanceof DateState) {
      const text = Number.isNaN(state.time) ? state.text() : new Date(state.time).toISOString();
      return whole(named(prefixOf(className, tag, "Date"), "Date ", text));
    }
    if (state instanceof MapState) {
      if (state.tag === "WeakMap") return unknown(prefixOf(className, tag, "WeakMap"));
      const prefix = prefixOf(className, tag, "Map", `(${state.map.size})`);
      const empty = state.map.size === 0 ? `${prefix}{}` : null;
      return list(`${prefix}{`, "}", (depth) => this.#pairs(state, depth), empty, false);
    }
    if (state instanceof SetState) {
      if (state.tag === "WeakSet") return unknown(prefixOf(className, tag, "WeakSet"));
      const prefix = prefixOf(className, tag, "Set", `(${state.set.size})`);
      const empty = state.set.size === 0 ? `${prefix}{}` : null;
      return list(`${prefix}{`, "}", (depth) => this.#parts(state.set, state.set.size, depth), empty, false);
    }
    return state instanceof EntryIteratorState ? this.#iterator(state, tag) : null;
  }

  #iterator(state: EntryIteratorState, tag: string): Shape {
    const isEntries = state.kind === "entries";
    const name = isEntries ? tag.replace("Iterator", "Entries") : tag;
    const rest = state.rest();
    return list(
      `[${name}] {`,
      "}",
      (depth) => (isEntries ? this.#entryPairs(rest as ValueArray[], depth) : this.#parts(rest, rest.length, depth)),
      null,
      false,
    );
  }

  #inner<Result>(show: () => Result): Result {
    this.#indent += 2;
    const shown = show();
    this.#indent -= 2;
    return shown;
  }

  #parts(values: Iterable<Value>, size: number, depth: number): string[] {
    return this.#listed(values, size, (value) => this.show(value, depth));
  }

  #pairs({ map }: MapState, depth: number): string[] {
    return this.#listed(map, map.size, ([key, value]) => `${this.show(key, depth)} => ${this.show(value, depth)}`);
  }

  /** The first ones, and how many more there are. */
  #listed<Item>(items: Iterable<Item>, size: number, show: (item: Item) => string): string[] {
    const shown: string[] = [];
    this.#inner(() => {
      for (const item of items) if (shown.push(show(item)) === MOST_ELEMENTS) break;
    });
    if (size > MOST_ELEMENTS) shown.push(moreItems(size - MOST_ELEMENTS));
    return shown;
  }

  #entryPairs(entries: readonly ValueArray[], depth: number): string[] {
    return this.#listed(entries, entries.length, (pair) => {
      const parts = pair.map((part) => this.show(part, depth));
      const shape = { entries: parts, base: "", open: "[", close: "]", isList: true, isNumeric: false };
      return laidOut(shape, this.#indent, this.#level - depth);
    });
  }

  #member(object: Value, key: string, depth: number): string {
    const found = descriptorOf(object, key);
    const text = this.#inner(() => {
      if (found === undefined) return "undefined";
      if ("value" in found) return this.show(found.value, depth);
      const { get, set } = found.accessor;
      return get === null ? "[Setter]" : set === null ? "[Getter]" : "[Getter/Setter]";
    });
    return `${this.#counted(memberName(inMessage(key), found?.enumerable !== false))}: ${text}`;
  }
}

function tooDeep(value: Value, className: string | null): string {
  const prefix = prefixOf(className, tagOfObject(value), Array.isArray(value) ? "Array" : "Object").slice(0, -1);
  return className === null ? prefix : `[${prefix}]`;
}

function list(open: string, close: string, entries: Shape["entries"], empty: string | null, isList: boolean): Shape {
  return { base: "", open, close, isList, entries, empty };
}

function whole(base: string): Shape {
  return { base, open: "{", close: "}", isList: false, entries: null, empty: base };
}

function unknown(prefix: string): Shape {
  return list(`${prefix}{`, "}", () => ["<items unknown>"], null, false);
}

/** The class is shown unless it is the one that everybody expects. */
function named(prefix: string, expected: string, text: string): string {
  return prefix === expected ? text : prefix + text;
}

function memberName(key: string, isEnumerable: boolean): string {
  if (isSymbol(key)) return `[${symbolText(key)}]`;
  if (key === "__proto__") return "['__proto__']";
  if (!isEnumerable) return `[${key}]`;
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quoteText(key);
}

function arrayKeys(array: ValueArray, showHidden: boolean): string[] {
  if (showHidden) return ownNames(array).filter((name) => !isIndex(name));
  return enumerableNames(array)
    .slice(array.length)
    .filter((name) => Object.prototype.propertyIsEnumerable.call(array, `$${name}`));
}

/** Symbols among the keys, behind all others. */
function symbolKeys(object: IonObject): string[] {
  const found: string[] = [];
  for (const key of ownKeys(object)) {
    const name = plainKey(key);
    if (isSymbol(name) && isEnumerableMember(object, name)) found.push(name);
  }
  return found;
}
