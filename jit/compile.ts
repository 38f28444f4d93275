/** The pipeline: control flow, facts, structured JavaScript, text, function. */

import type { BitRows } from "../src/bytecode/bits.ts";
import { rowOf } from "../src/bytecode/instructions.ts";
import { liveRegisters } from "../src/bytecode/liveness.ts";
import { type Code, lineOf } from "../src/runtime/code.ts";
import { IonObject, type NativeKey } from "../src/values/object.ts";
import type { Value } from "../src/values/value.ts";
import { buildGraph, DEEPEST_LOOPS, type Entry, type Graph, type Node } from "./cfg.ts";
import { Emitter, type Environment, type Form, type Shape } from "./emit.ts";
import { Facts, type Inliner, NO_CONSTANTS, type Start } from "./facts.ts";
import { BodyInliner, type Known } from "./inline.ts";
import { emitInstruction } from "./instructions.ts";
import { Profile } from "./profile.ts";
import { SettledConstants } from "./settled.ts";
import { assign, type Expression, functionTree, id, index, print, text } from "./tree.ts";
import { RUNTIME_NAMES } from "./words.ts";

/** V8 never optimises functions of more than 60 KB of its bytecode, which is about so many guarded instructions. */
export const MOST_INSTRUCTIONS = 2_500;
/** A frame is saved with one parameter for each. */
const MOST_LIVE = 200;
/** Registers that a function may name: facts are kept for each at each loop and merge. */
const MOST_REGISTERS = 2_000;

/** A function stays interpreted, and why. */
export class Unfit extends Error {}

export interface Compiled {
  /** Takes the values of `RUNTIME_NAMES` and then the constants, and gives the body. */
  readonly factory: (runtimeValues: readonly unknown[], constants: readonly unknown[]) => unknown;
  readonly constants: readonly unknown[];
  /** As V8 sees it, with how it is called in profiles. */
  readonly source: string;
  /** Instructions of the graph: copies count. */
  readonly instructions: number;
  /** Places where it leaves if a guess is wrong. */
  readonly guesses: number;
  /** Functions that stand in it instead of calls. */
  readonly inlined: ReadonlySet<Code>;
  /** The native stack that a level of recursion takes at most, in bytes. */
  readonly levelBytes: number;
  /** The reductions it costs at least; infinite if nothing is called natively, or it counts how deep it is. */
  readonly levelReductions: number;
}

export interface Request {
  readonly code: Code;
  readonly profile: Profile;
  readonly live: BitRows;
  readonly environment: Environment;
  readonly known: Known;
  readonly form: Form;
  readonly entry: Entry;
  readonly shape: Shape;
  /** See `Start`. */
  readonly notNumbers: ReadonlySet<number>;
  readonly constants: ReadonlyMap<number, Value>;
  /** For listings: a comment for each instruction. */
  readonly annotate?: (code: Code, at: number) => string;
}

/** What bodies that go on with a frame know of the whole function. */
export interface Whole {
  constantsAt(at: number): ReadonlyMap<number, Value>;
  /** Is the instruction inside a loop? */
  isInLoop(at: number): boolean;
}

/** What is constant at each instruction; where handlers can be entered from everywhere, less is known. */
export function wholeFunction(code: Code, live: BitRows): Whole {
  if (code.instructions.some(({ op }) => op === "TRY")) {
    const settled = new SettledConstants(code);
    return { constantsAt: (at) => settled.at(at), isInLoop: () => false };
  }
  const graph = buildGraph(code.instructions, { at: 0, charged: false });
  checkGraph(graph);
  return new Facts(code, graph, new Profile(code), live, ANYTHING, NOTHING_INLINED, false);
}
const ANYTHING: Start = {
  filled: null,
  notNumbers: new Set(),
  constants: NO_CONSTANTS,
  types: [],
  unseen: null,
  plain: [],
};
const NOTHING_INLINED: Inliner = { plan: () => null };

