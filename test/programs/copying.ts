/** What passes from one process to another is a copy of all that could be changed, and no more. */
import type { Row } from "../support/run.ts";

/** Sends what it gets back to whoever sent (sender, value). */
const ECHO = `
      .function echo arity=0 regs=4
    loop:
      RECEIVE r0
      MATCH r0, [((@r1, @r2), ok)]
      RETURN r0
    ok:
      SEND r1, r2
      JUMP loop
      .end`;

/** There and back: the value of a register through another process, into a register; r30 … r33 are scratch. */
function throughAnother(from: string, to: string): string {
  return `
      LOAD_CONST r30, function:echo
      SPAWN r31, r30, []
      LOAD_CONST r32, :self
      TUPLE_INIT r33, [r32, ${from}]
      SEND r31, r33
      RECEIVE ${to}`;
}

const PROTOTYPES = `
      LOAD_CONST r35, :"__stdlib:TestPrototypes"`;

/** Literals: is what comes back the same, and is it equal? */
const THERE_AND_BACK: readonly (readonly [value: string, same: boolean])[] = [
  ["1", true],
  ['"text"', true],
  [":atom", true],
  ["3+4i", true],
  ["()", true],
  ["undefined", true],
  ["(1, (2, #t(:a)))", true],
  ["(,)", true],
  ["#t((1,))", true],
  ["function:echo", true],
  ['bytes"00ff"', true],
  ["floats[1, 2]", false],
  [":self", true],
  ["[]", false],
  ["[1, 2]", false],
  ["{a: 1}", false],
  ["{}", false],
  ["(1, [2])", false],
  ["(1, (2, {}))", false],
  ["#t([1])", false],
];

