/** What calls become: of functions that are known, of those that were called before, of any; in place, natively, or by the host. */
import { mayReturn } from "../src/bytecode/flow.ts";
import { rowOf } from "../src/bytecode/instructions.ts";
import type { ForeignFunction } from "../src/foreign/registry.ts";
import type { ParameterType } from "../src/foreign/spec.ts";
import { type Receiver, realm } from "../src/operations/js/realm.ts";
import type { Code } from "../src/runtime/code.ts";
import { atom } from "../src/values/atom.ts";
import { FunctionValue } from "../src/values/function.ts";
import { nativeKey } from "../src/values/object.ts";
import { asksForArray, callOf, type InlinePlan, numericCall } from "./facts.ts";
import type { Place } from "./place.ts";
import { GENERAL, MANY_TARGETS, type Target } from "./profile.ts";
import { SNIPPETS, type Snippet, template } from "./templates.ts";
import {
  array,
  assign,
  binary,
  call,
  choose,
  type Expression,
  id,
  index,
  member,
  num,
  type Statement,
  text,
} from "./tree.ts";

export class Calls {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  /** Reading a member calls this getter: a safe point of its own, behind the cost of the instruction; see `jsGotten`. */
  callGetter(d: number, a: Expression, name: string, getter: Called): Statement[] {
    const { e } = this.#place;
    const callee = e.reference(getter.value);
    const settled = e.settle();
    const guard = e.snippet("isGetter", { a, b: text(nativeKey(name)), f: callee, miss: this.#place.miss() });
    const check = e.snippet("beforeGetter", { aside: this.#place.aside() });
    return [...settled, ...guard, ...check, ...this.#callNative(d, getter, [], callee, a)];
  }

  /** Of a call, with what the instruction itself costs where it is none. */
  get #callCost(): number {
    return this.#place.instruction.op === "JS_GET" ? this.#place.cost + CALL_COST : this.#place.cost;
  }

  call(d: number, callee: number, args: readonly number[]): Statement[] {
    const { e } = this.#place;
    const constant = e.state.constants.get(callee);
    if (constant instanceof FunctionValue) {
      if (constant.foreign !== null) return this.#callForeign(d, constant, args);
      const known = constant as FunctionValue<Code>;
      // What always raises an error is left to the interpreter, and whatever comes behind it is never reached.
      if (!mayReturn(known.code!.instructions)) return this.#place.last(this.#place.aside());
      const target = { code: known.code!, captures: known.captured.length };
      return [...this.#checkCall(), ...this.#callNative(d, target, args, e.constant(known), e.constant(known.self))];
    }
    const value = e.value(callee);
    const closure = e.state.unseen?.get(callee);
    if (closure !== undefined) {
      const target = { code: closure.code, captures: closure.types.length };
      return [...this.#checkCall(), ...this.#callNative(d, target, args, value, id("U"))];
    }
    const target = bytecodeTarget(e.facts.profile.target(this.#place.at));
    if (target === undefined) return this.#place.last(this.#place.miss());
    if (e.facts.profile.has(this.#place.at, MANY_TARGETS) || target === null) {
      if (!e.code.isJs) return this.#callAny(d, value, args);
      const found = e.snippet("isFunction", { a: value, aside: this.#place.aside() });
      return this.#callFound(d, found, id("U"), args);
    }
    const { guard, callee: known, self } = this.#guardTarget(value, target);
    const rest = [...this.#checkCall(), ...this.#callNative(d, target, args, known, self ?? member(value, "self"))];
    return [...guard, ...rest];
  }

  #checkCall(): Statement[] {
    const { e } = this.#place;
    // The rest of a round, behind a check that has been passed.
    if (this.#place.charged) return [];
    const isInlined = e.facts.inliner.plan(this.#place.at, e.state, e.facts) !== null;
    return isInlined ? e.checkInlined(this.#place.node, this.#place.at) : e.check(this.#place.at);
  }

  #callForeign(d: number, callee: FunctionValue, args: readonly number[]): Statement[] {
    const { e } = this.#place;
    const { needsFrames, takesThis } = callee.foreign as ForeignFunction;
    if (needsFrames) return this.#place.last(this.#place.aside());
    if (takesThis) return this.#foreignWith(d, callee, id("U"), args);
    const numeric = numericCall(this.#place.instruction, e.state);
    if (numeric !== null && !e.facts.profile.has(this.#place.at, GENERAL)) {
      const guards = args.flatMap((register) => this.#place.guard(register));
      const { call: f, fails } = e.environment.numeric(numeric);
      const values = args.map((register) => e.value(register));
      if (fails === null) return this.#place.done([...guards, assign(e.variable(d), call(e.reference(f), values))]);
      const functions = { f: e.reference(f), fails: e.reference(fails) };
      const holes = { ...functions, args: values, d: e.variable(d), aside: this.#place.aside() };
      return this.#place.done([...guards, ...e.snippet("foreignNumbers", holes)]);
    }
    if (asksForArray(this.#place.instruction, e.state)) {
      return this.#place.done([assign(e.variable(d), call(id("isArray"), [e.value(args[0])]))]);
    }
    const local = this.#callLocal(d, callee.foreign as ForeignFunction, args);
    if (local !== null) return local;
    const store = [e.store(this.#place.cost)];
    const stop = e.giveUp(this.#place.at);
    const f = e.reference(callee.foreign);
    const values = array(args.map((register) => e.value(register)));
    const holes = { f, args: values, code: e.reference(e.code), d: e.variable(d), store, stop, fetch: [e.fetch()] };
    e.pending = 0;
    return this.#place.done(e.snippet("foreign", holes), 0);
  }

  /** A call of a foreign function that takes `this`, or of any with one. */
  #foreignWith(d: number, callee: FunctionValue, self: Expression, args: readonly number[]): Statement[] {
    const { e } = this.#place;
    const foreign = callee.foreign as ForeignFunction;
    if (foreign.needsFrames) return this.#place.last(this.#place.aside());
    const given = args.map((register) => e.value(register));
    const passed = foreign.takesThis ? [self, ...given] : given;
    const local = this.#callLenient(d, foreign, passed);
    if (local !== null) return local;
    const values = array(passed);
    const store = [e.store(this.#place.cost)];
    const stop = e.giveUp(this.#place.at);
    const f = e.reference(foreign);
    const holes = { f, args: values, code: e.reference(e.code), d: e.variable(d), store, stop, fetch: [e.fetch()] };
    e.pending = 0;
    return this.#place.done(e.snippet("foreign", holes), 0);
  }

  /** A local function that takes arguments as JavaScript's do, which need no look at their types; null: not this one. */
  #callLenient(d: number, foreign: ForeignFunction, passed: readonly Expression[]): Statement[] | null {
    const { e } = this.#place;
    const { parameters, charge } = foreign.spec;
    if (foreign.lenientDirect === null) return null;
    const args = parameters.map((_, i) => passed[i] ?? id("U"));
    const f = e.reference(e.environment.local(foreign));
    const holes = { f, args, d: e.variable(d), aside: this.#place.aside() };
    if (charge === undefined) return this.#place.done(e.snippet("foreignLocal", holes));
    const settled = e.settle();
    const charged = { ...holes, aside: this.#place.aside(), store: [e.store()], fetch: [e.fetch()] };
    return this.#place.done([...settled, ...e.snippet("foreignCharged", charged)]);
  }

  callThis(d: number, callee: number, self: number, args: readonly number[]): Statement[] {
    const { e } = this.#place;
    const constant = e.state.constants.get(callee);
    if (constant instanceof FunctionValue) {
      if (constant.foreign !== null) return this.#foreignWith(d, constant, e.value(self), args);
      const known = constant as FunctionValue<Code>;
      const target = { code: known.code!, captures: known.captured.length };
      return [...this.#checkCall(), ...this.#callNative(d, target, args, e.constant(known), e.value(self))];
    }
    const value = e.value(callee);
    const closure = e.state.unseen?.get(callee);
    if (closure !== undefined) {
      const target = { code: closure.code, captures: closure.types.length };
      return [...this.#checkCall(), ...this.#callNative(d, target, args, value, e.value(self))];
    }
    const target = bytecodeTarget(e.facts.profile.target(this.#place.at));
    if (e.facts.profile.has(this.#place.at, MANY_TARGETS) || target === null) {
      const found = e.snippet("isFunction", { a: value, aside: this.#place.aside() });
      return this.#callFound(d, found, e.value(self), args);
    }
    if (target === undefined) return this.#place.last(this.#place.miss());
    const { guard, callee: known } = this.#guardTarget(value, target);
    return [...guard, ...this.#checkCall(), ...this.#callNative(d, target, args, known, e.value(self))];
  }

  /** Makes sure that a value is the function that was called before: the very same, if all processes share it. */
  #guardTarget(
    value: Expression,
    { code, captures, isShared, value: known }: Called,
  ): { readonly guard: Statement[]; readonly callee: Expression; readonly self: Expression | null } {
    const { e } = this.#place;
    if (isShared) {
      const callee = e.reference(known);
      return {
        guard: e.snippet("guardSame", { a: value, f: callee, miss: this.#place.miss() }),
        callee,
        self: id("U"),
      };
    }
    const holes = { a: value, code: e.reference(code), n: num(captures), miss: this.#place.miss() };
    return { guard: e.snippet("guardTarget", holes), callee: value, self: null };
  }

  callSpread(d: number, callee: number, self: number, values: number): Statement[] {
    const { e } = this.#place;
    const found = e.snippet("isFunction", { a: e.value(callee), aside: this.#place.aside() });
    return this.#callFound(d, found, e.value(self), null, values);
  }

  /**
   * Calls the function in `m`, which may be any. What is foreign has no safe point.
   * @param args null: the elements of the Array in `spread`, which are taken behind the safe point
   */
  #callFound(
    d: number,
    found: readonly Statement[],
    self: Expression,
    args: readonly number[] | null,
    spread = -1,
  ): Statement[] {
    const { e } = this.#place;
    e.callsNatively();
    const settled = e.settle();
    const check = e.check(this.#place.at);
    const values = args === null ? id("p") : array(args.map((register) => e.value(register)));
    const holes = {
      a: self,
      args: values,
      called: this.#calledAmong(self, args ?? [], values),
      code: e.reference(e.code),
      d: e.variable(d),
      check,
      store: [e.store(this.#place.cost)],
      fetch: [e.fetch()],
      stop: e.giveUp(this.#place.at),
      leave: e.stopInCall(this.#place.at, d),
    };
    e.pending = 0;
    if (args !== null) return [...found, ...settled, ...this.#place.done(e.snippet("callFound", holes), 0)];
    const of = { c: e.value(spread), aside: this.#place.aside() };
    const taken = e.snippet("spread", { ...of, store: [e.store()], fetch: [e.fetch()] });
    const called = e.snippet("callSpread", { ...holes, spread: taken });
    // A function of the program was called here.
    if (e.facts.profile.target(this.#place.at)?.code != null)
      return [...found, ...settled, ...this.#place.done(called, 0)];
    const push = e.reference(realm().prototype("Array")[nativeKey("push")] as FunctionValue);
    e.pending = this.#place.cost;
    const inPlace = { ...of, a: self, d: holes.d, push, charge: e.settle(), otherwise: called };
    return [...found, ...settled, ...this.#place.done(e.snippet("pushSpread", inPlace), 0)];
  }

  /** The call of `m`: of one of the few functions that were called here, natively, or of any. */
  #calledAmong(self: Expression, args: readonly number[], values: Expression): Expression {
    const { e } = this.#place;
    const any = call(id("callThis"), [id("m"), self, values]);
    if (this.#place.instruction.op === "CALL_SPREAD") return any;
    return e.facts.profile
      .few(this.#place.at)
      .reduceRight<Expression>((otherwise, { code, captures, value, isShared }) => {
        if (code === null || code.collects >= 0 || code.entryCharge > 0) return otherwise;
        const taken = Math.min(args.length, Math.max(0, code.fill - captures));
        const passed: Expression[] = [];
        const own = member(id("m"), "self");
        if (e.needsSelf(code)) passed.push(isShared ? self : choose(binary("===", own, id("U")), self, own));
        if (captures > 0) passed.push(member(id("m"), "captured"));
        for (const register of args.slice(0, taken)) passed.push(e.value(register));
        const fn = member(e.reference(e.environment.target(code, captures, args.length)), "fn");
        const isThis = isShared
          ? binary("===", id("m"), e.reference(value))
          : template(SNIPPETS.isTarget).expression({ code: e.reference(code), n: num(captures) });
        return choose(isThis, call(fn, passed), otherwise);
      }, any);
  }

  jsCallMethod(d: number, object: number, key: string, args: readonly number[]): Statement[] {
    const { e } = this.#place;
    const { profile } = e.facts;
    const target = profile.target(this.#place.at);
    const a = e.value(object);
    const native = text(nativeKey(key));
    if (profile.has(this.#place.at, MANY_TARGETS)) {
      const found = e.snippet("findMethod", { a, b: native, f: e.reference(atom(key)), aside: this.#place.aside() });
      return this.#callFound(d, found, a, args);
    }
    if (target === undefined) return this.#place.last(this.#place.miss());
    const { receiver, value } = target;
    if (receiver !== null) {
      const guard = e.snippet(RECEIVER_GUARDS[receiver] ?? "isArrayWithout", {
        a,
        b: native,
        miss: this.#place.miss(),
      });
      if (value.foreign !== null) {
        const quick = this.#quickMethod(d, a, (value.foreign as ForeignFunction).name, args);
        return [...guard, ...(quick ?? this.#foreignWith(d, value, a, args))];
      }
      const known = { code: target.code!, captures: target.captures };
      return [...guard, ...this.#checkCall(), ...this.#callNative(d, known, args, e.constant(value), a)];
    }
    if (value.foreign !== null && target.isShared) {
      const guard = e.snippet("guardSame", { a: index(a, native), f: e.reference(value), miss: this.#place.miss() });
      return [...guard, ...this.#foreignWith(d, value, a, args)];
    }
    const bytecode = bytecodeTarget(target);
    if (bytecode === null || bytecode === undefined) {
      const found = e.snippet("findMethod", { a, b: native, f: e.reference(atom(key)), aside: this.#place.aside() });
      return this.#callFound(d, found, a, args);
    }
    if (bytecode.isShared) {
      const callee = e.reference(bytecode.value);
      const guard = e.snippet("guardSame", { a: index(a, native), f: callee, miss: this.#place.miss() });
      return [...guard, ...this.#checkCall(), ...this.#callNative(d, bytecode, args, callee, a)];
    }
    const holes = {
      a,
      b: native,
      code: e.reference(bytecode.code),
      n: num(bytecode.captures),
      miss: this.#place.miss(),
    };
    const find = e.snippet("method", holes);
    return [...find, ...this.#checkCall(), ...this.#callNative(d, bytecode, args, id("t"), a)];
  }

  /** The few methods of built-ins that are one operation of the host's, with nothing to charge; null: not this one. */
  #quickMethod(d: number, a: Expression, name: string, args: readonly number[]): Statement[] | null {
    const { e } = this.#place;
    const variable = e.variable(d);
    if (name === "Array.prototype.push" && args.length === 1) {
      return this.#place.done(e.snippet("push", { a, c: e.value(args[0]), d: variable, aside: this.#place.aside() }));
    }
    if (name === "Array.prototype.pop" && args.length === 0) {
      return this.#place.done(e.snippet("pop", { a, d: variable, aside: this.#place.aside() }));
    }
    if (name === "String.prototype.charCodeAt" && args.length === 1) {
      const index = e.value(args[0]);
      return this.#place.done(e.snippet("charCodeAt", { a, c: index, d: variable, aside: this.#place.aside() }));
    }
    return null;
  }

  /** A local function with arguments of the right types; null: not this one. */
  #callLocal(d: number, foreign: ForeignFunction, args: readonly number[]): Statement[] | null {
    const { e } = this.#place;
    const { spec } = foreign;
    const { parameters, rest } = spec;
    if (!foreign.isLocal || rest !== undefined || parameters.length !== args.length) return null;
    const guards: Statement[] = [];
    for (let i = 0; i < args.length; i++) {
      const guard = GUARDS[parameters[i].type];
      if (guard === undefined) return null;
      if (guard === null) continue;
      const exits = { miss: this.#place.aside(), aside: this.#place.aside() };
      guards.push(...e.snippet(guard, { a: e.value(args[i]), ...exits }));
    }
    const f = e.reference(e.environment.local(foreign));
    const values = args.map((register) => e.value(register));
    const passed = foreign.direct === null ? [array(values)] : values;
    const holes = { f, args: passed, d: e.variable(d), aside: this.#place.aside() };
    if (spec.charge === undefined) return this.#place.done([...guards, ...e.snippet("foreignLocal", holes)]);
    const settled = e.settle();
    const charged = { ...holes, aside: this.#place.aside(), store: [e.store()], fetch: [e.fetch()] };
    return this.#place.done([...guards, ...settled, ...e.snippet("foreignCharged", charged)]);
  }

  /** Behind its check and its guard. */
  #callNative(
    d: number,
    target: { readonly code: Code; readonly captures: number },
    args: readonly number[],
    callee: Expression,
    self: Expression,
  ): Statement[] {
    const { e } = this.#place;
    const { code, captures } = target;
    const isCollecting = code.collects >= 0;
    if (isCollecting && captures > code.collects) return this.#place.last(this.#place.aside());
    const taken = Math.min(args.length, Math.max(0, (isCollecting ? code.collects : code.fill) - captures));
    const plan = e.facts.inliner.plan(this.#place.at, e.state, e.facts);
    if (plan !== null) {
      const names =
        e.state.unseen?.get(callOf(this.#place.instruction, this.#place.at, e.facts.profile)!.callee)?.names ?? null;
      const captured = (i: number): Expression =>
        names === null ? index(member(callee, "captured"), num(i)) : id(names[i]);
      return this.#inline(d, plan, args.slice(0, taken), captured, self);
    }
    e.callsNatively();
    const passed: Expression[] = [];
    if (e.needsSelf(code)) passed.push(self);
    if (captures > 0) passed.push(member(callee, "captured"));
    for (const register of args.slice(0, taken)) passed.push(e.value(register));
    let count = args.length;
    if (isCollecting) {
      // It takes as many as it has parameters, and then the Array.
      count = code.collects - captures + 1;
      for (let i = taken; i < count - 1; i++) passed.push(id("U"));
      passed.push(array(args.slice(taken).map((register) => e.value(register))));
    }
    const f = e.reference(e.environment.target(code, captures, count));
    const store = [e.store(this.#callCost + code.entryCharge)];
    const stop = e.stopInCall(this.#place.at, d);
    const holes = { f, args: passed, d: e.variable(d), store, stop, fetch: [e.fetch()] };
    // Where a handler reads what was in the register before, it must not be overwritten by S.
    const name: Snippet = e.liveInHandler(this.#place.at).includes(d) ? "callAside" : "call";
    e.pending = 0;
    return this.#place.done(e.snippet(name, holes), 0);
  }

  /** The callee's body instead of the call. Its frame is made only if it must stop in there. */
  #inline(
    d: number,
    plan: InlinePlan,
    args: readonly number[],
    captured: (index: number) => Expression,
    self: Expression,
  ): Statement[] {
    const { e } = this.#place;
    const label = e.inlineLabel();
    const { code } = plan;
    const child = e.inlined(plan, { emitter: e, at: this.#place.at, d, label, self }, args.length);
    const values = args.map((register) => e.value(register));
    const pending = e.pending + this.#callCost + code.entryCharge;
    const inlined = child.emitInlined(pending, values, captured);
    e.pending = inlined.pending;
    return this.#place.done(inlined.statements, 0);
  }

  #callAny(d: number, callee: Expression, args: readonly number[]): Statement[] {
    const { e } = this.#place;
    const guard = e.snippet("isBytecode", { a: callee, aside: this.#place.aside() });
    const check = e.check(this.#place.at);
    const values = array(args.map((register) => e.value(register)));
    const store = [e.store(this.#place.cost)];
    const stop = e.stopInCall(this.#place.at, d);
    const holes = { a: callee, args: values, d: e.variable(d), store, stop, fetch: [e.fetch()] };
    e.pending = 0;
    e.callsNatively();
    return [...guard, ...check, ...this.#place.done(e.snippet("callAny", holes), 0)];
  }

  callMethod(d: number, object: number, key: string, args: readonly number[]): Statement[] {
    const { e } = this.#place;
    const target = bytecodeTarget(e.facts.profile.target(this.#place.at));
    if (e.facts.profile.has(this.#place.at, MANY_TARGETS)) return this.#place.last(this.#place.aside());
    if (target === undefined || target === null) return this.#place.last(this.#place.miss());
    const code = e.reference(target.code);
    const holes = {
      a: e.value(object),
      b: text(nativeKey(key)),
      code,
      n: num(target.captures),
      miss: this.#place.miss(),
    };
    const find = e.snippet("method", holes);
    const check = this.#checkCall();
    return [...find, ...check, ...this.#callNative(d, target, args, id("t"), e.value(object))];
  }
}

/** The function of a target; null if that is foreign. */
function bytecodeTarget(target: Target | undefined): Called | null | undefined {
  return target?.code === null ? null : (target as Called | undefined);
}

/** What bytecode a call has called. */
export interface Called extends Target {
  readonly code: Code;
}

/** Reductions. */
export const CALL_COST = rowOf("CALL").cost;

const RECEIVER_GUARDS: Partial<Record<Receiver, Snippet>> = {
  Array: "isArrayWithout",
  String: "isText",
  Number: "isNumber",
  Boolean: "isBoolean",
};

/** What makes sure of a parameter's type; null: nothing has to. */
const GUARDS: Partial<Record<ParameterType, Snippet | null>> = {
  Any: null,
  Number: "guardNumber",
  String: "guardText",
  Boolean: "guardBoolean",
  Array: "guardArray",
  Tuple: "guardTuple",
  Object: "guardObject",
  Sequence: "guardSequence",
  Binary: "guardBinary",
  Float64Array: "guardFloats",
};
