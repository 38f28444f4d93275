import type { ComputeCase } from "./case.ts";

/** How many primes there are up to the size. */
export const sieve: ComputeCase = {
  name: "sieve",
  dominatedBy: "loops",
  sizes: { test: 50, quick: 100_000, full: 1_000_000 },
  source: `
.function main arity=1 regs=8
  ARRAY_INIT r1, []
  LOAD_CONST r2, 0
  LOAD_CONST r3, 1
  LOAD_CONST r4, true
  LOAD_CONST r5, false
fill:
  SET_PROP r1, r2, r4
  ADD r2, r2, r3
  LESS_EQUAL r6, r2, r0
  JUMP_IF_TRUE r6, fill
  LOAD_CONST r2, 2
  LOAD_CONST r7, 0
numbers:
  LESS_EQUAL r6, r2, r0
  JUMP_IF_FALSE r6, done
  GET_PROP r6, r1, r2
  JUMP_IF_FALSE r6, next
  ADD r7, r7, r3
  ADD r8, r2, r2
strike:
  LESS_EQUAL r6, r8, r0
  JUMP_IF_FALSE r6, next
  SET_PROP r1, r8, r5
  ADD r8, r8, r2
  JUMP strike
next:
  ADD r2, r2, r3
  JUMP numbers
done:
  RETURN r7
.end`,
  plain: () => (size) => {
    const prime: boolean[] = [];
    for (let i = 0; i <= size; i++) prime.push(true);
    let count = 0;
    for (let i = 2; i <= size; i++) {
      if (!prime[i]) continue;
      count++;
      for (let j = i + i; j <= size; j += i) prime[j] = false;
    }
    return count;
  },
};
