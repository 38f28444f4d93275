/** Errors where they are shown: their stack, with the name of their class in it. */
import { getProperty, type IonObject } from "../../../values/object.ts";
import { Undefined, Unit, type Value } from "../../../values/value.ts";
import { errorText, isObject } from "../convert.ts";
import { described } from "../describe.ts";
import { settleStack } from "../error.ts";
import { indented, inMessage } from "../limits.ts";
import { hasMember, plainMember } from "../members.ts";
import { prefixOf } from "./names.ts";

function textOf(value: Value): string {
  if (typeof value !== "object") return inMessage(String(value));
  return isObject(value) ? described(value) : "";
}

function stackOf(error: IonObject): string {
  settleStack(error);
  const stack = plainMember(error, "stack");
  return typeof stack === "string" && stack !== "" ? stack : safeText(error);
}

function safeText(error: IonObject): string {
  const name = getProperty(error, "$name") ?? Undefined;
  const message = getProperty(error, "$message") ?? Undefined;
  if (isObject(name) || isObject(message)) return textOf(name);
  return errorText(error);
}

/** The members that are shown: what the stack says already is left out, causes are added. */
export function errorKeys(error: IonObject, keys: readonly string[], showHidden: boolean): string[] {
  const stack = stackOf(error);
  const left = keys.filter((key) => {
    if (showHidden || !["name", "message", "stack"].includes(key)) return true;
    const value = plainMember(error, key);
    return typeof value === "string" && !stack.includes(value);
  });
  if (hasMember(error, "cause") && !left.includes("cause")) left.push("cause");
  if (Array.isArray(plainMember(error, "errors")) && !left.includes("errors")) left.push("errors");
  return left;
}

export function errorBase(error: IonObject, className: string | null, tag: string, indent: number): string {
  const name = plainMember(error, "name");
  const nameText = name === Undefined || name === Unit ? "Error" : textOf(name);
  const stack = withClass(stackOf(error), className, nameText, tag);
  const message = plainMember(error, "message");
  const at = typeof message === "string" && message !== "" ? stack.indexOf(message) : -1;
  const from = at > 0 ? at + (message as string).length : 0;
  const shown = stack.indexOf("\n    at", from) < 0 ? `[${stack}]` : stack;
  return indented(shown, indent);
}

/** A stack begins with the name that the error had when it was made, which says less than its class. */
function withClass(stack: string, className: string | null, name: string, tag: string): string {
  const next = stack[name.length];
  const begins =
    name.endsWith("Error") && stack.startsWith(name) && (next === undefined || next === ":" || next === "\n");
  if (className !== null && !begins) return stack;
  let fallback = "Error";
  let length = name.length;
  if (className === null) {
    const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    const found = start?.[1] ?? "";
    length = found.length;
    fallback = found === "" ? "Error" : found;
  }
  const prefix = prefixOf(className, tag, fallback).slice(0, -1);
  if (name === prefix) return stack;
  if (!prefix.includes(name)) return `${prefix} [${name}]${stack.slice(length)}`;
  return length === 0 ? `${prefix}: ${stack}` : prefix + stack.slice(length);
}
