/** structuredClone. Classes of the program stay behind; works off a list, as copying does. */
import { jsError } from "../../errors.ts";
import { stamp } from "../../values/exotic.ts";
import { FunctionValue } from "../../values/function.ts";
import { reserve } from "../../values/memory.ts";
import { createObject, defineProperty, getProperty, IonObject, nativeKey } from "../../values/object.ts";
import { Undefined, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, fn } from "../built-in.ts";
import { functionText } from "./function-text.ts";
import { Growth, tooLarge } from "./limits.ts";
import { objectOf, objectWith, prototypeNamed } from "./make.ts";
import { enumerableNames } from "./members.ts";
import { makeRegExp } from "./regexp.ts";
import { DateState, ERROR_STATE, ErrorState, MapState, RegExpState, SetState, stateOf } from "./state.ts";

/** What the host takes for an empty clone, and to remember it. */
const BYTES_PER_CLONE = 150;
/** How an Array's elements are held. */
const BYTES_PER_ELEMENT = 8;

class Cloning {
  readonly #made = new Map<Value, Value>();
  readonly #open: { readonly from: Value; readonly to: Value }[] = [];
  readonly #growth = new Growth(BYTES_PER_CLONE);

  clone(root: Value): Value {
    const made = this.#begin(root);
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) this.#fill(next.from, next.to);
    return made;
  }

  #begin(value: Value): Value {
    work.values++;
    if (value instanceof FunctionValue) throw uncloneable(functionText(value));
    if (!Array.isArray(value) && !(value instanceof IonObject)) return value;
    const known = this.#made.get(value);
    if (known !== undefined) return known;
    this.#growth.one();
    const made = Array.isArray(value) ? [] : emptyClone(value);
    this.#made.set(value, made);
    this.#open.push({ from: value, to: made });
    return made;
  }

  #fill(from: Value, to: Value): void {
    if (Array.isArray(from)) {
      reserve(from.length * BYTES_PER_ELEMENT);
      for (const item of from) (to as ValueArray).push(this.#begin(item));
      return;
    }
    const [source, target] = [from as IonObject, to as IonObject];
    const map = stateOf(source, MapState);
    const set = stateOf(source, SetState);
    const error = stateOf(source, ErrorState);
    if (map !== undefined) {
      const copy = stateOf(target, MapState)!;
      for (const [key, item] of map.map) copy.map.set(copy.keys.keep(this.#begin(key)), this.#begin(item));
    } else if (set !== undefined) {
      const copy = stateOf(target, SetState)!;
      for (const item of set.set) copy.set.add(copy.keys.keep(this.#begin(item)));
    } else if (error !== undefined) {
      this.#fillError(source, target);
    } else if (stateOf(source, DateState) === undefined && stateOf(source, RegExpState) === undefined) {
      for (const name of enumerableNames(source))
        target[nativeKey(name)] = this.#begin(source[nativeKey(name)] ?? Undefined);
    }
  }

  #fillError(source: IonObject, target: IonObject): void {
    for (const name of ["message", "stack", "cause"] as const) {
      const value = getProperty(source, nativeKey(name));
      if (value === undefined || (name === "message" && !Object.hasOwn(source, "$message"))) continue;
      const attributes = { writable: true, enumerable: false, configurable: true };
      defineProperty(target, nativeKey(name), this.#begin(value), attributes);
    }
  }
}

const CLONED_ERRORS = ["EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"];

function emptyClone(value: IonObject): IonObject {
  const map = stateOf(value, MapState);
  if (map !== undefined) return map.tag === "Map" ? objectWith(new MapState()) : refuse("#<WeakMap>");
  const set = stateOf(value, SetState);
  if (set !== undefined) return set.tag === "Set" ? objectWith(new SetState()) : refuse("#<WeakSet>");
  const date = stateOf(value, DateState);
  if (date !== undefined) return objectWith(new DateState(date.time));
  const regexp = stateOf(value, RegExpState)?.regexp;
  if (regexp !== undefined) return makeRegExp(regexp.source, regexp.flags);
  if (stateOf(value, ErrorState) === undefined) return createObject();
  const name = getProperty(value, "$name");
  const kind = typeof name === "string" && CLONED_ERRORS.includes(name) ? name : "Error";
  const error = objectOf(prototypeNamed(`${kind}.prototype`));
  stamp(error, ERROR_STATE);
  return error;
}

function refuse(what: string): never {
  throw uncloneable(what);
}

function uncloneable(what: string): ReturnType<typeof jsError> {
  return jsError("Error", `${what} could not be cloned.`);
}

function clone(value: Value): Value {
  try {
    return new Cloning().clone(value);
  } catch (error) {
    // The host remembers only so many.
    throw tooLarge(error);
  }
}

export const CLONE: readonly BuiltIn[] = [fn("structuredClone", 1, clone)];
