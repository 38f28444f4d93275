/** What each instruction becomes: chooses the template and fills it. One function a kind of instruction; calls and what waits have files of their own. */

import type { InstructionOf, Mnemonic } from "../src/bytecode/instructions.ts";
import { specialAtom } from "../src/bytecode/special.ts";
import { realm } from "../src/operations/js/realm.ts";
import { Atom, atom } from "../src/values/atom.ts";
import { FunctionValue } from "../src/values/function.ts";
import { nativeKey } from "../src/values/object.ts";
import type { Value } from "../src/values/value.ts";
import { VALUES_PER_REDUCTION } from "../src/values/work.ts";
import { CALL_COST, type Called, Calls } from "./calls.ts";
import type { Node } from "./cfg.ts";
import type { Emitter } from "./emit.ts";
import { ATOM, BOOLEAN, isShared, NUMBER, numberOperands, show, TEXT, transfer, variantOf } from "./facts.ts";
import { memberOf } from "./objects.ts";
import { Place } from "./place.ts";
import { GETTER, MANY_TARGETS } from "./profile.ts";
import { IN_GENERAL, ON_NUMBERS, type Snippet, template } from "./templates.ts";
import {
  array,
  assign,
  binary,
  bool,
  call,
  type Expression,
  id,
  member,
  NULL,
  not,
  num,
  type Statement,
  statement,
  text,
  when,
} from "./tree.ts";
import { Waits } from "./waiting.ts";

export function emitInstruction(emitter: Emitter, node: Node, at: number, charged: boolean): Statement[] {
  return new InstructionEmitter(new Place(emitter, node, at, charged)).emit();
}

class InstructionEmitter {
  readonly #place: Place;
  readonly #calls: Calls;
  readonly #waits: Waits;

  constructor(place: Place) {
    this.#place = place;
    this.#calls = new Calls(place);
    this.#waits = new Waits(place);
  }

