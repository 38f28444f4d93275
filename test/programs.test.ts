/** Every table of programs, each row in every engine. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeClass } from "../src/bytecode/encode.ts";
import type { ClassFile } from "../src/bytecode/model.ts";
import { LoadError } from "../src/errors.ts";
import { Atom } from "../src/values/atom.ts";
import { ROWS as arithmetic } from "./programs/arithmetic.ts";
import { ROWS as bytes } from "./programs/bytes.ts";
import { ROWS as comparison } from "./programs/comparison.ts";
import { ROWS as copying } from "./programs/copying.ts";
import { ROWS as costs } from "./programs/costs.ts";
import { ROWS as deep } from "./programs/deep.ts";
import { ROWS as erlang } from "./programs/erlang.ts";
import { ROWS as errors } from "./programs/errors.ts";
import { ROWS as functions } from "./programs/functions.ts";
import { ROWS as javascript } from "./programs/javascript.ts";
import { ROWS as limits } from "./programs/limits.ts";
import { ROWS as match } from "./programs/match.ts";
import { ROWS as methods } from "./programs/methods.ts";
import { ROWS as processes } from "./programs/processes.ts";
import { ROWS as properties } from "./programs/properties.ts";
import { ROWS as schedule } from "./programs/schedule.ts";
import { ROWS as signals } from "./programs/signals.ts";
import { ROWS as std } from "./programs/std.ts";
import { ROWS as version1 } from "./programs/version1.ts";
import { arbitraryProgram } from "./support/arbitrary.ts";
import { checkRow, outcomeOf } from "./support/rows.ts";
import { BUDGETS, ENGINES, type Row, type Run, runProgram } from "./support/run.ts";

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  arithmetic,
  comparison,
  match,
  properties,
  methods,
  functions,
  errors,
  processes,
  signals,
  erlang,
  std,
  schedule,
  bytes,
  copying,
  deep,
  costs,
  limits,
  version1,
  javascript,
};

for (const [table, rows] of Object.entries(TABLES)) {
  describe(table, () => {
    rows.forEach((row, number) => {
      it(row.name, () => checkRow(row, number));
    });

    it("every row has a name of its own and says what it expects", () => {
      expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
      for (const row of rows) expect(Object.keys(row.expect), row.name).not.toHaveLength(0);
    });
  });
}

/** One process that cannot see its turns: what it does must not depend on them. */
function runsAlone({ functions }: ClassFile): boolean {
  return functions.every(({ body }) => {
    if (body.kind !== "bytecode") return true;
    return body.instructions.every(({ op, operands }) => {
      if (op === "SPAWN") return false;
      const [, value] = operands;
      return !(op === "LOAD_CONST" && value instanceof Atom && value.name === "__vm:scheduler_passes");
    });
  });
}

describe("random programs of one process", () => {
  it("do the same at every budget and in every engine", () => {
    let ran = 0;
    fc.assert(
      fc.property(arbitraryProgram().filter(runsAlone), (program) => {
        const bytes = encodeClass(program);
        const runs: Run[] = [];
        for (const budget of BUDGETS) {
          const sameBudget = ENGINES.map((engine) => {
            return runOrNull(bytes, { engine, budget, limits: { reductions: 20_000, mailbox: 100 } });
          });
          const [first] = sameBudget;
          for (const other of sameBudget) expect(other).toEqual(first);
          // Where the limit of reductions strikes is where a turn ends.
          if (first === null || first.status === "reductions") return;
          runs.push(first);
        }
        for (const run of runs) expect(outcomeOf(run)).toEqual(outcomeOf(runs[0]));
        ran++;
      }),
      { numRuns: 500 },
    );
    // The generator would be of no use if most programs were refused or endless.
    expect(ran).toBeGreaterThan(200);
  });
});

function runOrNull(...[source, options]: Parameters<typeof runProgram>): Run | null {
  try {
    return runProgram(source, options);
  } catch (error) {
    if (error instanceof LoadError) return null;
    throw error;
  }
}
