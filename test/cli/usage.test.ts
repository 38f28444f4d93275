/** What is said about wrong command lines, and the help. */
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { DEFAULT_BUDGET, LARGEST_BUDGET, RUNTIME_LIMITS } from "../../src/limits.ts";
import { COMMANDS } from "../../src/node/cli/commands.ts";
import { RUN_OPTIONS } from "../../src/node/cli/options.ts";
import { PROGRAMS } from "./programs.ts";
import { folderOf, iondis, ionvm } from "./tool.ts";

const cwd = folderOf({ ...PROGRAMS, "other name": "" });

/** A command line, and the one line on standard error behind `ionvm: `. */
const WRONG: readonly (readonly [args: readonly string[], complaint: string])[] = [
  [["frobnicate"], "unknown command 'frobnicate'"],
  [["rnu", "answer.ionasm"], "unknown command 'rnu' (did you mean run?)"],
  [["answer.ionasm"], "unknown command 'answer.ionasm' (did you mean ionvm run answer.ionasm?)"],
  [["missing.ionpack"], "unknown command 'missing.ionpack' (did you mean ionvm run missing.ionpack?)"],
  [["other name"], "unknown command 'other name' (did you mean ionvm run other name?)"],
  [["a\u001b[31mb\nc"], "unknown command 'a\\u001b[31mb\\u000ac'"],
  [["--bogus"], "unknown option '--bogus'"],
  [["--verson"], "unknown option '--verson' (did you mean --version?)"],
  [["--result", "run", "answer.ionasm"], "unknown option '--result'"],
  [["help", "frobnicate"], "unknown command 'frobnicate'"],
  [["help", "inof"], "unknown command 'inof' (did you mean info?)"],
  [["run"], "missing required argument 'FILE'"],
  [["run", "--result"], "missing required argument 'FILE'"],
  [["run", "--bugdet", "4", "answer.ionasm"], "unknown option '--bugdet' (did you mean --budget?)"],
  [["run", "-x", "answer.ionasm"], "unknown option '-x'"],
  [["run", "--debug=everything", "answer.ionasm"], "unknown option '--debug=everything'"],
  [["run", "--jit=1", "answer.ionasm"], "unknown option '--jit=1' (did you mean --jit?)"],
  [["run", "--budget"], "option '--budget <n>' needs its value"],
  [["run", "--budget", "0", "answer.ionasm"], `--budget needs a whole number from 1 to ${LARGEST_BUDGET}, not '0'`],
  [["run", "--max-frames=-1", "answer.ionasm"], "--max-frames needs a whole number from 1 on, not '-1'"],
  [["run", "--timeout", "soon", "answer.ionasm"], "--timeout needs a number of seconds above 0, not 'soon'"],
  [
    ["run", "--trace", "--stats", "answer.ionasm"],
    "--trace needs the name of a file (./-x if it begins with -), not '--stats'",
  ],
  [["run", "--trace", "", "answer.ionasm"], "--trace needs the name of a file (./-x if it begins with -), not ''"],
  [["run", "--trace-times", "answer.ionasm"], "--trace-times needs --trace <file>"],
  [["run", "--trace", "answer.ionasm", "answer.ionasm"], "--trace would overwrite the program, 'answer.ionasm'"],
  [["info"], "missing required argument 'FILE'"],
  [["info", "a", "b"], "too many arguments for 'info': expected 1 argument but got 2"],
  [["info", "--jsno", "answer.ionasm"], "unknown option '--jsno' (did you mean --json?)"],
  [["verify"], "missing required argument 'FILE'"],
  [["verify", "--result", "answer.ionasm"], "unknown option '--result'"],
  [["asm"], "missing required argument 'FILE'"],
  [["asm", "answer.ionasm", "-o"], "option '-o, --output <file>' needs its value"],
  [["asm", "answer.ionasm", "-o", "answer.ionasm"], "the output would overwrite answer.ionasm; name another with -o"],
  [["asm", "answer.ionasm", "--format", "3"], "--format needs a file version, 1 or 2, not '3'"],
  [["asm", "--lib", ".", "answer.ionasm"], "--lib needs a pack; name it with -o name.ionpack"],
  [["asm", "-"], "what comes from standard input needs -o <file>"],
  [["sample", "nothing-like-it"], "there is no sample 'nothing-like-it' (ionvm sample lists them)"],
  [["sample", "-o", "x"], "-o needs the name of a sample"],
];

describe.concurrent("ionvm refuses", () => {
  for (const [args, complaint] of WRONG) {
    it(JSON.stringify(args).slice(0, 80), async () => {
      expect(await ionvm(args, { cwd })).toEqual({ code: 2, stdout: "", stderr: `ionvm: ${complaint}\n` });
    });
  }

  it("nothing at all, with the help", async () => {
    const { code, stdout, stderr } = await ionvm([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe((await ionvm(["help"])).stdout);
  });
});

describe.concurrent("iondis refuses", () => {
  it.each([
    [[], "missing required argument 'FILE'"],
    [["a", "b", "c", "d"], "too many arguments: expected 3 arguments but got 4"],
    [["--jsno", "a"], "unknown option '--jsno' (did you mean --json?)"],
  ] as const)("%j", async (args, complaint) => {
    expect(await iondis(args)).toEqual({ code: 2, stdout: "", stderr: `iondis: ${complaint}\n` });
  });
});

describe.concurrent("help", () => {
  it.each([["--help"], ["-h"], ["help"], ["help", "help"]])("of ionvm is shown by %j", async (...args) => {
    const { code, stdout, stderr } = await ionvm(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: ionvm /);
  });

  it("lists all commands and exit codes", async () => {
    const { stdout } = await ionvm(["help"]);
    for (const { name, summary } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} .* ${summary}$`, "m"));
    expect(stdout).toMatch(/^ {2}124 {2}.*--timeout/m);
  });

  it.each(COMMANDS.map(({ name }) => name))("of %s is the same both ways", async (name) => {
    const asked = await ionvm(["help", name]);
    expect(asked).toMatchObject({ code: 0, stderr: "" });
    expect(asked.stdout).toMatch(new RegExp(`^Usage: ionvm ${name} `));
    expect((await ionvm([name, "--help"])).stdout).toBe(asked.stdout);
  });

  it("of run names every option, with the defaults of the limits", async () => {
    const words = (await ionvm(["help", "run"])).stdout.replace(/\s+/g, " ");
    for (const { flags, description } of RUN_OPTIONS) expect(words).toContain(`${flags} ${description}`);
    expect(words).toContain(`(default: ${DEFAULT_BUDGET})`);
    expect(words).toContain(
      `--max-processes <n> live processes; stops fork bombs (default: ${RUNTIME_LIMITS.processes.value})`,
    );
    expect(words).toContain("(default: 75%)");
  });

  it("of iondis", async () => {
    expect((await iondis(["--help"])).stdout).toMatch(/^Usage: iondis \[options\] <FILE> \[Class\] \[function\]\n/);
  });

  it.each([["-V"], ["--version"]])("the version is shown by %s", async (flag) => {
    const shown = { code: 0, stdout: `${manifest.version}\n`, stderr: "" };
    expect(await ionvm([flag])).toEqual(shown);
    expect(await iondis([flag])).toEqual(shown);
  });
});
