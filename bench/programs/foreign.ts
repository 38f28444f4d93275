/** Programs of the ffi suite. */

/** A loop that calls one function of the standard library, and the JavaScript that does the same. */
export interface LibraryCase {
  /** Of the function. */
  readonly name: string;
  readonly source: string;
  readonly plain: (calls: number) => number;
}

/** `main` counts `r2` up to `r0`, which is the number of calls; what it adds up in `r4` is the result. */
function loop(before: string, call: string): string {
  return `
.function main arity=1 regs=16
  LOAD_CONST r2, 0
  LOAD_CONST r3, 1
  LOAD_CONST r4, 0
${before}
again:
${call}
  ADD r2, r2, r3
  LESS_THAN r5, r2, r0
  JUMP_IF_TRUE r5, again
  RETURN r4
.end`;
}

/** Two registers change places in each round, so that nothing is known beforehand of what is in them. */
const SWAP = `
  MOVE r12, r10
  MOVE r10, r11
  MOVE r11, r12`;
const TWO_TEXTS = `
  LOAD_CONST r10, "message in a bottle"
  LOAD_CONST r11, "a longer text of a few words"`;

/** The same for the plain ones. */
const TEXTS = ["message in a bottle", "a longer text of a few words"];

export const LIBRARY_CASES: readonly LibraryCase[] = [
  {
    name: "Sqrt",
    source: loop(`  LOAD_CONST r1, :"__stdlib:Sqrt"`, `  CALL r5, r1, [r2]\n  ADD r4, r4, r5`),
    plain: (calls) => {
      let sum = 0;
      for (let i = 0; i < calls; i++) sum += Math.sqrt(i);
      return sum;
    },
  },
  {
    name: "Floor",
    source: loop(
      `  LOAD_CONST r1, :"__stdlib:Floor"\n  LOAD_CONST r6, 0.3`,
      `  MUL r5, r2, r6\n  CALL r5, r1, [r5]\n  ADD r4, r4, r5`,
    ),
    plain: (calls) => {
      let sum = 0;
      for (let i = 0; i < calls; i++) sum += Math.floor(i * 0.3);
      return sum;
    },
  },
  {
    name: "Atan2",
    source: loop(`  LOAD_CONST r1, :"__stdlib:Atan2"`, `  CALL r5, r1, [r4, r2]\n  ADD r4, r4, r5`),
    plain: (calls) => {
      let sum = 0;
      for (let i = 0; i < calls; i++) sum += Math.atan2(sum, i);
      return sum;
    },
  },
  {
    name: "StrLength",
    source: loop(
      `${TWO_TEXTS}\n  LOAD_CONST r1, :"__stdlib:StrLength"`,
      `${SWAP}\n  CALL r5, r1, [r10]\n  ADD r4, r4, r5`,
    ),
    plain: (calls) => {
      let [a, b] = TEXTS;
      let sum = 0;
      for (let i = 0; i < calls; i++) {
        [a, b] = [b, a];
        sum += a.length;
      }
      return sum;
    },
  },
  {
    name: "StrSlice",
    source: loop(
      `${TWO_TEXTS}\n  LOAD_CONST r1, :"__stdlib:StrSlice"\n  LOAD_CONST r8, 2\n  LOAD_CONST r9, -4
  LOAD_CONST r7, :"__stdlib:StrLength"`,
      `${SWAP}\n  CALL r5, r1, [r10, r8, r9]\n  CALL r5, r7, [r5]\n  ADD r4, r4, r5`,
    ),
    plain: (calls) => {
      let [a, b] = TEXTS;
      let sum = 0;
      for (let i = 0; i < calls; i++) {
        [a, b] = [b, a];
        sum += a.slice(2, -4).length;
      }
      return sum;
    },
  },
  {
    name: "StrStartsWith",
    source: loop(
      `${TWO_TEXTS}\n  LOAD_CONST r1, :"__stdlib:StrStartsWith"\n  LOAD_CONST r8, "mess"`,
      `${SWAP}\n  CALL r5, r1, [r10, r8]\n  JUMP_IF_FALSE r5, next\n  ADD r4, r4, r3\nnext:`,
    ),
    plain: (calls) => {
      let [a, b] = TEXTS;
      let count = 0;
      for (let i = 0; i < calls; i++) {
        [a, b] = [b, a];
        if (a.startsWith("mess")) count++;
      }
      return count;
    },
  },
  {
    name: "StrIndexOf",
    source: loop(
      `${TWO_TEXTS}\n  LOAD_CONST r1, :"__stdlib:StrIndexOf"\n  LOAD_CONST r8, "ss"\n  LOAD_CONST r9, 0`,
      `${SWAP}\n  CALL r5, r1, [r10, r8, r9]\n  ADD r4, r4, r5`,
    ),
    plain: (calls) => {
      let [a, b] = TEXTS;
      let sum = 0;
      for (let i = 0; i < calls; i++) {
        [a, b] = [b, a];
        sum += a.indexOf("ss", 0);
      }
      return sum;
    },
  },
  {
    name: "ArrayLength",
    source: loop(
      `  LOAD_CONST r1, :"__stdlib:ArrayLength"\n  ARRAY_INIT r10, [r2, r3]\n  ARRAY_INIT r11, [r2]`,
      `${SWAP}\n  CALL r5, r1, [r10]\n  ADD r4, r4, r5`,
    ),
    plain: (calls) => {
      let [a, b] = [[0, 1], [0]];
      let sum = 0;
      for (let i = 0; i < calls; i++) {
        [a, b] = [b, a];
        sum += a.length;
      }
      return sum;
    },
  },
  {
    name: "ArrayPush",
    source: loop(
      `  LOAD_CONST r1, :"__stdlib:ArrayPush"\n  ARRAY_INIT r6, []\n  LOAD_CONST r7, 1000`,
      `  CALL r5, r1, [r6, r2]\n  LESS_THAN r5, r5, r7\n  JUMP_IF_TRUE r5, next\n  ARRAY_INIT r6, []\n  ADD r4, r4, r3\nnext:`,
    ),
    plain: (calls) => {
      let full = 0;
      let array: number[] = [];
      for (let i = 0; i < calls; i++) {
        if (array.push(i) >= 1000) {
          array = [];
          full++;
        }
      }
      return full;
    },
  },
  {
    name: "ArrayPop",
    source: loop(
      `  LOAD_CONST r1, :"__stdlib:ArrayPop"\n  LOAD_CONST r8, :"__stdlib:ArrayPush"\n  ARRAY_INIT r6, []`,
      `  CALL r5, r8, [r6, r2]\n  CALL r5, r1, [r6]\n  ADD r4, r4, r5`,
    ),
    plain: (calls) => {
      const array: number[] = [];
      let sum = 0;
      for (let i = 0; i < calls; i++) {
        array.push(i);
        sum += array.pop()!;
      }
      return sum;
    },
  },
];

