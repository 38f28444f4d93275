/** PrintF. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atom } from "../../src/values/atom.ts";
import { Tuple, type Value } from "../../src/values/value.ts";
import { call } from "./call.ts";

function printF(version: 1 | 2, ...args: Value[]): string {
  const { stdout, failure } = call("PrintF", args, { version });
  return failure ?? stdout;
}

describe("PrintF", () => {
  test.each<[format: string, values: Value[], version1: string, version2: string]>([
    ["plain", [1], "plain", "plain"],
    ["{} and {}", [1, "x"], "1 and x", "1 and x"],
    ["{1}{0}", ["a", "b"], "ba", "ba"],
    ["{} {0} {}", ["a", "b", "c"], "b a c", "b a c"],
    ["{0} {0}", ["a", "b"], "a a", "a a"],
    ["{}", ["a", "b", "c"], "a", "a"],
    ["{00} {01} {0}", ["a", "b", "c"], "{00} {01} a", "{00} {01} a"],
    ["{999999999999999999999}", [1], "{999999999999999999999}", "{999999999999999999999}"],
    ["{{}} {{0}}", ["a", "b"], "{b} {a}", "{b} {a}"],
    ["{ } {a} {-1} {0 } {", [1], "{ } {a} {-1} {0 } {", "{ } {a} {-1} {0 } {"],
    ["{{{{1", [1], "{{{{1", "{{{{1"],
    ["{}", [new Tuple([1, atom("a")])], "(1, a)", "(1, a)"],
    ["{0}", ["$& $1 $$"], "$& $1 $$", "$& $1 $$"],
    ["{}", ["$&"], "$&", "$&"],
    // Texts that were put in hold placeholders, or make some with what stands beside them.
    ["{0}", ["{1}", "b"], "b", "{1}"],
    ["{1}", ["b", "{0}"], "{0}", "{0}"],
    ["{0}", ["{0}"], "{0}", "{0}"],
    ["{} {}", ["{}", "b"], "b {}", "{} b"],
    ["{{0}}", ["1", "b"], "b", "{1}"],
    ["{{0}", ["}", "b"], "b", "{}"],
    ["{0}1}", ["{", "b"], "b", "{1}"],
    ["{0}{1}", ["{", "}", "c"], "c", "{}"],
    ["{{}} {}", ["", "b"], "b {}", "{} b"],
  ])("%s with %j", (format, values, version1, version2) => {
    expect([printF(1, format, ...values), printF(2, format, ...values)]).toEqual([version1, version2]);
  });

  test.each<[args: Value[], failure: string]>([
    [[], "Expected 2 arguments, got 0"],
    [["plain"], "Expected 2 arguments, got 1"],
    [["{} {}", 1], "Expected 2 arguments, got 1"],
    [["{0} {0} {7} {007} {}", 1, 2], "Expected 5 arguments, got 2"],
    [["{}".repeat(1_000_000), 1], "Expected 1000000 arguments, got 1"],
    [[atom("{}"), 1, "a"], "Expected String, Any, Any argument, got Atom, Number, String"],
  ])("fails with %j", (args, failure) => {
    for (const version of [1, 2] as const) {
      expect(call("PrintF", args, { version })).toMatchObject({ failure, stdout: "", result: undefined });
    }
  });

  /** The rule of version 1, word by word. */
  function replacedRepeatedly(format: string, values: readonly string[]): string {
    let text = format;
    const others = values.filter((value, number) => {
      const placeholder = `{${number}}`;
      if (!text.includes(placeholder)) return true;
      text = text.split(placeholder).join(value);
      return false;
    });
    for (const value of others) text = text.replace("{}", () => value);
    return text;
  }

  const piece = fc.constantFrom("{}", "{0}", "{1}", "{2}", "{3}", "{", "}", "0", "1", "2", "a", "");
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  const letters = fc.string({ unit: fc.constantFrom("x", "y"), minLength: 1, maxLength: 3 });

  test("from version 1 replaces again and again", () => {
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 8, maxLength: 9 }), (format, values) => {
        expect(printF(1, format, ...values)).toBe(replacedRepeatedly(format, values));
      }),
      { numRuns: 1000 },
    );
  });

  test("is the same from both versions where values hold no placeholders", () => {
    fc.assert(
      fc.property(text, fc.array(letters, { minLength: 8, maxLength: 9 }), (format, values) => {
        expect(printF(1, format, ...values)).toBe(printF(2, format, ...values));
      }),
    );
  });

  test("joins many replacements", () => {
    const many = 10_000;
    expect(printF(1, "{0}", "{1}-".repeat(many), "ab")).toBe("ab-".repeat(many));
  });
});

describe("hostile formats", () => {
  const TOO_LONG = "(:system_limit, :string)";

  test("growth ends at the longest String", () => {
    const values = Array.from({ length: 250 }, (_, i) => `{${i + 1}}`.repeat(100));
    expect(call("PrintF", ["{0}", ...values], { version: 1 })).toMatchObject({ failure: TOO_LONG, stdout: "" });
  });

  test("all texts made on the way count together", () => {
    const wide = `{1}${"-".repeat(997)}`.repeat(900);
    const values = [wide, ...Array.from({ length: 200 }, (_, i) => `{${i + 2}}`)];
    expect(call("PrintF", ["{0}{0}{0}", ...values], { version: 1 })).toMatchObject({ failure: TOO_LONG, stdout: "" });
    expect(printF(1, "{0}{0}{0}", ...values.slice(0, 50))).toHaveLength(3 * 900 * (997 + "{50}".length));
  });

  test("one scan ends at the longest String", () => {
    const half = "a".repeat(2 ** 27);
    expect(call("PrintF", [`${half}{}${half}`, "a"])).toMatchObject({ failure: TOO_LONG, stdout: "" });
  });
});

describe("charges of PrintF", () => {
  const text = "a".repeat(1024);
  test.each<[version: 1 | 2, args: Value[], charge: number]>([
    [2, [`${text}{}`, text], 3],
    [2, ["{0}{0}{0}", text, text, text], 3],
    [1, [`${text}{}`, text], 3],
    // All texts made on the way: 3,072 units and none; 3,072, 2,048 and 2,047.
    [1, ["{0}", "{1}".repeat(1024), ""], 3],
    [1, ["{0}", "{1}".repeat(1024), "{}", "a"], 7],
  ])("from version %d, %#", (version, args, charge) => {
    expect(call("PrintF", args, { version })).toMatchObject({ failure: undefined, charge });
  });
});
