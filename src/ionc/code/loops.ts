/** Loops. */
import type {
  DoWhileStatement,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  Pattern,
  Statement,
  VariableDeclaration,
  WhileStatement,
} from "acorn";
import type { Label } from "../../bytecode/builder.ts";
import type { Scope, Variable } from "../scopes/model.ts";
import type { FunctionCode } from "./function-code.ts";
import { operand, shownText } from "./operands.ts";
import { assignPattern, bindPattern } from "./patterns.ts";
import { openTry } from "./resumption.ts";
import { inScope, variableDeclaration } from "./statements.ts";
import { initialise, initialTarget } from "./variables.ts";
import { refuseResult } from "./yields.ts";

function takeLabels(fn: FunctionCode): string[] {
  const labels = fn.pendingLabels;
  fn.pendingLabels = [];
  return labels;
}

/** The body of a loop, which `break` and `continue` leave. */
function body(fn: FunctionCode, labels: readonly string[], node: Statement, breakTo: Label, continueTo: Label): void {
  fn.controls.push({ kind: "target", labels, isBreakable: true, breakTo, continueTo });
  fn.statement(node);
  fn.controls.pop();
}

export function whileStatement(fn: FunctionCode, node: WhileStatement): void {
  const labels = takeLabels(fn);
  fn.loop(() => {
    const head = fn.label();
    const end = fn.label();
    fn.mark(head);
    fn.branch(node.test, end, false);
    body(fn, labels, node.body, end, head);
    fn.emit("JUMP", head);
    fn.mark(end);
  });
}

export function doWhileStatement(fn: FunctionCode, node: DoWhileStatement): void {
  const labels = takeLabels(fn);
  fn.loop(() => {
    const head = fn.label();
    const test = fn.label();
    const end = fn.label();
    fn.mark(head);
    body(fn, labels, node.body, end, test);
    fn.mark(test);
    fn.branch(node.test, head, true);
    fn.mark(end);
  });
}

export function forStatement(fn: FunctionCode, node: ForStatement): void {
  const labels = takeLabels(fn);
  inScope(fn, node, (scope) => {
    if (node.init?.type === "VariableDeclaration") variableDeclaration(fn, node.init);
    else if (node.init) fn.effect(node.init);
    const fresh = freshEachRound(scope);
    fn.loop(() => {
      const head = fn.label();
      const next = fn.label();
      const end = fn.label();
      fn.mark(head);
      if (node.test) fn.branch(node.test, end, false);
      body(fn, labels, node.body, end, next);
      fn.mark(next);
      for (const variable of fresh) copyCell(fn, variable);
      if (node.update) fn.effect(node.update);
      fn.emit("JUMP", head);
      fn.mark(end);
    });
  });
}

/** Variables of the head that closures share: each round has its own. */
function freshEachRound(scope: Scope): Variable[] {
  return [...scope.variables.values()].filter(({ hold, kind }) => hold.kind === "cell" && kind === "let");
}

function copyCell(fn: FunctionCode, variable: Variable): void {
  fn.scoped(() => {
    const cell = fn.registers.get(variable)!;
    const value = fn.register();
    fn.emit("LOAD_CELL", value, cell, variable.name);
    fn.emit("OBJECT_INIT", cell, [{ key: "v", from: { register: value }, attributes: null }]);
  });
}

/** Gives the next value to what stands in front of `of` or `in`. */
function bindHead(fn: FunctionCode, left: VariableDeclaration | Pattern, read: (target: number) => void): void {
  fn.scoped(() => {
    if (left.type !== "VariableDeclaration") {
      const value = fn.register();
      read(value);
      return assignPattern(fn, left, value);
    }
    const { id } = left.declarations[0];
    const variable = id.type === "Identifier" ? fn.variableOf(id)! : null;
    const direct = variable === null || left.kind === "var" ? null : initialTarget(fn, variable);
    const value = direct ?? fn.register();
    read(value);
    if (variable === null) return bindPattern(fn, id, value);
    if (direct === null) initialise(fn, variable, value);
  });
}

/** The register of the variable in the head, if it is in one. */
function headRegister(fn: FunctionCode, left: VariableDeclaration | Pattern): number | null {
  if (left.type !== "VariableDeclaration" || left.kind === "var") return null;
  const { id } = left.declarations[0];
  return id.type === "Identifier" ? initialTarget(fn, fn.variableOf(id)!) : null;
}

/** Steps through an Array by index, with its length of the moment. */
function indexLoop(
  fn: FunctionCode,
  labels: readonly string[],
  node: ForInStatement | ForOfStatement,
  array: number,
  index: number,
  deletedFrom: number | null = null,
): void {
  fn.load(index, 0);
  fn.loop(() => {
    const head = fn.label();
    const next = fn.label();
    const end = fn.label();
    fn.mark(head);
    exitAtLength(fn, array, index, end);
    inScope(fn, node, () => {
      if (deletedFrom === null) bindHead(fn, node.left, (target) => fn.emit("JS_GET", target, array, index));
      else bindUndeleted(fn, node.left, array, index, deletedFrom, next);
      body(fn, labels, node.body, end, next);
    });
    fn.mark(next);
    fn.emit("JS_ADD", index, index, fn.constant(1));
    fn.emit("JUMP", head);
    fn.mark(end);
  });
}