  emit(): Statement[] {
    show(this.#place.instruction, this.#place.at, this.#place.e.state, this.#place.e.facts);
    return this.#emit();
  }

  #emit(): Statement[] {
    const { e } = this.#place;
    const instruction = this.#place.instruction;
    switch (instruction.op) {
      case "LOAD_CONST":
        return this.#constant(...instruction.operands);
      case "MOVE": {
        const [d, s] = instruction.operands;
        return e.state.constants.has(s) ? this.#load() : this.#place.done([assign(e.variable(d), e.value(s))]);
      }
      case "NOP":
      case "TRY":
      case "END_TRY":
        return this.#place.done([]);
      case "AND":
      case "OR": {
        const [d, a, b] = instruction.operands;
        const truth = binary(instruction.op === "AND" ? "&&" : "||", this.#truth(a), this.#truth(b));
        return this.#place.done([assign(e.variable(d), truth)]);
      }
      case "NOT": {
        const [d, a] = instruction.operands;
        return this.#place.done([assign(e.variable(d), not(this.#truth(a)))]);
      }
      case "JUMP":
        e.pending += this.#place.cost;
        return e.edge(this.#place.node, this.#place.at + instruction.operands[0]);
      case "JUMP_IF_TRUE":
      case "JUMP_IF_FALSE":
        return this.#branch(instruction.op, ...instruction.operands);
      case "RETURN": {
        e.pending += this.#place.cost;
        return e.result(e.value(instruction.operands[0]));
      }
      case "THROW":
        return this.#place.last(this.#place.aside());
      case "GET_PROP":
        return this.#getProp(...instruction.operands);
      case "SET_PROP":
        return this.#setProp(...instruction.operands);
      case "CALL":
        return this.#calls.call(...instruction.operands);
      case "CALL_METHOD":
        return this.#calls.callMethod(...instruction.operands);
      case "JS_GET":
        return this.#jsGet(...instruction.operands);
      case "JS_SET":
        return this.#jsSet(...instruction.operands);
      case "JS_CALL_METHOD":
        return this.#calls.jsCallMethod(...instruction.operands);
      case "CALL_THIS":
        return this.#calls.callThis(...instruction.operands);
      case "CALL_SPREAD":
        return this.#calls.callSpread(...instruction.operands);
      case "JS_TRUTH":
      case "JS_NOT": {
        const [d, a] = instruction.operands;
        const truth = this.#jsTruth(a);
        return this.#place.done([assign(e.variable(d), instruction.op === "JS_NOT" ? not(truth) : truth)]);
      }
      case "JS_NULLISH": {
        const [d, a] = instruction.operands;
        const value = e.value(a);
        const nullish = binary("||", binary("===", value, id("U")), binary("===", value, id("Unit")));
        return this.#place.done([assign(e.variable(d), nullish)]);
      }
      case "JS_TYPEOF": {
        const [d, a] = instruction.operands;
        return this.#place.done([assign(e.variable(d), call(id("jsTypeOf"), [e.value(a)]))]);
      }
      case "JS_ALLOCATE": {
        const [d, a] = instruction.operands;
        const made = e.facts.profile.has(this.#place.at, MANY_TARGETS)
          ? undefined
          : e.facts.profile.target(this.#place.at);
        const maker = made?.value.members?.maker ?? null;
        if (made !== undefined && maker !== null) {
          const known: Expression = { type: "NewExpression", callee: e.reference(maker), arguments: [] };
          if (e.state.constants.get(a) === made.value) return this.#place.done([assign(e.variable(d), known)]);
          const holes = {
            a: e.value(a),
            f: e.reference(made.value),
            made: known,
            d: e.variable(d),
            miss: this.#place.miss(),
          };
          return this.#place.done(e.snippet("jsAllocateKnown", holes));
        }
        return this.#place.done(
          e.snippet("jsAllocate", { d: e.variable(d), a: e.value(a), aside: this.#place.aside() }),
        );
      }
      case "JS_CONSTRUCTED": {
        const [d, result, object] = instruction.operands;
        return this.#place.done([assign(e.variable(d), call(id("jsConstructed"), [e.value(result), e.value(object)]))]);
      }
      case "COLLECT":
        return this.#place.done([]);
      case "LOAD_GLOBAL": {
        const [d, name] = instruction.operands;
        const place = num(e.code.globals.get(name)!);
        const known = e.facts.profile.global(this.#place.at);
        if (known !== undefined) {
          const holes = { n: place, globals: e.globals(), a: e.reference(known), miss: this.#place.miss() };
          return this.#load(e.snippet("isGlobal", holes));
        }
        const holes = { d: e.variable(d), n: place, globals: e.globals(), aside: this.#place.aside() };
        return this.#place.done(e.snippet("loadGlobal", holes));
      }
      case "STORE_GLOBAL": {
        const [name, s] = instruction.operands;
        const place = num(e.code.globals.get(name)!);
        return this.#place.done([statement(call(id("storeGlobal"), [place, e.value(s)])), e.fetchGlobals()]);
      }
      case "LOAD_CELL": {
        const [d, cell] = instruction.operands;
        const holes = { d: e.variable(d), a: e.value(cell), b: text(CELL_KEY), miss: this.#place.aside() };
        return this.#place.done(e.snippet("jsProperty", holes));
      }
      case "STORE_CELL": {
        const [cell, s] = instruction.operands;
        const holes = { a: e.value(cell), b: text(CELL_KEY), c: e.value(s), aside: this.#place.aside() };
        return this.#place.done(e.snippet("storeCell", holes));
      }
      case "MATCH":
        return this.#waits.match(instruction);
      case "RECEIVE_MATCH":
        return this.#waits.receiveMatch(instruction);
      case "ARRAY_INIT":
      case "TUPLE_INIT": {
        const [d, registers] = instruction.operands;
        const items = array(registers.map((register) => e.value(register)));
        const made = instruction.op === "ARRAY_INIT" ? items : construct("Tuple", [items]);
        return this.#place.done([assign(e.variable(d), made)], this.#place.cost + work(registers.length));
      }
      case "TAG_INIT": {
        const [d, tag, payload] = instruction.operands;
        return this.#place.done([assign(e.variable(d), construct("Tagged", [e.constant(tag), e.value(payload)]))]);
      }
      case "OBJECT_INIT":
        return this.#object(instruction);
      case "MAKE_CLOSURE":
        return this.#closure(instruction);
      case "YIELD":
        return this.#waits.yield();
      case "SEND": {
        const [process, message] = instruction.operands;
        return this.#waits.effect("effect", call(id("send"), [e.value(process), e.value(message)]));
      }
      case "LINK":
        return this.#waits.effect("effect", call(id("link"), [e.value(instruction.operands[0])]));
      case "SPAWN": {
        const [d, callee, args] = instruction.operands;
        const birth = array([callee, ...args].map((register) => e.value(register)));
        return this.#waits.effect("effectResult", call(id("spawn"), [birth]), d);
      }
      case "RECEIVE":
        return this.#waits.effect("effectResult", call(id("receive"), []), instruction.operands[0]);
      case "JOIN": {
        const [process, d] = instruction.operands;
        return this.#waits.effect("effectResult", call(id("join"), [e.value(process)]), d);
      }
      case "JOIN_NUMBER": {
        const [number, d] = instruction.operands;
        return this.#waits.effect("effectResult", call(id("joinNumber"), [num(number)]), d);
      }
      case "SELECT":
      case "SELECT_WITH_KILL": {
        const [d, registers] = instruction.operands;
        const candidates = array(registers.map((register) => e.value(register)));
        const kills = bool(instruction.op === "SELECT_WITH_KILL");
        return this.#waits.effect("effectResult", call(id("select"), [candidates, kills]), d);
      }
      case "RECEIVE_WITH_TIMEOUT": {
        const [d, milliseconds, ok] = instruction.operands;
        const holes = { a: e.value(milliseconds), d: e.variable(d), c: e.variable(ok) };
        return this.#waits.waiting("timed", holes);
      }
      default:
        return this.#operation(instruction.op, instruction.operands as readonly number[]);
    }
  }

  // ---- Values -----------------------------------------------------------------------------------

  #constant(d: number, value: Value): Statement[] {
    const { e } = this.#place;
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
      return this.#place.done([assign(variable, sources[special.value])]);
    }
    const before = e.state.copy();
    transfer(this.#place.instruction, this.#place.at, before, e.facts);
    if (before.constants.has(d)) return this.#load();
    return this.#slow(variable, call(id("literal"), [e.reference(value)]));
  }

  /** The register is known to be constant from here on: it gets its variable where that ends, see `materialize`. */
  #load(guard: Statement[] = []): Statement[] {
    return this.#place.done(guard);
  }

  /** A shared operation that nothing quick stands in for. */
  #slow(variable: Expression, slow: Expression): Statement[] {
    const { e } = this.#place;
    const settled = e.settle();
    const holes = { d: variable, slow, store: [e.store()], fetch: [e.fetch()], aside: this.#place.aside() };
    return this.#place.done([...settled, ...e.snippet("general", holes)]);
  }

  #truth(register: number): Expression {
    const { e } = this.#place;
    const value = e.value(register);
    const types = e.state.types[register];
    if (types === BOOLEAN) return value;
    if (types === NUMBER) return binary("!==", value, num(0));
    const other = binary("&&", binary("!==", value, bool(false)), call(id("truthy"), [value]));
    return binary("||", binary("===", value, bool(true)), other);
  }

  #jsTruth(register: number): Expression {
    const { e } = this.#place;
    const value = e.value(register);
    const types = e.state.types[register];
    if (types === BOOLEAN) return value;
    if (types === NUMBER) return binary("&&", binary("!==", value, num(0)), binary("===", value, value));
    if (types === TEXT) return binary("!==", value, text(""));
    const other = binary("&&", binary("!==", value, bool(false)), call(id("jsTruthy"), [value]));
    return binary("||", binary("===", value, bool(true)), other);
  }

  #operation(op: Mnemonic, operands: readonly number[]): Statement[] {
    const { e } = this.#place;
    const variant = variantOf(this.#place.instruction, this.#place.at, e.state, e.facts.profile);
    const variable = e.variable(operands[0]);
    const holes = this.#operands(operands);
    if (variant === "identity") return this.#place.done([assign(variable, this.#quick(op, operands))]);
    if (variant === "numbers") {
      const guards = numberOperands(this.#place.instruction, variant).flatMap((register) =>
        this.#place.guard(register),
      );
      guards.push(...this.#guardDivisor(op, operands));
      return this.#place.done([...guards, assign(variable, this.#quick(op, operands))]);
    }
    if (variant === "texts")
      return this.#place.done(e.snippet("texts", { ...holes, d: variable, ...this.#place.exits() }));
    const slow = template(IN_GENERAL[op] as string).expression(holes);
    const settled = e.settle();
    const common = { ...holes, d: variable, slow, store: [e.store()], fetch: [e.fetch()], ...this.#place.exits() };
    if (variant === "atom") {
      const equal = op === "EQUAL";
      const atomFirst = e.state.types[operands[1]] === ATOM && e.state.constants.has(operands[1]);
      const [known, other] = atomFirst ? [holes.a, holes.b] : [holes.b, holes.a];
      const yes = { a: other, b: known, yes: bool(equal), no: bool(!equal) };
      return this.#place.done([...settled, ...e.snippet("equalAtom", { ...common, ...yes })]);
    }
    if (op === "JS_EQUAL" || op === "JS_NOT_EQUAL") {
      return this.#place.done([
        ...settled,
        ...e.snippet("jsEquality", { ...common, quick: this.#quick(op, operands), same: bool(op === "JS_EQUAL") }),
      ]);
    }
    const numbers = ON_NUMBERS[op] === undefined ? null : this.#bothNumbers(operands.slice(1), op);
    if (numbers === null) return this.#place.done([...settled, ...e.snippet("general", common)]);
    const quick = this.#quick(op, operands);
    const mayBeTexts = operands.slice(1).every((register) => (e.state.types[register] & TEXT) !== 0);
    const equality = op === "EQUAL" || op === "NOT_EQUAL";
    const name: Snippet = equality && mayBeTexts ? "generalEquality" : "generalWithNumbers";
    return this.#place.done([...settled, ...e.snippet(name, { ...common, numbers, quick })]);
  }

  #operands([, a, b]: readonly number[]): Record<string, Expression> {
    const holes: Record<string, Expression> = { a: this.#place.e.value(a) };
    if (b !== undefined) holes.b = this.#place.e.value(b);
    return holes;
  }

  #quick(op: Mnemonic, operands: readonly number[]): Expression {
    const holes = this.#operands(operands);
    // The sign before a negative literal would become a decrement.
    if (op === "NEG" || op === "JS_NEG") {
      const constant = this.#place.e.state.constants.get(operands[1]);
      if (typeof constant === "number") return num(-constant);
    }
    return template(ON_NUMBERS[op] as string).expression(holes);
  }

  /** Division by zero is no Number. */
  #guardDivisor(op: Mnemonic, [, , b]: readonly number[]): Statement[] {
    if (op !== "DIV" && op !== "MOD") return [];
    const constant = this.#place.e.state.constants.get(b);
    if (typeof constant === "number" && constant !== 0) return [];
    return this.#place.e.snippet("guardNotZero", { b: this.#place.e.value(b), miss: this.#place.miss() });
  }

  /** The test that all operands are Numbers that the quick form can take; null if one cannot be. */
  #bothNumbers(registers: readonly number[], op: Mnemonic): Expression | null {
    const { e } = this.#place;
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
    const { e, node } = this.#place;
    const target = this.#place.at + offset;
    const next = this.#place.at + 1;
    e.pending += this.#place.cost;
    if (target === next) return e.edge(node, next);
    const truth = this.#truth(register);
    const test = op === "JUMP_IF_TRUE" ? truth : not(truth);
    return [when(test, e.edge(node, target)), ...e.edge(node, next)];
  }

  // ---- Properties -------------------------------------------------------------------------------

  #getProp(d: number, object: number, key: number): Statement[] {
    const { e } = this.#place;
    const variant = variantOf(this.#place.instruction, this.#place.at, e.state, e.facts.profile);
    const variable = e.variable(d);
    const a = e.value(object);
    if (variant === "general") {
      const slow = template(IN_GENERAL.GET_PROP as string).expression({ a, b: e.value(key) });
      return this.#slow(variable, slow);
    }
    const wanted = e.facts.wantsNumber(this.#place.instruction, this.#place.at);
    const holes = { a, d: variable, ...this.#place.exits() };
    if (variant === "element") {
      const guards = this.#place.guard(key);
      const name: Snippet = wanted ? "numberElement" : "element";
      return this.#place.done([...guards, ...e.snippet(name, { ...holes, b: e.value(key) })]);
    }
    const name = textOf(e.state.constants.get(key)!);
    if (name === "length") return this.#place.done(e.snippet("length", holes));
    const snippet: Snippet = wanted ? "numberProperty" : "property";
    return this.#place.done(e.snippet(snippet, { ...holes, b: text(nativeKey(name)) }));
  }

  #setProp(object: number, key: number, value: number): Statement[] {
    const { e } = this.#place;
    const variant = variantOf(this.#place.instruction, this.#place.at, e.state, e.facts.profile);
    if (variant === "general") {
      const settled = e.settle();
      const operands = { a: e.value(object), b: e.value(key), c: e.value(value) };
      const rest = { aside: this.#place.aside(), store: [e.store()], fetch: [e.fetch()] };
      return this.#place.done([...settled, ...e.snippet("setGeneral", { ...operands, ...rest })]);
    }
    const holes = { a: e.value(object), c: e.value(value), ...this.#place.exits() };
    if (variant === "element") {
      const guards = this.#place.guard(key);
      return this.#place.done([...guards, ...e.snippet("setElement", { ...holes, b: e.value(key) })]);
    }
    const name = textOf(e.state.constants.get(key)!);
    return this.#place.done(
      e.snippet("setProperty", { ...holes, other: this.#place.isOther(object), b: text(nativeKey(name)) }),
    );
  }

  #jsGet(d: number, object: number, key: number): Statement[] {
    const { e } = this.#place;
    const variant = variantOf(this.#place.instruction, this.#place.at, e.state, e.facts.profile);
    const constant = e.state.constants.get(key);
    const name = constant instanceof Atom || typeof constant === "string" ? textOf(constant) : null;
    const holes = { a: e.value(object), b: e.value(key), d: e.variable(d), ...this.#place.exits() };
    if (variant === "general") {
      const known = e.facts.profile.getter(this.#place.at);
      if (known !== null && name !== null) return this.#calls.callGetter(d, e.value(object), name, known as Called);
      const slow = template(IN_GENERAL.JS_GET as string).expression({ a: holes.a, b: holes.b });
      const settled = e.settle();
      const general = { ...holes, slow, aside: this.#place.aside(), store: [e.store()], fetch: [e.fetch()] };
      if (name === null) return this.#place.done([...settled, ...e.snippet("jsGeneralElement", general)]);
      const isGetter = e.facts.profile.has(this.#place.at, GETTER);
      const own = { ...general, b: text(nativeKey(name)) };
      if (name === "length" && !isGetter) return this.#place.done([...settled, ...e.snippet("jsGeneralLength", own)]);
      const method = realm().prototype("Array")[nativeKey(name)];
      if (!isGetter && method instanceof FunctionValue) {
        return this.#place.done([...settled, ...e.snippet("jsGeneralMethod", { ...own, f: e.reference(method) })]);
      }
      if (!isGetter) return this.#place.done([...settled, ...e.snippet("jsGeneralProperty", own)]);
      e.callsNatively();
      const getter = {
        ...own,
        f: e.reference(atom(name)),
        args: e.reference(NO_ARGUMENTS),
        charge: [e.store(this.#place.cost + CALL_COST)],
        leave: e.stopInCall(this.#place.at, d),
      };
      return this.#place.done([...settled, ...e.snippet("jsGotten", getter)]);
    }
    const wanted = e.facts.wantsNumber(this.#place.instruction, this.#place.at);
    if (variant === "element") {
      const guards = this.#place.guard(key);
      return this.#place.done([...guards, ...e.snippet(wanted ? "numberElement" : "jsElement", holes)]);
    }
    if (name === "length") return this.#place.done(e.snippet("jsLength", holes));
    return this.#place.done(
      e.snippet(wanted ? "numberProperty" : "jsProperty", { ...holes, b: text(nativeKey(name!)) }),
    );
  }

  #jsSet(object: number, key: number, value: number): Statement[] {
    const { e } = this.#place;
    const variant = variantOf(this.#place.instruction, this.#place.at, e.state, e.facts.profile);
    const holes = { a: e.value(object), b: e.value(key), c: e.value(value) };
    if (variant === "general") {
      const settled = e.settle();
      const rest = { aside: this.#place.aside(), store: [e.store()], fetch: [e.fetch()] };
      const isNamed = e.state.constants.has(key);
      return this.#place.done([
        ...settled,
        ...e.snippet(isNamed ? "jsSetGeneral" : "jsSetGeneralElement", { ...holes, ...rest }),
      ]);
    }
    if (variant === "element") {
      return this.#place.done([
        ...this.#place.guard(key),
        ...e.snippet("jsSetElement", { ...holes, ...this.#place.exits() }),
      ]);
    }
    const name = textOf(e.state.constants.get(key)!);
    const other = this.#place.isOther(object);
    const guard = e.state.plain.has(object) ? [] : [when(other, this.#place.miss())];
    const aside = this.#place.aside();
    return this.#place.done([...guard, ...e.snippet("jsSetProperty", { ...holes, b: text(nativeKey(name)), aside })]);
  }

  #object({ operands: [d, entries] }: InstructionOf<"OBJECT_INIT">): Statement[] {
    const { e } = this.#place;
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
    return this.#place.done([assign(e.variable(d), made)], this.#place.cost + work(entries.length));
  }

  #closure({ operands: [d, callee, scope, captures] }: InstructionOf<"MAKE_CLOSURE">): Statement[] {
    const { e } = this.#place;
    const values = array(captures.map(({ register }) => e.value(register)));
    const known = e.state.constants.get(callee);
    const closure = e.facts.closureMadeBy(this.#place.instruction, this.#place.at, e.state);
    if (closure !== null) {
      closure.names ??= e.captureNames(captures.length);
      const { names } = closure;
      const kept = names.map((name, i) => assign(id(name), e.value(captures[i].register)));
      return this.#place.done(
        [...kept, assign(e.variable(d), e.closure(closure, names))],
        this.#place.cost + work(captures.length),
      );
    }
    if (scope === "" && known instanceof FunctionValue && known.code !== null) {
      const parts = [e.reference(known.code), NULL, values, e.constant(known.self)];
      return this.#place.done(
        [assign(e.variable(d), construct("FunctionValue", parts))],
        this.#place.cost + work(captures.length),
      );
    }
    const names = e.reference(captures.map(({ name }) => name));
    const scopes = scope === "" ? id("undefined") : id("scopes");
    const made = call(id("closure"), [e.value(callee), scopes, e.constant(scope), names, values]);
    const open = scope === "" ? [] : template("if (scopes === null) scopes = newScopes();").statements({});
    return [...open, ...this.#slow(e.variable(d), made)];
  }
}

function construct(name: "Tuple" | "Tagged" | "FunctionValue", args: readonly Expression[]): Expression {
  return { type: "NewExpression", callee: id(name), arguments: args };
}

function isOfType(value: Expression, type: string): Expression {
  const operator = { type: "UnaryExpression", operator: "typeof", prefix: true, argument: value };
  return binary("===", operator, text(type));
}

const NO_ARGUMENTS: readonly Value[] = [];

/** The member that a cell has. */
const CELL_KEY = "$v";

/** Objects with more members are not worth a constructor of their own. */
const MOST_MEMBERS = 32;

/** Reductions for so many values made. */
function work(values: number): number {
  return Math.floor(values / VALUES_PER_REDUCTION);
}

function textOf(key: Value): string {
  return key instanceof Atom ? key.name : (key as string);
}
