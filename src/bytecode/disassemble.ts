/** Class files as assembly text; assemble.ts describes the syntax and reads it back. */
import { escapeControls, LoadError } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { nameText, quote } from "../values/text.ts";
import { base64Of } from "./base64.ts";
import { walkOffsets } from "./flow.ts";
import type { Instruction } from "./instructions.ts";
import { type ClassFile, type FunctionRecord, type LineEntry, linesOf, type Section } from "./model.ts";
import { offsetText, operandTexts, type TargetText } from "./operand-text.ts";

export interface DisassembleOptions {
  /** Puts the number of each instruction, by which errors name it, into a comment. */
  readonly numbers?: boolean;
  /** Gives the lines of the source, from 1; they are put as comments above the first instruction of each. */
  readonly sourceLine?: (line: number) => string | undefined;
}

/** Wide enough for all mnemonics but a few rare ones, so that operands stand below each other. */
const MNEMONIC_WIDTH = 14;
const INDENT = "    ";
/** Comments begin in this column where the instruction leaves room. */
const COMMENT_COLUMN = 60;

/**
 * The assembly text of a class. It need not be verified: jumps that lead nowhere keep their offsets.
 * LoadError if the text were longer than a String can be; `listing` has no such limit.
 */
export function disassemble(classFile: ClassFile, className: string, options: DisassembleOptions = {}): string {
  const lines: string[] = [];
  let length = 0;
  for (const line of listing(classFile, className, options)) {
    lines.push(line);
    length += line.length + 1;
    if (length > FIXED_LIMITS.stringLength.value)
      throw new LoadError("too much assembly text for one String", { className });
  }
  return `${lines.join("\n")}\n`;
}

/** The lines of the assembly text, without their ends. */
export function* listing(classFile: ClassFile, className: string, options: DisassembleOptions = {}): Generator<string> {
  const { format, functions } = classFile;
  const { head, tail } = sectionLines(classFile);
  yield `.class ${nameText(className)}`;
  if (format.version === 1) yield `.format 1 ${format.dialect} ${format.layout}`;
  yield* head;
  for (const [index, fn] of functions.entries()) {
    yield "";
    yield* functionLines(fn, linesOf(classFile, index), options);
  }
  if (tail.length > 0) yield "";
  yield* tail;
}

/**
 * Sections stand in the order of the file. The name of the source, if it comes first, stands above the
 * functions. The lines are spread over the functions and count as the first section; only where they are
 * not, or there are none, does `.lines` mark their place.
 */
function sectionLines({ sections }: ClassFile): { head: string[]; tail: string[] } {
  const first = sections.findIndex(({ kind }) => kind === "lines");
  const isImplied = first === 0 && hasLines(sections[0]);
  const shown = isImplied ? sections.slice(1) : sections;
  const texts = shown.map(sectionLine);
  const isSourceFirst = shown[0]?.kind === "source";
  return { head: isSourceFirst ? texts.slice(0, 1) : [], tail: isSourceFirst ? texts.slice(1) : texts };
}

function hasLines(section: Section): boolean {
  return section.kind === "lines" && section.functions.some((entries) => entries.length > 0);
}

function sectionLine(section: Section): string {
  switch (section.kind) {
    case "lines":
      return ".lines";
    case "source":
      return `.source ${quote(section.file)}`;
    case "unknown":
      return `.section ${quote(section.name)} ${quote(base64Of(section.bytes))}`;
  }
}

function* functionLines(
  fn: FunctionRecord,
  lines: readonly LineEntry[],
  options: DisassembleOptions,
): Generator<string> {
  const { body } = fn;
  const name = fn.name === null ? "" : ` ${nameText(fn.name)}`;
  const sizes = `arity=${fn.arity} regs=${fn.extraRegs}`;
  if (body.kind === "foreign") {
    yield `.foreign${name} ${quote(body.target)} ${sizes}`;
    return;
  }
  yield `.function${name} ${sizes}`;
  yield* bodyLines(body.instructions, lines, options);
  yield ".end";
}

function* bodyLines(
  instructions: readonly Instruction[],
  lines: readonly LineEntry[],
  { numbers = false, sourceLine }: DisassembleOptions,
): Generator<string> {
  const labelAt = labelsOf(instructions);
  let nextLine = 0;
  let shownLine = 0;
  for (let at = 0; at <= instructions.length; at++) {
    if (lines[nextLine]?.instruction === at) {
      const { line, column } = lines[nextLine++];
      const text = line === shownLine ? undefined : sourceLine?.(line);
      shownLine = line;
      if (text !== undefined) yield sourceComment(line, text);
      yield `${INDENT}.line ${line} ${column}`;
    }
    const label = labelAt(at);
    if (label !== undefined) yield `${label}:`;
    if (at === instructions.length) break;
    const target: TargetText = (offset) => labelAt(at + offset) ?? offsetText(offset);
    const text = `${INDENT}${instructionText(instructions[at], target)}`;
    yield numbers ? `${text.padEnd(COMMENT_COLUMN)} ; ${at}` : text;
  }
}

/** Columns of a source line that is shown. */
const LONGEST_SOURCE_LINE = 160;

function sourceComment(line: number, text: string): string {
  const cut = text.length > LONGEST_SOURCE_LINE ? `${text.slice(0, LONGEST_SOURCE_LINE)}…` : text;
  return `${INDENT}; ${line} | ${escapeControls(cut.replaceAll("\t", "  "))}`.trimEnd();
}

/** One instruction, without a label; offsets are numbers unless `target` names them. */
export function instructionText(instruction: Instruction, target: TargetText = offsetText): string {
  const operands = operandTexts(instruction, target);
  if (operands.length === 0) return instruction.op;
  return `${instruction.op.padEnd(MNEMONIC_WIDTH)} ${operands.join(", ")}`;
}

/**
 * The name of the label at each place, or undefined: L1, L2, … in order for all places of the function, its
 * end included, that something jumps to.
 */
function labelsOf(instructions: readonly Instruction[]): (place: number) => string | undefined {
  const numbers = new Uint32Array(instructions.length + 1);
  instructions.forEach((instruction, at) => {
    walkOffsets(instruction, (offset) => {
      // Outside of the array this does nothing.
      numbers[at + offset] = 1;
    });
  });
  let last = 0;
  for (let place = 0; place < numbers.length; place++) if (numbers[place] > 0) numbers[place] = ++last;
  return (place) => (numbers[place] > 0 ? `L${numbers[place]}` : undefined);
}
