/** Built-ins on Numbers and texts, held against the host's own. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { HOST } from "../../../src/js/host/index.ts";
import { CONSTANTS } from "../../../src/js/names.ts";
import { work } from "../../../src/values/work.ts";
import { both, call, fromHost, outcome, toHost, useRealm } from "./values.ts";

beforeAll(useRealm);

/** Values that conversions stumble over. */
const ODD = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  2.5,
  -2.5,
  Number.NaN,
  1e21,
  2 ** 31,
  2 ** 32 + 5,
  2 ** 53,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  "",
  " 12 ",
  "0x1f",
  "1e3",
  "-5",
  "abc",
  [],
  [7],
  [1, 2],
  {},
];

const MATH = HOST.map(({ name }) => name).filter((name) => name.startsWith("Math.") && name !== "Math.random");

describe("Math", () => {
  test.each(MATH)("%s", (name) => {
    for (const a of ODD) {
      for (const b of ODD) {
        const [ours, theirs] = both(name, undefined, [a, b]);
        expect(ours).toEqual(theirs);
      }
      const [ours, theirs] = both(name, undefined, [a]);
      expect(ours).toEqual(theirs);
    }
    const [ours, theirs] = both(name, undefined, []);
    expect(ours).toEqual(theirs);
    expect(both(name, undefined, [1, 2, 3, 4])[0]).toEqual(both(name, undefined, [1, 2, 3, 4])[1]);
  });

  test("random numbers are the VM's", () => {
    expect(call("Math.random", fromHost(undefined), [])).toBe(0.5);
  });

  test("constants", () => {
    for (const [name, value] of CONSTANTS) {
      const [owner, key] = name.includes(".") ? name.split(".") : ["globalThis", name];
      const holder = owner === "globalThis" ? globalThis : owner === "Math" ? Math : Number;
      expect((holder as unknown as Record<string, number>)[key]).toBe(value);
    }
  });
});

describe("Number", () => {
  const OF_ONE = [
    "parseInt",
    "parseFloat",
    "isNaN",
    "isFinite",
    "Number.isNaN",
    "Number.isFinite",
    "Number.isInteger",
    "Number.isSafeInteger",
    "Boolean",
  ];

  test.each(OF_ONE)("%s", (name) => {
    for (const a of [...ODD, "12px", "0b11", ".5.5", "-.5e-7x", "\u00a0 7", "Infinityx", "1_000"]) {
      const [ours, theirs] = both(name, undefined, [a]);
      expect(ours).toEqual(theirs);
    }
  });

  test("parseInt with a radix", () => {
    for (const text of ["ff", "0xff", "77", "zz", "-101", "12"]) {
      for (const radix of [...ODD, 2, 8, 10, 16, 36, 37, 1]) {
        const [ours, theirs] = both("parseInt", undefined, [text, radix]);
        expect(ours).toEqual(theirs);
      }
    }
  });

  test.each(["toString", "toFixed", "toPrecision", "toExponential"])("%s", (name) => {
    for (const self of [
      0,
      -0,
      1,
      -1.5,
      255,
      1e21,
      123.456,
      1e-7,
      0.000001,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      1.005,
      5e-324,
    ]) {
      for (const digits of [...ODD, 2, 3, 10, 16, 36, 100, 101]) {
        const [ours, theirs] = both(`Number.prototype.${name}`, self, [digits]);
        expect(ours).toEqual(theirs);
      }
    }
    expect(both(`Number.prototype.${name}`, "5", [])[0]).toEqual({
      error: `TypeError: Number.prototype.${name} requires that 'this' be a Number`,
    });
  });

  test("random ones as texts", () => {
    fc.assert(
      fc.property(fc.double(), fc.integer({ min: 2, max: 36 }), (number, radix) => {
        const [ours, theirs] = both("Number.prototype.toString", number, [radix]);
        expect(ours).toEqual(theirs);
      }),
    );
  });
});

const TEXTS = [
  "",
  "abc",
  "Hello, World",
  "aXbxcX",
  "  trim me\n\t",
  "a😀b",
  "\ud83d",
  "ΟΔΟΣ",
  "straße",
  "İ",
  "e\u0301",
  "aaaa",
  "null",
  "x".repeat(300),
];
const PARTS = ["", "a", "X", "😀", "bc", "aa", " ", "e"];
const NUMBERS = [
  undefined,
  0,
  1,
  -1,
  2,
  5,
  -3,
  2.7,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  "2",
  null,
];

