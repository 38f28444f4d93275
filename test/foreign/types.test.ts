import { describe, expect, test } from "vitest";
import { FIXED_LIMITS } from "../../src/limits.ts";
import { atom } from "../../src/values/atom.ts";
import { Binary, FloatArray } from "../../src/values/bytes.ts";
import { functionOf } from "../../src/values/function.ts";
import { Reference } from "../../src/values/reference.ts";
import {
  Complex,
  Tagged,
  Tuple,
  TYPE_NAMES,
  type TypeName,
  Undefined,
  Unit,
  type Value,
} from "../../src/values/value.ts";
import { call, object, resultOf, TestProcess } from "./call.ts";

const VALUES: Record<TypeName, Value> = {
  Number: Number.NaN,
  Boolean: false,
  String: "",
  Atom: atom("a"),
  Complex: new Complex(1, 2),
  Unit,
  Undefined,
  Tuple: new Tuple([]),
  Array: [],
  Object: object({}),
  Tagged: new Tagged("t", Unit),
  Function: functionOf({ isForeign: true, name: "Sqrt" }),
  Process: new TestProcess(1),
  Reference: new Reference(1, new TestProcess(1), 0),
  Binary: new Binary(new Uint8Array(1)),
  Float64Array: new FloatArray(new Float64Array(1)),
};

describe("types", () => {
  test.each(TYPE_NAMES)("%s", (type) => {
    const value = VALUES[type];
    expect(resultOf("TypeOf", value)).toBe(atom(type));
    expect(["IsNumber", "IsString", "IsBool", "IsArray"].filter((name) => resultOf(name, value) === true)).toEqual(
      { Number: ["IsNumber"], String: ["IsString"], Boolean: ["IsBool"], Array: ["IsArray"] }[type as string] ?? [],
    );
  });
});

describe("conversions", () => {
  test.each<[Value, string]>([
    [-0, "0"],
    [1e21, "1e+21"],
    ["a", "a"],
    [atom("a b"), "a b"],
    [Unit, "()"],
    [["a", [1]], "[a, [1]]"],
    [object({ __tag: atom("Circle"), radius: 2 }), ":Circle2"],
  ])("ToString, %#", (value, expected) => {
    expect(resultOf("ToString", value)).toBe(expected);
  });

  test("ToString of a long text is the text", () => {
    const long = "a".repeat(FIXED_LIMITS.printedLength.value + 1);
    expect(call("ToString", [long])).toMatchObject({ result: long, charge: 0 });
    expect(resultOf("ToString", atom(long))).toBe(long);
  });

  test("ToString is charged for what it makes", () => {
    expect(call("ToString", [["a".repeat(2046)]])).toMatchObject({ charge: 2 });
  });

  test.each<[Value, Value]>([
    [3, 3],
    [Number.NaN, Number.NaN],
    ["", 0],
    [" 12.5e1\n", 125],
    ["0x10", 16],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["-0", -0],
    ["NaN", Undefined],
    ["1,5", Undefined],
    ["1_000", Undefined],
    ["12n", Undefined],
    [true, Undefined],
    [atom("1"), Undefined],
    [[], Undefined],
    [Undefined, Undefined],
  ])("ToNumber, %#", (value, expected) => {
    expect(resultOf("ToNumber", value)).toBe(expected);
  });

  test("ToNumber is charged for the text", () => {
    expect(call("ToNumber", ["1".repeat(3000)])).toMatchObject({ result: Number.POSITIVE_INFINITY, charge: 2 });
  });
});
