/**
 * Decodes a function once into the form the interpreter runs: one Int32Array of operations and operands,
 * with registers as slots of the frame and jumps as positions, and a pool for what is no number.
 *
 * Measured against instruction objects and closures in bench/experiments/dispatch.ts.
 */
import type { Clause, Instruction, Mnemonic, ObjectEntry } from "../src/bytecode/instructions.ts";
import { mapRegisters, type Pattern } from "../src/bytecode/pattern.ts";
import { specialAtom, type VMValue } from "../src/bytecode/special.ts";
import type { Code, InterpretedForm } from "../src/runtime/code.ts";
import { HEADER } from "../src/runtime/frame.ts";
import { Atom, atom } from "../src/values/atom.ts";
import { copyValue } from "../src/values/copy.ts";
import { type Attributes, type NativeKey, nativeKey } from "../src/values/object.ts";
import type { Value } from "../src/values/value.ts";
import { work } from "../src/values/work.ts";
import { Op } from "./ops.ts";

/** A member of OBJECT_INIT, ready to be set. */
export interface MemberTemplate {
  readonly key: NativeKey;
  /** The slot of the value, or -1 for a literal. */
  readonly slot: number;
  readonly literal: Value | null;
  /** The literal has to be made afresh. */
  readonly fresh: boolean;
  readonly attributes: Attributes | null;
}

/** A clause with its target as a position, and slots of the frame in the place of registers. */
export interface ClauseTemplate {
  readonly pattern: Pattern;
  readonly target: number;
}

export interface ClosureTemplate {
  readonly scope: string;
  readonly names: readonly string[];
}

const VM_VALUE_OPS: Record<VMValue, Op> = {
  self: Op.LOAD_SELF,
  pid: Op.LOAD_PID,
  processes: Op.LOAD_PROCESSES,
  scheduler_passes: Op.LOAD_PASSES,
  this: Op.LOAD_THIS,
};

/** Comparisons that go together with a JUMP_IF_FALSE on their result. */
const FUSED: Partial<Record<Mnemonic, Op>> = {
  LESS_THAN: Op.LESS_THAN_JUMP,
  LESS_EQUAL: Op.LESS_EQUAL_JUMP,
  GREATER_THAN: Op.GREATER_THAN_JUMP,
  GREATER_EQUAL: Op.GREATER_EQUAL_JUMP,
  EQUAL: Op.EQUAL_JUMP,
  JS_LESS: Op.JS_LESS_JUMP,
  JS_LESS_EQUAL: Op.JS_LESS_EQUAL_JUMP,
  JS_GREATER: Op.JS_GREATER_JUMP,
  JS_GREATER_EQUAL: Op.JS_GREATER_EQUAL_JUMP,
  JS_EQUAL: Op.JS_EQUAL_JUMP,
  JS_NOT_EQUAL: Op.JS_NOT_EQUAL_JUMP,
};

/**
 * @param watched tell of every instruction before it is executed
 * @returns the form; the caller keeps it in `code.form`
 */
export function translate(code: Code, watched: boolean): InterpretedForm {
  return new Translation(code, watched).run();
}

class Translation {
  readonly #code: Code;
  readonly #watched: boolean;
  /** In front: how often the function was called. */
  readonly #ops: number[] = [0];
  readonly #pool: unknown[] = [];
  readonly #offsets: Int32Array;
  /** Positions in `ops` that hold an instruction number until all positions are known. */
  readonly #jumps: number[] = [];
  readonly #clauses: ClauseTemplate[][] = [];

  constructor(code: Code, watched: boolean) {
    this.#code = code;
    this.#watched = watched;
    this.#offsets = new Int32Array(code.instructions.length + 1);
  }

