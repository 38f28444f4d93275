/**
 * What an Erlang programmer takes for granted, point by point: `docs/erlang.md` is made of these rows, and each is run
 * in every engine, and with every budget.
 */
import type { Row } from "../support/run.ts";

/** A row of the page, and the program that shows it. */
export interface Point extends Row {
  readonly erlang: string;
  /** Absent: the same. */
  readonly ionvm?: string;
}

export interface Chapter {
  readonly title: string;
  readonly points: readonly Point[];
}

/** Calls a function of the library. */
function lib(d: number, name: string, ...args: number[]): string {
  return `LOAD_CONST r36, :"__stdlib:${name}"\nCALL r${d}, r36, [${args.map((arg) => `r${arg}`).join(", ")}]\n`;
}
function set(d: number, literal: string): string {
  return `LOAD_CONST r${d}, ${literal}\n`;
}
/** A child that waits for one message: `child(1, "crash")` is r1. */
function child(d: number, name: string, how = ""): string {
  if (how === "") return `${set(d, `function:${name}`)}SPAWN r${d}, r${d}, []\n`;
  return set(d, `function:${name}`) + lib(d, how, d);
}
const TRAP = set(39, "true") + lib(39, "TrapExit", 39);
const SELF = (d: number): string => set(d, ':"__vm:self"');
/** Ends a process from outside and lets it happen. */
const end = (target: number, reason: string): string => set(38, reason) + lib(38, "Exit", target, 38);
const give = (...registers: number[]): string =>
  `TUPLE_INIT r0, [${registers.map((r) => `r${r}`).join(", ")}]\nRETURN r0\n`;
/** The next message, or Undefined after 5 ms, which is long enough under virtual time. */
const next = (d: number): string => `${set(37, "5")}RECEIVE_WITH_TIMEOUT r${d}, r37, r37\n`;
/** Says so where the catch of a failing call goes. */
const failure = (d: number, call: string, label: string): string => `TRY r${d}, ${label}\n${call}END_TRY\n${label}:\n`;

const CHILDREN = `
.function wait arity=0 regs=1
RECEIVE r0
RETURN r0
.end
.function crash arity=0 regs=1
RECEIVE r0
THROW r0
.end
.function now arity=0 regs=1
LOAD_CONST r0, :now
THROW r0
.end
.function done arity=0 regs=0
.end`;

