/** Stack traces, and the search for a handler: the same for both engines, since frames are the same. */
import type { InstructionOf } from "../bytecode/instructions.ts";
import { FIXED_LIMITS } from "../limits.ts";
import type { Value } from "../values/value.ts";
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

/**
 * The text of what the innermost frame was about to call, as its source has it; null if that is not known.
 */
export function calleeOf(process: Process): string | null {
  const { frame } = process;
  if (frame === null) return null;
  const code = codeOf(frame);
  const place = lineOf(code, instructionOf(frame, true));
  if (place === undefined || code.sourceFile === null) return null;
  return calleeText(code.unit.source(code.sourceFile), place.line, place.column);
}

/** From a call's first character up to the parenthesis of its arguments. */
function calleeText(source: string | undefined, line: number, column: number): string | null {
  const text = source?.split("\n")[line - 1]?.slice(column - 1);
  if (text === undefined) return null;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === "(" && depth === 0 && i > 0) return text.slice(0, i).replace(/\?\.$/, "");
    if (character === "(" || character === "[") depth++;
    else if (character === ")" || character === "]") depth--;
  }
  return null;
}

function traceEntry(code: Code, instruction: number): TraceEntry {
  const place = lineOf(code, instruction);
  return {
    functionName: code.name,
    instruction,
    file: place === undefined ? null : code.sourceFile,
    line: place?.line ?? null,
    column: place?.column ?? null,
  };
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
