/**
 * The embedding API: puts a scheduler, the engines and the standard library together.
 *
 * A VM is a world of processes of its own. Load packs, start one, run:
 *
 *     const vm = new VM();
 *     const main = vm.start(vm.load(bytes));
 *     await vm.run();
 *     main.outcome?.result
 */
import { Interpreter } from "../interpreter/interpreter.ts";
import { JitEngine } from "../jit/engine.ts";
import { type EmittedSink, JitLog, type LogSink } from "../jit/log.ts";
import { instructionText } from "./bytecode/disassemble.ts";
import { type Allowed, Permissions } from "./foreign/permissions.ts";
import { ForeignRegistry } from "./foreign/registry.ts";
import { BYTECODE_LIBRARY, STANDARD_LIBRARY } from "./foreign/stdlib/index.ts";
import { createRealm } from "./js/realm.ts";
import { DEFAULT_BUDGET, DEFAULT_LIMITS, LARGEST_BUDGET, type RuntimeLimits } from "./limits.ts";
import type { Realm } from "./operations/js/realm.ts";
import { withBuiltIn } from "./pack/built-in.ts";
import { type PackSource, resolveDependencies } from "./pack/dependencies.ts";
import { findEntry, loadFile, type Pack } from "./pack/pack.ts";
import { type Code, codeOfValue } from "./runtime/code.ts";
import { spawn } from "./runtime/effects.ts";
import type { EventListener, VMEvent } from "./runtime/events.ts";
import { ForeignBorder } from "./runtime/foreign-call.ts";
import { browserHost, type Host, StretchTimeout } from "./runtime/host.ts";
import type { ForeignLibraries } from "./runtime/libraries.ts";
import { PackLibraries } from "./runtime/libraries.ts";
import { Library } from "./runtime/library.ts";
import { measure } from "./runtime/memory.ts";
import { EXITED, type Outcome, type Process, type Remains, RUNNABLE, type StackTrace } from "./runtime/process.ts";
import { type Changes, type Linked, link, type Program } from "./runtime/program.ts";
import { Scheduler, type Stretch } from "./runtime/scheduler.ts";
import { ONE_TIER } from "./runtime/tiers.ts";
import { atom } from "./values/atom.ts";
import { copyValue } from "./values/copy.ts";
import { FunctionValue } from "./values/function.ts";
import type { Value } from "./values/value.ts";
import { settleWork } from "./values/work.ts";

export type { FunctionReport } from "../jit/log.ts";

export interface VMOptions {
  /** Reductions a turn gives a process, 1 to 2^30. */
  readonly budget?: number;
  readonly limits?: Partial<RuntimeLimits>;
  /** Of the random numbers; by default another one each time, and 0 under virtual time. */
  readonly seed?: number;
  /** What the program may ask of its host besides the standard library; nothing by default. */
  readonly allow?: Allowed;
  /** Opens the foreign libraries of packs; `nodeLibraries` makes Node's. Without it they are refused. */
  readonly libraries?: ForeignLibraries;
  /** Timers follow a count of reductions instead of the clock: two runs are the same. */
  readonly virtualTime?: boolean;
  /** The program's arguments: what its entry gets, and what `Args` gives. */
  readonly args?: readonly string[];
  readonly host?: Host;
  /** Where the program writes; the host's by default. */
  readonly stdout?: (text: string) => void;
  readonly stderr?: (text: string) => void;
  /** A process has failed by itself; main has the number 1. */
  readonly onCrash?: (process: ProcessInfo, outcome: Outcome, remains: Remains) => void;
  /** Keep the last ten messages that each process has taken, for `onCrash`. */
  readonly keepReceived?: boolean;
  /** SET_PROP had no effect, because the place cannot be written. */
  readonly onLeftAlone?: (process: Process, object: Value, key: Value) => void;
  /** Compile hot functions to JavaScript; on by default, and never seen in what a program does. */
  readonly jit?: boolean;
  /** Calls of a function, or rounds of a loop, after which it is compiled; 0: before it first runs. */
  readonly jitThreshold?: number;
  /**
   * Compiled loops and waits go on as generators, with their registers in place, instead of being called
   * again with their frame. Slower on the V8 of Node 20; nothing else differs.
   */
  readonly jitGenerators?: boolean;
  /** Told, in a line each, what was compiled, left for good, or stays interpreted and why. */
  readonly onCompile?: LogSink;
  /** Told of all code that is generated. */
  readonly onEmit?: EmittedSink;
  /** Called before every instruction, which then runs interpreted. Without it nothing is lost. */
  readonly onInstruction?: (process: Process, code: Code, instruction: number) => void;
}

