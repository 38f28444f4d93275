/**
 * Facts that flow backward: which registers are live before an instruction.
 *
 * A register is live if its value may still be read, by a later instruction or by the handler of an open
 * TRY: an error can come from any instruction in its reach, before that instruction has written anything.
 */

import { BitRows } from "./bits.ts";
import { clausesOf, registersOf, targetsOf } from "./flow.ts";
import type { Instruction, InstructionOf } from "./instructions.ts";
import { walkPattern } from "./pattern.ts";
import type { FunctionFacts } from "./verify.ts";

/** By instruction, one row more for the end. */
export function liveRegisters(code: Executed): BitRows {
  const { openTry } = code.facts;
  return registersBackward(code, {
    reads: (instruction, add) => {
      for (const register of registersOf(instruction).reads) add(register);
    },
    handler: (at) => openTry[at],
  });
}

/** A function as it is executed. */
export interface Executed {
  readonly instructions: readonly Instruction[];
  readonly facts: FunctionFacts;
}

export interface Flow {
  readonly reads: (instruction: Instruction, add: (register: number) => void, at: number) => void;
  /** The TRY whose handler may follow, or below 0. */
  readonly handler: (at: number) => number;
}

/** The registers that `reads` adds, flowing backward to where they are written. */
export function registersBackward(code: Executed, flow: Flow): BitRows {
  const { instructions } = code;
  const count = instructions.length;
  const columns = code.facts.usedRegisters;
  // Two rows more to work in.
  const live = new BitRows(count + 3, columns);
  const [work, side] = [count + 1, count + 2];
  const add = (register: number): void => live.add(work, register);
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = count - 1; at >= 0; at--) {
      const instruction = instructions[at];
      live.clear(work);
      const clauses = clausesOf(instruction);
      if (clauses !== null) {
        // A clause writes what it binds only where it leads.
        for (const { pattern, offset } of clauses) {
          live.take(side, live, at + offset);
          walkPattern(pattern, (part) => {
            if (part.kind === "bind") live.remove(side, part.register);
          });
          live.merge(work, side);
        }
        live.merge(work, at + 1);
        if (instruction.op === "RECEIVE_MATCH") live.remove(work, instruction.operands[0]);
      } else {
        for (const target of targetsOf(instruction, at)) live.merge(work, target);
        // A TRY writes its register only on the way to the handler.
        if (instruction.op !== "TRY") {
          for (const register of registersOf(instruction).writes) live.remove(work, register);
        }
      }
      flow.reads(instruction, add, at);
      const handler = flow.handler(at);
      if (handler >= 0) {
        const [register, offset] = (instructions[handler] as InstructionOf<"TRY">).operands;
        live.take(side, live, handler + offset);
        live.remove(side, register);
        live.merge(work, side);
      }
      if (live.take(at, live, work)) changed = true;
    }
  }
  return live;
}