export const ROWS: readonly Row[] = [
  ...THERE_AND_BACK.map(([value, same]) => ({
    name: `${value} there and back`,
    source: `
      LOAD_CONST r0, ${value}
      ${throughAnother("r0", "r1")}
      SAME r2, r0, r1
      EQUAL r3, r0, r1
      ARRAY_INIT r4, [r2, r3]
      RETURN r4
      ${ECHO}`,
    expect: { result: `[${same}, true]` },
  })),
  {
    name: "SEND copies at once: what is changed afterwards does not show",
    source: `
      LOAD_CONST r0, function:show
      SPAWN r1, r0, []
      LOAD_CONST r2, [1]
      SEND r1, r2
      LOAD_CONST r3, 0
      LOAD_CONST r4, :changed
      SET_PROP r2, r3, r4
      JOIN r1, r5
      ARRAY_INIT r6, [r2, r5]
      RETURN r6
      .function show arity=0 regs=2
      RECEIVE r0
      RETURN r0
      .end`,
    expect: { result: "[[:changed], [1]]" },
  },
  {
    name: "a message to oneself is a copy",
    source: `
      LOAD_CONST r0, :self
      LOAD_CONST r1, [1]
      SEND r0, r1
      RECEIVE r2
      SAME r3, r1, r2
      EQUAL r4, r1, r2
      ARRAY_INIT r5, [r3, r4]
      RETURN r5`,
    expect: { result: "[false, true]" },
  },
  {
    name: "two messages are two copies",
    source: `
      LOAD_CONST r0, :self
      LOAD_CONST r1, [1]
      SEND r0, r1
      SEND r0, r1
      RECEIVE r2
      RECEIVE r3
      SAME r4, r2, r3
      RETURN r4`,
    expect: { result: "false" },
  },
  {
    name: "sharing inside a message is kept",
    source: `
      LOAD_CONST r0, [1]
      OBJECT_INIT r1, {a: r0}
      TUPLE_INIT r2, [r0, r1, r0]
      ${throughAnother("r2", "r3")}
      MATCH r3, [((@r4, {a: @r5}, @r6), +2)]
      RETURN r3
      SAME r7, r4, r5
      SAME r8, r4, r6
      SAME r9, r4, r0
      ARRAY_INIT r10, [r7, r8, r9]
      RETURN r10
      ${ECHO}`,
    expect: { result: "[true, true, false]" },
  },
  {
    name: "cycles are kept",
    source: `
      LOAD_CONST r0, {n: 1}
      LOAD_CONST r1, [1, 2]
      LOAD_CONST r2, :list
      SET_PROP r0, r2, r1
      LOAD_CONST r3, 0
      SET_PROP r1, r3, r0
      LOAD_CONST r3, 1
      TUPLE_INIT r4, [r1]
      SET_PROP r1, r3, r4
      ${throughAnother("r0", "r5")}
      GET_PROP r6, r5, r2
      LOAD_CONST r3, 0
      GET_PROP r7, r6, r3
      SAME r8, r7, r5
      LOAD_CONST r3, 1
      GET_PROP r9, r6, r3
      LOAD_CONST r3, 0
      GET_PROP r10, r9, r3
      SAME r11, r10, r6
      SAME r12, r5, r0
      EQUAL r13, r5, r0
      ARRAY_INIT r14, [r8, r11, r12, r13]
      RETURN r14
      ${ECHO}`,
    expect: { result: "[true, true, false, true]" },
  },
  {
    name: "order and attributes of members are kept, and being closed",
    source: `
      OBJECT_INIT r0, {b: 1, a!w: 2, "0"!e: 3, c!: 4}
      LOAD_CONST r1, :"__stdlib:TestClose"
      CALL r0, r1, [r0]
      ${throughAnother("r0", "r2")}
      LOAD_CONST r3, :"__stdlib:TestAttributes"
      LOAD_CONST r4, "b"
      CALL r5, r3, [r2, r4]
      LOAD_CONST r4, "a"
      CALL r6, r3, [r2, r4]
      LOAD_CONST r4, "0"
      CALL r7, r3, [r2, r4]
      LOAD_CONST r4, "c"
      CALL r8, r3, [r2, r4]
      LOAD_CONST r9, :new
      SET_PROP r2, r9, r9
      SAME r10, r0, r2
      ARRAY_INIT r11, [r2, r5, r6, r7, r8, r10]
      RETURN r11
      ${ECHO}`,
    expect: { result: '[{b: 1, a: 2, "0": 3, c: 4}, "wec", "w", "e", "", false]' },
  },
  {
    name: "prototypes are copied with their objects, shared ones once",
    source: `
      OBJECT_INIT r0, {}
      OBJECT_INIT r1, {}
      OBJECT_INIT r2, {a: 1}
      ${PROTOTYPES}
      ARRAY_INIT r3, [r2]
      CALL r4, r35, [r0, r3]
      CALL r4, r35, [r1, r3]
      TUPLE_INIT r5, [r0, r1, r2]
      ${throughAnother("r5", "r6")}
      LOAD_CONST r7, :a
      LOAD_CONST r8, 2
      SET_PROP r2, r7, r8
      MATCH r6, [((@r9, @r10, @r11), +2)]
      RETURN r6
      LOAD_CONST r8, 3
      SET_PROP r11, r7, r8
      GET_PROP r12, r9, r7
      GET_PROP r13, r10, r7
      GET_PROP r14, r0, r7
      ARRAY_INIT r15, [r9, r12, r13, r14]
      RETURN r15
      ${ECHO}`,
    expect: { result: "[{}, 3, 3, 2]" },
  },
  {
    name: "several prototypes, and a cycle of them, are copied",
    source: `
      OBJECT_INIT r0, {}
      OBJECT_INIT r1, {a: 1}
      OBJECT_INIT r2, {b: 2}
      ${PROTOTYPES}
      ARRAY_INIT r3, [r1, r2]
      CALL r4, r35, [r0, r3]
      ARRAY_INIT r3, [r0]
      CALL r4, r35, [r2, r3]
      ${throughAnother("r0", "r5")}
      LOAD_CONST r6, :a
      GET_PROP r7, r5, r6
      LOAD_CONST r6, :b
      GET_PROP r8, r5, r6
      LOAD_CONST r6, :c
      SET_PROP r5, r6, r6
      GET_PROP r9, r2, r6
      GET_PROP r10, r5, r6
      ARRAY_INIT r11, [r7, r8, r9, r10]
      RETURN r11
      ${ECHO}`,
    expect: { result: "[1, 2, undefined, :c]" },
  },
  {
    name: "a copy under a prototype that cannot be written keeps its own member",
    source: `
      OBJECT_INIT r0, {a: :own}
      OBJECT_INIT r1, {a!: :proto}
      ${PROTOTYPES}
      ARRAY_INIT r3, [r1]
      CALL r4, r35, [r0, r3]
      ${throughAnother("r0", "r5")}
      RETURN r5
      ${ECHO}`,
    expect: { result: "{a: :own}" },
  },
  {
    name: "frozen objects that reach only immutable values are shared",
    source: `
      OBJECT_INIT r0, {a: 1, b: (2, :c)}
      LOAD_CONST r1, :"__stdlib:TestFreeze"
      CALL r0, r1, [r0]
      OBJECT_INIT r2, {inner: r0}
      CALL r2, r1, [r2]
      TUPLE_INIT r3, [r0, r2]
      ${throughAnother("r3", "r4")}
      MATCH r4, [((@r5, @r6), +2)]
      RETURN r4
      SAME r7, r0, r5
      SAME r8, r2, r6
      ARRAY_INIT r9, [r7, r8]
      RETURN r9
      ${ECHO}`,
    expect: { result: "[true, true]" },
  },
  {
    name: "frozen objects that reach something mutable are copied, still frozen",
    source: `
      OBJECT_INIT r0, {a: []}
      LOAD_CONST r1, :"__stdlib:TestFreeze"
      CALL r0, r1, [r0]
      ${throughAnother("r0", "r2")}
      SAME r3, r0, r2
      LOAD_CONST r4, :a
      SET_PROP r2, r4, r4
      ARRAY_INIT r5, [r2, r3]
      RETURN r5
      ${ECHO}`,
    expect: { result: "[{a: []}, false]" },
  },
  {
    name: "a frozen object with a prototype that is not frozen is copied",
    source: `
      OBJECT_INIT r0, {}
      OBJECT_INIT r1, {a: 1}
      ${PROTOTYPES}
      ARRAY_INIT r3, [r1]
      CALL r4, r35, [r0, r3]
      LOAD_CONST r5, :"__stdlib:TestFreeze"
      CALL r0, r5, [r0]
      ${throughAnother("r0", "r6")}
      LOAD_CONST r7, :a
      SET_PROP r1, r7, r7
      GET_PROP r8, r6, r7
      SAME r9, r0, r6
      ARRAY_INIT r10, [r8, r9]
      RETURN r10
      ${ECHO}`,
    expect: { result: "[1, false]" },
  },
  {
    name: "closed is not frozen",
    source: `
      OBJECT_INIT r0, {a: 1}
      LOAD_CONST r1, :"__stdlib:TestClose"
      CALL r0, r1, [r0]
      ${throughAnother("r0", "r2")}
      SAME r3, r0, r2
      RETURN r3
      ${ECHO}`,
    expect: { result: "false" },
  },
  {
    name: "functions carry copies of what they captured and of their this",
    source: `
      LOAD_CONST r0, function:inc
      LOAD_CONST r1, [0]
      MAKE_CLOSURE r2, r0, "", [list:r1]
      OBJECT_INIT r3, {f: r0, list: r1}
      LOAD_CONST r4, :f
      GET_PROP r5, r3, r4
      TUPLE_INIT r6, [r2, r1]
      ${throughAnother("r6", "r7")}
      MATCH r7, [((@r8, @r9), +2)]
      RETURN r7
      CALL r10, r8, []
      CALL r10, r8, []
      ARRAY_INIT r11, [r1, r9]
      RETURN r11
      .function inc arity=0 regs=8
      LOAD_CONST r1, 0
      GET_PROP r2, r0, r1
      LOAD_CONST r3, 1
      ADD r2, r2, r3
      SET_PROP r0, r1, r2
      RETURN r0
      .end
      ${ECHO}`,
    expect: { result: "[[0], [2]]" },
  },
  {
    name: "a bound function with an immutable this is shared, with an object copied",
    source: `
      LOAD_CONST r0, function:me
      TUPLE_INIT r1, [r0]
      LOAD_CONST r2, 0
      GET_PROP r3, r1, r2
      ${throughAnother("r3", "r4")}
      SAME r5, r3, r4
      OBJECT_INIT r6, {me: r0}
      LOAD_CONST r7, :me
      GET_PROP r8, r6, r7
      ${throughAnother("r8", "r9")}
      SAME r10, r8, r9
      CALL r11, r9, []
      SAME r12, r11, r6
      EQUAL r13, r11, r6
      ARRAY_INIT r14, [r5, r10, r12, r13]
      RETURN r14
      .function me arity=0 regs=1
      LOAD_CONST r0, :"__vm:this"
      RETURN r0
      .end
      ${ECHO}`,
    expect: { result: "[true, false, false, true]" },
  },
  {
    name: "SPAWN: captured values, this and arguments are one copy",
    source: `
      LOAD_CONST r0, function:look
      LOAD_CONST r1, [1]
      MAKE_CLOSURE r2, r0, "", [x:r1]
      OBJECT_INIT r3, {f: r2, x: r1}
      LOAD_CONST r4, :f
      GET_PROP r5, r3, r4
      SPAWN r6, r5, [r1, r3]
      LOAD_CONST r7, 0
      SET_PROP r1, r7, r4
      JOIN r6, r8
      RETURN r8
      .function look arity=3 regs=8
      SAME r3, r0, r1
      LOAD_CONST r4, :"__vm:this"
      SAME r5, r4, r2
      LOAD_CONST r6, :x
      GET_PROP r7, r4, r6
      SAME r7, r7, r0
      ARRAY_INIT r8, [r0, r3, r5, r7]
      RETURN r8
      .end`,
    expect: { result: "[[1], true, true, true]" },
  },
  {
    name: "JOIN and SELECT copy the result at each reading",
    source: `
      LOAD_CONST r0, function:give
      SPAWN r1, r0, []
      JOIN r1, r2
      LOAD_CONST r3, 0
      LOAD_CONST r4, :changed
      SET_PROP r2, r3, r4
      JOIN r1, r5
      SELECT r6, [r1]
      SELECT_WITH_KILL r7, [r1]
      SAME r8, r5, r6
      SAME r9, r6, r7
      ARRAY_INIT r10, [r2, r5, r6, r7, r8, r9]
      RETURN r10
      .function give arity=0 regs=1
      LOAD_CONST r0, [1]
      RETURN r0
      .end`,
    expect: { result: "[[:changed], [1], [1], [1], false, false]" },
  },
  {
    name: "processes as values are references",
    source: `
      LOAD_CONST r0, :self
      ARRAY_INIT r1, [r0]
      ${throughAnother("r1", "r2")}
      LOAD_CONST r3, 0
      GET_PROP r4, r2, r3
      SEND r4, r3
      RECEIVE r5
      SAME r6, r4, r0
      ARRAY_INIT r7, [r5, r6]
      RETURN r7
      ${ECHO}`,
    expect: { result: "[0, true]" },
  },
  {
    name: "keys such as __proto__ survive a copy",
    source: `
      LOAD_CONST r0, {"__proto__": [1], "constructor": 2, "": 3, "$": 4}
      ${throughAnother("r0", "r1")}
      EQUAL r2, r0, r1
      ARRAY_INIT r3, [r1, r2]
      RETURN r3
      ${ECHO}`,
    expect: { result: '[{__proto__: [1], constructor: 2, "": 3, "$": 4}, true]' },
  },
];
