/**
 * Builds functions from TypeScript: for compilers, embedders and tests. src/pack/builder.ts makes classes and
 * packs of them.
 *
 * ```ts
 * const main = new FunctionBuilder("main");
 * main.emit("RETURN", main.constant(42));
 * ```
 */
import { FIXED_LIMITS } from "../limits.ts";
import { type Atom, atom } from "../values/atom.ts";
import type { Value } from "../values/value.ts";
import {
  type Capture,
  type Clause,
  type Instruction,
  type KindsOf,
  type Mnemonic,
  type ObjectEntry,
  type Operand,
  type OperandKind,
  type OperandTypes,
  rowOf,
} from "./instructions.ts";
import type { FunctionRecord, LineEntry } from "./model.ts";
import { type Pattern, walkPattern } from "./pattern.ts";
import {
  FOREIGN_REFERENCE,
  FUNCTION_REFERENCE,
  MODULE_REFERENCE,
  PACK_SEPARATOR,
  VM_REFERENCE,
  type VMValue,
} from "./special.ts";

/** A place in a function under construction; see `FunctionBuilder.label`. */
export class Label {
  readonly name: string;
  /** Number of the instruction it stands before; undefined until it is marked. */
  position: number | undefined = undefined;
  constructor(name: string) {
    this.name = name;
  }
}

/** Where a jump goes: a label, or an offset relative to the jump itself. */
export type Target = Label | number;

/** What `emit` takes for an operand: as decoded, but with labels in the place of offsets. */
interface BuilderOperandTypes extends Omit<OperandTypes, "offset" | "clauses"> {
  offset: Target;
  clauses: readonly { readonly pattern: Pattern; readonly offset: Target }[];
}
type BuilderOperand = BuilderOperandTypes[OperandKind];
type BuilderOperandTuple<Kinds> = Kinds extends [infer First extends OperandKind, ...infer Rest]
  ? [BuilderOperandTypes[First], ...BuilderOperandTuple<Rest>]
  : [];
/** The operands of an instruction as `emit` takes them, in the order of its row in the instruction table. */
export type BuilderOperands<M extends Mnemonic> = BuilderOperandTuple<KindsOf<M>>;

export interface FunctionOptions {
  /** Number of arguments; 0 by default. */
  readonly arity?: number;
  /** Number of captured values that MAKE_CLOSURE gives the function; 0 by default. */
  readonly captures?: number;
}

/**
 * A function under construction. Captured values lie in the first registers, the arguments behind them;
 * `register` gives out those behind. Registers may be named by number too; mixing both is the caller's care.
 */
export class FunctionBuilder {
  /** Null for a function without a name. */
  readonly name: string | null;
  readonly arity: number;
  /** The registers of the arguments. */
  readonly arguments: readonly number[];

  readonly #code: { readonly op: Mnemonic; readonly operands: readonly BuilderOperand[] }[] = [];
  readonly #labels = new Set<Label>();
  readonly #lines: LineEntry[] = [];
  #registers: number;

  constructor(name: string | null, { arity = 0, captures = 0 }: FunctionOptions = {}) {
    this.name = name;
    this.arity = arity;
    this.arguments = Array.from({ length: arity }, (_, i) => captures + i);
    this.#registers = captures + arity;
  }

  /** Source positions of the instructions so far; one that no instruction followed yet says nothing. */
  get lines(): readonly LineEntry[] {
    return this.#lines.filter(({ instruction }) => instruction < this.#code.length);
  }

  /** A register that nothing has used so far. */
  register(): number {
    return this.#use(this.#registers);
  }

  /** Several of them. */
  registers(count: number): number[] {
    return Array.from({ length: count }, () => this.register());
  }

  /** Appends an instruction. Offsets may be labels. RangeError for a register beyond the limit. */
  emit<M extends Mnemonic>(op: M, ...operands: BuilderOperands<M>): this {
    // The type of `operands` depends on M; as seen by the table they are operands in the row's order.
    const given = operands as readonly BuilderOperand[];
    rowOf(op).operands.forEach(({ kind }, i) => {
      for (const register of registersOf(kind, given[i])) this.#use(register);
      for (const target of targetsOf(kind, given[i])) if (target instanceof Label) this.#labels.add(target);
    });
    this.#code.push({ op, operands: given });
    return this;
  }

  /** Loads a constant into a fresh register, and gives that. */
  constant(value: Value): number {
    const register = this.register();
    this.emit("LOAD_CONST", register, value);
    return register;
  }

