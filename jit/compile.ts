/** The pipeline: control flow, facts, structured JavaScript, text, function. */
import type { Code } from "../src/runtime/code.ts";
import type { BitRows } from "./bits.ts";
import { buildGraph, DEEPEST_LOOPS, type Entry, type Graph } from "./cfg.ts";
import { Emitter, type Environment, type Form, type Shape } from "./emit.ts";
import { Facts, type Start } from "./facts.ts";
import { liveRegisters } from "./liveness.ts";
import type { Profile } from "./profile.ts";
import { print } from "./tree.ts";
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
  readonly factory: (...values: readonly unknown[]) => unknown;
  readonly constants: readonly unknown[];
  /** As V8 sees it, with how it is called in profiles. */
  readonly source: string;
  /** Instructions of the graph: copies count. */
  readonly instructions: number;
  /** Reductions that a level of recursion costs at least, and the stack it takes at most, in bytes. */
  readonly variables: number;
}

export interface Request {
  readonly code: Code;
  readonly profile: Profile;
  readonly live: BitRows;
  readonly environment: Environment;
  readonly form: Form;
  readonly entry: Entry;
  readonly shape: Shape;
  /** See `Start`. */
  readonly notNumbers: ReadonlySet<number>;
}

/** @throws Unfit if the function is too large or too odd, EvalError where code cannot be generated */
export function compile(request: Request): Compiled {
  const { code, entry, form, shape } = request;
  const graph = buildGraph(code.instructions, entry);
  checkGraph(graph);
  const filled = form === "direct" ? Math.min(shape.captures + shape.args, code.fill) : null;
  const start: Start = { filled, notNumbers: request.notNumbers };
  const facts = new Facts(code, graph, request.profile, request.live, start);
  const emitter = new Emitter(request.environment, code, graph, facts, request.live, form, shape);
  const body = emitter.emit();
  const text = body.functions.map(print).join("");
  const source = `${text}return ${body.name};\n//# sourceURL=${sourceName(code, form, entry)}`;
  const parameters = [...RUNTIME_NAMES, ...body.constants.map((_, i) => `k${i}`)];
  return {
    factory: new Function(...parameters, source) as Compiled["factory"],
    constants: body.constants,
    source,
    instructions: graph.nodes.reduce((sum, { start: from, end }) => sum + end - from, 0),
    variables: code.facts.usedRegisters,
  };
}

/** What can be said before anything is analysed. @throws Unfit */
export function checkSize(code: Code): void {
  const count = code.instructions.length;
  if (count > MOST_INSTRUCTIONS) throw new Unfit(`${count} instructions are more than ${MOST_INSTRUCTIONS}`);
  const registers = code.facts.usedRegisters;
  if (registers > MOST_REGISTERS) throw new Unfit(`${registers} registers are more than ${MOST_REGISTERS}`);
}

/** @throws Unfit if too many registers are live at once */
export function analyseLiveness(code: Code): BitRows {
  const live = liveRegisters(code);
  for (let at = 0; at <= code.instructions.length; at++) {
    const count = live.members(at).length;
    if (count > MOST_LIVE) throw new Unfit(`${count} registers are live at instruction ${at}, more than ${MOST_LIVE}`);
  }
  return live;
}

function checkGraph(graph: Graph): void {
  if (graph.deepest > DEEPEST_LOOPS) throw new Unfit(`loops are nested deeper than ${DEEPEST_LOOPS}`);
}

/** Names of a program with anything but letters, digits, `_`, `.` and `-` could end the comment that they stand in. */
function sourceName(code: Code, form: Form, entry: Entry): string {
  const name = code.name.replaceAll(":", ".").replaceAll(/[^A-Za-z0-9_.-]/g, "_");
  return `ionvm.${name}.${form}${entry.at === 0 ? "" : `.${entry.at}`}`;
}
