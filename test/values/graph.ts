/**
 * Random values as graphs: shared, cyclic, of every kind, so that properties of equality and copying can
 * be held against models that are too simple to be wrong.
 */
import fc from "fast-check";
import { atom } from "../../src/values/atom.ts";
import { Binary } from "../../src/values/bytes.ts";
import { type BytecodeCallable, FunctionValue } from "../../src/values/function.ts";
import { createObject, defineProperty, type IonObject, nativeKey, setPrototypes } from "../../src/values/object.ts";
import { ProcessValue } from "../../src/values/process.ts";
import { Complex, Tagged, Tuple, Undefined, Unit, type Value, type ValueArray } from "../../src/values/value.ts";

export class TestProcess extends ProcessValue {
  readonly number: number;
  constructor(number: number) {
    super();
    this.number = number;
  }
}

export const CODE_F: BytecodeCallable = { isForeign: false, isJs: false, value: null, name: "f" };
const CODE_G: BytecodeCallable = { isForeign: false, isJs: false, value: null, name: "g" };
const PROCESSES = [new TestProcess(1), new TestProcess(2)];

/** Few, so that random values are often equal. */
const LEAVES: readonly (() => Value)[] = [
  () => 0,
  () => -0,
  () => 1,
  () => Number.NaN,
  () => true,
  () => "a",
  () => atom("a"),
  () => "",
  () => new Complex(1, 2),
  () => new Binary(Uint8Array.of(1, 2)),
  () => new Complex(Number.NaN, 0),
  () => Unit,
  () => Undefined,
  () => PROCESSES[0],
  () => PROCESSES[1],
];

type Kind = "Tuple" | "Tagged" | "Function" | "Array" | "Object";

/** A node: its kind, what its parts are (a leaf, or a node by number), and what else it may be. */
interface Plan {
  readonly kind: Kind;
  readonly parts: readonly number[];
  /** Objects: how each member is; all else picks one of two tags or codes. */
  readonly variant: number;
  readonly prototypes: readonly number[];
  readonly closed: boolean;
}

const KEYS = ["a", "b", "__proto__", "0"];

export interface GraphShape {
  /** Attributes, prototypes and closed objects too. */
  readonly full: boolean;
}

/**
 * All nodes of a random graph, at least one. Arrays and Objects may point anywhere; Tuples, Tagged
 * values and Functions only to nodes before them, as programs can make them.
 */
export function arbitraryGraph({ full }: GraphShape): fc.Arbitrary<Value[]> {
  const plan: fc.Arbitrary<Plan> = fc.record({
    kind: fc.constantFrom<Kind>("Tuple", "Tagged", "Function", "Array", "Array", "Object", "Object"),
    parts: fc.array(fc.nat(LEAVES.length + 11), { maxLength: 3 }),
    variant: fc.nat(255),
    prototypes: full ? fc.oneof(fc.constant([]), fc.array(fc.nat(7), { maxLength: 2 })) : fc.constant([]),
    closed: full ? fc.boolean() : fc.constant(false),
  });
  return fc.array(plan, { minLength: 1, maxLength: 8 }).map((plans) => build(plans, full));
}

function build(plans: readonly Plan[], full: boolean): Value[] {
  const nodes: Value[] = [];
  const part = (number: number, among: number): Value => {
    if (number < LEAVES.length || among === 0) return LEAVES[number % LEAVES.length]();
    return nodes[number % among];
  };
  // The mutable ones first, empty: then everything may point to them.
  const mutable = plans.filter(({ kind }) => kind === "Array" || kind === "Object");
  const immutable = plans.filter(({ kind }) => kind !== "Array" && kind !== "Object");
  for (const { kind } of mutable) nodes.push(kind === "Array" ? [] : createObject());
  for (const { kind, parts, variant } of immutable) {
    const among = nodes.length;
    nodes.push(
      makeImmutable(
        kind,
        parts.map((number) => part(number, among)),
        variant,
      ),
    );
  }
  mutable.forEach((plan, i) => {
    fill(
      nodes[i] as ValueArray | IonObject,
      plan.parts.map((number) => part(number, nodes.length)),
      plan,
      full,
    );
  });
  if (full) giveObjectsTheRest(nodes, mutable);
  return nodes;
}

function makeImmutable(kind: Kind, parts: readonly Value[], variant: number): Value {
  switch (kind) {
    case "Tuple":
      return new Tuple(parts);
    case "Tagged":
      return new Tagged(variant % 2 === 0 ? "t" : "u", parts[0] ?? Unit);
    default:
      return new FunctionValue(variant % 2 === 0 ? CODE_F : CODE_G, null, parts.slice(1), parts[0] ?? Undefined);
  }
}

function fill(node: ValueArray | IonObject, parts: readonly Value[], { variant }: Plan, full: boolean): void {
  if (Array.isArray(node)) {
    for (const value of parts) node.push(value);
    return;
  }
  parts.forEach((value, i) => {
    const key = nativeKey(KEYS[(variant + i) % KEYS.length]);
    const bits = full ? variant >> (i * 2) : 255;
    const attributes = { writable: (bits & 1) !== 0, enumerable: (bits & 2) !== 0, configurable: (bits & 4) !== 0 };
    defineProperty(node, key, value, attributes);
  });
}

function giveObjectsTheRest(nodes: readonly Value[], plans: readonly Plan[]): void {
  const objects = nodes.filter((_, i) => plans[i]?.kind === "Object") as IonObject[];
  plans
    .filter(({ kind }) => kind === "Object")
    .forEach(({ prototypes }, i) => {
      setPrototypes(
        objects[i],
        prototypes.map((number) => objects[number % objects.length]),
      );
    });
  plans.forEach(({ closed }, i) => {
    if (closed && !Array.isArray(nodes[i])) Object.preventExtensions(nodes[i]);
  });
}
