/** What a value is, and what it would be as text or Number. */
import { Atom, atom } from "../../values/atom.ts";
import { print } from "../../values/print.ts";
import { TYPE_NAMES, type TypeName, typeOf, Undefined, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import type { ForeignSpec, Parameter } from "../spec.ts";

const VALUE: Parameter = { name: "value", type: "Any" };

/** Held here, so that a name is not made anew each time. */
const TYPE_ATOMS = Object.fromEntries(TYPE_NAMES.map((name) => [name, atom(name)])) as Record<TypeName, Atom>;

function test(name: string, type: TypeName): ForeignSpec {
  return {
    name,
    parameters: [VALUE],
    result: "Boolean",
    description: `Is the value of type ${type}?`,
    pure: true,
    run: (args) => typeOf(args[0]) === type,
  };
}

/** What Print would cut off stays where it is the text itself. */
function toText(value: Value): string {
  if (typeof value === "string") return value;
  if (value instanceof Atom) return value.name;
  const text = print(value);
  work.units += text.length;
  return text;
}

function toNumber(value: Value): Value {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return Undefined;
  work.units += value.length;
  const number = Number(value);
  return Number.isNaN(number) ? Undefined : number;
}

export const TYPES: readonly ForeignSpec[] = [
  test("IsNumber", "Number"),
  test("IsString", "String"),
  test("IsBool", "Boolean"),
  test("IsArray", "Array"),
  {
    name: "TypeOf",
    parameters: [VALUE],
    result: "Atom",
    description: `The name of the value's type: ${TYPE_NAMES.map((name) => `\`:${name}\``).join(", ")}.`,
    pure: true,
    run: (args) => TYPE_ATOMS[typeOf(args[0])],
  },
  {
    name: "ToString",
    parameters: [VALUE],
    result: "String",
    description: "The text that Print would print; of a String itself and of an Atom its name, however long.",
    charge: "the units of a text that was made",
    pure: true,
    run: (args) => toText(args[0]),
  },
  {
    name: "ToNumber",
    parameters: [VALUE],
    result: "Any",
    description:
      "A Number as it is; of a String what JavaScript's `Number(text)` gives, Undefined where that is NaN " +
      "(so white space at the ends does not matter, an empty text is 0, `0x10` is 16); of all else Undefined.",
    charge: "the units of a String",
    pure: true,
    run: (args) => toNumber(args[0]),
  },
];
