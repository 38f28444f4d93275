/**
 * Verification: what passes cannot make an engine read out of range.
 *
 * Every instruction is checked, reachable or not. Along the way the facts are collected that both
 * engines rely on: the size of the frame, the loop heads that are safe points, and which TRY is open at
 * each instruction. The open handlers are static: a stack of them is named by its innermost TRY, because
 * what was open when control came to that TRY is a fact of its own.
 */
import { LoadError } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { fallsThrough, walkOffsets, walkRegisters } from "./flow.ts";
import { type Instruction, type Operand, rowOf } from "./instructions.ts";
import type { Format, FunctionRecord } from "./model.ts";

/** No TRY is open. */
export const NO_TRY = -1;
/** Control never comes here. */
export const UNREACHABLE = -2;

export interface FunctionFacts {
  /** Registers of a frame as the specification counts them. */
  readonly registers: number;
  /** Registers from 0 on that the function can tell apart from missing: those it names. */
  readonly usedRegisters: number;
  /** By instruction, one more for the end: 1 where a jump of the function leads back to. */
  readonly safePoints: Uint8Array;
  /**
   * By instruction, one more for the end: the innermost TRY that is open before it, NO_TRY or UNREACHABLE.
   * What is open around TRY t, and again in its handler, is `openTry[t]`.
   */
  readonly openTry: Int32Array;
  /** The register of COLLECT, if the function begins with it; -1: it does not. */
  readonly collects: number;
}

/** Every frame has at least so many registers. */
export const BASE_REGISTERS = 16;

/** The function does not begin with COLLECT. */
export const NO_REGISTER = -1;

/** Facts about a function without code. */
const NOTHING: FunctionFacts = {
  registers: BASE_REGISTERS,
  usedRegisters: 0,
  safePoints: new Uint8Array(1),
  openTry: new Int32Array(1),
  collects: NO_REGISTER,
};

/** @throws LoadError with function and instruction */
export function verifyFunction(record: FunctionRecord, format: Format): FunctionFacts {
  const registers = checkDeclaration(record);
  return record.body.kind === "foreign"
    ? NOTHING
    : new Verifier(record.body.instructions, registers, format.version, record.name ?? "(unnamed)").run();
}

function checkDeclaration({ name, arity, extraRegs }: FunctionRecord): number {
  const most = FIXED_LIMITS.registers.value;
  if (arity + extraRegs > most) {
    const what = `${arity} arguments and ${extraRegs} registers are more than the ${most} allowed`;
    throw new LoadError(what, { functionName: name ?? "(unnamed)" });
  }
  return Math.max(BASE_REGISTERS, arity + extraRegs);
}

class Verifier {
  readonly #instructions: readonly Instruction[];
  readonly #declared: number;
  readonly #version: 1 | 2;
  readonly #functionName: string;
  #highest = -1;
  readonly #safePoints: Uint8Array;

  constructor(instructions: readonly Instruction[], declared: number, version: 1 | 2, functionName: string) {
    this.#instructions = instructions;
    this.#declared = declared;
    this.#version = version;
    this.#functionName = functionName;
    this.#safePoints = new Uint8Array(instructions.length + 1);
  }

  run(): FunctionFacts {
    this.#instructions.forEach((instruction, index) => {
      this.#checkCounts(instruction, index);
      this.#checkRegisters(instruction, index);
      this.#checkOffsets(instruction, index);
    });
    const usedRegisters = this.#highest + 1;
    return {
      registers: this.#version === 1 ? Math.max(this.#declared, usedRegisters) : this.#declared,
      usedRegisters,
      safePoints: this.#safePoints,
      openTry: this.#openTry(),
      collects: this.#collects(),
    };
  }

  /** Collecting is part of the call, so nothing may lead there again. */
  #collects(): number {
    this.#instructions.forEach(({ op }, index) => {
      if (op === "COLLECT" && index > 0) throw this.#refuse("COLLECT stands behind other instructions", index);
    });
    const first = this.#instructions[0];
    if (first?.op !== "COLLECT") return NO_REGISTER;
    if (this.#safePoints[0] === 1) throw this.#refuse("a jump leads back to COLLECT", 0);
    return first.operands[0];
  }

  #refuse(what: string, instruction: number): LoadError {
    return new LoadError(what, { functionName: this.#functionName, instruction });
  }

  #checkCounts(instruction: Instruction, index: number): void {
    const isCall = rowOf(instruction.op).safePoint === "call" || instruction.op === "SPAWN";
    rowOf(instruction.op).operands.forEach(({ name, kind }, i) => {
      const operand = (instruction.operands as readonly Operand[])[i];
      if (!Array.isArray(operand) || kind === "value") return;
      const limit = isCall && kind === "registers" ? FIXED_LIMITS.arguments : FIXED_LIMITS.operands;
      if (operand.length > limit.value) {
        throw this.#refuse(`${operand.length} ${name} are more than the ${limit.value} allowed`, index);
      }
    });
  }

  #checkRegisters(instruction: Instruction, index: number): void {
    const most = this.#version === 1 ? FIXED_LIMITS.registers.value : this.#declared;
    const check = (register: number): void => {
      if (register >= most) {
        const why = this.#version === 1 ? `only ${most} are allowed` : `the function has ${most}`;
        throw this.#refuse(`${instruction.op} names register ${register}, but ${why}`, index);
      }
      if (register > this.#highest) this.#highest = register;
    };
    walkRegisters(instruction, { read: check, write: check });
  }

  #checkOffsets(instruction: Instruction, index: number): void {
    const end = this.#instructions.length;
    walkOffsets(instruction, (offset) => {
      const target = index + offset;
      if (target < 0 || target > end) {
        throw this.#refuse(`${instruction.op} leads to instruction ${target}, outside 0 to ${end}`, index);
      }
      if (offset <= 0) this.#safePoints[target] = 1;
    });
  }

  /** Follows control from the beginning; each instruction gets one stack of open TRYs, by its innermost. */
  #openTry(): Int32Array {
    const end = this.#instructions.length;
    const openTry = new Int32Array(end + 1).fill(UNREACHABLE);
    const open: number[] = [];
    const reach = (target: number, innermost: number, from: number): void => {
      if (openTry[target] === UNREACHABLE) {
        openTry[target] = innermost;
        open.push(target);
      } else if (openTry[target] !== innermost) {
        const [here, there] = [openTry[target], innermost].map((t) => (t === NO_TRY ? "none" : `that of ${t}`));
        throw this.#refuse(`leads to instruction ${target} with another open TRY: ${there}, not ${here}`, from);
      }
    };
    if (end >= 0) reach(0, NO_TRY, 0);
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (index === end) continue;
      const instruction = this.#instructions[index];
      const before = openTry[index];
      let after = before;
      if (instruction.op === "TRY") {
        after = index;
      } else if (instruction.op === "END_TRY") {
        if (before === NO_TRY) throw this.#refuse("END_TRY without an open TRY", index);
        after = openTry[before];
      }
      // A handler runs with what was open around its TRY, which is also what jumps take along.
      walkOffsets(instruction, (offset) => reach(index + offset, before, index));
      if (fallsThrough(instruction)) reach(index + 1, after, index);
    }
    return openTry;
  }
}