const LINKS: Chapter = {
  title: "Links and exit signals",
  points: [
    {
      name: "A linked process that fails takes this one along",
      erlang: "with the same reason",
      source: `${child(1, "crash", "SpawnLink")}${set(2, ":why")}SEND r1, r2\nRECEIVE r3\n${CHILDREN}`,
      expect: { reason: "(:throw, :why)", crashes: ["2: (:throw, :why)"] },
      racy: true,
    },
    {
      name: "One that ends normally does not",
      erlang: "reason `normal`",
      source: `${child(1, "done", "SpawnLink")}JOIN r1, r2\n${next(3)}${give(2, 3)}${CHILDREN}`,
      expect: { result: "((), undefined)" },
    },
    {
      name: "Linking twice is linking once",
      erlang: "one `unlink` undoes it",
      source: `${child(1, "crash", "SpawnLink")}LINK r1\n${lib(2, "Unlink", 1)}${set(2, ":why")}SEND r1, r2
        JOIN r1, r3\n${give(3)}${CHILDREN}`,
      expect: { result: "(undefined,)", crashes: ["2: (:throw, :why)"] },
    },
    {
      name: "After `Unlink` no signal of that link comes",
      erlang: "nor to the other side; an `EXIT` message already there stays in the mailbox",
      source: `${TRAP}${child(1, "crash", "SpawnLink")}${lib(2, "Unlink", 1)}${set(2, ":why")}SEND r1, r2
        JOIN r1, r2\n${next(3)}${give(3)}${CHILDREN}`,
      expect: { result: "(undefined,)" },
    },
    {
      name: "A link to oneself",
      erlang: "is allowed and does nothing",
      source: `${SELF(1)}LINK r1\n${lib(2, "ProcessInfo", 1)}${set(3, ":links")}GET_PROP r0, r2, r3\nRETURN r0`,
      expect: { result: "[]" },
    },
    {
      name: "A link to a process that has ended",
      erlang: "an exit signal with the reason `noproc`",
      ionvm:
        "an exit signal with the reason the process had; none if that was `:normal`, except as a message to one that traps",
      source: `${child(1, "now")}JOIN r1, r2\n${TRAP}LINK r1\n${next(3)}${child(1, "done")}JOIN r1, r2\nLINK r1\n${next(4)}
        ${give(3, 4)}${CHILDREN}`,
      expect: { result: "((:EXIT, [Process 2], (:throw, :now)), (:EXIT, [Process 3], :normal))" },
    },
    {
      name: "The same without trapping",
      erlang: "it ends, with `noproc`, whatever the reason was",
      ionvm: "it ends with the reason the process had, unless that was `:normal`",
      source: `${child(1, "done")}JOIN r1, r2\nLINK r1\n${child(1, "now")}JOIN r1, r2\nLINK r1\nRECEIVE r1\n${CHILDREN}`,
      expect: { reason: "(:throw, :now)" },
    },
    {
      name: "One that traps exits gets them as messages",
      erlang: "`{'EXIT', Pid, Reason}`",
      ionvm: "`(:EXIT, process, reason)`",
      source: `${TRAP}${child(1, "crash", "SpawnLink")}${set(2, "[:why]")}SEND r1, r2\nRECEIVE r3\n${give(3)}${CHILDREN}`,
      expect: { result: "((:EXIT, [Process 2], (:throw, [:why])),)" },
    },
    {
      name: "`TrapExit` gives what was set before",
      erlang: "`process_flag(trap_exit, Flag)`",
      source: `${set(1, "true")}${lib(2, "TrapExit", 1)}${lib(3, "TrapExit", 1)}${give(2, 3)}`,
      expect: { result: "(false, true)" },
    },
    {
      name: "An exit signal without a link",
      erlang: "`exit(Pid, Reason)` ends the process, or is a message to one that traps, from the sender",
      source: `${child(1, "wait", "SpawnMonitor")}MATCH r1, [((@r2, @r3), +1)]\n${end(2, "(:odd, 1)")}RECEIVE r4\n${give(4)}${CHILDREN}`,
      expect: { result: "((:DOWN, [Reference 1], [Process 2], (:odd, 1)),)" },
    },
    {
      name: "The exit signal `kill` cannot be trapped",
      erlang: "the process ends with `killed`, which its links can trap",
      source: `${TRAP}${SELF(2)}${set(1, "function:stubborn")}${lib(1, "SpawnLink", 1, 2)}RECEIVE r3\n${end(1, ":please")}
        ${end(1, ":kill")}RECEIVE r4\n${give(3, 4)}
        .function stubborn arity=1 regs=40\n${TRAP}SEND r0, r39\nRECEIVE r1\nRECEIVE r1\n.end`,
      expect: { result: "(false, (:EXIT, [Process 2], :killed))" },
    },
    {
      name: "The exit signal `normal` to another process",
      erlang: "is ignored, or a message to one that traps",
      source: `${child(1, "wait")}${end(1, ":normal")}${lib(2, "IsAlive", 1)}${child(3, "trapping")}YIELD\n${next(6)}
        ${end(3, ":normal")}JOIN r3, r4\n${give(2, 4)}
        .function trapping arity=0 regs=41\n${TRAP}RECEIVE r0\nRETURN r0\n.end${CHILDREN}`,
      expect: { result: "(true, (:EXIT, [Process 1], :normal))" },
    },
    {
      name: "The exit signal `normal` to oneself",
      erlang: "ends the process",
      source: `${SELF(1)}${end(1, ":normal")}RECEIVE r0`,
      expect: { reason: ":normal", result: "undefined" },
    },
    {
      name: "An exit signal to a process that has ended",
      erlang: "is nothing",
      source: `${child(1, "done")}JOIN r1, r2\n${end(1, ":kill")}${lib(0, "IsAlive", 1)}RETURN r0${CHILDREN}`,
      expect: { result: "false" },
    },
    {
      name: "Links in a circle",
      erlang: "all end, each once",
      source: `${SELF(3)}${set(1, "function:tie")}SPAWN r2, r1, [r3, r3]\nSPAWN r4, r1, [r2, r3]\nRECEIVE r5\nRECEIVE r5\nLINK r4
        ${end(2, ":fall")}RECEIVE r6
        .function tie arity=2 regs=0\nLINK r0\nSEND r1, r0\nRECEIVE r0\n.end`,
      expect: { reason: ":fall", crashes: [] },
    },
    {
      name: "An exit reason is any value",
      erlang: "any term",
      ionvm: "copied as messages are, so that it may lead back to itself",
      source: `${TRAP}${child(1, "odd", "SpawnLink")}RECEIVE r2\nMATCH r2, [((_, _, (_, @r3)), +1)]\n${set(4, "0")}GET_PROP r5, r3, r4
        SAME r6, r3, r5\n${give(6)}
        .function odd arity=0 regs=2\nLOAD_CONST r0, [1]\nLOAD_CONST r1, 0\nSET_PROP r0, r1, r0\nTHROW r0\n.end`,
      expect: { result: "(true,)" },
    },
    {
      name: "An exit reason that is too large to be sent",
      erlang: "has no such limit",
      ionvm: "becomes `(:system_limit, :message)`",
      source: `${TRAP}${child(1, "huge", "SpawnLink")}RECEIVE r2\nRETURN r2
        .function huge arity=0 regs=2\nLOAD_CONST r0, []\nLOAD_CONST r1, 1000000\nSET_PROP r0, r1, r1\nTHROW r0\n.end`,
      expect: { result: "(:EXIT, [Process 2], (:system_limit, :message))" },
    },
    {
      name: "A handler catches errors",
      erlang: "`try` catches `exit` and `error` of the process itself, no exit signals",
      source: `TRY r1, caught\n${SELF(2)}${end(2, ":why")}END_TRY\ncaught:\nRETURN r1`,
      expect: { reason: ":why" },
    },
  ],
};

