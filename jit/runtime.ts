/**
 * What compiled code calls.
 *
 * Bodies run on the native stack and give S when they must stop. Why they stop stands here, and so do the
 * frames that direct bodies make of themselves on the way out, innermost first. Nothing is ever thrown
 * through compiled code: an operation that fails, or must call a method of the program first, leaves the
 * instruction to the interpreter, which does it again from the beginning; one that has had effects by then
 * leaves its error here.
 */

import { type Clause, rowOf } from "../src/bytecode/instructions.ts";
import { ProgramError } from "../src/errors.ts";
import type { ForeignFunction } from "../src/foreign/registry.ts";
import {
  add,
  bitAnd,
  bitOr,
  bitXor,
  divide,
  multiply,
  negate,
  remainder,
  shiftLeft,
  shiftRight,
  shiftRightUnsigned,
  subtract,
} from "../src/operations/arithmetic.ts";
import { equal, less, lessEqual, notEqual } from "../src/operations/comparison.ts";
import { freshLiteral, makeClosure, type Scopes } from "../src/operations/construct.ts";
import {
  jsAdd,
  jsBitAnd,
  jsBitNot,
  jsBitOr,
  jsBitXor,
  jsDivide,
  jsMultiply,
  jsNegate,
  jsNumber,
  jsPower,
  jsRemainder,
  jsShiftLeft,
  jsShiftRight,
  jsShiftRightUnsigned,
  jsString,
  jsSubtract,
} from "../src/operations/js/arithmetic.ts";
import {
  jsEqual,
  jsGreater,
  jsGreaterEqual,
  jsLess,
  jsLessEqual,
  jsLooseEqual,
  jsNotEqual,
} from "../src/operations/js/comparison.ts";
import { jsAllocate, jsConstructed } from "../src/operations/js/construct.ts";
import { ConversionNeeded } from "../src/operations/js/conversion-needed.ts";
import { isJsTruthy, typeOfJs } from "../src/operations/js/convert.ts";
import { jsGet, jsPeekGetter, jsPeekMethod, jsSet } from "../src/operations/js/properties.ts";
import { type Bindings, empty, matches } from "../src/operations/match.ts";
import { getProp, setProp } from "../src/operations/properties.ts";
import type { Code } from "../src/runtime/code.ts";
import * as effects from "../src/runtime/effects.ts";
import type { ForeignBorder } from "../src/runtime/foreign-call.ts";
import { CALLER, type Frame } from "../src/runtime/frame.ts";
import { storeGlobal } from "../src/runtime/globals.ts";
import { EXITED, Process } from "../src/runtime/process.ts";
import { MOST_FRAMES_OF_A_TURN, type Scheduler } from "../src/runtime/scheduler.ts";
import { beginSlice, LEFT, OVERDUE, turn } from "../src/runtime/turn.ts";
import { met } from "../src/values/accessor.ts";
import { Atom } from "../src/values/atom.ts";
import { Binary, FloatArray } from "../src/values/bytes.ts";
import { same } from "../src/values/equality.ts";
import { FunctionValue } from "../src/values/function.ts";
import { SMALL_KEYS } from "../src/values/keys.ts";
import { IonObject } from "../src/values/object.ts";
import { Tagged, Tuple, Undefined, Unit, type Value } from "../src/values/value.ts";
import { settleWork, UNITS_PER_REDUCTION, VALUES_PER_REDUCTION, work } from "../src/values/work.ts";
import { type Exit, type ExitFunction, frameMaker, type Leaving } from "./exits.ts";
import { makeObject } from "./objects.ts";
import type { RuntimeName } from "./words.ts";

/** What a body gives instead of a result when it has stopped. */
export const S: unique symbol = Symbol("stopped");
export type Stopped = typeof S;

/** Why a body has stopped: at a safe point, to be looked at with all frames complete. */
export const UNWOUND = 0;
/** The scheduler has the process, or it has ended. */
export const STOPPED = 1;
/** The instruction has failed with `error`. */
export const FAILED = 2;
/** YIELD. */
export const YIELDED = 3;
/** A guess was wrong. */
export const MISSED = 4;
/** A guess on entry was wrong. */
export const MISSED_EARLY = 5;
/** The interpreter has to do the next instruction. */
export const ASIDE = 6;
/** A function was called that has no body yet: its frame is made, and no safe point is near. */
export const CALLED = 7;

