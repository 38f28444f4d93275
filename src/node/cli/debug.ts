/** `--debug`: what happens to processes, for people. */
import { offsetText, operandTexts } from "../../bytecode/operand-text.ts";
import { shown } from "../../errors.ts";
import { type Code, lineOf } from "../../runtime/code.ts";
import type { VMEvent, WakeCause } from "../../runtime/events.ts";
import type { Process } from "../../runtime/process.ts";
import type { Value } from "../../values/value.ts";
import { colors, tell } from "./console.ts";
import { shownValue } from "./thrown.ts";

const CAUSES: Record<WakeCause, string> = {
  message: "a message",
  end: "the end of a process",
  foreign: "a foreign call",
  timer: "a timer",
};

function described(event: VMEvent): string {
  switch (event.e) {
    case "spawn":
      return `spawns process ${event.child}`;
    case "turn":
      return "begins a turn";
    case "send":
      return `sends to process ${event.to}`;
    case "receive":
      return "takes a message";
    case "block":
      return `waits for ${CAUSES[event.on]}`;
    case "wake":
      return `is woken by ${CAUSES[event.by]}`;
    case "preempt":
      return "ends its turn";
    case "exit":
      return `ends: ${event.kind}`;
  }
}

/** Who, after how many reductions, what. */
function line(process: number, reductions: number | null, what: string): string {
  const who = process === 0 ? "host" : `process ${process}${reductions === null ? "" : ` at ${reductions}`}`;
  return `${who}: ${what}`;
}

/** A line of `--debug`. */
function tellDebug(process: number, reductions: number | null, what: string): void {
  tell(`${colors().cyan("debug:")} ${line(process, reductions, what)}`);
}

/** What the flight recorder has kept. */
export function tellRecorded(events: readonly VMEvent[]): void {
  tell(colors().dim(`the last ${events.length} events:`));
  for (const event of events) tell(colors().dim(`  ${line(event.p, event.r, described(event))}`));
}

/**
 * `--debug`: events with the place in the source of the instruction that made them. Looking at each instruction means that all
 * is interpreted, which nothing but the time tells.
 */
export class Debugging {
  readonly #showsInstructions: boolean;
  #process: Process | null = null;
  #code: Code | null = null;
  #instruction = 0;

  constructor(showsInstructions: boolean) {
    this.#showsInstructions = showsInstructions;
  }

  readonly onInstruction = (process: Process, code: Code, instruction: number): void => {
    this.#process = process;
    this.#code = code;
    this.#instruction = instruction;
    if (this.#showsInstructions) debugInstruction(process, code, instruction);
  };

  readonly onEvent = (event: VMEvent): void => {
    const place =
      this.#code === null || this.#process?.number !== event.p ? null : sourceText(this.#code, this.#instruction);
    // A turn begins, and a process is woken, at nothing that it does.
    const isOfInstruction = event.e !== "turn" && event.e !== "wake";
    tellDebug(event.p, event.r, described(event) + (place !== null && isOfInstruction ? ` (${place})` : ""));
  };
}

/** `app.ts:3:9`; null where the file does not say. */
function sourceText(code: Code, instruction: number): string | null {
  const place = lineOf(code, instruction);
  if (place === undefined || code.sourceFile === null) return null;
  return `${shown(code.sourceFile)}:${place.line}:${place.column}`;
}

/** SET_PROP without an effect is no error, but hardly ever meant. */
export function debugLeftAlone(process: Process, _object: Value, key: Value): void {
  tellDebug(process.number, null, `SET_PROP leaves ${shownValue(key)} alone: it cannot be written`);
}

/** For `--debug=instructions`. Jumps are shown as offsets. */
function debugInstruction(process: Process, code: Code, instruction: number): void {
  const executed = code.instructions[instruction];
  const operands = shown(operandTexts(executed, offsetText).join(", "));
  const place = sourceText(code, instruction);
  const text = `${shown(code.name)} ${instruction}: ${executed.op} ${operands}`.trimEnd();
  tellDebug(process.number, null, place === null ? text : `${text} (${place})`);
}
