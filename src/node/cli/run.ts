/** `ionvm run`: runs a program to its end and says how it ended. */

import { NORMAL } from "../../errors.ts";
import { RUNTIME_LIMITS } from "../../limits.ts";
import type { Program } from "../../runtime/program.ts";
import { FlightRecorder } from "../../runtime/recorder.ts";
import { MAIN_NUMBER } from "../../runtime/scheduler.ts";
import { inspect } from "../../values/print.ts";
import { type RunResult, VM, type VMOptions } from "../../vm.ts";
import { complain, host, writeError, writeOut } from "./console.ts";
import { CrashLogFile } from "./crash-log.ts";
import { Debugging, debugLeftAlone, tellRecorded } from "./debug.ts";
import { ENDING_SIGNALS, EXITS, exitCodeOfSignal } from "./exit-codes.ts";
import { UsageError } from "./failures.ts";
import { STANDARD_INPUT, sameFile } from "./files.ts";
import { allowedOf, librariesFor } from "./foreign.ts";
import { JitLogFile } from "./jit-log.ts";
import type { RunOptions } from "./options.ts";
import { evaluated, type Loaded, loadProgram, prepare } from "./packs.ts";
import { FailureLog, reportDeadlock, reportMain, reportMainEnded } from "./report.ts";
import { tellStats } from "./stats.ts";
import { TraceFile } from "./trace.ts";
import { Watch } from "./watch.ts";

/** @returns the exit code. @throws UsageError, FileError, LoadError, ClosedPipe */
export async function run(
  file: string,
  args: readonly string[],
  options: RunOptions,
  evaluatedText?: string,
): Promise<number> {
  if (options.traceTimes && options.trace === undefined) throw new UsageError("--trace-times needs --trace <file>");
  const isEvaluated = evaluatedText !== undefined;
  const loaded = isEvaluated ? await evaluated(evaluatedText) : await loadProgram(file);
  if (options.watch && (isEvaluated || file === STANDARD_INPUT))
    throw new UsageError("--watch needs a file, not standard input");
  const session = new Session(args, options);
  try {
    await session.begin(file, loaded);
    return await session.run();
  } finally {
    session.close();
  }
}

class Session {
  readonly #options: RunOptions;
  readonly #vm: VM;
  readonly #failures = new FailureLog();
  readonly #debugging: Debugging | null;
  #trace: TraceFile | null = null;
  #jitLog: JitLogFile | null = null;
  #recorder: FlightRecorder | null = null;
  #crashLog: CrashLogFile | null = null;
  #watch: Watch | null = null;
  #program: Program | null = null;
  readonly #started = performance.now();
  /** Standard output does not end in the middle of a line. */
  #atLineStart = true;
  /** Main's failure is told already. */
  #mainReported = false;
  #closed = false;

  constructor(args: readonly string[], options: RunOptions) {
    this.#options = options;
    const showsInstructions = options["debug=instructions"] === true;
    this.#debugging = options.debug === true || showsInstructions ? new Debugging(showsInstructions) : null;
    this.#vm = new VM({ ...this.#vmOptions(), args });
  }

