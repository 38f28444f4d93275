/** The commands that look into files and make them: info, verify, asm, sample, iondis. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FunctionBuilder } from "../../src/bytecode/builder.ts";
import { PackBuilder } from "../../src/pack/builder.ts";
import { PROGRAMS } from "./programs.ts";
import { folderOf, iondis, ionvm, REFERENCE, ROOT, SAMPLES } from "./tool.ts";

const library = new PackBuilder({ name: "library\u001b[31m" })
  .addClass("tools/Text", [new FunctionBuilder("helper", { arity: 2 }), new FunctionBuilder("more", { arity: 1 })])
  .addClass("Other", [new FunctionBuilder(null, { arity: 1 })])
  .addResource("words.txt", "one two")
  .addLibrary("native.so", "x")
  .addSource("text.ion", "source")
  .toBytes();
const cwd = folderOf({ ...PROGRAMS, "library.ionpack": library });

describe.concurrent("info", () => {
  it("shows a pack, also one that cannot be run", async () => {
    const { code, stdout, stderr } = await ionvm(["info", "library.ionpack"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^library\.ionpack: a pack, \d+ bytes, nothing to begin a run with\nmanifest\n/);
    for (const line of [
      "  Name: library\\u001b[31m",
      "class tools/Text: version 2",
      "  helper                            2     0             0",
      "  (unnamed)                         1     0             0",
      "resources\n  words.txt: 7 bytes",
      "libraries\n  native.so: 1 bytes",
      "sources\n  text.ion: 6 bytes",
    ]) {
      expect(stdout).toContain(`\n${line}\n`);
    }
  });

  it("names kind, format and dialect, entry and source", async () => {
    const old = (await ionvm(["info", join(SAMPLES, "history-6a78734-hello.ionpack")])).stdout;
    expect(old).toMatch(/: a pack, 528 bytes, a run begins with Main:main\n/);
    expect(old).toMatch(/\nclass Main: version 1, (middle|oldest) dialect, layout for a single function\n/);
    const text = (await ionvm(["info", "throws.ionasm"], { cwd })).stdout;
    expect(text).toMatch(
      /^throws\.ionasm: assembly text, \d+ bytes, a run begins with Main:main\nclass Main: version 2\n/,
    );
    expect(text).toContain("\n  source file: throws.ion\n");
  });

  it("is JSON on demand", async () => {
    const { stdout } = await ionvm(["info", "--json", "library.ionpack"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      file: "library.ionpack",
      kind: "pack",
      bytes: library.length,
      entry: null,
      manifest: { "IonPack-Version": "1.0", Name: "library\u001b[31m", "Main-Class": "tools/Text" },
      classes: [
        { class: "Other", format: { version: 2 }, functions: [{ name: null, arity: 1, regs: 0, instructions: 0 }] },
        {
          class: "tools/Text",
          format: { version: 2 },
          functions: [{ name: "helper", arity: 2, regs: 0, instructions: 0 }, {}],
        },
      ],
      resources: [{ name: "words.txt", bytes: 7 }],
      libraries: [{ name: "native.so", bytes: 1 }],
      sources: [{ name: "text.ion", bytes: 6 }],
      others: [],
    });
    const text = await ionvm(["info", "--json", "answer.ionasm"], { cwd });
    expect(JSON.parse(text.stdout)).toMatchObject({ kind: "assembly", manifest: null, entry: "answer:main" });
  });
});

describe.concurrent("verify", () => {
  it("has a line for every file", async () => {
    const files = ["answer.ionasm", "dangling.ionasm", "nowhere", "throws.ionasm", "empty"];
    const { code, stdout, stderr } = await ionvm(["verify", ...files], { cwd });
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: "answer.ionasm: ok, 1 class, 1 function\nthrows.ionasm: ok, 1 class, 2 functions\n",
    });
    expect(stderr).toMatch(/^ionvm: dangling\.ionasm.*\nionvm: nowhere: .*\nionvm: empty, .*\n$/);
  });

  it("runs nothing", async () => {
    expect(await ionvm(["verify", "hello.ionasm"], { cwd })).toEqual({
      code: 0,
      stdout: "hello.ionasm: ok, 1 class, 1 function\n",
      stderr: "",
    });
  });

  it("says of every reference pack what is recorded of it", async () => {
    const rows = readFileSync(join(REFERENCE, "expected.jsonl"), "utf8").trim().split("\n");
    const packs = rows.map((row) => JSON.parse(row) as { pack: string; fails?: boolean });
    const { stdout, stderr, code } = await ionvm(["verify", ...packs.map(({ pack }) => pack)], { cwd: REFERENCE });
    expect(code).toBe(1);
    const bad = packs.filter(({ fails }) => fails).map(({ pack }) => pack);
    expect(bad.length).toBeGreaterThan(10);
    const complaints = stderr.trimEnd().split("\n");
    expect(complaints.map((line) => /^ionvm: ([\w.]+)[,:]/.exec(line)?.[1])).toEqual(bad);
    const good = packs.filter(({ fails }) => !fails).map(({ pack }) => pack);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.replace(/: ok, .*/, "")),
    ).toEqual(good);
  });
});

