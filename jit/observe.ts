/** Looks at the operands of an instruction whose guess was wrong, so that the next body does not guess so. */

import { holderOfMethod, jsPeekGetter, jsPeekMethod } from "../src/operations/js/properties.ts";
import type { Receiver } from "../src/operations/js/realm.ts";
import { findMethod } from "../src/operations/properties.ts";
import type { Code } from "../src/runtime/code.ts";
import { type Frame, HEADER } from "../src/runtime/frame.ts";
import { Atom, atom } from "../src/values/atom.ts";
import { FunctionValue } from "../src/values/function.ts";
import type { Value } from "../src/values/value.ts";
import { settleWork } from "../src/values/work.ts";
import {
  GENERAL,
  GETTER,
  GUARDED_RECEIVERS,
  MANY_TARGETS,
  NOT_ON_ENTRY,
  OTHER_RESULT,
  type Profile,
  TEXTS,
} from "./profile.ts";

/** A guess is given up when it has failed so often. */
const FAILURES = 3;

/**
 * @param early the guess was made where a body or loop is entered, not at the instruction itself
 * @returns whether anything is known now that was not
 */
export function observe(profile: Profile, at: number, frame: Frame, early: boolean): boolean {
  const instruction = profile.code.instructions[at];
  const failures = profile.failed(at);
  if (early) {
    if (failures < FAILURES) return false;
    profile.note(at, NOT_ON_ENTRY);
    return true;
  }
  if (instruction.op === "CALL") {
    const callee = frame[HEADER + instruction.operands[1]] as Value;
    // What calls back calls functions of the host as well: methods of JavaScript that are passed on.
    if (callee instanceof FunctionValue && (callee.code !== null || profile.code.isJs)) {
      return noteTarget(profile, at, callee);
    }
  }
  if (instruction.op === "CALL_METHOD") {
    const object = frame[HEADER + instruction.operands[1]] as Value;
    const callee = findMethod(object, atom(instruction.operands[2]));
    settleWork();
    if (callee instanceof FunctionValue && callee.code !== null) {
      const known = profile.target(at);
      const code = (callee as FunctionValue<Code>).code;
      // The same target, and yet a miss: it is bound, or found in another way.
      if (known !== undefined && known.code === code && known.captures === callee.captured.length) {
        if (failures < FAILURES) return false;
        profile.note(at, MANY_TARGETS);
        return true;
      }
      return noteTarget(profile, at, callee as FunctionValue<Code>);
    }
    if (failures < FAILURES) return false;
    profile.note(at, MANY_TARGETS);
    return true;
  }
  if (instruction.op === "CALL_THIS") {
    const callee = frame[HEADER + instruction.operands[1]] as Value;
    if (callee instanceof FunctionValue) return noteTarget(profile, at, callee);
  }
  if (instruction.op === "JS_ALLOCATE") {
    profile.note(at, MANY_TARGETS);
    return true;
  }
  if (instruction.op === "JS_CALL_METHOD") {
    return observeMethod(
      profile,
      at,
      frame[HEADER + instruction.operands[1]] as Value,
      instruction.operands[2],
      failures,
    );
  }
  if (failures < FAILURES) return false;
  if (profile.getter(at) !== null) {
    profile.note(at, MANY_TARGETS);
    return true;
  }
  if (instruction.op === "ADD" || instruction.op === "JS_ADD") {
    const [, a, b] = instruction.operands;
    const texts = typeof frame[HEADER + a] === "string" && typeof frame[HEADER + b] === "string";
    profile.note(at, texts && !profile.has(at, TEXTS) ? TEXTS : GENERAL);
    return true;
  }
  if (instruction.op === "JS_GET" && !profile.has(at, GETTER)) {
    const [, object, key] = instruction.operands.map((register) => frame[HEADER + register] as Value);
    const name = key instanceof Atom ? key : typeof key === "string" ? atom(key) : null;
    const getter = name === null ? undefined : jsPeekGetter(object, name);
    if (getter !== undefined) {
      profile.note(at, GETTER | GENERAL);
      profile.noteTarget(at, getter);
      return true;
    }
  }
  if ((instruction.op === "GET_PROP" || instruction.op === "JS_GET") && !profile.has(at, OTHER_RESULT)) {
    profile.note(at, OTHER_RESULT);
    return true;
  }
  if (profile.has(at, GENERAL)) return false;
  profile.note(at, GENERAL);
  return true;
}

/** JavaScript's method calls: of the object's own, or of a built-in that is found by the kind of value. */
function observeMethod(profile: Profile, at: number, object: Value, key: string, failures: number): boolean {
  const name = atom(key);
  const callee = jsPeekMethod(object, name);
  settleWork();
  if (callee instanceof FunctionValue) {
    const receiver = holderOfMethod(object, name, callee);
    const known = profile.target(at);
    const isKnown = known !== undefined && known.value.code === callee.code && known.receiver === receiver;
    // Of functions and objects it may be another one each time, and not be a built-in's at all.
    const isGuarded = receiver === null || GUARDED_RECEIVERS.has(receiver);
    if (isGuarded && !(isKnown && failures >= FAILURES)) return noteTarget(profile, at, callee, receiver);
  }
  if (profile.has(at, MANY_TARGETS)) return false;
  profile.note(at, MANY_TARGETS);
  return true;
}

function noteTarget(profile: Profile, at: number, callee: FunctionValue, receiver: Receiver | null = null): boolean {
  const known = profile.target(at);
  profile.noteTarget(at, callee, receiver);
  return known === undefined || profile.has(at, MANY_TARGETS);
}
