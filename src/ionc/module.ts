/** A module while it is compiled: its scopes, what its imports mean, the functions that are complete. */
import type { AnyNode, Program } from "acorn";
import type { FunctionBuilder } from "../bytecode/builder.ts";
import { ENTRY_FUNCTION, MODULE_FUNCTION } from "../bytecode/special.ts";
import type { Compilers, FunctionCode, Imported, ModuleCode } from "./code/function-code.ts";
import {
  type ModuleImport,
  moduleFunctions,
  type NamespaceMember,
  type Prelude,
  type Role,
  type Template,
} from "./code/module-body.ts";
import { Types } from "./code/types.ts";
import type { Diagnostics } from "./diagnostics.ts";
import type { Linker } from "./link.ts";
import { analyse } from "./scopes/analyse.ts";
import { holdVariables } from "./scopes/hold.ts";
import type { ClassNode, FunctionInfo, ModuleScopes, Variable } from "./scopes/model.ts";
import type { SourceFile } from "./source.ts";

type ImportedClass = ReturnType<Prelude["classesOf"]>[number];

export interface ModuleOptions {
  readonly builtins: ReadonlySet<string>;
  readonly intrinsics: boolean;
  readonly compilers: Compilers;
  readonly linker: Linker;
  readonly diagnostics: Diagnostics;
  /** Names of methods and accessors of classes; each module adds its own. */
  readonly memberNames: Set<string>;
}

export class Module implements ModuleCode {
  readonly source: SourceFile;
  readonly className: string;
  readonly program: Program;
  readonly diagnostics: Diagnostics;
  readonly builtins: ReadonlySet<string>;
  readonly compilers: Compilers;
  readonly intrinsics: boolean;
  /** By specifier. */
  readonly imports = new Map<string, Module>();
  /** What it imports, in order, as what runs before it. */
  runsFirst: readonly ModuleImport[] = [];
  inCycle = false;
  scopes!: ModuleScopes;
  types!: Types;
  directCalls: ReadonlySet<AnyNode> = new Set();
  early: ReadonlySet<AnyNode> = new Set();
  readonly functions: FunctionBuilder[] = [];

  readonly memberNames: Set<string>;
  readonly #linker: Linker;
  readonly #names = new Set<string>([ENTRY_FUNCTION, MODULE_FUNCTION]);
  readonly #counts = new Map<string, number>();
  readonly #begun = new Set<FunctionInfo>();
  readonly #templates: Template[] = [];
  readonly #namespaces = new Map<Module, string>();
  readonly #imported = new Map<Variable, Imported>();

  constructor(source: SourceFile, className: string, program: Program, options: ModuleOptions) {
    this.source = source;
    this.className = className;
    this.program = program;
    this.diagnostics = options.diagnostics;
    this.builtins = options.builtins;
    this.compilers = options.compilers;
    this.intrinsics = options.intrinsics;
    this.#linker = options.linker;
    this.memberNames = options.memberNames;
  }

  /** Scopes, how variables are held, names of functions that others may call. */
  analyse(): void {
    this.scopes = analyse(this.program, this.source, this.diagnostics, this.inCycle);
    const { directCalls, early } = holdVariables(this.scopes);
    this.directCalls = directCalls;
    this.early = early;
    this.types = new Types(this.scopes);
    for (const { kind, classNode } of this.scopes.functions) {
      if (kind === "constructor" || kind === "derived") addMemberNames(classNode!, this.memberNames);
    }
    for (const variable of this.scopes.top.variables.values()) this.#nameFunctions(variable);
    for (const variable of new Set(this.scopes.variableOf.values())) this.#nameFunctions(variable);
    for (const info of this.scopes.functions) {
      if (info.variable !== null) info.codeName ??= this.freshName(info.variable.name);
      else if (info.kind === "constructor" || info.kind === "derived") {
        info.codeName ??= this.freshName(`new ${info.classNode?.id?.name ?? "<anonymous>"}`);
      }
    }
  }

