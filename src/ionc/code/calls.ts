/** Calls: of functions that are known, of methods, of built-ins; `new`; `super()`. */
import type {
  AnyNode,
  CallExpression,
  Expression,
  Identifier,
  MemberExpression,
  NewExpression,
  SpreadElement,
  TaggedTemplateExpression,
} from "acorn";
import { functionRef } from "../../bytecode/builder.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { Undefined } from "../../values/value.ts";
import type { FunctionInfo } from "../scopes/model.ts";
import { spreadArguments } from "./arrays.ts";
import { isWrittenLast } from "./assignments.ts";
import { builtinConstant, builtinName } from "./builtins.ts";
import { atCall } from "./call-place.ts";
import { capturedRegisters } from "./closures.ts";
import { initialiseFields } from "./fields.ts";
import type { FunctionCode, Imported, ModuleCode } from "./function-code.ts";
import { inline, inlinedAt } from "./inline.ts";
import { directParent, isPlainParent, knownConstructor } from "./known-classes.ts";
import {
  exitIfNullish,
  importedMember,
  isNeverNullish,
  keyOperand,
  knownKey,
  objectOperand,
  requirePrivate,
  superThis,
} from "./members.ts";
import { operand, spanFrom } from "./operands.ts";
import { processCall } from "./processes.ts";
import { superHome } from "./super.ts";
import { assignThis, readVariable } from "./variables.ts";

type Arguments = readonly (Expression | SpreadElement)[];

/** More arguments than a call takes, or such as are not counted before, go as an Array. */
function needsArray(args: Arguments): boolean {
  return args.length > FIXED_LIMITS.arguments.value || args.some(({ type }) => type === "SpreadElement");
}

/** Evaluates arguments into registers, in order. */
export function argumentsOf(fn: FunctionCode, args: Arguments): number[] {
  return args.map((one, i) => operand(fn, one as Expression, spanFrom(args, i + 1)));
}

export function call(fn: FunctionCode, node: CallExpression, target: number): void {
  fn.scoped(() => {
    const { callee } = node;
    switch (callee.type) {
      case "Super":
        return superCall(fn, node, target);
      case "Identifier": {
        const inlined = inlinedAt(fn, node);
        if (inlined !== null) return inline(fn, node, inlined, (body) => intoLast(fn, body, target));
        return callName(fn, node, callee, target);
      }
      case "MemberExpression":
        return callMember(fn, node, callee, target);
      case "ChainExpression":
        // `(a?.b)()`: the parentheses end the chain, but not what `this` is.
        return callChain(fn, node, target);
      default: {
        const value = operand(fn, callee, node.arguments);
        if (node.optional) exitIfNullish(fn, value);
        return callValue(fn, node, value, target);
      }
    }
  });
}

/** A call writes its register at the end, which may be that of an argument; so does what stands in its place. */
function intoLast(fn: FunctionCode, body: Expression, target: number): void {
  if (isWrittenLast(body)) fn.into(body, target);
  else fn.emit("MOVE", target, fn.temporary(body));
}

/** Calls the function in a register without a `this`. */
function callValue(fn: FunctionCode, node: CallExpression, callee: number, target: number): void {
  const args = node.arguments;
  if (needsArray(args)) {
    const array = spreadArguments(fn, args);
    atCall(fn, node);
    fn.emit("CALL_SPREAD", target, callee, fn.constant(Undefined), array);
    return;
  }
  const registers = argumentsOf(fn, args);
  atCall(fn, node);
  fn.emit("CALL", target, callee, registers);
}

function callName(fn: FunctionCode, node: CallExpression, callee: Identifier, target: number): void {
  const variable = fn.variableOf(callee);
  if (variable === undefined) {
    if (builtinName(fn, callee) === "Function") {
      fn.error(node, "functionConstructor");
      return;
    }
    const builtin = builtinConstant(fn, callee);
    if (builtin === null) {
      callValue(fn, node, fn.temporary(callee), target);
      return;
    }
    callValue(fn, node, fn.constant(builtin.value), target);
    return;
  }
  if (variable.kind === "import") {
    callImported(fn, node, fn.module.importOf(variable), target);
    return;
  }
  if (fn.module.directCalls.has(callee)) {
    callKnown(fn, node, variable.known!, fn.module, target);
    return;
  }
  const value = operand(fn, callee, node.arguments);
  if (node.optional) exitIfNullish(fn, value);
  // A class of which this is not known has no object to work on, which is an error as well.
  if (variable.classNode !== null) {
    fn.at(node);
    fn.raise("TypeError", `Class constructor ${callee.name} cannot be invoked without 'new'`);
  }
  callValue(fn, node, value, target);
}

