/** Reads literals and patterns of assembly text. src/values/print.ts writes literals, operand-text.ts patterns. */
import { shown } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { type Atom, atom } from "../values/atom.ts";
import {
  ALL_ATTRIBUTES,
  type Attributes,
  createObject,
  defineProperty,
  hasOwn,
  type IonObject,
  nativeKey,
} from "../values/object.ts";
import { ATTRIBUTE_LETTERS, type AttributeLetter } from "../values/text.ts";
import { Complex, Tagged, Tuple, Undefined, Unit, type Value, type ValueArray } from "../values/value.ts";
import type { Lexer } from "./lexer.ts";
import { functionReference } from "./model.ts";
import type { Pattern } from "./pattern.ts";

const KEYWORDS = new Map<string, Value>([
  ["true", true],
  ["false", false],
  ["unit", Unit],
  ["undefined", Undefined],
]);
const FUNCTION_KEYWORD = "function";

const UNSIGNED = String.raw`(?:Infinity|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`;
/** A Number, or two parts of a Complex: a sign between them, behind a plus perhaps a minus too, for -0. */
const NUMBER = new RegExp(String.raw`^(-?${UNSIGNED}|NaN)(?:(\+(?:-?${UNSIGNED}|NaN)|-${UNSIGNED})i)?$`);

/** The literal that comes next. LoadError if there is none, or if it is nested too deeply. */
export function readValue(lexer: Lexer): Value {
  return value(lexer, 0);
}

function value(lexer: Lexer, depth: number): Value {
  switch (lexer.peek()) {
    case '"':
      return lexer.quoted();
    case ":":
    case "'":
      return readAtom(lexer);
    case "(":
      return tupleValue(lexer, deeper(lexer, depth));
    case "[":
      return arrayValue(lexer, deeper(lexer, depth));
    case "{":
      return objectValue(lexer, deeper(lexer, depth));
    case "#":
      return taggedValue(lexer, deeper(lexer, depth));
    default:
      return wordValue(lexer);
  }
}

function deeper(lexer: Lexer, depth: number): number {
  const limit = FIXED_LIMITS.nesting.value;
  if (depth === limit) lexer.fail(`nested more than ${limit} deep`);
  return depth + 1;
}

/** `:name`, `:"any text"` or `'any text'`. */
function readAtom(lexer: Lexer): Atom {
  if (lexer.next() === "'") return atom(lexer.quoted());
  lexer.expect(":");
  return atom(lexer.name("the atom's name, an identifier or a text in quotes"));
}

function wordValue(lexer: Lexer): Value {
  const start = lexer.position;
  const word = lexer.word();
  const keyword = KEYWORDS.get(word);
  if (keyword !== undefined) return keyword;
  if (word === FUNCTION_KEYWORD && lexer.next() === ":") {
    lexer.expect(":");
    return functionReference(lexer.name("the function's name, an identifier or a text in quotes"));
  }
  const parts = NUMBER.exec(word);
  if (parts === null) {
    lexer.position = start;
    return lexer.expected("a value");
  }
  const [, first, second] = parts;
  return second === undefined ? Number(first) : new Complex(Number(first), secondPart(second));
}

/** The sign between the parts is that of the second one; a plus says nothing. */
function secondPart(text: string): number {
  return Number(text.startsWith("+") ? text.slice(1) : text);
}

function tupleValue(lexer: Lexer, depth: number): Value {
  lexer.open("(");
  if (lexer.close(")")) return Unit;
  const items: Value[] = [];
  while (moreOfTuple(lexer, items.length)) items.push(value(lexer, depth));
  return new Tuple(items);
}

/** As `Lexer.more`, but in a Tuple of none or one a comma must stand before the `)`. */
function moreOfTuple(lexer: Lexer, length: number): boolean {
  if (length > 1) return lexer.more(")", false);
  if (length === 0) {
    if (!lexer.take(",")) return true;
    lexer.expectClose(")");
    return false;
  }
  if (!lexer.take(",")) lexer.expectedClose("`,` (a Tuple of one is written `(a,)`)");
  return !lexer.close(")");
}

