/**
 * As many random programs as one likes: `npm run fuzz -- [count] [seed]`. A failing one is shrunk and printed as
 * assembly, with what differs.
 */
import fc from "fast-check";
import { differences } from "./differential.ts";
import { assemblyOf, randomProgram } from "./random-programs.ts";

const count = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
process.stderr.write(`${count} programs, seed ${seed}\n`);

let ran = 0;
const property = fc.property(randomProgram(), fc.constantFrom(1, 2, 7, 100, 2000), (program, budget) => {
  if (++ran % 1000 === 0) process.stderr.write(`${ran}\n`);
  return differences(assemblyOf(program), budget) === null;
});
const result = fc.check(property, { numRuns: count, seed });
if (result.failed) {
  const [program, budget] = result.counterexample!;
  const source = assemblyOf(program);
  process.stdout.write(`${source}\n\nbudget ${budget}: ${differences(source, budget)}\n`);
  process.exitCode = 1;
}
