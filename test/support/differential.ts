/** Runs a program in several engines and tells where they differ. */
import { ENGINES, type Engine, type Run, runProgram } from "./run.ts";

const FIELDS = ["status", "code", "result", "exact", "reason", "stack", "stdout", "stderr", "reductions"] as const;

/** What differs from the first engine, in words; null: nothing. */
export function differences(
  source: string,
  budget: number,
  reloadAt?: number,
  reductions = 200_000,
  engines: readonly Engine[] = ENGINES,
): string | null {
  let first: Run | null = null;
  for (const engine of engines) {
    const limits = { reductions, mailbox: 1000, processes: 2000 };
    const run = runProgram(source, { engine, budget, limits, ...(reloadAt === undefined ? {} : { reloadAt }) });
    if (first === null) {
      first = run;
      continue;
    }
    const found = difference(first, run);
    if (found !== null) return `${engine.name} differs from ${engines[0].name}: ${found}`;
  }
  return null;
}

function difference(a: Run, b: Run): string | null {
  for (let i = 0; i < Math.max(a.events.length, b.events.length); i++) {
    if (a.events[i] !== b.events[i]) return `event ${i} is ${b.events[i]} instead of ${a.events[i]}`;
  }
  for (const field of FIELDS) {
    const [x, y] = [JSON.stringify(a[field]), JSON.stringify(b[field])];
    if (x !== y) return `${field} is ${y} instead of ${x}`;
  }
  const [x, y] = [a.crashes.join("; "), b.crashes.join("; ")];
  if (x !== y) return `crashes are ${y} instead of ${x}`;
  const [left, right] = [a.remains.join("; "), b.remains.join("; ")];
  return left === right ? null : `what remained of crashes is ${right} instead of ${left}`;
}
