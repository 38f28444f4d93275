/** The assembler's part inside a function: labels, instructions and their operands. */
import { shown } from "../errors.ts";
import { walkRegisters } from "./flow.ts";
import {
  type Capture,
  type Clause,
  INSTRUCTIONS,
  type Instruction,
  MNEMONICS,
  type Mnemonic,
  type ObjectEntry,
  type Operand,
  type OperandTypes,
  rowOf,
} from "./instructions.ts";
import { LARGEST_U32, type Lexer } from "./lexer.ts";
import { readKey, readPattern, readValue } from "./literals.ts";
import type { FunctionRecord, LineEntry } from "./model.ts";
import { nearest } from "./nearest.ts";

const LARGEST_I32 = 2 ** 31 - 1;

/** No host's Map holds many more. */
const MOST_LABELS = 10_000_000;

/** What the line that opens a function says. */
export interface FunctionHead {
  readonly name: string | null;
  readonly arity: number;
  /** Undefined: as many as are named. */
  readonly regs: number | undefined;
  /** Offset in the text. */
  readonly position: number;
}

/** A jump to a label that was not known yet. `set` puts the offset into its operand. */
interface Jump {
  readonly label: string;
  /** Number of the instruction. */
  readonly from: number;
  /** Offset in the text. */
  readonly position: number;
  readonly set: (offset: number) => void;
}

/** Reads the kind of an operand. An offset that is not known yet is 0, and set later. */
type OperandReaders = {
  readonly [Kind in keyof OperandTypes]: (setOffset: (offset: number) => void) => OperandTypes[Kind];
};

export interface AssembledFunction {
  readonly record: FunctionRecord;
  /** Its positions in the source. */
  readonly lines: readonly LineEntry[];
}

/** A function whose lines are being read. */
export class FunctionAssembler {
  readonly head: FunctionHead;
  readonly #lexer: Lexer;
  readonly #instructions: Instruction[] = [];
  readonly #labels = new Map<string, { readonly at: number; readonly position: number }>();
  readonly #jumps: Jump[] = [];
  readonly #lines: LineEntry[] = [];

  constructor(lexer: Lexer, head: FunctionHead) {
    this.#lexer = lexer;
    this.head = head;
  }

