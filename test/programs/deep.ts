/** Structures that are deep, shared or both: no stack overflow, no hang, work by size. */
import type { Row } from "../support/run.ts";

/** Into `register`: :x wrapped in `depth` arrays by a loop; r30 … r33 are scratch. */
function nested(register: string, depth: number, label: string, wrap = "ARRAY_INIT"): string {
  return `
      LOAD_CONST ${register}, :x
      LOAD_CONST r30, ${depth}
      LOAD_CONST r31, 1
    ${label}:
      ${wrap} ${register}, [${register}]
      SUB r30, r30, r31
      JUMP_IF_TRUE r30, ${label}`;
}

/** As `nested`, but each level holds the one below twice: 2^depth leaves if written out. */
function shared(register: string, depth: number, label: string, wrap = "ARRAY_INIT"): string {
  return `
      LOAD_CONST ${register}, :x
      LOAD_CONST r30, ${depth}
      LOAD_CONST r31, 1
    ${label}:
      ${wrap} ${register}, [${register}, ${register}]
      SUB r30, r30, r31
      JUMP_IF_TRUE r30, ${label}`;
}

const MILLION = 1_000_000;

export const ROWS: readonly Row[] = [
  {
    name: "arrays nested 10^6 deep: equality, MATCH only as deep as its patterns, printing up to 10^6 characters",
    heavy: true,
    source: `
      ${nested("r0", MILLION, "first")}
      ${nested("r1", MILLION, "second")}
      EQUAL r2, r0, r1
      MATCH r0, [(=[[[:x]]], +1), ([[[_]]], deeper)]
      RETURN r2
    deeper:
      LOAD_CONST r1, :"__stdlib:Print"
      CALL r3, r1, [r0]
      RETURN r2`,
    expect: {
      result: "true",
      // A character is left for each of the arrays, and none for what is in the innermost.
      stdout: `${"[".repeat(MILLION)}…`,
    },
  },
  {
    name: "equality costs one pair a level",
    heavy: true,
    source: `
      ${nested("r0", 100_000, "first")}
      ${nested("r1", 100_000, "second")}
      EQUAL r2, r0, r1
      RETURN r2`,
    expect: { result: "true", reductions: 2 * 300_003 + 1 + Math.floor(100_001 / 16) + 1 },
  },
  {
    name: "two arrays nested 10^5 deep differ at the bottom",
    heavy: true,
    source: `
      ${nested("r0", 100_000, "first")}
      ${nested("r1", 100_001, "second")}
      EQUAL r2, r0, r1
      RETURN r2`,
    expect: { result: "false" },
  },
  {
    name: "two tuples nested 10^5 deep are the same",
    heavy: true,
    source: `
      ${nested("r0", 100_000, "first", "TUPLE_INIT")}
      ${nested("r1", 100_000, "second", "TUPLE_INIT")}
      SAME r2, r0, r1
      EQUAL r3, r0, r1
      ARRAY_INIT r4, [r2, r3]
      RETURN r4`,
    expect: { result: "[true, true]" },
  },
  {
    name: "shared structure 10^5 deep is compared by its size",
    heavy: true,
    source: `
      ${shared("r0", 100_000, "first")}
      ${shared("r1", 100_000, "second")}
      EQUAL r2, r0, r1
      EQUAL r3, r0, r0
      ARRAY_INIT r4, [r2, r3]
      RETURN r4`,
    expect: { result: "[true, true]" },
  },
  {
    name: "shared tuples 10^5 deep are the same by their size, and different ones found so",
    heavy: true,
    source: `
      ${shared("r0", 100_000, "first", "TUPLE_INIT")}
      ${shared("r1", 100_000, "second", "TUPLE_INIT")}
      SAME r2, r0, r1
      LOAD_CONST r3, :y
      TUPLE_INIT r4, [r0, r3]
      TUPLE_INIT r5, [r1, r0]
      SAME r6, r4, r5
      ARRAY_INIT r7, [r2, r6]
      RETURN r7`,
    expect: { result: "[true, false]" },
  },
  {
    name: "a message nested 10^5 deep arrives",
    heavy: true,
    source: `
      ${nested("r0", 100_000, "first")}
      LOAD_CONST r1, :self
      SEND r1, r0
      RECEIVE r2
      EQUAL r3, r0, r2
      SAME r4, r0, r2
      ARRAY_INIT r5, [r3, r4]
      RETURN r5`,
    expect: { result: "[true, false]" },
  },
  {
    name: "a message of tuples nested 10^5 deep with an array at the bottom is a copy",
    heavy: true,
    source: `
      ${nested("r0", 100_000, "first", "TUPLE_INIT")}
      LOAD_CONST r9, [1]
      LOAD_CONST r30, 100000
    again:
      TUPLE_INIT r9, [r9]
      SUB r30, r30, r31
      JUMP_IF_TRUE r30, again
      LOAD_CONST r1, :self
      SEND r1, r0
      SEND r1, r9
      RECEIVE r2
      RECEIVE r3
      SAME r4, r0, r2
      SAME r5, r9, r3
      EQUAL r6, r9, r3
      ARRAY_INIT r7, [r4, r5, r6]
      RETURN r7`,
    expect: { result: "[true, false, true]" },
  },
  {
    name: "a shared message 10^5 deep is copied by its size, and its sharing kept",
    heavy: true,
    source: `
      ${shared("r0", 100_000, "first")}
      LOAD_CONST r1, :self
      SEND r1, r0
      RECEIVE r2
      EQUAL r3, r0, r2
      LOAD_CONST r4, 0
      GET_PROP r5, r2, r4
      LOAD_CONST r4, 1
      GET_PROP r6, r2, r4
      SAME r7, r5, r6
      ARRAY_INIT r8, [r3, r7]
      RETURN r8`,
    expect: { result: "[true, true]" },
  },
  {
    name: "a message of 10^6 values arrives, one of more is refused, and the refusal can be caught",
    heavy: true,
    source: `
      LOAD_CONST r0, []
      LOAD_CONST r1, 999998
      SET_PROP r0, r1, r1
      LOAD_CONST r1, :self
      SEND r1, r0
      RECEIVE r2
      SAME r3, r0, r2
      TUPLE_INIT r0, [r0]
      TRY r4, caught
      SEND r1, r0
      END_TRY
    caught:
      LOAD_CONST r5, 0
      RECEIVE_WITH_TIMEOUT r6, r5, r7
      ARRAY_INIT r8, [r3, r4, r7]
      RETURN r8`,
    expect: { result: "[false, (:system_limit, :message), false]" },
  },
  {
    name: "a chain of 1,000 prototypes is searched, and copied",
    heavy: true,
    source: `
      OBJECT_INIT r0, {a: 1}
      LOAD_CONST r1, 1000
      LOAD_CONST r2, 1
      LOAD_CONST r3, :"__stdlib:TestPrototypes"
    loop:
      OBJECT_INIT r4, {}
      ARRAY_INIT r5, [r0]
      CALL r6, r3, [r4, r5]
      MOVE r0, r4
      SUB r1, r1, r2
      JUMP_IF_TRUE r1, loop
      LOAD_CONST r7, :a
      GET_PROP r8, r0, r7
      LOAD_CONST r9, :self
      SEND r9, r0
      RECEIVE r10
      GET_PROP r11, r10, r7
      ARRAY_INIT r12, [r8, r11]
      RETURN r12`,
    expect: { result: "[1, 1]" },
  },
  {
    name: "a cycle of 10^5 arrays equals itself and another",
    heavy: true,
    source: `
      LOAD_CONST r20, 0
      LOAD_CONST r6, function:ring
      CALL r0, r6, []
      CALL r1, r6, []
      EQUAL r2, r0, r1
      EQUAL r3, r0, r0
      ARRAY_INIT r4, [r2, r3]
      RETURN r4
      .function ring arity=0 regs=8
      LOAD_CONST r0, [0]
      MOVE r1, r0
      LOAD_CONST r2, 100000
      LOAD_CONST r3, 1
    loop:
      ARRAY_INIT r1, [r1]
      SUB r2, r2, r3
      JUMP_IF_TRUE r2, loop
      LOAD_CONST r4, 0
      SET_PROP r0, r4, r1
      RETURN r0
      .end`,
    expect: { result: "[true, true]" },
  },
  {
    name: "an array of a million elements, filled by one SET_PROP",
    heavy: true,
    source: `
      LOAD_CONST r0, []
      LOAD_CONST r1, 999999
      SET_PROP r0, r1, r1
      LOAD_CONST r2, :length
      GET_PROP r3, r0, r2
      LOAD_CONST r4, 500000
      GET_PROP r5, r0, r4
      ARRAY_INIT r6, [r3, r5]
      RETURN r6`,
    expect: { result: "[1000000, undefined]", reductions: 9 + 62_500 },
  },
  {
    name: "a string of 2^20 units doubled twenty times",
    heavy: true,
    source: `
      LOAD_CONST r0, "x"
      LOAD_CONST r1, 20
      LOAD_CONST r2, 1
    loop:
      ADD r0, r0, r0
      SUB r1, r1, r2
      JUMP_IF_TRUE r1, loop
      LOAD_CONST r3, 1048576
      LOAD_CONST r4, "x"
      MUL r5, r4, r3
      EQUAL r6, r0, r5
      RETURN r6`,
    // 2^10 + … + 2^20 units are 1 + 2 + … + 1024 reductions; MUL and EQUAL 1024 each.
    expect: { result: "true", reductions: 3 + 60 + 2047 + 2 + 1025 + 1025 + 1 },
  },
  {
    name: "a process that ends with 10^5 links and waiters",
    heavy: true,
    source: `
      LOAD_CONST r0, function:hub
      SPAWN r1, r0, []
      LOAD_CONST r2, 100000
      LOAD_CONST r3, 1
      LOAD_CONST r4, function:spoke
      LOAD_CONST r8, :self
    loop:
      SPAWN r5, r4, [r1, r8]
      RECEIVE r6
      SUB r2, r2, r3
      JUMP_IF_TRUE r2, loop
      SEND r1, r3
      JOIN r5, r6
      LOAD_CONST r7, :"__vm:processes"
      RETURN r7
      .function hub arity=0 regs=1
      RECEIVE r0
      THROW r0
      .end
      .function spoke arity=2 regs=1
      LINK r0
      SEND r1, r0
      RECEIVE r2
      .end`,
    expect: { result: "1", crashes: ["2: (:throw, 1)"] },
  },
  {
    name: "a chain of 10^5 linked processes falls from its end",
    heavy: true,
    source: `
      LOAD_CONST r0, function:first
      SPAWN r1, r0, []
      LOAD_CONST r2, 100000
      LOAD_CONST r3, 1
      LOAD_CONST r4, function:next
      MOVE r5, r1
    loop:
      SPAWN r5, r4, [r5]
      SUB r2, r2, r3
      JUMP_IF_TRUE r2, loop
      ; The last one links itself last.
      LOAD_CONST r6, :"__stdlib:Monitor"
      CALL r7, r6, [r5]
      YIELD
      SEND r1, r3
      RECEIVE r8
      MATCH r8, [((:DOWN, ^r7, ^r5, @r9), +1)]
      LOAD_CONST r10, :"__vm:processes"
      TUPLE_INIT r0, [r9, r10]
      RETURN r0
      .function first arity=0 regs=1
      RECEIVE r0
      THROW r0
      .end
      .function next arity=1 regs=1
      LINK r0
      RECEIVE r1
      .end`,
    expect: { result: "((:throw, 1), 1)", crashes: ["2: (:throw, 1)"] },
  },
  {
    name: "10^5 watchers of one process, and 10^5 monitors of one watcher",
    heavy: true,
    source: `
      LOAD_CONST r0, function:watched
      SPAWN r1, r0, []
      LOAD_CONST r2, 100000
      LOAD_CONST r3, 1
      LOAD_CONST r4, function:watcher
      LOAD_CONST r5, :self
      LOAD_CONST r6, :"__stdlib:Monitor"
    loop:
      SPAWN r7, r4, [r1, r5]
      CALL r7, r6, [r1]
      SUB r2, r2, r3
      JUMP_IF_TRUE r2, loop
      LOAD_CONST r2, 100000
    ready:
      RECEIVE_MATCH r7, r2, [(:ready, +1)]
      SUB r2, r2, r3
      JUMP_IF_TRUE r2, ready
      SEND r1, r3
      LOAD_CONST r2, 200000
    told:
      RECEIVE r7
      SUB r2, r2, r3
      JUMP_IF_TRUE r2, told
      LOAD_CONST r8, 0
      RECEIVE_WITH_TIMEOUT r8, r8, r8
      LOAD_CONST r10, :"__vm:processes"
      TUPLE_INIT r0, [r8, r10]
      RETURN r0
      .function watched arity=0 regs=1
      RECEIVE r0
      THROW r0
      .end
      .function watcher arity=2 regs=5
      LOAD_CONST r2, :"__stdlib:Monitor"
      CALL r3, r2, [r0]
      LOAD_CONST r4, :ready
      SEND r1, r4
      RECEIVE r4
      SEND r1, r4
      .end`,
    expect: { result: "(false, 1)", crashes: ["2: (:throw, 1)"] },
  },
  {
    name: "10^5 links and monitors to the dead, each of which reports",
    heavy: true,
    source: `
      LOAD_CONST r0, :"__stdlib:TrapExit"
      LOAD_CONST r1, true
      CALL r0, r0, [r1]
      LOAD_CONST r0, function:dead
      SPAWN r1, r0, []
      JOIN r1, r0
      LOAD_CONST r2, 100000
      LOAD_CONST r3, 1
      LOAD_CONST r6, :"__stdlib:Monitor"
      LOAD_CONST r7, 0
      MOVE r10, r7
      MOVE r11, r7
    loop:
      LINK r1
      CALL r8, r6, [r1]
      RECEIVE_MATCH r9, r7, [((:DOWN, ^r8, ^r1, :gone), down)]
      JUMP links
    down:
      ADD r10, r10, r3
    links:
      RECEIVE_MATCH r9, r7, [((:EXIT, ^r1, :gone), exit)]
      JUMP next
    exit:
      ADD r11, r11, r3
    next:
      SUB r2, r2, r3
      JUMP_IF_TRUE r2, loop
      RECEIVE_WITH_TIMEOUT r8, r7, r9
      TUPLE_INIT r0, [r10, r11, r9]
      RETURN r0
      .function dead arity=0 regs=2
      LOAD_CONST r0, :"__stdlib:Exit"
      LOAD_CONST r1, :"__vm:self"
      LOAD_CONST r2, :gone
      CALL r0, r0, [r1, r2]
      .end`,
    expect: { result: "(100000, 100000, false)" },
  },
];
