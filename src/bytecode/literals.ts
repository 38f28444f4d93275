/**
 * Reads literals and patterns of assembly text. src/values/print.ts writes literals, operand-text.ts patterns.
 *
 * Both nest, in the same brackets, so one loop reads them (see `readNested`); they differ in what begins
 * one and in what a bracket makes of its items.
 */
import { shown } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { type Atom, atom } from "../values/atom.ts";
import { Binary, bytesOfHex, FloatArray } from "../values/bytes.ts";
import { ALL_ATTRIBUTES, type Attributes, createObject, defineProperty, hasOwn, nativeKey } from "../values/object.ts";
import { ATTRIBUTE_LETTERS, type AttributeLetter } from "../values/text.ts";
import { Complex, Tagged, Tuple, Undefined, Unit, type Value } from "../values/value.ts";
import type { Lexer } from "./lexer.ts";
import { functionReference } from "./model.ts";
import type { Pattern } from "./pattern.ts";

/** The literal that comes next. LoadError if there is none, or if it is nested too deeply. */
export function readValue(lexer: Lexer): Value {
  return readNested(lexer, beginValue, 0);
}

/** The pattern that comes next. `register` reads one. LoadError as for values. */
export function readPattern(lexer: Lexer, register: () => number): Pattern {
  return readNested(lexer, (at, depth) => beginPattern(at, register, depth), 0);
}

/** An open bracket whose items, values or patterns, are being read. */
abstract class Bracket<Item> {
  /** Is there another item? Takes what stands before it, such as a comma and its key, or else the closing bracket. */
  abstract more(lexer: Lexer): boolean;
  abstract add(item: Item): void;
  /** What the brackets and their items are together. */
  abstract finish(): Item;
}

/**
 * Reads an item that may contain others, and that stands in so many brackets. `begin` reads one that does
 * not, or an opening bracket. This is a loop because recursion, though nesting is limited, would take half
 * of a usual stack.
 */
function readNested<Item>(
  lexer: Lexer,
  begin: (lexer: Lexer, depth: number) => Item | Bracket<Item>,
  depth: number,
): Item {
  const limit = FIXED_LIMITS.nesting.value;
  const open: Bracket<Item>[] = [];
  for (;;) {
    const begun = begin(lexer, depth + open.length);
    let whole: Item | undefined;
    if (begun instanceof Bracket) {
      if (depth + open.length === limit) lexer.fail(`nested more than ${limit} deep`);
      open.push(begun);
    } else {
      whole = begun;
    }
    for (let innermost = open.at(-1); ; innermost = open.at(-1)) {
      if (innermost === undefined) return whole!;
      if (whole !== undefined) innermost.add(whole);
      if (innermost.more(lexer)) break;
      whole = innermost.finish();
      open.pop();
    }
  }
}

const KEYWORDS = new Map<string, Value>([
  ["true", true],
  ["false", false],
  ["unit", Unit],
  ["undefined", Undefined],
]);
const FUNCTION_KEYWORD = "function";
const BYTES_KEYWORD = "bytes";
const FLOATS_KEYWORD = "floats";

function beginValue(lexer: Lexer): Value | Bracket<Value> {
  switch (lexer.peek()) {
    case '"':
      return lexer.quoted();
    case ":":
    case "'":
      return readAtom(lexer);
    case "(":
      lexer.open("(");
      return lexer.close(")") ? Unit : new TupleItems<Value>((items) => new Tuple(items));
    case "[":
      lexer.open("[");
      return new ArrayItems<Value>((items) => items);
    case "{":
      lexer.open("{");
      return new ObjectMembers();
    case "#":
      return new Payload<Value>(readTag(lexer), (tag, payload) => new Tagged(tag, payload));
    default:
      return readWord(lexer);
  }
}

