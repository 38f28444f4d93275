/** The functions of the standard library that programs need every day; and all of it against wrong arguments. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RandomNumbers } from "../../src/foreign/random.ts";
import { accepts, type FunctionDescription, type ParameterType } from "../../src/foreign/spec.ts";
import { STANDARD_LIBRARY } from "../../src/foreign/stdlib/index.ts";
import { FIXED_LIMITS } from "../../src/limits.ts";
import { atom } from "../../src/values/atom.ts";
import { Binary, FloatArray } from "../../src/values/bytes.ts";
import { functionOf } from "../../src/values/function.ts";
import { createObject } from "../../src/values/object.ts";
import { inspect } from "../../src/values/print.ts";
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
import { call, object, TestProcess } from "./call.ts";

const INFINITY = Number.POSITIVE_INFINITY;

function binary(...bytes: number[]): Binary {
  return new Binary(Uint8Array.from(bytes));
}
function floats(...numbers: number[]): FloatArray {
  return new FloatArray(Float64Array.from(numbers));
}

/** Name, arguments, and the result in inspect form; or what the failure says. */
type Case = readonly [name: string, args: Value[], result: string | RegExp];

const CASES: readonly Case[] = [
  ["ArrayPop", [[1, 2]], "2"],
  ["ArrayPop", [[]], "undefined"],
  ["ArrayNew", [2, atom("a")], "[:a, :a]"],
  ["ArrayNew", [-1, 0], /A length is a whole number from 0, got -1/],
  ["ArrayNew", [0.5, 0], /got 0.5/],
  ["ArrayNew", [2 ** 26, 0], /system_limit, :array/],
  ["ArraySlice", [[1, 2, 3], 1, INFINITY], "[2, 3]"],
  ["ArraySlice", [[1, 2, 3], -2, -1], "[2]"],
  ["ArraySlice", [[1, 2, 3], 2, 1], "[]"],
  ["ArraySlice", [new Tuple([1, 2, 3]), 0, 2], "[1, 2]"],
  ["ArraySlice", [[1, 2, 3], Number.NaN, 1.9], "[1]"],
  ["ArraySlice", [[1, 2, 3], -INFINITY, 9], "[1, 2, 3]"],
  ["ArrayConcat", [[1], new Tuple([2, 3])], "[1, 2, 3]"],
  ["ArrayInsert", [[1, 2], 2, 3], "3"],
  ["ArrayInsert", [[1, 2], 3, 3], /Cannot insert at 3 into an Array of 2/],
  ["ArrayInsert", [[1, 2], Number.NaN, 3], /Cannot insert at NaN/],
  ["ArrayRemove", [[1, 2], 0], "1"],
  ["ArrayRemove", [[], 0], /There is no element 0 in an Array of 0/],
  ["ArraySort", [[3, -INFINITY, Number.NaN, 1, -0, 0, Number.NaN]], "[-Infinity, 0, 0, 1, 3, NaN, NaN]"],
  ["ArraySort", [["b", "a", "\ud800", "", "😀"]], '["", "a", "b", "\\ud800", "😀"]'],
  ["ArraySort", [[]], "[]"],
  ["ArraySort", [[1, "a"]], /Can sort Numbers or Strings, not a Number and a String/],
  ["ArraySort", [[atom("a")]], /not values of the type Atom/],
  ["ArrayReverse", [[1, 2, 3]], "[3, 2, 1]"],
  ["ArrayFill", [[1, 2, 3], 0, 1, INFINITY], "[1, 0, 0]"],
  ["ArrayIndexOf", [[1, "a", [2]], [2], 0], "2"],
  ["ArrayIndexOf", [[1, 1], 1, 1], "1"],
  ["ArrayIndexOf", [[Number.NaN], Number.NaN, 0], "-1"],
  ["ArrayIndexOf", [["a"], atom("a"), 0], "0"],
  ["ArrayJoin", [[1, "b", atom("c"), [Unit]], "-"], '"1-b-c-[()]"'],
  ["ArrayJoin", [new Tuple([]), "-"], '""'],
  ["StrSlice", ["hello", 1, 3], '"el"'],
  ["StrSlice", ["hello", -3, INFINITY], '"llo"'],
  ["StrSlice", ["😀", 0, 1], '"\\ud83d"'],
  ["StrIndexOf", ["banana", "an", 2], "3"],
  ["StrIndexOf", ["banana", "x", 0], "-1"],
  ["StrIndexOf", ["banana", "", 3], "3"],
  ["StrIndexOf", [`${"a".repeat(999)}b`, `${"a".repeat(500)}b`, 0], "499"],
  ["StrContains", ["banana", "nan"], "true"],
  ["StrStartsWith", ["banana", "ban"], "true"],
  ["StrStartsWith", ["ban", "banana"], "false"],
  ["StrEndsWith", ["banana", "ana"], "true"],
  ["StrReplace", ["a.b.c", ".", "$&"], '"a$&b$&c"'],
  ["StrReplace", ["aaa", "aa", "b"], '"ba"'],
  ["StrReplace", ["a", "", "b"], /Cannot replace an empty text/],
  ["StrPadStart", ["7", 3, "0"], '"007"'],
  ["StrPadStart", ["7", 4, "ab"], '"aba7"'],
  ["StrPadStart", ["7", -5, "ab"], '"7"'],
  ["StrPadStart", ["7", 5, ""], '"7"'],
  ["StrPadStart", ["7", INFINITY, "x"], /system_limit, :string/],
  ["StrPadStart", ["7", Number.NaN, "x"], '"7"'],
  ["StrPadEnd", ["7", 3, "0"], '"700"'],
  ["StrCodePointAt", ["a😀", 1], "128512"],
  ["StrCodePointAt", ["a", 1], "undefined"],
  ["StrCodePoints", ["a😀\ud800"], "[97, 128512, 55296]"],
  ["StrFromCodePoints", [[97, 128512, 55296]], '"a😀\\ud800"'],
  ["StrFromCodePoints", [[-1]], /A code point is a whole Number from 0 to 1114111, got -1/],
  ["StrFromCodePoints", [["a"]], /got String/],
  ["ParseNumber", ["ff", 16], "255"],
  ["ParseNumber", ["-101", 2], "-5"],
  ["ParseNumber", ["12", 2], "undefined"],
  ["ParseNumber", ["", 10], "undefined"],
  ["ParseNumber", [" 1", 10], "undefined"],
  ["ParseNumber", ["1", 37], /A radix is a whole number from 2 to 36, got 37/],
  ["FormatNumber", [255, 16], '"ff"'],
  ["FormatNumber", [0.1, 10], '"0.1"'],
  ["FormatNumber", [Number.NaN, 2], '"NaN"'],
  ["FormatFixed", [1.005, 2], '"1.00"'],
  ["FormatFixed", [1e21, 2], '"1e+21"'],
  ["FormatFixed", [1, 101], /Digits are a whole number from 0 to 100/],
  ["Atan2", [1, -1], String(Math.atan2(1, -1))],
  ["Hypot", [3, 4], "5"],
  ["Imul", [0xffffffff, 5], "-5"],
  ["Sign", [-3], "-1"],
  ["Clz32", [1], "31"],
  ["Keys", [object({ b: 1, a: 2 })], '["b", "a"]'],
  ["Values", [object({ b: 1, a: 2 })], "[1, 2]"],
  ["Entries", [object({ b: 1 })], '[("b", 1)]'],
  ["HasOwn", [object({ b: 1 }), atom("b")], "true"],
  ["HasOwn", [object({}), "__proto__"], "false"],
  ["PropertyOf", [object({ b: 1 }), "b"], "{value: 1, writable: true, enumerable: true, configurable: true}"],
  ["PropertyOf", [object({}), "constructor"], "undefined"],
  ["DeleteProperty", [object({ b: 1 }), "b"], "true"],
  ["DeleteProperty", [object({}), "toString"], "true"],
  ["Freeze", [object({ b: 1 })], "{b: 1}"],
  ["Freeze", [[1]], /An Array cannot be frozen/],
  ["Freeze", [1], "1"],
  ["IsFrozen", [object({ b: 1 })], "false"],
  ["IsFrozen", [new Tuple([[1]])], "true"],
  ["IsFrozen", [floats(1)], "false"],
  [
    "JsonParse",
    ['{"a": [1, -0.5e1, true, null, "\\u00e9"], "__proto__": {"b": 1}}'],
    '{a: [1, -5, true, (), "é"], __proto__: {b: 1}}',
  ],
  ["JsonParse", ["[1,]"], /No JSON: /],
  ["JsonParse", [""], /No JSON: /],
  [
    "JsonFormat",
    [object({ a: [1, new Tuple([Number.NaN, -0])], b: atom("x\n"), c: Unit, d: Undefined })],
    '"{\\"a\\":[1,[null,0]],\\"b\\":\\"x\\\\n\\",\\"c\\":null,\\"d\\":null}"',
  ],
  ["JsonFormat", ["\ud800"], '"\\"\\\\ud800\\""'],
  ["JsonFormat", [new Complex(1, 2)], /A Complex has no JSON/],
  ["JsonFormat", [[new Tagged("t", 1)]], /A Tagged has no JSON/],
  ["BinaryFrom", [[0, 255]], 'bytes"00ff"'],
  ["BinaryFrom", [[256]], /A byte is a whole Number from 0 to 255; the element 0 is none/],
  ["BinaryFrom", [[1, "a"]], /the element 1 is none/],
  ["BinaryToArray", [binary(0, 255)], "[0, 255]"],
  ["BinaryLength", [binary(0, 255)], "2"],
  ["BinarySlice", [binary(1, 2, 3), 1, INFINITY], 'bytes"0203"'],
  ["BinaryConcat", [binary(1), binary(2)], 'bytes"0102"'],
  ["TextEncode", ["é😀"], 'bytes"c3a9f09f9880"'],
  ["TextEncode", ["\ud800"], /A lone surrogate has no UTF-8/],
  ["TextDecode", [binary(0xef, 0xbb, 0xbf, 0x61)], '"\ufeffa"'],
  ["TextDecode", [binary(0xff)], /The bytes are no UTF-8/],
  ["HexEncode", [binary(0, 171)], '"00ab"'],
  ["HexDecode", ["00aB"], 'bytes"00ab"'],
  ["HexDecode", ["0"], /two hexadecimal digits/],
  ["Base64Decode", ["AA=A"], /It is no base64/],
  ["Base64Decode", ["AAA"], /It is no base64/],
  ["Base64Decode", [""], 'bytes""'],
  ["NumberAt", [binary(0, 1, 0), 1, atom("u16")], "1"],
  ["NumberAt", [binary(0, 1, 0), 1, atom("u16_be")], "256"],
  ["NumberAt", [binary(0xff), 0, atom("i8")], "-1"],
  ["NumberAt", [binary(0), 0, atom("u16")], /There are no 2 bytes at 0 of 1/],
  ["NumberAt", [binary(0), -1, atom("u8")], /There are no 1 bytes at -1/],
  ["NumberAt", [binary(0), 0, atom("constructor")], /There is no layout :constructor/],
  ["NumberToBinary", [1, atom("u32_be")], 'bytes"00000001"'],
  ["NumberToBinary", [-1, atom("u8")], /-1 does not fit into :u8/],
  ["NumberToBinary", [0.5, atom("i16")], /0.5 does not fit/],
  ["FloatsNew", [2, 1.5], "floats[1.5, 1.5]"],
  ["FloatsNew", [2 ** 26, 0], /system_limit, :array/],
  ["FloatsFrom", [[1, -0]], "floats[1, 0]"],
  ["FloatsFrom", [[1, "a"]], /A Float64Array holds Numbers; the element 1 is none/],
  ["FloatsToArray", [floats(1, 2)], "[1, 2]"],
  ["FloatsLength", [floats(1, 2)], "2"],
  ["FloatsSlice", [floats(1, 2, 3), -2, INFINITY], "floats[2, 3]"],
  ["FloatsFill", [floats(1, 2, 3), 0, 1, 2], "floats[1, 0, 3]"],
  ["FloatsFill", [new FloatArray(new Float64Array(1), true), 0, 0, 1], /A frozen Float64Array cannot be written/],
  ["DateParts", [0], "{year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0, weekday: 4}"],
  ["DateParts", [8.64e15 + 1], /is no time within 100,000,000 days of 1970/],
  ["DateParts", [Number.NaN], /NaN is no time/],
  ["DateFromParts", [object({ year: 99, month: 3, day: 0 })], String(Date.parse("0099-02-28"))],
  ["DateFromParts", [object({ month: 0.5 })], /The month must be a whole Number/],
  ["DateFromParts", [object({ year: 1e9 })], /is no time/],
  ["DateFormat", [1e12], '"2001-09-09T01:46:40.000Z"'],
  ["DateParse", ["2001-09-09T01:46:40Z"], "1000000000000"],
  ["DateParse", ["2001-09-09T01:46"], "undefined"],
  ["DateParse", ["Sep 9 2001"], "undefined"],
  [
    "DateParse",
    ["2001-02-31"],
    String(Number.isNaN(Date.parse("2001-02-31")) ? "undefined" : Date.parse("2001-02-31")),
  ],
  ["RandomWhole", [1], "0"],
  ["RandomWhole", [0], /below a whole number from 1 to 2\^53, not 0/],
  ["RandomWhole", [Number.NaN], /not NaN/],
];

