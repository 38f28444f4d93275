/** Measurements that need a process of their own: main.ts runs them when it gets the options. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Engine } from "./measure.ts";

export type ChildTask = "idle" | "timers";

/** The number that the task gives with these arguments, measured in a fresh process. */
export function inChild(task: ChildTask, engine: Engine, ...args: readonly number[]): number {
  const entry = fileURLToPath(new URL("./bench.js", import.meta.url));
  const options = ["--expose-gc", entry, `--child=${task}`, `--engine=${engine}`, ...args.map(String)];
  return Number(execFileSync(process.execPath, options, { encoding: "utf8" }));
}