function beginPattern(lexer: Lexer, register: () => number, depth: number): Pattern | Bracket<Pattern> {
  switch (lexer.peek()) {
    case "=":
      lexer.expect("=");
      return { kind: "value", value: readNested(lexer, beginValue, depth) };
    case "_":
      lexer.expect("_");
      return { kind: "wildcard" };
    case "@":
      lexer.expect("@");
      return { kind: "bind", register: register() };
    case "^":
      lexer.expect("^");
      return { kind: "pin", register: register() };
    case "(":
      lexer.open("(");
      if (lexer.close(")")) return { kind: "value", value: Unit };
      return new TupleItems<Pattern>((items) => ({ kind: "tuple", items }));
    case "[":
      lexer.open("[");
      return new ArrayItems<Pattern>((items) => ({ kind: "array", items }));
    case "{":
      lexer.open("{");
      return new PatternMembers();
    case "#":
      return new Payload<Pattern>(readTag(lexer), (tag, payload) => ({ kind: "tagged", tag, payload }));
    default:
      return { kind: "value", value: readNested(lexer, beginValue, depth) };
  }
}

class ArrayItems<Item> extends Bracket<Item> {
  protected readonly items: Item[] = [];
  readonly #make: (items: Item[]) => Item;
  constructor(make: (items: Item[]) => Item) {
    super();
    this.#make = make;
  }
  more(lexer: Lexer): boolean {
    if (!lexer.more("]", this.items.length === 0)) return false;
    const limit = FIXED_LIMITS.arrayLength.value;
    if (this.items.length === limit) lexer.fail(`more than ${limit} items`);
    return true;
  }
  add(item: Item): void {
    this.items.push(item);
  }
  finish(): Item {
    return this.#make(this.items);
  }
}

/** A Tuple of none or one has a comma before the closing bracket. */
class TupleItems<Item> extends ArrayItems<Item> {
  override more(lexer: Lexer): boolean {
    const { length } = this.items;
    if (length > 1) return lexer.more(")", false);
    if (length === 1) {
      if (!lexer.take(",")) lexer.expectedClose("`,` (a Tuple of one is written `(a,)`)");
      return !lexer.close(")");
    }
    if (!lexer.take(",")) return true;
    lexer.expectClose(")");
    return false;
  }
}

