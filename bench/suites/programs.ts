/** The programs of the compute suite: assembly, and the natural JavaScript that does the same. */

export interface ComputeCase {
  readonly name: string;
  /** What most of the time goes into, which decides the limit. */
  readonly dominatedBy: "loops" | "calls" | "data";
  readonly sizes: { readonly test: number; readonly quick: number; readonly full: number };
  /** `main` takes the size and gives the result. */
  readonly source: string;
  /** Must stand alone: its text also runs in another process. */
  readonly plain: (size: number) => number;
}

export const CASES: readonly ComputeCase[] = [
  {
    name: "counting loop",
    dominatedBy: "loops",
    sizes: { test: 100, quick: 300_000, full: 1_000_000 },
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
    plain: (size) => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += i;
      return sum;
    },
  },
  {
    name: "nested loops",
    dominatedBy: "loops",
    sizes: { test: 10, quick: 400, full: 800 },
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
    plain: (size) => {
      let sum = 0;
      for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) sum += (i * j) % 7;
      return sum;
    },
  },
  {
    name: "fib",
    dominatedBy: "calls",
    sizes: { test: 8, quick: 20, full: 25 },
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
  SUB r4, r0, r2
  SUB r4, r4, r2
  CALL r4, r1, [r4]
  ADD r3, r3, r4
  RETURN r3
.end`,
    plain: (size) => {
      const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));
      return fib(size);
    },
  },
  {
    name: "mandelbrot",
    dominatedBy: "loops",
    sizes: { test: 4, quick: 60, full: 100 },
    source: `
.function main arity=1 regs=16
  LOAD_CONST r1, 0
  LOAD_CONST r2, 0
  LOAD_CONST r10, 1
  LOAD_CONST r11, 2
  LOAD_CONST r12, 4
  LOAD_CONST r13, 50
rows:
  LESS_THAN r14, r2, r0
  JUMP_IF_FALSE r14, done
  LOAD_CONST r3, 0
columns:
  LESS_THAN r14, r3, r0
  JUMP_IF_FALSE r14, next
  MUL r4, r3, r11
  DIV r4, r4, r0
  LOAD_CONST r15, 1.5
  SUB r4, r4, r15
  MUL r5, r2, r11
  DIV r5, r5, r0
  SUB r5, r5, r10
  LOAD_CONST r6, 0
  LOAD_CONST r7, 0
  LOAD_CONST r8, 0
iterate:
  MUL r14, r6, r6
  MUL r15, r7, r7
  ADD r16, r14, r15
  GREATER_THAN r9, r16, r12
  JUMP_IF_TRUE r9, escaped
  SUB r14, r14, r15
  ADD r14, r14, r4
  MUL r7, r6, r7
  MUL r7, r7, r11
  ADD r7, r7, r5
  MOVE r6, r14
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
    plain: (size) => {
      let sum = 0;
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          const cr = (x * 2) / size - 1.5;
          const ci = (y * 2) / size - 1;
          let zr = 0;
          let zi = 0;
          let n = 0;
          do {
            const rr = zr * zr;
            const ii = zi * zi;
            if (rr + ii > 4) break;
            const next = rr - ii + cr;
            zi = zr * zi * 2 + ci;
            zr = next;
            n++;
          } while (n < 50);
          sum += n;
        }
      }
      return sum;
    },
  },
  {
    name: "sieve",
    dominatedBy: "loops",
    sizes: { test: 50, quick: 50_000, full: 200_000 },
    source: `
.function main arity=1 regs=9
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
    plain: (size) => {
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
  },
  {
    name: "queens",
    dominatedBy: "calls",
    sizes: { test: 4, quick: 7, full: 8 },
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
    plain: (size) => {
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
      return place((1 << size) - 1, 0, 0, 0);
    },
  },
  {
    name: "string building",
    dominatedBy: "data",
    sizes: { test: 10, quick: 5_000, full: 20_000 },
    source: `
.function main arity=1 regs=6
  LOAD_CONST r1, ""
  LOAD_CONST r2, 0
  LOAD_CONST r3, 1
  LOAD_CONST r4, "ab"
loop:
  ADD r1, r1, r4
  ADD r2, r2, r3
  LESS_THAN r5, r2, r0
  JUMP_IF_TRUE r5, loop
  LOAD_CONST r5, :"__stdlib:StrLength"
  CALL r6, r5, [r1]
  RETURN r6
.end`,
    plain: (size) => {
      let text = "";
      for (let i = 0; i < size; i++) text += "ab";
      return text.length;
    },
  },
  {
    name: "methods",
    dominatedBy: "calls",
    sizes: { test: 10, quick: 50_000, full: 200_000 },
    source: `
.function main arity=1 regs=6
  LOAD_CONST r1, :"__function_ref:increment"
  LOAD_CONST r2, 0
  OBJECT_INIT r3, {count: r2, increment: r1}
  LOAD_CONST r4, 1
loop:
  CALL_METHOD r5, r3, increment, [r4]
  ADD r2, r2, r4
  LESS_THAN r6, r2, r0
  JUMP_IF_TRUE r6, loop
  RETURN r5
.end
.function increment arity=1 regs=3
  LOAD_CONST r1, :"__vm:this"
  LOAD_CONST r2, :count
  GET_PROP r3, r1, r2
  ADD r3, r3, r0
  SET_PROP r1, r2, r3
  RETURN r3
.end`,
    plain: (size) => {
      class Counter {
        count = 0;
        increment(by: number): number {
          this.count += by;
          return this.count;
        }
      }
      const counter = new Counter();
      let last = 0;
      for (let i = 0; i < size; i++) last = counter.increment(1);
      return last;
    },
  },
  {
    name: "closures",
    dominatedBy: "calls",
    sizes: { test: 10, quick: 50_000, full: 200_000 },
    source: `
.function main arity=1 regs=7
  LOAD_CONST r1, :"__function_ref:add"
  LOAD_CONST r2, 3
  MAKE_CLOSURE r3, r1, "", [n:r2]
  LOAD_CONST r4, 0
  LOAD_CONST r5, 0
  LOAD_CONST r6, 1
loop:
  CALL r4, r3, [r4]
  ADD r5, r5, r6
  LESS_THAN r7, r5, r0
  JUMP_IF_TRUE r7, loop
  RETURN r4
.end
.function add arity=1 regs=2
  ADD r2, r0, r1
  RETURN r2
.end`,
    plain: (size) => {
      const make = (n: number) => (x: number) => n + x;
      const add = make(3);
      let sum = 0;
      for (let i = 0; i < size; i++) sum = add(sum);
      return sum;
    },
  },
  {
    name: "matching",
    dominatedBy: "data",
    sizes: { test: 10, quick: 50_000, full: 200_000 },
    source: `
.function main arity=1 regs=9
  LOAD_CONST r1, 0
  LOAD_CONST r2, 0
  LOAD_CONST r3, 1
  LOAD_CONST r4, :add
loop:
  TUPLE_INIT r5, [r4, r1, r3]
  MATCH r5, [((:sub, @r6, @r7), subtract), ((:add, @r6, @r7), add)]
  RETURN r5
subtract:
  SUB r2, r6, r7
  JUMP next
add:
  ADD r2, r6, r7
next:
  ADD r1, r1, r3
  LESS_THAN r8, r1, r0
  JUMP_IF_TRUE r8, loop
  RETURN r2
.end`,
    plain: (size) => {
      let result = 0;
      for (let i = 0; i < size; i++) {
        const message: [string, number, number] = ["add", i, 1];
        const [kind, a, b] = message;
        if (kind === "sub") result = a - b;
        else if (kind === "add") result = a + b;
      }
      return result;
    },
  },
];
