/** Which function compiles which node. */
import type { AnyNode, AssignmentExpression, Expression, UpdateExpression } from "acorn";
import type { FunctionInfo } from "../scopes/model.ts";
import { arrayLiteral } from "./arrays.ts";
import { assignment, assignmentEffect, update, updateEffect } from "./assignments.ts";
import { call, construct, taggedTemplate } from "./calls.ts";
import { classInto, constructorBody, initialiserBody } from "./classes.ts";
import { closure } from "./closures.ts";
import { branch } from "./conditions.ts";
import {
  binary,
  conditional,
  identifier,
  literal,
  logical,
  newTarget,
  sequence,
  template,
  thisExpression,
  unary,
} from "./expressions.ts";
import type { Compilers, FunctionCode, ModuleCode } from "./function-code.ts";
import { functionBody } from "./functions.ts";
import { breakStatement, continueStatement, returnStatement } from "./jumps.ts";
import { doWhileStatement, forInStatement, forOfStatement, forStatement, whileStatement } from "./loops.ts";
import { chain, member } from "./members.ts";
import { exportStatement } from "./module-body.ts";
import { objectLiteral } from "./objects.ts";
import { processValue } from "./processes.ts";
import { selectiveReceive } from "./receive.ts";
import {
  block,
  ifStatement,
  inScope,
  labeled,
  statements,
  switchStatement,
  throwStatement,
  variableDeclaration,
} from "./statements.ts";
import { tryStatement } from "./tries.ts";
import { yieldExpression } from "./yields.ts";
import { initialise } from "./variables.ts";

function into(fn: FunctionCode, node: Expression, target: number): void {
  switch (node.type) {
    case "Literal":
      return literal(fn, node, target);
    case "Identifier":
      return identifier(fn, node, target);
    case "ThisExpression":
      return thisExpression(fn, node, target);
    case "ArrayExpression":
      return arrayLiteral(fn, node, target);
    case "ObjectExpression":
      return objectLiteral(fn, node, target);
    case "FunctionExpression":
      return closure(fn, node, node.id?.name ?? "", target);
    case "ArrowFunctionExpression":
      return closure(fn, node, "", target);
    case "ClassExpression":
      return classInto(fn, node, node.id?.name ?? "", target);
    case "UnaryExpression":
      return unary(fn, node, target);
    case "UpdateExpression":
      return update(fn, node, target);
    case "BinaryExpression":
      return binary(fn, node, target);
    case "LogicalExpression":
      return logical(fn, node, target);
    case "ConditionalExpression":
      return conditional(fn, node, target);
    case "AssignmentExpression":
      return assignment(fn, node, target);
    case "MemberExpression":
      return member(fn, node, target);
    case "CallExpression":
      return call(fn, node, target);
    case "NewExpression":
      return construct(fn, node, target);
    case "SequenceExpression":
      return sequence(fn, node, target);
    case "TemplateLiteral":
      return template(fn, node, target);
    case "TaggedTemplateExpression":
      return taggedTemplate(fn, node, target);
    case "ChainExpression":
      return chain(fn, node, target);
    case "YieldExpression":
      return yieldExpression(fn, node, target);
    case "MetaProperty":
      return newTarget(fn, node, target);
    case "ParenthesizedExpression":
      return fn.into(node.expression, target);
    default:
    // All others were refused.
  }
}

/** Evaluates an expression whose value nobody looks at. */
function effect(fn: FunctionCode, node: Expression): void {
  switch (node.type) {
    case "Literal":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      if (node.type === "Literal" || !("id" in node)) return;
      break;
    case "AssignmentExpression":
      return assignmentEffect(fn, node as AssignmentExpression);
    case "UpdateExpression":
      return updateEffect(fn, node as UpdateExpression);
    case "SequenceExpression":
      for (const one of node.expressions) fn.effect(one);
      return;
    case "LogicalExpression":
      if (node.operator === "??") break;
      return effectIf(fn, node.left, node.operator === "&&", node.right);
    case "ConditionalExpression": {
      const otherwise = fn.label();
      const end = fn.label();
      fn.branch(node.test, otherwise, false);
      fn.effect(node.consequent);
      fn.emit("JUMP", end);
      fn.mark(otherwise);
      fn.effect(node.alternate);
      return fn.mark(end);
    }
    default:
  }
  fn.scoped(() => void fn.temporary(node));
}

function effectIf(fn: FunctionCode, test: Expression, when: boolean, node: Expression): void {
  const end = fn.label();
  fn.branch(test, end, !when);
  fn.effect(node);
  fn.mark(end);
}

function statement(fn: FunctionCode, node: AnyNode): void {
  switch (node.type) {
    case "ExpressionStatement":
      return fn.effect(node.expression);
    case "VariableDeclaration":
      return variableDeclaration(fn, node);
    case "BlockStatement":
      return block(fn, node);
    case "StaticBlock":
      return inScope(fn, node, (scope) => statements(fn, scope, node.body));
    case "IfStatement":
      return ifStatement(fn, node);
    case "ForStatement":
      return forStatement(fn, node);
    case "ForInStatement":
      return forInStatement(fn, node);
    case "ForOfStatement":
      return forOfStatement(fn, node);
    case "WhileStatement":
      return whileStatement(fn, node);
    case "DoWhileStatement":
      return doWhileStatement(fn, node);
    case "ReturnStatement":
      return returnStatement(fn, node);
    case "BreakStatement":
      return breakStatement(fn, node);
    case "ContinueStatement":
      return continueStatement(fn, node);
    case "ThrowStatement":
      return throwStatement(fn, node);
    case "TryStatement":
      return tryStatement(fn, node);
    case "SwitchStatement":
      return switchStatement(fn, node);
    case "LabeledStatement":
      return labeled(fn, node);
    case "ClassDeclaration":
      return classStatement(fn, node);
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
      return exportStatement(fn, node);
    default:
    // Functions are declared with their scope; imports, empty and debugger statements do nothing.
  }
}

function classStatement(fn: FunctionCode, node: Extract<AnyNode, { type: "ClassDeclaration" }>): void {
  fn.scoped(() => {
    const made = fn.register();
    classInto(fn, node, node.id?.name ?? "default", made);
    const variable = node.id ? null : fn.module.scopes.top.variables.get("default");
    if (variable) initialise(fn, variable, made);
  });
}

function body(module: ModuleCode, info: FunctionInfo): void {
  if (!module.begin(info)) return;
  switch (info.kind) {
    case "constructor":
    case "derived":
      return constructorBody(module, info);
    case "initialiser":
      return initialiserBody(module, info);
    default:
      return functionBody(module, info);
  }
}

export const COMPILERS: Compilers = {
  into,
  effect,
  branch,
  statement,
  body,
  closure,
  class: classInto,
  processValue,
  selectiveReceive,
};
