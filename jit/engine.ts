/**
 * The engine of two tiers: runs frames compiled where they are hot and interpreted where they are not.
 *
 * All frames are data (src/runtime/frame.ts). What is compiled is a way to go on with a frame at one of
 * its instructions, an *entry*: the beginning, a loop head, where it has waited, behind a call that has
 * returned. Entries are compiled one by one, when they are asked for often, so that code stays small; a
 * frame that stands elsewhere is interpreted until it gets to one. Besides, a function that compiled code
 * calls has *direct bodies*, for native calls.
 */

import type { BitRows } from "../src/bytecode/bits.ts";
import { rowOf } from "../src/bytecode/instructions.ts";
import { ProgramError, reason } from "../src/errors.ts";
import type { ForeignFunction } from "../src/foreign/registry.ts";
import type { ForeignContext } from "../src/foreign/spec.ts";
import { CALLS, type Code, ENTRY, type InterpretedForm, instructionAt } from "../src/runtime/code.ts";
import type { ForeignBorder } from "../src/runtime/foreign-call.ts";
import {
  AT_PC,
  AWAIT,
  BEFORE_METHOD,
  CALLER,
  CHARGED,
  CODE,
  type Frame,
  fillArguments,
  HEADER,
  PC,
  SELF,
} from "../src/runtime/frame.ts";
import { type Birth, EXITED, type Process, type StackTrace } from "../src/runtime/process.ts";
import { errorObjectOf, raisesObjects } from "../src/runtime/raise.ts";
import type { Engine, Scheduler } from "../src/runtime/scheduler.ts";
import { enterHandler, stackOf } from "../src/runtime/stack.ts";
import type { Tiers } from "../src/runtime/tiers.ts";
import { DEPTH, LEFT, turn } from "../src/runtime/turn.ts";
import { type FunctionValue, NO_CAPTURES } from "../src/values/function.ts";
import type { NativeKey } from "../src/values/object.ts";
import { Undefined, type Value } from "../src/values/value.ts";
import {
  analyseLiveness,
  type Compiled,
  checkSize,
  compile,
  makeConstructor,
  Unfit,
  type Whole,
  wholeFunction,
} from "./compile.ts";
import { type Environment, type Form, type LocalCall, type NumericCall, type Shape, usesSelf } from "./emit.ts";
import { NO_CONSTANTS } from "./facts.ts";
import type { Known } from "./inline.ts";
import type { JitLog } from "./log.ts";
import { observe } from "./observe.ts";
import { Profile } from "./profile.ts";
import {
  ASIDE,
  CALLED,
  FAILED,
  MISSED,
  MISSED_EARLY,
  Runtime,
  S,
  STOPPED,
  type Stopped,
  UNWOUND,
  YIELDED,
} from "./runtime.ts";
import { RUNTIME_NAMES } from "./words.ts";

/** What this engine needs of the other one. */
export interface Fallback {
  /** Goes on with the innermost frame. True: it has come to an entry of compiled code. False: the process has stopped. */
  run(process: Process, passesFirst: boolean): boolean;
  /** Goes on behind a call that has given this result, in the same way. */
  deliver(process: Process, result: Value): boolean;
  formOf(code: Code): InterpretedForm;
}

export interface JitOptions {
  readonly scheduler: Scheduler;
  readonly border: ForeignBorder;
  /** Calls, or rounds of a loop, after which a function is hot. */
  readonly threshold: number;
  /** Loops and waits go on as generators, with their registers in place, and not as continuations. */
  readonly generators: boolean;
  readonly log: JitLog;
}

type Continuation = (frame: Frame) => Value | Stopped;
type Suspended = Generator<undefined, Value | Stopped, undefined>;

interface EntryPoint {
  asked: number;
  run: ((frame: Frame) => Value | Stopped | Suspended) | null;
  isGenerator: boolean;
  /** It cannot be compiled, or not any more. */
  refused: boolean;
}

/** What compiled callers call: `fn` is the body, or what makes a frame for the interpreter instead. */
class Target {
  fn: (...passed: never[]) => Value | Stopped;
  constructor(
    readonly state: CodeState,
    readonly captures: number,
    readonly args: number,
    readonly standIn: Target["fn"],
  ) {
    this.fn = standIn;
  }
}

