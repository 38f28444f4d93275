import type { ComputeCase } from "./case.ts";

/** The largest singular value of an infinite matrix, cut off at the size. */
export const spectralNorm: ComputeCase = {
  name: "spectral norm",
  dominatedBy: "calls",
  sizes: { test: 3, quick: 60, full: 250 },
  source: `
.function main arity=1 regs=14
  ARRAY_INIT r1, []
  ARRAY_INIT r2, []
  ARRAY_INIT r3, []
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
  LOAD_CONST r6, 0
fill:
  SET_PROP r1, r4, r5
  SET_PROP r2, r4, r6
  SET_PROP r3, r4, r6
  ADD r4, r4, r5
  LESS_THAN r7, r4, r0
  JUMP_IF_TRUE r7, fill
  LOAD_CONST r8, :"__function_ref:multiply_both"
  LOAD_CONST r4, 0
  LOAD_CONST r9, 10
again:
  CALL r10, r8, [r0, r1, r2, r3]
  CALL r10, r8, [r0, r2, r1, r3]
  ADD r4, r4, r5
  LESS_THAN r7, r4, r9
  JUMP_IF_TRUE r7, again
  LOAD_CONST r10, 0
  LOAD_CONST r11, 0
  LOAD_CONST r4, 0
products:
  LESS_THAN r7, r4, r0
  JUMP_IF_FALSE r7, done
  GET_PROP r12, r1, r4
  GET_PROP r13, r2, r4
  MUL r14, r12, r13
  ADD r10, r10, r14
  MUL r14, r13, r13
  ADD r11, r11, r14
  ADD r4, r4, r5
  JUMP products
done:
  DIV r10, r10, r11
  LOAD_CONST r12, :"__stdlib:Sqrt"
  CALL r10, r12, [r10]
  RETURN r10
.end

; element(i, j) of the matrix
.function element arity=2 regs=4
  ADD r2, r0, r1
  LOAD_CONST r3, 1
  ADD r4, r2, r3
  MUL r2, r2, r4
  LOAD_CONST r4, 2
  DIV r2, r2, r4
  ADD r2, r2, r0
  ADD r2, r2, r3
  DIV r2, r3, r2
  RETURN r2
.end

; multiply(n, vector, product)
.function multiply arity=3 regs=8
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, :"__function_ref:element"
rows:
  LESS_THAN r6, r3, r0
  JUMP_IF_FALSE r6, done
  LOAD_CONST r7, 0
  LOAD_CONST r8, 0
columns:
  LESS_THAN r6, r8, r0
  JUMP_IF_FALSE r6, next
  CALL r9, r5, [r3, r8]
  GET_PROP r10, r1, r8
  MUL r9, r9, r10
  ADD r7, r7, r9
  ADD r8, r8, r4
  JUMP columns
next:
  SET_PROP r2, r3, r7
  ADD r3, r3, r4
  JUMP rows
done:
  RETURN r2
.end

; multiply_transposed(n, vector, product)
.function multiply_transposed arity=3 regs=8
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, :"__function_ref:element"
rows:
  LESS_THAN r6, r3, r0
  JUMP_IF_FALSE r6, done
  LOAD_CONST r7, 0
  LOAD_CONST r8, 0
columns:
  LESS_THAN r6, r8, r0
  JUMP_IF_FALSE r6, next
  CALL r9, r5, [r8, r3]
  GET_PROP r10, r1, r8
  MUL r9, r9, r10
  ADD r7, r7, r9
  ADD r8, r8, r4
  JUMP columns
next:
  SET_PROP r2, r3, r7
  ADD r3, r3, r4
  JUMP rows
done:
  RETURN r2
.end

; multiply_both(n, vector, product, between)
.function multiply_both arity=4 regs=2
  LOAD_CONST r4, :"__function_ref:multiply"
  CALL r5, r4, [r0, r1, r3]
  LOAD_CONST r4, :"__function_ref:multiply_transposed"
  CALL r5, r4, [r0, r3, r2]
  RETURN r5
.end`,
  plain: () => {
    const element = (i: number, j: number): number => 1 / (((i + j) * (i + j + 1)) / 2 + i + 1);
    const multiply = (n: number, vector: readonly number[], product: number[]): void => {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += element(i, j) * vector[j];
        product[i] = sum;
      }
    };
    const multiplyTransposed = (n: number, vector: readonly number[], product: number[]): void => {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += element(j, i) * vector[j];
        product[i] = sum;
      }
    };
    const multiplyBoth = (n: number, vector: readonly number[], product: number[], between: number[]): void => {
      multiply(n, vector, between);
      multiplyTransposed(n, between, product);
    };
    return (size) => {
      const u: number[] = [];
      const v: number[] = [];
      const between: number[] = [];
      for (let i = 0; i < size; i++) {
        u.push(1);
        v.push(0);
        between.push(0);
      }
      for (let i = 0; i < 10; i++) {
        multiplyBoth(size, u, v, between);
        multiplyBoth(size, v, u, between);
      }
      let uv = 0;
      let vv = 0;
      for (let i = 0; i < size; i++) {
        uv += u[i] * v[i];
        vv += v[i] * v[i];
      }
      return Math.sqrt(uv / vv);
    };
  },
};
