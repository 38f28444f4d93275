/** Built-ins on Arrays, Objects, Maps, Sets, RegExps, Dates and JSON, held against the host's own. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { objectOf, prototypeNamed } from "../../../src/js/host/make.ts";
import { copyValue } from "../../../src/values/copy.ts";
import { Tuple, type Value } from "../../../src/values/value.ts";
import { both, call, fromHost, outcome, toHost, useRealm } from "./values.ts";

beforeAll(useRealm);

function same(name: string, self: () => unknown, args: () => readonly unknown[]): void {
  const [ours, theirs] = [both(name, self(), args())[0], both(name, self(), args())[1]];
  expect(ours).toEqual(theirs);
}

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
const ARRAYS: (() => unknown[])[] = [
  () => [],
  () => [1],
  () => [1, 2, 3, 4, 5],
  () => ["a", 1, null, undefined, Number.NaN, "a", -0],
  () => [[1, [2, [3, [4]]]], 5],
];

describe("Array", () => {
  test.each(["pop", "shift", "reverse", "toReversed", "flat"])("%s", (name) => {
    for (const array of ARRAYS) same(`Array.prototype.${name}`, array, () => []);
  });

  test.each(["push", "unshift", "concat"])("%s", (name) => {
    for (const array of ARRAYS) {
      for (const args of [[], [1], [[1, 2]], [1, "x", null], [[], [[3]]]])
        same(`Array.prototype.${name}`, array, () => args);
    }
  });

  test.each(["slice", "at", "copyWithin", "flat", "with", "splice", "toSpliced"])("%s", (name) => {
    for (const array of ARRAYS) {
      for (const a of NUMBERS) {
        for (const b of NUMBERS) {
          if (name === "with" && a === undefined) continue;
          same(`Array.prototype.${name}`, array, () => [a, b]);
          same(`Array.prototype.${name}`, array, () => [a, b, 1]);
        }
        same(`Array.prototype.${name}`, array, () => [a]);
      }
      same(`Array.prototype.${name}`, array, () => [1, 1, "x", "y"]);
      if (name !== "with") same(`Array.prototype.${name}`, array, () => []);
    }
  });

  test.each(["indexOf", "lastIndexOf", "includes"])("%s", (name) => {
    for (const array of ARRAYS) {
      for (const value of [1, "a", null, undefined, Number.NaN, 0, -0, 5, "x"]) {
        for (const from of NUMBERS) same(`Array.prototype.${name}`, array, () => [value, from]);
        same(`Array.prototype.${name}`, array, () => [value]);
      }
    }
  });

  test("fill", () => {
    for (const array of ARRAYS)
      for (const a of NUMBERS) for (const b of NUMBERS) same("Array.prototype.fill", array, () => ["x", a, b]);
  });

  test("isArray, of, the constructor", () => {
    for (const value of [[], {}, "x", null, undefined, new Map()])
      same(
        "Array.isArray",
        () => undefined,
        () => [value],
      );
    for (const args of [[], [1], [3, "x"], ["3"], [[]]]) {
      same(
        "Array.of",
        () => undefined,
        () => args,
      );
      if (typeof args[0] !== "number" || args.length > 1)
        same(
          "Array",
          () => undefined,
          () => args,
        );
    }
    for (const length of [-1, 1.5, Number.NaN, 2 ** 32])
      same(
        "Array",
        () => undefined,
        () => [length],
      );
    expect(toHost(call("Array", fromHost(undefined), [3]))).toEqual([undefined, undefined, undefined]);
  });

  test("finds values that are no objects by value, all others by identity", () => {
    const [tuple, list] = [new Tuple([1, "a"]), [1] as Value[]];
    expect(call("Array.prototype.indexOf", [tuple], [new Tuple([1, "a"])])).toBe(0);
    expect(call("Array.prototype.includes", [list], [[1]])).toBe(false);
    expect(call("Array.prototype.indexOf", [0, list], [list])).toBe(1);
  });

  test("what joins", () => {
    const nested: unknown[] = [1, [2, [3, null]], undefined, "x"];
    nested.push(nested);
    expect(call("%quickJoin", "", [fromHost(nested), "-"])).toBe("1-2,3,--x-");
    expect(call("%quickJoin", "", [fromHost([{}, /a/g, new Date(0), new Map()]), ","])).toBe(
      `[object Object],/a/g,${new Date(0)},[object Map]`,
    );
  });

  test("frozen ones cannot be changed by methods", () => {
    const array = fromHost([1, 2]);
    call("Object.freeze", "", [array]);
    expect(call("Object.isFrozen", "", [array])).toBe(true);
    expect(outcome(() => call("Array.prototype.push", array, [1]))).toEqual({
      error: "TypeError: Cannot add property 2, object is not extensible",
    });
    expect(outcome(() => call("Array.prototype.pop", array, []))).toHaveProperty("error");
  });
});

const OBJECTS: (() => unknown)[] = [
  () => ({}),
  () => ({ b: 1, a: 2, 10: "x", 9: "y", "01": 0, "-1": 1 }),
  () =>
    Object.defineProperty({ seen: 1 }, "hidden", { value: 2, enumerable: false, writable: true, configurable: true }),
  () => Object.freeze({ a: 1 }),
  () => Object.seal({ a: 1 }),
  () => Object.preventExtensions({ a: 1 }),
  () => ["x", "y"],
  () => "text",
  () => 5,
];

describe("Object", () => {
  test.each(["keys", "getOwnPropertyNames", "getOwnPropertyDescriptors", "isFrozen", "isSealed", "isExtensible"])(
    "%s",
    (name) => {
      for (const object of OBJECTS) {
        if (!/Names|Descriptors/.test(name) || typeof object() === "object")
          same(
            `Object.${name}`,
            () => undefined,
            () => [closedAsHost(object())],
          );
      }
      if (!name.startsWith("is"))
        for (const value of [null, undefined])
          same(
            `Object.${name}`,
            () => undefined,
            () => [value],
          );
    },
  );

  test("getOwnPropertyDescriptor, hasOwn, propertyIsEnumerable", () => {
    for (const object of OBJECTS) {
      for (const key of ["a", "seen", "hidden", "9", 9, "length", "0", "none", "toString"]) {
        same(
          "Object.getOwnPropertyDescriptor",
          () => undefined,
          () => [object(), key],
        );
        same(
          "Object.hasOwn",
          () => undefined,
          () => [object(), key],
        );
        same("Object.prototype.hasOwnProperty", object, () => [key]);
        same("Object.prototype.propertyIsEnumerable", object, () => [key]);
      }
    }
  });

  test("is", () => {
    const values = [0, -0, Number.NaN, 1, "1", null, undefined, true];
    for (const a of values)
      for (const b of values)
        same(
          "Object.is",
          () => undefined,
          () => [a, b],
        );
  });

  test("defineProperty", () => {
    const descriptions = [
      {},
      { value: 1 },
      { value: 1, writable: true },
      { value: 2, enumerable: true },
      { writable: false },
      { enumerable: false },
      { configurable: false, value: 5 },
      5,
      undefined,
      { get: 5 },
      { get: undefined, value: 1 },
    ];
    for (const object of OBJECTS.slice(0, 6)) {
      for (const description of descriptions) {
        for (const key of ["a", "new", "hidden"]) {
          const run = (): unknown[] => {
            const target = object();
            const own = fromHost(target);
            const closed = closedLike(own, target);
            const ours = outcome(() => {
              call("Object.defineProperty", "", [closed, key, fromHost(description)]);
              return toHost(call("Object.getOwnPropertyDescriptors", "", [closed]));
            });
            const theirs = outcome(() => {
              Object.defineProperty(target as object, key, description as never);
              return Object.getOwnPropertyDescriptors(target);
            });
            return [ours, theirs];
          };
          const [ours, theirs] = run();
          expect(ours).toEqual(theirs);
        }
      }
    }
  });

  test("prototypes", () => {
    const plain = fromHost({});
    const inherited = call("%createWith", "", [plain]);
    expect(call("Object.getPrototypeOf", "", [inherited])).toBe(plain);
    expect(call("Object.prototype.isPrototypeOf", plain, [inherited])).toBe(true);
    expect(call("Object.prototype.isPrototypeOf", inherited, [plain])).toBe(false);
    expect(outcome(() => call("Object.setPrototypeOf", "", [plain, inherited]))).toEqual({
      error: "TypeError: Cyclic __proto__ value",
    });
    expect(outcome(() => call("Object.setPrototypeOf", "", [plain, 5]))).toEqual({
      error: "TypeError: Object prototype may only be an Object or null: 5",
    });
    const none = call("%createWith", "", [fromHost(null)]);
    expect(toHost(call("Object.getPrototypeOf", "", [none]))).toBe(null);
    const [ofObject, ofList] = [call("Object.getPrototypeOf", "", [plain]), call("Object.getPrototypeOf", "", [[]])];
    expect(toHost(call("Object.getPrototypeOf", "", [ofObject]))).toBe(null);
    expect(call("Object.getPrototypeOf", "", [ofList])).toBe(ofObject);
  });

  test("toString", () => {
    for (const value of [1, "x", true, null, undefined, [], {}, new Map(), new Date(0), /a/]) {
      same(
        "Object.prototype.toString",
        () => value,
        () => [],
      );
    }
  });

  test("for in", () => {
    const base = fromHost({ a: 1, shared: 2 });
    const derived = call("%createWith", "", [base]) as Value;
    call("%define", "", [derived, "own", 1]);
    call("%define", "", [derived, "shared", 1]);
    expect(call("%keysIn", "", [derived])).toEqual(["own", "shared", "a"]);
    expect(call("%keysIn", "", [fromHost(["x"])])).toEqual(["0"]);
    expect(call("%keysIn", "", [fromHost(null)])).toEqual([]);
  });

  test("delete and in", () => {
    const object = fromHost({ a: 1 });
    expect(call("%in", "", ["a", object])).toBe(true);
    expect(call("%in", "", ["toString", object])).toBe(true);
    expect(call("%delete", "", [object, "a"])).toBe(true);
    expect(call("%in", "", ["a", object])).toBe(false);
    expect(outcome(() => call("%in", "", ["a", 5]))).toEqual({
      error: "TypeError: Cannot use 'in' operator to search for 'a' in 5",
    });
    const frozen = call("Object.freeze", "", [fromHost({ a: 1 })]);
    expect(outcome(() => call("%delete", "", [frozen, "a"]))).toEqual({
      error: "TypeError: Cannot delete property 'a' of #<Object>",
    });
  });
});

/** Converting does not close objects. */
function closedLike(own: Value, like: unknown): Value {
  if (Object.isFrozen(like)) return call("Object.freeze", "", [own]);
  if (Object.isSealed(like)) return call("Object.seal", "", [own]);
  return Object.isExtensible(like) ? own : call("Object.preventExtensions", "", [own]);
}

