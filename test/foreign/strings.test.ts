import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { FIXED_LIMITS } from "../../src/limits.ts";
import { memoryGuard } from "../../src/values/memory.ts";
import type { Value } from "../../src/values/value.ts";
import { call, resultOf } from "./call.ts";

const LONE = "\ud800";

describe("Strings", () => {
  test.each<[string, Value[], Value]>([
    ["StrLength", [""], 0],
    ["StrLength", ["a😀"], 3],
    ["StrUpper", ["straße"], "STRASSE"],
    ["StrUpper", ["ΐ"], "\u0399\u0308\u0301"],
    ["StrUpper", [LONE], LONE],
    ["StrUpper", ["𐐨"], "𐐀"],
    ["StrLower", ["ΟΔΟΣ ΣΑΣ"], "οδος σας"],
    ["StrLower", ["İ"], "i\u0307"],
    ["StrConcat", ["", ""], ""],
    ["StrConcat", ["\ud83d", "\ude00"], "😀"],
    ["StrTrim", [" \t\r\n\u00a0\ufeff\u2028a b\u3000"], "a b"],
    ["StrTrim", ["\u0085"], "\u0085"],
    ["StrTrim", ["  "], ""],
    ["StrSplit", ["a,b,,c,", ","], ["a", "b", "", "c", ""]],
    ["StrSplit", ["abc", "x"], ["abc"]],
    ["StrSplit", ["aaa", "aa"], ["", "a"]],
    ["StrSplit", ["", ","], [""]],
    ["StrSplit", ["", ""], []],
    ["StrSplit", ["a😀b", ""], ["a", "😀", "b"]],
    ["StrSplit", [`😀${LONE}`, ""], ["😀", LONE]],
    ["StrSplit", ["a$&b", "$&"], ["a", "b"]],
  ])("%s %j", (name, args, expected) => {
    expect(call(name, args)).toMatchObject({ result: expected, failure: undefined, stdout: "", stderr: "" });
  });

  test("StrSplit gives a fresh Array each time", () => {
    expect(resultOf("StrSplit", "a,b", ",")).not.toBe(resultOf("StrSplit", "a,b", ","));
  });

  /** Delimiters of few different letters, long enough to be searched for by ourselves. */
  const longDelimiter = fc
    .record({
      period: fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 4 }),
      tail: fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 4 }),
      length: fc.integer({ min: 240, max: 600 }),
    })
    .map(({ period, tail, length }) => period.repeat(length / period.length) + tail);

  test("StrSplit by long delimiters gives what the host's split gives", () => {
    fc.assert(
      fc.property(longDelimiter, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }), (delimiter, cuts) => {
        const text = cuts.map(([from, to]) => delimiter.slice(from % 300, to % 900) + delimiter).join("");
        expect(resultOf("StrSplit", text, delimiter)).toEqual(text.split(delimiter));
      }),
    );
  });

  test("StrSplit takes linear time where the host's split takes minutes", () => {
    const half = "a".repeat(500_000);
    const text = half.repeat(8);
    expect(resultOf("StrSplit", text, `${half}b${half}`)).toEqual([text]);
    expect(resultOf("StrSplit", text, half)).toEqual(new Array(9).fill(""));
  });
});

describe("charges", () => {
  const text = "ab".repeat(1024);
  test.each<[string, Value[], number]>([
    ["StrLength", [text], 0],
    ["StrUpper", [text], 2],
    ["StrUpper", ["ß".repeat(1024)], 2],
    ["StrLower", [text], 2],
    ["StrConcat", [text, text], 4],
    ["StrTrim", [text], 2],
    ["StrSplit", [text, "x"], 2],
    ["StrSplit", [text, "b"], 2 + Math.floor(1025 / 16)],
    ["StrSplit", [text, ""], 2 + 2048 / 16],
    ["StrSplit", ["", text], 2],
  ])("%s", (name, args, charge) => {
    expect(call(name, args)).toMatchObject({ failure: undefined, charge });
  });
});

describe("limits", () => {
  afterEach(() => {
    memoryGuard.available = () => Number.POSITIVE_INFINITY;
  });

  const longest = FIXED_LIMITS.stringLength.value;
  const TOO_LONG = "(:system_limit, :string)";
  const TOO_MANY = "(:system_limit, :array)";

  test("a text that grows with its case is refused before it is made", () => {
    const outcome = call("StrUpper", ["ß".repeat(longest / 2 + 1)]);
    expect(outcome).toMatchObject({ failure: TOO_LONG, charge: 0 });
  });

  test("a long text that hardly grows is not", () => {
    const upper = resultOf("StrUpper", `ß${"a".repeat(longest / 3)}`) as string;
    expect([upper.length, upper.slice(0, 4)]).toEqual([2 + Math.floor(longest / 3), "SSAA"]);
  });

  test("a text too long is not joined", () => {
    const half = "a".repeat(longest / 2);
    expect(call("StrConcat", [half, `${half}aa`])).toMatchObject({ failure: TOO_LONG });
  });

  const most = FIXED_LIMITS.arrayLength.value;
  test.each<[string, string, string]>([
    ["parts", ",".repeat(most), ","],
    ["code points", "a".repeat(most + 1), ""],
  ])("too many %s", (_, text, delimiter) => {
    expect(call("StrSplit", [text, delimiter])).toMatchObject({ failure: TOO_MANY });
  });

  test.each<[string, Value[]]>([
    ["StrUpper", ["a".repeat(2 ** 20)]],
    ["StrSplit", [",".repeat(2 ** 20), ","]],
    ["StrSplit", ["a".repeat(2 ** 20), "b".repeat(2 ** 19)]],
    ["ArrayPush", [new Array<Value>(2 ** 17).fill(0), 1]],
    ["PrintF", [`${"a".repeat(2 ** 20)}{}`, 1]],
  ])("%s asks for memory first", (name, args) => {
    memoryGuard.available = () => 1000;
    expect(call(name, args)).toMatchObject({ failure: "(:system_limit, :memory)", stdout: "" });
  });
});