const MONITORS: Chapter = {
  title: "Monitors",
  points: [
    {
      name: "A monitor brings one message at the end",
      erlang: "`{'DOWN', Ref, process, Pid, Reason}`",
      ionvm: "`(:DOWN, reference, process, reason)`",
      source: `${child(1, "crash")}${lib(2, "Monitor", 1)}${set(3, ":why")}SEND r1, r3\nRECEIVE r4\n${next(5)}${give(2, 4, 5)}${CHILDREN}`,
      expect: { result: "([Reference 1], (:DOWN, [Reference 1], [Process 2], (:throw, :why)), undefined)" },
    },
    {
      name: "Each monitor counts",
      erlang: "two monitors, two messages",
      ionvm: "two monitors, two messages, in the order in which they were made",
      source: `${child(1, "wait")}${lib(2, "Monitor", 1)}${lib(3, "Monitor", 1)}SEND r1, r2\nRECEIVE r4\nRECEIVE r5\n${give(4, 5)}${CHILDREN}`,
      expect: {
        result: "((:DOWN, [Reference 1], [Process 2], :normal), (:DOWN, [Reference 2], [Process 2], :normal))",
      },
    },
    {
      name: "A monitor on a process that has ended",
      erlang: "the message at once, with `noproc`",
      ionvm: "the message at once, with the reason the process had",
      source: `${child(1, "now")}JOIN r1, r2\n${lib(2, "Monitor", 1)}RECEIVE r3\n${give(3)}${CHILDREN}`,
      expect: { result: "((:DOWN, [Reference 1], [Process 2], (:throw, :now)),)" },
    },
    {
      name: "A monitor on oneself",
      erlang: "never brings anything",
      source: `${SELF(1)}${lib(2, "Monitor", 1)}${next(3)}${lib(4, "Demonitor", 2)}${give(3, 4)}`,
      expect: { result: "(undefined, false)" },
    },
    {
      name: "Monitors in a circle",
      erlang: "nobody ends because of them",
      source: `${child(1, "wait")}${child(2, "watch")}SEND r2, r1\n${child(3, "watch")}SEND r3, r2\n${lib(4, "Monitor", 3)}
        ${set(5, ":go")}SEND r1, r5\nRECEIVE r6\nMATCH r6, [((@r1, _, @r2, @r3), +1)]\n${give(1, 2, 3)}
        .function watch arity=0 regs=41\nRECEIVE r0\n${lib(1, "Monitor", 0)}RECEIVE r2\nRETURN r2\n.end${CHILDREN}`,
      expect: { result: "(:DOWN, [Process 4], :normal)" },
    },
    {
      name: "`Demonitor`",
      erlang: "`demonitor(Ref)` leaves a message that has come; the option `flush` takes it out",
      ionvm: "takes it out, always; gives whether the monitor was active",
      source: `${child(1, "wait")}${lib(2, "Monitor", 1)}${lib(3, "Demonitor", 2)}${lib(4, "Monitor", 1)}SEND r1, r1\nJOIN r1, r5
        ${lib(5, "Demonitor", 4)}${next(6)}${give(3, 5, 6)}${CHILDREN}`,
      expect: { result: "(true, false, undefined)" },
    },
    {
      name: "`Demonitor` of somebody else's reference",
      erlang: "`badarg`",
      ionvm: "gives false, and changes nothing",
      source: `${child(1, "wait")}${lib(2, "Monitor", 1)}${child(3, "other")}SEND r3, r2\nJOIN r3, r4\nSEND r1, r1\nRECEIVE r5\n${give(4, 5)}
        .function other arity=0 regs=41\nRECEIVE r0\n${lib(1, "Demonitor", 0)}RETURN r1\n.end${CHILDREN}`,
      expect: { result: "(false, (:DOWN, [Reference 1], [Process 2], :normal))" },
    },
    {
      name: "The reference of a monitor as the address of an answer",
      erlang: "the option `alias` of `monitor`, with `reply_demonitor`",
      ionvm: "always: the first message that is sent to the reference reaches who made it and ends the monitor",
      source: `${child(1, "wait")}${lib(2, "Monitor", 1)}${set(3, ":answer")}SEND r2, r3\nRECEIVE r4\n${set(3, ":second")}SEND r2, r3
        SEND r1, r1\nJOIN r1, r5\n${next(5)}${lib(6, "Demonitor", 2)}${give(4, 5, 6)}${CHILDREN}`,
      expect: { result: "(:answer, undefined, false)" },
    },
    {
      name: "An answer that comes too late",
      erlang: "goes nowhere, after `demonitor`",
      source: `${child(1, "wait")}${lib(2, "Monitor", 1)}${lib(3, "Demonitor", 2)}${set(4, ":late")}SEND r2, r4\n${lib(2, "MakeRef")}SEND r2, r4
        ${next(5)}${give(3, 5)}${CHILDREN}`,
      expect: { result: "(true, undefined)" },
    },
    {
      name: "`SpawnLink` and `SpawnMonitor`",
      erlang: "start and tie in one step: nothing is missed",
      source: `${TRAP}${child(1, "now", "SpawnMonitor")}${child(2, "now", "SpawnLink")}RECEIVE r3\nRECEIVE r4\n${give(1, 3, 4)}${CHILDREN}`,
      expect: {
        result:
          "(([Process 2], [Reference 1]), (:DOWN, [Reference 1], [Process 2], (:throw, :now)), (:EXIT, [Process 3], (:throw, :now)))",
      },
    },
    {
      name: "Who is told first when a process ends",
      erlang: "is not defined",
      ionvm: "who joins it, then monitors, then links, each in the order they were made",
      source: `${TRAP}${child(1, "wait", "SpawnLink")}${lib(2, "Monitor", 1)}SEND r1, r1\nRECEIVE r3\nRECEIVE r4\n${give(3, 4)}${CHILDREN}`,
      expect: { result: "((:DOWN, [Reference 1], [Process 2], :normal), (:EXIT, [Process 2], :normal))" },
    },
    {
      name: "Signals keep their order with messages",
      erlang: "from one process to another",
      source: `${child(1, "speaks", "SpawnMonitor")}MATCH r1, [((@r2, @r3), +1)]\n${SELF(4)}SEND r2, r4\nRECEIVE r5\nRECEIVE r6\nRECEIVE r7
        ${give(5, 6, 7)}
        .function speaks arity=0 regs=2\nRECEIVE r0\nLOAD_CONST r1, 1\nSEND r0, r1\nLOAD_CONST r1, 2\nSEND r0, r1\n.end`,
      expect: { result: "(1, 2, (:DOWN, [Reference 1], [Process 2], :normal))" },
    },
    {
      name: "A reference",
      erlang: "is equal to itself only, and stays so when sent",
      source: `${lib(1, "MakeRef")}${lib(2, "MakeRef")}EQUAL r3, r1, r2\n${SELF(4)}SEND r4, r1\nRECEIVE r5\nSAME r6, r1, r5\n${give(1, 3, 6)}`,
      expect: { result: "([Reference 1], false, true)" },
    },
    {
      name: "`IsAlive`",
      erlang: "`is_process_alive(Pid)`",
      source: `${child(1, "wait")}${lib(2, "IsAlive", 1)}SEND r1, r1\nJOIN r1, r3\n${lib(3, "IsAlive", 1)}${give(2, 3)}${CHILDREN}`,
      expect: { result: "(true, false)" },
    },
    {
      name: "`ProcessInfo`",
      erlang: "`process_info(Pid)` gives a list, `undefined` for one that has ended",
      ionvm: "an Object, Undefined for one that has ended",
      source: `${child(1, "wait", "SpawnLink")}${next(2)}${lib(3, "ProcessInfo", 1)}SEND r1, r2\nJOIN r1, r4\n${lib(4, "ProcessInfo", 1)}
        ${give(3, 4)}${CHILDREN}`,
      expect: {
        result:
          '({status: :waiting, function: "Main:wait", instruction: 0, mailbox: 0, reductions: 2, links: [[Process 1]], trapsExits: false, name: undefined, memory: 352}, undefined)',
      },
    },
  ],
};

