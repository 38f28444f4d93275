/** Standard output and standard error of the commands: written at once, in order. */

import { isatty } from "node:tty";
import picocolors from "picocolors";
import { escapeControls } from "../../errors.ts";
import { nodeHost } from "../host.ts";
import { ClosedPipe, fileError } from "./failures.ts";

export const host = nodeHost();
const STDERR = 2;

let known: ReturnType<typeof picocolors.createColors> | undefined;

/** Colours of what we write on standard error; none where nobody would see them. Most runs have no use for them. */
export function colors(): ReturnType<typeof picocolors.createColors> {
  known ??= picocolors.createColors(
    isatty(STDERR) && (process.env["NO_COLOR"] ?? "") === "" && process.env["TERM"] !== "dumb",
  );
  return known;
}

/**
 * Writes on standard output.
 * @throws ClosedPipe if nobody reads it, FileError if it cannot be written
 */
export function writeOut(text: string): void {
  guarded("standard output", () => host.stdout(text));
}

/** UTF-16 units of lines that are written together. */
const PIECE = 2 ** 16;

/** Writes lines on standard output, in pieces: all together may be longer than a text can be. @throws as `writeOut` */
export function writeLines(lines: Iterable<string>): void {
  let piece = "";
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    writeOut(piece);
    piece = "";
  }
  writeOut(piece);
}

/** Writes on standard error. @throws as `writeOut` */
export function writeError(text: string): void {
  guarded("standard error", () => host.stderr(text));
}

function guarded(name: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EPIPE") throw new ClosedPipe(`${name} is closed`);
    throw fileError(name, error);
  }
}

/** Lines for people on standard error. If even that fails there is nobody to tell. */
export function tell(text: string): void {
  try {
    host.stderr(`${text}\n`);
  } catch {}
}

/** One line about what went wrong. */
export function complain(message: string, tool = "ionvm"): void {
  tell(`${colors().bold(colors().red(`${tool}:`))} ${escapeControls(message)}`);
}
