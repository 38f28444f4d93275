/** What `console.log` prints, held against Node's. */
import { format, formatWithOptions, inspect as nodeInspect } from "node:util";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { formatLog } from "../../../src/js/host/inspect/format.ts";
import { inspect } from "../../../src/js/host/inspect/inspect.ts";
import { call, fromHost, output, useRealm } from "./values.ts";

beforeAll(useRealm);

function withStack(error: Error, stack: string | undefined): Error {
  Object.defineProperty(error, "stack", { value: stack, configurable: true, writable: true, enumerable: false });
  return error;
}

const circular: Record<string, unknown> = { name: "ring", list: [] };
circular["self"] = circular;
(circular["list"] as unknown[]).push(circular, { circular });
const ring: unknown[] = [1];
ring.push(ring, [ring]);
const nested = new Map<unknown, unknown>([["map", new Map([["deep", new Map([["deeper", new Map([[1, 2]])]])]])]]);
const boo = withStack(new Error("boo"), "Error: boo\n    at main (app.js:1:2)");
const coded = withStack(Object.assign(new TypeError("bad"), { code: 5 }), "TypeError: bad\n    at f (app.js:3:4)");

const VALUES: readonly unknown[] = [
  0,
  -0,
  Number.NaN,
  1e21,
  1.5,
  true,
  undefined,
  null,
  "",
  "plain",
  "it's",
  'say "hi"',
  `it's "x"`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a text
  "a`'\"${x}",
  "a\nb\tc\\d\u0001\u007f\u0085\ud800x",
  "x".repeat(200),
  "line one\nline two".repeat(10),
  "x".repeat(10_001),
  "x".repeat(10_005),
  Symbol.iterator,
  Symbol("ok"),
  [],
  {},
  [undefined, null, -0],
  [[]],
  [{}],
  { a: {} },
  { a: { b: { c: { d: 1 } } } },
  { a: { b: { c: {} } } },
  [[[[1]]]],
  [[[[]]]],
  { "a-b": 1, "c d": 2, 3: 1, 1: 2, é: 1, $x: 1, __proto__x: 1, "it's": 1, "": 1 },
  Object.defineProperty({}, "__proto__", { value: 1, enumerable: true }),
  Object.defineProperty({ a: 1 }, "hidden", { value: 1, enumerable: false }),
  Object.create(null),
  Object.assign(Object.create(null), { a: 1, b: [Object.create(null)] }),
  { [Symbol.iterator]: 1 },
  {
    get a() {
      return 1;
    },
    set a(_v) {},
    get b() {
      return 1;
    },
    set c(_v: number) {},
  },
  circular,
  ring,
  { ring, circular },
  new Map(),
  new Set(),
  new Map<unknown, unknown>([
    ["a", 1],
    [{ b: 1 }, [1, 2]],
    [[1], new Set([1])],
  ]),
  new Set<unknown>([1, "a", { a: [1] }, new Map([[1, 2]])]),
  nested,
  [nested, new Set([new Set([new Set([new Set([1])])])])],
  Object.assign(new Map([[1, 2]]), { extra: "x" }),
  new Date(0),
  new Date(Number.NaN),
  [new Date(1e12)],
  Object.assign(new Date(0), { x: 1 }),
  /a/g,
  [/b[c]/imsuy],
  Object.assign(/x/, { y: 1 }),
  "abcabc".match(/(?<x>b)(d)?/),
  /(?<y>a)/d.exec("xa"),
  boo,
  [boo],
  { boo },
  { a: { b: { c: boo } } },
  coded,
  [[[coded]]],
  [[[[coded]]]],
  withStack(new TypeError("with cause", { cause: boo }), "TypeError: with cause\n    at g (app.js:1:1)"),
  withStack(new Error("with text", { cause: "text" }), "Error: with text\n    at g (app.js:1:1)"),
  withStack(new Error("no stack"), "Error: no stack"),
  withStack(new Error(""), undefined),
  withStack(new RangeError(""), ""),
  withStack(Object.assign(new Error("renamed"), { name: "Named" }), "Error: renamed\n    at x"),
  withStack(Object.assign(new Error("renamed"), { name: "NamedError" }), "Error: renamed\n    at x"),
  withStack(new AggregateError([boo, 1], "many"), "AggregateError: many\n    at x"),
  withStack(new Error("two\nlines"), "Error: two\nlines\n    at x"),
  [withStack(new Error("two\nlines"), "Error: two\nlines\n    at x")],
  new Array(100).fill(7),
  new Array(101).fill(1),
  new Array(250).fill("abc"),
  new Set(Array.from({ length: 102 }, (_, i) => i)),
  new Map(Array.from({ length: 101 }, (_, i) => [i, i])),
  [1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 100],
  [-1, 22, -333, 4444, 5, 6, 7, 8, 9, 1e21, 0.1, -0],
  ["apple", "banana", "cherry", "dates", "eggs", "figs", "grape"],
  Array.from({ length: 30 }, (_, i) => "x".repeat(i)),
  Array.from({ length: 27 }, (_, i) => ({ i })),
  Array.from({ length: 10 }, (_, i) => [i, i * 2]),
  ["日本", "語", "한국어", "e\u0301", "ｗｉｄｅ", "😀", "a", "b"],
  Object.assign([1, 2, 3, 4, 5, 6, 7, 8], { extra: 1 }),
  { long: "x".repeat(72) },
  { long: "x".repeat(60), other: 1 },
  { a: "aaaaaaaaaaaaaaaaaaaaaaaaa", b: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", c: "c".repeat(9) },
  { a: "aaaaaaaaaaaaaaaaaaaaaaaaa", b: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", c: "c".repeat(10) },
  { a: [{ b: [{ c: 1 }] }], x: { y: { z: {} } } },
  { a: { b: { c: 1 } }, d: 1 },
  [[["a", "b"], ["c"]], [["d"]]],
  {
    users: [
      { name: "Ann", tags: ["x", "y"] },
      { name: "Bob", tags: [] },
    ],
    total: 2,
    next: null,
  },
];

describe("values", () => {
  test.each(VALUES.map((value, i) => [i, nodeInspect(value).slice(0, 60), value] as const))(
    "%i %s",
    (_i, _t, value) => {
      expect(inspect(fromHost(value))).toBe(nodeInspect(value));
    },
  );

  test.each(VALUES.map((value, i) => [i, value] as const))(
    "%i with what is hidden, in an object, in a list",
    (_i, value) => {
      expect(inspect(fromHost({ value }))).toBe(nodeInspect({ value }));
      expect(inspect(fromHost([value, 1]))).toBe(nodeInspect([value, 1]));
      expect(inspect(fromHost(new Map([[value, value]])))).toBe(nodeInspect(new Map([[value, value]])));
    },
  );

  const anything = fc.anything({ withDate: true, withMap: true, withSet: true, withNullPrototype: true, maxDepth: 5 });

  test("random ones", () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(inspect(fromHost(value))).toBe(nodeInspect(value));
      }),
      { numRuns: 1500 },
    );
  });

  test("random lists", () => {
    const element = fc.oneof(fc.integer(), fc.double(), fc.string({ maxLength: 12 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(element, { minLength: 5, maxLength: 120 }), (value) => {
        expect(inspect(fromHost(value))).toBe(nodeInspect(value));
        expect(inspect(fromHost({ deep: { value } }))).toBe(nodeInspect({ deep: { value } }));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.double()), { minLength: 7, maxLength: 110 }), (value) => {
        expect(inspect(fromHost(value))).toBe(nodeInspect(value));
      }),
    );
  });
});

