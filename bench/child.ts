/** Measurements that need a process of their own: main.ts runs them when it gets the option. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export type ChildTask = "--idle" | "--timers";

/** The number that the task gives for this size, measured in a fresh process. */
export function inChild(task: ChildTask, size: number): number {
  const entry = fileURLToPath(new URL("./bench.js", import.meta.url));
  return Number(execFileSync(process.execPath, ["--expose-gc", entry, task, String(size)], { encoding: "utf8" }));
}
