/** Classes: constructors, members, what is static. */
import type { Expression, MethodDefinition, PropertyDefinition, StaticBlock } from "acorn";
import { Undefined } from "../../values/value.ts";
import type { ClassNode, FunctionInfo, FunctionNode } from "../scopes/model.ts";
import { builtinName } from "./builtins.ts";
import { makeClosure } from "./closures.ts";
import { fieldKey, fieldName, initialiseFields } from "./fields.ts";
import type { FunctionCode, ModuleCode } from "./function-code.ts";
import { beginFunction, blockBody, endFunction, parameterPatterns, parameters } from "./functions.ts";
import { directParent, isPlainParent } from "./known-classes.ts";
import { privateKey } from "./members.ts";
import { named } from "./named.ts";
import { computedName, keyValue } from "./objects.ts";
import { operand } from "./operands.ts";
import { inScope } from "./statements.ts";
import { declareRegister, initialise, loadThis, readVariable } from "./variables.ts";

export function classInto(fn: FunctionCode, node: ClassNode, name: string, target: number): void {
  const info = fn.module.scopes.functionOf.get(node)!;
  info.codeName ??= fn.module.freshName(`new ${name || "<anonymous>"}`);
  fn.openClasses.push(node);
  inScope(fn, node, () => {
    for (const member of node.body.body) declareKey(fn, member);
    const made = fn.register();
    const parent = fn.variableOf(node.body);
    if (parent !== undefined && parent.scope.node === node) declareHidden(fn, node);
    fn.scoped(() => {
      const parentValue = superClass(fn, node);
      fn.module.compilers.body(fn.module, info);
      const constructor = fn.register();
      closureOrConstant(fn, info, constructor);
      fn.at(node);
      fn.callBuiltin(made, "%class", [constructor, parentValue, fn.constant(name)]);
    });
    const own = node.id ? fn.variableOf(node.id) : undefined;
    if (own !== undefined) initialise(fn, own, made);
    if (parent?.name.startsWith("home:") && parent.scope.node === node) homeOf(fn, node, made);
    members(fn, node, name, made);
    if (fn.info.kind === "module" && info.captures.length === 0 && !isChanged(fn, node)) {
      fn.scoped(() => fn.callBuiltin(fn.register(), "%finish", [made, fn.constant(!hasStaticFields(node))]));
    }
    if (made !== target) fn.emit("MOVE", target, made);
  });
  fn.openClasses.pop();
}

/** Does the program assign members of the class later? Then it is no constant. */
function isChanged(fn: FunctionCode, node: ClassNode): boolean {
  for (const variable of fn.module.scopes.top.variables.values()) {
    if (variable.classNode === node && variable.isChanged) return true;
  }
  return (node.id && fn.variableOf(node.id)?.isChanged) ?? false;
}

function declareHidden(fn: FunctionCode, node: ClassNode): void {
  const variable = fn.variableOf(node.body)!;
  if (variable.hold.kind !== "register" && variable.hold.kind !== "cell") return;
  declareRegister(fn, variable);
  if (variable.hold.kind === "cell" && variable.hold.early) fn.emit("OBJECT_INIT", fn.registers.get(variable)!, []);
}

/** What these make are values of the VM, and none of it an object that a class could make its own. */
const VALUES = new Set(["Array", "Function", "String", "Number", "Boolean"]);

/** Evaluates the parent; its methods find it where they need it. */
function superClass(fn: FunctionCode, node: ClassNode): number {
  if (!node.superClass) return fn.constant(Undefined);
  const builtin = builtinName(fn, node.superClass);
  if (builtin !== null && VALUES.has(builtin)) fn.error(node.superClass, "extendsBuiltin", builtin);
  const value = operand(fn, node.superClass);
  if (mayBeUndefined(fn, node.superClass)) refuseUndefined(fn, node.superClass, value);
  const variable = fn.variableOf(node.body);
  if (variable !== undefined) initialise(fn, variable, value);
  return value;
}

function mayBeUndefined(fn: FunctionCode, superClass: Expression): boolean {
  if (superClass.type !== "Identifier") return true;
  const variable = fn.variableOf(superClass);
  return variable === undefined ? superClass.name === "undefined" : variable.classNode === null;
}

