/** Files → modules in order → classes → a pack. */
import type { ExportAllDeclaration, ExportNamedDeclaration, ImportDeclaration, Literal } from "acorn";
import type { ClassFile } from "../bytecode/model.ts";
import { builtinNames } from "../js/names.ts";
import { ClassBuilder, PackBuilder } from "../pack/builder.ts";
import { type Pack, writePack } from "../pack/pack.ts";
import type { ModuleImport } from "./code/module-body.ts";
import { COMPILERS } from "./code/tables.ts";
import { CompileError, type Diagnostic, Diagnostics, diagnosticAt } from "./diagnostics.ts";
import { Linker } from "./link.ts";
import { Module } from "./module.ts";
import { parse } from "./parse.ts";
import { SourceFile } from "./source.ts";
import {
  candidates,
  foreignPrefix,
  isFileSpecifier,
  isPackName,
  normal,
  PROCESS_MODULE,
  packOf,
  relativeNames,
} from "./specifiers.ts";

/** Where source text comes from. Paths have `/` between their parts. */
export interface SourceHost {
  /** The text of a file; undefined if there is none. */
  read(path: string): string | undefined;
}

export interface CompileOptions {
  /** The names of built-ins; by default all there are. */
  readonly builtins?: ReadonlySet<string>;
  /** Names such as `_iterate` mean `%iterate`: for built-ins that are written in the language. */
  readonly intrinsics?: boolean;
  /** Of the pack; by default that of the first file. */
  readonly name?: string;
}

export interface Compiled {
  readonly pack: Pack;
  readonly warnings: readonly Diagnostic[];
  /** All that were compiled, as the host has them. */
  readonly files: readonly string[];
}

/**
 * Compiles files, and those that they import; the first is the program.
 * @throws CompileError
 */
export function compile(files: readonly string[], host: SourceHost, options: CompileOptions = {}): Compiled {
  return new Compilation(host, options).run(files);
}

/**
 * The pack of one file of JavaScript, or of TypeScript if that is how its name ends, as bytes.
 * @throws CompileError
 */
export function compileText(text: string, file = "program.js"): Uint8Array {
  return writePack(compile([file], { read: (path) => (path === file ? text : undefined) }).pack);
}

class Compilation {
  readonly #host: SourceHost;
  readonly #options: CompileOptions;
  readonly #diagnostics = new Diagnostics();
  readonly #linker = new Linker(this.#diagnostics);
  readonly #texts = new Map<string, { readonly source: SourceFile; readonly imports: Map<string, string> }>();
  readonly #packs = new Set<string>();
  readonly #memberNames = new Set<string>();

  constructor(host: SourceHost, options: CompileOptions) {
    this.#host = host;
    this.#options = options;
  }

