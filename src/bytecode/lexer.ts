/**
 * Reads assembly text: blanks, comments, names, texts, numbers and brackets.
 *
 * A line ends an instruction, but not inside brackets. Positions are offsets into the text; lines and
 * columns are computed only for an error. Tokens are scanned unit by unit: a regular expression that runs
 * over a token of a hostile file may need more stack than there is, so they see only tokens known to be short.
 */
import { escapeControls, LoadError } from "../errors.ts";

const BYTE_ORDER_MARK = "\ufeff";
const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;

/** Longer than any number that `String` writes, or a person. */
const LONGEST_WORD = 2_000;

export const LARGEST_U32 = 2 ** 32 - 1;

/** How much of the text an error shows. */
const SHOWN = 30;

const SIMPLE_ESCAPES = `"'\\/bfnrt`;

/** Classes of the ASCII units. */
const START = 1;
const PART = 2;
const WORD = 4;
const CLASSES = new Uint8Array(128);
for (let unit = 0; unit < CLASSES.length; unit++) {
  const character = String.fromCharCode(unit);
  if (/[A-Za-z_]/.test(character)) CLASSES[unit] |= START;
  if (/[A-Za-z0-9_]/.test(character)) CLASSES[unit] |= PART;
  if (/[A-Za-z0-9_.+-]/.test(character)) CLASSES[unit] |= WORD;
}

export class Lexer {
  /** Offset of the next unit to read. */
  position = 0;
  readonly #text: string;
  readonly #file: string | undefined;
  /** Where the brackets stand that are open. */
  readonly #brackets: number[] = [];

  constructor(text: string, file?: string) {
    this.#text = text;
    this.#file = file;
    if (text.startsWith(BYTE_ORDER_MARK)) this.position = BYTE_ORDER_MARK.length;
  }

  /** The next character behind blanks and comments; "" at the end of the text. */
  peek(): string {
    this.#skip();
    return this.#text.charAt(this.position);
  }

  /** The very next character; "" at the end of the text. */
  next(): string {
    return this.#text.charAt(this.position);
  }

