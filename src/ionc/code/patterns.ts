/** Destructuring: patterns that declare and patterns that assign. */
import type {
  ArrayPattern,
  AssignmentPattern,
  Expression,
  Identifier,
  MemberExpression,
  ObjectPattern,
  Pattern,
} from "acorn";
import { Undefined } from "../../values/value.ts";
import type { FunctionCode } from "./function-code.ts";
import { named } from "./named.ts";
import { operand, shownText } from "./operands.ts";
import { put, reference } from "./references.ts";
import { initialise, initialTarget } from "./variables.ts";

/** What is done with the names of a pattern. */
type Mode = "declare" | "assign";

/** The expression whose value is taken apart, for messages; null: there is none, or the value is a part itself. */
type Origin = Expression | null;

/** Binds the names of a pattern that declares to the parts of a value. */
export function bindPattern(fn: FunctionCode, pattern: Pattern, value: number, origin: Origin = null): void {
  destructure(fn, pattern, value, "declare", origin, false);
}

export function assignPattern(fn: FunctionCode, pattern: Pattern, value: number, origin: Origin = null): void {
  destructure(fn, pattern, value, "assign", origin, false);
}

function destructure(
  fn: FunctionCode,
  pattern: Pattern,
  value: number,
  mode: Mode,
  origin: Origin = null,
  isPart = true,
): void {
  fn.scoped(() => {
    switch (pattern.type) {
      case "Identifier":
        return putName(fn, pattern, value, mode);
      case "MemberExpression": {
        const { object, key } = reference(fn, pattern, []);
        fn.at(pattern);
        fn.emit("JS_SET", object, key, value);
        return;
      }
      case "AssignmentPattern":
        return withDefault(fn, pattern, value, mode);
      case "ObjectPattern":
        return objectPattern(fn, pattern, value, mode, origin, isPart);
      case "ArrayPattern":
        return arrayPattern(fn, pattern, value, mode, origin);
      default:
        return;
    }
  });
}

function putName(fn: FunctionCode, pattern: Identifier, value: number, mode: Mode): void {
  if (mode === "assign") {
    put(fn, pattern, value);
    return;
  }
  const variable = fn.variableOf(pattern);
  if (variable === undefined) return;
  // A `var` may be somebody else's, such as a parameter.
  if (variable.hold.kind === "literal" || variable.hold.kind === "function") return;
  initialise(fn, variable, value);
}

function withDefault(fn: FunctionCode, { left, right }: AssignmentPattern, value: number, mode: Mode): void {
  const chosen = fn.register();
  fn.emit("MOVE", chosen, value);
  defaultInto(fn, left, right, chosen);
  destructure(fn, left, chosen, mode);
}

/** Puts the default into a register that is undefined. */
export function defaultInto(fn: FunctionCode, left: Pattern, right: Expression, register: number): void {
  const given = fn.label();
  fn.scoped(() => {
    const isGiven = fn.register();
    fn.emit("JS_NOT_EQUAL", isGiven, register, fn.constant(Undefined));
    fn.emit("JUMP_IF_TRUE", isGiven, given);
  });
  named(fn, right, left.type === "Identifier" ? left.name : "", register);
  fn.mark(given);
}

/** Reads a part of the value into whatever the part of the pattern is. */
function part(fn: FunctionCode, pattern: Pattern, mode: Mode, read: (target: number) => void): void {
  const inner = pattern.type === "AssignmentPattern" ? pattern.left : pattern;
  fn.scoped(() => {
    if (inner.type === "MemberExpression") return partToMember(fn, pattern, inner, read);
    const direct = mode === "declare" && inner.type === "Identifier" ? directTarget(fn, inner) : null;
    const target = direct ?? fn.register();
    read(target);
    if (pattern.type === "AssignmentPattern") defaultInto(fn, inner, pattern.right, target);
    if (direct === null) destructure(fn, inner, target, mode);
  });
}

function directTarget(fn: FunctionCode, pattern: Identifier): number | null {
  const variable = fn.variableOf(pattern);
  if (variable === undefined || variable.kind === "var" || variable.kind === "parameter") return null;
  return initialTarget(fn, variable);
}