const LOGS: readonly (readonly unknown[])[] = [
  [],
  ["text"],
  ["100%", 1],
  ["%s is %d years and %i", "Bob", 42.5, "42.9px", "extra", { a: 1 }],
  ["%f|%f|%d|%i", "1.5x", "x", "x", "x"],
  ["%j %j %j", { a: [1, "x"] }, undefined, circular],
  ["%o", { a: [1, { b: 2 }] }],
  ["%O", { a: { b: { c: { d: 1 } } } }],
  ["%o", [1, 2]],
  ["%c styled", "color: red"],
  ["%% %s %%", 1],
  ["%%", 1],
  ["%s"],
  ["%s %s", 1],
  ["%x %s", 1, 2],
  ["%", 1],
  ["%s", { a: { b: 1 } }],
  ["%s", [1, [2, [3]]]],
  ["%s %s %s %s", null, undefined, true, -0],
  ["%s", new Date(0)],
  ["%s", boo],
  ["%s", Symbol("x")],
  ["%d", -0],
  ["%d %d", [], [5]],
  ["%s", Object.create(null)],
  [1, "a", [1], { a: "b" }, null],
  [{ a: "%s" }, "%s", 1],
  ["a\nb", ["a\nb"]],
];

describe("arguments of console.log", () => {
  test.each(LOGS.map((args) => [format(...args), args] as const))("%s", (_shown, args) => {
    expect(formatLog(args.map((arg) => fromHost(arg)))).toBe(format(...args));
  });

  test("random formats", () => {
    const piece = fc.constantFrom("%s", "%d", "%i", "%f", "%j", "%O", "%c", "%%", "%", "x", " ", "%q");
    const formats = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
    const value = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.string(),
      fc.constant(null),
      fc.constant(undefined),
      fc.array(fc.integer()),
    );
    fc.assert(
      fc.property(formats, fc.array(value, { maxLength: 5 }), (text, args) => {
        expect(formatLog([text, ...args.map((arg) => fromHost(arg))])).toBe(formatWithOptions({}, text, ...args));
      }),
      { numRuns: 500 },
    );
  });
});

