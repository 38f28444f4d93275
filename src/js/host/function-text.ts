/** What JavaScript knows of a function besides how to call it: its name, how many arguments it declares, its text. */
import type { FunctionValue } from "../../values/function.ts";

/** The member `name` if it is a text, else what the code is called. */
export function jsNameOf(value: FunctionValue): string {
  const own = value.members?.object.$name;
  if (typeof own === "string") return own;
  if (value.foreign !== null) return lastPart(value.foreign.name);
  return lastPart(value.code?.name ?? "");
}

/** `Array.prototype.map` → `map`, `Main:inner~2`, the second of that name, → `inner`. */
function lastPart(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf(":"), name.lastIndexOf("/")) + 1);
  return last.replace(/~\d+$/, "");
}

/** Code is compiled without its source. */
export function functionText(value: FunctionValue): string {
  return `function ${jsNameOf(value)}() { [native code] }`;
}
