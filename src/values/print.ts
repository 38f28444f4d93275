/**
 * Values as text, in three styles:
 *
 * - print, for people: texts and atoms bare, an Object with an Atom `__tag` as `:Tag`
 * - inspect, for results and reports: the literal, with Numbers as printed
 * - literal, for assembly: says everything that a class file keeps (-0, attributes)
 *
 * One printer serves all. It keeps a stack of its own instead of recursing, since values may be nested a
 * million deep, and stops for good once the limit of its style is reached. Every container prints at
 * least one character, so the limit also bounds the work on structure that is shared and would print
 * exponentially.
 *
 * Only Arrays and Objects are looked for among their own ancestors. Every cycle leads through one, and to
 * know Tuples again would show whether they were copied.
 */
import { LoadError } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { Atom } from "./atom.ts";
import { hexText } from "./bytes.ts";
import { functionName } from "./function.ts";
import {
  attributesOf,
  hasOwn,
  type IonObject,
  memberAt,
  type NativeKey,
  nativeKey,
  ownKeys,
  plainKey,
} from "./object.ts";
import { attributesText, isHighSurrogate, nameText, quote } from "./text.ts";
import { type Complex, typeOf, type Value, type ValueArray } from "./value.ts";

interface Style {
  /** The most UTF-16 units; what goes beyond is cut off and `…` put in its place. */
  readonly limit: number;
  /** Texts in quotes, atoms with a colon, names in quotes unless they are identifiers. */
  readonly quoted: boolean;
  /** Everything that a class file keeps. */
  readonly exact: boolean;
}

const PRINT: Style = { limit: FIXED_LIMITS.printedLength.value, quoted: false, exact: false };
const INSPECT: Style = { ...PRINT, quoted: true };
const LITERAL: Style = { limit: FIXED_LIMITS.stringLength.value, quoted: true, exact: true };

/** The text that `Print` writes. */
export function print(value: Value): string {
  return new Printer(PRINT).print(value);
}

/** The literal, with Numbers as printed; for results, traces and crash reports. */
export function inspect(value: Value): string {
  return new Printer(INSPECT).print(value);
}

/**
 * The literal as it stands in assembly. Processes and References, which have none, as printed.
 * LoadError if it were longer than a text may be.
 */
export function literalText(value: Value): string {
  const printer = new Printer(LITERAL);
  const text = printer.print(value);
  if (printer.full) throw new LoadError(`a literal of more than ${LITERAL.limit} characters`);
  return text;
}

/** What `Debug`, called from a class of this file version, writes behind `[DEBUG] `: `Type: value`. */
export function debugText(value: Value, version: 1 | 2): string {
  const type = typeOf(value);
  switch (type) {
    case "String":
      return `${type}: ${inspect(value)}`;
    case "Atom":
      return `${type}: :${print(value)}`;
    case "Function":
      return version === 1 ? `String: "${print(value)}"` : `${type}: ${print(value)}`;
    case "Process":
      return version === 1 ? 'String: "[Process]"' : `${type}: ${print(value)}`;
    default:
      return `${type}: ${print(value)}`;
  }
}

/** A container whose parts are being written. */
interface Open {
  /** The Array or Object itself; null for others. */
  readonly ancestor: ValueArray | IonObject | null;
  readonly items: ArrayLike<Value>;
  /** Text before each item, for example its key; null if there is none. */
  readonly labels: ((index: number) => string) | null;
  readonly close: string;
  next: number;
}

const TAG_KEY = nativeKey("__tag");

class Printer {
  /** Text was cut off. */
  full = false;
  readonly #style: Style;
  #text = "";
  readonly #open: Open[] = [];
  readonly #ancestors = new Set<Value>();

  constructor(style: Style) {
    this.#style = style;
  }

  print(value: Value): string {
    this.#write(this.#begin(value));
    for (let open = this.#open.at(-1); open !== undefined && !this.full; open = this.#open.at(-1)) this.#step(open);
    return this.#text;
  }

  /** The next item of the innermost container, or its end. */
  #step(open: Open): void {
    const { items, labels, ancestor, next } = open;
    if (next === items.length) {
      this.#write(open.close);
      this.#open.pop();
      if (ancestor !== null) this.#ancestors.delete(ancestor);
      return;
    }
    open.next++;
    if (next > 0) this.#write(", ");
    if (labels !== null) this.#write(labels(next));
    this.#write(this.#begin(items[next]));
  }

