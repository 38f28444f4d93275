/** Packs with foreign libraries, made here, and VMs that run them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import wabt from "wabt";
import { assemble } from "../../src/bytecode/assemble.ts";
import { ALLOW_ALL, type Allowed } from "../../src/foreign/permissions.ts";
import type { AnyForeignSpec } from "../../src/foreign/registry.ts";
import { type LibraryOptions, nodeLibraries } from "../../src/node/ffi/libraries.ts";
import { nodeHost } from "../../src/node/host.ts";
import type { Pack } from "../../src/pack/pack.ts";
import { packOfClass } from "../../src/pack/pack.ts";
import { inspect } from "../../src/values/print.ts";
import { VM, type VMOptions } from "../../src/vm.ts";
import { program } from "../support/run.ts";

export type Files = { readonly [path: string]: string | Uint8Array };

/** @param files under `lib/` */
export function packWith(source: string, files: Files, ffiLibraries: string[] = []): Pack {
  const { classFile, className } = assemble(program(source), { file: "Main", className: "Main" });
  const entries = ffiLibraries.length === 0 ? [] : [["FFI-Libraries", ffiLibraries.join(", ")] as const];
  return {
    ...packOfClass(classFile, className, new Map(entries)),
    libraries: new Map(
      Object.entries(files).map(([path, content]) => [
        path,
        typeof content === "string" ? new TextEncoder().encode(content) : content,
      ]),
    ),
  };
}

export interface Ended {
  /** Of main: its result, or its reason. */
  readonly main: string;
  readonly status: string;
  readonly crashes: readonly string[];
}

export interface RunOptions extends VMOptions {
  readonly library?: LibraryOptions;
  readonly allowed?: Allowed;
  /** Further functions. */
  readonly ffi?: readonly AnyForeignSpec[];
}

/** Runs a pack with its libraries, everything allowed unless it says otherwise. */
export async function runPack(
  pack: Pack,
  { library, allowed = ALLOW_ALL, ffi = [], ...options }: RunOptions = {},
): Promise<Ended> {
  const crashes: string[] = [];
  const libraries = nodeLibraries({ allow: allowed, ...library });
  const vm = new VM({
    host: nodeHost(),
    libraries,
    onCrash: ({ number }, { reason }) => crashes.push(`${number}: ${inspect(reason)}`),
    ...options,
  });
  for (const spec of ffi) vm.ffi.register(spec);
  try {
    const main = vm.start(await vm.open(pack, { file: "test.ionpack" }));
    const { status } = await vm.run({ timeout: 20_000 });
    const { outcome } = main;
    const normally = outcome !== null && inspect(outcome.reason) === ":normal";
    return { status, main: outcome === null ? "(none)" : inspect(normally ? outcome.result : outcome.reason), crashes };
  } finally {
    await vm.close();
  }
}

/** One call: loads literals as arguments and gives the result. */
export function callOf(name: string, ...args: readonly string[]): string {
  const loads = args.map((literal, i) => `LOAD_CONST r${i + 1}, ${literal}`).join("\n");
  const registers = args.map((_, i) => `r${i + 1}`).join(", ");
  return `LOAD_CONST r0, :"__stdlib:${name}"\n${loads}\nCALL r0, r0, [${registers}]\nRETURN r0`;
}

/** A shared library of C, or null where there is no compiler. */
export function compileC(source: string): Uint8Array | null {
  const folder = mkdtempSync(join(tmpdir(), "ionvm-test-"));
  try {
    writeFileSync(join(folder, "test.c"), source);
    const flags = ["-shared", "-fPIC", "-O2", "-o", join(folder, "test.so"), join(folder, "test.c"), "-lpthread"];
    execFileSync("cc", flags, { stdio: "pipe" });
    return readFileSync(join(folder, "test.so"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function wasmOf(text: string): Promise<Uint8Array> {
  const module = (await wabt()).parseWat("test.wat", text);
  return module.toBinary({}).buffer;
}

export const HAS_PYTHON = canRun("python3", ["-c", "import sys; assert sys.version_info >= (3, 9)"]);
export const HAS_NUMPY = HAS_PYTHON && canRun("python3", ["-c", "import numpy"]);

function canRun(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
