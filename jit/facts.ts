/**
 * Facts that flow forward: types and constants of registers, and with them how each instruction is
 * compiled.
 *
 * What can be proven is proven: results of arithmetic are Numbers, constants stay constants. The rest is
 * guessed where guessing pays, which is arithmetic on Numbers, and guarded; a guard that fails leaves to
 * the interpreter before the instruction. Where a body or a loop is entered, registers that will be used
 * as Numbers are guarded once, so that the loop itself needs no guard.
 */

import type { BitRows } from "../src/bytecode/bits.ts";
import { clausesOf, registersOf } from "../src/bytecode/flow.ts";
import type { Instruction, Mnemonic } from "../src/bytecode/instructions.ts";
import { registersBackward } from "../src/bytecode/liveness.ts";
import { walkPattern } from "../src/bytecode/pattern.ts";
import { specialAtom } from "../src/bytecode/special.ts";
import type { ForeignFunction } from "../src/foreign/registry.ts";
import type { Code } from "../src/runtime/code.ts";
import { Atom } from "../src/values/atom.ts";
import { isKnownImmutable } from "../src/values/compound.ts";
import { FunctionValue } from "../src/values/function.ts";
import { IonObject } from "../src/values/object.ts";
import { Undefined, Unit, type Value } from "../src/values/value.ts";
import { UNITS_PER_REDUCTION } from "../src/values/work.ts";
import type { Graph, Node } from "./cfg.ts";
import { GENERAL, GETTER, NOT_ON_ENTRY, OTHER_RESULT, type Profile, TEXTS } from "./profile.ts";

/** Sets of types. */
export const NUMBER = 1;
export const BOOLEAN = 2;
export const TEXT = 4;
export const ATOM = 8;
export const OTHER = 16;
/** Objects; not Arrays, and no others of the native kinds that are values. */
export const OBJECT = 32;
export const ANY = NUMBER | BOOLEAN | TEXT | ATOM | OTHER | OBJECT;

/**
 * A closure that nobody has seen yet but the registers that hold it, so that nobody can tell if it is made anew: where
 * the body stops, and only there. If nothing else needs it, V8 does not make it at all.
 */
export class Unseen {
  /** The variables with what it captures; set where it is emitted. */
  names: readonly string[] | null = null;
  constructor(
    readonly code: Code,
    /** Types of what it captures. */
    readonly types: readonly number[],
  ) {}
}

/** The bound `this`, among registers. */
export const THIS = -1;

/** What is known of the registers at one place. */
export class State {
  readonly types: Uint8Array;
  /** Registers whose value is known. */
  readonly constants: Map<number, Value>;
  /** Registers with closures that nobody has seen; null: there are none. */
  unseen: Map<number, Unseen> | null;
  /** Registers, and THIS, with Objects of one prototype at most: as long as nobody has been called. */
  readonly plain: Set<number>;

  constructor(
    types: Uint8Array,
    constants: Map<number, Value>,
    unseen: ReadonlyMap<number, Unseen> | null,
    plain: Iterable<number>,
  ) {
    this.types = types;
    this.constants = constants;
    this.unseen = unseen === null || unseen.size === 0 ? null : new Map(unseen);
    this.plain = new Set(plain);
  }

  copy(): State {
    return new State(this.types.slice(), new Map(this.constants), this.unseen, this.plain);
  }

  set(register: number, types: number): void {
    this.types[register] = types;
    this.constants.delete(register);
    this.unseen?.delete(register);
    this.plain.delete(register);
  }

  setPlain(register: number): void {
    this.set(register, OBJECT);
    this.plain.add(register);
  }

  setConstant(register: number, value: Value): void {
    this.set(register, typesOf(value));
    this.constants.set(register, value);
  }

  /** The only register with this closure. */
  setUnseen(register: number, closure: Unseen): void {
    this.set(register, OTHER);
    this.seen(closure);
    this.unseen ??= new Map();
    this.unseen.set(register, closure);
  }

  /** Somebody sees it. */
  seen(closure: Unseen): void {
    if (this.unseen === null) return;
    for (const [register, other] of this.unseen) if (other === closure) this.unseen.delete(register);
  }

  isNumber(register: number): boolean {
    return this.types[register] === NUMBER;
  }

