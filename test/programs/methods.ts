/** Calls hidden in instructions: operator methods, __getattr__, __setattr__; CALL_METHOD. */
import type { Row } from "../support/run.ts";

const PROTOTYPES = `
      LOAD_CONST r30, :"__stdlib:TestPrototypes"`;

/** A method that tells all: its name, this.n, its arguments. */
function teller(name: string): string {
  return `
      .function ${name} arity=2 regs=8
      LOAD_CONST r2, :"__vm:this"
      LOAD_CONST r3, :n
      GET_PROP r4, r2, r3
      LOAD_CONST r5, :${name}
      ARRAY_INIT r6, [r5, r4, r0, r1]
      RETURN r6
      .end`;
}

const ARITHMETIC: readonly (readonly [op: string, method: string])[] = [
  ["ADD", "__add__"],
  ["SUB", "__sub__"],
  ["MUL", "__mul__"],
  ["DIV", "__div__"],
];

const arithmeticRows: readonly Row[] = ARITHMETIC.map(([op, method]) => ({
  name: `${op} calls ${method}: the left operand's, else the right's with true`,
  source: `
      LOAD_CONST r0, function:${method}
      OBJECT_INIT r1, {n: 1, ${method}: r0}
      OBJECT_INIT r2, {n: 2, ${method}: r0}
      OBJECT_INIT r3, {n: 3}
      LOAD_CONST r4, 5
      ${op} r5, r1, r4
      ${op} r6, r4, r1
      ${op} r7, r1, r3
      ${op} r8, r3, r1
      ${op} r9, r3, r4
      ${op} r10, r4, r3
      ARRAY_INIT r11, [r5, r6, r7, r8, r9, r10]
      MATCH r11, [([[_, 1, 5, undefined], [_, 1, 5, true], [_, 1, {n: 3}, undefined], [_, 1, {n: 3}, true], undefined, undefined], yes)]
      RETURN r11
    yes:
      ${op} r12, r1, r2
      LOAD_CONST r13, 2
      GET_PROP r14, r12, r13
      SAME r15, r14, r2
      LOAD_CONST r13, 1
      GET_PROP r16, r12, r13
      ARRAY_INIT r0, [r15, r16]
      RETURN r0
      ${teller(method)}`,
  expect: { result: "[true, 1]" },
}));

const WITHOUT_METHODS: readonly Row[] = ["MOD", "BIT_AND", "BIT_OR", "BIT_XOR", "SHL", "SHR", "USHR"].map((op) => ({
  name: `${op} has no operator method`,
  source: `
      LOAD_CONST r0, function:boom
      OBJECT_INIT r1, {__add__: r0, __mod__: r0, __and__: r0, __or__: r0, __xor__: r0, __lshift__: r0, __rshift__: r0}
      LOAD_CONST r2, 1
      ${op} r3, r1, r2
      RETURN r3
      .function boom arity=0 regs=1
      THROW r0
      .end`,
  expect: { result: "undefined" },
}));

/** Instruction, the method it looks for, on the left and right, and whether the truth is negated. */
const COMPARE: readonly (readonly [op: string, method: string, first: "left" | "right", negated: boolean])[] = [
  ["EQUAL", "__eq__", "left", false],
  ["NOT_EQUAL", "__eq__", "left", true],
  ["LESS_THAN", "__lt__", "left", false],
  ["LESS_EQUAL", "__le__", "left", false],
  ["GREATER_THAN", "__lt__", "right", false],
  ["GREATER_EQUAL", "__le__", "right", false],
];

