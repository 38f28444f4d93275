/** The libraries of packs that are open in a VM. */
import { nearest } from "../bytecode/nearest.ts";
import { LoadError, shown } from "../errors.ts";
import { type AnyForeignSpec, ForeignRegistry } from "../foreign/registry.ts";
import type { ResolvedPack } from "../pack/dependencies.ts";
import type { Pack } from "../pack/pack.ts";
import type { FunctionValue } from "../values/function.ts";
import { Library } from "./library.ts";

/** What a pack's libraries offer. */
export interface OpenedLibraries {
  /** Each under its whole name, `library.function`. */
  readonly functions: readonly AnyForeignSpec[];
  /** Libraries that are not open, and why: by name. */
  readonly closed: ReadonlyMap<string, string>;
}

/** Opens libraries of packs; src/node/ffi has Node's. */
export interface ForeignLibraries {
  /** @throws LoadError for a library that cannot be loaded */
  open(pack: Pack, file: string): Promise<OpenedLibraries>;
  /** Ends all that runs for them. */
  close(): Promise<void>;
}

interface Open {
  readonly file: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Other lists of files that were found to be the same: to look at each byte takes long. */
  readonly same: WeakSet<ReadonlyMap<string, Uint8Array>>;
  readonly library: Library;
  /** Of its functions. */
  readonly names: readonly string[];
  readonly closed: ReadonlyMap<string, string>;
}

export class PackLibraries {
  readonly #source: ForeignLibraries | null;
  readonly #open: Open[] = [];

  constructor(source: ForeignLibraries | null) {
    this.#source = source;
  }

  /** Opens those of a pack, and of all that it needs. @throws LoadError */
  async open(resolved: ResolvedPack): Promise<void> {
    for (const { pack, file } of allOf(resolved)) {
      if (!mayHaveLibraries(pack) || this.#find(file, pack.libraries) !== undefined) continue;
      if (this.#source === null) {
        throw new LoadError(
          "has foreign libraries, and the VM was made without the option libraries, which opens them",
          {
            file,
          },
        );
      }
      if (this.#open.some((open) => open.file === file)) {
        throw new LoadError("its foreign libraries have changed; they are loaded once in a run", { file });
      }
      const opened: OpenedLibraries = await this.#source.open(pack, file);
      this.#open.push({
        file,
        files: pack.libraries,
        same: new WeakSet([pack.libraries]),
        library: libraryOf(opened, file),
        names: opened.functions.map(({ name }) => name),
        closed: opened.closed,
      });
    }
  }

  /** A function of the libraries of a pack. @throws LoadError that says why it is not there, if that is known */
  find({ pack, file }: Pick<ResolvedPack, "pack" | "file">, name: string): FunctionValue | undefined {
    if (!name.includes(".") || !mayHaveLibraries(pack)) return undefined;
    const open = this.#find(file, pack.libraries);
    if (open === undefined) {
      throw new LoadError(
        `${shown(name)} is a function of a library, and libraries are opened by open() instead of load()`,
      );
    }
    const library = name.slice(0, name.indexOf("."));
    const why = open.closed.get(library);
    if (why !== undefined) throw new LoadError(why);
    return open.library.find(name) ?? refuse(name, library, open.names);
  }

  #find(file: string, files: ReadonlyMap<string, Uint8Array>): Open | undefined {
    return this.#open.find((open) => {
      if (open.file !== file) return false;
      if (open.same.has(files)) return true;
      if (!haveSameFiles(open.files, files)) return false;
      open.same.add(files);
      return true;
    });
  }

  async close(): Promise<void> {
    await this.#source?.close();
  }
}

/** Of the functions of a library, in a message. */
const MOST_NAMED = 10;

function refuse(name: string, library: string, names: readonly string[]): never {
  const prefix = `${library}.`;
  const own = names.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  const near = nearest(name.slice(prefix.length), own);
  const hint =
    own.length === 0
      ? `: the pack has no library ${shown(library)}`
      : near === undefined
        ? `: the library ${library} has ${own.slice(0, MOST_NAMED).join(", ")}${own.length > MOST_NAMED ? ", …" : ""}`
        : ` (did you mean ${prefix}${near}?)`;
  throw new LoadError(`there is no foreign function ${shown(name)}${hint}`);
}

/** @throws LoadError for two functions of one name, which only running a library may tell */
function libraryOf({ functions }: OpenedLibraries, file: string): Library {
  try {
    return new Library(new ForeignRegistry(functions), []);
  } catch (error) {
    throw new LoadError((error as Error).message, { file });
  }
}

function mayHaveLibraries({ libraries, manifest }: Pack): boolean {
  return libraries.size > 0 || (manifest.get("ffiLibraries") ?? []).length > 0;
}

function haveSameFiles(a: ReadonlyMap<string, Uint8Array>, b: ReadonlyMap<string, Uint8Array>): boolean {
  if (a.size !== b.size) return false;
  for (const [path, bytes] of a) {
    const other = b.get(path);
    if (other === undefined || other.length !== bytes.length || !bytes.every((byte, i) => byte === other[i]))
      return false;
  }
  return true;
}

function allOf(resolved: ResolvedPack, seen = new Set<ResolvedPack>()): Set<ResolvedPack> {
  if (!seen.has(resolved)) {
    seen.add(resolved);
    for (const other of resolved.dependencies.values()) allOf(other, seen);
  }
  return seen;
}
