/** Stack traces, and the search for a handler: the same for both engines, since frames are the same. */
import type { InstructionOf, Mnemonic } from "../bytecode/instructions.ts";
import { ENTRY_FUNCTION, MODULE_FUNCTION } from "../bytecode/special.ts";
import { FIXED_LIMITS } from "../limits.ts";
import type { Value } from "../values/value.ts";
import { calleeText } from "./callee-text.ts";
import { type Code, instructionAt, lineOf } from "./code.ts";
import { AT_PC, AWAIT, BEFORE_METHOD, callerOf, codeOf, type Frame, HEADER, PC } from "./frame.ts";
import { FOR_A_MESSAGE, type Process, type StackTrace, type TraceEntry } from "./process.ts";

/** The instruction a frame stands at. */
export function instructionOf(frame: Frame, innermost: boolean): number {
  const { form } = codeOf(frame);
  if (form === null) return 0;
  const state = frame[AWAIT] as number;
  // A frame that waits for a callee continues behind its call.
  const atInstruction = innermost && state !== BEFORE_METHOD;
  return instructionAt(form, atInstruction ? frame[PC] : frame[PC] - 1);
}

/** Where a process stands, innermost first. */
export function stackOf(process: Process): StackTrace {
  process.begin();
  const frames: Frame[] = [];
  for (let frame = process.frame; frame !== null; frame = callerOf(frame)) frames.push(frame);
  const most = FIXED_LIMITS.stackTraceFrames.value;
  const entry = (frame: Frame): TraceEntry => {
    return traceEntry(codeOf(frame), instructionOf(frame, frame === process.frame));
  };
  if (frames.length <= most) return { frames: frames.map(entry), omitted: null };
  const half = most >> 1;
  return {
    frames: [...frames.slice(0, half), ...frames.slice(-half)].map(entry),
    omitted: { count: frames.length - 2 * half, before: half },
  };
}

/** Where a process stands: the innermost line of `stackOf`; null for one of the host's. */
export function placeOf(process: Process): TraceEntry | null {
  process.begin();
  const { frame } = process;
  return frame === null ? null : traceEntry(codeOf(frame), instructionOf(frame, true));
}

/** Frames that an error of JavaScript looks at: more than it shows, since some are of no interest. */
const RAISED_FRAMES = 24;

/** Where an error of JavaScript is made: the innermost frames. It must not cost more the deeper a process is. */
export function raisedAt(process: Process): TraceEntry[] {
  process.begin();
  const entries: TraceEntry[] = [];
  for (let frame = process.frame; frame !== null && entries.length < RAISED_FRAMES; frame = callerOf(frame)) {
    entries.push(traceEntry(codeOf(frame), instructionOf(frame, frame === process.frame)));
  }
  return entries;
}

/** Instructions at whose place something is called. */
const CALLING: ReadonlySet<Mnemonic> = new Set(["CALL", "CALL_THIS", "CALL_SPREAD", "JS_CALL_METHOD", "JS_ALLOCATE"]);

/** The text of what the innermost frame was about to call, as V8 would name it; null if that is not known. */
export function calleeOf(process: Process): string | null {
  const { frame } = process;
  if (frame === null) return null;
  const code = codeOf(frame);
  const instruction = instructionOf(frame, true);
  const place = lineOf(code, instruction);
  if (place === undefined || code.sourceFile === null || !CALLING.has(code.instructions[instruction].op)) return null;
  const known = callees.get(code)?.get(instruction);
  if (known !== undefined) return known;
  const source = code.unit.source(code.sourceFile);
  const offset = source === undefined ? null : offsetOf(source, place.line, place.column);
  const text = offset === null ? null : calleeText(source!, offset);
  callees.set(code, (callees.get(code) ?? new Map()).set(instruction, text));
  return text;
}

/** Reading a source takes its time, and what fails once may fail often. */
const callees = new WeakMap<Code, Map<number, string | null>>();

/** Of a place, by its line and column, which count from 1; null if the text has no such line. */
function offsetOf(text: string, line: number, column: number): number | null {
  const ends = /\r\n|[\n\r\u2028\u2029]/g;
  for (let left = line; left > 1; left--) if (ends.exec(text) === null) return null;
  return ends.lastIndex + column - 1;
}

function traceEntry(code: Code, instruction: number): TraceEntry {
  const place = lineOf(code, instruction);
  const entry = {
    functionName: code.name,
    instruction,
    file: place === undefined ? null : code.sourceFile,
    line: place?.line ?? null,
    column: place?.column ?? null,
  };
  return code.isJs ? { ...entry, writtenName: writtenName(code.functionName) } : entry;
}

/** The code of a module has no name in its source. */
const MODULE_CODE: ReadonlySet<string | null> = new Set([null, ENTRY_FUNCTION, MODULE_FUNCTION]);

/** Without what makes the names of functions of a class different from each other. */
function writtenName(name: string | null): string {
  return MODULE_CODE.has(name) ? "" : name!.replace(/~\d+$/, "");
}

/**
 * Finds the handler for an error in the innermost frame and makes the process continue there: frames
 * above it are dropped, its register gets the value. False, and nothing changed, if there is none.
 */
export function enterHandler(process: Process, value: Value): boolean {
  let dropped = 0;
  for (let frame = process.frame; frame !== null; frame = callerOf(frame)) {
    const code = codeOf(frame);
    const handler = code.facts.openTry[instructionOf(frame, dropped === 0)];
    if (handler >= 0) {
      const [register, offset] = (code.instructions[handler] as InstructionOf<"TRY">).operands;
      frame[HEADER + register] = value;
      frame[PC] = code.form!.offsets[handler + offset];
      frame[AWAIT] = AT_PC;
      process.frame = frame;
      process.depth -= dropped;
      process.waiting = FOR_A_MESSAGE;
      process.pendingCall = null;
      return true;
    }
    dropped++;
  }
  return false;
}
