/** LOAD_CONST of mutable literals, OBJECT_INIT, GET_PROP, SET_PROP: what is a key, an index, a prototype, an attribute. */
import type { Row } from "../support/run.ts";

/** Reads one key of one value. */
function reads(value: string, key: string, result: string): Row {
  return {
    name: `GET_PROP ${value} ${key}`,
    source: `
      LOAD_CONST r0, ${value}
      LOAD_CONST r1, ${key}
      GET_PROP r2, r0, r1
      RETURN r2`,
    expect: { result, reductions: 4 },
  };
}

/** Writes :new under one key of one value, and returns that. */
function writes(value: string, key: string, after: string): Row {
  return {
    name: `SET_PROP ${value} ${key}`,
    source: `
      LOAD_CONST r0, ${value}
      LOAD_CONST r1, ${key}
      LOAD_CONST r2, :new
      SET_PROP r0, r1, r2
      RETURN r0`,
    expect: { result: after, reductions: 5 },
  };
}

const PLAIN_KEYS = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "$",
  "",
  "$$",
  "kind",
  "prototypeList",
  "$kind",
  "length",
  "0",
  "code",
  "then",
  "\u2028",
  "\ud800",
];

function plainKeyRow(key: string): Row {
  const text = JSON.stringify(key);
  return {
    name: `the key ${text} is a plain name`,
    source: `
      LOAD_CONST r0, ${text}
      OBJECT_INIT r1, {}
      GET_PROP r2, r1, r0
      LOAD_CONST r3, 1
      SET_PROP r1, r0, r3
      GET_PROP r4, r1, r0
      LOAD_CONST r5, :"__stdlib:TestKeys"
      CALL r6, r5, [r1]
      OBJECT_INIT r7, {${text}: 2}
      GET_PROP r8, r7, r0
      LOAD_CONST r9, {${text}: 3}
      GET_PROP r10, r9, r0
      LOAD_CONST r11, :${text}
      GET_PROP r12, r9, r11
      OBJECT_INIT r13, {a: 1}
      GET_PROP r14, r13, r0
      ARRAY_INIT r15, [r2, r4, r6, r8, r10, r12, r14]
      RETURN r15`,
    expect: { result: `[undefined, 1, [${JSON.stringify(key).replace("\u2028", "\\u2028")}], 2, 3, 3, undefined]` },
  };
}

/** Calls TestPrototypes(r0, [registers]) with r30, r31 as scratch. */
function prototypes(object: string, ...list: string[]): string {
  return `
      LOAD_CONST r30, :"__stdlib:TestPrototypes"
      ARRAY_INIT r31, [${list.join(", ")}]
      CALL r30, r30, [${object}, r31]`;
}

