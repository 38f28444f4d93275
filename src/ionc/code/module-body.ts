/** The code of a module itself: what runs once, in the order of the text. */
import type { ExportDefaultDeclaration, ExportNamedDeclaration, Expression } from "acorn";
import { functionRef } from "../../bytecode/builder.ts";
import { Undefined } from "../../values/value.ts";
import type { FunctionInfo } from "../scopes/model.ts";
import { FunctionCode, type Imported, type ModuleCode } from "./function-code.ts";
import { named } from "./named.ts";
import { statements } from "./statements.ts";
import { enterScope, initialise, loadThis } from "./variables.ts";

/** The function that runs an entry, and the one that runs every other module. */
export const ENTRY_FUNCTION = "main";
export const MODULE_FUNCTION = "init";

/** What a module needs before its own code runs. */
export interface Prelude {
  readonly templates: readonly Template[];
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
 * @param others the classes of the modules that run before, for an entry
 * @param preludeOf is asked when the code is complete
 */
export function moduleBody(
  module: ModuleCode,
  info: FunctionInfo,
  others: readonly string[],
  preludeOf: () => Prelude,
): void {
  const fn = new FunctionCode(module, info, info.codeName!);
  // Errors are Error objects in classes that have instructions of JavaScript: this one may have no other.
  fn.scoped(() => {
    const none = fn.constant(Undefined);
    fn.emit("JS_NULLISH", fn.register(), none);
  });
  const prelude = fn.placeholder();
  for (const other of others) {
    fn.scoped(() => {
      const code = fn.register();
      fn.load(code, functionRef(MODULE_FUNCTION, other));
      fn.emit("CALL", code, code, []);
    });
  }
  loadThis(fn);
  const { top, program } = module.scopes;
  enterScope(fn, top);
  statements(fn, top, program.body.map(withoutExport));
  fn.emit("RETURN", fn.constant(Undefined));
  const { taken } = fn;
  prelude(() => {
    const { templates, namespaces } = preludeOf();
    for (const one of templates) makeTemplate(fn, one);
    for (const { name, members } of namespaces) makeNamespace(fn, name, members);
  });
  fn.release(taken);
  module.add(fn);
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
