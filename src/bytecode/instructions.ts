/**
 * The instruction table: one row an instruction. Decoder, encoder, verifier, assembler, disassembler,
 * costs, the documentation page and the generator of random programs all derive from these rows.
 *
 * A new instruction is a row here, an operation in src/operations, a case of the interpreter and a
 * template of the JIT; a test fails if one of them is missing.
 */
import type { Attributes } from "../values/object.ts";
import type { Value } from "../values/value.ts";
import type { Pattern } from "./pattern.ts";

/**
 * What an operand is and how it stands in a file:
 *
 * - `dst`, `src`: u32 register that the instruction writes, reads
 * - `registers`: u32 count, then that many registers it reads
 * - `number`: u32
 * - `offset`: i32, relative to the instruction itself
 * - `string`: u32 length and UTF-8 bytes
 * - `value`: a literal
 * - `clauses`: u32 count, then pairs of a pattern and an offset
 * - `entries`: u32 count, then object members: key and a register or a literal, with or without attributes
 * - `captures`: u32 count, then pairs of a name and a register it reads
 */
export type OperandKind =
  | "dst"
  | "src"
  | "registers"
  | "number"
  | "offset"
  | "string"
  | "value"
  | "clauses"
  | "entries"
  | "captures";

export interface Clause {
  readonly pattern: Pattern;
  readonly offset: number;
}
/** A member of OBJECT_INIT. `attributes` null: none were given, so all are true. */
export interface ObjectEntry {
  readonly key: string;
  readonly from: { readonly register: number } | { readonly value: Value };
  readonly attributes: Attributes | null;
}
export interface Capture {
  readonly name: string;
  readonly register: number;
}

export interface OperandTypes {
  dst: number;
  src: number;
  registers: readonly number[];
  number: number;
  offset: number;
  string: string;
  value: Value;
  clauses: readonly Clause[];
  entries: readonly ObjectEntry[];
  captures: readonly Capture[];
}

/** `always`; `call`: unless the callee is a synchronous foreign function; `never` by itself (hidden calls and loop heads still are). */
export type SafePoint = "always" | "call" | "never";

export interface InstructionRow {
  /** The byte in files of version 2, and of version 1 unless `version1Code` says otherwise. */
  readonly code: number;
  readonly operands: readonly OperandSpec[];
  /** Reductions, charged before the effect. */
  readonly cost: number;
  readonly safePoint: SafePoint;
  /** The first file version that has the instruction with this code. */
  readonly since: 1 | 2;
  /** What stands for the instruction in version 1 files, where that differs. */
  readonly version1Code: number | null;
  /** False where version 1 has no such instruction at all. */
  readonly inVersion1: boolean;
  /** False for what only code of ours has: no file and no text says it. */
  readonly inFiles: boolean;
  /** May it call a bytecode function that the program does not name: an operator method, `__getattr__`, `__setattr__`? */
  readonly hiddenCall: boolean;
  /** Control never continues at the next instruction. */
  readonly endsBlock: boolean;
  /** The errors its effect can raise. */
  readonly errors: readonly string[];
  /** What it does. R[x] is register x, next the following instruction. */
  readonly equation: string;
}

export interface OperandSpec<Kind extends OperandKind = OperandKind> {
  readonly name: string;
  readonly kind: Kind;
}

type Extras = Partial<Omit<InstructionRow, "code" | "operands" | "cost" | "equation">>;

/** "d:dst a:src" → the list of operand specs, typed. */
type ParseOperands<Text extends string> = Text extends ""
  ? []
  : Text extends `${string}:${infer Kind extends OperandKind} ${infer Rest}`
    ? [Kind, ...ParseOperands<Rest>]
    : Text extends `${string}:${infer Kind extends OperandKind}`
      ? [Kind]
      : never;

interface Row<Kinds extends OperandKind[]> extends InstructionRow {
  /** Only for the type of the operands; never read. */
  readonly kinds?: Kinds;
}

function row<const Operands extends string>(
  code: number,
  operands: Operands,
  cost: number,
  equation: string,
  extras: Extras = {},
): Row<ParseOperands<Operands>> {
  const since = extras.since ?? (code < 0x24 ? 1 : 2);
  return {
    code,
    operands: operands === "" ? [] : operands.split(" ").map(parseOperand),
    cost,
    equation,
    safePoint: "never",
    version1Code: null,
    inVersion1: since === 1,
    inFiles: true,
    hiddenCall: false,
    endsBlock: false,
    errors: [],
    ...extras,
    since,
  };
}

