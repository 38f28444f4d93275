/** Expressions: literals, names, operators. Those with files of their own are found by the table in tables.ts. */
import type {
  AnyNode,
  BinaryExpression,
  ConditionalExpression,
  Expression,
  Identifier,
  Literal,
  LogicalExpression,
  SequenceExpression,
  TemplateLiteral,
  UnaryExpression,
} from "acorn";
import type { Mnemonic } from "../../bytecode/instructions.ts";
import { Undefined } from "../../values/value.ts";
import { builtinConstant, undeclared } from "./builtins.ts";
import type { FunctionCode } from "./function-code.ts";
import { deleteExpression, privateIn } from "./members.ts";
import { constantValue, literalValue, operand } from "./operands.ts";
import { readVariable } from "./variables.ts";

/** The instruction of an operator with two operands. */
export const BINARY = {
  "+": "JS_ADD",
  "-": "JS_SUB",
  "*": "JS_MUL",
  "/": "JS_DIV",
  "%": "JS_MOD",
  "**": "JS_POW",
  "&": "JS_BIT_AND",
  "|": "JS_BIT_OR",
  "^": "JS_BIT_XOR",
  "<<": "JS_SHL",
  ">>": "JS_SHR",
  ">>>": "JS_USHR",
  "<": "JS_LESS",
  "<=": "JS_LESS_EQUAL",
  ">": "JS_GREATER",
  ">=": "JS_GREATER_EQUAL",
  "===": "JS_EQUAL",
  "!==": "JS_NOT_EQUAL",
  "==": "JS_LOOSE_EQUAL",
} as const satisfies Record<string, Mnemonic>;
export type BinaryInstruction = (typeof BINARY)[keyof typeof BINARY];

const UNARY = { "-": "JS_NEG", "~": "JS_BIT_NOT", "+": "JS_NUMBER", "!": "JS_NOT", typeof: "JS_TYPEOF" } as const;

export function literal(fn: FunctionCode, node: Literal, target: number): void {
  if (node.regex === undefined || node.regex === null) {
    fn.load(target, literalValue(node));
    return;
  }
  const { pattern, flags } = node.regex;
  fn.scoped(() => fn.callBuiltin(target, "%regexp", [fn.constant(pattern), fn.constant(flags)]));
}

export function identifier(fn: FunctionCode, node: Identifier, target: number): void {
  const variable = fn.variableOf(node);
  if (variable !== undefined) {
    fn.at(node);
    readVariable(fn, variable, node, target);
    return;
  }
  const constant = builtinConstant(fn, node);
  if (constant !== null) {
    fn.load(target, constant.value);
    return;
  }
  fn.at(node);
  undeclared(fn, node);
}

export function thisExpression(fn: FunctionCode, node: AnyNode, target: number): void {
  const variable = fn.variableOf(node)!;
  if (fn.module.early.has(node)) {
    superFirst(fn);
    return;
  }
  fn.at(node);
  readVariable(fn, variable, node, target);
}

function superFirst(fn: FunctionCode): void {
  const rule =
    "Must call super constructor in derived class before accessing 'this' or returning from derived constructor";
  fn.raise("ReferenceError", rule);
}

/** `new.target`: the class of `this`. */
export function newTarget(fn: FunctionCode, node: AnyNode, target: number): void {
  fn.scoped(() => {
    const self = fn.register();
    thisExpression(fn, node, self);
    const end = fn.label();
    fn.load(target, Undefined);
    const isMissing = fn.register();
    fn.emit("JS_NULLISH", isMissing, self);
    fn.emit("JUMP_IF_TRUE", isMissing, end);
    fn.emit("JS_GET", target, self, fn.key("constructor"));
    fn.mark(end);
  });
}

export function unary(fn: FunctionCode, node: UnaryExpression, target: number): void {
  const { operator, argument } = node;
  const constant = constantValue(fn, node);
  if (constant !== null) {
    fn.load(target, constant.value);
    return;
  }
  switch (operator) {
    case "void":
      fn.effect(argument);
      fn.load(target, Undefined);
      return;
    case "delete":
      deleteExpression(fn, argument, target);
      return;
    case "!":
      negation(fn, node, target);
      return;
    default:
  }
  // `typeof` is the one thing that may be done with a name that nobody has declared.
  if (operator === "typeof" && isUndeclared(fn, argument)) {
    fn.load(target, "undefined");
    return;
  }
  fn.scoped(() => {
    const value = operand(fn, argument);
    fn.at(node);
    fn.emit(UNARY[operator as keyof typeof UNARY], target, value);
  });
}

function isUndeclared(fn: FunctionCode, node: Expression): boolean {
  return node.type === "Identifier" && fn.variableOf(node) === undefined && builtinConstant(fn, node) === null;
}

function negation(fn: FunctionCode, { argument }: UnaryExpression, target: number): void {
  fn.scoped(() => fn.emit("JS_NOT", target, operand(fn, argument)));
}

