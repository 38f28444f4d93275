/**
 * Which calls become the function they call.
 *
 * A small function is compiled into its caller: no native call, no arguments, and its
 * operands have the types that the caller knows. Its frame exists only if it must stop in there, when
 * both frames are made as if it had been called. A function may be inlined into itself, one level deep.
 */

import type { BitRows } from "../src/bytecode/bits.ts";
import { mayReturn } from "../src/bytecode/flow.ts";
import type { Code } from "../src/runtime/code.ts";
import { FunctionValue } from "../src/values/function.ts";
import { buildGraph } from "./cfg.ts";
import {
  ANY,
  callOf,
  Facts,
  type InlinePlan,
  type Inliner,
  isHandedOver,
  NO_CONSTANTS,
  type Start,
  type State,
  THIS,
  type Unseen,
} from "./facts.ts";
import { MANY_TARGETS, type Profile } from "./profile.ts";

/** What the engine knows of a function that may be inlined; null: it may not. */
export type Known = (code: Code) => { readonly live: BitRows; readonly profile: Profile } | null;

/** Instructions of a function that is inlined. */
const MOST_INSTRUCTIONS = 32;
/** Instructions inlined into one body. */
const MOST_TOGETHER = 1_500;
/** The same of JavaScript, most of whose instructions may leave, each with the frames of all that is inlined around it. */
const MOST_TOGETHER_OF_JS = 300;
/** Functions inlined into inlined functions. */
const DEEPEST = 2;
/** How often one function may stand inside another, itself included. */
const MOST_OF_ONE = 2;

/** The inliner of one body; it remembers what was inlined, since who is begun anew must begin those anew too. */
export class BodyInliner {
  readonly inlined = new Set<Code>();
  readonly #known: Known;
  readonly #plans = new Map<string, InlinePlan | null>();
  /** Numbers for constants and functions, for keys of plans. */
  readonly #identities = new Map<unknown, number>();
  #together = 0;

  constructor(known: Known) {
    this.#known = known;
  }

  /** For a function with these around it, outermost first. */
  inside(around: readonly Code[], path: string): Inliner {
    return { plan: (at, state, facts) => this.#plan(at, state, facts, around, path) };
  }

  #plan(at: number, state: State, facts: Facts, around: readonly Code[], path: string): InlinePlan | null {
    const called = calledFunction(at, state, facts);
    if (called === null) return null;
    const { code, captures, args, closure } = called;
    // What collects its arguments has another order of them.
    if (code.collects >= 0) return null;
    if (around.length > DEEPEST || around.filter((other) => other === code).length >= MOST_OF_ONE) return null;
    const types = args.map((register) => state.types[register]);
    const constants = args.map((register) => this.#identify(state.constants.get(register)));
    const instruction = facts.code.instructions[at];
    const unseen = args.map((register) => {
      const passed = state.unseen?.get(register);
      return passed !== undefined && isHandedOver(instruction, at, register, facts) ? passed : null;
    });
    const closures = unseen.map((passed) => (passed === null ? "" : this.#identify(passed))).join(",");
    const plain = [called.self, ...args].map((register) => (state.plain.has(register) ? "p" : "")).join(",");
    const key = `${path}/${at} ${this.#identify(closure ?? code)} ${captures} ${types.join(",")} ${constants.join(",")} ${closures} ${plain}`;
    let plan = this.#plans.get(key);
    if (plan === undefined) {
      plan = this.#make(called, state, unseen, around, key);
      this.#plans.set(key, plan);
    }
    return plan;
  }

  #identify(thing: unknown): number {
    let known = this.#identities.get(thing);
    if (known === undefined) {
      known = this.#identities.size;
      this.#identities.set(thing, known);
    }
    return known;
  }

  #make(
    { code, captures, args, closure, self }: Called,
    state: State,
    unseen: readonly (Unseen | null)[],
    around: readonly Code[],
    path: string,
  ): InlinePlan | null {
    const { instructions, facts } = code;
    if (instructions.length > MOST_INSTRUCTIONS) return null;
    if (this.#together > (code.isJs ? MOST_TOGETHER_OF_JS : MOST_TOGETHER)) return null;
    // Loops only where they are the loops of the body itself, so that there are not too many of them.
    if (facts.safePoints.includes(1) && around.length > 1) return null;
    if (instructions.some(({ op, operands }) => op === "MAKE_CLOSURE" && operands[2] !== "")) return null;
    const known = this.#known(code);
    if (known === null) return null;
    this.#together += instructions.length;
    this.inlined.add(code);
    const taken = args.slice(0, Math.max(0, code.fill - captures));
    const constants = new Map<number, Parameters<State["setConstant"]>[1]>();
    const types: number[] = closure === null ? new Array<number>(captures).fill(UNKNOWN) : [...closure.types];
    const passed = new Map<number, Unseen>();
    taken.forEach((register, i) => {
      types.push(state.types[register]);
      const constant = state.constants.get(register);
      if (constant !== undefined) constants.set(captures + i, constant);
      const closed = unseen[i];
      if (closed !== null) passed.set(captures + i, closed);
    });
    const start: Start = {
      filled: Math.min(captures + taken.length, code.fill),
      notNumbers: new Set(),
      constants: constants.size === 0 ? NO_CONSTANTS : constants,
      types,
      unseen: passed,
      plain: [
        ...(self >= 0 && state.plain.has(self) ? [THIS] : []),
        ...taken.flatMap((register, i) => (state.plain.has(register) ? [captures + i] : [])),
      ],
    };
    const graph = buildGraph(instructions, { at: 0, charged: false });
    if (!graph.reducible) return null;
    const inliner = this.inside([...around, code], path);
    const made = new Facts(code, graph, known.profile, known.live, start, inliner);
    return {
      code,
      captures,
      args: args.length,
      facts: made,
      live: known.live,
      result: made.resultTypes(),
      unseen: made.resultUnseen(),
    };
  }
}

/** Any type. */
const UNKNOWN = ANY;

interface Called {
  readonly code: Code;
  readonly captures: number;
  readonly args: readonly number[];
  /** The closure that is called, if nobody has seen it. */
  readonly closure: Unseen | null;
  /** The register of `this`; -1: there is none. */
  readonly self: number;
}

/** The bytecode function that an instruction will have called behind its guards. */
function calledFunction(at: number, state: State, facts: Facts): Called | null {
  const instruction = facts.code.instructions[at];
  const call = callOf(instruction, at, facts.profile);
  if (call === null) return null;
  const { callee, args, self } = call;
  if (callee >= 0) {
    const closure = state.unseen?.get(callee);
    if (closure !== undefined) return { code: closure.code, captures: closure.types.length, args, closure, self };
    const constant = state.constants.get(callee);
    if (constant instanceof FunctionValue) {
      const known = constant as FunctionValue<Code>;
      if (known.code === null || !mayReturn(known.code.instructions)) return null;
      return { code: known.code, captures: known.captured.length, args, closure: null, self };
    }
  }
  const target = facts.profile.target(at);
  if (target === undefined || facts.profile.has(at, MANY_TARGETS) || target.code === null) return null;
  return { code: target.code, captures: target.captures, args, closure: null, self };
}
