/** Ends that come from outside: signals, closed pipes, full disks; and from bugs. */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ENDING_SIGNALS } from "../../src/node/cli/exit-codes.ts";
import { PROGRAMS } from "./programs.ts";
import { folderOf, ionvm, ROOT } from "./tool.ts";

const BREAKS_STATS = 'process.resourceUsage = () => { throw new TypeError("first line\\nsecond \\u001b[31m line"); };';
const cwd = folderOf({ ...PROGRAMS, "breaks-stats.cjs": BREAKS_STATS });

describe.concurrent("signals", () => {
  it.each(ENDING_SIGNALS)("%s ends a run that sleeps, in good order", async (signal) => {
    const trace = `${signal}.jsonl`;
    let sent = false;
    const ended = await ionvm(["run", "--stats", "--trace", trace, "sleeps.ionasm"], {
      cwd,
      onOutput: (stdout, child) => {
        if (stdout.includes("sleeping") && !sent) sent = child.kill(signal);
      },
    });
    expect(ended).toMatchObject({ code: 128 + constants.signals[signal], stdout: "sleeping\n" });
    expect(ended.stderr).toMatch(/^stats: reductions/);
    expect(readFileSync(join(cwd, trace), "utf8")).toMatch(/\{"e":"block","p":1,"r":\d+,"on":"message"\}\n$/);
  });

  it("end a run that never waits", async () => {
    let sent = false;
    const { code } = await ionvm(["run", "prints-for-ever.ionasm"], {
      cwd,
      onOutput: (_, child) => {
        if (!sent) sent = child.kill("SIGTERM");
      },
    });
    expect(code).toBe(128 + constants.signals.SIGTERM);
  });
});

describe.concurrent("a closed standard output", () => {
  it.each([
    ["run", "prints-for-ever.ionasm"],
    ["run", "--result", "prints-for-ever.ionasm"],
  ])("ends %j %j quietly", async (...args) => {
    const ended = await ionvm(args, { cwd, onOutput: (_, child) => child.stdout!.destroy() });
    expect(ended).toMatchObject({ code: 141, stderr: "" });
  });
});

describe("a full disk", () => {
  it.each([
    [["run", "hello.ionasm"]],
    [["run", "--result", "answer.ionasm"]],
    [["info", "answer.ionasm"]],
    [["help"]],
    [["help", "run"]],
    [["--version"]],
  ])("is told by %j", (args) => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "dist/ionvm.cjs"), ...args], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "ionvm: standard output: no space left on device\n" });
  });

  it("behind standard error changes no exit code", () => {
    const full = openSync("/dev/full", "w");
    const { status } = spawnSync(process.execPath, [join(ROOT, "dist/ionvm.cjs"), "run", "throws.ionasm"], {
      cwd,
      stdio: ["ignore", "ignore", full],
    });
    closeSync(full);
    expect(status).toBe(1);
  });
});

describe("a bug of ours", () => {
  it("is reported with its stack, and has an exit code of its own", async () => {
    const env = { NODE_OPTIONS: "--require=./breaks-stats.cjs" };
    const { code, stdout, stderr } = await ionvm(["run", "--stats", "--result", "answer.ionasm"], { cwd, env });
    expect({ code, stdout }).toEqual({ code: 70, stdout: "=> 42\n" });
    const lines = stderr.trimEnd().split("\n");
    expect(lines[0]).toBe("ionvm: internal error: TypeError: first line\\u000asecond \\u001b[31m line");
    expect(lines[1]).toMatch(/^ {4}at .*breaks-stats\.cjs/);
    expect(lines.at(-1)).toMatch(/bug of IonVM.*report/);
  });
});
