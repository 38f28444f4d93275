import { describe, expect, test } from "vitest";
import { atom } from "../../src/values/atom.ts";
import {
  getProperty,
  type IonObject,
  nativeKey,
  ownProperty,
  prototypesOf,
  setProperty,
} from "../../src/values/object.ts";
import { Tuple, Undefined, Unit, type Value } from "../../src/values/value.ts";
import { call, object, resultOf } from "./call.ts";

function closed(members: Record<string, Value>): IonObject {
  return Object.preventExtensions(object(members));
}

describe("prototypes", () => {
  const a = object({ x: 1 });
  const b = object({ x: 2, y: 3 });

  test.each<[string, Value, IonObject[]]>([
    ["none", [], []],
    ["one", [a], [a]],
    ["several", [a, b], [a, b]],
    ["of a Tuple", new Tuple([b, a]), [b, a]],
    ["a repeated one", [a, a], [a, a]],
  ])("%s", (_, list, expected) => {
    const child = object({});
    expect(resultOf("SetPrototypes", child, list)).toBe(child);
    expect(resultOf("Prototypes", child)).toEqual(expected);
    expect(getProperty(child, "$x")).toBe(expected[0]?.[nativeKey("x")]);
  });

  test("replace those there were", () => {
    const child = object({});
    resultOf("SetPrototypes", child, [a, b]);
    resultOf("SetPrototypes", child, [b]);
    expect(resultOf("Prototypes", child)).toEqual([b]);
    expect(getProperty(child, "$x")).toBe(2);
  });

  test("a cycle", () => {
    const one = object({ one: 1 });
    const two = object({ two: 2 });
    resultOf("SetPrototypes", one, [two]);
    resultOf("SetPrototypes", two, [one]);
    expect([getProperty(one, "$two"), getProperty(two, "$one"), getProperty(one, "$none")]).toEqual([2, 1, undefined]);
    expect([prototypesOf(one), prototypesOf(two)]).toEqual([[two], [one]]);
  });

  test("the Array is a copy, both ways", () => {
    const child = object({});
    const given: Value[] = [a, b];
    resultOf("SetPrototypes", child, given);
    given.pop();
    (resultOf("Prototypes", child) as Value[]).pop();
    expect(resultOf("Prototypes", child)).toEqual([a, b]);
  });

  test.each<[string, IonObject, Value, string]>([
    ["no list", object({}), a, "Expected Object, Sequence argument, got Object, Object"],
    ["no Objects", object({}), [a, 1], "Runtime error: A prototype must be an Object, got Number"],
    ["a closed Object", closed({}), [a], "Runtime error: Cannot change the prototypes of a closed object"],
  ])("%s", (_, child, list, failure) => {
    expect(call("SetPrototypes", [child, list])).toMatchObject({ failure });
    expect(prototypesOf(child)).toEqual([]);
  });

  test("are charged", () => {
    const child = object({});
    const many = Array.from({ length: 48 }, () => object({}));
    expect(call("SetPrototypes", [child, many])).toMatchObject({ failure: undefined, charge: 3 });
    expect(call("Prototypes", [child])).toMatchObject({ failure: undefined, charge: 3 });
  });
});

describe("DefineProperty", () => {
  test.each<[string, Record<string, Value>, [writable: boolean, enumerable: boolean, configurable: boolean]]>([
    ["all by default", {}, [true, true, true]],
    ["not writable", { writable: false }, [false, true, true]],
    ["by truthiness", { writable: 0, enumerable: Undefined, configurable: "no" }, [false, false, true]],
    ["others are ignored", { value: 7, get: 8, Writable: false }, [true, true, true]],
  ])("%s", (_, attributes, [writable, enumerable, configurable]) => {
    const target = object({});
    expect(resultOf("DefineProperty", target, "k", 1, object(attributes))).toBe(true);
    expect(ownProperty(target, "$k")).toEqual({ value: 1, writable, enumerable, configurable });
  });

  test("attributes may be inherited", () => {
    const attributes = object({});
    resultOf("SetPrototypes", attributes, [object({ writable: false }), object({ enumerable: false })]);
    const target = object({});
    resultOf("DefineProperty", target, atom("k"), 1, attributes);
    expect(ownProperty(target, "$k")).toMatchObject({ writable: false, enumerable: false, configurable: true });
    expect(setProperty(target, "$k", 2)).toBe(false);
  });

  test.each(["__proto__", "constructor", "$", "", "prototypeList", "0"])("the key %j is a plain name", (key) => {
    const target = object({});
    expect(resultOf("DefineProperty", target, key, 1, object({}))).toBe(true);
    expect([getProperty(target, nativeKey(key)), prototypesOf(target)]).toEqual([1, []]);
  });

  test("defines anew only what is configurable", () => {
    const target = object({});
    const fixed = object({ configurable: false });
    expect(resultOf("DefineProperty", target, "k", 1, fixed)).toBe(true);
    expect(resultOf("DefineProperty", target, "k", 2, fixed)).toBe(true);
    expect(resultOf("DefineProperty", target, "k", 3, object({}))).toBe(false);
    expect(resultOf("DefineProperty", target, "k", 4, object({ configurable: false, writable: false }))).toBe(true);
    expect(resultOf("DefineProperty", target, "k", 5, fixed)).toBe(false);
    expect(ownProperty(target, "$k")).toEqual({ value: 4, writable: false, enumerable: true, configurable: false });
  });

  test("a closed Object gets no new property", () => {
    const target = closed({ old: 1 });
    expect(resultOf("DefineProperty", target, "new", 1, object({}))).toBe(false);
    expect(resultOf("DefineProperty", target, "old", 2, object({}))).toBe(true);
    expect([getProperty(target, "$new"), getProperty(target, "$old")]).toEqual([undefined, 2]);
  });

  test.each<[Value[], string]>([
    [[object({}), 1, 1, object({})], "Expected Object, Key, Any, Object argument, got Object, Number, Number, Object"],
    [[object({}), "k", 1, Unit], "Expected Object, Key, Any, Object argument, got Object, String, Number, Unit"],
    [[object({}), "k", 1], "Expected 4 arguments, got 3"],
  ])("fails, %#", (args, failure) => {
    expect(call("DefineProperty", args)).toMatchObject({ failure });
  });
});
