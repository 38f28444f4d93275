/** Assignments: plain ones, with an operator, with a condition; `++` and `--`. */
import type { AssignmentExpression, Expression, Identifier, MemberExpression, Pattern, UpdateExpression } from "acorn";
import type { Variable } from "../scopes/model.ts";
import { applyBinary, skipAssigned } from "./expressions.ts";
import type { FunctionCode } from "./function-code.ts";
import { keyOperand, requirePrivate, superThis } from "./members.ts";
import { named } from "./named.ts";
import { operand } from "./operands.ts";
import { assignPattern } from "./patterns.ts";
import { put, reference } from "./references.ts";
import { superHome } from "./super.ts";
import { readVariable, registerOf } from "./variables.ts";

/** Is the register of the result written once, at the end, however the expression ends? */
export function isWrittenLast(node: Expression): boolean {
  switch (node.type) {
    case "Literal":
    case "Identifier":
    case "ThisExpression":
    case "BinaryExpression":
    case "MemberExpression":
    case "CallExpression":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "TemplateLiteral":
      return true;
    case "UnaryExpression":
      return node.operator !== "void" && node.operator !== "delete";
    case "ArrayExpression":
      return node.elements.every((one) => one?.type !== "SpreadElement");
    case "ConditionalExpression":
      return isWrittenLast(node.consequent) && isWrittenLast(node.alternate);
    default:
      return false;
  }
}

export function assignment(fn: FunctionCode, node: AssignmentExpression, target: number): void {
  fn.scoped(() => {
    const value = assigned(fn, node);
    if (value !== target) fn.emit("MOVE", target, value);
  });
}

export function assignmentEffect(fn: FunctionCode, node: AssignmentExpression): void {
  fn.scoped(() => void assigned(fn, node));
}

/** Carries an assignment out; the register of its value. */
function assigned(fn: FunctionCode, node: AssignmentExpression): number {
  const { operator, left } = node;
  const isLogical = operator === "&&=" || operator === "||=" || operator === "??=";
  switch (left.type) {
    case "Identifier":
      if (operator === "=") return assignName(fn, left, node.right);
      return isLogical ? assignNameIf(fn, node, left) : assignNameWith(fn, node, left);
    case "MemberExpression":
      return assignMember(fn, node, left, isLogical);
    default: {
      const value = operand(fn, node.right, [left]);
      assignPattern(fn, left as Pattern, value, node.right);
      return value;
    }
  }
}

function assignName(fn: FunctionCode, left: Identifier, right: Expression): number {
  const variable = fn.variableOf(left);
  const register = variable === undefined ? null : ownRegister(fn, variable, left);
  if (register !== null && isWrittenLast(right)) {
    named(fn, right, left.name, register);
    return register;
  }
  const value = fn.register();
  named(fn, right, left.name, value);
  put(fn, left, value);
  return value;
}

/** The register of a variable that may be assigned there. */
function ownRegister(fn: FunctionCode, variable: Variable, node: Identifier): number | null {
  return variable.kind === "const" || variable.scope.kind === "name" ? null : registerOf(fn, variable, node);
}

function assignNameWith(fn: FunctionCode, node: AssignmentExpression, left: Identifier): number {
  const { operator, right } = node;
  const a = operand(fn, left, [right]);
  const b = operand(fn, right);
  const variable = fn.variableOf(left);
  const register = variable === undefined ? null : ownRegister(fn, variable, left);
  const result = register ?? fn.register();
  fn.at(node);
  applyBinary(fn, operator.slice(0, -1), result, a, b);
  if (register === null) put(fn, left, result);
  return result;
}

function assignNameIf(fn: FunctionCode, { operator, right }: AssignmentExpression, left: Identifier): number {
  const result = fn.register();
  const end = fn.label();
  fn.into(left, result);
  skipAssigned(fn, operator, result, end);
  named(fn, right, left.name, result);
  put(fn, left, result);
  fn.mark(end);
  return result;
}

