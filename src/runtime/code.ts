/** Code of a pack, linked and verified: what a function value runs. */
import type { BitRows } from "../bytecode/bits.ts";
import type { Instruction } from "../bytecode/instructions.ts";
import type { LineEntry } from "../bytecode/model.ts";
import { BASE_REGISTERS, type FunctionFacts } from "../bytecode/verify.ts";
import type { Receiver } from "../operations/js/realm.ts";
import type { BytecodeCallable, FunctionValue } from "../values/function.ts";
import { Undefined, type Value } from "../values/value.ts";
import { VALUES_PER_REDUCTION } from "../values/work.ts";
import { AT_PC, type Frame, HEADER } from "./frame.ts";

/** What functions of one pack share. */
export interface Unit {
  /** In front of the names of its functions where others see them; empty for the program itself. */
  readonly prefix: string;
  /** As the user named it. */
  readonly file: string;
  /** The text of a resource, or undefined. */
  readonly resource: (name: string) => string | undefined;
  /** The text of a source file that the pack brings, or undefined. */
  readonly source: (name: string) => string | undefined;
}

/** The interpreter's form of a function; interpreter/translate.ts makes it and says what is in it. */
export interface InterpretedForm {
  /**
   * Operations and operands. The profile is kept in the same numbers, where counting costs least: the
   * calls in front, and how often control reached a loop head in that head's own operand.
   */
  readonly ops: Int32Array;
  /** Constants and decoded operands that do not fit into numbers, by index. */
  readonly pool: readonly unknown[];
  /** Where each instruction begins in `ops`; one more for the end. */
  readonly offsets: Int32Array;
  /** By position in `ops`: what an operation has done besides its quickest path; the other part of the profile. */
  readonly seen: Uint8Array;
  /** By position in `ops`: what a call has called. Empty unless the code is JavaScript's, which calls what it finds. */
  readonly calls: (CallNote | undefined)[];
}

/** What a call has called. */
export interface Called {
  readonly value: FunctionValue;
  /** The kind of value on whose prototype a built-in was found; null: a member of the object, or no method. */
  readonly receiver: Receiver | null;
}

/** What the interpreter knows of a call: what it called first. */
export interface CallNote extends Called {
  /** What it has called besides, a few at most. */
  readonly others: Called[];
  /** And more than those. */
  tooMany: boolean;
}

/** Of one call: as many functions as compiled code tells apart. */
export const MOST_TARGETS = 4;

export function newNote(value: FunctionValue, receiver: Receiver | null): CallNote {
  return { value, receiver, others: [], tooMany: false };
}

function isSame(known: Called, { value, receiver }: Called): boolean {
  const { code } = known.value;
  return code === value.code && known.receiver === receiver && (code !== null || known.value === value);
}

/** Notes a call that is not what is known of it. */
export function noteCall(form: InterpretedForm, at: number, value: FunctionValue, receiver: Receiver | null): void {
  const known = form.calls[at];
  const called: Called = { value, receiver };
  if (known === undefined) form.calls[at] = newNote(value, receiver);
  else if (!isSame(known, called) && !known.others.some((other) => isSame(other, called))) {
    if (known.others.length < MOST_TARGETS - 1) known.others.push(called);
    else known.tooMany = true;
  }
}

/** In `seen`: its operands were not what the quickest path takes. */
export const EVER_SLOW = 1;
/** In `seen`: so, and the result was a text. */
export const EVER_TEXT = 2;
/** In `seen`: it has called a getter. */
export const EVER_GETTER = 8;
/** In `seen`: what it read was no Number. */
export const EVER_OTHER = 4;

/** Where the operation of an instruction stands in `ops`, behind its loop head. */
export function operationOffset(code: Code, form: InterpretedForm, instruction: number): number {
  return form.offsets[instruction] + (code.facts.safePoints[instruction] === 1 ? LOOP_LENGTH : 0);
}
/** Of a loop head in `ops`. */
export const LOOP_LENGTH = 2;

/** Index in `ops` of the number of calls. */
export const CALLS = 0;
/** Where a function begins in `ops`. */
export const ENTRY = 1;

