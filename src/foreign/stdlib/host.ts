/** What surrounds the program: its arguments, the resources of its pack, its end. */
import { shown } from "../../errors.ts";
import { Unit, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type ForeignContext, type ForeignSpec, refusal } from "../spec.ts";
import { allowText } from "./text.ts";

/** What an operating system keeps of an exit code. */
const LARGEST_EXIT_CODE = 255;

function halt(code: number, context: ForeignContext): void {
  if (!Number.isInteger(code) || code < 0 || code > LARGEST_EXIT_CODE) {
    throw refusal(`An exit code is a whole number from 0 to ${LARGEST_EXIT_CODE}, got ${code}`);
  }
  // Adding makes 0 of -0.
  context.halt(code + 0);
}

function programArguments(context: ForeignContext): ValueArray {
  work.values += context.args.length;
  return [...context.args];
}

function readResource(name: string, context: ForeignContext): string {
  const text = context.resource(name);
  if (text === undefined) throw refusal(`There is no resource ${shown(name)}`);
  allowText(text.length);
  work.units += text.length;
  return text;
}

export const HOST: readonly ForeignSpec[] = [
  {
    name: "Halt",
    parameters: [{ name: "code", type: "Number" }],
    result: "Unit",
    description: `Ends the VM, whatever else still runs, with an exit code: a whole number from 0 to ${LARGEST_EXIT_CODE}, else it fails.`,
    pure: false,
    run: (args, context) => {
      halt(args[0] as number, context);
      return Unit;
    },
  },
  {
    name: "Args",
    parameters: [],
    result: "Array",
    description: "A fresh Array of the program's arguments, which are Strings.",
    charge: "the arguments",
    pure: false,
    run: (_, context) => programArguments(context),
  },
  {
    name: "Resource",
    parameters: [{ name: "name", type: "String" }],
    result: "String",
    description:
      "The text of the file of this name under `resources/` in the pack of the calling class; fails if there is none.",
    charge: "the units of the text",
    pure: false,
    run: (args, context) => readResource(args[0] as string, context),
  },
];
