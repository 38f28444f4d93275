/**
 * From a graph and facts to a function: the forms of bodies, structured statements, and the bookkeeping
 * that keeps reductions exact.
 *
 * - A *direct* body is a plain function that a compiled caller calls natively, arguments as arguments.
 *   When it must stop it makes a frame of its registers and returns S; each caller does the same.
 * - A *continuation* goes on with a frame: at the beginning of a function, behind a call that returned.
 *   When it must stop it saves its registers in that frame and returns S.
 * - A *generator* goes on with a frame too, at a loop head or where the process has waited. When it must
 *   stop it saves its registers and yields, and goes on in place when it is resumed.
 *
 * Costs are not subtracted one by one. `pending` is what the instructions since the last subtraction cost;
 * it is settled before a check, where ways meet, and before anybody else looks. What leaves in between
 * takes it into account, so that at each exit the number is exactly that of the interpreter.
 */

import { walkRegisters } from "../src/bytecode/flow.ts";
import { type InstructionOf, rowOf } from "../src/bytecode/instructions.ts";
import type { ForeignFunction } from "../src/foreign/registry.ts";
import type { Code } from "../src/runtime/code.ts";
import { AT_PC, AWAIT, type CHARGED, HEADER, PC, SCOPES, SELF } from "../src/runtime/frame.ts";
import { Atom } from "../src/values/atom.ts";
import { Undefined, Unit, type Value } from "../src/values/value.ts";
import type { BitRows } from "./bits.ts";
import { type Graph, isTerminator, type Node } from "./cfg.ts";
import type { Facts, State } from "./facts.ts";
import { emitInstruction } from "./instructions.ts";
import { Placement } from "./structure.ts";
import { SNIPPETS, type Snippet, template } from "./templates.ts";
import {
  array,
  assign,
  binary,
  block,
  bool,
  breakTo,
  call,
  continueTo,
  declare,
  type Expression,
  forever,
  functionTree,
  type Holes,
  id,
  index,
  labelled,
  num,
  returns,
  type Statement,
  statement,
  type Tree,
  text,
  when,
  YIELD,
} from "./tree.ts";

/** What constants of a body come from. */
export interface Environment {
  /** What a native call of this function goes through: an object whose `fn` is the body. */
  readonly target: (code: Code, captures: number, args: number) => object;
  /** A function of Numbers that gives undefined where the foreign function fails. */
  readonly numeric: (foreign: ForeignFunction) => (a: number, b: number) => number | undefined;
}

export type Form = "direct" | "continuation" | "generator";

/** What a direct body takes. */
export interface Shape {
  readonly captures: number;
  readonly args: number;
}

/** Texts up to this length stand in the code; longer ones come in as parameters. */
const LONGEST_LITERAL = 64;

/** The functions of a body, and the constants its factory takes. */
export interface Body {
  /** The body first, then the functions that save frames. */
  readonly functions: readonly Statement[];
  readonly name: string;
  readonly constants: readonly unknown[];
}

/** Does the function read the bound `this`? Then its direct body takes it. */
export function usesSelf(code: Code): boolean {
  return code.instructions.some(
    ({ op, operands }) => op === "LOAD_CONST" && operands[1] instanceof Atom && operands[1].name === "__vm:this",
  );
}

export class Emitter {
  readonly code: Code;
  readonly facts: Facts;
  readonly form: Form;
  readonly shape: Shape;
  readonly environment: Environment;
  state!: State;
  /** The instruction just emitted leaves in any case: the rest of its node cannot be reached. */
  ended = false;
  /** Reductions spent and not yet subtracted from `b`. */
  pending = 0;

  readonly #graph: Graph;
  readonly #live: BitRows;
  readonly #placement: Placement | null;
  readonly #offsets: Int32Array;
  readonly #self: boolean;
  readonly #scopes: boolean;
  readonly #constants: unknown[] = [];
  readonly #indexOf = new Map<unknown, number>();
  /** Functions that save frames, by the registers they save. */
  readonly #savers = new Map<string, { readonly name: string; readonly registers: readonly number[] }>();
  #labels = 0;

