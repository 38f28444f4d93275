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

export function patternText(pattern: Pattern): string {
  const pieces: string[] = [];
  writePattern(pattern, pieces);
  return pieces.join("");
}

/** Into one list, so that a long text deep inside is not copied at each level. Nesting is limited at load. */
function writePattern(pattern: Pattern, pieces: string[]): void {
  switch (pattern.kind) {
    case "wildcard":
      pieces.push("_");
      break;
    case "bind":
      pieces.push("@", registerText(pattern.register));
      break;
    case "value":
      pieces.push(standsForItself(pattern.value) ? "" : "=", literalText(pattern.value));
      break;
    case "tuple":
      pieces.push("(");
      writeItems(pattern.items, pieces);
      // A comma tells none from Unit, and one from a pattern in parentheses.
      pieces.push(pattern.items.length < 2 ? ",)" : ")");
      break;
    case "array":
      pieces.push("[");
      writeItems(pattern.items, pieces);
      pieces.push("]");
      break;
    case "tagged":
      pieces.push("#", nameText(pattern.tag), "(");
      writePattern(pattern.payload, pieces);
      pieces.push(")");
      break;
    case "object":
      pieces.push("{");
      for (const [index, member] of pattern.members.entries()) {
        pieces.push(index > 0 ? ", " : "", nameText(member.key), ": ");
        writePattern(member.pattern, pieces);
      }
      pieces.push("}");
      break;
  }
}

function writeItems(items: readonly Pattern[], pieces: string[]): void {
  for (const [index, item] of items.entries()) {
    if (index > 0) pieces.push(", ");
    writePattern(item, pieces);
  }
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
      return false;
    default:
      return true;
  }
}
