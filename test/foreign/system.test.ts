/** Files, environment and standard input: what is allowed, and what is not although it looks so. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import type { Allowed } from "../../src/foreign/permissions.ts";
import { ENVIRONMENT, FILES } from "../../src/foreign/stdlib/system.ts";
import { nodeHost } from "../../src/node/host.ts";
import { nodeCovers } from "../../src/node/system.ts";
import { Binary } from "../../src/values/bytes.ts";
import { inspect } from "../../src/values/print.ts";
import type { Value } from "../../src/values/value.ts";
import { VM } from "../../src/vm.ts";

/** One function for each that may be called, with so many arguments. */
const SOURCE = [...FILES, ...ENVIRONMENT]
  .map(({ name, parameters: { length } }) => {
    const registers = Array.from({ length }, (_, i) => `r${i}`).join(", ");
    return `.function ${name} arity=${length} regs=4\nLOAD_CONST r${length}, :"__stdlib:${name}"\nCALL r${length + 1}, r${length}, [${registers}]\nRETURN r${length + 1}\n.end`;
  })
  .join("\n");

async function called(allow: Allowed, name: string, ...args: Value[]): Promise<string> {
  const vm = new VM({ host: nodeHost(), allow });
  const program = vm.load(new TextEncoder().encode(SOURCE), { file: "Main" });
  const asked = vm.spawn({ program, name: `Main:${name}` }, ...args);
  await vm.run({ timeout: 20_000 });
  const { reason, result } = asked.outcome!;
  return inspect(reason) === ":normal" ? inspect(result) : inspect(reason);
}