describe("String", () => {
  test.each(["at", "charAt", "charCodeAt", "codePointAt"])("%s", (name) => {
    for (const self of TEXTS)
      for (const a of NUMBERS) {
        const [ours, theirs] = both(`String.prototype.${name}`, self, [a]);
        expect(ours).toEqual(theirs);
      }
  });

  test.each(["slice", "substring", "substr"])("%s", (name) => {
    for (const self of TEXTS)
      for (const a of NUMBERS)
        for (const b of NUMBERS) {
          const [ours, theirs] = both(`String.prototype.${name}`, self, [a, b]);
          expect(ours).toEqual(theirs);
        }
  });

  test.each(["indexOf", "lastIndexOf", "includes", "startsWith", "endsWith"])("%s", (name) => {
    for (const self of TEXTS)
      for (const a of [...PARTS, undefined, null, 5])
        for (const b of NUMBERS) {
          const [ours, theirs] = both(`String.prototype.${name}`, self, [a, b]);
          expect(ours).toEqual(theirs);
          expect(both(`String.prototype.${name}`, self, [a])[0]).toEqual(
            both(`String.prototype.${name}`, self, [a])[1],
          );
        }
  });

  test.each(["includes", "startsWith", "endsWith"])("%s refuses patterns", (name) => {
    const [ours, theirs] = both(`String.prototype.${name}`, "a", [/a/]);
    expect(ours).toEqual(theirs);
  });

  test.each(["padStart", "padEnd"])("%s", (name) => {
    for (const self of TEXTS)
      for (const a of [...NUMBERS.filter((each) => each !== Number.POSITIVE_INFINITY), 20])
        for (const b of [...PARTS, undefined, null]) {
          const [ours, theirs] = both(`String.prototype.${name}`, self, [a, b]);
          expect(ours).toEqual(theirs);
        }
  });

  test.each([
    "trim",
    "trimStart",
    "trimEnd",
    "toUpperCase",
    "toLowerCase",
    "toLocaleUpperCase",
    "toLocaleLowerCase",
    "isWellFormed",
    "toWellFormed",
    "toString",
    "valueOf",
  ])("%s", (name) => {
    for (const self of [...TEXTS, "\ufeff\u00a0x\u2028"]) {
      const [ours, theirs] = both(`String.prototype.${name}`, self, []);
      expect(ours).toEqual(theirs);
    }
    for (const self of [undefined, null]) {
      const [ours] = both(`String.prototype.${name}`, self, []);
      expect(ours).toHaveProperty("error");
    }
  });

  test("repeat", () => {
    for (const self of TEXTS)
      for (const a of [...NUMBERS, 0.9, -0.9]) {
        const [ours, theirs] = both("String.prototype.repeat", self, [a]);
        expect(ours).toEqual(theirs);
      }
  });

  test("normalize", () => {
    for (const self of [...TEXTS, "\ufdfa", "ﬁ"])
      for (const a of [undefined, "NFC", "NFD", "NFKC", "NFKD", "x", null]) {
        const [ours, theirs] = both("String.prototype.normalize", self, [a]);
        expect(ours).toEqual(theirs);
      }
  });

  test("concat, fromCharCode, fromCodePoint", () => {
    for (const args of [[], ["a"], ["a", 1, null, undefined, true, [1, 2]]]) {
      const [ours, theirs] = both("String.prototype.concat", "x", args);
      expect(ours).toEqual(theirs);
    }
    for (const args of [[], [65], [65, 66.7, "67", -1, 65536 + 65], [0x1f600]]) {
      expect(both("String.fromCharCode", undefined, args)[0]).toEqual(both("String.fromCharCode", undefined, args)[1]);
      expect(both("String.fromCodePoint", undefined, args)[0]).toEqual(
        both("String.fromCodePoint", undefined, args)[1],
      );
    }
    for (const args of [[-1], [1.5], [0x110000], ["x"], [undefined]]) {
      expect(both("String.fromCodePoint", undefined, args)[0]).toEqual(
        both("String.fromCodePoint", undefined, args)[1],
      );
    }
  });

  test("localeCompare has the order of the host's", () => {
    for (const self of ["a", "b", "B", "ä", "z", "A", ""])
      for (const other of ["a", "b", "B", "ä", "z", "A", ""]) {
        const [ours, theirs] = both("String.prototype.localeCompare", self, [other]);
        expect(ours).toEqual(theirs);
      }
  });

  const word = fc.string({ unit: fc.constantFrom("a", "b", "$", "&", "1", "<"), maxLength: 8 });

  test("split, replace and replaceAll by texts", () => {
    fc.assert(
      fc.property(word, word, word, (text, part, replacement) => {
        expect(toHost(call("%splitText", "", fromHosts(text, part, undefined)))).toEqual(text.split(part));
        expect(call("%replaceText", "", fromHosts(text, part, replacement, false))).toEqual(
          text.replace(part, replacement),
        );
        expect(call("%replaceText", "", fromHosts(text, part, replacement, true))).toEqual(
          text.replaceAll(part, replacement),
        );
      }),
      { numRuns: 2000 },
    );
    for (const limit of NUMBERS) {
      expect(toHost(call("%splitText", "", fromHosts("a,b,c", ",", limit)))).toEqual(
        "a,b,c".split(",", limit as number),
      );
      expect(toHost(call("%splitText", "", fromHosts("abc", "", limit)))).toEqual("abc".split("", limit as number));
      expect(toHost(call("%splitText", "", fromHosts("abc", undefined, limit)))).toEqual(
        "abc".split(undefined as never, limit as number),
      );
    }
  });

  test("searching backwards for long parts", () => {
    const unit = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 260, maxLength: 300 });
    fc.assert(
      fc.property(unit, fc.array(unit, { maxLength: 3 }), fc.nat({ max: 900 }), (part, around, from) => {
        const text = around.join(part);
        expect(call("String.prototype.lastIndexOf", text, [part, from])).toBe(text.lastIndexOf(part, from));
      }),
    );
  });
});

