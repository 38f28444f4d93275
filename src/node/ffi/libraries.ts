/**
 * The foreign libraries of packs on Node. Each kind has a place of its own in which a fault stays: native ones in a process,
 * Python in another, JavaScript and WebAssembly in a thread; or, where the user wants speed more than that, all but Python
 * in the VM itself.
 */

import { type Allowed, Permissions } from "../../foreign/permissions.ts";
import type { AnyForeignSpec } from "../../foreign/registry.ts";
import { LONGEST_TIMEOUT } from "../../foreign/spec.ts";
import { type LibraryFile, type LibraryKind, librariesOf, nativePaths } from "../../pack/libraries.ts";
import type { Pack } from "../../pack/pack.ts";
import type { ForeignLibraries, OpenedLibraries } from "../../runtime/libraries.ts";
import { DEFAULT_LOAD_TIMEOUT, type ForeignHost } from "./foreign-host.ts";
import { PrivateFolder } from "./private-folder.ts";
import type { LibraryRoom } from "./room.ts";

export interface LibraryOptions {
  /** Which kinds of libraries, or which of them, may be loaded; the others are closed. */
  readonly allow?: Allowed;
  /** In the VM's own thread: quicker, but a crash or an endless loop is the VM's. */
  readonly inProcess?: boolean;
  /** The command that starts Python; by default `python3`, on Windows `python`. */
  readonly python?: string;
  /**
   * Milliseconds in which the libraries of a pack must be loaded, a minute by default. What runs in the VM's own thread
   * cannot be held to it.
   */
  readonly loadTimeout?: number;
}

/** Opens libraries for one VM; see `VMOptions.libraries`. */
export function nodeLibraries(options: LibraryOptions = {}): ForeignLibraries {
  return new NodeLibraries(options);
}

const WHY_EMPTY: Readonly<Record<LibraryKind, string>> = {
  js: "the module exports none",
  python: "the module marks none with @function",
  wasm: "its description has none",
  native: "its description has none",
};

const MACHINE = { platform: process.platform, architecture: process.arch };

class NodeLibraries implements ForeignLibraries, LibraryRoom {
  readonly #options: LibraryOptions;
  readonly #permissions: Permissions;
  readonly folder = new PrivateFolder();
  readonly hosts: ForeignHost[] = [];
  readonly loadTimeout: number;

  constructor(options: LibraryOptions) {
    this.#options = options;
    this.#permissions = new Permissions(options.allow);
    this.loadTimeout = options.loadTimeout ?? DEFAULT_LOAD_TIMEOUT;
    if (!(this.loadTimeout > 0 && this.loadTimeout <= LONGEST_TIMEOUT)) {
      throw new RangeError(`loadTimeout must be a number of milliseconds above 0, not ${this.loadTimeout}`);
    }
  }

  async open(pack: Pack, file: string): Promise<OpenedLibraries> {
    const closed = new Map<string, string>();
    const open = new Map<LibraryKind, LibraryFile[]>();
    for (const library of librariesOf(pack, file, MACHINE)) {
      const { kind, name, bytes } = library;
      const refused = this.#permissions.refusal(kind, name);
      if (refused !== null) closed.set(name, `the library ${refused}`);
      else if (bytes === null)
        closed.set(
          name,
          `the pack has no library ${name} for ${MACHINE.platform}/${MACHINE.architecture}: no lib/${nativePaths(name, MACHINE)[0]}`,
        );
      else open.set(kind, [...(open.get(kind) ?? []), library]);
    }
    const functions: AnyForeignSpec[] = [];
    const modules = [...(open.get("js") ?? []), ...(open.get("wasm") ?? [])];
    if (modules.length > 0) functions.push(...(await this.#modules(modules, file)));
    const python = open.get("python");
    if (python !== undefined) {
      const { openPython, DEFAULT_PYTHON } = await import("./python.ts");
      functions.push(...(await openPython(python, file, this, this.#options.python ?? DEFAULT_PYTHON)));
    }
    const native = open.get("native");
    if (native !== undefined) functions.push(...(await this.#native(native, file)));
    for (const { name, kind } of [...open.values()].flat()) {
      if (!functions.some((one) => one.name.startsWith(`${name}.`))) {
        closed.set(name, `the library ${name} has no functions: ${WHY_EMPTY[kind]}`);
      }
    }
    return { functions, closed };
  }

  async #modules(libraries: readonly LibraryFile[], file: string): Promise<AnyForeignSpec[]> {
    const { modulesInProcess, openModules } = await import("./modules.ts");
    return (this.#options.inProcess ? modulesInProcess : openModules)(libraries, file, this);
  }

  async #native(libraries: readonly LibraryFile[], file: string): Promise<AnyForeignSpec[]> {
    const { nativeInProcess, openNative } = await import("./native.ts");
    return (this.#options.inProcess ? nativeInProcess : openNative)(libraries, file, this);
  }

  async close(): Promise<void> {
    for (const host of this.hosts) host.close();
    this.folder.remove();
  }
}
