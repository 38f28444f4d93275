/**
 * Reads JSON into values. Not by way of the host's own: that would make everything twice, in maps that have an end, and
 * put keys that look like numbers in front of the others.
 */
import { reserve } from "../../values/memory.ts";
import { createObject, type IonObject, type NativeKey, nativeKey } from "../../values/object.ts";
import { emptyArray, Unit, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type ForeignFailure, refusal } from "../spec.ts";

/** What a value takes at most, with its place in another; long texts are parts of the whole. */
const BYTES_PER_VALUE = 96;
/** So many values need no look at the memory. */
const FEW_VALUES = 2 ** 13;

const ZERO = "0".charCodeAt(0);
/** So many digits are a whole number without rounding. */
const SHORT = 15;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = "\\".charCodeAt(0);
/** Units below it stand in no text. */
const BLANK = " ".charCodeAt(0);
const BLANKS = /[ \t\n\r]*/y;

const WORDS: readonly (readonly [word: string, value: Value])[] = [
  ["true", true],
  ["false", false],
  ["null", Unit],
];

/** A list or object that is not closed yet; and of an object, the key whose value comes next. */
interface Open {
  readonly list: ValueArray | null;
  readonly object: IonObject | null;
  key: NativeKey;
}

/** @throws ForeignFailure for what is no JSON */
export function readJson(text: string): Value {
  return new Reader(text).read();
}

class Reader {
  readonly #text: string;
  #at = 0;
  readonly #open: Open[] = [];
  #count = 0;
  #looked = FEW_VALUES;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Value {
    for (;;) {
      let value = this.#begin();
      // A value that is complete may complete those around it.
      while (value !== undefined) {
        const around = this.#open.at(-1);
        if (around === undefined) return this.#end(value);
        if (around.list !== null) around.list.push(value);
        else around.object![around.key] = value;
        value = this.#next(around);
      }
    }
  }

  /** The value that begins here; undefined: it has parts, and the first of them comes next. */
  #begin(): Value | undefined {
    this.#skip();
    this.#counted();
    const first = this.#text[this.#at];
    if (first === '"') return this.#string();
    if (first === "[" || first === "{") return this.#container(first === "[");
    const number = this.#number();
    if (number !== null) return number;
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    throw this.#unexpected();
  }

  #number(): number | null {
    const text = this.#text;
    const start = this.#at;
    let value = 0;
    let at = start;
    for (; at - start < SHORT; at++) {
      const digit = text.charCodeAt(at) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      value = 10 * value + digit;
      // Nothing may come behind a zero in front.
      if (value === 0) {
        at++;
        break;
      }
    }
    if (at > start && at - start < SHORT && !/[\d.eE]/.test(text.charAt(at))) {
      this.#at = at;
      return value;
    }
    const number = this.#match(NUMBER);
    return number === "" ? null : Number(number);
  }

  #container(isList: boolean): Value | undefined {
    this.#at++;
    this.#skip();
    const container = isList ? emptyArray() : createObject();
    if (this.#take(isList ? "]" : "}")) return container;
    const open: Open = {
      list: isList ? (container as ValueArray) : null,
      object: isList ? null : (container as IonObject),
      key: "$",
    };
    if (!isList) this.#key(open);
    this.#open.push(open);
    return undefined;
  }

  /** Behind a part: the container, if it ends here; undefined: another part comes. */
  #next(around: Open): Value | undefined {
    const { list, object } = around;
    this.#skip();
    if (this.#take(",")) {
      if (object !== null) this.#key(around);
      return undefined;
    }
    if (!this.#take(list === null ? "}" : "]")) throw this.#unexpected();
    this.#open.pop();
    return list ?? object!;
  }

  #key(open: Open): void {
    this.#skip();
    if (this.#text[this.#at] !== '"') throw this.#unexpected();
    open.key = nativeKey(this.#string());
    this.#skip();
    if (!this.#take(":")) throw this.#unexpected();
  }

  #string(): string {
    const start = this.#at++;
    this.#plain();
    if (this.#take('"')) return this.#text.slice(start + 1, this.#at - 1);
    while (this.#text[this.#at] === "\\") {
      this.#at += 2;
      this.#plain();
    }
    if (!this.#take('"')) throw this.#unexpected();
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string;
    } catch {
      this.#at = start;
      throw this.#unexpected();
    }
  }

  /** To the end of the text, or whatever else is no plain part of it. */
  #plain(): void {
    const text = this.#text;
    let at = this.#at;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE || unit === BACKSLASH || unit < BLANK) break;
    }
    this.#at = at;
  }

  #end(value: Value): Value {
    this.#skip();
    if (this.#at < this.#text.length) throw this.#unexpected();
    work.values += this.#count;
    return value;
  }

  #counted(): void {
    if (++this.#count < this.#looked) return;
    this.#looked *= 2;
    // As much again as there is already.
    reserve(this.#count * BYTES_PER_VALUE);
  }

  #skip(): void {
    // The common case needs no look for more.
    if (this.#text.charCodeAt(this.#at) <= BLANK) this.#match(BLANKS);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [matched] = pattern.exec(this.#text) ?? [""];
    this.#at += matched.length;
    return matched;
  }

  #unexpected(): ForeignFailure {
    const found = this.#text[this.#at];
    return refusal(
      found === undefined ? "No JSON: the text ends too early" : `No JSON: ${JSON.stringify(found)} at ${this.#at}`,
    );
  }
}
