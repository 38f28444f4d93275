import type { ComputeCase } from "./case.ts";

/** In how many ways queens stand on a board of this size without a threat. */
export const queens: ComputeCase = {
  name: "queens",
  dominatedBy: "calls",
  sizes: { test: 4, quick: 9, full: 11 },
  source: `
.function main arity=1 regs=6
  LOAD_CONST r1, 1
  SHL r2, r1, r0
  SUB r2, r2, r1
  LOAD_CONST r3, 0
  LOAD_CONST r4, :"__function_ref:place"
  CALL r5, r4, [r2, r3, r3, r3]
  RETURN r5
.end
; place(all, columns, left, right): how many ways to put queens into the rows that are left
.function place arity=4 regs=10
  EQUAL r4, r1, r0
  JUMP_IF_FALSE r4, try
  LOAD_CONST r4, 1
  RETURN r4
try:
  BIT_OR r4, r1, r2
  BIT_OR r4, r4, r3
  BIT_XOR r5, r4, r0
  BIT_AND r5, r5, r0
  LOAD_CONST r6, 0
  LOAD_CONST r7, 1
  LOAD_CONST r13, :"__function_ref:place"
each:
  JUMP_IF_FALSE r5, done
  NEG r8, r5
  BIT_AND r8, r5, r8
  BIT_XOR r5, r5, r8
  BIT_OR r9, r1, r8
  BIT_OR r10, r2, r8
  SHL r10, r10, r7
  BIT_OR r11, r3, r8
  SHR r11, r11, r7
  CALL r12, r13, [r0, r9, r10, r11]
  ADD r6, r6, r12
  JUMP each
done:
  RETURN r6
.end`,
  plain: () => {
    const place = (all: number, columns: number, left: number, right: number): number => {
      if (columns === all) return 1;
      let free = all & ~(columns | left | right);
      let ways = 0;
      while (free !== 0) {
        const bit = free & -free;
        free ^= bit;
        ways += place(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
      }
      return ways;
    };
    return (size) => place((1 << size) - 1, 0, 0, 0);
  },
};
