/** What a command can fail with, apart from LoadErrors and bugs. Messages are one line. */
import { getSystemErrorMap } from "node:util";

/** The command line is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A file cannot be read or written. */
export class FileError extends Error {
  override readonly name = "FileError";
}

/** Nobody reads what is written any more. */
export class ClosedPipe extends Error {
  override readonly name = "ClosedPipe";
}

/** A failed system call as a FileError; anything else is thrown as it is. */
export function fileError(name: string, error: unknown): FileError {
  const { code, errno } = error as NodeJS.ErrnoException;
  // Node's own refusals have a code but no number.
  if (errno === undefined) throw error;
  // The system's text is right about what cannot be done with a directory, but not about why.
  if (code === "EISDIR") return new FileError(`${name}: is a directory`);
  return new FileError(`${name}: ${getSystemErrorMap().get(errno)?.[1] ?? (error as Error).message}`);
}
