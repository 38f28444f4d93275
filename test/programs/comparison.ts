/** EQUAL … GREATER_EQUAL, SAME, AND, OR, NOT and the conditional jumps. */
import type { Row } from "../support/run.ts";
import { COMPARED, type Model, OPERANDS, type Sample } from "./samples.ts";

function equal(a: Model, b: Model): boolean {
  const isText = (m: Model) => m.kind === "Atom" || m.kind === "String";
  if (isText(a) && isText(b)) return (a as { value: string }).value === (b as { value: string }).value;
  if (a.kind !== b.kind) return false;
  return parts(a, b, equal);
}

function same(a: Model, b: Model): boolean {
  // Two literals are two arrays, two objects.
  if (a.kind !== b.kind || a.kind === "Array" || a.kind === "Object") return false;
  return parts(a, b, same);
}

/** Two of one kind. */
function parts(a: Model, b: Model, within: (a: Model, b: Model) => boolean): boolean {
  if ("value" in a) return a.value === (b as typeof a).value;
  if ("re" in a) return a.re === (b as typeof a).re && a.im === (b as typeof a).im;
  if ("items" in a) {
    const { items } = b as typeof a;
    return a.items.length === items.length && a.items.every((item, i) => within(item, items[i]));
  }
  if ("members" in a) {
    const { members } = b as typeof a;
    const keys = Object.keys(a.members);
    return (
      keys.length === Object.keys(members).length &&
      keys.every((key) => key in members && within(a.members[key], members[key]))
    );
  }
  if ("tag" in a) return a.tag === (b as typeof a).tag && within(a.payload, (b as typeof a).payload);
  return true;
}

function ordered(a: Model, b: Model, compare: (a: number | string, b: number | string) => boolean): boolean {
  const hasOrder = a.kind === "Number" || a.kind === "String" || a.kind === "Atom";
  return hasOrder && a.kind === b.kind && compare(a.value, (b as typeof a).value);
}

const COMPARISONS: Readonly<Record<string, (a: Model, b: Model) => boolean>> = {
  EQUAL: equal,
  NOT_EQUAL: (a, b) => !equal(a, b),
  SAME: same,
  LESS_THAN: (a, b) => ordered(a, b, (x, y) => x < y),
  LESS_EQUAL: (a, b) => ordered(a, b, (x, y) => x <= y),
  GREATER_THAN: (a, b) => ordered(a, b, (x, y) => x > y),
  GREATER_EQUAL: (a, b) => ordered(a, b, (x, y) => x >= y),
};

/** All results as one text of 0 and 1, so that a row's failure shows what is wrong in one line. */
function againstAll(op: string, left: Sample): Row {
  const rights = COMPARED;
  const lines = [`LOAD_CONST r2, ""`, `LOAD_CONST r3, "1"`, `LOAD_CONST r4, "0"`, `LOAD_CONST r0, ${left.text}`];
  rights.forEach((right, i) => {
    lines.push(
      `LOAD_CONST r1, ${right.text}`,
      `${op} r5, r0, r1`,
      `JUMP_IF_TRUE r5, yes${i}`,
      "ADD r2, r2, r4",
      `JUMP next${i}`,
      `yes${i}:`,
      "ADD r2, r2, r3",
      `next${i}:`,
    );
  });
  lines.push("RETURN r2");
  const digits = rights.map((right) => (COMPARISONS[op](left.model, right.model) ? "1" : "0")).join("");
  return {
    name: `${op} of ${left.text} and everything`,
    source: `${lines.join("\n")}\n.function other arity=0 regs=0\n.end`,
    expect: { result: `"${digits}"` },
  };
}

function isTruthy({ model }: Sample): boolean {
  switch (model.kind) {
    case "Number":
      return model.value !== 0;
    case "Boolean":
      return model.value;
    case "String":
    case "Atom":
      return model.value !== "";
    default:
      return model.kind !== "Unit" && model.kind !== "Undefined";
  }
}

