/** Where a program does in one of the engines what it does not in Node. */
import type { Pack } from "../../src/pack/pack.ts";
import { compile, MORE_WAYS, run, type Way } from "./engines.ts";
import { runInNode } from "./node.ts";

/** Longer ones are left out. */
const MILLISECONDS = 200;

/** In words; null: nowhere, or the program is none for Node. */
export function differences(source: string, ways: readonly Way[] = MORE_WAYS): string | null {
  let expected: string | null;
  try {
    expected = runInNode(source, MILLISECONDS);
  } catch {
    return null;
  }
  if (expected === null) return null;
  let pack: Pack;
  try {
    pack = compile(source);
  } catch (error) {
    return `is not compiled: ${(error as Error).message}`;
  }
  for (const way of ways) {
    const got = run(pack, way);
    if (got === expected) continue;
    const [a, b] = [expected.split("\n"), got.split("\n")];
    const at = a.findIndex((line, i) => line !== b[i]);
    return `${way.name}: line ${at + 1} is ${JSON.stringify(b[at])} instead of ${JSON.stringify(a[at])}`;
  }
  return null;
}
