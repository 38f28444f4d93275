/** TRY, END_TRY, THROW; every kind of error; what passes handlers; traces. */
import type { Row } from "../support/run.ts";

/** One instruction (with r0 … r3 prepared) that fails, and the error's tuple. */
const FAILURES: readonly (readonly [prepare: string, instruction: string, error: string])[] = [
  ["LOAD_CONST r0, 42", "CALL r1, r0, []", "(:badfun, 42)"],
  ["LOAD_CONST r0, [1]", "CALL r1, r0, [r0]", "(:badfun, [1])"],
  ["LOAD_CONST r0, undefined", "CALL r1, r0, []", "(:badfun, undefined)"],
  ["LOAD_CONST r0, :print", "CALL r1, r0, []", "(:badfun, :print)"],
  ["LOAD_CONST r0, {}", 'CALL_METHOD r1, r0, "m", []', "(:badfun, undefined)"],
  ["LOAD_CONST r0, 5", "JOIN r0, r1", "(:badarg, 5)"],
  ["LOAD_CONST r0, 5", "LINK r0", "(:badarg, 5)"],
  ["LOAD_CONST r0, undefined", "LINK r0", "(:badarg, undefined)"],
  ["LOAD_CONST r0, -1", "RECEIVE_WITH_TIMEOUT r1, r0, r2", "(:badarg, -1)"],
  ["LOAD_CONST r0, NaN", "RECEIVE_WITH_TIMEOUT r1, r0, r2", "(:badarg, NaN)"],
  ['LOAD_CONST r0, "5"', "RECEIVE_WITH_TIMEOUT r1, r0, r2", '(:badarg, "5")'],
  ["LOAD_CONST r0, -Infinity", "RECEIVE_WITH_TIMEOUT r1, r0, r2", "(:badarg, -Infinity)"],
  ["LOAD_CONST r0, :infinity", "RECEIVE_WITH_TIMEOUT r1, r0, r2", "(:badarg, :infinity)"],
  ['LOAD_CONST r0, :"__stdlib:TestFail"\nLOAD_CONST r2, "why"', "CALL r1, r0, [r2]", '(:ffi, "TestFail", "why")'],
  [
    'LOAD_CONST r0, :"__stdlib:TestNumber"\nLOAD_CONST r2, "why"',
    "CALL r1, r0, [r2]",
    '(:ffi, "TestNumber", "Expected Number argument, got String")',
  ],
  [
    'LOAD_CONST r0, :"__stdlib:TestNumber"\nNOP',
    "CALL r1, r0, []",
    '(:ffi, "TestNumber", "Expected 1 arguments, got 0")',
  ],
  ['LOAD_CONST r0, "ab"\nLOAD_CONST r2, 1e300', "MUL r1, r0, r2", "(:system_limit, :string)"],
  ['LOAD_CONST r0, Infinity\nLOAD_CONST r2, "x"', "MUL r1, r0, r2", "(:system_limit, :string)"],
  ["LOAD_CONST r0, :thrown\nNOP", "THROW r0", ":thrown"],
];

function failureRows([prepare, instruction, error]: (typeof FAILURES)[number]): Row[] {
  const at = prepare.split("\n").length;
  const reason = instruction.startsWith("THROW") ? `(:throw, ${error})` : error;
  return [
    {
      name: `${instruction} after ${prepare.replaceAll("\n", "; ")}: uncaught`,
      source: `${prepare}\n${instruction}\nRETURN r1`,
      expect: { reason, stack: [`Main:main@${at}`], crashes: [] },
    },
    {
      name: `${instruction} after ${prepare.replaceAll("\n", "; ")}: caught, the target left as it was`,
      source: `
        LOAD_CONST r1, :before
        ${prepare}
        TRY r3, caught
        ${instruction}
        END_TRY
        RETURN r1
      caught:
        ARRAY_INIT r4, [r3, r1]
        RETURN r4`,
      expect: { result: `[${error}, :before]` },
    },
  ];
}

