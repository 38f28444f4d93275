/** What programs of version 1 files see otherwise. */
import type { Row } from "../support/run.ts";

/** The body of main of a version 1 file, and what follows. */
function version1(body: string, rest = "", dialect = "newest many"): string {
  return `.format 1 ${dialect}\n.function main arity=0 regs=0\n${body}\n.end\n${rest}`;
}

export const ROWS: readonly Row[] = [
  {
    name: "a failing foreign function gives an atom and the program goes on",
    source: version1(`
      LOAD_CONST r0, :"__stdlib:Sqrt"
      LOAD_CONST r1, "4"
      CALL r2, r0, [r1]
      CALL r3, r0, []
      ARRAY_INIT r4, [r2, r3]
      RETURN r4`),
    expect: {
      result:
        '[:"error:FFI call error: Expected Number argument, got String", :"error:FFI call error: Expected 1 arguments, got 0"]',
    },
  },
  {
    name: "an unknown foreign function fails when it is called",
    source: version1(`
      LOAD_CONST r0, :"__stdlib:Nowhere"
      CALL r1, r0, [r0]
      RETURN r1`),
    expect: { result: ':"error:FFI call error: Function not found: Nowhere"' },
  },
  {
    name: "an unknown function reference stays an Atom, and an ambiguous one too",
    source: version1(
      `
      LOAD_CONST r0, :"__function_ref:nowhere"
      LOAD_CONST r1, :"__function_ref:twice"
      LOAD_CONST r2, :"__function_ref:once"
      ARRAY_INIT r3, [r0, r1, r2]
      RETURN r3`,
      `
      .function twice arity=0 regs=0
      .end
      .function twice arity=0 regs=0
      .end
      .function once arity=0 regs=0
      .end`,
    ),
    expect: { result: '[:"__function_ref:nowhere", :"__function_ref:twice", [Function: Main:once]]' },
  },
  {
    name: "an unknown value of the VM is Undefined",
    source: version1(`
      LOAD_CONST r0, :"__vm:nothing"
      LOAD_CONST r1, :"__vm:pid"
      LOAD_CONST r2, :self
      ARRAY_INIT r3, [r0, r1, r2]
      RETURN r3`),
    expect: { result: "[undefined, 1, [Process 1]]" },
  },
  {
    name: "a Function literal is the Atom function:name",
    source: version1(`
      LOAD_CONST r0, function:main
      LOAD_CONST r1, [function:nowhere]
      ARRAY_INIT r2, [r0, r1]
      RETURN r2`),
    expect: { result: '[:"function:main", [:"function:nowhere"]]' },
  },
  {
    name: "a frame has as many registers as are named",
    source: version1(`
      LOAD_CONST r100, 5
      MOVE r99, r100
      RETURN r99`),
    expect: { result: "5" },
  },
  {
    name: "arguments still fill only arity + extra_regs",
    source: version1(
      `
      LOAD_CONST r0, :"__function_ref:f"
      LOAD_CONST r1, 1
      CALL r2, r0, [r1, r1, r1]
      RETURN r2`,
      `
      .function f arity=1 regs=1
      ARRAY_INIT r20, [r0, r1, r2, r20]
      RETURN r20
      .end`,
    ),
    expect: { result: "[1, 1, undefined, undefined]" },
  },
  {
    name: "LINK waits for the process with a number",
    source: version1(
      `
      LOAD_CONST r0, :"__function_ref:give"
      SPAWN r1, r0, []
      JOIN_NUMBER 2, r2
      JOIN_NUMBER 2, r3
      ARRAY_INIT r4, [r2, r3]
      RETURN r4`,
      `
      .function give arity=0 regs=0
      LOAD_CONST r0, 7
      RETURN r0
      .end`,
    ),
    expect: { result: "[7, 7]" },
  },
  {
    name: "LINK to a number that is no process",
    source: version1("JOIN_NUMBER 9, r0\nRETURN r0"),
    expect: { reason: "(:badarg, 9)" },
  },
  {
    name: "calling what is no function is an error here too",
    source: version1('LOAD_CONST r0, :"__function_ref:nowhere"\nCALL r1, r0, []'),
    expect: { reason: '(:badfun, :"__function_ref:nowhere")' },
  },
  {
    name: "the older dialects mean the same",
    source: version1(
      "OBJECT_INIT r0, {a!we: 1}\nLOAD_CONST r1, {b!c: r2}\nRETURN r0".replace("r2", "2"),
      "",
      "middle many",
    ),
    expect: { result: "{a: 1}" },
  },
  {
    name: "the oldest dialect, one function",
    source: ".format 1 oldest single\n.function main arity=0 regs=0\nLOAD_CONST r20, 5\nRETURN r20\n.end",
    expect: { result: "5" },
  },
  {
    name: "Debug of functions and processes",
    source: version1(`
      LOAD_CONST r0, :"__stdlib:Debug"
      LOAD_CONST r1, :"__function_ref:main"
      CALL r2, r0, [r1]
      LOAD_CONST r1, :self
      CALL r2, r0, [r1]
      CALL r2, r0, [r0]`),
    expect: {
      stdout:
        '[DEBUG] String: "[Function: Main:main]"\n[DEBUG] String: "[Process]"\n[DEBUG] String: "[Function: debug]"\n',
    },
  },
  {
    name: "a failing foreign method of an object gives its atom too",
    source: version1(`
      LOAD_CONST r0, :"__stdlib:Sqrt"
      OBJECT_INIT r1, {f: r0}
      LOAD_CONST r2, :f
      GET_PROP r3, r1, r2
      CALL r4, r3, [r2]
      RETURN r4`),
    expect: { result: ':"error:FFI call error: Expected Number argument, got Atom"' },
  },
  {
    name: "the access byte: 0 all true, 1 not writable and not configurable, 2 not enumerable, 3 both",
    source: version1(`
      OBJECT_INIT r0, {a: 1, b!e: 2, c!wc: 3, d!: 4}
      LOAD_CONST r1, {a: 1, b!e: 2, c!wc: 3, d!: 4}
      LOAD_CONST r2, :"__stdlib:TestAttributes"
      LOAD_CONST r3, "a"
      CALL r4, r2, [r0, r3]
      LOAD_CONST r3, "b"
      CALL r5, r2, [r0, r3]
      LOAD_CONST r3, "c"
      CALL r6, r2, [r1, r3]
      LOAD_CONST r3, "d"
      CALL r7, r2, [r1, r3]
      ARRAY_INIT r8, [r4, r5, r6, r7]
      RETURN r8`),
    expect: { result: '["wec", "e", "wc", ""]' },
  },
  {
    name: "links and exit signals are not there, but a crash of another process is",
    source: version1(
      `
      LOAD_CONST r0, :"__function_ref:crash"
      SPAWN r1, r0, []
      JOIN_NUMBER 2, r2
      RETURN r2`,
      `
      .function crash arity=0 regs=0
      CALL r0, r0, []
      .end`,
    ),
    expect: { result: "undefined", crashes: ["2: (:badfun, undefined)"] },
  },
];