/** Objects that are closed are not, once they are converted. */
function closedAsHost(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.defineProperties({}, Object.getOwnPropertyDescriptors({ ...value }))
    : value;
}

describe("Map and Set", () => {
  test("random operations are those of the host", () => {
    const key = fc.oneof(
      fc.constantFrom(0, -0, Number.NaN, "a", "1", 1, true, null, undefined),
      fc.integer({ max: 5 }),
    );
    const operation = fc.record({
      name: fc.constantFrom("set", "get", "has", "delete", "size", "clear"),
      key,
      value: fc.integer(),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
        const host = new Map<unknown, unknown>();
        const own = fromHost(host);
        for (const { name, key: one, value } of operations) {
          if (name === "size") {
            expect(call("get Map.prototype.size", own, [])).toBe(host.size);
          } else if (name === "clear") {
            if (value % 3 !== 0) continue;
            call("Map.prototype.clear", own, []);
            host.clear();
          } else {
            const result = call(`Map.prototype.${name}`, own, [fromHost(one), value]);
            const expected = (host as never)[name] as (...args: unknown[]) => unknown;
            const theirs = expected.call(host, one, value);
            if (name !== "set") expect(toHost(result)).toEqual(theirs);
          }
        }
        expect(toHost(own)).toEqual(host);
      }),
    );
  });

  test("iterators are live", () => {
    const own = fromHost(new Set([1, 2, 3]));
    const iterator = call("Set.prototype.values", own, []);
    const next = (): unknown => toHost(call("%SetIterator.prototype.next", iterator, []));
    expect(next()).toEqual({ value: 1, done: false });
    call("Set.prototype.delete", own, [2]);
    call("Set.prototype.add", own, [4]);
    expect([next(), next(), next()]).toEqual([
      { value: 3, done: false },
      { value: 4, done: false },
      { value: undefined, done: true },
    ]);
    call("Set.prototype.add", own, [5]);
    expect(next()).toEqual({ value: undefined, done: true });
  });

  test("an iterator that is copied goes on where the other is", () => {
    const own = fromHost(
      new Map([
        ["a", 1],
        ["b", 2],
        ["c", 3],
      ]),
    );
    const iterator = call("Map.prototype.keys", own, []);
    call("%MapIterator.prototype.next", iterator, []);
    const [copy, copiedMap] = (copyValue(new Tuple([iterator, own])) as Tuple).items;
    expect(copiedMap).not.toBe(own);
    call("Map.prototype.set", copiedMap, ["d", 4]);
    const rest = (one: Value): unknown[] => {
      const found: unknown[] = [];
      for (;;) {
        const { value, done } = toHost(call("%MapIterator.prototype.next", one, [])) as {
          value: unknown;
          done: boolean;
        };
        if (done) return found;
        found.push(value);
      }
    };
    expect([rest(iterator), rest(copy)]).toEqual([
      ["b", "c"],
      ["b", "c", "d"],
    ]);
  });

  test("values without an identity are keys by what they are", () => {
    const own = fromHost(new Map());
    call("Map.prototype.set", own, [new Tuple([1, "a"]), "first"]);
    expect(call("Map.prototype.get", own, [new Tuple([1, "a"])])).toBe("first");
    expect(call("Map.prototype.has", own, [new Tuple([1, "b"])])).toBe(false);
    call("Map.prototype.set", own, [new Tuple([1, "a"]), "second"]);
    expect(call("get Map.prototype.size", own, [])).toBe(1);
    expect(call("Map.prototype.delete", own, [new Tuple([1, "a"])])).toBe(true);
    expect(call("get Map.prototype.size", own, [])).toBe(0);
  });

  test("methods of the other are refused", () => {
    expect(outcome(() => call("Map.prototype.get", fromHost(new Set()), [1]))).toEqual({
      error: "TypeError: Method Map.prototype.get called on incompatible receiver #<Set>",
    });
  });
});

