/** SPAWN, SEND, RECEIVE, RECEIVE_WITH_TIMEOUT, JOIN, SELECT, YIELD, time, deadlock. */
import type { Row } from "../support/run.ts";

/** Ends at once with its argument; ends with its argument after a message; waits for ever; crashes. */
const CHILDREN = `
      .function give arity=1 regs=0
      RETURN r0
      .end
      .function giveLater arity=2 regs=2
      RECEIVE_WITH_TIMEOUT r2, r1, r3
      RETURN r0
      .end
      .function wait arity=0 regs=1
      RECEIVE r0
      RETURN r0
      .end
      .function crash arity=1 regs=0
      THROW r0
      .end`;

/** What RECEIVE_WITH_TIMEOUT gives without a message. */
function timeout(ms: string): Row {
  return {
    name: `RECEIVE_WITH_TIMEOUT ${ms} without a message`,
    source: `
      LOAD_CONST r0, ${ms}
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      ARRAY_INIT r3, [r1, r2]
      RETURN r3`,
    expect: { result: "[undefined, false]", reductions: 5 },
  };
}

function forEver(ms: string): Row {
  return {
    name: `RECEIVE_WITH_TIMEOUT ${ms} waits for ever`,
    source: `
      LOAD_CONST r0, ${ms}
      RECEIVE_WITH_TIMEOUT r1, r0, r2`,
    expect: { status: "idle" },
  };
}

