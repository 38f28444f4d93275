import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { Atom, atom } from "../../src/values/atom.ts";
import { Binary } from "../../src/values/bytes.ts";
import { equals, equalsPattern, lessOrEqual, lessThan, same } from "../../src/values/equality.ts";
import { FunctionValue } from "../../src/values/function.ts";
import { createObject, type IonObject, ownKeys } from "../../src/values/object.ts";
import { Complex, Tagged, Tuple, type Value } from "../../src/values/value.ts";
import { settleWork, work } from "../../src/values/work.ts";
import { arbitraryGraph } from "./graph.ts";

beforeEach(() => {
  settleWork();
});

/** The specification's relations, over all pairs at once: the largest set of pairs in which every pair's parts are pairs. */
type Relation = "equal" | "same" | "pattern";

function model(nodes: readonly Value[], relation: Relation): (a: Value, b: Value) => boolean {
  const all: Value[] = [];
  const seen = new Map<Value, number>();
  const reach = (value: Value): void => {
    if (typeof value === "object" && seen.has(value)) return;
    if (typeof value === "object") seen.set(value, all.length);
    all.push(value);
    for (const part of parts(value)) reach(part);
  };
  for (const node of nodes) reach(node);
  // Both relations, since functions inside an equality are compared by identity.
  const related = new Map<string, boolean>();
  const key = (mode: Relation, a: Value, b: Value): string => `${mode} ${name(a)} ${name(b)}`;
  const name = (value: Value): string => {
    if (typeof value === "object") return `#${seen.get(value)}`;
    return `${typeof value} ${Object.is(value, -0) ? "-0" : String(value)}`;
  };
  const modes: Relation[] = relation === "same" ? ["same"] : [relation, "same"];
  for (const mode of modes) {
    for (const a of all) for (const b of all) related.set(key(mode, a, b), true);
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const mode of modes) {
      for (const a of all) {
        for (const b of all) {
          const pair = key(mode, a, b);
          if (related.get(pair) && !step(a, b, mode, (x, y, m) => related.get(key(m, x, y))!)) {
            related.set(pair, false);
            changed = true;
          }
        }
      }
    }
  }
  return (a, b) => related.get(key(relation, a, b))!;
}

function parts(value: Value): readonly Value[] {
  if (typeof value !== "object") return [];
  if (Array.isArray(value)) return value;
  if (value instanceof Tuple) return value.items;
  if (value instanceof Tagged) return [value.payload];
  if (value instanceof FunctionValue) return [...value.captured, value.self];
  if (value.kind === "Object") return ownKeys(value).map((key) => value[key]);
  return [];
}

function text(value: Value): string | undefined {
  if (typeof value === "string") return value;
  return value instanceof Atom ? value.name : undefined;
}

/** One step: do the values agree, given what is known of their parts? */
function step(a: Value, b: Value, mode: Relation, known: (a: Value, b: Value, mode: Relation) => boolean): boolean {
  if (mode === "equal" && text(a) !== undefined && text(b) !== undefined) return text(a) === text(b);
  if (typeof a !== "object" || typeof b !== "object") return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b)) return false;
    if (mode === "same") return a === b;
    return a.length === b.length && a.every((item, i) => known(item, b[i], mode));
  }
  if (a instanceof Binary && b instanceof Binary) return String(a.bytes) === String(b.bytes);
  if (a instanceof Complex && b instanceof Complex) return a.re === b.re && a.im === b.im;
  if (a instanceof Tuple && b instanceof Tuple) {
    return a.items.length === b.items.length && a.items.every((item, i) => known(item, b.items[i], mode));
  }
  if (a instanceof Tagged && b instanceof Tagged) return a.tag === b.tag && known(a.payload, b.payload, mode);
  if (a instanceof FunctionValue && b instanceof FunctionValue) {
    return (
      a.code === b.code &&
      a.captured.length === b.captured.length &&
      a.captured.every((item, i) => known(item, b.captured[i], "same")) &&
      known(a.self, b.self, "same")
    );
  }
  if (a.kind === "Object" && b.kind === "Object") {
    if (mode === "same") return a === b;
    const keys = ownKeys(a);
    return (
      keys.length === ownKeys(b).length && keys.every((key) => Object.hasOwn(b, key) && known(a[key], b[key], mode))
    );
  }
  return a === b;
}

const RELATIONS: readonly (readonly [Relation, (a: Value, b: Value) => boolean])[] = [
  ["equal", equals],
  ["same", same],
  ["pattern", equalsPattern],
];