const PATTERNS: (() => RegExp)[] = [
  () => /a/,
  () => /a/g,
  () => /(?<x>\w)(\d)?/g,
  () => /^/gm,
  () => /x*/g,
  () => /b/y,
  () => /b/gy,
  () => /./gu,
  () => /(a)|(b)/,
  () => /$/g,
  () => /[,;]\s*/,
];
const SUBJECTS = ["", "abc", "a1b2,c3; d", "aaa", "b b", "😀x", "line\nline"];

describe("RegExp", () => {
  test("exec and test, again and again", () => {
    for (const pattern of PATTERNS) {
      for (const text of SUBJECTS) {
        const host = pattern();
        const own = fromHost(host) as Value & { $lastIndex: number };
        for (let i = 0; i < 4; i++) {
          const found = call("RegExp.prototype.exec", own, [text]);
          const theirs = host.exec(text);
          expect(toHost(found)).toEqual(theirs === null ? null : [...theirs]);
          if (theirs !== null) {
            const result = found as unknown as { $index: number; $input: string; $groups: Value };
            expect([result.$index, result.$input]).toEqual([theirs.index, theirs.input]);
            expect(toHost(result.$groups)).toEqual(theirs.groups === undefined ? undefined : { ...theirs.groups });
          }
          expect(own.$lastIndex).toBe(host.lastIndex);
        }
        expect(call("RegExp.prototype.test", own, [text])).toBe(host.test(text));
      }
    }
  });

  test("match, replace, split, search, matchAll", () => {
    for (const pattern of PATTERNS) {
      for (const text of SUBJECTS) {
        const of = (name: string, ...args: Value[]): unknown => toHost(call(name, "", args));
        const own = (): Value => fromHost(pattern());
        const match = text.match(pattern());
        expect(of("%match", own(), text)).toEqual(match === null ? null : [...match]);
        for (const replacement of ["-", "[$&]", "$1$2$3", "$<x>!", "$`|$'", "$$", "$0", "$10"]) {
          expect(of("%replacePattern", text, own(), replacement)).toBe(text.replace(pattern(), replacement));
        }
        for (const limit of [undefined, 0, 1, 2, -1]) {
          expect(of("%splitPattern", text, own(), fromHost(limit))).toEqual(text.split(pattern(), limit));
        }
        expect(of("%search", own(), text)).toBe(text.search(pattern()));
        if (pattern().global) {
          const iterator = call("%matchAll", "", [own(), text]);
          for (const expected of text.matchAll(pattern())) {
            expect(toHost(call("%RegExpStringIterator.prototype.next", iterator, []))).toEqual({
              value: [...expected],
              done: false,
            });
          }
          expect(toHost(call("%RegExpStringIterator.prototype.next", iterator, []))).toEqual({
            value: undefined,
            done: true,
          });
        }
      }
    }
  });

  test("the constructor, flags, errors", () => {
    for (const args of [["a", "g"], ["("], ["a", "gg"], ["a/b"], [""], [], [undefined, "i"]]) {
      const ours = outcome(() =>
        call(
          "RegExp.prototype.toString",
          call(
            "RegExp",
            fromHost(undefined),
            args.map((arg) => fromHost(arg)),
          ),
          [],
        ),
      );
      const theirs = outcome(() => String(new RegExp(...(args as [string]))));
      expect(ours).toEqual(theirs);
    }
    const own = fromHost(/a/gi);
    expect(call("get RegExp.prototype.flags", own, [])).toBe("gi");
    expect(call("get RegExp.prototype.source", own, [])).toBe("a");
    expect(call("get RegExp.prototype.sticky", own, [])).toBe(false);
    expect(call("RegExp", fromHost(undefined), [own])).toBe(own);
  });
});

