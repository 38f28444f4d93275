/** Clocks and timers. */
import type { Reference } from "../../values/reference.ts";
import { Undefined } from "../../values/value.ts";
import { type BytecodeSpec, type ForeignSpec, refusal } from "../spec.ts";

/** Milliseconds for a timer. */
function checkTime(milliseconds: number): number {
  if (!(milliseconds >= 0)) throw refusal(`A time is at least 0 milliseconds, got ${milliseconds}`);
  return milliseconds;
}

export const TIME: readonly ForeignSpec[] = [
  {
    name: "Now",
    parameters: [],
    result: "Number",
    description:
      "Milliseconds since the beginning of the year 1970 UTC, by the host's clock, which may be set back; under virtual time, " +
      "the virtual clock.",
    pure: false,
    run: (_, { processes }) => processes.now(),
  },
  {
    name: "MonotonicTime",
    parameters: [],
    result: "Number",
    description:
      "Milliseconds, with fractions, of the clock that timers follow: only differences mean something, and they are never negative.",
    pure: false,
    run: (_, { processes }) => processes.monotonicTime(),
  },
  {
    name: "SendAfter",
    parameters: [
      { name: "milliseconds", type: "Number" },
      { name: "receiver", type: "Receiver" },
      { name: "message", type: "Any" },
    ],
    result: "Reference",
    description:
      "Sets a timer that sends a copy of the message, made now, and gives the Reference that cancels it. A name is looked up " +
      "when the time has come. The timer goes when the Process that it is for ends, not when the caller does. From 2^53 " +
      "milliseconds on it is never set. Fails for less than 0, and NaN.",
    charge: "the values of the message, which is copied",
    pure: false,
    run: (args, { processes }) => processes.sendAfter(checkTime(args[0] as number), args[1], args[2]),
  },
  {
    name: "CancelTimer",
    parameters: [{ name: "timer", type: "Reference" }],
    result: "Any",
    description:
      "Cancels a timer of `SendAfter` and gives the milliseconds that were left, rounded up; Undefined if it is not set " +
      "(any more): then the message has been sent, or never will be.",
    pure: false,
    run: (args, { processes }) => processes.cancelTimer(args[0] as Reference) ?? Undefined,
  },
];

export const WAITS: readonly BytecodeSpec[] = [
  {
    name: "Sleep",
    parameters: [{ name: "milliseconds", type: "Number" }],
    result: "Undefined",
    description:
      "Waits so long, whatever messages arrive; they stay in the mailbox. From 2^53 milliseconds on for ever. As it waits, it is " +
      "bytecode: what is no Number of at least 0 raises `(:badarg, milliseconds)`, and it may be spawned.",
    body: [
      { op: "RECEIVE_MATCH", operands: [0, 0, []] },
      { op: "RETURN", operands: [0] },
    ],
  },
];