function fromHosts(...values: unknown[]) {
  return values.map((value) => fromHost(value));
}

describe("URIs", () => {
  test.each(["encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent"])("%s", (name) => {
    for (const text of ["a b&c=d/ü😀?#", "%41%zz", "%", "%E4%BD%A0", "\ud800", "", "%2F%C3%BC", undefined, 5]) {
      const [ours, theirs] = both(name, undefined, [text]);
      expect(ours).toEqual(theirs);
    }
  });
});

describe("limits and work", () => {
  const HUGE = 2 ** 28;
  test.each<[string, unknown, unknown[]]>([
    ["String.prototype.repeat", "ab", [HUGE]],
    ["String.prototype.padStart", "ab", [HUGE]],
    ["String.prototype.padEnd", "ab", [HUGE, "xyz"]],
    ["Array.prototype.fill", [], []],
  ])("%s of what is too long", (name, self, args) => {
    if (name === "Array.prototype.fill") {
      expect(outcome(() => call("Array", fromHost(undefined), [HUGE]))).toEqual({
        error: "RangeError: Invalid array length",
      });
      return;
    }
    expect(
      outcome(() =>
        call(
          name,
          fromHost(self),
          args.map((arg) => fromHost(arg)),
        ),
      ),
    ).toEqual({
      error: "RangeError: Invalid string length",
    });
  });

  test("a replacement that stands for the text again and again", () => {
    const text = `${"x".repeat(2 ** 20)}y`;
    expect(outcome(() => call("%replaceText", "", [text, "y", "$`".repeat(1000), false]))).toEqual({
      error: "RangeError: Invalid string length",
    });
  });

  test.each<[string, unknown, unknown[]]>([
    ["String.prototype.toUpperCase", "x".repeat(50_000), []],
    ["String.prototype.indexOf", "x".repeat(50_000), ["y"]],
    ["String.prototype.trim", "x".repeat(50_000), []],
    ["String.prototype.repeat", "x", [50_000]],
    ["encodeURIComponent", undefined, ["x".repeat(50_000)]],
    ["parseInt", undefined, ["1".repeat(50_000)]],
    ["RegExp.prototype.test", /y/, ["x".repeat(50_000)]],
  ])("%s counts its units", (name, self, args) => {
    work.units = 0;
    call(
      name,
      fromHost(self),
      args.map((arg) => fromHost(arg)),
    );
    expect(work.units).toBeGreaterThanOrEqual(50_000);
    work.units = 0;
    work.values = 0;
  });

  test.each<[string, unknown, unknown[]]>([
    ["Array.prototype.slice", new Array(5000).fill(1), []],
    ["Array.prototype.indexOf", new Array(5000).fill(1), [2]],
    ["Array.prototype.includes", new Array(5000).fill("a"), ["b"]],
    ["Array.prototype.concat", new Array(5000).fill(1), [[1]]],
    ["Array.prototype.reverse", new Array(5000).fill(1), []],
    ["Object.keys", undefined, [Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i]))]],
  ])("%s counts its values", (name, self, args) => {
    const own = fromHost(self);
    const given = args.map((arg) => fromHost(arg));
    work.values = 0;
    call(name, own, given);
    expect(work.values).toBeGreaterThanOrEqual(5000);
    work.values = 0;
  });
});
