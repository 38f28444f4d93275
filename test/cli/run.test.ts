/** `ionvm run`: what it prints and how it ends. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROGRAMS } from "./programs.ts";
import { folderOf, ionvm, SAMPLES, type ToolOptions } from "./tool.ts";

const cwd = folderOf(PROGRAMS);
mkdirSync(join(cwd, "folder"));

interface Row {
  readonly name: string;
  /** Behind `ionvm run`. */
  readonly args: readonly string[];
  readonly options?: ToolOptions;
  readonly code?: number;
  readonly stdout?: string | RegExp;
  readonly stderr?: string | RegExp;
}

function check(rows: readonly Row[]): void {
  for (const { name, args, options, code = 0, stdout = "", stderr = "" } of rows) {
    it(name, async () => {
      const ended = await ionvm(["run", ...args], { cwd, ...options });
      if (typeof stdout === "string") expect(ended.stdout).toBe(stdout);
      else expect(ended.stdout).toMatch(stdout);
      if (typeof stderr === "string") expect(ended.stderr).toBe(stderr);
      else expect(ended.stderr).toMatch(stderr);
      expect(ended.code).toBe(code);
    });
  }
}

describe.concurrent("programs and their output", () => {
  check([
    { name: "a result is not printed", args: ["answer.ionasm"] },
    { name: "a result is printed on demand", args: ["--result", "answer.ionasm"], stdout: "=> 42\n" },
    {
      name: "a result follows what the program printed",
      args: ["--result", "hello.ionasm"],
      stdout: 'hello\n=> {name: "x", list: [1, :a]}\n',
    },
    {
      name: "a result has a line of its own",
      args: ["--result", "args.ionasm", "a"],
      stdout: '[a]\n=> ["a"]\n',
    },
    { name: "nothing is added to what the program printed", args: ["args.ionasm", "a"], stdout: "[a]" },
    {
      name: "what follows the file is the program's",
      args: ["--result", "args.ionasm", "--result", "-d", "--", "", "--help", "-"],
      stdout: '[--result, -d, --, , --help, -]\n=> ["--result", "-d", "--", "", "--help", "-"]\n',
    },
    { name: "-- ends the options", args: ["--", "args.ionasm", "--", "x"], stdout: "[--, x]" },
    { name: "lone surrogates are replaced", args: ["surrogate.ionasm"], stdout: "<\ufffd>\n" },
    { name: "a pack", args: ["--result", join(SAMPLES, "hello.ionpack")], stdout: "=> 42\n" },
    {
      name: "standard input",
      args: ["--result", "-"],
      options: { stdin: PROGRAMS["hello.ionasm"] },
      stdout: /^hello\n=> /,
    },
    {
      name: "the class of standard input is Main",
      args: ["-"],
      options: { stdin: PROGRAMS["child-throws.ionasm"] },
      stderr: "ionvm: process 2 failed: (:throw, :oops) at Main:child, instruction 1\n",
    },
    {
      name: "a pack on standard input",
      args: ["--result", "-"],
      options: { stdin: readFileSync(join(SAMPLES, "hello.ionpack")) },
      stdout: "=> 42\n",
    },
    {
      name: "the last of an option counts",
      args: ["--budget", "1", "--budget=2", "--result", "answer.ionasm"],
      stdout: "=> 42\n",
    },
    {
      name: "--jit and --no-jit",
      args: ["--jit", "--no-jit", "--jit", "--result", "answer.ionasm"],
      stdout: "=> 42\n",
    },
    {
      name: "virtual time does not wait",
      args: ["--virtual-time", "--result", "sleeps.ionasm"],
      stdout: "sleeping\n=> false\n",
    },
    {
      name: "all limits at once",
      args: [
        ...["--budget", "1073741824", "--max-processes=1", "--max-mailbox", "1", "--max-frames", "1"],
        ...[
          "--max-reductions",
          "9007199254740991",
          "--max-memory",
          "100%",
          "--timeout",
          "9000000000",
          "--result",
          "answer.ionasm",
        ],
      ],
      stdout: "=> 42\n",
    },
    {
      name: "more memory than there is",
      args: ["--max-memory", "99999g", "--result", "answer.ionasm"],
      stdout: "=> 42\n",
    },
  ]);
});

