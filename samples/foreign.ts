/** Samples with functions in other languages: a folder each, with the program, its libraries and a README. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { samplePack } from "./packs.ts";

/** Why a sample cannot be built on this machine. */
export class Skipped extends Error {}

type Libraries = ReadonlyMap<string, Uint8Array>;

/** Files under `lib/` of each sample, made of what is in its folder. @throws Skipped */
const LIBRARIES: Readonly<Record<string, (folder: string) => Libraries>> = {
  "ffi-python": (folder) => new Map([["measures.py", readFileSync(join(folder, "measures.py"))]]),
  "ffi-rust": (folder) =>
    new Map([
      [`${process.platform}/${process.arch}/${nativeName("vectors")}`, compiledRust(folder, "vectors.rs")],
      ["vectors.json", readFileSync(join(folder, "vectors.json"))],
    ]),
};

export const FOREIGN_SAMPLES: readonly string[] = Object.keys(LIBRARIES);

/** @throws Skipped, LoadError */
export function foreignSamplePack(folder: string, name: string): Uint8Array {
  const own = join(folder, name);
  return samplePack(own, name, LIBRARIES[name](own));
}

function nativeName(name: string): string {
  if (process.platform === "win32") return `${name}.dll`;
  return `lib${name}.${process.platform === "darwin" ? "dylib" : "so"}`;
}

/** What the README of the sample says, too. */
export const RUSTC_FLAGS = ["--crate-type", "cdylib", "--edition", "2021", "-C", "opt-level=3", "-C", "strip=symbols"];

function compiledRust(folder: string, source: string): Uint8Array {
  const output = mkdtempSync(join(tmpdir(), "ionvm-sample-"));
  try {
    const library = join(output, "library");
    // In the folder of the source, whose path is no part of the library then.
    execFileSync("rustc", [...RUSTC_FLAGS, "-o", library, source], { cwd: folder, stdio: "pipe", encoding: "utf8" });
    return readFileSync(library);
  } catch (error) {
    const { code, stderr = "" } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code === "ENOENT") throw new Skipped("rustc is not installed");
    throw new Skipped(`rustc cannot build it: ${stderr.trim().split("\n")[0]}`);
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}
