/**
 * The assembler: text of one class → class file.
 *
 * ```
 * .class Main                         ; optional
 * .manifest "Dependencies" "std"      ; an entry of the manifest of the pack around the class
 * .format 1 middle single             ; version, and for version 1 dialect and layout; default 2
 * .source "main.ion"                  ; section: name of the source file
 * .function main arity=0 regs=3       ; without a name: unnamed
 *   .line 12 3                        ; what follows stands in line 12, column 3 of the source
 *   LOAD_CONST r0, "hello"
 * loop:
 *   JUMP_IF_TRUE r1, loop             ; a label, or a relative offset such as +3 or -2
 * .end
 * .foreign name "Sqrt" arity=1 regs=0 ; stands for a foreign function
 * .section "x" "<base64>"             ; a section unknown here
 * .lines                              ; place of the section of lines, see below
 * ```
 *
 * Operands stand in the order of the instruction's row, separated by commas, each written by its kind:
 *
 * - registers `r0`, lists of them `[r0, r1]`; captures `[x:r0]`; numbers `7`
 * - offsets: a label of the function, or `+3`, `-2`; `+0` is the instruction itself
 * - strings: a text in JSON quotes, or an identifier
 * - values: literals as in the table of values. Keywords are `true false undefined unit NaN Infinity`; a
 *   function is `function:name`; `'any text'` is an Atom. `(a,)` is a Tuple of one, `(,)` of none, `()` is
 *   Unit, `(a)` an error
 * - entries `{key: r0, key!we: "x"}`: a register or a literal, which never look alike. Attributes that are
 *   given are kept apart from none given, even if all are true; `key!:` gives none of the three
 * - clauses `[(pattern, offset), …]`: brackets are patterns, `=literal` is a value pattern, `@r3` binds, `^r3` is
 *   the value that r3 has, `_` is the wildcard, all else a literal that stands for itself
 *
 * An identifier is `[A-Za-z_][A-Za-z0-9_]*`; any name, key or tag may be a JSON string instead, and is one if it
 * is no identifier. `:`, `#`, `@`, `!`, `function:` and what belongs to them stand together. `;` begins a comment.
 * A line ends an instruction, but not inside brackets. A comma may stand behind the last item of a list.
 * Labels belong to their function; several may name one place, and a label may stand before an
 * instruction in its line.
 *
 * `arity` is 0 unless given, and `regs` as many as the instructions name behind the arguments.
 *
 * Sections stand in the file in the order of their directives. The lines have none: they come first, unless
 * `.lines` marks their place among the others (or says that there is such a section though it is empty).
 * Without a column `.line` means the first. A `.line` that another one or the end of the function follows
 * before the next instruction says nothing.
 */
import { shown } from "../errors.ts";
import { type AssembledFunction, FunctionAssembler, shownFunction } from "./assemble-function.ts";
import { bytesOfBase64 } from "./base64.ts";
import { Lexer } from "./lexer.ts";
import {
  type ClassFile,
  DIALECTS,
  type Format,
  type FunctionRecord,
  type LineEntry,
  type Section,
  VERSION_2,
} from "./model.ts";
import { nearest } from "./nearest.ts";
import { LINES_SECTION, SOURCE_SECTION } from "./tags.ts";

export interface AssembleOptions {
  /** As the user named it; for messages. */
  readonly file?: string;
  /** Name of the class unless the text says it. */
  readonly className?: string;
}

export interface Assembled {
  readonly className: string;
  readonly classFile: ClassFile;
  /** Entries of the manifest of the pack around the class, in the order of the text. */
  readonly manifest: ReadonlyMap<string, string>;
}

/** Name of a class that nobody has named. */
export const DEFAULT_CLASS = "Main";

/** The class file that a text describes, not verified. LoadError with line and column. */
export function assemble(text: string, options: AssembleOptions = {}): Assembled {
  return new Assembler(text, options).assemble();
}

