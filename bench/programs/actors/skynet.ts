import type { ActorCase } from "./case.ts";

const CHILDREN = 10;

/** All processes of a tree with so many leaves, a power of ten. */
function processes(leaves: number): number {
  return leaves === 1 ? 1 : leaves + processes(leaves / CHILDREN);
}

/** A tree of processes, ten children each; the leaves send their numbers up, the others the sums. */
export const skynet: ActorCase = {
  name: "skynet",
  sizes: { test: 100, quick: 100_000, full: 1_000_000 },
  unit: "process",
  units: processes,
  result: (size) => (size * (size - 1)) / 2,
  inErlang: true,
  source: `
.function main arity=1 regs=6
  LOAD_CONST r1, :"__function_ref:node"
  LOAD_CONST r2, :self
  LOAD_CONST r3, 0
  SPAWN r4, r1, [r2, r3, r0]
  RECEIVE r5
  RETURN r5
.end
; node(parent, number, size)
.function node arity=3 regs=8
  LOAD_CONST r3, 1
  EQUAL r4, r2, r3
  JUMP_IF_FALSE r4, inner
  SEND r0, r1
  RETURN r1
inner:
  LOAD_CONST r4, ${CHILDREN}
  DIV r5, r2, r4
  LOAD_CONST r6, :"__function_ref:node"
  LOAD_CONST r7, :self
  LOAD_CONST r8, 0
start:
  SPAWN r9, r6, [r7, r1, r5]
  ADD r1, r1, r5
  ADD r8, r8, r3
  LESS_THAN r9, r8, r4
  JUMP_IF_TRUE r9, start
  LOAD_CONST r8, 0
  LOAD_CONST r10, 0
collect:
  RECEIVE r9
  ADD r10, r10, r9
  ADD r8, r8, r3
  LESS_THAN r9, r8, r4
  JUMP_IF_TRUE r9, collect
  SEND r0, r10
  RETURN r10
.end`,
  plain: (size) => {
    type Receiver = (message: number) => void;
    let queue: (() => void)[] = [];
    const node = (parent: Receiver, number: number, leaves: number): void => {
      if (leaves === 1) {
        queue.push(() => parent(number));
        return;
      }
      let sum = 0;
      let answers = 0;
      const receive: Receiver = (message) => {
        sum += message;
        if (++answers === CHILDREN) queue.push(() => parent(sum));
      };
      for (let i = 0; i < CHILDREN; i++) {
        const first = number + (i * leaves) / CHILDREN;
        queue.push(() => node(receive, first, leaves / CHILDREN));
      }
    };
    let result = -1;
    node(
      (message) => {
        result = message;
      },
      0,
      size,
    );
    while (queue.length > 0) {
      const now = queue;
      queue = [];
      for (const task of now) task();
    }
    return result;
  },
};
