/** Builds the command lines before their tests, if sources have changed since. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "tsup";
import { commandLines } from "../../tsup.config.ts";

const SOURCES = ["src", "interpreter", "jit", "package.json", "tsup.config.ts"];
const BUILT = ["dist/ionvm.js", "dist/iondis.js", "dist/ionc.js"];

export default async function setup(): Promise<void> {
  const built = Math.min(...BUILT.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));
  if (SOURCES.some((source) => lastChange(source) > built))
    await build({ ...commandLines, config: false, silent: true });
}

function lastChange(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}
