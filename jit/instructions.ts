/** What each instruction becomes: chooses the template and fills it. One function a kind of instruction. */

import { mayReturn } from "../src/bytecode/flow.ts";
import {
  type Clause,
  type Instruction,
  type InstructionOf,
  type Mnemonic,
  rowOf,
} from "../src/bytecode/instructions.ts";
import { mapRegisters, walkPattern } from "../src/bytecode/pattern.ts";
import { specialAtom } from "../src/bytecode/special.ts";
import type { ForeignFunction } from "../src/foreign/registry.ts";
import type { ParameterType } from "../src/foreign/spec.ts";
import { type Receiver, realm } from "../src/operations/js/realm.ts";
import type { Code } from "../src/runtime/code.ts";
import { AT_PC, CHARGED } from "../src/runtime/frame.ts";
import { Atom, atom } from "../src/values/atom.ts";
import { FunctionValue } from "../src/values/function.ts";
import { nativeKey } from "../src/values/object.ts";
import type { Value } from "../src/values/value.ts";
import { VALUES_PER_REDUCTION } from "../src/values/work.ts";
import type { Node } from "./cfg.ts";
import type { Emitter } from "./emit.ts";
import {
  ANY,
  ATOM,
  asksForArray,
  BOOLEAN,
  callOf,
  type InlinePlan,
  isShared,
  NUMBER,
  numberOperands,
  numericCall,
  OBJECT,
  show,
  TEXT,
  transfer,
  variantOf,
} from "./facts.ts";
import { canInline, MatchTest, mostTried } from "./match.ts";
import { memberOf } from "./objects.ts";
import { GENERAL, GETTER, MANY_TARGETS, type Target, TEXTS } from "./profile.ts";
import { IN_GENERAL, ON_NUMBERS, SNIPPETS, type Snippet, template } from "./templates.ts";
import {
  array,
  assign,
  binary,
  block,
  bool,
  call,
  choose,
  type Expression,
  type Holes,
  id,
  index,
  labelled,
  member,
  NULL,
  not,
  num,
  type Statement,
  statement,
  text,
  when,
} from "./tree.ts";

export function emitInstruction(emitter: Emitter, node: Node, at: number, charged: boolean): Statement[] {
  return new InstructionEmitter(emitter, node, at, charged).emit();
}

class InstructionEmitter {
  readonly #at: number;
  readonly #instruction: Instruction;
  readonly #cost: number;
  readonly #leaves = new Map<"miss" | "aside", { readonly pending: number; readonly statements: Statement[] }>();

  constructor(
    readonly e: Emitter,
    readonly node: Node,
    at: number,
    readonly charged: boolean,
  ) {
    this.#at = at;
    this.#instruction = e.code.instructions[at];
    this.#cost = rowOf(this.#instruction.op).cost;
  }

  emit(): Statement[] {
    show(this.#instruction, this.#at, this.e.state, this.e.facts);
    return this.#emit();
  }

  /** Nothing comes behind this instruction in its node. */
  #last(statements: Statement[]): Statement[] {
    this.e.ended = true;
    return statements;
  }

  /** The instruction is complete. */
  #done(statements: Statement[], pending: number = this.#cost): Statement[] {
    this.e.pending += pending;
    transfer(this.#instruction, this.#at, this.e.state, this.e.facts);
    return statements;
  }

