/** Object literals. */
import type { AnyNode, AssignmentProperty, Expression, Identifier, ObjectExpression, Property as Plain } from "acorn";
import type { ObjectEntry } from "../../bytecode/instructions.ts";
import { Atom } from "../../values/atom.ts";
import { Undefined } from "../../values/value.ts";
import type { FunctionCode } from "./function-code.ts";
import { named } from "./named.ts";
import { constantValue, operand, spanFrom } from "./operands.ts";
import { initialise } from "./variables.ts";

/** acorn types assigned properties as properties. */
type Property = Plain | AssignmentProperty;

export function objectLiteral(fn: FunctionCode, node: ObjectExpression, target: number): void {
  fn.scoped(() => {
    const { properties } = node;
    const home = fn.variableOf(node);
    let plain = 0;
    while (plain < properties.length && isPlain(properties[plain])) plain++;
    const isWhole = plain === properties.length && home === undefined;
    const object = isWhole ? target : fn.register();
    if (home !== undefined) declareHome(fn, node);
    fn.scoped(() => fn.emit("OBJECT_INIT", object, home === undefined ? entries(fn, properties.slice(0, plain)) : []));
    if (isWhole) return;
    if (home !== undefined) {
      initialise(fn, home, object);
      plain = 0;
    }
    new Rest(fn, object).add(properties.slice(plain));
    fn.emit("MOVE", target, object);
  });
}

/** What the functions of the literal find behind `super`. */
function declareHome(fn: FunctionCode, node: ObjectExpression): void {
  const home = fn.variableOf(node)!;
  const register = fn.register();
  fn.registers.set(home, register);
  if (home.hold.kind === "cell" && home.hold.early) fn.emit("OBJECT_INIT", register, []);
}

function isPlain(property: AnyNode): boolean {
  return property.type === "Property" && !property.computed && property.kind === "init" && !isPrototype(property);
}

/** `__proto__: x` sets the prototype; `__proto__` alone, or with parentheses behind it, is a member. */
function isPrototype(property: Property): boolean {
  return !property.computed && !property.shorthand && !property.method && keyText(property.key) === "__proto__";
}

function keyText(key: Expression): string {
  return key.type === "Identifier" ? key.name : String((key as { value?: unknown }).value);
}

/** The members that OBJECT_INIT makes; their values are evaluated first, in order. */
function entries(fn: FunctionCode, properties: readonly AnyNode[]): ObjectEntry[] {
  return properties.map((one, i) => {
    const property = one as Property;
    const key = keyText(property.key);
    const value = constantValue(fn, property.value as Expression);
    const isLiteral = value !== null && (typeof value.value !== "object" || value.value === Undefined);
    if (isLiteral) return { key, from: { value: value.value }, attributes: null };
    return { key, from: { register: memberValue(fn, property, key, spanFrom(properties, i + 1)) }, attributes: null };
  });
}

function memberValue(fn: FunctionCode, property: Property, name: string, later: ReturnType<typeof spanFrom>): number {
  const value = property.value as Expression;
  const isFunction = value.type === "FunctionExpression" || value.type === "ArrowFunctionExpression";
  if (!isFunction && value.type !== "ClassExpression") return operand(fn, value, later);
  const register = fn.register();
  const prefix = property.kind === "init" ? "" : `${property.kind} `;
  named(fn, value, `${prefix}${name}`, register);
  return register;
}

/** Members behind the first one that OBJECT_INIT cannot make. */
class Rest {
  readonly #fn: FunctionCode;
  readonly #object: number;
  /** Something may be inherited, or be there, that assigning would run into. */
  #mustDefine = false;

  constructor(fn: FunctionCode, object: number) {
    this.#fn = fn;
    this.#object = object;
  }

  add(properties: readonly AnyNode[]): void {
    const fn = this.#fn;
    for (const property of properties) {
      fn.scoped(() => {
        if (property.type === "SpreadElement") {
          const source = operand(fn, property.argument);
          fn.callBuiltin(fn.register(), "%assign", [this.#object, source]);
        } else if (property.type === "Property") this.#member(property);
      });
    }
  }

  #member(property: Property): void {
    const fn = this.#fn;
    if (isPrototype(property)) {
      const prototype = operand(fn, property.value as Expression);
      fn.callBuiltin(fn.register(), "%prototype", [this.#object, prototype]);
      this.#mustDefine = true;
      return;
    }
    const key = property.computed ? keyValue(fn, property.key) : fn.constant(keyText(property.key as Identifier));
    const name = property.computed ? computedName(fn, property.key) : keyText(property.key);
    if (property.kind !== "init") {
      const accessor = memberValue(fn, property, name, []);
      const none = fn.constant(Undefined);
      const [get, set] = property.kind === "get" ? [accessor, none] : [none, accessor];
      fn.callBuiltin(fn.register(), "%accessor", [this.#object, key, get, set]);
      this.#mustDefine = true;
      return;
    }
    const value = memberValue(fn, property, name, []);
    const isKnown = !property.computed && keyText(property.key) !== "__proto__";
    if (isKnown && !this.#mustDefine) fn.emit("JS_SET", this.#object, key, value);
    else fn.callBuiltin(fn.register(), "%define", [this.#object, key, value]);
  }
}

/** A computed key as the text or symbol that it becomes, at once. */
export function keyValue(fn: FunctionCode, key: Expression): number {
  const constant = constantValue(fn, key);
  if (constant !== null) return fn.constant(constant.value);
  const register = fn.register();
  fn.into(key, register);
  const type = fn.module.types.of(key);
  if (type !== "string" && type !== "number") fn.callBuiltin(register, "%key", [register]);
  return register;
}

/** The name of a function with a computed key, where that is known. */
export function computedName(fn: FunctionCode, key: Expression): string {
  const constant = constantValue(fn, key)?.value;
  if (constant instanceof Atom) return "[Symbol.iterator]";
  return typeof constant === "string" || typeof constant === "number" ? String(constant) : "";
}
