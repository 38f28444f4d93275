/** `--trace`, `--debug`, `--stats`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { VMEvent } from "../../src/runtime/events.ts";
import { VM } from "../../src/vm.ts";
import { PROGRAMS } from "./programs.ts";
import { folderOf, ionvm, SAMPLES } from "./tool.ts";

const cwd = folderOf(PROGRAMS);
const ACTORS = join(SAMPLES, "actors.ionpack");

function traced(name: string): string {
  return readFileSync(join(cwd, name), "utf8");
}

async function eventsOf(file: string): Promise<VMEvent[]> {
  const vm = new VM({ stdout: () => {} });
  const events: VMEvent[] = [];
  vm.subscribe((event) => events.push(event));
  vm.start(vm.load(readFileSync(file)));
  await vm.run();
  return events;
}

describe.concurrent("--trace", () => {
  it("writes a JSON line for each event, the same at every run", async () => {
    const args = ["run", "--trace", "trace.jsonl", ACTORS];
    const first = await ionvm(args, { cwd });
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const expected = (await eventsOf(ACTORS)).map((event) => `${JSON.stringify(event)}\n`).join("");
    expect(traced("trace.jsonl")).toBe(expected);
    expect(expected.split("\n")[0]).toBe('{"e":"spawn","p":0,"r":0,"child":1}');
  });

  it("adds times on demand", async () => {
    await ionvm(["run", "--trace-times", "--trace", "times.jsonl", ACTORS], { cwd });
    const lines = traced("times.jsonl").trimEnd().split("\n");
    const times = lines.map((line) => JSON.parse(line).t as number);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(0);
    expect(lines.map((line) => line.replace(/,"t":[\d.]+\}$/, "}"))).toEqual(
      (await eventsOf(ACTORS)).map((event) => JSON.stringify(event)),
    );
  });

  it("is complete however a run ends", async () => {
    const { code } = await ionvm(["run", "--max-reductions", "10000", "--trace", "cut.jsonl", "loops.ionasm"], { cwd });
    expect(code).toBe(124);
    expect(traced("cut.jsonl")).toMatch(/^(.*\}\n)+\{"e":"preempt","p":1,"r":10000\}\n$/);
  });

  it("does not touch the last trace if the program cannot be loaded", async () => {
    await ionvm(["run", "--trace", "kept.jsonl", "answer.ionasm"], { cwd });
    const before = traced("kept.jsonl");
    expect((await ionvm(["run", "--trace", "kept.jsonl", "syntax-error.ionasm"], { cwd })).code).toBe(1);
    expect(traced("kept.jsonl")).toBe(before);
    expect(before).not.toBe("");
  });

  it.each([
    ["nowhere/trace", "no such file or directory"],
    [".", "is a directory"],
    ["/dev/full", "no space left on device"],
  ])("says why %s cannot be written", async (file, why) => {
    const ended = await ionvm(["run", "--trace", file, "answer.ionasm"], { cwd });
    expect(ended).toEqual({ code: 1, stdout: "", stderr: `ionvm: ${file}: ${why}\n` });
  });
});

describe.concurrent("--debug", () => {
  it.each(["-d", "--debug"])("%s tells events and failures in order", async (flag) => {
    expect(await ionvm(["run", flag, "linked.ionasm"], { cwd })).toEqual({
      code: 1,
      stdout: "",
      stderr: [
        "debug: host: spawns process 1",
        "debug: process 1 at 0: begins a turn",
        "debug: process 1 at 5: spawns process 2",
        "debug: process 1 at 9: waits for a message",
        "debug: process 2 at 0: begins a turn",
        "debug: process 2 at 2: ends: throw",
        "ionvm: process 2 failed: (:throw, :bad) at linked:child, instruction 1",
        "debug: process 1 at 9: ends: throw",
        "ionvm: main was ended by an exit signal: (:throw, :bad)",
        "",
      ].join("\n"),
    });
  });

  it("tells of writes without effect", async () => {
    const { stderr } = await ionvm(["run", "-d", "read-only.ionasm"], { cwd });
    expect(stderr).toContain("debug: process 1: SET_PROP leaves :key alone: it cannot be written\n");
  });

  it("shows every instruction on demand", async () => {
    const ended = await ionvm(["run", "--debug=instructions", "--result", "answer.ionasm"], { cwd });
    expect(ended).toEqual({
      code: 0,
      stdout: "=> 42\n",
      stderr: [
        "debug: host: spawns process 1",
        "debug: process 1 at 0: begins a turn",
        "debug: process 1: answer:main 0: LOAD_CONST r0, 42",
        "debug: process 1: answer:main 1: RETURN r0",
        "debug: process 1 at 2: ends: normal",
        "",
      ].join("\n"),
    });
  });
});

describe.concurrent("--stats", () => {
  it.each([
    ["answer.ionasm", [], 0],
    ["loops.ionasm", ["--max-reductions", "4000"], 124],
  ] as const)("are printed at the end of %s", async (file, options, code) => {
    const ended = await ionvm(["run", "--stats", ...options, file], { cwd });
    expect(ended).toMatchObject({ code, stdout: "" });
    const rows = ended.stderr.match(/^stats: .*$/gm)!;
    // What was compiled depends on how long it ran; jit.test.ts has that.
    const others = rows.filter((row) => !/stats: (compiled|stay interpreted|left|compiling) /.test(row));
    expect(others.map((row) => row.replace(/ {2,}/, "|").replace(/[\d.]+/, "N"))).toEqual([
      "stats: reductions|N",
      "stats: turns|N",
      "stats: live processes|N",
      "stats: time|N s",
      "stats: peak memory|N MiB",
    ]);
    expect(rows[0]).toMatch(code === 0 ? / 2$/ : / 4000$/);
  });
});
