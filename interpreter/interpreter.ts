/**
 * The baseline engine: a dispatch loop over the decoded form of functions.
 *
 * `#execute` is one function so that what every instruction needs lives in local variables: the frame,
 * the operations, the position, the reductions left. Rules of the loop:
 *
 * - A case that completes by its fast path charges, moves `pc` and says `continue`. One that needs the
 *   shared operations puts `result` and `next` and says `break`: behind the switch the data-dependent
 *   work is charged, and `result` goes to the first operand, or a method that the operation asked for
 *   is called.
 * - `pc` stays at the instruction until it is complete, so an error always finds its place. Cost first,
 *   then the effect.
 * - Before anybody else looks (events, foreign functions that ask the VM, the scheduler) `left` goes back to its cell.
 *   `process.frame` is always the running frame.
 */
import { ProgramError, programError, reason } from "../src/errors.ts";
import type { ForeignFunction } from "../src/foreign/registry.ts";
import { ForeignFailure, type NumericOperation } from "../src/foreign/spec.ts";
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
import { freshLiteral, makeClosure } from "../src/operations/construct.ts";
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
  jsEqualAtOnce,
  jsGreater,
  jsGreaterEqual,
  jsLess,
  jsLessEqual,
  jsLooseEqual,
  jsNotEqual,
} from "../src/operations/js/comparison.ts";
import { jsAllocate, jsConstructed, storeCell } from "../src/operations/js/construct.ts";
import { ConversionNeeded } from "../src/operations/js/conversion-needed.ts";
import { isJsTruthy, typeOfJs } from "../src/operations/js/convert.ts";
import { holderOfMethod, jsFindMethod, jsGet, jsPeekMethod, jsSet } from "../src/operations/js/properties.ts";
import { realm } from "../src/operations/js/realm.ts";
import { type Bindings, empty, matches } from "../src/operations/match.ts";
import { methodCall, USE_DROPPED, USE_NEGATED_TRUTH, USE_REGISTER, USE_TRUTH } from "../src/operations/method-call.ts";
import { findMethod, getProp, missingMethod, setProp } from "../src/operations/properties.ts";
import {
  CALLS,
  type Code,
  ENTRY,
  EVER_GETTER,
  EVER_OTHER,
  EVER_SLOW,
  EVER_TEXT,
  type InterpretedForm,
  instructionAt,
  newNote,
  noteCall,
} from "../src/runtime/code.ts";
import * as effects from "../src/runtime/effects.ts";
import type { ForeignBorder } from "../src/runtime/foreign-call.ts";
import {
  AT_PC,
  AWAIT,
  awaitedSlot,
  awaitedUse,
  awaiting,
  BEFORE_METHOD,
  CALLER,
  CHARGED,
  CODE,
  type Frame,
  fillArguments,
  HEADER,
  PC,
  SELF,
  scopesOf,
} from "../src/runtime/frame.ts";
import { loadGlobal, notInitialized, storeGlobal } from "../src/runtime/globals.ts";
import { EXITED, type PendingCall, type Process, type StackTrace } from "../src/runtime/process.ts";
import { errorObjectOf, raisesObjects } from "../src/runtime/raise.ts";
import type { Engine, Scheduler } from "../src/runtime/scheduler.ts";
import { enterHandler, stackOf } from "../src/runtime/stack.ts";
import type { Tiers } from "../src/runtime/tiers.ts";
import { LEFT, turn } from "../src/runtime/turn.ts";
import { Atom, atom } from "../src/values/atom.ts";
import { same } from "../src/values/equality.ts";
import { FunctionValue } from "../src/values/function.ts";
import { defineProperty, IonObject } from "../src/values/object.ts";
import { emptyArray, isTruthy, Tagged, Tuple, typeOf, Undefined, Unit, type Value } from "../src/values/value.ts";
import { settleWork, UNITS_PER_REDUCTION, VALUES_PER_REDUCTION, work } from "../src/values/work.ts";
import { Op } from "./ops.ts";
import { type ClauseTemplate, type ClosureTemplate, type MemberTemplate, translate } from "./translate.ts";

/** Cost of CALL, and of every instruction that can wait; a test holds both against the table. */
export const CALL_COST = 2;
export const WAIT_COST = 2;
export const SEND_COST = 4;
export const SPAWN_COST = 4;

export interface InterpreterOptions {
  readonly scheduler: Scheduler;
  readonly border: ForeignBorder;
  /** The engine above this one, to which frames that are hot go. */
  readonly tiers: Tiers;
  /** SET_PROP had no effect: shown by `--debug`. */
  readonly onLeftAlone: ((process: Process, object: Value, key: Value) => void) | null;
  /** Called before every instruction; null costs nothing, since the decoded form then has no place for it. */
  readonly onInstruction: ((process: Process, code: Code, instruction: number) => void) | null;
}

export class Interpreter implements Engine {
  readonly #scheduler: Scheduler;
  readonly #border: ForeignBorder;
  readonly #tiers: Tiers;
  readonly #onLeftAlone: InterpreterOptions["onLeftAlone"];
  readonly #onInstruction: InterpreterOptions["onInstruction"];

  constructor(options: InterpreterOptions) {
    this.#scheduler = options.scheduler;
    this.#border = options.border;
    this.#tiers = options.tiers;
    this.#onLeftAlone = options.onLeftAlone;
    this.#onInstruction = options.onInstruction;
  }

  /**
   * Goes on with the innermost frame. True: it has come to where compiled code goes on, with its frame as
   * a stopped one. False: the process has stopped.
   * @param passesFirst the first loop head is passed without asking: compiled code has just come from there
   */
  run(process: Process, passesFirst = false): boolean {
    return this.#execute(process, passesFirst, undefined);
  }

  /** Goes on behind the call that the innermost frame but one waits for, in the same way. */
  deliver(process: Process, result: Value): boolean {
    return this.#execute(process, false, result);
  }