function assignMember(
  fn: FunctionCode,
  node: AssignmentExpression,
  left: MemberExpression,
  isLogical: boolean,
): number {
  const { operator, right } = node;
  if (left.object.type === "Super" && operator === "=") return assignSuper(fn, left, right);
  const { object, key } = reference(fn, left, [right]);
  if (operator === "=") {
    const value = operand(fn, right);
    requirePrivate(fn, left, object, false);
    fn.at(left.property);
    fn.emit("JS_SET", object, key, value);
    return value;
  }
  const value = fn.register();
  fn.at(left.property);
  fn.emit("JS_GET", value, object, key);
  if (isLogical) {
    const end = fn.label();
    skipAssigned(fn, operator, value, end);
    fn.into(right, value);
    fn.at(left.property);
    fn.emit("JS_SET", object, key, value);
    fn.mark(end);
    return value;
  }
  const b = operand(fn, right);
  fn.at(node);
  applyBinary(fn, operator.slice(0, -1), value, value, b);
  fn.at(left.property);
  fn.emit("JS_SET", object, key, value);
  return value;
}

function assignSuper(fn: FunctionCode, left: MemberExpression, right: Expression): number {
  const home = fn.register();
  superHome(fn, left.object, home);
  const key = keyOperand(fn, left, [right]);
  const value = operand(fn, right);
  const self = superThis(fn, left);
  fn.at(left.property);
  fn.callBuiltin(fn.register(), "%superSet", [home, key, value, self]);
  return value;
}

// ---- ++ and -- ----

export function update(fn: FunctionCode, node: UpdateExpression, target: number): void {
  fn.scoped(() => {
    const { argument, prefix, operator } = node;
    if (argument.type === "MemberExpression") return updateMember(fn, node, argument, target);
    const left = argument as Identifier;
    const variable = fn.variableOf(left);
    const register = variable === undefined ? null : ownRegister(fn, variable, left);
    const isNumber = fn.module.types.of(left) === "number";
    fn.at(node);
    if (register === null) {
      const before = fn.register();
      readForUpdate(fn, left, before);
      const after = fn.register();
      if (!prefix) fn.emit("JS_NUMBER", before, before);
      step(fn, operator, after, before, !prefix);
      put(fn, left, after);
      if (target !== (prefix ? after : before)) fn.emit("MOVE", target, prefix ? after : before);
      return;
    }
    if (prefix) {
      step(fn, operator, register, register, isNumber);
      if (target !== register) fn.emit("MOVE", target, register);
      return;
    }
    const before = target === register ? fn.register() : target;
    if (isNumber) fn.emit("MOVE", before, register);
    else fn.emit("JS_NUMBER", before, register);
    step(fn, operator, register, before, true);
    if (before !== target) fn.emit("MOVE", target, before);
  });
}

function readForUpdate(fn: FunctionCode, left: Identifier, target: number): void {
  const variable = fn.variableOf(left);
  if (variable === undefined) {
    fn.into(left, target);
    return;
  }
  readVariable(fn, variable, left, target);
}

/** `++` and `--` where nobody looks at the value. */
export function updateEffect(fn: FunctionCode, node: UpdateExpression): void {
  fn.scoped(() => {
    const { argument, operator } = node;
    if (argument.type === "Identifier") {
      const variable = fn.variableOf(argument);
      const register = variable === undefined ? null : ownRegister(fn, variable, argument);
      if (register !== null) {
        fn.at(node);
        return step(fn, operator, register, register, fn.module.types.of(argument) === "number");
      }
      const value = fn.register();
      fn.at(node);
      readForUpdate(fn, argument, value);
      step(fn, operator, value, value, false);
      return put(fn, argument, value);
    }
    updateMember(fn, { ...node, prefix: true }, argument as MemberExpression, null);
  });
}

function updateMember(fn: FunctionCode, node: UpdateExpression, left: MemberExpression, target: number | null): void {
  const { object, key } = reference(fn, left, []);
  const value = fn.register();
  fn.at(left.property);
  fn.emit("JS_GET", value, object, key);
  fn.at(node);
  if (!node.prefix) {
    fn.emit("JS_NUMBER", value, value);
    const after = fn.register();
    step(fn, node.operator, after, value, true);
    fn.emit("JS_SET", object, key, after);
  } else {
    step(fn, node.operator, value, value, false);
    fn.emit("JS_SET", object, key, value);
  }
  if (target !== null) fn.emit("MOVE", target, value);
}

/** One more or less. JS_ADD would put texts together, so what may be no number has minus one subtracted. */
function step(fn: FunctionCode, operator: string, target: number, from: number, isNumber: boolean): void {
  if (operator === "--") fn.emit("JS_SUB", target, from, fn.constant(1));
  else if (isNumber) fn.emit("JS_ADD", target, from, fn.constant(1));
  else fn.emit("JS_SUB", target, from, fn.constant(-1));
}
