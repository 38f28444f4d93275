/**
 * What is known about a function from running it: where the first guess of the compiler was wrong.
 *
 * The interpreter notes instructions that left its quick path; compiled code that left on a failed guard
 * adds to it. The next body is compiled without those guesses.
 */
import type { Receiver } from "../src/operations/js/realm.ts";
import {
  type CallNote,
  type Code,
  EVER_GETTER,
  EVER_OTHER,
  EVER_SLOW,
  EVER_TEXT,
  MOST_TARGETS,
  operationOffset,
} from "../src/runtime/code.ts";
import { FunctionValue, isOwned } from "../src/values/function.ts";
import { Undefined, type Value } from "../src/values/value.ts";

/** Not only Numbers, or a property that is not simply there: compile the general form. */
export const GENERAL = 1;
/** Texts. */
export const TEXTS = 2;
/** A register that was guessed to hold a Number where a body or a loop is entered did not. */
export const NOT_ON_ENTRY = 4;
/** The result was guessed to be a Number and was not. */
export const OTHER_RESULT = 8;
/** A member is read by calling a function. */
export const GETTER = 32;
/** Calls more functions than one. */
export const MANY_TARGETS = 16;

/** Kinds of values that compiled code tells by a look. */
export const GUARDED_RECEIVERS: ReadonlySet<Receiver> = new Set(["Array", "String", "Number", "Boolean"]);

/** The function that a call calls. */
export interface Target {
  /** The one value that it is each time, in all processes. */
  readonly isShared: boolean;
  /** Null for a foreign function. */
  readonly code: Code | null;
  readonly captures: number;
  /** Where it is a method of a built-in that is found for a kind of values: that kind, and the function itself. */
  readonly receiver: Receiver | null;
  readonly value: FunctionValue;
}

export class Profile {
  readonly #flags: Uint8Array;
  readonly #targets = new Map<number, Target[]>();
  /** Calls of more functions than compiled code tells apart. */
  readonly #crowded = new Set<number>();
  readonly #globals = new Map<number, FunctionValue>();
  readonly #failures = new Map<number, number>();

  constructor(readonly code: Code) {
    this.#flags = new Uint8Array(code.instructions.length + 1);
  }

  /**
   * Takes over what the interpreter has noted.
   * @param globals variables of a process that runs the function: those that hold a class that all share are guessed to always do
   */
  update(globals: readonly (Value | undefined)[]): void {
    this.#updateGlobals(globals);
    const { form } = this.code;
    if (form === null) return;
    for (let at = 0; at < this.code.instructions.length; at++) {
      const offset = operationOffset(this.code, form, at);
      const seen = form.seen[offset];
      if ((seen & EVER_SLOW) !== 0) this.#flags[at] |= GENERAL;
      if ((seen & EVER_TEXT) !== 0) this.#flags[at] |= TEXTS;
      if ((seen & EVER_GETTER) !== 0) this.#flags[at] |= GETTER | GENERAL;
      if ((seen & EVER_OTHER) !== 0) this.#flags[at] |= OTHER_RESULT;
      const call = form.calls[offset];
      if (call !== undefined) {
        if (this.code.instructions[at].op === "JS_ALLOCATE") this.#takeOverClass(at, call);
        else this.#takeOver(at, call);
      }
    }
  }

  #updateGlobals(globals: readonly (Value | undefined)[]): void {
    this.code.instructions.forEach((instruction, at) => {
      if (instruction.op !== "LOAD_GLOBAL" || this.has(at, GENERAL)) return;
      const value = globals[this.code.globals.get(instruction.operands[1])!];
      if (value instanceof FunctionValue && value.members !== null && !isOwned(value)) this.#globals.set(at, value);
    });
  }

  /** What a LOAD_GLOBAL is guessed to load. */
  global(at: number): FunctionValue | undefined {
    return this.has(at, GENERAL) ? undefined : this.#globals.get(at);
  }

  /** Methods that were found on values that compiled code cannot tell by a look are searched each time. */
  #takeOver(at: number, note: CallNote): void {
    for (const { value, receiver } of [note, ...note.others]) {
      if (receiver !== null && !GUARDED_RECEIVERS.has(receiver)) this.note(at, MANY_TARGETS);
      else this.noteTarget(at, value, receiver);
    }
    if (note.tooMany) this.#tooMany(at);
  }

  /** A class that all processes share is a constant. */
  #takeOverClass(at: number, { value, others, tooMany }: CallNote): void {
    if (others.length > 0 || tooMany || isOwned(value)) this.note(at, MANY_TARGETS);
    else this.noteTarget(at, value);
  }

  has(at: number, flag: number): boolean {
    return (this.#flags[at] & flag) !== 0;
  }

  note(at: number, flag: number): void {
    this.#flags[at] |= flag;
  }

  /** Counts a failed guess; how many there were at this instruction. */
  failed(at: number): number {
    const count = (this.#failures.get(at) ?? 0) + 1;
    this.#failures.set(at, count);
    return count;
  }

  target(at: number): Target | undefined {
    return this.#targets.get(at)?.[0];
  }

  /** The getter that reading a member is guessed to call, one that all processes share. */
  getter(at: number): Target | null {
    const target = this.target(at);
    if (target === undefined || !this.has(at, GETTER) || this.has(at, MANY_TARGETS)) return null;
    return target.isShared && target.code !== null && target.code.collects < 0 ? target : null;
  }

  /** The functions of a program that a call calls, if they are few; members of what they are called on, if they are methods. */
  few(at: number): readonly Target[] {
    const found = this.#crowded.has(at) ? [] : (this.#targets.get(at) ?? []);
    return found.filter(({ code, receiver }) => code !== null && receiver === null);
  }

  noteTarget(at: number, value: FunctionValue, receiver: Receiver | null = null): void {
    const captures = value.captured.length;
    const code = value.code as Code | null;
    const found = this.#targets.get(at) ?? [];
    const same = found.findIndex((one) => {
      return (
        one.code === code &&
        one.captures === captures &&
        one.receiver === receiver &&
        (code !== null || one.value === value)
      );
    });
    const isShared = value.self === Undefined && !isOwned(value) && (same < 0 || found[same].value === value);
    const target: Target = { code, captures, receiver, value, isShared };
    if (same >= 0) {
      if (found[same].isShared && !isShared) found[same] = target;
      return;
    }
    if (found.length > 0) this.note(at, MANY_TARGETS);
    if (found.length >= MOST_TARGETS) this.#tooMany(at);
    else this.#targets.set(at, [...found, target]);
  }

  #tooMany(at: number): void {
    this.note(at, MANY_TARGETS);
    this.#crowded.add(at);
  }
}
