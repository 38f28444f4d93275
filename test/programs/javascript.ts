/** The instructions for JavaScript, one by one; what programs in the language do is held against Node in test/js. */
import type { Row } from "../support/run.ts";

/** A primitive value as a literal, and as JavaScript has it. */
const PRIMITIVES: readonly (readonly [literal: string, value: unknown])[] = [
  ["0", 0],
  ["-0", -0],
  ["1.5", 1.5],
  ["-7", -7],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["4294967297", 4294967297],
  ['""', ""],
  ['"3"', "3"],
  ['" 12 "', " 12 "],
  ['"x"', "x"],
  ["true", true],
  ["false", false],
  ["()", null],
  ["undefined", undefined],
];

// biome-ignore lint/suspicious/noExplicitAny: operators take whatever they are given, which is what is tested
type OfTwo = (a: any, b: any) => unknown;
const OF_TWO: Readonly<Record<string, OfTwo>> = {
  JS_ADD: (a, b) => a + b,
  JS_SUB: (a, b) => a - b,
  JS_MUL: (a, b) => a * b,
  JS_DIV: (a, b) => a / b,
  JS_MOD: (a, b) => a % b,
  JS_POW: (a, b) => a ** b,
  JS_BIT_AND: (a, b) => a & b,
  JS_BIT_OR: (a, b) => a | b,
  JS_BIT_XOR: (a, b) => a ^ b,
  JS_SHL: (a, b) => a << b,
  JS_SHR: (a, b) => a >> b,
  JS_USHR: (a, b) => a >>> b,
  JS_LESS: (a, b) => a < b,
  JS_LESS_EQUAL: (a, b) => a <= b,
  JS_GREATER: (a, b) => a > b,
  JS_GREATER_EQUAL: (a, b) => a >= b,
  JS_EQUAL: (a, b) => a === b,
  JS_NOT_EQUAL: (a, b) => a !== b,
  // biome-ignore lint/suspicious/noDoubleEquals: that is what the instruction is
  JS_LOOSE_EQUAL: (a, b) => a == b,
};

// biome-ignore lint/suspicious/noExplicitAny: as above
const OF_ONE: Readonly<Record<string, (a: any) => unknown>> = {
  JS_NEG: (a) => -a,
  JS_BIT_NOT: (a) => ~a,
  JS_NUMBER: (a) => +a,
  JS_STRING: (a) => `${a}`,
  JS_TRUTH: (a) => Boolean(a),
  JS_NOT: (a) => !a,
  JS_NULLISH: (a) => a === null || a === undefined,
  JS_TYPEOF: (a) => typeof a,
};

