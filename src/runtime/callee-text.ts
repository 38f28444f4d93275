/**
 * What is called at a place of a source, in the words of V8: `a.b(...).c` for the last call of `a.b(1).c()`. Messages such as
 * "x is not a function" need it, and only they: so it is read from the source when an error is made, and nothing is kept for it.
 *
 * As V8 does, the compiler writes down for a call the last name before its parenthesis, if one stands there, else the parenthesis
 * itself, and for `new` this word.
 */
import { KEYWORDS, type Token, tokensUpTo } from "./source-tokens.ts";

/** What V8 says of everything that has no short name. */
const OTHER = "(intermediate value)";
/** Texts behind `new` that are looked at. */
const LONGEST_CALLEE = 500;

/** @param offset of the call's place in the text. Null if nothing is called there. */
export function calleeText(source: string, offset: number): string | null {
  const tokens = tokensUpTo(source, offset);
  // A template is read as a whole.
  const last = tokens.findLastIndex(({ start }) => start === offset);
  if (last < 0) return null;
  if (tokens[last].text === "new") return constructorText(source, offset + "new".length);
  if (tokens[last].kind === "name") return chainText(tokens, last);
  // A parenthesis, or a template.
  let end = last - 1;
  if (tokens[end]?.text === "?.") end--;
  end = behindTypes(tokens, end);
  return end < 0 ? null : chainText(tokens, end);
}

/** `new a.b(…)`: up to the parenthesis, or the end. */
function constructorText(source: string, from: number): string | null {
  const text = source.slice(from, from + LONGEST_CALLEE);
  const tokens = tokensUpTo(text, text.length);
  let end = 0;
  if (tokens[0]?.text === "(") end = closing(tokens, 0);
  while (end >= 0 && end < tokens.length) {
    const next = tokens[end + 1]?.text;
    if (next === ".") end += 2;
    else if (next === "[") end = closing(tokens, end + 1);
    else break;
  }
  return end < 0 || end >= tokens.length ? null : chainText(tokens.slice(0, end + 1), end);
}

/** The index of the bracket that closes this one; beyond all if there is none. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (isOpening(tokens, i)) depth++;
    else if (isClosing(tokens, i) && --depth === 0) return i;
  }
  return tokens.length;
}

/** The index of the bracket that this one closes; -1 if there is none. */
function opening(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let i = close; i >= 0; i--) {
    if (isClosing(tokens, i)) depth++;
    else if (isOpening(tokens, i) && --depth === 0) return i;
  }
  return -1;
}

function isOpening(tokens: readonly Token[], at: number): boolean {
  const { kind, text } = tokens[at];
  return kind === "punctuator" && (text === "(" || text === "[" || text === "{" || text === "${");
}

function isClosing(tokens: readonly Token[], at: number): boolean {
  const { kind, text } = tokens[at];
  return kind === "punctuator" && (text === ")" || text === "]" || text === "}");
}

/** Type arguments stand between a function and its parenthesis. */
function behindTypes(tokens: readonly Token[], end: number): number {
  if (!/^>+$/.test(tokens[end]?.text ?? "")) return end;
  let depth = 0;
  for (let i = end; i >= 0; i--) {
    const { text } = tokens[i];
    if (/^>+$/.test(text)) depth += text.length;
    else if (text === "<" && --depth <= 0) return i - 1;
  }
  return end;
}

/** A link of a chain: the text behind what it applies to. */
interface Link {
  readonly text: string;
}

/** Links of a chain that are shown: nobody reads more. */
const MOST_LINKS = 1_000;

/** The chain that ends with this token: `a.b(...)[0]`. */
function chainText(tokens: readonly Token[], end: number): string | null {
  const links: Link[] = [];
  let at = end;
  while (links.length < MOST_LINKS) {
    const { kind, text } = tokens[at] ?? { kind: "punctuator", text: "" };
    // `a!.b()`, of TypeScript
    if (text === "!" && isValueEnd(tokens, at - 1)) {
      at--;
      continue;
    }
    if (text === ")" || text === "]") {
      const open = opening(tokens, at);
      if (open < 0) return null;
      const isOptional = tokens[open - 1]?.text === "?.";
      const before = open - (isOptional ? 2 : 1);
      if (isValueEnd(tokens, before)) {
        links.unshift({ text: text === ")" ? "(...)" : indexText(tokens.slice(open + 1, at), isOptional) });
        at = before;
        continue;
      }
      const inner = tokens.slice(open + 1, at);
      return together(text === ")" ? expressionText(inner) : arrayText(inner), links, tokens, open);
    }
    if (text === "`" && kind === "punctuator") {
      const open = templateOpening(tokens, at);
      if (isValueEnd(tokens, open - 1)) {
        links.unshift({ text: "(...)" });
        at = open - 1;
        continue;
      }
      const isPlain = open === at - 2 && tokens[at - 1].kind === "text";
      return together(isPlain ? JSON.stringify(tokens[at - 1].text) : OTHER, links, tokens, open);
    }
    if (text === "}" || kind === "punctuator") return together(OTHER, links, tokens, at);
    const dot = tokens[at - 1]?.text;
    if (kind === "name" && (dot === "." || dot === "?.")) {
      links.unshift({ text: dot + text });
      at -= 2;
      continue;
    }
    return together(primaryText(tokens[at]), links, tokens, at);
  }
  return null;
}

