/** Objects as native ones against a model that is only lists and maps. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ALL_ATTRIBUTES,
  type Attributes,
  attributesOf,
  createObject,
  defineProperty,
  getProperty,
  hasOwn,
  type IonObject,
  isFrozen,
  type NativeKey,
  nativeKey,
  ownKeys,
  ownProperty,
  plainKey,
  prototypesOf,
  searchOrder,
  setProperty,
  setPrototypes,
} from "../../src/values/object.ts";

/** The specification, as plainly as can be. */
class Model {
  readonly members = new Map<string, Attributes & { value: number }>();
  prototypes: readonly Model[] = [];
  closed = false;

  order(seen: Model[] = []): Model[] {
    if (seen.includes(this)) return seen;
    seen.push(this);
    for (const prototype of this.prototypes) prototype.order(seen);
    return seen;
  }

  get(key: string): number | undefined {
    return this.order()
      .find(({ members }) => members.has(key))
      ?.members.get(key)?.value;
  }

  set(key: string, value: number): boolean {
    const found = this.order().find(({ members }) => members.has(key));
    if (found !== undefined && !found.members.get(key)!.writable) return false;
    const own = this.members.get(key);
    if (own === undefined && this.closed) return false;
    this.members.set(key, own === undefined ? { value, ...ALL_ATTRIBUTES } : { ...own, value });
    return true;
  }

  /** As in JavaScript: what is not configurable can only lose writable, and be written while it is. */
  define(key: string, value: number, attributes: Attributes): boolean {
    const own = this.members.get(key);
    if (own === undefined) {
      if (this.closed) return false;
    } else if (!own.configurable) {
      if (attributes.configurable || attributes.enumerable !== own.enumerable) return false;
      if (!own.writable && (attributes.writable || !Object.is(value, own.value))) return false;
    }
    this.members.set(key, { value, ...attributes });
    return true;
  }

  setPrototypes(prototypes: readonly Model[]): boolean {
    if (this.closed) return false;
    this.prototypes = prototypes;
    return true;
  }

  get frozen(): boolean {
    return this.closed && [...this.members.values()].every(({ writable, configurable }) => !writable && !configurable);
  }
}

const KEYS = ["a", "b", "__proto__", "constructor", "", "$", "0", "prototypeList", "kind"];
const OBJECTS = 5;

type Operation =
  | { readonly op: "set"; readonly object: number; readonly key: string; readonly value: number }
  | {
      readonly op: "define";
      readonly object: number;
      readonly key: string;
      readonly value: number;
      readonly attributes: Attributes;
    }
  | { readonly op: "prototypes"; readonly object: number; readonly prototypes: readonly number[] }
  | { readonly op: "close"; readonly object: number };

const object = fc.nat(OBJECTS - 1);
const key = fc.constantFrom(...KEYS);
const value = fc.nat(3);
const attributes = fc.record({ writable: fc.boolean(), enumerable: fc.boolean(), configurable: fc.boolean() });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ op: fc.constant("set" as const), object, key, value }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("define" as const), object, key, value, attributes }) },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant("prototypes" as const),
      object,
      prototypes: fc.array(object, { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("close" as const), object }) },
);

function apply(step: Operation, objects: readonly IonObject[], models: readonly Model[]): void {
  const target = objects[step.object];
  const model = models[step.object];
  switch (step.op) {
    case "set":
      expect(setProperty(target, nativeKey(step.key), step.value)).toBe(model.set(step.key, step.value));
      break;
    case "define":
      expect(defineProperty(target, nativeKey(step.key), step.value, step.attributes)).toBe(
        model.define(step.key, step.value, step.attributes),
      );
      break;
    case "prototypes":
      expect(
        setPrototypes(
          target,
          step.prototypes.map((i) => objects[i]),
        ),
      ).toBe(model.setPrototypes(step.prototypes.map((i) => models[i])));
      break;
    case "close":
      Object.preventExtensions(target);
      model.closed = true;
  }
}

/** All that can be seen of an object, and the same of its model: compared in one go, since there are many. */
function check(objects: readonly IonObject[], models: readonly Model[]): void {
  const seen = objects.map((object) => ({
    members: ownKeys(object).map((name) => [plainKey(name), ownProperty(object, name), attributesOf(object, name)]),
    reads: KEYS.map((name) => [getProperty(object, nativeKey(name)), hasOwn(object, nativeKey(name))]),
    prototypes: prototypesOf(object).map((found) => objects.indexOf(found)),
    order: searchOrder(object).map((found) => objects.indexOf(found)),
    frozen: isFrozen(object),
  }));
  const expected = models.map((model) => ({
    members: [...model.members].map(([name, { value: own, ...given }]) => [name, { value: own, ...given }, given]),
    reads: KEYS.map((name) => [model.get(name), model.members.has(name)]),
    prototypes: model.prototypes.map((found) => models.indexOf(found)),
    order: model.order().map((found) => models.indexOf(found)),
    frozen: model.frozen,
  }));
  expect(seen).toEqual(expected);
}

describe("objects", () => {
  it("do what a model of lists and maps does, after any operations", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 25 }), (operations) => {
        const objects = Array.from({ length: OBJECTS }, () => createObject());
        const models = Array.from({ length: OBJECTS }, () => new Model());
        for (const step of operations) {
          apply(step, objects, models);
          check(objects, models);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("nothing that a host puts on Object.prototype shows", () => {
    const host = Object.prototype as unknown as Record<string, unknown>;
    host["$planted"] = 1;
    try {
      expect(getProperty(createObject(), "$planted" as NativeKey)).toBeUndefined();
      expect(getProperty(createObject([createObject()]), "$planted" as NativeKey)).toBeUndefined();
    } finally {
      delete host["$planted"];
    }
  });

  it("a native key and its plain key are each other's inverse", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(plainKey(nativeKey(name))).toBe(name);
      }),
    );
  });
});