  run(): InterpretedForm {
    const { instructions, facts } = this.#code;
    for (let i = 0; i < instructions.length; i++) {
      this.#offsets[i] = this.#ops.length;
      if (this.#watched) this.#ops.push(Op.STEP);
      if (facts.safePoints[i] === 1) this.#ops.push(Op.LOOP, 0);
      this.#instruction(instructions[i], i);
    }
    this.#offsets[instructions.length] = this.#ops.length;
    if (facts.safePoints[instructions.length] === 1) this.#ops.push(Op.LOOP, 0);
    this.#ops.push(Op.END);
    for (const at of this.#jumps) this.#ops[at] = this.#offsets[this.#ops[at]];
    for (const clauses of this.#clauses) {
      for (const clause of clauses) (clause as { target: number }).target = this.#offsets[clause.target];
    }
    const ops = Int32Array.from(this.#ops);
    const calls = this.#code.isJs ? new Array<undefined>(ops.length).fill(undefined) : [];
    return { ops, pool: this.#pool, offsets: this.#offsets, seen: new Uint8Array(ops.length), calls };
  }

  #pooled(item: unknown): number {
    return this.#pool.push(item) - 1;
  }

  #slots(...registers: readonly number[]): void {
    for (const register of registers) this.#ops.push(HEADER + register);
  }

  #list(registers: readonly number[]): void {
    this.#ops.push(registers.length);
    for (const register of registers) this.#ops.push(HEADER + register);
  }

  #target(instruction: number): void {
    this.#jumps.push(this.#ops.length);
    this.#ops.push(instruction);
  }