/** Undefined would mean that there is no parent. */
function refuseUndefined(fn: FunctionCode, node: Expression, value: number): void {
  const there = fn.label();
  fn.scoped(() => {
    const isThere = fn.register();
    fn.emit("JS_NOT_EQUAL", isThere, value, fn.constant(Undefined));
    fn.emit("JUMP_IF_TRUE", isThere, there);
  });
  fn.at(node);
  fn.raise("TypeError", "Class extends value undefined is not a constructor or null");
  fn.mark(there);
}

/** A class without a parent, whose members use `super`: they find its prototype's prototype. */
function homeOf(fn: FunctionCode, node: ClassNode, made: number): void {
  fn.scoped(() => {
    const prototype = fn.register();
    fn.emit("JS_GET", prototype, made, fn.key("prototype"));
    initialise(fn, fn.variableOf(node.body)!, prototype);
  });
}

function hasStaticFields({ body }: ClassNode): boolean {
  return body.body.some(
    (member) => member.type === "StaticBlock" || (member.type === "PropertyDefinition" && member.static),
  );
}

/** Functions of classes in modules capture nothing, and are evaluated once: the constant will do. */
function closureOrConstant(fn: FunctionCode, info: FunctionInfo, target: number): void {
  if (info.captures.length === 0 && fn.info.kind === "module") fn.load(target, fn.functionConstant(info));
  else makeClosure(fn, info, target);
}

function members(fn: FunctionCode, node: ClassNode, className: string, made: number): void {
  const later: (PropertyDefinition | StaticBlock)[] = [];
  for (const member of node.body.body) {
    if (member.type === "MethodDefinition") {
      if (member.kind !== "constructor") fn.scoped(() => method(fn, member, className, made));
      continue;
    }
    if (member.type === "StaticBlock" || member.static) later.push(member);
    if (member.type === "PropertyDefinition" && member.computed) keepKey(fn, member);
  }
  for (const member of later) fn.scoped(() => staticMember(fn, member, made));
}

/** The constructor, which is made first, finds the keys of its fields. */
function declareKey(fn: FunctionCode, member: ClassNode["body"]["body"][number]): void {
  const variable = member.type === "PropertyDefinition" && member.computed ? fn.variableOf(member) : undefined;
  if (variable === undefined) return;
  if (variable.hold.kind === "register" || variable.hold.kind === "cell") declareRegister(fn, variable);
  if (variable.hold.kind === "cell" && variable.hold.early) fn.emit("OBJECT_INIT", fn.registers.get(variable)!, []);
}

/** The key of a field is evaluated once, with the class. */
function keepKey(fn: FunctionCode, member: PropertyDefinition): void {
  const variable = fn.variableOf(member);
  if (variable === undefined) return;
  fn.scoped(() => {
    const key = fn.register();
    fn.emit("MOVE", key, keyValue(fn, member.key as Expression));
    initialise(fn, variable, key);
  });
}

const MEMBER_KINDS = { method: "%method", get: "%getter", set: "%setter" } as const;

function method(fn: FunctionCode, member: MethodDefinition, className: string, made: number): void {
  const { key, value, kind, computed, static: isStatic } = member;
  const info = fn.module.scopes.functionOf.get(value)!;
  let name = "";
  let register: number;
  if (key.type === "PrivateIdentifier") {
    name = `#${key.name}`;
    register = fn.constant(privateKey(fn, key));
  } else if (computed) {
    name = computedName(fn, key);
    register = keyValue(fn, key as Expression);
  } else {
    name = key.type === "Identifier" ? key.name : String((key as { value?: unknown }).value);
    register = fn.constant(name);
  }
  const prefix = kind === "get" || kind === "set" ? `${kind} ` : "";
  info.codeName ??= fn.module.freshName(className === "" ? `${prefix}${name}` : `${className}.${prefix}${name}`);
  fn.module.compilers.body(fn.module, info);
  const code = fn.register();
  closureOrConstant(fn, info, code);
  const isStaticRegister = fn.constant(isStatic);
  fn.callBuiltin(fn.register(), MEMBER_KINDS[kind as keyof typeof MEMBER_KINDS], [
    made,
    isStaticRegister,
    register,
    code,
  ]);
}

/** Runs as a function of its own, whose `this` is the class. */
function staticMember(fn: FunctionCode, member: PropertyDefinition | StaticBlock, made: number): void {
  const info = fn.module.scopes.functionOf.get(member)!;
  info.codeName ??= fn.module.freshName("static");
  if (member.type === "StaticBlock") {
    runInitialiser(fn, info, made);
    return;
  }
  const key = fieldKey(fn, member);
  const value = fn.register();
  if (!member.value) fn.load(value, Undefined);
  else fn.emit("MOVE", value, runInitialiser(fn, info, made));
  if (member.key.type === "PrivateIdentifier") fn.emit("JS_SET", made, key, value);
  else fn.callBuiltin(fn.register(), "%define", [made, key, value]);
}

