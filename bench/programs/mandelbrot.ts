import type { ComputeCase } from "./case.ts";

/** The iterations of all points of a square picture, together. */
export const mandelbrot: ComputeCase = {
  name: "mandelbrot",
  dominatedBy: "loops",
  sizes: { test: 4, quick: 100, full: 400 },
  source: `
.function main arity=1 regs=18
  LOAD_CONST r1, 0
  LOAD_CONST r2, 0
  LOAD_CONST r10, 1
  LOAD_CONST r11, 2
  LOAD_CONST r12, 4
  LOAD_CONST r13, 50
  LOAD_CONST r17, 1.5
rows:
  LESS_THAN r9, r2, r0
  JUMP_IF_FALSE r9, done
  MUL r5, r2, r11
  DIV r5, r5, r0
  SUB r5, r5, r10
  LOAD_CONST r3, 0
columns:
  LESS_THAN r9, r3, r0
  JUMP_IF_FALSE r9, next
  MUL r4, r3, r11
  DIV r4, r4, r0
  SUB r4, r4, r17
  LOAD_CONST r6, 0
  LOAD_CONST r7, 0
  LOAD_CONST r8, 0
iterate:
  MUL r14, r6, r6
  MUL r15, r7, r7
  ADD r16, r14, r15
  GREATER_THAN r9, r16, r12
  JUMP_IF_TRUE r9, escaped
  MUL r7, r6, r7
  MUL r7, r7, r11
  ADD r7, r7, r5
  SUB r6, r14, r15
  ADD r6, r6, r4
  ADD r8, r8, r10
  LESS_THAN r9, r8, r13
  JUMP_IF_TRUE r9, iterate
escaped:
  ADD r1, r1, r8
  ADD r3, r3, r10
  JUMP columns
next:
  ADD r2, r2, r10
  JUMP rows
done:
  RETURN r1
.end`,
  plain: () => (size) => {
    let sum = 0;
    for (let y = 0; y < size; y++) {
      const ci = (y * 2) / size - 1;
      for (let x = 0; x < size; x++) {
        const cr = (x * 2) / size - 1.5;
        let zr = 0;
        let zi = 0;
        let n = 0;
        do {
          const rr = zr * zr;
          const ii = zi * zi;
          if (rr + ii > 4) break;
          zi = zr * zi * 2 + ci;
          zr = rr - ii + cr;
          n++;
        } while (n < 50);
        sum += n;
      }
    }
    return sum;
  },
};
