/** Names that nobody has declared: built-ins of the language, or of nothing. */
import type { AnyNode, Expression, Identifier } from "acorn";
import { nearest } from "../../bytecode/nearest.ts";
import { CONSTANTS, SYMBOLS } from "../../js/constants.ts";
import { atom } from "../../values/atom.ts";
import { Undefined, type Value } from "../../values/value.ts";
import type { FunctionCode } from "./function-code.ts";

/** What hosts such as Node and browsers have, with what there is here. */
const HOST_NAMES: Readonly<Record<string, string>> = {
  require: 'write import … from "…"',
  module: "write export",
  exports: "write export",
  process: 'import what you need from "ion:process": args, halt, …',
  setTimeout: 'use sendAfter or sleep from "ion:process"',
  setInterval: 'use sendAfter from "ion:process"',
  setImmediate: "spawn a process, or just go on",
  clearTimeout: 'use cancelTimer from "ion:process"',
  clearInterval: 'use cancelTimer from "ion:process"',
  queueMicrotask: "spawn a process, or just go on",
  Promise: "a process waits without stopping the others: call functions as they are",
  window: "there is no browser",
  document: "there is no browser",
  globalThis: "globals are named as they are",
  global: "globals are named as they are",
  WeakRef: "keep the object, or its key",
  FinalizationRegistry: "a process that watches another gets a message when it ends: monitor",
};

/** The path that a name, or members of a name, say: `Math.floor`; null if it is not one, or the name is declared. */
function pathOf(fn: FunctionCode, node: AnyNode): string | null {
  if (node.type === "Identifier") return fn.variableOf(node) === undefined ? node.name : null;
  if (node.type !== "MemberExpression" || node.optional || node.object.type === "Super") return null;
  const { property } = node;
  if (property.type === "PrivateIdentifier") return null;
  const object = pathOf(fn, node.object);
  if (object === null) return null;
  if (!node.computed) return `${object}.${(property as Identifier).name}`;
  return property.type === "Literal" && typeof property.value === "string" ? `${object}.${property.value}` : null;
}

/** The name of the built-in that an expression is; null if it is none. */
export function builtinName(fn: FunctionCode, node: Expression): string | null {
  const path = pathOf(fn, node);
  if (path === null || path.startsWith("%")) return null;
  if (fn.module.intrinsics && path.startsWith("_") && fn.module.builtins.has(`%${path.slice(1)}`)) {
    return `%${path.slice(1)}`;
  }
  return fn.module.builtins.has(path) && !path.startsWith("%") ? path : null;
}

/** A built-in as an operand of LOAD_CONST; null if the expression is none. */
export function builtinConstant(fn: FunctionCode, node: Expression): { readonly value: Value } | null {
  const path = pathOf(fn, node);
  if (path === null) return null;
  if (path === "undefined") return { value: Undefined };
  const symbol = SYMBOLS.get(path);
  if (symbol !== undefined) return { value: symbol };
  if (path === "Symbol" && !fn.module.intrinsics) {
    fn.error(node, "symbol");
    return { value: Undefined };
  }
  const number = CONSTANTS.get(path);
  if (number !== undefined) return { value: number };
  if (path.startsWith("Symbol.") && path !== "Symbol.prototype") fn.error(node, "symbol");
  const name = builtinName(fn, node);
  return name === null ? null : { value: atom(`__js:${name}`) };
}

/** Tells of a name that nobody has declared; running into it raises a ReferenceError. */
export function undeclared(fn: FunctionCode, node: Identifier): void {
  const { name } = node;
  if (name === "eval") {
    fn.error(node, "eval");
    return;
  }
  if (name === "Proxy") {
    fn.error(node, "proxy");
    return;
  }
  if (name === "BigInt") {
    fn.error(node, "bigint", "numbers");
    return;
  }
  if (name === "Function") {
    fn.error(node, "functionConstructor");
    return;
  }
  if (Object.hasOwn(HOST_NAMES, name)) {
    fn.error(node, "nodeGlobal", name, HOST_NAMES[name]);
    return;
  }
  const near = nearest(name, [...fn.module.scopes.top.variables.keys()]);
  fn.warn(node, "undeclared", name, near === undefined ? "" : ` (did you mean ${near}?)`);
  fn.raise("ReferenceError", `${name} is not defined`);
}
