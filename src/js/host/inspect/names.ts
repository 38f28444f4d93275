/** What an object is called where it is shown: after its class, its tag, or for the lack of both. */
import { FunctionValue } from "../../../values/function.ts";
import { getProperty, IonObject } from "../../../values/object.ts";
import { Unit, type Value } from "../../../values/value.ts";
import { isBuiltIn, jsNameOf } from "../function-text.ts";
import { inMessage } from "../limits.ts";
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
  return typeof tag === "string" && !isEnumerableMember(holder, TAG_KEY) ? inMessage(tag) : "";
}

/**
 * The name of the nearest class; null: the object inherits nothing. Where its prototypes belong to no class, they are listed, as many levels
 * of them as are left.
 */
export function classNameOf(value: Value, levels: number, shown: (prototype: Value) => string): string | null {
  const chain = [...prototypeChain(value)];
  const prototypes = new Set(chain);
  for (const each of [value, ...chain]) {
    const found = descriptorOf(each, "constructor");
    if (found === undefined || !("value" in found) || !(found.value instanceof FunctionValue)) continue;
    const name = jsNameOf(found.value);
    if (name !== "" && prototypes.has(plainMember(found.value, "prototype"))) return inMessage(name);
  }
  // What is no class for it is none for its prototypes either, which have fewer.
  const last = chain.at(-1);
  if (last === undefined) return null;
  const isComplex = chain.length > levels + 1;
  const depth = isComplex ? levels + 1 : chain.length;
  const inner = isComplex ? "Object <Complex prototype>" : shown(last);
  return `${"Object <".repeat(depth)}${inner}${">".repeat(depth)}`;
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
  const name = inMessage(jsNameOf(value));
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
  if (parent instanceof FunctionValue) base += ` extends ${inMessage(jsNameOf(parent))}`;
  else if ($prototype !== undefined && prototypeOf($prototype) === Unit) base += " extends null";
  return `${base}]`;
}
