/** Every sample does what it says, however often its processes are preempted. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { sampleNames, samplePack } from "../samples/packs.ts";
import { inspect, VM } from "../src/node/index.ts";

const FOLDER = resolve(import.meta.dirname, "../samples");
const NAMES = sampleNames(FOLDER);

describe("samples", () => {
  it("each has its output, and its line in the table", () => {
    const outputs = readdirSync(FOLDER).filter((file) => file.endsWith(".out"));
    expect(outputs.sort()).toEqual(NAMES.map((name) => `${name}.out`));
    const readme = readFileSync(join(FOLDER, "README.md"), "utf8");
    const rows = [...readme.matchAll(/^\| \[([\w-]+)\]\(\1\.ionasm\)/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(NAMES);
    expect(NAMES.length).toBeGreaterThanOrEqual(13);
  });

  it.each(NAMES)("%s: built twice, the same bytes", (name) => {
    expect(samplePack(FOLDER, name)).toEqual(samplePack(FOLDER, name));
  });

  const runs = NAMES.flatMap((name) => [1, 7, 2000].map((budget) => [name, budget] as const));
  it.each(runs)("%s, budget %d", (name, budget) => {
    let printed = "";
    const vm = new VM({
      budget,
      virtualTime: true,
      stdout: (text) => {
        printed += text;
      },
    });
    const main = vm.start(vm.load(samplePack(FOLDER, name), { file: name }));
    expect(vm.runSync()).toEqual({ status: "done" });
    printed += `=> ${inspect(main.result)}\n`;
    expect(printed).toBe(readFileSync(join(FOLDER, `${name}.out`), "utf8"));
  });
});
