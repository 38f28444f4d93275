/** Reading and writing the files that a command line names. */
import { type BigIntStats, closeSync, openSync, readSync, statSync, writeFileSync } from "node:fs";
import { escapeControls } from "../../errors.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { DEFAULT_CLASS, type LoadOptions } from "../../pack/pack.ts";
import { FileError, fileError } from "./failures.ts";

/** The argument that stands for standard input. */
export const STANDARD_INPUT = "-";

const STDIN = 0;
const CHUNK = 2 ** 16;
/** Between two looks at an input that has nothing yet and does not wait, in milliseconds. */
const PAUSE = 5;

export interface Input {
  readonly bytes: Uint8Array;
  /** For messages, and the class of a file that does not name its own. */
  readonly options: LoadOptions;
}

/** A file, or standard input for `-`. @throws FileError */
export function readInput(file: string): Input {
  if (file === STANDARD_INPUT) {
    const name = "standard input";
    return { bytes: readAll(STDIN, name), options: { file: name, className: DEFAULT_CLASS } };
  }
  const descriptor = open(file);
  try {
    return { bytes: readAll(descriptor, nameOf(file)), options: { file } };
  } finally {
    closeSync(descriptor);
  }
}

function open(file: string): number {
  try {
    return openSync(file, "r");
  } catch (error) {
    throw fileError(nameOf(file), error);
  }
}

/** Reads to the end; what has none is refused at the limit. */
function readAll(descriptor: number, name: string): Uint8Array {
  const most = FIXED_LIMITS.packBytes.value;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const count = readSome(descriptor, chunk, name);
    if (count === 0) return Buffer.concat(chunks, length);
    chunks.push(chunk.subarray(0, count));
    length += count;
    if (length > most) throw new FileError(`${name}: larger than the ${most} bytes allowed`);
  }
}

function readSome(descriptor: number, chunk: Uint8Array, name: string): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Windows says so at the end of a console.
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw fileError(name, error);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

/** @throws FileError */
export function writeOutput(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw fileError(nameOf(file), error);
  }
}

/** Do two names mean one file that is there? */
export function sameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map(regularFile);
  return a !== null && b !== null && a.dev === b.dev && a.ino === b.ino;
}

function regularFile(file: string): BigIntStats | null {
  try {
    const stats = statSync(file, { bigint: true });
    return stats.isFile() ? stats : null;
  } catch {
    return null;
  }
}

/** A file's name in a message. */
export function nameOf(file: string): string {
  return file === "" ? '""' : escapeControls(file);
}
