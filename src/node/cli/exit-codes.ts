/** What the exit code of a command says: one table for the code and for docs/cli.md. */
import { constants } from "node:os";

export interface ExitRow {
  readonly code: number;
  readonly meaning: string;
}

function exit(code: number, meaning: string): ExitRow {
  return { code, meaning };
}

export const EXITS = {
  ok: exit(0, "all is well; `Halt(n)` ends with n instead"),
  failed: exit(1, "a file cannot be read, written or loaded, or main failed"),
  usage: exit(2, "the command line is wrong"),
  deadlock: exit(3, "main waits for something that can never happen"),
  bug: exit(70, "a bug of IonVM"),
  stopped: exit(124, "`--timeout` or `--max-reductions` ended the run"),
  signal: exit(128, "plus n: the signal with the number n ended the command"),
  closedPipe: exit(128 + constants.signals.SIGPIPE, "whoever read the output has gone"),
} as const satisfies Record<string, ExitRow>;

/** The signals that end a run in good order. */
export const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
export type EndingSignal = (typeof ENDING_SIGNALS)[number];

export function exitCodeOfSignal(signal: EndingSignal): number {
  return EXITS.signal.code + constants.signals[signal];
}