  /** The text of a value without parts; the text that opens any other, whose parts are then put on the stack. */
  #begin(value: Value): string {
    const { exact, quoted } = this.#style;
    switch (typeof value) {
      case "number":
        return exact ? exactNumber(value) : String(value);
      case "boolean":
        return String(value);
      case "string":
        return quoted ? quote(this.#room(value)) : value;
      default:
    }
    if (this.#ancestors.has(value)) return "[Circular]";
    if (Array.isArray(value)) return this.#container(value, value, "[", "]");
    switch (value.kind) {
      case "Atom":
        return `${quoted ? ":" : ""}${this.#name(value.name)}`;
      case "Complex":
        return complexText(value);
      case "Unit":
        return "()";
      case "Undefined":
        return "undefined";
      case "Tuple":
        return this.#tuple(value.items);
      case "Tagged":
        return this.#container(null, [value.payload], `#${this.#name(value.tag)}(`, ")");
      case "Object":
        return this.#object(value);
      case "Function": {
        const name = functionName(value);
        return exact ? `function:${nameText(name)}` : `[Function: ${this.#room(name)}]`;
      }
      case "Process":
        return `[Process ${value.number}]`;
      case "Reference":
        return `[Reference ${value.number}]`;
      case "Binary":
        return `bytes"${this.#hex(value.bytes)}"`;
      case "Float64Array":
        return this.#container(null, value.items, "floats[", "]");
    }
  }

  /** With quotes a Tuple differs from Unit, `()`, and from a value in parentheses. */
  #tuple(items: readonly Value[]): string {
    if (!this.#style.quoted) return this.#container(null, items, "(", ")");
    return items.length === 0 ? "(,)" : this.#container(null, items, "(", items.length === 1 ? ",)" : ")");
  }

  #object(object: IonObject): string {
    const { quoted, exact } = this.#style;
    const tag = hasOwn(object, TAG_KEY) ? object[TAG_KEY] : undefined;
    const keys = ownKeys(object);
    if (!quoted && tag instanceof Atom) {
      const members = keys.filter((key) => key !== TAG_KEY).map((key) => memberAt(object, key));
      return this.#container(object, members, `:${this.#room(tag.name)}`, "");
    }
    const values = keys.map((key) => memberAt(object, key));
    return this.#container(object, values, "{", "}", (index) => {
      const attributes = exact ? unusualAttributes(object, keys[index]) : "";
      return `${this.#name(plainKey(keys[index]))}${attributes}: `;
    });
  }

  #container(
    ancestor: ValueArray | IonObject | null,
    items: ArrayLike<Value>,
    opening: string,
    close: string,
    labels: ((index: number) => string) | null = null,
  ): string {
    if (ancestor !== null) this.#ancestors.add(ancestor);
    this.#open.push({ ancestor, items, labels, close, next: 0 });
    return opening;
  }

  #name(name: string): string {
    const short = this.#room(name);
    return this.#style.quoted ? nameText(short) : short;
  }

  #hex(bytes: Uint8Array): string {
    return hexText(bytes.subarray(0, this.#style.limit - this.#text.length));
  }

  /** As much of a text as can still be written, so that long ones are not quoted in vain. */
  #room(text: string): string {
    const room = this.#style.limit - this.#text.length;
    // One unit more than fits: that it is cut off must show.
    return text.length > room ? text.slice(0, room + 1) : text;
  }

  #write(text: string): void {
    if (this.full) return;
    const room = this.#style.limit - this.#text.length;
    if (text.length <= room) {
      this.#text += text;
      return;
    }
    // A character of two units is not cut in half.
    const end = room > 0 && isHighSurrogate(text.charCodeAt(room - 1)) ? room - 1 : room;
    this.#text += `${text.slice(0, end)}…`;
    this.full = true;
  }
}

/** The attributes of a member unless all are true, as they stand behind its key. */
function unusualAttributes(object: IonObject, key: NativeKey): string {
  const attributes = attributesOf(object, key);
  const { writable, enumerable, configurable } = attributes;
  return writable && enumerable && configurable ? "" : attributesText(attributes);
}

function exactNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The parts keep the sign of a zero in every style. */
function complexText({ re, im }: Complex): string {
  return `${exactNumber(re)}${im < 0 ? "" : "+"}${exactNumber(im)}i`;
}
