/** Limits of a running VM, made small, and those of values. */
import type { Row } from "../support/run.ts";

/** What one process may hold. The limit is far above what main needs and far below what the host has. */
const SMALL = { limits: { processMemory: 200_000 } };
const TOO_MUCH = "(:system_limit, :process_memory)";
/** main waits for a child that takes and takes. */
function greedy(body: string): string {
  return `
      LOAD_CONST r0, function:child
      LOAD_CONST r1, :"__stdlib:SpawnMonitor"
      CALL r1, r1, [r0]
      RECEIVE r2
      MATCH r2, [((_, _, _, @r3), +1)]
      RETURN r3
      .function child arity=0 regs=20
      LOAD_CONST r8, 0
      LOAD_CONST r9, 1
      LOAD_CONST r10, :self
      LOAD_CONST r11, :"__stdlib:ArrayPush"
      LOAD_CONST r12, []
      LOAD_CONST r13, ()
      LOAD_CONST r14, "text"
      again:
      ADD r8, r8, r9
      ${body}
      JUMP again
      .end`;
}
const PROCESS_MEMORY: readonly Row[] = [
  ...(
    [
      ["an Array that grows", "CALL r1, r11, [r12, r8]"],
      ["a list that grows", "TUPLE_INIT r13, [r8, r13]"],
      ["a text that grows", "ADD r14, r14, r14\nLOAD_CONST r15, 50\nMOD r15, r8, r15\nJUMP_IF_TRUE r15, again"],
      ["its own messages", "SEND r10, r8"],
      ["timers", 'LOAD_CONST r1, :"__stdlib:SendAfter"\nLOAD_CONST r2, 1e9\nCALL r1, r1, [r2, r10, r8]'],
    ] as const
  ).map(
    ([name, body]): Row => ({
      name: `the memory of one process: ${name}`,
      source: greedy(body),
      options: SMALL,
      expect: { result: TOO_MUCH, crashes: [`2: ${TOO_MUCH}`] },
      racy: true,
    }),
  ),
  {
    name: "the memory of one process: no handler catches it",
    source: greedy("TRY r1, +3\nTUPLE_INIT r13, [r8, r13]\nEND_TRY"),
    options: SMALL,
    expect: { result: TOO_MUCH },
    racy: true,
  },
  {
    name: "the memory of one process: one that is sent more than it reads, though it never runs",
    source: `
      LOAD_CONST r0, function:child
      LOAD_CONST r1, :"__stdlib:SpawnMonitor"
      CALL r1, r1, [r0]
      MATCH r1, [((@r1, @r2), +1)]
      LOAD_CONST r3, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
      again:
      SEND r1, r3
      LOAD_CONST r5, 0
      RECEIVE_MATCH r4, r5, [((:DOWN, ^r2, _, @r6), over)]
      JUMP again
      over:
      RETURN r6
      .function child arity=0 regs=2
      LOAD_CONST r0, 1e12
      LOAD_CONST r1, :"__stdlib:Sleep"
      CALL r0, r1, [r0]
      .end`,
    options: SMALL,
    expect: { result: TOO_MUCH },
    racy: true,
  },
  {
    name: "the memory of one process: what it no longer needs does not count",
    source: `
      LOAD_CONST r0, 0
      LOAD_CONST r1, 1
      LOAD_CONST r2, 3000
      again:
      LOAD_CONST r3, []
      SET_PROP r3, r2, r0
      LOAD_CONST r3, 0
      ADD r0, r0, r1
      LESS_THAN r4, r0, r2
      JUMP_IF_TRUE r4, again
      RETURN r0`,
    options: SMALL,
    expect: { result: "3000" },
  },
];