function shown(value: unknown): string {
  if (value === undefined) return "undefined";
  if (value === null) return "()";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** The primitive values in registers from 10 on, and what is made of them behind one another in an Array. */
function collecting(steps: readonly string[]): string {
  const loads = PRIMITIVES.map(([literal], i) => `LOAD_CONST r${10 + i}, ${literal}`);
  const pushes = steps.map((step) => `${step}\nCALL r3, r2, [r1, r4]`);
  return [...loads, "ARRAY_INIT r1, []", 'LOAD_CONST r2, :"__stdlib:ArrayPush"', ...pushes, "RETURN r1"].join("\n");
}

const OPERATORS: readonly Row[] = [
  ...Object.entries(OF_TWO).map(([op, operation]) => ({
    name: `${op} of all pairs of primitive values`,
    source: collecting(PRIMITIVES.flatMap((_, i) => PRIMITIVES.map((__, j) => `${op} r4, r${10 + i}, r${10 + j}`))),
    expect: {
      result: `[${PRIMITIVES.flatMap(([, a]) => PRIMITIVES.map(([, b]) => shown(operation(a, b)))).join(", ")}]`,
    },
  })),
  ...Object.entries(OF_ONE).map(([op, operation]) => ({
    name: `${op} of all primitive values`,
    source: collecting(PRIMITIVES.map((_, i) => `${op} r4, r${10 + i}`)),
    expect: {
      result: `[${PRIMITIVES.map(([, a]) => shown(a === null && op === "JS_TYPEOF" ? "object" : operation(a))).join(", ")}]`,
    },
  })),
];

export const ROWS: readonly Row[] = [
  ...OPERATORS,
  {
    name: "functions and objects are equal by identity, immutable values by what they are",
    source: `
      LOAD_CONST r0, function:other
      MAKE_CLOSURE r1, r0, "", []
      MAKE_CLOSURE r2, r0, "", []
      JS_EQUAL r3, r1, r1
      JS_EQUAL r4, r1, r2
      OBJECT_INIT r5, {}
      OBJECT_INIT r6, {}
      JS_EQUAL r5, r5, r6
      LOAD_CONST r6, (1, 2)
      LOAD_CONST r7, 1
      LOAD_CONST r8, 2
      TUPLE_INIT r7, [r7, r8]
      JS_EQUAL r6, r6, r7
      LOAD_CONST r7, :a
      LOAD_CONST r8, "a"
      JS_EQUAL r7, r7, r8
      ARRAY_INIT r0, [r3, r4, r5, r6, r7]
      RETURN r0
      .function other arity=0 regs=1
        RETURN r0
      .end`,
    expect: { result: "[true, false, false, true, false]" },
  },
  {
    name: "JS_GET reads members, elements, lengths, units of texts, and nothing where there is nothing",
    source: `
      LOAD_CONST r0, 7
      OBJECT_INIT r1, {a: r0}
      LOAD_CONST r2, :a
      JS_GET r3, r1, r2
      LOAD_CONST r2, :b
      JS_GET r4, r1, r2
      ARRAY_INIT r5, [r0, r4]
      LOAD_CONST r6, 0
      JS_GET r6, r5, r6
      LOAD_CONST r7, -1
      JS_GET r7, r5, r7
      LOAD_CONST r8, :length
      JS_GET r9, r5, r8
      LOAD_CONST r10, "héy"
      JS_GET r11, r10, r8
      LOAD_CONST r12, 1
      JS_GET r13, r10, r12
      LOAD_CONST r14, "0"
      JS_GET r14, r5, r14
      ARRAY_INIT r0, [r3, r4, r6, r7, r9, r11, r13, r14]
      RETURN r0`,
    expect: { result: '[7, undefined, 7, undefined, 2, 3, "é", 7]' },
  },
  {
    name: "JS_GET of a method binds nothing",
    source: `
      LOAD_CONST r0, function:other
      OBJECT_INIT r1, {f: r0}
      LOAD_CONST r2, :f
      JS_GET r3, r1, r2
      SAME r0, r0, r3
      RETURN r0
      .function other arity=0 regs=1
        LOAD_CONST r0, :"__vm:this"
        RETURN r0
      .end`,
    expect: { result: "true" },
  },
  ...(
    [
      ["JS_GET r0, r1, r2", "undefined", "Cannot read properties of undefined (reading 'k')"],
      ["JS_GET r0, r1, r2", "()", "Cannot read properties of null (reading 'k')"],
      ["JS_SET r1, r2, r2", "undefined", "Cannot set properties of undefined (setting 'k')"],
      ['JS_CALL_METHOD r0, r1, "k", []', "()", "Cannot read properties of null (reading 'k')"],
      ["JS_SET r1, r2, r2", '"text"', "Cannot create property 'k' on string 'text'"],
    ] as const
  ).map(([step, literal, message]) => ({
    name: `${step.split(" ")[0]} of ${literal} is a TypeError: ${message}`,
    source: `
      TRY r3, caught
      LOAD_CONST r1, ${literal}
      LOAD_CONST r2, "k"
      ${step}
      END_TRY
      RETURN r0
    caught:
      LOAD_CONST r2, :message
      JS_GET r3, r3, r2
      RETURN r3`,
    expect: { result: JSON.stringify(message) },
  })),
  {
    name: "JS_SET writes members and elements, and lengthens and shortens Arrays",
    source: `
      OBJECT_INIT r0, {}
      LOAD_CONST r1, :a
      LOAD_CONST r2, 5
      JS_SET r0, r1, r2
      ARRAY_INIT r3, [r2]
      LOAD_CONST r4, 2
      JS_SET r3, r4, r2
      ARRAY_INIT r5, [r2, r2, r2]
      LOAD_CONST r6, :length
      LOAD_CONST r7, 1
      JS_SET r5, r6, r7
      ARRAY_INIT r0, [r0, r3, r5]
      RETURN r0`,
    expect: { result: "[{a: 5}, [5, undefined, 5], [5]]" },
  },
  {
    name: "calls with this: a method's, a given one, and none",
    source: `
      LOAD_CONST r0, function:self
      LOAD_CONST r1, 4
      OBJECT_INIT r2, {f: r0, n: r1}
      JS_CALL_METHOD r3, r2, "f", [r1]
      LOAD_CONST r4, :n
      JS_GET r3, r3, r4
      LOAD_CONST r5, "me"
      CALL_THIS r6, r0, r5, [r1]
      CALL r7, r0, [r1]
      ARRAY_INIT r8, [r1, r1]
      CALL_SPREAD r8, r0, r5, r8
      ARRAY_INIT r0, [r3, r6, r7, r8]
      RETURN r0
      .function self arity=1 regs=1
        LOAD_CONST r1, :"__vm:this"
        RETURN r1
      .end`,
    expect: { result: '[4, "me", undefined, "me"]' },
  },
  {
    name: "COLLECT gets what the parameters in front of it leave, however it is called",
    source: `
      LOAD_CONST r0, function:rest
      LOAD_CONST r1, 1
      LOAD_CONST r2, 2
      CALL r3, r0, []
      CALL r4, r0, [r1]
      CALL r5, r0, [r1, r2, r1]
      LOAD_CONST r6, undefined
      CALL_THIS r6, r0, r6, [r1, r2]
      CALL_SPREAD r7, r0, r6, r5
      MAKE_CLOSURE r8, r0, "", [x:r2]
      CALL r8, r8, [r1, r1]
      SPAWN r9, r0, [r1, r2]
      JOIN r9, r9
      ARRAY_INIT r0, [r3, r4, r5, r6, r7, r8, r9]
      RETURN r0
      .function rest arity=2 regs=0
        COLLECT r1
        RETURN r1
      .end`,
    expect: { result: "[[], [], [2, 1], [2], [1], [1, 1], [2]]" },
  },
  {
    name: "COLLECT behind other instructions is refused",
    source: "NOP\nCOLLECT r0\nRETURN r0",
    expect: { fails: "COLLECT stands behind other instructions" },
  },
  {
    name: "a jump back to COLLECT is refused",
    source: "COLLECT r0\nJUMP -1",
    expect: { fails: "a jump leads back to COLLECT" },
  },
  {
    name: "cells hold what closures share, and nothing before they are filled",
    source: `
      OBJECT_INIT r0, {}
      TRY r1, caught
      LOAD_CELL r2, r0, "count"
      END_TRY
      RETURN r2
    caught:
      LOAD_CONST r2, :message
      JS_GET r1, r1, r2
      LOAD_CONST r3, 1
      STORE_CELL r0, r3
      LOAD_CONST r4, function:count
      MAKE_CLOSURE r4, r4, "", [cell:r0]
      CALL r5, r4, []
      CALL r5, r4, []
      LOAD_CELL r6, r0, "count"
      ARRAY_INIT r0, [r1, r5, r6]
      RETURN r0
      .function count arity=0 regs=3
        LOAD_CELL r1, r0, "count"
        LOAD_CONST r2, 1
        JS_ADD r1, r1, r2
        STORE_CELL r0, r1
        RETURN r1
      .end`,
    expect: { result: `["Cannot access 'count' before initialization", 3, 3]` },
  },
  {
    name: "each process has its own variables of a class, and begins with copies of its parent's",
    source: `
      LOAD_CONST r0, 1
      STORE_GLOBAL "n", r0
      ARRAY_INIT r1, [r0]
      STORE_GLOBAL "list", r1
      LOAD_CONST r2, function:child
      SPAWN r3, r2, [r1]
      LOAD_CONST r4, 2
      STORE_GLOBAL "n", r4
      JS_SET r1, r0, r4
      JOIN r3, r5
      LOAD_GLOBAL r6, "n"
      LOAD_GLOBAL r7, "list"
      ARRAY_INIT r0, [r5, r6, r7]
      RETURN r0
      .function child arity=1 regs=6
        LOAD_GLOBAL r1, "list"
        JS_EQUAL r2, r0, r1
        LOAD_GLOBAL r3, "n"
        LOAD_CONST r4, 7
        STORE_GLOBAL "n", r4
        LOAD_GLOBAL r5, "Main:n"
        ARRAY_INIT r0, [r1, r2, r3, r5]
        RETURN r0
      .end`,
    expect: { result: "[[[1], true, 1, 7], 2, [1, 2]]" },
  },
  {
    name: "a variable that nobody has stored yet",
    source: `
      TRY r0, caught
      LOAD_GLOBAL r1, "late"
      END_TRY
      RETURN r1
    caught:
      LOAD_CONST r1, :name
      JS_GET r1, r0, r1
      LOAD_CONST r2, :message
      JS_GET r2, r0, r2
      ARRAY_INIT r0, [r1, r2]
      RETURN r0`,
    expect: { result: `["ReferenceError", "Cannot access 'late' before initialization"]` },
  },
  {
    name: "what new is made of",
    source: `
      LOAD_CONST r0, function:Point
      MAKE_CLOSURE r0, r0, "", []
      LOAD_CONST r1, 3
      JS_ALLOCATE r2, r0
      CALL_THIS r3, r0, r2, [r1]
      JS_CONSTRUCTED r4, r3, r2
      LOAD_CONST r5, :constructor
      JS_GET r5, r4, r5
      JS_EQUAL r5, r5, r0
      JS_CONSTRUCTED r6, r2, r1
      JS_EQUAL r6, r6, r2
      ARRAY_INIT r0, [r4, r5, r6]
      RETURN r0
      .function Point arity=1 regs=2
        LOAD_CONST r1, :"__vm:this"
        LOAD_CONST r2, :x
        JS_SET r1, r2, r0
        RETURN r0
      .end`,
    expect: { result: "[{x: 3}, true, true]" },
  },
  {
    name: "functions of the host that fail, called with a this",
    source: `
      LOAD_CONST r0, 0
      LOAD_CONST r1, -4
      LOAD_CONST r2, 1
      LOAD_CONST r3, 40
      LOAD_CONST r4, :message
      LOAD_CONST r5, :"__stdlib:Sqrt"
      LOAD_CONST r6, :"__stdlib:TestPicky"
      OBJECT_INIT r7, {sqrt: r5, picky: r6}
      ARRAY_INIT r8, []
    again:
      TRY r9, first
      CALL_THIS r9, r5, r7, [r1]
      END_TRY
    first:
      JS_GET r9, r9, r4
      TRY r10, second
      CALL_METHOD r10, r7, "sqrt", [r1]
      END_TRY
    second:
      JS_GET r10, r10, r4
      TRY r11, third
      JS_CALL_METHOD r11, r7, "picky", [r1, r2]
      END_TRY
    third:
      JS_GET r11, r11, r4
      TRY r12, fourth
      CALL_THIS r12, r6, r7, []
      END_TRY
    fourth:
      ARRAY_INIT r8, [r9, r10, r11, r12]
      ADD r0, r0, r2
      LESS_THAN r13, r0, r3
      JUMP_IF_TRUE r13, again
      RETURN r8`,
    expect: {
      result:
        '["Runtime error: Cannot take square root of negative number", "Runtime error: Cannot take square root of negative number", "not this one", undefined]',
    },
  },
  {
    name: "new of what is no function",
    source: `
      TRY r0, caught
      LOAD_CONST r0, 1
      JS_ALLOCATE r0, r0
      END_TRY
      RETURN r0
    caught:
      LOAD_CONST r1, :name
      JS_GET r0, r0, r1
      RETURN r0`,
    expect: { result: '"TypeError"' },
  },
];
