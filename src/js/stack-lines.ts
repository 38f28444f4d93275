/** Lines of stacks as V8 writes them: functions by the names that the programmer gave them, places in the source. */
import type { RaisedAt } from "../operations/js/realm.ts";
import { LIBRARY, LIBRARY_PREFIX, sourceName } from "./library.ts";

/** By what they are called in their files: the names of built-ins in stacks, `Array.map`; not those that only the compiler calls. */
const BUILT_INS: ReadonlyMap<string, string> = new Map(
  LIBRARY.filter(({ name }) => !name.startsWith("%")).map(({ name }) => {
    return [sourceName(name), name.replace(".prototype.", ".").replace(/@@(\w+)/, "[Symbol.$1]")];
  }),
);

/** Where the code of built-ins is, to programs. */
const NOWHERE = "<anonymous>";

/** `deposit (bank.ts:12:7)`; null for what is of no interest: what the compiler calls, and no program. */
export function stackLine({ functionName, writtenName, file, line, column }: RaisedAt): string | null {
  if (functionName.startsWith(LIBRARY_PREFIX)) {
    const builtIn = BUILT_INS.get(writtenName ?? "");
    return builtIn === undefined ? null : `${builtIn} (${NOWHERE})`;
  }
  const place = [file ?? NOWHERE, line, column].filter((part) => part !== null).join(":");
  const name = writtenName ?? functionName;
  return name === "" ? place : `${name} (${place})`;
}

export function stackLines(stack: readonly RaisedAt[]): string[] {
  return stack.map(stackLine).filter((line) => line !== null);
}