describe.each(RELATIONS)("%s", (relation, compare) => {
  it("agrees with a naive model on random graphs, all pairs of them", () => {
    fc.assert(
      fc.property(arbitraryGraph({ full: false }), (nodes) => {
        const expected = model(nodes, relation);
        for (const a of nodes) for (const b of nodes) expect(compare(a, b)).toBe(expected(a, b));
      }),
      { numRuns: 300 },
    );
  });

  it("agrees with the model where so much is compared that pairs are remembered", () => {
    fc.assert(
      fc.property(arbitraryGraph({ full: false }), fc.nat(3), (nodes, pick) => {
        const expected = model(nodes, relation);
        // A long prefix of pairs that are the same: the pair in question comes late, in the same comparison.
        const filler = Array.from({ length: 150 }, (_, i) => new Tuple([i]));
        const [a, b] = [nodes[pick % nodes.length], nodes[(pick + 1) % nodes.length]];
        const left = new Tuple([a, new Tuple([a, b]), ...filler]);
        const right = new Tuple([b, new Tuple([b, b]), ...filler]);
        expect(compare(left, right)).toBe(expected(a, b) && expected(b, b));
      }),
      { numRuns: 300 },
    );
  });
});

describe("shared structure", () => {
  /** Each level holds the one below twice. */
  function doubled(depth: number, bottom: Value): Value {
    let value = bottom;
    for (let i = 0; i < depth; i++) value = [value, value];
    return value;
  }

  it("costs in proportion to its size, not to what it would be written out", () => {
    const depth = 10_000;
    expect(equals(doubled(depth, 1), doubled(depth, 1))).toBe(true);
    // The first parts are compared without memory: a constant on top of two for each level.
    expect(work.values).toBeLessThan(2 * depth + 1_000);
  });

  it("a difference at the bottom is found", () => {
    expect(equals(doubled(10_000, 1), doubled(10_000, 2))).toBe(false);
    expect(equals(doubled(10_000, Number.NaN), doubled(10_000, Number.NaN))).toBe(false);
  });

  it("costs in proportion to its size where it is wide too", () => {
    const wide = (): Value => {
      const inner = Array.from({ length: 10_000 }, (_, i) => i);
      return Array.from({ length: 100 }, () => inner);
    };
    expect(equals(wide(), wide())).toBe(true);
    expect(work.values).toBeLessThan(3 * 10_100);
  });
});

describe("work", () => {
  const ROWS: readonly (readonly [what: string, a: Value, b: Value, values: number, units: number])[] = [
    ["two numbers", 1, 1, 1, 0],
    ["a number and a text", 1, "1", 1, 0],
    ["texts of one length", "abc", "abd", 1, 3],
    ["texts of different length", "abc", "abcd", 1, 0],
    ["an atom and a text", atom("abc"), "abc", 1, 3],
    ["arrays", [1, 2, 3], [1, 2, 3], 4, 0],
    ["arrays that differ in the first", [0, 2, 3], [1, 2, 3], 2, 0],
    ["arrays of different length", [1, 2, 3], [1, 2], 1, 0],
    ["a tuple in an array", [new Tuple([1, "x"])], [new Tuple([1, "x"])], 4, 1],
  ];

  it.each(ROWS)("%s", (_, a, b, values, units) => {
    equals(a, b);
    expect(work).toEqual({ values, units });
  });

  it("order counts the units that both have", () => {
    lessThan("abc", "abcdef");
    expect(work.units).toBe(3);
    lessOrEqual(atom("ab"), atom("b"));
    expect(work.units).toBe(4);
    lessThan("abc", atom("abc"));
    lessThan(1, 2);
    expect(work.units).toBe(4);
  });
});

describe("order", () => {
  const CLASSES: readonly (readonly Value[])[] = [
    [Number.NEGATIVE_INFINITY, -1, -0, 0, 5e-324, 1, 10, Number.POSITIVE_INFINITY],
    ["", "10", "9", "A", "a", "aa", "b", "\ud83d\ude00", "\uffff"],
    ["", "10", "9", "A", "a", "aa", "b", "\ud83d\ude00", "\uffff"].map(atom),
  ];

  it("is the order of each list, and none between the lists", () => {
    const others: Value[] = [true, false, new Complex(1, 0), new Tuple([1]), [1], createObject(), Number.NaN];
    CLASSES.forEach((list, i) => {
      list.forEach((a, j) => {
        list.forEach((b, k) => {
          const zeros = a === 0 && b === 0;
          expect(lessThan(a, b)).toBe(j < k && !zeros);
          expect(lessOrEqual(a, b)).toBe(j <= k || zeros);
        });
        for (const b of [...CLASSES.filter((_, other) => other !== i).flat(), ...others]) {
          expect([lessThan(a, b), lessThan(b, a), lessOrEqual(a, b), lessOrEqual(b, a)]).toEqual(Array(4).fill(false));
        }
      });
    });
    for (const other of others) expect([lessThan(other, other), lessOrEqual(other, other)]).toEqual([false, false]);
  });
});

describe("objects", () => {
  it("neither attributes nor prototypes nor being closed count", () => {
    const plain = createObject();
    plain["$a"] = 1;
    const other = createObject([createObject()]);
    Object.defineProperty(other, "$a", { value: 1 });
    Object.preventExtensions(other);
    expect(equals(plain, other)).toBe(true);
    expect(same(plain, other)).toBe(false);
  });

  it("an inherited member is no own one", () => {
    const base = createObject();
    base["$a"] = 1;
    const heir: IonObject = createObject([base]);
    const own = createObject();
    own["$a"] = 1;
    expect(equals(heir, own)).toBe(false);
    expect(equals(own, heir)).toBe(false);
  });
});