export function binary(fn: FunctionCode, node: BinaryExpression, target: number): void {
  const { operator, left, right } = node;
  if (left.type === "PrivateIdentifier") {
    privateIn(fn, left, right, target);
    return;
  }
  const constant = constantValue(fn, node);
  if (constant !== null) {
    fn.load(target, constant.value);
    return;
  }
  fn.scoped(() => {
    const a = operand(fn, left, [right]);
    const b = operand(fn, right);
    fn.at(node);
    applyBinary(fn, operator, target, a, b);
  });
}

/** An operator on registers. */
export function applyBinary(fn: FunctionCode, operator: string, target: number, a: number, b: number): void {
  if (operator === "in") {
    fn.callBuiltin(target, "%in", [a, b]);
    return;
  }
  if (operator === "instanceof") {
    fn.callBuiltin(target, "%instanceof", [a, b]);
    return;
  }
  if (operator === "!=") {
    fn.emit("JS_LOOSE_EQUAL", target, a, b);
    fn.emit("JS_NOT", target, target);
    return;
  }
  fn.emit(BINARY[operator as keyof typeof BINARY], target, a, b);
}

export function logical(fn: FunctionCode, { operator, left, right }: LogicalExpression, target: number): void {
  const end = fn.label();
  if (operator === "??") {
    fn.into(left, target);
    skipUnlessNullish(fn, target, end);
  } else {
    fn.into(left, target);
    skip(fn, left, target, end, operator === "||");
  }
  fn.into(right, target);
  fn.mark(end);
}

function skipUnlessNullish(fn: FunctionCode, value: number, end: ReturnType<FunctionCode["label"]>): void {
  fn.scoped(() => {
    const isNullish = fn.register();
    fn.emit("JS_NULLISH", isNullish, value);
    fn.emit("JUMP_IF_FALSE", isNullish, end);
  });
}

/** Jumps if the register, which holds this expression, is true (or not true) to JavaScript. */
function skip(
  fn: FunctionCode,
  node: Expression,
  value: number,
  end: ReturnType<FunctionCode["label"]>,
  when: boolean,
): void {
  fn.scoped(() => {
    let truth = value;
    if (fn.module.types.of(node) !== "boolean") {
      truth = fn.register();
      fn.emit("JS_TRUTH", truth, value);
    }
    fn.emit(when ? "JUMP_IF_TRUE" : "JUMP_IF_FALSE", truth, end);
  });
}

/** Tests a value that is in a register, for `a ||= b`. */
export function skipAssigned(
  fn: FunctionCode,
  operator: string,
  value: number,
  end: ReturnType<FunctionCode["label"]>,
): void {
  if (operator === "??=") {
    skipUnlessNullish(fn, value, end);
    return;
  }
  fn.scoped(() => {
    const truth = fn.register();
    fn.emit("JS_TRUTH", truth, value);
    fn.emit(operator === "||=" ? "JUMP_IF_TRUE" : "JUMP_IF_FALSE", truth, end);
  });
}

export function conditional(fn: FunctionCode, node: ConditionalExpression, target: number): void {
  const otherwise = fn.label();
  const end = fn.label();
  fn.branch(node.test, otherwise, false);
  fn.into(node.consequent, target);
  fn.emit("JUMP", end);
  fn.mark(otherwise);
  fn.into(node.alternate, target);
  fn.mark(end);
}

export function sequence(fn: FunctionCode, { expressions }: SequenceExpression, target: number): void {
  for (const one of expressions.slice(0, -1)) fn.effect(one);
  fn.into(expressions[expressions.length - 1], target);
}

export function template(fn: FunctionCode, node: TemplateLiteral, target: number): void {
  const { quasis, expressions } = node;
  if (expressions.length === 0) {
    fn.load(target, quasis[0].value.cooked ?? "");
    return;
  }
  fn.scoped(() => {
    const text = fn.register();
    let isEmpty = quasis[0].value.cooked === "";
    if (!isEmpty) fn.load(text, quasis[0].value.cooked!);
    expressions.forEach((one, i) => {
      fn.scoped(() => {
        const part = textOf(fn, one, isEmpty ? text : null);
        fn.at(one);
        if (!isEmpty) fn.emit("JS_ADD", text, text, part);
        else if (part !== text) fn.emit("MOVE", text, part);
        isEmpty = false;
        const { cooked } = quasis[i + 1].value;
        if (cooked !== "") fn.emit("JS_ADD", text, text, fn.constant(cooked!));
      });
    });
    fn.emit("MOVE", target, text);
  });
}

/** The text that an expression becomes in a template literal; a number may stay one where it is added to a text. */
function textOf(fn: FunctionCode, node: Expression, target: number | null): number {
  const type = fn.module.types.of(node);
  if (type === "string") {
    if (target === null) return operand(fn, node);
    fn.into(node, target);
    return target;
  }
  const value = operand(fn, node);
  if (target === null && (type === "number" || type === "boolean")) return value;
  const text = target ?? fn.register();
  fn.at(node);
  fn.emit("JS_STRING", text, value);
  return text;
}