const NAMES: Chapter = {
  title: "Names",
  points: [
    {
      name: "Sending to a name",
      erlang: "`Name ! Message` reaches the process that is registered",
      source: `${child(1, "wait")}${set(2, ":server")}${lib(3, "Register", 2, 1)}${lib(4, "WhereIs", 2)}${set(5, ":hello")}SEND r2, r5\nJOIN r1, r6
        ${give(4, 6)}${CHILDREN}`,
      expect: { result: "([Process 2], :hello)" },
    },
    {
      name: "Sending to a name that nobody has",
      erlang: "`badarg`",
      ionvm: "is nothing, as sending to a process that has ended",
      source: `${set(1, ":nobody")}SEND r1, r1\n${lib(2, "WhereIs", 1)}${give(2)}`,
      expect: { result: "(undefined,)" },
    },
    {
      name: "A name that is taken",
      erlang: "`badarg`",
      ionvm: "an `ffi` error that says by whom",
      source: `${SELF(1)}${set(2, ":a")}${lib(3, "Register", 2, 1)}${child(1, "wait")}${failure(3, lib(4, "Register", 2, 1), "taken")}RETURN r3${CHILDREN}`,
      expect: { result: '(:ffi, "Register", "Runtime error: The name a is taken by [Process 1]")' },
    },
    {
      name: "A second name for one process",
      erlang: "`badarg`",
      ionvm: "an `ffi` error; also the same name again",
      source: `${SELF(1)}${set(2, ":a")}${lib(3, "Register", 2, 1)}${set(4, ":b")}${failure(3, lib(4, "Register", 4, 1), "second")}
        ${failure(4, lib(4, "Register", 2, 1), "again")}${give(3, 4)}`,
      expect: {
        result:
          '((:ffi, "Register", "Runtime error: [Process 1] has the name a already"), (:ffi, "Register", "Runtime error: [Process 1] has the name a already"))',
      },
    },
    {
      name: "A name for a process that has ended",
      erlang: "`badarg`",
      ionvm: "an `ffi` error",
      source: `${child(1, "done")}JOIN r1, r2\n${set(2, ":a")}${failure(3, lib(4, "Register", 2, 1), "dead")}RETURN r3${CHILDREN}`,
      expect: { result: '(:ffi, "Register", "Runtime error: [Process 2] has ended")' },
    },
    {
      name: "The name of a process that ends",
      erlang: "is free again before anybody is told",
      source: `${child(1, "wait", "SpawnMonitor")}MATCH r1, [((@r1, _), +1)]\n${set(2, ":a")}${lib(3, "Register", 2, 1)}SEND r2, r2\nRECEIVE r3
        ${lib(4, "WhereIs", 2)}${SELF(5)}${lib(6, "Register", 2, 5)}${lib(7, "WhereIs", 2)}${give(4, 7)}${CHILDREN}`,
      expect: { result: "(undefined, [Process 1])" },
    },
    {
      name: "`Unregister`",
      erlang: "`true`; `badarg` if nobody has the name",
      ionvm: "gives whether somebody had it",
      source: `${SELF(1)}${set(2, ":a")}${lib(3, "Register", 2, 1)}${lib(4, "Unregister", 2)}${lib(5, "Unregister", 2)}${lib(6, "WhereIs", 2)}${give(4, 5, 6)}`,
      expect: { result: "(true, false, undefined)" },
    },
  ],
};