export interface LoadOptions {
  /** As error messages should name it. */
  readonly file?: string;
  /** Class of a file that does not say. */
  readonly className?: string;
  /** Where the packs are that its manifest asks for, besides those built in; see `packFolders` for Node. */
  readonly packs?: PackSource;
}

/** What came of new code. */
export interface Reloaded extends Changes {
  readonly program: Program;
}

/** Why a run is over. */
export type RunResult =
  /** Nothing is left to do. */
  | { readonly status: "done" }
  /** Processes wait for messages or each other, nothing can go on, and main has not ended: a deadlock, unless the host sends something. */
  | { readonly status: "idle" }
  /** The program called Halt. */
  | { readonly status: "halted"; readonly code: number }
  /** The limit of reductions is reached. */
  | { readonly status: "reductions" }
  /** The time is up. */
  | { readonly status: "timeout" };

export interface RunOptions {
  /** Milliseconds after which the run is given up. */
  readonly timeout?: number;
}

/** What can be seen of a process from outside. */
export interface ProcessInfo {
  readonly number: number;
  readonly status: "runnable" | "waiting" | "exited";
  /** What it waits for: a message, the end of processes (their numbers), a foreign call. */
  readonly waitingFor: { readonly on: string; readonly processes: readonly number[]; readonly timer: boolean } | null;
  readonly reductions: number;
  readonly mailbox: number;
  readonly links: readonly number[];
  readonly trapsExits: boolean;
  readonly frames: number;
  readonly stack: StackTrace;
  /** About how many bytes it holds. */
  readonly memory: number;
  readonly outcome: Outcome | null;
}

/** A mailbox of the host, which programs can send to. */
export interface HostPort {
  /** The process that stands for the host: pass it to programs. */
  readonly process: Process;
  /** Takes the oldest message; undefined if there is none. */
  take(): Value | undefined;
  /** The next message, now or when it comes. */
  receive(): Promise<Value>;
}

/** Calls or rounds of a loop after which a function is compiled: then compiling it costs less than it saves. */
export const DEFAULT_JIT_THRESHOLD = 200;

/** `run` gives way to the host at least this often, in milliseconds. */
const STRETCH = 8;
/** And so often while answers of foreign calls may come. */
const STRETCH_WITH_CALLS = 1;
/**
 * So many milliseconds it looks for answers of new foreign calls by itself before it sleeps: to be woken up takes the
 * system longer than many calls.
 */
const AWAKE = 0.1;
/** Where that was in vain it is left out the next time, then twice as often, at most so often in a row. */
const MOST_LEFT_OUT = 64;

export class VM {
  readonly #host: Host;
  readonly #scheduler: Scheduler;
  readonly #options: VMOptions;
  readonly #listeners = new Set<EventListener>();
  readonly #compiler: JitEngine | null;
  readonly #library: Library;
  readonly #libraries: PackLibraries;
  readonly #realm: Realm;
  readonly #loadedWith = new WeakMap<Program, LoadOptions>();
  #main: Process | null = null;
  #running = false;
  /** A run was interrupted in the middle of something. */
  #broken = false;
  /** Of the foreign calls that were ever begun, those that a sleep has waited for. */
  #callsSeen = 0;
  /** Sleeps that begin at once, since looking for answers was in vain; and how many they were in the last row. */
  #leaveOut = 0;
  #inVain = 0;
  /** Cuts a sleep short. */
  #wakeUp: () => void = () => {};
  /** Counts of what the compiling engine has done. */
  readonly jit: JitLog;
  /** Foreign functions that programs can call. Register before loading: references are resolved then. */
  readonly ffi: ForeignRegistry;