describe("single calls", () => {
  test.each(CASES)("%s %#", (name, args, expected) => {
    const { result, failure } = call(name, args);
    if (typeof expected === "string") expect(result === undefined ? failure : inspect(result)).toBe(expected);
    else expect(failure).toMatch(expected);
  });

  test("every function of these topics has a case", () => {
    const tested = new Set(CASES.map(([name]) => name));
    const topics = /^(Array(?!Length|Push)|Binary|Floats|Json|Date|Hex|Base64Decode|Number|Format|Parse|Text)/;
    expect(STANDARD_LIBRARY.map(({ name }) => name).filter((name) => topics.test(name) && !tested.has(name))).toEqual(
      [],
    );
  });
});

describe("in place", () => {
  test("insert, remove, sort, reverse and fill change the Array itself", () => {
    const array: Value[] = [3, 1];
    call("ArrayInsert", [array, 1, 2]);
    expect(array).toEqual([3, 2, 1]);
    expect(call("ArraySort", [array]).result).toBe(array);
    expect(array).toEqual([1, 2, 3]);
    call("ArrayRemove", [array, 1]);
    call("ArrayReverse", [array]);
    expect(array).toEqual([3, 1]);
    call("ArrayFill", [array, 0, 0, 1]);
    expect(array).toEqual([0, 1]);
  });

  test("a sort that fails changes nothing", () => {
    const array: Value[] = [3, 1, "a"];
    call("ArraySort", [array]);
    expect(array).toEqual([3, 1, "a"]);
  });
});

