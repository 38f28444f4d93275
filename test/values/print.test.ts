import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemble } from "../../src/bytecode/assemble.ts";
import { functionReference } from "../../src/bytecode/model.ts";
import { LoadError } from "../../src/errors.ts";
import { FIXED_LIMITS } from "../../src/limits.ts";
import { atom } from "../../src/values/atom.ts";
import { functionOf } from "../../src/values/function.ts";
import { createObject, defineProperty, type IonObject, nativeKey } from "../../src/values/object.ts";
import { debugText, inspect, literalText, print } from "../../src/values/print.ts";
import { ProcessValue } from "../../src/values/process.ts";
import { Complex, Tagged, Tuple, Undefined, Unit, type Value, type ValueArray } from "../../src/values/value.ts";

class TestProcess extends ProcessValue {
  readonly number: number;
  constructor(number: number) {
    super();
    this.number = number;
  }
}

function object(
  members: Readonly<Record<string, Value>> | readonly (readonly [key: string, value: Value])[],
): IonObject {
  const made = createObject();
  for (const [key, value] of Array.isArray(members) ? members : Object.entries(members)) made[nativeKey(key)] = value;
  return made;
}

function withAttributes(letters: string): IonObject {
  const made = createObject();
  const attributes = {
    writable: letters.includes("w"),
    enumerable: letters.includes("e"),
    configurable: letters.includes("c"),
  };
  defineProperty(made, nativeKey("k"), 1, attributes);
  return made;
}

const tuple = (...items: Value[]): Tuple => new Tuple(items);
const foreign = functionOf({ isForeign: true, name: "PrintLn" });
const bytecode = functionOf({ isForeign: false, isJs: false, value: null, name: "Main:f" });

const circle = object({ __tag: atom("Circle"), __slots: [3.5] });

/** Value, as printed, in inspect form; as a literal where that differs from the inspect form. */
const ROWS: readonly (readonly [what: string, value: Value, printed: string, inspected: string, literal?: string])[] = [
  ["a whole Number", 42, "42", "42"],
  ["a fraction", 126.11290000000001, "126.11290000000001", "126.11290000000001"],
  ["minus zero", -0, "0", "0", "-0"],
  ["a large Number", 1e21, "1e+21", "1e+21"],
  ["NaN", Number.NaN, "NaN", "NaN"],
  ["infinity", Number.NEGATIVE_INFINITY, "-Infinity", "-Infinity"],
  ["true", true, "true", "true"],
  ["false", false, "false", "false"],
  ["a text", "hé", "hé", '"hé"'],
  ["an empty text", "", "", '""'],
  ["quotes and newlines", 'a"b\n\\', 'a"b\n\\', '"a\\"b\\n\\\\"'],
  ["a lone surrogate", "x\ud800y", "x\ud800y", '"x\\ud800y"'],
  ["a pair", "\u{1f600}", "\u{1f600}", '"\u{1f600}"'],
  ["what upsets terminals", "\u009b\u2028\u202e\u007f", "\u009b\u2028\u202e\u007f", '"\\u009b\\u2028\\u202e\\u007f"'],
  ["an atom", atom("ok"), "ok", ":ok"],
  [
    "an atom that is no identifier",
    atom("error:FFI call error: x"),
    "error:FFI call error: x",
    ':"error:FFI call error: x"',
  ],
  ["an atom with a colon", atom(":x"), ":x", ':":x"'],
  ["an atom without a name", atom(""), "", ':""'],
  ["an atom of digits", atom("0"), "0", ':"0"'],
  ["a Complex", new Complex(1.5, -2), "1.5-2i", "1.5-2i"],
  ["a Complex of zeros", new Complex(0, 0), "0+0i", "0+0i"],
  ["a Complex of minus zeros", new Complex(-0, -0), "-0+-0i", "-0+-0i"],
  ["a Complex of NaNs", new Complex(Number.NaN, Number.NaN), "NaN+NaNi", "NaN+NaNi"],
  ["a large Complex", new Complex(1e21, Number.NEGATIVE_INFINITY), "1e+21-Infinityi", "1e+21-Infinityi"],
  ["Unit", Unit, "()", "()"],
  ["Undefined", Undefined, "undefined", "undefined"],
  ["an empty Tuple", tuple(), "()", "(,)"],
  ["a Tuple of one", tuple(atom("a")), "(a)", "(:a,)"],
  ["a Tuple", tuple(1, "x", tuple()), "(1, x, ())", '(1, "x", (,))'],
  ["an empty Array", [], "[]", "[]"],
  ["an Array", [1, "a", atom("b"), []], "[1, a, b, []]", '[1, "a", :b, []]'],
  ["an Array with minus zero", [-0], "[0]", "[0]", "[-0]"],
  ["an empty Object", object({}), "{}", "{}"],
  [
    "an Object",
    object([
      ["x", 1],
      ["odd key", "v"],
      ["0", -0],
    ]),
    "{x: 1, odd key: v, 0: 0}",
    '{x: 1, "odd key": "v", "0": 0}',
    '{x: 1, "odd key": "v", "0": -0}',
  ],
  [
    "keys that hosts have",
    object({ $: 1, "": 2, constructor: 3 }),
    "{$: 1, : 2, constructor: 3}",
    '{"$": 1, "": 2, constructor: 3}',
  ],
  ["a member that cannot be written", withAttributes("ec"), "{k: 1}", "{k: 1}", "{k!ec: 1}"],
  ["a member with no attribute", withAttributes(""), "{k: 1}", "{k: 1}", "{k!: 1}"],
  ["an Object with a tag", circle, ":Circle[3.5]", "{__tag: :Circle, __slots: [3.5]}"],
  ["a tag alone", object({ __tag: atom("None") }), ":None", "{__tag: :None}"],
  ["a tag behind others", object({ a: 1, __tag: atom("T"), b: "x" }), ":T1, x", '{a: 1, __tag: :T, b: "x"}'],
  ["a tag that is a String", object({ __tag: "T" }), "{__tag: T}", '{__tag: "T"}'],
  [
    "Objects with tags inside",
    [circle, object({ c: circle })],
    "[:Circle[3.5], {c: :Circle[3.5]}]",
    "[{__tag: :Circle, __slots: [3.5]}, {c: {__tag: :Circle, __slots: [3.5]}}]",
  ],
  ["a Tagged", new Tagged("ok", tuple(1)), "#ok((1))", "#ok((1,))"],
  ["a Tagged with an odd tag", new Tagged("a b", "x"), "#a b(x)", '#"a b"("x")'],
  ["a Function", bytecode, "[Function: Main:f]", "[Function: Main:f]", 'function:"Main:f"'],
  ["a foreign Function", foreign, "[Function: println]", "[Function: println]", "function:println"],
  ["a reference", functionReference("f"), "[Function: f]", "[Function: f]", "function:f"],
  ["a Process", new TestProcess(3), "[Process 3]", "[Process 3]"],
];