  run(files: readonly string[]): Compiled {
    const paths = files.map(normal);
    const parsed = this.#load(paths);
    this.#diagnostics.check();
    const all = [...parsed.keys()];
    const names = classNames(relativeNames(all));
    const modules = new Map<string, Module>();
    all.forEach((path, i) => {
      const { source, program } = parsed.get(path)!;
      const module = new Module(source, names[i], program, {
        builtins: this.#options.builtins ?? builtinNames(),
        intrinsics: this.#options.intrinsics ?? false,
        compilers: COMPILERS,
        linker: this.#linker,
        diagnostics: this.#diagnostics,
        memberNames: this.#memberNames,
      });
      modules.set(path, module);
    });
    for (const [path, module] of modules) {
      for (const [specifier, other] of this.#texts.get(path)!.imports)
        module.imports.set(specifier, modules.get(other)!);
    }
    for (const module of modules.values()) module.runsFirst = importsOf(module);
    const order = inOrder(paths.map((path) => modules.get(path)!));
    guarded(order[0].source, () => {
      for (const module of order) module.analyse();
    });
    this.#diagnostics.check();
    const entry = modules.get(paths[0])!;
    const others = order.slice(order.indexOf(entry) + 1).map(({ className }) => className);
    for (const module of order) {
      const role = module === entry ? { isEntry: true, others } : { isEntry: false, others: [] };
      guarded(module.source, () => module.generate(role));
    }
    for (const module of order) this.#checkImports(module);
    this.#diagnostics.check();
    const named = new Set(paths.map((path) => modules.get(path)!));
    return { pack: this.#pack(entry, order, [...named]), warnings: this.#diagnostics.warnings, files: all };
  }

  /** Parses files, and what they import, each once. */
  #load(paths: readonly string[]): Map<string, { readonly source: SourceFile; readonly program: Module["program"] }> {
    const parsed = new Map<string, { readonly source: SourceFile; readonly program: Module["program"] }>();
    const open = paths.map((path) => ({ path, text: this.#host.read(path) }));
    const shown = new Set(paths);
    for (const { path, text } of open) {
      if (parsed.has(path)) continue;
      const source = new SourceFile(path, text ?? "");
      if (text === undefined) throw new CompileError([diagnosticAt(source, 0, "noModule", path, "")]);
      let program: Module["program"];
      try {
        program = guarded(source, () => parse(source, this.#diagnostics));
      } catch (error) {
        if (!(error instanceof CompileError)) throw error;
        for (const one of error.diagnostics) this.#diagnostics.errors.push(one);
        continue;
      }
      parsed.set(path, { source, program });
      const imports = new Map<string, string>();
      this.#texts.set(path, { source, imports });
      for (const { specifier, at } of specifiersOf(program)) {
        const found = this.#find(source, path, specifier, at);
        if (found === null) continue;
        imports.set(specifier, found.path);
        if (!shown.has(found.path)) open.push(found);
        shown.add(found.path);
      }
    }
    return parsed;
  }

  #find(source: SourceFile, from: string, specifier: string, at: number): { path: string; text: string } | null {
    if (specifier === PROCESS_MODULE || foreignPrefix(specifier) !== null) return null;
    if (specifier.startsWith("node:")) {
      this.#diagnostics.error(source, at, "nodeModule", specifier);
      return null;
    }
    const pack = packOf(specifier);
    if (pack !== null) {
      if (isPackName(pack.name)) this.#packs.add(pack.name);
      else this.#diagnostics.error(source, at, "packName", specifier);
      return null;
    }
    for (const path of candidates(from, specifier)) {
      const text = this.#host.read(path);
      if (text !== undefined) return { path, text };
    }
    const hint = isFileSpecifier(specifier) ? "" : ", and no pack";
    this.#diagnostics.error(source, at, "noModule", specifier, hint);
    return null;
  }

  /** Names that are imported but not used must be there as well, unless they may be types. */
  #checkImports(module: Module): void {
    if (module.source.isTypeScript) return;
    for (const variable of module.scopes.top.variables.values()) {
      if (variable.imported !== null) module.importOf(variable);
    }
  }

  #pack(entry: Module, order: readonly Module[], named: readonly Module[]): Pack {
    const builder = new PackBuilder({
      name: this.#options.name ?? entry.className.slice(entry.className.lastIndexOf("/") + 1),
      mainClass: entry.className,
      // What others may import: of files that are only imported here, nothing.
      exports: named.map(({ className }) => className),
      ...(this.#packs.size > 0 ? { dependencies: [...this.#packs].sort() } : {}),
    });
    const names = new Map(order.map((module, i) => [module, relativeNames(order.map(({ source }) => source.name))[i]]));
    for (const module of order) {
      const file = names.get(module)!;
      builder.addClass(module.className, classFileOf(module, file));
      builder.addSource(file, module.source.text);
    }
    return builder.build();
  }
}

function classFileOf(module: Module, file: string): ClassFile {
  return new ClassBuilder({ source: file }).add(...module.functions).build();
}

/** Runs a stage; what is nested beyond the host's stack is the program's fault. */
function guarded<T>(source: SourceFile, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const isStack = /call stack/i.test(error.message);
    const found = isStack ? diagnosticAt(source, 0, "tooDeep") : diagnosticAt(source, 0, "bindingLimit", error.message);
    throw new CompileError([{ ...found, frame: "" }]);
  }
}

type ImportNode = (ImportDeclaration | ExportNamedDeclaration | ExportAllDeclaration) & { source: Literal };

/** What a program imports and passes on. */
function importsIn({ body }: Module["program"]): ImportNode[] {
  return body.filter((node): node is ImportNode => {
    const isImport =
      node.type === "ImportDeclaration" ||
      node.type === "ExportNamedDeclaration" ||
      node.type === "ExportAllDeclaration";
    return isImport && Boolean(node.source);
  });
}

/** The same as specifiers, each once. */
function specifiersOf(program: Module["program"]): { specifier: string; at: number }[] {
  const found = new Map<string, number>();
  for (const { source } of importsIn(program)) {
    const specifier = String(source.value);
    if (!found.has(specifier)) found.set(specifier, source.start);
  }
  return [...found].map(([specifier, at]) => ({ specifier, at }));
}

/** What a module imports of this pack and of others, in the order of its text. */
function importsOf(module: Module): ModuleImport[] {
  const isTypeScript = module.source.isTypeScript;
  return importsIn(module.program).flatMap((node): ModuleImport[] => {
    const specifier = String(node.source.value);
    const at = node.source.start;
    const file = module.imports.get(specifier);
    if (file !== undefined) return [{ pack: null, className: file.className, names: null, at }];
    const pack = packOf(specifier);
    if (pack === null) return [];
    const mayBeTypes = isTypeScript && node.type === "ImportDeclaration" && node.specifiers.length > 0;
    const names = mayBeTypes ? node.specifiers.map(({ local }) => local.name) : null;
    return [{ pack: pack.name, className: pack.className, names, at }];
  });
}

/** The name of a class is the path of its file without the ending, where that is not another's. */
function classNames(files: readonly string[]): string[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const plain = file.replace(/\.[mc]?[jt]s$/, "").replaceAll(/[!:]/g, "_");
    const name = plain === "" || taken.has(plain) ? file : plain;
    taken.add(name);
    return name;
  });
}

/**
 * The order in which modules run: those that a module imports before itself. Marks those that import each other in a
 * circle (Tarjan).
 */
function inOrder(entries: readonly Module[]): Module[] {
  const order: Module[] = [];
  const index = new Map<Module, number>();
  const low = new Map<Module, number>();
  const stack: Module[] = [];
  const visit = (module: Module): void => {
    index.set(module, index.size);
    low.set(module, index.get(module)!);
    stack.push(module);
    for (const other of module.imports.values()) {
      if (!index.has(other)) {
        visit(other);
        low.set(module, Math.min(low.get(module)!, low.get(other)!));
      } else if (stack.includes(other)) low.set(module, Math.min(low.get(module)!, index.get(other)!));
    }
    order.push(module);
    if (low.get(module) !== index.get(module)) return;
    const circle = stack.splice(stack.indexOf(module));
    const isCircle = circle.length > 1 || [...module.imports.values()].includes(module);
    for (const one of circle) one.inCycle = isCircle;
  };
  for (const entry of entries) if (!index.has(entry)) visit(entry);
  return order;
}