  /** Adds what another way leads here with; true if that changed anything. */
  merge(other: State): boolean {
    let changed = false;
    for (let i = 0; i < this.types.length; i++) {
      const merged = this.types[i] | other.types[i];
      if (merged === this.types[i]) continue;
      this.types[i] = merged;
      changed = true;
    }
    for (const [register, value] of this.constants) {
      if (Object.is(other.constants.get(register), value)) continue;
      this.constants.delete(register);
      changed = true;
    }
    for (const register of this.plain) if (!other.plain.has(register)) changed = this.plain.delete(register);
    if (this.unseen === null) return changed;
    for (const [register, closure] of this.unseen) {
      if (other.unseen?.get(register) === closure) continue;
      this.unseen.delete(register);
      changed = true;
    }
    return changed;
  }
}

export function typesOf(value: Value): number {
  if (typeof value === "number") return NUMBER;
  if (typeof value === "boolean") return BOOLEAN;
  if (typeof value === "string") return TEXT;
  if (value instanceof Atom) return ATOM;
  return value instanceof IonObject ? OBJECT : OTHER;
}

/** How an instruction is compiled. */
export type Variant =
  /** On Numbers; operands not proven to be some are guarded. */
  | "numbers"
  /** ADD of texts. */
  | "texts"
  /** Whatever the operands are, through the shared operation. */
  | "general"
  /** GET_PROP, SET_PROP: an element of an Array by a Number; a property by a constant key. */
  | "element"
  | "property"
  /** EQUAL, NOT_EQUAL with an atom. */
  | "atom"
  /** An equality of JavaScript with a constant that is what it is. */
  | "identity"
  /** There is only one way. */
  | "only";

const ARITHMETIC: ReadonlySet<Mnemonic> = new Set([
  ...(["ADD", "SUB", "MUL", "DIV", "MOD"] as const),
  ...(["JS_ADD", "JS_SUB", "JS_MUL", "JS_DIV", "JS_MOD", "JS_POW"] as const),
]);
const BITS: ReadonlySet<Mnemonic> = new Set([
  ...(["BIT_AND", "BIT_OR", "BIT_XOR", "SHL", "SHR", "USHR"] as const),
  ...(["JS_BIT_AND", "JS_BIT_OR", "JS_BIT_XOR", "JS_SHL", "JS_SHR", "JS_USHR"] as const),
]);
const EQUALITY: ReadonlySet<Mnemonic> = new Set(["EQUAL", "NOT_EQUAL"]);
const JS_EQUALITY: ReadonlySet<Mnemonic> = new Set(["JS_EQUAL", "JS_NOT_EQUAL", "JS_LOOSE_EQUAL"]);
const ORDER: ReadonlySet<Mnemonic> = new Set([
  ...(["LESS_THAN", "LESS_EQUAL", "GREATER_THAN", "GREATER_EQUAL"] as const),
  ...(["JS_LESS", "JS_LESS_EQUAL", "JS_GREATER", "JS_GREATER_EQUAL"] as const),
]);
const LOGIC: ReadonlySet<Mnemonic> = new Set(["AND", "OR", "NOT", "JS_TRUTH", "JS_NOT", "JS_NULLISH"]);
/** Give a Number, whatever they are given, or leave. */
const ALWAYS_NUMBERS: ReadonlySet<Mnemonic> = new Set([
  ...(["JS_SUB", "JS_MUL", "JS_DIV", "JS_MOD", "JS_POW", "JS_NEG", "JS_BIT_NOT", "JS_NUMBER"] as const),
  ...(["JS_BIT_AND", "JS_BIT_OR", "JS_BIT_XOR", "JS_SHL", "JS_SHR", "JS_USHR"] as const),
]);

export function isComparison(op: Mnemonic): boolean {
  return EQUALITY.has(op) || JS_EQUALITY.has(op) || ORDER.has(op);
}

/** Is `===` of JavaScript itself right for whatever is compared with this constant? */
function isSimple(constant: Value | undefined): boolean {
  if (typeof constant === "string") return constant.length < UNITS_PER_REDUCTION;
  if (typeof constant !== "object") return constant !== undefined;
  return constant === Undefined || constant === Unit || constant instanceof Atom;
}

