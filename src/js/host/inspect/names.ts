/** What an object is called where it is shown: after its class, its tag, or for the lack of both. */
import { FunctionValue } from "../../../values/function.ts";
import { getProperty, IonObject } from "../../../values/object.ts";
import { Unit, type Value } from "../../../values/value.ts";
import { isBuiltIn, jsNameOf } from "../function-text.ts";
import {
  descriptorOf,
  hasOwnMember,
  holderOf,
  isEnumerableMember,
  plainMember,
  prototypeChain,
  prototypeOf,
} from "../members.ts";

const TAG_KEY = "@@toStringTag";

/** What `[Symbol.toStringTag]` says, unless it is listed among the members. */
export function tagOfObject(value: Value): string {
  const holder = holderOf(value);
  if (!(value instanceof IonObject) || holder === null) return "";
  const tag = getProperty(holder, `$${TAG_KEY}`);
  return typeof tag === "string" && !isEnumerableMember(holder, TAG_KEY) ? tag : "";
}

/**
 * The name of the nearest class; null: the object inherits nothing. With `nested` in it what its prototypes are, where they belong to no
 * class.
 */
export function classNameOf(value: Value, shown: (prototype: Value) => string): string | null {
  const chain = [...prototypeChain(value)];
  for (const each of [value, ...chain]) {
    const found = descriptorOf(each, "constructor");
    if (found === undefined || !("value" in found) || !(found.value instanceof FunctionValue)) continue;
    const name = jsNameOf(found.value);
    if (name !== "" && chain.includes(plainMember(found.value, "prototype"))) return name;
  }
  const [first] = chain;
  if (first === undefined) return null;
  return `Object <${classNameOf(first, shown) ?? shown(first)}>`;
}

/** `Point `, `Map(2) `, `Set(1) [Tag] `, `[Object: null prototype] `; ends with a blank. */
export function prefixOf(className: string | null, tag: string, kind: string, size = ""): string {
  if (className === null) {
    const shown = tag !== "" && tag !== kind ? `[${tag}] ` : "";
    return `[${kind}${size}: null prototype] ${shown}`;
  }
  return tag !== "" && tag !== className ? `${className}${size} [${tag}] ` : `${className}${size} `;
}

/** Made by `class`: its prototype cannot be replaced. Those of built-ins neither. */
export function isClass(value: FunctionValue): boolean {
  if (value.members === null || isBuiltIn(value)) return false;
  const found = hasOwnMember(value, "prototype") ? descriptorOf(value, "prototype") : undefined;
  return found !== undefined && "value" in found && !found.writable;
}

/** `[Function: f]`, `[class A extends B]` */
export function functionBase(value: FunctionValue, className: string | null, tag: string): string {
  const name = jsNameOf(value);
  if (isClass(value)) return classBase(value, className, name);
  let base = "[Function";
  if (className === null) base += " (null prototype)";
  base += name === "" ? " (anonymous)]" : `: ${name}]`;
  if (className !== "Function" && className !== null) base += ` ${className}`;
  return tag !== "" && tag !== className ? `${base} [${tag}]` : base;
}

function classBase(value: FunctionValue, className: string | null, name: string): string {
  let base = `[class ${name === "" ? "(anonymous)" : name}`;
  if (className !== "Function" && className !== null) base += ` [${className}]`;
  const parent = prototypeOf(value);
  const { $prototype } = value.members!.object;
  if (parent instanceof FunctionValue) base += ` extends ${jsNameOf(parent)}`;
  else if ($prototype !== undefined && prototypeOf($prototype) === Unit) base += " extends null";
  return `${base}]`;
}
