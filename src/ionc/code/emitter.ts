/**
 * The instructions of one function while they are made: registers, labels, source positions, and constants that are
 * loaded in front of loops.
 *
 * Registers are given out as on a stack: what a scope or an expression took is free again behind it. Constants of loops
 * have numbers beyond all registers until the function is complete.
 */

import type { BuilderOperands } from "../../bytecode/builder.ts";
import { FunctionBuilder, Label } from "../../bytecode/builder.ts";
import { type Mnemonic, type OperandKind, rowOf } from "../../bytecode/instructions.ts";
import { mapRegisters, type Pattern } from "../../bytecode/pattern.ts";
import { Atom } from "../../values/atom.ts";
import { Undefined, type Value } from "../../values/value.ts";
import type { Position } from "../source.ts";

/** Registers of constants in front of loops count from here on. */
const CONSTANT_BASE = 2 ** 20;
/** Constants that one loop has loaded in front of it, with the loops inside of it. */
const MOST_CONSTANTS = 20;

interface Emitted {
  readonly op: Mnemonic;
  readonly operands: readonly unknown[];
  readonly position: Position | null;
}
type Item = Emitted | Label | readonly Item[];

export class Emitter {
  readonly #all: Item[] = [];
  /** Where instructions go now. */
  #items: Item[] = this.#all;
  #position: Position | null = null;
  /** Control never comes here. */
  #isDead = false;
  /** Labels that some jump leads to. */
  readonly #wanted = new Set<Label>();
  #next = 0;
  /** The constants in front of the outermost loop around. */
  #constants: { readonly items: Item[]; readonly registers: Map<string, number> } | null = null;
  #constantCount = 0;
  #loopDepth = 0;
  /** Are constants loaded in front of loops? Not where control may come into the middle of one. */
  hoists = true;

  /** @param first the first register that is free */
  constructor(first: number) {
    this.#next = first;
  }

  // ---- instructions ----