  async begin(file: string, loaded: Loaded): Promise<void> {
    const options = this.#options;
    const [pack, loading] = await prepare(loaded, options);
    this.#endOnSignals();
    const program = await this.#vm.open(pack, loading);
    // Only now: a file that is refused must not cost a trace of last time.
    this.#jitLog = options.jitLog === undefined ? null : jitLog(options.jitLog, file);
    this.#trace = options.trace === undefined ? null : traceFile(options.trace, file, options.traceTimes ?? false);
    if (options.crashLog !== undefined) this.#crashLog = this.#openCrashLog(options.crashLog, file);
    this.#recorder = options.flightRecorder ? new FlightRecorder() : null;
    if (this.#recorder !== null) this.#vm.subscribe(this.#recorder.listener);
    if (this.#trace !== null) this.#vm.subscribe(this.#trace.listener);
    if (this.#debugging !== null) this.#vm.subscribe(this.#debugging.onEvent);
    this.#program = program;
    this.#vm.start(program);
    this.#watch = options.watch ? new Watch(this.#vm, program, file, loaded.files, options) : null;
  }

  #vmOptions(): VMOptions {
    const { budget, virtualTime, jitThreshold, seed } = this.#options;
    return {
      host,
      ...(budget === undefined ? {} : { budget }),
      ...(seed === undefined ? {} : { seed }),
      jit: this.#options.jit ?? true,
      ...(jitThreshold === undefined ? {} : { jitThreshold }),
      limits: this.#limits(),
      virtualTime: virtualTime ?? false,
      allow: allowedOf(this.#options),
      libraries: librariesFor(this.#options),
      stdout: (text) => {
        if (text !== "") this.#atLineStart = text.endsWith("\n");
        writeOut(text);
      },
      stderr: writeError,
      keepReceived: this.#options.crashLog !== undefined,
      onCrash: (process, outcome, remains) => {
        this.#crashLog?.add(process, outcome, remains);
        if (process.number !== MAIN_NUMBER) return this.#failures.add(process, outcome);
        // At once: others may go on for long, or for ever.
        this.#mainReported = true;
        reportMain(outcome, (file) => this.#source(file));
        this.#tellRecorded();
      },
      ...(this.#debugging === null
        ? {}
        : { onLeftAlone: debugLeftAlone, onInstruction: this.#debugging.onInstruction }),
    };
  }

  /** The text of a source file of the program, as it is now, or of a pack that it needs. */
  #source(file: string): string | undefined {
    const program = this.#watch?.program ?? this.#program;
    const open = program === null ? [] : [program.resolved];
    for (const { pack, dependencies } of open) {
      const bytes = pack.sources.get(file);
      if (bytes !== undefined) return new TextDecoder().decode(bytes);
      for (const other of dependencies.values()) if (!open.includes(other)) open.push(other);
    }
    return undefined;
  }

  #openCrashLog(name: string, program: string): CrashLogFile {
    if (sameFile(name, program)) throw new UsageError(`--crash-log would overwrite the program, '${name}'`);
    const { virtualTime } = this.#options;
    return new CrashLogFile(name, () => (virtualTime ? this.#vm.now() : new Date().toISOString()));
  }

  #tellRecorded(): void {
    if (this.#recorder !== null) tellRecorded(this.#recorder.events());
  }

  #limits(): NonNullable<VMOptions["limits"]> {
    const { maxReductions, maxProcesses, maxMailbox, maxFrames, maxMemory, maxProcessMemory } = this.#options;
    const given = {
      reductions: maxReductions,
      processes: maxProcesses,
      mailbox: maxMailbox,
      frames: maxFrames,
      processMemory: maxProcessMemory,
      memory: maxMemory === undefined ? undefined : withinHeap(maxMemory),
    };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  }

  #endOnSignals(): void {
    for (const signal of ENDING_SIGNALS) {
      process.once(signal, () => {
        this.close();
        process.exit(exitCodeOfSignal(signal));
      });
    }
  }

  async run(): Promise<number> {
    const { timeout } = this.#options;
    const result = await this.#vm.run(timeout === undefined ? {} : { timeout });
    const code = this.#codeOf(result);
    this.#printResult();
    return code;
  }

  /** Says how the run ended, where that is worth a word. */
  #codeOf(result: RunResult): number {
    switch (result.status) {
      case "halted":
        return result.code;
      case "timeout":
        complain(`ended after ${this.#options.timeout! / 1_000} s (--timeout)`);
        return EXITS.stopped.code;
      case "reductions":
        complain(`ended after ${this.#options.maxReductions} reductions (--max-reductions)`);
        return EXITS.stopped.code;
      case "idle":
        reportDeadlock(this.#vm);
        this.#tellRecorded();
        return EXITS.deadlock.code;
      case "done": {
        const { outcome } = this.#vm.main!;
        if (outcome!.reason === NORMAL) return EXITS.ok.code;
        if (!this.#mainReported) {
          reportMainEnded(outcome!);
          this.#tellRecorded();
        }
        return EXITS.failed.code;
      }
    }
  }

  #printResult(): void {
    const outcome = this.#vm.main?.outcome;
    if (!this.#options.result || outcome?.reason !== NORMAL) return;
    writeOut(`${this.#atLineStart ? "" : "\n"}=> ${inspect(outcome.result)}\n`);
  }

  /** Completes what a run writes besides the program's own output, however the run ended. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch?.close();
    // What it ends it ends at once; nothing has to be waited for.
    void this.#vm.close();
    this.#failures.close();
    if (this.#options.stats) tellStats(this.#vm, this.#started);
    this.#jitLog?.close(this.#vm.jit);
    this.#trace?.close();
    this.#crashLog?.close();
  }
}

function traceFile(name: string, program: string, times: boolean): TraceFile {
  if (sameFile(name, program)) throw new UsageError(`--trace would overwrite the program, '${name}'`);
  return new TraceFile(name, times);
}

function jitLog(name: string | true, program: string): JitLogFile {
  if (name !== true && sameFile(name, program))
    throw new UsageError(`--jit-log would overwrite the program, '${name}'`);
  return new JitLogFile(name === true || name === "-" ? null : name);
}

/** A limit beyond the heap would never be reached: Node would die first. */
function withinHeap(memory: number): number {
  const heap = host.memory();
  return heap === null || memory <= heap.limit ? memory : RUNTIME_LIMITS.memory.value;
}