/** `main` calls a function that adds so many times, and gives how many. */
export function adding(name: string): string {
  return loop(`  LOAD_CONST r1, :"__stdlib:${name}"`, `  CALL r4, r1, [r4, r3]`);
}

/** `main` calls a function of an array so many times, and gives what it gave last. */
export function onArray(name: string): string {
  return `
.function main arity=2 regs=7
  LOAD_CONST r2, 0
  LOAD_CONST r3, 1
  LOAD_CONST r4, :"__stdlib:${name}"
again:
  CALL r5, r4, [r1]
  ADD r2, r2, r3
  LESS_THAN r6, r2, r0
  JUMP_IF_TRUE r6, again
  RETURN r5
.end`;
}

/**
 * `trips`: so many calls, one after the other, with a note of the time before and after each. `crowd`: so many processes,
 * each of which makes so many calls. `beside`: a ping-pong of so many round trips, while a call sleeps for so many
 * milliseconds, or alone where that is 0; a note of the time before and after.
 */
export const PYTHON_PROGRAM = `
.function main arity=0 regs=1
  RETURN r0
.end
.function trips arity=1 regs=8
  LOAD_CONST r1, :"__stdlib:bench.add"
  LOAD_CONST r2, :"__stdlib:Note"
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
again:
  CALL r5, r2, []
  CALL r3, r1, [r3, r4]
  CALL r5, r2, []
  LESS_THAN r6, r3, r0
  JUMP_IF_TRUE r6, again
  RETURN r3
.end
.function crowd arity=2 regs=10
  LOAD_CONST r2, function:caller
  LOAD_CONST r3, :self
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
start:
  SPAWN r6, r2, [r3, r1]
  ADD r4, r4, r5
  LESS_THAN r7, r4, r0
  JUMP_IF_TRUE r7, start
  LOAD_CONST r4, 0
  LOAD_CONST r8, 0
collect:
  RECEIVE r6
  ADD r8, r8, r6
  ADD r4, r4, r5
  LESS_THAN r7, r4, r0
  JUMP_IF_TRUE r7, collect
  RETURN r8
.end
.function caller arity=2 regs=7
  LOAD_CONST r2, :"__stdlib:bench.add"
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
again:
  CALL r3, r2, [r3, r4]
  LESS_THAN r5, r3, r1
  JUMP_IF_TRUE r5, again
  SEND r0, r3
  RETURN r3
.end
.function array arity=1 regs=4
  LOAD_CONST r1, :"__stdlib:bench.same"
  CALL r2, r1, [r0]
  LOAD_CONST r1, :"__stdlib:FloatsLength"
  CALL r2, r1, [r2]
  RETURN r2
.end
.function beside arity=2 regs=10
  LOAD_CONST r2, :self
  JUMP_IF_FALSE r1, started
  LOAD_CONST r3, function:sleeper
  SPAWN r4, r3, [r2, r1]
started:
  LOAD_CONST r3, function:pong
  SPAWN r3, r3, []
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
  LOAD_CONST r6, :"__stdlib:Note"
  CALL r7, r6, []
again:
  SEND r3, r2
  RECEIVE r7
  ADD r4, r4, r5
  LESS_THAN r8, r4, r0
  JUMP_IF_TRUE r8, again
  CALL r7, r6, []
  LOAD_CONST r7, :stop
  SEND r3, r7
  JUMP_IF_FALSE r1, done
  RECEIVE r7
done:
  RETURN r4
.end
.function pong arity=0 regs=1
again:
  RECEIVE r0
  MATCH r0, [(:stop, stop)]
  SEND r0, r0
  JUMP again
stop:
  RETURN r0
.end
.function sleeper arity=2 regs=4
  LOAD_CONST r2, :"__stdlib:bench.sleep"
  CALL r3, r2, [r1]
  SEND r0, r3
  RETURN r3
.end`;

export const PYTHON_LIBRARY = `
import time
from ionvm import function

@function
def add(a: float, b: float) -> float:
    return a + b

@function
def same(value):
    return value

@function
def sleep(milliseconds: float):
    time.sleep(milliseconds / 1000)
`;
