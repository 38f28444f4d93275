/**
 * JSON of plain data. What only functions of the program know (`toJSON`, getters, a replacer, a reviver) is for the library, which
 * asks here first.
 */
import { jsError, ProgramError } from "../../errors.ts";
import { fromHost } from "../../foreign/host-values.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { Atom } from "../../values/atom.ts";
import { FunctionValue } from "../../values/function.ts";
import { reserve } from "../../values/memory.ts";
import { getProperty, IonObject, nativeKey } from "../../values/object.ts";
import { Tuple, Undefined, Unit, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, badArgument, fn, intrinsic } from "../built-in.ts";
import { toInteger, toText } from "./convert.ts";
import { constructorName } from "./describe.ts";
import { isBuiltIn } from "./function-text.ts";
import { allowLength, allowOpened, inMessage, LongText, piecesOf, tooLarge } from "./limits.ts";
import { enumerableNames, isIndex } from "./members.ts";
import { DateState, stateOf } from "./state.ts";

function parse(value: Value): Value {
  const text = toText(value);
  work.units += text.length;
  allowJson(text);
  try {
    return fromHost(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw jsError("SyntaxError", error.message);
    throw tooLarge(error);
  }
}

/** The host makes all that a text says at once, without being asked; smaller ones cannot say too much. */
const LARGE_JSON = 2 ** 18;
/** What an object or an Array takes as the host makes it and as the program gets it, and what each further part of one does. */
const BYTES_PER_CONTAINER = 200;
const BYTES_PER_PART = 40;

const COMMA = 0x2c;
const BRACKET = 0x5b;
const BRACE = 0x7b;

/** Before a text is read. @throws ProgramError as `allowText` */
function allowJson(text: string): void {
  if (text.length < LARGE_JSON) return;
  let containers = 0;
  let parts = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === COMMA) parts++;
    else if (unit === BRACKET || unit === BRACE) containers++;
  }
  allowLength(parts);
  reserve(containers * BYTES_PER_CONTAINER + parts * BYTES_PER_PART);
}

/** What a unit becomes at most, such as U+0001. */
const LONGEST_ESCAPE = 6;

/** A text as JSON. The host knows no limit but its own, and fails there. */
function quoted(text: string): string {
  if (text.length * LONGEST_ESCAPE + 2 <= FIXED_LIMITS.stringLength.value) return JSON.stringify(text);
  const made = new LongText();
  made.add('"');
  for (const piece of piecesOf(text)) made.add(JSON.stringify(piece).slice(1, -1));
  made.add('"');
  return made.join();
}

/** It needs a function of the program. */
class NotPlain extends Error {}

interface Open {
  readonly container: Value;
  readonly items: readonly Value[];
  readonly names: readonly string[] | null;
  next: number;
  /** Of what has been written, members without a value left out. */
  written: number;
}

class Writer {
  readonly #text = new LongText();
  readonly #indent: string;
  readonly #open: Open[] = [];
  readonly #around = new Set<Value>();
  #opened = 0;

  constructor(indent: string) {
    this.#indent = indent;
  }

  /** Undefined: the value has no JSON. @throws NotPlain */
  write(value: Value): Value {
    const first = this.#begin(value);
    if (first === null) return Undefined;
    this.#text.add(first);
    for (let open = this.#open.at(-1); open !== undefined; open = this.#open.at(-1)) this.#step(open);
    const text = this.#text.join();
    work.units += text.length;
    return text;
  }

  #step(open: Open): void {
    const { items, names, next } = open;
    if (next === items.length) {
      this.#open.pop();
      this.#around.delete(open.container);
      this.#text.add(`${open.written > 0 ? this.#line() : ""}${names === null ? "]" : "}"}`);
      return;
    }
    open.next++;
    const depth = this.#open.length;
    const text = this.#begin(items[next]);
    if (text === null && names !== null) return;
    const label = names === null ? "" : `${quoted(names[next])}:${this.#indent === "" ? "" : " "}`;
    // Not in one, since each of them may be as long as a text can be.
    this.#text.add(`${open.written > 0 ? "," : ""}${this.#line(depth)}${label}`);
    this.#text.add(text ?? "null");
    open.written++;
  }

