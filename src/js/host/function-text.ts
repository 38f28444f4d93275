/** What JavaScript knows of a function besides how to call it: its name, how many arguments it declares, its text. */
import type { FunctionValue } from "../../values/function.ts";

/** The member `name` if it is a text, else what the code is called. */
export function jsNameOf(value: FunctionValue): string {
  const own = value.members?.object.$name;
  if (typeof own === "string") return own;
  if (value.foreign !== null) return lastPart(value.foreign.name);
  return lastPart(value.code?.name ?? "");
}

/** `Array.prototype.map` → `map`, `Main:outer/inner` → `inner`. */
function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf(":"), name.lastIndexOf("/")) + 1);
}

/** Code is compiled without its source. */
export function functionText(value: FunctionValue): string {
  return `function ${jsNameOf(value)}() { [native code] }`;
}