const EMPTY_COLLECTIONS: readonly Sample[] = [
  { text: "[]", model: { kind: "Array", items: [] } },
  { text: "(,)", model: { kind: "Tuple", items: [] } },
  { text: ':""', model: { kind: "Atom", value: "" } },
  { text: "false", model: { kind: "Boolean", value: false } },
  { text: "#t(false)", model: { kind: "Tagged", tag: "t", payload: { kind: "Boolean", value: false } } },
];

function truthRow(sample: Sample): Row {
  const truth = isTruthy(sample);
  return {
    name: `truth of ${sample.text}`,
    source: `
      LOAD_CONST r0, ${sample.text}
      LOAD_CONST r1, true
      LOAD_CONST r2, false
      NOT r3, r0
      AND r4, r0, r1
      AND r5, r1, r0
      OR r6, r0, r2
      OR r7, r2, r0
      LOAD_CONST r8, :jumped
      JUMP_IF_TRUE r0, +2
      LOAD_CONST r8, :passed
      LOAD_CONST r9, :jumped
      JUMP_IF_FALSE r0, +2
      LOAD_CONST r9, :passed
      AND r10, r0, r0
      OR r11, r2, r2
      ARRAY_INIT r0, [r3, r4, r5, r6, r7, r8, r9, r10, r11]
      RETURN r0`,
    expect: {
      result: `[${!truth}, ${truth}, ${truth}, ${truth}, ${truth}, ${truth ? ":jumped, :passed" : ":passed, :jumped"}, ${truth}, false]`,
      // Seventeen instructions and RETURN, one of the three in the middle jumped over.
      reductions: 17,
    },
  };
}

/** One value in both operands: never a shortcut. */
const WITH_ITSELF: readonly (readonly [value: string, equal: boolean, same: boolean])[] = [
  ["1", true, true],
  ["NaN", false, false],
  ["NaN+0i", false, false],
  ["(NaN,)", false, false],
  ["[NaN]", false, true],
  ["{a: NaN}", false, true],
  ["#t(NaN)", false, false],
  ["([NaN],)", false, true],
  ["[]", true, true],
  ["{}", true, true],
  ['"text"', true, true],
  [":atom", true, true],
  ["function:main", true, true],
  [":self", true, true],
  ["()", true, true],
  ["undefined", true, true],
];