/** Keys that the body has deleted are left out. */
function bindUndeleted(
  fn: FunctionCode,
  left: ForInStatement["left"],
  keys: number,
  index: number,
  object: number,
  next: Label,
): void {
  fn.scoped(() => {
    const key = fn.register();
    fn.emit("JS_GET", key, keys, index);
    const isThere = fn.register();
    fn.callBuiltin(isThere, "%in", [key, object]);
    fn.emit("JUMP_IF_FALSE", isThere, next);
    bindHead(fn, left, (target) => fn.emit("MOVE", target, key));
  });
}

function exitAtLength(fn: FunctionCode, array: number, index: number, end: Label): void {
  fn.scoped(() => {
    const length = fn.register();
    fn.emit("JS_GET", length, array, fn.key("length"));
    fn.emit("JS_LESS", length, index, length);
    fn.emit("JUMP_IF_FALSE", length, end);
  });
}

export function forInStatement(fn: FunctionCode, node: ForInStatement): void {
  const labels = takeLabels(fn);
  fn.scoped(() => {
    const keys = fn.register();
    const index = fn.register();
    const object = operand(fn, node.right);
    fn.callBuiltin(keys, "%keysIn", [object]);
    const isDeleting = /\bdelete\b/.test(fn.module.source.text.slice(node.body.start, node.body.end));
    indexLoop(fn, labels, node, keys, index, isDeleting ? object : null);
  });
}

/**
 * An Array is stepped through by index; all else by its iterator, which is told when the loop is left early. The body is
 * there once for both.
 */
export function forOfStatement(fn: FunctionCode, node: ForOfStatement): void {
  const labels = takeLabels(fn);
  fn.scoped(() => {
    const iterator = fn.register();
    const isArray = fn.register();
    const index = fn.register();
    if (node.right.type === "ArrayExpression") {
      fn.into(node.right, iterator);
      indexLoop(fn, labels, node, iterator, index);
      return;
    }
    fn.scoped(() => {
      const value = operand(fn, node.right);
      const fast = fn.label();
      fn.at(node.right);
      fn.callBuiltin(isArray, "Array.isArray", [value]);
      if (value !== iterator) fn.emit("MOVE", iterator, value);
      fn.emit("JUMP_IF_TRUE", isArray, fast);
      fn.cold(() => {
        fn.callBuiltin(iterator, "%iterate", [value, fn.constant(shownText(fn, node.right))]);
        fn.callBuiltin(isArray, "Array.isArray", [iterator]);
      });
      fn.mark(fast);
    });
    fn.load(index, 0);
    eachOf(fn, labels, node, { iterator, isArray, index });
  });
}

interface Stepping {
  readonly iterator: number;
  readonly isArray: number;
  readonly index: number;
}

function eachOf(fn: FunctionCode, labels: readonly string[], node: ForOfStatement, stepping: Stepping): void {
  const { iterator } = stepping;
  const end = fn.label();
  const failed = fn.label();
  const error = fn.register();
  fn.loop(() => {
    const head = fn.label();
    fn.mark(head);
    inScope(fn, node, () => {
      const direct = headRegister(fn, node.left);
      const value = direct ?? fn.register();
      nextValue(fn, stepping, value, end);
      const close = openTry(fn, error, failed);
      fn.controls.push({ kind: "iterator", iterator });
      if (direct === null) bindHead(fn, node.left, (target) => fn.emit("MOVE", target, value));
      const next = fn.label();
      const left = fn.label();
      body(fn, labels, node.body, left, next);
      fn.controls.pop();
      close();
      fn.mark(next);
      fn.emit("END_TRY");
      fn.emit("JUMP", head);
      fn.mark(left);
      fn.emit("END_TRY");
      fn.cold(() => fn.callBuiltin(fn.register(), "%close", [iterator]));
      fn.emit("JUMP", end);
    });
  });
  fn.mark(failed);
  // Whatever closing it says, the error goes on.
  fn.scoped(() => fn.callBuiltin(fn.register(), "%closeQuietly", [iterator]));
  fn.emit("THROW", error);
  fn.mark(end);
}

function nextValue(fn: FunctionCode, { iterator, isArray, index }: Stepping, value: number, end: Label): void {
  const byIterator = fn.label();
  const found = fn.label();
  fn.emit("JUMP_IF_FALSE", isArray, byIterator);
  exitAtLength(fn, iterator, index, end);
  fn.emit("JS_GET", value, iterator, index);
  fn.emit("JS_ADD", index, index, fn.constant(1));
  fn.emit("JUMP", found);
  fn.mark(byIterator);
  fn.scoped(() =>
    fn.cold(() => {
      const result = fn.register();
      const done = fn.register();
      fn.emit("JS_CALL_METHOD", result, iterator, "next", []);
      refuseResult(fn, result);
      fn.emit("JS_GET", done, result, fn.key("done"));
      fn.emit("JS_TRUTH", done, done);
      fn.emit("JUMP_IF_TRUE", done, end);
      fn.emit("JS_GET", value, result, fn.key("value"));
    }),
  );
  fn.mark(found);
}
