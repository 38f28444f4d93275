import type { ComputeCase } from "./case.ts";

/** Puts lines together from words, and counts them, their units, and those that read like one. */
export const stringBuilding: ComputeCase = {
  name: "string building",
  dominatedBy: "data",
  sizes: { test: 100, quick: 100_000, full: 1_000_000 },
  source: `
.function main arity=1 regs=17
  LOAD_CONST r1, "alpha"
  LOAD_CONST r2, "be"
  LOAD_CONST r3, "gamma delta"
  LOAD_CONST r4, "x"
  LOAD_CONST r5, "epsilon"
  ARRAY_INIT r1, [r1, r2, r3, r4, r5]
  LOAD_CONST r2, ""
  LOAD_CONST r3, ", "
  LOAD_CONST r4, "epsilon, alpha, be, gamma delta, x, epsilon, "
  LOAD_CONST r5, 0
  LOAD_CONST r6, 0
  LOAD_CONST r7, 1
  LOAD_CONST r8, 5
  LOAD_CONST r9, 40
  LOAD_CONST r10, :"__stdlib:StrLength"
  LOAD_CONST r11, 0
  LOAD_CONST r15, 0
loop:
  LESS_THAN r12, r5, r0
  JUMP_IF_FALSE r12, done
  MOD r13, r5, r8
  GET_PROP r13, r1, r13
  ADD r13, r13, r3
  ADD r2, r2, r13
  CALL r14, r10, [r2]
  GREATER_THAN r12, r14, r9
  JUMP_IF_FALSE r12, next
  ADD r6, r6, r14
  ADD r11, r11, r7
  EQUAL r12, r2, r4
  JUMP_IF_FALSE r12, other
  ADD r15, r15, r7
other:
  LOAD_CONST r2, ""
next:
  ADD r5, r5, r7
  JUMP loop
done:
  LOAD_CONST r12, 1000
  MUL r6, r6, r12
  ADD r6, r6, r11
  MUL r6, r6, r12
  ADD r6, r6, r15
  RETURN r6
.end`,
  plain: () => (size) => {
    const words = ["alpha", "be", "gamma delta", "x", "epsilon"];
    let line = "";
    let units = 0;
    let lines = 0;
    let alike = 0;
    for (let i = 0; i < size; i++) {
      line += `${words[i % 5]}, `;
      if (line.length > 40) {
        units += line.length;
        lines++;
        if (line === "epsilon, alpha, be, gamma delta, x, epsilon, ") alike++;
        line = "";
      }
    }
    return (units * 1000 + lines) * 1000 + alike;
  },
};