  /** Appends an instruction, unless control never comes here. */
  emit<M extends Mnemonic>(op: M, ...operands: BuilderOperands<M>): void {
    if (this.#isDead) return;
    this.#items.push({ op, operands, position: this.#position });
    for (const operand of operands as readonly unknown[]) {
      if (operand instanceof Label) this.#wanted.add(operand);
      else if (op === "RECEIVE_MATCH" && Array.isArray(operand)) {
        for (const { offset } of operand as { offset: unknown }[]) this.#wanted.add(offset as Label);
      }
    }
    if (rowOf(op).endsBlock) this.#isDead = true;
  }

  /** Where the instructions stand that follow. */
  set position(position: Position | null) {
    this.#position = position;
  }
  get position(): Position | null {
    return this.#position;
  }

  label(name?: string): Label {
    return new Label(name ?? "place");
  }

  /** @param isEntered control comes here from jumps that are not there yet */
  mark(label: Label, isEntered = false): void {
    this.#items.push(label);
    if (isEntered || this.#wanted.has(label)) this.#isDead = false;
  }

  /** Runs without constants in front of loops: for what hardly ever happens. */
  cold(run: () => void): void {
    const constants = this.#constants;
    this.#constants = null;
    run();
    this.#constants = constants;
  }

  /** A place for instructions that are known later; gives what puts them there. */
  placeholder(): (run: () => void) => void {
    const items: Item[] = [];
    this.#items.push(items);
    return (run) => {
      const outer = { items: this.#items, constants: this.#constants, isDead: this.#isDead };
      this.#isDead = false;
      this.#items = items;
      this.#constants = null;
      run();
      this.#items = outer.items;
      this.#constants = outer.constants;
      this.#isDead = outer.isDead;
    };
  }

  // ---- registers ----

  /** A register that is free until `release`. */
  register(): number {
    return this.#next++;
  }

  /** What has been taken so far, for `release`. */
  get taken(): number {
    return this.#next;
  }

  /** Gives back all registers taken since. */
  release(taken: number): void {
    this.#next = taken;
  }

  /** Takes registers up to, and without, this one. */
  reserve(taken: number): void {
    this.#next = Math.max(this.#next, taken);
  }

  // ---- constants ----

  /** Loads a constant into this register. */
  load(target: number, value: Value): void {
    this.emit("LOAD_CONST", target, value);
  }

  /** A register with a constant, which nobody writes: in front of the loop if there is one. */
  constant(value: Value): number {
    const key = this.#constants === null ? null : keyOf(value);
    if (this.#constants === null || key === null) return this.#loaded(value);
    const { items, registers } = this.#constants;
    const known = registers.get(key);
    if (known !== undefined) return known;
    if (registers.size >= MOST_CONSTANTS) return this.#loaded(value);
    const register = CONSTANT_BASE + this.#constantCount++;
    registers.set(key, register);
    items.push({ op: "LOAD_CONST", operands: [register, value], position: this.#position });
    return register;
  }

  #loaded(value: Value): number {
    const register = this.register();
    this.load(register, value);
    return register;
  }

  /** What `run` emits is a loop, entered at its beginning only. */
  loop(run: () => void): void {
    const isOutermost = this.#loopDepth++ === 0 && this.hoists;
    if (isOutermost) {
      const items: Item[] = [];
      this.#items.push(items);
      this.#constants = { items, registers: new Map() };
    }
    run();
    this.#loopDepth--;
    if (isOutermost) this.#constants = null;
  }

  /** Is the register one of a constant? */
  isConstant(register: number): boolean {
    return register >= CONSTANT_BASE;
  }

  // ---- the end ----

  readonly #whenComplete: (() => void)[] = [];

  /** Runs when all else is there. */
  whenComplete(run: () => void): void {
    this.#whenComplete.push(run);
  }

  /** How many instructions there are so far. */
  get length(): number {
    return this.#all.length;
  }

  /** @throws RangeError for more registers than there are */
  finish(name: string, arity: number, captures: number): FunctionBuilder {
    for (const run of this.#whenComplete) run();
    const builder = new FunctionBuilder(name, { arity, captures });
    const flat: (Emitted | Label)[] = [];
    flatten(this.#all, flat);
    const map = this.#constantCount === 0 ? null : constantsBehind(highest(flat) + 1, arity + captures);
    let last: Position | null = null;
    for (const item of flat) {
      if (item instanceof Label) {
        builder.mark(item);
        continue;
      }
      if (item.position !== null && (item.position.line !== last?.line || item.position.column !== last.column)) {
        last = item.position;
        builder.at(last.line, last.column);
      }
      const operands = map === null ? item.operands : mapped(item, map);
      // They were typed when they were emitted.
      builder.emit(item.op, ...(operands as BuilderOperands<Mnemonic>));
    }
    return builder;
  }
}

/** Equal for equal constants; null for one that is made afresh each time. */
function keyOf(value: Value): string | null {
  if (typeof value === "number") return Object.is(value, -0) ? "n-0" : `n${value}`;
  if (typeof value === "string") return `s${value}`;
  if (typeof value === "boolean") return `b${value}`;
  if (value instanceof Atom) return `a${value.name}`;
  if (value === Undefined) return "u";
  return null;
}

function flatten(items: readonly Item[], into: (Emitted | Label)[]): void {
  for (const item of items) {
    if (Array.isArray(item)) flatten(item as readonly Item[], into);
    else into.push(item as Emitted | Label);
  }
}

function eachOperand(item: Emitted, visit: (kind: OperandKind, operand: unknown, index: number) => void): void {
  const { operands } = rowOf(item.op);
  for (let i = 0; i < operands.length; i++) visit(operands[i].kind, item.operands[i], i);
}

/** The highest register that is no constant's. */
function highest(items: readonly (Emitted | Label)[]): number {
  let most = -1;
  const see = (register: number): number => {
    if (register < CONSTANT_BASE && register > most) most = register;
    return register;
  };
  for (const item of items) if (!(item instanceof Label)) mapped(item, see);
  return most;
}

function constantsBehind(first: number, least: number): (register: number) => number {
  const start = Math.max(first, least);
  return (register) => (register < CONSTANT_BASE ? register : register - CONSTANT_BASE + start);
}

/** The operands with other registers. */
function mapped(item: Emitted, map: (register: number) => number): unknown[] {
  const made: unknown[] = [];
  eachOperand(item, (kind, operand) => made.push(mappedOperand(kind, operand, map)));
  return made;
}

function mappedOperand(kind: OperandKind, operand: unknown, map: (register: number) => number): unknown {
  switch (kind) {
    case "dst":
    case "src":
      return map(operand as number);
    case "registers":
      return (operand as readonly number[]).map(map);
    case "captures":
      return (operand as readonly { name: string; register: number }[]).map((capture) => {
        return { name: capture.name, register: map(capture.register) };
      });
    case "entries":
      return (operand as readonly { from: object }[]).map((entry) => {
        return "register" in entry.from ? { ...entry, from: { register: map(entry.from.register as number) } } : entry;
      });
    case "clauses":
      return (operand as readonly { pattern: Pattern; offset: unknown }[]).map(({ pattern, offset }) => {
        return { pattern: mapRegisters(pattern, map), offset };
      });
    default:
      return operand;
  }
}
