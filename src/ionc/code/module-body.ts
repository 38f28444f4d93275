/** The code of a module itself: what runs once, in the order of the text. */
import type { ExportDefaultDeclaration, ExportNamedDeclaration, Expression } from "acorn";
import { functionRef, moduleRef } from "../../bytecode/builder.ts";
import { ENTRY_FUNCTION, MODULE_FUNCTION } from "../../bytecode/special.ts";
import { Undefined } from "../../values/value.ts";
import type { FunctionInfo } from "../scopes/model.ts";
import { FunctionCode, type Imported, type ModuleCode } from "./function-code.ts";
import { named } from "./named.ts";
import { statements } from "./statements.ts";
import { enterScope, initialise, loadThis } from "./variables.ts";

/** The variable that is there once a module runs. */
const RAN = "<ran>";

/** What a module imports, which runs before it. */
export interface ModuleImport {
  /** Null: this one. */
  readonly pack: string | null;
  /** Null: those classes of the pack that are used. */
  readonly className: string | null;
  /** It runs only if one of these names is used, since all others may be types; null: in any case. */
  readonly names: readonly string[] | null;
  /** Where it is imported, as an index into the source; null: in another module, which passes it on. */
  readonly at: number | null;
}

/** What a module needs before its own code runs. */
export interface Prelude {
  readonly templates: readonly Template[];
  /** The classes that an import makes run; null: those of other packs that another module passes on. */
  classesOf(one: ModuleImport | null): readonly { readonly pack: string | null; readonly className: string }[];
  /** Modules as objects. */
  readonly namespaces: readonly { readonly name: string; readonly members: readonly NamespaceMember[] }[];
}

export interface Template {
  readonly name: string;
  readonly strings: readonly (string | null)[];
  readonly raw: readonly string[];
}

export interface NamespaceMember {
  readonly key: string;
  readonly imported: Imported;
}

/** Which of its functions has the code of a module: of a program that nothing imports, `main` itself. */
export interface Role {
  readonly isEntry: boolean;
  /** Files that are part of the program and that it does not import: they run before it. */
  readonly others: readonly string[];
}

/**
 * The functions that run a module: MODULE_FUNCTION, once in a process and those that it spawns, for those that import it; and of an
 * entry `main`.
 * @param preludeOf is asked when the code is complete
 */
export function moduleFunctions(
  module: ModuleCode,
  info: FunctionInfo,
  imports: readonly ModuleImport[],
  { isEntry, others }: Role,
  preludeOf: () => Prelude,
): void {
  const isMain = isEntry && others.length === 0 && !module.inCycle;
  info.codeName = isMain ? ENTRY_FUNCTION : MODULE_FUNCTION;
  moduleBody(module, info, imports, preludeOf);
  if (isMain) {
    const fn = new FunctionCode(module, info, MODULE_FUNCTION);
    runOnce(fn);
    runFunction(fn, ENTRY_FUNCTION, module.className);
    finish(module, fn);
  } else if (isEntry) {
    const fn = new FunctionCode(module, info, ENTRY_FUNCTION);
    for (const className of [...others, module.className]) runFunction(fn, MODULE_FUNCTION, className);
    finish(module, fn);
  }
}

function finish(module: ModuleCode, fn: FunctionCode): void {
  fn.emit("RETURN", fn.constant(Undefined));
  module.add(fn);
}

function moduleBody(
  module: ModuleCode,
  info: FunctionInfo,
  imports: readonly ModuleImport[],
  preludeOf: () => Prelude,
): void {
  const fn = new FunctionCode(module, info, info.codeName!);
  // Errors are Error objects in classes that have instructions of JavaScript: this one may have no other.
  fn.scoped(() => {
    const none = fn.constant(Undefined);
    fn.emit("JS_NULLISH", fn.register(), none);
  });
  if (fn.name === MODULE_FUNCTION) runOnce(fn);
  const prelude = fn.placeholder();
  const places = [...imports, null].map((one) => ({ one, place: fn.placeholder() }));
  loadThis(fn);
  const { top, program } = module.scopes;
  enterScope(fn, top);
  statements(fn, top, program.body.map(withoutExport));
  const { taken } = fn;
  prelude(() => {
    const { templates, namespaces, classesOf } = preludeOf();
    for (const { one, place } of places) {
      place(() => {
        fn.position = one === null || one.at === null ? null : module.source.position(one.at);
        for (const { pack, className } of classesOf(one)) runImported(fn, pack, className);
      });
    }
    fn.position = null;
    for (const one of templates) makeTemplate(fn, one);
    for (const { name, members } of namespaces) makeNamespace(fn, name, members);
  });
  fn.release(taken);
  finish(module, fn);
}