  formOf(code: Code): InterpretedForm {
    code.form ??= translate(code, this.#onInstruction !== null);
    return code.form;
  }

  stackOf(process: Process): StackTrace {
    return stackOf(process);
  }

  #execute(process: Process, passesFirst: boolean, delivered: Value | undefined): boolean {
    const scheduler = this.#scheduler;
    const tiers = this.#tiers;
    const { hot } = tiers;
    let passes = passesFirst;
    process.begin();
    let frame: Frame = process.frame!;
    if (delivered !== undefined) process.frame = frame = frame[CALLER];
    let code = frame[CODE] as Code;
    let form: InterpretedForm = code.form ?? this.formOf(code);
    let ops = form.ops;
    // The pool holds what each operation put there when the function was decoded; the operation knows.
    // biome-ignore lint/suspicious/noExplicitAny: see above
    let pool = form.pool as readonly any[];
    let pc = frame[PC] as number;
    let left = turn[LEFT];
    /** A call that is about to be made; null while none is. */
    let pending: PendingCall | null = null;

    if (delivered !== undefined) {
      ops = DELIVERY;
      pc = 0;
    } else if (frame[AWAIT] === CHARGED) left += WAIT_COST;
    else if (frame[AWAIT] === BEFORE_METHOD) pending = process.pendingCall;

    for (;;) {
      try {
        for (;;) {
          let result: Value | undefined;
          let next = 0;
          /** Of a call that has one; and what it calls, if that has been found. */
          let self: Value | null = null;
          let callee: Value | undefined;
          if (pending === null) {
            switch (ops[pc]) {
              case Op.END: {
                const caller = frame[CALLER] as Frame | null;
                if (caller === null) {
                  turn[LEFT] = left;
                  scheduler.finish(process, Unit);
                  return false;
                }
                process.depth--;
                result = Unit;
                frame = caller;
                break;
              }

              case Op.RESULT:
                result = delivered;
                break;

              case Op.LOOP:
                if (++ops[pc + 1] >= hot) {
                  if (!passes && this.#handsOver(code, frame, pc, left)) return true;
                  passes = false;
                }
                if (left <= 0 && (left = this.#nextTurn(process, frame, pc, left)) === STOPPED) return false;
                pc += 2;
                continue;

              case Op.STEP:
                turn[LEFT] = left;
                this.#onInstruction!(process, code, instructionAt(form, pc));
                pc++;
                continue;

              case Op.CONST:
                left--;
                frame[ops[pc + 1]] = pool[ops[pc + 2]];
                pc += 3;
                continue;

              case Op.LITERAL:
                left--;
                result = freshLiteral(pool[ops[pc + 2]]);
                next = pc + 3;
                break;

              case Op.LOAD_SELF:
                left--;
                frame[ops[pc + 1]] = process;
                pc += 2;
                continue;

              case Op.LOAD_PID:
              case Op.LOAD_PROCESSES:
              case Op.LOAD_PASSES: {
                left--;
                const op = ops[pc];
                frame[ops[pc + 1]] =
                  op === Op.LOAD_PID
                    ? process.number
                    : op === Op.LOAD_PASSES
                      ? scheduler.passes
                      : scheduler.live.length;
                pc += 2;
                continue;
              }

              case Op.LOAD_THIS:
                left--;
                frame[ops[pc + 1]] = frame[SELF];
                pc += 2;
                continue;

              case Op.MOVE:
                left--;
                frame[ops[pc + 1]] = frame[ops[pc + 2]];
                pc += 3;
                continue;

              case Op.ADD:
              case Op.JS_ADD: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  frame[ops[pc + 1]] = a + b;
                  pc += 4;
                  continue;
                }
                if (ops[pc] === Op.JS_ADD) {
                  if (typeof a !== typeof b) form.seen[pc] |= EVER_SLOW;
                  else if (typeof a === "string" && a.length + b.length < UNITS_PER_REDUCTION) {
                    form.seen[pc] |= EVER_TEXT;
                    frame[ops[pc + 1]] = a + b;
                    pc += 4;
                    continue;
                  }
                  result = jsAdd(a, b);
                } else result = add(a, b);
                next = pc + 4;
                break;
              }

              case Op.SUB:
              case Op.JS_SUB: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  frame[ops[pc + 1]] = a - b;
                  pc += 4;
                  continue;
                }
                result = ops[pc] === Op.JS_SUB ? jsSubtract(a, b) : subtract(a, b);
                next = pc + 4;
                break;
              }

              case Op.MUL:
              case Op.JS_MUL: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  frame[ops[pc + 1]] = a * b;
                  pc += 4;
                  continue;
                }
                result = ops[pc] === Op.JS_MUL ? jsMultiply(a, b) : multiply(a, b);
                next = pc + 4;
                break;
              }

              case Op.DIV: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number" && b !== 0) {
                  frame[ops[pc + 1]] = a / b;
                  pc += 4;
                  continue;
                }
                result = divide(a, b);
                next = pc + 4;
                break;
              }

              case Op.MOD: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number" && b !== 0) {
                  // Once `%` has seen doubles V8 makes it a call; whole numbers from 0 get their own path.
                  const x = a | 0;
                  const y = b | 0;
                  frame[ops[pc + 1]] = x === a && y === b && x > 0 && y > 0 ? x % y : a % b;
                  pc += 4;
                  continue;
                }
                result = remainder(a, b);
                next = pc + 4;
                break;
              }

              case Op.NEG:
                left--;
                frame[ops[pc + 1]] = negate(frame[ops[pc + 2]]);
                pc += 3;
                continue;

              case Op.BIT_AND:
              case Op.BIT_OR:
              case Op.BIT_XOR:
              case Op.SHL:
              case Op.SHR:
              case Op.USHR:
                left--;
                frame[ops[pc + 1]] = BITWISE[ops[pc] - Op.BIT_AND](frame[ops[pc + 2]], frame[ops[pc + 3]]);
                pc += 4;
                continue;

              case Op.EQUAL: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  frame[ops[pc + 1]] = a === b;
                  pc += 4;
                  continue;
                }
                result = equal(a, b);
                next = pc + 4;
                break;
              }

              case Op.NOT_EQUAL: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  frame[ops[pc + 1]] = a !== b;
                  pc += 4;
                  continue;
                }
                result = notEqual(a, b);
                next = pc + 4;
                break;
              }

              case Op.LESS_THAN: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  frame[ops[pc + 1]] = a < b;
                  pc += 4;
                  continue;
                }
                result = less(a, b);
                next = pc + 4;
                break;
              }

              case Op.LESS_EQUAL: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  frame[ops[pc + 1]] = a <= b;
                  pc += 4;
                  continue;
                }
                result = lessEqual(a, b);
                next = pc + 4;
                break;
              }

              case Op.GREATER_THAN: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  frame[ops[pc + 1]] = a > b;
                  pc += 4;
                  continue;
                }
                result = less(b, a);
                next = pc + 4;
                break;
              }

              case Op.GREATER_EQUAL: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  frame[ops[pc + 1]] = a >= b;
                  pc += 4;
                  continue;
                }
                result = lessEqual(b, a);
                next = pc + 4;
                break;
              }

              // Two instructions in one step. Otherwise only the comparison is done, and the jump
              // follows as an operation of its own.
              case Op.EQUAL_JUMP: {
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  left -= 2;
                  if ((frame[ops[pc + 1]] = a === b)) pc += FUSED_LENGTH;
                  else pc = ops[pc + 4];
                  continue;
                }
                left--;
                result = equal(a, b);
                next = pc + 5;
                break;
              }

              case Op.LESS_THAN_JUMP:
              case Op.JS_LESS_JUMP: {
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  left -= 2;
                  if ((frame[ops[pc + 1]] = a < b)) pc += FUSED_LENGTH;
                  else pc = ops[pc + 4];
                  continue;
                }
                left--;
                result = ops[pc] === Op.JS_LESS_JUMP ? jsLess(a, b) : less(a, b);
                next = pc + 5;
                break;
              }

              case Op.LESS_EQUAL_JUMP:
              case Op.JS_LESS_EQUAL_JUMP: {
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  left -= 2;
                  if ((frame[ops[pc + 1]] = a <= b)) pc += FUSED_LENGTH;
                  else pc = ops[pc + 4];
                  continue;
                }
                left--;
                result = ops[pc] === Op.JS_LESS_EQUAL_JUMP ? jsLessEqual(a, b) : lessEqual(a, b);
                next = pc + 5;
                break;
              }

              case Op.GREATER_THAN_JUMP:
              case Op.JS_GREATER_JUMP: {
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  left -= 2;
                  if ((frame[ops[pc + 1]] = a > b)) pc += FUSED_LENGTH;
                  else pc = ops[pc + 4];
                  continue;
                }
                left--;
                result = ops[pc] === Op.JS_GREATER_JUMP ? jsGreater(a, b) : less(b, a);
                next = pc + 5;
                break;
              }

              case Op.GREATER_EQUAL_JUMP:
              case Op.JS_GREATER_EQUAL_JUMP: {
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                if (typeof a === "number" && typeof b === "number") {
                  left -= 2;
                  if ((frame[ops[pc + 1]] = a >= b)) pc += FUSED_LENGTH;
                  else pc = ops[pc + 4];
                  continue;
                }
                left--;
                result = ops[pc] === Op.JS_GREATER_EQUAL_JUMP ? jsGreaterEqual(a, b) : lessEqual(b, a);
                next = pc + 5;
                break;
              }

              case Op.AND:
                left--;
                frame[ops[pc + 1]] = isTruthy(frame[ops[pc + 2]]) && isTruthy(frame[ops[pc + 3]]);
                pc += 4;
                continue;

              case Op.OR:
                left--;
                frame[ops[pc + 1]] = isTruthy(frame[ops[pc + 2]]) || isTruthy(frame[ops[pc + 3]]);
                pc += 4;
                continue;

              case Op.NOT:
                left--;
                frame[ops[pc + 1]] = !isTruthy(frame[ops[pc + 2]]);
                pc += 3;
                continue;

              case Op.SAME:
                left--;
                result = same(frame[ops[pc + 2]], frame[ops[pc + 3]]);
                next = pc + 4;
                break;

              case Op.GET_PROP: {
                left--;
                const object = frame[ops[pc + 2]];
                const key = frame[ops[pc + 3]];
                if (typeof key === "number") {
                  if (Array.isArray(object) && key >= 0 && key < object.length) {
                    const value = object[key];
                    // Undefined here: no whole number.
                    if (value !== undefined && (typeof value !== "object" || value.kind !== "Function")) {
                      frame[ops[pc + 1]] = value;
                      pc += 4;
                      continue;
                    }
                  }
                } else if (key instanceof Atom) {
                  const value = object[key.key];
                  if (value !== undefined && (typeof value !== "object" || value.kind !== "Function")) {
                    frame[ops[pc + 1]] = value;
                    pc += 4;
                    continue;
                  }
                }
                result = getProp(object, key);
                next = pc + 4;
                break;
              }

              case Op.SET_PROP: {
                left--;
                const object = frame[ops[pc + 1]];
                const key = frame[ops[pc + 2]];
                const value = frame[ops[pc + 3]];
                const done = setProp(object, key, value);
                next = pc + 4;
                if (done === undefined) break;
                if (!done) form.seen[pc] |= EVER_SLOW;
                left = scheduler.chargeWork(process, left);
                if (!done && this.#onLeftAlone !== null) this.#onLeftAlone(process, object, key);
                pc = next;
                continue;
              }

              case Op.JUMP:
                left--;
                pc = ops[pc + 1];
                continue;

              case Op.JUMP_IF_TRUE: {
                left--;
                const c = frame[ops[pc + 1]];
                if (c === true || (c !== false && isTruthy(c))) pc = ops[pc + 2];
                else pc += 3;
                continue;
              }

              case Op.JUMP_IF_FALSE: {
                left--;
                const c = frame[ops[pc + 1]];
                if (c === true || (c !== false && isTruthy(c))) pc += 3;
                else pc = ops[pc + 2];
                continue;
              }

              case Op.CALL: {
                const callee = frame[ops[pc + 2]];
                const target = callee.code as Code | null | undefined;
                const count = ops[pc + 3];
                if (target === null) {
                  // Foreign: no safe point.
                  left -= CALL_COST;
                  const args: Value[] = [];
                  for (let i = 0; i < count; i++) args.push(frame[ops[pc + 4 + i]]);
                  next = pc + 4 + count;
                  turn[LEFT] = left;
                  if (callee.foreign.needsFrames) standsAt(frame, pc);
                  result = this.#border.call(callee.foreign, args, process, code, Undefined);
                  left = scheduler.chargeWork(process, left);
                  frame[ops[pc + 1]] = result;
                  pc = next;
                  if (this.#mustStop(process, frame, pc, left)) return false;
                  left = turn[LEFT];
                  continue;
                }
                if (left <= 0 && (left = this.#nextTurn(process, frame, pc, left)) === STOPPED) return false;
                left -= CALL_COST;
                if (target === undefined) throw programError("badfun", callee);
                if (code.isJs) {
                  const noted = form.calls[pc];
                  if (noted === undefined || (noted.value !== callee && !noted.tooMany))
                    noteCall(form, pc, callee, null);
                }
                const made: Frame = target.template.slice();
                made[CALLER] = frame;
                made[SELF] = callee.self;
                let slot = HEADER;
                const last = HEADER + target.fill;
                const { captured } = callee as FunctionValue;
                if (target.collects >= 0) {
                  const args: Value[] = [];
                  for (let i = 0; i < count; i++) args.push(frame[ops[pc + 4 + i]]);
                  fillArguments(made, target, captured, args);
                } else {
                  if (captured.length > 0) {
                    for (let i = 0; i < captured.length && slot < last; i++) made[slot++] = captured[i];
                  }
                  for (let i = 0; i < count && slot < last; i++) made[slot++] = frame[ops[pc + 4 + i]];
                }
                frame[PC] = pc + 4 + count;
                frame[AWAIT] = ops[pc + 1];
                left -= target.entryCharge;
                process.frame = frame = made;
                process.depth++;
                code = target;
                form = code.form ?? this.formOf(code);
                ops = form.ops;
                if (++ops[CALLS] >= hot && this.#handsOver(code, frame, ENTRY, left)) return true;
                pool = form.pool;
                pc = ENTRY;
                continue;
              }

              case Op.CALL_METHOD: {
                const object = frame[ops[pc + 2]];
                const name = pool[ops[pc + 3]] as Atom;
                callee = object[name.key] ?? findMethod(object, name);
                self = object;
                break;
              }

              case Op.RETURN: {
                left--;
                result = frame[ops[pc + 1]] as Value;
                const caller = frame[CALLER] as Frame | null;
                if (caller === null) {
                  turn[LEFT] = left;
                  scheduler.finish(process, result);
                  return false;
                }
                process.depth--;
                const slot = caller[AWAIT] as number;
                if (slot >= 0) {
                  caller[slot] = result;
                  process.frame = frame = caller;
                  code = frame[CODE];
                  if (code.compiled !== null && this.#handsOver(code, frame, frame[PC], left)) return true;
                  form = code.form!;
                  ops = form.ops;
                  pool = form.pool;
                  pc = frame[PC];
                  continue;
                }
                frame = caller;
                break;
              }

              case Op.SPAWN: {
                if (left <= 0 && (left = this.#nextTurn(process, frame, pc, left)) === STOPPED) return false;
                left -= SPAWN_COST;
                const birth: Value[] = [frame[ops[pc + 2]]];
                const count = ops[pc + 3];
                for (let i = 0; i < count; i++) birth.push(frame[ops[pc + 4 + i]]);
                next = pc + 4 + count;
                turn[LEFT] = left;
                result = effects.spawn(scheduler, birth);
                break;
              }

              case Op.SEND:
                if (left <= 0 && (left = this.#nextTurn(process, frame, pc, left)) === STOPPED) return false;
                left -= SEND_COST;
                turn[LEFT] = left;
                effects.send(scheduler, frame[ops[pc + 1]], frame[ops[pc + 2]]);
                left = scheduler.chargeWork(process, left);
                pc += 3;
                if (this.#mustStop(process, frame, pc, left)) return false;
                left = turn[LEFT];
                continue;

              case Op.RECEIVE: {
                if (left <= 0 && (left = this.#nextTurn(process, frame, pc, left)) === STOPPED) return false;
                left -= WAIT_COST;
                turn[LEFT] = left;
                const message = effects.receive(scheduler, process);
                if (message === undefined) {
                  frame[PC] = pc;
                  frame[AWAIT] = CHARGED;
                  return false;
                }
                frame[ops[pc + 1]] = message;
                pc += 2;
                continue;
              }

              case Op.RECEIVE_WITH_TIMEOUT: {
                if (left <= 0 && (left = this.#nextTurn(process, frame, pc, left)) === STOPPED) return false;
                left -= WAIT_COST;
                turn[LEFT] = left;
                const timed = effects.receiveWithTimeout(scheduler, process, frame[ops[pc + 2]]);
                if (timed === undefined) {
                  frame[PC] = pc;
                  frame[AWAIT] = CHARGED;
                  return false;
                }
                frame[ops[pc + 1]] = timed.message;
                frame[ops[pc + 3]] = timed.arrived;
                pc += 4;
                continue;
              }

              case Op.LINK:
                left -= 2;
                turn[LEFT] = left;
                effects.link(scheduler, process, frame[ops[pc + 1]]);
                left = scheduler.chargeWork(process, left);
                pc += 2;
                if (this.#mustStop(process, frame, pc, left)) return false;
                left = turn[LEFT];
                continue;

              case Op.JOIN:
              case Op.JOIN_NUMBER: {
                if (left <= 0 && (left = this.#nextTurn(process, frame, pc, left)) === STOPPED) return false;
                left -= WAIT_COST;
                turn[LEFT] = left;
                const joined =
                  ops[pc] === Op.JOIN
                    ? effects.join(scheduler, process, frame[ops[pc + 1]])
                    : effects.joinNumber(scheduler, process, pool[ops[pc + 1]]);
                left = scheduler.chargeWork(process, left);
                if (joined === undefined) {
                  frame[PC] = pc;
                  frame[AWAIT] = CHARGED;
                  turn[LEFT] = left;
                  return false;
                }
                frame[ops[pc + 2]] = joined;
                pc += 3;
                continue;
              }

              case Op.SELECT:
              case Op.SELECT_WITH_KILL: {
                if (left <= 0 && (left = this.#nextTurn(process, frame, pc, left)) === STOPPED) return false;
                left -= WAIT_COST;
                turn[LEFT] = left;
                const candidates: Value[] = [];
                const count = ops[pc + 2];
                for (let i = 0; i < count; i++) candidates.push(frame[ops[pc + 3 + i]]);
                const selected = effects.select(scheduler, process, candidates, ops[pc] === Op.SELECT_WITH_KILL);
                left = scheduler.chargeWork(process, left);
                if (selected === undefined) {
                  frame[PC] = pc;
                  frame[AWAIT] = CHARGED;
                  turn[LEFT] = left;
                  return false;
                }
                frame[ops[pc + 1]] = selected;
                pc += 3 + count;
                if (this.#mustStop(process, frame, pc, left)) return false;
                left = turn[LEFT];
                continue;
              }

              case Op.MATCH: {
                left--;
                const clause = firstMatch(pool[ops[pc + 2]], frame[ops[pc + 1]], frame);
                left = scheduler.chargeWork(process, left);
                pc = clause === null ? pc + 3 : clause.target;
                continue;
              }

              case Op.RECEIVE_MATCH: {
                if (left <= 0 && (left = this.#nextTurn(process, frame, pc, left)) === STOPPED) return false;
                left -= WAIT_COST;
                turn[LEFT] = left;
                const clauses: readonly ClauseTemplate[] = pool[ops[pc + 3]];
                const found = effects.receiveMatch(scheduler, process, frame[ops[pc + 2]], clauses, frame, selection);
                left = scheduler.chargeWork(process, left);
                if (found === undefined) {
                  frame[PC] = pc;
                  frame[AWAIT] = CHARGED;
                  turn[LEFT] = left;
                  return false;
                }
                frame[ops[pc + 1]] = selection.message;
                bind(frame, selection.bindings);
                pc = found < 0 ? pc + 4 : clauses[found].target;
                continue;
              }

              case Op.AWAIT_FOREIGN: {
                left -= WAIT_COST;
                turn[LEFT] = left;
                const count = ops[pc + 3];
                const given: Value[] = [];
                for (let i = 0; i < count; i++) given.push(frame[ops[pc + 4 + i]]);
                const answer = this.#border.awaitCall(pool[ops[pc + 2]], given, process, frame[CALLER]);
                left = scheduler.chargeWork(process, left);
                if (answer === undefined) {
                  frame[PC] = pc;
                  frame[AWAIT] = CHARGED;
                  turn[LEFT] = left;
                  return false;
                }
                frame[ops[pc + 1]] = answer;
                pc += 4 + count;
                continue;
              }

              case Op.YIELD:
                // Charged first of all; then the rest of the turn is given up, budget or no budget.
                if (left <= 0 && (left = this.#nextTurn(process, frame, pc, left)) === STOPPED) return false;
                left--;
                pc++;
                frame[PC] = pc;
                frame[AWAIT] = AT_PC;
                turn[LEFT] = left;
                if (!scheduler.endTurn(process)) return false;
                left = turn[LEFT];
                continue;

              case Op.NOP:
                left--;
                pc++;
                continue;

              case Op.OBJECT_INIT:
                left--;
                result = makeObject(pool[ops[pc + 2]], frame);
                next = pc + 3;
                break;

              case Op.ARRAY_INIT: {
                const count = ops[pc + 2];
                const items = emptyArray();
                for (let i = 0; i < count; i++) items.push(frame[ops[pc + 3 + i]]);
                left -= 1 + Math.floor(count / VALUES_PER_REDUCTION);
                frame[ops[pc + 1]] = items;
                pc += 3 + count;
                continue;
              }

              case Op.TUPLE_INIT: {
                const count = ops[pc + 2];
                const items: Value[] = [];
                for (let i = 0; i < count; i++) items.push(frame[ops[pc + 3 + i]]);
                left -= 1 + Math.floor(count / VALUES_PER_REDUCTION);
                frame[ops[pc + 1]] = new Tuple(items);
                pc += 3 + count;
                continue;
              }

              case Op.TAG_INIT:
                left--;
                frame[ops[pc + 1]] = new Tagged(pool[ops[pc + 2]], frame[ops[pc + 3]]);
                pc += 4;
                continue;

              case Op.MAKE_CLOSURE: {
                left--;
                const template = pool[ops[pc + 3]] as ClosureTemplate;
                const count = ops[pc + 4];
                const values: Value[] = [];
                for (let i = 0; i < count; i++) values.push(frame[ops[pc + 5 + i]]);
                result = makeClosure(frame[ops[pc + 2]], scopesOf(frame), template.scope, template.names, values);
                next = pc + 5 + count;
                break;
              }

              case Op.THROW: {
                left--;
                const thrown = frame[ops[pc + 1]] as Value;
                throw new Thrown(thrown);
              }

              case Op.JS_DIV:
              case Op.JS_MOD:
              case Op.JS_POW:
              case Op.JS_BIT_AND:
              case Op.JS_BIT_OR:
              case Op.JS_BIT_XOR:
              case Op.JS_SHL:
              case Op.JS_SHR:
              case Op.JS_USHR:
              case Op.JS_LESS:
              case Op.JS_LESS_EQUAL:
              case Op.JS_GREATER:
              case Op.JS_GREATER_EQUAL:
              case Op.JS_EQUAL:
              case Op.JS_NOT_EQUAL:
              case Op.JS_LOOSE_EQUAL: {
                left--;
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                next = pc + 4;
                result = JS_OF_TWO[ops[pc] - Op.JS_DIV](a, b);
                if (typeof a === "number" && typeof b === "number") {
                  frame[ops[pc + 1]] = result;
                  pc = next;
                  continue;
                }
                break;
              }

              case Op.JS_NEG:
              case Op.JS_BIT_NOT:
              case Op.JS_NUMBER:
              case Op.JS_STRING: {
                left--;
                const a = frame[ops[pc + 2]];
                next = pc + 3;
                result = JS_OF_ONE[ops[pc] - Op.JS_NEG](a);
                if (typeof a === "number" || typeof result === "string") {
                  frame[ops[pc + 1]] = result;
                  pc = next;
                  continue;
                }
                break;
              }

              case Op.JS_EQUAL_JUMP:
              case Op.JS_NOT_EQUAL_JUMP: {
                const a = frame[ops[pc + 2]];
                const b = frame[ops[pc + 3]];
                let areEqual: boolean | undefined;
                if (typeof a === "number" && typeof b === "number") areEqual = a === b;
                else {
                  form.seen[pc] |= EVER_SLOW;
                  areEqual = jsEqualAtOnce(a, b);
                }
                if (areEqual !== undefined) {
                  left -= 2;
                  if ((frame[ops[pc + 1]] = areEqual === (ops[pc] === Op.JS_EQUAL_JUMP))) pc += FUSED_LENGTH;
                  else pc = ops[pc + 4];
                  continue;
                }
                left--;
                result = JS_OF_TWO[ops[pc] - Op.JS_EQUAL_JUMP + EQUALITY](a, b);
                next = pc + 5;
                break;
              }

              case Op.JS_TRUTH: {
                left--;
                const a = frame[ops[pc + 2]];
                frame[ops[pc + 1]] = typeof a === "boolean" ? a : isJsTruthy(a);
                pc += 3;
                continue;
              }

              case Op.JS_NOT: {
                left--;
                const a = frame[ops[pc + 2]];
                frame[ops[pc + 1]] = typeof a === "boolean" ? !a : !isJsTruthy(a);
                pc += 3;
                continue;
              }

              case Op.JS_NULLISH: {
                left--;
                const a = frame[ops[pc + 2]];
                frame[ops[pc + 1]] = a === Undefined || a === Unit;
                pc += 3;
                continue;
              }

              case Op.JS_TYPEOF:
                left--;
                frame[ops[pc + 1]] = typeOfJs(frame[ops[pc + 2]]);
                pc += 3;
                continue;

              case Op.JS_GET: {
                left--;
                const object = frame[ops[pc + 2]];
                const key = frame[ops[pc + 3]];
                if (typeof key === "number") {
                  if (Array.isArray(object)) {
                    const value = object[key];
                    // Undefined here: beyond the end, or no whole number.
                    if (value !== undefined) {
                      if (typeof value !== "number") form.seen[pc] |= EVER_OTHER;
                      frame[ops[pc + 1]] = value;
                      pc += 4;
                      continue;
                    }
                  } else if (typeof object === "string") {
                    const unit = object[key];
                    if (unit !== undefined) {
                      form.seen[pc] |= EVER_TEXT;
                      frame[ops[pc + 1]] = unit;
                      pc += 4;
                      continue;
                    }
                  }
                } else if (key instanceof Atom) {
                  if (key === LENGTH && Array.isArray(object)) {
                    frame[ops[pc + 1]] = object.length;
                    pc += 4;
                    continue;
                  }
                  const value = object[key.key];
                  if (value !== undefined) {
                    if (typeof value !== "number") form.seen[pc] |= EVER_OTHER;
                    frame[ops[pc + 1]] = value;
                    pc += 4;
                    continue;
                  }
                }
                result = jsGet(object, key);
                if (result === undefined) {
                  form.seen[pc] |= EVER_GETTER;
                  const getter = methodCall.callee as FunctionValue;
                  if (key instanceof Atom && form.calls[pc]?.value !== getter) noteCall(form, pc, getter, null);
                }
                next = pc + 4;
                break;
              }

              case Op.JS_SET: {
                left--;
                const object = frame[ops[pc + 1]];
                const key = frame[ops[pc + 2]];
                next = pc + 4;
                if (jsSet(object, key, frame[ops[pc + 3]]) === undefined) break;
                left = scheduler.chargeWork(process, left);
                pc = next;
                continue;
              }

              case Op.JS_CALL_METHOD:
                self = frame[ops[pc + 2]] as Value;
                callee =
                  typeof self === "string" ? methodOfText(form, pc, self) : jsPeekMethod(self, pool[ops[pc + 3]]);
                break;

              case Op.CALL_THIS:
              case Op.CALL_SPREAD:
                self = frame[ops[pc + 3]] as Value;
                callee = frame[ops[pc + 2]];
                break;

              case Op.JS_ALLOCATE:
                left--;
                result = frame[ops[pc + 2]] as Value;
                frame[ops[pc + 1]] = jsAllocate(result);
                if (form.calls[pc]?.value !== result) noteAllocation(form, pc, result as FunctionValue);
                pc += 3;
                continue;

              case Op.JS_CONSTRUCTED:
                left--;
                frame[ops[pc + 1]] = jsConstructed(frame[ops[pc + 2]], frame[ops[pc + 3]]);
                pc += 4;
                continue;

              case Op.COLLECT:
                left--;
                pc += 2;
                continue;

              case Op.LOAD_GLOBAL:
                left--;
                frame[ops[pc + 1]] =
                  process.globals[ops[pc + 2]] ?? loadGlobal(process, ops[pc + 2], pool[ops[pc + 3]]);
                pc += 4;
                continue;

              case Op.STORE_GLOBAL:
                left--;
                storeGlobal(process, ops[pc + 1], frame[ops[pc + 2]]);
                pc += 3;
                continue;

              case Op.LOAD_CELL: {
                left--;
                const value = frame[ops[pc + 2]].$v;
                if (value === undefined) throw notInitialized(pool[ops[pc + 3]]);
                frame[ops[pc + 1]] = value;
                pc += 4;
                continue;
              }

              case Op.STORE_CELL:
                left--;
                storeCell(frame[ops[pc + 1]], frame[ops[pc + 2]]);
                pc += 3;
                continue;

              default:
                throw new Error(`the interpreter has no operation ${ops[pc]}`);
            }

            if (self !== null) {
              // A call with a `this`; what it calls may still have to be found, behind the safe point and the cost.
              if (left <= 0 && !isForeign(callee) && (left = this.#nextTurn(process, frame, pc, left)) === STOPPED)
                return false;
              left -= CALL_COST;
              const op = ops[pc];
              const count = op === Op.CALL_SPREAD ? 0 : ops[pc + 4];
              next = pc + 5 + count;
              if (callee === undefined) {
                const name = pool[ops[pc + 3]] as Atom;
                callee = op === Op.CALL_METHOD ? missingMethod(self, name) : jsFindMethod(self, name);
              }
              if (callee !== undefined) {
                if (code.isJs) {
                  const noted = form.calls[pc];
                  if (noted === undefined || (noted.value !== callee && !noted.tooMany)) {
                    noteMethod(form, pc, callee, self, op === Op.JS_CALL_METHOD ? pool[ops[pc + 3]] : null);
                  }
                }
                if (work.values !== 0 || work.units !== 0) left = scheduler.chargeWork(process, left);
                const target = (callee as FunctionValue).code as Code | null | undefined;
                if (target && target.collects < 0 && op !== Op.CALL_SPREAD) {
                  const { captured, self: bound } = callee as FunctionValue;
                  const made: Frame = target.template.slice();
                  made[CALLER] = frame;
                  made[SELF] = bound === Undefined ? self : bound;
                  let slot = HEADER;
                  const last = HEADER + target.fill;
                  for (let i = 0; i < captured.length && slot < last; i++) made[slot++] = captured[i];
                  for (let i = 0; i < count && slot < last; i++) made[slot++] = frame[ops[pc + 5 + i]];
                  left -= target.entryCharge;
                  frame[PC] = next;
                  frame[AWAIT] = ops[pc + 1];
                  process.frame = frame = made;
                  process.depth++;
                  code = target;
                  form = code.form ?? this.formOf(code);
                  form.ops[CALLS]++;
                } else {
                  if (target === null && op !== Op.CALL_SPREAD) {
                    result = directly((callee as FunctionValue).foreign as ForeignFunction, self, frame, ops, pc);
                    if (result !== undefined) {
                      left = scheduler.chargeWork(process, left);
                      frame[ops[pc + 1]] = result;
                      pc = next;
                      continue;
                    }
                  }
                  const args = op === Op.CALL_SPREAD ? spreadArguments(frame[ops[pc + 4]]) : [];
                  for (let i = 0; i < count; i++) args.push(frame[ops[pc + 5 + i]]);
                  if (op === Op.CALL_SPREAD) left = scheduler.chargeWork(process, left);
                  const called = this.#enter(process, frame, callee, self, args, ops[pc + 1], next, left);
                  left = turn[LEFT];
                  if (called === null) {
                    pc = next;
                    if (this.#mustStop(process, frame, pc, left)) return false;
                    left = turn[LEFT];
                    continue;
                  }
                  frame = called;
                  code = frame[CODE];
                  form = code.form!;
                }
                ops = form.ops;
                if (ops[CALLS] >= hot && this.#handsOver(code, frame, ENTRY, left)) return true;
                pool = form.pool;
                pc = ENTRY;
                continue;
              }
            }

            // Results of shared operations, and of calls that do more with them than fill a register.
            left = scheduler.chargeWork(process, left);
            if (next === 0) {
              // A function has returned; `frame` is its caller.
              process.frame = frame;
              code = frame[CODE];
              form = code.form!;
              ops = form.ops;
              pool = form.pool;
              // Until the result is used the call is not complete.
              pc = frame[PC] - 1;
              turn[LEFT] = left;
              const called = this.#useResult(process, frame, form, result as Value);
              left = turn[LEFT];
              if (called === null) {
                pc++;
                if (this.#mustStop(process, frame, pc, left)) return false;
                left = turn[LEFT];
                continue;
              }
              frame = called;
              code = frame[CODE];
              form = code.form!;
              ops = form.ops;
              pool = form.pool;
              pc = ENTRY;
              continue;
            }
            form.seen[pc] |= typeof result === "string" ? EVER_TEXT : EVER_SLOW;
            if (result !== undefined) {
              frame[ops[pc + 1]] = result;
              pc = next;
              continue;
            }
            const slot = methodCall.use === USE_DROPPED ? 0 : ops[pc + 1];
            pending = { ...methodCall, slot };
            frame[PC] = next;
          }

          // A call hidden in an instruction: a safe point of its own if it runs bytecode.
          const call: PendingCall = pending!;
          pending = null;
          next = frame[PC];
          pc = next - 1;
          if (call.callee.code !== null) {
            if (left <= 0) {
              process.pendingCall = call;
              frame[AWAIT] = BEFORE_METHOD;
              turn[LEFT] = left;
              if (!scheduler.preempt(process)) return false;
              left = turn[LEFT];
            }
            process.pendingCall = null;
            left -= CALL_COST;
            const target = call.callee.code as Code;
            const made = effects.newFrame(target, call.callee.captured, call.self, call.args);
            made[CALLER] = frame;
            frame[AWAIT] = awaiting(call.slot, call.use);
            left -= target.entryCharge;
            process.frame = frame = made;
            process.depth++;
            code = target;
            form = code.form ?? this.formOf(code);
            ops = form.ops;
            if (++ops[CALLS] >= hot && this.#handsOver(code, frame, ENTRY, left)) return true;
            pool = form.pool;
            pc = ENTRY;
            continue;
          }
          turn[LEFT] = left;
          frame[AWAIT] = awaiting(call.slot, call.use);
          const foreign = call.callee.foreign as ForeignFunction;
          if (foreign.needsFrames) frame[PC] = pc;
          const value = this.#border.call(foreign, call.args, process, code);
          frame[PC] = next;
          turn[LEFT] = this.#scheduler.chargeWork(process, turn[LEFT]);
          const called = this.#useResult(process, frame, form, value);
          left = turn[LEFT];
          if (called !== null) {
            frame = called;
            code = frame[CODE];
            form = code.form!;
            ops = form.ops;
            pool = form.pool;
            pc = ENTRY;
            continue;
          }
          pc = next;
          if (this.#mustStop(process, frame, pc, left)) return false;
          left = turn[LEFT];
        }
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error;
        // The work of the instruction up to its failure is charged.
        left = scheduler.chargeWork(process, left);
        turn[LEFT] = left;
        if (error instanceof ConversionNeeded) {
          const again = retried(frame, form, pc, error);
          if (again !== null) {
            pending = again;
            frame[PC] = form.offsets[instructionAt(form, pc) + 1];
            continue;
          }
        }
        frame[PC] = pc;
        frame[AWAIT] = AT_PC;
        const raised =
          error.catchable && !(error instanceof Thrown) && raisesObjects(frame)
            ? new Thrown(errorObjectOf(process, error))
            : error;
        if (!(raised.catchable && enterHandler(process, raised.value))) {
          const why = raised instanceof Thrown ? reason("throw", raised.value) : raised.value;
          scheduler.fail(process, why, stackOf(process));
          return false;
        }
        frame = process.frame!;
        code = frame[CODE];
        form = code.form!;
        ops = form.ops;
        pool = form.pool;
        pc = frame[PC];
        pending = null;
        if (this.#mustStop(process, frame, pc, left)) return false;
        left = turn[LEFT];
      }
    }
  }

  /**
   * Calls a value that CALL_METHOD has found. Bytecode: its frame, which is now the innermost. Foreign:
   * null, and the result is in its slot. Charges are made in the cell.
   */
  #enter(
    process: Process,
    frame: Frame,
    callee: Value,
    object: Value,
    args: readonly Value[],
    slot: number,
    next: number,
    left: number,
  ): Frame | null {
    turn[LEFT] = left;
    if (typeOf(callee) !== "Function") throw programError("badfun", callee);
    const target = callee as FunctionValue;
    const code = target.code as Code | null;
    if (code === null) {
      const foreign = target.foreign as ForeignFunction;
      if (foreign.needsFrames) standsAt(frame, next - 1);
      frame[slot] = this.#border.call(foreign, args, process, frame[CODE], object);
      turn[LEFT] = this.#scheduler.chargeWork(process, turn[LEFT]);
      return null;
    }
    const self = target.self === Undefined ? object : target.self;
    const made = effects.newFrame(code, target.captured, self, args);
    made[CALLER] = frame;
    frame[PC] = next;
    frame[AWAIT] = slot;
    turn[LEFT] -= code.entryCharge;
    process.frame = made;
    process.depth++;
    (code.form ?? this.formOf(code)).ops[CALLS]++;
    return made;
  }

  /** A result goes where AWAIT says. Gives a frame if the result is what is called next. */
  #useResult(process: Process, frame: Frame, form: InterpretedForm, result: Value): Frame | null {
    const state = frame[AWAIT] as number;
    if (state >= 0) {
      frame[state] = result;
      return null;
    }
    const use = awaitedUse(state);
    const slot = awaitedSlot(state);
    if (use === USE_TRUTH) frame[slot] = isTruthy(result);
    else if (use === USE_NEGATED_TRUTH) frame[slot] = !isTruthy(result);
    else if (use === undefined) return this.#callResult(process, frame, form, result);
    return null;
  }

  /** `__getattr__` has given CALL_METHOD the function it asked for. */
  #callResult(process: Process, frame: Frame, form: InterpretedForm, callee: Value): Frame | null {
    const next = frame[PC] as number;
    const { ops, offsets } = form;
    let at = offsets[instructionAt(form, next - 1)];
    if (ops[at] === Op.STEP) at++;
    if (ops[at] === Op.LOOP) at += 2;
    const args: Value[] = [];
    const count = ops[at + 4];
    for (let i = 0; i < count; i++) args.push(frame[ops[at + 5 + i]]);
    return this.#enter(process, frame, callee, frame[ops[at + 2]], args, ops[at + 1], next, turn[LEFT]);
  }

  /** The budget is spent at a safe point: what is left of the next turn, or STOPPED if that is another's. */
  #nextTurn(process: Process, frame: Frame, pc: number, left: number): number {
    frame[PC] = pc;
    frame[AWAIT] = AT_PC;
    turn[LEFT] = left;
    return this.#scheduler.preempt(process) ? turn[LEFT] : STOPPED;
  }

  /** Asks whether compiled code goes on here; then the frame is left as a stopped one. */
  #handsOver(code: Code, frame: Frame, pc: number, left: number): boolean {
    this.#tiers.becomesHot(code);
    frame[PC] = pc;
    frame[AWAIT] = AT_PC;
    if (!this.#tiers.enters(frame)) return false;
    turn[LEFT] = left;
    return true;
  }

  /** After an instruction that may have ended processes or the VM: must the engine let go of this one? */
  #mustStop(process: Process, frame: Frame, pc: number, left: number): boolean {
    const scheduler = this.#scheduler;
    turn[LEFT] = left;
    if (scheduler.isQuiet && process.status !== EXITED) return false;
    scheduler.settle();
    turn[LEFT] = scheduler.chargeWork(process, turn[LEFT]);
    if (process.status === EXITED) return true;
    if (!scheduler.isHalted) return false;
    frame[PC] = pc;
    frame[AWAIT] = AT_PC;
    return true;
  }
}

/** Notes the target of a call for those who compile it: on which kind of value a method was found, or that it is a member. */
function noteMethod(form: InterpretedForm, pc: number, callee: Value, self: Value, name: Atom | null): void {
  if (callee instanceof FunctionValue) {
    noteCall(form, pc, callee, name === null ? null : holderOfMethod(self, name, callee));
  }
}

/** Notes which class an object is made of: its very value, which is the same in all processes if nothing in it can change. */
function noteAllocation(form: InterpretedForm, pc: number, value: FunctionValue): void {
  const known = form.calls[pc];
  if (known === undefined) form.calls[pc] = newNote(value, null);
  else known.tooMany = true;
}

/**
 * The call that makes the one at `pc` again, once the program has converted what its function needs; null: that is no call
 * of a function of the host.
 */
function retried(
  frame: Frame,
  { ops, pool }: InterpretedForm,
  pc: number,
  error: ConversionNeeded,
): PendingCall | null {
  const op = ops[pc];
  const isCall = op === Op.CALL;
  if (!isCall && op !== Op.JS_CALL_METHOD && op !== Op.CALL_THIS && op !== Op.CALL_SPREAD) return null;
  const self = isCall ? Undefined : (frame[ops[op === Op.JS_CALL_METHOD ? pc + 2 : pc + 3]] as Value);
  const callee =
    op === Op.JS_CALL_METHOD ? jsPeekMethod(self, pool[ops[pc + 3]] as Atom) : (frame[ops[pc + 2]] as Value);
  if (callee === undefined || !isForeign(callee)) return null;
  const args = op === Op.CALL_SPREAD ? (frame[ops[pc + 4]] as Value[]).slice() : emptyArray();
  const first = isCall ? pc + 4 : pc + 5;
  const count = op === Op.CALL_SPREAD ? 0 : ops[first - 1];
  for (let i = 0; i < count; i++) args.push(frame[ops[first + i]]);
  const given = [callee, self, args, error.subject, error.hint];
  return { callee: realm().intrinsic("%retry"), self: Undefined, args: given, use: USE_REGISTER, slot: ops[pc + 1] };
}

/** The arguments that CALL_SPREAD passes. */
function spreadArguments(array: Value): Value[] {
  if (!Array.isArray(array)) throw programError("badarg", array);
  work.values += array.length;
  return array.slice();
}

/** What THROW raises: a handler gets the value itself; uncaught it becomes `(throw, value)`. */
class Thrown extends ProgramError {}

/** What is executed first when a result is delivered: what a call does when it has returned. */
const DELIVERY = Int32Array.of(Op.RESULT);

const LENGTH = atom("length");

type OfTwo = (a: Value, b: Value) => Value | undefined;

/** These share a case, so that the loop stays small. By operation, from BIT_AND on. */
const BITWISE: readonly ((a: Value, b: Value) => Value)[] = [
  bitAnd,
  bitOr,
  bitXor,
  shiftLeft,
  shiftRight,
  shiftRightUnsigned,
];

/** The same, from JS_DIV on. */
const JS_OF_TWO: readonly OfTwo[] = [
  jsDivide,
  jsRemainder,
  jsPower,
  jsBitAnd,
  jsBitOr,
  jsBitXor,
  jsShiftLeft,
  jsShiftRight,
  jsShiftRightUnsigned,
  jsLess,
  jsLessEqual,
  jsGreater,
  jsGreaterEqual,
  jsEqual,
  jsNotEqual,
  jsLooseEqual,
];

/** In it, JS_EQUAL and then JS_NOT_EQUAL. */
const EQUALITY = Op.JS_EQUAL - Op.JS_DIV;

/** From JS_NEG on. */
const JS_OF_ONE: readonly ((a: Value) => Value | undefined)[] = [jsNegate, jsBitNot, jsNumber, jsString];

/** In the place of what is left: nothing ever is so little. */
const STOPPED = -(2 ** 31);

/** A fused comparison with its target, and the jump behind it. */
const FUSED_LENGTH = 5 + 3;

/** For those who look at the frame of an instruction that runs. */
function standsAt(frame: Frame, pc: number): void {
  frame[PC] = pc;
  frame[AWAIT] = AT_PC;
}

/**
 * What a function of the host gives that asks nothing of the VM, for a call at `pc` with a `this`: without a list of arguments
 * and without telling the border. Undefined: it is none of those, or has failed, which the border reports when it calls it again.
 */
function directly(foreign: ForeignFunction, self: Value, frame: Frame, ops: Int32Array, pc: number): Value | undefined {
  try {
    return foreign.numeric === null
      ? ofValues(foreign, self, frame, ops, pc)
      : ofNumbers(foreign.numeric, foreign.arity, frame, ops, pc);
  } catch (error) {
    if (!(error instanceof ForeignFailure)) throw error;
    settleWork();
    return undefined;
  }
}

function ofNumbers(
  numeric: NumericOperation,
  arity: number,
  frame: Frame,
  ops: Int32Array,
  pc: number,
): Value | undefined {
  // Of one argument the first is the last too, and what stands second is ignored.
  const first = frame[ops[pc + 5]];
  const last = frame[ops[pc + 4 + arity]];
  return ops[pc + 4] === arity && typeof first === "number" && typeof last === "number"
    ? numeric(first, last)
    : undefined;
}

function ofValues(foreign: ForeignFunction, self: Value, frame: Frame, ops: Int32Array, pc: number): Value | undefined {
  const { lenientDirect: direct, arity } = foreign;
  if (direct === null) return undefined;
  const count = ops[pc + 4];
  const a = count > 0 ? frame[ops[pc + 5]] : Undefined;
  const b = count > 1 ? frame[ops[pc + 6]] : Undefined;
  if (foreign.takesThis) return arity === 1 ? direct(self) : arity === 2 ? direct(self, a) : direct(self, a, b);
  if (arity < 3) return arity === 1 ? direct(a) : direct(a, b);
  return direct(a, b, count > 2 ? frame[ops[pc + 7]] : Undefined);
}

/** As `jsPeekMethod`; what the call at `pc` has found for a text before is the same for all. */
function methodOfText(form: InterpretedForm, pc: number, text: string): Value | undefined {
  const noted = form.calls[pc];
  return noted?.receiver === "String" ? noted.value : jsPeekMethod(text, form.pool[form.ops[pc + 3]] as Atom);
}

function isForeign(callee: Value | undefined): boolean {
  return callee !== undefined && typeOf(callee) === "Function" && (callee as FunctionValue).code === null;
}

const bindings: Bindings = [];
const selection: effects.Selection = { message: Undefined, bindings };

/** The first clause that matches; what it binds is written. */
function firstMatch(clauses: readonly ClauseTemplate[], value: Value, frame: Frame): ClauseTemplate | null {
  for (const clause of clauses) {
    empty(bindings);
    if (!matches(clause.pattern, value, frame, bindings)) continue;
    bind(frame, bindings);
    return clause;
  }
  return null;
}

function bind(frame: Frame, bound: Bindings): void {
  for (let i = 0; i < bound.length; i += 2) frame[bound[i] as number] = bound[i + 1];
}

function makeObject(members: readonly MemberTemplate[], frame: Frame): IonObject {
  const object = new IonObject();
  for (const { key, slot, literal, fresh, attributes } of members) {
    const value: Value = slot >= 0 ? frame[slot] : fresh ? freshLiteral(literal as Value) : literal;
    if (attributes === null) object[key] = value;
    else defineProperty(object, key, value, attributes);
  }
  work.values += members.length;
  return object;
}
