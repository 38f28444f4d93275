/** Packs that need packs, crash logs, the flight recorder, new code while running, the memory of one process. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderOf, ionvm } from "./tool.ts";

const APP = `.manifest "Dependencies" "http@^1.2, std"
.function main arity=0 regs=4
  LOAD_CONST r0, :"__function_ref:http!Web:get"
  LOAD_CONST r1, "x"
  CALL r2, r0, [r1]
  RETURN r2
.end
`;
const HTTP = `.class Web
.manifest "Name" "http"
.manifest "Version" "1.2.3"
.manifest "Exports" "Web"
.manifest "Dependencies" "std"
.function get arity=1 regs=2
  LOAD_CONST r1, "got "
  ADD r1, r1, r0
  RETURN r1
.end
`;
const FAILS = `.function main arity=0 regs=10
  LOAD_CONST r0, :"__vm:self"
  LOAD_CONST r1, (:one, [1])
  SEND r0, r1
  SEND r0, r1
  SEND r0, r1
  RECEIVE r2
  LOAD_CONST r3, :"__stdlib:Register"
  LOAD_CONST r4, :boss
  CALL r3, r3, [r4, r0]
  LOAD_CONST r3, :"__stdlib:SpawnLink"
  LOAD_CONST r4, :"__function_ref:child"
  CALL r3, r3, [r4]
  RECEIVE r2
  RECEIVE r2
  RECEIVE r2
.end
.function child arity=0 regs=1
  LOAD_CONST r0, :oops
  THROW r0
.end
`;
const LOCKS = ".function main arity=0 regs=1\n  RECEIVE r0\n.end\n";
const GREEDY = `.function main arity=0 regs=3
  LOAD_CONST r0, ()
again:
  TUPLE_INIT r0, [r0]
  JUMP again
.end
`;
const TICKS = `.function main arity=0 regs=6
  LOAD_CONST r0, :"__function_ref:tick"
  LOAD_CONST r1, 0
again:
  CALL r4, r0, []
  SAME r4, r4, r1
  JUMP_IF_FALSE r4, again
.end
.function tick arity=0 regs=4
  LOAD_CONST r1, :"__stdlib:PrintLn"
  LOAD_CONST r2, "first"
  CALL r2, r1, [r2]
  LOAD_CONST r1, :"__stdlib:Sleep"
  LOAD_CONST r2, 50
  CALL r1, r1, [r2]
  RETURN r2
.end
`;

const cwd = folderOf({
  "app.ionasm": APP,
  "http.ionasm": HTTP,
  "fails.ionasm": FAILS,
  "locks.ionasm": LOCKS,
  "greedy.ionasm": GREEDY,
});
mkdirSync(join(cwd, "lib"));

describe("packs that need packs", () => {
  it("are built, found, shown and run", async () => {
    expect(await ionvm(["asm", "http.ionasm", "-o", "lib/http-1.2.3.ionpack"], { cwd })).toMatchObject({ code: 0 });
    expect(await ionvm(["run", "--path", "lib", "--result", "app.ionasm"], { cwd })).toEqual({
      code: 0,
      stdout: '=> "got x"\n',
      stderr: "",
    });
    expect((await ionvm(["verify", "--path", "nowhere", "--path=lib", "app.ionasm"], { cwd })).stdout).toBe(
      "app.ionasm: ok, 1 class, 1 function\n",
    );
    expect((await ionvm(["info", "--deps", "--path", "lib", "app.ionasm"], { cwd })).stdout).toBe(
      `app: app.ionasm
├─ http 1.2.3: lib/http-1.2.3.ionpack, needed as ^1.2
│  └─ std 1.0.0: std (built in)
└─ std 1.0.0: std (built in)
`,
    );
    const json = JSON.parse((await ionvm(["info", "--deps", "--json", "--path", "lib", "app.ionasm"], { cwd })).stdout);
    expect(json).toMatchObject({
      name: "app",
      needs: [
        { name: "http", range: "^1.2" },
        { name: "std", range: null },
      ],
    });
  });

  it("that are not there are asked for by name", async () => {
    expect(await ionvm(["run", "app.ionasm"], { cwd })).toEqual({
      code: 1,
      stdout: "",
      stderr: "ionvm: app.ionasm: needs the pack http@^1.2, which is not in the folder .\n",
    });
    expect((await ionvm(["run", "--path"], { cwd })).code).toBe(2);
  });

  it("a class file has no manifest", async () => {
    const { code, stderr } = await ionvm(["asm", "app.ionasm"], { cwd });
    expect([code, stderr]).toEqual([
      1,
      "ionvm: app.ionasm: a class file has no manifest; name a pack with -o name.ionpack\n",
    ]);
    expect(existsSync(join(cwd, "app.ionc"))).toBe(false);
  });
});

describe("a crash", () => {
  it.each([["--jit"], ["--no-jit"]])("is logged with all that is known, %s", async (engine) => {
    const log = `crash${engine}.jsonl`;
    const { code, stderr } = await ionvm(["run", engine, "--virtual-time", "--crash-log", log, "fails.ionasm"], {
      cwd,
    });
    expect([code, stderr]).toEqual([
      1,
      "ionvm: process 2 failed: (:throw, :oops) at fails:child, instruction 1\n" +
        "ionvm: main was ended by an exit signal: (:throw, :oops)\n",
    ]);
    const lines = readFileSync(join(cwd, log), "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        time: 0,
        process: 2,
        name: null,
        reason: "(:throw, :oops)",
        stack: [{ functionName: "fails:child", instruction: 1, file: null, line: null, column: null }],
        omitted: null,
        reductions: 2,
        mailbox: { length: 0, first: [] },
        received: [],
        links: [1],
      },
    ]);
  });

  it("of main is logged with its messages and its name, and the time", async () => {
    const source = FAILS.replace('LOAD_CONST r3, :"__stdlib:SpawnLink"', "THROW r4\n  NOP");
    writeFileSync(join(cwd, "main-fails.ionasm"), source);
    await ionvm(["run", "--crash-log", "main.jsonl", "main-fails.ionasm"], { cwd });
    const [line] = readFileSync(join(cwd, "main.jsonl"), "utf8").trimEnd().split("\n");
    const { time, ...rest } = JSON.parse(line);
    expect(Date.parse(time)).toBeGreaterThan(0);
    expect(rest).toMatchObject({
      process: 1,
      name: "boss",
      mailbox: { length: 2, first: ["(:one, [1])", "(:one, [1])"] },
      received: ["(:one, [1])"],
    });
  });

  it("cannot be logged where nothing can be written, nor over the program", async () => {
    expect(await ionvm(["run", "--crash-log", "nowhere/x", "fails.ionasm"], { cwd })).toMatchObject({
      code: 1,
      stderr: "ionvm: nowhere/x: no such file or directory\n",
    });
    expect((await ionvm(["run", "--crash-log", "fails.ionasm", "fails.ionasm"], { cwd })).code).toBe(2);
    expect(readFileSync(join(cwd, "fails.ionasm"), "utf8")).toBe(FAILS);
  });
});

describe("the flight recorder", () => {
  it("shows the last events of a deadlock", async () => {
    const { code, stderr } = await ionvm(["run", "--flight-recorder", "locks.ionasm"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toBe(
      `ionvm: deadlock: main waits, and nothing can go on
  process 1 waits for a message at locks:main, instruction 0
the last 3 events:
  host: spawns process 1
  process 1 at 0: begins a turn
  process 1 at 2: waits for a message
`,
    );
  });

  it("shows at most a thousand events", async () => {
    writeFileSync(
      join(cwd, "long.ionasm"),
      `.function main arity=0 regs=3
  LOAD_CONST r0, 2000
  LOAD_CONST r1, 1
again:
  YIELD
  SUB r0, r0, r1
  JUMP_IF_TRUE r0, again
  THROW r0
.end
`,
    );
    const { stderr } = await ionvm(["run", "--flight-recorder", "long.ionasm"], { cwd });
    const lines = stderr.trimEnd().split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "ionvm: main failed: (:throw, 0)",
      "  at long:main, instruction 5",
      "the last 1000 events:",
    ]);
    expect(lines).toHaveLength(1003);
    expect(lines.at(-1)).toBe("  process 1 at 6003: ends: throw");
  });
});

it("--max-process-memory ends the process that holds more", async () => {
  expect(await ionvm(["run", "--max-process-memory", "1m", "greedy.ionasm"], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^ionvm: main failed: \(:system_limit, :process_memory\)\n {2}at greedy:main/),
  });
});

describe("--watch", () => {
  it("takes new code while the program runs, and says why not", async () => {
    const file = join(cwd, "ticks.ionasm");
    writeFileSync(file, TICKS);
    let step = 0;
    const ended = await ionvm(["run", "--watch", "ticks.ionasm"], {
      cwd,
      onOutput: (stdout) => {
        if (step === 0 && stdout.includes("first")) {
          step = 1;
          writeFileSync(file, "nonsense");
          // Long enough that the failure is noticed by itself.
          setTimeout(() => writeFileSync(file, TICKS.replace('"first"', '"second"')), 600);
        }
        if (step === 1 && stdout.includes("second")) {
          step = 2;
          writeFileSync(file, TICKS.replace("RETURN r2", "LOAD_CONST r2, 0\n  RETURN r2"));
        }
      },
    });
    expect(ended.stderr).toBe(
      `ionvm: not reloaded: ticks.ionasm:1:1: expected a directive such as .function, found \`nonsense\`
ionvm: ticks.ionasm is reloaded
ionvm: ticks.ionasm is reloaded
`,
    );
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/^(first\n)+(second\n)+first\n$/);
  }, 20_000);

  it("looks at what a program in JavaScript imports", async () => {
    const file = join(cwd, "tick.js");
    const tick = (text: string, goesOn: boolean): string => {
      return `export function tick() { console.log("${text}"); return ${goesOn}; }`;
    };
    writeFileSync(file, tick("first", true));
    writeFileSync(
      join(cwd, "ticks.js"),
      `import { sleep } from "ion:process"; import { tick } from "./tick.js"; while (tick()) sleep(50);`,
    );
    let step = 0;
    const ended = await ionvm(["run", "--watch", "ticks.js"], {
      cwd,
      onOutput: (stdout) => {
        if (step === 0 && stdout.includes("first")) {
          step = 1;
          writeFileSync(file, tick("second", false));
        }
      },
    });
    expect(ended).toMatchObject({ code: 0, stderr: "ionvm: ticks.js is reloaded\n" });
    expect(ended.stdout).toMatch(/^(first\n)+second\n$/);
  }, 20_000);

  it("needs a file", async () => {
    expect(await ionvm(["run", "--watch", "-"], { cwd, stdin: LOCKS })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--watch needs a file, not standard input"),
    });
  });
});
