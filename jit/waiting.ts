/** What instructions become that wait or may end the turn; and MATCH, whose clauses are those of RECEIVE_MATCH. */
import type { Clause, InstructionOf } from "../src/bytecode/instructions.ts";
import { mapRegisters, walkPattern } from "../src/bytecode/pattern.ts";
import { AT_PC, CHARGED } from "../src/runtime/frame.ts";
import type { Value } from "../src/values/value.ts";
import { VALUES_PER_REDUCTION } from "../src/values/work.ts";
import { ANY, type State } from "./facts.ts";
import { canInline, MatchTest, mostTried } from "./match.ts";
import type { Place } from "./place.ts";
import { GENERAL, TEXTS } from "./profile.ts";
import { SNIPPETS, type Snippet, template } from "./templates.ts";
import {
  array,
  assign,
  binary,
  block,
  call,
  type Expression,
  type Holes,
  id,
  index,
  labelled,
  member,
  num,
  type Statement,
  when,
} from "./tree.ts";

export class Waits {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  yield(): Statement[] {
    const { e } = this.#place;
    const next = this.#place.at + 1;
    const check = e.check(this.#place.at);
    const store = [e.store(this.#place.cost)];
    e.pending = 0;
    const stop = e.stop(next, AT_PC, true);
    const statements = [...check, ...e.snippet("yields", { store, stop })];
    if (e.form !== "generator") return this.#place.last(statements);
    return this.#place.done([...statements, e.fetch()], 0);
  }

  /** An instruction that has an effect, with a result or without, or waits for one. */
  effect(name: "effect" | "effectResult", effect: Expression, d: number | null = null): Statement[] {
    const holes = d === null ? { effect } : { effect, d: this.#place.e.variable(d) };
    return this.#mayWait() ? this.waiting(name, holes) : this.#immediate(name, holes);
  }

  /** Can the process have to wait at this instruction? */
  #mayWait(): boolean {
    const { op } = this.#place.instruction;
    return op !== "SEND" && op !== "LINK" && op !== "SPAWN";
  }

  /** Behind a safe point. */
  #immediate(name: Snippet, holes: Holes): Statement[] {
    const { e } = this.#place;
    const check = this.#place.instruction.op === "LINK" ? [] : e.check(this.#place.at);
    const store = [e.store(this.#place.cost)];
    e.pending = 0;
    const stop = e.giveUp(this.#place.at);
    return this.#place.done([...check, ...e.snippet(name, { ...holes, store, stop, fetch: [e.fetch()] })], 0);
  }

  /** An instruction that waits until it has a result. */
  waiting(name: Snippet, holes: Holes): Statement[] {
    const waiting: Record<string, Snippet> = { effectResult: "waits", timed: "waitsTimed" };
    return this.#place.done(this.#waitingFor(this.#place.e.form === "generator" ? waiting[name] : name, holes), 0);
  }

  /** The same without its completion. */
  #waitingFor(form: Snippet, holes: Holes): Statement[] {
    const { e } = this.#place;
    const check = this.#place.charged ? [] : e.check(this.#place.at);
    // A charged instruction has paid when it began to wait.
    const store = [e.store(this.#place.charged ? 0 : this.#place.cost)];
    e.pending = 0;
    const stop = e.stop(this.#place.at, CHARGED, true);
    return [...check, ...e.snippet(form, { ...holes, store, stop, fetch: [e.fetch()] })];
  }

  // ---- MATCH ------------------------------------------------------------------------------------

  match({ operands: [source, clauses] }: InstructionOf<"MATCH">): Statement[] {
    const { e, node } = this.#place;
    const next = this.#place.at + 1;
    const general = e.facts.profile.has(this.#place.at, GENERAL) || e.facts.profile.has(this.#place.at, TEXTS);
    if (clauses.length === 0) {
      e.pending += this.#place.cost;
      return e.edge(node, next);
    }
    if (!general && canInline(clauses.map(({ pattern }) => pattern))) return this.#inlineMatch(source, clauses);
    const settled = e.settle();
    const { pinned, tried } = this.#tried(clauses);
    const found = [e.store(), assign(id("t"), call(id("match"), [tried, e.value(source), pinned])), e.fetch()];
    e.pending += this.#place.cost;
    return [...settled, ...found, ...this.#clauses(clauses, []), ...e.edge(node, next)];
  }

  receiveMatch({ operands: [d, milliseconds, clauses] }: InstructionOf<"RECEIVE_MATCH">): Statement[] {
    const { e } = this.#place;
    const { pinned, tried } = this.#tried(clauses);
    const effect = call(id("receiveMatch"), [e.value(milliseconds), tried, pinned]);
    const message = assign(e.variable(d), index(member(id("runtime"), "bound"), num(0)));
    const received = this.#waitingFor(e.form === "generator" ? "waitsForClause" : "clause", { effect });
    e.state.set(d, ANY);
    return [
      ...received,
      ...this.#clauses(clauses, [message]),
      message,
      ...e.edge(this.#place.node, this.#place.at + 1),
    ];
  }

  /** The clauses as a constant, with pins counted in the order of an array with their values. */
  #tried(clauses: readonly Clause[]): { readonly tried: Expression; readonly pinned: Expression } {
    const { e } = this.#place;
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
    const { e } = this.#place;
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
      statements.push(
        when(binary("===", id("t"), num(i)), [...binds, ...this.#edgeWith(state, this.#place.at + offset)]),
      );
    });
    return statements;
  }

  #edgeWith(state: State, target: number): Statement[] {
    const { e } = this.#place;
    const before = e.state;
    e.state = state;
    const statements = e.edge(this.#place.node, target);
    e.state = before;
    return statements;
  }

  #inlineMatch(source: number, clauses: InstructionOf<"MATCH">["operands"][1]): Statement[] {
    const { e } = this.#place;
    const value = id("t");
    const miss = this.#place.miss();
    const statements: Statement[] = [assign(value, e.value(source))];
    // Arrays and Objects can stand for tuples and tagged values: not here.
    const isCompound = clauses.some(({ pattern }) => pattern.kind === "tuple" || pattern.kind === "tagged");
    if (isCompound) statements.push(...this.#missOthers(value, miss));
    const isCounted = mostTried(clauses.map(({ pattern }) => pattern)) >= VALUES_PER_REDUCTION;
    if (isCounted) statements.push(assign(id("n"), num(0)));
    const charge = isCounted ? template(SNIPPETS.chargeTried).statements({}) : [];
    e.pending += this.#place.cost;
    for (const { pattern, offset } of clauses) {
      const state = e.state.copy();
      const test = new MatchTest(e, e.label(), state, isCounted, (part) => this.#missOthers(part, miss));
      test.pattern(pattern, value, true);
      const found = [...test.statements, ...test.count(), ...test.binds, ...charge];
      const body = block([...found, ...this.#edgeWith(state, this.#place.at + offset)]);
      statements.push(test.canFail ? labelled(test.label, body) : body);
    }
    return [...statements, ...charge, ...e.edge(this.#place.node, this.#place.at + 1)];
  }

  #missOthers(value: Expression, miss: readonly Statement[]): Statement[] {
    const others = binary("||", call(id("isArray"), [value]), binary("instanceof", value, id("IonObject")));
    return [when(others, miss)];
  }
}

const NOTHING_PINNED: readonly Value[] = [];
