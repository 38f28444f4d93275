/** Holds rows of program tables against the ways of running them, and these against each other. */
import { expect } from "vitest";
import { LoadError } from "../../src/errors.ts";
import {
  BUDGETS,
  briefly,
  ENGINES,
  type Expectation,
  enginesOf,
  program,
  type Row,
  type Run,
  runProgram,
} from "./run.ts";

/**
 * Runs a row with every budget, and holds the runs against the row and against each other.
 * @param number of the row in its table: see `enginesOf`
 */
export function checkRow(row: Row, number: number): void {
  const source = program(row.source);
  if (row.expect.fails !== undefined) {
    expect(() => runProgram(source)).toThrowError(LoadError);
    expect(() => runProgram(source)).toThrowError(row.expect.fails);
    return;
  }
  const runs = new Map<number, Run>();
  const extra = Object.keys(row.expect.events ?? {}).map(Number);
  const budgets = row.heavy ? [2000] : [...new Set([...BUDGETS, ...extra])];
  for (const budget of budgets) {
    // Those that run with one budget alone have it with all engines.
    for (const engine of row.heavy ? ENGINES : enginesOf(number, budget)) {
      const run = runProgram(source, { ...row.options, budget, engine, events: !row.heavy });
      const way = `${engine.name}, budget ${budget}`;
      checkExpectation(row.expect, run, way);
      const events = row.expect.events?.[budget];
      if (events !== undefined) expect(run.events.map(briefly), way).toEqual(events);
      const first = runs.get(budget);
      if (first === undefined) runs.set(budget, run);
      else expect(run, `${way} against ${ENGINES[0].name}`).toEqual(first);
    }
  }
  if (row.racy) return;
  const [first, ...others] = [...runs.values()].map(outcomeOf);
  for (const other of others) expect(other, `one budget against another`).toEqual(first);
}

/** The part of a run that does not depend on where turns end. */
export function outcomeOf({
  status,
  code,
  stdout,
  stderr,
  exact,
  result,
  reason,
  stack,
  reductions,
  crashes,
}: Run): unknown {
  return { status, code, stdout, stderr, exact, result, reason, stack, reductions, crashes: [...crashes].sort() };
}

const COMPARED = ["result", "exact", "stdout", "stderr", "stack", "code", "reductions", "crashes"] as const;

function checkExpectation(expected: Expectation, run: Run, way: string): void {
  const wanted: Record<string, unknown> = {
    status: expected.status ?? "done",
    reason: expected.reason ?? ((expected.status ?? "done") === "done" ? ":normal" : null),
  };
  const got: Record<string, unknown> = { status: run.status, reason: run.reason };
  for (const field of COMPARED) {
    if (expected[field] === undefined) continue;
    wanted[field] = expected[field];
    got[field] = run[field];
  }
  expect(got, way).toEqual(wanted);
}
