/** Source text → a syntax tree of plain ECMAScript: TypeScript's types are parsed and left out. */
import type { Options, Program } from "acorn";
import { refuse } from "./checks.ts";
import { CompileError, type Diagnostics, diagnosticAt } from "./diagnostics.ts";
import { eraseTypes } from "./erase.ts";
import { javascriptParser, typescriptParser } from "./parser.ts";
import type { SourceFile } from "./source.ts";

/** @throws CompileError for the first syntax error; what the language lacks is added to the diagnostics */
export function parse(source: SourceFile, diagnostics: Diagnostics): Program {
  const program = syntaxOf(source);
  if (source.isTypeScript) eraseTypes(program, source, diagnostics);
  refuse(program, source, diagnostics);
  return program;
}

function syntaxOf(source: SourceFile): Program {
  const options: Options = {
    ecmaVersion: "latest",
    sourceType: "module",
    allowHashBang: true,
    // Refused with a better message afterwards.
    allowAwaitOutsideFunction: true,
    // The plugin needs them; we find lines ourselves.
    locations: source.isTypeScript,
  };
  try {
    return (source.isTypeScript ? typescriptParser() : javascriptParser()).parse(source.text, options);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw syntaxError(source, error);
  }
}

/** What the parser throws; the plugin may stumble over its own feet, which is a syntax error as well. */
function syntaxError(source: SourceFile, error: unknown): CompileError {
  const { message, pos } = error as { message?: string; pos?: number };
  if (pos === undefined) return new CompileError([diagnosticAt(source, 0, "syntax", "this is no TypeScript")]);
  // What the parser makes of the end of its stack.
  if (/stack space/i.test(message ?? "")) return new CompileError([diagnosticAt(source, pos, "tooDeep")]);
  const text = (message ?? "").replace(/ \(\d+:\d+\)$/, "");
  const isEnd = text === "Unexpected token" && pos >= source.text.trimEnd().length;
  return new CompileError([diagnosticAt(source, pos, "syntax", isEnd ? "the file ends too early" : sentence(text))]);
}

function sentence(text: string): string {
  return text === "" ? "this is no JavaScript" : text[0].toLowerCase() + text.slice(1);
}
