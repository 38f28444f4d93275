import type { ProgramSizes } from "../case.ts";
import type { ActorCase } from "./case.ts";

const source = `
.function main arity=1 regs=8
  LOAD_CONST r1, :"__function_ref:answer"
  LOAD_CONST r3, :self
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
again:
  SPAWN r2, r1, [r3, r5]
  RECEIVE r6
  ADD r4, r4, r6
  LESS_THAN r7, r4, r0
  JUMP_IF_TRUE r7, again
  RETURN r4
.end
.function answer arity=2 regs=0
  SEND r0, r1
  RETURN r1
.end`;

function plain(size: number): number {
  const queue: (() => void)[] = [];
  const mailbox: number[] = [];
  let sum = 0;
  while (sum < size) {
    queue.push(() => void mailbox.push(1));
    queue.shift()!();
    sum += mailbox.shift()!;
  }
  return sum;
}

/** Process after process is started, sends a number and ends. */
const spawning = (name: string, sizes: ProgramSizes): ActorCase => ({
  name,
  sizes,
  unit: "process",
  units: (size) => size,
  result: (size) => size,
  inErlang: true,
  source,
  plain,
});

export const spawn: readonly ActorCase[] = [
  spawning("spawn and answer, 10^5", { test: 20, quick: 20_000, full: 100_000 }),
  spawning("spawn and answer, 10^6", { test: 20, quick: 100_000, full: 1_000_000 }),
];
