/** Files, environment and standard input of Node for programs that may use them. */
import { realpathSync } from "node:fs";
import { appendFile, lstat, mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { type FileInfo, HostRefusal, type HostSystem } from "../foreign/host-system.ts";
import type { Covers } from "../foreign/permissions.ts";

/** What the codes of the most common errors mean; others stand for themselves. */
const CODES: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "part of the path is no folder",
  ENOTEMPTY: "the folder is not empty",
  EEXIST: "it exists already",
  ENOSPC: "no space is left",
};

async function asked<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new HostRefusal(`${path}: ${CODES[code ?? ""] ?? code ?? message}`);
  }
}

export function nodeSystem(): HostSystem {
  const input = new Input();
  return {
    readFile: (path, signal) => asked(path, async () => new Uint8Array(await readFile(path, { signal }))),
    writeFile: (path, bytes, how) => asked(path, () => (how === "append" ? appendFile : writeFile)(path, bytes)),
    listFolder: (path) => asked(path, async () => (await readdir(path)).sort()),
    fileInfo: (path) => asked(path, () => infoOf(path)),
    makeFolder: (path) =>
      asked(path, async () => {
        await mkdir(path, { recursive: true });
      }),
    remove: (path) =>
      asked(path, async () => {
        // Of a link only itself, not what it leads to.
        if ((await lstat(path)).isDirectory()) await rmdir(path);
        else await rm(path);
      }),
    rename: (from, to) => asked(from, () => rename(from, to)),
    variable: (name) => process.env[name],
    variables: () => Object.keys(process.env).sort(),
    readLine: (signal) => input.line(signal),
    readInput: (signal) => input.rest(signal),
  };
}

async function infoOf(path: string): Promise<FileInfo | null> {
  try {
    const found = await stat(path);
    const kind = found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
    return { kind, size: found.size, modified: found.mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Lines of standard input for all who ask, in the order in which they ask. */
class Input {
  #reader: Interface | null = null;
  readonly #lines: string[] = [];
  readonly #waiting: ((line: string | null) => void)[] = [];
  #ended = false;

  #open(): void {
    if (this.#reader !== null) return;
    this.#reader = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
    this.#reader.on("line", (line) => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#lines.push(line);
      else next(line);
    });
    this.#reader.on("close", () => {
      this.#ended = true;
      for (const next of this.#waiting.splice(0)) next(null);
    });
  }

  line(signal: AbortSignal): Promise<string | null> {
    this.#open();
    const line = this.#lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      // A line must not go to a process that has ended.
      signal.addEventListener("abort", () => {
        const at = this.#waiting.indexOf(resolve);
        if (at >= 0) this.#waiting.splice(at, 1);
      });
    });
  }

  async rest(signal: AbortSignal): Promise<string> {
    let text = "";
    for (let line = await this.line(signal); line !== null; line = await this.line(signal)) text += `${line}\n`;
    return text;
  }
}

/** A permission for a folder is one for all in it; links are followed first. */
export const nodeCovers: Covers = (kind, entry, item) => {
  if (entry === item) return true;
  if ((kind !== "read" && kind !== "write") || item === "-" || entry === "-") return false;
  const allowed = realPath(entry);
  const asked = realPath(item);
  return asked === allowed || asked.startsWith(allowed.endsWith(sep) ? allowed : allowed + sep);
};

/** Where a path leads, as far as it is there. */
function realPath(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const around = dirname(whole);
    return around === whole ? whole : join(realPath(around), basename(whole));
  }
}
