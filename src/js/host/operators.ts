/** Operators that are no instructions: `delete`, `in`, `instanceof`, the keys of `for in`. */
import { jsError } from "../../errors.ts";
import { FunctionValue } from "../../values/function.ts";
import { hasOwn, IonObject, nativeKey, plainKey } from "../../values/object.ts";
import { isSharedObject } from "../../values/shared.ts";
import { Undefined, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, fn } from "../built-in.ts";
import { isNullish, isObject, toKey } from "./convert.ts";
import { described } from "./describe.ts";
import { hasMember, holderOf, isIndex, keysIn, plainMember, prototypeChain } from "./members.ts";

export function remove(object: Value, key: Value): boolean {
  const name = plainKey(toKey(key));
  if (isNullish(object)) throw jsError("TypeError", "Cannot convert undefined or null to object");
  if (Array.isArray(object)) {
    if (name === "length") throw jsError("TypeError", "Cannot delete property 'length' of [object Array]");
    // Arrays have no holes: what was there becomes Undefined.
    if (!isIndex(name)) Reflect.deleteProperty(object, nativeKey(name));
    else if (Number(name) < object.length) object[Number(name)] = Undefined;
    return true;
  }
  const holder = holderOf(object);
  if (holder === null || !hasOwn(holder, nativeKey(name))) return true;
  if (!isSharedObject(holder) && Reflect.deleteProperty(holder, nativeKey(name))) return true;
  throw jsError("TypeError", `Cannot delete property '${name}' of ${described(object)}`);
}

function isIn(key: Value, object: Value): boolean {
  const name = plainKey(toKey(key));
  if (typeof object === "object" && !isNullish(object)) return hasMember(object, name);
  throw jsError("TypeError", `Cannot use 'in' operator to search for '${name}' in ${described(object)}`);
}

function isInstance(value: Value, of: Value): boolean {
  if (!(of instanceof FunctionValue)) {
    const what = isObject(of) ? "callable" : "an object";
    throw jsError("TypeError", `Right-hand side of 'instanceof' is not ${what}`);
  }
  if (!isObject(value)) return false;
  const target = behindBind(of);
  const prototype = plainMember(target, "prototype");
  if (!(prototype instanceof IonObject)) {
    if (target.members === null) return false;
    throw jsError("TypeError", "Function has non-object prototype in instanceof check");
  }
  for (const each of prototypeChain(value)) if (each === prototype) return true;
  return false;
}

/** The function that one calls which `bind` has made, perhaps several times. */
function behindBind(bound: FunctionValue): FunctionValue {
  let target = bound;
  while (target.members?.isBound) {
    work.values++;
    const [next] = target.captured;
    if (!(next instanceof FunctionValue)) break;
    target = next;
  }
  return target;
}

export const OPERATORS: readonly BuiltIn[] = [
  fn("%delete", 2, remove),
  fn("%in", 2, isIn),
  fn("%instanceof", 2, isInstance),
  fn("%keysIn", 1, keysIn),
];