const TIMERS: Chapter = {
  title: "Time",
  points: [
    {
      name: "`SendAfter`",
      erlang: "`erlang:send_after`: earlier deadlines first; equal ones in no defined order",
      ionvm: "earlier deadlines first; equal ones in the order set",
      source: `${SELF(1)}${set(2, "5")}${set(3, "2")}${set(4, ":late")}${lib(5, "SendAfter", 2, 1, 4)}${set(4, ":later")}
        ${lib(5, "SendAfter", 2, 1, 4)}${set(4, ":early")}${lib(5, "SendAfter", 3, 1, 4)}RECEIVE r6\nRECEIVE r7\nRECEIVE r8\n${give(6, 7, 8)}`,
      expect: { result: "(:early, :late, :later)" },
    },
    {
      name: "A timer of 0",
      erlang: "fires at once",
      ionvm: "fires when timers are next looked at: not before the turn ends",
      source: `${SELF(1)}${set(2, "0")}${set(4, ":soon")}${lib(5, "SendAfter", 2, 1, 4)}RECEIVE r6\n${give(6)}`,
      expect: { result: "(:soon,)" },
    },
    {
      name: "The message of a timer",
      erlang: "is as it was when the timer was set",
      source: `${SELF(1)}${set(2, "1")}${set(4, "[1]")}${lib(5, "SendAfter", 2, 1, 4)}${lib(5, "ArrayPush", 4, 2)}RECEIVE r6\n${give(4, 6)}`,
      expect: { result: "([1, 1], [1])" },
    },
    {
      name: "`CancelTimer`",
      erlang: "gives the milliseconds that were left, `false` if it has fired",
      ionvm: "the milliseconds, Undefined if it has fired or is none",
      source: `${SELF(1)}${set(2, "50")}${lib(3, "SendAfter", 2, 1, 1)}${lib(4, "CancelTimer", 3)}${lib(5, "CancelTimer", 3)}${set(2, "1")}
        ${lib(3, "SendAfter", 2, 1, 1)}RECEIVE r6\n${lib(6, "CancelTimer", 3)}${lib(7, "MakeRef")}${lib(7, "CancelTimer", 7)}${give(4, 5, 6, 7)}`,
      expect: { result: "(50, undefined, undefined, undefined)" },
    },
    {
      name: "A time below 0, or none",
      erlang: "`badarg`",
      ionvm: "an `ffi` error; NaN too",
      source: `${SELF(1)}${set(2, "-1")}${failure(3, lib(4, "SendAfter", 2, 1, 1), "negative")}${set(2, "NaN")}
        ${failure(4, lib(4, "SendAfter", 2, 1, 1), "none")}${give(3, 4)}`,
      expect: {
        result:
          '((:ffi, "SendAfter", "Runtime error: A time is at least 0 milliseconds, got -1"), (:ffi, "SendAfter", "Runtime error: A time is at least 0 milliseconds, got NaN"))',
      },
    },
    {
      name: "A time of 10^18",
      erlang: "`badarg` beyond the limit of the clock",
      ionvm: "from 2^53 on a timer is never set",
      source: `${SELF(1)}${set(2, "1e18")}${lib(3, "SendAfter", 2, 1, 1)}${lib(4, "CancelTimer", 3)}${give(3, 4)}`,
      expect: { result: "([Reference 1], undefined)" },
    },
    {
      name: "A timer for a process that ends",
      erlang: "is cancelled; one for a name is not",
      source: `${child(1, "wait")}${set(2, "5")}${lib(3, "SendAfter", 2, 1, 1)}SEND r1, r1\nJOIN r1, r4\n${lib(4, "CancelTimer", 3)}
        ${set(5, ":a")}${lib(6, "SendAfter", 2, 5, 5)}${SELF(7)}${lib(8, "Register", 5, 7)}RECEIVE r8\n${give(4, 8)}${CHILDREN}`,
      expect: { result: "(undefined, :a)" },
    },
    {
      name: "A timer whose setter ends",
      erlang: "stays",
      source: `${set(1, "function:sets")}${SELF(2)}SPAWN r1, r1, [r2]\nJOIN r1, r3\nRECEIVE r4\n${give(4)}
        .function sets arity=1 regs=41\n${set(1, "5")}${lib(2, "SendAfter", 1, 0, 1)}.end`,
      expect: { result: "(5,)" },
    },
    {
      name: "A timer for a process that has ended",
      erlang: "is nothing",
      source: `${child(1, "done")}JOIN r1, r2\n${set(2, "5")}${lib(3, "SendAfter", 2, 1, 1)}${lib(4, "CancelTimer", 3)}${give(4)}${CHILDREN}`,
      expect: { result: "(undefined,)" },
    },
    {
      name: "`Sleep`",
      erlang: "`timer:sleep`: messages do not wake it, and stay",
      source: `${SELF(1)}${set(2, ":m")}SEND r1, r2\n${lib(3, "MonotonicTime")}${set(4, "20")}${lib(5, "Sleep", 4)}${lib(6, "MonotonicTime")}SUB r6, r6, r3
        RECEIVE r7\n${give(5, 6, 7)}`,
      expect: { result: "(undefined, 20, :m)" },
    },
    {
      name: "`Sleep` without a number",
      erlang: "an error",
      ionvm: "`(:badarg, value)`",
      source: `${set(1, ":long")}${failure(2, lib(3, "Sleep", 1), "odd")}RETURN r2`,
      expect: { result: "(:badarg, :long)" },
    },
  ],
};

