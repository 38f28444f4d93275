/** A text of JavaScript or TypeScript as tokens: as far as it takes to find what a message is about, and no further. */

export type TokenKind = "name" | "number" | "text" | "regexp" | "punctuator";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
}

const SPACE = /(?:\s+|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$)|^#![^\n\r]*)+/y;
const NAME = /#?(?:[\w$\u0080-\uffff]|\\u(?:[\da-f]{4}|\{[\da-f]+\}))+/iy;
const NUMBER = /0[xbo][\da-f_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?n?/iy;
const TEXT = /"(?:[^"\\\n\r]+|\\[\s\S])*"?|'(?:[^'\\\n\r]+|\\[\s\S])*'?/y;
const REGEXP = /\/(?:[^/\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+\/\w*/y;
/** Up to the end of the template or the next `${`. */
const TEMPLATE_PART = /(?:[^`\\$]+|\\[\s\S]|\$(?!\{))*/y;
const PUNCTUATOR =
  /\?\.(?!\d)|=>|\.{3}|(?:>>>|>>|<<|\*\*|&&|\|\||\?\?|[-+*/%&|^])=|[!=]==?|>>>|>>|<<|\*\*|&&|\|\||\?\?|<=|>=|\+\+|--|[\s\S]/y;

/** Behind these a `/` begins a regular expression. */
const BEFORE_EXPRESSION = new Set(
  "return typeof instanceof in of new delete void throw case do else yield await".split(" "),
);

/** Names that no expression begins with, or that stand in front of one. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  ...BEFORE_EXPRESSION,
  ..."if while for with switch const let var function class extends export default import as satisfies".split(" "),
]);

/** The tokens that begin at or before this place. Templates are `` ` `` … `` ` `` with `${` and `}` in between. */
export function tokensUpTo(text: string, end: number): Token[] {
  return new Tokens(text).upTo(end);
}

class Tokens {
  readonly #text: string;
  readonly #found: Token[] = [];
  #at = 0;
  /** For each brace that is open: does it belong to a template? */
  readonly #braces: boolean[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  upTo(end: number): Token[] {
    for (;;) {
      this.#match(SPACE);
      if (this.#at > end || this.#at >= this.#text.length) return this.#found;
      this.#next();
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  #add(kind: TokenKind, pattern: RegExp): boolean {
    const start = this.#at;
    const text = this.#match(pattern);
    if (text !== null) this.#found.push({ kind, text, start });
    return text !== null;
  }

  #next(): void {
    const character = this.#text[this.#at];
    if (/[\d.]/.test(character) && this.#add("number", NUMBER)) return;
    if (this.#add("name", NAME) || this.#add("text", TEXT)) return;
    if (character === "/" && this.#expectsValue() && this.#add("regexp", REGEXP)) return;
    if (character === "{") this.#braces.push(false);
    const isTemplate = character === "`" || (character === "}" && this.#braces.pop() === true);
    this.#add("punctuator", isTemplate ? /[`}]/y : PUNCTUATOR);
    if (isTemplate) this.#templatePart();
  }

  #templatePart(): void {
    const start = this.#at;
    const text = this.#match(TEMPLATE_PART)!;
    if (text !== "") this.#found.push({ kind: "text", text, start });
    if (this.#add("punctuator", /\$\{/y)) this.#braces.push(true);
    else this.#add("punctuator", /`/y);
  }

  #expectsValue(): boolean {
    const last = this.#found.at(-1);
    if (last === undefined) return true;
    if (last.kind === "name") return BEFORE_EXPRESSION.has(last.text);
    return last.kind === "punctuator" && !/^[)\]}`]$/.test(last.text);
  }
}