/** The methods tell by PrintLn who they are, and give what is in the object as `answer`. */
const compareRows: readonly Row[] = COMPARE.flatMap(([op, method, first, negated]) => {
  const source = (left: string, right: string, answer: string) => `
      LOAD_CONST r0, function:tell
      LOAD_CONST r1, ${answer}
      OBJECT_INIT r2, {n: 1, answer: r1, ${method}: r0}
      OBJECT_INIT r3, {n: 2, answer: r1, ${method}: r0}
      OBJECT_INIT r4, {n: 3}
      LOAD_CONST r5, 5
      ${op} r6, ${left}, ${right}
      RETURN r6
      .function tell arity=2 regs=8
      LOAD_CONST r2, :"__vm:this"
      LOAD_CONST r3, :n
      GET_PROP r4, r2, r3
      GET_PROP r5, r0, r3
      LOAD_CONST r6, :"__stdlib:Print"
      CALL r7, r6, [r4, r5, r1]
      LOAD_CONST r3, :answer
      GET_PROP r4, r2, r3
      RETURN r4
      .end`;
  const truth = (value: boolean) => String(value !== negated);
  // Who is called, what the other operand's n is (Undefined of a Number), and whether it stood right.
  const both = first === "left" ? "1, 2, undefined" : "2, 1, undefined";
  // The operands of GREATER_* are exchanged first: then the left object stands right.
  const onlyLeft = first === "left" ? "undefined" : "true";
  const onlyRight = first === "left" ? "true" : "undefined";
  return [
    {
      name: `${op} calls ${method} of one of two`,
      source: source("r2", "r3", "true"),
      expect: { stdout: both, result: truth(true) },
    },
    {
      name: `${op} calls ${method} of the left one`,
      source: source("r2", "r5", "0"),
      expect: { stdout: `1, undefined, ${onlyLeft}`, result: truth(false) },
    },
    {
      name: `${op} calls ${method} of the right one`,
      source: source("r5", "r2", '"yes"'),
      expect: { stdout: `1, undefined, ${onlyRight}`, result: truth(true) },
    },
    {
      name: `${op} calls ${method} of the left one, if the right object has none`,
      source: source("r2", "r4", "()"),
      expect: { stdout: `1, 3, ${onlyLeft}`, result: truth(false) },
    },
    {
      name: `${op} calls ${method} of the right one, if the left object has none`,
      source: source("r4", "r2", "NaN"),
      expect: { stdout: `1, 3, ${onlyRight}`, result: truth(true) },
    },
    {
      name: `${op} without ${method}`,
      source: source("r4", "r4", "()"),
      expect: { stdout: "", result: String(op === "EQUAL") },
    },
  ];
});