let root: string;
let inside: string;
let outside: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "ionvm-test-"));
  inside = join(root, "inside");
  outside = join(root, "outside");
  mkdirSync(join(inside, "sub"), { recursive: true });
  mkdirSync(outside);
  mkdirSync(join(root, "inside-not"));
  writeFileSync(join(inside, "a.txt"), "in");
  writeFileSync(join(outside, "b.txt"), "out");
  writeFileSync(join(root, "inside-not", "c.txt"), "beside");
  symlinkSync(outside, join(inside, "way-out"));
  symlinkSync(join(outside, "b.txt"), join(inside, "file-out"));
  symlinkSync(join(outside, "new.txt"), join(inside, "nowhere"));
  symlinkSync(join(inside, "circle"), join(inside, "circle"));
  symlinkSync(join(inside, "a.txt"), join(outside, "way-in"));
  symlinkSync(inside, join(outside, "folder-in"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the functions", () => {
  it("do what they say", async () => {
    const all: Allowed = { read: true, write: true };
    const at = (name: string) => join(inside, "sub", name);
    const steps: [string, Value[], string | RegExp][] = [
      ["WriteFile", [at("x"), "é"], "()"],
      ["AppendFile", [at("x"), new Binary(Uint8Array.of(0x61))], "()"],
      ["ReadText", [at("x")], '"éa"'],
      ["ReadFile", [at("x")], 'bytes"c3a961"'],
      ["FileInfo", [at("x")], /^\{kind: :file, size: 3, modified: \d/],
      ["FileInfo", [at("missing")], "undefined"],
      ["ListFolder", [join(inside, "sub")], '["x"]'],
      ["MakeFolder", [at("f/g")], "()"],
      ["MakeFolder", [at("f/g")], "()"],
      ["RenameFile", [at("x"), at("f/g/y")], "()"],
      ["RemoveFile", [at("f")], /f: the folder is not empty/],
      ["RemoveFile", [at("f/g/y")], "()"],
      ["RemoveFile", [at("f/g")], "()"],
      ["RemoveFile", [at("f")], "()"],
      ["RemoveFile", [at("f")], /f: no such file or folder/],
      ["ReadFile", [join(inside, "sub")], /sub: it is a folder/],
      ["ReadFile", [at("missing")], /missing: no such file or folder/],
      ["WriteFile", [at("x"), "\ud800"], /A lone surrogate has no UTF-8/],
      ["WriteFile", [at("x"), 1], /A file is written from a String or a Binary/],
      ["WriteFile", [at("x"), new Binary(Uint8Array.of(0xff))], "()"],
      ["ReadText", [at("x")], /The file is no UTF-8 text/],
      ["RemoveFile", [at("x")], "()"],
      ["ReadFile", ["/dev/zero"], process.platform === "linux" ? /more than 1073741823 bytes|system_limit/ : /./],
    ];
    for (const [name, args, expected] of steps) {
      const result = await called(all, name, ...args);
      if (typeof expected === "string") expect(result).toBe(expected);
      else expect(result).toMatch(expected);
    }
  });

  test.each(
    FILES.filter(({ parameters }) => parameters.length > 0).map(
      ({ name, parameters }) => [name, parameters.length] as const,
    ),
  )("%s takes neither an empty path nor one with the character 0", async (name, count) => {
    const all: Allowed = { read: true, write: true };
    const rest = new Array<Value>(count - 1).fill("x");
    expect(await called(all, name, "", ...rest)).toMatch(/A path cannot be empty/);
    expect(await called(all, name, "a\0b", ...rest)).toMatch(/A path cannot hold the character 0/);
    if (name === "RenameFile") {
      expect(await called(all, name, "x", "")).toMatch(/A path cannot be empty/);
      expect(await called(all, name, "x", "a\0b")).toMatch(/A path cannot hold the character 0/);
    }
  });
});

describe("permissions", () => {
  /** Of a program that may use `inside`: what it asks for, relative to the root, and whether it gets it. */
  test.each<[string, string, string, boolean]>([
    ["a file", "read", "inside/a.txt", true],
    ["the folder itself", "read", "inside", true],
    ["a file that is not there", "read", "inside/none/none.txt", true],
    ["a way around", "read", "inside/sub/../a.txt", true],
    ["another way around", "read", "outside/../inside/a.txt", true],
    ["a link into it", "read", "outside/way-in", true],
    ["a way out", "read", "inside/../outside/b.txt", false],
    ["a link out of it", "read", "inside/way-out/b.txt", false],
    ["a file behind a link out of it that is not there", "read", "inside/way-out/none", false],
    ["a link to a file", "read", "inside/file-out", false],
    ["a link that leads nowhere", "read", "inside/nowhere", false],
    ["one whose name begins the same", "read", "inside-not/c.txt", false],
    ["the folder around", "read", ".", false],
    ["a file", "write", "inside/new.txt", true],
    ["in a folder behind a link to it", "write", "outside/folder-in/new.txt", true],
    ["a link that leads nowhere, where a file would be made", "write", "inside/nowhere", false],
    ["a link out of it", "write", "inside/file-out", false],
    ["in a folder behind a link out of it", "write", "inside/way-out/new.txt", false],
    ["a link elsewhere that leads into it", "write", "outside/way-in", false],
    ["a link elsewhere to it", "write", "outside/folder-in", false],
  ])("%s: %s %s", (_, kind, path, allowed) => {
    expect(nodeCovers(kind as "read" | "write", inside, join(root, path))).toBe(allowed);
    expect(nodeCovers(kind as "read" | "write", relative(process.cwd(), inside), join(root, path))).toBe(allowed);
  });

  it("a circle of links is a place like any other", () => {
    expect(nodeCovers("read", inside, join(inside, "circle"))).toBe(true);
    expect(nodeCovers("read", outside, join(inside, "circle"))).toBe(false);
  });

  test.each<[string, string, boolean]>([
    ["", "", false],
    ["", "a.txt", false],
    [".", "", false],
    [".", "-", false],
    ["-", "./-", false],
    ["-", "-", true],
    [".", "./-", true],
    ["/", "/etc/passwd", true],
  ])("read %j does for %j: %s", (entry, item, expected) => {
    expect(nodeCovers("read", entry, item)).toBe(expected);
  });

  it("variables and libraries are allowed by name alone", () => {
    for (const kind of ["env", "js"] as const) {
      expect(nodeCovers(kind, "a", "a")).toBe(true);
      expect(nodeCovers(kind, ".", "a")).toBe(false);
      expect(nodeCovers(kind, "a", "./a")).toBe(false);
    }
  });

  it("nothing is done that is not allowed, and the refusal names the flag", async () => {
    const allow: Allowed = { read: [inside], write: [inside], env: ["IONVM_TEST"] };
    const b = join(outside, "b.txt");
    const out = "way-out";
    const steps: [string, Value[], RegExp][] = [
      ["ReadFile", [b], /b.txt needs the permission --allow-read, or --allow-read=.*b.txt/],
      ["ReadText", [join(inside, out, "b.txt")], /--allow-read/],
      // By the system this would be root/b.txt, by the permission inside/a.txt: it must be the same for both.
      ["ReadText", [`${join(inside, out)}/../a.txt`], /^"in"$/],
      ["ListFolder", [join(inside, out)], /--allow-read/],
      ["FileInfo", [b], /--allow-read/],
      ["WriteFile", [b, "x"], /--allow-write, or --allow-write=/],
      ["WriteFile", [join(inside, "nowhere"), "x"], /--allow-write/],
      ["AppendFile", [join(inside, "file-out"), "x"], /--allow-write/],
      ["MakeFolder", [join(inside, out, "made")], /--allow-write/],
      ["RemoveFile", [join(outside, "way-in")], /--allow-write/],
      ["RemoveFile", [b], /--allow-write/],
      ["RenameFile", [join(inside, "a.txt"), join(outside, "stolen")], /--allow-write/],
      ["RenameFile", [b, join(inside, "stolen")], /--allow-write/],
      ["RenameFile", [join(inside, "a.txt"), join(outside, "way-in")], /--allow-write/],
      ["ReadLine", [], /- needs the permission --allow-read, or --allow-read=-/],
      ["ReadInput", [], /--allow-read=-/],
      ["Env", ["HOME"], /HOME needs the permission --allow-env, or --allow-env=HOME/],
      ["Env", ["IONVM_TEST"], /^undefined$/],
      ["Env", [""], /--allow-env/],
    ];
    const before = [readdirSync(outside).sort(), readdirSync(inside).sort(), readFileSync(b, "utf8")];
    for (const [name, args, expected] of steps) expect(await called(allow, name, ...args)).toMatch(expected);
    expect([readdirSync(outside).sort(), readdirSync(inside).sort(), readFileSync(b, "utf8")]).toEqual(before);
    expect(await called({ read: ["-"] }, "ReadFile", "-")).toMatch(/\.\/- needs the permission --allow-read/);
    for (const nothing of [{}, { read: false }, { read: [] }, { read: [""] }]) {
      expect(await called(nothing, "ReadFile", join(inside, "a.txt"))).toMatch(/--allow-read/);
    }
  });

  it("a host without files refuses", async () => {
    const { system: _, ...host } = nodeHost();
    const vm = new VM({ host, allow: { read: true } });
    const program = vm.load(new TextEncoder().encode(SOURCE), { file: "Main" });
    const asked = vm.spawn({ program, name: "Main:ReadFile" }, "x");
    await vm.run();
    expect(inspect(asked.outcome!.reason)).toMatch(/This host has neither files nor an environment/);
  });
});

describe("standard input", () => {
  const ENTRY = `
    import { VM } from "./src/node/index.ts";
    const source = \`
      .function reader arity=1 regs=3
        LOAD_CONST r1, :"__stdlib:ReadLine"
        CALL r2, r1, []
        SEND r0, r2
        RETURN r2
      .end\`;
    const vm = new VM({ allow: { read: ["-"] } });
    const program = vm.load(new TextEncoder().encode(source), { file: "Main" });
    const port = vm.port((line) => console.log(JSON.stringify(line)));
    const [first, second, third] = [1, 2, 3].map(() => vm.spawn({ program, name: "Main:reader" }, port.process));
    const running = vm.run();
    await new Promise((go) => setTimeout(go, 50));
    // Who has ended takes no line from the others.
    vm.exit(first, (await import("./src/values/atom.ts")).atom("kill"));
    console.log("ready");
    await running;
    console.log("done");`;

  it("lines go to those who wait, in order, and when nobody does Node may end", async () => {
    const { outputFiles } = await build({
      stdin: { contents: ENTRY, resolveDir: join(import.meta.dirname, "../.."), loader: "ts" },
      bundle: true,
      platform: "node",
      format: "esm",
      external: ["koffi"],
      write: false,
    });
    const file = join(root, "reader.mjs");
    writeFileSync(file, outputFiles[0].text);
    const child = spawn(process.execPath, [file], { stdio: ["pipe", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (data) => {
      if (out === "") child.stdin.write("one\ntwo\n");
      out += data;
    });
    // Standard input is never closed.
    const code = await new Promise((resolve) => child.on("exit", resolve));
    child.stdin.destroy();
    expect({ code, out }).toEqual({ code: 0, out: 'ready\n"one"\n"two"\ndone\n' });
  });
});