describe.concurrent("failures", () => {
  check([
    {
      name: "main's, with its stack, and nothing of it reaches the terminal raw",
      args: ["--result", "throws.ionasm"],
      code: 1,
      stderr: [
        'ionvm: main failed: (:throw, "boom\\u001b[31m")',
        "  at Main:inner, instruction 1 (throws.ion:8:4)",
        "  at Main:main, instruction 1 (throws.ion:2:5)",
        "",
      ].join("\n"),
    },
    {
      name: "main's, with a long reason",
      args: ["throws-long.ionasm"],
      code: 1,
      stderr: /^ionvm: main failed: \(:throw, "(long)+(lon?|l)?…\n {2}at throws-long:main, instruction 3\n$/,
    },
    {
      name: "another process's is a line",
      args: ["--result", "child-throws.ionasm"],
      stdout: "=> undefined\n",
      stderr: "ionvm: process 2 failed: (:throw, :oops) at child-throws:child, instruction 1\n",
    },
    {
      name: "after a hundred they are counted",
      args: ["many-throw.ionasm"],
      stderr:
        /^(ionvm: process \d+ failed: \(:badfun, undefined\) at many-throw:child, instruction 0\n){100}ionvm: 20 more processes failed\n$/,
    },
    {
      name: "main's by a signal",
      args: ["--result", "linked.ionasm"],
      code: 1,
      stderr: [
        "ionvm: process 2 failed: (:throw, :bad) at linked:child, instruction 1",
        "ionvm: main was ended by an exit signal: (:throw, :bad)",
        "",
      ].join("\n"),
    },
    {
      name: "main's is told at once, even if others go on",
      args: ["--timeout", "0.2", "survivor.ionasm"],
      code: 124,
      stderr:
        /^ionvm: main failed: \(:throw, \[Function: survivor:child\]\)\n.*\nionvm: ended after 0\.2 s \(--timeout\)\n$/,
    },
    { name: "Halt", args: ["--result", "halts.ionasm"], code: 7 },
  ]);
});

describe.concurrent("deadlocks", () => {
  check([
    {
      name: "for a message, with the source line",
      args: ["--result", "waits.ionasm"],
      code: 3,
      stderr: [
        "ionvm: deadlock: main waits, and nothing can go on",
        "  process 1 waits for a message at waits:main, instruction 0 (waits.ion:3:9)",
        "",
      ].join("\n"),
    },
    {
      name: "for oneself",
      args: ["joins-itself.ionasm"],
      code: 3,
      stderr: /\n {2}process 1 waits for its own end at /,
    },
    {
      name: "for one of several",
      args: ["select-waits.ionasm"],
      code: 3,
      stderr: /\n {2}process 1 waits for the end of one of the processes 2, 3 at select-waits:main, instruction 3\n/,
    },
    {
      name: "a long list is cut",
      args: ["all-wait.ionasm"],
      code: 3,
      stderr:
        /\n {2}process 1 waits for the end of process 31 at all-wait:main, instruction 6\n( {2}process \d+ waits for a message at .*\n){19} {2}… 11 more\n$/,
    },
  ]);
});

describe.concurrent("limits", () => {
  const failed = (reason: string): RegExp =>
    new RegExp(`^ionvm: main failed: \\(:${reason}\\)\n  at .*:main, instruction `);
  check([
    {
      name: "--timeout, running",
      args: ["--timeout", "0.2", "loops.ionasm"],
      code: 124,
      stderr: "ionvm: ended after 0.2 s (--timeout)\n",
    },
    {
      name: "--timeout, sleeping",
      args: ["--timeout=.2", "sleeps.ionasm"],
      code: 124,
      stdout: "sleeping\n",
      stderr: "ionvm: ended after 0.2 s (--timeout)\n",
    },
    {
      name: "--max-reductions",
      args: ["--max-reductions", "5000", "loops.ionasm"],
      code: 124,
      stderr: "ionvm: ended after 5000 reductions (--max-reductions)\n",
    },
    {
      name: "--max-frames",
      args: ["--max-frames", "1000", "recurses.ionasm"],
      code: 1,
      stderr: failed("stack_overflow, \\d+"),
    },
    {
      name: "--max-processes",
      args: ["--max-processes", "100", "spawns-for-ever.ionasm"],
      code: 1,
      stderr: failed("system_limit, :processes"),
    },
    {
      name: "--max-mailbox",
      args: ["--max-mailbox", "50", "sends-itself.ionasm"],
      code: 1,
      stderr: "ionvm: main failed: (:mailbox_full, 50)\n",
    },
    {
      name: "--max-memory",
      args: ["--max-memory", "100m", "keeps-all.ionasm"],
      code: 1,
      stderr: failed("system_limit, :memory"),
    },
  ]);
});

describe.concurrent("files that cannot be run", () => {
  check([
    {
      name: "missing",
      args: ["nowhere.ionpack"],
      code: 1,
      stderr: "ionvm: nowhere.ionpack: no such file or directory\n",
    },
    { name: "without a name", args: [""], code: 1, stderr: 'ionvm: "": no such file or directory\n' },
    { name: "a folder", args: ["folder"], code: 1, stderr: "ionvm: folder: is a directory\n" },
    { name: "below a file", args: ["empty/x"], code: 1, stderr: "ionvm: empty/x: not a directory\n" },
    { name: "empty", args: ["empty"], code: 1, stderr: /^ionvm: empty, class empty: there is no function main.*\n$/ },
    { name: "no text", args: ["not-utf8"], code: 1, stderr: /^ionvm: not-utf8: neither a pack nor a class file.*\n$/ },
    { name: "a cut-off pack", args: ["cut-off.ionpack"], code: 1, stderr: /^ionvm: cut-off\.ionpack: .*\n$/ },
    {
      name: "a misspelt instruction",
      args: ["syntax-error.ionasm"],
      code: 1,
      stderr: /^ionvm: syntax-error\.ionasm:2:3.*LOAD_CONT.*LOAD_CONST.*\n$/,
    },
    {
      name: "no entry",
      args: ["no-entry.ionasm"],
      code: 1,
      stderr: /^ionvm: no-entry\.ionasm, class no-entry: .*the functions helper, other\n$/,
    },
    {
      name: "a reference to nothing",
      args: ["dangling.ionasm"],
      code: 1,
      stderr: "ionvm: dangling.ionasm, class dangling, function main, instruction 0: there is no function nowhere\n",
    },
    {
      name: "nothing on standard input",
      args: ["-"],
      code: 1,
      stderr: /^ionvm: standard input, class Main: there is no function main.*\n$/,
    },
  ]);
});