/** Calls a function that is known: as a constant, with what it captures in front of the arguments. */
function callKnown(
  fn: FunctionCode,
  node: CallExpression,
  info: FunctionInfo,
  module: ModuleCode,
  target: number,
): void {
  const args = node.arguments;
  const captures = info.captures.length;
  if (needsArray(args) || args.length + captures > FIXED_LIMITS.arguments.value) {
    const callee = fn.constant(fn.functionConstant(info, module));
    const array = spreadArguments(fn, args);
    if (captures === 0) {
      atCall(fn, node);
      fn.emit("CALL_SPREAD", target, callee, fn.constant(Undefined), array);
      return;
    }
    const all = fn.register();
    fn.emit("ARRAY_INIT", all, capturedRegisters(fn, info));
    fn.callBuiltin(all, "%append", [all, array]);
    atCall(fn, node);
    fn.emit("CALL_SPREAD", target, callee, fn.constant(Undefined), all);
    return;
  }
  const wanted = parameterCount(info);
  const registers: number[] = [];
  args.forEach((one, i) => {
    const argument = one as Expression;
    if (i < wanted) registers.push(operand(fn, argument, spanFrom(args, i + 1)));
    else fn.effect(argument);
  });
  atCall(fn, node);
  fn.emit("CALL", target, fn.constant(fn.functionConstant(info, module)), [
    ...capturedRegisters(fn, info),
    ...registers,
  ]);
}

/** How many arguments a function looks at. */
function parameterCount({ node, kind }: FunctionInfo): number {
  if (!("params" in node) || kind === "derived") return Number.POSITIVE_INFINITY;
  const last = node.params.at(-1);
  return last?.type === "RestElement" ? Number.POSITIVE_INFINITY : node.params.length;
}

function callImported(fn: FunctionCode, node: CallExpression, imported: Imported, target: number): void {
  switch (imported.kind) {
    case "process":
      processCall(fn, imported.name, node, target);
      return;
    case "foreign":
      callValue(fn, node, fn.foreign(imported.name), target);
      return;
    case "pack-function":
      callValue(fn, node, fn.constant(functionRef(imported.reference)), target);
      return;
    case "variable": {
      const { variable, module } = imported;
      const isThere = variable.kind === "function" || !module.inCycle;
      if (variable.known !== null && variable.known.captures.length === 0 && isThere) {
        callKnown(fn, node, variable.known, module, target);
        return;
      }
      const callee = fn.register();
      fn.at(node);
      fn.emit("LOAD_GLOBAL", callee, `${module.className}:${variable.name}`);
      callValue(fn, node, callee, target);
      return;
    }
    case "namespace": {
      const callee = fn.register();
      fn.emit("LOAD_GLOBAL", callee, fn.module.namespace(imported.module));
      callValue(fn, node, callee, target);
      return;
    }
    case "pack-class":
      fn.error(node, "packClassValue", imported.className);
      return;
    default:
      fn.load(target, Undefined);
      return;
  }
}

function callMember(fn: FunctionCode, node: CallExpression, callee: MemberExpression, target: number): void {
  if (callee.object.type === "Super") {
    callSuperMember(fn, node, callee, target);
    return;
  }
  const builtin = builtinName(fn, callee);
  if (builtin !== null && !node.optional) {
    callBuiltinMember(fn, node, builtin, target);
    return;
  }
  const imported = importedMember(fn, callee);
  if (imported !== undefined) {
    callImported(fn, node, imported, target);
    return;
  }
  const args = node.arguments;
  const object = objectOperand(fn, callee, args);
  const key = knownKey(fn, callee);
  if (key === null || node.optional || needsArray(args) || args.some(mayAssign)) {
    callFound(fn, node, callee, object, target);
    return;
  }
  if (args.some(mayCall) && !isNeverNullish(fn, callee.object as Expression)) {
    guardObject(fn, callee, object, key);
  }
  requirePrivate(fn, callee, object, true);
  const registers = argumentsOf(fn, args);
  atCall(fn, node);
  fn.emit("JS_CALL_METHOD", target, object, key, registers);
}