/** Where a stopped frame goes on: the place in the interpreter's form, and what the frame waits for there. */
function entryKey(frame: Frame): number {
  return (frame[PC] as number) * 4 - (frame[AWAIT] as number);
}
const NO_KEY = -1;

/** What the engine keeps of a function. */
class CodeState {
  readonly profile: Profile;
  /** By `entryKey`. */
  readonly entries = new Map<number, EntryPoint>();
  readonly targets = new Map<number, Target>();
  /** The entry that was asked for last, and its key. */
  lastKey = NO_KEY;
  lastEntry: EntryPoint | null = null;
  /** Its body, unless it is a generator. */
  lastRun: Continuation | null = null;
  live: BitRows | null = null;
  /** What is constant where; null also if nothing is known. */
  whole: Whole | null = null;
  /** Why it stays interpreted. */
  unfit: string | null = null;
  /** Instructions emitted since it was last begun anew. */
  emitted = 0;
  /** How often it was begun anew. */
  renewals = 0;
  misses = 0;
  readonly inlinedInto = new Set<CodeState>();

  /** What was called last: mostly it is again. */
  lastTarget: Target | null = null;

  targetFor(captures: number, args: number): Target | null {
    const { lastTarget } = this;
    return lastTarget !== null && lastTarget.captures === captures && lastTarget.args === args ? lastTarget : null;
  }

  /** It reads the bound `this`. */
  readonly usesSelf: boolean;
  /** It has calls, so that its direct body is one for recursion. */
  readonly calls: boolean;

  constructor(
    readonly code: Code,
    /** Of which the constants in its bodies are; see `forget`. */
    readonly epoch: number,
  ) {
    this.usesSelf = usesSelf(code);
    this.calls = code.instructions.some(({ op }) => rowOf(op).safePoint === "call");
    this.profile = new Profile(code);
  }
}

/** The most common calls, without an array of what is passed. */
function callFew(target: Target, takesSelf: boolean, self: Value, args: readonly Value[]): Value | Stopped {
  const fn = target.fn as (...passed: Value[]) => Value | Stopped;
  switch (args.length) {
    case 0:
      return takesSelf ? fn(self) : fn();
    case 1:
      return takesSelf ? fn(self, args[0]) : fn(args[0]);
    default:
      return takesSelf ? fn(self, args[0], args[1]) : fn(args[0], args[1]);
  }
}

/** All entries of a function together may be so many times as large as the function. */
const MOST_COPIES = 8;
/** A function is compiled again without guesses that failed, at most so often. */
const MOST_RENEWALS = 8;
/** The same for JavaScript: a guess that stays wrong costs more than many bodies, and there is one in most instructions. */
const MOST_RENEWALS_OF_JS = 48;
/** Entries other than loop heads are compiled when they have been asked for so often. */
const ASKED_OFTEN = 8;
/**
 * The same for JavaScript, where most instructions are calls, and so most places are such entries: the interpreter is soon
 * through with what is left of a frame.
 */
const ASKED_OFTEN_OF_JS = 400;
/** The same in the middle of loops, where the interpreter soon gets to a loop head: bodies need time to get fast. */
const ASKED_IN_LOOP = 2_000;
/** Suspended generators that are kept; older ones go on from their frames. */
const MOST_SUSPENDED = 1024;
/** Operations of the host that fail for no Number. */
const HOST_MATH: ReadonlySet<unknown> = new Set(
  Object.values(Object.getOwnPropertyDescriptors(Math)).map(({ value }) => value),
);
/** Local functions ask nothing of the VM. */
const NO_CONTEXT = undefined as unknown as ForeignContext;

/**
 * A local function that gives undefined where it fails: the interpreter calls it again, and reports it. Each is made from a
 * text anew, since V8 remembers what a function calls by its text, and so puts both into a body.
 */
function attemptOf({ direct, arity, spec: { run } }: ForeignFunction): LocalCall {
  const parameters = direct === null ? "args" : ["a", "b", "c"].slice(0, arity).join();
  const text = `return (${parameters}) => { try { return operation(${parameters}); } catch { return undefined; } };`;
  const operation = direct ?? ((args: readonly Value[]): Value => run(args, NO_CONTEXT));
  return (new Function("operation", text) as (operation: unknown) => LocalCall)(operation);
}

