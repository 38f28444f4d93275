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

/** What must have run before a module. */
export interface Before {
  /** Null: this one. */
  readonly pack: string | null;
  /** Null: those classes of the pack that are used. */
  readonly className: string | null;
  /** Where it is imported, as an index into the source; null: nowhere. */
  readonly at: number | null;
}

/** What a module needs before its own code runs. */
export interface Prelude {
  readonly templates: readonly Template[];
  /** The classes of another pack that are used. */
  classesOf(pack: string): readonly string[];
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

/**
 * The function that runs a module: `main` of an entry, which always does, else MODULE_FUNCTION, which does once in a process and
 * those that it spawns.
 * @param preludeOf is asked when the code is complete
 */
export function moduleBody(
  module: ModuleCode,
  info: FunctionInfo,
  befores: readonly Before[],
  preludeOf: () => Prelude,
): void {
  const fn = new FunctionCode(module, info, info.codeName!);
  const isEntry = fn.name === ENTRY_FUNCTION;
  // Errors are Error objects in classes that have instructions of JavaScript: this one may have no other.
  fn.scoped(() => {
    const none = fn.constant(Undefined);
    fn.emit("JS_NULLISH", fn.register(), none);
  });
  if (!isEntry) runOnce(fn);
  else if (module.inCycle) noteThatItRuns(fn);
  const prelude = fn.placeholder();
  const places = befores.map((before) => ({ before, place: fn.placeholder() }));
  loadThis(fn);
  const { top, program } = module.scopes;
  enterScope(fn, top);
  statements(fn, top, program.body.map(withoutExport));
  fn.emit("RETURN", fn.constant(Undefined));
  const { taken } = fn;
  prelude(() => {
    const { templates, namespaces, classesOf } = preludeOf();
    for (const { before, place } of places) {
      const { pack, className, at } = before;
      const classes = className === null ? classesOf(pack!) : [className];
      place(() => {
        fn.position = at === null ? null : module.source.position(at);
        for (const one of classes) runBefore(fn, pack, one);
      });
    }
    fn.position = null;
    for (const one of templates) makeTemplate(fn, one);
    for (const { name, members } of namespaces) makeNamespace(fn, name, members);
  });
  fn.release(taken);
  module.add(fn);
  if (isEntry) module.add(entryAsModule(module, info));
}

/** Runs an entry for those that import it. */
function entryAsModule(module: ModuleCode, info: FunctionInfo): FunctionCode {
  const fn = new FunctionCode(module, info, MODULE_FUNCTION);
  runOnce(fn);
  const code = fn.constant(functionRef(ENTRY_FUNCTION, module.className));
  fn.emit("CALL", code, code, []);
  fn.emit("RETURN", code);
  return fn;
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
  noteThatItRuns(fn);
}

function noteThatItRuns(fn: FunctionCode): void {
  fn.scoped(() => fn.emit("STORE_GLOBAL", RAN, fn.constant(true)));
}

function runBefore(fn: FunctionCode, pack: string | null, className: string): void {
  fn.scoped(() => {
    const code = fn.register();
    const done = fn.label();
    if (pack === null) fn.load(code, functionRef(MODULE_FUNCTION, className));
    else {
      // Not all classes of packs are modules.
      fn.load(code, moduleRef(pack, className));
      const isNone = fn.register();
      fn.emit("JS_NULLISH", isNone, code);
      fn.emit("JUMP_IF_TRUE", isNone, done);
    }
    fn.emit("CALL", code, code, []);
    fn.mark(done);
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
