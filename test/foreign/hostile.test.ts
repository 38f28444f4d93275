/** The standard library with long arguments: what it charges for them, and the memory that it takes. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { ForeignContext } from "../../src/foreign/spec.ts";
import { STANDARD_LIBRARY } from "../../src/foreign/stdlib/index.ts";
import { Binary, FloatArray } from "../../src/values/bytes.ts";
import { createObject, type IonObject, nativeKey } from "../../src/values/object.ts";
import { inspect } from "../../src/values/print.ts";
import type { Value } from "../../src/values/value.ts";
import { UNITS_PER_REDUCTION } from "../../src/values/work.ts";
import { call } from "./call.ts";

const INFINITY = Number.POSITIVE_INFINITY;
const list = (n: number): Value[] => Array.from({ length: n }, (_, i) => (i * 7919) % 10_007);
const text = (n: number): string => "a,".repeat(n / 2);
const binary = (n: number): Binary => new Binary(new Uint8Array(n).fill(97));
const floats = (n: number): FloatArray => new FloatArray(new Float64Array(n));
function wide(n: number): IonObject {
  const made = createObject();
  for (let i = 0; i < n; i++) made[nativeKey(`k${i}`)] = i;
  return made;
}
const objects = (n: number): IonObject[] => Array.from({ length: n }, () => createObject());

/** Arguments of the size n for each function that says that it charges, and what else it asks for. */
type Row = (n: number) => readonly [args: Value[], given?: Partial<ForeignContext>];
const CHARGES: Readonly<Record<string, Row>> = {
  ArrayNew: (n) => [[n, 0]],
  ArraySlice: (n) => [[list(n), 0, INFINITY]],
  ArrayConcat: (n) => [[list(n), []]],
  ArrayInsert: (n) => [[list(n), 0, 1]],
  ArrayRemove: (n) => [[list(n), 0]],
  ArraySort: (n) => [[list(n)]],
  ArrayReverse: (n) => [[list(n)]],
  ArrayFill: (n) => [[list(n), 0, 0, INFINITY]],
  ArrayIndexOf: (n) => [[list(n), -1, 0]],
  ArrayJoin: (n) => [[list(n), ""]],
  BinaryFrom: (n) => [[new Array<Value>(n).fill(1)]],
  BinaryToArray: (n) => [[binary(n)]],
  BinaryConcat: (n) => [[binary(n), binary(0)]],
  TextEncode: (n) => [[text(n)]],
  TextDecode: (n) => [[binary(n)]],
  HexEncode: (n) => [[binary(n)]],
  HexDecode: (n) => [["a".repeat(n)]],
  Base64Encode: (n) => [[binary(n)]],
  Base64Decode: (n) => [["a".repeat(n)]],
  FloatsNew: (n) => [[n, 0]],
  FloatsFrom: (n) => [[list(n)]],
  FloatsToArray: (n) => [[floats(n)]],
  FloatsSlice: (n) => [[floats(n), 0, INFINITY]],
  FloatsFill: (n) => [[floats(n), 1, 0, INFINITY]],
  DateParse: (n) => [["2".repeat(n)]],
  Args: (n) => [[], { args: new Array<string>(n).fill("") }],
  Resource: (n) => [["x"], { resource: () => text(n) }],
  JsonParse: (n) => [[`"${text(n)}"`]],
  JsonFormat: (n) => [[list(n)]],
  Prototypes: (n) => [[call("SetPrototypes", [createObject(), objects(n)]).result!]],
  SetPrototypes: (n) => [[createObject(), objects(n)]],
  Keys: (n) => [[wide(n)]],
  Values: (n) => [[wide(n)]],
  Entries: (n) => [[wide(n)]],
  Freeze: (n) => [[wide(n)]],
  IsFrozen: (n) => [[wide(n)]],
  Print: (n) => [[text(n)]],
  PrintLn: (n) => [[text(n)]],
  PrintF: (n) => [["{}", text(n)]],
  Debug: (n) => [[text(n)]],
  Eprint: (n) => [[text(n)]],
  StrUpper: (n) => [[text(n)]],
  StrLower: (n) => [[text(n)]],
  StrConcat: (n) => [[text(n), "b"]],
  StrSplit: (n) => [[text(n), ","]],
  StrTrim: (n) => [[text(n)]],
  StrSlice: (n) => [[text(n), 0, INFINITY]],
  StrIndexOf: (n) => [[text(n), "x", 0]],
  StrContains: (n) => [[text(n), "x"]],
  StrStartsWith: (n) => [[text(n), text(n)]],
  StrEndsWith: (n) => [[text(n), text(n)]],
  StrReplace: (n) => [[text(n), "x", ""]],
  StrPadStart: (n) => [["", n, "ab"]],
  StrPadEnd: (n) => [["", n, "ab"]],
  StrCodePoints: (n) => [[text(n)]],
  StrFromCodePoints: (n) => [[new Array<Value>(n).fill(97)]],
  ParseNumber: (n) => [["7".repeat(n), 10]],
  Env: (n) => [["x"], { permit: () => {}, system: { variable: () => text(n) } as unknown as ForeignContext["system"] }],
  ToString: (n) => [[list(n)]],
  ToNumber: (n) => [["7".repeat(n)]],
};

