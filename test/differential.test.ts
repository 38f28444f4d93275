/** Random programs through every engine: nobody can tell them apart but by the clock. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MNEMONICS, rowOf } from "../src/bytecode/instructions.ts";
import { VM } from "../src/vm.ts";
import { differences } from "./support/differential.ts";
import { assemblyOf, randomProgram, randomProgramOfJs, reductionsOf } from "./support/random-programs.ts";
import { BUDGETS, enginesOf } from "./support/run.ts";

const PROGRAMS = 2000;

describe("random programs", () => {
  it(`${PROGRAMS} of them do the same in each of their engines`, () => {
    fc.assert(
      // Some get new code in the middle of everything.
      fc.property(
        randomProgram(),
        fc.constantFrom(...BUDGETS),
        fc.constantFrom(undefined, undefined, 3, 10, 40),
        fc.nat(BUDGETS.length - 1),
        (program, budget, reloadAt, number) => {
          const source = assemblyOf(program);
          const engines = enginesOf(number, budget);
          const found = differences(source, budget, reloadAt, reductionsOf(program), engines);
          if (found !== null) throw new Error(`${found}\n\nbudget ${budget}, new code at ${reloadAt}\n${source}`);
        },
      ),
      { numRuns: PROGRAMS },
    );
  }, 240_000);

  const found = new URL("./found/", import.meta.url);
  it.each(readdirSync(found))("found before: %s", (name) => {
    const source = readFileSync(new URL(name, found), "utf8");
    for (const budget of BUDGETS) expect(differences(source, budget)).toBe(null);
  });

  it("they execute every instruction, and nearly all end by themselves", () => {
    const executed = new Set<string>();
    let endless = 0;
    const programs = [
      ...fc.sample(randomProgram(), { numRuns: 400, seed: 1 }),
      ...fc.sample(randomProgramOfJs(), { numRuns: 400, seed: 1 }),
    ];
    for (const program of programs) {
      const vm = new VM({
        stdout: () => {},
        virtualTime: true,
        limits: { reductions: reductionsOf(program) },
        onInstruction: (_, code, at) => executed.add(code.instructions[at].op),
      });
      vm.start(vm.load(new TextEncoder().encode(assemblyOf(program))));
      if (vm.runSync().status === "reductions") endless++;
    }
    // Only files of version 1 have JOIN_NUMBER.
    const missing = MNEMONICS.filter((op) => op !== "JOIN_NUMBER" && !executed.has(op));
    expect(missing).toEqual([]);
    expect(rowOf("JOIN_NUMBER").inVersion1).toBe(true);
    expect(endless).toBeLessThan(programs.length / 10);
  }, 60_000);
});