/** How the instruction is compiled, given what is known before it. */
export function variantOf(instruction: Instruction, at: number, state: State, profile: Profile): Variant {
  const { op } = instruction;
  const general = profile.has(at, GENERAL);
  const may = (register: number, types: number): boolean => (state.types[register] & types) !== 0;
  if (ARITHMETIC.has(op) || BITS.has(op) || isComparison(op)) {
    const [, a, b] = instruction.operands as [number, number, number];
    if (EQUALITY.has(op) && (state.types[a] === ATOM || state.types[b] === ATOM)) {
      if (state.constants.has(a) || state.constants.has(b)) return "atom";
    }
    if (JS_EQUALITY.has(op) && op !== "JS_LOOSE_EQUAL") {
      if (isSimple(state.constants.get(a)) || isSimple(state.constants.get(b))) return "identity";
      if (state.types[a] === OBJECT || state.types[b] === OBJECT) return "identity";
    }
    if (general) return "general";
    const texts = profile.has(at, TEXTS) || !may(a, NUMBER) || !may(b, NUMBER);
    if ((op === "ADD" || op === "JS_ADD") && texts && may(a, TEXT) && may(b, TEXT)) return "texts";
    return texts ? "general" : "numbers";
  }
  switch (op) {
    case "NEG":
    case "JS_NEG":
    case "JS_BIT_NOT":
    case "JS_NUMBER": {
      const [, a] = instruction.operands;
      return general || !may(a, NUMBER) ? "general" : "numbers";
    }
    case "SAME": {
      const [, a, b] = instruction.operands;
      return state.isNumber(a) && state.isNumber(b) ? "numbers" : "general";
    }
    case "JS_STRING":
      return "general";
    case "GET_PROP":
    case "SET_PROP":
    case "JS_GET":
    case "JS_SET": {
      const key = instruction.operands[isRead(op) ? 2 : 1];
      if (general || profile.has(at, TEXTS)) return "general";
      const constant = state.constants.get(key);
      if (constant instanceof Atom || typeof constant === "string") return "property";
      return may(key, NUMBER) ? "element" : "general";
    }
    default:
      return "only";
  }
}

function isRead(op: Mnemonic): boolean {
  return op === "GET_PROP" || op === "JS_GET";
}

function isLength(key: Value | undefined): boolean {
  return key === "length" || (key instanceof Atom && key.name === "length");
}

/** The registers that a variant needs to be Numbers. */
export function numberOperands(instruction: Instruction, variant: Variant): readonly number[] {
  if (variant === "numbers") return (instruction.operands as readonly number[]).slice(1);
  if (variant !== "element") return [];
  return [(instruction.operands as number[])[isRead(instruction.op) ? 2 : 1]];
}

/** The foreign function on Numbers that a CALL calls, if that is known. */
export function numericCall(instruction: Instruction, state: State): ForeignFunction | null {
  if (instruction.op !== "CALL") return null;
  const [, callee, args] = instruction.operands;
  const constant = state.constants.get(callee);
  if (!(constant instanceof FunctionValue) || constant.foreign === null) return null;
  const foreign = constant.foreign as ForeignFunction;
  return foreign.numeric !== null && foreign.arity === args.length ? foreign : null;
}

/** Is it a call of `Array.isArray`, which compiled code has itself? */
export function asksForArray(instruction: Instruction, state: State): boolean {
  if (instruction.op !== "CALL") return false;
  const [, callee, args] = instruction.operands;
  const constant = state.constants.get(callee);
  return constant instanceof FunctionValue && constant.foreign?.name === "Array.isArray" && args.length === 1;
}

/** Closures that the instruction shows to somebody; before anything else is said of it. */
export function show(instruction: Instruction, at: number, state: State, facts: Facts): void {
  if (state.unseen === null) return;
  for (const register of registersOf(instruction).reads) {
    const closure = state.unseen.get(register);
    if (closure !== undefined && !staysUnseen(instruction, at, register, state, facts)) state.seen(closure);
  }
}

/** A closure that is called, or passed to a function, where the function called stands in the place of the call. */
function staysUnseen(instruction: Instruction, at: number, register: number, state: State, facts: Facts): boolean {
  if (instruction.op === "RETURN") return true;
  const call = callOf(instruction, at, facts.profile);
  if (call === null) return false;
  if (register !== call.callee && !isHandedOver(instruction, at, register, facts)) return false;
  return (
    [...call.others, ...call.args].filter((other) => other === register).length === 1 &&
    facts.inliner.plan(at, state, facts) !== null
  );
}

