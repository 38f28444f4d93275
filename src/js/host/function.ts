/** Function: what needs no call. `call`, `apply` and `bind` are code of ours: see realm. */
import { jsError } from "../../errors.ts";
import { FunctionMembers, FunctionValue, isOwned } from "../../values/function.ts";
import { defineProperty, IonObject } from "../../values/object.ts";
import { emptyArray, type Value, type ValueArray } from "../../values/value.ts";
import { type BuiltIn, badArgument, fn, intrinsic, method } from "../built-in.ts";
import { arrayLike } from "./array.ts";
import { isNullish } from "./convert.ts";
import { functionText, jsLengthOf, jsNameOf } from "./function-text.ts";
import { allowElements } from "./limits.ts";

/** The arguments of `apply`. */
function argumentsOf(list: Value): ValueArray {
  if (Array.isArray(list)) return list;
  if (isNullish(list)) return emptyArray();
  if (list instanceof IonObject) return arrayLike(list);
  throw jsError("TypeError", "CreateListFromArrayLike called on non-object");
}

/** Names what `bind` has made. */
function named(value: FunctionValue, target: FunctionValue, first: ValueArray): Value {
  // What others know already stays as it is.
  if (value.members !== null || !isOwned(value)) throw badArgument(value);
  value.members = new FunctionMembers(new IonObject(), true);
  const name = `bound ${jsNameOf(target)}`;
  const attributes = { writable: false, enumerable: false, configurable: true };
  const length = Math.max(0, jsLengthOf(target) - first.length);
  defineProperty(value.members.object, "$length", length, attributes);
  defineProperty(value.members.object, "$name", name, attributes);
  return value;
}

export const FUNCTION: readonly BuiltIn[] = [
  fn("Function", 1, () => {
    throw jsError("EvalError", "Code generation from strings disallowed for this context");
  }),
  fn("%arrayLike", 1, argumentsOf),
  intrinsic("%concat", ["array", "array"], (first, second) => {
    allowElements(first.length + second.length);
    return [...first, ...second];
  }),
  intrinsic("%bound", ["function", "function", "array"], named),
  method("Function.prototype.toString", 0, (self: Value) => {
    if (self instanceof FunctionValue) return functionText(self);
    throw jsError("TypeError", "Function.prototype.toString requires that 'this' be a Function");
  }),
];
