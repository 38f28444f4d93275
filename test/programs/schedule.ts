/**
 * Whole event streams, worked out by hand from the specification. The comment at each instruction is
 * what its process has spent once it is charged; `S` marks the safe points. At a safe point the turn ends
 * if what it has spent has reached the budget: `preempt`, and if nobody else can run a `turn` in place.
 */
import type { Row } from "../support/run.ts";

/** Every stream begins with main's birth, which the host causes, and its first turn. */
const BIRTH = ["spawn 0@0 1", "turn 1@0"];

function stream(...events: string[]): readonly string[] {
  return [...BIRTH, ...events];
}

/** The turn of process p ends at r reductions, and as nobody else can run a new one begins in place. */
function inPlace(p: number, r: number): string[] {
  return [`preempt ${p}@${r}`, `turn ${p}@${r}`];
}

/** Instructions that are safe points, with registers that hold Undefined or, r1, 0. */
const SAFE: readonly string[] = [
  "SPAWN r0, r2, []",
  "SEND r0, r0",
  "RECEIVE_WITH_TIMEOUT r0, r1, r3",
  "CALL r0, r2, []",
  'CALL_METHOD r0, r2, "m", []',
  "JOIN r2, r0",
  "JOIN_NUMBER 9, r0",
  "SELECT r0, [r2]",
  "SELECT_WITH_KILL r0, [r2]",
  "YIELD",
];