/** Tested where the processes are that they need. */
const OF_PROCESSES = /^(Exit|SpawnLink|SpawnMonitor|Monitor|Demonitor|ProcessInfo|SendAfter)$/;

const CHARGING = STANDARD_LIBRARY.filter((spec) => spec.charge !== undefined && "run" in spec)
  .map(({ name }) => name)
  .filter((name) => !OF_PROCESSES.test(name));

describe("what is long is charged for", () => {
  it("each function that says so has a row", () => {
    expect(Object.keys(CHARGES).sort()).toEqual([...CHARGING].sort());
  });

  test.each(CHARGING)("%s", (name) => {
    const charge = (n: number): number => {
      const [args, given] = CHARGES[name](n);
      const outcome = call(name, args, given);
      // Long numbers are no times, and some texts no bytes: that it says so takes as long.
      expect(outcome.result ?? outcome.failure).toBeDefined();
      return outcome.charge;
    };
    const long = charge(100_000);
    expect(charge(10)).toBeLessThan(3);
    // At the least a reduction for a thousand units, of which two bytes are one.
    expect(long).toBeGreaterThanOrEqual(Math.floor(100_000 / 2 / UNITS_PER_REDUCTION));
    // And in proportion: a sort takes no more than the logarithm beyond it.
    expect(charge(200_000)).toBeLessThan(2.3 * long);
  });

  it("a sort of long texts by what it compares", () => {
    const texts = (count: number): Value[] => Array.from({ length: count }, (_, i) => `${"x".repeat(1_024)}${i % 10}`);
    const few = call("ArraySort", [texts(2)]).charge;
    const many = call("ArraySort", [texts(1_024)]).charge;
    expect(many / 1_024).toBeGreaterThan(4 * (few / 2));
  });

  it("what fails in the middle has been charged for", () => {
    const long = "x".repeat(1_000_000);
    const { failure, charge } = call("ArrayJoin", [new Array<Value>(300).fill(long), ""]);
    expect(failure).toMatch(/system_limit, :string/);
    expect(charge).toBeGreaterThan(200_000);
  });
});

