/** Prototypes and attributes of Objects. None of these calls code of the program. */
import { keyOf } from "../../operations/properties.ts";
import { reserve } from "../../values/memory.ts";
import {
  type Attributes,
  chainLength,
  defineProperty,
  getProperty,
  IonObject,
  type NativeKey,
  prototypesOf,
  setPrototypes,
} from "../../values/object.ts";
import { isTruthy, type Tuple, typeOf, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type ForeignSpec, type Parameter, refusal } from "../spec.ts";

const OBJECT: Parameter = { name: "object", type: "Object" };

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
];
