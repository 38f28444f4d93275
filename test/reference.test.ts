/**
 * Packs that the reference implementation made and ran: each behaves here as it was recorded there, with
 * the shortest turns and with ordinary ones. test/packs/README.md says where they come from.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LoadError } from "../src/errors.ts";
import { ENGINES, type Run, runProgram } from "./support/run.ts";

const PACKS = new URL("packs/", import.meta.url);
const BUDGETS = [1, 2000];

interface Recorded {
  readonly pack: string;
  readonly stdout?: string;
  readonly result?: string;
  readonly fails?: true;
}

function bytesOf(path: string): Uint8Array {
  return readFileSync(new URL(path, PACKS));
}

/** One run for each engine and budget. */
function runs(path: string): Run[] {
  const bytes = bytesOf(path);
  return ENGINES.flatMap((engine) => BUDGETS.map((budget) => runProgram(bytes, { engine, budget, events: false })));
}

describe("recorded results", () => {
  const recorded = readFileSync(new URL("reference/expected.jsonl", PACKS), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Recorded);

  it("there is a pack for each of the 509 records, and a record for each pack", () => {
    const packs = readdirSync(new URL("reference/", PACKS)).filter((name) => name.endsWith(".ionpack"));
    expect(recorded).toHaveLength(509);
    expect(recorded.map(({ pack }) => pack).sort()).toEqual(packs.sort());
  });

  for (const { pack, stdout, result, fails } of recorded) {
    it(pack, () => {
      if (fails) {
        expect(() => runProgram(bytesOf(`reference/${pack}`))).toThrowError(LoadError);
        expect(() => runProgram(bytesOf(`reference/${pack}`))).toThrowError(/^[^\n]+$/);
        return;
      }
      for (const run of runs(`reference/${pack}`)) {
        expect({ stdout: run.stdout, result: run.result }).toEqual({ stdout, result });
      }
    });
  }
});

/** Which samples, by name; their result; and the lines they print, in any order where two processes print. */
interface Sample {
  readonly files: RegExp;
  readonly result: string | null;
  readonly status?: Run["status"];
  readonly lines?: readonly string[];
  /** Instead of all lines: some that are among them. */
  readonly among?: readonly string[];
  readonly anyOrder?: true;
}

const ALICE = "{name: :Alice, age: 30, active: true}";

const SAMPLES: readonly Sample[] = [
  { files: /hello/, result: "42", lines: [] },
  { files: /(1c81b82|3b4776f)-python-ionvm_examples_python_actors/, result: "225", lines: [] },
  { files: /(ca9d06d-|python-)python_actors/, result: "126.11290000000001", lines: [] },
  { files: /test_python\.ionpack$/, result: "123", lines: [] },
  // Class files alone: their one function adds 10 to its argument, which nobody gives.
  { files: /test.*\.ionc$/, result: "undefined", lines: [] },
  { files: /complex_python/, result: ALICE, lines: [] },
  {
    files: /^history-1c81b82-complex\.ionpack$/,
    result: "{active: true, name: :Alice, age: 30}",
    lines: ["{active: true, name: Alice, age: 30}"],
  },
  { files: /^complex\.ionpack$/, result: ALICE, lines: ["{name: Alice, age: 30, active: true}"] },
  { files: /^history-6a78734-complex\.ionpack$/, result: ALICE, lines: [] },
  {
    files: /^history-100aa00-main/,
    result: "{a: :hello, y: 1, b: false}",
    lines: ["(3, 3), {a: hello, y: 1, b: false}", '[DEBUG] String: "Matched 3"'],
  },
  {
    files: /^history-79c06b1-main/,
    result: "{a: :hello, b: false}",
    lines: ["[DEBUG] Object: {a: hello, b: false}", "2", "3", "4", "6", "7", "8", "9", "Loop completed"],
  },
  { files: /(comparison|simple)_test/, result: "true", lines: [] },
  { files: /(^|-)control_flow_test/, result: ":medium", lines: [] },
  {
    files: /^history-ca9d06d-improved_control_flow_demo/,
    result: "()",
    among: ["Input was 1", "Condition checker returned true", "No conditions matched", "Breaking early at 5"],
  },
  {
    files: /^python-improved_control_flow_demo/,
    result: "()",
    among: ['[DEBUG] String: "Input was 1"', '[DEBUG] String: "Condition checker returned true"'],
  },
  { files: /^history-6fa5af2-actors/, result: "625" },
  { files: /^actors/, result: "625", among: ["[DEBUG] Number: 25", "[DEBUG] Number: 625"] },
  // The worker of this version doubles.
  { files: /^history-1c81b82-actors/, result: "50", lines: [] },
  // Its main asks for a function by the name of a class whose function has a name: nobody answers.
  { files: /^history-6a78734-actors/, result: null, status: "idle", lines: [] },
  { files: /unified-actors/, result: "225" },
  { files: /^mesh-test_closure\./, result: "()", lines: ["[DEBUG] Number: 11", "[DEBUG] Number: 11"] },
  {
    files: /^mesh-test_closure_multi/,
    result: "()",
    lines: ["[DEBUG] Number: 35", "[DEBUG] Number: 22.220000000000002", "[DEBUG] Number: 10"],
  },
  { files: /^mesh-test_closure_simple/, result: "()", lines: ["[DEBUG] Number: 8"] },
  { files: /^mesh-test_simple_ffi/, result: "()", lines: ["[DEBUG] Number: 3"] },
  {
    files: /^mesh-test_area/,
    result: "()",
    anyOrder: true,
    lines: [
      '[DEBUG] String: "[Function: Main:proc]"',
      "[DEBUG] Object: :Circle[3.5]",
      "Calculating area of circle with radius, 3.5",
      "[DEBUG] Object: :Ok[12.25]",
      "inside proc",
      "proc recievd, hello",
    ],
  },
  {
    files: /^mesh-test_ffi_bindings/,
    result: "()",
    anyOrder: true,
    lines: [
      "[DEBUG] Number: 42",
      "Hello from FFI",
      "[DEBUG] Number: 11",
      '[DEBUG] String: "TEST STRING"',
      "[DEBUG] Number: 5",
      "[DEBUG] Number: 20.691",
      "inside proc",
      "proc recievd, 11, computing sqrtsqrt is, 3.3166247903554",
    ],
  },
];

describe("samples", () => {
  const files = readdirSync(new URL("samples/", PACKS)).sort();

  for (const file of files) {
    it(file, () => {
      const expectations = SAMPLES.filter((sample) => sample.files.test(file));
      expect(expectations, "a sample that no row describes").not.toHaveLength(0);
      for (const run of runs(`samples/${file}`)) {
        for (const expected of expectations) checkSample(run, expected);
      }
    });
  }

  it("every row describes a sample", () => {
    for (const sample of SAMPLES)
      expect(
        files.some((file) => sample.files.test(file)),
        String(sample.files),
      ).toBe(true);
  });
});

function checkSample(run: Run, { status = "done", result, lines, among, anyOrder }: Sample): void {
  expect({ status: run.status, result: run.result, crashes: run.crashes }).toEqual({ status, result, crashes: [] });
  const printed = run.stdout.split("\n").slice(0, -1);
  if (lines !== undefined) {
    if (anyOrder) expect([...printed].sort()).toEqual([...lines].sort());
    else expect(printed).toEqual(lines);
  }
  if (among !== undefined) expect(printed).toEqual(expect.arrayContaining([...among]));
}
