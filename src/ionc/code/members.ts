/** Members: reading them, optional chains, `delete`, private names. */
import type {
  AnyNode,
  CallExpression,
  ChainExpression,
  Expression,
  Identifier,
  MemberExpression,
  PrivateIdentifier,
} from "acorn";
import { functionRef, type Label } from "../../bytecode/builder.ts";
import { privateKey as privateKeyOf } from "../../values/private-key.ts";
import { Undefined } from "../../values/value.ts";
import type { ClassNode } from "../scopes/model.ts";
import { builtinConstant } from "./builtins.ts";
import type { FunctionCode, Imported } from "./function-code.ts";
import { constantValue, operand, type Span } from "./operands.ts";
import { superHome } from "./super.ts";
import { readVariable } from "./variables.ts";

/** The key of a private member: by its class, since every class has names of its own. */
export function privateKey(fn: FunctionCode, node: PrivateIdentifier): string {
  const found = privateClass(fn, node);
  return privateKeyOf(found === null ? 0 : fn.module.privateNumber(found), node.name);
}

/** The class that declares a private name. */
function privateClass(fn: FunctionCode, { name }: PrivateIdentifier): ClassNode | null {
  const own = fn.openClasses.findLast((one) => declaresPrivate(one, name));
  let found = own ?? null;
  for (let info: typeof fn.info | null = fn.info; info !== null && found === null; info = info.parent) {
    if (info.classNode !== null && declaresPrivate(info.classNode, name)) found = info.classNode;
  }
  return found;
}

function declaresPrivate({ body }: ClassNode, name: string): boolean {
  return body.body.some((member) => {
    return member.type !== "StaticBlock" && member.key.type === "PrivateIdentifier" && member.key.name === name;
  });
}

/** `#x in o` */
export function privateIn(fn: FunctionCode, left: PrivateIdentifier, right: Expression, target: number): void {
  fn.scoped(() => {
    const object = operand(fn, right);
    fn.callBuiltin(target, "%in", [fn.constant(privateKey(fn, left)), object]);
  });
}

/** The key of a member if it is known: what JS_CALL_METHOD takes. */
export function knownKey(fn: FunctionCode, node: MemberExpression): string | null {
  if (node.property.type === "PrivateIdentifier") return privateKey(fn, node.property);
  if (!node.computed) return (node.property as Identifier).name;
  const { property } = node;
  return property.type === "Literal" && typeof property.value === "string" ? property.value : null;
}

/** The key of a member in a register. */
export function keyOperand(fn: FunctionCode, node: MemberExpression, later: readonly Span[] = []): number {
  const known = knownKey(fn, node);
  return known === null ? operand(fn, node.property as Expression, later) : fn.key(known);
}

/** What `ns.name` means, where `ns` is a module or something of another pack; undefined for all other members. */
export function importedMember(fn: FunctionCode, node: MemberExpression): Imported | undefined {
  if (node.object.type !== "Identifier") return undefined;
  const key = node.computed ? null : (node.property as Identifier).name;
  const variable = fn.variableOf(node.object);
  if (key === null || variable?.kind !== "import") return undefined;
  const imported = fn.module.importOf(variable);
  if (imported.kind === "pack-class") {
    return { kind: "pack-function", reference: `${imported.pack}!${imported.className}:${key}` };
  }
  return imported.kind === "namespace" ? fn.module.exportOf(imported.module, key) : undefined;
}

export function member(fn: FunctionCode, node: MemberExpression, target: number): void {
  if (node.object.type === "Super") {
    superMember(fn, node, target);
    return;
  }
  const constant = builtinConstant(fn, node);
  if (constant !== null) {
    fn.load(target, constant.value);
    return;
  }
  const imported = importedMember(fn, node);
  if (imported !== undefined) {
    readImported(fn, imported, node, target);
    return;
  }
  fn.scoped(() => {
    const object = objectOperand(fn, node);
    const key = keyOperand(fn, node);
    fn.at(node.property);
    fn.emit("JS_GET", target, object, key);
  });
}

/** Members of `this` are there; another object must have the private member that is assigned or called. */
export function requirePrivate(fn: FunctionCode, node: MemberExpression, object: number, isCall: boolean): void {
  if (node.property.type !== "PrivateIdentifier" || node.object.type === "ThisExpression") return;
  const { property } = node;
  const there = fn.label();
  fn.at(property);
  fn.scoped(() => {
    const isThere = fn.register();
    fn.callBuiltin(isThere, "%in", [fn.constant(privateKey(fn, property)), object]);
    fn.emit("JUMP_IF_TRUE", isThere, there);
  });
  const rule = "to an object whose class did not declare it";
  if (isCall)
    fn.raise(
      "TypeError",
      `Receiver must be an instance of class ${privateClass(fn, property)?.id?.name ?? "anonymous"}`,
    );
  else fn.raise("TypeError", `Cannot write private member #${property.name} ${rule}`);
  fn.mark(there);
}