export const ROWS: readonly Row[] = [
  {
    name: "endless recursion: stack_overflow at the end of a turn",
    racy: true,
    options: { limits: { frames: 1000 } },
    source: `
      LOAD_CONST r0, function:f
      CALL r1, r0, []
      RETURN r1
      .function f arity=0 regs=2
      LOAD_CONST r0, function:f
      TRY r1, caught
      CALL r1, r0, []
      END_TRY
      RETURN r1
    caught:
      LOAD_CONST r0, 0
      GET_PROP r0, r1, r0
      THROW r0
      .end`,
    // Each handler on the way out takes the first of what it gets: of the atom that is nothing.
    expect: { reason: "(:throw, undefined)" },
  },
  {
    name: "stack_overflow can be caught where the recursion began, and the process goes on",
    racy: true,
    options: { limits: { frames: 100 } },
    source: `
      LOAD_CONST r0, function:f
      LOAD_CONST r5, 0
      TRY r1, caught
      CALL r2, r0, []
      END_TRY
      RETURN r2
    caught:
      GET_PROP r3, r1, r5
      RETURN r3
      .function f arity=0 regs=2
      LOAD_CONST r0, function:f
      CALL r1, r0, []
      RETURN r1
      .end`,
    expect: { result: ":stack_overflow" },
  },
  {
    name: "uncaught stack_overflow names the frames",
    racy: true,
    options: { limits: { frames: 10 } },
    source: `
      LOAD_CONST r0, function:f
      LOAD_CONST r1, :self
      SPAWN r2, r0, []
      JOIN r2, r3
      RETURN r3
      .function f arity=0 regs=2
      LOAD_CONST r0, function:f
      CALL r1, r0, []
      RETURN r1
      .end`,
    expect: { result: "undefined" },
  },
  {
    name: "frames up to the limit are fine",
    options: { limits: { frames: 11 } },
    source: `
      LOAD_CONST r0, function:f
      LOAD_CONST r1, 9
      CALL r2, r0, [r1]
      RETURN r2
      .function f arity=1 regs=8
      YIELD
      JUMP_IF_FALSE r0, last
      LOAD_CONST r1, 1
      SUB r2, r0, r1
      LOAD_CONST r3, function:f
      CALL r4, r3, [r2]
      RETURN r4
    last:
      LOAD_CONST r4, :deep
      RETURN r4
      .end`,
    expect: { result: ":deep" },
  },
  {
    name: "one frame more is not",
    racy: true,
    options: { limits: { frames: 10 } },
    source: `
      LOAD_CONST r0, function:f
      LOAD_CONST r1, 9
      TRY r5, caught
      CALL r2, r0, [r1]
      END_TRY
      RETURN r2
    caught:
      RETURN r5
      .function f arity=1 regs=8
      YIELD
      JUMP_IF_FALSE r0, last
      LOAD_CONST r1, 1
      SUB r2, r0, r1
      LOAD_CONST r3, function:f
      CALL r4, r3, [r2]
      RETURN r4
    last:
      LOAD_CONST r4, :deep
      RETURN r4
      .end`,
    expect: { result: "(:stack_overflow, 11)" },
  },
  {
    name: "frames that are over do not count, however they ended",
    options: { limits: { frames: 5 } },
    source: `
      LOAD_CONST r0, 30
      LOAD_CONST r1, 1
      LOAD_CONST r2, function:runsOff
      LOAD_CONST r3, function:throws
    loop:
      CALL r4, r2, []
      CALL r4, r2, []
      TRY r5, caught
      CALL r4, r3, [r1]
      END_TRY
    caught:
      YIELD
      SUB r0, r0, r1
      JUMP_IF_TRUE r0, loop
      RETURN r0
      .function runsOff arity=0 regs=0
      NOP
      .end
      .function throws arity=1 regs=4
      JUMP_IF_FALSE r0, now
      LOAD_CONST r1, function:throws
      LOAD_CONST r2, false
      CALL r3, r1, [r2]
    now:
      THROW r0
      .end`,
    expect: { result: "0" },
  },
  {
    name: "the frame limit holds for one that waits",
    racy: true,
    options: { limits: { frames: 1 } },
    source: `
      LOAD_CONST r0, function:f
      CALL r1, r0, []
      RETURN r1
      .function f arity=0 regs=2
      RECEIVE r0
      .end`,
    expect: { reason: "(:stack_overflow, 2)", stack: ["Main:f@0", "Main:main@1"] },
  },
  {
    name: "the limit of processes: SPAWN fails, and works again when one has ended",
    options: { limits: { processes: 3 } },
    source: `
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      SPAWN r2, r0, []
      TRY r3, caught
      SPAWN r4, r0, []
      END_TRY
    caught:
      SEND r1, r0
      JOIN r1, r5
      SPAWN r4, r0, []
      ARRAY_INIT r6, [r3, r4]
      RETURN r6
      .function wait arity=0 regs=0
      RECEIVE r0
      .end`,
    expect: { result: "[(:system_limit, :processes), [Process 4]]" },
  },
  {
    name: "a mailbox that is full ends its owner, in spite of its handlers",
    racy: true,
    options: { limits: { mailbox: 3 } },
    source: `
      LOAD_CONST r0, function:never
      SPAWN r1, r0, []
      LOAD_CONST r2, :"__stdlib:TrapExit"
      LOAD_CONST r3, true
      CALL r4, r2, [r3]
      LINK r1
      SEND r1, r0
      SEND r1, r0
      SEND r1, r0
      LOAD_CONST r5, 0
      RECEIVE_WITH_TIMEOUT r6, r5, r7
      SEND r1, r0
      RECEIVE r8
      ARRAY_INIT r9, [r7, r8]
      RETURN r9
      .function never arity=0 regs=2
      TRY r0, caught
      JOIN_NUMBER 1, r0
      END_TRY
    caught:
      LOAD_CONST r1, 5
      RECEIVE_WITH_TIMEOUT r0, r1, r2
      .end`,
    expect: { result: "[false, (:EXIT, [Process 2], (:mailbox_full, 3))]", crashes: ["2: (:mailbox_full, 3)"] },
  },
  {
    name: "one that fills its own mailbox ends after that instruction",
    options: { limits: { mailbox: 2 } },
    source: `
      LOAD_CONST r0, :self
      TRY r1, caught
      SEND r0, r0
      SEND r0, r0
      SEND r0, r0
      LOAD_CONST r2, :"__stdlib:PrintLn"
      CALL r3, r2, [r0]
      END_TRY
    caught:
      RETURN r1`,
    expect: { reason: "(:mailbox_full, 2)", stdout: "", reductions: 1 + 1 + 12 },
  },
  {
    name: "the limit of reductions ends the run",
    racy: true,
    options: { limits: { reductions: 10_000 } },
    source: `
    loop:
      TRY r0, caught
      END_TRY
      JUMP loop
    caught:
      JUMP caught`,
    expect: { status: "reductions" },
  },
  {
    name: "a string beyond the limit: ADD",
    heavy: true,
    source: `
      LOAD_CONST r0, "x"
      LOAD_CONST r1, 268435455
      MUL r2, r0, r1
      TRY r3, caught
      ADD r4, r2, r0
      END_TRY
      RETURN r4
    caught:
      ADD r5, r2, r6
      LOAD_CONST r7, 268435456
      TRY r8, again
      MUL r9, r0, r7
      END_TRY
    again:
      TRY r11, last
      ADD r10, r2, r2
      END_TRY
    last:
      ARRAY_INIT r4, [r3, r4, r8, r11]
      RETURN r4`,
    expect: {
      result: "[(:system_limit, :string), undefined, (:system_limit, :string), (:system_limit, :string)]",
      // MUL makes 2^28 - 1 units; what fails makes nothing.
      reductions: 2 + 1 + 262_143 + 2 + 1 + 1 + 2 + 2 + 1 + 1,
    },
  },
  {
    name: "an array beyond the limit",
    source: `
      LOAD_CONST r0, [1]
      LOAD_CONST r1, 67108863
      TRY r2, caught
      SET_PROP r0, r1, r1
      END_TRY
    caught:
      LOAD_CONST r1, 9007199254740992
      TRY r3, again
      SET_PROP r0, r1, r1
      END_TRY
    again:
      LOAD_CONST r1, "99999999999999999999999999999999"
      TRY r4, last
      SET_PROP r0, r1, r1
      END_TRY
    last:
      ARRAY_INIT r5, [r0, r2, r3, r4]
      RETURN r5`,
    expect: {
      result: "[[1], (:system_limit, :array), (:system_limit, :array), (:system_limit, :array)]",
      reductions: 2 + 2 + 1 + 2 + 1 + 2 + 1 + 1,
    },
  },
  ...PROCESS_MEMORY,
];