  #line(depth = this.#open.length): string {
    return this.#indent === "" ? "" : `\n${this.#indent.repeat(depth)}`;
  }

  /** The text of a value without parts; what opens any other; null: it has no JSON. */
  #begin(value: Value): string | null {
    work.values++;
    switch (typeof value) {
      case "number":
        return Number.isFinite(value) ? String(value) : "null";
      case "boolean":
        return String(value);
      case "string":
        work.units += value.length;
        return quoted(value);
      default:
    }
    if (Array.isArray(value)) return this.#enter(value, value, null);
    if (value instanceof IonObject) return this.#object(value);
    if (value instanceof Tuple) return this.#enter(value, value.items, null);
    if (value instanceof Atom) return quoted(value.name);
    if (value instanceof FunctionValue && value.members?.object.$toJSON !== undefined) throw new NotPlain();
    return value === Unit ? "null" : value === Undefined || value instanceof FunctionValue ? null : "{}";
  }

  #object(value: IonObject): string | null {
    const method = getProperty(value, "$toJSON");
    if (method !== undefined) {
      const date = stateOf(value, DateState);
      if (date === undefined || !isBuiltIn(method)) throw new NotPlain();
      return Number.isNaN(date.time) ? "null" : JSON.stringify(new Date(date.time).toISOString());
    }
    const names = enumerableNames(value);
    const items = names.map((name) => {
      const item = value[nativeKey(name)];
      if (item === undefined) throw new NotPlain();
      return item;
    });
    return this.#enter(value, items, names);
  }

  #enter(container: Value, items: readonly Value[], names: readonly string[] | null): string {
    if (this.#around.has(container)) throw circular(this.#open, container);
    allowOpened(++this.#opened);
    this.#around.add(container);
    this.#open.push({ container, items, names, next: 0, written: 0 });
    return names === null ? "[" : "{";
  }
}

/** V8 shows where a circle begins, the first hops behind it, the last one, and what closes it. */
function circular(open: readonly Open[], container: Value): ReturnType<typeof jsError> {
  const circle = open.slice(open.findIndex((each) => each.container === container));
  return circularError(
    circle.map((each) => each.container),
    circle.map(({ names, next }) => (names === null ? String(next - 1) : names[next - 1])),
  );
}

/** So many hops from where the circle begins are shown, besides the last one. */
const SHOWN_HOPS = 2;

/** @param keys by container, that of the part that leads on to the next one, and from the last to the first */
export function circularError(containers: readonly Value[], keys: readonly string[]): ReturnType<typeof jsError> {
  const key = (i: number): string =>
    Array.isArray(containers[i]) || isIndex(keys[i]) ? `index ${keys[i]}` : `property '${inMessage(keys[i])}'`;
  const object = (i: number): string => {
    const value = containers[i];
    const name = Array.isArray(value) ? "Array" : value instanceof IonObject ? constructorName(value) : undefined;
    return `object with constructor '${name ?? "Object"}'`;
  };
  const last = containers.length - 1;
  const lines = [`--> starting at ${object(0)}`];
  for (let i = 1; i <= last; i++) {
    if (i <= SHOWN_HOPS || i === last) lines.push(`|     ${key(i - 1)} -> ${object(i)}`);
    else if (i === SHOWN_HOPS + 1) lines.push("|     ...");
  }
  lines.push(`--- ${key(last)} closes the circle`);
  return jsError("TypeError", `Converting circular structure to JSON\n    ${lines.join("\n    ")}`);
}

const LONGEST_INDENT = 10;

/** What stands in front of each member, from the argument `space`. */
function indentOf(space: Value): string {
  if (typeof space === "number") return " ".repeat(Math.max(0, Math.min(LONGEST_INDENT, toInteger(space))));
  return typeof space === "string" ? space.slice(0, LONGEST_INDENT) : "";
}

/** For `%j`: what only a function of the program could say is left out. */
export function stringifyPlain(value: Value): string {
  try {
    return toText(new Writer("").write(value));
  } catch (error) {
    if (error instanceof NotPlain) return "[Object]";
    if (error instanceof ProgramError && error.catchable) return "[Circular]";
    throw error;
  }
}

export const JSON_BUILTINS: readonly BuiltIn[] = [
  fn("%parseJson", 1, parse),
  // False: a function of the program must be asked.
  fn("%stringify", 2, (value, space) => {
    try {
      return new Writer(indentOf(space)).write(value);
    } catch (error) {
      if (error instanceof NotPlain) return false;
      throw error;
    }
  }),
  fn("%indent", 1, indentOf),
  intrinsic("%quote", ["text"], quoted),
  intrinsic("%circular", ["array", "texts"], (containers, keys) => {
    if (containers.length === 0 || keys.length < containers.length) throw badArgument(containers);
    throw circularError(containers, keys);
  }),
];
