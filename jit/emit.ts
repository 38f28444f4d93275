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
 * it is settled before a check, where ways meet, and before anybody else looks; behind an inlined function what all of
 * its ways have in common goes on. What leaves in between takes it into account, so that at each exit the number is
 * exactly that of the interpreter.
 */

import type { BitRows } from "../src/bytecode/bits.ts";
import { registersOf } from "../src/bytecode/flow.ts";
import type { InstructionOf } from "../src/bytecode/instructions.ts";
import type { ForeignFunction } from "../src/foreign/registry.ts";
import type { NumericOperation } from "../src/foreign/spec.ts";
import type { Code } from "../src/runtime/code.ts";
import { AT_PC, AWAIT, type CHARGED, HEADER, PC, SCOPES, SELF } from "../src/runtime/frame.ts";
import { DEPTH, OVERDUE } from "../src/runtime/turn.ts";
import { Atom } from "../src/values/atom.ts";
import type { NativeKey } from "../src/values/object.ts";
import { Undefined, Unit, type Value } from "../src/values/value.ts";
import { type Graph, isTerminator, type Node } from "./cfg.ts";
import type { Exit, ExitFrame, Leaving } from "./exits.ts";
import type { Facts, InlinePlan, State, Unseen } from "./facts.ts";
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
  choose,
  continueTo,
  declare,
  type Expression,
  forever,
  functionTree,
  type Holes,
  id,
  index,
  labelled,
  member,
  NULL,
  not,
  num,
  returns,
  type Statement,
  statement,
  type Tree,
  text,
  when,
  whileLoop,
  YIELD,
} from "./tree.ts";

/** What constants of a body come from. */
export interface Environment {
  /** What a native call of this function goes through: an object whose `fn` is the body. */
  readonly target: (code: Code, captures: number, args: number) => object;
  /** The constructor of objects that have just these members, given in this order. */
  readonly maker: (keys: readonly NativeKey[]) => object;
  /** What a body calls to leave. */
  readonly exit: (exit: Exit) => object;
  /** A local foreign function on arguments of the right types. */
  readonly local: (foreign: ForeignFunction) => LocalCall;
  /** A foreign function of Numbers. */
  readonly numeric: (foreign: ForeignFunction) => NumericCall;
}

/**
 * Always a Number, so that V8 need not make an object of it: where the foreign function fails NaN, and only then is it
 * asked whether that was so. The interpreter calls what fails again, and reports it.
 */
export interface NumericCall {
  readonly call: NumericOperation;
  /** Null: it never fails. */
  readonly fails: ((a: number, b: number) => boolean) | null;
}

/** Gives undefined where the function fails, and charges for its work. Called with an array unless it is direct. */
export type LocalCall = (...args: never[]) => Value | undefined;

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
  /** Variables of functions that were inlined. */
  readonly variables: number;
}

/** Does the function read the bound `this`? Then its direct body takes it. */
export function usesSelf(code: Code): boolean {
  return code.instructions.some(
    ({ op, operands }) => op === "LOAD_CONST" && operands[1] instanceof Atom && operands[1].name === "__vm:this",
  );
}

interface Saver {
  readonly name: string;
  readonly registers: readonly number[];
}

/** Where an inlined function stands. */
export interface InlinedInto {
  readonly emitter: Emitter;
  readonly at: number;
  /** The register of its result. */
  readonly d: number;
  readonly label: string;
  readonly self: Expression;
}

/** A check inside a loop whose stop is that of the loop; what it does on the way is known when the loop is complete. */
interface LeavingCheck {
  readonly node: Node;
  readonly at: number;
  readonly state: State;
  readonly live: readonly number[];
  readonly body: Statement[];
}

/** Where a body has spent its slice: the statements in both ways, and where those that count go. */
interface Renewal {
  readonly body: Statement[];
  /** The next slice in place, or it stops. */
  readonly inPlace: readonly Statement[];
  /** The runtime is asked, since the native stack must be unwound now and then. */
  readonly asking: readonly Statement[];
}

/** Emits one instruction; instructions.ts has the one there is. */
export type EmitInstruction = (emitter: Emitter, node: Node, at: number, charged: boolean) => Statement[];

