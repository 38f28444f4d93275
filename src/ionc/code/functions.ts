/** Functions: parameters, bodies, closures. */
import type { BlockStatement, Expression, Pattern } from "acorn";
import { functionRef } from "../../bytecode/builder.ts";
import { Undefined } from "../../values/value.ts";
import type { FunctionInfo, FunctionNode, Variable } from "../scopes/model.ts";
import { FunctionCode, type ModuleCode } from "./function-code.ts";
import { bindPattern, defaultInto } from "./patterns.ts";
import { beginResumption, RESUMED_REGISTERS } from "./resumption.ts";
import { statements } from "./statements.ts";
import { declareRegister, enterScope, initialise, loadThis } from "./variables.ts";

/** Begins the code of a function: captures and arguments have the first registers. */
export function beginFunction(module: ModuleCode, info: FunctionInfo): FunctionCode {
  const fn = new FunctionCode(module, info, info.codeName!);
  for (const variable of info.captures) fn.registers.set(variable, fn.register());
  fn.captures = info.captures.length;
  return fn;
}

/** Compiles a plain function, an arrow function, a method. */
export function functionBody(module: ModuleCode, info: FunctionInfo): void {
  const node = info.node as FunctionNode;
  const fn = beginFunction(module, info);
  parameters(fn, node);
  loadThis(fn);
  parameterPatterns(fn, node);
  if (info.isGenerator) generatorBody(fn, node);
  else bodyOf(fn, node);
  module.add(fn);
}

/** The registers of the arguments. */
export function parameters(fn: FunctionCode, { params }: FunctionNode): void {
  const first = fn.taken;
  const isPlain = (param: Pattern): boolean => param.type !== "AssignmentPattern" && param.type !== "RestElement";
  const firstOptional = params.findIndex((param) => !isPlain(param));
  fn.arity = firstOptional < 0 ? params.length : firstOptional;
  for (const _ of params) fn.register();
  if (params.at(-1)?.type === "RestElement") fn.emit("COLLECT", first + params.length - 1);
}

/** Gives parameters their names, in order: defaults and patterns may use those in front of them. */
export function parameterPatterns(fn: FunctionCode, node: FunctionNode): void {
  const { params } = node;
  const first = fn.info.captures.length;
  const scope = fn.module.scopes.scopeOf.get(node)!;
  // Parameters that are names have the registers of the arguments.
  params.forEach((param, i) => {
    const name =
      param.type === "RestElement" ? param.argument : param.type === "AssignmentPattern" ? param.left : param;
    if (name.type !== "Identifier") return;
    const variable = scope.variables.get(name.name)!;
    // Of two parameters of one name there are none in strict code.
    if (variable.hold.kind === "register") fn.registers.set(variable, first + i);
  });
  for (const variable of scope.variables.values()) declareOther(fn, variable);
  params.forEach((param, i) => {
    const register = first + i;
    let pattern = param;
    if (pattern.type === "RestElement") pattern = pattern.argument;
    if (pattern.type === "AssignmentPattern") {
      defaultInto(fn, pattern.left, pattern.right, register);
      pattern = pattern.left;
    }
    if (pattern.type !== "Identifier") bindPattern(fn, pattern, register);
    else initialise(fn, scope.variables.get(pattern.name)!, register);
  });
}

/** Names in patterns, and those that are held in cells. */
function declareOther(fn: FunctionCode, variable: Variable): void {
  const { hold } = variable;
  if (hold.kind === "register" && !fn.registers.has(variable)) declareRegister(fn, variable);
  if (hold.kind !== "cell") return;
  const cell = declareRegister(fn, variable);
  if (hold.early) fn.emit("OBJECT_INIT", cell, []);
}

export function bodyOf(fn: FunctionCode, node: FunctionNode): void {
  if (node.body.type !== "BlockStatement") {
    const value = fn.temporary(node.body as Expression);
    fn.emit("RETURN", value);
    return;
  }
  blockBody(fn, node.body);
  endFunction(fn);
}

/** The statements of a body. */
export function blockBody(fn: FunctionCode, body: BlockStatement): void {
  const scope = fn.module.scopes.scopeOf.get(body)!;
  enterScope(fn, scope);
  statements(fn, scope, body.body);
}

/**
 * The body of a generator is a function of its own, which begins with the registers of this one; see resumption.ts.
 */
function generatorBody(fn: FunctionCode, node: FunctionNode): void {
  const { module, info } = fn;
  const name = module.freshName(fn.name);
  const kept = Array.from({ length: fn.taken }, (_, i) => i);
  fn.scoped(() => {
    const code = fn.constant(functionRef(name, module.className));
    const none = fn.constant(Undefined);
    const zero = fn.constant(0);
    const saved = fn.register();
    fn.emit("ARRAY_INIT", saved, [zero, none, zero, none, ...kept]);
    fn.callBuiltin(saved, "%generator", [code, saved]);
    fn.emit("RETURN", saved);
  });
  const body = new FunctionCode(module, info, name);
  body.hoists = false;
  body.reserve(RESUMED_REGISTERS + kept.length);
  for (const [variable, register] of fn.registers) body.registers.set(variable, register + RESUMED_REGISTERS);
  beginResumption(body);
  body.onReturn = (value) => {
    body.scoped(() => {
      const result = body.register();
      body.emit("ARRAY_INIT", result, [value]);
      body.emit("RETURN", result);
    });
  };
  blockBody(body, node.body as BlockStatement);
  body.onReturn(body.constant(Undefined));
  module.add(body);
}

/** A function that comes to its end gives undefined. */
export function endFunction(fn: FunctionCode): void {
  fn.emit("RETURN", fn.constant(Undefined));
}
