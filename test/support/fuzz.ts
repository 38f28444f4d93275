/**
 * As many random programs as one likes: `npm run fuzz -- [count] [seed]`. A failing one is shrunk and printed as
 * assembly, with what differs.
 */
import fc from "fast-check";
import { differences } from "./differential.ts";
import { assemblyOf, randomProgram, reductionsOf } from "./random-programs.ts";

const count = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
process.stderr.write(`${count} programs, seed ${seed}\n`);

let ran = 0;
const budgets = fc.constantFrom(1, 2, 7, 100, 2000);
const reloads = fc.constantFrom(undefined, undefined, 3, 10, 40);
const property = fc.property(randomProgram(), budgets, reloads, (program, budget, reloadAt) => {
  if (++ran % 1000 === 0) process.stderr.write(`${ran}\n`);
  return differences(assemblyOf(program), budget, reloadAt, reductionsOf(program)) === null;
});
const result = fc.check(property, { numRuns: count, seed });
if (result.failed) {
  const [program, budget, reloadAt] = result.counterexample!;
  const source = assemblyOf(program);
  const found = differences(source, budget, reloadAt, reductionsOf(program));
  process.stdout.write(`${source}\n\nbudget ${budget}, new code at event ${reloadAt}: ${found}\n`);
  process.exitCode = 1;
}