/** What an instruction calls, and with what. */
export interface CallOperands {
  readonly d: number;
  /** The register of the function; -1 where it is found by name. */
  readonly callee: number;
  /** That of the function, and of `this`. */
  readonly others: readonly number[];
  /** The register of `this`; -1: there is none. */
  readonly self: number;
  readonly args: readonly number[];
}

/** Null for what is no call with arguments in registers; reading a member is one where it calls a getter. */
export function callOf(instruction: Instruction, at: number, profile: Profile): CallOperands | null {
  switch (instruction.op) {
    case "CALL": {
      const [d, callee, args] = instruction.operands;
      return { d, callee, others: [callee], self: -1, args };
    }
    case "CALL_THIS": {
      const [d, callee, self, args] = instruction.operands;
      return { d, callee, others: [callee, self], self, args };
    }
    case "CALL_METHOD":
    case "JS_CALL_METHOD": {
      const [d, object, , args] = instruction.operands;
      return { d, callee: -1, others: [object], self: object, args };
    }
    case "JS_GET": {
      const [d, object, key] = instruction.operands;
      return profile.getter(at) === null ? null : { d, callee: -1, others: [object, key], self: object, args: [] };
    }
    default:
      return null;
  }
}

/** Is the register an argument of the CALL, and read by nobody afterwards? */
export function isHandedOver(instruction: Instruction, at: number, register: number, facts: Facts): boolean {
  const call = callOf(instruction, at, facts.profile);
  if (call === null || facts.code.facts.openTry[at] >= 0) return false;
  const { d, others, args } = call;
  if (others.includes(register) || args.filter((other) => other === register).length !== 1) return false;
  return register === d || !facts.live.has(at + 1, register);
}

/** What an instruction leaves behind. */
export function transfer(instruction: Instruction, at: number, state: State, facts: Facts): void {
  show(instruction, at, state, facts);
  const variant = variantOf(instruction, at, state, facts.profile);
  for (const register of numberOperands(instruction, variant)) {
    if (!state.isNumber(register)) state.set(register, NUMBER);
  }
  const { op } = instruction;
  if ((op === "JS_SET" || op === "SET_PROP") && variant === "property") {
    // Behind its guard.
    const [object] = instruction.operands;
    if (!state.constants.has(object) && state.unseen?.has(object) !== true) state.setPlain(object);
    return;
  }
  if (op === "LOAD_GLOBAL") {
    const [d] = instruction.operands;
    const known = facts.profile.global(at);
    if (known !== undefined) state.setConstant(d, known);
    else state.set(d, ANY);
    return;
  }
  if (op === "LOAD_CONST") {
    const [d, value] = instruction.operands;
    const special = value instanceof Atom ? specialAtom(value.name) : null;
    if (special?.kind !== "vm") {
      if (isShared(value)) state.setConstant(d, value);
      else state.set(d, OTHER | OBJECT);
    } else if (special.value !== "this") state.set(d, special.value === "self" ? OTHER : NUMBER);
    else if (state.plain.has(THIS)) state.setPlain(d);
    else state.set(d, ANY);
    return;
  }
  if (op === "MOVE") {
    const [d, s] = instruction.operands;
    const constant = state.constants.get(s);
    if (constant !== undefined) state.setConstant(d, constant);
    else if (state.plain.has(s)) state.setPlain(d);
    else state.set(d, state.types[s]);
    return;
  }
  const clauses = clausesOf(instruction);
  if (clauses !== null) {
    if (op === "RECEIVE_MATCH") state.set(instruction.operands[0], ANY);
    for (const { pattern } of clauses) {
      walkPattern(pattern, (part) => {
        if (part.kind === "bind") state.set(part.register, ANY);
      });
    }
    return;
  }
  if (op === "TRY") return;
  if (op === "MAKE_CLOSURE") {
    const closure = facts.closureMadeBy(instruction, at, state);
    if (closure !== null) {
      state.setUnseen(instruction.operands[0], closure);
      return;
    }
  }
  const result = resultTypes(instruction, at, variant, state, facts);
  const call = callOf(instruction, at, facts.profile);
  const plan = call !== null ? facts.inliner.plan(at, state, facts) : null;
  if (call !== null || !CALLS_NOBODY.has(op) || facts.profile.has(at, GETTER)) state.plain.clear();
  for (const register of registersOf(instruction).writes) state.set(register, result);
  if (op === "JS_ALLOCATE" || op === "OBJECT_INIT") state.setPlain(instruction.operands[0]);
  if (call !== null && plan !== null && plan.unseen !== null) state.setUnseen(call.d, plan.unseen);
}

