/** What the instruction table says about an instruction's registers and about where control goes. */
import {
  type Capture,
  type Clause,
  type Instruction,
  type ObjectEntry,
  type Operand,
  type OperandKind,
  rowOf,
} from "./instructions.ts";
import { walkPattern } from "./pattern.ts";

export interface RegisterVisitor {
  readonly read: (register: number) => void;
  readonly write: (register: number) => void;
}

/** Calls back for every register that an instruction names, in the order of its operands. */
export function walkRegisters(instruction: Instruction, visitor: RegisterVisitor): void {
  const { operands } = rowOf(instruction.op);
  const values: readonly Operand[] = instruction.operands;
  for (let i = 0; i < operands.length; i++) walkOperand(operands[i].kind, values[i], visitor);
}

/** The registers that an instruction reads and writes, in the order of its operands; remembered with it. */
export function registersOf(instruction: Instruction): {
  readonly reads: readonly number[];
  readonly writes: readonly number[];
} {
  let known = remembered.get(instruction);
  if (known === undefined) {
    const reads: number[] = [];
    const writes: number[] = [];
    walkRegisters(instruction, {
      read: (register) => reads.push(register),
      write: (register) => writes.push(register),
    });
    known = { reads, writes };
    remembered.set(instruction, known);
  }
  return known;
}
const remembered = new WeakMap<
  Instruction,
  { readonly reads: readonly number[]; readonly writes: readonly number[] }
>();

function walkOperand(kind: OperandKind, operand: Operand, { read, write }: RegisterVisitor): void {
  switch (kind) {
    case "dst":
      write(operand as number);
      break;
    case "src":
      read(operand as number);
      break;
    case "registers":
      for (const register of operand as readonly number[]) read(register);
      break;
    case "captures":
      for (const { register } of operand as readonly Capture[]) read(register);
      break;
    case "entries":
      for (const { from } of operand as readonly ObjectEntry[]) if ("register" in from) read(from.register);
      break;
    case "clauses":
      for (const { pattern } of operand as readonly Clause[]) {
        walkPattern(pattern, (part) => {
          if (part.kind === "bind") write(part.register);
          else if (part.kind === "pin") read(part.register);
        });
      }
      break;
    default:
  }
}

/** Calls back for every offset that an instruction names, whether or not control can go there. */
export function walkOffsets(instruction: Instruction, visit: (offset: number) => void): void {
  const { operands } = rowOf(instruction.op);
  for (let i = 0; i < operands.length; i++) {
    const { kind } = operands[i];
    if (kind === "offset") visit((instruction.operands as readonly Operand[])[i] as number);
    else if (kind === "clauses") {
      for (const { offset } of (instruction.operands as readonly Operand[])[i] as readonly Clause[]) visit(offset);
    }
  }
}

/** The clauses of an instruction that tries patterns, and goes where the first that fits leads; null for all others. */
export function clausesOf(instruction: Instruction): readonly Clause[] | null {
  switch (instruction.op) {
    case "MATCH":
      return instruction.operands[1];
    case "RECEIVE_MATCH":
      return instruction.operands[2];
    default:
      return null;
  }
}

/** May control continue at the next instruction? */
export function fallsThrough(instruction: Instruction): boolean {
  return !rowOf(instruction.op).endsBlock;
}

/** Can control come to a RETURN or to the end, whatever is raised and handled inside? Remembered with the instructions. */
export function mayReturn(instructions: readonly Instruction[]): boolean {
  let known = returning.get(instructions);
  if (known === undefined) {
    const seen = new Set<number>([0]);
    for (const at of seen) {
      if (at >= instructions.length || instructions[at].op === "RETURN") break;
      walkOffsets(instructions[at], (offset) => seen.add(at + offset));
      if (fallsThrough(instructions[at])) seen.add(at + 1);
    }
    known = [...seen].some((at) => at >= instructions.length || instructions[at].op === "RETURN");
    returning.set(instructions, known);
  }
  return known;
}
const returning = new WeakMap<readonly Instruction[], boolean>();

/** Where control can go from an instruction, in the order its operands name it, and then the next. */
export function targetsOf(instruction: Instruction, at: number): number[] {
  const targets: number[] = [];
  // The handler of a TRY is entered from outside: errors are raised where frames are data.
  if (instruction.op !== "TRY") walkOffsets(instruction, (offset) => targets.push(at + offset));
  if (fallsThrough(instruction)) targets.push(at + 1);
  return targets;
}