function parseOperand(text: string): OperandSpec {
  const [name, kind] = text.split(":") as [string, OperandKind];
  return { name, kind };
}

const S: Extras = { safePoint: "always" };
const HIDDEN: Extras = { hiddenCall: true, errors: ["system_limit"] };
const COMPARE: Extras = { hiddenCall: true };
const CALLS: Extras = { safePoint: "call", errors: ["badfun", "ffi", "system_limit"] };
const WAITS: Extras = { safePoint: "always", errors: ["badarg"] };
/** May call a function of the program, or one of the library that does so in its place. */
const JS: Extras = { hiddenCall: true, errors: ["js", "system_limit"] };
const JS_CALLS: Extras = { ...CALLS, errors: [...CALLS.errors!, "js"] };

export const INSTRUCTIONS = {
  LOAD_CONST: row(0x01, "d:dst value:value", 1, "R[d] = value, made afresh if it is mutable; see special atoms"),
  MOVE: row(0x02, "d:dst s:src", 1, "R[d] = R[s]"),
  ADD: row(0x03, "d:dst a:src b:src", 1, "R[d] = R[a] + R[b]", HIDDEN),
  SUB: row(0x04, "d:dst a:src b:src", 1, "R[d] = R[a] - R[b]", HIDDEN),
  MUL: row(0x05, "d:dst a:src b:src", 1, "R[d] = R[a] * R[b]; a String is repeated", HIDDEN),
  DIV: row(0x06, "d:dst a:src b:src", 1, "R[d] = R[a] / R[b]; Undefined by a Number zero", HIDDEN),
  GET_PROP: row(0x07, "d:dst obj:src key:src", 1, "R[d] = R[obj].R[key], a Function bound to R[obj]", HIDDEN),
  SET_PROP: row(0x08, "obj:src key:src value:src", 1, "R[obj].R[key] = R[value]", HIDDEN),
  CALL: row(0x09, "d:dst f:src args:registers", 2, "R[d] = R[f](args)", CALLS),
  RETURN: row(0x0a, "s:src", 1, "the caller gets R[s]; from the first frame the process ends", { endsBlock: true }),
  JUMP: row(0x0b, "o:offset", 1, "continue at o", { endsBlock: true }),
  JUMP_IF_TRUE: row(0x0c, "c:src o:offset", 1, "continue at o if R[c] is truthy"),
  JUMP_IF_FALSE: row(0x0d, "c:src o:offset", 1, "continue at o unless R[c] is truthy"),
  SPAWN: row(0x0e, "d:dst f:src args:registers", 4, "R[d] = a new process that runs R[f](args)", {
    safePoint: "always",
    errors: ["system_limit"],
  }),
  SEND: row(0x0f, "p:src m:src", 4, "a copy of R[m] to the end of R[p]'s mailbox", {
    safePoint: "always",
    errors: ["system_limit"],
  }),
  RECEIVE: row(0x10, "d:dst", 2, "R[d] = the oldest message; waits for one", S),
  LINK: row(0x11, "p:src", 2, "link this process and R[p]", { since: 2, errors: ["badarg"] }),
  MATCH: row(
    0x12,
    "s:src clauses:clauses",
    1,
    "continue at the offset of the first pattern that R[s] matches, else at next",
  ),
  YIELD: row(0x13, "", 1, "give up the rest of the turn", S),
  NOP: row(0x14, "", 1, "nothing"),
  EQUAL: row(0x15, "d:dst a:src b:src", 1, "R[d] = R[a] and R[b] are equal", COMPARE),
  NOT_EQUAL: row(0x16, "d:dst a:src b:src", 1, "R[d] = R[a] and R[b] are not equal", COMPARE),
  LESS_THAN: row(0x17, "d:dst a:src b:src", 1, "R[d] = R[a] < R[b]", COMPARE),
  LESS_EQUAL: row(0x18, "d:dst a:src b:src", 1, "R[d] = R[a] <= R[b]", COMPARE),
  GREATER_THAN: row(0x19, "d:dst a:src b:src", 1, "R[d] = R[b] < R[a]", COMPARE),
  GREATER_EQUAL: row(0x1a, "d:dst a:src b:src", 1, "R[d] = R[b] <= R[a]", COMPARE),
  AND: row(0x1b, "d:dst a:src b:src", 1, "R[d] = R[a] and R[b] are truthy"),
  OR: row(0x1c, "d:dst a:src b:src", 1, "R[d] = R[a] or R[b] is truthy"),
  NOT: row(0x1d, "d:dst a:src", 1, "R[d] = R[a] is not truthy"),
  RECEIVE_WITH_TIMEOUT: row(
    0x1e,
    "d:dst ms:src ok:dst",
    2,
    "R[d] = the oldest message, R[ok] = true; after R[ms] without one Undefined, false",
    WAITS,
  ),
  OBJECT_INIT: row(0x1f, "d:dst entries:entries", 1, "R[d] = a fresh object; the last of a repeated key wins"),
  SELECT: row(0x20, "d:dst procs:registers", 2, "R[d] = the result of the first process that ends", WAITS),
  SELECT_WITH_KILL: row(0x21, "d:dst procs:registers", 2, "as SELECT, then kill the others", WAITS),
  ARRAY_INIT: row(0x22, "d:dst items:registers", 1, "R[d] = a fresh array of the items"),
  MAKE_CLOSURE: row(
    0x23,
    "d:dst f:src scope:string captures:captures",
    1,
    "R[d] = R[f] with captured values; in one frame the first capture of a name in a scope wins",
  ),
  JOIN: row(0x24, "p:src d:dst", 2, "R[d] = the result of R[p] once it has ended", WAITS),
  TUPLE_INIT: row(0x25, "d:dst items:registers", 1, "R[d] = the tuple of the items"),
  TAG_INIT: row(0x26, "d:dst tag:string payload:src", 1, "R[d] = #tag(R[payload])"),
  MOD: row(0x27, "d:dst a:src b:src", 1, "R[d] = the remainder, with the sign of R[a]; Undefined by zero"),
  NEG: row(0x28, "d:dst a:src", 1, "R[d] = -R[a]"),
  BIT_AND: row(0x29, "d:dst a:src b:src", 1, "R[d] = R[a] & R[b] on 32 bits"),
  BIT_OR: row(0x2a, "d:dst a:src b:src", 1, "R[d] = R[a] | R[b] on 32 bits"),
  BIT_XOR: row(0x2b, "d:dst a:src b:src", 1, "R[d] = R[a] ^ R[b] on 32 bits"),
  SHL: row(0x2c, "d:dst a:src b:src", 1, "R[d] = R[a] << R[b] on 32 bits"),
  SHR: row(0x2d, "d:dst a:src b:src", 1, "R[d] = R[a] >> R[b] on 32 bits"),
  USHR: row(0x2e, "d:dst a:src b:src", 1, "R[d] = R[a] >>> R[b] on 32 bits"),
  SAME: row(0x2f, "d:dst a:src b:src", 1, "R[d] = R[a] and R[b] are the same value"),
  TRY: row(0x30, "d:dst o:offset", 1, "open a handler: an error goes to R[d] and continues at o"),
  END_TRY: row(0x31, "", 1, "close the innermost handler"),
  THROW: row(0x32, "s:src", 1, "raise R[s]", { endsBlock: true, errors: ["throw"] }),
  CALL_METHOD: row(0x33, "d:dst obj:src key:string args:registers", 2, "R[d] = R[obj].key(args) with this = R[obj]", {
    ...CALLS,
    hiddenCall: true,
  }),
  // Version 1 files call it LINK: they wait for the process with a number, and have no links.
  JOIN_NUMBER: row(0x34, "n:number d:dst", 2, "R[d] = the result of process number n once it has ended", {
    safePoint: "always",
    errors: ["badarg"],
    version1Code: 0x11,
    inVersion1: true,
  }),
  RECEIVE_MATCH: row(
    0x35,
    "d:dst ms:src clauses:clauses",
    2,
    "R[d] = the oldest message that matches a clause, continue at the offset of the first it matches; waits for one; after R[ms] without one R[d] = Undefined, continue at next",
    WAITS,
  ),
  // For JavaScript; what they are for, as a whole, says docs/javascript-inside.md.
  JS_ADD: row(0x40, "d:dst a:src b:src", 1, "R[d] = R[a] + R[b] of JavaScript", JS),
  JS_SUB: row(0x41, "d:dst a:src b:src", 1, "R[d] = R[a] - R[b] of JavaScript", JS),
  JS_MUL: row(0x42, "d:dst a:src b:src", 1, "R[d] = R[a] * R[b] of JavaScript", JS),
  JS_DIV: row(0x43, "d:dst a:src b:src", 1, "R[d] = R[a] / R[b] of JavaScript", JS),
  JS_MOD: row(0x44, "d:dst a:src b:src", 1, "R[d] = R[a] % R[b] of JavaScript", JS),
  JS_POW: row(0x45, "d:dst a:src b:src", 1, "R[d] = R[a] ** R[b] of JavaScript", JS),
  JS_BIT_AND: row(0x46, "d:dst a:src b:src", 1, "R[d] = R[a] & R[b] of JavaScript", JS),
  JS_BIT_OR: row(0x47, "d:dst a:src b:src", 1, "R[d] = R[a] | R[b] of JavaScript", JS),
  JS_BIT_XOR: row(0x48, "d:dst a:src b:src", 1, "R[d] = R[a] ^ R[b] of JavaScript", JS),
  JS_SHL: row(0x49, "d:dst a:src b:src", 1, "R[d] = R[a] << R[b] of JavaScript", JS),
  JS_SHR: row(0x4a, "d:dst a:src b:src", 1, "R[d] = R[a] >> R[b] of JavaScript", JS),
  JS_USHR: row(0x4b, "d:dst a:src b:src", 1, "R[d] = R[a] >>> R[b] of JavaScript", JS),
  JS_LESS: row(0x4c, "d:dst a:src b:src", 1, "R[d] = R[a] < R[b] of JavaScript", JS),
  JS_LESS_EQUAL: row(0x4d, "d:dst a:src b:src", 1, "R[d] = R[a] <= R[b] of JavaScript", JS),
  JS_GREATER: row(0x4e, "d:dst a:src b:src", 1, "R[d] = R[a] > R[b] of JavaScript", JS),
  JS_GREATER_EQUAL: row(0x4f, "d:dst a:src b:src", 1, "R[d] = R[a] >= R[b] of JavaScript", JS),
  JS_EQUAL: row(0x50, "d:dst a:src b:src", 1, "R[d] = R[a] === R[b] of JavaScript: as SAME, but functions by identity"),
  JS_NOT_EQUAL: row(0x51, "d:dst a:src b:src", 1, "R[d] = R[a] !== R[b] of JavaScript"),
  JS_LOOSE_EQUAL: row(0x52, "d:dst a:src b:src", 1, "R[d] = R[a] == R[b] of JavaScript", JS),
  JS_NEG: row(0x53, "d:dst a:src", 1, "R[d] = -R[a] of JavaScript", JS),
  JS_BIT_NOT: row(0x54, "d:dst a:src", 1, "R[d] = ~R[a] of JavaScript", JS),
  JS_NUMBER: row(0x55, "d:dst a:src", 1, "R[d] = +R[a] of JavaScript", JS),
  JS_STRING: row(0x56, "d:dst a:src", 1, "R[d] = R[a] as a template literal of JavaScript makes it a text", JS),
  JS_TRUTH: row(0x57, "d:dst a:src", 1, 'R[d] = R[a] is true to JavaScript: not false, 0, NaN, "", Undefined, Unit'),
  JS_NOT: row(0x58, "d:dst a:src", 1, "R[d] = R[a] is not true to JavaScript"),
  JS_NULLISH: row(0x59, "d:dst a:src", 1, "R[d] = R[a] is Undefined or Unit"),
  JS_TYPEOF: row(0x5a, "d:dst a:src", 1, "R[d] = typeof R[a] of JavaScript"),
  JS_GET: row(0x5b, "d:dst obj:src key:src", 1, "R[d] = R[obj][R[key]] of JavaScript", JS),
  JS_SET: row(0x5c, "obj:src key:src value:src", 1, "R[obj][R[key]] = R[value] of JavaScript", JS),
  JS_CALL_METHOD: row(0x5d, "d:dst obj:src key:string args:registers", 2, "R[d] = R[obj].key(args) of JavaScript", {
    ...JS_CALLS,
    hiddenCall: true,
  }),
  CALL_THIS: row(0x5e, "d:dst f:src self:src args:registers", 2, "R[d] = R[f](args) with this = R[self]", JS_CALLS),
  CALL_SPREAD: row(
    0x5f,
    "d:dst f:src self:src array:src",
    2,
    "R[d] = R[f](the elements of the Array R[array]) with this = R[self]",
    JS_CALLS,
  ),
  JS_ALLOCATE: row(0x60, "d:dst f:src", 1, "R[d] = the fresh object that `new R[f]` begins with", JS),
  JS_CONSTRUCTED: row(
    0x61,
    "d:dst result:src object:src",
    1,
    "R[d] = R[result] if it is an object or a function to JavaScript, else R[object]",
  ),
  // The call itself puts it there, so that the register is live from the beginning.
  COLLECT: row(0x62, "s:src", 1, "only as the first: R[s] is the Array of the arguments from R[s] on"),
  LOAD_GLOBAL: row(0x63, "d:dst name:string", 1, "R[d] = the variable of the class in this process", {
    errors: ["js"],
  }),
  STORE_GLOBAL: row(0x64, "name:string s:src", 1, "the variable of the class in this process = R[s]"),
  LOAD_CELL: row(0x65, "d:dst cell:src name:string", 1, "R[d] = R[cell].v, which must be there", { errors: ["js"] }),
  STORE_CELL: row(0x66, "cell:src s:src", 1, "R[cell].v = R[s]"),
  AWAIT_FOREIGN: row(
    0xff,
    "d:dst f:value args:registers",
    2,
    "R[d] = what the asynchronous foreign function f gives, once it does; those of the arguments that were given",
    { errors: ["ffi"], inFiles: false },
  ),
} as const;

