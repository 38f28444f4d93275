/** Which packs a program gets, and what is said if it cannot have them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LoadError } from "../../src/errors.ts";
import { packFolders, VM } from "../../src/node/index.ts";
import { loadFile, type Pack, writePack } from "../../src/pack/pack.ts";
import { inspect } from "../../src/values/print.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "ionvm-packs-"));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));
let folders = 0;

/** A pack with one exported class whose function `name` gives the pack's version and what those it calls give. */
function pack(
  name: string,
  version: string | null,
  needs: readonly string[] = [],
  calls: readonly string[] = [],
): Pack {
  const text = `.class C
    .manifest "Name" ${JSON.stringify(name)}
    ${version === null ? "" : `.manifest "Version" "${version}"`}
    .manifest "Exports" "C"
    ${needs.length === 0 ? "" : `.manifest "Dependencies" ${JSON.stringify(needs.join(", "))}`}
    .function name arity=0 regs=20
    LOAD_CONST r0, ${JSON.stringify(`${name} ${version}`)}
    ${calls.map((other, i) => `LOAD_CONST r${i + 1}, :"__function_ref:${other}!C:name"\nCALL r${i + 1}, r${i + 1}, []`).join("\n")}
    TUPLE_INIT r0, [${["r0", ...calls.map((_, i) => `r${i + 1}`)].join(", ")}]
    RETURN r0
    .end
    .function hidden arity=0 regs=0
    .end`;
  return loadFile(new TextEncoder().encode(text), { file: `${name}.ionasm` });
}

/** Writes files into a fresh folder, those behind a `/` into folders in it. */
function folderOf(files: Readonly<Record<string, Pack>>): string {
  const folder = join(FOLDER, String(folders++));
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, writePack(content));
  }
  mkdirSync(folder, { recursive: true });
  return folder;
}

interface Given {
  readonly needs: readonly string[];
  readonly calls?: readonly string[];
  readonly files?: Readonly<Record<string, Pack>>;
  readonly path?: readonly string[];
}

/** The result of a program that needs and calls these. */
function run({ needs, calls = [], files = {}, path = [] }: Given): string {
  const folder = folderOf(files);
  const vm = new VM({ stdout: () => {} });
  const packs = packFolders(...path.map((name) => join(folder, name)));
  const main = vm.start(vm.load(pack("app", "0.1.0", needs, calls), { file: join(folder, "app.ionpack"), packs }));
  vm.runSync();
  if (main.outcome!.crashed) throw new Error(inspect(main.outcome!.reason));
  return inspect(main.outcome!.result);
}

function refusal(given: Given): string {
  try {
    return run(given);
  } catch (error) {
    if (error instanceof LoadError) return error.message.replaceAll(FOLDER, "").replace(/\/\d+\b/g, "");
    throw error;
  }
}

describe("a pack that is needed", () => {
  it("is found in the folder of the program", () => {
    expect(run({ needs: ["a"], calls: ["a"], files: { "a.ionpack": pack("a", "1.0.0") } })).toBe(
      '("app 0.1.0", ("a 1.0.0",))',
    );
  });

  it("is found by its version, of which the highest that fits counts", () => {
    const files = {
      "a-1.2.0.ionpack": pack("a", "1.2.0"),
      "a-1.10.0.ionpack": pack("a", "1.10.0"),
      "a-2.0.0.ionpack": pack("a", "2.0.0"),
    };
    expect(run({ needs: ["a@^1.1"], calls: ["a"], files })).toContain("a 1.10.0");
    expect(run({ needs: ["a"], calls: ["a"], files })).toContain("a 2.0.0");
    expect(run({ needs: ["a@<1.5"], calls: ["a"], files })).toContain("a 1.2.0");
  });

  it("is found in the own folder before those of the path, in their order", () => {
    const files = {
      "own/a.ionpack": pack("a", "1.0.0"),
      "one/a.ionpack": pack("a", "1.1.0"),
      "two/a.ionpack": pack("a", "1.2.0"),
      "two/b.ionpack": pack("b", "1.0.0"),
    };
    expect(run({ needs: ["a", "b"], calls: ["a", "b"], files, path: ["one", "two"] })).toBe(
      '("app 0.1.0", ("a 1.1.0",), ("b 1.0.0",))',
    );
  });

  it("is found in the folder of the pack that needs it", () => {
    const files = { "lib/a.ionpack": pack("a", "1.0.0", ["b"], ["b"]), "lib/b.ionpack": pack("b", "3.0.0") };
    expect(run({ needs: ["a"], calls: ["a"], files, path: ["lib"] })).toBe('("app 0.1.0", ("a 1.0.0", ("b 3.0.0",)))');
  });

  it("is one for all, chosen to fit all", () => {
    const files = {
      "a.ionpack": pack("a", "1.0.0", ["c"], ["c"]),
      "b.ionpack": pack("b", "1.0.0", ["c@~1.1"], ["c"]),
      "c-1.0.0.ionpack": pack("c", "1.0.0"),
      "c-1.1.5.ionpack": pack("c", "1.1.5"),
      "c-2.0.0.ionpack": pack("c", "2.0.0"),
    };
    expect(run({ needs: ["a", "b"], calls: ["a", "b"], files })).toBe(
      '("app 0.1.0", ("a 1.0.0", ("c 1.1.5",)), ("b 1.0.0", ("c 1.1.5",)))',
    );
  });

  it("gives up what only a version that is not chosen needs", () => {
    const files = {
      "a-2.0.0.ionpack": pack("a", "2.0.0", ["missing"]),
      "a-1.0.0.ionpack": pack("a", "1.0.0"),
      "b.ionpack": pack("b", "1.0.0", ["a@1"], ["a"]),
    };
    expect(run({ needs: ["b", "a"], calls: ["b"], files })).toContain("a 1.0.0");
  });
});

