/** Packs in folders, and what their versions mean. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import compare from "semver/functions/compare.js";
import satisfies from "semver/functions/satisfies.js";
import valid from "semver/functions/valid.js";
import validRange from "semver/ranges/valid.js";
import { LoadError, shown } from "../errors.ts";
import type { PackCandidate, PackSource } from "../pack/dependencies.ts";
import { readPack } from "../pack/pack.ts";

const SUFFIX = ".ionpack";

/**
 * Looks for `name.ionpack` and `name-1.2.3.ionpack` in the folder of the pack that asks and then in these folders. Within a
 * folder the highest version comes first, and one without a version in its name last. Ranges are those of the package
 * `semver`.
 */
export function packFolders(...folders: readonly string[]): PackSource {
  const around = (from: string): string[] => [...new Set([dirname(from), ...folders])];
  return {
    find: (name, from) => around(from).flatMap((folder) => candidatesIn(folder, name)),
    places: (from) => {
      const all = around(from).map(shown);
      return `the folder${all.length === 1 ? "" : "s"} ${all.join(", ")}`;
    },
    isRange: (text) => validRange(text) !== null,
    satisfies: (version, range) => satisfies(version, range),
  };
}

function candidatesIn(folder: string, name: string): PackCandidate[] {
  const versions: { readonly file: string; readonly version: string | null }[] = [];
  for (const file of filesOf(folder)) {
    if (file === name + SUFFIX) versions.push({ file, version: null });
    if (!file.startsWith(`${name}-`) || !file.endsWith(SUFFIX)) continue;
    const version = file.slice(name.length + 1, -SUFFIX.length);
    if (valid(version) !== null) versions.push({ file, version });
  }
  versions.sort((a, b) => {
    if (a.version === null || b.version === null) return a.version === null ? 1 : -1;
    return compare(b.version, a.version);
  });
  return versions.map(({ file }) => {
    const path = join(folder, file);
    return { file: path, load: () => readPack(contentOf(path), { file: path }) };
  });
}

/** A folder that is not there has nothing in it. */
function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function contentOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new LoadError(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? error}`, { file });
  }
}
