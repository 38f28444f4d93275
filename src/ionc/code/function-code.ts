/** A function while its code is made: what the compilers of expressions and statements work on. */

import type { AnyNode, CallExpression, Expression, Program, Statement } from "acorn";
import { foreignRef, functionRef, type Label } from "../../bytecode/builder.ts";
import { specialAtom } from "../../bytecode/special.ts";
import { atom } from "../../values/atom.ts";
import type { Value } from "../../values/value.ts";
import type { Diagnostics, MessageKey } from "../diagnostics.ts";
import type { ClassNode, FunctionInfo, FunctionNode, ModuleScopes, Variable } from "../scopes/model.ts";
import type { SourceFile } from "../source.ts";
import type { Control } from "./control.ts";
import { Emitter } from "./emitter.ts";
import type { Resumption } from "./resumption.ts";
import type { Types } from "./types.ts";

/** What an imported name turns out to be. */
export type Imported =
  | { readonly kind: "variable"; readonly module: ModuleCode; readonly variable: Variable }
  | { readonly kind: "namespace"; readonly module: ModuleCode }
  /** Of "ion:process". */
  | { readonly kind: "process"; readonly name: string }
  /** A foreign function, by its whole name. */
  | { readonly kind: "foreign"; readonly name: string }
  /** A class of another pack, or a function of one. */
  | { readonly kind: "pack-class"; readonly pack: string; readonly className: string }
  | { readonly kind: "pack-function"; readonly reference: string }
  /** Nothing of that name: an error was told. */
  | { readonly kind: "nothing" };

/** A module while its code is made. */
export interface ModuleCode {
  readonly source: SourceFile;
  readonly className: string;
  readonly program: Program;
  readonly scopes: ModuleScopes;
  readonly directCalls: ReadonlySet<AnyNode>;
  readonly early: ReadonlySet<AnyNode>;
  readonly diagnostics: Diagnostics;
  readonly builtins: ReadonlySet<string>;
  readonly compilers: Compilers;
  readonly types: Types;
  /** Names of methods and accessors of all classes of the program. */
  readonly memberNames: ReadonlySet<string>;
  /** Other modules import it in a circle. */
  readonly inCycle: boolean;
  /** Identifiers such as `_iterate` mean `%iterate`: for built-ins that are written in the language. */
  readonly intrinsics: boolean;
  importOf(variable: Variable): Imported;
  /** What a name of another module is; an error was told if it has none. */
  exportOf(module: ModuleCode, name: string): Imported;
  /** The global that holds another module as an object. */
  namespace(module: ModuleCode): string;
  /** The number behind private names of a class. */
  privateNumber(node: ClassNode): number;
  /** Is the function to be compiled now? Once for each. */
  begin(info: FunctionInfo): boolean;
  /** Adds a function that is complete. */
  add(code: FunctionCode): void;
  /** A name for a function that no other of the class has. */
  freshName(name: string): string;
  /** A template literal's strings, which are made once: the name of the global that holds them. */
  template(strings: readonly (string | null)[], raw: readonly string[]): string;
}

/** The compilers of nodes, by what they are; a table, since all of them need each other. */
export interface Compilers {
  into(fn: FunctionCode, node: Expression, target: number): void;
  effect(fn: FunctionCode, node: Expression): void;
  branch(fn: FunctionCode, node: Expression, place: Label, when: boolean): void;
  statement(fn: FunctionCode, node: Statement | AnyNode): void;
  /** Compiles a function that nothing else is to be done with. */
  body(module: ModuleCode, info: FunctionInfo): void;
  /** The closure of a function, with this name if it has none. */
  closure(fn: FunctionCode, node: FunctionNode, name: string, target: number): void;
  class(fn: FunctionCode, node: ClassNode, name: string, target: number): void;
  /** A function of "ion:process" as a value. */
  processValue(fn: FunctionCode, name: string, node: AnyNode, target: number): void;
  selectiveReceive(fn: FunctionCode, node: CallExpression, target: number): void;
}

