/**
 * Constants of functions with handlers, which can be entered from everywhere: registers that are written once, by a
 * constant, wherever control has surely come by there. Compilers load what a loop needs in front of it in just this way.
 */
import { registersOf, targetsOf } from "../src/bytecode/flow.ts";
import type { InstructionOf } from "../src/bytecode/instructions.ts";
import { specialAtom } from "../src/bytecode/special.ts";
import type { Code } from "../src/runtime/code.ts";
import { Atom } from "../src/values/atom.ts";
import type { Value } from "../src/values/value.ts";
import { isShared } from "./facts.ts";

export class SettledConstants {
  /** By register: the constant, and by instruction whether control may come there without it. */
  readonly #settled = new Map<number, { readonly value: Value; readonly mayLack: Uint8Array }>();

  constructor(code: Code) {
    for (const [register, at] of writtenOnce(code)) {
      const instruction = code.instructions[at];
      if (instruction.op !== "LOAD_CONST") continue;
      const value = instruction.operands[1];
      const isOfVm = value instanceof Atom && specialAtom(value.name)?.kind === "vm";
      if (isOfVm || !isShared(value)) continue;
      this.#settled.set(register, { value, mayLack: reachedWithout(code, at) });
    }
  }

  /** Registers that hold the same value whenever control comes to an instruction. */
  at(instruction: number): ReadonlyMap<number, Value> {
    const found = new Map<number, Value>();
    for (const [register, { value, mayLack }] of this.#settled) {
      if (mayLack[instruction] === 0) found.set(register, value);
    }
    return found;
  }
}

/** By register that one instruction writes: that instruction. */
function writtenOnce({ instructions }: Code): Map<number, number> {
  const once = new Map<number, number>();
  const more = new Set<number>();
  instructions.forEach((instruction, at) => {
    for (const register of registersOf(instruction).writes) {
      if (once.has(register)) more.add(register);
      else once.set(register, at);
    }
  });
  for (const register of more) once.delete(register);
  return once;
}

/** Where control may come before an instruction is complete. */
function reachedWithout({ instructions, facts: { openTry } }: Code, without: number): Uint8Array {
  const reached = new Uint8Array(instructions.length + 1);
  const open = [0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached[at] === 1) continue;
    reached[at] = 1;
    if (at === instructions.length) continue;
    const innermost = openTry[at];
    if (innermost >= 0) open.push(innermost + (instructions[innermost] as InstructionOf<"TRY">).operands[1]);
    if (at !== without) open.push(...targetsOf(instructions[at], at));
  }
  return reached;
}
