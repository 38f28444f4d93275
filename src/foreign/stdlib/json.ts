/** JSON in and out. Neither direction recurses, and neither calls code of the program. */
import { Atom } from "../../values/atom.ts";
import { attributesOf, IonObject, memberAt, type NativeKey, ownKeys, plainKey } from "../../values/object.ts";
import { Tuple, typeOf, Undefined, Unit, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type ForeignSpec, refusal } from "../spec.ts";
import { readJson } from "./json-reader.ts";
import { TextBuilder } from "./text.ts";

/** A list or object whose parts are being written. */
interface Open {
  readonly container: Value;
  readonly items: readonly Value[];
  readonly keys: readonly NativeKey[] | null;
  next: number;
}

class Writer {
  readonly #text = new TextBuilder();
  readonly #open: Open[] = [];
  readonly #around = new Set<Value>();

  write(value: Value): string {
    this.#begin(value);
    for (let open = this.#open.at(-1); open !== undefined; open = this.#open.at(-1)) this.#step(open);
    return this.#text.finish();
  }

  #step(open: Open): void {
    const { items, keys, next } = open;
    if (next === items.length) {
      this.#add(keys === null ? "]" : "}");
      this.#open.pop();
      this.#around.delete(open.container);
      return;
    }
    open.next++;
    if (next > 0) this.#add(",");
    if (keys !== null) this.#add(`${JSON.stringify(plainKey(keys[next]))}:`);
    this.#begin(items[next]);
  }

  #begin(value: Value): void {
    work.values++;
    if (Array.isArray(value)) this.#enter(value, value, null);
    else if (value instanceof Tuple) this.#enter(value, value.items, null);
    else if (value instanceof IonObject) {
      const keys = ownKeys(value).filter((key) => attributesOf(value, key).enumerable);
      const items = keys.map((key) => memberAt(value, key));
      this.#enter(value, items, keys);
    } else this.#add(leafText(value));
  }

  #enter(container: Value, items: readonly Value[], keys: readonly NativeKey[] | null): void {
    if (this.#around.has(container)) throw refusal("A value that is in itself has no JSON");
    this.#around.add(container);
    this.#open.push({ container, items, keys, next: 0 });
    this.#add(keys === null ? "[" : "{");
  }

  #add(text: string): void {
    this.#text.add(text);
  }
}

/** The text of a value without parts. @throws ForeignFailure for what has none */
function leafText(value: Value): string {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Atom) return JSON.stringify(value.name);
  if (value === Unit || value === Undefined) return "null";
  throw refusal(`A ${typeOf(value)} has no JSON`);
}

export const JSON_FUNCTIONS: readonly ForeignSpec[] = [
  {
    name: "JsonParse",
    parameters: [{ name: "text", type: "String" }],
    result: "Any",
    description:
      "The value that the JSON text says: objects become Objects, lists Arrays, `null` Unit. Of a key that stands there twice " +
      "the last counts. Fails for what is no JSON.",
    charge: "the units of the text, and the values",
    pure: false,
    run: (args) => {
      work.units += (args[0] as string).length;
      return readJson(args[0] as string);
    },
  },
  {
    name: "JsonFormat",
    parameters: [{ name: "value", type: "Any" }],
    result: "String",
    description:
      "The value as JSON without blanks: Objects with their own enumerable members in order, Arrays and Tuples as lists, Atoms as " +
      "texts, Unit, Undefined, NaN and infinities as `null`. Fails for all else, and for what is in itself.",
    charge: "the values, and the units of the text",
    pure: true,
    run: (args) => new Writer().write(args[0]),
  },
];
