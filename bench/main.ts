/** `npm run bench`: see README.md beside this file. */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { chart } from "./chart.ts";
import type { ChildTask } from "./child.ts";
import { notesOnForeign } from "./foreign.ts";
import { type CaseResult, ENGINES, type Engine, type Sizes, type Suite, WrongResult } from "./measure.ts";
import { cleanUpPeers, notesOnPeers } from "./peers.ts";
import { report, shownNumber } from "./report.ts";
import { actors, measureIdle } from "./suites/actors.ts";
import { compute } from "./suites/compute.ts";
import { ffi } from "./suites/ffi.ts";
import { javascript } from "./suites/javascript.ts";
import { latency, measureTimers } from "./suites/latency.ts";
import { signals } from "./suites/signals.ts";
import { start } from "./suites/start.ts";

// V8 sometimes loses a concurrent on-stack replacement, and a loop then stays slow to its end.
setFlagsFromString("--no-concurrent-osr");

const SUITES: Record<string, Suite> = { compute, actors, signals, latency, start, ffi, javascript };
const RESULTS = fileURLToPath(new URL("../bench/results.json", import.meta.url));
const CHART = fileURLToPath(new URL("../bench/results.svg", import.meta.url));

const USAGE = `usage: npm run bench [-- [--quick] [WORD…]]
  --quick  small sizes, to see that everything works
  WORD     a suite (${Object.keys(SUITES).join(", ")}), or a part of the name of a case; all of them without
`;

function options() {
  return parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      // What child.ts gives.
      child: { type: "string" },
      engine: { type: "string" },
    },
  });
}

function optionsOrUsage(): ReturnType<typeof options> {
  try {
    return options();
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

const { values, positionals } = optionsOrUsage();
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}

/** A suite or a case whose name holds one of the words; everything if there are none. */
function isWanted(suite: string, name: string): boolean {
  return positionals.length === 0 || positionals.some((word) => suite === word || name.includes(word));
}

async function main(): Promise<void> {
  const sizes: Sizes = { scale: values.quick ? "quick" : "full", rounds: 5 };
  const results: CaseResult[] = [];
  for (const [name, suite] of Object.entries(SUITES)) {
    for await (const result of suite(sizes, (one) => isWanted(name, one))) {
      results.push(result);
      for (const row of result.rows) {
        process.stderr.write(`${row.suite}: ${row.name}: ${shownNumber(row.value)} ${row.measure}\n`);
      }
    }
  }
  if (results.length === 0) {
    process.stderr.write(`bench: no suite and no case is called ${positionals.join(" or ")}\n`);
    process.exitCode = 2;
    return;
  }
  process.stdout.write(`${[report(results), ...notesOnPeers(), ...notesOnForeign()].join("\n\n")}\n`);
  if (positionals.length === 0) save(results);
}

function save(results: readonly CaseResult[]): void {
  const machine = {
    node: process.version,
    platform: process.platform,
    arch: process.arch,
    cores: availableParallelism(),
  };
  const rows = results.flatMap((result) => result.rows);
  const times = results.flatMap(({ suite, name, unit, times }) =>
    times.size > 0 ? [{ suite, name, unit, ways: Object.fromEntries(times) }] : [],
  );
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(RESULTS, `${JSON.stringify({ date, quick: values.quick, machine, rows, times }, null, 2)}\n`);
  writeFileSync(CHART, chart(results, { date, node: machine.node }));
}

const CHILD_TASKS: Record<ChildTask, (engine: Engine, args: readonly number[]) => number | Promise<number>> = {
  idle: (engine, [count, messages]) => measureIdle(engine, count, messages),
  timers: async (engine, [count, milliseconds]) => {
    // Once before, so that V8 has compiled what is measured.
    await measureTimers(engine, Math.ceil(count / 10), milliseconds / 10);
    return await measureTimers(engine, count, milliseconds);
  },
};

async function child(task: string, engine: string | undefined): Promise<void> {
  const run = CHILD_TASKS[task as ChildTask];
  const known = ENGINES.find((one) => one === engine);
  if (run === undefined || known === undefined) throw new Error(`no measurement ${task} of ${engine}`);
  process.stdout.write(String(await run(known, positionals.map(Number))));
}

(values.child === undefined ? main().finally(cleanUpPeers) : child(values.child, values.engine)).catch(
  (error: unknown) => {
    process.stderr.write(`bench: ${error instanceof WrongResult ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
  },
);