/** What `new` makes has no name, with or without arguments. */
function together(base: string, links: readonly Link[], tokens: readonly Token[], start: number): string {
  if (tokens[start - 1]?.text !== "new") return base + links.map(({ text }) => text).join("");
  const call = links.findIndex(({ text }) => text === "(...)");
  return (
    OTHER +
    links
      .slice(call + 1)
      .map(({ text }) => text)
      .join("")
  );
}

/** Does something end here that can be called or has members? */
function isValueEnd(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined) return false;
  if (token.kind === "name") {
    const isMember = tokens[at - 1]?.text === "." || tokens[at - 1]?.text === "?.";
    return isMember || !KEYWORDS.has(token.text);
  }
  return token.kind !== "punctuator" || /^[)\]}`]$/.test(token.text);
}

function templateOpening(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let i = close - 1; i >= 0; i--) {
    const { kind, text } = tokens[i];
    if (kind !== "punctuator") continue;
    if (text === "}") depth++;
    else if (text === "${" || text === "{") depth--;
    else if (text === "`" && depth === 0) return i;
  }
  return 0;
}

function primaryText({ kind, text }: Token): string {
  if (kind === "name") return text === "super" ? OTHER : text;
  if (kind === "text") return quoted(text);
  return kind === "number" && !text.endsWith("n")
    ? String(Number(text.replaceAll("_", "")))
    : kind === "regexp"
      ? text
      : OTHER;
}

/** `'abc'` as `"abc"`. */
function quoted(literal: string): string {
  return `"${literal.slice(1, -1)}"`;
}

function indexText(tokens: readonly Token[], isOptional: boolean): string {
  const dot = isOptional ? "?." : "";
  if (tokens.length === 1 && tokens[0].kind === "text")
    return `${dot === "" ? "." : dot}${tokens[0].text.slice(1, -1)}`;
  return `${dot}[${expressionText(tokens)}]`;
}

function arrayText(tokens: readonly Token[]): string {
  return `[${split(tokens, /^,$/)
    .map(({ tokens: item }) => expressionText(item))
    .join(",")}]`;
}

/** Operators with two operands, those that bind least first. */
const BINARY = [
  /^\?\?$/,
  /^\|\|$/,
  /^&&$/,
  /^\|$/,
  /^\^$/,
  /^&$/,
  /^[!=]==?$/,
  /^(<|>|<=|>=|in|instanceof)$/,
  /^(<<|>>|>>>)$/,
  /^[-+]$/,
  /^[*/%]$/,
];

/** Parentheses and brackets in each other that are looked into. */
const DEEPEST = 8;
let depth = 0;

/** An expression that stands in parentheses or brackets. */
function expressionText(all: readonly Token[]): string {
  if (depth >= DEEPEST) return OTHER;
  depth++;
  try {
    return expressionWithin(all);
  } finally {
    depth--;
  }
}

function expressionWithin(all: readonly Token[]): string {
  const types = split(all, /^(as|satisfies)$/);
  const tokens = types[0].tokens;
  if (tokens.length === 0 || split(tokens, /^(=>|\?)$/).length > 1) return OTHER;
  const commas = split(tokens, /^,$/);
  if (commas.length > 1) return `(${commas.map(({ tokens: part }) => expressionText(part)).join(" , ")})`;
  const assigned = split(tokens, /^([-+*/%&|^]|<<|>>|>>>|\*\*|&&|\|\||\?\?)?=$/);
  if (assigned.length > 1) return expressionText(assigned[0].tokens);
  for (const operator of BINARY) {
    const parts = split(tokens, operator);
    if (parts.length === 1 || parts.some(({ tokens: part }) => part.length === 0)) continue;
    const right = parts[parts.length - 1];
    const left = tokens.slice(0, tokens.length - right.tokens.length - 1);
    return `(${expressionText(left)} ${right.after} ${expressionText(right.tokens)})`;
  }
  const [first] = tokens;
  if (first.kind === "punctuator" && /^[-+~!]$/.test(first.text)) {
    const rest = expressionText(tokens.slice(1));
    return first.text === "-" && tokens.length === 2 && tokens[1].kind === "number"
      ? `-${rest}`
      : `(${first.text}${rest})`;
  }
  if (/^(typeof|void|delete)$/.test(first.text)) return `(${first.text} ${expressionText(tokens.slice(1))})`;
  if (first.text === "{" && closing(tokens, 0) === tokens.length - 1) return objectText(tokens.slice(1, -1));
  if (/^(function|class|async)$/.test(first.text)) return OTHER;
  return chainText(tokens, tokens.length - 1) ?? OTHER;
}

/** Of an object only the values that have names. */
function objectText(tokens: readonly Token[]): string {
  if (tokens.length === 0) return "{}";
  return `{${split(tokens, /^,$/)
    .map(() => OTHER)
    .join("")}}`;
}

interface Part {
  readonly tokens: readonly Token[];
  /** The separator in front of it. */
  readonly after: string;
}

/** Splits at separators that are not within brackets, nor the first token of a part. */
function split(tokens: readonly Token[], separator: RegExp): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let start = 0;
  let after = "";
  tokens.forEach(({ kind, text }, i) => {
    if (isOpening(tokens, i)) depth++;
    else if (isClosing(tokens, i)) depth--;
    else if (depth === 0 && i > start && kind !== "text" && separator.test(text) && tokens[i - 1].text !== ".") {
      parts.push({ tokens: tokens.slice(start, i), after });
      start = i + 1;
      after = text;
    }
  });
  parts.push({ tokens: tokens.slice(start), after });
  return parts;
}