/** Of prototypes only functions of the host make lists, so what calls none leaves Objects with one, or none, as they are. */
const CALLS_NOBODY: ReadonlySet<Mnemonic> = new Set([
  ...ARITHMETIC,
  ...BITS,
  ...EQUALITY,
  ...JS_EQUALITY,
  ...ORDER,
  ...LOGIC,
  ...ALWAYS_NUMBERS,
  ...(["NEG", "SAME", "JS_STRING", "JS_TYPEOF", "JS_GET", "JS_SET", "GET_PROP", "SET_PROP"] as const),
  ...([
    "JS_ALLOCATE",
    "JS_CONSTRUCTED",
    "OBJECT_INIT",
    "ARRAY_INIT",
    "TUPLE_INIT",
    "TAG_INIT",
    "MAKE_CLOSURE",
  ] as const),
  ...(["LOAD_GLOBAL", "STORE_GLOBAL", "LOAD_CELL", "STORE_CELL", "NOP", "END_TRY", "JUMP"] as const),
  ...(["JUMP_IF_TRUE", "JUMP_IF_FALSE", "RETURN"] as const),
]);

function resultTypes(instruction: Instruction, at: number, variant: Variant, state: State, facts: Facts): number {
  const { op } = instruction;
  if (isComparison(op) || LOGIC.has(op) || op === "SAME") return BOOLEAN;
  if (variant === "numbers" || ALWAYS_NUMBERS.has(op)) return NUMBER;
  if (variant === "texts" || op === "JS_STRING" || op === "JS_TYPEOF") return TEXT;
  if (op === "JS_ADD") return NUMBER | TEXT;
  if (isRead(op) && variant === "property" && isLength(state.constants.get(instruction.operands[2] as number))) {
    return NUMBER;
  }
  if (isRead(op) && variant !== "general") return facts.wantsNumber(instruction, at) ? NUMBER : ANY;
  if (asksForArray(instruction, state)) return BOOLEAN;
  if (op === "CALL") {
    const foreign = numericCall(instruction, state);
    if (foreign !== null && !facts.profile.has(at, GENERAL)) {
      for (const register of instruction.operands[2]) if (!state.isNumber(register)) state.set(register, NUMBER);
      return NUMBER;
    }
  }
  if (callOf(instruction, at, facts.profile) !== null) return facts.inliner.plan(at, state, facts)?.result ?? ANY;
  if (op === "JS_ALLOCATE" || op === "OBJECT_INIT") return OBJECT;
  if (op === "ARRAY_INIT" || op === "TUPLE_INIT" || op === "TAG_INIT") return OTHER;
  return ANY;
}

/** A literal that is the same value each time: the linker has marked what reaches nothing mutable. */
export function isShared(value: Value): boolean {
  if (typeof value !== "object") return true;
  if (Array.isArray(value)) return false;
  if (value.kind === "Object") return isKnownImmutable(value);
  if (value.kind === "Float64Array") return value.frozen;
  return value.kind === "Tuple" || value.kind === "Tagged" ? value.immutable : true;
}

/** What is known where a body begins. */
export interface Start {
  /** Registers that hold arguments or captured values; null: all may hold anything. */
  readonly filled: number | null;
  /** Registers that were seen to hold something else than a Number when this was compiled. */
  readonly notNumbers: ReadonlySet<number>;
  /** Registers whose value is known, however control came here. */
  readonly constants: ReadonlyMap<number, Value>;
  /** Types of the first registers, where they are known. */
  readonly types: readonly number[];
  /** Registers with closures that nobody has seen. */
  readonly unseen: ReadonlyMap<number, Unseen> | null;
  /** See `State`. */
  readonly plain: readonly number[];
}

/** Says what becomes of a call that stands in the place of the function it calls. */
export interface Inliner {
  /** The callee as it would be compiled into this call, or null: it is called. */
  readonly plan: (at: number, state: State, facts: Facts) => InlinePlan | null;
}

