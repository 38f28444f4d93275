import type { ActorCase } from "./case.ts";

const MEMBERS = 1000;

/** A number goes round, one more with each round; the size is the number of rounds. */
export const ring: ActorCase = {
  name: "ring of 1000",
  sizes: { test: 2, quick: 200, full: 1000 },
  unit: "message",
  units: (size) => size * MEMBERS,
  result: (size) => size,
  inErlang: true,
  source: `
.function main arity=1 regs=11
  LOAD_CONST r1, ${MEMBERS}
  LOAD_CONST r2, :"__function_ref:member"
  LOAD_CONST r3, :self
  LOAD_CONST r4, 1
  LOAD_CONST r5, 1
build:
  SPAWN r3, r2, [r3]
  ADD r4, r4, r5
  LESS_THAN r6, r4, r1
  JUMP_IF_TRUE r6, build
  LOAD_CONST r4, 0
round:
  SEND r3, r4
  RECEIVE r4
  ADD r4, r4, r5
  LESS_THAN r6, r4, r0
  JUMP_IF_TRUE r6, round
  LOAD_CONST r7, :stop
  SEND r3, r7
  RECEIVE r7
  RETURN r4
.end
.function member arity=1 regs=1
again:
  RECEIVE r1
  SEND r0, r1
  MATCH r1, [(:stop, stop)]
  JUMP again
stop:
  RETURN r1
.end`,
  plain: (size) => {
    type Message = number | "stop";
    type Member = (message: Message) => void;
    const queue: [Member, Message][] = [];
    let rounds = 0;
    const member = (next: Member): Member => {
      let stopped = false;
      return (message) => {
        if (stopped) return;
        queue.push([next, message]);
        stopped = message === "stop";
      };
    };
    const first: Member = (message) => {
      if (message === "stop") return;
      rounds = message + 1;
      queue.push([last, rounds < size ? rounds : "stop"]);
    };
    let last = first;
    for (let i = 1; i < MEMBERS; i++) last = member(last);
    queue.push([last, 0]);
    for (;;) {
      const next = queue.shift();
      if (next === undefined) return rounds;
      next[0](next[1]);
    }
  },
};
