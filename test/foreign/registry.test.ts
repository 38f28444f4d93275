import { describe, expect, test } from "vitest";
import { type ForeignFunction, ForeignRegistry, foreignFunction } from "../../src/foreign/registry.ts";
import {
  accepts,
  type ForeignContext,
  ForeignFailure,
  type ForeignSpec,
  foreignError,
  type ParameterType,
} from "../../src/foreign/spec.ts";
import { STANDARD_LIBRARY } from "../../src/foreign/stdlib/index.ts";
import { atom } from "../../src/values/atom.ts";
import { inspect } from "../../src/values/print.ts";
import { Tuple, Unit, type Value } from "../../src/values/value.ts";

const NO_CONTEXT = {} as ForeignContext;

const SPEC: ForeignSpec = {
  name: "Sample",
  parameters: [
    { name: "first", type: "Number" },
    { name: "second", type: "Any" },
  ],
  result: "Number",
  description: "For tests.",
  pure: false,
  run: (args) => args.length,
};

function failureOf(spec: ForeignSpec, args: readonly Value[]): string | null {
  try {
    (foreignFunction(spec) as ForeignFunction).call(args, NO_CONTEXT);
    return null;
  } catch (error) {
    if (!(error instanceof ForeignFailure)) throw error;
    return error.message;
  }
}

describe("arguments", () => {
  const rest: ForeignSpec = { ...SPEC, rest: { name: "more", type: "String" } };
  test.each<[string, ForeignSpec, Value[], string | null]>([
    ["all right", SPEC, [1, "x"], null],
    ["too few", SPEC, [1], "Expected 2 arguments, got 1"],
    ["too many", SPEC, [1, 2, 3], "Expected 2 arguments, got 3"],
    ["a wrong type", SPEC, ["x", Unit], "Expected Number, Any argument, got String, Unit"],
    ["counted before types are looked at", SPEC, ["x"], "Expected 2 arguments, got 1"],
    ["no rest", rest, [1, 2], null],
    ["some rest", rest, [1, 2, "a", "b"], null],
    ["too few for the rest", rest, [1], "Expected 2 arguments, got 1"],
    [
      "a wrong rest",
      rest,
      [1, 2, "a", 3],
      "Expected Number, Any, String, String argument, got Number, Number, String, Number",
    ],
  ])("%s", (_, spec, args, expected) => {
    expect(failureOf(spec, args)).toBe(expected);
  });

  test.each<[ParameterType, Value, boolean]>([
    ["Any", Unit, true],
    ["Key", "a", true],
    ["Key", atom("a"), true],
    ["Key", 1, false],
    ["Sequence", [], true],
    ["Sequence", new Tuple([]), true],
    ["Sequence", "a", false],
    ["Array", [], true],
    ["Array", new Tuple([]), false],
    ["Number", Number.NaN, true],
    ["Boolean", 1, false],
  ])("a parameter of type %s and %o", (type, value, expected) => {
    expect(accepts(type, value)).toBe(expected);
  });
});

describe("failures", () => {
  test("what a function throws besides is a bug and passes", () => {
    const broken: ForeignSpec = {
      ...SPEC,
      run: () => {
        throw new TypeError("a bug");
      },
    };
    expect(() => failureOf(broken, [1, 2])).toThrow(TypeError);
  });

  test("as version 2 programs see them", () => {
    expect(inspect(foreignError("Sqrt", "message").value)).toBe('(:ffi, "Sqrt", "message")');
  });
});

describe("a registry", () => {
  test("knows its functions", () => {
    const registry = new ForeignRegistry([SPEC, { ...SPEC, name: "Another" }]);
    expect(registry.names()).toEqual(["Another", "Sample"]);
    expect(registry.get("Sample")!.spec).toBe(SPEC);
    expect(registry.get("sample")).toBeUndefined();
  });

  const numeric = (a: number): number => a;
  const oneNumber: ForeignSpec = { ...SPEC, parameters: [{ name: "a", type: "Number" }], pure: true, numeric };
  test.each<[string, ForeignSpec]>([
    ["a name twice", SPEC],
    ["no name", { ...SPEC, name: "" }],
    ["a numeric operation on other things than Numbers", { ...SPEC, name: "N", pure: true, numeric }],
    ["a numeric operation that is not pure", { ...oneNumber, name: "N", pure: false }],
    ["a numeric operation without parameters", { ...oneNumber, name: "N", parameters: [] }],
    ["a numeric operation that gives no Number", { ...oneNumber, name: "N", result: "String" }],
    ["a direct operation that is not local", { ...SPEC, name: "N", parameters: oneNumber.parameters, direct: numeric }],
    ["a direct operation without parameters", { ...SPEC, name: "N", parameters: [], pure: true, direct: () => 0 }],
    ["a numeric operation with a rest", { ...oneNumber, name: "N", rest: { name: "more", type: "Number" } }],
  ])("refuses %s", (_, spec) => {
    const registry = new ForeignRegistry([SPEC]);
    expect(() => registry.register(spec)).toThrow(Error);
    expect(registry.names()).toEqual(["Sample"]);
  });

  test("calls a numeric operation without looking at the rest of the description", () => {
    const spec: ForeignSpec = { ...oneNumber, numeric: (a) => a * 10, run: () => "checked" };
    const foreign = foreignFunction(spec) as ForeignFunction;
    expect(foreign.call([4], NO_CONTEXT)).toBe(40);
    expect(() => foreign.call(["4"], NO_CONTEXT)).toThrow("Expected Number argument, got String");
    expect(() => foreign.call([4, 5], NO_CONTEXT)).toThrow("Expected 1 arguments, got 2");
  });
});

describe("the standard library", () => {
  test("can be registered", () => {
    expect(new ForeignRegistry(STANDARD_LIBRARY).names()).toHaveLength(STANDARD_LIBRARY.length);
  });

  test.each(STANDARD_LIBRARY.map((spec) => [spec.name, spec] as const))("%s is described", (_, spec) => {
    expect(spec.description).toMatch(/^[A-Z].*[.?]$/);
    const names = [...spec.parameters, ...(spec.rest === undefined ? [] : [spec.rest])].map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });
});