export class FunctionCode extends Emitter {
  readonly module: ModuleCode;
  readonly info: FunctionInfo;
  readonly name: string;
  /** Where variables, or their cells, are. */
  readonly registers = new Map<Variable, number>();
  /** What is around the statement: loops, blocks with labels, handlers; innermost last. */
  readonly controls: Control[] = [];
  /** Where the nullish exits of the optional chain around lead. */
  chainExit: Label | null = null;
  /** Registers of captured variables, in front of the arguments. */
  captures = 0;
  /** Declared arguments, as JavaScript's `length` counts them. */
  arity = 0;
  /** Classes that are being evaluated in this function, for the private names in their keys. */
  readonly openClasses: ClassNode[] = [];
  /** Where a generator goes on; null for all other functions. */
  resumption: Resumption | null = null;
  /** What `return` does in the place of RETURN. */
  onReturn: ((value: number) => void) | null = null;
  /** The object that a constructor has before `super()` makes it `this`. */
  rawThis: number | null = null;
  #isPinned = false;
  /** What the statement that comes next is labelled with. */
  pendingLabels: string[] = [];

  constructor(module: ModuleCode, info: FunctionInfo, name: string) {
    super(0);
    this.module = module;
    this.info = info;
    this.name = name;
  }

  // ---- expressions ----

  /** Evaluates into a register, which is written last, unless it is nobody's yet. */
  into(node: Expression, target: number): void {
    this.module.compilers.into(this, node, target);
  }

  /** Evaluates into a register of its own. */
  temporary(node: Expression): number {
    const target = this.register();
    this.into(node, target);
    return target;
  }

  /** Evaluates for nothing but what happens. */
  effect(node: Expression): void {
    this.module.compilers.effect(this, node);
  }

  /** Jumps if the value is true to JavaScript, or if it is not. */
  branch(node: Expression, place: Label, when: boolean): void {
    this.module.compilers.branch(this, node, place, when);
  }

  statement(node: Statement | AnyNode): void {
    this.module.compilers.statement(this, node);
  }

  /** Runs with registers that are free again afterwards. */
  scoped<Result>(run: () => Result): Result {
    const { taken } = this;
    const result = run();
    this.release(taken);
    return result;
  }

  // ---- constants ----

  /** A register with a built-in, such as `Math.floor` or `%iterate`. */
  builtin(name: string): number {
    return this.constant(atom(`__js:${name}`));
  }

  /** A register with the key of a member: an Atom, which has what a property is found by, unless it means something else there. */
  key(name: string): number {
    return this.constant(specialAtom(name) === null ? atom(name) : name);
  }

  foreign(name: string): number {
    return this.constant(foreignRef(name));
  }

  /** Calls a built-in with registers. */
  callBuiltin(target: number, name: string, args: readonly number[]): void {
    const { taken } = this;
    this.emit("CALL", target, this.builtin(name), args);
    this.release(taken);
  }

  /** Raises an error of JavaScript. */
  raise(kind: string, message: string): void {
    this.scoped(() => {
      this.cold(() => {
        const args = [this.constant(kind), this.constant(message)];
        this.emit("CALL", this.register(), this.builtin("%throw"), args);
      });
    });
  }

  functionConstant(info: FunctionInfo, module: ModuleCode = this.module): Value {
    return functionRef(info.codeName!, module.className);
  }

  // ---- places ----

  /** The instructions that follow stand at this node. */
  at(node: { readonly start: number }): void {
    if (!this.#isPinned) this.position = this.module.source.position(node.start);
  }

  /** All instructions of this stand where they stand now: the nodes they come from are elsewhere. */
  pinned(run: () => void): void {
    const before = this.#isPinned;
    this.#isPinned = true;
    run();
    this.#isPinned = before;
  }

  variableOf(node: AnyNode): Variable | undefined {
    return this.module.scopes.variableOf.get(node);
  }

  error(node: AnyNode, key: MessageKey, ...parts: string[]): void {
    this.module.diagnostics.error(this.module.source, node.start, key, ...parts);
  }

  warn(node: AnyNode, key: MessageKey, ...parts: string[]): void {
    this.module.diagnostics.warn(this.module.source, node.start, key, ...parts);
  }
}