export type Why =
  | typeof UNWOUND
  | typeof STOPPED
  | typeof FAILED
  | typeof YIELDED
  | typeof MISSED
  | typeof MISSED_EARLY
  | typeof ASIDE
  | typeof CALLED;

const LEAVING: Readonly<Record<Leaving, Why>> = { miss: MISSED, early: MISSED_EARLY, aside: ASIDE };

/** Calls of functions whose target is not known when the caller is compiled. */
export type CallAny = (callee: FunctionValue<Code>, args: readonly Value[]) => Value | Stopped;

/** The same with a `this`, unless the function has one. */
export type CallThis = (callee: FunctionValue<Code>, self: Value, args: readonly Value[]) => Value | Stopped;

const CALL_COST = rowOf("CALL").cost;

/** Levels of native calls are bounded; with fewer frames than the limit by so many no level can exceed it. */
export const MOST_LEVELS = 20_000;

export class Runtime {
  readonly #scheduler: Scheduler;
  readonly #border: ForeignBorder;
  /** With more frames than this, turns must end where the limit can be looked at. */
  readonly safeDepth: number;
  process!: Process;
  why: Why = UNWOUND;
  error: ProgramError | null = null;
  /** Frames made on the way out: the innermost, the outermost, how many. */
  top: Frame | null = null;
  tail: Frame | null = null;
  count = 0;
  /** How often a turn has gone on in place since the native stack was empty. */
  refills = 0;
  /** Then the stack is unwound, so that it stays small. */
  mostRefills = 8;
  /** What a MATCH has bound, in order. */
  bound: Value[] = [];
  callAny: CallAny = () => {
    throw new Error("not connected");
  };
  callThis: CallThis = () => {
    throw new Error("not connected");
  };

  constructor(scheduler: Scheduler, border: ForeignBorder) {
    this.#scheduler = scheduler;
    this.#border = border;
    this.safeDepth = scheduler.mostFrames - MOST_LEVELS;
  }

  get live(): number {
    return this.#scheduler.live.length;
  }
  get passes(): number {
    return this.#scheduler.passes;
  }

  /** A frame that a direct body has made of itself, or one that begins. */
  capture(frame: Frame): Stopped {
    if (this.tail === null) this.top = frame;
    else this.tail[CALLER] = frame;
    this.tail = frame;
    this.count++;
    return S;
  }

  /** What a body calls to leave; see exits.ts. */
  exit(exit: Exit): ExitFunction {
    const leaves = this.#leaves(exit);
    leaves.exit = exit;
    return leaves;
  }