const TIMES = [0, 1e12, -1e12, Number.NaN, 951782400000, 1709164799999, 8.64e15];

describe("Date", () => {
  const names = Object.getOwnPropertyNames(Date.prototype).filter((name) => /^(get|to(?!Temporal|JSON))/.test(name));

  test.each(names)("%s", (name) => {
    for (const time of TIMES) {
      const theirs = outcome(() => (new Date(time) as never as Record<string, () => unknown>)[name]());
      if (/Locale/.test(name)) continue;
      expect(outcome(() => call(`Date.prototype.${name}`, fromHost(new Date(time)), []))).toEqual(theirs);
    }
  });

  const setters = Object.getOwnPropertyNames(Date.prototype).filter(
    (name) => name.startsWith("set") && name !== "setYear",
  );

  test.each(setters)("%s", (name) => {
    for (const time of TIMES) {
      for (const args of [[5], [5, 3], [13, 40, 70, 2000], [Number.NaN], [], ["7"], [undefined], [-1]]) {
        const host = new Date(time);
        const own = fromHost(host);
        const ours = outcome(() =>
          call(
            `Date.prototype.${name}`,
            own,
            args.map((arg) => fromHost(arg)),
          ),
        );
        const theirs = outcome(() => (host as never as Record<string, (...args: unknown[]) => unknown>)[name](...args));
        expect(ours).toEqual(theirs);
        expect(call("Date.prototype.getTime", own, [])).toBe(host.getTime());
      }
    }
  });

  test("making them", () => {
    const make = (...args: unknown[]): unknown => {
      const fresh = objectOf(prototypeNamed("Date.prototype"));
      return (
        toHost(
          call(
            "Date",
            fresh,
            args.map((arg) => fromHost(arg)),
          ),
        ) as Date
      ).getTime();
    };
    for (const args of [
      [2020, 1],
      [99, 0],
      [2020, 0, 31, 25, 61, 61, 1001],
      ["2020-02-30"],
      ["2020-01-01T00:00:00Z"],
      ["x"],
      [null],
      [5],
      [true],
      [new Date(7)],
      [undefined],
    ]) {
      expect(make(...args)).toBe(new Date(...(args as [])).getTime());
    }
    expect(make()).toBe(1_700_000_000_000);
    expect(call("Date.now", fromHost(undefined), [])).toBe(1_700_000_000_000);
    for (const self of [undefined, {}, Object.freeze({})]) {
      expect(call("Date", fromHost(self), [])).toBe(new Date(1_700_000_000_000).toString());
    }
    for (const args of [[], [2020], [2020, 5, 1], [70, 0]]) {
      expect(both("Date.UTC", undefined, args)[0]).toEqual(both("Date.UTC", undefined, args)[1]);
    }
    for (const text of ["2020", "1 Jan 2000", "x", undefined])
      expect(both("Date.parse", undefined, [text])[0]).toEqual(both("Date.parse", undefined, [text])[1]);
  });
});