export class Emitter {
  readonly code: Code;
  readonly facts: Facts;
  readonly form: Form;
  readonly shape: Shape;
  readonly environment: Environment;
  state!: State;
  /** The instruction just emitted leaves in any case: the rest of its node cannot be reached. */
  ended = false;
  /** For listings: a comment for each instruction. */
  annotate: ((code: Code, at: number) => string) | null = null;
  /** Places where the body leaves if a guess is wrong. */
  guesses = 0;
  /** Reductions spent and not yet subtracted from `b`. */
  pending = 0;
  /**
   * A check has been passed, and nothing was subtracted or fetched since. Instructions that take from `b` by themselves cost
   * something, too, so that something is pending behind them. Kept by the root, as `b` is one for all that is inlined.
   */
  #isPassed = false;
  /** Of what is inlined, where it returns: what is pending there, and what subtracts it. */
  readonly #ends: { readonly pending: number; readonly settled: Statement[] }[] = [];

  readonly #emitInstruction: EmitInstruction;
  readonly #graph: Graph;
  readonly #live: BitRows;
  readonly #placement: Placement | null;
  readonly #offsets: Int32Array;
  readonly #self: boolean;
  /** The variables of the process are in a variable of the body's own; they move when one of them is first written. */
  readonly #keepsGlobals: boolean;
  readonly #scopes: boolean;
  readonly #constants: unknown[] = [];
  readonly #indexOf = new Map<unknown, number>();
  /** Functions that save frames, by the registers they save. */
  readonly #savers = new Map<string, Saver>();
  readonly #functions: Statement[] = [];
  /** Where a direct body asks for more reductions; how it does is known when the body is complete. */
  readonly #renewals: Renewal[] = [];
  #deepens = false;
  /**
   * Functions of JavaScript call more than they compute. To unwind the stack as often as the deepest recursion of them would
   * need it takes longer than to count how deep it is.
   */
  readonly #countsDepth: boolean;
  /** Where a direct body returns, what it does then. */
  readonly #returns: Statement[][] = [];
  readonly #variables: string[] = [];
  /** The call that this function is inlined into. */
  readonly #parent: InlinedInto | null;
  readonly #root: Emitter;
  /** In front of all its numbered names. */
  readonly #prefix: string;
  /** Registers that the body never writes; its frame has them already. */
  readonly #unchanged = new Set<number>();
  /** Checks inside loops that stop behind the loop, by its head. */
  readonly #leaving = new Map<Node, LeavingCheck[]>();
  /** The loop whose round is being finished behind its inner loop. */
  #resuming: Node | null = null;
  #labels = 0;
  #inlined = 0;
  #captured = 0;

