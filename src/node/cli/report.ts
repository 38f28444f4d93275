/** What the user is told about the end of processes, of the run, and of ourselves. */
import { escapeControls, shown } from "../../errors.ts";
import { stackLine } from "../../js/stack-lines.ts";
import type { Outcome, StackTrace, TraceEntry } from "../../runtime/process.ts";
import type { ProcessInfo, VM } from "../../vm.ts";
import { colors, complain, tell } from "./console.ts";
import { failureLines, failurePlace, ownFrame, reasonText, type Sources, shownValue } from "./thrown.ts";

/** Failed processes that get a line of their own. */
const MOST_FAILURES = 100;
/** Waiting processes in the report of a deadlock. */
const MOST_WAITING = 20;
/** Process numbers in one line. */
const MOST_NUMBERS = 10;

/** `Class:function, instruction 12 (file.ion:3:4)`; in code of JavaScript `function (file.ts:3:4)`. */
export function placeText(entry: TraceEntry): string {
  const written = entry.writtenName === undefined ? null : stackLine(entry);
  if (written !== null) return escapeControls(written);
  const { functionName, instruction, file, line, column } = entry;
  const place = `${shown(functionName)}, instruction ${instruction}`;
  if (line === null) return place;
  const source = file === null ? "line " : `${shown(file)}:`;
  return `${place} (${source}${line}${column === null ? "" : `:${column}`})`;
}

/** Main's failure: the reason, and the stack where there is one; of JavaScript with the lines of the source. */
export function reportMain(outcome: Outcome, sources: Sources): void {
  const lines = failureLines(outcome, sources);
  if (lines !== null) {
    lines.forEach((line, i) => {
      tell(i === 0 ? colors().bold(line) : /^ {4}(at|\u2026) /.test(line) ? colors().dim(line) : line);
    });
    return;
  }
  complain(`main failed: ${shownValue(outcome.reason)}`);
  if (outcome.stack !== null) tellStack(outcome.stack);
}

function tellStack({ frames, omitted }: StackTrace): void {
  frames.forEach((entry, i) => {
    if (omitted?.before === i) tell(colors().dim(`  … ${omitted.count} more`));
    tell(colors().dim(`  at ${placeText(entry)}`));
  });
}

/** Main's failure without one of its own: a signal has ended it. */
export function reportMainEnded(outcome: Outcome): void {
  complain(`main was ended by an exit signal: ${reasonText(outcome.reason)}`);
}

/** Failures of processes that are not main: a line each, as long as there are not too many. */
export class FailureLog {
  #count = 0;

  add(process: ProcessInfo, outcome: Outcome): void {
    if (++this.#count > MOST_FAILURES) return;
    const { reason, stack } = outcome;
    const innermost = stack === null ? undefined : ownFrame(stack);
    const made = stack === null ? null : failurePlace(reason, stack);
    const place = made ?? (innermost === undefined ? null : placeText(innermost));
    complain(`process ${process.number} failed: ${reasonText(reason, stack)}${place === null ? "" : ` at ${place}`}`);
  }

  /** At the end of the run: how many got no line. */
  close(): void {
    const more = this.#count - MOST_FAILURES;
    if (more > 0) complain(`${more} more ${more === 1 ? "process" : "processes"} failed`);
  }
}

/** Nothing can go on and main has not ended: who waits where. */
export function reportDeadlock(vm: VM): void {
  complain("deadlock: main waits, and nothing can go on");
  const waiting = vm.processes(MOST_WAITING);
  for (const process of waiting) tell(colors().dim(`  ${waitingText(process)}`));
  const more = vm.stats().live - waiting.length;
  if (more > 0) tell(colors().dim(`  … ${more} more`));
}

function waitingText({ number, waitingFor, stack }: ProcessInfo): string {
  const innermost = ownFrame(stack);
  const where = innermost === undefined ? "" : ` at ${placeText(innermost)}`;
  return `process ${number} waits for ${waitedFor(number, waitingFor)}${where}`;
}

function waitedFor(number: number, waiting: ProcessInfo["waitingFor"]): string {
  if (waiting === null) return "its turn";
  if (waiting.on === "message") return "a message";
  if (waiting.on === "timer") return "a time that never comes";
  if (waiting.on === "foreign") return "a foreign call";
  const { processes } = waiting;
  if (processes.length === 1) return processes[0] === number ? "its own end" : `the end of process ${processes[0]}`;
  const listed = processes.slice(0, MOST_NUMBERS).join(", ");
  return `the end of one of the processes ${listed}${processes.length > MOST_NUMBERS ? ", …" : ""}`;
}

/** A bug of ours, with all that helps to find it. */
export function reportBug(error: unknown, tool: string): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  complain(`internal error: ${message}`, tool);
  if (error instanceof Error && error.stack !== undefined) {
    // V8 puts the message in front of the frames; a message can be long and have lines of its own.
    const frames = error.stack.split("\n").filter((line) => /^\s+at /.test(line));
    for (const frame of frames) tell(escapeControls(frame));
  }
  tell(`This is a bug of IonVM, not of the program. Please report it with these lines and the file that was run.`);
}