describe("the limits of texts", () => {
  test.each<[string, Value[], RegExp]>([
    ["StrPadStart", ["", 2 ** 28 - 1, "a".repeat(2 ** 28 - 2)], /^"a/],
    ["StrPadStart", ["", 2 ** 28, "a".repeat(2 ** 28 - 2)], /system_limit, :string/],
    ["StrPadEnd", ["7", 4, "abcdefgh"], /^"7abc"$/],
    ["StrPadEnd", ["7", 6, "ab"], /^"7ababa"$/],
    ["ParseNumber", ["0".repeat(2_000).concat("12"), 3], /^5$/],
    ["ParseNumber", [`-${"1".repeat(2_000)}`, 36], /^-Infinity$/],
    ["ParseNumber", ["+", 10], /^undefined$/],
    ["ParseNumber", ["1:", 36], /^undefined$/],
    ["ParseNumber", ["1@", 36], /^undefined$/],
    ["ParseNumber", ["zZ", 36], /^1295$/],
    ["HexDecode", ["0g"], /two hexadecimal digits/],
    ["HexDecode", ["0@"], /two hexadecimal digits/],
    ["HexDecode", ["\u0130a"], /two hexadecimal digits/],
    ["Base64Decode", ["===="], /It is no base64/],
    ["Base64Decode", ["A==="], /It is no base64/],
    ["Base64Decode", ["\u0141AAA"], /It is no base64/],
  ])("%s %#", (name, args, expected) => {
    const { result, failure } = call(name, args);
    expect(failure ?? inspect(result!)).toMatch(expected);
  });
});

describe("JSON", () => {
  const accepted = (json: string): boolean => {
    try {
      JSON.parse(json);
      return true;
    } catch {
      return false;
    }
  };
  /** JSON with a change somewhere, which is seldom JSON any more. */
  const damaged = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom("", ",", "]", "}", '"', "\\", "0", "-", ".", "e1", "\u0001", " ", "\\u12"),
    )
    .map(([json, at, piece]) => {
      const cut = at % (json.length + 1);
      return json.slice(0, cut) + piece + json.slice(cut + (piece === "" ? 1 : 0));
    });

  it("is what the host takes for it, and the same", () => {
    fc.assert(
      fc.property(damaged, (json) => {
        const { result, failure } = call("JsonParse", [json]);
        if (!accepted(json)) expect(failure).toMatch(/^Runtime error: No JSON: /);
        else
          expect(JSON.parse(call("JsonFormat", [result!]).result as string)).toEqual(
            JSON.parse(JSON.stringify(JSON.parse(json))),
          );
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['{"b": 1, "1": 2}', '{b: 1, "1": 2}'],
    ['{"a": 1, "b": 2, "a": 3}', "{a: 3, b: 2}"],
    [" [ -0 , 1e400 , 123456789012345678 , 0.1e-2 ] ", "[0, Infinity, 123456789012345680, 0.001]"],
    ['{"__proto__": {"constructor": 1}, "": []}', '{__proto__: {constructor: 1}, "": []}'],
    ['"\\ud800\\n\\"\\u0041\\/"', '"\\ud800\\n\\"A/"'],
    ['"\u2028\u007f"', null],
  ])("%s", (json, expected) => {
    const { result } = call("JsonParse", [json]);
    if (expected === null) expect(result).toBe(JSON.parse(json));
    else expect(inspect(result!)).toBe(expected);
  });

  test.each([
    "[1,]",
    "[,1]",
    "{,}",
    '{"a"}',
    '{"a":}',
    "{a: 1}",
    "[1 2]",
    "01",
    "-",
    "1.",
    ".5",
    "1e",
    "+1",
    "tru",
    "nul",
    "'a'",
    '"a',
    '"\n"',
    '"\\x"',
    '"\\',
    "[",
    "]",
    "[}",
    "\u00a0 1",
    "1 1",
    "",
  ])("%j is none", (json) => {
    expect(call("JsonParse", [json]).failure).toMatch(/^Runtime error: No JSON: /);
  });
});

describe("memory", () => {
  it("texts of tens of millions of units need no more than a few times their size", async () => {
    const entry = `
      import { ForeignRegistry } from "./src/foreign/registry.ts";
      import { STANDARD_LIBRARY } from "./src/foreign/stdlib/index.ts";
      import { Binary } from "./src/values/bytes.ts";
      const registry = new ForeignRegistry(STANDARD_LIBRARY);
      const call = (name, ...args) => registry.get(name).call(args, {});
      const n = 12_000_000;
      const bytes = new Binary(new Uint8Array(n).fill(97));
      const lengths = [
        call("Base64Encode", bytes).length,
        call("HexEncode", bytes).length,
        call("StrFromCodePoints", new Array(n).fill(97)).length,
        call("JsonFormat", new Array(n / 2).fill(1)).length,
        call("ArrayJoin", new Array(n / 2).fill(1), ",").length,
        call("JsonParse", "[" + "[],".repeat(n / 24) + "1]").length,
      ];
      console.log(JSON.stringify(lengths));`;
    const root = join(import.meta.dirname, "../..");
    const { outputFiles } = await build({
      stdin: { contents: entry, resolveDir: root, loader: "ts" },
      bundle: true,
      platform: "node",
      format: "esm",
      write: false,
    });
    // What grows by piece after piece takes thirty bytes for each: no room for that.
    const out = execFileSync(process.execPath, ["--max-old-space-size=250", "--input-type=module"], {
      input: outputFiles[0].text,
      encoding: "utf8",
    });
    expect(JSON.parse(out)).toEqual([16_000_000, 24_000_000, 12_000_000, 12_000_001, 11_999_999, 500_001]);
  });
});
