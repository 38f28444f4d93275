import { describe, expect, test } from "vitest";
import { FIXED_LIMITS } from "../../src/limits.ts";
import { Tuple, type Value } from "../../src/values/value.ts";
import { call, object, resultOf } from "./call.ts";

describe("Arrays", () => {
  test("ArrayPush changes the Array and gives its new length", () => {
    const array: Value[] = ["a"];
    const pushed = object({});
    expect(resultOf("ArrayPush", array, pushed)).toBe(2);
    expect(array[1]).toBe(pushed);
    expect(resultOf("ArrayPush", array, array)).toBe(3);
    expect(array[2]).toBe(array);
    expect(resultOf("ArrayLength", array)).toBe(3);
  });

  test("only Arrays", () => {
    expect(call("ArrayLength", [new Tuple([1])])).toMatchObject({ failure: "Expected Array argument, got Tuple" });
  });

  test("an Array that is full stays as it is", () => {
    // The host keeps such an array without its elements.
    const full = new Array<Value>(FIXED_LIMITS.arrayLength.value);
    expect(call("ArrayPush", [full, 1])).toMatchObject({ failure: "(:system_limit, :array)" });
    expect(full.length).toBe(FIXED_LIMITS.arrayLength.value);
  });
});
