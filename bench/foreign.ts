/** What the ffi suite needs: packs with foreign libraries, made in memory, and a native library, built for this machine. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ALLOW_ALL } from "../src/foreign/permissions.ts";
import { assemble, type LibraryOptions, nodeLibraries, PackBuilder, type VM } from "../src/node/index.ts";
import type { Engine } from "./measure.ts";
import { CLASS_NAME, LoadedBench, newVM } from "./vm.ts";

/** A program with foreign libraries. To be closed. */
export class ForeignBench extends LoadedBench {
  /** @param files under `lib/` @param prepare registers foreign functions */
  static async open(
    source: string,
    files: { readonly [path: string]: string | Uint8Array },
    engine: Engine,
    { prepare = () => {}, ...options }: LibraryOptions & { readonly prepare?: (vm: VM) => void } = {},
  ): Promise<ForeignBench> {
    const pack = new PackBuilder({ name: "bench", mainClass: CLASS_NAME, ffiLibraries: [LIBRARY] });
    pack.addClass(CLASS_NAME, assemble(source, { file: "bench", className: CLASS_NAME }).classFile);
    for (const [path, content] of Object.entries(files)) pack.addLibrary(path, content);
    const vm = newVM(engine, { libraries: nodeLibraries({ allow: ALLOW_ALL, ...options }) });
    prepare(vm);
    try {
      return new ForeignBench(vm, await vm.open(pack.build(), { file: "bench" }));
    } catch (error) {
      await vm.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.vm.close();
  }
}

/** The name of each library here: programs call `__stdlib:bench.add`. */
export const LIBRARY = "bench";

/** Where a pack has a native library for this machine. */
export const NATIVE_PATH = `${process.platform}/${process.arch}/lib${LIBRARY}.so`;

/** What could not be measured, and what would be needed. */
const missing = new Set<string>();

export function notesOnForeign(): string[] {
  return missing.size === 0 ? [] : [`not measured, since not installed: ${[...missing].join(", ")}`];
}

/** The module, as it is without a pack around what it loads; null where it is not installed. */
export function koffi(): typeof import("koffi") | null {
  try {
    return createRequire(import.meta.url)("koffi") as typeof import("koffi");
  } catch {
    missing.add("the package koffi");
    return null;
  }
}

/** The sample of Rust, seen both from this file and from dist. */
const RUST = fileURLToPath(new URL("../samples/ffi-rust/vectors.rs", import.meta.url));

/** The same functions where there is no Rust. */
const C = `
#include <stddef.h>
double add(double a, double b) { return a + b; }
double sum(const double *start, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += start[i];
  return sum;
}`;

/** Can native libraries be built and called here? */
export function hasNative(): boolean {
  const [rust, c] = ["rustc", "cc"].map((compiler) => hasRun(compiler, ["--version"]));
  if (!rust && !c) missing.add("rustc or cc");
  return (rust || c) && koffi() !== null;
}

/** A native library with `add` and `sum`, in a folder to be removed. */
export function buildNative(): {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "ionvm-bench-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, "native.so");
  const c = join(folder, "native.c");
  writeFileSync(c, C);
  if (!hasRun("rustc", ["--crate-type", "cdylib", "-O", "-o", path, RUST])) {
    execFileSync("cc", ["-shared", "-fPIC", "-O2", "-o", path, c], { stdio: ["ignore", "ignore", "inherit"] });
  }
  return { path, bytes: readFileSync(path), remove };
}

/** WebAssembly, byte by byte: a function `add` of two doubles. */
export const WASM = Uint8Array.from([
  // The preamble, and the type (f64, f64) → f64.
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 7, 1, 0x60, 2, 0x7c, 0x7c, 1, 0x7c,
  // One function of the type, exported as "add".
  3, 2, 1, 0, 7, 7, 1, 3, 0x61, 0x64, 0x64, 0, 0,
  // local.get 0, local.get 1, f64.add, end.
  10, 9, 1, 7, 0, 0x20, 0, 0x20, 1, 0xa0, 0x0b,
]);

/** Is there a Python that can be the host's? */
export function hasPython(): boolean {
  const found = hasRun("python3", ["-c", "import sys; assert sys.version_info >= (3, 9)"]);
  if (!found) missing.add("python3, 3.9 or later");
  return found;
}

function hasRun(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
