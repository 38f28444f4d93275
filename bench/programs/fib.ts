import type { ComputeCase } from "./case.ts";

export const fib: ComputeCase = {
  name: "fib",
  dominatedBy: "calls",
  sizes: { test: 8, quick: 25, full: 30 },
  source: `
.function main arity=1 regs=4
  LOAD_CONST r1, 2
  LESS_THAN r2, r0, r1
  JUMP_IF_FALSE r2, recurse
  RETURN r0
recurse:
  LOAD_CONST r1, :"__function_ref:main"
  LOAD_CONST r2, 1
  SUB r3, r0, r2
  CALL r3, r1, [r3]
  LOAD_CONST r2, 2
  SUB r4, r0, r2
  CALL r4, r1, [r4]
  ADD r3, r3, r4
  RETURN r3
.end`,
  plain: () => {
    const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));
    return fib;
  },
};
