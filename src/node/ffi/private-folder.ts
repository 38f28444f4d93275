/**
 * Where files of packs are put that the system must open by name: one folder that only the user can look into, removed at
 * the end of the run, or if that was killed by a later one. A pack's own names never reach the file system.
 */
import { createHash } from "node:crypto";
import { chmodSync, closeSync, lstatSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LoadError } from "../../errors.ts";

const PREFIX = "ionvm-";

export class PrivateFolder {
  #path: string | null = null;
  #isRemoved = false;
  readonly #remove = (): void => this.remove();

  /**
   * Writes a file and gives its path; a file of the same content is the same one.
   * @param suffix with its dot
   * @throws LoadError for what the system refuses, and once the folder has been removed
   */
  write(bytes: Uint8Array, suffix: string): string {
    if (this.#isRemoved) throw new LoadError("the VM was closed, and opens no libraries any more");
    const name = `${createHash("sha256").update(bytes).digest("hex")}${suffix}`;
    try {
      const path = join(this.#folder(), name);
      if (!this.#written.has(name)) writeNew(path, bytes);
      this.#written.add(name);
      return path;
    } catch (error) {
      throw new LoadError(`there is no place for the files of libraries: ${(error as Error).message}`);
    }
  }
  /** Names of the files in it. */
  readonly #written = new Set<string>();

  #folder(): string {
    if (this.#path === null) {
      removeLeftOvers();
      this.#path = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
      chmodSync(this.#path, 0o700);
      process.once("exit", this.#remove);
    }
    return this.#path;
  }

  remove(): void {
    this.#isRemoved = true;
    if (this.#path === null) return;
    process.off("exit", this.#remove);
    try {
      rmSync(this.#path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Windows keeps the file of a library that is loaded; a later run removes it.
    }
    this.#path = null;
  }
}

/** Never through a link, and never over anything. */
function writeNew(path: string, bytes: Uint8Array): void {
  const file = openSync(path, "wx", 0o700);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } catch (error) {
    // Half a file must not be taken for the whole one.
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Folders of ours whose process is gone. */
function removeLeftOvers(): void {
  const own = process.getuid?.();
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-\\w+$`).exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const path = join(tmpdir(), name);
    try {
      const found = lstatSync(path);
      if (found.isDirectory() && (own === undefined || found.uid === own))
        rmSync(path, { recursive: true, force: true });
    } catch {
      // Another run was quicker.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
