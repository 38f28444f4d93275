import type { ComputeCase } from "./case.ts";

export const nestedLoops: ComputeCase = {
  name: "nested loops",
  dominatedBy: "loops",
  sizes: { test: 10, quick: 800, full: 3000 },
  source: `
.function main arity=1 regs=7
  LOAD_CONST r1, 0
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, 7
outer:
  LESS_THAN r6, r1, r0
  JUMP_IF_FALSE r6, done
  LOAD_CONST r2, 0
inner:
  LESS_THAN r6, r2, r0
  JUMP_IF_FALSE r6, next
  MUL r7, r1, r2
  MOD r7, r7, r5
  ADD r3, r3, r7
  ADD r2, r2, r4
  JUMP inner
next:
  ADD r1, r1, r4
  JUMP outer
done:
  RETURN r3
.end`,
  plain: () => (size) => {
    let sum = 0;
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) sum += (i * j) % 7;
    return sum;
  },
};
