/** Rough sizes of processes, for the moment when memory runs out and for inspection. */
import { partsOf } from "../values/copy.ts";
import type { Value } from "../values/value.ts";
import { CALLER, type Frame, HEADER } from "./frame.ts";
import type { Process } from "./process.ts";

const WORD = 8;
const OBJECT_OVERHEAD = 48;
/** Values looked at for one process; what is larger is large enough. */
const MOST_VISITED = 1_000_000;

/** About how many bytes a process holds: frames, messages and all that they reach. */
export function estimateMemory(process: Process): number {
  let bytes = OBJECT_OVERHEAD * 4;
  const open: Value[] = process.messages();
  if (process.birth !== null) open.push(...process.birth);
  let visited = 0;
  for (let frame: Frame | null = process.frame; frame !== null; frame = frame[CALLER] as Frame | null) {
    bytes += frame.length * WORD + OBJECT_OVERHEAD;
    if (++visited > MOST_VISITED) continue;
    for (let i = HEADER; i < frame.length; i++) {
      if (isHeld(frame[i])) open.push(frame[i] as Value);
    }
  }
  const seen = new Set<Value>();
  for (let value = open.pop(); value !== undefined && seen.size < MOST_VISITED; value = open.pop()) {
    if (typeof value === "string") bytes += value.length;
    if (typeof value !== "object" || seen.has(value)) continue;
    seen.add(value);
    const parts = partsOf(value);
    bytes += OBJECT_OVERHEAD + parts.length * WORD;
    for (let i = 0; i < parts.length; i++) if (isHeld(parts[i])) open.push(parts[i]);
  }
  return bytes;
}

function isHeld(value: unknown): boolean {
  return typeof value === "string" || typeof value === "object";
}

export function largestProcess(processes: readonly Process[]): Process | null {
  let largest: Process | null = null;
  let most = -1;
  for (const process of processes) {
    const size = estimateMemory(process);
    if (size > most) {
      most = size;
      largest = process;
    }
  }
  return largest;
}
