/** What the compiling engine has done: a line a body for `--jit-log`, and counts for `--stats`. */
import type { Code } from "../src/runtime/code.ts";
import type { Entry } from "./cfg.ts";
import type { Compiled } from "./compile.ts";
import type { Form } from "./emit.ts";

/** Takes a line, without its end. */
export type LogSink = (line: string) => void;

/** Told of everything that was ever emitted; for tests and listings. */
export type EmittedSink = (emitted: {
  readonly code: Code;
  readonly form: Form;
  readonly entry: Entry;
  readonly source: string;
}) => void;

export class JitLog {
  /** Bodies compiled, functions begun anew, functions that stay interpreted, times compiled code was left. */
  bodies = 0;
  renewals = 0;
  unfits = 0;
  leaves = 0;
  /** Spent compiling. */
  milliseconds = 0;

  constructor(
    readonly sink: LogSink | null,
    readonly emitted: EmittedSink | null,
  ) {}

  compiled(code: Code, form: Form, entry: Entry, made: Compiled, milliseconds: number): void {
    this.bodies++;
    this.milliseconds += milliseconds;
    this.emitted?.({ code, form, entry, source: made.source });
    if (this.sink === null) return;
    const place = `${entry.at === 0 && !entry.charged ? "" : ` at ${entry.at}${entry.charged ? ", waited" : ""}`}`;
    const size = `${made.instructions} instructions, ${made.source.length} characters`;
    this.sink(`${code.name}: ${form}${place}: ${size}, ${milliseconds.toFixed(2)} ms`);
  }

  renewed(code: Code, at: number): void {
    this.renewals++;
    this.sink?.(`${code.name}: begun anew, because a guess failed at ${at}`);
  }

  unfit(code: Code, reason: string): void {
    this.unfits++;
    this.sink?.(`${code.name}: stays interpreted: ${reason}`);
  }

  unable(reason: string): void {
    this.sink?.(`everything stays interpreted: ${reason}`);
  }
}
