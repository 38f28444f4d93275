/** Packs with foreign libraries, made and looked into on the command line, and what is said when something is wrong. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nativePaths } from "../../src/pack/libraries.ts";
import { HAS_PYTHON } from "../ffi/packs.ts";
import { folderOf, ionvm } from "./tool.ts";

const { platform, arch: architecture } = process;
const MACHINE = `${platform}/${architecture}`;

const call = (name: string) => `
.function main arity=0 regs=2
  LOAD_CONST r0, :"__stdlib:${name}"
  LOAD_CONST r1, "hi"
  CALL r1, r0, [r1]
  RETURN r1
.end`;

const cwd = folderOf({
  "main.ionasm": call("text.shout"),
  "shuot.ionasm": call("text.shuot"),
  "shouts.ionasm": call("text.shouts"),
  "elsewhere.ionasm": call("texts.shout"),
  "loud.ionasm": call("noisy.loud"),
  "missing.ionasm": call("Printt"),
  "short.ionasm": call("Split"),
  "native.ionasm": `.manifest "FFI-Libraries" "geometry"\n${call("geometry.area")}`,
});

function write(path: string, text: string): void {
  mkdirSync(join(cwd, path, ".."), { recursive: true });
  writeFileSync(join(cwd, path), text);
}
write("lib/text.mjs", "export function shout(text) { return text.toUpperCase(); }");
write("lib/.hidden.mjs", "throw 1");
write("lib/__pycache__/text.pyc", "");
write("python/tools.py", "import ionvm\n");
const NOISY = `import sys
import ionvm

@ionvm.function
def loud(text: str):
    for i in range(50_000):
        print(text, i)
    print("that was all", file=sys.stderr)
`;
write("noisy/noisy.py", NOISY);
write("broken/a.mjs", "");
write("broken/a.py", "");
write("undescribed/nowhere/cpu/libgeometry.so", "");
write("misdescribed/geometry.json", '{"function": {}}');
write("geometry/geometry.json", '{"functions": {"area": {"parameters": {"a": "string"}, "result": "f64"}}}');

async function packed(name: string, folder = "lib"): Promise<string> {
  const file = `${name}-${folder}.ionpack`;
  expect(await ionvm(["asm", "--lib", folder, `${name}.ionasm`, "-o", file], { cwd })).toEqual({
    code: 0,
    stdout: "",
    stderr: "",
  });
  return file;
}

describe("asm --lib", () => {
  it("puts a folder's files into the pack, but nothing hidden", async () => {
    const pack = await packed("main");
    const info = await ionvm(["info", "--json", pack], { cwd });
    expect(Object.keys(JSON.parse(info.stdout).libraries)).toHaveLength(1);
    expect(await ionvm(["run", "--allow-js", "--result", pack], { cwd })).toEqual({
      code: 0,
      stdout: '=> "HI"\n',
      stderr: "",
    });
  });

  it.each([
    ["main", "nowhere", "nowhere: no such file or directory"],
    ["main", "broken", "main.ionasm: lib/a.py and lib/a.mjs are two libraries of one name"],
    [
      "native",
      "misdescribed",
      "native.ionasm, entry lib/geometry.json: a description has function; there are functions, structs, memory",
    ],
    ["native", "undescribed", "native.ionasm: the library geometry has no description: lib/geometry.json is missing"],
    [
      "main",
      "geometry",
      "main.ionasm: lib/geometry.json describes a library that the pack does not have; native ones are named by FFI-Libraries",
    ],
  ])("%s with %s is refused", async (name, folder, complaint) => {
    expect(await ionvm(["asm", "--lib", folder, `${name}.ionasm`, "-o", "refused.ionpack"], { cwd })).toEqual({
      code: 1,
      stdout: "",
      stderr: `ionvm: ${complaint}\n`,
    });
  });
});

describe.skipIf(!HAS_PYTHON)("what Python prints", () => {
  it("passes through, however much it is", async () => {
    const pack = await packed("loud", "noisy");
    const { code, stdout, stderr } = await ionvm(["run", "--allow-python", pack], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "that was all\n" });
    expect(stdout).toBe(Array.from({ length: 50_000 }, (_, i) => `hi ${i}\n`).join(""));
  });
});

describe("what is wrong is said", () => {
  it.each<[name: string, folder: string, options: readonly string[], complaint: string]>([
    ["main", "lib", [], "the library text needs the permission --allow-js, or --allow-js=text"],
    ["main", "lib", ["--allow-js=test"], "the library text needs the permission --allow-js, or --allow-js=text"],
    ["main", "lib", ["--allow-python"], "the library text needs the permission --allow-js, or --allow-js=text"],
    ["shuot", "lib", ["--allow-js"], "there is no foreign function text.shuot: the library text has shout"],
    ["shouts", "lib", ["--allow-js"], "there is no foreign function text.shouts (did you mean text.shout?)"],
    ["elsewhere", "lib", ["--allow-js"], "there is no foreign function texts.shout: the pack has no library texts"],
    ["missing", "lib", [], "there is no foreign function Printt (did you mean Print?)"],
    ["short", "lib", [], "there is no foreign function Split (did you mean StrSplit?)"],
    [
      "native",
      "geometry",
      ["--allow-all"],
      `the pack has no library geometry for ${MACHINE}: no lib/${nativePaths("geometry", { platform, architecture })[0]}`,
    ],
  ])("run %s, with %s and %j", async (name, folder, options, complaint) => {
    const pack = await packed(name, folder);
    expect(await ionvm(["run", ...options, pack], { cwd })).toEqual({
      code: 1,
      stdout: "",
      stderr: `ionvm: ${pack}, class ${name}, function main, instruction 0: ${complaint}\n`,
    });
  });

  it.each([
    ["syntax", "\nexport const shout = (;", "SyntaxError: Unexpected token ';' (line 2)"],
    ["early", "\n\nnull.early;", "TypeError: Cannot read properties of null (reading 'early') (line 3)"],
    [
      "imports",
      'import "./other.mjs";',
      "it imports other.mjs, and a module of a pack stands alone: what it needs must be bundled into it",
    ],
  ])("a module that cannot be loaded: %s", async (folder, text, complaint) => {
    write(`${folder}/text.mjs`, text);
    const pack = await packed("main", folder);
    for (const options of [[], ["--ffi-in-process"]]) {
      expect((await ionvm(["run", "--allow-js", ...options, pack], { cwd })).stderr).toBe(
        `ionvm: ${pack}: lib/text.mjs: ${complaint}\n`,
      );
    }
  });

  it("a module without functions", async () => {
    write("none/text.mjs", "export const shout = 1;");
    const pack = await packed("main", "none");
    expect((await ionvm(["run", "--allow-js", pack], { cwd })).stderr).toMatch(
      /: the library text has no functions: the module exports none\n$/,
    );
    expect((await ionvm(["ffi", "--allow-js", pack], { cwd })).stdout).toContain("    (it has none)\n");
  });

  it("a list that is no value of its flag", async () => {
    const pack = await packed("main");
    expect((await ionvm(["run", "--allow-js", "text", pack], { cwd })).stderr).toBe(
      "ionvm: text: no such file or directory (a list is written --allow-js=text)\n",
    );
    expect((await ionvm(["run", "--allow-js=text,", pack], { cwd })).stderr).toBe(
      "ionvm: --allow-js needs modules, separated by commas, not 'text,'\n",
    );
  });

  it("a Python that is not there", async () => {
    const pack = await packed("main", "python");
    expect((await ionvm(["run", "--allow-python", "--python", "no-python", pack], { cwd })).stderr).toBe(
      `ionvm: ${pack}: lib/tools.py: the Python host has ended: there is no command no-python; --python names another\n`,
    );
  });
});

describe("ffi", () => {
  it("tells what a pack has and calls", async () => {
    const pack = await packed("shuot");
    expect(await ionvm(["ffi", pack], { cwd })).toEqual({
      code: 0,
      stdout: `Libraries:
  text: js, lib/text.mjs; runs with --allow-js or --allow-js=text
    (its functions are known when it runs: add --allow-js)
Calls:
  text.shuot  of the library text
`,
      stderr: "",
    });
    expect((await ionvm(["ffi", "--allow-js", pack], { cwd })).stdout).toBe(`Libraries:
  text: js, lib/text.mjs; runs with --allow-js or --allow-js=text
    text.shout(value1: Any) → Any
Calls:
  text.shuot  is nowhere: the program cannot be loaded
`);
  });

  it("as JSON, also of what cannot run here", async () => {
    const { stdout } = await ionvm(["ffi", "--json", await packed("native", "geometry")], { cwd });
    expect(JSON.parse(stdout)).toEqual({
      libraries: [
        {
          name: "geometry",
          kind: "native",
          file: null,
          permission: "--allow-native",
          functions: [
            {
              name: "geometry.area",
              parameters: [{ name: "a", type: "String" }],
              result: "Number",
              description: "",
            },
          ],
        },
      ],
      calls: [{ name: "geometry.area", from: "geometry" }],
    });
  });
});
