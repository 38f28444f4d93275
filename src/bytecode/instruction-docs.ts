/** The documentation page of the instruction table, derived from its rows. */
import { ERROR_KINDS, type ErrorKind } from "../errors.ts";
import { UNITS_PER_REDUCTION, VALUES_PER_REDUCTION } from "../values/work.ts";
import {
  type InstructionRow,
  MNEMONICS,
  type Mnemonic,
  type OperandKind,
  rowOf,
  type SafePoint,
} from "./instructions.ts";
import { FOREIGN_REFERENCE, FUNCTION_REFERENCE, VM_REFERENCE, VM_VALUES, type VMValue } from "./special.ts";

/** How operands of each kind look in assembly, and what they are. */
const OPERAND_KINDS: { readonly [Kind in OperandKind]: readonly [example: string, meaning: string] } = {
  dst: ["r0", "a register that is written"],
  src: ["r1", "a register that is read"],
  registers: ["[r1, r2]", "registers that are read"],
  number: ["7", "a whole number from 0"],
  offset: ["loop", "a label of the function, or an offset from the instruction itself such as `+3` or `-2`"],
  string: ['"text"', "a text"],
  value: ["(:ok, 42)", "a literal"],
  clauses: ["[((:ok, ^r1, @r4), done), (_, +3)]", "patterns, each with the place where it leads"],
  entries: [
    '{key: r1, "odd key"!we: 42}',
    "members of an Object: registers or literals; behind `!` the attributes that are true",
  ],
  captures: ["[x:r1, y:r2]", "names, each with a register that is read"],
};

const SAFE_POINTS: { readonly [Kind in SafePoint]: string } = {
  always: "yes",
  call: "unless the callee is a synchronous foreign function",
  never: "",
};

const INTRODUCTION = `# Instructions

In the equations \`R[x]\` is register x, and *next* the following instruction. An instruction is charged its cost in reductions
before its effect; after it, one more for every ${VALUES_PER_REDUCTION} values copied, created, filled in, compared or tried, and for every
${UNITS_PER_REDUCTION} units of text made or compared, each rounded down. At a *safe point* a turn may end. Instructions that a
jump of the same function leads back to are safe points too, and so is every call that an instruction marked *hidden call* makes:
of an operator method, \`__getattr__\` or \`__setattr__\`.
`;

const SPECIAL_ATOMS = `## Special atoms

An Atom that is the whole operand of \`LOAD_CONST\` may stand for something else. \`:"${FUNCTION_REFERENCE}f"\` is the function f
of the own class, else the unnamed function of a class f, else the one function f of the pack; \`:"${FUNCTION_REFERENCE}Class:f"\` is
exactly that. \`:"${FOREIGN_REFERENCE}Sqrt"\` is a foreign function. These are resolved when a pack is loaded. Of the VM there are the
following; the bare atom \`:self\` means the same as the first.
`;

/** The page, in Markdown. */
export function instructionPage(): string {
  return [
    INTRODUCTION,
    "| code | assembly | cost | meaning |",
    "|---|---|---|---|",
    ...MNEMONICS.map(tableRow),
    "",
    "## Safe points, hidden calls, errors",
    "",
    "| instruction | safe point | hidden call | errors of its own |",
    "|---|---|---|---|",
    ...MNEMONICS.filter((op) => isRemarkable(rowOf(op))).map(behaviourRow),
    "",
    "The kinds of errors, with the reason that each gives:",
    "",
    ...(Object.keys(ERROR_KINDS) as ErrorKind[]).map((kind) => `- \`${kind}\`: ${cell(ERROR_KINDS[kind])}`),
    "",
    "## Operands",
    "",
    "| for example | operand | in |",
    "|---|---|---|",
    ...(Object.keys(OPERAND_KINDS) as OperandKind[]).map(kindRow),
    "",
    SPECIAL_ATOMS,
    "| atom | loads |",
    "|---|---|",
    ...(Object.keys(VM_VALUES) as VMValue[]).map((name) => `| \`:"${VM_REFERENCE}${name}"\` | ${VM_VALUES[name]} |`),
    "",
    "## Versions",
    "",
    ...versionLines(),
    "",
  ].join("\n");
}

function tableRow(op: Mnemonic): string {
  const { code, operands, cost, equation } = rowOf(op);
  const names = operands.map(({ name }) => name).join(", ");
  return `| ${hexadecimal(code)} | \`${names === "" ? op : `${op} ${names}`}\` | ${cost} | ${cell(equation)} |`;
}

function isRemarkable({ safePoint, hiddenCall, errors }: InstructionRow): boolean {
  return safePoint !== "never" || hiddenCall || errors.length > 0;
}

function behaviourRow(op: Mnemonic): string {
  const { safePoint, hiddenCall, errors } = rowOf(op);
  const kinds = errors.map((kind) => `\`${kind}\``).join(", ");
  return `| \`${op}\` | ${SAFE_POINTS[safePoint]} | ${hiddenCall ? "yes" : ""} | ${kinds} |`;
}

function kindRow(kind: OperandKind): string {
  const [example, meaning] = OPERAND_KINDS[kind];
  const users = MNEMONICS.filter((op) => rowOf(op).operands.some((operand) => operand.kind === kind));
  // Most instructions have registers; naming them would say nothing.
  const shown = users.length > MNEMONICS.length / 2 ? "most instructions" : users.map((op) => `\`${op}\``).join(", ");
  return `| \`${example}\` | ${meaning} | ${shown} |`;
}

/** What files of version 1 lack, and what they code otherwise. */
function versionLines(): string[] {
  const missing = MNEMONICS.filter((op) => !rowOf(op).inVersion1).map((op) => `\`${op}\``);
  const moved = MNEMONICS.filter((op) => rowOf(op).version1Code !== null).map((op) => {
    return `- There the code ${hexadecimal(rowOf(op).version1Code!)} means \`${op}\`.`;
  });
  return [`- Files of version 1 have no ${missing.join(", ")}.`, ...moved];
}

function hexadecimal(code: number): string {
  return code.toString(16).toUpperCase().padStart(2, "0");
}

/** A bar would end the cell of a table, and `R[f](x)` would be a link. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("](", "]\\(");
}
