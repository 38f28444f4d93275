/** Files, environment and standard input of Node for programs that may use them. */
import { readlinkSync, realpathSync } from "node:fs";
import { appendFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { type FileInfo, HostRefusal, type HostSystem } from "../foreign/host-system.ts";
import type { Covers } from "../foreign/permissions.ts";
import { FIXED_LIMITS } from "../limits.ts";

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

/**
 * @param work gets the path as permissions see it: with `..` taken away before links are followed. The system would follow
 * them first, and be somewhere else.
 */
async function asked<T>(path: string, work: (path: string) => Promise<T>): Promise<T> {
  try {
    return await work(resolve(path));
  } catch (error) {
    if (error instanceof HostRefusal) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new HostRefusal(`${path}: ${CODES[code ?? ""] ?? code ?? message}`);
  }
}

export function nodeSystem(): HostSystem {
  const input = new Input();
  return {
    readFile: (path, signal) => asked(path, (real) => readWhole(path, real, signal)),
    writeFile: (path, bytes, how) => asked(path, (real) => (how === "append" ? appendFile : writeFile)(real, bytes)),
    listFolder: (path) => asked(path, async (real) => (await readdir(real)).sort()),
    fileInfo: (path) => asked(path, infoOf),
    makeFolder: (path) =>
      asked(path, async (real) => {
        await mkdir(real, { recursive: true });
      }),
    remove: (path) =>
      asked(path, async (real) => {
        // Of a link only itself, not what it leads to.
        if ((await lstat(real)).isDirectory()) await rmdir(real);
        else await rm(real);
      }),
    rename: (from, to) => asked(from, (real) => rename(real, resolve(to))),
    variable: (name) => process.env[name],
    variables: () => Object.keys(process.env).sort(),
    readLine: (signal) => input.line(signal),
    readInput: (signal) => input.rest(signal),
  };
}

/** Bytes that are asked for at once. */
const PIECE = 2 ** 20;

/** Piece by piece: some files have no end, and say nothing of their size. */
async function readWhole(shown: string, path: string, signal: AbortSignal): Promise<Uint8Array> {
  const most = FIXED_LIMITS.binaryLength.value;
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    if (size > most) throw new HostRefusal(`${shown}: ${size} bytes; ${most} is the most`);
    let bytes = new Uint8Array(size + 1);
    let length = 0;
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(bytes, length, Math.min(PIECE, bytes.length - length), null);
      // The byte that was asked for to see whether there is more is not worth a copy.
      if (bytesRead === 0) return length + 1 === bytes.length ? bytes.subarray(0, length) : bytes.slice(0, length);
      length += bytesRead;
      if (length > most) throw new HostRefusal(`${shown}: more than ${most} bytes`);
      if (length === bytes.length) {
        const larger = new Uint8Array(Math.min(Math.max(2 * length, PIECE), most + 1));
        larger.set(bytes);
        bytes = larger;
      }
    }
  } finally {
    await file.close();
  }
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

/** Does standard input, if it is a pipe or a terminal, keep Node from ending? */
function holding(on: boolean): void {
  const stream: { ref?: () => void; unref?: () => void } = process.stdin;
  if (on) stream.ref?.();
  else stream.unref?.();
}

/** Lines of standard input for all who ask, in the order in which they ask. */
class Input {
  #reader: Interface | null = null;
  readonly #lines: string[] = [];
  readonly #waiting: ((line: string | null) => void)[] = [];
  #ended = false;

  #open(): void {
    holding(true);
    if (this.#reader !== null) {
      this.#reader.resume();
      return;
    }
    this.#reader = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
    this.#reader.on("line", (line) => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#lines.push(line);
      else next(line);
      this.#rest();
    });
    this.#reader.on("close", () => {
      this.#ended = true;
      for (const next of this.#waiting.splice(0)) next(null);
    });
  }

  /** Nobody asks: what nobody reads must not keep Node from ending. */
  #rest(): void {
    if (this.#waiting.length > 0 || this.#ended) return;
    this.#reader?.pause();
    holding(false);
  }

  line(signal: AbortSignal): Promise<string | null> {
    const line = this.#lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    // One who has ended takes no line from those who wait.
    if (this.#ended || signal.aborted) return Promise.resolve(null);
    this.#open();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      // A line must not go to a process that has ended.
      signal.addEventListener("abort", () => {
        const at = this.#waiting.indexOf(resolve);
        if (at >= 0) this.#waiting.splice(at, 1);
        resolve(null);
        this.#rest();
      });
    });
  }

  async rest(signal: AbortSignal): Promise<string> {
    let text = "";
    for (let line = await this.line(signal); line !== null; line = await this.line(signal)) text += `${line}\n`;
    return text;
  }
}

/**
 * A permission for a folder is one for all in it; links are followed first. What is written must be in there itself, too:
 * a link to it from elsewhere could be removed or replaced.
 */
export const nodeCovers: Covers = (kind, entry, item) => {
  if (entry === "" || item === "") return false;
  if (entry === item) return true;
  if ((kind !== "read" && kind !== "write") || item === "-" || entry === "-") return false;
  if (!isWithin(realPath(item), realPath(entry))) return false;
  return kind === "read" || isWithin(placeOf(item), realPath(entry)) || isWithin(placeOf(item), placeOf(entry));
};

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Where it stands itself, even if it is a link. */
function placeOf(path: string): string {
  const whole = resolve(path);
  const around = dirname(whole);
  return around === whole ? whole : join(realPath(around), basename(whole));
}

/** More links that lead nowhere are a circle. */
const MOST_LINKS = 40;

/** Where a path leads, also where nothing is yet. */
function realPath(path: string, links = 0): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const place = placeOf(whole);
    // To write through a link that leads nowhere makes a file there.
    const target = links < MOST_LINKS ? targetOf(place) : null;
    return target === null ? place : realPath(resolve(dirname(place), target), links + 1);
  }
}

/** Null: it is no link. */
function targetOf(place: string): string | null {
  try {
    return readlinkSync(place);
  } catch {
    return null;
  }
}