const three = `${SELF(1)}${set(2, "(:a, 1)")}SEND r1, r2\n${set(2, "(:b, 2)")}SEND r1, r2\n${set(2, "(:c, 3)")}SEND r1, r2\n${set(9, "5")}`;

const RECEIVES: Chapter = {
  title: "Receiving",
  points: [
    {
      name: "A selective receive takes the first message that matches",
      erlang: "the others stay, in order",
      source: `${three}RECEIVE_MATCH r3, r9, [((:b, @r4), +1)]\nRECEIVE r5\nRECEIVE r6\n${give(3, 4, 5, 6)}`,
      expect: { result: "((:b, 2), 2, (:a, 1), (:c, 3))" },
    },
    {
      name: "Messages before clauses",
      erlang: "the oldest message that any clause takes, and of its clauses the first",
      source: `${three}RECEIVE_MATCH r3, r9, [((:c, _), no), ((_, 2), yes), ((:b, _), no)]\nno:\nRETURN r1\nyes:\nRETURN r3`,
      expect: { result: "(:b, 2)" },
    },
    {
      name: "A variable that has a value matches that value",
      erlang: "a bound variable in a pattern",
      ionvm: "a pinned register, `^r4`",
      source: `${three}${set(4, "3")}RECEIVE_MATCH r3, r9, [((_, ^r4), yes)]\nRETURN r1\nyes:\nRETURN r3`,
      expect: { result: "(:c, 3)" },
    },
    {
      name: "`after 0`",
      erlang: "looks through the mailbox once and never waits",
      source: `${three}${set(9, "0")}RECEIVE_MATCH r3, r9, [((:b, _), yes)]\nRETURN r1\nyes:\nRECEIVE_MATCH r4, r9, [((:b, _), yes)]\n${give(3, 4)}`,
      expect: { result: "((:b, 2), undefined)" },
    },
    {
      name: "When the time is up",
      erlang: "the `after` clause; nothing is taken",
      ionvm: "the register is Undefined, and control goes on behind the instruction",
      source: `${three}RECEIVE_MATCH r3, r9, [((:d, _), no)]\nRECEIVE r4\n${give(3, 4)}no:\nRETURN r1`,
      expect: { result: "(undefined, (:a, 1))" },
    },
    {
      name: "A message that does not match",
      erlang: "does not start the time anew",
      source: `${SELF(1)}${set(2, "6")}${lib(3, "SendAfter", 2, 1, 2)}${lib(4, "MonotonicTime")}${set(5, "10")}RECEIVE_MATCH r3, r5, [(:never, +1)]
        ${lib(6, "MonotonicTime")}SUB r6, r6, r4\nRECEIVE r7\n${give(3, 6, 7)}`,
      expect: { result: "(undefined, 10, 6)" },
    },
    {
      name: "A message that comes while others wait",
      erlang: "is the only one that is tried: those before it were",
      source: `${three}${set(2, "1")}${set(5, "(:d, 4)")}${lib(3, "SendAfter", 2, 1, 5)}RECEIVE_MATCH r3, r9, [((:d, @r4), +1)]\nRECEIVE r6\n${give(4, 6)}`,
      expect: { result: "(4, (:a, 1))" },
    },
    {
      name: "Neither clause nor message: only the time",
      erlang: "`receive after 5 -> ok end`",
      source: `${three}RECEIVE_MATCH r3, r9, []\nRECEIVE r4\n${give(3, 4)}`,
      expect: { result: "(undefined, (:a, 1))" },
    },
    {
      name: "A time that is none",
      erlang: "`timeout_value`",
      ionvm: "`(:badarg, value)`, as for a time below 0",
      source: `${set(9, ":infinity")}TRY r2, odd\nRECEIVE_MATCH r3, r9, [(_, +1)]\nEND_TRY\nodd:\nRETURN r2`,
      expect: { result: "(:badarg, :infinity)" },
    },
    {
      name: "Waiting for ever",
      erlang: "`after infinity`, or no `after`",
      ionvm: "any time from 2^53 ms on, such as Infinity",
      source: `${SELF(1)}${set(2, "1")}${lib(3, "SendAfter", 2, 1, 1)}${set(9, "Infinity")}RECEIVE_MATCH r3, r9, [(@r4, +1)]\n${give(3, 4)}`,
      expect: { result: "([Process 1], [Process 1])" },
    },
    {
      name: "The answer to a reference just made",
      erlang: "is found without a look at what was in the mailbox before",
      source: `${three}${lib(3, "MakeRef")}TUPLE_INIT r4, [r3, r2]\nSEND r1, r4\n${next(5)}RECEIVE_MATCH r6, r9, [((^r3, @r7), +1)]\n${next(8)}${give(5, 7, 8)}`,
      expect: { result: "((:a, 1), (:c, 3), (:b, 2))" },
    },
  ],
};

export const CHAPTERS: readonly Chapter[] = [LINKS, MONITORS, NAMES, TIMERS, RECEIVES];
export const ROWS: readonly Row[] = CHAPTERS.flatMap(({ points }) => points);
