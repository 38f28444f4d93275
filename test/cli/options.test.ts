/** What the options of `ionvm run` make of their values. */
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS, LARGEST_BUDGET } from "../../src/limits.ts";
import { UsageError } from "../../src/node/cli/failures.ts";
import { commanderOptions, RUN_OPTIONS } from "../../src/node/cli/options.ts";

const options = new Map(commanderOptions(RUN_OPTIONS).map((option) => [option.long!, option]));

function parsed(flag: string, text: string): unknown {
  return options.get(flag)!.parseArg!(text, undefined);
}

describe("values that are taken", () => {
  it.each<[flag: string, text: string, value: unknown]>([
    ["--budget", "1", 1],
    ["--budget", `${LARGEST_BUDGET}`, LARGEST_BUDGET],
    ["--budget", "007", 7],
    ["--max-processes", "1", 1],
    ["--max-reductions", `${Number.MAX_SAFE_INTEGER}`, Number.MAX_SAFE_INTEGER],
    ["--timeout", "2", 2_000],
    ["--timeout", "0.25", 250],
    ["--timeout", ".5", 500],
    ["--timeout", "3.", 3_000],
    ["--max-process-memory", "64m", 64 * 2 ** 20],
    ["--max-process-memory", "1000", 1_000],
    ["--max-memory", "1048576", 1_048_576],
    ["--max-memory", "1k", 1_024],
    ["--max-memory", "512m", 512 * 2 ** 20],
    ["--max-memory", "2G", 2 * 2 ** 30],
    ["--max-memory", "1.5g", 1.5 * 2 ** 30],
    ["--max-memory", "75%", 0.75],
    ["--max-memory", "0.5%", 0.005],
    ["--max-memory", "100%", 1],
    ["--trace", "a file", "a file"],
    ["--trace", "./-x", "./-x"],
  ])("%s %s", (flag, text, value) => {
    expect(parsed(flag, text)).toBe(value);
  });
});

describe("values that are refused", () => {
  const NUMBERS = ["0", "-1", "1.5", "1e3", "0x10", "", " 5", "5 ", "+5", "many", "٣", "NaN", "9".repeat(400)];
  const wrong: Readonly<Record<string, readonly string[]>> = {
    "--budget": [...NUMBERS, `${LARGEST_BUDGET + 1}`],
    "--max-processes": NUMBERS,
    "--max-mailbox": NUMBERS,
    "--max-frames": NUMBERS,
    "--max-reductions": [...NUMBERS, `${2 ** 53}`],
    "--max-process-memory": ["0", "1", "50%", "x", ""],
    "--max-memory": ["0", "1", "-5", "0%", "101%", "12q", "m", "%", "1.5.5g", "1 g", "", "1e9", "99999999999g"],
    "--timeout": ["0", "0.0", "-1", "soon", "", "1s", "Infinity", ".", "1e3", "9".repeat(20)],
    "--trace": ["", "-", "-x", "--stats"],
  };
  it.each(Object.entries(wrong).flatMap(([flag, texts]) => texts.map((text) => [flag, text])))(
    "%s '%s'",
    (flag, text) => {
      expect(() => parsed(flag, text)).toThrow(UsageError);
      expect(() => parsed(flag, text)).toThrow(`${flag} needs `);
    },
  );
});

it("there is an option for every limit of a run", () => {
  const flags = Object.keys(DEFAULT_LIMITS).map((name) =>
    name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  );
  for (const flag of flags) expect(options.has(`--max-${flag}`), flag).toBe(true);
  expect(flags).toContain("process-memory");
});