describe("console", () => {
  function printed(run: () => void): typeof output {
    output.stdout = "";
    output.stderr = "";
    run();
    return { ...output };
  }
  const on = (name: string, ...args: unknown[]): void => {
    call(
      `console.${name}`,
      fromHost(undefined),
      args.map((arg) => fromHost(arg)),
    );
  };

  test("groups are indented, each process by itself", () => {
    const text = printed(() => {
      on("log", "a");
      on("group", "G", 1);
      on("log", { a: 1 }, "x\ny");
      on("group");
      on("error", "deep\nlines");
      on("groupEnd");
      on("groupEnd");
      on("groupEnd");
      on("log", "out");
    });
    expect(text).toEqual({ stdout: "a\nG 1\n  { a: 1 } x\n  y\nout\n", stderr: "    deep\n    lines\n" });
  });

  test("assert, count, time", () => {
    const text = printed(() => {
      on("assert", true, "no");
      on("assert", false);
      on("assert", 0, "it is %d", 5);
      on("assert", null, { a: 1 });
      on("count");
      on("count", "x");
      on("count");
      on("countReset");
      on("count");
      on("time");
      on("timeEnd");
    });
    expect(text).toEqual({
      stdout: "default: 1\nx: 1\ndefault: 2\ndefault: 1\ndefault: 0ms\n",
      stderr: "Assertion failed\nAssertion failed: it is 5\nAssertion failed: { a: 1 }\n",
    });
  });

  test.each<[unknown, unknown?]>([
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      [
        { a: 1, b: "x" },
        { b: "yy", c: true },
      ],
    ],
    [{ first: { a: 1 }, second: 5 }],
    [[1, "two", { three: 3 }]],
    [[{ a: 1, b: 2 }], ["b"]],
    [new Map([["k", 1]])],
    [new Set(["a", 1])],
    [5],
    [[]],
    [[{ a: { deep: 1 } }]],
  ])("table %#", async (...args) => {
    const { Console } = await import("node:console");
    const { Writable } = await import("node:stream");
    let expected = "";
    const stdout = new Writable({
      write(chunk, _encoding, done) {
        expected += String(chunk);
        done();
      },
    });
    new Console({ stdout }).table(...(args as [unknown, string[]]));
    expect(printed(() => on("table", ...args)).stdout).toBe(expected);
  });
});