const NO_GLOBALS: ReadonlyMap<string, number> = new Map();

export interface CodeInit {
  readonly className: string;
  readonly functionName: string | null;
  readonly arity: number;
  readonly extraRegs: number;
  readonly version: 1 | 2;
  readonly facts: FunctionFacts;
  readonly lines: readonly LineEntry[];
  readonly sourceFile: string | null;
  readonly unit: Unit;
  readonly waitsForHost?: boolean;
  readonly isJs?: boolean;
}

export class Code implements BytecodeCallable {
  readonly isForeign = false;
  /** `Class:function`, or `Class` for a function without a name; of another pack `pack!Class:function`. */
  readonly name: string;
  readonly className: string;
  readonly functionName: string | null;
  readonly arity: number;
  /** File version of the class: some foreign failures differ. */
  readonly version: 1 | 2;
  readonly facts: FunctionFacts;
  readonly lines: readonly LineEntry[];
  readonly sourceFile: string | null;
  readonly unit: Unit;
  /** It is there for an asynchronous foreign function, and does nothing but wait for it. */
  readonly waitsForHost: boolean;
  /** It is of a class that has instructions for JavaScript. */
  readonly isJs: boolean;
  /** The register that gets all arguments from there on, as an Array; -1: there is none. See COLLECT. */
  readonly collects: number;
  /** With references resolved; set once by the linker, since functions refer to each other. */
  instructions: readonly Instruction[] = [];
  /** The one function value of this code without captures. */
  value: FunctionValue | null = null;

  /** By name as its instructions say it: the place of a variable among those of a process. Set once by the linker. */
  globals: ReadonlyMap<string, number> = NO_GLOBALS;

  /** Captured values and arguments fill registers up to here. */
  readonly fill: number;
  /** A frame as it is before arguments are filled in; copied for each call. */
  readonly template: Frame;
  /** Reductions a call is charged for the registers beyond the 16 that every frame has: values filled in. */
  readonly entryCharge: number;

  /** Live registers by instruction, once somebody has asked. */
  live: BitRows | null = null;

  /** Null until the function first runs. The profile is in it. */
  form: InterpretedForm | null = null;
  /** What the compiling engine keeps of the function; null until it is hot. */
  compiled: object | null = null;

  constructor(init: CodeInit) {
    this.className = init.className;
    this.functionName = init.functionName;
    const className = init.unit.prefix + init.className;
    this.name = init.functionName === null ? className : `${className}:${init.functionName}`;
    this.arity = init.arity;
    this.version = init.version;
    this.facts = init.facts;
    this.lines = init.lines;
    this.sourceFile = init.sourceFile;
    this.unit = init.unit;
    this.waitsForHost = init.waitsForHost ?? false;
    this.isJs = init.isJs ?? false;
    this.collects = init.facts.collects;
    this.fill = Math.max(Math.min(init.arity + init.extraRegs, init.facts.usedRegisters), this.collects + 1);
    this.entryCharge = Math.floor(Math.max(0, init.facts.registers - BASE_REGISTERS) / VALUES_PER_REDUCTION);
    this.template = [this, ENTRY, null, Undefined, null, AT_PC];
    for (let i = 0; i < init.facts.usedRegisters; i++) this.template[HEADER + i] = Undefined;
  }
}

/** The instruction that contains an offset of the interpreter's form. */
export function instructionAt(form: InterpretedForm, offset: number): number {
  const { offsets } = form;
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The source position of an instruction: that of the last entry at or before it. */
export function lineOf(code: Code, instruction: number): LineEntry | undefined {
  const { lines } = code;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle].instruction <= instruction) low = middle + 1;
    else high = middle;
  }
  return lines[low - 1];
}

/** A value that a function value without captures stands for, typed for the runtime. */
export type CodeFunction = FunctionValue<Code>;

export function codeOfValue(value: Value): Code | null {
  return typeof value === "object" && !Array.isArray(value) && value.kind === "Function"
    ? (value.code as Code | null)
    : null;
}
