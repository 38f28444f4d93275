/** What programs in JavaScript fail of, for people: the place, the error, a piece of the source, the stack. */
import { escapeControls, ProgramError } from "../../errors.ts";
import { type Position, SourceFile } from "../../ionc/source.ts";
import { errorObject } from "../../js/host/error.ts";
import { inspect as inspectJs } from "../../js/host/inspect/inspect.ts";
import { ErrorState, stateOf } from "../../js/host/state.ts";
import { stackLine } from "../../js/stack-lines.ts";
import { realms } from "../../operations/js/realm.ts";
import type { Outcome, StackTrace, TraceEntry } from "../../runtime/process.ts";
import { Atom } from "../../values/atom.ts";
import { getProperty, type IonObject } from "../../values/object.ts";
import { inspect } from "../../values/print.ts";
import { Tuple, type Value } from "../../values/value.ts";

/** The text of a source file that the program brings along; undefined if it does not. */
export type Sources = (file: string) => string | undefined;

/** UTF-16 units of a program's value in a message. */
const LONGEST_VALUE = 1_000;
/** Lines behind the first one of what is shown of an error. */
const MOST_LINES = 60;

/** A value of a program in a message: inspect form on one line, not without end. */
export function shownValue(value: Value): string {
  return escapeControls(cut(inspect(value)));
}