  /** Takes a character, which may stand behind blanks, if it is the next one. */
  take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.position++;
    return true;
  }

  /** Takes a character, which may stand behind blanks. */
  expect(character: string): void {
    if (!this.take(character)) this.expected(`\`${character}\``);
  }

  /** Takes an opening bracket: up to the matching `close`, lines do not end. */
  open(bracket: string): void {
    this.expect(bracket);
    this.#brackets.push(this.position - 1);
  }

  /** Takes the closing bracket of the innermost open one, if it is next. */
  close(bracket: string): boolean {
    if (!this.take(bracket)) return false;
    this.#brackets.pop();
    return true;
  }

  /** Expects the closing bracket of the innermost open one. */
  expectClose(bracket: string): void {
    if (!this.close(bracket)) this.expectedClose(`\`${bracket}\``);
  }

  /**
   * For a list in brackets: is there another item? Takes the comma between two, which may stand behind the
   * last one too, and the closing bracket.
   */
  more(bracket: string, isFirst: boolean): boolean {
    const comma = !isFirst && this.take(",");
    if (this.close(bracket)) return false;
    if (!isFirst && !comma) this.expectedClose(`\`,\` or \`${bracket}\``);
    return true;
  }

  /** Nothing but blanks and a comment up to the end of the line or text? */
  atLineEnd(): boolean {
    const character = this.peek();
    return character === "" || character === "\n";
  }

  /** Takes the end of the line. False at the end of the text. */
  endLine(): boolean {
    if (!this.atLineEnd()) this.expected("the end of the line");
    if (this.position === this.#text.length) return false;
    this.position++;
    return true;
  }

  /** The identifier that begins here, or "". */
  identifier(): string {
    const start = this.position;
    return this.#is(start, START) ? this.#run(PART) : "";
  }

  /** An identifier or any text in quotes; `what` it stands for. */
  name(what: string): string {
    const name = this.identifier();
    if (name !== "") return name;
    return this.next() === '"' ? this.quoted() : this.expected(what);
  }

  /** The text in quotes that comes next, perhaps behind blanks; `what` it stands for. */
  text(what: string): string {
    return this.peek() === '"' ? this.quoted() : this.expected(what);
  }

  /** The number from 0 that comes next, perhaps behind blanks, and that 32 bits can hold; `what` it stands for. */
  number(what: string): number {
    this.#skip();
    const start = this.position;
    const word = this.word();
    const number = /^\d+$/.test(word) ? Number(word) : Number.NaN;
    if (number <= LARGEST_U32) return number;
    this.position = start;
    return this.expected(Number.isNaN(number) ? what : `a number up to ${LARGEST_U32}`);
  }

  /** Letters, digits, points and signs that begin here, as in numbers and keywords; perhaps "". */
  word(): string {
    const start = this.position;
    const word = this.#run(WORD);
    if (word.length <= LONGEST_WORD) return word;
    this.position = start;
    return "";
  }

  /** The text in quotes that begins here, as in JSON; in single quotes, `\'` is an escape too. */
  quoted(): string {
    const text = this.#text;
    const start = this.position;
    const quote = text.charCodeAt(start);
    let isPlain = true;
    let at = start + 1;
    for (let unit = text.charCodeAt(at); unit !== quote; unit = text.charCodeAt(at)) {
      if (at >= text.length || unit === NEWLINE) this.fail("a text without an end", start);
      if (unit < 0x20) this.fail("a control character in a text; write an escape such as \\n or \\u0007", at);
      if (unit === BACKSLASH) isPlain = false;
      at += unit === BACKSLASH ? this.#escapeLength(at) : 1;
    }
    this.position = at + 1;
    const body = text.slice(start + 1, at);
    return isPlain ? body : JSON.parse(`"${body.replace(/\\.|"/g, forJSON)}"`);
  }

  #escapeLength(at: number): number {
    const kind = this.#text.charAt(at + 1);
    if (kind !== "" && SIMPLE_ESCAPES.includes(kind)) return 2;
    if (kind === "u" && /^[0-9A-Fa-f]{4}$/.test(this.#text.slice(at + 2, at + 6))) return 6;
    return this.fail(`an escape that does not exist; there are \\" \\' \\\\ \\/ \\b \\f \\n \\r \\t \\u0000`, at);
  }

  /** Refuses the text. The place is where the next token begins unless another is given. */
  fail(what: string, at: number = this.position): never {
    throw new LoadError(what, { ...(this.#file === undefined ? {} : { file: this.#file }), ...this.#place(at) });
  }

  /** Refuses what comes next, since it is not `what`. */
  expected(what: string): never {
    this.#skip();
    return this.fail(`expected ${what}, found ${this.#found()}`);
  }

  /** As `expected`, where a bracket is open: names its line if that is another one. */
  expectedClose(what: string): never {
    this.#skip();
    const bracket = this.#brackets.at(-1)!;
    const { line } = this.#place(bracket);
    const opened =
      line === this.#place(this.position).line ? "" : ` for the \`${this.#text[bracket]}\` of line ${line}`;
    return this.expected(`${what}${opened}`);
  }

  /** The line of an offset, from 1. Takes time in proportion to it: for errors only. */
  lineOf(offset: number): number {
    return this.#place(offset).line;
  }

  #place(offset: number): { line: number; column: number } {
    let line = 1;
    let lineStart = 0;
    for (let end = this.#text.indexOf("\n"); end >= 0 && end < offset; end = this.#text.indexOf("\n", lineStart)) {
      line++;
      lineStart = end + 1;
    }
    return { line, column: offset - lineStart + 1 };
  }

  #found(): string {
    const start = this.position;
    const character = this.next();
    if (character === "") return "the end of the text";
    if (character === "\n") return "the end of the line";
    this.#run(WORD);
    const end = Math.max(this.position, start + (character === '"' || character === "'" ? SHOWN : 1));
    this.position = start;
    const [line] = this.#text.slice(start, Math.min(end, start + SHOWN)).split("\n");
    return `\`${escapeControls(line)}${end > start + SHOWN ? "…" : ""}\``;
  }

  /** Takes the units of a class that begin here. */
  #run(kind: number): string {
    const start = this.position;
    let end = start;
    while (this.#is(end, kind)) end++;
    this.position = end;
    return this.#text.slice(start, end);
  }

  #is(at: number, kind: number): boolean {
    const unit = this.#text.charCodeAt(at);
    return unit < CLASSES.length && (CLASSES[unit] & kind) !== 0;
  }

  /** Blanks and comments; ends of lines too where a bracket is open. */
  #skip(): void {
    const text = this.#text;
    for (; ; this.position++) {
      switch (text.charAt(this.position)) {
        case " ":
        case "\t":
        case "\r":
          break;
        case "\n":
          if (this.#brackets.length === 0) return;
          break;
        case ";": {
          const end = text.indexOf("\n", this.position);
          // One before the end, since the loop goes on one further.
          this.position = (end < 0 ? text.length : end) - 1;
          break;
        }
        default:
          return;
      }
    }
  }
}

/** Of a text with checked escapes: what JSON does not share is the escape `\'` and a bare `"`. */
function forJSON(part: string): string {
  if (part === '"') return '\\"';
  return part === "\\'" ? "'" : part;
}
