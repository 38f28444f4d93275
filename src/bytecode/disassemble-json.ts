/** Class files as plain JSON, for tools. */
import { base64Of } from "./base64.ts";
import { type ClassFile, type Format, type FunctionRecord, type LineEntry, linesOf } from "./model.ts";
import { offsetText, operandTexts } from "./operand-text.ts";

export interface ClassJson {
  readonly class: string;
  readonly format: Format;
  /** Name of the source file, where the class has it. */
  readonly source?: string;
  readonly functions: readonly FunctionJson[];
  /** Sections unknown here. */
  readonly sections: readonly { readonly name: string; readonly base64: string }[];
}

export interface FunctionJson {
  /** Null for a function without a name. */
  readonly name: string | null;
  readonly arity: number;
  readonly regs: number;
  /** Name of the foreign function that this one stands for; it has no instructions then. */
  readonly foreign?: string;
  readonly instructions?: readonly InstructionJson[];
}

export interface InstructionJson {
  readonly index: number;
  readonly op: string;
  /** As in assembly; jumps as offsets relative to the instruction. */
  readonly operands: readonly string[];
  /** Position in the source, where the class has it. */
  readonly line?: number;
  readonly column?: number;
}

/** All that a class file says. LoadError for a literal longer than a text may be. */
export function disassembleJson(classFile: ClassFile, className: string): ClassJson {
  const { format, functions, sections } = classFile;
  const source = sections.find((section) => section.kind === "source");
  return {
    class: className,
    format,
    ...(source === undefined ? {} : { source: source.file }),
    functions: functions.map((fn, index) => functionJson(fn, linesOf(classFile, index))),
    sections: sections.flatMap((section) => {
      return section.kind === "unknown" ? [{ name: section.name, base64: base64Of(section.bytes) }] : [];
    }),
  };
}

function functionJson({ name, arity, extraRegs, body }: FunctionRecord, lines: readonly LineEntry[]): FunctionJson {
  const head = { name, arity, regs: extraRegs };
  if (body.kind === "foreign") return { ...head, foreign: body.target };
  let reached = 0;
  const instructions = body.instructions.map((instruction, index) => {
    while (reached < lines.length && lines[reached].instruction <= index) reached++;
    const position = lines[reached - 1];
    return {
      index,
      op: instruction.op,
      operands: operandTexts(instruction, offsetText),
      ...(position === undefined ? {} : { line: position.line, column: position.column }),
    };
  });
  return { ...head, instructions };
}
