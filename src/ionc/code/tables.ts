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
import { initialise } from "./variables.ts";
import { yieldExpression } from "./yields.ts";

function into(fn: FunctionCode, node: Expression, target: number): void {
  switch (node.type) {
    case "Literal":
      literal(fn, node, target);
      return;
    case "Identifier":
      identifier(fn, node, target);
      return;
    case "ThisExpression":
      thisExpression(fn, node, target);
      return;
    case "ArrayExpression":
      arrayLiteral(fn, node, target);
      return;
    case "ObjectExpression":
      objectLiteral(fn, node, target);
      return;
    case "FunctionExpression":
      closure(fn, node, node.id?.name ?? "", target);
      return;
    case "ArrowFunctionExpression":
      closure(fn, node, "", target);
      return;
    case "ClassExpression":
      classInto(fn, node, node.id?.name ?? "", target);
      return;
    case "UnaryExpression":
      unary(fn, node, target);
      return;
    case "UpdateExpression":
      update(fn, node, target);
      return;
    case "BinaryExpression":
      binary(fn, node, target);
      return;
    case "LogicalExpression":
      logical(fn, node, target);
      return;
    case "ConditionalExpression":
      conditional(fn, node, target);
      return;
    case "AssignmentExpression":
      assignment(fn, node, target);
      return;
    case "MemberExpression":
      member(fn, node, target);
      return;
    case "CallExpression":
      call(fn, node, target);
      return;
    case "NewExpression":
      construct(fn, node, target);
      return;
    case "SequenceExpression":
      sequence(fn, node, target);
      return;
    case "TemplateLiteral":
      template(fn, node, target);
      return;
    case "TaggedTemplateExpression":
      taggedTemplate(fn, node, target);
      return;
    case "ChainExpression":
      chain(fn, node, target);
      return;
    case "YieldExpression":
      yieldExpression(fn, node, target);
      return;
    case "MetaProperty":
      newTarget(fn, node, target);
      return;
    case "ParenthesizedExpression":
      fn.into(node.expression, target);
      return;
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
      assignmentEffect(fn, node as AssignmentExpression);
      return;
    case "UpdateExpression":
      updateEffect(fn, node as UpdateExpression);
      return;
    case "SequenceExpression":
      for (const one of node.expressions) fn.effect(one);
      return;
    case "LogicalExpression":
      if (node.operator === "??") break;
      effectIf(fn, node.left, node.operator === "&&", node.right);
      return;
    case "ConditionalExpression": {
      const otherwise = fn.label();
      const end = fn.label();
      fn.branch(node.test, otherwise, false);
      fn.effect(node.consequent);
      fn.emit("JUMP", end);
      fn.mark(otherwise);
      fn.effect(node.alternate);
      fn.mark(end);
      return;
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
      fn.effect(node.expression);
      return;
    case "VariableDeclaration":
      variableDeclaration(fn, node);
      return;
    case "BlockStatement":
      block(fn, node);
      return;
    case "StaticBlock":
      inScope(fn, node, (scope) => statements(fn, scope, node.body));
      return;
    case "IfStatement":
      ifStatement(fn, node);
      return;
    case "ForStatement":
      forStatement(fn, node);
      return;
    case "ForInStatement":
      forInStatement(fn, node);
      return;
    case "ForOfStatement":
      forOfStatement(fn, node);
      return;
    case "WhileStatement":
      whileStatement(fn, node);
      return;
    case "DoWhileStatement":
      doWhileStatement(fn, node);
      return;
    case "ReturnStatement":
      returnStatement(fn, node);
      return;
    case "BreakStatement":
      breakStatement(fn, node);
      return;
    case "ContinueStatement":
      continueStatement(fn, node);
      return;
    case "ThrowStatement":
      throwStatement(fn, node);
      return;
    case "TryStatement":
      tryStatement(fn, node);
      return;
    case "SwitchStatement":
      switchStatement(fn, node);
      return;
    case "LabeledStatement":
      labeled(fn, node);
      return;
    case "ClassDeclaration":
      classStatement(fn, node);
      return;
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
      exportStatement(fn, node);
      return;
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
      constructorBody(module, info);
      return;
    case "initialiser":
      initialiserBody(module, info);
      return;
    default:
      functionBody(module, info);
      return;
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