describe("properties", () => {
  const bytes = fc.uint8Array({ maxLength: 40 });

  test("base64, hex and UTF-8 there and back, as the host has them", () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const text = call("Base64Encode", [new Binary(data)]).result as string;
        expect(text).toBe(Buffer.from(data).toString("base64"));
        expect((call("Base64Decode", [text]).result as Binary).bytes).toEqual(data);
        const hex = call("HexEncode", [new Binary(data)]).result as string;
        expect((call("HexDecode", [hex]).result as Binary).bytes).toEqual(data);
      }),
    );
  });

  test("JSON there and back, as the host has it", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = call("JsonParse", [text]).result!;
        const again = call("JsonFormat", [value]).result as string;
        expect(JSON.parse(again)).toEqual(JSON.parse(JSON.stringify(JSON.parse(text))));
      }),
    );
  });

  test("searching finds what the host finds, for parts of every length", () => {
    const few = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 700 });
    fc.assert(
      fc.property(few, few, fc.nat(100), (text, part, from) => {
        expect(call("StrIndexOf", [text, part, from]).result).toBe(text.indexOf(part, Math.min(from, text.length)));
        if (part !== "") expect(call("StrReplace", [text, part, "x"]).result).toBe(text.replaceAll(part, "x"));
      }),
    );
  });

  test("sorting is the host's, and slices are", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true })), fc.integer(), fc.integer(), (numbers, from, to) => {
        expect(call("ArraySlice", [numbers, from, to]).result).toEqual(numbers.slice(from, to));
        const sorted = call("ArraySort", [[...numbers]]).result as number[];
        for (let i = 1; i < sorted.length; i++) expect(sorted[i - 1] <= sorted[i]).toBe(true);
        expect(sorted).toHaveLength(numbers.length);
      }),
    );
  });

  test("nesting of 10^5 in JSON", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const value = call("JsonParse", [deep]).result!;
    expect(call("JsonFormat", [value]).result).toBe(deep);
    const loop: Value[] = [];
    loop.push([loop]);
    expect(call("JsonFormat", [loop]).failure).toMatch(/A value that is in itself has no JSON/);
  });
});