  /** Number of the next instruction. */
  get #next(): number {
    return this.#instructions.length;
  }

  /** The position in the source of what follows. */
  line(line: number, column: number): void {
    this.#dropIdleLine();
    this.#lines.push({ instruction: this.#next, line, column });
  }

  /** Forgets a position that no instruction has. */
  #dropIdleLine(): void {
    if (this.#lines.at(-1)?.instruction === this.#next) this.#lines.pop();
  }

  /** Reads `name:` or an instruction, and says which it was. */
  labelOrInstruction(): "label" | "instruction" {
    const lexer = this.#lexer;
    const { position } = lexer;
    const name = lexer.identifier();
    if (name === "") lexer.expected("an instruction, a label or .end");
    if (lexer.take(":")) {
      this.#label(name, position);
      return "label";
    }
    this.#instruction(name, position);
    return "instruction";
  }

  /** The function, at its end: all labels are known now. */
  finish(): AssembledFunction {
    this.#dropIdleLine();
    for (const { label, from, position, set } of this.#jumps) {
      const target = this.#labels.get(label);
      if (target === undefined) {
        this.#lexer.fail(`no label ${shown(label)} in ${shownFunction(this.head.name)}`, position);
      }
      set(target.at - from);
    }
    const instructions = this.#instructions;
    const { name, arity, regs = Math.max(0, registersNamed(instructions) - arity) } = this.head;
    const record: FunctionRecord = { name, arity, extraRegs: regs, body: { kind: "bytecode", instructions } };
    return { record, lines: this.#lines };
  }

  #label(name: string, position: number): void {
    const before = this.#labels.get(name);
    if (before !== undefined) {
      const line = this.#lexer.lineOf(before.position);
      this.#lexer.fail(`the label ${shown(name)} stands in line ${line} already`, position);
    }
    if (this.#labels.size === MOST_LABELS) this.#lexer.fail(`more than ${MOST_LABELS} labels in a function`, position);
    this.#labels.set(name, { at: this.#next, position });
  }

  #instruction(name: string, position: number): void {
    const lexer = this.#lexer;
    if (!Object.hasOwn(INSTRUCTIONS, name) || !rowOf(name as Mnemonic).inFiles) {
      const known = nearest(name, MNEMONICS);
      const hint = known === undefined ? "" : `; did you mean ${known}?`;
      lexer.fail(`no instruction ${shown(name)}${hint}`, position);
    }
    const op = name as Mnemonic;
    const specs = rowOf(op).operands;
    const operands: Operand[] = [];
    for (let i = 0; i < specs.length; i++) {
      if (lexer.atLineEnd()) lexer.fail(`${usage(op)}; ${specs[i].name} is missing`);
      if (i > 0 && !lexer.take(",")) lexer.expected(`\`,\` (${usage(op)})`);
      operands.push(this.#readers[specs[i].kind]((offset) => (operands[i] = offset)));
    }
    if (!lexer.atLineEnd()) lexer.expected(`the end of the line (${usage(op)})`);
    // They have been read by the row's kinds, so they are those of the instruction.
    this.#instructions.push({ op, operands } as unknown as Instruction);
  }

  readonly #readers: OperandReaders = {
    dst: () => this.#register(),
    src: () => this.#register(),
    registers: () => this.#list("[", "]", () => this.#register()),
    number: () => this.#lexer.number("a number"),
    offset: (setOffset) => this.#offset(setOffset),
    string: () => this.#name("a text in quotes"),
    value: () => readValue(this.#lexer),
    clauses: () => this.#list("[", "]", () => this.#clause()),
    entries: () => this.#list("{", "}", () => this.#entry()),
    captures: () => this.#list("[", "]", () => this.#capture()),
  };

  #list<Item>(open: string, close: string, read: () => Item): Item[] {
    const items: Item[] = [];
    this.#lexer.open(open);
    while (this.#lexer.more(close, items.length === 0)) items.push(read());
    return items;
  }

  #clause(): Clause {
    this.#lexer.open("(");
    const pattern = readPattern(this.#lexer, () => this.#register());
    this.#lexer.expect(",");
    const clause = { pattern, offset: 0 };
    clause.offset = this.#offset((offset) => (clause.offset = offset));
    this.#lexer.expectClose(")");
    return clause;
  }

  #entry(): ObjectEntry {
    const { key, attributes } = readKey(this.#lexer);
    const register = this.#registerIfNext();
    const from = register === null ? { value: readValue(this.#lexer) } : { register };
    return { key, from, attributes };
  }

  #capture(): Capture {
    const name = this.#name("the name of a captured value");
    this.#lexer.expect(":");
    return { name, register: this.#register() };
  }

  #offset(set: (offset: number) => void): number {
    const lexer = this.#lexer;
    lexer.peek();
    const { position } = lexer;
    const label = lexer.identifier();
    if (label !== "") {
      const known = this.#labels.get(label);
      if (known !== undefined) return known.at - this.#next;
      this.#jumps.push({ label, from: this.#next, position, set });
      return 0;
    }
    const word = lexer.word();
    // `-0` is 0 here.
    const offset = /^[+-]\d+$/.test(word) ? Number(word) + 0 : Number.NaN;
    if (offset >= -LARGEST_I32 - 1 && offset <= LARGEST_I32) return offset;
    lexer.position = position;
    return lexer.expected("a label or an offset such as +3 or -2");
  }

  #register(): number {
    return this.#registerIfNext() ?? this.#lexer.expected("a register such as r0");
  }

  /** The register that comes next, or null. */
  #registerIfNext(): number | null {
    const lexer = this.#lexer;
    lexer.peek();
    const { position } = lexer;
    const word = lexer.identifier();
    if (!isRegister(word)) {
      lexer.position = position;
      return null;
    }
    const register = Number(word.slice(1));
    if (register > LARGEST_U32) lexer.fail(`no register ${shown(word)}: the highest is r${LARGEST_U32}`, position);
    return register;
  }

  /** An identifier or a text in quotes. */
  #name(what: string): string {
    this.#lexer.peek();
    return this.#lexer.name(what);
  }
}

function isRegister(word: string): boolean {
  return /^r\d+$/.test(word);
}

/** One more than the highest register that instructions name. */
function registersNamed(instructions: readonly Instruction[]): number {
  let count = 0;
  const see = (register: number): void => {
    count = Math.max(count, register + 1);
  };
  for (const instruction of instructions) walkRegisters(instruction, { read: see, write: see });
  return count;
}

export function shownFunction(name: string | null): string {
  return name === null ? "the unnamed function" : `function ${shown(name)}`;
}

/** `MOVE takes d, s`. */
function usage(op: Mnemonic): string {
  const names = rowOf(op).operands.map(({ name }) => name);
  return `${op} takes ${names.length === 0 ? "no operands" : names.join(", ")}`;
}