  constructor(
    environment: Environment,
    code: Code,
    graph: Graph,
    facts: Facts,
    live: BitRows,
    form: Form,
    shape: Shape,
  ) {
    this.environment = environment;
    this.code = code;
    this.facts = facts;
    this.form = form;
    this.shape = shape;
    this.#graph = graph;
    this.#live = live;
    this.#placement = graph.reducible ? new Placement(graph) : null;
    this.#offsets = code.form!.offsets;
    this.#self = usesSelf(code);
    this.#scopes = code.instructions.some(({ op, operands }) => op === "MAKE_CLOSURE" && operands[2] !== "");
  }

  emit(): Body {
    const { entry } = this.#graph;
    this.state = this.facts.states[entry.index].copy();
    const name = this.form === "direct" ? "D" : this.form === "generator" ? "G" : "K";
    const start = [...this.#prologue(), ...this.#ensureAtEntry(entry)];
    const statements = this.#placement === null ? this.#switched() : this.#tree(entry);
    const parameters = this.form === "direct" ? this.#parameters() : ["F"];
    const body = functionTree(name, parameters, [...start, ...statements], this.form === "generator");
    const savers = [...this.#savers.values()].map((saver) => this.#saverFunction(saver));
    return { functions: [body, ...savers], name, constants: this.#constants };
  }

  // ---- Pieces that instructions are made of ------------------------------------------------------

  needsSelf(code: Code): boolean {
    return usesSelf(code);
  }

  variable(register: number): Expression {
    return id(`r${register}`);
  }

  /** What a register holds: its variable, or the constant it is known to be. */
  value(register: number): Expression {
    const constant = this.state.constants.get(register);
    return constant === undefined ? this.variable(register) : this.constant(constant);
  }

  constant(value: Value): Expression {
    if (typeof value === "number") return num(value);
    if (typeof value === "boolean") return bool(value);
    if (typeof value === "string" && value.length <= LONGEST_LITERAL) return text(value);
    if (value === Undefined) return id("U");
    return value === Unit ? id("Unit") : this.reference(value);
  }

  /** A parameter of the factory that is this very thing. */
  reference(thing: unknown): Expression {
    let index = this.#indexOf.get(thing);
    if (index === undefined) {
      index = this.#constants.push(thing) - 1;
      this.#indexOf.set(thing, index);
    }
    return id(`k${index}`);
  }

  snippet(name: Snippet, holes: Holes): Statement[] {
    return template(SNIPPETS[name]).statements(holes);
  }

  label(): string {
    return `M${this.#labels++}`;
  }

  isLiveAfter(register: number, target: number): boolean {
    return this.#live.has(target, register);
  }

  /** Subtracts what is pending from `b`. */
  settle(): Statement[] {
    const cost = this.pending;
    this.pending = 0;
    if (cost === 0) return [];
    return [assign(id("b"), binary("|", binary("-", id("b"), num(cost)), num(0)))];
  }

  /** `b` without what is pending, and without `more`. */
  #left(more = 0): Expression {
    const cost = this.pending + more;
    return cost === 0 ? id("b") : binary("-", id("b"), num(cost));
  }

  /** Writes what is left to the cell, as if `cost` more had been charged. Nothing becomes pending or less so. */
  store(cost = 0): Statement {
    return assign(index(id("I"), num(0)), this.#left(cost));
  }

  fetch(): Statement {
    return assign(id("b"), index(id("I"), num(0)));
  }

  /** Saves the frame at an instruction, with what it waits for, and gives S. */
  #save(at: number, awaits: number, registers: readonly number[]): Expression {
    const key = registers.join(" ");
    let saver = this.#savers.get(key);
    if (saver === undefined) {
      saver = { name: `c${this.#savers.size}`, registers };
      this.#savers.set(key, saver);
    }
    const args: Expression[] = this.form === "direct" ? [] : [id("F")];
    args.push(num(this.#offsets[at]), num(awaits));
    if (this.form === "direct" && this.#self) args.push(id("self"));
    if (this.#scopes) args.push(id("scopes"));
    for (const register of registers) args.push(this.value(register));
    return call(id(saver.name), args);
  }

  /** Leaves before instruction `at`; `how` tells why. */
  leave(how: "miss" | "early" | "aside", at: number): Statement[] {
    return [this.store(), returns(call(id(how), [this.#save(at, AT_PC, this.#live.members(at))]))];
  }

  /** Stops at instruction `at`; what is left is in the cell. A generator stays here if it can go on here. */
  stop(at: number, state: typeof AT_PC | typeof CHARGED, stays: boolean): Statement[] {
    const saved = this.#save(at, state, this.#live.members(at));
    return stays && this.form === "generator" ? [statement(saved), YIELD] : [returns(saved)];
  }

  /** Stops in a call whose callee has stopped; its result will go to `d`. */
  stopInCall(at: number, d: number): Statement[] {
    const registers = new Set(this.#live.members(at + 1));
    registers.delete(d);
    for (const register of this.liveInHandler(at)) registers.add(register);
    return [
      returns(
        this.#save(
          at + 1,
          HEADER + d,
          [...registers].sort((a, b) => a - b),
        ),
      ),
    ];
  }

  /** Registers that the handler open around an instruction reads. */
  liveInHandler(at: number): readonly number[] {
    const innermost = this.code.facts.openTry[at];
    if (innermost < 0) return [];
    const [register, offset] = (this.code.instructions[innermost] as InstructionOf<"TRY">).operands;
    return this.#live.members(innermost + offset).filter((other) => other !== register);
  }

  /** The safe point before an instruction. */
  check(at: number): Statement[] {
    const name = this.form === "generator" ? "checkWaiting" : "check";
    const settled = this.settle();
    return [
      ...settled,
      ...this.snippet(name, { store: [this.store()], fetch: [this.fetch()], stop: this.stop(at, AT_PC, true) }),
    ];
  }

  /** Ends the function with this result. */
  result(value: Expression): Statement[] {
    return [this.store(), returns(value)];
  }

  // ---- Control ----------------------------------------------------------------------------------

  /** Goes on at another instruction. Only where `state` and `pending` are those of this way. */
  edge(from: Node, target: number): Statement[] {
    const to = this.#graph.successor(from, target);
    const { state, pending } = this;
    this.state = state.copy();
    const statements = this.#ensure(to);
    if (this.#placement === null) {
      statements.push(...this.settle(), assign(id("state"), num(to.index)), continueTo("L0"));
    } else if (to.isHead && to.index <= from.index) {
      statements.push(...this.settle(), continueTo(`L${to.index}`));
    } else if (this.#placement.isLabelled(to)) {
      statements.push(...this.settle(), breakTo(`B${to.index}`));
    } else {
      statements.push(...this.#tree(to));
    }
    this.state = state;
    this.pending = pending;
    return statements;
  }

  /** Makes sure that registers are Numbers where a loop is entered. */
  #ensure(to: Node): Statement[] {
    const statements: Statement[] = [];
    for (const register of this.facts.ensured[to.index]) {
      if (this.state.isNumber(register)) continue;
      const variable = this.variable(register);
      statements.push(...this.snippet("guardNumber", { a: variable, miss: this.leave("early", to.start) }));
    }
    return statements;
  }

  /** A node with all that stands inside it and behind it. */
  #tree(node: Node): Statement[] {
    const placement = this.#placement!;
    const before = node.isHead ? this.settle() : [];
    let statements = this.#node(node, this.pending, node.isHead && this.#isSafePoint(node));
    for (const inner of placement.inside(node)) statements = this.#behindBlock(statements, inner);
    if (node.isHead) statements = this.#loop(node, statements);
    for (const outer of placement.behind(node)) statements = this.#behindBlock(statements, outer);
    return [...before, ...statements];
  }

  #behindBlock(statements: readonly Statement[], node: Node): Statement[] {
    this.pending = 0;
    return [labelled(`B${node.index}`, block(statements)), ...this.#tree(node)];
  }

  /**
   * A loop. With a safe point at its head it is two: the inner one runs while there is something left to
   * spend and holds no call of ours for the check, so that V8 sees a plain loop; the outer one stops.
   */
  #loop(head: Node, statements: readonly Statement[]): Statement[] {
    const inner = `L${head.index}`;
    if (!this.#isSafePoint(head)) return [labelled(inner, forever(statements))];
    this.state = this.facts.states[head.index].copy();
    this.pending = 0;
    const spent = when(binary("<=", id("b"), num(0)), [breakTo(inner)]);
    const refill = this.snippet("refill", {
      store: [this.store()],
      fetch: [this.fetch()],
      stop: this.stop(head.start, AT_PC, true),
    });
    const round = [...this.#retype(head), labelled(inner, forever([spent, ...statements])), ...refill];
    return [labelled(`O${head.index}`, forever(round))];
  }

  /**
   * V8 decides how a variable is held where a loop begins, and what is known before it forgets: without
   * this a sum that has become a double is allocated anew in each round, and the loop takes four times as long.
   */
  #retype(head: Node): Statement[] {
    return this.#live
      .members(head.start)
      .filter((register) => this.state.isNumber(register) && !this.state.constants.has(register))
      .map((register) => assign(this.variable(register), toNumber(this.variable(register))));
  }

  #isSafePoint(node: Node): boolean {
    return !node.charged && this.code.facts.safePoints[node.start] === 1;
  }

  #node(node: Node, pending: number, isChecked: boolean): Statement[] {
    this.state = this.facts.states[node.index].copy();
    this.pending = pending;
    const { instructions } = this.code;
    const statements: Statement[] = [];
    if (node.start >= instructions.length) {
      if (!isChecked && this.#isSafePoint(node)) statements.push(...this.check(node.start));
      return [...statements, ...this.result(id("Unit"))];
    }
    for (let at = node.start; at < node.end; at++) {
      const charged = node.charged && at === node.start;
      if (!charged && this.code.facts.safePoints[at] === 1 && !(isChecked && at === node.start)) {
        statements.push(...this.check(at));
      }
      this.ended = false;
      statements.push(...emitInstruction(this, node, at, charged));
      if (this.ended) return statements;
    }
    if (!isTerminator(instructions[node.end - 1])) statements.push(...this.edge(node, node.end));
    return statements;
  }

  /** Flow that has no structure: every node is a case. */
  #switched(): Statement[] {
    const cases = this.#graph.nodes.map((node) => {
      const statements = this.#node(node, 0, false);
      return { type: "SwitchCase", test: num(node.index), consequent: [block(statements)] };
    });
    const select: Tree = { type: "SwitchStatement", discriminant: id("state"), cases };
    return [assign(id("state"), num(this.#graph.entry.index)), labelled("L0", forever([select]))];
  }

  // ---- Beginning --------------------------------------------------------------------------------

  #parameters(): string[] {
    const { captures, args } = this.shape;
    const { fill } = this.code;
    const names: string[] = [];
    if (this.#self) names.push("self");
    if (captures > 0) names.push("captured");
    for (let i = captures; i < Math.min(captures + args, fill); i++) names.push(`r${i}`);
    return names;
  }

  #prologue(): Statement[] {
    const { entry } = this.#graph;
    const parameters = new Set(this.form === "direct" ? this.#parameters() : []);
    const variables: { name: string; init: Expression | null }[] = [
      { name: "b", init: index(id("I"), num(0)) },
      { name: "t", init: null },
    ];
    if (this.#placement === null) variables.push({ name: "state", init: null });
    if (this.form !== "direct") {
      if (this.#self) variables.push({ name: "self", init: index(id("F"), num(SELF)) });
      if (this.#scopes) variables.push({ name: "scopes", init: index(id("F"), num(SCOPES)) });
    } else if (this.#scopes) {
      variables.push({ name: "scopes", init: { type: "Literal", value: null, raw: "null" } });
    }
    for (const register of this.#registers()) {
      const name = `r${register}`;
      if (parameters.has(name)) continue;
      variables.push({ name, init: this.#live.has(entry.start, register) ? this.#initial(register) : null });
    }
    return [declare(variables)];
  }

  #initial(register: number): Expression {
    if (this.form !== "direct") return index(id("F"), num(HEADER + register));
    const { captures } = this.shape;
    return register < Math.min(captures, this.code.fill) ? index(id("captured"), num(register)) : id("U");
  }

  /** All registers that the body mentions. */
  #registers(): number[] {
    const found = new Set<number>();
    const add = (register: number): void => {
      found.add(register);
    };
    for (const node of this.#graph.nodes) {
      for (let at = node.start; at < node.end; at++) {
        walkRegisters(this.code.instructions[at], { read: add, write: add });
        for (const register of this.liveInHandler(at)) add(register);
      }
    }
    for (const register of this.#live.members(this.#graph.entry.start)) add(register);
    return [...found].sort((a, b) => a - b);
  }

  #ensureAtEntry(entry: Node): Statement[] {
    const { form } = this;
    const statements: Statement[] = [];
    for (const register of this.facts.ensured[entry.index]) {
      const isConstant = form === "direct" && !this.#mayBeAnything(register);
      if (isConstant) continue;
      const variable = this.variable(register);
      // A frame is as good as it was: nothing has to be saved.
      const leaves = form === "direct" ? this.leave("early", entry.start) : [returns(call(id("early"), [id("S")]))];
      statements.push(...this.snippet("guardNumber", { a: variable, miss: leaves }));
      statements.push(assign(variable, toNumber(variable)));
    }
    return statements;
  }

  #mayBeAnything(register: number): boolean {
    return register < Math.min(this.shape.captures + this.shape.args, this.code.fill);
  }

  // ---- Saving -----------------------------------------------------------------------------------

  #saverFunction({ name, registers }: { readonly name: string; readonly registers: readonly number[] }): Statement {
    const names = registers.map((register) => `r${register}`);
    const scopes = this.#scopes ? ["scopes"] : [];
    if (this.form !== "direct") {
      const into = (slot: number, value: Expression): Statement => assign(index(id("F"), num(slot)), value);
      return functionTree(
        name,
        ["F", "t", "a", ...scopes, ...names],
        [
          into(PC, id("t")),
          into(AWAIT, id("a")),
          ...scopes.map(() => into(SCOPES, id("scopes"))),
          ...registers.map((register) => into(HEADER + register, this.variable(register))),
          returns(id("S")),
        ],
      );
    }
    const self = this.#self ? ["self"] : [];
    const slots: Expression[] = [
      this.reference(this.code),
      id("t"),
      { type: "Literal", value: null, raw: "null" },
      id(this.#self ? "self" : "U"),
      this.#scopes ? id("scopes") : { type: "Literal", value: null, raw: "null" },
      id("a"),
    ];
    const saved = new Set(registers);
    for (let register = 0; register < this.code.facts.usedRegisters; register++) {
      slots.push(saved.has(register) ? this.variable(register) : id("U"));
    }
    return functionTree(name, ["t", "a", ...self, ...scopes, ...names], [returns(call(id("capture"), [array(slots)]))]);
  }
}

function toNumber(argument: Expression): Expression {
  return { type: "UnaryExpression", operator: "+", prefix: true, argument };
}

export function costOf(at: number, code: Code): number {
  return rowOf(code.instructions[at].op).cost;
}
