/** Files and programs that mean harm: a clear error or a correct run, and the VM goes on. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeClass } from "../src/bytecode/encode.ts";
import { LoadError } from "../src/errors.ts";
import { nodeHost } from "../src/node/host.ts";
import { inspect } from "../src/values/print.ts";
import { VM } from "../src/vm.ts";
import { arbitraryProgram } from "./support/arbitrary.ts";

const PACKS = join(import.meta.dirname, "packs");
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(PACKS, name)));

interface Outcome {
  readonly status: string;
  readonly main: string;
  readonly stdout: string;
  readonly events: string;
}

/** Loads and runs, bounded; a LoadError is an outcome, anything else that is thrown is a bug. */
function runHostile(bytes: Uint8Array, budget = 2000): Outcome {
  let stdout = "";
  const events: string[] = [];
  const vm = new VM({
    host: nodeHost(),
    budget,
    virtualTime: true,
    limits: { reductions: 20_000, processes: 50, mailbox: 100, frames: 1000 },
    stdout: (text) => {
      stdout += text;
    },
    stderr: () => {},
  });
  vm.subscribe((event) => events.push(JSON.stringify(event)));
  try {
    const main = vm.start(vm.load(bytes, { file: "hostile" }));
    const { status } = vm.runSync();
    const { outcome } = main;
    const ended = outcome === null ? "" : `${inspect(outcome.reason)} ${inspect(outcome.result)}`;
    return { status, main: ended, stdout, events: events.join("\n") };
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    expect(error.message).toMatch(/^hostile[,:] ?[^\n]+$/);
    return { status: "refused", main: "", stdout, events: "" };
  }
}

describe("damaged packs", () => {
  it.each(["reference/match.ionpack", "samples/unified-actors.ionpack"])(
    "%s: every byte changed, every prefix",
    (file) => {
      const bytes = read(file);
      const seen = new Map<string, number>();
      for (let i = 0; i < bytes.length; i++) {
        const damaged = bytes.slice();
        damaged[i] ^= 1 << (i % 8);
        for (const { status } of [runHostile(damaged), runHostile(bytes.subarray(0, i))]) {
          seen.set(status, (seen.get(status) ?? 0) + 1);
        }
      }
      // Nearly all of an archive is under a checksum; a prefix never has its directory.
      expect(seen.get("refused")).toBeGreaterThan(bytes.length);
    },
  );
});

describe("damaged class files", () => {
  it.each(["samples/history-1c81b82-python-ionvm_test_python.ionc"])("%s: every byte changed", (file) => {
    const bytes = read(file);
    let ran = 0;
    for (let i = 0; i < bytes.length; i++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = bytes.slice();
        damaged[i] ^= 1 << bit;
        if (runHostile(damaged).status !== "refused") ran++;
      }
    }
    expect(ran).toBeGreaterThan(0);
  });
});

describe("random bytes", () => {
  it("are refused", () => {
    fc.assert(
      fc.property(fc.constantFrom("", "PK\u0003\u0004", "IONBC\u0001\0\0", "\u0001"), fc.uint8Array(), (head, rest) => {
        const bytes = Uint8Array.from([...head].map((c) => c.charCodeAt(0)).concat([...rest]));
        expect(runHostile(bytes).status).not.toBe("idle");
      }),
      { numRuns: 3000 },
    );
  });
});

describe("random programs", () => {
  it("end in one of the ways a program can, each time in the same", () => {
    let ran = 0;
    fc.assert(
      fc.property(arbitraryProgram(), fc.constantFrom(1, 7, 2000), (program, budget) => {
        const bytes = encodeClass(program);
        const first = runHostile(bytes, budget);
        expect(runHostile(bytes, budget)).toEqual(first);
        if (first.status !== "refused") ran++;
      }),
      { numRuns: 3000 },
    );
    // The generator would be of no use if most of them were refused.
    expect(ran).toBeGreaterThan(1500);
  });
});
