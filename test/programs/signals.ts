/** Links, exit signals, kill, trapping; who ends in which order. */
import type { Row } from "../support/run.ts";

const TOOLS = `
      .function exit arity=2 regs=2
      LOAD_CONST r2, :"__stdlib:Exit"
      CALL r3, r2, [r0, r1]
      .end
      .function trap arity=0 regs=2
      LOAD_CONST r0, :"__stdlib:TrapExit"
      LOAD_CONST r1, true
      CALL r1, r0, [r1]
      RETURN r1
      .end
      .function wait arity=0 regs=1
      RECEIVE r0
      RETURN r0
      .end
      .function throwLater arity=0 regs=1
      RECEIVE r0
      THROW r0
      .end
      .function give arity=1 regs=0
      RETURN r0
      .end
      .function crash arity=1 regs=0
      THROW r0
      .end`;

/** A child made and linked while it cannot have ended, told to go on, and what main sees. */
const LINKED = (child: string, message: string) => `
      LOAD_CONST r0, function:${child}
      SPAWN r1, r0, []
      LINK r1
      LOAD_CONST r2, ${message}
      SEND r1, r2`;

/** From here on main traps exits; r31 is what was set before. */
const TRAP = `
      LOAD_CONST r30, function:trap
      CALL r31, r30, []`;

