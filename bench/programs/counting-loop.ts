import type { ComputeCase } from "./case.ts";

export const countingLoop: ComputeCase = {
  name: "counting loop",
  dominatedBy: "loops",
  sizes: { test: 100, quick: 3_000_000, full: 100_000_000 },
  source: `
.function main arity=1 regs=4
  LOAD_CONST r1, 0
  LOAD_CONST r2, 0
  LOAD_CONST r3, 1
loop:
  LESS_THAN r4, r1, r0
  JUMP_IF_FALSE r4, done
  ADD r2, r2, r1
  ADD r1, r1, r3
  JUMP loop
done:
  RETURN r2
.end`,
  plain: () => (size) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += i;
    return sum;
  },
};
