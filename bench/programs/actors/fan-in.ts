import type { ActorCase } from "./case.ts";

const SENDERS = 100;

/** Many send to one; the size is the number of messages of each. */
export const fanIn: ActorCase = {
  name: "fan-in from 100",
  sizes: { test: 2, quick: 1000, full: 10_000 },
  unit: "message",
  units: (size) => size * SENDERS,
  result: (size) => size * SENDERS,
  inErlang: false,
  source: `
.function main arity=1 regs=8
  LOAD_CONST r1, ${SENDERS}
  LOAD_CONST r2, :"__function_ref:sender"
  LOAD_CONST r3, :self
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
start:
  SPAWN r6, r2, [r3, r0]
  ADD r4, r4, r5
  LESS_THAN r7, r4, r1
  JUMP_IF_TRUE r7, start
  MUL r8, r0, r1
  LOAD_CONST r4, 0
collect:
  RECEIVE r6
  ADD r4, r4, r6
  LESS_THAN r7, r4, r8
  JUMP_IF_TRUE r7, collect
  RETURN r4
.end
.function sender arity=2 regs=4
  LOAD_CONST r2, 0
  LOAD_CONST r3, 1
again:
  SEND r0, r3
  ADD r2, r2, r3
  LESS_THAN r4, r2, r1
  JUMP_IF_TRUE r4, again
  RETURN r2
.end`,
  plain: (size) => {
    const mailbox: number[] = [];
    function* sender(): Generator<void, void, void> {
      for (let i = 0; i < size; i++) {
        mailbox.push(1);
        yield;
      }
    }
    const senders = Array.from({ length: SENDERS }, sender);
    let sum = 0;
    while (sum < size * SENDERS) {
      for (const one of senders) one.next();
      for (const message of mailbox) sum += message;
      mailbox.length = 0;
    }
    return sum;
  },
};