  #leaves({ how, pending, frames }: Exit): ExitFunction {
    // Most are never called.
    let make: ReturnType<typeof frameMaker> | null = null;
    const makes = (values: readonly unknown[]): void => {
      make ??= frameMaker(frames, (frame) => this.capture(frame));
      make(values);
    };
    if (how === null || pending === null) {
      return (...values: unknown[]) => {
        makes(values);
        return S;
      };
    }
    const why = LEAVING[how];
    return (left: unknown, ...values: unknown[]) => {
      turn[LEFT] = (left as number) - pending;
      makes(values);
      this.why = why;
      return S;
    };
  }

  /** After an instruction that may have ended processes or the VM. */
  #mustStop(): boolean {
    const scheduler = this.#scheduler;
    const { process } = this;
    if (scheduler.isQuiet && process.status !== EXITED) return false;
    scheduler.settle();
    turn[LEFT] = scheduler.chargeWork(process, turn[LEFT]);
    if (process.status !== EXITED && !scheduler.isHalted) return false;
    this.why = STOPPED;
    return true;
  }

  #failed(error: unknown): Stopped {
    if (!(error instanceof ProgramError)) throw error;
    if (error instanceof ConversionNeeded) {
      // Nothing has happened yet: the interpreter makes the call again, and knows how the program converts.
      settleWork();
      turn[LEFT] += CALL_COST;
      this.why = ASIDE;
      return S;
    }
    this.why = FAILED;
    this.error = error;
    return S;
  }

  /** Charges for the work of an operation; one that failed is done again elsewhere, so its work is forgotten. */
  settled(result: Value | undefined): Value | undefined {
    if (result === undefined) settleWork();
    else if (work.values !== 0 || work.units !== 0) {
      turn[LEFT] = this.#scheduler.chargeWork(this.process, turn[LEFT]);
    }
    return result;
  }

  /** The budget is spent, or a slice of it. True: the body must stop. */
  #refill(): boolean {
    return !this.#goesOn() || ++this.refills >= this.mostRefills;
  }

  /** The same, as often as it is wanted. */
  #goesOn(): boolean {
    const scheduler = this.#scheduler;
    if (this.process.depth > MOST_FRAMES_OF_A_TURN - MOST_LEVELS) {
      this.why = UNWOUND;
      return false;
    }
    if (!scheduler.nextSlice()) {
      // Where the limit of frames or of memory may be met, frames must be complete first.
      if (this.process.depth > this.safeDepth || scheduler.endsByMemoryNext()) {
        this.why = UNWOUND;
        return false;
      }
      if (!scheduler.preempt(this.process)) {
        this.why = STOPPED;
        return false;
      }
    }
    this.why = UNWOUND;
    return true;
  }

  /** The slice is spent: what is left of the next one; 0 or less, and the same in the cell, if the body must stop. */
  #more(left: number): number {
    const next = inPlace(left);
    if (next > 0) return next;
    turn[LEFT] = left;
    return this.#goesOn() ? turn[LEFT] : 0;
  }

  /** A process about to wait with so many frames that the limit may be met: the interpreter knows. */
  #isDeep(): boolean {
    if (this.process.depth <= this.safeDepth) return false;
    this.why = ASIDE;
    return true;
  }

  #waits(): Stopped {
    if (this.#isDeep()) return S;
    this.#scheduler.waitQuickly(this.process);
    this.why = STOPPED;
    return S;
  }

  #waited<Result>(result: Result | undefined): Result | Stopped {
    if (result !== undefined) return result;
    this.why = STOPPED;
    return S;
  }

  /** The values of the factory's parameters. */
  values(): Record<RuntimeName, unknown> {
    const scheduler = this.#scheduler;
    const why = (reason: Why) => (stopped: Stopped) => {
      this.why = reason;
      return stopped;
    };
    const charged = (): void => {
      if (work.values < VALUES_PER_REDUCTION && work.units < UNITS_PER_REDUCTION) {
        work.values = 0;
        work.units = 0;
      } else turn[LEFT] = scheduler.chargeWork(this.process, turn[LEFT]);
    };
    /** An operation without effects: what it cannot finish is done again by the interpreter. */
    const attempt = <Args extends unknown[], Result>(operation: (...args: Args) => Result | undefined) => {
      return (...args: Args): Result | undefined => {
        let result: Result | undefined;
        try {
          result = operation(...args);
        } catch (error) {
          if (!(error instanceof ProgramError)) throw error;
        }
        if (result === undefined) settleWork();
        else charged();
        return result;
      };
    };
    /** The same for the many that take two operands. */
    const attempt2 = (operation: (a: Value, b: Value) => Value | undefined) => {
      return (a: Value, b: Value): Value | undefined => {
        let result: Value | undefined;
        try {
          result = operation(a, b);
        } catch (error) {
          if (!(error instanceof ProgramError)) throw error;
        }
        if (result === undefined) settleWork();
        else if (work.values !== 0 || work.units !== 0) charged();
        return result;
      };
    };
    const more = (left: number): number => this.#more(left);
    const send = (target: Value, message: Value): Stopped | undefined => {
      try {
        effects.send(scheduler, target, message);
      } catch (error) {
        return this.#failed(error);
      }
      charged();
      return this.#mustStop() ? S : undefined;
    };
    return {
      I: turn,
      S,
      U: Undefined,
      Unit,
      Atom,
      FunctionValue,
      IonObject,
      Tagged,
      Tuple,
      Binary,
      FloatArray,
      isArray: Array.isArray,
      runtime: this,
      refill: () => this.#refill(),
      goesOn: () => this.#goesOn(),
      inPlace,
      // Short, so that V8 always puts it into bodies.
      renew: (left: number): number => (left > 0 ? left : more(left)),
      yields: () => {
        this.why = YIELDED;
      },
      early: why(MISSED_EARLY),
      capture: (frame: Frame) => this.capture(frame),
      deep: why(CALLED),
      add: attempt2(add),
      subtract: attempt2(subtract),
      multiply: attempt2(multiply),
      divide: attempt2(divide),
      remainder,
      negate,
      bitAnd,
      bitOr,
      bitXor,
      shiftLeft,
      shiftRight,
      shiftRightUnsigned,
      equal: attempt2(equal),
      notEqual: attempt2(notEqual),
      less: attempt2(less),
      lessEqual: attempt2(lessEqual),
      same: attempt2(same),
      truthy,
      getProp: attempt2(getProp),
      setProp: attempt(setProp),
      literal: attempt(freshLiteral),
      closure: attempt(makeClosureWith),
      makeObject: attempt(makeObject),
      newScopes: (): Scopes => new Map(),
      match: (clauses: readonly Clause[], value: Value, pinned: readonly Value[]): number => {
        const found = this.#match(clauses, value, pinned);
        charged();
        return found;
      },
      foreign: (foreign: ForeignFunction, args: readonly Value[], code: Code): Value | Stopped => {
        let result: Value;
        try {
          result = this.#border.call(foreign, args, this.process, code);
        } catch (error) {
          return this.#failed(error);
        }
        charged();
        return this.#mustStop() ? S : result;
      },
      jsAdd: attempt2(jsAdd),
      jsSubtract: attempt2(jsSubtract),
      jsMultiply: attempt2(jsMultiply),
      jsDivide: attempt2(jsDivide),
      jsRemainder: attempt2(jsRemainder),
      jsPower: attempt2(jsPower),
      jsBitAnd: attempt2(jsBitAnd),
      jsBitOr: attempt2(jsBitOr),
      jsBitXor: attempt2(jsBitXor),
      jsShiftLeft: attempt2(jsShiftLeft),
      jsShiftRight: attempt2(jsShiftRight),
      jsShiftRightUnsigned: attempt2(jsShiftRightUnsigned),
      jsNegate: attempt(jsNegate),
      jsBitNot: attempt(jsBitNot),
      jsNumber: attempt(jsNumber),
      jsString: attempt(jsString),
      jsEqual: attempt2(jsEqual),
      jsNotEqual: attempt2(jsNotEqual),
      jsLooseEqual: attempt2(jsLooseEqual),
      jsLess: attempt2(jsLess),
      jsLessEqual: attempt2(jsLessEqual),
      jsGreater: attempt2(jsGreater),
      jsGreaterEqual: attempt2(jsGreaterEqual),
      jsTruthy: isJsTruthy,
      jsTypeOf: typeOfJs,
      jsGet: attempt2(jsGet),
      numbered: (object: Value, index: number): Value | undefined => {
        const key = object instanceof IonObject ? SMALL_KEYS[index] : undefined;
        return key === undefined ? undefined : (object as IonObject)[key];
      },
      setNumbered,
      jsSet: attempt(jsSet),
      jsMethod: (object: Value, name: Atom): FunctionValue | undefined => {
        if (object === Undefined || object === Unit) return undefined;
        const found = jsPeekMethod(object, name);
        if (work.values !== 0 || work.units !== 0) charged();
        return callable(found);
      },
      jsCallable: callable,
      jsGetter: (object: Value, name: Atom): FunctionValue | undefined => {
        const getter = jsPeekGetter(object, name);
        return getter === undefined || getter.code === null ? undefined : getter;
      },
      jsAllocate: attempt(jsAllocate),
      jsConstructed,
      spread: attempt((array: Value): Value[] | undefined => {
        if (!Array.isArray(array)) return undefined;
        work.values += array.length;
        return array.slice();
      }),
      foreignThis: (callee: FunctionValue, self: Value, args: readonly Value[], code: Code): Value | Stopped => {
        let result: Value;
        try {
          result = this.#border.call(callee.foreign as ForeignFunction, args, this.process, code, self);
        } catch (error) {
          return this.#failed(error);
        }
        charged();
        return this.#mustStop() ? S : result;
      },
      callThis: (callee: FunctionValue<Code>, self: Value, args: readonly Value[]) => this.callThis(callee, self, args),
      met,
      storeGlobal: (place: number, value: Value) => storeGlobal(this.process, place, value),
      callAny: (callee: FunctionValue<Code>, args: readonly Value[]) => this.callAny(callee, args),
      // These two are short, so that V8 puts them into bodies.
      send: (target: Value, message: Value): Stopped | undefined => {
        return target instanceof Process && scheduler.sendQuickly(target, message) ? undefined : send(target, message);
      },
      receive: (): Value | Stopped => {
        const { process } = this;
        const message = process.take();
        if (message === undefined) return this.#waits();
        if (scheduler.observesMessages) scheduler.received(process, message);
        return message;
      },
      spawn: (birth: readonly Value[]): Value | Stopped => {
        try {
          const made = effects.spawn(scheduler, birth);
          charged();
          return made;
        } catch (error) {
          return this.#failed(error);
        }
      },
      link: (target: Value): Stopped | undefined => {
        try {
          effects.link(scheduler, this.process, target);
        } catch (error) {
          return this.#failed(error);
        }
        charged();
        return this.#mustStop() ? S : undefined;
      },
      receiveTimed: (milliseconds: Value): effects.TimedMessage | Stopped => {
        if (this.#isDeep()) return S;
        try {
          return this.#waited(effects.receiveWithTimeout(scheduler, this.process, milliseconds));
        } catch (error) {
          return this.#failed(error);
        }
      },
      receiveMatch: (milliseconds: Value, clauses: readonly Clause[], pinned: readonly Value[]): number | Stopped => {
        if (this.#isDeep()) return S;
        try {
          const found = effects.receiveMatch(scheduler, this.process, milliseconds, clauses, pinned, selection);
          charged();
          if (found === undefined) return this.#waited<number>(found);
          empty(this.bound);
          this.bound.push(selection.message);
          this.#bind();
          return found;
        } catch (error) {
          return this.#failed(error);
        }
      },
      join: (target: Value): Value | Stopped => {
        if (this.#isDeep()) return S;
        try {
          const result = effects.join(scheduler, this.process, target);
          charged();
          return this.#waited(result);
        } catch (error) {
          return this.#failed(error);
        }
      },
      joinNumber: (number: number): Value | Stopped => {
        if (this.#isDeep()) return S;
        try {
          const result = effects.joinNumber(scheduler, this.process, number);
          charged();
          return this.#waited(result);
        } catch (error) {
          return this.#failed(error);
        }
      },
      select: (candidates: readonly Value[], kills: boolean): Value | Stopped => {
        if (this.#isDeep()) return S;
        try {
          const result = effects.select(scheduler, this.process, candidates, kills);
          charged();
          if (result === undefined) return this.#waited<Value>(result);
          return this.#mustStop() ? S : result;
        } catch (error) {
          return this.#failed(error);
        }
      },
    };
  }

  /** The first clause that matches, with what it binds in `bound`; -1: none. */
  #match(clauses: readonly Clause[], value: Value, pinned: readonly Value[]): number {
    for (let i = 0; i < clauses.length; i++) {
      empty(bindings);
      if (!matches(clauses[i].pattern, value, pinned, bindings)) continue;
      empty(this.bound);
      this.#bind();
      return i;
    }
    return -1;
  }

  #bind(): void {
    for (let i = 1; i < bindings.length; i += 2) this.bound.push(bindings[i] as Value);
  }
}

/** True: done. False, and nothing has happened that others see: the shared operation is needed. */
function setNumbered(object: Value, index: number, value: Value): boolean {
  const key = object instanceof IonObject && object.prototypeList === undefined ? SMALL_KEYS[index] : undefined;
  if (key === undefined || (object as IonObject)[key] === undefined) return false;
  try {
    (object as IonObject)[key] = value;
  } catch (error) {
    // What cannot be written is refused by strict code.
    if (error instanceof TypeError) return false;
    throw error;
  }
  return (object as IonObject)[key] === value;
}

/** What is left of the next slice, if it begins without anybody being asked; 0: it does not, and nothing has changed. */
function inPlace(left: number): number {
  return beginSlice(left, turn[OVERDUE]);
}

/** As `isTruthy`, with the type that is only truthy sometimes told apart without a look at the others. */
function truthy(value: Value): boolean {
  if (typeof value !== "object") return value !== 0 && value !== "" && value !== false;
  if (value === Undefined || value === Unit) return false;
  return !(value instanceof Atom) || value.name !== "";
}

/** A function that compiled code can call; undefined: none, or one that looks at frames. */
function callable(value: Value | undefined): FunctionValue | undefined {
  if (!(value instanceof FunctionValue)) return undefined;
  return value.foreign !== null && (value.foreign as ForeignFunction).needsFrames ? undefined : value;
}

const bindings: Bindings = [];
const selection: effects.Selection = { message: Undefined, bindings };

function makeClosureWith(
  callee: Value,
  scopes: Scopes | undefined,
  scope: string,
  names: readonly string[],
  values: readonly Value[],
): Value {
  return makeClosure(callee, scopes ?? NO_SCOPES, scope, names, values);
}
/** The scope "" shares nothing, so nobody writes here. */
const NO_SCOPES: Scopes = new Map();