describe("what cannot be had is refused:", () => {
  it.each<[string, Given, string]>([
    ["a missing pack", { needs: ["a"] }, "/app.ionpack: needs the pack a, which is not in the folder "],
    [
      "a missing pack with a path",
      { needs: ["a@^1"], path: ["x"] },
      "/app.ionpack: needs the pack a@^1, which is not in the folders , /x",
    ],
    [
      "one that another needs",
      { needs: ["a"], files: { "a.ionpack": pack("a", "1.0.0", ["b@1.x"]) } },
      "/a.ionpack: needs the pack b@1.x, which is not in the folder ",
    ],
    [
      "another version",
      { needs: ["a@^2"], files: { "a.ionpack": pack("a", "1.0.0") } },
      "/app.ionpack: needs the pack a@^2; there is 1.0.0 (/a.ionpack)",
    ],
    [
      "a range without a version",
      { needs: ["a@^2"], files: { "a.ionpack": pack("a", null) } },
      "/app.ionpack: needs the pack a@^2; there is one without a version (/a.ionpack)",
    ],
    [
      "a conflict",
      {
        needs: ["a@^1", "b"],
        files: {
          "a-1.0.0.ionpack": pack("a", "1.0.0"),
          "a-2.0.0.ionpack": pack("a", "2.0.0"),
          "b.ionpack": pack("b", "1.0.0", ["a@^2"]),
        },
      },
      "/app.ionpack: needs the pack a@^1, /b.ionpack needs a@^2; there is 2.0.0 (/a-2.0.0.ionpack), 1.0.0 (/a-1.0.0.ionpack)",
    ],
    [
      "a circle",
      {
        needs: ["a"],
        files: { "a.ionpack": pack("a", "1.0.0", ["b"]), "b.ionpack": pack("b", "1.0.0", ["a"]) },
      },
      "/b.ionpack: packs need each other in a circle: /a.ionpack → /b.ionpack → /a.ionpack",
    ],
    [
      "a pack that needs itself",
      { needs: ["a"], files: { "a.ionpack": pack("a", "1.0.0", ["a"]) } },
      "/a.ionpack: packs need each other in a circle: /a.ionpack → /a.ionpack",
    ],
    [
      "another name in the file",
      { needs: ["a"], files: { "a.ionpack": pack("b", "1.0.0") } },
      "/a.ionpack: the pack is named b, not a",
    ],
    [
      "a name that leads elsewhere",
      { needs: ["../a"] },
      "/app.ionpack: Dependencies: ../a is no name of a pack, alone or with a range of versions: name@^1.2",
    ],
    [
      "a range that is none",
      { needs: ["a@one"] },
      "/app.ionpack: Dependencies: a@one is no name of a pack, alone or with a range of versions: name@^1.2",
    ],
    [
      "a class that is not exported",
      { needs: ["a"], calls: ["a"], files: { "a.ionpack": withoutExports(pack("a", "1.0.0")) } },
      "/app.ionpack, class C, function name, instruction 1: the pack a does not export class C",
    ],
    [
      "a pack that nobody asked for",
      { needs: [], calls: ["a"], files: { "a.ionpack": pack("a", "1.0.0") } },
      "/app.ionpack, class C, function name, instruction 1: the pack a is not among the Dependencies",
    ],
    [
      "an export that is not there",
      { needs: ["a"], files: { "a.ionpack": exporting(pack("a", "1.0.0"), "D") } },
      "/a.ionpack, entry META-INF/MANIFEST.ion: exports the class D, which it does not have",
    ],
  ])("%s", (_, given, message) => {
    expect(refusal(given)).toBe(message);
  });

  it("a chain of packs without end", () => {
    const files: Record<string, Pack> = {};
    for (let i = 0; i < 210; i++) files[`p${i}.ionpack`] = pack(`p${i}`, "1.0.0", [`p${i + 1}`]);
    expect(refusal({ needs: ["p0"], files })).toBe("/app.ionpack: more than 200 packs are needed");
  });

  it("a class name with the separator of packs", () => {
    const text = ".class 'a'\n".replace("'a'", '"a!B"');
    expect(() => new VM().load(new TextEncoder().encode(`${text}.function main\n.end`))).toThrow(
      "class a!B: a class name cannot hold !",
    );
  });

  it("ranges without anybody who knows versions", () => {
    expect(() => new VM().load(pack("app", "1.0.0", ["std@^1"]))).toThrow(LoadError);
  });
});

describe("functions of other packs", () => {
  it("have the name of their pack in stack traces, and are there for the host if they are exported", () => {
    const folder = folderOf({ "a.ionpack": pack("a", "1.0.0") });
    const vm = new VM();
    const program = vm.load(pack("app", "1.0.0", ["a"]), { file: join(folder, "app.ionpack"), packs: packFolders() });
    expect([...program.functions.keys()]).toEqual(["C:name", "C:hidden", "a!C:name", "a!C:hidden"]);
    const process = vm.spawn({ program, name: "a!C:name" });
    expect(vm.inspect(process).stack.frames[0].functionName).toBe("a!C:name");
  });

  it("`std` is always there", () => {
    expect(() => new VM().load(pack("app", "1.0.0", ["std"]))).not.toThrow();
  });
});

function exporting(one: Pack, exports: string | null): Pack {
  const entries = new Map(one.manifest.entries);
  if (exports === null) entries.delete("Exports");
  else entries.set("Exports", exports);
  const Manifest = one.manifest.constructor as new (entries: Iterable<readonly [string, string]>) => Pack["manifest"];
  return { ...one, manifest: new Manifest(entries) };
}
function withoutExports(one: Pack): Pack {
  return exporting(one, null);
}