/** Of several that import a module, or of a circle, the first runs it: who comes later finds the variable. */
function runOnce(fn: FunctionCode): void {
  fn.scoped(() => {
    const value = fn.register();
    const runs = fn.label();
    fn.emit("TRY", value, runs);
    fn.emit("LOAD_GLOBAL", value, RAN);
    fn.emit("RETURN", value);
    fn.emit("END_TRY");
    fn.mark(runs, true);
  });
  fn.scoped(() => fn.emit("STORE_GLOBAL", RAN, fn.constant(true)));
}

function runImported(fn: FunctionCode, pack: string | null, className: string): void {
  if (pack === null) {
    runFunction(fn, MODULE_FUNCTION, className);
    return;
  }
  fn.scoped(() => {
    // Not all classes of packs are modules.
    const code = fn.constant(moduleRef(pack, className));
    const isNone = fn.register();
    const done = fn.label();
    fn.emit("JS_NULLISH", isNone, code);
    fn.emit("JUMP_IF_TRUE", isNone, done);
    fn.emit("CALL", isNone, code, []);
    fn.mark(done);
  });
}

function runFunction(fn: FunctionCode, name: string, className: string): void {
  fn.scoped(() => {
    const code = fn.register();
    fn.load(code, functionRef(name, className));
    fn.emit("CALL", code, code, []);
  });
}

/** Declarations are found by what they are, exported or not. */
function withoutExport(node: ModuleCode["program"]["body"][number]): typeof node {
  if (node.type === "ExportNamedDeclaration" && node.declaration) return node.declaration;
  const isDeclaration = node.type === "ExportDefaultDeclaration" && /Declaration$/.test(node.declaration.type);
  return isDeclaration ? ((node as ExportDefaultDeclaration).declaration as unknown as typeof node) : node;
}

/** `export default` of an expression; all other exports are nothing but their declarations. */
export function exportStatement(fn: FunctionCode, node: ExportNamedDeclaration | ExportDefaultDeclaration): void {
  if (node.type !== "ExportDefaultDeclaration") return;
  const variable = fn.variableOf(node);
  if (variable === undefined || variable.hold.kind === "literal") return;
  fn.scoped(() => {
    const value = fn.register();
    named(fn, node.declaration as Expression, "default", value);
    initialise(fn, variable, value);
  });
}

function makeTemplate(fn: FunctionCode, { name, strings, raw }: Template): void {
  fn.scoped(() => {
    const cooked = fn.register();
    fn.emit(
      "ARRAY_INIT",
      cooked,
      strings.map((text) => fn.constant(text ?? Undefined)),
    );
    const texts = fn.register();
    fn.emit(
      "ARRAY_INIT",
      texts,
      raw.map((text) => fn.constant(text)),
    );
    fn.callBuiltin(cooked, "%template", [cooked, texts]);
    fn.emit("STORE_GLOBAL", name, cooked);
  });
}

/** An object with a getter for each export, since variables change. */
function makeNamespace(fn: FunctionCode, name: string, members: readonly NamespaceMember[]): void {
  fn.scoped(() => {
    const object = fn.register();
    fn.emit("OBJECT_INIT", object, []);
    for (const { key, imported } of members) {
      if (imported.kind !== "variable") continue;
      const getter = new FunctionCode(fn.module, fn.info, fn.module.freshName(`get ${key}`));
      const value = getter.register();
      const { variable, module } = imported;
      if (variable.hold.kind === "literal") getter.load(value, variable.hold.value);
      else if (variable.hold.kind === "function") getter.load(value, fn.functionConstant(variable.known!, module));
      else getter.emit("LOAD_GLOBAL", value, `${module.className}:${variable.name}`);
      getter.emit("RETURN", value);
      fn.module.add(getter);
      fn.scoped(() => {
        const code = fn.constant(functionRef(getter.name, fn.module.className));
        fn.callBuiltin(fn.register(), "%accessor", [object, fn.constant(key), code, fn.constant(Undefined)]);
      });
    }
    fn.emit("STORE_GLOBAL", name, object);
  });
}
