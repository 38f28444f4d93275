/** `--stats`: what a run took. */
import type { VM } from "../../vm.ts";
import { colors, tell } from "./console.ts";

/** @param started by `performance.now()` */
export function tellStats(vm: VM, started: number): void {
  const { turns, reductions, live } = vm.stats();
  const rows: readonly (readonly [string, string])[] = [
    ["reductions", `${reductions}`],
    ["turns", `${turns}`],
    ["live processes", `${live}`],
    ["time", `${((performance.now() - started) / 1_000).toFixed(3)} s`],
    // Kibibytes on every system.
    ["peak memory", `${(process.resourceUsage().maxRSS / 1_024).toFixed(1)} MiB`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) tell(`${colors.cyan("stats:")} ${name.padEnd(width)}  ${value}`);
}