export const ROWS: readonly Row[] = [
  ...FAILURES.flatMap(failureRows),
  {
    name: "SELECT and SELECT_WITH_KILL without a process among them",
    source: `
      LOAD_CONST r0, 5
      TRY r1, first
      SELECT r2, [r0, r0]
      END_TRY
    first:
      TRY r3, second
      SELECT_WITH_KILL r2, []
      END_TRY
    second:
      LOAD_CONST r4, 0
      GET_PROP r5, r1, r4
      GET_PROP r6, r3, r4
      ARRAY_INIT r7, [r5, r6, r2]
      RETURN r7`,
    expect: { result: "[:badarg, :badarg, undefined]" },
  },
  {
    name: "SPAWN of what is no bytecode function is no error",
    source: `
      LOAD_CONST r0, 5
      SPAWN r1, r0, []
      LOAD_CONST r0, :"__stdlib:PrintLn"
      SPAWN r2, r0, [r0]
      ARRAY_INIT r3, [r1, r2]
      RETURN r3`,
    expect: { result: "[undefined, undefined]", stdout: "", reductions: 1 + 4 + 1 + 4 + 1 + 1 },
  },
  {
    name: "TRY and END_TRY cost one each",
    source: `
      TRY r0, +3
      NOP
      END_TRY
      RETURN r0`,
    expect: { result: "undefined", reductions: 4 },
  },
  {
    name: "a failing instruction is charged",
    source: `
      LOAD_CONST r0, 1
      TRY r1, caught
      CALL r2, r0, []
      END_TRY
    caught:
      RETURN r1`,
    expect: { result: "(:badfun, 1)", reductions: 1 + 1 + 2 + 1 },
  },
  {
    name: "THROW gives the value itself, not a copy",
    source: `
      LOAD_CONST r0, [1]
      TRY r1, caught
      THROW r0
    caught:
      SAME r2, r0, r1
      RETURN r2`,
    expect: { result: "true", reductions: 5 },
  },
  {
    name: "a throw in a function called, two frames down",
    source: `
      LOAD_CONST r0, function:outer
      LOAD_CONST r1, {deep: [1]}
      TRY r2, caught
      CALL r3, r0, [r1]
      END_TRY
      RETURN r3
    caught:
      SAME r4, r1, r2
      RETURN r4
      .function outer arity=1 regs=4
      LOAD_CONST r1, function:inner
      CALL r2, r1, [r0]
      RETURN r2
      .end
      .function inner arity=1 regs=4
      THROW r0
      .end`,
    expect: { result: "true" },
  },
  {
    name: "the innermost handler catches, and is closed in its handler",
    source: `
      TRY r0, outer
      TRY r1, inner
      LOAD_CONST r2, 1
      THROW r2
    inner:
      LOAD_CONST r3, 2
      THROW r3
    outer:
      ARRAY_INIT r4, [r0, r1]
      RETURN r4`,
    expect: { result: "[2, 1]" },
  },
  {
    name: "a handler that runs into an outer one with that one's TRY open is refused",
    source: `
      TRY r0, outer
      TRY r1, inner
      NOP
      END_TRY
      LOAD_CONST r2, :thrown
      THROW r2
    inner:
      LOAD_CONST r0, :wrong
    outer:
      ARRAY_INIT r4, [r0, r1]
      RETURN r4`,
    expect: { fails: "instruction" },
  },
  {
    name: "END_TRY closes the innermost: the outer one catches",
    source: `
      TRY r0, outer
      TRY r1, inner
      NOP
      END_TRY
      LOAD_CONST r2, :thrown
      THROW r2
    inner:
      LOAD_CONST r2, :wrong
      THROW r2
    outer:
      ARRAY_INIT r4, [r0, r1]
      RETURN r4`,
    expect: { result: "[:thrown, undefined]" },
  },
  {
    name: "END_TRY without a TRY is refused",
    source: "END_TRY",
    expect: { fails: "instruction 0" },
  },
  {
    name: "END_TRY in a handler, whose TRY is closed already, is refused",
    source: `
      TRY r0, caught
      END_TRY
      RETURN r0
    caught:
      END_TRY`,
    expect: { fails: "instruction 3" },
  },
  {
    name: "paths that disagree about open handlers are refused",
    source: `
      JUMP_IF_TRUE r0, join
      TRY r1, +2
    join:
      NOP
      RETURN r0`,
    expect: { fails: "function main" },
  },
  {
    name: "a loop that opens a handler each time round is refused",
    source: `
    loop:
      TRY r0, +1
      JUMP loop`,
    expect: { fails: "function main" },
  },
  {
    name: "a handler at the end: running off it returns Unit",
    source: `
      LOAD_CONST r0, function:f
      CALL r1, r0, []
      RETURN r1
      .function f arity=0 regs=0
      TRY r0, +2
      THROW r0
      .end`,
    expect: { result: "()", reductions: 6 },
  },
  {
    name: "a handler that begins at the instruction behind TRY",
    source: `
      TRY r0, +1
      NOP
      RETURN r0`,
    // The two ways to instruction 1 disagree: with the TRY open, and with it closed.
    expect: { fails: "function main" },
  },
  {
    name: "a handler may lead back to its own TRY",
    source: `
      LOAD_CONST r1, 0
      LOAD_CONST r2, 1
      LOAD_CONST r3, 3
      JUMP again
    again:
      TRY r0, handler
      ADD r1, r1, r2
      EQUAL r4, r1, r3
      JUMP_IF_TRUE r4, out
      THROW r1
    handler:
      JUMP again
    out:
      END_TRY
      ARRAY_INIT r5, [r0, r1]
      RETURN r5`,
    expect: { result: "[2, 3]" },
  },
  {
    name: "a TRY whose handler stands before it",
    source: `
      JUMP start
    handler:
      RETURN r0
    start:
      LOAD_CONST r1, :back
      TRY r0, handler
      THROW r1`,
    expect: { result: ":back", reductions: 5 },
  },
  {
    name: "two TRYs one inside the other with the same handler are refused",
    source: `
      LOAD_CONST r0, function:f
      TRY r1, caught
      CALL r2, r0, []
      THROW r2
    caught:
      RETURN r1
      .function f arity=0 regs=4
      TRY r0, wrong
      TRY r0, wrong
      LOAD_CONST r1, :right
      RETURN r1
    wrong:
      LOAD_CONST r1, :wrong
      RETURN r1
      .end`,
    expect: { fails: "function f" },
  },
  {
    name: "RETURN closes every handler of its frame",
    source: `
      LOAD_CONST r0, function:f
      TRY r1, caught
      CALL r2, r0, []
      THROW r2
    caught:
      RETURN r1
      .function f arity=0 regs=4
      TRY r0, outer
      TRY r0, inner
      LOAD_CONST r1, :right
      RETURN r1
    inner:
      END_TRY
      RETURN r0
    outer:
      LOAD_CONST r1, :wrong
      RETURN r1
      .end`,
    expect: { result: ":right" },
  },
  {
    name: "a handler of a caller catches what a handler of the callee throws again",
    source: `
      LOAD_CONST r0, function:f
      TRY r1, caught
      CALL r2, r0, []
      END_TRY
      RETURN r2
    caught:
      RETURN r1
      .function f arity=0 regs=4
      TRY r0, again
      LOAD_CONST r1, 1
      THROW r1
    again:
      TUPLE_INIT r2, [r0]
      THROW r2
      .end`,
    expect: { result: "(1,)" },
  },
  {
    name: "the error in an instruction that runs while a handler runs goes outwards",
    source: `
      TRY r0, outer
      TRY r1, inner
      CALL r2, r2, []
      END_TRY
    inner:
      JOIN r1, r3
      END_TRY
    outer:
      RETURN r0`,
    expect: { result: "(:badarg, (:badfun, undefined))" },
  },
  {
    name: "registers written before the error keep what they have",
    source: `
      LOAD_CONST r1, 1
      TRY r0, caught
      LOAD_CONST r1, 2
      LOAD_CONST r2, 3
      THROW r1
    caught:
      ARRAY_INIT r3, [r1, r2]
      RETURN r3`,
    expect: { result: "[2, 3]" },
  },
  {
    name: "a thrown Undefined, a thrown tuple that looks like an error",
    source: `
      TRY r0, first
      THROW r5
    first:
      LOAD_CONST r1, (:badfun, 1)
      TRY r2, second
      THROW r1
    second:
      ARRAY_INIT r3, [r0, r2]
      RETURN r3`,
    expect: { result: "[undefined, (:badfun, 1)]" },
  },
  {
    name: "uncaught: the reason, and the frames with their instructions, innermost first",
    source: `
      NOP
      LOAD_CONST r0, function:outer
      CALL r1, r0, []
      RETURN r1
      .function outer arity=0 regs=4
      LOAD_CONST r0, function:inner
      LOAD_CONST r1, {why: [:because]}
      CALL r2, r0, [r1]
      RETURN r2
      .end
      .function inner arity=1 regs=4
      THROW r0
      .end`,
    expect: { reason: "(:throw, {why: [:because]})", stack: ["Main:inner@0", "Main:outer@2", "Main:main@2"] },
  },
  {
    name: "uncaught: source lines where the file has them",
    source: `
      .line 3 5
      NOP
      LOAD_CONST r0, function:f
      .line 4 1
      CALL r1, r0, []
      RETURN r1
      .function f arity=0 regs=4
      NOP
      .line 10 2
      NOP
      THROW r0
      .end`,
    expect: { reason: "(:throw, undefined)", stack: ["Main:f@2(10:2)", "Main:main@2(4:1)"] },
  },
  {
    name: "uncaught in a hidden call: the frame of the method, then the instruction",
    source: `
      LOAD_CONST r0, function:method
      OBJECT_INIT r1, {__add__: r0}
      ADD r2, r1, r1
      RETURN r2
      .function method arity=1 regs=1
      NOP
      THROW r0
      .end`,
    expect: { reason: "(:throw, {__add__: [Function: Main:method]})", stack: ["Main:method@1", "Main:main@2"] },
  },
  {
    name: "uncaught, a hundred frames deep: the innermost and the outermost 25",
    source: `
      LOAD_CONST r0, function:f
      LOAD_CONST r1, 99
      CALL r2, r0, [r1]
      RETURN r2
      .function f arity=1 regs=4
      JUMP_IF_FALSE r0, last
      LOAD_CONST r1, function:f
      LOAD_CONST r2, 1
      SUB r3, r0, r2
      CALL r4, r1, [r3]
      RETURN r4
    last:
      THROW r0
      .end`,
    expect: {
      reason: "(:throw, 0)",
      stack: [
        "Main:f@6",
        ...Array.from({ length: 24 }, () => "Main:f@4"),
        "… 51",
        ...Array.from({ length: 24 }, () => "Main:f@4"),
        "Main:main@2",
      ],
    },
  },
  {
    name: "a handler does not see errors of other processes",
    source: `
      LOAD_CONST r0, function:f
      TRY r1, caught
      SPAWN r2, r0, []
      JOIN r2, r3
      END_TRY
      RETURN r3
    caught:
      RETURN r1
      .function f arity=0 regs=4
      LOAD_CONST r0, :mine
      THROW r0
      .end`,
    expect: { result: "undefined", crashes: ["2: (:throw, :mine)"] },
  },
  {
    name: "a handler is opened anew in each call",
    source: `
      LOAD_CONST r0, function:f
      LOAD_CONST r1, 3
      CALL r2, r0, [r1]
      RETURN r2
      .function f arity=1 regs=8
      JUMP_IF_FALSE r0, zero
      LOAD_CONST r1, function:f
      LOAD_CONST r2, 1
      SUB r3, r0, r2
      TRY r4, caught
      CALL r5, r1, [r3]
      END_TRY
      RETURN r5
    caught:
      TUPLE_INIT r6, [r0, r4]
      THROW r6
    zero:
      THROW r0
      .end`,
    expect: { reason: "(:throw, (3, (2, (1, 0))))", stack: ["Main:f@9", "Main:main@2"] },
  },
  {
    name: "exit signals pass every handler",
    racy: true,
    source: `
      LOAD_CONST r0, function:f
      TRY r1, caught
      SPAWN r2, r0, []
      LINK r2
      SEND r2, r0
      RECEIVE r3
      END_TRY
    caught:
      LOAD_CONST r4, :caught
      RETURN r4
      .function f arity=0 regs=4
      RECEIVE r0
      LOAD_CONST r0, :why
      THROW r0
      .end`,
    expect: { reason: "(:throw, :why)", crashes: ["2: (:throw, :why)"] },
  },
  {
    name: "kill passes every handler",
    source: `
      LOAD_CONST r0, function:f
      SPAWN r1, r0, []
      LOAD_CONST r2, :"__stdlib:Exit"
      LOAD_CONST r3, :kill
      CALL r4, r2, [r1, r3]
      JOIN r1, r5
      RETURN r5
      .function f arity=0 regs=4
      TRY r0, caught
      RECEIVE r0
      END_TRY
    caught:
      LOAD_CONST r0, :caught
      RETURN r0
      .end`,
    expect: { result: "undefined", crashes: [] },
  },
  {
    name: "an error of the last instruction",
    source: "LOAD_CONST r0, 5\nCALL r1, r0, []",
    expect: { reason: "(:badfun, 5)", stack: ["Main:main@1"], reductions: 3 },
  },
];