describe("random numbers", () => {
  test("a seed gives the same ones again, another one others, and all are in range and spread", () => {
    const first = new RandomNumbers(7);
    const again = new RandomNumbers(7);
    const other = new RandomNumbers(8);
    const counts = new Array<number>(10).fill(0);
    let same = 0;
    for (let i = 0; i < 10_000; i++) {
      const next = first.next();
      expect(next >= 0 && next < 1).toBe(true);
      expect(again.next()).toBe(next);
      if (other.next() === next) same++;
      counts[Math.floor(next * 10)]++;
    }
    expect(same).toBe(0);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

const SAMPLES: Record<TypeName, Value> = {
  Number: Number.NaN,
  Boolean: false,
  String: "\ud800",
  Atom: atom("a"),
  Complex: new Complex(1, 2),
  Unit,
  Undefined,
  Tuple: new Tuple([]),
  Array: [2 ** 53 + 2],
  Object: createObject(),
  Tagged: new Tagged("t", Unit),
  Function: functionOf({ isForeign: true, name: "Sqrt" }),
  Process: new TestProcess(1),
  Reference: new Reference(1, new TestProcess(1), 0),
  Binary: new Binary(new Uint8Array(1)),
  Float64Array: new FloatArray(new Float64Array(1)),
};

function sampleFor(type: ParameterType): Value {
  return Object.values(SAMPLES).find((value) => accepts(type, value))!;
}

/** All that are synchronous; the others are checked by the same code before they begin. */
const SYNCHRONOUS = STANDARD_LIBRARY.filter((spec) => "run" in spec);

describe.each(SYNCHRONOUS.map((spec) => [spec.name, spec as FunctionDescription] as const))("%s", (name, spec) => {
  const right = spec.parameters.map(({ type }) => sampleFor(type));

  test("refuses too few and too many", () => {
    const wanted = `Expected ${right.length} arguments, got`;
    if (right.length > 0) expect(call(name, right.slice(1)).failure).toBe(`${wanted} ${right.length - 1}`);
    if (spec.rest === undefined) expect(call(name, [...right, 1]).failure).toBe(`${wanted} ${right.length + 1}`);
  });

  test("refuses each type that is not its own, in each place", () => {
    spec.parameters.forEach(({ type }, i) => {
      for (const other of TYPE_NAMES) {
        if (accepts(type, SAMPLES[other])) continue;
        const args = right.with(i, SAMPLES[other]);
        expect(call(name, args).failure).toMatch(/^Expected .* argument, got /);
      }
    });
  });
});

test("the largest texts and bytes are refused before they are made", () => {
  const { failure } = call("StrPadEnd", ["", FIXED_LIMITS.stringLength.value + 1, "ab"]);
  expect(failure).toMatch(/system_limit, :string/);
});
