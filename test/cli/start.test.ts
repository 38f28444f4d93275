/** How the command lines start: with what V8 made of them when they were built, and without. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BUILD_CHARACTERS } from "../../src/node/cli/launch.ts";
import { folderOf, ROOT } from "./tool.ts";

const BUILT = ["ionvm.cjs", "tools.cjs", "tools.cache"];

/** What the tool prints of a small program, from a copy of the built files that `change` has had. */
function startedFrom(change: (cache: string) => void): { status: number | null; stdout: string; stderr: string } {
  const folder = folderOf({ "hello.js": 'console.log("hello");' });
  // No URL has these as they are.
  const built = join(folder, "a #%41?");
  mkdirSync(built);
  for (const file of BUILT) cpSync(join(ROOT, "dist", file), join(built, file));
  change(join(built, "tools.cache"));
  return spawnSync(process.execPath, [join(built, "ionvm.cjs"), "run", join(folder, "hello.js")], {
    encoding: "utf8",
  });
}

describe("the cache of the command lines", () => {
  it("is of the build, and this V8 takes it", () => {
    const script = `
      const { Script } = require("node:vm");
      const { readFileSync } = require("node:fs");
      require("node:v8").setFlagsFromString("--no-concurrent-osr");
      const source = readFileSync("dist/tools.cjs", "latin1");
      const cache = readFileSync("dist/tools.cache");
      const build = cache.toString("latin1", 0, ${BUILD_CHARACTERS});
      const { cachedDataRejected } = new Script(source, { cachedData: cache.subarray(${BUILD_CHARACTERS}) });
      console.log(source.endsWith("//" + build), cachedDataRejected);`;
    const { stdout } = spawnSync(process.execPath, ["-e", script], { cwd: ROOT, encoding: "utf8" });
    expect(stdout).toBe("true false\n");
  });

  it.each<[string, (cache: string) => void]>([
    ["as it was built", () => {}],
    ["without it", (cache) => rmSync(cache)],
    ["with that of another build", (cache) => writeFileSync(cache, `0123456789abcdef${"x".repeat(1000)}`)],
    ["with an empty one", (cache) => writeFileSync(cache, "")],
    ["with one that V8 refuses", (cache) => writeFileSync(cache, readFileSync(cache).fill(1, 16, 64))],
  ])("makes no other difference: %s", (_, change) => {
    expect(startedFrom(change)).toMatchObject({ status: 0, stdout: "hello\n", stderr: "" });
  });
});