export const ROWS: readonly Row[] = [
  {
    name: "a linked process that fails ends this one with the same reason",
    racy: true,
    source: `${LINKED("throwLater", "[:why]")}
      RECEIVE r3
      RETURN r3
      ${TOOLS}`,
    expect: { reason: "(:throw, [:why])", crashes: ["2: (:throw, [:why])"] },
  },
  {
    name: "a linked process that ends normally does not",
    source: `${LINKED("wait", "5")}
      JOIN r1, r3
      RETURN r3
      ${TOOLS}`,
    expect: { result: "5" },
  },
  {
    name: "the link works both ways: main's end takes the child along",
    source: `
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      LINK r1
      LOAD_CONST r2, function:watch
      SPAWN r3, r2, [r1]
      LOAD_CONST r4, :why
      THROW r4
      .function watch arity=1 regs=4
      JOIN r0, r1
      LOAD_CONST r2, :"__stdlib:PrintLn"
      CALL r3, r2, [r1]
      .end
      ${TOOLS}`,
    expect: { reason: "(:throw, :why)", stdout: "undefined\n", crashes: [] },
  },
  {
    name: "main's normal end leaves the child alone",
    source: `
      LOAD_CONST r0, function:later
      SPAWN r1, r0, []
      LINK r1
      RETURN r1
      .function later arity=0 regs=4
      LOAD_CONST r0, 10
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      LOAD_CONST r2, :"__stdlib:PrintLn"
      CALL r3, r2, [r0]
      .end`,
    expect: { result: "[Process 2]", stdout: "10\n" },
  },
  {
    name: "one that traps exits receives (EXIT, process, reason)",
    source: `${TRAP}${LINKED("throwLater", "[:why]")}
      RECEIVE r3
      ARRAY_INIT r4, [r31, r3]
      RETURN r4
      ${TOOLS}`,
    expect: { result: "[false, (:EXIT, [Process 2], (:throw, [:why]))]" },
  },
  {
    name: "for normal ends too",
    source: `${TRAP}${LINKED("wait", "5")}
      RECEIVE r3
      RETURN r3
      ${TOOLS}`,
    expect: { result: "(:EXIT, [Process 2], :normal)" },
  },
  {
    name: "TrapExit gives what was set before, and can be taken back",
    racy: true,
    source: `
      LOAD_CONST r0, :"__stdlib:TrapExit"
      LOAD_CONST r1, true
      LOAD_CONST r2, false
      CALL r3, r0, [r1]
      CALL r4, r0, [r1]
      CALL r5, r0, [r2]
      CALL r6, r0, [r2]
      ARRAY_INIT r7, [r3, r4, r5, r6]
      LOAD_CONST r8, :"__stdlib:PrintLn"
      CALL r9, r8, [r7]
      ${LINKED("throwLater", ":why")}
      RECEIVE r3
      ${TOOLS}`,
    expect: { reason: "(:throw, :why)", stdout: "[false, true, true, false]\n" },
  },
  {
    name: "linking twice is one link",
    source: `${TRAP}
      LOAD_CONST r0, function:throwLater
      SPAWN r1, r0, []
      LINK r1
      LINK r1
      LOAD_CONST r2, :why
      SEND r1, r2
      RECEIVE r3
      LOAD_CONST r4, 10
      RECEIVE_WITH_TIMEOUT r5, r4, r6
      ARRAY_INIT r7, [r3, r6]
      RETURN r7
      ${TOOLS}`,
    expect: { result: "[(:EXIT, [Process 2], (:throw, :why)), false]" },
  },
  {
    name: "linking from both sides is one link",
    source: `${TRAP}
      LOAD_CONST r0, function:linker
      LOAD_CONST r1, :self
      SPAWN r2, r0, [r1]
      RECEIVE r3
      LINK r2
      SEND r2, r3
      RECEIVE r3
      LOAD_CONST r4, 10
      RECEIVE_WITH_TIMEOUT r5, r4, r6
      ARRAY_INIT r7, [r3, r6]
      RETURN r7
      .function linker arity=1 regs=2
      LINK r0
      SEND r0, r0
      RECEIVE r1
      THROW r1
      .end
      ${TOOLS}`,
    expect: { result: "[(:EXIT, [Process 2], (:throw, [Process 1])), false]" },
  },
  {
    name: "linking oneself is nothing",
    source: `
      LOAD_CONST r0, :self
      LINK r0
      LOAD_CONST r1, :"__stdlib:TrapExit"
      LOAD_CONST r2, true
      CALL r3, r1, [r2]
      LINK r0
      LOAD_CONST r4, 0
      RECEIVE_WITH_TIMEOUT r5, r4, r6
      RETURN r6`,
    expect: { result: "false" },
  },
  {
    name: "linking one that has ended normally is nothing",
    source: `
      LOAD_CONST r0, function:give
      SPAWN r1, r0, [r0]
      JOIN r1, r2
      LINK r1
      RETURN r1
      ${TOOLS}`,
    expect: { result: "[Process 2]", reductions: 1 + 4 + 2 + 2 + 1 },
  },
  {
    name: "linking one that has failed reports at once",
    source: `
      LOAD_CONST r0, function:crash
      LOAD_CONST r1, [:why]
      SPAWN r2, r0, [r1]
      JOIN r2, r3
      LINK r2
      LOAD_CONST r4, :"__stdlib:PrintLn"
      CALL r5, r4, [r1]
      ${TOOLS}`,
    expect: { reason: "(:throw, [:why])", stdout: "", reductions: 1 + 1 + 4 + 2 + 2 },
  },
  {
    name: "linking one that has failed, trapping exits",
    source: `${TRAP}
      LOAD_CONST r0, function:crash
      LOAD_CONST r1, [:why]
      SPAWN r2, r0, [r1]
      JOIN r2, r3
      LINK r2
      RECEIVE r4
      RETURN r4
      ${TOOLS}`,
    expect: { result: "(:EXIT, [Process 2], (:throw, [:why]))" },
  },
  {
    name: "linking one that has ended normally, trapping exits",
    source: `${TRAP}
      LOAD_CONST r0, function:give
      SPAWN r2, r0, [r0]
      JOIN r2, r3
      LINK r2
      RECEIVE r4
      RETURN r4
      ${TOOLS}`,
    expect: { result: "(:EXIT, [Process 2], :normal)" },
  },
  {
    name: "a chain of links falls to its end",
    source: `
      LOAD_CONST r0, function:chain
      LOAD_CONST r1, 50
      SPAWN r2, r0, [r1]
      LOAD_CONST r3, function:wait
      JOIN r2, r4
      LOAD_CONST r5, :"__vm:processes"
      RETURN r5
      .function chain arity=1 regs=8
      JUMP_IF_FALSE r0, last
      LOAD_CONST r1, 1
      SUB r2, r0, r1
      LOAD_CONST r3, function:chain
      SPAWN r4, r3, [r2]
      LINK r4
      RECEIVE r5
    last:
      LOAD_CONST r6, 10
      RECEIVE_WITH_TIMEOUT r5, r6, r7
      LOAD_CONST r6, :why
      THROW r6
      .end
      ${TOOLS}`,
    // Process 2 is the first of the chain; the last, 52, fails. The chain falls back to process 2, and main goes on.
    expect: { result: "1", crashes: ["52: (:throw, :why)"] },
  },
  {
    name: "a link that traps exits stops the fall",
    source: `
      LOAD_CONST r0, function:middle
      SPAWN r1, r0, []
      LINK r1
      JOIN r1, r2
      RETURN r2
      .function middle arity=0 regs=8
      LOAD_CONST r0, function:trap
      CALL r1, r0, []
      LOAD_CONST r2, function:throwLater
      SPAWN r3, r2, []
      LINK r3
      SEND r3, r3
      RECEIVE r4
      RETURN r4
      .end
      ${TOOLS}`,
    expect: { result: "(:EXIT, [Process 3], (:throw, [Process 3]))" },
  },
  {
    name: "Exit with a reason ends a process, which is no crash of its own",
    source: `
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      LOAD_CONST r2, function:exit
      LOAD_CONST r3, [:please]
      CALL r4, r2, [r1, r3]
      JOIN r1, r5
      ${TRAP}
      LINK r1
      RECEIVE r6
      ARRAY_INIT r7, [r5, r6]
      RETURN r7
      ${TOOLS}`,
    expect: { result: "[undefined, (:EXIT, [Process 2], [:please])]", crashes: [] },
  },
  {
    name: "Exit to one that traps exits is a message from the sender",
    source: `
      LOAD_CONST r0, function:trapper
      LOAD_CONST r1, :self
      SPAWN r2, r0, [r1]
      RECEIVE r3
      LOAD_CONST r4, function:exit
      LOAD_CONST r5, :please
      CALL r6, r4, [r2, r5]
      JOIN r2, r7
      RETURN r7
      .function trapper arity=1 regs=4
      LOAD_CONST r1, function:trap
      CALL r2, r1, []
      SEND r0, r2
      RECEIVE r3
      RETURN r3
      .end
      ${TOOLS}`,
    expect: { result: "(:EXIT, [Process 1], :please)" },
  },
  {
    name: "Exit with :kill cannot be trapped, and its links see killed",
    source: `
      LOAD_CONST r0, function:trapper
      LOAD_CONST r1, :self
      SPAWN r2, r0, [r1]
      RECEIVE r3
      ${TRAP}
      LINK r2
      LOAD_CONST r4, function:exit
      LOAD_CONST r5, :kill
      CALL r6, r4, [r2, r5]
      RECEIVE r7
      JOIN r2, r8
      ARRAY_INIT r9, [r7, r8]
      RETURN r9
      .function trapper arity=1 regs=4
      LOAD_CONST r1, function:trap
      CALL r2, r1, []
      SEND r0, r2
      RECEIVE r3
      RETURN r3
      .end
      ${TOOLS}`,
    expect: { result: "[(:EXIT, [Process 2], :killed), undefined]", crashes: [] },
  },
  {
    name: "a process linked to a killed one ends with killed",
    source: `
      ${TRAP}
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      LOAD_CONST r2, function:linker
      LOAD_CONST r8, :self
      SPAWN r3, r2, [r1, r8]
      LINK r3
      RECEIVE r9
      LOAD_CONST r4, function:exit
      LOAD_CONST r5, :kill
      CALL r6, r4, [r1, r5]
      RECEIVE r7
      ARRAY_INIT r10, [r9, r7]
      RETURN r10
      .function linker arity=2 regs=4
      LINK r0
      LOAD_CONST r2, :linked
      SEND r1, r2
      RECEIVE r3
      .end
      ${TOOLS}`,
    expect: { result: "[:linked, (:EXIT, [Process 3], :killed)]" },
  },
  {
    name: "Exit to itself: it ends after the instruction",
    source: `
      LOAD_CONST r0, :"__stdlib:Exit"
      LOAD_CONST r1, :self
      LOAD_CONST r2, :enough
      TRY r5, caught
      CALL r3, r0, [r1, r2]
      LOAD_CONST r4, :"__stdlib:PrintLn"
      CALL r3, r4, [r2]
      END_TRY
    caught:
      RETURN r5`,
    expect: { reason: ":enough", stdout: "", reductions: 1 + 1 + 1 + 1 + 2 },
  },
  {
    name: "Exit with :kill to itself, trapping exits",
    source: `${TRAP}
      LOAD_CONST r0, :"__stdlib:Exit"
      LOAD_CONST r1, :self
      LOAD_CONST r2, :kill
      CALL r3, r0, [r1, r2]
      RETURN r3
      ${TOOLS}`,
    expect: { reason: ":killed" },
  },
  {
    name: "Exit to itself, trapping exits, is a message",
    source: `${TRAP}
      LOAD_CONST r0, :"__stdlib:Exit"
      LOAD_CONST r1, :self
      LOAD_CONST r2, :enough
      CALL r3, r0, [r1, r2]
      RECEIVE r4
      RETURN r4
      ${TOOLS}`,
    expect: { result: "(:EXIT, [Process 1], :enough)" },
  },
  {
    name: "Exit with :normal to itself ends it normally, without a result",
    source: `
      LOAD_CONST r0, :"__stdlib:Exit"
      LOAD_CONST r1, :self
      LOAD_CONST r2, :normal
      CALL r3, r0, [r1, r2]
      RETURN r2`,
    expect: { result: "undefined" },
  },
  {
    name: "Exit to a dead process is nothing",
    source: `
      LOAD_CONST r0, function:give
      SPAWN r1, r0, [r0]
      JOIN r1, r2
      LOAD_CONST r3, :"__stdlib:Exit"
      LOAD_CONST r4, :kill
      CALL r5, r3, [r1, r4]
      JOIN r1, r6
      RETURN r6
      ${TOOLS}`,
    expect: { result: "[Function: Main:give]" },
  },
  {
    name: "THROW of :kill is a reason like any other",
    source: `${TRAP}${LINKED("throwLater", ":kill")}
      RECEIVE r3
      RETURN r3
      ${TOOLS}`,
    expect: { result: "(:EXIT, [Process 2], (:throw, :kill))", crashes: ["2: (:throw, :kill)"] },
  },
  {
    name: "signals of several links arrive in the order the links were made",
    source: `
      LOAD_CONST r0, function:listener
      LOAD_CONST r1, :self
      LOAD_CONST r2, :a
      SPAWN r3, r0, [r1, r2]
      RECEIVE r4
      LOAD_CONST r2, :b
      SPAWN r5, r0, [r1, r2]
      RECEIVE r4
      LOAD_CONST r2, :c
      SPAWN r6, r0, [r1, r2]
      RECEIVE r4
      LOAD_CONST r7, function:victim
      SPAWN r8, r7, [r5, r3, r6]
      RECEIVE r9
      RECEIVE r10
      RECEIVE r11
      ARRAY_INIT r12, [r9, r10, r11]
      RETURN r12
      .function listener arity=2 regs=4
      LOAD_CONST r2, function:trap
      CALL r3, r2, []
      SEND r0, r3
      RECEIVE r4
      SEND r0, r1
      .end
      .function victim arity=3 regs=2
      LINK r0
      LINK r1
      LINK r2
      LOAD_CONST r3, :why
      THROW r3
      .end
      ${TOOLS}`,
    expect: { result: "[:b, :a, :c]" },
  },
  {
    name: "what waits for the end wakes before the links are told",
    source: `
      LOAD_CONST r0, function:victim
      SPAWN r1, r0, []
      LOAD_CONST r2, function:joiner
      SPAWN r3, r2, [r1]
      LOAD_CONST r4, function:linker
      SPAWN r5, r4, [r1]
      LOAD_CONST r6, 5
      RECEIVE_WITH_TIMEOUT r7, r6, r8
      SEND r1, r6
      JOIN r5, r9
      JOIN r3, r9
      RETURN r9
      .function victim arity=0 regs=2
      RECEIVE r0
      .end
      .function joiner arity=1 regs=4
      JOIN r0, r1
      LOAD_CONST r2, :"__stdlib:PrintLn"
      LOAD_CONST r3, :joiner
      CALL r1, r2, [r3]
      .end
      .function linker arity=1 regs=4
      LOAD_CONST r2, function:trap
      CALL r3, r2, []
      LINK r0
      RECEIVE r1
      LOAD_CONST r2, :"__stdlib:PrintLn"
      LOAD_CONST r3, :linker
      CALL r1, r2, [r3]
      .end
      ${TOOLS}`,
    expect: { stdout: "joiner\nlinker\n", result: "()" },
  },
  {
    name: "the reason is a copy for each that receives it",
    source: `
      ${TRAP}
      LOAD_CONST r0, function:throwLater
      SPAWN r1, r0, []
      LINK r1
      LOAD_CONST r2, [1]
      SEND r1, r2
      RECEIVE r3
      LOAD_CONST r4, 2
      GET_PROP r5, r3, r4
      LOAD_CONST r4, 1
      GET_PROP r5, r5, r4
      LOAD_CONST r4, 0
      LOAD_CONST r6, :changed
      SET_PROP r5, r4, r6
      LINK r1
      RECEIVE r7
      ARRAY_INIT r8, [r3, r7]
      RETURN r8
      ${TOOLS}`,
    expect: {
      result: "[(:EXIT, [Process 2], (:throw, [:changed])), (:EXIT, [Process 2], (:throw, [1]))]",
    },
  },
  {
    name: "SELECT_WITH_KILL of a linked process: killed reaches the killer over the link",
    racy: true,
    source: `
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      LINK r1
      LOAD_CONST r2, function:give
      SPAWN r3, r2, [r2]
      SELECT_WITH_KILL r4, [r1, r3]
      RETURN r4
      ${TOOLS}`,
    expect: { reason: ":killed" },
  },
  {
    name: "after SELECT the ends of the others wake nobody",
    source: `
      LOAD_CONST r0, function:sleep
      LOAD_CONST r1, 10
      SPAWN r2, r0, [r1]
      LOAD_CONST r1, 20
      SPAWN r3, r0, [r1]
      SELECT r4, [r3, r2]
      LOAD_CONST r1, 30
      RECEIVE_WITH_TIMEOUT r5, r1, r6
      ARRAY_INIT r7, [r4, r5, r6]
      RETURN r7
      .function sleep arity=1 regs=2
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      RETURN r0
      .end`,
    expect: { result: "[10, undefined, false]" },
  },
  {
    name: "one that is killed while it waits for an end is not woken by it",
    source: `
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      LOAD_CONST r2, function:joiner
      SPAWN r3, r2, [r1]
      LOAD_CONST r4, 5
      RECEIVE_WITH_TIMEOUT r5, r4, r6
      LOAD_CONST r7, function:exit
      LOAD_CONST r8, :kill
      CALL r9, r7, [r3, r8]
      SEND r1, r4
      JOIN r1, r10
      JOIN r3, r11
      ARRAY_INIT r12, [r10, r11]
      RETURN r12
      .function joiner arity=1 regs=1
      JOIN r0, r1
      RETURN r1
      .end
      ${TOOLS}`,
    expect: { result: "[5, undefined]" },
  },
  {
    name: "a signal that is trapped into a full mailbox ends the process",
    options: { limits: { mailbox: 1 } },
    racy: true,
    source: `${TRAP}${LINKED("throwLater", ":why")}
      LOAD_CONST r3, :self
      SEND r3, r3
      JOIN r1, r4
      LOAD_CONST r5, :"__stdlib:PrintLn"
      CALL r6, r5, [r4]
      RETURN r4
      ${TOOLS}`,
    expect: { reason: "(:mailbox_full, 1)", stdout: "", crashes: ["2: (:throw, :why)"] },
  },
  {
    name: "a signal wakes one that traps exits and waits for a message with a timeout",
    source: `${TRAP}
      LOAD_CONST r0, function:sleeper
      SPAWN r1, r0, []
      LINK r1
      LOAD_CONST r2, 20
      RECEIVE_WITH_TIMEOUT r3, r2, r4
      RECEIVE_WITH_TIMEOUT r5, r2, r6
      ARRAY_INIT r7, [r3, r4, r5, r6]
      RETURN r7
      .function sleeper arity=0 regs=2
      LOAD_CONST r0, 10
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      THROW r0
      .end
      ${TOOLS}`,
    expect: { result: "[(:EXIT, [Process 2], (:throw, 10)), true, undefined, false]" },
  },
  {
    name: "a signal does not wake one that waits for an end: it is there afterwards",
    source: `${TRAP}
      LOAD_CONST r0, function:throwLater
      SPAWN r1, r0, []
      LINK r1
      LOAD_CONST r2, function:sleeper
      SPAWN r3, r2, []
      SEND r1, r3
      JOIN r3, r4
      RECEIVE r5
      ARRAY_INIT r6, [r4, r5]
      RETURN r6
      .function sleeper arity=0 regs=2
      LOAD_CONST r0, 10
      RECEIVE_WITH_TIMEOUT r1, r0, r2
      RETURN r0
      .end
      ${TOOLS}`,
    expect: { result: "[10, (:EXIT, [Process 2], (:throw, [Process 3]))]" },
  },
  {
    name: "Exit with :normal to another process is nothing, to one that traps exits a message",
    source: `
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      LOAD_CONST r2, function:exit
      LOAD_CONST r3, :normal
      CALL r4, r2, [r1, r3]
      SEND r1, r3
      JOIN r1, r5
      ${TRAP}
      LOAD_CONST r6, :self
      LOAD_CONST r7, function:sender
      SPAWN r8, r7, [r6]
      RECEIVE r9
      ARRAY_INIT r10, [r5, r9]
      RETURN r10
      .function sender arity=1 regs=4
      LOAD_CONST r1, function:exit
      LOAD_CONST r2, :normal
      CALL r3, r1, [r0, r2]
      .end
      ${TOOLS}`,
    expect: { result: "[:normal, (:EXIT, [Process 3], :normal)]" },
  },
];