  #nameFunctions({ name, known, classNode }: Variable): void {
    if (known !== null) known.codeName ??= this.freshName(ownName(known.node) ?? name);
    if (classNode === null) return;
    const info = this.scopes.functionOf.get(classNode)!;
    info.codeName ??= this.freshName(`new ${ownName(classNode) ?? name}`);
  }

  generate(role: Role): void {
    moduleFunctions(this, this.scopes.module, this.runsFirst, role, () => ({
      templates: this.#templates,
      classesOf: (one) => (one === null ? this.#passedOn() : this.#classesOf(one)),
      namespaces: [...this.#namespaces].map(([module, name]) => ({ name, members: this.#members(module) })),
    }));
  }

  #classesOf({ pack, className, names }: ModuleImport): ImportedClass[] {
    if (names !== null && !names.some((name) => this.#isUsed(name))) return [];
    if (className !== null) return [{ pack, className }];
    return this.#usedClasses().filter((one) => one.pack === pack);
  }

  #isUsed(name: string): boolean {
    const variable = this.scopes.top.variables.get(name);
    return variable !== undefined && this.#imported.has(variable);
  }

  /** Classes of packs that it does not import itself. */
  #passedOn(): ImportedClass[] {
    return this.#usedClasses().filter(({ pack }) => {
      return !this.runsFirst.some((one) => one.pack === pack && one.className === null);
    });
  }

  #usedClasses(): ImportedClass[] {
    const found = new Map<string, ImportedClass>();
    for (const one of this.#imported.values()) {
      if (one.kind === "pack-class") found.set(`${one.pack}!${one.className}`, one);
    }
    return [...found.values()];
  }

  #members(module: Module): NamespaceMember[] {
    return this.#linker.namesOf(module).map((key) => ({
      key,
      imported: this.#linker.exportOf(this, module, key, 0),
    }));
  }

  importOf(variable: Variable): Imported {
    const known = this.#imported.get(variable);
    if (known !== undefined) return known;
    const { specifier, imported, at } = variable.imported!;
    const found = this.#linker.resolve(this, specifier, imported, at);
    this.#imported.set(variable, found);
    return found;
  }

  exportOf(module: ModuleCode, name: string): Imported {
    if (!this.#linker.has(module as Module, name)) return { kind: "nothing" };
    return this.#linker.exportOf(this, module as Module, name, 0);
  }

  namespace(module: ModuleCode): string {
    const known = this.#namespaces.get(module as Module);
    if (known !== undefined) return known;
    const name = `namespace:${module.className}`;
    this.#namespaces.set(module as Module, name);
    return name;
  }

  privateNumber(node: ClassNode): number {
    // Classes of other packs have their own: what tells them apart is where they stand.
    return hash(`${this.className}:${node.start}:${this.source.text.length}`);
  }

  begin(info: FunctionInfo): boolean {
    if (this.#begun.has(info)) return false;
    this.#begun.add(info);
    return true;
  }

  add(code: FunctionCode): void {
    this.functions.push(code.finish(code.name, code.arity, code.captures));
  }

  /** The name, and where another function has it already, `~` and a number behind it. */
  freshName(name: string): string {
    const plain = name.replace(/[!:~\p{Cc}\p{Cs}]/gu, "_");
    if (plain !== "" && !this.#names.has(plain)) {
      this.#names.add(plain);
      return plain;
    }
    const count = (this.#counts.get(plain) ?? (plain === "" ? 0 : 1)) + 1;
    this.#counts.set(plain, count);
    return `${plain}~${count}`;
  }

  template(strings: readonly (string | null)[], raw: readonly string[]): string {
    const name = `template:${this.#templates.length}`;
    this.#templates.push({ name, strings, raw });
    return name;
  }
}

/** The name that an expression has itself. */
function ownName(node: AnyNode): string | null {
  return node.type === "FunctionExpression" || node.type === "ClassExpression" ? (node.id?.name ?? null) : null;
}

function addMemberNames({ body }: ClassNode, names: Set<string>): void {
  for (const member of body.body) {
    if (member.type !== "MethodDefinition" || member.computed) continue;
    if (member.key.type === "Identifier") names.add(member.key.name);
    else if (member.key.type === "Literal") names.add(String(member.key.value));
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let made = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) made = Math.imul(made ^ text.charCodeAt(i), 0x01000193);
  return made >>> 0;
}
