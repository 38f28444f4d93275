/** `npm run bench`: see README.md beside this file. */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { type Row, type Sizes, type Suite, table, WrongResult } from "./measure.ts";
import { actors, measureIdle } from "./suites/actors.ts";
import { compute } from "./suites/compute.ts";
import { latency, measureTimers } from "./suites/latency.ts";
import { start } from "./suites/start.ts";

// V8 sometimes loses a concurrent on-stack replacement, and a loop then stays slow to its end.
setFlagsFromString("--no-concurrent-osr");

const SUITES: Record<string, Suite> = { compute, actors, latency, start };
const RESULTS = fileURLToPath(new URL("../bench/results.json", import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false }, idle: { type: "string" }, timers: { type: "string" } },
});

/** A suite or a case whose name holds one of the words; everything if there are none. */
function isWanted(suite: string, name: string): boolean {
  return positionals.length === 0 || positionals.some((word) => suite === word || name.includes(word));
}

async function main(): Promise<void> {
  const sizes: Sizes = values.quick ? { scale: "quick", rounds: 3 } : { scale: "full", rounds: 7 };
  const rows: Row[] = [];
  for (const [name, suite] of Object.entries(SUITES)) {
    for await (const row of suite(sizes, (one) => isWanted(name, one))) {
      rows.push(row);
      process.stderr.write(`${row.suite}: ${row.name}: ${row.value.toPrecision(3)} ${row.measure}\n`);
    }
  }
  if (rows.length === 0) throw new Error(`no suite and no case is called ${positionals.join(" or ")}`);
  process.stdout.write(`${table(rows)}\n`);
  const machine = {
    node: process.version,
    platform: process.platform,
    arch: process.arch,
    cores: availableParallelism(),
  };
  if (positionals.length === 0) {
    const results = { date: new Date().toISOString().slice(0, 10), quick: values.quick, machine, rows };
    writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  }
}

// What child.ts asks for.
if (values.idle !== undefined) {
  process.stdout.write(String(measureIdle(Number(values.idle))));
} else if (values.timers !== undefined) {
  // Once before, so that V8 has compiled what is measured.
  await measureTimers(Math.ceil(Number(values.timers) / 10));
  process.stdout.write(String(await measureTimers(Number(values.timers))));
} else {
  main().catch((error: unknown) => {
    process.stderr.write(`bench: ${error instanceof WrongResult ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
  });
}
