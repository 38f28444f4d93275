import type { ActorCase } from "./case.ts";

/** Two processes; the size is the number of messages, both ways together. */
export const pingPong: ActorCase = {
  name: "ping-pong",
  sizes: { test: 20, quick: 200_000, full: 1_000_000 },
  unit: "message",
  units: (size) => size,
  result: (size) => size / 2,
  inErlang: true,
  source: `
.function main arity=1 regs=9
  LOAD_CONST r1, :"__function_ref:pong"
  SPAWN r2, r1, []
  LOAD_CONST r3, :self
  LOAD_CONST r4, 0
  LOAD_CONST r5, 2
again:
  SEND r2, r3
  RECEIVE r6
  ADD r4, r4, r5
  LESS_THAN r7, r4, r0
  JUMP_IF_TRUE r7, again
  LOAD_CONST r6, :stop
  SEND r2, r6
  DIV r4, r4, r5
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
.end`,
  plain: (size) => {
    /** Who wants an answer. */
    type Message = Player | "stop";
    type Player = Generator<void, void, Message>;
    const queue: [Player, Message][] = [];
    let trips = 0;
    function* answering(): Player {
      for (;;) {
        const from = yield;
        if (from === "stop") return;
        queue.push([from, from]);
      }
    }
    function* asking(): Player {
      while (trips < size / 2) {
        queue.push([pong, ping]);
        yield;
        trips++;
      }
      queue.push([pong, "stop"]);
    }
    const pong = answering();
    const ping = asking();
    pong.next("stop");
    ping.next("stop");
    for (;;) {
      const next = queue.shift();
      if (next === undefined) return trips;
      next[0].next(next[1]);
    }
  },
};