export const ROWS: readonly Row[] = [
  reads("{a: 1}", ":a", "1"),
  reads("{a: 1}", '"a"', "1"),
  reads("{a: 1}", ":b", "undefined"),
  reads("{a: undefined}", ":a", "undefined"),
  reads("{}", '"__proto__"', "undefined"),
  reads("{}", '"hasOwnProperty"', "undefined"),
  reads('{"1": :one}', '"1"', ":one"),
  reads('{"1": :one}', ':"1"', ":one"),
  reads("[5, 6, 7]", "0", "5"),
  reads("[5, 6, 7]", "-0", "5"),
  reads("[5, 6, 7]", "2", "7"),
  reads("[5, 6, 7]", "3", "undefined"),
  reads("[5, 6, 7]", "-1", "undefined"),
  reads("[5, 6, 7]", "0.5", "undefined"),
  reads("[5, 6, 7]", "NaN", "undefined"),
  reads("[5, 6, 7]", "Infinity", "undefined"),
  reads("[5, 6, 7]", "4294967296", "undefined"),
  reads("[5, 6, 7]", '"1"', "6"),
  reads("[5, 6, 7]", ':"1"', "6"),
  reads("[5, 6, 7]", '"01"', "6"),
  reads("[5, 6, 7]", '"1.0"', "undefined"),
  reads("[5, 6, 7]", '"-1"', "undefined"),
  reads("[5, 6, 7]", '" 1"', "undefined"),
  reads("[5, 6, 7]", '"+1"', "undefined"),
  reads("[5, 6, 7]", '"1e0"', "undefined"),
  reads("[5, 6, 7]", '"0x1"', "undefined"),
  reads("[5, 6, 7]", '"\u0661"', "undefined"),
  reads("[5, 6, 7]", '""', "undefined"),
  reads("[5, 6, 7]", '"99999999999999999999999"', "undefined"),
  reads("[5, 6, 7]", "true", "undefined"),
  reads("[5, 6, 7]", "()", "undefined"),
  reads("[5, 6, 7]", "[0]", "undefined"),
  reads("[5, 6, 7]", '"length"', "3"),
  reads("[5, 6, 7]", ":length", "3"),
  reads("[]", ":length", "0"),
  reads("[5]", '"push"', "undefined"),
  reads("[5]", '"constructor"', "undefined"),
  reads("[5]", '"__proto__"', "undefined"),
  reads("(5, 6)", "1", "6"),
  reads("(5, 6)", '"0"', "5"),
  reads("(5, 6)", ':"1"', "6"),
  reads("(5, 6)", "2", "undefined"),
  reads("(5, 6)", ":length", "2"),
  reads("(,)", '"length"', "0"),
  reads("(5, 6)", ":items", "undefined"),
  reads('"text"', ":length", "undefined"),
  reads('"text"', "0", "undefined"),
  reads("#t(5)", ":payload", "undefined"),
  reads("#t(5)", "0", "undefined"),
  reads("3+4i", ":re", "undefined"),
  reads("5", ":a", "undefined"),
  reads("true", ":a", "undefined"),
  reads(":atom", ":name", "undefined"),
  reads("()", ":a", "undefined"),
  reads("undefined", ":a", "undefined"),
  reads("function:main", ":name", "undefined"),
  reads(":self", ":number", "undefined"),

  writes("{}", ":a", "{a: :new}"),
  writes("{}", '"a"', "{a: :new}"),
  writes("{a: 1, b: 2}", ":a", "{a: :new, b: 2}"),
  writes("[5, 6]", "0", "[:new, 6]"),
  writes("[5, 6]", "-0", "[:new, 6]"),
  writes("[5, 6]", "1", "[5, :new]"),
  writes("[5, 6]", "2", "[5, 6, :new]"),
  writes("[5, 6]", "4", "[5, 6, undefined, undefined, :new]"),
  writes("[]", "0", "[:new]"),
  writes("[5, 6]", '"1"', "[5, :new]"),
  writes("[5, 6]", ':"1"', "[5, :new]"),
  writes("[5, 6]", '"3"', "[5, 6, undefined, :new]"),
  writes("[5, 6]", "-1", "[5, 6]"),
  writes("[5, 6]", "0.5", "[5, 6]"),
  writes("[5, 6]", "NaN", "[5, 6]"),
  writes("[5, 6]", "Infinity", "[5, 6]"),
  writes("[5, 6]", '"a"', "[5, 6]"),
  writes("[5, 6]", '"__proto__"', "[5, 6]"),
  writes("[5, 6]", '"length"', "[5, 6]"),
  writes("[5, 6]", "true", "[5, 6]"),
  writes("(5, 6)", "0", "(5, 6)"),
  writes("(5, 6)", ":a", "(5, 6)"),
  writes("#t(5)", "0", "#t(5)"),
  writes('"text"', "0", '"text"'),
  writes("5", ":a", "5"),
  writes("()", ":a", "()"),
  writes("undefined", ":a", "undefined"),
  writes(":atom", ":a", ":atom"),
  writes("function:main", ":a", "[Function: Main:main]"),

  ...PLAIN_KEYS.map(plainKeyRow),

  {
    name: "members keep the order in which they were first set, digits too",
    source: `
      OBJECT_INIT r0, {b: 1, "1": 2, a: 3, "0": 4}
      LOAD_CONST r1, :c
      LOAD_CONST r2, 5
      SET_PROP r0, r1, r2
      LOAD_CONST r1, :b
      SET_PROP r0, r1, r2
      RETURN r0`,
    expect: { result: '{b: 5, "1": 2, a: 3, "0": 4, c: 5}' },
  },
  {
    name: "OBJECT_INIT: registers, literals, attributes; the last of a repeated key wins",
    source: `
      LOAD_CONST r0, 7
      OBJECT_INIT r1, {a: r0, b: 8, c!w: r0, d!: 9, e!ec: 10, a: 11, e: 12}
      LOAD_CONST r2, :"__stdlib:TestAttributes"
      LOAD_CONST r3, "a"
      CALL r4, r2, [r1, r3]
      LOAD_CONST r3, "c"
      CALL r5, r2, [r1, r3]
      LOAD_CONST r3, "d"
      CALL r6, r2, [r1, r3]
      LOAD_CONST r3, "e"
      CALL r7, r2, [r1, r3]
      ARRAY_INIT r8, [r1, r4, r5, r6, r7]
      RETURN r8`,
    expect: { result: '[{a: 11, b: 8, c: 7, d: 9, e: 12}, "wec", "w", "", "wec"]' },
  },
  {
    name: "OBJECT_INIT makes a fresh object and fresh literals each time",
    source: `
      LOAD_CONST r0, function:make
      CALL r1, r0, []
      LOAD_CONST r2, :list
      GET_PROP r3, r1, r2
      LOAD_CONST r4, 0
      SET_PROP r3, r4, r4
      CALL r5, r0, []
      ARRAY_INIT r6, [r1, r5]
      RETURN r6
      .function make arity=0 regs=1
      OBJECT_INIT r0, {list: [], deep: ({},)}
      RETURN r0
      .end`,
    expect: { result: "[{list: [0], deep: ({},)}, {list: [], deep: ({},)}]" },
  },
  {
    name: "LOAD_CONST of a mutable literal makes a fresh value each time it runs, all the way down",
    source: `
      LOAD_CONST r0, function:make
      CALL r1, r0, []
      LOAD_CONST r2, 1
      GET_PROP r3, r1, r2
      LOAD_CONST r4, 0
      SET_PROP r3, r4, r4
      CALL r5, r0, []
      SAME r6, r1, r5
      ARRAY_INIT r7, [r1, r5, r6]
      RETURN r7
      .function make arity=0 regs=1
      LOAD_CONST r0, (1, [5], {a: [6]})
      RETURN r0
      .end`,
    expect: { result: "[(1, [0], {a: [6]}), (1, [5], {a: [6]}), false]" },
  },
  {
    name: "an immutable literal is the same each time",
    source: `
      LOAD_CONST r0, (1, #t("x"))
      LOAD_CONST r1, (1, #t("x"))
      SAME r2, r0, r1
      RETURN r2`,
    expect: { result: "true" },
  },
  {
    name: "attributes of object literals",
    source: `
      LOAD_CONST r0, {a!ec: 1, b!w: 2, c!: 3, d: 4}
      LOAD_CONST r1, :"__stdlib:TestAttributes"
      LOAD_CONST r2, "a"
      CALL r3, r1, [r0, r2]
      LOAD_CONST r2, "b"
      CALL r4, r1, [r0, r2]
      LOAD_CONST r2, "c"
      CALL r5, r1, [r0, r2]
      LOAD_CONST r2, "d"
      CALL r6, r1, [r0, r2]
      ARRAY_INIT r7, [r0, r3, r4, r5, r6]
      RETURN r7`,
    expect: { result: '[{a: 1, b: 2, c: 3, d: 4}, "ec", "w", "", "wec"]' },
  },
  {
    name: "a property that is not writable is left alone",
    source: `
      OBJECT_INIT r0, {a!ec: 1, b!w: 2}
      LOAD_CONST r1, :a
      LOAD_CONST r2, 9
      SET_PROP r0, r1, r2
      LOAD_CONST r1, :b
      SET_PROP r0, r1, r2
      RETURN r0`,
    expect: { result: "{a: 1, b: 9}" },
  },
  {
    name: "writing keeps the attributes",
    source: `
      OBJECT_INIT r0, {b!w: 2}
      LOAD_CONST r1, "b"
      LOAD_CONST r2, 9
      SET_PROP r0, r1, r2
      LOAD_CONST r3, :"__stdlib:TestAttributes"
      CALL r4, r3, [r0, r1]
      RETURN r4`,
    expect: { result: '"w"' },
  },
  {
    name: "an object closed to new properties takes none, but lets its own be written",
    source: `
      OBJECT_INIT r0, {a: 1}
      LOAD_CONST r1, :"__stdlib:TestClose"
      CALL r1, r1, [r0]
      LOAD_CONST r2, :a
      LOAD_CONST r3, 9
      SET_PROP r0, r2, r3
      LOAD_CONST r2, :b
      SET_PROP r0, r2, r3
      RETURN r0`,
    expect: { result: "{a: 9}" },
  },
  {
    name: "a frozen object stays as it is",
    source: `
      OBJECT_INIT r0, {a: 1}
      LOAD_CONST r1, :"__stdlib:TestFreeze"
      CALL r1, r1, [r0]
      LOAD_CONST r2, :a
      LOAD_CONST r3, 9
      SET_PROP r0, r2, r3
      LOAD_CONST r2, :b
      SET_PROP r0, r2, r3
      RETURN r0`,
    expect: { result: "{a: 1}" },
  },
  {
    name: "a property is found on the prototype, and set on the object",
    source: `
      OBJECT_INIT r0, {}
      OBJECT_INIT r1, {a: 1}
      ${prototypes("r0", "r1")}
      LOAD_CONST r2, :a
      GET_PROP r3, r0, r2
      LOAD_CONST r4, 2
      SET_PROP r0, r2, r4
      GET_PROP r5, r0, r2
      GET_PROP r6, r1, r2
      ARRAY_INIT r7, [r3, r5, r6]
      RETURN r7`,
    expect: { result: "[1, 2, 1]" },
  },
  {
    name: "an inherited property that is not writable is left alone",
    source: `
      OBJECT_INIT r0, {}
      OBJECT_INIT r1, {a!ec: 1}
      ${prototypes("r0", "r1")}
      LOAD_CONST r2, :a
      LOAD_CONST r4, 2
      SET_PROP r0, r2, r4
      ARRAY_INIT r7, [r0, r1]
      RETURN r7`,
    expect: { result: "[{}, {a: 1}]" },
  },
  {
    name: "the nearest property decides whether it can be written",
    source: `
      OBJECT_INIT r0, {}
      OBJECT_INIT r1, {a: 0}
      OBJECT_INIT r2, {a!ec: 1}
      ${prototypes("r1", "r2")}
      ${prototypes("r0", "r1")}
      LOAD_CONST r3, :a
      LOAD_CONST r4, 2
      SET_PROP r0, r3, r4
      RETURN r0`,
    expect: { result: "{a: 2}" },
  },
  {
    name: "several prototypes: in order, depth first",
    source: `
      OBJECT_INIT r0, {}
      OBJECT_INIT r1, {}
      OBJECT_INIT r2, {a: :b, c: :b}
      OBJECT_INIT r3, {a: :deep, b: :deep}
      ${prototypes("r1", "r3")}
      ${prototypes("r0", "r1", "r2")}
      LOAD_CONST r4, :a
      GET_PROP r5, r0, r4
      LOAD_CONST r4, :b
      GET_PROP r6, r0, r4
      LOAD_CONST r4, :c
      GET_PROP r7, r0, r4
      LOAD_CONST r4, :d
      GET_PROP r8, r0, r4
      ARRAY_INIT r9, [r5, r6, r7, r8]
      RETURN r9`,
    expect: { result: "[:deep, :deep, :b, undefined]" },
  },
  {
    name: "a diamond: the shared prototype is searched once, before the second of the list",
    source: `
      OBJECT_INIT r0, {}
      OBJECT_INIT r1, {}
      OBJECT_INIT r2, {a: :second}
      OBJECT_INIT r3, {a: :base}
      ${prototypes("r1", "r3")}
      ${prototypes("r2", "r3")}
      ${prototypes("r0", "r1", "r2")}
      LOAD_CONST r4, :a
      GET_PROP r5, r0, r4
      RETURN r5`,
    expect: { result: ":base" },
  },
  {
    name: "with several prototypes, one that cannot be written is left alone, in the second too",
    source: `
      OBJECT_INIT r0, {}
      OBJECT_INIT r1, {b: 1}
      OBJECT_INIT r2, {a!ec: 1}
      ${prototypes("r0", "r1", "r2")}
      LOAD_CONST r4, :a
      LOAD_CONST r5, 9
      SET_PROP r0, r4, r5
      LOAD_CONST r4, :b
      SET_PROP r0, r4, r5
      ARRAY_INIT r6, [r0, r1, r2]
      RETURN r6`,
    expect: { result: "[{b: 9}, {b: 1}, {a: 1}]" },
  },
  {
    name: "a cycle of prototypes ends",
    source: `
      OBJECT_INIT r0, {a: 1}
      OBJECT_INIT r1, {b: 2}
      OBJECT_INIT r2, {c: 3}
      ${prototypes("r0", "r1")}
      ${prototypes("r1", "r2")}
      ${prototypes("r2", "r0")}
      LOAD_CONST r4, :a
      GET_PROP r5, r2, r4
      LOAD_CONST r4, :b
      GET_PROP r6, r2, r4
      LOAD_CONST r4, :c
      GET_PROP r7, r1, r4
      LOAD_CONST r4, :d
      GET_PROP r8, r1, r4
      SET_PROP r1, r4, r4
      GET_PROP r9, r0, r4
      ARRAY_INIT r10, [r5, r6, r7, r8, r9]
      RETURN r10`,
    expect: { result: "[1, 2, 3, undefined, :d]" },
  },
  {
    name: "an object that is its own prototype",
    source: `
      OBJECT_INIT r0, {a: 1}
      ${prototypes("r0", "r0")}
      LOAD_CONST r1, :a
      GET_PROP r2, r0, r1
      LOAD_CONST r1, :b
      GET_PROP r3, r0, r1
      SET_PROP r0, r1, r1
      ARRAY_INIT r4, [r2, r3, r0]
      RETURN r4`,
    expect: { result: "[1, undefined, {a: 1, b: :b}]" },
  },
  {
    name: "a change of a prototype shows at once, also where a search missed before",
    source: `
      OBJECT_INIT r0, {}
      OBJECT_INIT r1, {}
      ${prototypes("r0", "r1")}
      LOAD_CONST r2, :late
      GET_PROP r3, r0, r2
      LOAD_CONST r4, 1
      SET_PROP r1, r2, r4
      GET_PROP r5, r0, r2
      OBJECT_INIT r6, {late: 2}
      ${prototypes("r0", "r6")}
      GET_PROP r7, r0, r2
      ${prototypes("r0")}
      GET_PROP r8, r0, r2
      ARRAY_INIT r9, [r3, r5, r7, r8]
      RETURN r9`,
    expect: { result: "[undefined, 1, 2, undefined]" },
  },
  {
    name: "GET_PROP binds this to a function that has none, from Object, Array and Tuple",
    source: `
      LOAD_CONST r0, function:me
      OBJECT_INIT r1, {f: r0}
      LOAD_CONST r2, :f
      GET_PROP r3, r1, r2
      CALL r4, r3, []
      ARRAY_INIT r5, [r0]
      LOAD_CONST r6, 0
      GET_PROP r7, r5, r6
      CALL r8, r7, []
      TUPLE_INIT r9, [r0]
      GET_PROP r10, r9, r6
      CALL r11, r10, []
      CALL r12, r0, []
      SAME r13, r4, r1
      SAME r14, r8, r5
      SAME r15, r11, r9
      ARRAY_INIT r16, [r12, r13, r14, r15]
      RETURN r16
      .function me arity=0 regs=1
      LOAD_CONST r0, :"__vm:this"
      RETURN r0
      .end`,
    expect: { result: "[undefined, true, true, true]" },
  },
  {
    name: "a function that has a this keeps it",
    source: `
      LOAD_CONST r0, function:me
      OBJECT_INIT r1, {f: r0, name: :first}
      LOAD_CONST r2, :f
      GET_PROP r3, r1, r2
      OBJECT_INIT r4, {g: r3, name: :second}
      LOAD_CONST r5, :g
      GET_PROP r6, r4, r5
      CALL r7, r6, []
      LOAD_CONST r8, :name
      GET_PROP r9, r7, r8
      SAME r10, r6, r3
      ARRAY_INIT r11, [r9, r10]
      RETURN r11
      .function me arity=0 regs=1
      LOAD_CONST r0, :"__vm:this"
      RETURN r0
      .end`,
    expect: { result: "[:first, true]" },
  },
  {
    name: "an inherited function is bound to the object that was asked",
    source: `
      LOAD_CONST r0, function:me
      OBJECT_INIT r1, {f: r0}
      OBJECT_INIT r2, {}
      ${prototypes("r2", "r1")}
      LOAD_CONST r3, :f
      GET_PROP r4, r2, r3
      CALL r5, r4, []
      SAME r6, r5, r2
      RETURN r6
      .function me arity=0 regs=1
      LOAD_CONST r0, :"__vm:this"
      RETURN r0
      .end`,
    expect: { result: "true" },
  },
  {
    name: "the function in the object itself stays without this",
    source: `
      LOAD_CONST r0, function:me
      OBJECT_INIT r1, {f: r0}
      LOAD_CONST r2, :f
      GET_PROP r3, r1, r2
      MATCH r1, [({f: @r4}, +1)]
      SAME r5, r4, r0
      SAME r6, r3, r0
      ARRAY_INIT r7, [r5, r6]
      RETURN r7
      .function me arity=0 regs=1
      .end`,
    expect: { result: "[true, false]" },
  },
  {
    name: "a foreign function from an object can be called",
    source: `
      LOAD_CONST r0, :"__stdlib:TestArguments"
      OBJECT_INIT r1, {f: r0}
      LOAD_CONST r2, :f
      GET_PROP r3, r1, r2
      CALL r4, r3, [r2]
      RETURN r4`,
    expect: { result: "(:f,)" },
  },
  {
    name: "ARRAY_INIT, TUPLE_INIT, TAG_INIT",
    source: `
      LOAD_CONST r0, 1
      LOAD_CONST r1, :x
      ARRAY_INIT r2, [r0, r1, r0]
      ARRAY_INIT r3, []
      TUPLE_INIT r4, [r2, r2]
      TUPLE_INIT r5, []
      TAG_INIT r6, "any tag", r4
      TUPLE_INIT r7, [r2, r3, r4, r5, r6]
      RETURN r7`,
    expect: {
      result: '([1, :x, 1], [], ([1, :x, 1], [1, :x, 1]), (,), #"any tag"(([1, :x, 1], [1, :x, 1])))',
      reductions: 9,
    },
  },
  {
    name: "one array in two places is one array",
    source: `
      LOAD_CONST r0, [1]
      ARRAY_INIT r1, [r0, r0]
      LOAD_CONST r2, 0
      GET_PROP r3, r1, r2
      LOAD_CONST r4, 9
      SET_PROP r3, r2, r4
      RETURN r1`,
    expect: { result: "[[9], [9]]" },
  },
  {
    name: "a cycle prints as [Circular]",
    source: `
      LOAD_CONST r0, [1]
      LOAD_CONST r1, 1
      SET_PROP r0, r1, r0
      OBJECT_INIT r2, {a: r0, b: r0}
      RETURN r2`,
    expect: { result: "{a: [1, [Circular]], b: [1, [Circular]]}" },
  },
];