  #miss(): Statement[] {
    return this.#leave("miss");
  }

  #aside(): Statement[] {
    return this.#leave("aside");
  }

  /** Several guards of one instruction leave in the same way. */
  #leave(how: "miss" | "aside"): Statement[] {
    const { pending } = this.e;
    const known = this.#leaves.get(how);
    if (known !== undefined && known.pending === pending) return known.statements;
    const statements = this.e.leave(how, this.#at);
    this.#leaves.set(how, { pending, statements });
    return statements;
  }

  #guard(register: number): Statement[] {
    if (this.e.state.isNumber(register)) return [];
    return this.e.snippet("guardNumber", { a: this.e.variable(register), miss: this.#miss() });
  }

  #emit(): Statement[] {
    const { e } = this;
    const instruction = this.#instruction;
    switch (instruction.op) {
      case "LOAD_CONST":
        return this.#constant(...instruction.operands);
      case "MOVE": {
        const [d, s] = instruction.operands;
        return e.state.constants.has(s) ? this.#load() : this.#done([assign(e.variable(d), e.value(s))]);
      }
      case "NOP":
      case "TRY":
      case "END_TRY":
        return this.#done([]);
      case "AND":
      case "OR": {
        const [d, a, b] = instruction.operands;
        const truth = binary(instruction.op === "AND" ? "&&" : "||", this.#truth(a), this.#truth(b));
        return this.#done([assign(e.variable(d), truth)]);
      }
      case "NOT": {
        const [d, a] = instruction.operands;
        return this.#done([assign(e.variable(d), not(this.#truth(a)))]);
      }
      case "JUMP":
        e.pending += this.#cost;
        return e.edge(this.node, this.#at + instruction.operands[0]);
      case "JUMP_IF_TRUE":
      case "JUMP_IF_FALSE":
        return this.#branch(instruction.op, ...instruction.operands);
      case "RETURN": {
        e.pending += this.#cost;
        return e.result(e.value(instruction.operands[0]));
      }
      case "THROW":
        return this.#last(this.#aside());
      case "GET_PROP":
        return this.#getProp(...instruction.operands);
      case "SET_PROP":
        return this.#setProp(...instruction.operands);
      case "CALL":
        return this.#call(...instruction.operands);
      case "CALL_METHOD":
        return this.#callMethod(...instruction.operands);
      case "JS_GET":
        return this.#jsGet(...instruction.operands);
      case "JS_SET":
        return this.#jsSet(...instruction.operands);
      case "JS_CALL_METHOD":
        return this.#jsCallMethod(...instruction.operands);
      case "CALL_THIS":
        return this.#callThis(...instruction.operands);
      case "CALL_SPREAD":
        return this.#callSpread(...instruction.operands);
      case "JS_TRUTH":
      case "JS_NOT": {
        const [d, a] = instruction.operands;
        const truth = this.#jsTruth(a);
        return this.#done([assign(e.variable(d), instruction.op === "JS_NOT" ? not(truth) : truth)]);
      }
      case "JS_NULLISH": {
        const [d, a] = instruction.operands;
        const value = e.value(a);
        const nullish = binary("||", binary("===", value, id("U")), binary("===", value, id("Unit")));
        return this.#done([assign(e.variable(d), nullish)]);
      }
      case "JS_TYPEOF": {
        const [d, a] = instruction.operands;
        return this.#done([assign(e.variable(d), call(id("jsTypeOf"), [e.value(a)]))]);
      }
      case "JS_ALLOCATE": {
        const [d, a] = instruction.operands;
        const made = e.facts.profile.has(this.#at, MANY_TARGETS) ? undefined : e.facts.profile.target(this.#at);
        const maker = made?.value.members?.maker ?? null;
        if (made !== undefined && maker !== null) {
          const known: Expression = { type: "NewExpression", callee: e.reference(maker), arguments: [] };
          if (e.state.constants.get(a) === made.value) return this.#done([assign(e.variable(d), known)]);
          const holes = {
            a: e.value(a),
            f: e.reference(made.value),
            made: known,
            d: e.variable(d),
            miss: this.#miss(),
          };
          return this.#done(e.snippet("jsAllocateKnown", holes));
        }
        return this.#done(e.snippet("jsAllocate", { d: e.variable(d), a: e.value(a), aside: this.#aside() }));
      }
      case "JS_CONSTRUCTED": {
        const [d, result, object] = instruction.operands;
        return this.#done([assign(e.variable(d), call(id("jsConstructed"), [e.value(result), e.value(object)]))]);
      }
      case "COLLECT":
        return this.#done([]);
      case "LOAD_GLOBAL": {
        const [d, name] = instruction.operands;
        const place = num(e.code.globals.get(name)!);
        const known = e.facts.profile.global(this.#at);
        if (known !== undefined) {
          const holes = { n: place, globals: e.globals(), a: e.reference(known), miss: this.#miss() };
          return this.#load(e.snippet("isGlobal", holes));
        }
        const holes = { d: e.variable(d), n: place, globals: e.globals(), aside: this.#aside() };
        return this.#done(e.snippet("loadGlobal", holes));
      }
      case "STORE_GLOBAL": {
        const [name, s] = instruction.operands;
        const place = num(e.code.globals.get(name)!);
        return this.#done([statement(call(id("storeGlobal"), [place, e.value(s)])), e.fetchGlobals()]);
      }
      case "LOAD_CELL": {
        const [d, cell] = instruction.operands;
        const holes = { d: e.variable(d), a: e.value(cell), b: text(CELL_KEY), miss: this.#aside() };
        return this.#done(e.snippet("jsProperty", holes));
      }
      case "STORE_CELL": {
        const [cell, s] = instruction.operands;
        const holes = { a: e.value(cell), b: text(CELL_KEY), c: e.value(s), aside: this.#aside() };
        return this.#done(e.snippet("storeCell", holes));
      }
      case "MATCH":
        return this.#match(instruction);
      case "RECEIVE_MATCH":
        return this.#receiveMatch(instruction);
      case "ARRAY_INIT":
      case "TUPLE_INIT": {
        const [d, registers] = instruction.operands;
        const items = array(registers.map((register) => e.value(register)));
        const made = instruction.op === "ARRAY_INIT" ? items : construct("Tuple", [items]);
        return this.#done([assign(e.variable(d), made)], this.#cost + work(registers.length));
      }
      case "TAG_INIT": {
        const [d, tag, payload] = instruction.operands;
        return this.#done([assign(e.variable(d), construct("Tagged", [e.constant(tag), e.value(payload)]))]);
      }
      case "OBJECT_INIT":
        return this.#object(instruction);
      case "MAKE_CLOSURE":
        return this.#closure(instruction);
      case "YIELD":
        return this.#yield();
      case "SEND": {
        const [process, message] = instruction.operands;
        return this.#effect("effect", call(id("send"), [e.value(process), e.value(message)]));
      }
      case "LINK":
        return this.#effect("effect", call(id("link"), [e.value(instruction.operands[0])]));
      case "SPAWN": {
        const [d, callee, args] = instruction.operands;
        const birth = array([callee, ...args].map((register) => e.value(register)));
        return this.#effect("effectResult", call(id("spawn"), [birth]), d);
      }
      case "RECEIVE":
        return this.#effect("effectResult", call(id("receive"), []), instruction.operands[0]);
      case "JOIN": {
        const [process, d] = instruction.operands;
        return this.#effect("effectResult", call(id("join"), [e.value(process)]), d);
      }
      case "JOIN_NUMBER": {
        const [number, d] = instruction.operands;
        return this.#effect("effectResult", call(id("joinNumber"), [num(number)]), d);
      }
      case "SELECT":
      case "SELECT_WITH_KILL": {
        const [d, registers] = instruction.operands;
        const candidates = array(registers.map((register) => e.value(register)));
        const kills = bool(instruction.op === "SELECT_WITH_KILL");
        return this.#effect("effectResult", call(id("select"), [candidates, kills]), d);
      }
      case "RECEIVE_WITH_TIMEOUT": {
        const [d, milliseconds, ok] = instruction.operands;
        const holes = { a: e.value(milliseconds), d: e.variable(d), c: e.variable(ok) };
        return this.#waiting("timed", holes);
      }
      default:
        return this.#operation(instruction.op, instruction.operands as readonly number[]);
    }
  }

  // ---- Values -----------------------------------------------------------------------------------

  #constant(d: number, value: Value): Statement[] {
    const { e } = this;
    const special = value instanceof Atom ? specialAtom(value.name) : null;
    const variable = e.variable(d);
    if (special?.kind === "vm") {
      const process = member(id("runtime"), "process");
      const sources: Record<typeof special.value, Expression> = {
        self: process,
        pid: member(process, "number"),
        processes: member(id("runtime"), "live"),
        scheduler_passes: member(id("runtime"), "passes"),
        this: e.self(),
      };
      return this.#done([assign(variable, sources[special.value])]);
    }
    const before = e.state.copy();
    transfer(this.#instruction, this.#at, before, e.facts);
    if (before.constants.has(d)) return this.#load();
    return this.#slow(variable, call(id("literal"), [e.reference(value)]));
  }

  /** The register is known to be constant from here on: it gets its variable where that ends, see `materialize`. */
  #load(guard: Statement[] = []): Statement[] {
    return this.#done(guard);
  }

  /** A shared operation that nothing quick stands in for. */
  #slow(variable: Expression, slow: Expression): Statement[] {
    const { e } = this;
    const settled = e.settle();
    const holes = { d: variable, slow, store: [e.store()], fetch: [e.fetch()], aside: this.#aside() };
    return this.#done([...settled, ...e.snippet("general", holes)]);
  }

  #truth(register: number): Expression {
    const { e } = this;
    const value = e.value(register);
    const types = e.state.types[register];
    if (types === BOOLEAN) return value;
    if (types === NUMBER) return binary("!==", value, num(0));
    const other = binary("&&", binary("!==", value, bool(false)), call(id("truthy"), [value]));
    return binary("||", binary("===", value, bool(true)), other);
  }

  #jsTruth(register: number): Expression {
    const { e } = this;
    const value = e.value(register);
    const types = e.state.types[register];
    if (types === BOOLEAN) return value;
    if (types === NUMBER) return binary("&&", binary("!==", value, num(0)), binary("===", value, value));
    if (types === TEXT) return binary("!==", value, text(""));
    const other = binary("&&", binary("!==", value, bool(false)), call(id("jsTruthy"), [value]));
    return binary("||", binary("===", value, bool(true)), other);
  }

  #operation(op: Mnemonic, operands: readonly number[]): Statement[] {
    const { e } = this;
    const variant = variantOf(this.#instruction, this.#at, e.state, e.facts.profile);
    const variable = e.variable(operands[0]);
    const holes = this.#operands(operands);
    if (variant === "identity") return this.#done([assign(variable, this.#quick(op, operands))]);
    if (variant === "numbers") {
      const guards = numberOperands(this.#instruction, variant).flatMap((register) => this.#guard(register));
      guards.push(...this.#guardDivisor(op, operands));
      return this.#done([...guards, assign(variable, this.#quick(op, operands))]);
    }
    if (variant === "texts") return this.#done(e.snippet("texts", { ...holes, d: variable, ...this.#exits() }));
    const slow = template(IN_GENERAL[op] as string).expression(holes);
    const settled = e.settle();
    const common = { ...holes, d: variable, slow, store: [e.store()], fetch: [e.fetch()], ...this.#exits() };
    if (variant === "atom") {
      const equal = op === "EQUAL";
      const atomFirst = e.state.types[operands[1]] === ATOM && e.state.constants.has(operands[1]);
      const [known, other] = atomFirst ? [holes.a, holes.b] : [holes.b, holes.a];
      const yes = { a: other, b: known, yes: bool(equal), no: bool(!equal) };
      return this.#done([...settled, ...e.snippet("equalAtom", { ...common, ...yes })]);
    }
    if (op === "JS_EQUAL" || op === "JS_NOT_EQUAL") {
      return this.#done([
        ...settled,
        ...e.snippet("jsEquality", { ...common, quick: this.#quick(op, operands), same: bool(op === "JS_EQUAL") }),
      ]);
    }
    const numbers = ON_NUMBERS[op] === undefined ? null : this.#bothNumbers(operands.slice(1), op);
    if (numbers === null) return this.#done([...settled, ...e.snippet("general", common)]);
    const quick = this.#quick(op, operands);
    const mayBeTexts = operands.slice(1).every((register) => (e.state.types[register] & TEXT) !== 0);
    const equality = op === "EQUAL" || op === "NOT_EQUAL";
    const name: Snippet = equality && mayBeTexts ? "generalEquality" : "generalWithNumbers";
    return this.#done([...settled, ...e.snippet(name, { ...common, numbers, quick })]);
  }

  #operands([, a, b]: readonly number[]): Record<string, Expression> {
    const holes: Record<string, Expression> = { a: this.e.value(a) };
    if (b !== undefined) holes.b = this.e.value(b);
    return holes;
  }

  #quick(op: Mnemonic, operands: readonly number[]): Expression {
    const holes = this.#operands(operands);
    // The sign before a negative literal would become a decrement.
    if (op === "NEG" || op === "JS_NEG") {
      const constant = this.e.state.constants.get(operands[1]);
      if (typeof constant === "number") return num(-constant);
    }
    return template(ON_NUMBERS[op] as string).expression(holes);
  }

  #exits(): { readonly miss: Statement[]; readonly aside: Statement[] } {
    return { miss: this.#miss(), aside: this.#aside() };
  }

  /** Division by zero is no Number. */
  #guardDivisor(op: Mnemonic, [, , b]: readonly number[]): Statement[] {
    if (op !== "DIV" && op !== "MOD") return [];
    const constant = this.e.state.constants.get(b);
    if (typeof constant === "number" && constant !== 0) return [];
    return this.e.snippet("guardNotZero", { b: this.e.value(b), miss: this.#miss() });
  }

  /** The test that all operands are Numbers that the quick form can take; null if one cannot be. */
  #bothNumbers(registers: readonly number[], op: Mnemonic): Expression | null {
    const { e } = this;
    const tests: Expression[] = [];
    for (const register of registers) {
      const types = e.state.types[register];
      if ((types & NUMBER) === 0) return null;
      if (types !== NUMBER) tests.push(isOfType(e.value(register), "number"));
    }
    if (op === "DIV" || op === "MOD") tests.push(binary("!==", e.value(registers[1]), num(0)));
    if (tests.length === 0) return bool(true);
    return tests.reduce((left, right) => binary("&&", left, right));
  }

  // ---- Branches ---------------------------------------------------------------------------------

  #branch(op: "JUMP_IF_TRUE" | "JUMP_IF_FALSE", register: number, offset: number): Statement[] {
    const { e, node } = this;
    const target = this.#at + offset;
    const next = this.#at + 1;
    e.pending += this.#cost;
    if (target === next) return e.edge(node, next);
    const truth = this.#truth(register);
    const test = op === "JUMP_IF_TRUE" ? truth : not(truth);
    return [when(test, e.edge(node, target)), ...e.edge(node, next)];
  }

  // ---- Properties -------------------------------------------------------------------------------

  #getProp(d: number, object: number, key: number): Statement[] {
    const { e } = this;
    const variant = variantOf(this.#instruction, this.#at, e.state, e.facts.profile);
    const variable = e.variable(d);
    const a = e.value(object);
    if (variant === "general") {
      const slow = template(IN_GENERAL.GET_PROP as string).expression({ a, b: e.value(key) });
      return this.#slow(variable, slow);
    }
    const wanted = e.facts.wantsNumber(this.#instruction, this.#at);
    const holes = { a, d: variable, ...this.#exits() };
    if (variant === "element") {
      const guards = this.#guard(key);
      const name: Snippet = wanted ? "numberElement" : "element";
      return this.#done([...guards, ...e.snippet(name, { ...holes, b: e.value(key) })]);
    }
    const name = textOf(e.state.constants.get(key)!);
    if (name === "length") return this.#done(e.snippet("length", holes));
    const snippet: Snippet = wanted ? "numberProperty" : "property";
    return this.#done(e.snippet(snippet, { ...holes, b: text(nativeKey(name)) }));
  }

  #setProp(object: number, key: number, value: number): Statement[] {
    const { e } = this;
    const variant = variantOf(this.#instruction, this.#at, e.state, e.facts.profile);
    if (variant === "general") {
      const settled = e.settle();
      const operands = { a: e.value(object), b: e.value(key), c: e.value(value) };
      const rest = { aside: this.#aside(), store: [e.store()], fetch: [e.fetch()] };
      return this.#done([...settled, ...e.snippet("setGeneral", { ...operands, ...rest })]);
    }
    const holes = { a: e.value(object), c: e.value(value), ...this.#exits() };
    if (variant === "element") {
      const guards = this.#guard(key);
      return this.#done([...guards, ...e.snippet("setElement", { ...holes, b: e.value(key) })]);
    }
    const name = textOf(e.state.constants.get(key)!);
    return this.#done(e.snippet("setProperty", { ...holes, other: this.#isOther(object), b: text(nativeKey(name)) }));
  }

  #jsGet(d: number, object: number, key: number): Statement[] {
    const { e } = this;
    const variant = variantOf(this.#instruction, this.#at, e.state, e.facts.profile);
    const constant = e.state.constants.get(key);
    const name = constant instanceof Atom || typeof constant === "string" ? textOf(constant) : null;
    const holes = { a: e.value(object), b: e.value(key), d: e.variable(d), ...this.#exits() };
    if (variant === "general") {
      const known = e.facts.profile.getter(this.#at);
      if (known !== null && name !== null) return this.#callGetter(d, e.value(object), name, known as Called);
      const slow = template(IN_GENERAL.JS_GET as string).expression({ a: holes.a, b: holes.b });
      const settled = e.settle();
      const general = { ...holes, slow, aside: this.#aside(), store: [e.store()], fetch: [e.fetch()] };
      if (name === null) return this.#done([...settled, ...e.snippet("jsGeneralElement", general)]);
      const isGetter = e.facts.profile.has(this.#at, GETTER);
      const own = { ...general, b: text(nativeKey(name)) };
      if (name === "length" && !isGetter) return this.#done([...settled, ...e.snippet("jsGeneralLength", own)]);
      const method = realm().prototype("Array")[nativeKey(name)];
      if (!isGetter && method instanceof FunctionValue) {
        return this.#done([...settled, ...e.snippet("jsGeneralMethod", { ...own, f: e.reference(method) })]);
      }
      if (!isGetter) return this.#done([...settled, ...e.snippet("jsGeneralProperty", own)]);
      e.callsNatively();
      const getter = {
        ...own,
        f: e.reference(atom(name)),
        args: e.reference(NO_ARGUMENTS),
        charge: [e.store(this.#cost + CALL_COST)],
        leave: e.stopInCall(this.#at, d),
      };
      return this.#done([...settled, ...e.snippet("jsGotten", getter)]);
    }
    const wanted = e.facts.wantsNumber(this.#instruction, this.#at);
    if (variant === "element") {
      const guards = this.#guard(key);
      return this.#done([...guards, ...e.snippet(wanted ? "numberElement" : "jsElement", holes)]);
    }
    if (name === "length") return this.#done(e.snippet("jsLength", holes));
    return this.#done(e.snippet(wanted ? "numberProperty" : "jsProperty", { ...holes, b: text(nativeKey(name!)) }));
  }

  /** Reading a member calls this getter: a safe point of its own, behind the cost of the instruction; see `jsGotten`. */
  #callGetter(d: number, a: Expression, name: string, getter: Called): Statement[] {
    const { e } = this;
    const callee = e.reference(getter.value);
    const settled = e.settle();
    const guard = e.snippet("isGetter", { a, b: text(nativeKey(name)), f: callee, miss: this.#miss() });
    const check = e.snippet("beforeGetter", { aside: this.#aside() });
    return [...settled, ...guard, ...check, ...this.#callNative(d, getter, [], callee, a)];
  }

  /** Of a call, with what the instruction itself costs where it is none. */
  get #callCost(): number {
    return this.#instruction.op === "JS_GET" ? this.#cost + CALL_COST : this.#cost;
  }

  #jsSet(object: number, key: number, value: number): Statement[] {
    const { e } = this;
    const variant = variantOf(this.#instruction, this.#at, e.state, e.facts.profile);
    const holes = { a: e.value(object), b: e.value(key), c: e.value(value) };
    if (variant === "general") {
      const settled = e.settle();
      const rest = { aside: this.#aside(), store: [e.store()], fetch: [e.fetch()] };
      const isNamed = e.state.constants.has(key);
      return this.#done([
        ...settled,
        ...e.snippet(isNamed ? "jsSetGeneral" : "jsSetGeneralElement", { ...holes, ...rest }),
      ]);
    }
    if (variant === "element") {
      return this.#done([...this.#guard(key), ...e.snippet("jsSetElement", { ...holes, ...this.#exits() })]);
    }
    const name = textOf(e.state.constants.get(key)!);
    const other = this.#isOther(object);
    const guard = e.state.plain.has(object) ? [] : [when(other, this.#miss())];
    const aside = this.#aside();
    return this.#done([...guard, ...e.snippet("jsSetProperty", { ...holes, b: text(nativeKey(name)), aside })]);
  }

  /**
   * The test that a value is no Object, or one with several prototypes. The member is looked for first: what V8 has found out
   * about the value then, and finds out anyway, answers the rest.
   */
  #isOther(register: number): Expression {
    const { e } = this;
    const value = e.value(register);
    if (e.state.plain.has(register)) return bool(false);
    const hasMany = binary("!==", member(value, "prototypeList"), id("undefined"));
    if (e.state.types[register] === OBJECT) return hasMany;
    return binary("||", hasMany, not(binary("instanceof", value, id("IonObject"))));
  }

  // ---- Calls ------------------------------------------------------------------------------------

  #call(d: number, callee: number, args: readonly number[]): Statement[] {
    const { e } = this;
    const constant = e.state.constants.get(callee);
    if (constant instanceof FunctionValue) {
      if (constant.foreign !== null) return this.#callForeign(d, constant, args);
      const known = constant as FunctionValue<Code>;
      // What always raises an error is left to the interpreter, and whatever comes behind it is never reached.
      if (!mayReturn(known.code!.instructions)) return this.#last(this.#aside());
      const target = { code: known.code!, captures: known.captured.length };
      return [...this.#checkCall(), ...this.#callNative(d, target, args, e.constant(known), e.constant(known.self))];
    }
    const value = e.value(callee);
    const closure = e.state.unseen?.get(callee);
    if (closure !== undefined) {
      const target = { code: closure.code, captures: closure.types.length };
      return [...this.#checkCall(), ...this.#callNative(d, target, args, value, id("U"))];
    }
    const target = bytecodeTarget(e.facts.profile.target(this.#at));
    if (target === undefined) return this.#last(this.#miss());
    if (e.facts.profile.has(this.#at, MANY_TARGETS) || target === null) {
      if (!e.code.isJs) return this.#callAny(d, value, args);
      const found = e.snippet("isFunction", { a: value, aside: this.#aside() });
      return this.#callFound(d, found, id("U"), args);
    }
    const { guard, callee: known, self } = this.#guardTarget(value, target);
    const rest = [...this.#checkCall(), ...this.#callNative(d, target, args, known, self ?? member(value, "self"))];
    return [...guard, ...rest];
  }

  #checkCall(): Statement[] {
    const { e } = this;
    // The rest of a round, behind a check that has been passed.
    if (this.charged) return [];
    const isInlined = e.facts.inliner.plan(this.#at, e.state, e.facts) !== null;
    return isInlined ? e.checkInlined(this.node, this.#at) : e.check(this.#at);
  }

  #callForeign(d: number, callee: FunctionValue, args: readonly number[]): Statement[] {
    const { e } = this;
    const { needsFrames, takesThis } = callee.foreign as ForeignFunction;
    if (needsFrames) return this.#last(this.#aside());
    if (takesThis) return this.#foreignWith(d, callee, id("U"), args);
    const numeric = numericCall(this.#instruction, e.state);
    if (numeric !== null && !e.facts.profile.has(this.#at, GENERAL)) {
      const guards = args.flatMap((register) => this.#guard(register));
      const { call: f, fails } = e.environment.numeric(numeric);
      const values = args.map((register) => e.value(register));
      if (fails === null) return this.#done([...guards, assign(e.variable(d), call(e.reference(f), values))]);
      const functions = { f: e.reference(f), fails: e.reference(fails) };
      const holes = { ...functions, args: values, d: e.variable(d), aside: this.#aside() };
      return this.#done([...guards, ...e.snippet("foreignNumbers", holes)]);
    }
    if (asksForArray(this.#instruction, e.state)) {
      return this.#done([assign(e.variable(d), call(id("isArray"), [e.value(args[0])]))]);
    }
    const local = this.#callLocal(d, callee.foreign as ForeignFunction, args);
    if (local !== null) return local;
    const store = [e.store(this.#cost)];
    const stop = e.giveUp(this.#at);
    const f = e.reference(callee.foreign);
    const values = array(args.map((register) => e.value(register)));
    const holes = { f, args: values, code: e.reference(e.code), d: e.variable(d), store, stop, fetch: [e.fetch()] };
    e.pending = 0;
    return this.#done(e.snippet("foreign", holes), 0);
  }

  /** A call of a foreign function that takes `this`, or of any with one. */
  #foreignWith(d: number, callee: FunctionValue, self: Expression, args: readonly number[]): Statement[] {
    const { e } = this;
    const foreign = callee.foreign as ForeignFunction;
    if (foreign.needsFrames) return this.#last(this.#aside());
    const given = args.map((register) => e.value(register));
    const passed = foreign.takesThis ? [self, ...given] : given;
    const local = this.#callLenient(d, foreign, passed);
    if (local !== null) return local;
    const values = array(passed);
    const store = [e.store(this.#cost)];
    const stop = e.giveUp(this.#at);
    const f = e.reference(foreign);
    const holes = { f, args: values, code: e.reference(e.code), d: e.variable(d), store, stop, fetch: [e.fetch()] };
    e.pending = 0;
    return this.#done(e.snippet("foreign", holes), 0);
  }

  /** A local function that takes arguments as JavaScript's do, which need no look at their types; null: not this one. */
  #callLenient(d: number, foreign: ForeignFunction, passed: readonly Expression[]): Statement[] | null {
    const { e } = this;
    const { parameters, rest, lenient, charge } = foreign.spec;
    if (!foreign.isLocal || lenient !== true || rest !== undefined || foreign.direct === null) return null;
    const args = parameters.map((_, i) => passed[i] ?? id("U"));
    const f = e.reference(e.environment.local(foreign));
    const holes = { f, args, d: e.variable(d), aside: this.#aside() };
    if (charge === undefined) return this.#done(e.snippet("foreignLocal", holes));
    const settled = e.settle();
    const charged = { ...holes, aside: this.#aside(), store: [e.store()], fetch: [e.fetch()] };
    return this.#done([...settled, ...e.snippet("foreignCharged", charged)]);
  }

  #callThis(d: number, callee: number, self: number, args: readonly number[]): Statement[] {
    const { e } = this;
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
    const target = bytecodeTarget(e.facts.profile.target(this.#at));
    if (e.facts.profile.has(this.#at, MANY_TARGETS) || target === null) {
      const found = e.snippet("isFunction", { a: value, aside: this.#aside() });
      return this.#callFound(d, found, e.value(self), args);
    }
    if (target === undefined) return this.#last(this.#miss());
    const { guard, callee: known } = this.#guardTarget(value, target);
    return [...guard, ...this.#checkCall(), ...this.#callNative(d, target, args, known, e.value(self))];
  }

  /** Makes sure that a value is the function that was called before: the very same, if all processes share it. */
  #guardTarget(
    value: Expression,
    { code, captures, isShared, value: known }: Called,
  ): { readonly guard: Statement[]; readonly callee: Expression; readonly self: Expression | null } {
    const { e } = this;
    if (isShared) {
      const callee = e.reference(known);
      return { guard: e.snippet("guardSame", { a: value, f: callee, miss: this.#miss() }), callee, self: id("U") };
    }
    const holes = { a: value, code: e.reference(code), n: num(captures), miss: this.#miss() };
    return { guard: e.snippet("guardTarget", holes), callee: value, self: null };
  }

  #callSpread(d: number, callee: number, self: number, values: number): Statement[] {
    const { e } = this;
    const found = e.snippet("isFunction", { a: e.value(callee), aside: this.#aside() });
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
    const { e } = this;
    e.callsNatively();
    const settled = e.settle();
    const check = e.check(this.#at);
    const values = args === null ? id("p") : array(args.map((register) => e.value(register)));
    const holes = {
      a: self,
      args: values,
      called: this.#calledAmong(self, args ?? [], values),
      code: e.reference(e.code),
      d: e.variable(d),
      check,
      store: [e.store(this.#cost)],
      fetch: [e.fetch()],
      stop: e.giveUp(this.#at),
      leave: e.stopInCall(this.#at, d),
    };
    e.pending = 0;
    if (args !== null) return [...found, ...settled, ...this.#done(e.snippet("callFound", holes), 0)];
    const of = { c: e.value(spread), aside: this.#aside() };
    const taken = e.snippet("spread", { ...of, store: [e.store()], fetch: [e.fetch()] });
    const called = e.snippet("callSpread", { ...holes, spread: taken });
    // A function of the program was called here.
    if (e.facts.profile.target(this.#at)?.code != null) return [...found, ...settled, ...this.#done(called, 0)];
    const push = e.reference(realm().prototype("Array")[nativeKey("push")] as FunctionValue);
    e.pending = this.#cost;
    const inPlace = { ...of, a: self, d: holes.d, push, charge: e.settle(), otherwise: called };
    return [...found, ...settled, ...this.#done(e.snippet("pushSpread", inPlace), 0)];
  }

  /** The call of `m`: of one of the few functions that were called here, natively, or of any. */
  #calledAmong(self: Expression, args: readonly number[], values: Expression): Expression {
    const { e } = this;
    const any = call(id("callThis"), [id("m"), self, values]);
    if (this.#instruction.op === "CALL_SPREAD") return any;
    return e.facts.profile.few(this.#at).reduceRight<Expression>((otherwise, { code, captures, value, isShared }) => {
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

  #jsCallMethod(d: number, object: number, key: string, args: readonly number[]): Statement[] {
    const { e } = this;
    const { profile } = e.facts;
    const target = profile.target(this.#at);
    const a = e.value(object);
    const native = text(nativeKey(key));
    if (profile.has(this.#at, MANY_TARGETS)) {
      const found = e.snippet("findMethod", { a, b: native, f: e.reference(atom(key)), aside: this.#aside() });
      return this.#callFound(d, found, a, args);
    }
    if (target === undefined) return this.#last(this.#miss());
    const { receiver, value } = target;
    if (receiver !== null) {
      const guard = e.snippet(RECEIVER_GUARDS[receiver] ?? "isArrayWithout", { a, b: native, miss: this.#miss() });
      if (value.foreign !== null) {
        const quick = this.#quickMethod(d, a, (value.foreign as ForeignFunction).name, args);
        return [...guard, ...(quick ?? this.#foreignWith(d, value, a, args))];
      }
      const known = { code: target.code!, captures: target.captures };
      return [...guard, ...this.#checkCall(), ...this.#callNative(d, known, args, e.constant(value), a)];
    }
    if (value.foreign !== null && target.isShared) {
      const guard = e.snippet("guardSame", { a: index(a, native), f: e.reference(value), miss: this.#miss() });
      return [...guard, ...this.#foreignWith(d, value, a, args)];
    }
    const bytecode = bytecodeTarget(target);
    if (bytecode === null || bytecode === undefined) {
      const found = e.snippet("findMethod", { a, b: native, f: e.reference(atom(key)), aside: this.#aside() });
      return this.#callFound(d, found, a, args);
    }
    if (bytecode.isShared) {
      const callee = e.reference(bytecode.value);
      const guard = e.snippet("guardSame", { a: index(a, native), f: callee, miss: this.#miss() });
      return [...guard, ...this.#checkCall(), ...this.#callNative(d, bytecode, args, callee, a)];
    }
    const holes = { a, b: native, code: e.reference(bytecode.code), n: num(bytecode.captures), miss: this.#miss() };
    const find = e.snippet("method", holes);
    return [...find, ...this.#checkCall(), ...this.#callNative(d, bytecode, args, id("t"), a)];
  }

  /** The few methods of built-ins that are one operation of the host's, with nothing to charge; null: not this one. */
  #quickMethod(d: number, a: Expression, name: string, args: readonly number[]): Statement[] | null {
    const { e } = this;
    const variable = e.variable(d);
    if (name === "Array.prototype.push" && args.length === 1) {
      return this.#done(e.snippet("push", { a, c: e.value(args[0]), d: variable, aside: this.#aside() }));
    }
    if (name === "Array.prototype.pop" && args.length === 0) {
      return this.#done(e.snippet("pop", { a, d: variable, aside: this.#aside() }));
    }
    if (name === "String.prototype.charCodeAt" && args.length === 1) {
      const index = e.value(args[0]);
      return this.#done(e.snippet("charCodeAt", { a, c: index, d: variable, aside: this.#aside() }));
    }
    return null;
  }

  /** A local function with arguments of the right types; null: not this one. */
  #callLocal(d: number, foreign: ForeignFunction, args: readonly number[]): Statement[] | null {
    const { e } = this;
    const { spec } = foreign;
    const { parameters, rest } = spec;
    if (!foreign.isLocal || rest !== undefined || parameters.length !== args.length) return null;
    const guards: Statement[] = [];
    for (let i = 0; i < args.length; i++) {
      const guard = GUARDS[parameters[i].type];
      if (guard === undefined) return null;
      if (guard === null) continue;
      const exits = { miss: this.#aside(), aside: this.#aside() };
      guards.push(...e.snippet(guard, { a: e.value(args[i]), ...exits }));
    }
    const f = e.reference(e.environment.local(foreign));
    const values = args.map((register) => e.value(register));
    const passed = foreign.direct === null ? [array(values)] : values;
    const holes = { f, args: passed, d: e.variable(d), aside: this.#aside() };
    if (spec.charge === undefined) return this.#done([...guards, ...e.snippet("foreignLocal", holes)]);
    const settled = e.settle();
    const charged = { ...holes, aside: this.#aside(), store: [e.store()], fetch: [e.fetch()] };
    return this.#done([...guards, ...settled, ...e.snippet("foreignCharged", charged)]);
  }

  /** Behind its check and its guard. */
  #callNative(
    d: number,
    target: { readonly code: Code; readonly captures: number },
    args: readonly number[],
    callee: Expression,
    self: Expression,
  ): Statement[] {
    const { e } = this;
    const { code, captures } = target;
    const isCollecting = code.collects >= 0;
    if (isCollecting && captures > code.collects) return this.#last(this.#aside());
    const taken = Math.min(args.length, Math.max(0, (isCollecting ? code.collects : code.fill) - captures));
    const plan = e.facts.inliner.plan(this.#at, e.state, e.facts);
    if (plan !== null) {
      const names = e.state.unseen?.get(callOf(this.#instruction, this.#at, e.facts.profile)!.callee)?.names ?? null;
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
    const stop = e.stopInCall(this.#at, d);
    const holes = { f, args: passed, d: e.variable(d), store, stop, fetch: [e.fetch()] };
    // Where a handler reads what was in the register before, it must not be overwritten by S.
    const name: Snippet = e.liveInHandler(this.#at).includes(d) ? "callAside" : "call";
    e.pending = 0;
    return this.#done(e.snippet(name, holes), 0);
  }

  /** The callee's body instead of the call. Its frame is made only if it must stop in there. */
  #inline(
    d: number,
    plan: InlinePlan,
    args: readonly number[],
    captured: (index: number) => Expression,
    self: Expression,
  ): Statement[] {
    const { e } = this;
    const label = e.inlineLabel();
    const { code } = plan;
    const child = e.inlined(plan, { emitter: e, at: this.#at, d, label, self }, args.length);
    const values = args.map((register) => e.value(register));
    const pending = e.pending + this.#callCost + code.entryCharge;
    const inlined = child.emitInlined(pending, values, captured);
    e.pending = inlined.pending;
    return this.#done(inlined.statements, 0);
  }

  #callAny(d: number, callee: Expression, args: readonly number[]): Statement[] {
    const { e } = this;
    const guard = e.snippet("isBytecode", { a: callee, aside: this.#aside() });
    const check = e.check(this.#at);
    const values = array(args.map((register) => e.value(register)));
    const store = [e.store(this.#cost)];
    const stop = e.stopInCall(this.#at, d);
    const holes = { a: callee, args: values, d: e.variable(d), store, stop, fetch: [e.fetch()] };
    e.pending = 0;
    e.callsNatively();
    return [...guard, ...check, ...this.#done(e.snippet("callAny", holes), 0)];
  }

  #callMethod(d: number, object: number, key: string, args: readonly number[]): Statement[] {
    const { e } = this;
    const target = bytecodeTarget(e.facts.profile.target(this.#at));
    if (e.facts.profile.has(this.#at, MANY_TARGETS)) return this.#last(this.#aside());
    if (target === undefined || target === null) return this.#last(this.#miss());
    const code = e.reference(target.code);
    const holes = { a: e.value(object), b: text(nativeKey(key)), code, n: num(target.captures), miss: this.#miss() };
    const find = e.snippet("method", holes);
    const check = this.#checkCall();
    return [...find, ...check, ...this.#callNative(d, target, args, id("t"), e.value(object))];
  }

  // ---- Making things ----------------------------------------------------------------------------

  #object({ operands: [d, entries] }: InstructionOf<"OBJECT_INIT">): Statement[] {
    const { e } = this;
    const keys = entries.map(({ key }) => nativeKey(key));
    const isPlain =
      entries.length <= MOST_MEMBERS &&
      new Set(keys).size === keys.length &&
      entries.every(({ attributes, from }) => attributes === null && ("register" in from || isShared(from.value)));
    if (!isPlain) {
      const registers = entries.flatMap(({ from }) => ("register" in from ? [e.value(from.register)] : []));
      return this.#slow(e.variable(d), call(id("makeObject"), [e.reference(entries.map(memberOf)), array(registers)]));
    }
    const maker = e.reference(e.environment.maker(keys));
    const values = entries.map(({ from }) => ("register" in from ? e.value(from.register) : e.constant(from.value)));
    const made: Expression = { type: "NewExpression", callee: maker, arguments: values };
    return this.#done([assign(e.variable(d), made)], this.#cost + work(entries.length));
  }

  #closure({ operands: [d, callee, scope, captures] }: InstructionOf<"MAKE_CLOSURE">): Statement[] {
    const { e } = this;
    const values = array(captures.map(({ register }) => e.value(register)));
    const known = e.state.constants.get(callee);
    const closure = e.facts.closureMadeBy(this.#instruction, this.#at, e.state);
    if (closure !== null) {
      closure.names ??= e.captureNames(captures.length);
      const { names } = closure;
      const kept = names.map((name, i) => assign(id(name), e.value(captures[i].register)));
      return this.#done(
        [...kept, assign(e.variable(d), e.closure(closure, names))],
        this.#cost + work(captures.length),
      );
    }
    if (scope === "" && known instanceof FunctionValue && known.code !== null) {
      const parts = [e.reference(known.code), NULL, values, e.constant(known.self)];
      return this.#done([assign(e.variable(d), construct("FunctionValue", parts))], this.#cost + work(captures.length));
    }
    const names = e.reference(captures.map(({ name }) => name));
    const scopes = scope === "" ? id("undefined") : id("scopes");
    const made = call(id("closure"), [e.value(callee), scopes, e.constant(scope), names, values]);
    const open = scope === "" ? [] : template("if (scopes === null) scopes = newScopes();").statements({});
    return [...open, ...this.#slow(e.variable(d), made)];
  }

  // ---- Effects ----------------------------------------------------------------------------------

  #yield(): Statement[] {
    const { e } = this;
    const next = this.#at + 1;
    const check = e.check(this.#at);
    const store = [e.store(this.#cost)];
    e.pending = 0;
    const stop = e.stop(next, AT_PC, true);
    const statements = [...check, ...e.snippet("yields", { store, stop })];
    if (e.form !== "generator") return this.#last(statements);
    return this.#done([...statements, e.fetch()], 0);
  }

  #effect(name: "effect" | "effectResult", effect: Expression, d: number | null = null): Statement[] {
    const holes = d === null ? { effect } : { effect, d: this.e.variable(d) };
    return this.#waits() ? this.#waiting(name, holes) : this.#immediate(name, holes);
  }

  #waits(): boolean {
    const { op } = this.#instruction;
    return op !== "SEND" && op !== "LINK" && op !== "SPAWN";
  }

  #immediate(name: Snippet, holes: Holes): Statement[] {
    const { e } = this;
    const check = this.#instruction.op === "LINK" ? [] : e.check(this.#at);
    const store = [e.store(this.#cost)];
    e.pending = 0;
    const stop = e.giveUp(this.#at);
    return this.#done([...check, ...e.snippet(name, { ...holes, store, stop, fetch: [e.fetch()] })], 0);
  }

  #waiting(name: Snippet, holes: Holes): Statement[] {
    const waiting: Record<string, Snippet> = { effectResult: "waits", timed: "waitsTimed" };
    return this.#done(this.#waitingFor(this.e.form === "generator" ? waiting[name] : name, holes), 0);
  }

  #waitingFor(form: Snippet, holes: Holes): Statement[] {
    const { e } = this;
    const check = this.charged ? [] : e.check(this.#at);
    // A charged instruction has paid when it began to wait.
    const store = [e.store(this.charged ? 0 : this.#cost)];
    e.pending = 0;
    const stop = e.stop(this.#at, CHARGED, true);
    return [...check, ...e.snippet(form, { ...holes, store, stop, fetch: [e.fetch()] })];
  }

  // ---- MATCH ------------------------------------------------------------------------------------

  #match({ operands: [source, clauses] }: InstructionOf<"MATCH">): Statement[] {
    const { e, node } = this;
    const next = this.#at + 1;
    const general = e.facts.profile.has(this.#at, GENERAL) || e.facts.profile.has(this.#at, TEXTS);
    if (clauses.length === 0) {
      e.pending += this.#cost;
      return e.edge(node, next);
    }
    if (!general && canInline(clauses.map(({ pattern }) => pattern))) return this.#inlineMatch(source, clauses);
    const settled = e.settle();
    const { pinned, tried } = this.#tried(clauses);
    const found = [e.store(), assign(id("t"), call(id("match"), [tried, e.value(source), pinned])), e.fetch()];
    e.pending += this.#cost;
    return [...settled, ...found, ...this.#clauses(clauses, []), ...e.edge(node, next)];
  }

  #receiveMatch({ operands: [d, milliseconds, clauses] }: InstructionOf<"RECEIVE_MATCH">): Statement[] {
    const { e } = this;
    const { pinned, tried } = this.#tried(clauses);
    const effect = call(id("receiveMatch"), [e.value(milliseconds), tried, pinned]);
    const message = assign(e.variable(d), index(member(id("runtime"), "bound"), num(0)));
    const received = this.#waitingFor(e.form === "generator" ? "waitsForClause" : "clause", { effect });
    e.state.set(d, ANY);
    return [...received, ...this.#clauses(clauses, [message]), message, ...e.edge(this.node, this.#at + 1)];
  }

  /** The clauses as a constant, with pins counted in the order of an array with their values. */
  #tried(clauses: readonly Clause[]): { readonly tried: Expression; readonly pinned: Expression } {
    const { e } = this;
    const pinned: Expression[] = [];
    const tried = clauses.map(({ pattern, offset }) => {
      const counted = mapRegisters(pattern, (register, kind) => {
        return kind === "bind" ? register : pinned.push(e.value(register)) - 1;
      });
      return { pattern: counted, offset };
    });
    return { tried: e.reference(tried), pinned: pinned.length === 0 ? e.reference(NOTHING_PINNED) : array(pinned) };
  }

  /** Goes on where the clause leads whose number is in `t`, with what it has bound. */
  #clauses(clauses: readonly Clause[], first: readonly Statement[]): Statement[] {
    const { e } = this;
    const statements: Statement[] = [];
    clauses.forEach(({ pattern, offset }, i) => {
      const binds: Statement[] = [...first];
      let bound = first.length;
      const state = e.state.copy();
      walkPattern(pattern, (part) => {
        if (part.kind !== "bind") return;
        binds.push(assign(e.variable(part.register), index(member(id("runtime"), "bound"), num(bound++))));
        state.set(part.register, ANY);
      });
      statements.push(when(binary("===", id("t"), num(i)), [...binds, ...this.#edgeWith(state, this.#at + offset)]));
    });
    return statements;
  }

  #edgeWith(state: typeof this.e.state, target: number): Statement[] {
    const { e } = this;
    const before = e.state;
    e.state = state;
    const statements = e.edge(this.node, target);
    e.state = before;
    return statements;
  }

  #inlineMatch(source: number, clauses: InstructionOf<"MATCH">["operands"][1]): Statement[] {
    const { e } = this;
    const value = id("t");
    const miss = this.#miss();
    const statements: Statement[] = [assign(value, e.value(source))];
    // Arrays and Objects can stand for tuples and tagged values: not here.
    const isCompound = clauses.some(({ pattern }) => pattern.kind === "tuple" || pattern.kind === "tagged");
    if (isCompound) statements.push(...this.#missOthers(value, miss));
    const isCounted = mostTried(clauses.map(({ pattern }) => pattern)) >= VALUES_PER_REDUCTION;
    if (isCounted) statements.push(assign(id("n"), num(0)));
    const charge = isCounted ? template(SNIPPETS.chargeTried).statements({}) : [];
    e.pending += this.#cost;
    for (const { pattern, offset } of clauses) {
      const state = e.state.copy();
      const test = new MatchTest(e, e.label(), state, isCounted, (part) => this.#missOthers(part, miss));
      test.pattern(pattern, value, true);
      const found = [...test.statements, ...test.count(), ...test.binds, ...charge];
      const body = block([...found, ...this.#edgeWith(state, this.#at + offset)]);
      statements.push(test.canFail ? labelled(test.label, body) : body);
    }
    return [...statements, ...charge, ...e.edge(this.node, this.#at + 1)];
  }

  #missOthers(value: Expression, miss: readonly Statement[]): Statement[] {
    const others = binary("||", call(id("isArray"), [value]), binary("instanceof", value, id("IonObject")));
    return [when(others, miss)];
  }
}

function construct(name: "Tuple" | "Tagged" | "FunctionValue", args: readonly Expression[]): Expression {
  return { type: "NewExpression", callee: id(name), arguments: args };
}

function isOfType(value: Expression, type: string): Expression {
  const operator = { type: "UnaryExpression", operator: "typeof", prefix: true, argument: value };
  return binary("===", operator, text(type));
}

/** The function of a target; null if that is foreign. */
function bytecodeTarget(target: Target | undefined): Called | null | undefined {
  return target?.code === null ? null : (target as Called | undefined);
}

interface Called extends Target {
  readonly code: Code;
}

const NO_ARGUMENTS: readonly Value[] = [];
const CALL_COST = rowOf("CALL").cost;

/** The member that a cell has. */
const CELL_KEY = "$v";

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

const NOTHING_PINNED: readonly Value[] = [];

/** Objects with more members are not worth a constructor of their own. */
const MOST_MEMBERS = 32;

/** Reductions for so many values made. */
function work(values: number): number {
  return Math.floor(values / VALUES_PER_REDUCTION);
}

function textOf(key: Value): string {
  return key instanceof Atom ? key.name : (key as string);
}
