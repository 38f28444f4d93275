/** What `console.log` makes of its arguments: a format with placeholders first, or values one behind the other. */

import { Atom } from "../../../values/atom.ts";
import { FunctionValue } from "../../../values/function.ts";
import { Undefined, Unit, type Value } from "../../../values/value.ts";
import { isObject, toNumber, toText } from "../convert.ts";
import { isBuiltIn } from "../function-text.ts";
import { stringifyPlain } from "../json.ts";
import { LongText } from "../limits.ts";
import { hasOwnMember, plainMember, prototypeChain } from "../members.ts";
import { inspect, LOG_OPTIONS, numberText } from "./inspect.ts";

export function formatLog(args: readonly Value[]): string {
  const [first] = args;
  const text = new LongText();
  let used = 0;
  if (typeof first === "string") {
    if (args.length === 1) return first;
    used = fill(text, first, args);
  }
  for (let i = used; i < args.length; i++) {
    if (i > 0) text.add(" ");
    text.add(shown(args[i]));
  }
  return text.join();
}

function shown(value: Value): string {
  return typeof value === "string" ? value : inspect(value);
}

/** Writes a format with what stands for its placeholders; how many arguments that took, itself among them. */
function fill(text: LongText, format: string, args: readonly Value[]): number {
  let end = 0;
  let used = 1;
  for (let i = format.indexOf("%"); i >= 0 && i < format.length - 1; i = format.indexOf("%", i + 2)) {
    const sign = format[i + 1];
    const made = sign === "%" ? "%" : used < args.length ? placeholder(sign, args[used]) : undefined;
    if (made === undefined) {
      // The sign behind may itself be a percent sign of a placeholder: not so here, it is no `%`.
      continue;
    }
    if (sign !== "%") used++;
    text.add(format.slice(end, i));
    text.add(made);
    end = i + 2;
  }
  text.add(format.slice(end));
  return used;
}

/** Undefined: it is none. */
function placeholder(sign: string, value: Value): string | undefined {
  switch (sign) {
    case "s":
      return stringOf(value);
    case "d":
      return value instanceof Atom ? "NaN" : numberText(toNumber(value));
    case "i":
      return value instanceof Atom ? "NaN" : numberText(Number.parseInt(toText(value), 10));
    case "f":
      return value instanceof Atom ? "NaN" : numberText(Number.parseFloat(toText(value)));
    case "j":
      return stringifyPlain(value);
    case "o":
      return inspect(value, { depth: 4, showHidden: true });
    case "O":
      return inspect(value);
    case "c":
      return "";
    default:
      return undefined;
  }
}

function stringOf(value: Value): string {
  if (typeof value === "number") return numberText(value);
  if (value === Undefined || value === Unit || !isObject(value))
    return value instanceof Atom ? inspect(value) : toText(value);
  if (value instanceof FunctionValue || !hasBuiltInText(value)) return toText(value);
  return inspect(value, { ...LOG_OPTIONS, depth: 0 });
}

/** Is its `toString` that of a built-in class? */
function hasBuiltInText(value: Value): boolean {
  if (!(plainMember(value, "toString") instanceof FunctionValue)) return true;
  if (hasOwnMember(value, "toString")) return false;
  for (const prototype of prototypeChain(value)) {
    if (hasOwnMember(prototype, "toString")) return isBuiltIn(plainMember(prototype, "toString"));
  }
  return true;
}
