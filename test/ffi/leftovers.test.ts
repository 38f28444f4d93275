/** What is left when a VM has ended, or was killed: nothing. Each VM runs in a Node of its own that must end by itself. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PrivateFolder } from "../../src/node/ffi/private-folder.ts";
import { writePack } from "../../src/pack/pack.ts";
import { compileC, type Files, HAS_PYTHON, packWith } from "./packs.ts";

const ROOT = join(import.meta.dirname, "../..");
const library = compileC(`
  #include <unistd.h>
  int pid(void) { return getpid(); }
  void forever(void) { for (;;) usleep(1000); }
  void sleepy(void) { for (;;) usleep(1000); }
`);
const PYTHON = `
import os
from ionvm import function
@function
def pid(): return os.getpid()
@function
def forever():
    while True: pass
@function(blocking=True)
def sleepy():
    while True: pass
`;
const JS = "export const forever = () => { for (;;); };\nexport const pid = () => 0;";

/** Asks each library for its process, prints them, and then calls in each what never returns. */
function sourceOf(libraries: readonly string[]): string {
  const asks = libraries.map((name, i) => `LOAD_CONST r0, :"__stdlib:${name}.pid"\nCALL r${i + 1}, r0, []`);
  const registers = libraries.map((_, i) => `r${i + 1}`).join(", ");
  const stuck = libraries.flatMap((name) =>
    (name === "js" ? ["forever"] : ["sleepy", "forever"]).map((what) => `${name}.${what}`),
  );
  const spawns = stuck.map((_, i) => `LOAD_CONST r0, function:f${i}\nSPAWN r9, r0, []`);
  return `
    .function main arity=0 regs=20
      ${asks.join("\n")}
      ${spawns.join("\n")}
      LOAD_CONST r0, :"__stdlib:Sleep"
      LOAD_CONST r9, 100
      CALL r9, r0, [r9]
      LOAD_CONST r0, :"__stdlib:PrintLn"
      CALL r9, r0, [${registers}]
      LOAD_CONST r0, :"__stdlib:Sleep"
      LOAD_CONST r9, TIME
      CALL r9, r0, [r9]
      LOAD_CONST r0, :"__stdlib:Halt"
      LOAD_CONST r9, 0
      CALL r9, r0, [r9]
      RETURN r0
    .end
    ${stuck.map((name, i) => `.function f${i} arity=0 regs=2\nLOAD_CONST r0, :"__stdlib:${name}"\nCALL r1, r0, []\nRETURN r1\n.end`).join("\n")}`;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ionvm-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A pack with all that this machine has. @param time milliseconds until it ends by itself */
function packFile(time: number): { readonly file: string; readonly count: number } {
  const libraries = ["js", ...(HAS_PYTHON ? ["py"] : []), ...(library === null ? [] : ["nat"])];
  const files: Record<string, string | Uint8Array> = { "js.mjs": JS };
  if (HAS_PYTHON) files["py.py"] = PYTHON;
  if (library !== null) {
    files[`${process.platform}/${process.arch}/libnat.so`] = library;
    const functions = { pid: { result: "i32" }, forever: {}, sleepy: { blocking: true } };
    files["nat.json"] = JSON.stringify({ functions });
  }
  const pack = packWith(
    sourceOf(libraries).replace("TIME", String(time)),
    files as Files,
    library === null ? [] : ["nat"],
  );
  const file = join(folder, `${time}.ionpack`);
  writeFileSync(file, writePack(pack));
  return { file, count: libraries.length };
}

/** With a folder for temporary files of its own, to look into. */
function start(file: string, temporary: string, close: boolean): { child: ChildProcess; line: Promise<string> } {
  const script = `
    import { readFileSync } from "node:fs";
    import { nodeLibraries, VM } from ${JSON.stringify(pathToFileURL(join(ROOT, "dist/node.js")).href)};
    const allow = { js: true, native: true, python: true };
    const vm = new VM({ libraries: nodeLibraries({ allow }) });
    vm.start(await vm.open(readFileSync(process.argv[1])));
    await vm.run();
    ${close ? "await vm.close();" : "process.exit(0);"}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, file], {
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = new Promise<string>((resolve, reject) => {
    let out = "";
    child.once("exit", (code) => reject(new Error(`it ended with ${code}, and has printed ${out}`)));
    child.stdout!.on("data", (data) => {
      out += data;
      if (out.includes("\n")) resolve(out.trim());
    });
  });
  return { child, line };
}

const ended = (child: ChildProcess) =>
  new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));

/** What was killed is there until the system has taken notice. */
const WHILE = { timeout: 20_000 };

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function temporaryFolder(): string {
  return mkdtempSync(join(folder, "tmp-"));
}

describe("with calls that never return in every host", () => {
  it.each([
    ["a VM that is closed lets Node end", true],
    ["the end of Node ends them", false],
  ])("%s, and leaves neither processes nor files", async (_, close) => {
    const { file, count } = packFile(50);
    const temporary = temporaryFolder();
    const { child, line } = start(file, temporary, close);
    const code = ended(child);
    const pids = (await line).split(", ").map(Number);
    expect(pids).toHaveLength(count);
    expect(await code).toBe(0);
    // SIGKILL takes a moment.
    await expect.poll(() => pids.filter((pid) => pid !== 0 && isRunning(pid)), WHILE).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("a VM that is killed takes them with it, and the next one removes its folder", async () => {
    const { file } = packFile(20_000);
    const temporary = temporaryFolder();
    const { child, line } = start(file, temporary, true);
    const code = ended(child);
    const pids = (await line).split(", ").map(Number);
    const [left, ...others] = readdirSync(temporary);
    expect(others).toEqual([]);
    expect(statSync(join(temporary, left)).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(temporary, left)).every((name) => /^[0-9a-f]{64}\.\w+$/.test(name))).toBe(true);
    child.kill("SIGKILL");
    expect(await code).toBe("SIGKILL");
    await expect.poll(() => pids.filter((pid) => pid !== 0 && isRunning(pid)), WHILE).toEqual([]);
    expect(readdirSync(temporary)).toEqual([left]);
    const next = start(packFile(50).file, temporary, true);
    await ended(next.child);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe("the private folder", () => {
  const before = process.env.TMPDIR;
  const inside = (temporary: string, run: (folder: PrivateFolder) => void): void => {
    process.env.TMPDIR = temporary;
    const made = new PrivateFolder();
    try {
      run(made);
    } finally {
      made.remove();
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  };

  it("removes nothing but folders of ours whose process is gone", () => {
    const temporary = temporaryFolder();
    const keep = [
      `ionvm-${process.pid}-abc123`,
      "ionvm-1-abc123",
      "ionvm-test-abc123",
      "ionvm-x-abc",
      "ionvm-999999999-a-b",
    ];
    for (const name of keep) mkdirSync(join(temporary, name));
    mkdirSync(join(temporary, "ionvm-999999999-abc123"));
    writeFileSync(join(temporary, "ionvm-999999999-abc123", "x"), "");
    // A link and a file of such a name are not ours, and what the link leads to stays as it is.
    symlinkSync(join(temporary, "ionvm-test-abc123"), join(temporary, "ionvm-999999998-abc123"));
    writeFileSync(join(temporary, "ionvm-999999997-abc123"), "");
    writeFileSync(join(temporary, "ionvm-test-abc123", "kept"), "");
    inside(temporary, (made) => void made.write(Uint8Array.of(1), ".py"));
    expect(readdirSync(temporary).sort()).toEqual([...keep, "ionvm-999999997-abc123", "ionvm-999999998-abc123"].sort());
    expect(readdirSync(join(temporary, "ionvm-test-abc123"))).toEqual(["kept"]);
  });

  it("writes each content once, over nothing and through nothing, and nothing once it is gone", () => {
    const temporary = temporaryFolder();
    inside(temporary, (made) => {
      const path = made.write(Uint8Array.of(1), ".py");
      expect(made.write(Uint8Array.of(1), ".py")).toBe(path);
      expect(made.write(Uint8Array.of(1), ".mjs")).not.toBe(path);
      // Somebody was quicker: the name of the next file leads elsewhere.
      const next = made.write(Uint8Array.of(2), ".py");
      rmSync(next);
      const other = new PrivateFolder();
      const place = other.write(Uint8Array.of(3), ".py");
      other.remove();
      expect(() => other.write(Uint8Array.of(3), ".py")).toThrow("the VM was closed");
      expect(() => statSync(place)).toThrow();
    });
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("a system without a folder for temporary files is a load error", () => {
    inside(join(folder, "no-such-folder"), (made) => {
      expect(() => made.write(Uint8Array.of(1), ".py")).toThrow(/there is no place for the files of libraries: ENOENT/);
    });
  });
});
