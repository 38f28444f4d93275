/** The documentation page of the standard library, derived from the descriptions of its functions. */
import { FIXED_LIMITS } from "../limits.ts";
import { UNITS_PER_REDUCTION, VALUES_PER_REDUCTION } from "../values/work.ts";
import type { FunctionDescription, Parameter } from "./spec.ts";
import { STANDARD_TOPICS, type Topic } from "./stdlib/index.ts";

const INTRODUCTION = `# The standard library

A program gets a function of this library as a constant and calls it like any other:

\`\`\`
LOAD_CONST r0, :"__stdlib:Sqrt"
CALL r2, r0, [r1]
\`\`\`

The count and the types of the arguments are checked before a function runs. \`Key\` is an Atom or a String, \`Sequence\` an Array
or a Tuple, \`Receiver\` a Process or an Atom that names one, \`Any\` every value; \`…\` takes any number of values. A call that fails ends with the error
\`(:ffi, "Name", "message")\`; when it stands in a version 1 file, its result is the Atom \`error:FFI call error: message\` instead.
A call that would make a text of more than ${FIXED_LIMITS.stringLength.value} units ends with \`(:system_limit, :string)\`, one that would make an
Array of more than ${FIXED_LIMITS.arrayLength.value} elements with \`(:system_limit, :array)\`. What is printed of a value is cut off after
${FIXED_LIMITS.printedLength.value} units.

What reads or writes files, reads the environment or standard input must be allowed: see [ffi.md](ffi.md#permissions), also for functions
that the host or a pack adds to these.

No function calls code of the program: not \`__getattr__\`, not \`__setattr__\`, no operator methods.

Where data are *charged*, the call costs one more reduction for every ${UNITS_PER_REDUCTION} units of text, and one more for every
${VALUES_PER_REDUCTION} values, each rounded down.
`;

/** The page, in Markdown. */
export function standardLibraryPage(): string {
  return [INTRODUCTION, ...STANDARD_TOPICS.map(section)].join("\n");
}

function section({ title, functions }: Topic): string {
  return `## ${title}\n\n${functions.map(entry).join("\n")}\n`;
}

function entry(spec: FunctionDescription): string {
  const charge = spec.charge === undefined ? "" : ` *Charged: ${spec.charge}.*`;
  return `- \`${signature(spec)}\` — ${spec.description}${charge}`;
}

/** For example `Print(value: Any, …more: Any) → Unit`. */
export function signature({ name, parameters, rest, result }: FunctionDescription): string {
  const shown = parameters.map(parameter);
  if (rest !== undefined) shown.push(`…${parameter(rest)}`);
  return `${name}(${shown.join(", ")}) → ${result}`;
}

function parameter({ name, type }: Parameter): string {
  return `${name}: ${type}`;
}
