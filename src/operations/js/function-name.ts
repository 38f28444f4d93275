/** What JavaScript calls a function: its `name`. */
import type { FunctionValue } from "../../values/function.ts";

/** The member `name` if it is a text, else what the code is called. */
export function jsNameOf(value: FunctionValue): string {
  const own = value.members?.object.$name;
  return typeof own === "string" ? own : plainName(value);
}

/** The same of a function without such a member. */
export function plainName(value: FunctionValue): string {
  return lastPart(value.foreign?.name ?? (value.code as { readonly name?: string } | null)?.name ?? "");
}

/** What the compiler puts behind the names of functions to tell them apart, and in front of those that are called by `new`. */
const ADDED = /^new |~\d+$/g;

/** `Array.prototype.map` → `map`, `Main:A.inner~2` → `inner`, `List.[Symbol.iterator]` → `[Symbol.iterator]`. */
function lastPart(name: string): string {
  const own = name.slice(name.lastIndexOf(":") + 1).replace(ADDED, "");
  return own.slice(own.endsWith("]") ? own.lastIndexOf("[") : own.lastIndexOf(".") + 1);
}