/** A member of undefined is an error before the arguments are evaluated. */
function guardObject(fn: FunctionCode, { property }: MemberExpression, object: number, key: string): void {
  const there = fn.label();
  fn.scoped(() => {
    const value = fn.register();
    fn.emit("JS_NULLISH", value, object);
    fn.emit("JUMP_IF_FALSE", value, there);
    fn.at(property);
    fn.cold(() => fn.emit("JS_GET", value, object, fn.key(key)));
  });
  fn.mark(there);
}

/** Is something assigned right here? It could be the method itself. */
function mayAssign(node: AnyNode): boolean {
  return node.type === "AssignmentExpression" && node.left.type === "MemberExpression";
}

/** Could something happen when this is evaluated that others see? */
function mayCall(node: AnyNode): boolean {
  switch (node.type) {
    case "Identifier":
    case "Literal":
    case "ThisExpression":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return false;
    case "MemberExpression":
      return mayCall(node.object) || (node.computed && mayCall(node.property));
    case "BinaryExpression":
      return mayCall(node.left) || mayCall(node.right);
    case "UnaryExpression":
      return mayCall(node.argument);
    case "TemplateLiteral":
      return node.expressions.some(mayCall);
    case "ConditionalExpression":
      return mayCall(node.test) || mayCall(node.consequent) || mayCall(node.alternate);
    case "ArrayExpression":
      return node.elements.some((one) => one !== null && mayCall(one));
    case "ObjectExpression":
      return node.properties.some((one) => one.type === "SpreadElement" || one.computed || mayCall(one.value));
    default:
      return true;
  }
}

function callBuiltinMember(fn: FunctionCode, node: CallExpression, name: string, target: number): void {
  const args = node.arguments;
  // Of two, compiled code has it at hand.
  if ((name === "Math.max" || name === "Math.min") && args.length === 2 && !hasSpread(args)) {
    const registers = argumentsOf(fn, args);
    fn.callBuiltin(target, name === "Math.max" ? "%max" : "%min", registers);
    return;
  }
  callValue(fn, node, fn.builtin(name), target);
}

function hasSpread(args: Arguments): boolean {
  return args.some((one) => one.type === "SpreadElement");
}

/** Finds the function first, and then calls it: where the key is computed, the call optional, or arguments spread. */
function callFound(
  fn: FunctionCode,
  node: CallExpression,
  callee: MemberExpression,
  object: number,
  target: number,
): void {
  const key = keyOperand(fn, callee, node.arguments);
  const found = fn.register();
  fn.at(callee.property);
  fn.emit("JS_GET", found, object, key);
  if (node.optional) exitIfNullish(fn, found);
  callThis(fn, node, found, object, target);
}

function callThis(fn: FunctionCode, node: CallExpression, callee: number, self: number, target: number): void {
  const args = node.arguments;
  if (needsArray(args)) {
    const array = spreadArguments(fn, args);
    atCall(fn, node);
    fn.emit("CALL_SPREAD", target, callee, self, array);
    return;
  }
  const registers = argumentsOf(fn, args);
  atCall(fn, node);
  fn.emit("CALL_THIS", target, callee, self, registers);
}

function callChain(fn: FunctionCode, node: CallExpression, target: number): void {
  const inner = (node.callee as { expression: Expression }).expression;
  const callee = fn.register();
  if (inner.type !== "MemberExpression" || inner.object.type === "Super") {
    fn.into(node.callee as Expression, callee);
    callValue(fn, node, callee, target);
    return;
  }
  const self = fn.register();
  const exit = fn.label();
  const end = fn.label();
  const outer = fn.chainExit;
  fn.chainExit = exit;
  fn.emit("MOVE", self, objectOperand(fn, inner));
  fn.emit("JS_GET", callee, self, keyOperand(fn, inner));
  fn.chainExit = outer;
  fn.emit("JUMP", end);
  fn.mark(exit);
  fn.load(callee, Undefined);
  fn.load(self, Undefined);
  fn.mark(end);
  callThis(fn, node, callee, self, target);
}