describe("values as text", () => {
  const cases = ROWS.map(([what, value, printed, inspected, literal = inspected]) => {
    return { what, value, printed, inspected, literal };
  });
  test.each(cases)("print: $what", ({ value, printed }) => expect(print(value)).toBe(printed));
  test.each(cases)("inspect: $what", ({ value, inspected }) => expect(inspect(value)).toBe(inspected));
  test.each(cases)("literal: $what", ({ value, literal }) => expect(literalText(value)).toBe(literal));

  test("inherited members are not printed", () => {
    expect(print(createObject([object({ __tag: atom("T"), a: 1 })]))).toBe("{}");
  });
});

describe("debug", () => {
  test.each<[Value, string, string?]>([
    [1e15, "Number: 1000000000000000"],
    [true, "Boolean: true"],
    ["hé", 'String: "hé"'],
    ['"', 'String: "\\""'],
    [atom("ok"), "Atom: :ok"],
    [atom(":x"), "Atom: ::x"],
    [new Complex(1.5, -2), "Complex: 1.5-2i"],
    [Unit, "Unit: ()"],
    [Undefined, "Undefined: undefined"],
    [tuple(), "Tuple: ()"],
    [[1, "a", atom("b"), []], "Array: [1, a, b, []]"],
    [object({ x: 1 }), "Object: {x: 1}"],
    [circle, "Object: :Circle[3.5]"],
    [new Tagged("t", "x"), "Tagged: #t(x)"],
    [bytecode, "Function: [Function: Main:f]", 'String: "[Function: Main:f]"'],
    [foreign, "Function: [Function: println]", 'String: "[Function: println]"'],
    [new TestProcess(3), "Process: [Process 3]", 'String: "[Process]"'],
  ])("%#: %s", (value, version2, version1 = version2) => {
    expect([debugText(value, 2), debugText(value, 1)]).toEqual([version2, version1]);
  });
});

describe("cycles", () => {
  const loop: ValueArray = [];
  loop.push(1, loop, [loop]);
  const self = object({ a: 1 });
  self[nativeKey("me")] = tuple(self);
  const shared = [1];

  test.each<[string, Value, string]>([
    ["an Array", loop, "[1, [Circular], [[Circular]]]"],
    ["an Object, through a Tuple", self, "{a: 1, me: ([Circular])}"],
    ["from a Tuple outside", tuple(self), "({a: 1, me: ([Circular])})"],
    ["shared, but no cycle", [shared, shared, tuple(shared)], "[[1], [1], ([1])]"],
  ])("%s", (_, value, expected) => expect(print(value)).toBe(expected));

  test("Tuples are not told apart from their copies", () => {
    const items: ValueArray = [];
    const original = tuple(items);
    items.push(original);
    const copied = tuple(items);
    expect(print(original)).toBe("([([Circular])])");
    expect(print(copied)).toBe(print(original));
  });

  test("as a literal it ends too", () => expect(literalText(loop)).toBe("[1, [Circular], [[Circular]]]"));
});