export const ROWS: readonly Row[] = [
  ...arithmeticRows,
  ...WITHOUT_METHODS,
  ...compareRows,
  {
    name: "operator methods are inherited, and this is the object, not the prototype",
    source: `
      LOAD_CONST r0, function:__add__
      OBJECT_INIT r1, {__add__: r0, n: :proto}
      OBJECT_INIT r2, {n: :own}
      ${PROTOTYPES}
      ARRAY_INIT r3, [r1]
      CALL r4, r30, [r2, r3]
      LOAD_CONST r5, 1
      ADD r6, r2, r5
      RETURN r6
      ${teller("__add__")}`,
    expect: { result: "[:__add__, :own, 1, undefined]" },
  },
  {
    name: "a foreign operator method gets the other operand and true",
    source: `
      LOAD_CONST r0, :"__stdlib:TestArguments"
      OBJECT_INIT r1, {__add__: r0, __lt__: r0}
      LOAD_CONST r2, 1
      ADD r3, r1, r2
      ADD r4, r2, r1
      LESS_THAN r5, r1, r2
      ARRAY_INIT r6, [r3, r4, r5]
      RETURN r6`,
    // A foreign function costs nothing on top: it is no hidden call.
    expect: { result: "[(1,), (1, true), true]", reductions: 8 },
  },
  {
    name: "an operator method that has a this keeps it",
    source: `
      LOAD_CONST r0, function:__add__
      OBJECT_INIT r1, {m: r0, n: :first}
      LOAD_CONST r2, :m
      GET_PROP r3, r1, r2
      OBJECT_INIT r4, {__add__: r3, n: :second}
      LOAD_CONST r5, 1
      ADD r6, r4, r5
      RETURN r6
      ${teller("__add__")}`,
    expect: { result: "[:__add__, :first, 1, undefined]" },
  },
  {
    name: "an operator method of bytecode is a CALL on top of the instruction",
    source: `
      LOAD_CONST r0, function:f
      OBJECT_INIT r1, {__add__: r0, __eq__: r0}
      ADD r2, r1, r1
      EQUAL r3, r1, r1
      RETURN r3
      .function f arity=1 regs=1
      RETURN r0
      .end`,
    // 1 + 1 + (1 + 2 + 1) + (1 + 2 + 1) + 1
    expect: { result: "true", reductions: 11 },
  },
  {
    name: "SAME and EQUAL inside structures never run program code",
    source: `
      LOAD_CONST r0, function:boom
      OBJECT_INIT r1, {__eq__: r0}
      OBJECT_INIT r2, {__eq__: r0}
      SAME r3, r1, r2
      ARRAY_INIT r4, [r1]
      ARRAY_INIT r5, [r2]
      EQUAL r6, r4, r5
      NOT_EQUAL r7, r4, r5
      ARRAY_INIT r8, [r3, r6, r7]
      RETURN r8
      .function boom arity=0 regs=1
      THROW r0
      .end`,
    expect: { result: "[false, true, false]" },
  },
  {
    name: "printing does not run program code",
    source: `
      LOAD_CONST r0, function:boom
      OBJECT_INIT r1, {toString: r0, __getattr__: r0, a: 1}
      LOAD_CONST r2, :"__stdlib:PrintLn"
      CALL r3, r2, [r1]
      RETURN r3
      .function boom arity=0 regs=1
      THROW r0
      .end`,
    expect: { result: "()", stdout: "{toString: [Function: Main:boom], __getattr__: [Function: Main:boom], a: 1}\n" },
  },
  {
    name: "an operator method may wait",
    source: `
      LOAD_CONST r0, function:f
      OBJECT_INIT r1, {__mul__: r0}
      LOAD_CONST r2, function:sender
      LOAD_CONST r3, :self
      SPAWN r4, r2, [r3]
      MUL r5, r1, r3
      RETURN r5
      .function f arity=1 regs=1
      RECEIVE r0
      RETURN r0
      .end
      .function sender arity=1 regs=1
      LOAD_CONST r1, 42
      SEND r0, r1
      .end`,
    // 1 1 1 1 4, then 1 + 2 and RECEIVE 2 and RETURN 1, RETURN 1
    expect: { result: "42", reductions: 15 },
  },
  {
    name: "a throw in an operator method is caught around the instruction",
    source: `
      LOAD_CONST r0, function:f
      OBJECT_INIT r1, {__lt__: r0}
      LOAD_CONST r3, :untouched
      TRY r2, caught
      LESS_THAN r3, r1, r1
      END_TRY
      RETURN r3
    caught:
      ARRAY_INIT r4, [r2, r3]
      RETURN r4
      .function f arity=1 regs=1
      LOAD_CONST r0, :thrown
      THROW r0
      .end`,
    expect: { result: "[:thrown, :untouched]" },
  },
  {
    name: "an error in a foreign operator method is the instruction's",
    source: `
      LOAD_CONST r0, :"__stdlib:TestNumber"
      OBJECT_INIT r1, {__add__: r0}
      LOAD_CONST r2, "no number"
      TRY r3, caught
      ADD r4, r1, r2
      END_TRY
      RETURN r4
    caught:
      RETURN r3`,
    expect: { result: '(:ffi, "TestNumber", "Expected Number argument, got String")' },
  },
  {
    name: "a method that calls its own operator nests frames",
    source: `
      LOAD_CONST r0, function:f
      OBJECT_INIT r1, {__add__: r0}
      LOAD_CONST r2, 100
      ADD r3, r1, r2
      RETURN r3
      .function f arity=1 regs=8
      JUMP_IF_FALSE r0, done
      LOAD_CONST r1, 1
      SUB r2, r0, r1
      LOAD_CONST r3, :"__vm:this"
      ADD r4, r3, r2
      ADD r4, r4, r1
      RETURN r4
    done:
      RETURN r0
      .end`,
    // Each level: 6 instructions, 1 more for RETURN, and 2 for the hidden call; the last 1 + 1.
    expect: { result: "100", reductions: 3 + 1 + 2 + 100 * (7 + 2) + 2 + 1 },
  },
  {
    name: "__getattr__ gets the key as it was given, and its result is not bound",
    source: `
      LOAD_CONST r0, function:get
      LOAD_CONST r1, function:me
      OBJECT_INIT r2, {__getattr__: r0, there: 1, f: r1}
      LOAD_CONST r3, :missing
      GET_PROP r4, r2, r3
      LOAD_CONST r3, "missing"
      GET_PROP r5, r2, r3
      LOAD_CONST r3, :there
      GET_PROP r6, r2, r3
      LOAD_CONST r3, :give
      GET_PROP r7, r2, r3
      CALL r8, r7, []
      ARRAY_INIT r9, [r4, r5, r6, r8]
      RETURN r9
      .function get arity=1 regs=6
      MATCH r0, [(:give, give)]
      TUPLE_INIT r1, [r0]
      RETURN r1
    give:
      LOAD_CONST r1, function:me
      RETURN r1
      .end
      .function me arity=0 regs=1
      LOAD_CONST r0, :"__vm:this"
      RETURN r0
      .end`,
    expect: { result: '[(:missing,), ("missing",), 1, undefined]' },
  },
  {
    name: "__getattr__ costs a CALL on top, and nothing where the property is found",
    source: `
      LOAD_CONST r0, function:get
      OBJECT_INIT r1, {__getattr__: r0, there: 1}
      LOAD_CONST r2, :there
      GET_PROP r3, r1, r2
      LOAD_CONST r2, :missing
      GET_PROP r4, r1, r2
      RETURN r4
      .function get arity=1 regs=1
      RETURN r0
      .end`,
    // 1 1 1 1 1, 1 + 2 + 1, 1
    expect: { result: ":missing", reductions: 10 },
  },
  {
    name: "the nearest __getattr__ along the prototypes; its this is the object that was asked",
    source: `
      LOAD_CONST r0, function:near
      LOAD_CONST r1, function:far
      OBJECT_INIT r2, {}
      OBJECT_INIT r3, {__getattr__: r0}
      OBJECT_INIT r4, {__getattr__: r1, found: 1}
      ${PROTOTYPES}
      ARRAY_INIT r5, [r4]
      CALL r6, r30, [r3, r5]
      ARRAY_INIT r5, [r3]
      CALL r6, r30, [r2, r5]
      LOAD_CONST r7, :found
      GET_PROP r8, r2, r7
      LOAD_CONST r7, :missing
      GET_PROP r9, r2, r7
      SAME r10, r9, r2
      ARRAY_INIT r11, [r8, r10]
      RETURN r11
      .function near arity=1 regs=1
      LOAD_CONST r0, :"__vm:this"
      RETURN r0
      .end
      .function far arity=1 regs=1
      LOAD_CONST r0, :far
      RETURN r0
      .end`,
    expect: { result: "[1, true]" },
  },
  {
    name: "__getattr__ of the second prototype",
    source: `
      LOAD_CONST r0, function:get
      OBJECT_INIT r1, {}
      OBJECT_INIT r2, {a: 1}
      OBJECT_INIT r3, {__getattr__: r0}
      ${PROTOTYPES}
      ARRAY_INIT r4, [r2, r3]
      CALL r5, r30, [r1, r4]
      LOAD_CONST r6, :a
      GET_PROP r7, r1, r6
      LOAD_CONST r6, :b
      GET_PROP r8, r1, r6
      ARRAY_INIT r9, [r7, r8]
      RETURN r9
      .function get arity=1 regs=1
      RETURN r0
      .end`,
    expect: { result: "[1, :b]" },
  },
  {
    name: "a foreign __getattr__",
    source: `
      LOAD_CONST r0, :"__stdlib:TestArguments"
      OBJECT_INIT r1, {__getattr__: r0}
      LOAD_CONST r2, :missing
      GET_PROP r3, r1, r2
      RETURN r3`,
    expect: { result: "(:missing,)", reductions: 5 },
  },
  {
    name: "a foreign __getattr__ that fails",
    source: `
      LOAD_CONST r0, :"__stdlib:TestNumber"
      OBJECT_INIT r1, {__getattr__: r0}
      LOAD_CONST r2, :missing
      GET_PROP r3, r1, r2
      RETURN r3`,
    expect: { reason: '(:ffi, "TestNumber", "Expected Number argument, got Atom")', stack: ["Main:main@3"] },
  },
  {
    name: "a key that is there with Undefined is found",
    source: `
      LOAD_CONST r0, function:get
      OBJECT_INIT r1, {__getattr__: r0, a: undefined}
      LOAD_CONST r2, :a
      GET_PROP r3, r1, r2
      RETURN r3
      .function get arity=1 regs=1
      RETURN r0
      .end`,
    expect: { result: "undefined" },
  },
  {
    name: "__getattr__ may read missing properties of its object again",
    source: `
      LOAD_CONST r0, function:get
      OBJECT_INIT r1, {__getattr__: r0}
      LOAD_CONST r2, 3
      LOAD_CONST r3, (:start, 3)
      LOAD_CONST r4, "xxx"
      GET_PROP r5, r1, r4
      RETURN r5
      .function get arity=1 regs=6
      LOAD_CONST r1, :"__vm:this"
      MATCH r0, [("xxx", two), ("xx", one)]
      RETURN r0
    two:
      LOAD_CONST r2, "xx"
      JUMP read
    one:
      LOAD_CONST r2, "x"
    read:
      GET_PROP r3, r1, r2
      ARRAY_INIT r4, [r0, r3]
      RETURN r4
      .end`,
    expect: { result: '["xxx", ["xx", "x"]]' },
  },
  {
    name: "__setattr__ gets key and value, its result is dropped, nothing is set",
    source: `
      LOAD_CONST r0, function:set
      OBJECT_INIT r1, {__setattr__: r0, a: 1}
      LOAD_CONST r2, :b
      LOAD_CONST r3, 5
      SET_PROP r1, r2, r3
      LOAD_CONST r2, "a"
      SET_PROP r1, r2, r3
      LOAD_CONST r4, :a
      GET_PROP r5, r1, r4
      LOAD_CONST r4, :b
      GET_PROP r6, r1, r4
      ARRAY_INIT r7, [r5, r6]
      RETURN r7
      .function set arity=2 regs=4
      LOAD_CONST r2, :"__stdlib:PrintLn"
      CALL r3, r2, [r0, r1]
      LOAD_CONST r3, :dropped
      RETURN r3
      .end`,
    expect: { result: "[1, undefined]", stdout: "b, 5\na, 5\n" },
  },
  {
    name: "__setattr__ costs a CALL on top",
    source: `
      LOAD_CONST r0, function:set
      OBJECT_INIT r1, {__setattr__: r0}
      LOAD_CONST r2, :k
      SET_PROP r1, r2, r0
      RETURN r0
      .function set arity=2 regs=4
      RETURN r0
      .end`,
    // 1 1 1, 1 + 2 + 1, 1
    expect: { result: "[Function: Main:set]", reductions: 8 },
  },
  {
    name: "an inherited __setattr__ comes before an own property that could be written",
    source: `
      LOAD_CONST r0, function:set
      OBJECT_INIT r1, {a: 1}
      OBJECT_INIT r2, {__setattr__: r0}
      ${PROTOTYPES}
      ARRAY_INIT r3, [r2]
      CALL r4, r30, [r1, r3]
      LOAD_CONST r5, :a
      LOAD_CONST r6, 2
      SET_PROP r1, r5, r6
      RETURN r1
      .function set arity=2 regs=4
      LOAD_CONST r2, :"__stdlib:Print"
      LOAD_CONST r3, :"__vm:this"
      CALL r4, r2, [r3, r0, r1]
      .end`,
    expect: { result: "{a: 1}", stdout: "{a: 1}, a, 2" },
  },
  {
    name: "a foreign __setattr__",
    source: `
      LOAD_CONST r0, :"__stdlib:PrintLn"
      OBJECT_INIT r1, {__setattr__: r0}
      LOAD_CONST r2, :k
      LOAD_CONST r3, 5
      SET_PROP r1, r2, r3
      GET_PROP r4, r1, r2
      RETURN r4`,
    expect: { result: "undefined", stdout: "k, 5\n", reductions: 7 },
  },
  {
    name: "Arrays have no __getattr__ and no __setattr__",
    source: `
      LOAD_CONST r0, [1]
      LOAD_CONST r1, "__getattr__"
      SET_PROP r0, r1, r1
      LOAD_CONST r2, :missing
      GET_PROP r3, r0, r2
      RETURN r3`,
    expect: { result: "undefined" },
  },
  {
    name: "CALL_METHOD: this is the object, the arguments follow",
    source: `
      LOAD_CONST r0, function:m
      OBJECT_INIT r1, {m: r0, n: 7}
      LOAD_CONST r2, 1
      LOAD_CONST r3, 2
      CALL_METHOD r4, r1, "m", [r2, r3]
      RETURN r4
      ${teller("m")}`,
    // 1 1 1 1, 2, six, 1
    expect: { result: "[:m, 7, 1, 2]", reductions: 13 },
  },
  {
    name: "CALL_METHOD of an inherited method",
    source: `
      LOAD_CONST r0, function:m
      OBJECT_INIT r1, {m: r0, n: :proto}
      OBJECT_INIT r2, {n: :own}
      ${PROTOTYPES}
      ARRAY_INIT r3, [r1]
      CALL r4, r30, [r2, r3]
      CALL_METHOD r5, r2, "m", []
      RETURN r5
      ${teller("m")}`,
    expect: { result: "[:m, :own, undefined, undefined]" },
  },
  {
    name: "CALL_METHOD on Arrays and Tuples, by index",
    source: `
      LOAD_CONST r0, function:size
      LOAD_CONST r1, 5
      ARRAY_INIT r2, [r1, r0]
      TUPLE_INIT r3, [r1, r0, r1]
      CALL_METHOD r4, r2, "1", []
      CALL_METHOD r5, r3, "1", []
      ARRAY_INIT r6, [r4, r5]
      RETURN r6
      .function size arity=0 regs=4
      LOAD_CONST r0, :"__vm:this"
      LOAD_CONST r1, :length
      GET_PROP r2, r0, r1
      RETURN r2
      .end`,
    expect: { result: "[2, 3]" },
  },
  {
    name: "CALL_METHOD of a foreign function",
    source: `
      LOAD_CONST r0, :"__stdlib:TestArguments"
      OBJECT_INIT r1, {f: r0}
      LOAD_CONST r2, 1
      CALL_METHOD r3, r1, "f", [r2, r2]
      RETURN r3`,
    expect: { result: "(1, 1)", reductions: 6 },
  },
  {
    name: "CALL_METHOD of what is no function",
    source: `
      OBJECT_INIT r1, {f: 42}
      TRY r0, caught
      CALL_METHOD r2, r1, "f", []
      END_TRY
      RETURN r2
    caught:
      TRY r3, missing
      CALL_METHOD r2, r1, "g", []
      END_TRY
      RETURN r2
    missing:
      TRY r4, number
      CALL_METHOD r2, r0, "x", []
      END_TRY
      RETURN r2
    number:
      ARRAY_INIT r5, [r0, r3, r4]
      RETURN r5`,
    expect: { result: "[(:badfun, 42), (:badfun, undefined), (:badfun, undefined)]" },
  },
  {
    name: "CALL_METHOD on what has no members, also where JavaScript has some",
    source: `
      LOAD_CONST r5, 0
      LOAD_CONST r6, 1
      LOAD_CONST r1, "text"
      TRY r0, first
      CALL_METHOD r2, r1, "toString", []
      END_TRY
    first:
      MOVE r10, r0
      LOAD_CONST r1, 5
      TRY r0, second
      CALL_METHOD r2, r1, "toFixed", []
      END_TRY
    second:
      MOVE r11, r0
      LOAD_CONST r1, [1]
      TRY r0, third
      CALL_METHOD r2, r1, "push", [r1]
      END_TRY
    third:
      MOVE r12, r0
      LOAD_CONST r1, {}
      TRY r0, fourth
      CALL_METHOD r2, r1, "hasOwnProperty", [r1]
      END_TRY
    fourth:
      MOVE r13, r0
      LOAD_CONST r1, [1]
      TRY r0, fifth
      CALL_METHOD r2, r1, "length", []
      END_TRY
    fifth:
      ARRAY_INIT r2, [r10, r11, r12, r13, r0]
      RETURN r2`,
    expect: {
      result: "[(:badfun, undefined), (:badfun, undefined), (:badfun, undefined), (:badfun, undefined), (:badfun, 1)]",
    },
  },
  {
    name: "CALL_METHOD through __getattr__: its result is called with this = the object",
    source: `
      LOAD_CONST r0, function:get
      OBJECT_INIT r1, {__getattr__: r0, n: 7}
      LOAD_CONST r2, 1
      CALL_METHOD r3, r1, "anything", [r2]
      RETURN r3
      .function get arity=1 regs=2
      LOAD_CONST r1, function:m
      RETURN r1
      .end
      ${teller("m")}`,
    // 1 1 1, 2 for CALL_METHOD, 2 for the hidden call, 2 in it, six in m, 1
    expect: { result: "[:m, 7, 1, undefined]", reductions: 16 },
  },
  {
    name: "CALL_METHOD through __getattr__ that gives no function",
    source: `
      LOAD_CONST r0, function:get
      OBJECT_INIT r1, {__getattr__: r0}
      CALL_METHOD r3, r1, "anything", []
      RETURN r3
      .function get arity=1 regs=2
      RETURN r0
      .end`,
    // __getattr__ gets the name that CALL_METHOD looks for as an Atom.
    expect: { reason: "(:badfun, :anything)", stack: ["Main:main@2"] },
  },
  {
    name: "CALL_METHOD through a foreign __getattr__",
    source: `
      LOAD_CONST r0, :"__stdlib:TestArguments"
      OBJECT_INIT r1, {__getattr__: r0}
      TRY r2, caught
      CALL_METHOD r3, r1, "k", []
      END_TRY
      RETURN r3
    caught:
      RETURN r2`,
    expect: { result: "(:badfun, (:k,))" },
  },
  {
    name: "CALL_METHOD of a method that has a this keeps it",
    source: `
      LOAD_CONST r0, function:m
      OBJECT_INIT r1, {m: r0, n: :first}
      LOAD_CONST r2, :m
      GET_PROP r3, r1, r2
      OBJECT_INIT r4, {m: r3, n: :second}
      CALL_METHOD r5, r4, "m", []
      RETURN r5
      ${teller("m")}`,
    expect: { result: "[:m, :first, undefined, undefined]" },
  },
  {
    name: "CALL_METHOD of a closure: captured values first",
    source: `
      LOAD_CONST r0, function:f
      LOAD_CONST r1, :captured
      MAKE_CLOSURE r2, r0, "", [x:r1]
      OBJECT_INIT r3, {f: r2}
      LOAD_CONST r4, :argument
      CALL_METHOD r5, r3, "f", [r4]
      RETURN r5
      .function f arity=1 regs=4
      LOAD_CONST r2, :"__vm:this"
      EQUAL r3, r2, r2
      ARRAY_INIT r4, [r0, r1, r3]
      RETURN r4
      .end`,
    expect: { result: "[:captured, :argument, true]" },
  },
  ...throwingMethods(),
  ...["EQUAL", "NOT_EQUAL", "LESS_THAN", "LESS_EQUAL", "GREATER_THAN", "GREATER_EQUAL"].map(comparedAndJumped),
];

