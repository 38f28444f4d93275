/** `--watch`: new code for a program that runs, whenever its files change. */
import { type FSWatcher, watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { LoadError } from "../../errors.ts";
import { CompileError } from "../../ionc/diagnostics.ts";
import type { ResolvedPack } from "../../pack/dependencies.ts";
import type { Program } from "../../runtime/program.ts";
import type { VM } from "../../vm.ts";
import { complain } from "./console.ts";
import { FileError } from "./failures.ts";
import { nameOf } from "./files.ts";
import { loadProgram, type PathOptions, prepare } from "./packs.ts";

/** Milliseconds without a change after which a file counts as written. */
const QUIET = 100;

export class Watch {
  readonly #vm: VM;
  readonly #file: string;
  readonly #options: PathOptions;
  #program: Program;
  readonly #folders = new Map<string, FSWatcher>();
  #files: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | null = null;

  /** @param files what the program was made of */
  constructor(vm: VM, program: Program, file: string, files: readonly string[], options: PathOptions) {
    this.#vm = vm;
    this.#program = program;
    this.#file = file;
    this.#options = options;
    this.#look(files);
  }

  /** As it is now. */
  get program(): Program {
    return this.#program;
  }

  /** Watches the folders of all files of the program: files are often replaced, which watching them would not see. */
  #look(files: readonly string[]): void {
    this.#files = new Set([...files, ...filesOf(this.#program.resolved)].map((file) => resolve(file)));
    for (const file of this.#files) {
      const folder = dirname(file);
      if (this.#folders.has(folder)) continue;
      const watcher = watch(folder, (_, name) => this.#changed(folder, name));
      // A folder that goes is no reason to end the program.
      watcher.on("error", () => watcher.close());
      // Nor is watching a reason to wait for ever.
      this.#folders.set(folder, watcher.unref());
    }
  }

  #changed(folder: string, name: string | null): void {
    const isOurs =
      name === null || [...this.#files].some((file) => dirname(file) === folder && basename(file) === name);
    if (!isOurs) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#reload(), QUIET).unref();
  }

  async #reload(): Promise<void> {
    try {
      const loaded = await loadProgram(this.#file);
      const [pack, loading] = await prepare(loaded, this.#options);
      const { program, added, removed, warnings } = this.#vm.reload(this.#program, pack, loading);
      this.#program = program;
      const changes = [
        ...added.map((name) => `${name} is new`),
        ...removed.map((name) => `${name} is gone`),
        ...warnings,
      ];
      complain(`${nameOf(this.#file)} is reloaded${changes.map((change) => `\n  ${change}`).join("")}`);
      this.#look(loaded.files);
    } catch (error) {
      const isRefused = error instanceof LoadError || error instanceof FileError || error instanceof CompileError;
      if (!isRefused) throw error;
      complain(`not reloaded: ${error.message}`);
    }
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const watcher of this.#folders.values()) watcher.close();
  }
}

/** The files of a program and of what it needs; what is built in has none. */
function filesOf(root: ResolvedPack): string[] {
  const files = new Set<string>();
  const open = [root];
  for (const { file, dependencies } of open) {
    files.add(file);
    for (const other of dependencies.values()) if (!files.has(other.file) && !open.includes(other)) open.push(other);
  }
  return [...files].filter((file) => !file.endsWith("(built in)"));
}
