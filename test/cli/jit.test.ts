/** The compiling engine on the command lines: its options, its log, and the JavaScript of a function. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderOf, iondis, ionvm } from "./tool.ts";

const LOOP = `.class Main
.function main arity=0 regs=4
  LOAD_CONST r0, 0
  LOAD_CONST r1, 1
  LOAD_CONST r2, 1000
again:
  ADD r0, r0, r1
  LESS_THAN r3, r0, r2
  JUMP_IF_TRUE r3, again
  RETURN r0
.end
`;

/** A sum that becomes a text: the guess that it is a Number fails. */
const CHANGES = `.class Main
.function main arity=0 regs=6
  LOAD_CONST r0, 0
  LOAD_CONST r1, 1
  LOAD_CONST r2, 1000
  LOAD_CONST r4, ""
  LOAD_CONST r5, "x"
again:
  ADD r4, r4, r5
  ADD r0, r0, r1
  LESS_THAN r3, r0, r2
  JUMP_IF_TRUE r3, again
  LOAD_CONST r4, 0
  LOAD_CONST r0, 0
second:
  CALL r3, r3, []
  RETURN r0
.end
`;

const LARGE = `.class Main
.function main arity=0 regs=2
again:
${"  LOAD_CONST r0, 1\n".repeat(3000)}  NOT r1, r1
  JUMP_IF_TRUE r1, again
  RETURN r0
.end
`;

const ODD_NAME = `.class "Odd\\nname\\u2028"
.function "fun\\u001b[31m\\nction" arity=0 regs=4
  LOAD_CONST r0, 1
again:
  NOT r0, r0
  JUMP_IF_TRUE r0, again
  RETURN r0
.end
`;

const cwd = folderOf({ "loop.ionasm": LOOP, "changes.ionasm": CHANGES, "large.ionasm": LARGE, "odd.ionasm": ODD_NAME });

describe.concurrent("ionvm run", () => {
  it.each(["--jit", "--no-jit", "--jit-threshold=0", "--jit-threshold=1"])("%s gives the same result", async (flag) => {
    const ended = await ionvm(["run", flag, "--result", "loop.ionasm"], { cwd });
    expect(ended).toEqual({ code: 0, stdout: "=> 1000\n", stderr: "" });
  });

  it.each(["x", "-1", "1.5", "1073741825"])("--jit-threshold %s is refused", async (text) => {
    const ended = await ionvm(["run", `--jit-threshold=${text}`, "loop.ionasm"], { cwd });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("--jit-threshold needs a whole number from 0 to 1073741824");
  });

  it("--jit-log tells a line for each function", async () => {
    const ended = await ionvm(["run", "--jit-log", "loop.ionasm"], { cwd });
    expect(ended.stderr).toMatch(
      /^jit: Main:main: compiled: 1 continuation; \d+ instructions; \d+ characters; [\d.]+ ms; \d+ guesses; left 0 times; begun anew 0 times\n$/,
    );
    expect(ended.code).toBe(0);
  });

  it("--jit-log FILE and --jit-log=FILE write a file", async () => {
    await ionvm(["run", "--jit-log", "a.log", "loop.ionasm"], { cwd });
    await ionvm(["run", "--jit-log=b.log", "loop.ionasm", "--jit-log", "of the program"], { cwd });
    for (const name of ["a.log", "b.log"]) {
      expect(readFileSync(join(cwd, name), "utf8")).toMatch(/^Main:main: compiled: [^\n]+\n$/);
    }
  });

  it("what is too large stays interpreted, and the log says so", async () => {
    const ended = await ionvm(["run", "--jit-threshold=0", "--jit-log", "large.ionasm"], { cwd });
    expect(ended.stderr).toBe("jit: Main:main: interpreted: 3003 instructions are more than 2500\n");
  });

  it("an error has the same stack", async () => {
    const compiled = await ionvm(["run", "--jit-threshold=0", "changes.ionasm"], { cwd });
    const interpreted = await ionvm(["run", "--no-jit", "changes.ionasm"], { cwd });
    expect(compiled).toEqual(interpreted);
    expect(compiled.stderr).toContain("instruction 11");
  });

  it("names of a program cannot forge a line", async () => {
    const ended = await ionvm(["run", "--jit-threshold=0", "--jit-log", "odd.ionasm"], { cwd });
    expect(ended.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(ended.stderr).toContain("\\u001b");
  });

  it("--jit-log does not write over the program", async () => {
    const ended = await ionvm(["run", "--jit-log=loop.ionasm", "loop.ionasm"], { cwd });
    expect(ended).toEqual({
      code: 2,
      stdout: "",
      stderr: "ionvm: --jit-log would overwrite the program, 'loop.ionasm'\n",
    });
  });

  it("--stats counts what was compiled", async () => {
    const ended = await ionvm(["run", "--stats", "loop.ionasm"], { cwd });
    expect(ended.stderr).toMatch(/stats: compiled +1 functions: 1 continuation\n/);
    expect(ended.stderr).toMatch(/stats: left +0 times/);
  });

  it("nothing of it shows in --trace", async () => {
    for (const [flag, file] of [
      ["--jit-threshold=0", "jit.trace"],
      ["--no-jit", "interpreted.trace"],
    ]) {
      await ionvm(["run", flag, "--virtual-time", "--trace", file, "loop.ionasm"], { cwd });
    }
    const trace = readFileSync(join(cwd, "jit.trace"), "utf8");
    expect(trace).toBe(readFileSync(join(cwd, "interpreted.trace"), "utf8"));
    expect(trace).toContain('"exit"');
  });
});

describe.concurrent("iondis --js", () => {
  // Snapshots of tests that run at once need the test's own `expect`.
  it.each(["fib", "closures", "complex", "unified-actors"])(
    "shows all functions of %s, and those inlined",
    async (name) => {
      const ended = await iondis(["--js", join(import.meta.dirname, `../../samples/${name}.ionpack`)], { cwd });
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      expect(ended.stdout).toContain("function D(");
    },
  );

  it("shows the instructions above what they become", async ({ expect }) => {
    const ended = await iondis(["--js", "loop.ionasm", "Main", "main"], { cwd });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatchSnapshot();
  });

  it("shows the body that goes on at an instruction", async () => {
    const ended = await iondis(["--js", "--entry=3", "loop.ionasm"], { cwd });
    expect(ended.stdout).toContain("function K(F)");
    expect(ended.stdout).toContain("// 3: ADD");
  });

  it("says why there is none", async () => {
    const ended = await iondis(["--js", "large.ionasm"], { cwd });
    expect(ended.stdout).toBe("// Main:main\n// stays interpreted: 3003 instructions are more than 2500\n");
  });

  it.each([
    [["--js", "loop.ionasm", "Main", "nothing"], 1, "there is no function nothing to compile"],
    [["--js", "--entry=99", "loop.ionasm"], 1, "has 7 instructions, and no 99"],
    [["loop.ionasm", "Main", "main"], 2, "a function can be named only with --js"],
    [["--entry=1", "loop.ionasm"], 2, "--entry needs --js"],
  ] as const)("%j is refused", async (args, code, message) => {
    const ended = await iondis(args, { cwd });
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(message);
  });
});
