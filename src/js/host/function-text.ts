/** What JavaScript knows of a function besides how to call it: its name, how many arguments it declares, its text. */
import { jsNameOf } from "../../operations/js/function-name.ts";
import { FunctionValue } from "../../values/function.ts";
import type { Value } from "../../values/value.ts";
import { LIBRARY_PREFIX } from "../library.ts";
import { inMessage } from "./limits.ts";

export { jsNameOf };

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
  return `function ${inMessage(jsNameOf(value))}() { [native code] }`;
}