class Payload<Item> extends Bracket<Item> {
  readonly #tag: string;
  readonly #make: (tag: string, payload: Item) => Item;
  #payload: Item | undefined;
  constructor(tag: string, make: (tag: string, payload: Item) => Item) {
    super();
    this.#tag = tag;
    this.#make = make;
  }
  more(lexer: Lexer): boolean {
    if (this.#payload === undefined) return true;
    lexer.expectClose(")");
    return false;
  }
  add(payload: Item): void {
    this.#payload = payload;
  }
  finish(): Item {
    return this.#make(this.#tag, this.#payload!);
  }
}

/** No host's object holds many more. */
const MOST_MEMBERS = 10_000_000;

class ObjectMembers extends Bracket<Value> {
  readonly #object = createObject();
  #length = 0;
  #next: Key | undefined;
  more(lexer: Lexer): boolean {
    if (!lexer.more("}", this.#length === 0)) return false;
    if (this.#length++ === MOST_MEMBERS) lexer.fail(`an Object of more than ${MOST_MEMBERS} members`);
    lexer.peek();
    const { position } = lexer;
    this.#next = readKey(lexer);
    const { key } = this.#next;
    if (hasOwn(this.#object, nativeKey(key))) lexer.fail(`the key ${shown(key)} stands here twice`, position);
    return true;
  }
  add(value: Value): void {
    const { key, attributes } = this.#next!;
    defineProperty(this.#object, nativeKey(key), value, attributes ?? ALL_ATTRIBUTES);
  }
  finish(): Value {
    return this.#object;
  }
}

class PatternMembers extends Bracket<Pattern> {
  readonly #members: { readonly key: string; readonly pattern: Pattern }[] = [];
  #key = "";
  more(lexer: Lexer): boolean {
    if (!lexer.more("}", this.#members.length === 0)) return false;
    this.#key = readPlainKey(lexer);
    lexer.expect(":");
    return true;
  }
  add(pattern: Pattern): void {
    this.#members.push({ key: this.#key, pattern });
  }
  finish(): Pattern {
    return { kind: "object", members: this.#members };
  }
}

/** `:name`, `:"any text"` or `'any text'`. */
function readAtom(lexer: Lexer): Atom {
  if (lexer.next() === "'") return atom(lexer.quoted());
  lexer.expect(":");
  return atom(lexer.name("the atom's name, an identifier or a text in quotes"));
}

/** `#tag(`, `#"any text"(` */
function readTag(lexer: Lexer): string {
  lexer.expect("#");
  const tag = lexer.name("the tag, an identifier or a text in quotes");
  lexer.open("(");
  return tag;
}

const UNSIGNED = String.raw`(?:Infinity|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`;
/** A Number, or two parts of a Complex: a sign between them, behind a plus perhaps a minus too, for -0. */
const NUMBER = new RegExp(String.raw`^(-?${UNSIGNED}|NaN)(?:(\+(?:-?${UNSIGNED}|NaN)|-${UNSIGNED})i)?$`);

/** A keyword, Function, Binary, Float64Array, Number or Complex. */
function readWord(lexer: Lexer): Value | Bracket<Value> {
  const start = lexer.position;
  const word = lexer.word();
  const keyword = KEYWORDS.get(word);
  if (keyword !== undefined) return keyword;
  if (word === FUNCTION_KEYWORD && lexer.next() === ":") {
    lexer.expect(":");
    return functionReference(lexer.name("the function's name, an identifier or a text in quotes"));
  }
  if (word === BYTES_KEYWORD && lexer.next() === '"') return readBytes(lexer);
  if (word === FLOATS_KEYWORD && lexer.next() === "[") {
    lexer.open("[");
    return new ArrayItems<Value>((items) => floatsOf(lexer, items, start));
  }
  const parts = NUMBER.exec(word);
  if (parts === null) {
    lexer.position = start;
    return lexer.expected("a value");
  }
  const [, first, second] = parts;
  return second === undefined ? Number(first) : new Complex(Number(first), secondPart(second));
}

/** Two hexadecimal digits a byte, in quotes. */
function readBytes(lexer: Lexer): Binary {
  const { position } = lexer;
  const bytes = bytesOfHex(lexer.quoted());
  return bytes === null
    ? lexer.fail("the bytes are written as two hexadecimal digits each", position)
    : new Binary(bytes);
}

function floatsOf(lexer: Lexer, items: readonly Value[], position: number): FloatArray {
  for (const item of items) if (typeof item !== "number") lexer.fail("a Float64Array holds Numbers only", position);
  return new FloatArray(Float64Array.from(items as number[]));
}

/** The sign between the parts is that of the second one; a plus says nothing. */
function secondPart(text: string): number {
  return Number(text.startsWith("+") ? text.slice(1) : text);
}

export interface Key {
  readonly key: string;
  /** Null if none were given, which is not the same as all in an instruction. */
  readonly attributes: Attributes | null;
}

/** `key:` or `key!wec:`, whose letters are the attributes that are true. */
export function readKey(lexer: Lexer): Key {
  const key = readPlainKey(lexer);
  const attributes = lexer.next() === "!" ? readAttributes(lexer) : null;
  lexer.expect(":");
  return { key, attributes };
}

function readPlainKey(lexer: Lexer): string {
  lexer.peek();
  return lexer.name("a key, an identifier or a text in quotes");
}

function readAttributes(lexer: Lexer): Attributes {
  lexer.expect("!");
  const { position } = lexer;
  const attributes = { writable: false, enumerable: false, configurable: false };
  for (const letter of lexer.identifier()) {
    const attribute = ATTRIBUTE_LETTERS[letter as AttributeLetter];
    if (attribute === undefined || attributes[attribute]) {
      lexer.fail(
        `attributes are some of the letters ${Object.keys(ATTRIBUTE_LETTERS).join(", ")}, each once`,
        position,
      );
    }
    attributes[attribute] = true;
  }
  return attributes;
}