  #instruction(instruction: Instruction, index: number): void {
    const ops = this.#ops;
    switch (instruction.op) {
      case "LOAD_CONST":
        this.#constant(instruction.operands[0], instruction.operands[1]);
        break;
      case "JUMP":
        ops.push(Op.JUMP);
        this.#target(index + instruction.operands[0]);
        break;
      case "JUMP_IF_TRUE":
      case "JUMP_IF_FALSE":
        ops.push(Op[instruction.op]);
        this.#slots(instruction.operands[0]);
        this.#target(index + instruction.operands[1]);
        break;
      case "CALL":
      case "SPAWN":
        ops.push(Op[instruction.op]);
        this.#slots(instruction.operands[0], instruction.operands[1]);
        this.#list(instruction.operands[2]);
        break;
      case "CALL_METHOD":
      case "JS_CALL_METHOD": {
        const [d, object, key, args] = instruction.operands;
        ops.push(Op[instruction.op]);
        this.#slots(d, object);
        ops.push(this.#pooled(atom(key)));
        this.#list(args);
        break;
      }
      case "CALL_THIS": {
        const [d, callee, self, args] = instruction.operands;
        ops.push(Op.CALL_THIS);
        this.#slots(d, callee, self);
        this.#list(args);
        break;
      }
      case "LOAD_GLOBAL": {
        const [d, name] = instruction.operands;
        ops.push(Op.LOAD_GLOBAL);
        this.#slots(d);
        ops.push(this.#code.globals.get(name)!, this.#pooled(name));
        break;
      }
      case "STORE_GLOBAL": {
        const [name, s] = instruction.operands;
        ops.push(Op.STORE_GLOBAL, this.#code.globals.get(name)!);
        this.#slots(s);
        break;
      }
      case "LOAD_CELL": {
        const [d, cell, name] = instruction.operands;
        ops.push(Op.LOAD_CELL);
        this.#slots(d, cell);
        ops.push(this.#pooled(name));
        break;
      }
      case "SELECT":
      case "SELECT_WITH_KILL":
      case "ARRAY_INIT":
      case "TUPLE_INIT":
        ops.push(Op[instruction.op]);
        this.#slots(instruction.operands[0]);
        this.#list(instruction.operands[1]);
        break;
      case "JOIN_NUMBER":
        ops.push(Op.JOIN_NUMBER, this.#pooled(instruction.operands[0]));
        this.#slots(instruction.operands[1]);
        break;
      case "MATCH":
        ops.push(Op.MATCH);
        this.#slots(instruction.operands[0]);
        ops.push(this.#pooled(this.#clauseTemplates(instruction.operands[1], index)));
        break;
      case "RECEIVE_MATCH":
        ops.push(Op.RECEIVE_MATCH);
        this.#slots(instruction.operands[0], instruction.operands[1]);
        ops.push(this.#pooled(this.#clauseTemplates(instruction.operands[2], index)));
        break;
      case "AWAIT_FOREIGN":
        ops.push(Op.AWAIT_FOREIGN);
        this.#slots(instruction.operands[0]);
        ops.push(this.#pooled(instruction.operands[1]));
        this.#list(instruction.operands[2]);
        break;
      case "OBJECT_INIT":
        ops.push(Op.OBJECT_INIT);
        this.#slots(instruction.operands[0]);
        ops.push(this.#pooled(instruction.operands[1].map(memberTemplate)));
        break;
      case "TAG_INIT":
        ops.push(Op.TAG_INIT);
        this.#slots(instruction.operands[0]);
        ops.push(this.#pooled(instruction.operands[1]));
        this.#slots(instruction.operands[2]);
        break;
      case "MAKE_CLOSURE": {
        const [d, callee, scope, captures] = instruction.operands;
        ops.push(Op.MAKE_CLOSURE);
        this.#slots(d, callee);
        const template: ClosureTemplate = { scope, names: captures.map(({ name }) => name) };
        ops.push(this.#pooled(template));
        this.#list(captures.map(({ register }) => register));
        break;
      }
      case "TRY":
      case "END_TRY":
        // Which handlers are open is a static property of each instruction: nothing is left to do.
        ops.push(Op.NOP);
        break;
      default:
        if (!this.#fused(instruction, index)) {
          ops.push(Op[instruction.op]);
          this.#slots(...instruction.operands);
        }
    }
  }

  /**
   * A comparison and a JUMP_IF_FALSE on its result: one step if they are Numbers. The jump still gets its
   * own code, for jumps that lead to it and for the case that a method had to be called in between.
   */
  #fused(instruction: Instruction, index: number): boolean {
    const op = FUSED[instruction.op];
    const next = this.#code.instructions[index + 1];
    if (op === undefined || next?.op !== "JUMP_IF_FALSE" || this.#watched) return false;
    const [d, a, b] = instruction.operands as [number, number, number];
    if (next.operands[0] !== d || this.#code.facts.safePoints[index + 1] === 1) return false;
    this.#ops.push(op);
    this.#slots(d, a, b);
    this.#target(index + 1 + next.operands[1]);
    return true;
  }

  #constant(register: number, value: Value): void {
    if (value instanceof Atom) {
      const special = specialAtom(value.name);
      if (special?.kind === "vm") {
        this.#ops.push(VM_VALUE_OPS[special.value]);
        this.#slots(register);
        return;
      }
    }
    this.#ops.push(isMutable(value) ? Op.LITERAL : Op.CONST);
    this.#slots(register);
    this.#ops.push(this.#pooled(value));
  }

  #clauseTemplates(clauses: readonly Clause[], index: number): ClauseTemplate[] {
    const templates = clauses.map(({ pattern, offset }) => {
      return { pattern: mapRegisters(pattern, (register) => HEADER + register), target: index + offset };
    });
    this.#clauses.push(templates);
    return templates;
  }
}

function memberTemplate(entry: ObjectEntry): MemberTemplate {
  const { key, from, attributes } = entry;
  const common = { key: nativeKey(key), attributes: attributes };
  return "register" in from
    ? { ...common, slot: HEADER + from.register, literal: null, fresh: false }
    : { ...common, slot: -1, literal: from.value, fresh: isMutable(from.value) };
}

/** Would a copy be another value? */
function isMutable(value: Value): boolean {
  // Looking at a literal is work of ours, not of the program that is running.
  const { values, units } = work;
  const mutable = typeof value === "object" && copyValue(value, Number.POSITIVE_INFINITY) !== value;
  work.values = values;
  work.units = units;
  return mutable;
}
