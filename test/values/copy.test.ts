import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { ProgramError } from "../../src/errors.ts";
import { atom } from "../../src/values/atom.ts";
import { copyValue, partsOf } from "../../src/values/copy.ts";
import { FunctionValue } from "../../src/values/function.ts";
import {
  createObject,
  IonObject,
  isFrozen,
  type NativeKey,
  ownKeys,
  ownProperty,
  prototypesOf,
  setProperty,
  setPrototypes,
} from "../../src/values/object.ts";
import { inspect } from "../../src/values/print.ts";
import { MOST_SMALL_PARTS } from "../../src/values/small-copy.ts";
import { Complex, Tagged, Tuple, Undefined, type Value } from "../../src/values/value.ts";
import { settleWork, work } from "../../src/values/work.ts";
import { arbitraryGraph, CODE_F } from "./graph.ts";

beforeEach(() => {
  settleWork();
});

function reachable(root: Value): Set<Value> {
  const seen = new Set<Value>();
  const open: Value[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || seen.has(value)) continue;
    seen.add(value);
    open.push(...partsOf(value));
  }
  return seen;
}

/** By the letter: what a program could change. */
function isMutable(value: Value): boolean {
  return Array.isArray(value) || (value instanceof IonObject && !isFrozen(value));
}

function mustBeCopied(value: Value): boolean {
  return [...reachable(value)].some(isMutable);
}

/**
 * Walks both sides in step: the same shape, attributes, order, prototypes; one copy for one original;
 * the original itself exactly where nothing can be changed.
 */
function checkCopy(original: Value, copy: Value): void {
  const images = new Map<Value, Value>();
  const open: [Value, Value][] = [[original, copy]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [a, b] = pair;
    if (typeof a !== "object" || typeof b !== "object") {
      expect(Object.is(a, b)).toBe(true);
      continue;
    }
    if (images.has(a)) {
      expect(images.get(a) === b, "sharing").toBe(true);
      continue;
    }
    images.set(a, b);
    if (!mustBeCopied(a)) {
      expect(a === b, "shared where nothing can be changed").toBe(true);
      continue;
    }
    expect(a !== b, "copied where something can be changed").toBe(true);
    checkNode(a, b);
    const left = partsOf(a);
    const right = partsOf(b);
    expect(right.length).toBe(left.length);
    left.forEach((part, i) => {
      open.push([part, right[i]]);
    });
  }
  // No two originals became one.
  expect(new Set(images.values()).size).toBe(images.size);
}

function checkNode(a: Value, b: Value): void {
  if (Array.isArray(a)) {
    expect(Array.isArray(b)).toBe(true);
  } else if (a instanceof IonObject) {
    const object = b as IonObject;
    expect(ownKeys(object)).toEqual(ownKeys(a));
    for (const key of ownKeys(a)) {
      const { value: _, ...attributes } = ownProperty(a, key)!;
      expect(ownProperty(object, key)).toMatchObject(attributes);
    }
    expect(Object.isExtensible(object)).toBe(Object.isExtensible(a));
    expect(prototypesOf(object)).toHaveLength(prototypesOf(a).length);
  } else if (a instanceof FunctionValue) {
    expect((b as FunctionValue).code).toBe(a.code);
  } else if (a instanceof Tagged) {
    expect((b as Tagged).tag).toBe(a.tag);
  } else {
    expect(b).toBeInstanceOf(Tuple);
  }
}

/** The graph as a text that shows identity, attributes and prototypes: to see that it was left alone. */
function snapshot(nodes: readonly Value[]): string {
  const numbers = new Map<Value, number>();
  for (const node of nodes) for (const value of reachable(node)) numbers.set(value, numbers.size);
  return [...numbers.keys()]
    .map((value) => {
      const own =
        value instanceof IonObject
          ? ownKeys(value).map((key) => JSON.stringify({ ...ownProperty(value, key)!, value: 0 }))
          : [];
      const parts = partsOf(value).map((part) => (typeof part === "object" ? `#${numbers.get(part)}` : String(part)));
      return `${parts.join(" ")} ${own.join(" ")} ${Object.isExtensible(value)}`;
    })
    .join("\n");
}

describe("random graphs", () => {
  it("a copy has the same shape, shares nothing that can be changed, and keeps its sharing", () => {
    fc.assert(
      fc.property(arbitraryGraph({ full: true }), (nodes) => {
        for (const node of nodes) checkCopy(node, copyValue(node));
      }),
      { numRuns: 500 },
    );
  });

  it("copying leaves the original alone", () => {
    fc.assert(
      fc.property(arbitraryGraph({ full: true }), (nodes) => {
        const before = snapshot(nodes);
        for (const node of nodes) copyValue(node);
        expect(snapshot(nodes)).toBe(before);
      }),
    );
  });

  it("a copy of a copy is a copy; and what was found immutable once stays so", () => {
    fc.assert(
      fc.property(arbitraryGraph({ full: true }), (nodes) => {
        const all = new Tuple(nodes);
        const first = copyValue(all);
        // Changes to the original must not have been overtaken by marks of the first copy.
        for (const node of nodes) if (Array.isArray(node)) node.push([1]);
        for (const node of nodes) if (node instanceof IonObject) setProperty(node, "$new", [1]);
        checkCopy(all, copyValue(all));
        checkCopy(first, copyValue(first));
      }),
    );
  });

  it("what is copied at once counts as it does with lists", () => {
    // With a limit as low as this nothing is copied at once.
    const low = MOST_SMALL_PARTS;
    fc.assert(
      fc.property(
        arbitraryGraph({ full: true }).filter((nodes) => nodes.every(mustBeCopied)),
        (nodes) => {
          for (const node of nodes) {
            copyValue(node);
            const { values } = work;
            settleWork();
            copyValue(node, low);
            expect(work.values).toBe(values);
            settleWork();
          }
        },
      ),
    );
  });

  it("the number of values is the same at each copy", () => {
    fc.assert(
      fc.property(
        arbitraryGraph({ full: true }).filter((nodes) => nodes.every(mustBeCopied)),
        (nodes) => {
          const all = new Tuple([nodes, ...nodes]);
          copyValue(all);
          const { values } = work;
          settleWork();
          copyValue(all);
          expect(work.values).toBe(values);
          settleWork();
        },
      ),
    );
  });
});

