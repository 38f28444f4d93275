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
    ...jitRows(vm),
    ["time", `${((performance.now() - started) / 1_000).toFixed(3)} s`],
    // Kibibytes on every system.
    ["peak memory", `${(process.resourceUsage().maxRSS / 1_024).toFixed(1)} MiB`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) tell(`${colors().cyan("stats:")} ${name.padEnd(width)}  ${value}`);
}

function jitRows({ jit }: VM): (readonly [string, string])[] {
  const { functions } = jit;
  const compiled = functions.filter(({ unfit }) => unfit === null);
  if (functions.length === 0) return [["compiled", jit.unable ?? "nothing"]];
  const forms = { direct: 0, continuation: 0, generator: 0 };
  for (const { bodies } of compiled) for (const form of FORMS) forms[form] += bodies[form];
  const bodies = FORMS.filter((form) => forms[form] > 0).map((form) => `${forms[form]} ${form}`);
  return [
    ["compiled", `${compiled.length} functions: ${bodies.join(", ") || "no bodies"}`],
    ["stay interpreted", `${functions.length - compiled.length} of those that are hot`],
    ["left", `${jit.leaves} times; begun anew ${jit.renewals} times`],
    ["compiling", `${(jit.milliseconds / 1_000).toFixed(3)} s`],
  ];
}
const FORMS = ["direct", "continuation", "generator"] as const;