export const ROWS: readonly Row[] = [
  {
    name: "ping-pong",
    source: `
      LOAD_CONST r0, function:echo
      LOAD_CONST r1, :self
      SPAWN r2, r0, [r1]
      LOAD_CONST r3, 3
      LOAD_CONST r4, 1
    loop:
      SEND r2, r3
      RECEIVE r5
      SUB r3, r5, r4
      JUMP_IF_TRUE r3, loop
      RETURN r5
      .function echo arity=1 regs=2
    loop:
      RECEIVE r1
      SEND r0, r1
      JUMP loop
      .end`,
    // 1 + 1 + 4 + 1 + 1, three times 4 + 2 + 1 + 1, RETURN
    expect: { result: "1", reductions: 8 + 24 + 1 },
  },
  {
    name: "messages of one sender arrive in order",
    source: `
      LOAD_CONST r0, function:collect
      LOAD_CONST r1, :self
      SPAWN r2, r0, [r1]
      LOAD_CONST r3, 1
      SEND r2, r3
      LOAD_CONST r3, 2
      SEND r2, r3
      LOAD_CONST r3, 3
      SEND r2, r3
      RECEIVE r4
      RETURN r4
      .function collect arity=1 regs=8
      RECEIVE r1
      RECEIVE r2
      RECEIVE r3
      ARRAY_INIT r4, [r1, r2, r3]
      SEND r0, r4
      .end`,
    expect: { result: "[1, 2, 3]" },
  },
  {
    name: "a process may send to itself, many messages, first in first out",
    source: `
      LOAD_CONST r0, :self
      LOAD_CONST r1, 0
      LOAD_CONST r2, 1
      LOAD_CONST r3, 100
      LOAD_CONST r7, 0
    fill:
      SEND r0, r1
      ADD r1, r1, r2
      LESS_THAN r4, r1, r3
      JUMP_IF_TRUE r4, fill
    empty:
      RECEIVE r5
      SUB r8, r5, r7
      JUMP_IF_TRUE r8, wrong
      ADD r7, r7, r2
      LESS_THAN r4, r7, r3
      JUMP_IF_TRUE r4, empty
      RETURN r7
    wrong:
      LOAD_CONST r9, :wrong
      RETURN r9`,
    expect: { result: "100" },
  },
  {
    name: "SEND to what is no process, and to a dead one, does nothing",
    source: `
      LOAD_CONST r0, 5
      SEND r0, r0
      LOAD_CONST r1, undefined
      SEND r1, r0
      LOAD_CONST r2, function:give
      SPAWN r3, r2, [r0]
      JOIN r3, r4
      SEND r3, r0
      RETURN r4
      ${CHILDREN}`,
    expect: { result: "5", reductions: 1 + 4 + 1 + 4 + 1 + 4 + 2 + 4 + 1 },
  },
  {
    name: "SPAWN numbers processes from 2 on and never again",
    source: `
      LOAD_CONST r0, function:give
      SPAWN r1, r0, [r0]
      JOIN r1, r2
      SPAWN r3, r0, [r0]
      ARRAY_INIT r4, [r1, r3]
      RETURN r4
      ${CHILDREN}`,
    expect: { result: "[[Process 2], [Process 3]]" },
  },
  {
    name: "SPAWN with fewer and more arguments than the function takes",
    source: `
      LOAD_CONST r0, function:three
      LOAD_CONST r1, 1
      SPAWN r2, r0, [r1]
      SPAWN r3, r0, [r1, r1, r1, r1]
      JOIN r2, r4
      JOIN r3, r5
      ARRAY_INIT r6, [r4, r5]
      RETURN r6
      .function three arity=3 regs=0
      ARRAY_INIT r4, [r0, r1, r2, r3]
      RETURN r4
      .end`,
    expect: { result: "[[1, undefined, undefined, undefined], [1, 1, 1, undefined]]" },
  },
  {
    name: "SPAWN of a bound function keeps its this, as a copy",
    source: `
      LOAD_CONST r0, function:method
      OBJECT_INIT r1, {m: r0, n: 7}
      LOAD_CONST r2, :m
      GET_PROP r3, r1, r2
      SPAWN r4, r3, []
      LOAD_CONST r5, :n
      LOAD_CONST r6, 8
      SET_PROP r1, r5, r6
      JOIN r4, r7
      RETURN r7
      .function method arity=0 regs=4
      LOAD_CONST r0, :"__vm:this"
      LOAD_CONST r1, :n
      GET_PROP r2, r0, r1
      RETURN r2
      .end`,
    expect: { result: "7" },
  },
  {
    name: "the order of the run queue: first in, first out",
    source: `
      LOAD_CONST r0, function:say
      LOAD_CONST r1, 1
      SPAWN r2, r0, [r1]
      LOAD_CONST r1, 2
      SPAWN r3, r0, [r1]
      LOAD_CONST r1, 3
      SPAWN r4, r0, [r1]
      JOIN r4, r5
      RETURN r5
      .function say arity=1 regs=2
      LOAD_CONST r1, :"__stdlib:PrintLn"
      CALL r2, r1, [r0]
      RETURN r0
      .end`,
    expect: { result: "3", stdout: "1\n2\n3\n" },
  },
  timeout("0"),
  timeout("-0"),
  timeout("1"),
  timeout("0.25"),
  timeout("1e9"),
  timeout("9007199254740991"),
  forEver("Infinity"),
  forEver("9007199254740992"),
  forEver("1e300"),
  {
    name: "RECEIVE_WITH_TIMEOUT takes a message that is there, whatever the time",
    source: `
      LOAD_CONST r0, :self
      LOAD_CONST r1, :a
      LOAD_CONST r2, :b
      LOAD_CONST r3, :c
      SEND r0, r1
      SEND r0, r2
      SEND r0, r3
      LOAD_CONST r4, 0
      RECEIVE_WITH_TIMEOUT r5, r4, r6
      LOAD_CONST r4, 10
      RECEIVE_WITH_TIMEOUT r7, r4, r8
      LOAD_CONST r4, Infinity
      RECEIVE_WITH_TIMEOUT r9, r4, r10
      ARRAY_INIT r11, [r5, r6, r7, r8, r9, r10]
      RETURN r11`,
    expect: { result: "[:a, true, :b, true, :c, true]" },
  },
  {
    name: "RECEIVE_WITH_TIMEOUT: a message comes before the time is up",
    source: `
      LOAD_CONST r0, function:later
      LOAD_CONST r1, :self
      SPAWN r2, r0, [r1]
      LOAD_CONST r3, 10
      RECEIVE_WITH_TIMEOUT r4, r3, r5
      RECEIVE_WITH_TIMEOUT r6, r3, r7
      ARRAY_INIT r8, [r4, r5, r6, r7]
      RETURN r8
      .function later arity=1 regs=3
      LOAD_CONST r1, 5
      RECEIVE_WITH_TIMEOUT r2, r1, r3
      SEND r0, r1
      .end`,
    expect: { result: "[5, true, undefined, false]" },
  },
  {
    name: "RECEIVE_WITH_TIMEOUT: the time is up before the message comes, which then is there",
    source: `
      LOAD_CONST r0, function:later
      LOAD_CONST r1, :self
      SPAWN r2, r0, [r1]
      LOAD_CONST r3, 5
      RECEIVE_WITH_TIMEOUT r4, r3, r5
      RECEIVE r6
      ARRAY_INIT r8, [r4, r5, r6]
      RETURN r8
      .function later arity=1 regs=3
      LOAD_CONST r1, 10
      RECEIVE_WITH_TIMEOUT r2, r1, r3
      SEND r0, r1
      .end`,
    expect: { result: "[undefined, false, 10]" },
  },
  {
    name: "RECEIVE_WITH_TIMEOUT into one register twice: the results are written in operand order",
    source: `
      LOAD_CONST r0, 0
      RECEIVE_WITH_TIMEOUT r1, r0, r1
      RETURN r1`,
    expect: { result: "false" },
  },
  {
    name: "RECEIVE_WITH_TIMEOUT over its own time register",
    source: `
      LOAD_CONST r0, 5
      RECEIVE_WITH_TIMEOUT r0, r0, r2
      ARRAY_INIT r3, [r0, r2]
      RETURN r3`,
    expect: { result: "[undefined, false]" },
  },
  {
    name: "deadlines fire in order of time, equal ones in the order set; fractions are rounded up",
    source: `
      LOAD_CONST r0, function:say
      LOAD_CONST r1, 30
      SPAWN r2, r0, [r1]
      LOAD_CONST r1, 10.5
      SPAWN r2, r0, [r1]
      LOAD_CONST r1, 20
      SPAWN r2, r0, [r1]
      LOAD_CONST r1, 10.25
      SPAWN r2, r0, [r1]
      LOAD_CONST r1, 11
      SPAWN r2, r0, [r1]
      LOAD_CONST r1, 10
      SPAWN r2, r0, [r1]
      RETURN r2
      .function say arity=1 regs=4
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      LOAD_CONST r3, :"__stdlib:PrintLn"
      CALL r4, r3, [r0]
      .end`,
    expect: { stdout: "10\n10.5\n10.25\n11\n20\n30\n" },
  },
  {
    name: "two timers of one deadline: the second's message comes too late",
    source: `
      LOAD_CONST r0, function:first
      LOAD_CONST r1, function:second
      SPAWN r2, r0, []
      SPAWN r3, r1, [r2]
      JOIN r2, r4
      RETURN r4
      .function first arity=0 regs=4
      LOAD_CONST r0, 5
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      RECEIVE r3
      ARRAY_INIT r4, [r1, r2, r3]
      RETURN r4
      .end
      .function second arity=1 regs=4
      LOAD_CONST r1, 5
      RECEIVE_WITH_TIMEOUT r2, r1, r3
      SEND r0, r1
      .end`,
    expect: { result: "[undefined, false, 5]" },
  },
  {
    name: "two timers of one deadline: both are due, one sends, and the other keeps its timeout",
    source: `
      LOAD_CONST r0, function:other
      SPAWN r1, r0, []
      LOAD_CONST r2, 4.5
      RECEIVE_WITH_TIMEOUT r3, r2, r4
      SEND r1, r2
      JOIN r1, r5
      RETURN r5
      .function other arity=0 regs=5
      LOAD_CONST r0, 5
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      RECEIVE r3
      ARRAY_INIT r4, [r1, r2, r3]
      RETURN r4
      .end`,
    expect: { result: "[undefined, false, 4.5]" },
  },
  {
    name: "virtual time moves to the next deadline when nothing can run: a year is nothing",
    source: `
      LOAD_CONST r0, 31536000000
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      RETURN r2`,
    expect: { result: "false", reductions: 6 },
  },
  {
    name: "virtual time moves a millisecond with every 10^6 reductions",
    heavy: true,
    source: `
      LOAD_CONST r0, function:alarm
      SPAWN r1, r0, []
      YIELD
      LOAD_CONST r2, 0
      LOAD_CONST r3, 1
      LOAD_CONST r4, :"__vm:processes"
    loop:
      ADD r2, r2, r3
      LOAD_CONST r5, :"__vm:processes"
      SUB r6, r5, r3
      JUMP_IF_TRUE r6, loop
      LOAD_CONST r7, 490000
      LESS_THAN r8, r7, r2
      LOAD_CONST r7, 510000
      LESS_THAN r9, r2, r7
      ARRAY_INIT r10, [r8, r9]
      RETURN r10
      .function alarm arity=0 regs=4
      LOAD_CONST r0, 2
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      .end`,
    expect: { result: "[true, true]" },
  },
  {
    name: "JOIN waits, and gives the result; of a crashed process Undefined",
    source: `
      LOAD_CONST r0, function:giveLater
      LOAD_CONST r1, :result
      LOAD_CONST r2, 10
      SPAWN r3, r0, [r1, r2]
      JOIN r3, r4
      LOAD_CONST r0, function:crash
      SPAWN r5, r0, [r1]
      JOIN r5, r6
      ARRAY_INIT r7, [r4, r6]
      RETURN r7
      ${CHILDREN}`,
    expect: {
      result: "[:result, undefined]",
      crashes: ["3: (:throw, :result)"],
      reductions: 3 + 4 + 2 + 1 + 4 + 2 + 2,
    },
  },
  {
    name: "JOIN on one that has ended long ago, twice, into its own register",
    source: `
      LOAD_CONST r0, function:give
      LOAD_CONST r1, :result
      SPAWN r2, r0, [r1]
      LOAD_CONST r3, 10
      RECEIVE_WITH_TIMEOUT r4, r3, r5
      JOIN r2, r6
      JOIN r2, r2
      ARRAY_INIT r7, [r6, r2]
      RETURN r7
      ${CHILDREN}`,
    expect: { result: "[:result, :result]" },
  },
  {
    name: "JOIN on itself waits for ever",
    source: "LOAD_CONST r0, :self\nJOIN r0, r1",
    expect: { status: "idle" },
  },
  {
    name: "JOIN in a circle waits for ever",
    source: `
      LOAD_CONST r0, function:join
      LOAD_CONST r1, :self
      SPAWN r2, r0, [r1]
      JOIN r2, r3
      .function join arity=1 regs=1
      JOIN r0, r1
      .end`,
    expect: { status: "idle" },
  },
  {
    name: "several may wait for one, and are woken in the order they began",
    source: `
      LOAD_CONST r0, function:giveLater
      LOAD_CONST r1, :result
      LOAD_CONST r2, 10
      SPAWN r3, r0, [r1, r2]
      LOAD_CONST r4, function:waiter
      LOAD_CONST r5, 1
      SPAWN r6, r4, [r3, r5]
      LOAD_CONST r5, 2
      SPAWN r7, r4, [r3, r5]
      LOAD_CONST r5, 3
      SPAWN r8, r4, [r3, r5]
      JOIN r8, r9
      RETURN r9
      .function waiter arity=2 regs=6
      JOIN r0, r2
      LOAD_CONST r3, :"__stdlib:PrintLn"
      CALL r4, r3, [r1, r2]
      RETURN r2
      .end
      ${CHILDREN}`,
    expect: { result: ":result", stdout: "1, result\n2, result\n3, result\n" },
  },
  {
    name: "JOIN of a killed process gives Undefined",
    source: `
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      LOAD_CONST r2, function:killer
      SPAWN r3, r2, [r1]
      JOIN r1, r4
      RETURN r4
      .function killer arity=1 regs=4
      LOAD_CONST r1, :"__stdlib:Exit"
      LOAD_CONST r2, :kill
      CALL r3, r1, [r0, r2]
      .end
      ${CHILDREN}`,
    expect: { result: "undefined", crashes: [] },
  },
  {
    name: "JOIN_NUMBER",
    source: `
      LOAD_CONST r0, function:giveLater
      LOAD_CONST r1, :result
      LOAD_CONST r2, 10
      SPAWN r3, r0, [r1, r2]
      JOIN_NUMBER 2, r4
      JOIN_NUMBER 2, r5
      ARRAY_INIT r6, [r4, r5]
      RETURN r6
      ${CHILDREN}`,
    expect: { result: "[:result, :result]", reductions: 3 + 4 + 2 + 2 + 1 + 1 },
  },
  {
    name: "JOIN_NUMBER of none such",
    source: "JOIN_NUMBER 7, r0",
    expect: { reason: "(:badarg, 7)", stack: ["Main:main@0"] },
  },
  {
    name: "JOIN_NUMBER of 0",
    source: "JOIN_NUMBER 0, r0",
    expect: { reason: "(:badarg, 0)" },
  },
  {
    name: "SELECT waits for the first that ends",
    source: `
      LOAD_CONST r0, function:giveLater
      LOAD_CONST r1, :slow
      LOAD_CONST r2, 20
      SPAWN r3, r0, [r1, r2]
      LOAD_CONST r1, :fast
      LOAD_CONST r2, 10
      SPAWN r4, r0, [r1, r2]
      SELECT r5, [r3, r4]
      JOIN r3, r6
      ARRAY_INIT r7, [r5, r6]
      RETURN r7
      ${CHILDREN}`,
    expect: { result: "[:fast, :slow]" },
  },
  {
    name: "SELECT of several that have ended: the first in the list",
    source: `
      LOAD_CONST r0, function:give
      LOAD_CONST r1, :a
      SPAWN r2, r0, [r1]
      LOAD_CONST r1, :b
      SPAWN r3, r0, [r1]
      JOIN r2, r4
      JOIN r3, r4
      SELECT r5, [r3, r2]
      SELECT r6, [r2, r3]
      ARRAY_INIT r7, [r5, r6]
      RETURN r7
      ${CHILDREN}`,
    expect: { result: "[:b, :a]" },
  },
  {
    name: "SELECT passes over what is no process, and takes one process twice",
    source: `
      LOAD_CONST r0, function:giveLater
      LOAD_CONST r1, :result
      LOAD_CONST r2, 10
      SPAWN r3, r0, [r1, r2]
      SELECT r4, [r1, r3, r2, r3]
      SELECT r5, [r5, r3]
      ARRAY_INIT r6, [r4, r5]
      RETURN r6
      ${CHILDREN}`,
    expect: { result: "[:result, :result]" },
  },
  {
    name: "SELECT: the one whose end woke it, though another has ended before it goes on",
    source: `
      LOAD_CONST r0, function:giveLater
      LOAD_CONST r1, :first
      LOAD_CONST r2, 10
      SPAWN r3, r0, [r1, r2]
      LOAD_CONST r1, :second
      SPAWN r4, r0, [r1, r2]
      SELECT r5, [r4, r3]
      RETURN r5
      ${CHILDREN}`,
    expect: { result: ":first" },
  },
  {
    name: "SELECT with itself among others",
    source: `
      LOAD_CONST r0, function:giveLater
      LOAD_CONST r1, :result
      LOAD_CONST r2, 10
      SPAWN r3, r0, [r1, r2]
      LOAD_CONST r4, :self
      SELECT r5, [r4, r3]
      RETURN r5
      ${CHILDREN}`,
    expect: { result: ":result" },
  },
  {
    name: "SELECT with itself alone waits for ever",
    source: "LOAD_CONST r0, :self\nSELECT r1, [r0]",
    expect: { status: "idle" },
  },
  {
    name: "SELECT gives Undefined for one that crashes first",
    source: `
      LOAD_CONST r0, function:giveLater
      LOAD_CONST r1, :result
      LOAD_CONST r2, 10
      SPAWN r3, r0, [r1, r2]
      LOAD_CONST r4, function:crash
      SPAWN r5, r4, [r1]
      SELECT r6, [r3, r5]
      RETURN r6
      ${CHILDREN}`,
    expect: { result: "undefined", crashes: ["3: (:throw, :result)"] },
  },
  {
    name: "SELECT_WITH_KILL kills the others, never itself",
    source: `
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      LOAD_CONST r2, function:giveLater
      LOAD_CONST r3, :result
      LOAD_CONST r4, 10
      SPAWN r5, r2, [r3, r4]
      LOAD_CONST r6, 20
      SPAWN r7, r2, [r3, r6]
      LOAD_CONST r8, :self
      SELECT_WITH_KILL r9, [r8, r1, r5, r7, r3, r1]
      LOAD_CONST r10, :"__vm:processes"
      JOIN r1, r11
      JOIN r7, r12
      ARRAY_INIT r13, [r9, r10, r11, r12]
      RETURN r13
      ${CHILDREN}`,
    expect: { result: "[:result, 1, undefined, undefined]", crashes: [] },
  },
  {
    name: "SELECT_WITH_KILL of one that has ended kills the others at once",
    source: `
      LOAD_CONST r0, function:give
      LOAD_CONST r1, :result
      SPAWN r2, r0, [r1]
      JOIN r2, r3
      LOAD_CONST r4, function:wait
      SPAWN r5, r4, []
      SELECT_WITH_KILL r6, [r5, r2]
      LOAD_CONST r7, :"__vm:processes"
      ARRAY_INIT r8, [r6, r7]
      RETURN r8
      ${CHILDREN}`,
    expect: { result: "[:result, 1]" },
  },
  {
    name: "SELECT_WITH_KILL does not kill one that has ended meanwhile: its result stays",
    source: `
      LOAD_CONST r0, function:giveLater
      LOAD_CONST r1, :a
      LOAD_CONST r2, 10
      SPAWN r3, r0, [r1, r2]
      LOAD_CONST r1, :b
      SPAWN r4, r0, [r1, r2]
      JOIN r3, r5
      JOIN r4, r6
      SELECT_WITH_KILL r7, [r3, r4]
      JOIN r4, r8
      ARRAY_INIT r9, [r7, r8]
      RETURN r9
      ${CHILDREN}`,
    expect: { result: "[:a, :b]" },
  },
  {
    name: "a message does not wake one that waits in JOIN, and is there afterwards",
    source: `
      LOAD_CONST r0, function:sender
      LOAD_CONST r1, :self
      SPAWN r2, r0, [r1]
      JOIN r2, r3
      RECEIVE r4
      ARRAY_INIT r5, [r3, r4]
      RETURN r5
      .function sender arity=1 regs=4
      LOAD_CONST r1, :message
      SEND r0, r1
      LOAD_CONST r2, 10
      RECEIVE_WITH_TIMEOUT r3, r2, r4
      LOAD_CONST r1, :result
      RETURN r1
      .end`,
    expect: { result: "[:result, :message]" },
  },
  {
    name: "main ends, the others go on",
    source: `
      LOAD_CONST r0, function:say
      SPAWN r1, r0, []
      LOAD_CONST r2, :main
      RETURN r2
      .function say arity=0 regs=4
      LOAD_CONST r0, 10
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      LOAD_CONST r3, :"__stdlib:PrintLn"
      CALL r4, r3, [r0]
      .end`,
    expect: { result: ":main", stdout: "10\n" },
  },
  {
    name: "processes that only wait for messages do not keep the VM",
    source: `
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      LOAD_CONST r2, :main
      RETURN r2
      ${CHILDREN}`,
    expect: { result: ":main", status: "done" },
  },
  {
    name: "main fails, the others go on",
    source: `
      LOAD_CONST r0, function:say
      SPAWN r1, r0, []
      THROW r5
      .function say arity=0 regs=4
      LOAD_CONST r0, :on
      LOAD_CONST r3, :"__stdlib:PrintLn"
      CALL r4, r3, [r0]
      .end`,
    expect: { reason: "(:throw, undefined)", stdout: "on\n" },
  },
  {
    name: "a deadlock: everybody waits",
    source: `
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      RECEIVE r2
      ${CHILDREN}`,
    expect: { status: "idle", reductions: 7 },
  },
  {
    name: "Halt ends the VM",
    racy: true,
    source: `
      LOAD_CONST r0, function:halt
      SPAWN r1, r0, []
      RECEIVE r2
      .function halt arity=0 regs=4
      LOAD_CONST r0, :"__stdlib:Halt"
      LOAD_CONST r1, 7
      CALL r2, r0, [r1]
      LOAD_CONST r0, :"__stdlib:PrintLn"
      CALL r2, r0, [r1]
      .end`,
    expect: { status: "halted", code: 7, stdout: "" },
  },
  {
    name: "program arguments are the entry's arguments",
    source: `
      .function main arity=3 regs=3
      ARRAY_INIT r3, [r0, r1, r2]
      RETURN r3
      .end`,
    options: { args: ["one", "2"] },
    expect: { result: '["one", "2", undefined]' },
  },
  {
    name: "more program arguments than registers",
    source: `
      .function main arity=0 regs=1
      ARRAY_INIT r3, [r0, r1]
      RETURN r3
      .end`,
    options: { args: ["one", "2"] },
    expect: { result: '["one", undefined]' },
  },
  {
    name: "a ring of processes",
    source: `
      LOAD_CONST r0, :self
      LOAD_CONST r1, 50
      LOAD_CONST r2, 1
      LOAD_CONST r3, function:pass
      MOVE r4, r0
    build:
      SPAWN r4, r3, [r4]
      SUB r1, r1, r2
      JUMP_IF_TRUE r1, build
      LOAD_CONST r5, 0
      SEND r4, r5
      RECEIVE r6
      SEND r4, r6
      RECEIVE r6
      RETURN r6
      .function pass arity=1 regs=4
      LOAD_CONST r1, 1
    loop:
      RECEIVE r2
      ADD r2, r2, r1
      SEND r0, r2
      JUMP loop
      .end`,
    expect: { result: "100" },
  },
];
