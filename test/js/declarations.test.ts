/** What editors know of `ion:process` and `ion:std`: programs of pages and samples are correct TypeScript with it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { programsOf } from "../support/page-programs.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "ionvm-types-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The settings that docs/javascript.md recommends. */
const SETTINGS = /^```json\n(.*?)^```$/ms.exec(readFileSync(join(ROOT, "docs/javascript.md"), "utf8"))![1];

/** Each is a module, whatever stands in it. */
function writeModule(file: string, text: string): void {
  writeFileSync(file, `${text}\nexport {};\n`);
}

function writePrograms(): number {
  const pages = ["docs/javascript.md", ...readdirSync(join(ROOT, "docs/tour")).map((name) => `docs/tour/${name}`)];
  let count = 0;
  for (const page of pages) {
    for (const { line, files, fails, refused } of programsOf(page, readFileSync(join(ROOT, page), "utf8"))) {
      // Mistakes are what those are about.
      if (fails !== null || refused !== null) continue;
      count++;
      const own = join(folder, `${page.replace(/\W/g, "-")}-${line}`);
      mkdirSync(own);
      for (const [name, text] of files) {
        if (name.endsWith(".ts")) writeModule(join(own, name), text);
      }
    }
  }
  return count;
}

describe("declarations", () => {
  it("fit programs of pages, and samples, as a package that is installed has them", () => {
    writeFileSync(join(folder, "tsconfig.json"), SETTINGS);
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(ROOT, join(folder, "node_modules/ionvm"));
    expect(writePrograms()).toBeGreaterThan(30);
    mkdirSync(join(folder, "samples"));
    for (const name of readdirSync(join(ROOT, "samples/ts")).filter((name) => name.endsWith(".ts"))) {
      writeModule(join(folder, "samples", name), readFileSync(join(ROOT, "samples/ts", name), "utf8"));
    }
    const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
    expect(stdout).toBe("");
  });

  it("are in the package", () => {
    const { files, exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(files).toContain("src/js/types");
    expect(exports["./program"].types).toBe("./src/js/types/program.d.ts");
    expect(readdirSync(join(ROOT, "src/js/types")).sort()).toEqual([
      "console.d.ts",
      "ion-foreign.d.ts",
      "ion-process.d.ts",
      "ion-std.d.ts",
      "program.d.ts",
    ]);
  });
});
