/**
 * What the compiling engine has done, by function: for `--jit-log` and `--stats`. It never shows in the
 * event stream.
 */
import type { Code } from "../src/runtime/code.ts";
import type { Entry } from "./cfg.ts";
import type { Compiled } from "./compile.ts";
import type { Form } from "./emit.ts";

/** Takes a line, without its end. */
export type LogSink = (line: string) => void;

/** Told of everything that was ever emitted; for tests. */
export type EmittedSink = (emitted: {
  readonly code: Code;
  readonly form: Form;
  readonly entry: Entry;
  readonly source: string;
  /** What its parameters `k0`, `k1` … are. */
  readonly constants: readonly unknown[];
}) => void;

/** What became of one function. */
export interface FunctionReport {
  /** `Class:function`, as the program has it. */
  readonly name: string;
  /** Where its code begins in its source, `app.ts:3`; null if nobody says. */
  readonly place: string | null;
  /** Bodies that were compiled, by form. */
  readonly bodies: Readonly<Record<Form, number>>;
  /** Bytecode instructions compiled, copies included; UTF-16 units of JavaScript. */
  readonly instructions: number;
  readonly characters: number;
  /** Places where a body leaves if a guess is wrong. */
  readonly guesses: number;
  /** How often one was wrong, or the interpreter had to do an instruction. */
  readonly leaves: number;
  /** How often it was begun anew without guesses that were wrong. */
  readonly renewals: number;
  /** Spent compiling. */
  readonly milliseconds: number;
  /** Why it stays interpreted; null: it does not. */
  readonly unfit: string | null;
}

/** Functions with a report of their own. */
const MOST_REPORTS = 5_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Report = Mutable<FunctionReport> & { bodies: Record<Form, number> };

function placeOf({ sourceFile, lines }: Code): string | null {
  return sourceFile === null || lines.length === 0 ? null : `${sourceFile}:${lines[0].line}`;
}

export class JitLog {
  readonly #reports: Report[] = [];
  /** Code is not held: it goes when its program goes. */
  readonly #byCode = new WeakMap<Code, Report>();
  /** Why nothing is compiled; null: it is. */
  unable: string | null = null;

  constructor(
    readonly sink: LogSink | null,
    readonly emitted: EmittedSink | null,
  ) {}

  /** In the order in which they were first compiled. */
  get functions(): readonly FunctionReport[] {
    return this.#reports;
  }

  get bodies(): number {
    return this.#sum(({ bodies }) => bodies.direct + bodies.continuation + bodies.generator);
  }
  get leaves(): number {
    return this.#sum(({ leaves }) => leaves);
  }
  get renewals(): number {
    return this.#sum(({ renewals }) => renewals);
  }
  get milliseconds(): number {
    return this.#sum(({ milliseconds }) => milliseconds);
  }

  #sum(of: (report: FunctionReport) => number): number {
    let sum = 0;
    for (const report of this.#reports) sum += of(report);
    return sum;
  }

  #of(code: Code): Report {
    let report = this.#byCode.get(code);
    if (report === undefined) {
      report = this.#newReport(code);
      this.#byCode.set(code, report);
    }
    return report;
  }

  /** A VM that loads program after program must not remember them all. */
  #newReport(code: Code): Report {
    const last = this.#reports.at(-1);
    if (last !== undefined && this.#reports.length > MOST_REPORTS) return last;
    const isOthers = this.#reports.length === MOST_REPORTS;
    const report = {
      name: isOthers ? "(all others)" : code.name,
      place: isOthers ? null : placeOf(code),
      bodies: { direct: 0, continuation: 0, generator: 0 },
      instructions: 0,
      characters: 0,
      guesses: 0,
      leaves: 0,
      renewals: 0,
      milliseconds: 0,
      unfit: null,
    };
    this.#reports.push(report);
    return report;
  }

  compiled(code: Code, form: Form, entry: Entry, made: Compiled, milliseconds: number): void {
    const report = this.#of(code);
    report.bodies[form]++;
    report.instructions += made.instructions;
    report.characters += made.source.length;
    report.guesses += made.guesses;
    report.milliseconds += milliseconds;
    this.emitted?.({ code, form, entry, source: made.source, constants: made.constants });
    if (this.sink === null) return;
    const place = entry.at === 0 && !entry.charged ? "" : ` at ${entry.at}${entry.charged ? ", waited" : ""}`;
    const size = `${made.instructions} instructions, ${made.source.length} characters`;
    this.sink(`${code.name}: ${form}${place}: ${size}, ${milliseconds.toFixed(2)} ms`);
  }

  left(code: Code): void {
    this.#of(code).leaves++;
  }

  renewed(code: Code, at: number): void {
    this.#of(code).renewals++;
    this.sink?.(`${code.name}: begun anew, because a guess failed at ${at}`);
  }

  staysInterpreted(code: Code, reason: string): void {
    this.#of(code).unfit = reason;
    this.sink?.(`${code.name}: stays interpreted: ${reason}`);
  }

  cannotCompile(reason: string): void {
    this.unable = reason;
    this.sink?.(`everything stays interpreted: ${reason}`);
  }
}