function arrayValue(lexer: Lexer, depth: number): Value {
  const items: ValueArray = [];
  lexer.open("[");
  while (lexer.more("]", items.length === 0)) {
    if (items.length === FIXED_LIMITS.arrayLength.value) lexer.fail(`an Array of more than ${items.length} values`);
    items.push(value(lexer, depth));
  }
  return items;
}

function objectValue(lexer: Lexer, depth: number): IonObject {
  const object = createObject();
  lexer.open("{");
  for (let isFirst = true; lexer.more("}", isFirst); isFirst = false) {
    const { position } = lexer;
    const { key, attributes } = readKey(lexer);
    if (hasOwn(object, nativeKey(key))) lexer.fail(`the key ${shown(key)} stands here twice`, position);
    defineProperty(object, nativeKey(key), value(lexer, depth), attributes ?? ALL_ATTRIBUTES);
  }
  return object;
}

export interface Key {
  readonly key: string;
  /** Null if none were given, which is not the same as all in an instruction. */
  readonly attributes: Attributes | null;
}

/** `key:` or `key!wec:`, whose letters are the attributes that are true. */
export function readKey(lexer: Lexer): Key {
  const key = plainKey(lexer);
  const attributes = lexer.next() === "!" ? readAttributes(lexer) : null;
  lexer.expect(":");
  return { key, attributes };
}

function plainKey(lexer: Lexer): string {
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

function readTag(lexer: Lexer): string {
  lexer.expect("#");
  const tag = lexer.name("the tag, an identifier or a text in quotes");
  lexer.open("(");
  return tag;
}

function taggedValue(lexer: Lexer, depth: number): Tagged {
  const tag = readTag(lexer);
  const payload = value(lexer, depth);
  lexer.expectClose(")");
  return new Tagged(tag, payload);
}

/** The pattern that comes next. `register` reads one. LoadError as for values. */
export function readPattern(lexer: Lexer, register: () => number): Pattern {
  return pattern(lexer, register, 0);
}

function pattern(lexer: Lexer, register: () => number, depth: number): Pattern {
  switch (lexer.peek()) {
    case "=":
      lexer.expect("=");
      return { kind: "value", value: value(lexer, depth) };
    case "_":
      lexer.expect("_");
      return { kind: "wildcard" };
    case "@":
      lexer.expect("@");
      return { kind: "bind", register: register() };
    case "(":
      return tuplePattern(lexer, register, deeper(lexer, depth));
    case "[":
      return arrayPattern(lexer, register, deeper(lexer, depth));
    case "{":
      return objectPattern(lexer, register, deeper(lexer, depth));
    case "#":
      return taggedPattern(lexer, register, deeper(lexer, depth));
    default:
      return { kind: "value", value: value(lexer, depth) };
  }
}

function tuplePattern(lexer: Lexer, register: () => number, depth: number): Pattern {
  lexer.open("(");
  if (lexer.close(")")) return { kind: "value", value: Unit };
  const items: Pattern[] = [];
  while (moreOfTuple(lexer, items.length)) items.push(pattern(lexer, register, depth));
  return { kind: "tuple", items };
}

function arrayPattern(lexer: Lexer, register: () => number, depth: number): Pattern {
  const items: Pattern[] = [];
  lexer.open("[");
  while (lexer.more("]", items.length === 0)) items.push(pattern(lexer, register, depth));
  return { kind: "array", items };
}

function objectPattern(lexer: Lexer, register: () => number, depth: number): Pattern {
  const members: { key: string; pattern: Pattern }[] = [];
  lexer.open("{");
  while (lexer.more("}", members.length === 0)) {
    const key = plainKey(lexer);
    lexer.expect(":");
    members.push({ key, pattern: pattern(lexer, register, depth) });
  }
  return { kind: "object", members };
}

function taggedPattern(lexer: Lexer, register: () => number, depth: number): Pattern {
  const tag = readTag(lexer);
  const payload = pattern(lexer, register, depth);
  lexer.expectClose(")");
  return { kind: "tagged", tag, payload };
}
