/** Reflect: as Object, but on objects alone, and with an answer where that raises an error. */
import { jsError, ProgramError } from "../../errors.ts";
import { plainKey } from "../../values/object.ts";
import type { Value } from "../../values/value.ts";
import { type BuiltIn, fn } from "../built-in.ts";
import { isObject, toKey } from "./convert.ts";
import { hasMember, ownNames, prototypeOf } from "./members.ts";
import { define, describeMember, setPrototype } from "./object.ts";
import { remove } from "./operators.ts";

function target(value: Value, name: string): Value {
  if (isObject(value)) return value;
  throw jsError("TypeError", `Reflect.${name} called on non-object`);
}

function succeeds(run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (error instanceof ProgramError && error.catchable) return false;
    throw error;
  }
}

export const REFLECT: readonly BuiltIn[] = [
  fn("Reflect.ownKeys", 1, (value) => ownNames(target(value, "ownKeys"))),
  fn("Reflect.has", 2, (value, key) => hasMember(target(value, "has"), plainKey(toKey(key)))),
  fn("Reflect.getPrototypeOf", 1, (value) => prototypeOf(target(value, "getPrototypeOf"))),
  fn("Reflect.setPrototypeOf", 2, (value, prototype) => {
    target(value, "setPrototypeOf");
    return succeeds(() => setPrototype(value, prototype));
  }),
  fn("Reflect.deleteProperty", 2, (value, key) => {
    target(value, "deleteProperty");
    return succeeds(() => remove(value, key));
  }),
  fn("Reflect.defineProperty", 3, (value, key, description) => {
    target(value, "defineProperty");
    return succeeds(() => define(value, plainKey(toKey(key)), description));
  }),
  fn("Reflect.getOwnPropertyDescriptor", 2, (value, key) => {
    return describeMember(target(value, "getOwnPropertyDescriptor"), plainKey(toKey(key)));
  }),
];
