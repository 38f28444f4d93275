/** What is emitted while the program tables and the samples run, each of them with generators or without, held to what the emitter may make. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Emitted, faultsOf } from "../support/emitted.ts";
import { ALL_WAYS, program, type Row, runProgram } from "../support/run.ts";

const TABLES = resolve(import.meta.dirname, "../programs");
const SAMPLES = resolve(import.meta.dirname, "../../samples");

async function rows(): Promise<Row[]> {
  const found: Row[] = [];
  for (const name of readdirSync(TABLES)) {
    const table = (await import(join(TABLES, name))) as Record<string, unknown>;
    for (const list of Object.values(table)) {
      if (Array.isArray(list)) found.push(...(list as Row[]).filter(({ source }) => typeof source === "string"));
    }
  }
  return found;
}

function emittedBy(source: string, jitGenerators: boolean, jitThreshold = 0): Emitted[] {
  const all: Emitted[] = [];
  const options = { jitThreshold, jitGenerators, onEmit: (one: Emitted) => all.push(one) };
  runProgram(source, { engine: { name: "JIT", options }, budget: 7, limits: { reductions: 20_000 }, events: false });
  return all;
}

const LOOP = `.function main arity=0 regs=6
  LOAD_CONST r0, 0
  LOAD_CONST r1, 1
  LOAD_CONST r2, 100
  LOAD_CONST r4, :"__vm:self"
again:
  SEND r4, r0
  RECEIVE r5
  ADD r0, r0, r1
  LESS_THAN r3, r0, r2
  JUMP_IF_TRUE r3, again
  RETURN r0
.end`;

describe("emitted code", () => {
  it.each([false, true])(
    "of program tables and samples is as it must be (generators: %s)",
    async (generators) => {
      const sources = (await rows())
        .filter(({ expect: wanted, heavy }) => wanted.fails === undefined && !heavy)
        .map(({ source }) => program(source));
      for (const name of readdirSync(SAMPLES)) {
        if (name.endsWith(".ionasm")) sources.push(readFileSync(join(SAMPLES, name), "utf8"));
      }
      let bodies = 0;
      const forms = new Set<string>();
      // Programs share what they use of the library.
      const known = new Set<string>();
      for (const [i, source] of sources.entries()) {
        // Every second program with generators, all others without, unless all ways are wanted.
        if (!ALL_WAYS && (i % 2 === 1) !== generators) continue;
        for (const one of emittedBy(source, generators)) {
          bodies++;
          forms.add(one.form);
          if (known.has(one.source)) continue;
          known.add(one.source);
          const faults = faultsOf(one);
          if (faults.length > 0) throw new Error(`${faults.join("; ")}\n${one.source}\n${source}`);
        }
      }
      expect(sources.length).toBeGreaterThan(500);
      expect(bodies).toBeGreaterThan(1000);
      expect([...forms].sort()).toEqual(
        generators ? ["continuation", "direct", "generator"] : ["continuation", "direct"],
      );
    },
    120_000,
  );

  // A checker that cannot fail is worth nothing.
  describe("with a fault is found out", () => {
    // Entered at its loop, after some rounds.
    const bodies = emittedBy(LOOP, true, 5);
    const generator = bodies.find(({ form }) => form === "generator")!;
    const fault = (change: (source: string) => string): string[] => {
      const source = change(generator.source);
      expect(source).not.toBe(generator.source);
      return faultsOf({ ...generator, source });
    };

    it("and without one it is not", () => {
      expect(faultsOf(generator)).toEqual([]);
      expect(generator.source).toContain("yield");
    });
    it("a check that is gone", () => {
      const change = (source: string): string => source.replace(/while \(b <= 0\) \{[^}]*\} else \{[^}]*\}\s*\}/, "");
      expect(fault(change)).toEqual(["receive without a check"]);
    });
    // SEND, which begins the loop, needs none of its own.
    it("the check of a loop that is gone", () => {
      const change = (source: string): string => source.replace(/if \(b <= 0\) \{\s*break L\d+;\s*\}/, "");
      expect(fault(change)).toEqual(["send without a check", "the loop at 4 begins without a check"]);
    });
    it("a check at another instruction", () => {
      const faults = fault((source) =>
        source.replace(/(while \(b <= 0\) \{[^}]*c\d+\(F, )\d+/, `$1${generator.code.form!.offsets[0]}`),
      );
      expect(faults.join()).toContain("which is no safe point");
    });
    it("a yield elsewhere", () => {
      expect(fault((source) => source.replace("I[3] + 1 | 0;", "I[3] + 1 | 0; } yield; {"))).toContain(
        "a yield that is none of the three",
      );
    });
    it("a name of a program", () => {
      expect(fault((source) => source.replaceAll("r3", "hello"))).toContain("the name hello");
    });
    it("a kind of code that is not the emitter's", () => {
      expect(fault((source) => source.replace("yield", "yield (() => 1)(), yield"))).toContain(
        "a ArrowFunctionExpression",
      );
    });
  });
});
