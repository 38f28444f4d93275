/** What JavaScript knows of a function besides how to call it: its name, how many arguments it declares, its text. */
import { FunctionValue } from "../../values/function.ts";
import type { Value } from "../../values/value.ts";
import { LIBRARY_PREFIX } from "../library.ts";

/** The member `name` if it is a text, else what the code is called. */
export function jsNameOf(value: FunctionValue): string {
  const own = value.members?.object.$name;
  if (typeof own === "string") return own;
  if (value.foreign !== null) return lastPart(value.foreign.name);
  return lastPart(value.code?.name ?? "");
}

/** What compilers put behind the names of functions to tell them apart, and in front of those that are called by `new`. */
const ADDED = /^new |~\d+$/g;

/** `Array.prototype.map` → `map`, `Main:A.inner~2` → `inner`, `List.[Symbol.iterator]` → `[Symbol.iterator]`. */
function lastPart(name: string): string {
  const own = name.slice(name.lastIndexOf(":") + 1).replace(ADDED, "");
  return own.slice(own.endsWith("]") ? own.lastIndexOf("[") : own.lastIndexOf(".") + 1);
}

/** How many arguments it declares: what `length` says. */
export function jsLengthOf({ members, code, captured }: FunctionValue): number {
  const own = members?.object.$length;
  if (typeof own === "number") return own;
  const { arity = 0, collects = -1 } = (code ?? {}) as { readonly arity?: number; readonly collects?: number };
  return Math.max(0, (collects >= 0 ? Math.min(arity, collects) : arity) - captured.length);
}

/** Does it come with the VM? Then the host may do in its place what it does. */
export function isBuiltIn(value: Value | undefined): boolean {
  if (!(value instanceof FunctionValue)) return false;
  return value.foreign !== null || value.code!.name.startsWith(LIBRARY_PREFIX);
}

/** Code is compiled without its source. */
export function functionText(value: FunctionValue): string {
  return `function ${jsNameOf(value)}() { [native code] }`;
}