function callSuperMember(fn: FunctionCode, node: CallExpression, callee: MemberExpression, target: number): void {
  const home = fn.register();
  superHome(fn, callee.object, home);
  const key = keyOperand(fn, callee, node.arguments);
  const self = superThis(fn, callee);
  const found = fn.register();
  fn.at(callee);
  fn.emit("JS_GET", found, home, key);
  if (node.optional) exitIfNullish(fn, found);
  callThis(fn, node, found, self, target);
}

export function taggedTemplate(fn: FunctionCode, node: TaggedTemplateExpression, target: number): void {
  fn.scoped(() => {
    const { quasis, expressions } = node.quasi;
    let self: number | null = null;
    let callee: number;
    if (
      node.tag.type === "MemberExpression" &&
      node.tag.object.type !== "Super" &&
      builtinName(fn, node.tag) === null
    ) {
      self = objectOperand(fn, node.tag, expressions);
      const key = keyOperand(fn, node.tag, expressions);
      callee = fn.register();
      fn.emit("JS_GET", callee, self, key);
    } else callee = operand(fn, node.tag, expressions);
    const strings = fn.register();
    const cooked = quasis.map(({ value }) => value.cooked ?? null);
    const raw = quasis.map(({ value }) => value.raw);
    fn.emit("LOAD_GLOBAL", strings, fn.module.template(cooked, raw));
    const registers = [strings, ...argumentsOf(fn, expressions)];
    fn.at(node.quasi);
    if (self === null) fn.emit("CALL", target, callee, registers);
    else fn.emit("CALL_THIS", target, callee, self, registers);
  });
}

// ---- new ----

export function construct(fn: FunctionCode, node: NewExpression, target: number): void {
  fn.scoped(() => {
    const { callee, arguments: args } = node;
    const variable = callee.type === "Identifier" ? fn.variableOf(callee) : undefined;
    if (builtinName(fn, callee) === "Function") return fn.error(node, "functionConstructor");
    const known = variable === undefined ? null : knownConstructor(fn, variable);
    const value = operand(fn, callee, args);
    const array = needsArray(args) ? spreadArguments(fn, args) : null;
    const registers = array === null ? argumentsOf(fn, args) : [];
    fn.at(node);
    refuseConstructor(fn, node);
    const object = known?.isPlain ? target : fn.register();
    fn.emit("JS_ALLOCATE", object, value);
    const direct = known !== null && known.info.captures.length === 0 ? known : null;
    const code = direct === null ? value : fn.constant(fn.functionConstant(direct.info, direct.module));
    const result = fn.register();
    if (array === null) fn.emit("CALL_THIS", result, code, object, registers);
    else fn.emit("CALL_SPREAD", result, code, object, array);
    if (!known?.isPlain) fn.emit("JS_CONSTRUCTED", target, result, object);
  });
}

/** Arrow functions and generators construct nothing, where it is known that it is one. */
function refuseConstructor(fn: FunctionCode, { callee }: NewExpression): void {
  const variable = callee.type === "Identifier" ? fn.variableOf(callee) : undefined;
  const info = variable?.known ?? fn.module.scopes.functionOf.get(callee);
  if (info?.kind !== "arrow" && !info?.isGenerator) return;
  const name = callee.type === "Identifier" ? callee.name : "(intermediate value)";
  fn.raise("TypeError", `${name} is not a constructor`);
}

/** `super(…)`: the constructor of the parent works on the object that is there already. */
function superCall(fn: FunctionCode, node: CallExpression, target: number): void {
  const { callee, arguments: args } = node;
  const parent = fn.variableOf(callee);
  if (parent === undefined) return;
  const direct = directParent(fn);
  const value = fn.register();
  if (direct === null) readVariable(fn, parent, callee, value);
  else fn.load(value, fn.functionConstant(direct.info, direct.module));
  const array = needsArray(args) ? spreadArguments(fn, args) : null;
  const registers = array === null ? argumentsOf(fn, args) : [];
  const self = fn.rawThis!;
  fn.at(node);
  const result = fn.register();
  if (array === null) fn.emit("CALL_THIS", result, value, self, registers);
  else fn.emit("CALL_SPREAD", result, value, self, array);
  if (!isPlainParent(fn)) fn.emit("JS_CONSTRUCTED", self, result, self);
  assignThis(fn, self);
  initialiseFields(fn);
  if (target !== self) fn.emit("MOVE", target, self);
}
