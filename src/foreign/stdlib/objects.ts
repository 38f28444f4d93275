/** Prototypes and attributes of Objects. None of these calls code of the program. */
import { keyOf } from "../../operations/properties.ts";
import { FloatArray } from "../../values/bytes.ts";
import { reserve } from "../../values/memory.ts";
import {
  type Attributes,
  attributesOf,
  chainLength,
  defineProperty,
  getProperty,
  hasOwn,
  IonObject,
  isFrozen,
  memberAt,
  type NativeKey,
  ownKeys,
  ownProperty,
  plainKey,
  prototypesOf,
  setPrototypes,
} from "../../values/object.ts";
import { isTruthy, Tuple, typeOf, Undefined, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type ForeignSpec, type Parameter, refusal } from "../spec.ts";

const OBJECT: Parameter = { name: "object", type: "Object" };
const KEY: Parameter = { name: "key", type: "Key" };

/** What the host takes for a member in a list: its text, its place. */
const BYTES_PER_MEMBER = 32;

/** A list of prototypes and its copy on the object: two references. */
const BYTES_PER_PROTOTYPE = 16;

function listPrototypes(object: IonObject): ValueArray {
  const prototypes = prototypesOf(object);
  work.values += prototypes.length;
  return [...prototypes];
}

function replacePrototypes(object: IonObject, list: ValueArray | Tuple): IonObject {
  const items = Array.isArray(list) ? list : list.items;
  work.values += items.length;
  reserve(items.length * BYTES_PER_PROTOTYPE);
  const prototypes: IonObject[] = [];
  for (const item of items) {
    if (!(item instanceof IonObject)) throw refusal(`A prototype must be an Object, got ${typeOf(item)}`);
    prototypes.push(item);
  }
  if (!setPrototypes(object, prototypes)) throw refusal("Cannot change the prototypes of a closed object");
  // The host has followed the chain to see whether it closes a cycle.
  work.values += chainLength(object);
  return object;
}

function attributesFrom(object: IonObject): Attributes {
  return {
    writable: isSet(object, "$writable"),
    enumerable: isSet(object, "$enumerable"),
    configurable: isSet(object, "$configurable"),
  };
}

/** All true unless given otherwise. */
function isSet(object: IonObject, key: NativeKey): boolean {
  const value: Value | undefined = getProperty(object, key);
  return value === undefined || isTruthy(value);
}

function enumerable(object: IonObject): NativeKey[] {
  const keys = ownKeys(object);
  work.values += keys.length;
  reserve(keys.length * BYTES_PER_MEMBER);
  return keys.filter((key) => attributesOf(object, key).enumerable);
}

function describe(object: IonObject, key: NativeKey): Value {
  const property = ownProperty(object, key);
  if (property === undefined) return Undefined;
  const description = new IonObject();
  description.$value = memberAt(object, key);
  description.$writable = property.writable ?? false;
  description.$enumerable = property.enumerable;
  description.$configurable = property.configurable;
  return description;
}

function freeze(value: Value): Value {
  if (Array.isArray(value)) throw refusal("An Array cannot be frozen; a Tuple does not change");
  if (value instanceof FloatArray) value.frozen = true;
  if (value instanceof IonObject) {
    work.values += ownKeys(value).length;
    Object.freeze(value);
  }
  return value;
}

function isFixed(value: Value): boolean {
  if (Array.isArray(value)) return false;
  if (value instanceof FloatArray) return value.frozen;
  if (!(value instanceof IonObject)) return true;
  work.values += ownKeys(value).length;
  return isFrozen(value);
}

