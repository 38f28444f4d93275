/** The larger programs do in every engine what they do in Node; samples in TypeScript do what those in assembly do. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { checkWays, compile, MORE_WAYS } from "./engines.ts";

const SAMPLES = resolve(import.meta.dirname, "../../samples");

function filesOf(folder: string, ending: string): string[] {
  return readdirSync(join(SAMPLES, folder))
    .filter((file) => file.endsWith(ending))
    .sort();
}

/** Turns of all lengths end in the snippets; what runs long has those that users have. */
const LONG_WAYS = MORE_WAYS.filter(({ options }) => options.budget === 2000);

describe("larger programs", () => {
  const shim = join(SAMPLES, "js/shim/register.mjs");
  it.each(filesOf("js", ".js"))(
    "%s",
    (file) => {
      const path = join(SAMPLES, "js", file);
      const expected = execFileSync(process.execPath, ["--import", shim, path], { encoding: "utf8" });
      const pack = compile(readFileSync(path, "utf8"), file);
      checkWays(pack, LONG_WAYS, expected);
    },
    180_000,
  );
});

describe("samples in TypeScript", () => {
  it.each(filesOf("ts", ".ts"))("%s", (file) => {
    const expected = readFileSync(join(SAMPLES, file.replace(/ts$/, "out")), "utf8");
    const pack = compile(readFileSync(join(SAMPLES, "ts", file), "utf8"), file);
    checkWays(pack, MORE_WAYS, expected);
  });

  it("are all that there are in assembly", () => {
    const names = filesOf("ts", ".ts").map((file) => file.replace(/\.ts$/, ""));
    expect(names).toEqual(filesOf("", ".ionasm").map((file) => file.replace(/\.ionasm$/, "")));
  });
});
