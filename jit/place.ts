/**
 * An instruction at its place in a body: how it is completed, and how the body is left there. What the kinds of instructions become
 * is in instructions.ts, calls.ts and waiting.ts, which all work with this.
 */
import { type Instruction, rowOf } from "../src/bytecode/instructions.ts";
import type { Node } from "./cfg.ts";
import type { Emitter } from "./emit.ts";
import { OBJECT, transfer } from "./facts.ts";
import { binary, bool, type Expression, id, member, not, type Statement } from "./tree.ts";

export class Place {
  readonly instruction: Instruction;
  /** Reductions. */
  readonly cost: number;
  readonly #leaves = new Map<"miss" | "aside", { readonly pending: number; readonly statements: Statement[] }>();

  /** @param charged a body that is entered here has paid for the instruction */
  constructor(
    readonly e: Emitter,
    readonly node: Node,
    readonly at: number,
    readonly charged: boolean,
  ) {
    this.instruction = e.code.instructions[at];
    this.cost = rowOf(this.instruction.op).cost;
  }

  /** Nothing comes behind this instruction in its node. */
  last(statements: Statement[]): Statement[] {
    this.e.ended = true;
    return statements;
  }

  /** The instruction is complete. */
  done(statements: Statement[], pending: number = this.cost): Statement[] {
    this.e.pending += pending;
    transfer(this.instruction, this.at, this.e.state, this.e.facts);
    return statements;
  }

  /** A guess is wrong. */
  miss(): Statement[] {
    return this.#leave("miss");
  }

  /** The interpreter is to do this instruction. */
  aside(): Statement[] {
    return this.#leave("aside");
  }

  /** Several guards of one instruction leave in the same way. */
  #leave(how: "miss" | "aside"): Statement[] {
    const { pending } = this.e;
    const known = this.#leaves.get(how);
    if (known !== undefined && known.pending === pending) return known.statements;
    const statements = this.e.leave(how, this.at);
    this.#leaves.set(how, { pending, statements });
    return statements;
  }

  /** Makes sure that a register holds a Number. */
  guard(register: number): Statement[] {
    if (this.e.state.isNumber(register)) return [];
    return this.e.snippet("guardNumber", { a: this.e.variable(register), miss: this.miss() });
  }

  /** Both ways to leave, for templates that have both. */
  exits(): { readonly miss: Statement[]; readonly aside: Statement[] } {
    return { miss: this.miss(), aside: this.aside() };
  }

  /**
   * The test that a value is no Object, or one with several prototypes. The member is looked for first: what V8 has found out
   * about the value then, and finds out anyway, answers the rest.
   */
  isOther(register: number): Expression {
    const { e } = this;
    const value = e.value(register);
    if (e.state.plain.has(register)) return bool(false);
    const hasMany = binary("!==", member(value, "prototypeList"), id("undefined"));
    if (e.state.types[register] === OBJECT) return hasMany;
    return binary("||", hasMany, not(binary("instanceof", value, id("IonObject"))));
  }
}