export type Mnemonic = keyof typeof INSTRUCTIONS;

type OperandTuple<Kinds> = Kinds extends [infer First extends OperandKind, ...infer Rest]
  ? [OperandTypes[First], ...OperandTuple<Rest>]
  : [];
/** The kinds of the operands of an instruction, in order, as a type. */
export type KindsOf<M extends Mnemonic> = (typeof INSTRUCTIONS)[M] extends Row<infer Kinds> ? Kinds : never;

/** A decoded instruction: `operands` in the order of its row, typed by it. */
export type Instruction = {
  [M in Mnemonic]: { readonly op: M; readonly operands: OperandTuple<KindsOf<M>> };
}[Mnemonic];
export type InstructionOf<M extends Mnemonic> = Extract<Instruction, { op: M }>;
export type Operand = OperandTypes[OperandKind];

/** The instructions of programs. */
export const MNEMONICS = (Object.keys(INSTRUCTIONS) as Mnemonic[]).filter((op) => rowOf(op).inFiles);

export function rowOf(op: Mnemonic): InstructionRow {
  return INSTRUCTIONS[op];
}

const FIRST_OF_JS = INSTRUCTIONS.JS_ADD.code;

/** Is it one of those that are there for JavaScript? */
export function isInstructionOfJs(op: Mnemonic): boolean {
  const { code, inFiles } = rowOf(op);
  return code >= FIRST_OF_JS && inFiles;
}

/** Mnemonic by code, for files of a version; undefined where the version has no such code. */
export function mnemonicOf(code: number, version: 1 | 2): Mnemonic | undefined {
  return (version === 1 ? VERSION_1 : VERSION_2)[code];
}

/** The code of an instruction in files of a version, or undefined if that version lacks it. */
export function codeOf(op: Mnemonic, version: 1 | 2): number | undefined {
  const row = rowOf(op);
  if (!row.inFiles) return undefined;
  if (version === 2) return row.code;
  return row.inVersion1 ? (row.version1Code ?? row.code) : undefined;
}

const VERSION_1: (Mnemonic | undefined)[] = [];
const VERSION_2: (Mnemonic | undefined)[] = [];
for (const op of MNEMONICS) {
  VERSION_2[codeOf(op, 2)!] = op;
  const code = codeOf(op, 1);
  if (code !== undefined) VERSION_1[code] = op;
}