describe("JSON", () => {
  const stringify = (value: unknown, space?: unknown): unknown =>
    toHost(call("%stringify", "", [fromHost(value), call("%indent", "", [fromHost(space)])]));

  const VALUES = [
    1,
    -0,
    Number.NaN,
    'a"\n\ud800',
    null,
    undefined,
    true,
    [],
    {},
    [1, [2, []], {}],
    { a: undefined, b: () => 1, c: [undefined], d: { e: {} } },
    { 2: 1, 1: 2, z: 3 },
    new Date(0),
    new Date(Number.NaN),
    new Map([[1, 2]]),
    new Set([1]),
    /x/,
    Object.create(null),
    [new Error("x")],
  ];

  test.each(VALUES.map((value) => [value]))("stringify %j", (value) => {
    for (const space of [undefined, 0, 2, 20, "\t", "long indentation", "", -1, true]) {
      expect(stringify(value, space)).toEqual(JSON.stringify(value, null, space as number));
    }
  });

  test("circles", () => {
    const own: Record<string, unknown> = {};
    own["self"] = own;
    const list: unknown[] = [{ a: { b: {} } }];
    ((list[0] as { a: { b: Record<string, unknown> } }).a.b as Record<string, unknown>)["c"] = list;
    const far = { a: { b: { c: { d: { e: {} as Record<string, unknown> } } } } };
    far.a.b.c.d.e["f"] = far;
    const two: Record<string, unknown> = { x: {} };
    (two["x"] as Record<string, unknown>)["y"] = two;
    for (const value of [own, list, two, far, { deep: own }, [[two]]]) {
      expect(outcome(() => stringify(value))).toEqual(outcome(() => JSON.stringify(value)));
    }
  });

  test("random values there and back", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, "--"), (value, space) => {
        expect(stringify(value, space)).toBe(JSON.stringify(value, null, space));
        expect(toHost(call("%parseJson", "", [JSON.stringify(value)]))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test.each(["", "{", "[1,]", '{"a":1,}', "nul", "01", '"\n"', "{'a':1}", "[1 2]", "undefined"])(
    "parse refuses %j",
    (text) => {
      const theirs = outcome(() => JSON.parse(text));
      expect(outcome(() => call("%parseJson", "", [text]))).toEqual(theirs);
    },
  );

  test("a getter or toJSON is for the library", () => {
    expect(stringify({ toJSON: () => 1 })).toBe(false);
    expect(
      stringify({
        get a() {
          return 1;
        },
      }),
    ).toBe(false);
  });
});

describe("structuredClone", () => {
  test.each([
    [[1, { a: [2] }]],
    [new Map([[{ k: 1 }, new Set([1])]])],
    [new Date(5)],
    [/a/g],
    [{ a: undefined, b: null }],
    [5],
  ])("%#", (value) => {
    const own = fromHost(value);
    const clone = call("structuredClone", "", [own]);
    if (typeof own === "object") expect(clone).not.toBe(own);
    expect(toHost(clone)).toEqual(toHost(own));
  });

  test("circles stay, functions are refused", () => {
    const circle: unknown[] = [];
    circle.push(circle);
    const clone = call("structuredClone", "", [fromHost(circle)]) as Value[];
    expect(clone[0]).toBe(clone);
    expect(outcome(() => call("structuredClone", "", [fromHost({ f: () => 1 })]))).toHaveProperty("error");
  });
});

describe("Error", () => {
  test("message, cause, name, text", () => {
    const fresh = fromHost({});
    const error = call("TypeError", fresh, ["bad", fromHost({ cause: 5 })]) as Value & {
      $message: string;
      $cause: number;
    };
    expect([error.$message, error.$cause]).toEqual(["bad", 5]);
    const made = call("RangeError", fromHost(undefined), ["far"]);
    expect(call("%quickPrimitive", "", [made, "string"])).toBe("RangeError: far");
    expect(call("%quickPrimitive", "", [error, "default"])).toBe("Error: bad");
  });
});