/** Object and key of a target are evaluated before the value is read. */
function partToMember(
  fn: FunctionCode,
  pattern: Pattern,
  inner: MemberExpression,
  read: (target: number) => void,
): void {
  const later = pattern.type === "AssignmentPattern" ? [pattern.right] : [];
  const { object, key } = reference(fn, inner, later);
  const value = fn.register();
  read(value);
  if (pattern.type === "AssignmentPattern") defaultInto(fn, inner, pattern.right, value);
  fn.at(inner);
  fn.emit("JS_SET", object, key, value);
}

function objectPattern(
  fn: FunctionCode,
  { properties, start }: ObjectPattern,
  value: number,
  mode: Mode,
  origin: Origin,
  isPart: boolean,
): void {
  const [first] = properties;
  const reads = first?.type === "Property" && !first.computed;
  if (!isPart || !reads) refuseNullish(fn, start, value, first, origin);
  const hasRest = properties.at(-1)?.type === "RestElement";
  const keys: number[] = [];
  for (const property of properties) {
    if (property.type === "RestElement") {
      part(fn, property.argument, mode, (target) => {
        const excluded = fn.register();
        fn.emit("ARRAY_INIT", excluded, keys);
        fn.callBuiltin(target, "%rest", [value, excluded]);
      });
      continue;
    }
    const readKey = (): number => {
      if (property.computed) return operand(fn, property.key);
      const { key } = property;
      const name = key.type === "Identifier" ? key.name : literalKey(key);
      return hasRest ? fn.constant(name) : fn.key(name);
    };
    // What is left out of the rest is known by its keys.
    const key = hasRest ? keptKey(fn, readKey, property.computed) : null;
    if (key !== null) keys.push(key);
    part(fn, property.value, mode, (target) => {
      const register = key ?? readKey();
      fn.at(property.key);
      fn.emit("JS_GET", target, value, register);
    });
  }
}

function keptKey(fn: FunctionCode, readKey: () => number, isComputed: boolean): number {
  const key = fn.register();
  fn.scoped(() => {
    const register = readKey();
    if (isComputed) fn.callBuiltin(key, "%key", [register]);
    else fn.emit("MOVE", key, register);
  });
  return key;
}

function literalKey(key: Expression): string {
  return key.type === "Literal" ? String(key.value) : "";
}

/** Nothing can be taken out of undefined, not even where the pattern takes nothing. */
function refuseNullish(
  fn: FunctionCode,
  start: number,
  value: number,
  first: ObjectPattern["properties"][number] | undefined,
  origin: Origin,
): void {
  const there = fn.label();
  const isNamed = first?.type === "Property" && !first.computed;
  fn.scoped(() => {
    const text = fn.register();
    fn.emit("JS_NULLISH", text, value);
    fn.emit("JUMP_IF_FALSE", text, there);
    fn.at({ start });
    const what = isNamed ? `property '${keyName(first.key)}' of ` : "";
    fn.cold(() => {
      const source = fn.constant(origin === null ? Undefined : shownText(fn, origin));
      fn.callBuiltin(text, "%refusePattern", [value, fn.constant(what), source]);
    });
  });
  fn.mark(there);
}

function keyName(key: Expression): string {
  return key.type === "Identifier" ? key.name : literalKey(key);
}

function arrayPattern(
  fn: FunctionCode,
  { elements, start }: ArrayPattern,
  value: number,
  mode: Mode,
  origin: Origin,
): void {
  const last = elements.at(-1);
  const array = fn.register();
  fn.at({ start });
  // How many are wanted: of what never ends no more are taken.
  fn.scoped(() => {
    const count = fn.constant(last?.type === "RestElement" ? Undefined : elements.length);
    const text = fn.constant(origin === null ? Undefined : shownText(fn, origin));
    fn.callBuiltin(array, "%elements", [value, count, text]);
  });
  elements.forEach((element, i) => {
    if (element === null) return;
    if (element.type === "RestElement") {
      part(fn, element.argument, mode, (target) => {
        fn.emit("JS_CALL_METHOD", target, array, "slice", [fn.constant(i)]);
      });
      return;
    }
    part(fn, element, mode, (target) => fn.emit("JS_GET", target, array, fn.constant(i)));
  });
}