function readImported(fn: FunctionCode, imported: Imported, node: MemberExpression, target: number): void {
  if (imported.kind === "pack-function") {
    fn.load(target, functionRef(imported.reference));
    return;
  }
  if (imported.kind === "variable") {
    const { variable, module } = imported;
    const { hold } = variable;
    if (hold.kind === "literal" && !module.inCycle) {
      fn.load(target, hold.value);
      return;
    }
    if (hold.kind === "function") {
      fn.load(target, fn.functionConstant(variable.known!, module));
      return;
    }
    fn.at(node);
    fn.emit("LOAD_GLOBAL", target, `${module.className}:${variable.name}`);
    return;
  }
  if (imported.kind === "namespace") {
    fn.emit("LOAD_GLOBAL", target, fn.module.namespace(imported.module));
    return;
  }
  fn.load(target, Undefined);
}

/** The object of a member, with the exit of an optional chain behind it. */
export function objectOperand(fn: FunctionCode, node: MemberExpression, later: readonly Span[] = []): number {
  const others = node.computed ? [node.property, ...later] : later;
  const object = operand(fn, node.object as Expression, others);
  if (node.optional) exitIfNullish(fn, object);
  return object;
}

/** Leaves the optional chain if there is nothing to go on with. */
export function exitIfNullish(fn: FunctionCode, value: number): void {
  const exit = fn.chainExit!;
  fn.scoped(() => {
    const isNullish = fn.register();
    fn.emit("JS_NULLISH", isNullish, value);
    fn.emit("JUMP_IF_TRUE", isNullish, exit);
  });
}

/** Runs with a place to which the links of an optional chain jump when there is nothing. */
function inChain(fn: FunctionCode, exit: Label, run: () => void): void {
  const outer = fn.chainExit;
  fn.chainExit = exit;
  run();
  fn.chainExit = outer;
}

export function chain(fn: FunctionCode, { expression }: ChainExpression, target: number): void {
  const exit = fn.label();
  const end = fn.label();
  inChain(fn, exit, () => fn.into(expression as Expression, target));
  fn.emit("JUMP", end);
  fn.mark(exit);
  fn.load(target, Undefined);
  fn.mark(end);
}

function superMember(fn: FunctionCode, node: MemberExpression, target: number): void {
  fn.scoped(() => {
    const home = fn.register();
    superHome(fn, node.object, home);
    const key = keyOperand(fn, node);
    fn.at(node);
    fn.callBuiltin(target, "%superGet", [home, key, superThis(fn, node)]);
  });
}

/** `this` of a method that uses `super`. */
export function superThis(fn: FunctionCode, node: MemberExpression | CallExpression): number {
  const self = (node as { object?: { self?: AnyNode } }).object!.self!;
  const target = fn.register();
  readVariable(fn, fn.variableOf(self)!, self, target);
  return target;
}

export function deleteExpression(fn: FunctionCode, node: Expression, target: number): void {
  if (node.type === "ChainExpression") {
    const exit = fn.label();
    const end = fn.label();
    inChain(fn, exit, () => deleteExpression(fn, node.expression as Expression, target));
    fn.emit("JUMP", end);
    fn.mark(exit);
    fn.load(target, true);
    fn.mark(end);
    return;
  }
  if (node.type !== "MemberExpression" || node.object.type === "Super") {
    fn.effect(node);
    fn.load(target, true);
    return;
  }
  fn.scoped(() => {
    const object = objectOperand(fn, node);
    const key = keyOperand(fn, node);
    fn.at(node);
    fn.callBuiltin(target, "%delete", [object, key]);
  });
}

/** Is this certainly neither undefined nor null? */
export function isNeverNullish(fn: FunctionCode, node: Expression): boolean {
  switch (node.type) {
    case "Literal":
      return node.value !== null;
    case "ThisExpression":
    case "TemplateLiteral":
    case "ArrayExpression":
    case "ObjectExpression":
    case "NewExpression":
      return true;
    case "Identifier": {
      const variable = fn.variableOf(node);
      if (variable === undefined) return constantValue(fn, node) !== null;
      if (variable.classNode !== null || variable.known !== null) return true;
      const [first] = variable.values;
      if (variable.kind !== "const" || variable.values.length !== 1 || first === null) return false;
      return first.value.type !== "Identifier" && isNeverNullish(fn, first.value);
    }
    default:
      return fn.module.types.of(node) !== "any";
  }
}