/** Comparisons with a method that waits, each followed by a jump on its result. */
function comparedAndJumped(op: string): Row {
  return {
    name: `${op} with a method, and a jump on its result`,
    source: `
      LOAD_CONST r0, function:method
      OBJECT_INIT r1, {__eq__: r0, __lt__: r0, __le__: r0}
      LOAD_CONST r2, 2
      LOAD_CONST r3, 1
      LOAD_CONST r4, ""
      LOAD_CONST r5, "jumped "
      LOAD_CONST r6, "passed "
    loop:
      SUB r2, r2, r3
      ${op} r7, r1, r2
      JUMP_IF_FALSE r7, no
      ADD r4, r4, r6
      JUMP next
    no:
      ADD r4, r4, r5
    next:
      JUMP_IF_TRUE r2, loop
      RETURN r4
      .function method arity=1 regs=2
      LOAD_CONST r1, 5
      RECEIVE_WITH_TIMEOUT r1, r1, r2
      RETURN r0
      .end`,
    // The method gives its argument, 1 and then 0.
    expect: { result: op === "NOT_EQUAL" ? '"jumped passed "' : '"passed jumped "' },
  };
}

/** Every hidden call throws; the handler of the frame it is hidden in catches. */
function throwingMethods(): Row[] {
  const hidden: readonly (readonly [member: string, instruction: string])[] = [
    ["__add__", "ADD r3, r1, r2"],
    ["__div__", "DIV r3, r2, r1"],
    ["__eq__", "EQUAL r3, r1, r2"],
    ["__eq__", "NOT_EQUAL r3, r2, r1"],
    ["__lt__", "GREATER_THAN r3, r1, r2"],
    ["__getattr__", "GET_PROP r3, r1, r2"],
    ["__setattr__", "SET_PROP r1, r2, r2"],
    ["m", 'CALL_METHOD r3, r1, "m", []'],
    ["__getattr__", 'CALL_METHOD r3, r1, "m", []'],
  ];
  return hidden.map(([member, instruction]) => ({
    name: `${instruction} with ${member} that throws, caught and not`,
    source: `
      LOAD_CONST r0, function:boom
      OBJECT_INIT r1, {${member}: r0}
      LOAD_CONST r2, :key
      LOAD_CONST r3, :untouched
      TRY r4, caught
      ${instruction}
      END_TRY
      RETURN r3
    caught:
      LOAD_CONST r5, :"__stdlib:PrintLn"
      CALL r6, r5, [r4, r3]
      ${instruction}
      RETURN r3
      .function boom arity=2 regs=2
      LOAD_CONST r2, :thrown
      THROW r2
      .end`,
    expect: { reason: "(:throw, :thrown)", stdout: "thrown, untouched\n", stack: ["Main:boom@1", "Main:main@10"] },
  }));
}