  constructor(options: VMOptions = {}) {
    const { budget = DEFAULT_BUDGET } = options;
    if (!Number.isInteger(budget) || budget < 1 || budget > LARGEST_BUDGET) {
      throw new RangeError(`the budget must be a whole number from 1 to ${LARGEST_BUDGET}, not ${budget}`);
    }
    this.#options = options;
    this.#host = options.host ?? browserHost();
    this.ffi = new ForeignRegistry(STANDARD_LIBRARY);
    this.#library = new Library(this.ffi, BYTECODE_LIBRARY);
    this.#libraries = new PackLibraries(options.libraries ?? null);
    this.#realm = createRealm(this.#library);
    this.#scheduler = new Scheduler({
      realm: this.#realm,
      host: this.#host,
      budget,
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      virtualTime: options.virtualTime ?? false,
      onCrash: (process, outcome, remains) => options.onCrash?.(this.inspect(process), outcome, remains),
      keepsReceived: options.keepReceived ?? false,
    });
    const console = {
      stdout: options.stdout ?? ((text) => this.#host.stdout(text)),
      stderr: options.stderr ?? ((text) => this.#host.stderr(text)),
    };
    const border = new ForeignBorder({
      scheduler: this.#scheduler,
      console,
      args: options.args ?? [],
      wallClock: () => this.#host.wallClock(),
      seed: options.seed ?? (options.virtualTime ? 0 : this.#host.wallClock() + this.#host.now()),
      system: this.#host.system ?? null,
      permissions: new Permissions(options.allow, this.#host.covers),
      sendLater: (receiver, message) => this.#sendTo(receiver, message),
      wakeUp: () => this.#wakeUp(),
    });
    this.jit = new JitLog(options.onCompile ?? null, options.onEmit ?? null);
    const engine = this.#compilingEngine(border);
    this.#compiler = engine;
    const interpreter = new Interpreter({
      scheduler: this.#scheduler,
      border,
      tiers: engine ?? ONE_TIER,
      onLeftAlone: options.onLeftAlone ?? null,
      onInstruction: options.onInstruction ?? null,
    });
    if (engine !== null) engine.fallback = interpreter;
    this.#scheduler.engine = engine ?? interpreter;
  }

  /** Null: everything is interpreted, because the host wants it so or wants to see each instruction. */
  #compilingEngine(border: ForeignBorder): JitEngine | null {
    const { jit = true, jitThreshold = DEFAULT_JIT_THRESHOLD, onInstruction, onLeftAlone } = this.#options;
    if (!jit || onInstruction !== undefined || onLeftAlone !== undefined) return null;
    return new JitEngine({
      scheduler: this.#scheduler,
      border,
      threshold: jitThreshold,
      generators: this.#options.jitGenerators ?? false,
      log: this.jit,
    });
  }

  /**
   * Loads a pack, a class file or assembly text, verified and linked.
   * @throws LoadError that names the place; so, too, for a pack that calls functions of its foreign libraries: see `open`
   */
  load(source: Uint8Array | Pack, options: LoadOptions = {}): Program {
    const { program } = this.#link(source, options, null);
    return program;
  }

  /** As `load`, with the foreign libraries of the pack and of all that it needs. */
  async open(source: Uint8Array | Pack, options: LoadOptions = {}): Promise<Program> {
    const { pack, resolved } = this.#resolve(source, options);
    await this.#libraries.open(resolved);
    return this.load(pack, options);
  }

  /**
   * Ends all that runs for foreign libraries; calls of them fail from then on. Other calls that have not been answered are
   * told that nobody waits for them any more.
   */
  async close(): Promise<void> {
    await this.#libraries.close();
    for (const { waiting } of this.#scheduler.live) waiting.call?.cancel();
  }

  /**
   * Gives a program that is loaded new code, while its processes run. It is verified and linked first; if that fails
   * nothing changes. Then, between two turns, all references to functions take the new ones: at once unless it is called
   * while processes run, from a foreign function for example. What runs goes on in the old code until it returns.
   * @param options as for `load`; where they say nothing, what the program was loaded with counts
   * @returns the program to be used from now on, and what has changed
   * @throws LoadError that names the place
   */
  reload(program: Program, source: Uint8Array | Pack, options: LoadOptions = {}): Reloaded {
    const given = { ...this.#loadedWith.get(program), ...options };
    const { program: next, changes, commit } = this.#link(source, { file: program.file, ...given }, program);
    this.#scheduler.betweenTurns(() => {
      commit();
      this.#compiler?.forget();
    });
    return { program: next, ...changes };
  }

  #link(source: Uint8Array | Pack, options: LoadOptions, before: Program | null): Linked {
    const { pack, file, resolved } = this.#resolve(source, options);
    const linked = link(
      resolved,
      findEntry(pack, { file }),
      this.#library,
      this.#libraries,
      (name) => this.#realm.builtin(name),
      before,
    );
    for (const number of linked.program.joinedNumbers) {
      if (!this.#scheduler.numbered.has(number)) this.#scheduler.numbered.set(number, null);
    }
    this.#loadedWith.set(linked.program, options);
    return linked;
  }

  #resolve(source: Uint8Array | Pack, options: LoadOptions) {
    const file = options.file ?? "program";
    const pack = source instanceof Uint8Array ? loadFile(source, { ...options, file }) : source;
    return { pack, file, resolved: resolveDependencies(pack, file, withBuiltIn(options.packs ?? null)) };
  }

  /** Starts main: the entry of a program, with the program arguments. @throws Error if there is a main already */
  start(program: Program): Process {
    if (this.#main !== null) throw new Error("this VM has a main process already; use spawn for further ones");
    this.#main = this.#scheduler.spawn([program.entry.value!, ...(this.#options.args ?? [])], true);
    return this.#main;
  }

  /** The main process, once started. */
  get main(): Process | null {
    return this.#main;
  }

  /** A new process that runs a function of a loaded program with copies of the arguments. */
  spawn(callee: FunctionValue | { readonly program: Program; readonly name: string }, ...args: Value[]): Process {
    const target = callee instanceof FunctionValue ? callee : callee.program.functions.get(callee.name);
    if (target === undefined) throw new Error(`the program has no function ${(callee as { name: string }).name}`);
    if (codeOfValue(target) === null) throw new TypeError("only a bytecode function can be spawned");
    const process = spawn(this.#scheduler, [target, ...args]) as Process;
    settleWork();
    this.#wakeUp();
    return process;
  }

  /** Sends a copy of a value to a process. */
  send(process: Process, message: Value): void {
    this.#scheduler.send(process, message);
    this.#settle();
  }

  /** Of what was done by the host. In the middle of an instruction nothing may end, and its work is not the host's. */
  #settle(): void {
    const { isRunning } = this.#scheduler;
    this.#scheduler.betweenTurns(() => this.#scheduler.settle());
    if (!isRunning) settleWork();
    this.#wakeUp();
  }

  /** As SEND does, for a foreign call that begins just now, or may be long over. */
  #sendTo(receiver: Value, message: Value): void {
    const process = this.#scheduler.receiver(receiver);
    if (process === undefined) return;
    if (!this.#scheduler.isRunning) {
      this.send(process, message);
      return;
    }
    // A message to the one who calls could end him, who does not wait yet.
    const copy = copyValue(message);
    this.#scheduler.betweenTurns(() => {
      this.#scheduler.send(process, copy);
      this.#scheduler.settle();
    });
  }

  /** Sends an exit signal; the reason `:kill` cannot be trapped. */
  exit(process: Process, reason: Value): void {
    this.#scheduler.exitSignal(null, process, reason);
    this.#settle();
  }

  /** A mailbox of the host. Without a callback messages wait until they are taken. */
  port(onMessage?: (message: Value) => void): HostPort {
    const messages: Value[] = [];
    const receivers: ((message: Value) => void)[] = [];
    const process = this.#scheduler.createPort((message) => {
      if (onMessage !== undefined) onMessage(message);
      else if (receivers.length > 0) receivers.shift()!(message);
      else messages.push(message);
    });
    return {
      process,
      take: () => messages.shift(),
      receive: () => {
        if (messages.length > 0) return Promise.resolve(messages.shift()!);
        return new Promise((resolve) => receivers.push(resolve));
      },
    };
  }

  /**
   * Runs until nothing is left to do, sharing the thread: gives way to the host at least every 10 ms.
   * @throws what a bug, of ours or of a foreign function, has thrown
   */
  async run(options: RunOptions = {}): Promise<RunResult> {
    const deadline = this.#begin(options);
    try {
      for (;;) {
        const now = this.#host.now();
        if (now >= deadline) return { status: "timeout" };
        const length = this.#scheduler.callsOut > 0 ? STRETCH_WITH_CALLS : STRETCH;
        const stretch = this.#stretch(Math.min(now + length, deadline), deadline - now);
        const result = this.#resultOf(stretch);
        if (result !== null) return result;
        if (stretch.kind === "sleep") await this.#sleep(Math.min(stretch.until, deadline));
        else await this.#host.giveWay();
      }
    } catch (error) {
      return this.#gaveUp(error);
    } finally {
      this.#running = false;
    }
  }

  /** As `run`, without giving way. */
  runSync(options: RunOptions = {}): RunResult {
    const deadline = this.#begin(options);
    try {
      for (;;) {
        const now = this.#host.now();
        if (now >= deadline) return { status: "timeout" };
        const stretch = this.#stretch(deadline, deadline - now);
        const result = this.#resultOf(stretch);
        if (result !== null) return result;
        if (stretch.kind === "sleep") {
          if (stretch.until === Number.POSITIVE_INFINITY) {
            throw new Error(
              "a foreign call is out, whose answer can only come while the host runs: use run() instead of runSync()",
            );
          }
          const milliseconds = Math.min(stretch.until, deadline) - this.#host.now();
          if (milliseconds > 0) this.#host.sleepSync(milliseconds);
        }
      }
    } catch (error) {
      return this.#gaveUp(error);
    } finally {
      this.#running = false;
    }
  }

  #begin(options: RunOptions): number {
    if (this.#running) throw new Error("this VM is running already");
    if (this.#broken) throw new Error("this VM was interrupted by a timeout and cannot go on");
    this.#running = true;
    return options.timeout === undefined ? Number.POSITIVE_INFINITY : this.#host.now() + options.timeout;
  }

  #stretch(until: number, milliseconds: number): Stretch {
    const limit = milliseconds === Number.POSITIVE_INFINITY ? null : milliseconds;
    return this.#host.stretch(() => this.#scheduler.run(until), limit);
  }

  #gaveUp(error: unknown): RunResult {
    if (!(error instanceof StretchTimeout)) throw error;
    this.#broken = true;
    return { status: "timeout" };
  }

  #resultOf(stretch: Stretch): RunResult | null {
    switch (stretch.kind) {
      case "idle":
        return { status: this.#main === null || this.#main.status === EXITED ? "done" : "idle" };
      case "halted":
        return { status: "halted", code: stretch.code };
      case "reductions":
        return { status: "reductions" };
      default:
        return null;
    }
  }

  async #sleep(until: number): Promise<void> {
    if (this.#callsSeen !== this.#scheduler.callsBegun) {
      this.#callsSeen = this.#scheduler.callsBegun;
      if (this.#leaveOut > 0) this.#leaveOut--;
      else if (await this.#isWokenSoon(until)) {
        this.#inVain = 0;
        return;
      } else {
        this.#inVain = Math.min(2 * this.#inVain + 1, MOST_LEFT_OUT);
        this.#leaveOut = this.#inVain;
      }
    }
    return new Promise((resolve) => {
      const milliseconds = until - this.#host.now();
      const timer = setTimeout(resolve, Math.min(Math.max(milliseconds, 0), LONGEST_SLEEP));
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #isWokenSoon(until: number): Promise<boolean> {
    let isWoken = false;
    this.#wakeUp = () => {
      isWoken = true;
    };
    const end = Math.min(until, this.#host.now() + AWAKE);
    do {
      await this.#host.giveWay();
    } while (!isWoken && this.#host.now() < end);
    return isWoken;
  }

  /** Calls a listener for every event; gives a function that ends it. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    this.#updateListener();
    return () => {
      this.#listeners.delete(listener);
      this.#updateListener();
    };
  }

  #updateListener(): void {
    const listeners = [...this.#listeners];
    const [only] = listeners;
    if (listeners.length === 0) this.#scheduler.listener = null;
    else if (listeners.length === 1) this.#scheduler.listener = only;
    else {
      this.#scheduler.listener = (event: VMEvent) => {
        for (const listener of listeners) listener(event);
      };
    }
  }

  /** Live processes, by number: the first so many of them. */
  processes(most = Number.POSITIVE_INFINITY): ProcessInfo[] {
    const sorted = [...this.#scheduler.live].sort((a, b) => a.number - b.number);
    return sorted.slice(0, most).map((process) => this.inspect(process));
  }

  inspect(process: Process): ProcessInfo {
    const { waiting } = process;
    const isWaiting = process.status !== EXITED && process.status !== RUNNABLE;
    return {
      number: process.number,
      status: process.status === EXITED ? "exited" : isWaiting ? "waiting" : "runnable",
      waitingFor: isWaiting
        ? {
            on: waiting.on,
            processes: waiting.targets.map((target) => target.number),
            timer: waiting.timer !== null,
          }
        : null,
      reductions: this.#scheduler.reductionsOf(process),
      mailbox: process.mailboxLength,
      links: [...process.links].map((other) => other.number),
      trapsExits: process.trapsExits,
      frames: process.depth,
      stack: this.#scheduler.engine.stackOf(process),
      memory: measure(process).bytes,
      outcome: process.outcome,
    };
  }

  /**
   * The JavaScript that a function of a loaded program becomes, before anything is known from running it, with a
   * comment above what each instruction becomes; or a comment that says why it stays interpreted.
   * @param at the body that goes on at this instruction; by default the one that is called
   */
  javascript(callee: FunctionValue, at: number | null = null): string {
    const code = codeOfValue(callee);
    if (code === null) throw new TypeError("only a bytecode function can be compiled");
    if (this.#compiler === null) return "// stays interpreted: the JIT is off";
    return this.#compiler.listing(code, at, (of, index) => `${index}: ${instructionText(of.instructions[index])}`);
  }

  /** Milliseconds of the clock that timers follow. */
  now(): number {
    return this.#scheduler.now();
  }

  /** The process with this name. */
  whereIs(name: string): Process | undefined {
    return this.#scheduler.names.whereIs(atom(name));
  }

  /** Gives a process, which may be a port's, a name that programs can send to. @throws Error if it cannot have it */
  registerName(name: string, process: Process): void {
    const refused = this.#scheduler.names.register(atom(name), process);
    if (refused !== null) throw new Error(refused);
  }

  /** Counts since the VM was made. */
  stats(): { readonly turns: number; readonly reductions: number; readonly live: number; readonly timers: number } {
    const { passes, reductions, live, timersSet } = this.#scheduler;
    return { turns: passes, reductions, live: live.length, timers: timersSet };
  }

  /** A copy of a value that comes from a process, for the host to keep. */
  read(value: Value): Value {
    const copy = copyValue(value);
    settleWork();
    return copy;
  }
}

/** What hosts' timers can take, in milliseconds; a longer sleep is slept in parts. */
const LONGEST_SLEEP = 2 ** 31 - 1;
