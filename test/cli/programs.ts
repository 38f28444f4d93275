/** Programs for the tests of `ionvm run`, by the name of their file. */

export const PROGRAMS = {
  "answer.ionasm": `
.function main arity=0 regs=1
  LOAD_CONST r0, 42
  RETURN r0
.end`,

  /** Prints its arguments without a newline, and gives them back. */
  "args.ionasm": `
.function main arity=0 regs=3
  LOAD_CONST r0, :"__stdlib:Args"
  CALL r1, r0, []
  LOAD_CONST r0, :"__stdlib:Print"
  CALL r2, r0, [r1]
  RETURN r1
.end`,

  "hello.ionasm": `
.class Hello
.function main arity=0 regs=3
  LOAD_CONST r0, :"__stdlib:PrintLn"
  LOAD_CONST r1, "hello"
  CALL r2, r0, [r1]
  LOAD_CONST r1, {name: "x", list: [1, :a]}
  RETURN r1
.end`,

  "surrogate.ionasm": `
.function main arity=0 regs=3
  LOAD_CONST r0, :"__stdlib:PrintLn"
  LOAD_CONST r1, "<\\ud800>"
  CALL r2, r0, [r1]
  RETURN r2
.end`,

  "throws.ionasm": `
.class Main
.source "throws.ion"
.function main arity=0 regs=3
  .line 1 1
  LOAD_CONST r0, :"__function_ref:inner"
  .line 2 5
  CALL r1, r0, []
  RETURN r1
.end
.function inner arity=0 regs=3
  .line 7 3
  LOAD_CONST r0, "boom\\u001b[31m"
  .line 8 4
  THROW r0
.end`,

  /** A reason of many values. */
  "throws-long.ionasm": `
.function main arity=0 regs=3
  LOAD_CONST r0, "long"
  LOAD_CONST r1, 10000
  MUL r2, r0, r1
  THROW r2
.end`,

  "child-throws.ionasm": `
.function main arity=0 regs=3
  LOAD_CONST r0, :"__function_ref:child"
  SPAWN r1, r0, []
  JOIN r1, r2
  RETURN r2
.end
.function child arity=0 regs=3
  LOAD_CONST r0, :oops
  THROW r0
.end`,

  "many-throw.ionasm": `
.function main arity=0 regs=4
  LOAD_CONST r0, :"__function_ref:child"
  LOAD_CONST r1, 120
  LOAD_CONST r2, 1
loop:
  SPAWN r3, r0, []
  SUB r1, r1, r2
  JUMP_IF_TRUE r1, loop
  RETURN r1
.end
.function child arity=0 regs=3
  CALL r0, r1, []
.end`,

  /** Main is ended by the process it is linked to. */
  "linked.ionasm": `
.function main arity=0 regs=3
  LOAD_CONST r0, :"__function_ref:child"
  SPAWN r1, r0, []
  LINK r1
  RECEIVE r2
  RETURN r2
.end
.function child arity=0 regs=3
  LOAD_CONST r0, :bad
  THROW r0
.end`,

  /** Main fails while another process goes on for ever. */
  "survivor.ionasm": `
.function main arity=0 regs=3
  LOAD_CONST r0, :"__function_ref:child"
  SPAWN r1, r0, []
  THROW r0
.end
.function child arity=0 regs=3
loop:
  JUMP loop
.end`,

  "waits.ionasm": `
.source "waits.ion"
.function main arity=0 regs=2
  .line 3 9
  RECEIVE r0
  RETURN r0
.end`,

  "joins-itself.ionasm": `
.function main arity=0 regs=2
  LOAD_CONST r0, :"__vm:self"
  JOIN r0, r1
  RETURN r1
.end`,

  /** Thirty processes wait for a message and main for the last of them. */
  "all-wait.ionasm": `
.function main arity=0 regs=4
  LOAD_CONST r0, :"__function_ref:child"
  LOAD_CONST r1, 30
  LOAD_CONST r2, 1
loop:
  SPAWN r3, r0, []
  SUB r1, r1, r2
  JUMP_IF_TRUE r1, loop
  JOIN r3, r1
  RETURN r1
.end
.function child arity=0 regs=1
  RECEIVE r0
  RETURN r0
.end`,

  "select-waits.ionasm": `
.function main arity=0 regs=4
  LOAD_CONST r0, :"__function_ref:child"
  SPAWN r1, r0, []
  SPAWN r2, r0, []
  SELECT r3, [r1, r2]
  RETURN r3
.end
.function child arity=0 regs=1
  RECEIVE r0
  RETURN r0
.end`,

  "loops.ionasm": `
.function main arity=0 regs=1
loop:
  JUMP loop
.end`,

  "prints-for-ever.ionasm": `
.function main arity=0 regs=3
  LOAD_CONST r0, :"__stdlib:PrintLn"
  LOAD_CONST r1, "again"
loop:
  CALL r2, r0, [r1]
  JUMP loop
.end`,

  /** Says that it sleeps, and does so for long. */
  "sleeps.ionasm": `
.function main arity=0 regs=4
  LOAD_CONST r0, :"__stdlib:PrintLn"
  LOAD_CONST r1, "sleeping"
  CALL r2, r0, [r1]
  LOAD_CONST r1, 1000000
  RECEIVE_WITH_TIMEOUT r2, r1, r3
  RETURN r3
.end`,

  "halts.ionasm": `
.function main arity=0 regs=3
  LOAD_CONST r0, :"__stdlib:Halt"
  LOAD_CONST r1, 7
  CALL r2, r0, [r1]
  RETURN r2
.end`,

  "recurses.ionasm": `
.function main arity=0 regs=2
  LOAD_CONST r0, :"__function_ref:main"
  CALL r1, r0, []
  RETURN r1
.end`,

  "spawns-for-ever.ionasm": `
.function main arity=0 regs=2
  LOAD_CONST r0, :"__function_ref:child"
loop:
  SPAWN r1, r0, []
  JUMP loop
.end
.function child arity=0 regs=1
  RECEIVE r0
  RETURN r0
.end`,

  "sends-itself.ionasm": `
.function main arity=0 regs=2
  LOAD_CONST r0, :"__vm:self"
loop:
  SEND r0, r0
  JUMP loop
.end`,

  "keeps-all.ionasm": `
.function main arity=0 regs=2
loop:
  ARRAY_INIT r0, [r0, r1, r1, r1, r1, r1, r1, r1]
  JUMP loop
.end`,

  /** A property that cannot be written is left alone. */
  "read-only.ionasm": `
.function main arity=0 regs=3
  OBJECT_INIT r0, {key!ec: 1}
  LOAD_CONST r1, :key
  SET_PROP r0, r1, r1
  GET_PROP r2, r0, r1
  RETURN r2
.end`,

  "syntax-error.ionasm": ".function main arity=0 regs=1\n  LOAD_CONT r0, 1\n.end\n",
  "no-entry.ionasm": `
.function helper arity=1 regs=1
  RETURN r0
.end
.function other arity=2 regs=1
.end`,
  "dangling.ionasm": '.function main arity=0 regs=1\n  LOAD_CONST r0, :"__function_ref:nowhere"\n.end\n',
  "not-utf8": Uint8Array.of(0xff, 0xfe, 0x41, 0x42),
  "cut-off.ionpack": Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0),
  empty: "",
} as const;
