import { describe, expect, test } from "vitest";
import { FIXED_LIMITS } from "../../src/limits.ts";
import { atom } from "../../src/values/atom.ts";
import { functionOf } from "../../src/values/function.ts";
import { Tuple, Unit, type Value } from "../../src/values/value.ts";
import { call, TestProcess } from "./call.ts";

const LONGEST = FIXED_LIMITS.printedLength.value;
const SQRT = functionOf({ isForeign: true, name: "Sqrt" });

describe("output", () => {
  test.each<[string, Value[], string, string]>([
    ["Print", ["a\n"], "a\n", ""],
    ["Print", ["", ""], ", ", ""],
    ["Print", [-0, Number.NaN, true, Unit], "0, NaN, true, ()", ""],
    ["PrintLn", [new Tuple([1, "a"]), [atom("b")]], "(1, a), [b]\n", ""],
    ["Debug", ['a"b'], '[DEBUG] String: "a\\"b"\n', ""],
    ["Debug", [1.5], "[DEBUG] Number: 1.5\n", ""],
    ["Debug", [SQRT], "[DEBUG] Function: [Function: sqrt]\n", ""],
    ["Debug", [new TestProcess(7)], "[DEBUG] Process: [Process 7]\n", ""],
    ["Eprint", ["a"], "", "a\n"],
    ["Eprint", [atom("a")], "", "a\n"],
  ])("%s %o", (name, args, stdout, stderr) => {
    expect(call(name, args)).toMatchObject({ result: Unit, stdout, stderr, charge: 0 });
  });

  test.each<[Value, string]>([
    [SQRT, '[DEBUG] String: "[Function: sqrt]"\n'],
    [new TestProcess(7), '[DEBUG] String: "[Process]"\n'],
  ])("Debug from version 1, %#", (value, stdout) => {
    expect(call("Debug", [value], { version: 1 })).toMatchObject({ result: Unit, stdout });
  });

  const kilo = "a".repeat(1024);
  test.each<[string, Value[], number]>([
    ["Print", [kilo, kilo], 2],
    ["PrintLn", [kilo.slice(1)], 1],
    ["Debug", [kilo], 1],
    ["Eprint", [kilo], 1],
    ["Print", ["a".repeat(2 * LONGEST)], Math.floor(LONGEST / 1024)],
  ])("%s is charged, %#", (name, args, charge) => {
    expect(call(name, args)).toMatchObject({ result: Unit, charge });
  });

  test("each value is cut off by itself", () => {
    const long = "a".repeat(LONGEST + 1);
    expect(call("PrintLn", [long, "b"]).stdout).toBe(`${"a".repeat(LONGEST)}…, b\n`);
  });
});
