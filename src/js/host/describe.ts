/** Values in the messages of errors, as V8 writes them. */

import { typeOfJs } from "../../operations/js/convert.ts";
import { Atom } from "../../values/atom.ts";
import { FunctionValue } from "../../values/function.ts";
import { getProperty, IonObject } from "../../values/object.ts";
import { print } from "../../values/print.ts";
import { Undefined, Unit, type Value } from "../../values/value.ts";
import { functionText, jsNameOf } from "./function-text.ts";
import { inMessage } from "./limits.ts";

/** `#<Point>` for an object, the text of all else. */
export function described(value: Value): string {
  if (typeof value === "string") return inMessage(value);
  if (typeof value !== "object") return String(value);
  if (value === Undefined) return "undefined";
  if (value === Unit) return "null";
  if (Array.isArray(value)) return "[object Array]";
  if (value instanceof FunctionValue) return functionText(value);
  if (value instanceof Atom) return symbolText(inMessage(value.name));
  return value instanceof IonObject ? `#<${constructorName(value) ?? "Object"}>` : print(value);
}

/** The same with texts in quotes. */
export function quoted(value: Value): string {
  return typeof value === "string" ? `"${inMessage(value)}"` : described(value);
}

/** The name of the class of an object; undefined if nothing says. */
export function constructorName(value: IonObject): string | undefined {
  const constructor = getProperty(value, "$constructor");
  return constructor instanceof FunctionValue ? inMessage(jsNameOf(constructor)) : undefined;
}

/** What V8 calls a value whose place in the source it does not know. */
export function callSite(value: Value): string {
  const type = typeOfJs(value);
  if (typeof value === "string") return `string "${inMessage(value)}"`;
  if (type === "number" || type === "boolean") return `${type} ${value}`;
  return value === Unit ? "object null" : type;
}

export function symbolText(name: string): string {
  return `Symbol(${name.startsWith(SYMBOL) ? `Symbol.${name.slice(SYMBOL.length)}` : name})`;
}

/** In front of the names of symbols of the language. */
export const SYMBOL = "@@";
