/** Imports and exports: which variable of which module a name means. */
import type { AnyNode, ModuleDeclaration } from "acorn";
import { nearest } from "../bytecode/nearest.ts";
import type { Imported } from "./code/function-code.ts";
import { processNames } from "./code/processes.ts";
import type { Diagnostics } from "./diagnostics.ts";
import type { Module } from "./module.ts";
import { bindings } from "./scopes/declare.ts";
import { foreignPrefix, PROCESS_MODULE, packOf } from "./specifiers.ts";

/** What a module exports: its own variables, what it passes on, and all of other modules. */
interface Exports {
  readonly own: ReadonlyMap<string, Export>;
  readonly stars: readonly string[];
}
type Export =
  | { readonly kind: "local"; readonly name: string }
  /** `imported` null: the whole module. */
  | { readonly kind: "from"; readonly specifier: string; readonly imported: string | null };

type Found = Imported | { readonly kind: "ambiguous" } | { readonly kind: "circular" } | null;

export class Linker {
  readonly #diagnostics: Diagnostics;
  readonly #exports = new Map<Module, Exports>();
  readonly #told = new Set<string>();

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
  }

  /** What a name of another module means; tells if it means nothing. */
  resolve(from: Module, specifier: string, name: string | null, at: number): Imported {
    if (specifier === PROCESS_MODULE) return this.#ofProcesses(from, name, at);
    const foreign = foreignPrefix(specifier);
    if (foreign !== null) {
      if (name === null || name === "default") return this.#tell(from, at, "defaultImport", specifier);
      return { kind: "foreign", name: foreign + name };
    }
    const pack = packOf(specifier);
    if (pack !== null) {
      if (name === null || name === "default") return this.#tell(from, at, "defaultImport", specifier);
      if (pack.className === null) return { kind: "pack-class", pack: pack.name, className: name };
      return { kind: "pack-function", reference: `${pack.name}!${pack.className}:${name}` };
    }
    const module = from.imports.get(specifier);
    // That there is no such file has been told.
    if (module === undefined) return { kind: "nothing" };
    if (name === null) return { kind: "namespace", module };
    return this.exportOf(from, module, name, at);
  }

  exportOf(from: Module, module: Module, name: string, at: number): Imported {
    const found = this.#find(module, name, new Set());
    if (found !== null && found.kind !== "ambiguous" && found.kind !== "circular") return found;
    if (found?.kind === "ambiguous") return this.#tell(from, at, "ambiguousExport", module.source.name, name);
    if (found?.kind === "circular") return this.#tell(from, at, "circularExport", name);
    if (name === "default") return this.#tell(from, at, "defaultImport", module.source.name);
    const near = nearest(name, this.namesOf(module));
    return this.#tell(
      from,
      at,
      "noExport",
      module.source.name,
      name,
      near === undefined ? "" : ` (did you mean ${near}?)`,
    );
  }

  /** Is there such an export? */
  has(module: Module, name: string): boolean {
    return this.#find(module, name, new Set()) !== null;
  }

  /** All names that a module exports, in the order of namespace objects. */
  namesOf(module: Module, seen: Set<Module> = new Set()): string[] {
    if (seen.has(module)) return [];
    seen.add(module);
    const { own, stars } = this.#exportsOf(module);
    const names = new Set(own.keys());
    for (const specifier of stars) {
      const other = module.imports.get(specifier);
      if (other === undefined) continue;
      for (const name of this.namesOf(other, seen)) if (name !== "default") names.add(name);
    }
    return [...names].sort();
  }

  #find(module: Module, name: string, seen: Set<string>): Found {
    const key = `${module.className}\n${name}`;
    if (seen.has(key)) return { kind: "circular" };
    seen.add(key);
    const { own, stars } = this.#exportsOf(module);
    const found = own.get(name);
    if (found?.kind === "from") return this.#passedOn(module, found.specifier, found.imported, seen);
    if (found !== undefined) {
      const variable = module.scopes.top.variables.get(found.name);
      if (variable === undefined) return null;
      if (variable.imported === null) return { kind: "variable", module, variable };
      return this.#passedOn(module, variable.imported.specifier, variable.imported.imported, seen);
    }
    return name === "default" ? null : this.#ofStars(module, stars, name, seen);
  }

  #passedOn(module: Module, specifier: string, imported: string | null, seen: Set<string>): Found {
    const other = module.imports.get(specifier);
    if (other === undefined) return this.resolve(module, specifier, imported, 0);
    return imported === null ? { kind: "namespace", module: other } : this.#find(other, imported, seen);
  }

  #ofStars(module: Module, stars: readonly string[], name: string, seen: Set<string>): Found {
    let found: Found = null;
    for (const specifier of stars) {
      const other = module.imports.get(specifier);
      const one = other === undefined ? null : this.#find(other, name, new Set(seen));
      if (one === null || one.kind === "circular") continue;
      if (found !== null && !isSame(found, one)) return { kind: "ambiguous" };
      found = one;
    }
    return found;
  }

  #exportsOf(module: Module): Exports {
    const known = this.#exports.get(module);
    if (known !== undefined) return known;
    const own = new Map<string, Export>();
    const stars: string[] = [];
    for (const node of module.program.body) exportsIn(node, own, stars);
    const made = { own, stars };
    this.#exports.set(module, made);
    return made;
  }

  #ofProcesses(from: Module, name: string | null, at: number): Imported {
    if (name === null || name === "default") return this.#tell(from, at, "defaultImport", PROCESS_MODULE);
    const names = processNames();
    if (names.includes(name)) return { kind: "process", name };
    const near = nearest(name, names);
    return this.#tell(from, at, "noExport", PROCESS_MODULE, name, near === undefined ? "" : ` (did you mean ${near}?)`);
  }

  /** Tells once of each place. */
  #tell(
    from: Module,
    at: number,
    ...rest: Parameters<Diagnostics["error"]> extends [unknown, unknown, ...infer R] ? R : never
  ): Imported {
    const key = `${from.className}\n${at}`;
    if (!this.#told.has(key)) this.#diagnostics.error(from.source, at, ...rest);
    this.#told.add(key);
    return { kind: "nothing" };
  }
}

