/** What is told of programs in JavaScript and TypeScript is told in lines of their source, by both engines. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderOf, iondis, ionvm } from "./tool.ts";

const cwd = folderOf({
  "throws.ts": `class Refused extends Error {
  constructor(readonly_: number) {
    super(\`no \${readonly_}\`);
    this.name = "Refused";
  }
}

function pay(amount: number) {
  if (amount > 2) throw new Refused(amount);
}
[1, 2, 3].forEach(pay);
`,
  "value.ts": `throw "no error";\n`,
  "rethrows.js": `function inner() {
  undefined.x;
}
try {
  inner();
} catch (error) {
  throw error;
}
`,
  "children.ts": `import { sleep, spawn } from "ion:process";
function worker(order: any) {
  return order.items.map((item: any) => item.price());
}
spawn(worker, { items: [{}] });
spawn(worker, null);
sleep(10);
`,
  "linked.ts": `import { sleep, spawnLink } from "ion:process";
function part() {
  sleep(1);
  throw new RangeError("broken");
}
spawnLink(part);
sleep(1000);
`,
  "waits.ts": `import { receive } from "ion:process";
function listen() {
  return receive();
}
listen();
`,
  "many.ts": `import { self, send, receive } from "ion:process";
function round(n: number) {
  send(self(), n);
  return receive();
}
let sum = 0;
for (let i = 0; i < 5000; i++) sum += round(i);
`,
  "controls.js": `throw new Error("a\\u001b[31m\\nb");\n`,
});

const ENGINES = [["--no-jit"], ["--jit-threshold", "0"], []];

async function stderrOf(file: string, ...options: string[]): Promise<string> {
  const texts: string[] = [];
  for (const engine of ENGINES) {
    texts.push((await ionvm(["run", ...engine, ...options, file], { cwd })).stderr);
  }
  expect(new Set(texts).size, texts.join("\n")).toBe(1);
  return texts[0];
}

describe.concurrent("main's failure", () => {
  it("has the place, the lines, the stack outside of the error's own constructors, and the name it was given", async () => {
    expect(await stderrOf("throws.ts")).toBe(`throws.ts:9:25: Refused: no 3
8 | function pay(amount: number) {
9 |   if (amount > 2) throw new Refused(amount);
  |                         ^
    at pay (throws.ts:9:25)
    at Array.forEach (<anonymous>)
    at throws.ts:11:11
`);
  });

  it("of a value that is no error", async () => {
    expect(await stderrOf("value.ts")).toBe(`value.ts:1:1: uncaught 'no error'
1 | throw "no error";
  | ^
    at value.ts:1:1
`);
  });

  it("is where the error was made, not where it was thrown again", async () => {
    expect(await stderrOf("rethrows.js")).toMatch(/^rethrows\.js:2:13: TypeError: Cannot read properties of undefined/);
  });

  it("brings nothing to the terminal raw", async () => {
    expect(await stderrOf("controls.js")).toMatch(/^controls\.js:1:7: Error: a\\u001b\[31m\nb\n1 \| /);
  });
});

describe.concurrent("other failures", () => {
  it("of processes: a line each, in the words of JavaScript", async () => {
    expect(await stderrOf("children.ts")).toBe(
      [
        "ionvm: process 2 failed: TypeError: item.price is not a function at children.ts:3:46",
        "ionvm: process 3 failed: TypeError: Cannot read properties of null (reading 'items') at worker (children.ts:3:16)",
        "",
      ].join("\n"),
    );
  });

  it("of one that main is linked with", async () => {
    expect(await stderrOf("linked.ts")).toBe(
      [
        "ionvm: process 2 failed: RangeError: broken at part (linked.ts:4:9)",
        "ionvm: main was ended by an exit signal: RangeError: broken",
        "",
      ].join("\n"),
    );
  });

  it("in the crash log, with the stack of the error", async () => {
    await ionvm(["run", "--crash-log", "crashes.log", "children.ts"], { cwd });
    const [first] = readFileSync(join(cwd, "crashes.log"), "utf8").split("\n");
    expect(JSON.parse(first)).toMatchObject({
      process: 2,
      reason: "TypeError: item.price is not a function",
      error: expect.stringMatching(/^TypeError: item\.price is not a function\n {4}at children\.ts:3:46\n/),
      stack: [{ file: "children.ts", line: 3, writtenName: "" }, {}, { writtenName: "worker", line: 3 }],
    });
  });

  it("of a deadlock", async () => {
    expect(await stderrOf("waits.ts")).toBe(
      [
        "ionvm: deadlock: main waits, and nothing can go on",
        "  process 1 waits for a message at listen (waits.ts:3:10)",
        "",
      ].join("\n"),
    );
  });
});

describe.concurrent("tools", () => {
  it("--debug says where", async () => {
    const { stderr } = await ionvm(["run", "--debug", "waits.ts"], { cwd });
    expect(stderr).toMatch(/^debug: process 1 at \d+: waits for a message \(waits\.ts:3:10\)$/m);
  });

  it("--jit-log says where functions are", async () => {
    const { stderr } = await ionvm(["run", "--jit-log", "many.ts"], { cwd });
    expect(stderr).toMatch(/^jit: many:main \(many\.ts:\d+\): compiled: /m);
  });

  it("iondis shows the lines as comments, or not, and the text is that of the same bytes", async () => {
    const shown = (await iondis(["waits.ts"], { cwd })).stdout;
    expect(shown).toContain(
      ["    ; 3 |   return receive();", "    .line 3 10", "    RECEIVE        r0", ""].join("\n"),
    );
    const plain = (await iondis(["--no-source", "waits.ts"], { cwd })).stdout;
    expect(plain).not.toContain(";");
    expect(shown.replace(/^ {4}; .*\n/gm, "")).toBe(plain);
    const again = await iondis(["-"], { cwd, stdin: shown });
    expect(again.stdout).toBe(plain);
  });
});