export const ROWS: readonly Row[] = [
  ...Object.keys(COMPARISONS).flatMap((op) => COMPARED.map((left) => againstAll(op, left))),
  ...[...OPERANDS, ...EMPTY_COLLECTIONS].map(truthRow),
  ...WITH_ITSELF.map(([value, equalToItself, sameAsItself]) => ({
    name: `${value} with itself`,
    source: `
      LOAD_CONST r0, ${value}
      EQUAL r1, r0, r0
      NOT_EQUAL r2, r0, r0
      SAME r3, r0, r0
      ARRAY_INIT r4, [r1, r2, r3]
      RETURN r4`,
    expect: { result: `[${equalToItself}, ${!equalToItself}, ${sameAsItself}]` },
  })),
  {
    name: "a comparison and a jump on another register",
    source: `
      LOAD_CONST r0, 1
      LOAD_CONST r1, 2
      LOAD_CONST r3, true
      LESS_THAN r2, r1, r0
      JUMP_IF_FALSE r3, wrong
      EQUAL r2, r0, r0
      LOAD_CONST r3, false
      JUMP_IF_FALSE r3, right
    wrong:
      LOAD_CONST r4, :wrong
      RETURN r4
    right:
      EQUAL r2, r1, r0
      JUMP_IF_FALSE r3, last
      RETURN r1
    last:
      RETURN r2`,
    expect: { result: "false" },
  },
  {
    name: "order of texts is by UTF-16 units",
    source: `
      LOAD_CONST r0, "\\uffff"
      LOAD_CONST r1, "\\ud83d\\ude00"
      LESS_THAN r2, r1, r0
      LOAD_CONST r3, "Z"
      LOAD_CONST r4, "a"
      LESS_THAN r5, r3, r4
      LOAD_CONST r6, "10"
      LOAD_CONST r7, "9"
      LESS_THAN r8, r6, r7
      ARRAY_INIT r9, [r2, r5, r8]
      RETURN r9`,
    expect: { result: "[true, true, true]" },
  },
  {
    name: "an Atom equals a String at any depth, and as an object's value",
    source: `
      LOAD_CONST r0, {k: [(:a, #t("b"))]}
      LOAD_CONST r1, {k: [("a", #t(:b))]}
      EQUAL r2, r0, r1
      SAME r3, r0, r1
      LOAD_CONST r4, (:a,)
      LOAD_CONST r5, ("a",)
      SAME r6, r4, r5
      EQUAL r7, r4, r5
      ARRAY_INIT r8, [r2, r3, r6, r7]
      RETURN r8`,
    expect: { result: "[true, false, false, true]" },
  },
  {
    name: "SAME looks through tuples and tagged values at arrays by identity",
    source: `
      LOAD_CONST r0, [1]
      TUPLE_INIT r1, [r0]
      TUPLE_INIT r2, [r0]
      SAME r3, r1, r2
      LOAD_CONST r4, [1]
      TUPLE_INIT r5, [r4]
      SAME r6, r1, r5
      EQUAL r7, r1, r5
      TAG_INIT r8, "t", r1
      TAG_INIT r9, "t", r2
      SAME r10, r8, r9
      ARRAY_INIT r0, [r3, r6, r7, r10]
      RETURN r0`,
    expect: { result: "[true, false, true, true]" },
  },
  {
    name: "functions are equal if code, captured values and this are the same",
    source: `
      LOAD_CONST r0, function:f
      LOAD_CONST r1, 1
      LOAD_CONST r2, 1
      LOAD_CONST r3, [1]
      LOAD_CONST r4, [1]
      MAKE_CLOSURE r5, r0, "", [x:r1]
      MAKE_CLOSURE r6, r0, "", [x:r2]
      EQUAL r7, r5, r6
      SAME r8, r5, r6
      MAKE_CLOSURE r5, r0, "", [x:r3]
      MAKE_CLOSURE r6, r0, "", [x:r4]
      EQUAL r9, r5, r6
      MAKE_CLOSURE r6, r0, "", [x:r3]
      EQUAL r10, r5, r6
      EQUAL r11, r0, r5
      LOAD_CONST r12, function:g
      EQUAL r13, r0, r12
      ARRAY_INIT r0, [r7, r8, r9, r10, r11, r13]
      RETURN r0
      .function f arity=0 regs=1
      .end
      .function g arity=0 regs=1
      .end`,
    expect: { result: "[true, true, false, true, false, false]" },
  },
  {
    name: "functions bound to one object are the same, bound to another they are not",
    source: `
      LOAD_CONST r0, function:f
      OBJECT_INIT r1, {m: r0}
      OBJECT_INIT r2, {m: r0}
      LOAD_CONST r3, :m
      GET_PROP r4, r1, r3
      GET_PROP r5, r1, r3
      GET_PROP r6, r2, r3
      SAME r7, r4, r5
      SAME r8, r4, r6
      EQUAL r9, r4, r6
      EQUAL r10, r4, r0
      EQUAL r11, r4, r5
      ARRAY_INIT r0, [r7, r8, r9, r10, r11]
      RETURN r0
      .function f arity=0 regs=1
      .end`,
    expect: { result: "[true, false, false, false, true]" },
  },
  {
    name: "a function that captured NaN is not the same as itself",
    source: `
      LOAD_CONST r0, function:f
      LOAD_CONST r1, NaN
      MAKE_CLOSURE r2, r0, "", [x:r1]
      SAME r3, r2, r2
      EQUAL r4, r2, r2
      ARRAY_INIT r0, [r3, r4]
      RETURN r0
      .function f arity=0 regs=1
      .end`,
    expect: { result: "[false, false]" },
  },
  {
    name: "foreign functions are the same by name",
    source: `
      LOAD_CONST r0, :"__stdlib:PrintLn"
      LOAD_CONST r1, :"__stdlib:PrintLn"
      LOAD_CONST r2, :"__stdlib:Print"
      SAME r3, r0, r1
      SAME r4, r0, r2
      EQUAL r5, r0, r1
      ARRAY_INIT r0, [r3, r4, r5]
      RETURN r0`,
    expect: { result: "[true, false, true]" },
  },
  {
    name: "processes are the same by number, alive or ended",
    source: `
      LOAD_CONST r0, function:f
      SPAWN r1, r0, []
      SPAWN r2, r0, []
      MOVE r3, r1
      EQUAL r4, r1, r2
      EQUAL r5, r1, r3
      JOIN r1, r6
      SAME r7, r1, r3
      ARRAY_INIT r0, [r4, r5, r7]
      RETURN r0
      .function f arity=0 regs=1
      .end`,
    expect: { result: "[false, true, true]" },
  },
  {
    name: "equality takes own members, in any order, whatever their attributes, without prototypes",
    source: `
      OBJECT_INIT r0, {a!: 1, b!w: 2}
      OBJECT_INIT r1, {b: 2, a!e: 1}
      EQUAL r2, r0, r1
      OBJECT_INIT r3, {a: 1}
      OBJECT_INIT r4, {b: 2}
      ARRAY_INIT r5, [r4]
      LOAD_CONST r6, :"__stdlib:TestPrototypes"
      CALL r7, r6, [r3, r5]
      EQUAL r8, r0, r3
      OBJECT_INIT r9, {a: 1}
      EQUAL r10, r3, r9
      ARRAY_INIT r0, [r2, r8, r10]
      RETURN r0`,
    expect: { result: "[true, false, true]" },
  },
  {
    name: "an object with the keys of an array is no array, and a tuple neither",
    source: `
      LOAD_CONST r0, {"0": 1, length: 1}
      LOAD_CONST r1, [1]
      LOAD_CONST r2, (1,)
      EQUAL r3, r0, r1
      EQUAL r4, r1, r2
      ARRAY_INIT r0, [r3, r4]
      RETURN r0`,
    expect: { result: "[false, false]" },
  },
  {
    name: "an object that has a key as Undefined differs from one without it",
    source: `
      LOAD_CONST r0, {a: undefined}
      LOAD_CONST r1, {b: undefined}
      LOAD_CONST r2, {}
      EQUAL r3, r0, r1
      EQUAL r4, r0, r2
      ARRAY_INIT r0, [r3, r4]
      RETURN r0`,
    expect: { result: "[false, false]" },
  },
  {
    name: "an array that holds itself equals another of that shape",
    source: `
      LOAD_CONST r0, [1, 0]
      LOAD_CONST r1, [1, 0]
      LOAD_CONST r2, 1
      SET_PROP r0, r2, r0
      SET_PROP r1, r2, r1
      EQUAL r3, r0, r1
      EQUAL r4, r0, r0
      LOAD_CONST r5, [1, 0]
      SET_PROP r5, r2, r0
      EQUAL r6, r5, r0
      LOAD_CONST r7, [2, 0]
      SET_PROP r7, r2, r7
      EQUAL r8, r0, r7
      ARRAY_INIT r0, [r3, r4, r6, r8]
      RETURN r0`,
    expect: { result: "[true, true, true, false]" },
  },
  {
    name: "cycles of different length are equal if no step tells them apart",
    source: `
      LOAD_CONST r0, [0]
      LOAD_CONST r1, [0]
      LOAD_CONST r2, [0]
      LOAD_CONST r3, 0
      SET_PROP r0, r3, r0
      SET_PROP r1, r3, r2
      SET_PROP r2, r3, r1
      EQUAL r4, r0, r1
      EQUAL r5, r1, r2
      RETURN r4`,
    expect: { result: "true" },
  },
  {
    name: "a cycle with NaN in it is not equal to itself",
    source: `
      LOAD_CONST r0, [NaN, 0]
      LOAD_CONST r1, 1
      SET_PROP r0, r1, r0
      EQUAL r2, r0, r0
      RETURN r2`,
    expect: { result: "false" },
  },
  {
    name: "objects that hold each other",
    source: `
      LOAD_CONST r0, {n: 1}
      LOAD_CONST r1, {n: 1}
      LOAD_CONST r2, :other
      SET_PROP r0, r2, r1
      SET_PROP r1, r2, r0
      EQUAL r3, r0, r1
      RETURN r3`,
    expect: { result: "true" },
  },
];
