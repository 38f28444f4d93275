/** OBJECT_INIT in general: members with attributes, or literals that are made afresh. */
import type { ObjectEntry } from "../src/bytecode/instructions.ts";
import { freshLiteral } from "../src/operations/construct.ts";
import { type Attributes, defineProperty, IonObject, type NativeKey, nativeKey } from "../src/values/object.ts";
import type { Value } from "../src/values/value.ts";
import { work } from "../src/values/work.ts";
import { isShared } from "./facts.ts";

/** A member of OBJECT_INIT, ready to be set. */
interface Member {
  readonly key: NativeKey;
  /** Undefined: the next register. */
  readonly literal: Value | undefined;
  readonly isFresh: boolean;
  readonly attributes: Attributes | null;
}

export function memberOf({ key, from, attributes }: ObjectEntry): Member {
  const literal = "register" in from ? undefined : from.value;
  return { key: nativeKey(key), literal, isFresh: literal !== undefined && !isShared(literal), attributes };
}

/** OBJECT_INIT with attributes or literals; registers come in the order of their entries. */
export function makeObject(members: readonly Member[], registers: readonly Value[]): IonObject {
  const object = new IonObject();
  let next = 0;
  for (const { key, literal, isFresh, attributes } of members) {
    const value = literal === undefined ? registers[next++] : isFresh ? freshLiteral(literal) : literal;
    if (attributes === null) object[key] = value;
    else defineProperty(object, key, value, attributes);
  }
  work.values += members.length;
  return object;
}