describe("what is shared", () => {
  const shared: readonly (readonly [what: string, value: Value])[] = [
    ["a complex number", new Complex(1, 2)],
    ["an atom", atom("a")],
    ["a tuple", new Tuple([1, new Tuple(["x"])])],
    ["a tagged value", new Tagged("t", new Tuple([]))],
    ["a function", new FunctionValue(CODE_F, null, [], Undefined)],
    ["a function with immutable captures", new FunctionValue(CODE_F, null, [new Tuple([1])], 5)],
    ["an empty frozen object", Object.preventExtensions(createObject())],
  ];
  it.each(shared)("%s", (_, value) => {
    expect(copyValue(value)).toBe(value);
    expect(copyValue([value])).not.toBe(value);
    expect((copyValue([value]) as Value[])[0]).toBe(value);
  });

  it("a frozen object, until something it reaches can be changed", () => {
    const frozen = createObject();
    frozen["$a"] = new Tuple([1]);
    Object.freeze(frozen);
    expect(copyValue(frozen)).toBe(frozen);
    const holder = createObject();
    holder["$a"] = new Tuple([[1]]);
    Object.freeze(holder);
    const copy = copyValue(holder) as IonObject;
    expect(copy).not.toBe(holder);
    expect(isFrozen(copy)).toBe(true);
  });

  it("frozen objects in a circle are shared", () => {
    const [a, b] = [createObject(), createObject()];
    a["$b"] = b;
    b["$a"] = new Tuple([a]);
    Object.freeze(a);
    Object.freeze(b);
    expect(copyValue(a)).toBe(a);
  });

  it("a frozen object under a prototype that is not frozen is copied with it", () => {
    const base = createObject();
    const heir = createObject([base]);
    Object.freeze(heir);
    const copy = copyValue(heir) as IonObject;
    expect(copy).not.toBe(heir);
    expect(prototypesOf(copy)[0]).not.toBe(base);
    expect(isFrozen(copy)).toBe(true);
  });
});

describe("prototypes", () => {
  it("members stand before an inherited one that cannot be written", () => {
    const base = createObject();
    Object.defineProperty(base, "$a", { value: 1, writable: false, enumerable: true, configurable: true });
    const heir = createObject();
    heir["$a"] = 2;
    setPrototypes(heir, [base]);
    expect((copyValue(heir) as IonObject)["$a"]).toBe(2);
  });

  it("cycles and several", () => {
    const [a, b, c] = [createObject(), createObject(), createObject()];
    setPrototypes(a, [b, c]);
    setPrototypes(b, [a]);
    setPrototypes(c, [c]);
    checkCopy(a, copyValue(a));
  });
});

describe("limits", () => {
  const rows: readonly (readonly [what: string, value: () => Value, values: number])[] = [
    ["a leaf", () => 1, 1],
    ["an array of three", () => [1, 2, 3], 4],
    ["a tuple of three", () => new Tuple([1, [], 3]), 4],
    [
      "one array twice",
      () => {
        const one = [1];
        return [one, one];
      },
      4,
    ],
    [
      "an array in itself",
      () => {
        const one: Value[] = [];
        one.push(one);
        return one;
      },
      2,
    ],
    ["a tagged array", () => new Tagged("t", []), 2],
    ["an object of two", () => Object.assign(createObject(), { $a: 1, $b: 2 }), 3],
    ["an object with a prototype", () => createObject([createObject()]), 2],
  ];

  it.each(rows)("%s: counted, allowed and refused by its number of values", (_, value, values) => {
    copyValue(value());
    expect(work.values).toBe(values);
    expect(() => copyValue(value(), values)).not.toThrow();
    if (values === 1) return;
    try {
      copyValue(value(), values - 1);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ProgramError);
      expect(inspect((error as ProgramError).value)).toBe("(:system_limit, :message)");
      expect((error as ProgramError).catchable).toBe(true);
    }
  });

  it("depth costs no stack, sharing no time", () => {
    let deep: Value = [];
    for (let i = 0; i < 200_000; i++) deep = i % 2 === 0 ? [deep] : new Tuple([deep]);
    // Not `toBe`, which would look into what differs.
    expect(copyValue(deep) === deep).toBe(false);
    let wide: Value = [];
    for (let i = 0; i < 1_000; i++) wide = [wide, wide];
    settleWork();
    copyValue(wide);
    expect(work.values).toBe(2_001);
  });
});

describe("keys", () => {
  it.each(["$__proto__", "$constructor", "$", "$$", "$toString", "$0", "$prototypeList", "$kind"] as NativeKey[])(
    "%s",
    (key) => {
      const object = createObject();
      setProperty(object, key, [1]);
      const copy = copyValue(object) as IonObject;
      expect(ownKeys(copy)).toEqual([key]);
      expect(copy[key]).toEqual([1]);
      expect(copy[key]).not.toBe(object[key]);
    },
  );
});
