/** Every table of programs, each row in every way a program can be run. */
import { describe, expect, it } from "vitest";
import { ROWS as arithmetic } from "./programs/arithmetic.ts";
import { ROWS as comparison } from "./programs/comparison.ts";
import { ROWS as copying } from "./programs/copying.ts";
import { ROWS as costs } from "./programs/costs.ts";
import { ROWS as deep } from "./programs/deep.ts";
import { ROWS as errors } from "./programs/errors.ts";
import { ROWS as functions } from "./programs/functions.ts";
import { ROWS as limits } from "./programs/limits.ts";
import { ROWS as match } from "./programs/match.ts";
import { ROWS as methods } from "./programs/methods.ts";
import { ROWS as processes } from "./programs/processes.ts";
import { ROWS as properties } from "./programs/properties.ts";
import { ROWS as schedule } from "./programs/schedule.ts";
import { ROWS as signals } from "./programs/signals.ts";
import { ROWS as version1 } from "./programs/version1.ts";
import { checkRow, type Row } from "./support/run.ts";

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
  schedule,
  copying,
  deep,
  costs,
  limits,
  version1,
};

for (const [table, rows] of Object.entries(TABLES)) {
  describe(table, () => {
    for (const row of rows) it(row.name, () => checkRow(row));

    it("every row has a name of its own and says what it expects", () => {
      expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
      for (const row of rows) expect(Object.keys(row.expect), row.name).not.toHaveLength(0);
    });
  });
}
