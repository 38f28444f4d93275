/**
 * Foreign libraries of packs: which files under `lib/` are libraries.
 *
 * `lib/NAME.mjs`, `lib/NAME.py` and `lib/NAME.wasm` are libraries by being there; a native one is named by the manifest's
 * `FFI-Libraries` and stands in `lib/PLATFORM/ARCHITECTURE/`, one file for each machine. Native ones and WebAssembly do
 * not say what their functions take: a description beside them does (src/foreign/description.ts). A program calls them as
 * `NAME.function`.
 */
import { LoadError, shown } from "../errors.ts";
import { MANIFEST_KEYS, MANIFEST_NAME } from "./manifest.ts";
import type { Pack } from "./pack.ts";

/** Also the kinds of permissions that they need. */
export type LibraryKind = "native" | "python" | "wasm" | "js";

/** One library of a pack. */
export interface LibraryFile {
  readonly kind: LibraryKind;
  readonly name: string;
  /** Under `lib/`; null for a native one that the pack does not have for this machine. */
  readonly path: string | null;
  readonly bytes: Uint8Array | null;
  /** The text beside it, and where it stands; null if it has none. */
  readonly description: { readonly path: string; readonly bytes: Uint8Array } | null;
}

/** The machine that native libraries are for, as Node names it. */
export interface Machine {
  readonly platform: string;
  readonly architecture: string;
}

const SUFFIXES: Readonly<Record<string, LibraryKind>> = { ".mjs": "js", ".py": "python", ".wasm": "wasm" };
const DESCRIPTION_SUFFIX = ".json";
const NAME = /^[A-Za-z_]\w*$/;

/** What native libraries are called on each platform. */
const NATIVE_NAMES: Readonly<Record<string, (name: string) => readonly string[]>> = {
  darwin: (name) => [`lib${name}.dylib`, `${name}.dylib`],
  win32: (name) => [`${name}.dll`, `lib${name}.dll`],
};
const ELSEWHERE = (name: string): readonly string[] => [`lib${name}.so`, `${name}.so`];

/**
 * The libraries of a pack, by name. LoadError for two of one name, a name that is none, a description without a library
 * and the reverse.
 */
export function librariesOf(pack: Pack, file: string, machine: Machine): LibraryFile[] {
  const found = new Map<string, LibraryFile>();
  const add = (library: LibraryFile): void => {
    const { name, path } = library;
    if (!NAME.test(name)) throw refused(file, `lib/${path}: ${shown(name)} is no name of a library`);
    const other = found.get(name);
    if (other !== undefined) throw refused(file, `lib/${path} and lib/${other.path} are two libraries of one name`);
    found.set(name, library);
  };
  for (const [path, bytes] of pack.libraries) {
    const suffix = /\.[^.]*$/.exec(path)?.[0] ?? "";
    const kind = path.includes("/") || !Object.hasOwn(SUFFIXES, suffix) ? undefined : SUFFIXES[suffix];
    if (kind === undefined) continue;
    const name = path.slice(0, -suffix.length);
    add({ kind, name, path, bytes, description: describedAt(pack, [name + DESCRIPTION_SUFFIX]) });
  }
  for (const name of pack.manifest.get("ffiLibraries") ?? []) {
    if (!NAME.test(name)) {
      const { key } = MANIFEST_KEYS.ffiLibraries;
      throw new LoadError(`${key}: ${shown(name)} is no name of a library`, { file, entry: MANIFEST_NAME });
    }
    // Also naming one of another kind is no mistake.
    if (found.has(name)) continue;
    add(nativeLibrary(pack, name, machine));
  }
  for (const library of found.values()) checkDescription(library, file);
  for (const path of pack.libraries.keys()) {
    if (!path.endsWith(DESCRIPTION_SUFFIX) || path.includes("/")) continue;
    const name = path.slice(0, -DESCRIPTION_SUFFIX.length);
    if (!found.has(name)) {
      throw refused(
        file,
        `lib/${path} describes a library that the pack does not have; native ones are named by FFI-Libraries`,
      );
    }
  }
  return [...found.values()];
}

/** Where a native library may be, under `lib/`. */
export function nativePaths(name: string, { platform, architecture }: Machine): string[] {
  return (NATIVE_NAMES[platform] ?? ELSEWHERE)(name).map((own) => `${platform}/${architecture}/${own}`);
}

function nativeLibrary(pack: Pack, name: string, machine: Machine): LibraryFile {
  const path = nativePaths(name, machine).find((candidate) => pack.libraries.has(candidate));
  const beside = path === undefined ? [] : [path.replace(/\.[^.]*$/, DESCRIPTION_SUFFIX)];
  return {
    kind: "native",
    name,
    path: path ?? null,
    bytes: path === undefined ? null : pack.libraries.get(path)!,
    description: describedAt(pack, [...beside, name + DESCRIPTION_SUFFIX]),
  };
}

function describedAt(pack: Pack, paths: readonly string[]): LibraryFile["description"] {
  const path = paths.find((candidate) => pack.libraries.has(candidate));
  return path === undefined ? null : { path, bytes: pack.libraries.get(path)! };
}

function checkDescription({ kind, name, path, description }: LibraryFile, file: string): void {
  const isDescribed = kind === "native" || kind === "wasm";
  if (isDescribed && description === null) {
    throw refused(file, `the library ${name} has no description: lib/${name}${DESCRIPTION_SUFFIX} is missing`);
  }
  if (!isDescribed && description !== null) {
    throw refused(file, `lib/${path} says itself what it has; lib/${description.path} is too much`);
  }
}

function refused(file: string, message: string): LoadError {
  return new LoadError(message, { file });
}