class Assembler {
  readonly #lexer: Lexer;
  #className: string | undefined;
  readonly #defaultClass: string;
  #format: Format | undefined;
  readonly #manifest = new Map<string, string>();
  readonly #functions: FunctionRecord[] = [];
  /** Source positions, one list a function. */
  readonly #lines: (readonly LineEntry[])[] = [];
  /** In file order; the lines are put in at the end, at the place of the mark. */
  readonly #sections: (Section | "lines")[] = [];
  /** The function whose lines are being read. */
  #open: FunctionAssembler | null = null;

  constructor(text: string, { file, className = DEFAULT_CLASS }: AssembleOptions) {
    this.#lexer = new Lexer(text, file);
    this.#defaultClass = className;
  }

  assemble(): Assembled {
    do this.#line();
    while (this.#lexer.endLine());
    if (this.#open !== null) {
      this.#lexer.fail(`${shownFunction(this.#open.head.name)} has no .end`, this.#open.head.position);
    }
    return {
      className: this.#className ?? this.#defaultClass,
      classFile: { format: this.#format ?? VERSION_2, functions: this.#functions, sections: this.#allSections() },
      manifest: this.#manifest,
    };
  }

  #allSections(): Section[] {
    const lines: Section = { kind: "lines", functions: this.#lines };
    const isMarked = this.#sections.includes("lines");
    const sections = this.#sections.map((section) => (section === "lines" ? lines : section));
    return !isMarked && this.#lines.some((entries) => entries.length > 0) ? [lines, ...sections] : sections;
  }

  /** Everything of a line but its end. */
  #line(): void {
    const lexer: Lexer = this.#lexer;
    while (!lexer.atLineEnd()) {
      const { position } = lexer;
      if (lexer.take(".")) {
        this.#directive(position);
        return;
      }
      if (this.#open === null) lexer.expected("a directive such as .function");
      if (this.#open.labelOrInstruction() === "instruction") return;
    }
  }

  #directive(position: number): void {
    const name = this.#lexer.identifier();
    const directive = Object.hasOwn(this.#directives, name) ? this.#directives[name] : undefined;
    if (directive === undefined) {
      const known = nearest(name, Object.keys(this.#directives));
      const hint = known === undefined ? "" : `; did you mean .${known}?`;
      this.#lexer.fail(`no directive .${shown(name)}${hint}`, position);
    }
    directive(position);
  }

  readonly #directives: Readonly<Record<string, (position: number) => void>> = {
    class: (position) => {
      if (this.#className !== undefined) this.#lexer.fail("the class has a name already", position);
      this.#className = this.#name("the name of the class, an identifier or a text in quotes");
    },
    manifest: (position) => {
      const key = this.#lexer.text("a key of the manifest in quotes");
      if (this.#manifest.has(key)) this.#lexer.fail(`the manifest has ${shown(key)} already`, position);
      this.#manifest.set(key, this.#lexer.text("its value in quotes"));
    },
    format: (position) => {
      if (this.#format !== undefined) this.#lexer.fail("the class has a .format already", position);
      this.#format = this.#readFormat();
    },
    source: (position) => {
      if (this.#sections.some((section) => section !== "lines" && section.kind === "source")) {
        this.#lexer.fail("the class has a .source already", position);
      }
      this.#sections.push({ kind: "source", file: this.#lexer.text("the name of the source file") });
    },
    lines: (position) => {
      if (this.#sections.includes("lines")) this.#lexer.fail("the place of the lines is marked already", position);
      this.#sections.push("lines");
    },
    section: (position) => {
      const name = this.#lexer.text("the name of the section");
      if (name === LINES_SECTION || name === SOURCE_SECTION) {
        this.#lexer.fail(`the section ${name} is written with directives of its own`, position);
      }
      const bytes = bytesOfBase64(this.#lexer.text("the bytes of the section as base64"));
      if (bytes === null) this.#lexer.fail(`the bytes of section ${shown(name)} are not base64`, position);
      this.#sections.push({ kind: "unknown", name, bytes });
    },
    function: (position) => {
      this.#expectOutside(position);
      const name = this.#functionName();
      this.#open = new FunctionAssembler(this.#lexer, { position, name, ...this.#sizes() });
    },
    end: (position) => {
      if (this.#open === null) this.#lexer.fail(".end without a .function", position);
      this.#add(this.#open.finish());
      this.#open = null;
    },
    foreign: (position) => {
      this.#expectOutside(position);
      this.#add({ record: this.#foreign(), lines: [] });
    },
    line: (position) => {
      if (this.#open === null) this.#lexer.fail(".line outside of a function", position);
      const line = this.#lexer.number("the number of a line");
      const column = this.#lexer.atLineEnd() ? 1 : this.#lexer.number("the number of a column");
      this.#open.line(line, column);
    },
  };

  #add({ record, lines }: AssembledFunction): void {
    this.#functions.push(record);
    this.#lines.push(lines);
  }

  #expectOutside(position: number): void {
    if (this.#open === null) return;
    this.#lexer.fail(`${shownFunction(this.#open.head.name)} has no .end before this`, position);
  }

  #readFormat(): Format {
    const version = this.#lexer.number("1 or 2, the version of the format");
    if (version === 2) return VERSION_2;
    if (version !== 1) this.#lexer.fail(`no format ${version}; there are 1 and 2`);
    const dialect = this.#choice(DIALECTS, DIALECTS[0]);
    const layout = this.#choice(["many", "single"], "many");
    return { version, dialect, layout };
  }

  /** One of some words, or the default at the end of the line. */
  #choice<Word extends string>(words: readonly Word[], byDefault: Word): Word {
    if (this.#lexer.atLineEnd()) return byDefault;
    const { position } = this.#lexer;
    const word = this.#lexer.identifier();
    const found = words.find((candidate) => candidate === word);
    if (found !== undefined) return found;
    this.#lexer.position = position;
    return this.#lexer.expected(`one of ${words.join(", ")}`);
  }

  /** The name of a function, or null if sizes or the end of the line follow at once. */
  #functionName(): string | null {
    const lexer = this.#lexer;
    if (lexer.atLineEnd()) return null;
    const { position } = lexer;
    const name = lexer.name("the name of the function, arity= or regs=");
    if (lexer.next() !== "=") return name;
    lexer.position = position;
    return null;
  }

  /** The target alone, or the name before it. */
  #foreign(): FunctionRecord {
    const lexer = this.#lexer;
    let name: string | null = null;
    if (lexer.peek() !== '"') name = this.#name("the name of the function or, in quotes, its target");
    let target = this.#lexer.text("the name of the foreign function in quotes");
    if (name === null && lexer.peek() === '"') {
      name = target;
      target = this.#lexer.text("the name of the foreign function in quotes");
    }
    const { arity, regs = 0 } = this.#sizes();
    return { name, arity, extraRegs: regs, body: { kind: "foreign", target } };
  }

  /** `arity=1 regs=2` up to the end of the line, in any order. */
  #sizes(): { arity: number; regs: number | undefined } {
    const lexer = this.#lexer;
    const sizes: { arity?: number; regs?: number } = {};
    while (!lexer.atLineEnd()) {
      const { position } = lexer;
      const name = lexer.identifier();
      if ((name !== "arity" && name !== "regs") || lexer.next() !== "=") {
        lexer.position = position;
        return lexer.expected("arity= or regs=");
      }
      if (sizes[name] !== undefined) lexer.fail(`${name}= stands here twice`, position);
      lexer.expect("=");
      sizes[name] = lexer.number("a number");
    }
    return { arity: sizes.arity ?? 0, regs: sizes.regs };
  }

  /** An identifier or a text in quotes. */
  #name(what: string): string {
    this.#lexer.peek();
    return this.#lexer.name(what);
  }
}
