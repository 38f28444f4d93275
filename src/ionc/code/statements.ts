/** Statements: lists of them, declarations, conditions, switch. Loops, jumps and try have files of their own. */
import type {
  AnyNode,
  BlockStatement,
  IfStatement,
  LabeledStatement,
  SwitchStatement,
  ThrowStatement,
  VariableDeclaration,
  VariableDeclarator,
} from "acorn";
import { Undefined } from "../../values/value.ts";
import type { Scope } from "../scopes/model.ts";
import { declareFunctions, makeClosures } from "./closures.ts";
import type { FunctionCode } from "./function-code.ts";
import { named } from "./named.ts";
import { operand } from "./operands.ts";
import { bindPattern } from "./patterns.ts";
import { enterScope, initialise, initialTarget, leaveScope } from "./variables.ts";

/** The statements of a scope, with the functions that they declare. */
export function statements(fn: FunctionCode, scope: Scope, list: readonly AnyNode[]): void {
  declareFunctions(fn, list);
  let isPending = scope.functions.length > 0;
  for (const statement of list) {
    if (isPending && statement.start >= scope.closuresAt) {
      makeClosures(fn, scope);
      isPending = false;
    }
    fn.statement(statement);
  }
}

export function block(fn: FunctionCode, node: BlockStatement): void {
  inScope(fn, node, (scope) => statements(fn, scope, node.body));
}

/** Runs inside of the scope of a node. */
export function inScope(fn: FunctionCode, node: AnyNode, run: (scope: Scope) => void): void {
  const scope = fn.module.scopes.scopeOf.get(node)!;
  fn.scoped(() => {
    enterScope(fn, scope);
    run(scope);
    leaveScope(fn, scope);
  });
}

export function variableDeclaration(fn: FunctionCode, node: VariableDeclaration): void {
  for (const declarator of node.declarations) fn.scoped(() => declare(fn, declarator, node.kind === "var"));
}

function declare(fn: FunctionCode, { id, init }: VariableDeclarator, isVar: boolean): void {
  if (id.type !== "Identifier") {
    // The initialiser of a pattern is always there, but in the head of for-of.
    if (init) bindPattern(fn, id, operand(fn, init, [id]), init);
    return;
  }
  const variable = fn.variableOf(id)!;
  const { hold } = variable;
  if (hold.kind === "literal") return;
  if (hold.kind === "function") {
    // Its code is all there is of it.
    const info = variable.known!;
    info.codeName ??= fn.module.freshName(id.name);
    fn.module.compilers.body(fn.module, info);
    return;
  }
  if (!init) {
    if (!isVar) initialise(fn, variable, fn.constant(Undefined));
    return;
  }
  fn.at(id);
  // A var may be looked at while its value is computed, by a handler for example.
  const target = isVar && variable.initialised < 0 ? null : initialTarget(fn, variable);
  if (target !== null) {
    named(fn, init, id.name, target);
    return;
  }
  const value = fn.register();
  named(fn, init, id.name, value);
  initialise(fn, variable, value);
}

export function ifStatement(fn: FunctionCode, { test, consequent, alternate }: IfStatement): void {
  const otherwise = fn.label();
  fn.branch(test, otherwise, false);
  fn.statement(consequent);
  if (!alternate) {
    fn.mark(otherwise);
    return;
  }
  const end = fn.label();
  fn.emit("JUMP", end);
  fn.mark(otherwise);
  fn.statement(alternate);
  fn.mark(end);
}

export function throwStatement(fn: FunctionCode, node: ThrowStatement): void {
  fn.scoped(() => {
    const value = operand(fn, node.argument);
    fn.at(node);
    fn.emit("THROW", value);
  });
}

/** A label belongs to the loop behind it; any other statement it makes one that `break` can leave. */
export function labeled(fn: FunctionCode, { label, body }: LabeledStatement): void {
  fn.pendingLabels.push(label.name);
  if (body.type === "LabeledStatement" || isLoop(body)) {
    fn.statement(body);
    return;
  }
  const labels = fn.pendingLabels;
  fn.pendingLabels = [];
  const end = fn.label();
  fn.controls.push({ kind: "target", labels, isBreakable: false, breakTo: end, continueTo: null });
  fn.statement(body);
  fn.controls.pop();
  fn.mark(end);
}

function isLoop({ type }: AnyNode): boolean {
  return /^(For|While|DoWhile)/.test(type);
}

export function switchStatement(fn: FunctionCode, node: SwitchStatement): void {
  const labels = fn.pendingLabels;
  fn.pendingLabels = [];
  fn.scoped(() => {
    const value = operand(fn, node.discriminant, [{ start: node.discriminant.end, end: node.end }]);
    inScope(fn, node, (scope) => {
      const end = fn.label();
      const places = node.cases.map(() => fn.label());
      for (const { consequent } of node.cases) declareFunctions(fn, consequent);
      makeClosures(fn, scope);
      node.cases.forEach(({ test }, i) => {
        if (!test) return;
        fn.scoped(() => {
          const isEqual = fn.register();
          const other = operand(fn, test);
          fn.emit("JS_EQUAL", isEqual, value, other);
          fn.emit("JUMP_IF_TRUE", isEqual, places[i]);
        });
      });
      const standard = node.cases.findIndex(({ test }) => !test);
      fn.emit("JUMP", standard < 0 ? end : places[standard]);
      fn.controls.push({ kind: "target", labels, isBreakable: true, breakTo: end, continueTo: null });
      node.cases.forEach(({ consequent }, i) => {
        fn.mark(places[i]);
        for (const statement of consequent) fn.statement(statement);
      });
      fn.controls.pop();
      fn.mark(end);
    });
  });
}
