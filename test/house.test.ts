/** The house rules: which room may import which, what a browser gets, one fact in one place. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { CALL_COST, SEND_COST, SPAWN_COST, WAIT_COST } from "../interpreter/interpreter.ts";
import { INSTRUCTIONS, MNEMONICS, rowOf } from "../src/bytecode/instructions.ts";

const ROOT = resolve(import.meta.dirname, "..");

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

interface Import {
  readonly file: string;
  /** A path from the root, or the name of a package. */
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;"]*?from\s+"([^"]+)";/gms)].map(([, type, target]) => ({
    file,
    target: target.startsWith(".") ? relative(ROOT, resolve(ROOT, dirname(file), target)) : target,
    typeOnly: type !== undefined,
  }));
}

const ALL = [...sources("src"), ...sources("interpreter"), ...sources("jit")].flatMap(importsOf);

/** Rows: files under the first path must not import what matches. */
const FORBIDDEN: readonly [room: string, target: RegExp, except?: RegExp][] = [
  ["src/", /^(interpreter|jit|bench|test|samples)\//, /^src\/vm\.ts$/],
  ["src/", /^src\/node\//, /^src\/node\//],
  ["src/", /^(node:|commander$|picocolors$)/, /^src\/node\//],
  ["src/values/", /^src\/(bytecode|pack|operations|runtime|foreign)\//],
  ["src/bytecode/", /^src\/(pack|operations|runtime|foreign)\//],
  ["src/operations/", /^src\/(pack|runtime|foreign)\//],
  ["src/pack/", /^src\/(operations|runtime|foreign)\//],
  ["src/foreign/", /^src\/(bytecode\/(?!instructions)|pack|runtime)/],
  ["src/runtime/", /^src\/(vm|index)\.ts$/],
  ["src/js/", /^src\/(ionc\/|vm\.ts|index\.ts)/],
  ["src/js/host/", /^src\/(bytecode|pack|runtime)\//],
  ["src/ionc/", /^src\/(operations|runtime|foreign)\//],
  ["src/", /^src\/ionc\//, /^src\/(ionc|node)\//],
  ["interpreter/", /^(jit\/|src\/node\/|src\/vm\.ts|src\/index\.ts|node:)/],
  ["jit/", /^(interpreter\/|src\/node\/|src\/vm\.ts|src\/index\.ts|node:)/],
];

describe("imports", () => {
  it("finds the imports it judges", () => {
    expect(ALL.length).toBeGreaterThan(100);
  });

  it.each(FORBIDDEN)("%s does not import %s", (room, target, except) => {
    const wrong = ALL.filter(({ file, target: to }) => file.startsWith(room) && target.test(to) && !except?.test(file));
    expect(wrong).toEqual([]);
  });

  it("has no circles", () => {
    const edges = new Map<string, string[]>();
    for (const { file, target, typeOnly } of ALL) {
      if (!typeOnly && target.endsWith(".ts")) edges.set(file, [...(edges.get(file) ?? []), target]);
    }
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) throw new Error([...path.slice(path.indexOf(file)), file].join(" → "));
      if (done.has(file)) return;
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of edges.keys()) visit(file, []);
    expect(done.size).toBeGreaterThan(20);
  });

  it("a browser's bundle has nothing of Node", async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: [join(ROOT, "src/index.ts")],
      bundle: true,
      platform: "browser",
      format: "esm",
      write: false,
      metafile: true,
    });
    const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect(imported).toEqual([]);
    expect(outputFiles[0].text).not.toMatch(/["']node:|\brequire\(|\bprocess\.(env|argv|exit)\b/);
  });
});

describe("the instruction table and the interpreter", () => {
  it("have the same costs", () => {
    const waits = MNEMONICS.filter((op) => /^(RECEIVE|JOIN|SELECT)/.test(op));
    expect(waits.map((op) => rowOf(op).cost)).toEqual(waits.map(() => WAIT_COST));
    expect([INSTRUCTIONS.CALL.cost, INSTRUCTIONS.CALL_METHOD.cost]).toEqual([CALL_COST, CALL_COST]);
    expect([INSTRUCTIONS.SEND.cost, INSTRUCTIONS.SPAWN.cost]).toEqual([SEND_COST, SPAWN_COST]);
    const rest = MNEMONICS.filter((op) => rowOf(op).safePoint === "never" && op !== "LINK");
    expect(rest.filter((op) => rowOf(op).cost !== 1)).toEqual([]);
  });

  it("have no code twice", () => {
    const codes = MNEMONICS.map((op) => rowOf(op).code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

/** V8 never optimises functions above 60 KB of its bytecode, and large ones less well. */
const LARGEST_DISPATCH_LOOP = 20_000;

describe("the dispatch loop", () => {
  it("is small enough for V8 to optimise", async () => {
    const { outputFiles } = await build({
      stdin: { contents: RUNS_ONCE, resolveDir: ROOT, loader: "ts" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "es2022",
      write: false,
    });
    const script = outputFiles[0].text;
    // A jump table needs cases that are small whole numbers, not properties of an object.
    expect(script).toMatch(/case \d+ \/\* ADD \*\/:/);
    const flags = ["--print-bytecode", "--print-bytecode-filter=#execute", "--input-type=module"];
    const printed = execFileSync(process.execPath, flags, { input: script, encoding: "utf8", maxBuffer: 2 ** 26 });
    const lengths = [...printed.matchAll(/Bytecode length: (\d+)/g)].map(([, length]) => Number(length));
    expect(lengths).toHaveLength(1);
    expect(lengths[0]).toBeLessThan(LARGEST_DISPATCH_LOOP);
  });
});

const RUNS_ONCE = `
  import { FunctionBuilder, PackBuilder, VM } from "./src/index.ts";
  const main = new FunctionBuilder("main");
  main.emit("RETURN", main.constant(1));
  const vm = new VM();
  vm.start(vm.load(new PackBuilder({ name: "once", mainClass: "Main" }).addClass("Main", [main]).build()));
  vm.runSync();
`;