/** A function that is compiled into its caller. */
export interface InlinePlan {
  readonly code: Code;
  readonly captures: number;
  readonly args: number;
  readonly facts: Facts;
  readonly live: BitRows;
  /** Types of its result. */
  readonly result: number;
  /** Its result, if that is always a closure that it has made and nobody has seen. */
  readonly unseen: Unseen | null;
}

export const NO_CONSTANTS: ReadonlyMap<number, Value> = new Map();

export class Facts {
  /** By node: what is known where it begins. */
  readonly states: readonly State[];
  /** By node: registers that every way in makes sure to be Numbers. */
  readonly ensured: readonly ReadonlySet<number>[];
  #wanted: BitRows | null = null;
  /** Closures made here, by instruction and the types of what they capture. */
  readonly #closures = new Map<string, Unseen>();

  constructor(
    readonly code: Code,
    readonly graph: Graph,
    readonly profile: Profile,
    readonly live: BitRows,
    readonly start: Start,
    readonly inliner: Inliner,
    /** False: only what can be proven. */
    guesses = true,
  ) {
    const none: ReadonlySet<number>[] = graph.nodes.map(() => new Set<number>());
    let states = this.#flow(start, none);
    if (!guesses) {
      this.states = states;
      this.ensured = none;
      return;
    }
    this.#wanted = this.#want(states);
    const ensured = graph.nodes.map((node) => this.#candidates(node, start));
    // A guard that is known to fail is no guess: such registers are given up, until none is left.
    for (let changed = true; changed; ) {
      states = this.#flow(start, ensured);
      changed = false;
      for (const node of graph.nodes) {
        if (ensured[node.index].size === 0) continue;
        const ways = node.predecessors.map((before) => this.#after(before, states[before.index]));
        if (node === graph.entry) ways.push(this.#startState(start));
        for (const register of ensured[node.index]) {
          if (ways.every(({ types }) => (types[register] & NUMBER) !== 0)) continue;
          (ensured[node.index] as Set<number>).delete(register);
          changed = true;
        }
      }
    }
    this.states = states;
    this.ensured = ensured;
  }

  /** Registers that hold the same value whenever control comes to an instruction, by whatever way. */
  constantsAt(at: number): ReadonlyMap<number, Value> {
    const node = this.graph.nodes.find(({ start, end }) => start <= at && at < end);
    if (node === undefined) return NO_CONSTANTS;
    const state = this.states[node.index].copy();
    for (let i = node.start; i < at; i++) transfer(this.code.instructions[i], i, state, this);
    return state.constants;
  }

  /** Is the register proven to be a Number where the body begins? */
  isNumberAtStart(register: number): boolean {
    return this.#startState(this.start).isNumber(register);
  }

  /** Is the instruction inside a loop? */
  isInLoop(at: number): boolean {
    return this.graph.nodes.some(({ start, end, loop }) => start <= at && at < end && loop !== null);
  }

  /** What the function gives: the types of all that it returns. */
  resultTypes(): number {
    let types = 0;
    const { instructions } = this.code;
    for (const node of this.graph.nodes) {
      if (node.start >= instructions.length) types |= OTHER;
      const last = instructions[node.end - 1];
      if (node.start >= instructions.length || last.op !== "RETURN") continue;
      types |= this.#after(node, this.states[node.index]).types[last.operands[0]];
    }
    return types === 0 ? ANY : types;
  }

  /** What the function gives, if that is always the same closure that nobody has seen. */
  resultUnseen(): Unseen | null {
    const { instructions } = this.code;
    let closure: Unseen | null = null;
    for (const node of this.graph.nodes) {
      if (node.start >= instructions.length) return null;
      const last = instructions[node.end - 1];
      if (last.op !== "RETURN") continue;
      const made = this.#after(node, this.states[node.index]).unseen?.get(last.operands[0]);
      if (made === undefined || (closure !== null && made !== closure)) return null;
      closure = made;
    }
    return closure;
  }

  /** The closure that a MAKE_CLOSURE makes, if what it captures is all that it is made of. */
  closureMadeBy(instruction: Instruction, at: number, state: State): Unseen | null {
    if (instruction.op !== "MAKE_CLOSURE") return null;
    const [, callee, scope, captures] = instruction.operands;
    const known = state.constants.get(callee);
    if (scope !== "" || !(known instanceof FunctionValue) || known.code === null || known.self !== Undefined)
      return null;
    const types = captures.map(({ register }) => state.types[register]);
    const key = `${at} ${types.join(",")}`;
    let closure = this.#closures.get(key);
    if (closure === undefined || closure.code !== known.code) {
      closure = new Unseen(known.code as Code, types);
      this.#closures.set(key, closure);
    }
    return closure;
  }

  /** Is the result of this GET_PROP guessed to be a Number? */
  wantsNumber(instruction: Instruction, at: number): boolean {
    if (this.#wanted === null || this.profile.has(at, OTHER_RESULT)) return false;
    return this.#wanted.has(at + 1, instruction.operands[0] as number);
  }

  /** What is known behind the last instruction of a node. */
  #after(node: Node, before: State): State {
    const state = before.copy();
    const { instructions } = this.code;
    for (let at = node.start; at < node.end; at++) transfer(instructions[at], at, state, this);
    return state;
  }

  #startState({ filled, constants, types, unseen, plain }: Start): State {
    const registers = this.code.facts.usedRegisters;
    const state = new State(new Uint8Array(registers).fill(ANY), new Map(), unseen, plain);
    types.forEach((known, register) => {
      if (register < registers) state.types[register] = known;
    });
    for (const [register, value] of constants) state.setConstant(register, value);
    if (filled === null) return state;
    for (let register = filled; register < registers; register++) state.setConstant(register, Undefined);
    return state;
  }

  #flow(start: Start, ensured: readonly ReadonlySet<number>[]): State[] {
    const states: (State | null)[] = this.graph.nodes.map(() => null);
    const enter = (node: Node, coming: State): boolean => {
      for (const register of ensured[node.index]) if (!coming.isNumber(register)) coming.set(register, NUMBER);
      const known = states[node.index];
      if (known === null) {
        states[node.index] = coming;
        return true;
      }
      return known.merge(coming);
    };
    enter(this.graph.entry, this.#startState(start));
    const waiting = new Set<Node>([this.graph.entry]);
    // In the order of the nodes, so that most are visited once a round.
    while (waiting.size > 0) {
      for (const node of this.graph.nodes) {
        if (!waiting.delete(node)) continue;
        const after = this.#after(node, states[node.index]!);
        for (const successor of node.successors) if (enter(successor, after.copy())) waiting.add(successor);
      }
    }
    return states as State[];
  }

  #want(states: readonly State[]): BitRows {
    const { instructions } = this.code;
    const operands: (readonly number[])[] = instructions.map(() => []);
    for (const node of this.graph.nodes) {
      const state = states[node.index].copy();
      for (let at = node.start; at < node.end; at++) {
        const instruction = instructions[at];
        operands[at] = this.#numericOperands(instruction, at, state);
        transfer(instruction, at, state, this);
      }
    }
    return registersBackward(this.code, {
      reads: (_, add, at) => {
        for (const register of operands[at]) add(register);
      },
      handler: () => -1,
    });
  }

  #numericOperands(instruction: Instruction, at: number, state: State): readonly number[] {
    if (instruction.op === "CALL" && numericCall(instruction, state) !== null && !this.profile.has(at, GENERAL)) {
      return instruction.operands[2];
    }
    const call = callOf(instruction, at, this.profile);
    if (call !== null) {
      // What an inlined function makes sure of is better made sure of before the loop around the call.
      const plan = this.inliner.plan(at, state, this);
      if (plan === null) return [];
      const { args } = call;
      const ensured = plan.facts.ensured[plan.facts.graph.entry.index];
      return args.filter((_, i) => ensured.has(plan.captures + i));
    }
    return numberOperands(instruction, variantOf(instruction, at, state, this.profile));
  }

  #candidates(node: Node, start: Start): ReadonlySet<number> {
    const found = new Set<number>();
    const isEntry = node === this.graph.entry;
    if ((!node.isHead && !isEntry) || node.charged || this.profile.has(node.start, NOT_ON_ENTRY)) return found;
    for (const register of this.#wanted!.members(node.start)) {
      if (!this.live.has(node.start, register)) continue;
      if (isEntry && start.notNumbers.has(register)) continue;
      found.add(register);
    }
    return found;
  }
}