export const ROWS: readonly Row[] = [
  {
    name: "spawn, send, receive, join",
    source: `
      LOAD_CONST r0, function:child  ; 1
      SPAWN r1, r0, []               ; 5 S
      LOAD_CONST r2, :hello          ; 6
      SEND r1, r2                    ; 10 S
      JOIN r1, r3                    ; 12 S
      RETURN r3                      ; 13
      .function child arity=0 regs=1
      RECEIVE r0                     ; 2 S
      RETURN r0                      ; 3
      .end`,
    expect: {
      result: ":hello",
      events: {
        // SPAWN at 1, SEND with 5 spent, JOIN with 4 spent; JOIN then finds the child ended.
        1: stream(
          ...inPlace(1, 1),
          "spawn 1@5 2",
          "preempt 1@6",
          "turn 2@0",
          "block 2@2 message",
          "turn 1@6",
          "send 1@10 2",
          "wake 2@2 message",
          "preempt 1@10",
          "turn 2@2",
          "receive 2@2",
          "exit 2@3 normal",
          "turn 1@10",
          "exit 1@13 normal",
        ),
        // At SPAWN 1 is spent, at SEND 6, at JOIN 4.
        3: stream(
          "spawn 1@5 2",
          "preempt 1@6",
          "turn 2@0",
          "block 2@2 message",
          "turn 1@6",
          "send 1@10 2",
          "wake 2@2 message",
          "preempt 1@10",
          "turn 2@2",
          "receive 2@2",
          "exit 2@3 normal",
          "turn 1@10",
          "exit 1@13 normal",
        ),
        // At SEND 6 is spent, at JOIN 10.
        7: stream(
          "spawn 1@5 2",
          "send 1@10 2",
          "preempt 1@10",
          "turn 2@0",
          "receive 2@2",
          "exit 2@3 normal",
          "turn 1@10",
          "exit 1@13 normal",
        ),
        2000: stream(
          "spawn 1@5 2",
          "send 1@10 2",
          "block 1@12 end",
          "turn 2@0",
          "receive 2@2",
          "exit 2@3 normal",
          "wake 1@12 end",
          "turn 1@12",
          "exit 1@13 normal",
        ),
      },
    },
  },
  {
    name: "the head of a loop is a safe point, however control arrives there",
    source: `
      LOAD_CONST r0, 3               ; 1
      LOAD_CONST r1, 1               ; 2
    loop:
      SUB r0, r0, r1                 ; 3 5 7 S
      JUMP_IF_TRUE r0, loop          ; 4 6 8
      RETURN r0                      ; 9`,
    expect: {
      events: {
        1: stream(...inPlace(1, 2), ...inPlace(1, 4), ...inPlace(1, 6), "exit 1@9 normal"),
        2: stream(...inPlace(1, 2), ...inPlace(1, 4), ...inPlace(1, 6), "exit 1@9 normal"),
        // With 2 spent the first time, with 4 the second, with 2 the third.
        3: stream(...inPlace(1, 4), "exit 1@9 normal"),
        5: stream(...inPlace(1, 6), "exit 1@9 normal"),
        7: stream("exit 1@9 normal"),
      },
    },
  },
  {
    name: "an instruction that names itself is a safe point, whether it jumps or not",
    source: `
      LOAD_CONST r0, true            ; 1
      JUMP_IF_FALSE r0, +0           ; 2 S
      NOP                            ; 3
      MATCH r0, [(1, +0)]            ; 4 S
      RETURN r0                      ; 5`,
    expect: {
      events: {
        1: stream(...inPlace(1, 1), ...inPlace(1, 3), "exit 1@5 normal"),
        2: stream(...inPlace(1, 3), "exit 1@5 normal"),
      },
    },
  },
  {
    name: "an instruction that code which is never reached names backwards is a safe point",
    source: `
      LOAD_CONST r0, 1               ; 1
      NOP                            ; 2 S
      RETURN r0                      ; 3
      JUMP -2`,
    expect: { events: { 1: stream(...inPlace(1, 1), "exit 1@3 normal") } },
  },
  ...SAFE.map(exactlySpent),
  ...["EQUAL", "NOT_EQUAL", "LESS_THAN", "LESS_EQUAL", "GREATER_THAN", "GREATER_EQUAL"].map(comparedAndJumped),
  {
    name: "targets of jumps forward are none",
    source: `
      LOAD_CONST r0, true            ; 1
      JUMP +1                        ; 2
      JUMP_IF_TRUE r0, +1            ; 3
      MATCH r0, [(true, +1)]         ; 4
      RETURN r0                      ; 5`,
    expect: { events: { 1: stream("exit 1@5 normal") } },
  },
  {
    name: "the handler of a TRY that stands behind it is a safe point",
    source: `
      JUMP start                     ; 1
    handler:
      RETURN r0                      ; 5 S
    start:
      LOAD_CONST r1, :x              ; 2
      TRY r0, handler                ; 3
      THROW r1                       ; 4`,
    expect: { result: ":x", events: { 1: stream(...inPlace(1, 4), "exit 1@5 normal"), 5: stream("exit 1@5 normal") } },
  },
  {
    name: "the target of a MATCH that leads back is a safe point",
    source: `
      LOAD_CONST r0, 2               ; 1
      LOAD_CONST r1, 1               ; 2
    again:
      SUB r0, r0, r1                 ; 3 5 S
      MATCH r0, [(1, again)]         ; 4 6
      RETURN r0                      ; 7`,
    expect: {
      events: {
        1: stream(...inPlace(1, 2), ...inPlace(1, 4), "exit 1@7 normal"),
        3: stream(...inPlace(1, 4), "exit 1@7 normal"),
      },
    },
  },
  {
    name: "instructions that are no safe points",
    source: `
      LOAD_CONST r0, 1
      MOVE r1, r0
      ADD r2, r0, r1
      SUB r2, r0, r1
      MUL r2, r0, r1
      DIV r2, r0, r1
      GET_PROP r2, r0, r1
      SET_PROP r2, r0, r1
      JUMP +1
      JUMP_IF_TRUE r2, +1
      JUMP_IF_FALSE r2, +1
      LOAD_CONST r3, :self
      LINK r3
      MATCH r0, [(1, +1)]
      NOP
      EQUAL r2, r0, r1
      NOT_EQUAL r2, r0, r1
      LESS_THAN r2, r0, r1
      LESS_EQUAL r2, r0, r1
      GREATER_THAN r2, r0, r1
      GREATER_EQUAL r2, r0, r1
      AND r2, r0, r1
      OR r2, r0, r1
      NOT r2, r0
      OBJECT_INIT r2, {a: r0}
      ARRAY_INIT r2, [r0]
      MAKE_CLOSURE r2, r0, "s", [a:r0]
      TUPLE_INIT r2, [r0]
      TAG_INIT r2, "t", r0
      MOD r2, r0, r1
      NEG r2, r0
      BIT_AND r2, r0, r1
      BIT_OR r2, r0, r1
      BIT_XOR r2, r0, r1
      SHL r2, r0, r1
      SHR r2, r0, r1
      USHR r2, r0, r1
      SAME r2, r0, r1
      LOAD_CONST r4, :"__stdlib:TestArguments"
      CALL r5, r4, [r0]
      OBJECT_INIT r6, {f: r4, __add__: r4, __getattr__: r4, __setattr__: r4}
      CALL_METHOD r7, r6, "f", []
      ADD r7, r6, r6
      GET_PROP r7, r6, r8
      SET_PROP r6, r8, r8
      TRY r7, +3
      END_TRY
      RETURN r2
      RETURN r7`,
    // 48 instructions, three of which cost 2: LINK, CALL, CALL_METHOD.
    expect: { events: { 1: stream("exit 1@51 normal") } },
  },
  {
    name: "instructions that are safe points, whatever their operands",
    source: `
      LOAD_CONST r1, 0               ; 1
      SPAWN r0, r2, []               ; 5 S
      SEND r0, r0                    ; 9 S
      RECEIVE_WITH_TIMEOUT r3, r1, r4 ; 11 S
      YIELD                          ; 12 S, and its turn ends
      LOAD_CONST r5, :self           ; 13
      SEND r5, r5                    ; 17 S
      RECEIVE r6                     ; 19 S
      TRY r7, +3                     ; 20
      CALL r8, r1, []                ; 22 S
      END_TRY
      TRY r7, +3                     ; 23
      CALL_METHOD r8, r1, "m", []    ; 25 S
      END_TRY
      TRY r7, +3                     ; 26
      JOIN r1, r8                    ; 28 S
      END_TRY
      TRY r7, +3                     ; 29
      SELECT r8, [r1]                ; 31 S
      END_TRY
      TRY r7, +3                     ; 32
      SELECT_WITH_KILL r8, [r1]      ; 34 S
      END_TRY
      TRY r7, +3                     ; 35
      JOIN_NUMBER 9, r8              ; 37 S
      END_TRY
      RETURN r7                      ; 38`,
    expect: {
      result: "(:badarg, 9)",
      events: {
        1: stream(
          ...inPlace(1, 1),
          ...inPlace(1, 5),
          ...inPlace(1, 9),
          ...inPlace(1, 11),
          ...inPlace(1, 12),
          ...inPlace(1, 13),
          "send 1@17 1",
          ...inPlace(1, 17),
          "receive 1@19",
          ...inPlace(1, 20),
          ...inPlace(1, 23),
          ...inPlace(1, 26),
          ...inPlace(1, 29),
          ...inPlace(1, 32),
          ...inPlace(1, 35),
          "exit 1@38 normal",
        ),
      },
    },
  },
  {
    name: "a hidden call is a safe point behind the instruction's own cost",
    source: `
      LOAD_CONST r0, function:f      ; 1
      OBJECT_INIT r1, {__add__: r0}  ; 2
      ADD r2, r1, r1                 ; 3, S, 5
      RETURN r2                      ; 8
      .function f arity=1 regs=1
      YIELD                          ; 6 S, and its turn ends
      RETURN r0                      ; 7
      .end`,
    expect: {
      events: {
        1: stream(...inPlace(1, 3), ...inPlace(1, 5), ...inPlace(1, 6), "exit 1@8 normal"),
        2: stream(...inPlace(1, 3), ...inPlace(1, 5), ...inPlace(1, 6), "exit 1@8 normal"),
        3: stream(...inPlace(1, 3), ...inPlace(1, 6), "exit 1@8 normal"),
        // YIELD comes with 5 spent.
        4: stream(...inPlace(1, 5), ...inPlace(1, 6), "exit 1@8 normal"),
        2000: stream(...inPlace(1, 6), "exit 1@8 normal"),
      },
    },
  },
  {
    name: "hidden calls of GET_PROP, SET_PROP and comparisons are safe points too",
    source: `
      LOAD_CONST r0, function:f      ; 1
      OBJECT_INIT r1, {__getattr__: r0, __setattr__: r0, __eq__: r0} ; 2
      LOAD_CONST r2, :k              ; 3
      GET_PROP r3, r1, r2            ; 4, S, 6, 7
      SET_PROP r1, r2, r3            ; 8, S, 10, 11
      EQUAL r4, r1, r2               ; 12, S, 14, 15
      RETURN r4                      ; 16
      .function f arity=2 regs=1
      RETURN r0
      .end`,
    expect: {
      result: "true",
      events: {
        1: stream(...inPlace(1, 4), ...inPlace(1, 8), ...inPlace(1, 12), "exit 1@16 normal"),
        // With 4 spent, with 4, with 4.
        4: stream(...inPlace(1, 4), ...inPlace(1, 8), ...inPlace(1, 12), "exit 1@16 normal"),
        5: stream(...inPlace(1, 8), "exit 1@16 normal"),
      },
    },
  },
  {
    name: "CALL of bytecode is a safe point before its cost, in loops of calls too",
    source: `
      LOAD_CONST r0, function:f      ; 1
      CALL r1, r0, []                ; S 3
      CALL r1, r0, []                ; S 6
      RETURN r1                      ; 8
      .function f arity=0 regs=1
      RETURN r0                      ; 4, 7
      .end`,
    expect: {
      events: {
        1: stream(...inPlace(1, 1), ...inPlace(1, 4), "exit 1@8 normal"),
        3: stream(...inPlace(1, 4), "exit 1@8 normal"),
        5: stream("exit 1@8 normal"),
      },
    },
  },
  {
    name: "two that yield take turns",
    racy: true,
    source: `
      LOAD_CONST r0, function:say    ; 1
      LOAD_CONST r1, "b"             ; 2
      SPAWN r2, r0, [r1]             ; 6 S
      LOAD_CONST r1, "a"             ; 7
      CALL r3, r0, [r1]              ; 9 S, 16
      JOIN r2, r3                    ; 18 S
      RETURN r3                      ; 19
      .function say arity=1 regs=4
      LOAD_CONST r1, :"__stdlib:Print" ; 1   10
      CALL r2, r1, [r0]              ; 3   12
      YIELD                          ; 4   13 S
      CALL r2, r1, [r0]              ; 6   15
      RETURN r0                      ; 7   16
      .end`,
    expect: {
      result: '"b"',
      events: {
        1: stream(
          ...inPlace(1, 2),
          "spawn 1@6 2",
          "preempt 1@7",
          "turn 2@0",
          "preempt 2@3",
          "turn 1@7",
          "preempt 1@12",
          "turn 2@3",
          "preempt 2@4",
          "turn 1@12",
          "preempt 1@13",
          "turn 2@4",
          "exit 2@7 normal",
          "turn 1@13",
          ...inPlace(1, 16),
          "exit 1@19 normal",
        ),
        2000: stream(
          "spawn 1@6 2",
          "preempt 1@13",
          "turn 2@0",
          "preempt 2@4",
          "turn 1@13",
          "block 1@18 end",
          "turn 2@4",
          "exit 2@7 normal",
          "wake 1@18 end",
          "turn 1@18",
          "exit 1@19 normal",
        ),
      },
    },
  },
  {
    name: "SEND to a waiting process puts it at the end of the queue at once",
    source: `
      LOAD_CONST r0, function:wait   ; 1
      SPAWN r1, r0, []               ; 5 S
      SPAWN r2, r0, []               ; 9 S
      YIELD                          ; 10 S
      SEND r2, r0                    ; 14 S
      SEND r1, r0                    ; 18 S
      RETURN r0                      ; 19
      .function wait arity=0 regs=1
      RECEIVE r0                     ; 2 S
      RETURN r0                      ; 3
      .end`,
    expect: {
      events: {
        2000: stream(
          "spawn 1@5 2",
          "spawn 1@9 3",
          "preempt 1@10",
          "turn 2@0",
          "block 2@2 message",
          "turn 3@0",
          "block 3@2 message",
          "turn 1@10",
          "send 1@14 3",
          "wake 3@2 message",
          "send 1@18 2",
          "wake 2@2 message",
          "exit 1@19 normal",
          "turn 3@2",
          "receive 3@2",
          "exit 3@3 normal",
          "turn 2@2",
          "receive 2@2",
          "exit 2@3 normal",
        ),
      },
    },
  },
  {
    name: "a second message to one that was woken wakes nobody",
    source: `
      LOAD_CONST r0, function:two    ; 1
      SPAWN r1, r0, []               ; 5 S
      YIELD                          ; 6 S
      SEND r1, r0                    ; 10 S
      SEND r1, r0                    ; 14 S
      RETURN r0                      ; 15
      .function two arity=0 regs=1
      RECEIVE r0                     ; 2 S
      RECEIVE r0                     ; 4 S
      .end`,
    expect: {
      events: {
        2000: stream(
          "spawn 1@5 2",
          "preempt 1@6",
          "turn 2@0",
          "block 2@2 message",
          "turn 1@6",
          "send 1@10 2",
          "wake 2@2 message",
          "send 1@14 2",
          "exit 1@15 normal",
          "turn 2@2",
          "receive 2@2",
          "receive 2@4",
          "exit 2@4 normal",
        ),
      },
    },
  },
  {
    name: "a message to one that waits for an end wakes nobody",
    source: `
      LOAD_CONST r0, function:child  ; 1
      LOAD_CONST r1, :self           ; 2
      SPAWN r2, r0, [r1]             ; 6 S
      JOIN r2, r3                    ; 8 S
      RECEIVE r4                     ; 10 S
      RETURN r4                      ; 11
      .function child arity=1 regs=1
      SEND r0, r0                    ; 4 S
      YIELD                          ; 5 S
      RETURN r0                      ; 6
      .end`,
    expect: {
      events: {
        2000: stream(
          "spawn 1@6 2",
          "block 1@8 end",
          "turn 2@0",
          "send 2@4 1",
          ...inPlace(2, 5),
          "exit 2@6 normal",
          "wake 1@8 end",
          "turn 1@8",
          "receive 1@10",
          "exit 1@11 normal",
        ),
      },
    },
  },
  {
    name: "a timeout is a block and a wake, a poll is neither",
    source: `
      LOAD_CONST r0, 10              ; 1
      RECEIVE_WITH_TIMEOUT r1, r0, r2 ; 3 S
      LOAD_CONST r0, 0               ; 4
      RECEIVE_WITH_TIMEOUT r1, r0, r2 ; 6 S
      RETURN r2                      ; 7`,
    expect: {
      events: {
        // The turn that the timer's wake begins has spent 1 when the poll comes.
        1: stream(
          ...inPlace(1, 1),
          "block 1@3 message",
          "wake 1@3 timer",
          "turn 1@3",
          ...inPlace(1, 4),
          "exit 1@7 normal",
        ),
        2000: stream("block 1@3 message", "wake 1@3 timer", "turn 1@3", "exit 1@7 normal"),
      },
    },
  },
  {
    name: "equal deadlines fire in the order set",
    source: `
      LOAD_CONST r0, function:sleep  ; 1
      LOAD_CONST r1, 5               ; 2
      SPAWN r2, r0, [r1]             ; 6 S
      LOAD_CONST r1, 4.5             ; 7
      SPAWN r3, r0, [r1]             ; 11 S
      LOAD_CONST r1, 4               ; 12
      SPAWN r3, r0, [r1]             ; 16 S
      RETURN r0                      ; 17
      .function sleep arity=1 regs=2
      RECEIVE_WITH_TIMEOUT r1, r0, r2 ; 2 S
      RETURN r2                      ; 3
      .end`,
    expect: {
      events: {
        2000: stream(
          "spawn 1@6 2",
          "spawn 1@11 3",
          "spawn 1@16 4",
          "exit 1@17 normal",
          "turn 2@0",
          "block 2@2 message",
          "turn 3@0",
          "block 3@2 message",
          "turn 4@0",
          "block 4@2 message",
          "wake 4@2 timer",
          "turn 4@2",
          "exit 4@3 normal",
          "wake 2@2 timer",
          "wake 3@2 timer",
          "turn 2@2",
          "exit 2@3 normal",
          "turn 3@2",
          "exit 3@3 normal",
        ),
      },
    },
  },
  {
    name: "what waits wakes, then links end, first in first out",
    source: `
      LOAD_CONST r0, function:victim ; 1
      SPAWN r1, r0, []               ; 5 S
      LOAD_CONST r2, function:linker ; 6
      SPAWN r3, r2, [r1]             ; 10 S
      LOAD_CONST r4, function:joiner ; 11
      SPAWN r5, r4, [r1]             ; 15 S
      SPAWN r5, r2, [r3]             ; 19 S
      YIELD                          ; 20 S
      SEND r1, r0                    ; 24 S
      RETURN r0                      ; 25
      .function victim arity=0 regs=1
      RECEIVE r0                     ; 2 S
      THROW r0                       ; 3
      .end
      .function linker arity=1 regs=1
      LINK r0                        ; 2
      RECEIVE r1                     ; 4 S
      .end
      .function joiner arity=1 regs=1
      JOIN r0, r1                    ; 2 S
      RETURN r1                      ; 3
      .end`,
    expect: {
      events: {
        2000: stream(
          "spawn 1@5 2",
          "spawn 1@10 3",
          "spawn 1@15 4",
          "spawn 1@19 5",
          "preempt 1@20",
          "turn 2@0",
          "block 2@2 message",
          "turn 3@0",
          "block 3@4 message",
          "turn 4@0",
          "block 4@2 end",
          "turn 5@0",
          "block 5@4 message",
          "turn 1@20",
          "send 1@24 2",
          "wake 2@2 message",
          "exit 1@25 normal",
          "turn 2@2",
          "receive 2@2",
          "exit 2@3 throw",
          "wake 4@2 end",
          "exit 3@4 throw",
          "exit 5@4 throw",
          "turn 4@2",
          "exit 4@3 normal",
        ),
      },
    },
  },
  {
    name: "SELECT_WITH_KILL kills the others in the order of its list, before its own next instruction",
    source: `
      LOAD_CONST r0, function:wait   ; 1
      SPAWN r1, r0, []               ; 5 S
      SPAWN r2, r0, []               ; 9 S
      SPAWN r3, r0, []               ; 13 S
      SEND r2, r0                    ; 17 S
      SELECT_WITH_KILL r4, [r3, r2, r1] ; 19 S
      RETURN r4                      ; 20
      .function wait arity=0 regs=1
      RECEIVE r0                     ; 2 S
      RETURN r0                      ; 3
      .end`,
    expect: {
      events: {
        2000: stream(
          "spawn 1@5 2",
          "spawn 1@9 3",
          "spawn 1@13 4",
          "send 1@17 3",
          "block 1@19 end",
          "turn 2@0",
          "block 2@2 message",
          "turn 3@0",
          "receive 3@2",
          "exit 3@3 normal",
          "wake 1@19 end",
          "turn 4@0",
          "block 4@2 message",
          "turn 1@19",
          "exit 4@2 killed",
          "exit 2@2 killed",
          "exit 1@20 normal",
        ),
      },
    },
  },
  {
    name: "one that is killed before its first turn never runs",
    source: `
      LOAD_CONST r0, function:never  ; 1
      SPAWN r1, r0, []               ; 5 S
      LOAD_CONST r2, :"__stdlib:Exit" ; 6
      LOAD_CONST r3, :kill           ; 7
      CALL r4, r2, [r1, r3]          ; 9
      RETURN r4                      ; 10
      .function never arity=0 regs=0
      THROW r0
      .end`,
    expect: {
      crashes: [],
      events: {
        1: stream(...inPlace(1, 1), "spawn 1@5 2", "exit 2@0 killed", "exit 1@10 normal"),
        2000: stream("spawn 1@5 2", "exit 2@0 killed", "exit 1@10 normal"),
      },
    },
  },
  {
    name: "a process that waits with a timer and is killed: its timer fires no more",
    source: `
      LOAD_CONST r0, function:sleep  ; 1
      SPAWN r1, r0, []               ; 5 S
      YIELD                          ; 6 S
      LOAD_CONST r2, :"__stdlib:Exit" ; 7
      LOAD_CONST r3, :kill           ; 8
      CALL r4, r2, [r1, r3]          ; 10
      LOAD_CONST r5, 20              ; 11
      RECEIVE_WITH_TIMEOUT r4, r5, r6 ; 13 S
      RETURN r6                      ; 14
      .function sleep arity=0 regs=2
      LOAD_CONST r0, 10              ; 1
      RECEIVE_WITH_TIMEOUT r1, r0, r2 ; 3 S
      .end`,
    expect: {
      events: {
        2000: stream(
          "spawn 1@5 2",
          "preempt 1@6",
          "turn 2@0",
          "block 2@3 message",
          "turn 1@6",
          "exit 2@3 killed",
          "block 1@13 message",
          "wake 1@13 timer",
          "turn 1@13",
          "exit 1@14 normal",
        ),
      },
    },
  },
  {
    name: "what a turn overspends is dropped",
    source: `
      LOAD_CONST r0, "x"             ; 1
      LOAD_CONST r1, 10240           ; 2
      MUL r2, r0, r1                 ; 13
      YIELD                          ; 14 S
      NOP                            ; 15
      NOP                            ; 16
      NOP                            ; 17
      YIELD                          ; 18 S
      RETURN r0                      ; 19`,
    // At the first YIELD 13 are spent, at the second 3.
    expect: { events: { 5: stream(...inPlace(1, 13), ...inPlace(1, 14), ...inPlace(1, 18), "exit 1@19 normal") } },
  },
  {
    name: "work that depends on data is charged behind the effect: the event of SEND does not have it yet",
    source: `
      ARRAY_INIT r0, [${Array.from({ length: 15 }, () => "r1").join(", ")}] ; 1
      LOAD_CONST r2, :self           ; 2
      SEND r2, r0                    ; 6, 7 S
      YIELD                          ; 8 S
      RETURN r0                      ; 9`,
    expect: { events: { 7: stream("send 1@6 1", ...inPlace(1, 7), ...inPlace(1, 8), "exit 1@9 normal") } },
  },
  {
    name: "SEND to a dead process, and to what is none, is no event",
    source: `
      LOAD_CONST r0, function:end    ; 1
      SPAWN r1, r0, []               ; 5 S
      JOIN r1, r2                    ; 7 S
      SEND r1, r0                    ; 11 S
      SEND r0, r0                    ; 15 S
      RETURN r0                      ; 16
      .function end arity=0 regs=0
      .end`,
    expect: {
      events: {
        2000: stream(
          "spawn 1@5 2",
          "block 1@7 end",
          "turn 2@0",
          "exit 2@0 normal",
          "wake 1@7 end",
          "turn 1@7",
          "exit 1@16 normal",
        ),
      },
    },
  },
  {
    name: "a failing instruction is charged before the exit",
    source: `
      LOAD_CONST r0, 5               ; 1
      CALL r1, r0, []                ; 3 S`,
    expect: {
      reason: "(:badfun, 5)",
      events: { 1: stream(...inPlace(1, 1), "exit 1@3 badfun"), 2000: stream("exit 1@3 badfun") },
    },
  },
  {
    name: "JOIN on itself blocks, and nothing more happens",
    source: `
      LOAD_CONST r0, :self           ; 1
      JOIN r0, r1                    ; 3 S`,
    expect: { status: "idle", events: { 2000: stream("block 1@3 end") } },
  },
  {
    name: "scheduler_passes counts turns, in place ones too",
    racy: true,
    source: `
      YIELD
      YIELD
      LOAD_CONST r0, :"__vm:scheduler_passes"
      RETURN r0`,
    // With a budget of 1 the second YIELD comes with nothing spent.
    expect: { result: "3" },
  },
];

