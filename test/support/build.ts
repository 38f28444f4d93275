/** Builds the command lines before their tests, if sources have changed since. */
import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "tsup";
import { commandLines } from "../../tsup.config.ts";

const SOURCES = ["src", "interpreter", "jit", "package.json", "tsup.config.ts"];
const BUILT = ["dist/ionvm.cjs", "dist/iondis.cjs", "dist/ionc.cjs", "dist/tools.cache"];

export default async function setup(): Promise<void> {
  const built = Math.min(...BUILT.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));
  if (!SOURCES.some((source) => lastChange(source) > built)) return;
  for (const options of commandLines) await build({ ...options, config: false, silent: true });
  execFileSync(process.execPath, ["dist/code-cache.cjs", "samples/ts/hello.ts"]);
}

function lastChange(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}