function runInitialiser(fn: FunctionCode, info: FunctionInfo, made: number): number {
  fn.module.compilers.body(fn.module, info);
  const code = fn.register();
  closureOrConstant(fn, info, code);
  fn.at(info.node);
  fn.emit("CALL_THIS", code, code, made, []);
  return code;
}

/** The function that evaluates a static field, or runs a static block. */
export function initialiserBody(module: ModuleCode, info: FunctionInfo): void {
  const fn = beginFunction(module, info);
  loadThis(fn);
  const member = info.node as PropertyDefinition | StaticBlock;
  if (member.type === "StaticBlock") {
    fn.statement(member);
    endFunction(fn);
  } else {
    const value = fn.register();
    named(fn, member.value!, fieldName(member), value);
    fn.emit("RETURN", value);
  }
  module.add(fn);
}

// ---- constructors ----

export function constructorBody(module: ModuleCode, info: FunctionInfo): void {
  const written = writtenConstructor(info.classNode!);
  const fn = beginFunction(module, info);
  if (written === null) {
    defaultConstructor(fn, module);
    return;
  }
  parameters(fn, written);
  loadThis(fn);
  if (info.kind === "constructor") initialiseFields(fn);
  parameterPatterns(fn, written);
  if (info.kind === "derived") derivedReturns(fn);
  blockBody(fn, written.body as Parameters<typeof blockBody>[1]);
  if (fn.onReturn !== null) fn.onReturn(fn.constant(Undefined));
  else endFunction(fn);
  module.add(fn);
}

export function writtenConstructor({ body }: ClassNode): FunctionNode | null {
  const found = body.body.find((member) => member.type === "MethodDefinition" && member.kind === "constructor");
  return found === undefined ? null : (found as MethodDefinition).value;
}

/** What nobody wrote: the arguments go to the parent. */
function defaultConstructor(fn: FunctionCode, module: ModuleCode): void {
  const { kind } = fn.info;
  if (kind === "derived") {
    const direct = directParent(fn);
    const count = direct === null ? null : plainParameters(direct.info);
    const args = count === null ? null : Array.from({ length: count }, () => fn.register());
    fn.arity = 0;
    const list = args === null ? fn.register() : 0;
    if (args === null) fn.emit("COLLECT", list);
    loadThis(fn);
    const self = fn.rawThis!;
    const parent = fn.register();
    if (direct !== null) fn.load(parent, fn.functionConstant(direct.info, direct.module));
    else readVariable(fn, fn.variableOf(fn.info.classNode!.body)!, fn.info.classNode!.body, parent);
    fn.at(fn.info.classNode!);
    if (args === null) fn.emit("CALL_SPREAD", parent, parent, self, list);
    else fn.emit("CALL_THIS", parent, parent, self, args);
    if (!isPlainParent(fn)) fn.emit("JS_CONSTRUCTED", self, parent, self);
    initialiseFields(fn);
    if (isPlainParent(fn)) endFunction(fn);
    else fn.emit("RETURN", self);
  } else {
    loadThis(fn);
    initialiseFields(fn);
    endFunction(fn);
  }
  module.add(fn);
}

/** How many arguments a constructor takes; null if they are not counted. */
function plainParameters(info: FunctionInfo): number | null {
  if (info.classNode === null) return null;
  const written = writtenConstructor(info.classNode);
  if (written === null) return info.kind === "constructor" ? 0 : null;
  return written.params.at(-1)?.type === "RestElement" ? null : written.params.length;
}

/** A derived constructor gives its object where the parent may have put another in its place. */
function derivedReturns(fn: FunctionCode): void {
  const { thisVariable, returnsValue } = fn.info;
  const isPlain = isPlainParent(fn) && !returnsValue;
  if (isPlain && thisVariable!.hold.kind !== "cell") return;
  fn.onReturn = (value) => {
    fn.scoped(() => {
      const self = fn.register();
      readVariable(fn, thisVariable!, fn.info.node, self);
      fn.emit("JS_CONSTRUCTED", self, value, self);
      fn.emit("RETURN", self);
    });
  };
}