/** Constructors that are remembered. */
const MOST_MAKERS = 10_000;
/**
 * Calls of a function of JavaScript until it has a body for native ones: what it finds and calls is best known from having
 * done so, and each wrong guess costs a body.
 */
const CALLS_OF_JS = 24;
/** Arguments of a native call. */
const MOST_PASSED = 255;
/** Bytes of the native stack that compiled code may take. */
const STACK = 400_000;

export class JitEngine implements Engine, Tiers {
  readonly hot: number;
  readonly #scheduler: Scheduler;
  readonly #threshold: number;
  readonly #generators: boolean;
  readonly #log: JitLog;
  readonly #runtime: Runtime;
  readonly #values: readonly unknown[];
  readonly #numeric = new Map<ForeignFunction, NumericCall>();
  readonly #local = new Map<ForeignFunction, LocalCall>();
  readonly #makers = new Map<string, object>();
  readonly #environment: Environment;
  readonly #suspended: (Process | undefined)[] = new Array(MOST_SUSPENDED).fill(undefined);
  #nextSuspended = 0;
  /** Counts how often everything was forgotten. */
  #epoch = 0;
  /** Code can be generated here. */
  #able = true;
  fallback!: Fallback;

  constructor({ scheduler, border, threshold, generators, log }: JitOptions) {
    this.#generators = generators;
    this.#scheduler = scheduler;
    this.#threshold = threshold;
    this.hot = Math.max(1, threshold);
    this.#log = log;
    this.#runtime = new Runtime(scheduler, border);
    this.#runtime.callAny = (callee, args) => this.#callAny(callee, callee.self, args);
    this.#runtime.callThis = (callee, self, args) => {
      return this.#callAny(callee, callee.self === Undefined ? self : callee.self, args);
    };
    const values = this.#runtime.values();
    this.#values = RUNTIME_NAMES.map((name) => values[name]);
    this.#environment = {
      target: (code, captures, args) => this.#target(this.#stateOf(code), captures, args),
      maker: (keys) => this.#maker(keys),
      numeric: (foreign) => this.#numericOf(foreign),
      local: (foreign) => this.#localOf(foreign),
      exit: (exit) => this.#runtime.exit(exit),
    };
  }

  stackOf(process: Process): StackTrace {
    return stackOf(process);
  }

  /**
   * Drops all that is compiled: functions have got new code, which others may have been compiled to call, or with it in
   * them. Frames are complete, so everything goes on; what is dropped goes once nothing runs in it.
   */
  forget(): void {
    this.#epoch++;
    for (const process of this.#scheduler.live) process.suspended = null;
  }

  /** What is kept of a function; null: nothing. */
  #known(code: Code): CodeState | null {
    const state = code.compiled as CodeState | null;
    if (state === null || state.epoch === this.#epoch) return state;
    code.compiled = null;
    return null;
  }

  // ---- Running ----------------------------------------------------------------------------------

  run(process: Process): void {
    const runtime = this.#runtime;
    runtime.process = process;
    if (process.birth !== null) {
      if (this.#begin(process, process.birth)) this.#goOn(process);
      return;
    }
    const frame = process.frame!;
    const state = this.#known(frame[CODE] as Code);
    // Most turns go on where another one of the function did, and end where the process waits again.
    if (state !== null && state.lastKey === entryKey(frame) && state.lastRun !== null && process.suspended === null) {
      turn[DEPTH] = STACK;
      const result = state.lastRun(frame);
      if (result === S && runtime.why === STOPPED && runtime.tail === null) {
        runtime.why = UNWOUND;
        return;
      }
      if (!this.#came(process, frame, result)) return;
    }
    this.#goOn(process);
  }

  /**
   * A process that begins is a native call of its function, if that calls none: many end without ever having needed
   * a frame. Those that call others live longer, and go on better from a frame.
   * True: there is more to run.
   */
  #begin(process: Process, birth: Birth): boolean {
    const runtime = this.#runtime;
    const callee = birth[0] as FunctionValue<Code>;
    const { code } = callee;
    const state = this.#known(code!);
    if (state === null || state.unfit !== null || state.calls || code!.collects >= 0 || this.#generators) {
      process.begin();
      return true;
    }
    process.birth = null;
    process.depth = 0;
    runtime.refills = 0;
    turn[DEPTH] = STACK;
    const result = this.#callDirect(state, callee, birth);
    if (result !== S) {
      this.#scheduler.finish(process, result);
      return false;
    }
    if (process.status !== EXITED) {
      process.frame = runtime.top;
      process.depth = runtime.count;
    }
    runtime.top = null;
    runtime.tail = null;
    runtime.count = 0;
    return this.#stopped(process);
  }

  /** @param passed the function and its arguments */
  #callDirect(state: CodeState, callee: FunctionValue<Code>, passed: readonly Value[]): Value | Stopped {
    const { code, captured } = callee;
    const target = this.#target(state, captured.length, passed.length - 1);
    const taken = Math.min(passed.length - 1, code!.fill - captured.length);
    if (captured.length > 0 || state.usesSelf || taken > 3) {
      const all: unknown[] = state.usesSelf ? [callee.self] : [];
      if (captured.length > 0) all.push(captured);
      for (let i = 1; i <= taken; i++) all.push(passed[i]);
      return target.fn(...(all as never[]));
    }
    const body = target.fn as (...args: Value[]) => Value | Stopped;
    switch (taken) {
      case 1:
        return body(passed[1]);
      case 2:
        return body(passed[1], passed[2]);
      case 3:
        return body(passed[1], passed[2], passed[3]);
      default:
        return body();
    }
  }

  #goOn(process: Process): void {
    const runtime = this.#runtime;
    runtime.refills = 0;
    if (process.suspended !== null) {
      if (!this.#resume(process, process.suspended as Suspended)) return;
    }
    this.#countStart(process.frame!);
    for (;;) {
      const entry = this.#entryFor(process.frame!);
      if (entry === null) {
        if (!this.fallback.run(process, false)) return;
        runtime.process = process;
      } else if (!this.#runEntry(process, entry)) return;
    }
  }

  /** A process that begins is a call of its function. */
  #countStart(frame: Frame): void {
    const code = frame[CODE] as Code;
    if (this.#known(code) !== null || frame[PC] !== ENTRY) return;
    if (++this.fallback.formOf(code).ops[CALLS] >= this.hot) this.becomesHot(code);
  }

  /** True: there is more to run. */
  #runEntry(process: Process, entry: EntryPoint): boolean {
    const frame = process.frame!;
    if (process.depth > this.#runtime.safeDepth) this.#scheduler.asksEachTurn();
    turn[DEPTH] = STACK;
    if (!entry.isGenerator) return this.#came(process, frame, (entry.run as Continuation)(frame));
    const generator = entry.run!(frame) as Suspended;
    this.#keep(process, generator);
    return this.#resume(process, generator);
  }

  #resume(process: Process, generator: Suspended): boolean {
    for (;;) {
      if (process.depth > this.#runtime.safeDepth) this.#scheduler.asksEachTurn();
      turn[DEPTH] = STACK;
      const { value, done } = generator.next();
      if (done) {
        process.suspended = null;
        return this.#came(process, process.frame!, value as Value | Stopped);
      }
      // It has saved its frame and stays where it is.
      const more = this.#stopped(process);
      if (!more || process.suspended !== generator) return more;
    }
  }

  #keep(process: Process, generator: Suspended): void {
    const at = this.#nextSuspended;
    this.#nextSuspended = (at + 1) % MOST_SUSPENDED;
    const oldest = this.#suspended[at];
    if (oldest !== undefined) oldest.suspended = null;
    this.#suspended[at] = process;
    process.suspended = generator;
  }

  /** A body that went on with `frame` has come back. */
  #came(process: Process, frame: Frame, result: Value | Stopped): boolean {
    if (result !== S) return this.#returned(process, frame, result as Value);
    const runtime = this.#runtime;
    if (runtime.tail !== null) {
      if (process.status !== EXITED) {
        runtime.tail[CALLER] = frame;
        process.frame = runtime.top;
        process.depth += runtime.count;
      }
      runtime.top = null;
      runtime.tail = null;
      runtime.count = 0;
    }
    return this.#stopped(process);
  }

  /** A function has returned natively to here. */
  #returned(process: Process, frame: Frame, result: Value): boolean {
    const caller = frame[CALLER] as Frame | null;
    if (caller === null) {
      this.#scheduler.finish(process, result);
      return false;
    }
    const slot = caller[AWAIT] as number;
    process.depth--;
    if (slot < 0) return this.fallback.deliver(process, result);
    caller[slot] = result;
    caller[AWAIT] = AT_PC;
    process.frame = caller;
    return true;
  }

  /** The frames are complete; why has the process stopped? True: it goes on at once. */
  #stopped(process: Process): boolean {
    const runtime = this.#runtime;
    const { why } = runtime;
    runtime.why = UNWOUND;
    runtime.refills = 0;
    switch (why) {
      case STOPPED:
        return false;
      case FAILED:
        process.suspended = null;
        return this.#failed(process, runtime.error!);
      case CALLED:
        return true;
      case YIELDED:
        return this.#endTurn(process, true);
      case MISSED:
      case MISSED_EARLY:
        process.suspended = null;
        this.#missed(process.frame!, why === MISSED_EARLY);
        return this.fallback.run(process, true);
      case ASIDE:
        process.suspended = null;
        this.#log.left(process.frame![CODE] as Code);
        return this.fallback.run(process, true);
      default:
        return turn[LEFT] > 0 || this.#endTurn(process, false);
    }
  }

  #endTurn(process: Process, gives: boolean): boolean {
    try {
      return gives ? this.#scheduler.endTurn(process) : this.#scheduler.preempt(process);
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      process.suspended = null;
      return this.#failed(process, error);
    }
  }

  /** The innermost frame stands at an instruction that has failed. True: a handler goes on. */
  #failed(process: Process, error: ProgramError): boolean {
    const scheduler = this.#scheduler;
    turn[LEFT] = scheduler.chargeWork(process, turn[LEFT]);
    const frame = process.frame!;
    frame[AWAIT] = AT_PC;
    // What is thrown goes aside: this is an error of an instruction.
    const isThrown = error.catchable && raisesObjects(frame);
    const value = isThrown ? errorObjectOf(process, error) : error.value;
    if (!(error.catchable && enterHandler(process, value))) {
      scheduler.fail(process, isThrown ? reason("throw", value) : value, stackOf(process));
      return false;
    }
    scheduler.settle();
    turn[LEFT] = scheduler.chargeWork(process, turn[LEFT]);
    return process.status !== EXITED && !scheduler.isHalted;
  }

  // ---- Entries ----------------------------------------------------------------------------------

  /** Is there compiled code to go on with this frame? The interpreter asks; so does `run`. */
  enters(frame: Frame): boolean {
    return this.#entryFor(frame) !== null;
  }

  /** A function has been called, or a loop gone round, often enough. */
  becomesHot(code: Code): void {
    if (this.#able) this.#stateOf(code);
  }

  #entryFor(frame: Frame): EntryPoint | null {
    const code = frame[CODE] as Code;
    let state = this.#known(code);
    if (state === null) {
      if (this.#threshold > 0) return null;
      state = this.#stateOf(code);
    }
    const waits = frame[AWAIT] as number;
    if (waits === BEFORE_METHOD || state.unfit !== null) return null;
    const key = entryKey(frame);
    // A process that waits comes back to the same entry again and again.
    if (state.lastKey === key) return state.lastEntry;
    const known = state.entries.get(key);
    const entry = known !== undefined && known.run !== null ? known : this.#ask(state, key, frame, known);
    if (entry !== null) {
      state.lastKey = key;
      state.lastEntry = entry;
      state.lastRun = entry.isGenerator ? null : (entry.run as Continuation);
    }
    return entry;
  }

  #ask(state: CodeState, key: number, frame: Frame, known: EntryPoint | undefined): EntryPoint | null {
    const entry = known ?? { asked: 0, run: null, isGenerator: false, refused: false };
    if (known === undefined) state.entries.set(key, entry);
    if (entry.refused || !this.#able) return null;
    entry.asked++;
    const { code } = state;
    const at = instructionAt(this.fallback.formOf(code), frame[PC] as number);
    const isLoop = code.facts.safePoints[at] === 1;
    const charged = frame[AWAIT] === CHARGED;
    if (at !== 0 && !isLoop && entry.asked < Math.min(this.#asksFor(state, at, charged), this.hot)) return null;
    const form = this.#formFor(code, at, charged);
    const notNumbers = new Set<number>();
    for (let slot = HEADER; slot < frame.length; slot++) {
      if (typeof frame[slot] !== "number") notNumbers.add(slot - HEADER);
    }
    const shape: Shape = { captures: 0, args: 0 };
    const body = this.#compile(state, form, { at, charged }, shape, notNumbers);
    if (body === null) {
      entry.refused = true;
      return null;
    }
    entry.run = body as EntryPoint["run"];
    entry.isGenerator = form === "generator";
    return entry;
  }

  /** How often an entry that is no loop head must be asked for. */
  #asksFor(state: CodeState, at: number, charged: boolean): number {
    // From the middle of a loop it is not far to its head.
    if (!charged && state.live !== null && state.whole?.isInLoop(at) === true) return ASKED_IN_LOOP;
    return state.code.isJs ? ASKED_OFTEN_OF_JS : ASKED_OFTEN;
  }

  /** The form of an entry; docs/jit.md has the numbers that say why generators are not the rule. */
  #formFor(code: Code, at: number, charged: boolean): Form {
    return this.#generators && (charged || code.facts.safePoints[at] === 1) ? "generator" : "continuation";
  }

  #stateOf(code: Code): CodeState {
    let state = this.#known(code);
    if (state === null) {
      state = new CodeState(code, this.#epoch);
      code.compiled = state;
    }
    return state;
  }

  // ---- Native calls -----------------------------------------------------------------------------

  #target(state: CodeState, captures: number, args: number): Target {
    const key = captures * 256 + args;
    let target = state.targets.get(key);
    if (target === undefined) {
      const made: Target = new Target(state, captures, args, (...passed) => this.#standIn(made, passed));
      target = made;
      state.targets.set(key, made);
    }
    state.lastTarget = target;
    return target;
  }

  /** A call of a function that has no body for it yet. */
  #standIn(target: Target, passed: Value[]): Value | Stopped {
    const { state } = target;
    const { code } = state;
    const form = this.fallback.formOf(code);
    const count = ++form.ops[CALLS];
    if (state.unfit === null && this.#able && count >= Math.min(this.hot, code.isJs ? CALLS_OF_JS : 2)) {
      const notNumbers = this.#notNumbers(target, passed);
      const body = this.#compile(state, "direct", { at: 0, charged: false }, target, notNumbers);
      if (body !== null) {
        target.fn = body as Target["fn"];
        return target.fn(...(passed as never[]));
      }
    }
    const frame = code.template.slice();
    let next = 0;
    if (usesSelf(code)) frame[SELF] = passed[next++];
    const captured = target.captures > 0 ? (passed[next++] as readonly Value[]) : NO_CAPTURES;
    if (code.collects >= 0) {
      // What is collected is collected already.
      captured.forEach((value, i) => {
        frame[HEADER + i] = value;
      });
      for (let i = next; i < passed.length; i++) frame[HEADER + captured.length + i - next] = passed[i];
    } else fillArguments(frame, code, captured, passed.slice(next));
    this.#runtime.why = CALLED;
    return this.#runtime.capture(frame);
  }

  #notNumbers({ state, captures }: Target, passed: readonly Value[]): Set<number> {
    const found = new Set<number>();
    let next = 0;
    if (usesSelf(state.code)) next++;
    if (captures > 0) {
      const captured = passed[next++] as readonly Value[];
      captured.forEach((value, i) => {
        if (typeof value !== "number") found.add(i);
      });
    }
    for (let i = next; i < passed.length; i++) {
      if (typeof passed[i] !== "number") found.add(captures + i - next);
    }
    return found;
  }

  /** A call that no native one can stand for: its frame begins. */
  #callByFrame(callee: FunctionValue<Code>, self: Value, args: readonly Value[]): Stopped {
    const code = callee.code!;
    this.fallback.formOf(code).ops[CALLS]++;
    const frame = code.template.slice();
    frame[SELF] = self;
    fillArguments(frame, code, callee.captured, args);
    this.#runtime.why = CALLED;
    return this.#runtime.capture(frame);
  }

  /** A call where the function differs from time to time. */
  #callAny(callee: FunctionValue<Code>, self: Value, args: readonly Value[]): Value | Stopped {
    const code = callee.code!;
    const { captured } = callee;
    const state = this.#stateOf(code);
    turn[LEFT] -= code.entryCharge;
    if (code.collects >= 0 || args.length > MOST_PASSED) return this.#callByFrame(callee, self, args);
    const target = state.targetFor(captured.length, args.length) ?? this.#target(state, captured.length, args.length);
    if (captured.length === 0 && args.length <= Math.min(2, code.fill))
      return callFew(target, state.usesSelf, self, args);
    const passed: unknown[] = [];
    if (state.usesSelf) passed.push(self);
    if (captured.length > 0) passed.push(captured);
    const taken = Math.max(0, Math.min(args.length, code.fill - captured.length));
    for (let i = 0; i < taken; i++) passed.push(args[i]);
    return target.fn(...(passed as never[]));
  }

  #numericOf(foreign: ForeignFunction): NumericCall {
    let made = this.#numeric.get(foreign);
    if (made === undefined) {
      const numeric = foreign.numeric!;
      // Those of the host V8 knows; as they are, they are one operation.
      if (HOST_MATH.has(numeric)) made = { call: numeric, fails: null };
      else
        made = {
          call: (a, b) => {
            try {
              return numeric(a, b);
            } catch {
              return Number.NaN;
            }
          },
          fails: (a, b) => {
            try {
              numeric(a, b);
              return false;
            } catch {
              return true;
            }
          },
        };
      this.#numeric.set(foreign, made);
    }
    return made;
  }

  #localOf(foreign: ForeignFunction): LocalCall {
    let made = this.#local.get(foreign);
    if (made === undefined) {
      made = attemptOf(foreign);
      if (foreign.spec.charge !== undefined) {
        const attempt = made as (...args: Value[]) => Value | undefined;
        const runtime = this.#runtime;
        // Of a function that takes an array the first is all that is there.
        const charged = (a: Value, b: Value, c: Value): Value | undefined => runtime.settled(attempt(a, b, c));
        made = charged as LocalCall;
      }
      this.#local.set(foreign, made);
    }
    return made;
  }

  // ---- Compiling --------------------------------------------------------------------------------

  #compile(
    state: CodeState,
    form: Form,
    entry: { readonly at: number; readonly charged: boolean },
    shape: Shape,
    notNumbers: ReadonlySet<number>,
  ): unknown {
    const { code, profile } = state;
    if (state.unfit !== null || !this.#able) return null;
    if (state.emitted > code.instructions.length * MOST_COPIES) return null;
    const started = performance.now();
    try {
      this.#analyse(state);
      const { globals } = this.#runtime.process;
      profile.update(globals);
      const live = state.live!;
      const constants = form === "direct" ? NO_CONSTANTS : (state.whole?.constantsAt(entry.at) ?? NO_CONSTANTS);
      const environment = this.#environment;
      const made = compile({
        code,
        profile,
        live,
        environment,
        known: (inlined) => this.#mayInline(inlined, globals),
        form,
        entry,
        shape,
        notNumbers,
        constants,
      });
      const body = made.factory(this.#values, made.constants);
      state.emitted += made.instructions;
      for (const inlined of made.inlined) this.#stateOf(inlined).inlinedInto.add(state);
      if (form === "direct") this.#boundStack(made);
      this.#log.compiled(code, form, entry, made, performance.now() - started);
      return body;
    } catch (error) {
      const reason = this.#whyNot(error);
      if (reason === null) throw error;
      state.unfit = reason;
      this.#log.staysInterpreted(code, reason);
      return null;
    }
  }

  /** A function that may be compiled into others, analysed; with the variables of a process that runs it. */
  #mayInline(code: Code, globals: readonly (Value | undefined)[]): ReturnType<Known> {
    const state = this.#stateOf(code);
    if (state.unfit !== null) return null;
    try {
      this.#analyse(state);
    } catch (error) {
      if (error instanceof Unfit) return null;
      throw error;
    }
    state.profile.update(globals);
    return { live: state.live!, profile: state.profile };
  }

  #analyse(state: CodeState): void {
    if (state.live !== null) return;
    const { code } = state;
    checkSize(code);
    this.fallback.formOf(code);
    state.live = analyseLiveness(code);
    state.whole = wholeFunction(code, state.live);
  }

  /** Objects made in different places are of one shape to V8 if they come from one constructor. */
  #maker(keys: readonly NativeKey[]): object {
    const key = JSON.stringify(keys);
    let made = this.#makers.get(key);
    if (made === undefined) {
      // Programs come and go; what is in use is held by the code that uses it.
      if (this.#makers.size >= MOST_MAKERS) this.#makers.clear();
      made = makeConstructor(keys);
      this.#makers.set(key, made);
    }
    return made;
  }

  /**
   * The JavaScript that a function becomes before anything is known of it: its direct body, called with as many
   * arguments as it takes, or the continuation at an instruction; or why there is none.
   * @param note a comment for each instruction
   */
  listing(code: Code, at: number | null, note: (code: Code, at: number) => string): string {
    const state = new CodeState(code, this.#epoch);
    try {
      this.#analyse(state);
      const made = compile({
        code,
        profile: state.profile,
        live: state.live!,
        environment: this.#environment,
        // No process runs it: nothing is known of variables.
        known: (inlined) => this.#mayInline(inlined, []),
        form: at === null ? "direct" : "continuation",
        entry: { at: at ?? 0, charged: false },
        shape: { captures: 0, args: code.arity },
        notNumbers: new Set(),
        constants: (at === null ? null : state.whole?.constantsAt(at)) ?? NO_CONSTANTS,
        annotate: note,
      });
      return made.source;
    } catch (error) {
      const reason = this.#whyNot(error);
      if (reason === null) throw error;
      return `// stays interpreted: ${reason}`;
    }
  }

  /** What keeps a function, or all of them, from being compiled; null: a bug. */
  #whyNot(error: unknown): string | null {
    if (error instanceof Unfit) return error.message;
    // The parser of the host, or our own recursion over blocks, ran out of stack.
    if (error instanceof RangeError) return "blocks are nested too deep";
    if (!(error instanceof EvalError)) return null;
    this.#able = false;
    this.#log.cannotCompile(error.message);
    return "code cannot be generated here";
  }

  /**
   * A turn may go on in place only so often before the native stack is unwound: what a level of recursion
   * takes of it, and the reductions it costs at least, say how often.
   */
  #boundStack({ levelBytes, levelReductions }: Compiled): void {
    if (levelReductions === Number.POSITIVE_INFINITY) return;
    const runtime = this.#runtime;
    const scheduler = this.#scheduler;
    const reductions = Math.max(1, Math.floor((STACK / levelBytes) * levelReductions));
    scheduler.shortenSlices(reductions);
    runtime.mostRefills = Math.max(1, Math.min(runtime.mostRefills, Math.floor(reductions / scheduler.slice)));
  }

  // ---- Leaving ----------------------------------------------------------------------------------

  #missed(frame: Frame, early: boolean): void {
    const code = frame[CODE] as Code;
    const state = code.compiled as CodeState;
    this.#log.left(code);
    state.misses++;
    const at = instructionAt(code.form!, frame[PC] as number);
    if (!observe(state.profile, at, frame, early)) return;
    this.#renew(state, at);
  }

  /** Its bodies are dropped, and those of the functions that it was inlined into. */
  #renew(state: CodeState, at: number): void {
    if (state.renewals >= (state.code.isJs ? MOST_RENEWALS_OF_JS : MOST_RENEWALS)) return;
    state.renewals++;
    state.emitted = 0;
    state.entries.clear();
    state.lastKey = NO_KEY;
    state.lastRun = null;
    for (const target of state.targets.values()) target.fn = target.standIn;
    this.#log.renewed(state.code, at);
    const others = [...state.inlinedInto];
    state.inlinedInto.clear();
    for (const other of others) if (other !== state) this.#renew(other, at);
  }
}