const LIMIT = FIXED_LIMITS.printedLength.value;

function nested(depth: number, innermost: Value, wrap: (inner: Value) => Value): Value {
  let value = innermost;
  for (let i = 0; i < depth; i++) value = wrap(value);
  return value;
}

describe("long texts", () => {
  const emptyTag = (inner: Value): Value => object({ __tag: atom(""), a: inner, b: inner });

  test.each<[string, Value]>([
    ["a text", "x".repeat(LIMIT + 1)],
    ["an atom", atom("y".repeat(LIMIT + 1))],
    ["a long Array", Array<Value>(LIMIT).fill(0)],
    ["nested Arrays", nested(LIMIT, [], (inner) => [inner])],
    ["nested Tuples", nested(LIMIT, 1, (inner) => tuple(inner))],
    ["nested Tagged", nested(LIMIT, 1, (inner) => new Tagged("", inner))],
    ["shared structure", nested(100, [], (inner) => [inner, inner])],
    ["shared structure of Tuples", nested(100, tuple(), (inner) => tuple(inner, inner))],
    ["shared structure without brackets", nested(100, object({ __tag: atom("") }), emptyTag)],
  ])("%s: cut off at the limit", (_, value) => {
    for (const text of [print(value), inspect(value)]) {
      expect(text).toHaveLength(LIMIT + 1);
      expect(text.indexOf("…")).toBe(LIMIT);
    }
  });

  test("just short enough", () => {
    expect(print("x".repeat(LIMIT))).toBe("x".repeat(LIMIT));
    expect(inspect("x".repeat(LIMIT - 2))).toBe(`"${"x".repeat(LIMIT - 2)}"`);
    expect(inspect("x".repeat(LIMIT - 1))).toBe(`"${"x".repeat(LIMIT - 1)}…`);
  });

  test("a pair is not cut in half", () => {
    expect(print("\u{1f600}".repeat(LIMIT))).toHaveLength(LIMIT + 1);
    expect(print(`x${"\u{1f600}".repeat(LIMIT)}`)).toBe(`x${"\u{1f600}".repeat(LIMIT / 2 - 1)}…`);
  });

  test("an Object with many members that all lead back to it", () => {
    const many = createObject();
    for (let i = 0; i < 200_000; i++) many[nativeKey(`k${i}`)] = many;
    expect(print(many)).toHaveLength(LIMIT + 1);
  });

  test("literals have no such limit", () => {
    const text = "a\n".repeat(2 * LIMIT);
    expect(literalText(text)).toBe(JSON.stringify(text));
    expect(literalText(nested(LIMIT, [], (inner) => [inner]))).toHaveLength(2 * LIMIT + 2);
  });

  test("but a literal that no text could hold is refused", () => {
    expect(() => literalText("\u0001".repeat(FIXED_LIMITS.stringLength.value / 4))).toThrow(LoadError);
  });

  test("long quoted texts are the same as JSON, piece by piece", () => {
    const text = `${"x".repeat(2 ** 20 - 1)}\u{1f600}\ud800${"y".repeat(2 ** 20)}`;
    expect(literalText(text)).toBe(JSON.stringify(text));
  });
});

test("a literal reads back as the same value", () => {
  const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.double(),
      fc.boolean(),
      fc.string({ unit: "binary" }),
      fc.string().map(atom),
      fc.tuple(fc.double(), fc.double()).map(([re, im]) => new Complex(re, im)),
      fc.constant<Value>(Unit),
      fc.constant<Value>(Undefined),
      fc.string().map(functionReference),
      fc.array(tie("value")),
      fc.array(tie("value")).map((items) => new Tuple(items)),
      fc.dictionary(fc.string(), tie("value")).map(object),
      fc.tuple(fc.string(), tie("value")).map(([tag, payload]) => new Tagged(tag, payload)),
    ),
  })).value;
  fc.assert(
    fc.property(value, (original) => {
      const text = literalText(original);
      const { classFile } = assemble(`.function f\n LOAD_CONST r0, ${text}\n.end`);
      const { body } = classFile.functions[0];
      const read = body.kind === "bytecode" ? body.instructions[0].operands[1] : undefined;
      expect(read).toStrictEqual(original);
      expect(literalText(read as Value)).toBe(text);
    }),
    { numRuns: 500 },
  );
});
