/** All names of built-ins, for the compiler: what `__js:` resolves. */
import { GETTER } from "./built-in.ts";
import { CODE } from "./code.ts";
import { CONSTANTS, SYMBOLS } from "./constants.ts";
import { HOST } from "./host/index.ts";
import { LIBRARY } from "./library.ts";

export { CONSTANTS } from "./constants.ts";

let names: ReadonlySet<string> | null = null;

/**
 * Globals, static functions, methods of prototypes, constructors, prototypes, namespaces, intrinsics, and the constants of
 * `CONSTANTS`.
 */
export function builtinNames(): ReadonlySet<string> {
  names ??= allNames();
  return names;
}

function allNames(): ReadonlySet<string> {
  const found = new Set<string>([...CONSTANTS.keys(), ...SYMBOLS.keys(), "Symbol", ...Object.keys(CODE)]);
  for (const { name } of [...HOST, ...LIBRARY]) {
    if (name.startsWith(GETTER)) continue;
    // `Math.floor` is in a namespace, `Map.prototype.get` on the prototype of a constructor: both are values, too.
    const isOfIntrinsic = name.startsWith("%");
    for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
      const owner = name.slice(0, dot);
      if (!isOfIntrinsic || owner.endsWith(".prototype")) found.add(owner);
    }
    found.add(name);
  }
  return found;
}