  /** A place to jump to, before or after it is marked. The name serves messages only. */
  label(name = `#${this.#labels.size + 1}`): Label {
    const label = new Label(name);
    this.#labels.add(label);
    return label;
  }

  /** Puts a label before the next instruction, or at the end of the function. Error if it stands elsewhere already. */
  mark(label: Label): this {
    if (label.position !== undefined) throw new Error(`label ${label.name} of ${this.#shownName()} is marked twice`);
    label.position = this.#code.length;
    this.#labels.add(label);
    return this;
  }

  /** The source position of the instructions that follow; lines and columns count from 1. */
  at(line: number, column = 1): this {
    const instruction = this.#code.length;
    if (this.#lines.at(-1)?.instruction === instruction) this.#lines.pop();
    this.#lines.push({ instruction, line, column });
    return this;
  }

  /** The function so far. Error that names the labels nobody has marked. */
  build(): FunctionRecord {
    const unmarked = [...this.#labels].filter(({ position }) => position === undefined);
    if (unmarked.length > 0) {
      const names = unmarked.map(({ name }) => name).join(", ");
      throw new Error(`labels of ${this.#shownName()} that are never marked: ${names}`);
    }
    const instructions = this.#code.map(({ op, operands }, at) => {
      const { operands: specs } = rowOf(op);
      const resolved = operands.map((operand, i) => resolve(specs[i].kind, operand, at));
      // `emit` has seen to it that the operands are those of the instruction.
      return { op, operands: resolved } as unknown as Instruction;
    });
    return {
      name: this.name,
      arity: this.arity,
      extraRegs: Math.max(0, this.#registers - this.arity),
      body: { kind: "bytecode", instructions },
    };
  }

  #use(register: number): number {
    const limit = FIXED_LIMITS.registers.value;
    if (!Number.isInteger(register) || register < 0 || register >= limit) {
      throw new RangeError(`${this.#shownName()} cannot use register ${register}: there are ${limit}`);
    }
    this.#registers = Math.max(this.#registers, register + 1);
    return register;
  }

  #shownName(): string {
    return this.name === null ? "the unnamed function" : `function ${this.name}`;
  }
}

function registersOf(kind: OperandKind, operand: BuilderOperand): readonly number[] {
  switch (kind) {
    case "dst":
    case "src":
      return [operand as number];
    case "registers":
      return operand as readonly number[];
    case "captures":
      return (operand as readonly Capture[]).map(({ register }) => register);
    case "entries":
      return (operand as readonly ObjectEntry[]).flatMap(({ from }) => ("register" in from ? [from.register] : []));
    case "clauses":
      return (operand as readonly Clause[]).flatMap(({ pattern }) => registersIn(pattern));
    default:
      return [];
  }
}

function registersIn(pattern: Pattern): number[] {
  const named: number[] = [];
  walkPattern(pattern, (part) => {
    if (part.kind === "bind" || part.kind === "pin") named.push(part.register);
  });
  return named;
}

function targetsOf(kind: OperandKind, operand: BuilderOperand): readonly Target[] {
  if (kind === "offset") return [operand as Target];
  if (kind === "clauses") return (operand as BuilderOperandTypes["clauses"]).map(({ offset }) => offset);
  return [];
}

/** An operand with offsets for its labels, in the instruction with the number `at`. */
function resolve(kind: OperandKind, operand: BuilderOperand, at: number): Operand {
  const offsetOf = (target: Target): number => (target instanceof Label ? target.position! - at : target);
  if (kind === "offset") return offsetOf(operand as Target);
  if (kind === "clauses") {
    return (operand as BuilderOperandTypes["clauses"]).map(({ pattern, offset }) => {
      return { pattern, offset: offsetOf(offset) };
    });
  }
  return operand as Operand;
}

/**
 * The constant that loads as a function of the pack: by plain name, searched first in the own class; or
 * exactly that of a class.
 */
export function functionRef(name: string, className?: string): Atom {
  return atom(FUNCTION_REFERENCE + (className === undefined ? name : `${className}:${name}`));
}

/** The constant that loads as a foreign function, such as `foreignRef("PrintLn")`. */
export function foreignRef(name: string): Atom {
  return atom(FOREIGN_REFERENCE + name);
}

/** The constant that loads as what runs a module of another pack: see `MODULE_REFERENCE`. */
export function moduleRef(pack: string, className: string): Atom {
  return atom(`${MODULE_REFERENCE}${pack}${PACK_SEPARATOR}${className}`);
}

/** The constant that loads as a value of the VM, such as `vmRef("self")`, the current process. */
export function vmRef(value: VMValue): Atom {
  return atom(VM_REFERENCE + value);
}