export const OBJECTS: readonly ForeignSpec[] = [
  {
    name: "Prototypes",
    parameters: [OBJECT],
    result: "Array",
    description: "A fresh Array of the Object's own prototypes, in the order in which they are searched.",
    charge: "the prototypes",
    pure: false,
    run: (args) => listPrototypes(args[0] as IonObject),
  },
  {
    name: "SetPrototypes",
    parameters: [OBJECT, { name: "prototypes", type: "Sequence" }],
    result: "Object",
    description:
      "Gives the Object these prototypes, an Array or Tuple of Objects, in the place of those it had, and gives " +
      "the Object back. An empty list leaves it without any; cycles are allowed. Fails, and changes nothing, " +
      "if one is no Object or the Object is closed.",
    charge: "the prototypes",
    pure: false,
    run: (args) => replacePrototypes(args[0] as IonObject, args[1] as ValueArray | Tuple),
  },
  {
    name: "DefineProperty",
    parameters: [
      OBJECT,
      { name: "key", type: "Key" },
      { name: "value", type: "Any" },
      { name: "attributes", type: "Object" },
    ],
    result: "Boolean",
    description:
      "Defines an own property, or defines it anew, with the attributes `writable`, `enumerable` and `configurable`, " +
      "each true unless its value in `attributes` is false by truthiness. Gives whether that was allowed: not on a " +
      "closed Object, nor for a property that is not configurable, of which only the value may still be changed while it is " +
      "writable, and writable made false. `__setattr__` is not called.",
    pure: false,
    run: (args) =>
      defineProperty(args[0] as IonObject, keyOf(args[1]) as NativeKey, args[2], attributesFrom(args[3] as IonObject)),
  },
  {
    name: "Keys",
    parameters: [OBJECT],
    result: "Array",
    description: "A fresh Array of the Object's own enumerable keys, Strings, in order.",
    charge: "the members",
    pure: false,
    run: (args) => enumerable(args[0] as IonObject).map(plainKey),
  },
  {
    name: "Values",
    parameters: [OBJECT],
    result: "Array",
    description: "A fresh Array of the values of the same members.",
    charge: "the members",
    pure: false,
    run: (args) => enumerable(args[0] as IonObject).map((key) => memberAt(args[0] as IonObject, key)),
  },
  {
    name: "Entries",
    parameters: [OBJECT],
    result: "Array",
    description: "A fresh Array of them as Tuples of key and value.",
    charge: "the members",
    pure: false,
    run: (args) =>
      enumerable(args[0] as IonObject).map((key) => new Tuple([plainKey(key), memberAt(args[0] as IonObject, key)])),
  },
  {
    name: "HasOwn",
    parameters: [OBJECT, KEY],
    result: "Boolean",
    description: "Does the Object itself have such a property?",
    pure: true,
    run: (args) => hasOwn(args[0] as IonObject, keyOf(args[1]) as NativeKey),
  },
  {
    name: "PropertyOf",
    parameters: [OBJECT, KEY],
    result: "Any",
    description:
      "A fresh Object about an own property, with `value`, `writable`, `enumerable` and `configurable`; Undefined if there is none. " +
      "With it `DefineProperty` makes the same one.",
    pure: false,
    run: (args) => describe(args[0] as IonObject, keyOf(args[1]) as NativeKey),
  },
  {
    name: "DeleteProperty",
    parameters: [OBJECT, KEY],
    result: "Boolean",
    description:
      "Takes an own property away; gives whether there is none now, which is false for one that is not configurable.",
    pure: false,
    run: (args) => Reflect.deleteProperty(args[0] as IonObject, keyOf(args[1]) as NativeKey),
  },
  {
    name: "Freeze",
    parameters: [{ name: "value", type: "Any" }],
    result: "Any",
    description:
      "Makes an Object or a Float64Array one that cannot change any more, and gives it back: no member can be added, written or taken " +
      "away, and no prototype. If nothing that can change is in it either, it is passed to other processes as it is. What " +
      "cannot change anyway is given back; fails for an Array.",
    charge: "the members",
    pure: false,
    run: (args) => freeze(args[0]),
  },
  {
    name: "IsFrozen",
    parameters: [{ name: "value", type: "Any" }],
    result: "Boolean",
    description: "Can the value itself, its parts aside, not change any more?",
    charge: "the members",
    pure: true,
    run: (args) => isFixed(args[0]),
  },
];