describe.concurrent("asm and iondis", () => {
  it("a class file next to its text", async () => {
    expect(await ionvm(["asm", "hello.ionasm"], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await ionvm(["run", "hello.ionc"], { cwd })).stdout).toBe("hello\n");
  });

  it("a pack, by the suffix of the output", async () => {
    expect((await ionvm(["asm", "-o", "packed.ionpack", "throws.ionasm"], { cwd })).code).toBe(0);
    expect((await ionvm(["info", "packed.ionpack"], { cwd })).stdout).toMatch(
      /: a pack, .* a run begins with Main:main\n/,
    );
    expect((await ionvm(["run", "packed.ionpack"], { cwd })).stderr).toContain(
      "at Main:inner, instruction 1 (throws.ion:8:4)",
    );
  });

  it("from standard input", async () => {
    const stdin = PROGRAMS["answer.ionasm"];
    expect((await ionvm(["asm", "-", "--output=stdin.ionc"], { cwd, stdin })).code).toBe(0);
    expect((await ionvm(["run", "--result", "stdin.ionc"], { cwd })).stdout).toBe("=> 42\n");
  });

  it("version 1 on demand", async () => {
    expect((await ionvm(["asm", "--format", "1", "-o", "old.ionc", "args.ionasm"], { cwd })).code).toBe(0);
    expect((await iondis(["old.ionc"], { cwd })).stdout).toMatch(/^\.class old\n\.format 1 newest many\n/);
    expect((await ionvm(["run", "old.ionc", "x"], { cwd })).stdout).toBe("[x]");
  });

  it("text and bytes are each other's image", async () => {
    await ionvm(["asm", "-o", "first.ionc", "child-throws.ionasm"], { cwd });
    const { stdout: text } = await iondis(["first.ionc"], { cwd });
    const numbered = (await iondis(["--numbers", "first.ionc"], { cwd })).stdout;
    for (const stdin of [text, numbered]) {
      expect((await ionvm(["asm", "-", "-o", "second.ionc"], { cwd, stdin })).code).toBe(0);
      expect(readFileSync(join(cwd, "second.ionc"))).toEqual(readFileSync(join(cwd, "first.ionc")));
    }
    expect((await iondis(["-"], { stdin: text })).stdout).toBe(text);
    expect(numbered).toMatch(/^ {4}SPAWN .*; 1$/m);
  });

  it.each([
    [["nowhere"], /^ionvm: nowhere: no such file or directory\n$/],
    [["syntax-error.ionasm"], /^ionvm: syntax-error\.ionasm:2:3.*\n$/],
    [["cut-off.ionpack"], /^ionvm: cut-off\.ionpack: this is a pack already, not assembly text\n$/],
    [["answer.ionasm", "-o", "nowhere/x"], /^ionvm: nowhere\/x: no such file or directory\n$/],
    [["answer.ionasm", "-o", "."], /^ionvm: \.: is a directory\n$/],
    [
      ["--format=1", "child-throws.ionasm", "-o", "refused.ionc"],
      /^ionvm: child-throws\.ionasm, class child-throws, function main, instruction 2: version 1 has no .*JOIN.*\n$/,
    ],
  ] as const)("asm says what is wrong with %j", async (args, complaint) => {
    const { code, stdout, stderr } = await ionvm(["asm", ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(complaint);
    expect(existsSync(join(cwd, "refused.ionc"))).toBe(false);
  });

  it("iondis shows all classes or one", async () => {
    const actors = join(SAMPLES, "actors.ionpack");
    const all = (await iondis([actors])).stdout;
    const classes = all.match(/^\.class .*/gm)!.map((line) => line.slice(".class ".length));
    expect(classes).toHaveLength(7);
    const parts = await Promise.all(classes.map(async (name) => (await iondis([actors, name])).stdout));
    expect(parts.join("\n")).toBe(all);
  });

  it("iondis gives JSON on demand", async () => {
    const { stdout } = await iondis(["--json", "throws.ionasm"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject([
      {
        class: "Main",
        format: { version: 2 },
        source: "throws.ion",
        functions: [
          {
            name: "main",
            arity: 0,
            regs: 3,
            instructions: [{ op: "LOAD_CONST", line: 1 }, { op: "CALL", operands: ["r1", "r0", "[]"] }, {}],
          },
          { name: "inner", instructions: [{}, { index: 1, op: "THROW", operands: ["r0"], line: 8, column: 4 }] },
        ],
      },
    ]);
    const many = await iondis(["--json", join(SAMPLES, "actors.ionpack")]);
    expect(JSON.parse(many.stdout)).toHaveLength(7);
  });

  it.each([
    [["nowhere"], "nowhere: no such file or directory"],
    [["throws.ionasm", "main"], "throws.ionasm: there is no class main (did you mean Main?)"],
    [["throws.ionasm", "Quite"], "throws.ionasm: there is no class Quite (there is Main)"],
  ])("iondis says what is wrong with %j", async (args, complaint) => {
    expect(await iondis(args, { cwd })).toEqual({ code: 1, stdout: "", stderr: `iondis: ${complaint}\n` });
  });
});

describe("sample", () => {
  it("every sample that is listed can be read, written and verified", async () => {
    const { code, stdout } = await ionvm(["sample"]);
    expect(code).toBe(0);
    const names = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ")[0]);
    expect(names).toContain("hello");
    await Promise.all(
      names.map(async (name) => {
        expect((await ionvm(["sample", name])).stdout).toMatch(/^\.function /m);
        expect((await ionvm(["sample", name, "-o", `${name}.ionpack`], { cwd })).code).toBe(0);
      }),
    );
    const packs = names.map((name) => `${name}.ionpack`);
    // Those with functions of other languages need what runs these.
    const plain = packs.filter((pack) => !pack.startsWith("ffi-"));
    expect((await ionvm(["verify", ...plain], { cwd })).code).toBe(0);
    expect(readdirSync(cwd)).toEqual(expect.arrayContaining(packs));
  });

  const isBuilt = existsSync(join(ROOT, "samples/ffi-python.ionpack"));
  it.skipIf(!isBuilt)(
    "the text of one with functions of other languages is in its pack, once it is built",
    async () => {
      expect((await ionvm(["sample", "ffi-python"])).stdout).toBe(
        readFileSync(join(ROOT, "samples/ffi-python/ffi-python.ionasm"), "utf8"),
      );
    },
  );

  it("a misspelt one", async () => {
    expect(await ionvm(["sample", "helo"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "ionvm: there is no sample 'helo' (did you mean hello?)\n",
    });
  });
});