function cut(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** What was thrown, if that is why a process has ended. */
function thrownBy(reason: Value, stack: StackTrace | null = null): Value | null {
  if (!(reason instanceof Tuple) || reason.items.length === 0) return null;
  const [kind, value] = reason.items;
  if (!(kind instanceof Atom)) return null;
  if (kind.name === "throw" && reason.items.length === 2) return asError(value, stack) ?? value;
  return asError(reason, stack);
}

/** Errors of the VM that JavaScript has words for. */
const ERRORS = new Set(["js", "badfun", "ffi", "stack_overflow"]);

/** An error that no code of JavaScript has raised or caught, such as one of a foreign function that takes its time. */
function asError(reason: Value, stack: StackTrace | null): IonObject | null {
  if (stack === null || realms.current === null || !isOfJavaScript(stack)) return null;
  if (!(reason instanceof Tuple) || !(reason.items[0] instanceof Atom) || !ERRORS.has(reason.items[0].name))
    return null;
  const made = errorObject(new ProgramError(reason), stack.frames, () => null);
  return isError(made) ? made : null;
}

function isError(value: Value): value is IonObject {
  return stateOf(value, ErrorState) !== undefined;
}

/** Functions that wait for foreign ones are not, but who calls them may be. */
function isOfJavaScript({ frames }: StackTrace): boolean {
  return frames.find(({ file }) => file !== null)?.writtenName !== undefined || frames[0]?.writtenName !== undefined;
}

/** Why a process has ended, in one line: an error of JavaScript with its class and message. */
export function reasonText(reason: Value, stack: StackTrace | null = null): string {
  const thrown = thrownBy(reason, stack);
  if (thrown === null) return shownValue(reason);
  if (isError(thrown)) return escapeControls(cut(textsOf(thrown).header));
  return stack !== null && isOfJavaScript(stack)
    ? `uncaught ${escapeControls(cut(asLogged(thrown)))}`
    : shownValue(reason);
}

/** All that is known of an error that was thrown: with its stack, its members, its causes; null if none was. */
export function errorText(reason: Value, stack: StackTrace | null): string | null {
  const thrown = thrownBy(reason, stack);
  return thrown !== null && isError(thrown) ? asLogged(thrown) : null;
}

/** As `console.log` shows it. */
function asLogged(value: Value): string {
  try {
    return inspectJs(value);
  } catch {
    // More than the limits of the VM allow, or the run is over, and nothing knows of classes any more.
    const stack = isError(value) ? getProperty(value, "$stack") : undefined;
    return typeof stack === "string" ? stack : inspect(value);
  }
}

interface Texts {
  /** The class and the message. */
  readonly header: string;
  /** The stack, and what else the error has. */
  readonly rest: readonly string[];
}

const AT = "\n    at ";

function textsOf(error: Value): Texts {
  const text = asLogged(error);
  const end = text.indexOf(AT);
  // Without a stack it is in brackets.
  if (end < 0) return { header: text.replace(/^\[([\s\S]*)\]$/, "$1"), rest: [] };
  return { header: text.slice(0, end), rest: text.slice(end + 1).split("\n") };
}

/**
 * Main's failure, a line each: `app.ts:3:9: TypeError: x is not a function`, the lines of the source, the stack. Null for
 * what did not fail in code of JavaScript.
 */
export function failureLines({ reason, stack }: Outcome, sources: Sources): string[] | null {
  if (stack === null || !isOfJavaScript(stack)) return null;
  const thrown = thrownBy(reason, stack);
  let header: string;
  let rest: readonly string[] = [];
  let place = placeOf(stack.frames);
  if (thrown !== null && isError(thrown)) {
    ({ header, rest } = textsOf(thrown));
    place = madeAt(rest) ?? place;
  } else header = thrown === null ? `main failed: ${inspect(reason)}` : `uncaught ${asLogged(thrown)}`;
  if (rest.length === 0) rest = stackTexts(stack);
  const [first, ...more] = cut(header).split("\n");
  return [
    `${place === null ? "" : `${place.file}:${place.line}:${place.column}: `}${first}`,
    ...more,
    ...(place === null ? [] : frameLines(place, sources)),
    ...(rest.length > MOST_LINES
      ? [...rest.slice(0, MOST_LINES), `    … ${rest.length - MOST_LINES} more lines`]
      : rest),
  ].map(escapeControls);
}

interface Place extends Position {
  readonly file: string;
}

function placeOf(frames: readonly TraceEntry[]): Place | null {
  for (const entry of frames) {
    const { file, line, column } = entry;
    if (file !== null && line !== null && isShown(entry)) return { file, line, column: column ?? 1 };
  }
  return null;
}

/** Where an error was made, by its stack. */
function madeAt(rest: readonly string[]): Place | null {
  for (const text of rest) {
    const found = /^ {4}at (?:.* \()?(.*?):(\d+):(\d+)\)?$/.exec(text);
    if (found !== null) return { file: found[1], line: Number(found[2]), column: Number(found[3]) };
  }
  return null;
}

function frameLines({ file, line, column }: Place, sources: Sources): string[] {
  const text = sources(file);
  if (text === undefined) return [];
  const source = new SourceFile(file, text);
  // A stack is a text that programs may write.
  return source.lineText(line).length + 1 < column ? [] : source.frame({ line, column }).split("\n");
}

/** Where a process has failed, in words: where its error was made, or where it stood. */
export function failurePlace(reason: Value, stack: StackTrace): string | null {
  const thrown = thrownBy(reason, stack);
  if (thrown === null || !isError(thrown)) return null;
  const own = textsOf(thrown).rest.find((line) => /^ {4}at .*:\d+\)?$/.test(line));
  return own === undefined ? null : escapeControls(own.slice("    at ".length));
}

/** The innermost function that is the program's own, or the innermost at all. */
export function ownFrame({ frames }: StackTrace): TraceEntry | undefined {
  return (
    frames.find((entry) => entry.line !== null && (entry.writtenName === undefined || isShown(entry))) ?? frames[0]
  );
}

function isShown(entry: TraceEntry): boolean {
  return stackLine(entry)?.endsWith("(<anonymous>)") === false;
}

function stackTexts({ frames, omitted }: StackTrace): string[] {
  const lines: string[] = [];
  frames.forEach((entry, i) => {
    if (omitted?.before === i) lines.push(`    … ${omitted.count} more`);
    const text = stackLine(entry);
    if (text !== null) lines.push(`    at ${text}`);
  });
  return lines;
}
