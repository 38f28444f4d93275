/** Operands as assembly text, by the kinds of the instruction table. assemble.ts reads them. */
import { literalText } from "../values/print.ts";
import { attributesText, nameText, quote } from "../values/text.ts";
import { typeOf, type Value } from "../values/value.ts";
import type { Instruction, ObjectEntry, Operand, OperandKind, OperandTypes } from "./instructions.ts";
import { rowOf } from "./instructions.ts";
import type { Pattern } from "./pattern.ts";

/** The text for the place that an offset leads to: a label, or the offset itself. */
export type TargetText = (offset: number) => string;

/** `+3` or `-2`. */
export function offsetText(offset: number): string {
  return offset < 0 ? String(offset) : `+${offset}`;
}

/** The operands of an instruction, in order. */
export function operandTexts({ op, operands }: Instruction, target: TargetText): string[] {
  return rowOf(op).operands.map(({ kind }, index) => operandText(kind, operands[index] as Operand, target));
}

function operandText<Kind extends OperandKind>(kind: Kind, operand: Operand, target: TargetText): string {
  // The table says that the operand at this place is of this kind.
  return TEXTS[kind](operand as OperandTypes[Kind], target);
}

const TEXTS: { readonly [Kind in OperandKind]: (operand: OperandTypes[Kind], target: TargetText) => string } = {
  dst: registerText,
  src: registerText,
  registers: (registers) => `[${registers.map(registerText).join(", ")}]`,
  number: String,
  offset: (offset, target) => target(offset),
  string: quote,
  value: literalText,
  clauses: (clauses, target) => {
    return `[${clauses.map(({ pattern, offset }) => `(${patternText(pattern)}, ${target(offset)})`).join(", ")}]`;
  },
  entries: (entries) => `{${entries.map(entryText).join(", ")}}`,
  captures: (captures) => `[${captures.map(({ name, register }) => `${nameText(name)}:r${register}`).join(", ")}]`,
};

function registerText(register: number): string {
  return `r${register}`;
}

function entryText({ key, from, attributes }: ObjectEntry): string {
  const value = "register" in from ? registerText(from.register) : literalText(from.value);
  return `${nameText(key)}${attributes === null ? "" : attributesText(attributes)}: ${value}`;
}

/** A list of what is left to write instead of recursion: a thousand levels would take half of a usual stack. */
export function patternText(pattern: Pattern): string {
  let text = "";
  const rest: (Pattern | string)[] = [pattern];
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    if (typeof part === "string") text += part;
    else for (const inner of partsOf(part).reverse()) rest.push(inner);
  }
  return text;
}

/** A pattern in order, its own text and the patterns in it. */
function partsOf(pattern: Pattern): (Pattern | string)[] {
  switch (pattern.kind) {
    case "wildcard":
      return ["_"];
    case "bind":
      return [`@${registerText(pattern.register)}`];
    case "pin":
      return [`^${registerText(pattern.register)}`];
    case "value":
      return [standsForItself(pattern.value) ? "" : "=", literalText(pattern.value)];
    case "tuple":
      // A comma tells none from Unit, and one from a pattern in parentheses.
      return ["(", ...separated(pattern.items), pattern.items.length < 2 ? ",)" : ")"];
    case "array":
      return ["[", ...separated(pattern.items), "]"];
    case "tagged":
      return [`#${nameText(pattern.tag)}(`, pattern.payload, ")"];
    case "object":
      return ["{", ...pattern.members.flatMap(memberParts), "}"];
  }
}

function separated(items: readonly Pattern[]): (Pattern | string)[] {
  return items.flatMap((item, index) => (index === 0 ? [item] : [", ", item]));
}

function memberParts(member: { readonly key: string; readonly pattern: Pattern }, index: number): (Pattern | string)[] {
  return [`${index === 0 ? "" : ", "}${nameText(member.key)}: `, member.pattern];
}

/** In patterns a bracket begins a pattern; literals that begin with one, and Functions, have `=` before them. */
function standsForItself(value: Value): boolean {
  switch (typeOf(value)) {
    case "Tuple":
    case "Array":
    case "Object":
    case "Tagged":
    case "Function":
    case "Process":
    case "Reference":
      return false;
    default:
      return true;
  }
}
