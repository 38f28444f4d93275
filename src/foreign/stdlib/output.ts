/** Printing, to standard output and standard error. */
import { debugText, print } from "../../values/print.ts";
import { Unit, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import type { ForeignSpec, Parameter } from "../spec.ts";
import { format } from "./format.ts";
import { joinTexts } from "./text.ts";

const VALUE: Parameter = { name: "value", type: "Any" };
const MORE_VALUES: Parameter = { name: "more", type: "Any" };

function joined(values: readonly Value[], end: string): string {
  const texts = values.map((value) => print(value));
  texts[texts.length - 1] += end;
  return joinTexts(texts, ", ");
}

function counted(text: string): string {
  work.units += text.length;
  return text;
}

export const OUTPUT: readonly ForeignSpec[] = [
  {
    name: "Print",
    parameters: [VALUE],
    rest: MORE_VALUES,
    result: "Unit",
    description: "Prints the values, joined by `, `, on standard output.",
    charge: "the units printed",
    pure: false,
    run: (args, context) => {
      context.stdout(joined(args, ""));
      return Unit;
    },
  },
  {
    name: "PrintLn",
    parameters: [VALUE],
    rest: MORE_VALUES,
    result: "Unit",
    description: "Prints the values, joined by `, `, and a newline on standard output.",
    charge: "the units printed",
    pure: false,
    run: (args, context) => {
      context.stdout(joined(args, "\n"));
      return Unit;
    },
  },
  {
    name: "PrintF",
    parameters: [{ name: "format", type: "String" }, VALUE],
    rest: MORE_VALUES,
    result: "Unit",
    description:
      "Prints the format on standard output, with values in the place of its placeholders. Each `{n}` is replaced by value n, " +
      "counted from 0; the values for which no `{n}` stands fill the `{}` in order. Fails if there are fewer values than " +
      "placeholders (of both kinds together, each counted as often as it stands there), and without any value. Values too " +
      "many are ignored; a `{n}` without such a value, or with leading zeros, stays as it is. Called from version 1, " +
      "the text is replaced value by value, so that placeholders inside texts already put in are replaced too, and all " +
      "texts made on the way together must not be longer than a String.",
    charge: "the units of the format and of the text printed; from version 1 the units of all texts made on the way",
    pure: false,
    run: (args, context) => {
      context.stdout(format(args[0] as string, args.slice(1), context.version));
      return Unit;
    },
  },
  {
    name: "Debug",
    parameters: [VALUE],
    result: "Unit",
    description:
      "Prints `[DEBUG] Type: value` and a newline on standard output, a String in quotes, an Atom with its colon. Called from " +
      'version 1, Functions and Processes are printed as `String: "[Function: name]"` and `String: "[Process]"`.',
    charge: "the units printed",
    pure: false,
    run: (args, context) => {
      context.stdout(counted(`[DEBUG] ${debugText(args[0], context.version)}\n`));
      return Unit;
    },
  },
  {
    name: "Eprint",
    parameters: [VALUE],
    result: "Unit",
    description: "Prints the value and a newline on standard error.",
    charge: "the units printed",
    pure: false,
    run: (args, context) => {
      context.stderr(counted(`${print(args[0])}\n`));
      return Unit;
    },
  },
];