function isSame(a: Imported | { kind: "ambiguous" } | { kind: "circular" }, b: typeof a): boolean {
  if (a.kind === "variable" && b.kind === "variable") return a.variable === b.variable;
  return a.kind === "namespace" && b.kind === "namespace" && a.module === b.module;
}

function exportsIn(node: AnyNode, own: Map<string, Export>, stars: string[]): void {
  switch (node.type as ModuleDeclaration["type"]) {
    case "ExportNamedDeclaration": {
      const { declaration, specifiers, source } = node as Extract<AnyNode, { type: "ExportNamedDeclaration" }>;
      if (declaration) for (const name of declaredBy(declaration)) own.set(name, { kind: "local", name });
      for (const { local, exported } of specifiers) {
        const name = nameOf(local);
        own.set(
          nameOf(exported),
          source ? { kind: "from", specifier: String(source.value), imported: name } : { kind: "local", name },
        );
      }
      break;
    }
    case "ExportDefaultDeclaration": {
      const { declaration } = node as Extract<AnyNode, { type: "ExportDefaultDeclaration" }>;
      const isDeclared = /Declaration$/.test(declaration.type) && "id" in declaration && declaration.id;
      own.set("default", { kind: "local", name: isDeclared ? (declaration.id as { name: string }).name : "default" });
      break;
    }
    case "ExportAllDeclaration": {
      const { exported, source } = node as Extract<AnyNode, { type: "ExportAllDeclaration" }>;
      const specifier = String(source.value);
      if (exported) own.set(nameOf(exported), { kind: "from", specifier, imported: null });
      else stars.push(specifier);
      break;
    }
    default:
  }
}

function declaredBy(declaration: AnyNode): string[] {
  if (declaration.type !== "VariableDeclaration") {
    return "id" in declaration && declaration.id ? [(declaration.id as { name: string }).name] : [];
  }
  const names: string[] = [];
  for (const { id } of declaration.declarations) bindings(id, ({ name }) => names.push(name));
  return names;
}

function nameOf(node: AnyNode): string {
  return node.type === "Identifier" ? node.name : String((node as { value?: unknown }).value);
}