/** @throws Unfit if the function is too large or too odd, EvalError where code cannot be generated */
export function compile(request: Request): Compiled {
  const { code, entry, form, shape } = request;
  const graph = buildGraph(code.instructions, entry);
  checkGraph(graph);
  const filled = form === "direct" ? Math.min(shape.captures + shape.args, code.fill) : null;
  const start: Start = {
    filled,
    notNumbers: request.notNumbers,
    constants: request.constants,
    types: [],
    unseen: null,
    plain: [],
  };
  const inliner = new BodyInliner(request.known);
  const facts = new Facts(code, graph, request.profile, request.live, start, inliner.inside([code], ""));
  const emitter = new Emitter(emitInstruction, request.environment, code, graph, facts, request.live, form, shape);
  emitter.annotate = request.annotate ?? null;
  const body = emitter.emit();
  const text = body.functions.map(print).join("");
  const source = `${text}return ${body.name};\n//# sourceURL=${sourceName(code, form, entry)}`;
  return {
    factory: new Function(
      "runtimeValues",
      "constants",
      `"use strict";${bindings(text, body.constants.length)}${source}`,
    ) as Compiled["factory"],
    constants: body.constants,
    source,
    instructions: graph.nodes.reduce((sum, { start: from, end }) => sum + end - from, 0),
    guesses: emitter.guesses,
    inlined: inliner.inlined,
    levelBytes: emitter.levelBytes,
    levelReductions: emitter.countsDepth ? Number.POSITIVE_INFINITY : cheapestCall(graph, code),
  };
}

/**
 * What a body uses of the runtime, and its constants, as constants of JavaScript: what they are V8 then takes for
 * granted, where a parameter of the factory would be loaded and checked at each use.
 */
function bindings(text: string, constants: number): string {
  const words = new Set(text.match(/[A-Za-z]\w*/g));
  const names: string[] = [];
  for (let i = 0; i < RUNTIME_NAMES.length; i++) {
    if (words.has(RUNTIME_NAMES[i])) names.push(`${RUNTIME_NAMES[i]} = runtimeValues[${i}]`);
  }
  for (let i = 0; i < constants; i++) names.push(`k${i} = constants[${i}]`);
  return names.length === 0 ? "" : `const ${names.join(", ")};`;
}

/** The reductions of the cheapest way from the beginning to a call, the call included. */
function cheapestCall(graph: Graph, code: Code): number {
  const costs = new Map<Node, number>([[graph.entry, 0]]);
  let cheapest = Number.POSITIVE_INFINITY;
  const open = new Set<Node>([graph.entry]);
  for (const node of open) {
    open.delete(node);
    let cost = costs.get(node)!;
    for (let at = node.start; at < node.end && cost < cheapest; at++) {
      const { op } = code.instructions[at];
      cost += rowOf(op).cost;
      if (rowOf(op).safePoint === "call") cheapest = Math.min(cheapest, cost);
    }
    for (const successor of node.successors) {
      if (cost >= (costs.get(successor) ?? cheapest)) continue;
      costs.set(successor, cost);
      open.add(successor);
    }
  }
  return cheapest;
}

/** What can be said before anything is analysed. @throws Unfit */
export function checkSize(code: Code): void {
  const count = code.instructions.length;
  if (count > MOST_INSTRUCTIONS) throw new Unfit(`${count} instructions are more than ${MOST_INSTRUCTIONS}`);
  if (code.waitsForHost) throw new Unfit("it only waits for a foreign function");
  const registers = code.facts.usedRegisters;
  if (registers > MOST_REGISTERS) throw new Unfit(`${registers} registers are more than ${MOST_REGISTERS}`);
}

/** @throws Unfit if too many registers are live at once */
export function analyseLiveness(code: Code): BitRows {
  const live = liveRegisters(code);
  for (let at = 0; at <= code.instructions.length; at++) {
    const count = live.members(at).length;
    if (count <= MOST_LIVE) continue;
    const line = lineOf(code, at);
    const where = line === undefined ? "" : `, in line ${line.line}`;
    throw new Unfit(`${count} registers are live at instruction ${at}${where}, more than ${MOST_LIVE}`);
  }
  return live;
}

/** A constructor that sets these keys from its arguments, in order. @throws EvalError where code cannot be generated */
export function makeConstructor(keys: readonly NativeKey[]): object {
  const self: Expression = { type: "ThisExpression" };
  const names = keys.map((_, i) => `r${i}`);
  const members = keys.map((key, i) => assign(index(self, text(key)), id(`r${i}`)));
  const source = `${print(functionTree("M", names, members))}return M;`;
  const made = new Function(source)() as { prototype: unknown };
  made.prototype = IonObject.prototype;
  return made;
}

function checkGraph(graph: Graph): void {
  if (graph.deepest > DEEPEST_LOOPS) throw new Unfit(`loops are nested deeper than ${DEEPEST_LOOPS}`);
}

/** Names of a program with anything but letters, digits, `_`, `.` and `-` could end the comment that they stand in. */
function sourceName(code: Code, form: Form, entry: Entry): string {
  const name = code.name.replaceAll(":", ".").replaceAll(/[^A-Za-z0-9_.-]/g, "_");
  return `ionvm.${name}.${form}${entry.at === 0 ? "" : `.${entry.at}`}`;
}
