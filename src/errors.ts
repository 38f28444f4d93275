/**
 * Three kinds of failure, kept apart:
 *
 * - `ProgramError`: an error of a program. It is a value with a code (the kind), which a handler of the
 *   program may catch and which otherwise ends its process.
 * - `LoadError`: a file that is refused, with file, class, function and place.
 * - anything else that is thrown is a bug of ours (or of a host function) and is never swallowed.
 */
import { atom } from "./values/atom.ts";
import { Tuple, type Value } from "./values/value.ts";

/** The kinds of errors of programs, with what stands behind the kind in the reason. */
export const ERROR_KINDS = {
  badfun: "the value that was called is not a function: (badfun, value)",
  badarg: "an instruction was given a value it cannot use: (badarg, value)",
  ffi: 'a foreign function failed: (ffi, "Name", "message")',
  stack_overflow: "more frames than allowed: (stack_overflow, frames)",
  system_limit: "a limit of the VM: (system_limit, which)",
  throw: "a value thrown by THROW that nobody caught: (throw, value)",
  killed: "ended by Exit(process, :kill) or SELECT_WITH_KILL: the atom killed",
  mailbox_full: "more messages than allowed: (mailbox_full, messages)",
  noproc: "there is no such process: (noproc, process)",
  js: 'an error of JavaScript that is not yet an object: (js, "TypeError", "message")',
} as const;
export type ErrorKind = keyof typeof ERROR_KINDS;

/** What a limit that was hit is called in `(system_limit, which)`. */
export type SystemLimit =
  | "string"
  | "binary"
  | "array"
  | "message"
  | "processes"
  | "memory"
  | "process_memory"
  | "reductions";

/** The reason of a normal end. */
export const NORMAL = atom("normal");
/** The reason of a process that was killed; links that trap exits receive it. */
export const KILLED = atom("killed");
/** As a reason to `Exit`, kills without a chance to trap. */
export const KILL = atom("kill");

export function reason(kind: ErrorKind, ...details: Value[]): Tuple {
  return new Tuple([atom(kind), ...details]);
}

/**
 * An error of a program on its way to a handler. Not an Error: making one costs no stack trace, and
 * nobody can mistake it for a bug.
 */
export class ProgramError {
  /** What a handler gets: the tuple of the kind and its details. */
  readonly value: Value;
  /** False for errors that pass every handler: the limits of memory and reductions. */
  readonly catchable: boolean;
  constructor(value: Value, catchable = true) {
    this.value = value;
    this.catchable = catchable;
  }
}

export function programError(kind: ErrorKind, ...details: Value[]): ProgramError {
  return new ProgramError(reason(kind, ...details));
}

/** The classes of the errors that instructions and built-ins of JavaScript raise. */
export type JsErrorClass =
  | "Error"
  | "TypeError"
  | "RangeError"
  | "ReferenceError"
  | "SyntaxError"
  | "EvalError"
  | "URIError";

/** An error of JavaScript; it becomes an Error object where code of JavaScript raises it. */
export function jsError(className: JsErrorClass, message: string): ProgramError {
  return programError("js", className, message);
}

export function systemLimit(which: SystemLimit): ProgramError {
  return programError("system_limit", atom(which));
}

/** Where a refused file is wrong. */
export interface LoadPlace {
  /** As the user named it. */
  readonly file?: string;
  /** Entry of a pack: its name in the archive. */
  readonly entry?: string;
  readonly className?: string;
  readonly functionName?: string;
  /** Number of the instruction in its function. */
  readonly instruction?: number;
  /** Where that is in the source: `app.ts:3:9`. */
  readonly source?: string;
  /** Offset in the class file or archive, in bytes. */
  readonly byte?: number;
  /** In assembly text, from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** A file that cannot be loaded. The message is one line and names the place as far as it is known. */
export class LoadError extends Error {
  override readonly name = "LoadError";
  /** What is wrong, without the place. */
  readonly what: string;
  readonly place: LoadPlace;
  constructor(what: string, place: LoadPlace = {}) {
    super(loadMessage(what, place));
    this.what = what;
    this.place = place;
  }
  /** The same error with more of its place known; what is known already stays. */
  at(place: LoadPlace): LoadError {
    return new LoadError(this.what, { ...place, ...this.place });
  }
}

function loadMessage(what: string, place: LoadPlace): string {
  const parts: string[] = [];
  if (place.file !== undefined) {
    const position =
      place.line === undefined ? "" : `:${place.line}${place.column === undefined ? "" : `:${place.column}`}`;
    parts.push(`${shown(place.file)}${position}`);
  } else if (place.line !== undefined) {
    parts.push(`line ${place.line}${place.column === undefined ? "" : `:${place.column}`}`);
  }
  if (place.entry !== undefined) parts.push(`entry ${shown(place.entry)}`);
  if (place.className !== undefined) parts.push(`class ${shown(place.className)}`);
  if (place.functionName !== undefined) parts.push(`function ${shown(place.functionName)}`);
  if (place.instruction !== undefined) {
    parts.push(`instruction ${place.instruction}${place.source === undefined ? "" : ` (${shown(place.source)})`}`);
  }
  if (place.byte !== undefined) parts.push(`byte ${place.byte}`);
  return parts.length === 0 ? what : `${parts.join(", ")}: ${what}`;
}

/** A name out of a file as part of a one-line message: no control characters, not without end. */
export function shown(name: string): string {
  return escapeControls(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}

/** Control characters, line separators and changes of direction, as escapes: they must not reach a terminal. */
export function escapeControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (c) => {
    return `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