  constructor(
    emitInstruction: EmitInstruction,
    environment: Environment,
    code: Code,
    graph: Graph,
    facts: Facts,
    live: BitRows,
    form: Form,
    shape: Shape,
    parent: InlinedInto | null = null,
  ) {
    this.#emitInstruction = emitInstruction;
    this.#parent = parent;
    this.#root = parent === null ? this : parent.emitter.#root;
    this.#prefix = parent === null ? "" : `i${this.#root.#inlined++}`;
    this.environment = environment;
    this.code = code;
    this.facts = facts;
    this.form = form;
    this.shape = shape;
    this.#graph = graph;
    this.#live = live;
    this.#placement = graph.reducible ? new Placement(graph) : null;
    this.#offsets = code.form!.offsets;
    if (form !== "direct") for (const register of this.#registers()) this.#unchanged.add(register);
    for (const at of this.#instructions()) {
      for (const register of registersOf(code.instructions[at]).writes) this.#unchanged.delete(register);
    }
    this.#self = usesSelf(code);
    this.#keepsGlobals = parent === null && code.instructions.some(({ op }) => op === "LOAD_GLOBAL");
    this.#countsDepth = form === "direct" && parent === null && code.isJs;
    this.#scopes = code.instructions.some(({ op, operands }) => op === "MAKE_CLOSURE" && operands[2] !== "");
  }

  emit(): Body {
    const { entry } = this.#graph;
    this.state = this.facts.states[entry.index].copy();
    const name = this.form === "direct" ? "D" : this.form === "generator" ? "G" : "K";
    const ensured = this.#ensureAtEntry(entry);
    const statements = this.#placement === null ? this.#switched() : this.#tree(entry);
    // Where turns go on in place again and again the native stack must not grow: it does if direct bodies call.
    for (const { body, inPlace, asking } of this.#renewals) body.push(...(this.#deepens ? asking : inPlace));
    const parameters = this.form === "direct" ? this.#parameters() : ["F"];
    const all = [...this.#prologue(), ...this.#takeDepth(), ...ensured, ...statements];
    const body = functionTree(name, parameters, all, this.form === "generator");
    const variables = this.#variables.length;
    return { functions: [body, ...this.#functions], name, constants: this.#constants, variables };
  }

  /** What the body takes of the native stack, and gives back where it returns. Too deep: its frame begins instead. */
  #takeDepth(): Statement[] {
    if (!this.#countsDepth || !this.#deepens) return [];
    const depth = index(id("I"), num(DEPTH));
    const bytes = num(this.levelBytes);
    for (const back of this.#returns) back.push(assign(depth, binary("+", depth, bytes)));
    const { entry } = this.#graph;
    this.state = this.facts.states[entry.index].copy();
    this.pending = 0;
    const begun = this.#save(entry.start, AT_PC, this.#live.members(entry.start));
    return [
      assign(depth, binary("-", depth, bytes)),
      when(binary("<", depth, num(0)), [this.store(), returns(call(id("deep"), [begun]))]),
    ];
  }

  /** Of the native stack, about. */
  get levelBytes(): number {
    const calling = this.#countsDepth ? CALLING_BYTES : 0;
    return (this.#variables.length + this.code.facts.usedRegisters + WORDS_PER_LEVEL) * WORD + calling;
  }

  /** A level of recursion says itself how deep the native stack is. */
  get countsDepth(): boolean {
    return this.#countsDepth;
  }

  /**
   * The body in the place of a call. `pending` is what is pending at the call, its own cost included, and behind it, in
   * what this gives.
   */
  emitInlined(
    pending: number,
    args: readonly Expression[],
    captured: (index: number) => Expression,
  ): { readonly statements: Statement[]; readonly pending: number } {
    const { entry } = this.#graph;
    const { captures } = this.shape;
    const { fill } = this.code;
    const statements: Statement[] = [];
    for (const register of this.#registers()) {
      this.#root.#variables.push(`${this.#prefix}r${register}`);
      let initial: Expression | null = null;
      if (register < Math.min(captures, fill)) initial = captured(register);
      else if (register < Math.min(captures + args.length, fill)) initial = args[register - captures];
      else if (this.#live.has(entry.start, register)) initial = id("U");
      if (initial !== null && !this.facts.states[entry.index].constants.has(register))
        statements.push(assign(this.variable(register), initial));
    }
    this.state = this.facts.states[entry.index].copy();
    this.pending = pending;
    statements.push(...this.#ensureAtEntry(entry));
    statements.push(...this.#tree(entry));
    this.#root.#isPassed = false;
    const least = this.#ends.length === 0 ? 0 : Math.min(...this.#ends.map((end) => end.pending));
    for (const end of this.#ends) {
      this.pending = end.pending - least;
      end.settled.push(...this.settle());
    }
    return { statements: [labelled(this.#parent!.label, block(statements))], pending: least };
  }

  /** An emitter for a function that stands in the place of a call. */
  inlined({ code, facts, live, captures }: InlinePlan, into: InlinedInto, args: number): Emitter {
    const shape = { captures, args };
    return new Emitter(this.#emitInstruction, this.environment, code, facts.graph, facts, live, "direct", shape, into);
  }

  /** A name for the block of a function that is inlined. */
  inlineLabel(): string {
    return `R${this.#root.#labels++}`;
  }

  // ---- Pieces that instructions are made of ------------------------------------------------------

  needsSelf(code: Code): boolean {
    return usesSelf(code);
  }

  variable(register: number): Expression {
    return id(`${this.#prefix}r${register}`);
  }

  /** The bound `this`. */
  self(): Expression {
    return this.#parent === null ? id("self") : this.#parent.self;
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

  /** A closure made of the variables that have what it captures. */
  closure({ code }: Unseen, names: readonly string[]): Expression {
    const parts = [this.reference(code), NULL, array(names.map(id)), id("U")];
    return { type: "NewExpression", callee: id("FunctionValue"), arguments: parts };
  }

  /** Names for variables that hold what a closure captures. */
  captureNames(count: number): readonly string[] {
    const root = this.#root;
    return Array.from({ length: count }, () => {
      const name = `v${root.#captured++}`;
      root.#variables.push(name);
      return name;
    });
  }

  /** A parameter of the factory that is this very thing. */
  reference(thing: unknown): Expression {
    if (this.#root !== this) return this.#root.reference(thing);
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
    return `M${this.#root.#labels++}`;
  }

  /** Subtracts what is pending from `b`. */
  settle(): Statement[] {
    const cost = this.pending;
    this.pending = 0;
    if (cost === 0) return [];
    this.#root.#isPassed = false;
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
    this.#root.#isPassed = false;
    const left = assign(id("b"), index(id("I"), num(0)));
    return this.#root.#keepsGlobals ? block([left, this.fetchGlobals()]) : left;
  }

  fetchGlobals(): Statement {
    return this.#root.#keepsGlobals ? assign(id("g"), GLOBALS) : EMPTY;
  }

  /** The variables of the process. */
  globals(): Expression {
    return this.#root.#keepsGlobals ? id("g") : GLOBALS;
  }

  /** Saves the frame at an instruction, with what it waits for, and gives S. */
  #save(at: number, awaits: number, registers: readonly number[]): Expression {
    const values = registers.map((register) => this.#valueInFrame(register));
    return this.#saveAs(num(this.#offsets[at]), awaits, registers, values);
  }

  /** A closure that nobody has seen is made here, and never if the body does not stop. */
  #valueInFrame(register: number): Expression {
    return this.#madeAnew(this.state, register) ?? this.value(register);
  }

  /** Null: the register has what is to be in the frame, as it always has. */
  #madeAnew(state: State, register: number): Expression | null {
    const closure = state.unseen?.get(register);
    if (closure === undefined) return null;
    // Behind an instruction that always leaves nothing is reached, and what would have been made there is not known.
    return closure.names === null ? null : this.closure(closure, closure.names);
  }

  #saveAs(place: Expression, awaits: number, all: readonly number[], allValues: readonly Expression[]): Expression {
    const registers = all.filter((register) => !this.#unchanged.has(register));
    const values = allValues.filter((_, i) => !this.#unchanged.has(all[i]));
    const key = registers.join(" ");
    let saver = this.#savers.get(key);
    if (saver === undefined) {
      saver = { name: `c${this.#root.#functions.length}`, registers };
      this.#savers.set(key, saver);
      this.#root.#functions.push(this.#saverFunction(saver));
    }
    const args: Expression[] = this.form === "direct" ? [] : [id("F")];
    args.push(place, num(awaits));
    if (this.form === "direct" && this.#self) args.push(this.self());
    if (this.#scopes) args.push(id("scopes"));
    args.push(...values);
    return call(id(saver.name), args);
  }

  /** Gives up the native stack with this frame saved, and those of the functions it is inlined into. */
  #giveUp(saved: Expression): Statement[] {
    if (this.#parent === null) return [returns(saved)];
    const { emitter, at, d } = this.#parent;
    return [statement(saved), ...emitter.#giveUp(emitter.#saveInCall(at, d))];
  }

  /** The same as data, for where it seldom happens. `how` tells why; null: who has stopped has told. */
  #exit(at: number, awaits: number, registers: readonly number[], how: Leaving | null): Statement[] {
    const pending = how === null ? null : this.pending;
    const values: Expression[] = pending === null ? [] : [id("b")];
    const given = values.length;
    const frames: ExitFrame[] = [];
    this.#exitFrames(at, awaits, registers, values, given, frames);
    const exit = this.reference(this.environment.exit({ how, pending, frames }));
    return [returns(call(exit, values))];
  }

  #exitFrames(
    at: number,
    awaits: number,
    registers: readonly number[],
    values: Expression[],
    given: number,
    frames: ExitFrame[],
  ): void {
    const constants: [number, unknown][] = [];
    const slots: number[] = [];
    const from: number[] = [];
    const hand = (slot: number, value: Expression): void => {
      const known = values.indexOf(value, given);
      slots.push(slot);
      from.push((known < 0 ? values.push(value) - 1 : known) - given);
    };
    const goesOn = this.form !== "direct";
    if (goesOn) values.splice(given, 0, id("F"));
    if (goesOn) for (const frame of frames) shift(frame.from as number[]);
    else if (this.#self) hand(SELF, this.self());
    if (this.#scopes) hand(SCOPES, id("scopes"));
    for (const register of registers) {
      if (this.#unchanged.has(register)) continue;
      const made = this.#madeAnew(this.state, register);
      const constant = this.state.constants.get(register);
      if (made === null && constant !== undefined) constants.push([HEADER + register, constant]);
      else hand(HEADER + register, made ?? this.variable(register));
    }
    const code = goesOn ? null : this.code;
    frames.push({ code, place: this.#offsets[at], awaits, constants, slots, from });
    if (this.#parent === null) return;
    const { emitter, at: call, d } = this.#parent;
    emitter.#exitFrames(call + 1, HEADER + d, emitter.#liveInCall(call, d), values, given, frames);
  }

  /** Leaves before instruction `at`; `how` tells why. */
  leave(how: Leaving, at: number): Statement[] {
    if (how !== "aside") this.#root.guesses++;
    return this.#exit(at, AT_PC, this.#live.members(at), how);
  }

  /** Stops at instruction `at`; what is left is in the cell. A generator stays here if it can go on here. */
  stop(at: number, state: typeof AT_PC | typeof CHARGED, stays: boolean): Statement[] {
    const saved = this.#save(at, state, this.#live.members(at));
    return stays && this.form === "generator" ? [statement(saved), YIELD] : this.#giveUp(saved);
  }

  /** The same where that seldom happens, for a body that does not go on here. */
  giveUp(at: number): Statement[] {
    return this.#exit(at, AT_PC, this.#live.members(at), null);
  }

  /** Stops in a call whose callee has stopped; its result will go to `d`. */
  stopInCall(at: number, d: number): Statement[] {
    return this.#exit(at + 1, HEADER + d, this.#liveInCall(at, d), null);
  }

  #saveInCall(at: number, d: number): Expression {
    return this.#save(at + 1, HEADER + d, this.#liveInCall(at, d));
  }

  #liveInCall(at: number, d: number): number[] {
    const registers = new Set(this.#live.members(at + 1));
    registers.delete(d);
    for (const register of this.liveInHandler(at)) registers.add(register);
    return [...registers].sort((a, b) => a - b);
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
    if (this.#root.#isPassed && this.pending === 0) return [];
    const checked = this.#check(at);
    this.#root.#isPassed = true;
    return checked;
  }

  #check(at: number): Statement[] {
    if (this.#root.code.isJs && this.#root.form !== "generator") return this.#callCheck(at);
    const settled = this.settle();
    const isSpent = binary("<=", id("b"), num(0));
    const renewal = this.#renew(null, null, this.stop(at, AT_PC, true));
    // In a generator the turn may come back with nothing left to spend.
    return [...settled, this.form === "generator" ? whileLoop(isSpent, renewal) : when(isSpent, renewal)];
  }

  /**
   * The safe point of functions of JavaScript, which have many. V8 gives up a body the first time it does what it has not seen
   * there yet, once for each place, and a slice may end at any: so what begins the next one is a function that is called
   * each time, and is put into the body with what was seen of it elsewhere.
   */
  #callCheck(at: number): Statement[] {
    // Without `| 0` V8 would not know that it is still a whole number of 32 bits, and look for an overflow in each round.
    const left = this.pending === 0 ? id("b") : binary("|", this.#left(), num(0));
    this.pending = 0;
    return [assign(id("b"), call(id("renew"), [left])), when(binary("<=", id("b"), num(0)), this.giveUp(at))];
  }

  /**
   * Goes on with the next slice in place, or stops: if there is none, or where `always` holds. Elsewhere than at the
   * head of a loop it stops only if it must, since every place that processes go on from needs a body of its own.
   */
  #renew(atHead: Expression | null, always: Expression | null, stop: Statement[]): Statement[] {
    const overdue = index(id("I"), num(OVERDUE));
    const most = atHead === null ? overdue : atHead === AT_HEAD ? num(0) : choose(atHead, num(0), overdue);
    const none = binary("<=", id("n"), most);
    const store = [this.store()];
    const fetch = [this.fetch()];
    const inPlace = this.snippet("renew", {
      ends: always === null ? none : binary("||", always, none),
      store,
      stop,
      fetch: this.form === "generator" ? fetch : [],
    });
    if (this.#root.form !== "direct") return inPlace;
    const body: Statement[] = [];
    if (this.#root.#countsDepth) {
      const ends = always === null ? none : binary("||", always, none);
      const cannot = not(call(id("goesOn"), []));
      const stays = always === null ? cannot : binary("||", always, cannot);
      const asking = this.snippet("renewAsking", { ends, stays, store, stop, fetch });
      this.#root.#renewals.push({ body, inPlace, asking });
      return [block(body)];
    }
    const asks = call(id("refill"), []);
    const asking = this.snippet("refill", {
      ends: always === null ? asks : binary("||", always, asks),
      store,
      stop,
      fetch,
    });
    this.#root.#renewals.push({ body, inPlace, asking });
    return [block(body)];
  }

  /**
   * The safe point of a call that is inlined. In a loop its stop is that of the loop itself: with two
   * places that save a sum, V8 makes what they save ready in each round, and allocates a number for it.
   */
  checkInlined(node: Node, at: number): Statement[] {
    const head = node.loop;
    const isInLoop = this.#placement !== null && head !== null && this.#isSafePoint(head);
    if (!isInLoop || this.#resuming !== null) return this.check(at);
    // One that is not at the end of its round would stop whenever a slice is spent, with all native frames below it.
    if (this.#root.form === "direct" && !this.#endsRound(node, head)) return this.check(at);
    if (this.#root.#isPassed && this.pending === 0) return [];
    const state = this.state.copy();
    const check: LeavingCheck = { node, at, state, live: this.#live.members(at), body: [] };
    const known = this.#leaving.get(head);
    if (known === undefined) this.#leaving.set(head, [check]);
    else known.push(check);
    return [...this.settle(), when(binary("<=", id("b"), num(0)), check.body)];
  }

  /** The body calls another one on the native stack. */
  callsNatively(): void {
    this.#root.#deepens = true;
  }

  /** Ends the function with this result. */
  result(value: Expression): Statement[] {
    if (this.#parent === null) {
      if (!this.#countsDepth) return [this.store(), returns(value)];
      const back: Statement[] = [];
      this.#returns.push(back);
      return [this.store(), block(back), returns(value)];
    }
    const { emitter, d, label } = this.#parent;
    const settled: Statement[] = [];
    this.#ends.push({ pending: this.pending, settled });
    this.pending = 0;
    return [block(settled), assign(emitter.variable(d), value), breakTo(label)];
  }

  // ---- Control ----------------------------------------------------------------------------------

  /** Goes on at another instruction. Only where `state` and `pending` are those of this way. */
  edge(from: Node, target: number): Statement[] {
    const to = this.#graph.successor(from, target);
    const { state, pending } = this;
    this.state = state.copy();
    const statements = [...this.#materialize(to), ...this.#ensure(to)];
    if (this.#placement === null) {
      statements.push(...this.settle(), assign(id("state"), num(to.index)), continueTo("L0"));
    } else if (to.isHead && to.index <= from.index) {
      const loop = to === this.#resuming ? "O" : "L";
      statements.push(...this.settle(), continueTo(`${this.#prefix}${loop}${to.index}`));
    } else if (this.#placement.isLabelled(to)) {
      statements.push(...this.settle(), breakTo(`${this.#prefix}B${to.index}`));
    } else {
      statements.push(...this.#tree(to));
    }
    this.state = state;
    this.pending = pending;
    return statements;
  }

  /** A constant gets its variable where other ways come in that have brought something else. */
  #materialize(to: Node): Statement[] {
    const statements: Statement[] = [];
    const { constants } = this.facts.states[to.index];
    for (const [register, value] of this.state.constants) {
      if (constants.has(register) || !this.#live.has(to.start, register)) continue;
      statements.push(assign(this.variable(register), this.constant(value)));
    }
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
    return [labelled(`${this.#prefix}B${node.index}`, block(statements)), ...this.#tree(node)];
  }

  /**
   * A loop. With a safe point at its head it is two: the inner one runs while there is something left to
   * spend and holds no call of ours for the check, so that V8 sees a plain loop; the outer one stops.
   */
  #loop(head: Node, statements: readonly Statement[]): Statement[] {
    const inner = `${this.#prefix}L${head.index}`;
    if (!this.#isSafePoint(head)) return [labelled(inner, forever(statements))];
    this.state = this.facts.states[head.index].copy();
    this.pending = 0;
    const retyped = this.#retype(head);
    const leaving = this.#leaving.get(head);
    const spent: Statement[] = [breakTo(inner)];
    let renewal: Statement[];
    if (leaving === undefined) {
      renewal = this.#renew(AT_HEAD, null, this.stop(head.start, AT_PC, true));
    } else {
      spent.unshift(...this.#leavesAt(head.start, this.#live.members(head.start), this.state, leaving, head));
      for (const { at, live, state, body } of leaving) {
        body.push(...this.#leavesAt(at, live, state, leaving, head), breakTo(inner));
      }
      renewal = this.#sharedStop(head, leaving);
    }
    const round = [
      ...retyped,
      labelled(inner, forever([when(binary("<=", id("b"), num(0)), spent), ...statements])),
      ...renewal,
    ];
    return [labelled(this.#outer(head), forever(round))];
  }

  /** Registers that are saved where a loop stops, whichever check it was. */
  #savedTogether(head: Node, leaving: readonly LeavingCheck[]): number[] {
    const together = new Set(this.#live.members(head.start));
    for (const { live } of leaving) for (const register of live) together.add(register);
    return [...together].sort((a, b) => a - b);
  }

  /** Closures that nobody has seen wherever the loop stops: they are made behind it, if it really stops. */
  #unseenEverywhere(head: Node, leaving: readonly LeavingCheck[]): ReadonlyMap<number, Unseen> {
    const found = new Map<number, Unseen>();
    const ways = [{ live: this.#live.members(head.start), state: this.facts.states[head.index] }, ...leaving];
    for (const [register, closure] of ways[0].state.unseen ?? []) {
      if (ways.every(({ live, state }) => live.includes(register) && state.unseen?.get(register) === closure)) {
        found.set(register, closure);
      }
    }
    return found;
  }

  /** On the way out: which instruction it is, nothing that is dead there, and closures that nobody has seen. */
  #leavesAt(
    at: number,
    live: readonly number[],
    state: State,
    leaving: readonly LeavingCheck[],
    head: Node,
  ): Statement[] {
    const dead = this.#savedTogether(head, leaving).filter((register) => !live.includes(register));
    const place = assign(id("p"), num(this.#offsets[at]));
    const everywhere = this.#unseenEverywhere(head, leaving);
    const made = live.flatMap((register) => {
      if (everywhere.has(register)) return [];
      const constant = state.constants.get(register);
      if (constant !== undefined) return [assign(this.variable(register), this.constant(constant))];
      const anew = this.#madeAnew(state, register);
      return anew === null ? [] : [assign(this.variable(register), anew)];
    });
    return [place, ...made, ...dead.map((register) => assign(this.variable(register), id("U")))];
  }

  /** Behind a loop with checks inside: the one place where it stops, and the rests of rounds that go on in place. */
  #sharedStop(head: Node, leaving: readonly LeavingCheck[]): Statement[] {
    const registers = this.#savedTogether(head, leaving);
    const everywhere = this.#unseenEverywhere(head, leaving);
    const variables = registers.map((register) => {
      const names = everywhere.get(register)?.names ?? null;
      return names === null ? this.variable(register) : this.closure(everywhere.get(register)!, names);
    });
    const saved = this.#saveAs(id("p"), AT_PC, registers, variables);
    const atHead = binary("===", id("p"), num(this.#offsets[head.start]));
    const stays: Statement[] =
      this.form === "generator"
        ? [when(atHead, [...this.stop(head.start, AT_PC, true), this.fetch(), continueTo(this.#outer(head))])]
        : [];
    const rests: Statement[] = [];
    let always: Expression | null = null;
    for (const check of leaving) {
      const isHere = binary("===", id("p"), num(this.#offsets[check.at]));
      if (this.#endsRound(check.node, head)) rests.push(when(isHere, this.#restOfRound(head, check)));
      else always = always === null ? isHere : binary("||", always, isHere);
    }
    this.pending = 0;
    const stop = this.#giveUp(saved);
    return [...this.#renew(atHead, always, [...stays, ...stop]), ...rests];
  }

  #outer(head: Node): string {
    return `${this.#prefix}O${head.index}`;
  }

  /** Does control go from the node to the head of its loop, or out of the loop, and nowhere else? */
  #endsRound(node: Node, head: Node): boolean {
    return node.successors.every((to) => {
      if (to === head) return true;
      for (let loop = to.loop; loop !== null; loop = loop.outerLoop) if (loop === head) return false;
      return this.#placement!.isLabelled(to);
    });
  }

  /** From a check to the end of the round, once more: there the loop goes on after the stop that was none. */
  #restOfRound(head: Node, { node, at, state }: LeavingCheck): Statement[] {
    this.state = state.copy();
    this.#root.#isPassed = false;
    this.pending = 0;
    this.#resuming = head;
    const statements = this.#instructionsOf(node, at, true);
    this.#resuming = null;
    return statements;
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
    this.#root.#isPassed = isChecked;
    const { instructions } = this.code;
    const statements: Statement[] = [];
    if (node.start >= instructions.length) {
      if (!isChecked && this.#isSafePoint(node)) statements.push(...this.check(node.start));
      return [...statements, ...this.result(id("Unit"))];
    }
    if (!isChecked && this.#isSafePoint(node)) statements.push(...this.check(node.start));
    return [...statements, ...this.#instructionsOf(node, node.start, node.charged)];
  }

  /** Puts what the instruction is above what it becomes. */
  #annotated(statements: Statement[], at: number): Statement[] {
    const note = this.#root.annotate?.(this.code, at);
    if (note === undefined) return statements;
    const [first = EMPTY, ...rest] = statements;
    return [{ ...first, comments: [{ type: "Line", value: ` ${note}` }] }, ...rest];
  }

  /** The instructions of a node from one of them on, which may have passed its check. */
  #instructionsOf(node: Node, from: number, passed: boolean): Statement[] {
    const { instructions } = this.code;
    const statements: Statement[] = [];
    for (let at = from; at < node.end; at++) {
      this.ended = false;
      const emitted = this.#emitInstruction(this, node, at, passed && at === from);
      statements.push(...this.#annotated(emitted, at));
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
      { name: "n", init: null },
      { name: "p", init: null },
      { name: "m", init: null },
    ];
    if (this.#placement === null) variables.push({ name: "state", init: null });
    if (this.#keepsGlobals) variables.push({ name: "g", init: GLOBALS });
    if (this.form !== "direct") {
      if (this.#self) variables.push({ name: "self", init: index(id("F"), num(SELF)) });
      if (this.#scopes) variables.push({ name: "scopes", init: index(id("F"), num(SCOPES)) });
    } else if (this.#scopes) {
      variables.push({ name: "scopes", init: NULL });
    }
    variables.push(...this.#variables.map((name) => ({ name, init: null })));
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
    for (const at of this.#instructions()) {
      const { reads, writes } = registersOf(this.code.instructions[at]);
      for (const register of reads) found.add(register);
      for (const register of writes) found.add(register);
      for (const register of this.liveInHandler(at)) found.add(register);
    }
    for (const register of this.#live.members(this.#graph.entry.start)) found.add(register);
    return [...found].sort((a, b) => a - b);
  }

  *#instructions(): Generator<number> {
    for (const { start, end } of this.#graph.nodes) for (let at = start; at < end; at++) yield at;
  }

  #ensureAtEntry(entry: Node): Statement[] {
    const { form } = this;
    const statements: Statement[] = [];
    for (const register of this.facts.ensured[entry.index]) {
      if (this.facts.isNumberAtStart(register)) continue;
      const variable = this.variable(register);
      // A frame is as good as it was: nothing has to be saved.
      const leaves = form === "direct" ? this.leave("early", entry.start) : [returns(call(id("early"), [id("S")]))];
      statements.push(...this.snippet("guardNumber", { a: variable, miss: leaves }));
      statements.push(assign(variable, toNumber(variable)));
    }
    return statements;
  }

  // ---- Saving -----------------------------------------------------------------------------------

  #saverFunction({ name, registers }: Saver): Statement {
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
          ...registers.map((register) => into(HEADER + register, id(`r${register}`))),
          returns(id("S")),
        ],
      );
    }
    const self = this.#self ? ["self"] : [];
    const slots: Expression[] = [
      this.reference(this.code),
      id("t"),
      NULL,
      id(this.#self ? "self" : "U"),
      this.#scopes ? id("scopes") : NULL,
      id("a"),
    ];
    const saved = new Set(registers);
    for (let register = 0; register < this.code.facts.usedRegisters; register++) {
      slots.push(saved.has(register) ? id(`r${register}`) : id("U"));
    }
    return functionTree(name, ["t", "a", ...self, ...scopes, ...names], [returns(call(id("capture"), [array(slots)]))]);
  }
}

const WORD = 8;
/** Of a native frame, besides the registers: its fixed part, temporaries, arguments of calls. */
const WORDS_PER_LEVEL = 32;
/** What calls through the runtime take besides. */
const CALLING_BYTES = 600;

/** Where it is known that it is the head of a loop. */
const AT_HEAD = bool(true);

/** One more value is handed over in front of all others. */
function shift(from: number[]): void {
  for (let i = 0; i < from.length; i++) from[i]++;
}

const GLOBALS: Expression = member(member(id("runtime"), "process"), "globals");

const EMPTY: Statement = { type: "EmptyStatement" };

function toNumber(argument: Expression): Expression {
  return { type: "UnaryExpression", operator: "+", prefix: true, argument };
}
