/** The samples with functions of other languages do what they say, wherever these run. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FOREIGN_SAMPLES, foreignSamplePack, RUSTC_FLAGS, Skipped } from "../../samples/foreign.ts";
import type { LibraryOptions } from "../../src/node/ffi/libraries.ts";
import { ALLOW_ALL, inspect, nodeLibraries, VM } from "../../src/node/index.ts";
import { HAS_NUMPY, HAS_PYTHON } from "./packs.ts";

const FOLDER = resolve(import.meta.dirname, "../../samples");

/** Null where it cannot be built. */
function built(name: string): Uint8Array | null {
  try {
    return foreignSamplePack(FOLDER, name);
  } catch (error) {
    // That it does not compile is no reason to leave it out here.
    if (error instanceof Skipped && error.message === "rustc is not installed") return null;
    throw error;
  }
}

async function printedBy(pack: Uint8Array, name: string, options: LibraryOptions): Promise<string> {
  let printed = "";
  const vm = new VM({
    libraries: nodeLibraries({ allow: ALLOW_ALL, ...options }),
    stdout: (text) => {
      printed += text;
    },
  });
  try {
    const main = vm.start(await vm.open(pack, { file: name }));
    expect(await vm.run({ timeout: 20_000 })).toEqual({ status: "done" });
    return `${printed}=> ${inspect(main.result)}\n`;
  } finally {
    await vm.close();
  }
}

const output = (name: string) => readFileSync(join(FOLDER, name, `${name}.out`), "utf8");

const RUST = built("ffi-rust");

describe("ffi-rust", () => {
  it.skipIf(RUST === null).each([
    ["in a process of its own", {}],
    ["in the VM's", { inProcess: true }],
  ])("%s, where there is rustc", async (_, options) => {
    expect(await printedBy(RUST!, "ffi-rust", options)).toBe(output("ffi-rust"));
  });

  it.skipIf(RUST === null)("is built twice, the same bytes, where there is rustc", () => {
    expect(built("ffi-rust")).toEqual(RUST);
  });

  it("its README says how it is built", () => {
    expect(readFileSync(join(FOLDER, "ffi-rust/README.md"), "utf8")).toContain(`rustc ${RUSTC_FLAGS.join(" ")} -o `);
  });
});

describe("ffi-python", () => {
  const folder = mkdtempSync(join(tmpdir(), "ionvm-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(!HAS_NUMPY)("with NumPy, where that is installed", async () => {
    expect(await printedBy(built("ffi-python")!, "ffi-python", {})).toBe(output("ffi-python"));
  });

  it.skipIf(!HAS_PYTHON || process.platform === "win32")("without NumPy, where there is Python", async () => {
    // Python's own folders only.
    const python = join(folder, "python");
    writeFileSync(python, '#!/bin/sh\nexec python3 -S "$@"\n');
    chmodSync(python, 0o700);
    expect(await printedBy(built("ffi-python")!, "ffi-python", { python })).toBe(output("ffi-python"));
  });
});

it("each has its line in the table of the samples", () => {
  const readme = readFileSync(join(FOLDER, "README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| \[([\w-]+)\]\(\1\/README\.md\)/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual([...FOREIGN_SAMPLES].sort());
});