/** The turn ends where exactly as much is spent as the budget, and not where one less is. */
function exactlySpent(instruction: string): Row {
  const [what] = instruction.split(" ");
  const cost = { SPAWN: 4, SEND: 4, YIELD: 1 }[what] ?? 2;
  const after = 2 + cost;
  // YIELD gives up the rest of its turn in any case.
  const then = what === "YIELD" ? inPlace(1, after) : [];
  return {
    name: `${instruction} with the budget spent exactly`,
    source: `
      LOAD_CONST r1, 0               ; 1
      TRY r4, +3                     ; 2
      ${instruction}
      END_TRY                        ; one more, if nothing fails
      NOP                            ; one more`,
    expect: {
      events: {
        2: stream(...inPlace(1, 2), ...then, `exit 1@${after + (fails(what) ? 1 : 2)} normal`),
        3: stream(...then, `exit 1@${after + (fails(what) ? 1 : 2)} normal`),
      },
    },
  };
}

function fails(what: string): boolean {
  return /^(CALL|JOIN|SELECT)/.test(what);
}

/** A comparison and a jump on its result, which an engine may take in one step. */
function comparedAndJumped(op: string): Row {
  return {
    name: `${op} and a jump on its result that is a safe point`,
    source: `
      LOAD_CONST r0, 1               ; 1
      ${op} r1, r0, r0               ; 2
    back:
      JUMP_IF_FALSE r1, out          ; 3 S
    out:
      RETURN r1                      ; 4
      JUMP back`,
    expect: { events: { 1: stream(...inPlace(1, 2), "exit 1@4 normal"), 3: stream("exit 1@4 normal") } },
  };
}
