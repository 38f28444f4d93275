import type { ComputeCase } from "./case.ts";

/** A closure for each round, and a function that calls the function it gets. */
export const closures: ComputeCase = {
  name: "closures",
  dominatedBy: "calls",
  sizes: { test: 10, quick: 20_000, full: 200_000 },
  source: `
.function main arity=1 regs=10
  LOAD_CONST r1, :"__function_ref:adder"
  LOAD_CONST r2, :"__function_ref:repeat"
  LOAD_CONST r3, 0
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
  LOAD_CONST r6, 15
  LOAD_CONST r7, 10
  LOAD_CONST r8, 1000003
loop:
  LESS_THAN r9, r3, r0
  JUMP_IF_FALSE r9, done
  BIT_AND r10, r3, r6
  CALL r10, r1, [r10]
  CALL r4, r2, [r10, r7, r4]
  MOD r4, r4, r8
  ADD r3, r3, r5
  JUMP loop
done:
  RETURN r4
.end
.function adder arity=1 regs=1
  LOAD_CONST r1, :"__function_ref:add"
  MAKE_CLOSURE r1, r1, "", [n:r0]
  RETURN r1
.end
; add(x), with n captured
.function add arity=1 regs=2
  ADD r2, r0, r1
  RETURN r2
.end
; repeat(f, times, x)
.function repeat arity=3 regs=3
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
again:
  LESS_THAN r5, r3, r1
  JUMP_IF_FALSE r5, done
  CALL r2, r0, [r2]
  ADD r3, r3, r4
  JUMP again
done:
  RETURN r2
.end`,
  plain: () => {
    const adder = (n: number) => (x: number) => n + x;
    const repeat = (f: (x: number) => number, times: number, x: number): number => {
      let result = x;
      for (let i = 0; i < times; i++) result = f(result);
      return result;
    };
    return (size) => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum = repeat(adder(i & 15), 10, sum) % 1000003;
      return sum;
    };
  },
};
