/** What the compiler has to say: one table of all messages, each with a hint where there is something to do instead. */
import { escapeControls } from "../errors.ts";
import type { Position, SourceFile } from "./source.ts";

export interface MessageRow {
  readonly text: (...parts: string[]) => string;
  readonly hint?: (...parts: string[]) => string;
}

function message(text: string, hint?: string): MessageRow {
  return { text: filled(text), ...(hint === undefined ? {} : { hint: filled(hint) }) };
}

/** `{0}`, `{1}` are the parts. */
function filled(text: string): (...parts: string[]) => string {
  return (...parts) => text.replace(/\{(\d)\}/g, (_, number: string) => parts[Number(number)] ?? "");
}

export const MESSAGES = {
  syntax: message("{0}"),
  tooDeep: message("this is nested too deeply to be compiled", "split it into variables or functions"),
  eval: message("there is no eval", "write a function, or look things up in an object of functions"),
  functionConstructor: message("there is no Function constructor", "write a function"),
  with: message("there is no with statement", "name the object, or take its members out by destructuring"),
  asyncFunction: message(
    "there are no async functions",
    'a process waits without stopping the others: make it a plain function, and spawn it with spawn from "ion:process"',
  ),
  await: message(
    "there is no await",
    'call the function as it is; to wait for a message use receive from "ion:process"',
  ),
  forAwait: message("there is no for await", "use for-of; what has to wait waits in next()"),
  asyncGenerator: message("there are no async generators", "make it a plain generator"),
  proxy: message("there is no Proxy", "use accessors (get and set), or functions"),
  symbol: message("of Symbol there is only Symbol.iterator", "use a string as the key, or a private member (#name)"),
  bigint: message("there are no BigInts", "numbers are exact up to 2 ** 53; write {0} without its n"),
  dynamicImport: message("there is no dynamic import", "import at the top of the file"),
  importMeta: message("there is no import.meta", 'for arguments and files see "ion:process"'),
  arguments: message("there is no arguments object", "declare a rest parameter: (...args)"),
  nodeGlobal: message("there is no {0}", "{1}"),
  extendsBuiltin: message(
    "a class cannot extend {0}",
    "keep what it has in a field, and give the class the methods it needs",
  ),
  superInArrow: message("super() cannot be called in an arrow function", "call it in the constructor itself"),
  superMember: message("a member of super cannot be assigned here", "assign to this"),
  accessorKeyword: message("there are no accessor fields", "write get and set, with a private member behind them"),
  decorator: message("there are no decorators", "call the function on the class, behind it"),
  enum: message("there is no enum", 'write const {0} = {{1}}, or a union of strings: type {0} = "…" | "…"'),
  namespace: message("there are no namespaces", "make it a module of its own, or an object"),
  parameterProperty: message(
    "a parameter cannot declare a property",
    "declare the field, and write this.{0} = {0} in the constructor",
  ),
  importEquals: message("there is no import =", 'write import {0} from "…"'),
  exportEquals: message("there is no export =", "write export default"),
  using: message("there is no using declaration", "close it in a finally block"),
  generatorTooLarge: message("a generator cannot keep more than {0} variables", "take a part of it into a function"),
  noModule: message('there is no file "{0}"{1}'),
  nodeModule: message(
    "there is no {0}",
    'files, arguments and input are in "ion:process"; a library of the pack, in lib/, may import what Node has',
  ),
  packName: message(
    'a pack cannot be named "{0}"',
    'write "name" and call functions of its classes, or "name/Class" and call its functions',
  ),
  noExport: message('"{0}" exports no {1}{2}'),
  ambiguousExport: message('"{0}" exports {1} twice, from different files', "export it by name"),
  circularExport: message("{0} is exported by itself, in a circle"),
  packClassValue: message("the class {0} of another pack is no value", "call one of its functions: {0}.name(…)"),
  defaultImport: message('"{0}" has no default export', "name what you import: import { … } from …"),
  processOnly: message(
    "{0} has to be called by this name",
    "write {0}(…), or an arrow function that does: (…) => {0}(…)",
  ),
  processArguments: message("{0} is called as {1}"),
  onOutside: message("{0} stands only between the parentheses of receive(…)"),
  patternDefault: message(
    "this cannot be a pattern",
    "a pattern is a literal, any, an object or array of patterns, tuple(…) or tagged(…)",
  ),
  spawnSpread: message("spawn takes no spread arguments", "pass the array as one argument"),
  assignImport: message(
    "an import cannot be assigned to",
    "let the module that declares {0} export a function that assigns it",
  ),
  tooManyRegisters: message("a function cannot have more than {0} variables", "split it"),
  bindingLimit: message("{0}"),
  undeclared: message("{0} is not declared: it raises a ReferenceError where it is used{1}"),
  constant: message("{0} is a constant: assigning to it raises a TypeError"),
} as const satisfies Record<string, MessageRow>;

export type MessageKey = keyof typeof MESSAGES;

export interface Diagnostic extends Position {
  readonly file: string;
  readonly message: string;
  /** What to write instead; null if there is nothing to say. */
  readonly hint: string | null;
  /** The lines in question, with a caret; empty if there are none. */
  readonly frame: string;
}

export function diagnosticAt(source: SourceFile, offset: number, key: MessageKey, ...parts: string[]): Diagnostic {
  const position = source.position(Math.min(offset, source.text.length));
  const row: MessageRow = MESSAGES[key];
  return {
    file: source.name,
    ...position,
    message: row.text(...parts),
    hint: row.hint?.(...parts) ?? null,
    frame: source.frame(position),
  };
}

/** `file:1:2: message`, the frame, the hint: several lines for people. */
export function diagnosticText({ file, line, column, message, hint, frame }: Diagnostic): string {
  const lines = [`${file}:${line}:${column}: ${message}`, ...frame.split("\n").filter((one) => one !== "")];
  if (hint !== null) lines.push(`hint: ${hint}`);
  return lines.map(escapeControls).join("\n");
}

/** A program that cannot be compiled. */
export class CompileError extends Error {
  override readonly name = "CompileError";
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(diagnosticText).join("\n\n"));
    this.diagnostics = diagnostics;
  }
}

/** More are no help. */
const MOST = 20;

/** Collects what is wrong, so that one run tells more than the first thing. */
export class Diagnostics {
  readonly errors: Diagnostic[] = [];
  readonly warnings: Diagnostic[] = [];

  error(source: SourceFile, offset: number, key: MessageKey, ...parts: string[]): void {
    if (this.errors.length >= MOST) return;
    const found = diagnosticAt(source, offset, key, ...parts);
    // An expression may be looked at more than once.
    const isTold = this.errors.some((one) => {
      return (
        one.line === found.line &&
        one.column === found.column &&
        one.file === found.file &&
        one.message === found.message
      );
    });
    if (!isTold) this.errors.push(found);
  }

  warn(source: SourceFile, offset: number, key: MessageKey, ...parts: string[]): void {
    if (this.warnings.length < MOST) this.warnings.push(diagnosticAt(source, offset, key, ...parts));
  }

  /** @throws CompileError if there is any error so far */
  check(): void {
    if (this.errors.length > 0) throw new CompileError(this.errors);
  }
}
