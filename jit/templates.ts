/**
 * What each instruction becomes, as JavaScript with holes.
 *
 * `$d` is the result's register, `$a` … the operands; a register is a local variable, a constant a literal
 * or a parameter of the factory. `$miss` leaves to the interpreter because a guess was wrong, `$aside`
 * because the rest is the interpreter's business (a method to be called first, an error); both before the
 * instruction has done or charged anything. `$store` writes the reductions left to the cell of the turn,
 * `$fetch` reads them back; between them others may look. `$stop` saves the frame and gives up the
 * native stack: something in there has said S, or the turn is over. `b` is the reductions left, `t` a value for a moment.
 */
import type { Mnemonic } from "../src/bytecode/instructions.ts";
import { FIXED_LIMITS } from "../src/limits.ts";
import { RENEWED, REST, SLICE } from "../src/runtime/turn.ts";
import { UNITS_PER_REDUCTION, VALUES_PER_REDUCTION } from "../src/values/work.ts";
import { Template } from "./tree.ts";

/** Instructions on Numbers, as expressions. */
export const ON_NUMBERS: Partial<Record<Mnemonic, string>> = {
  ADD: "$a + $b",
  SUB: "$a - $b",
  MUL: "$a * $b",
  DIV: "$a / $b",
  MOD: "$a % $b",
  NEG: "-$a",
  BIT_AND: "$a & $b",
  BIT_OR: "$a | $b",
  BIT_XOR: "$a ^ $b",
  SHL: "$a << $b",
  SHR: "$a >> $b",
  USHR: "$a >>> $b",
  EQUAL: "$a === $b",
  NOT_EQUAL: "$a !== $b",
  LESS_THAN: "$a < $b",
  LESS_EQUAL: "$a <= $b",
  GREATER_THAN: "$a > $b",
  GREATER_EQUAL: "$a >= $b",
  SAME: "$a === $b",
};

/** The shared operation of instructions for all other operands. JavaScript's undefined: the interpreter must do it. */
export const IN_GENERAL: Partial<Record<Mnemonic, string>> = {
  ADD: "add($a, $b)",
  SUB: "subtract($a, $b)",
  MUL: "multiply($a, $b)",
  DIV: "divide($a, $b)",
  MOD: "remainder($a, $b)",
  NEG: "negate($a)",
  BIT_AND: "bitAnd($a, $b)",
  BIT_OR: "bitOr($a, $b)",
  BIT_XOR: "bitXor($a, $b)",
  SHL: "shiftLeft($a, $b)",
  SHR: "shiftRight($a, $b)",
  USHR: "shiftRightUnsigned($a, $b)",
  EQUAL: "equal($a, $b)",
  NOT_EQUAL: "notEqual($a, $b)",
  LESS_THAN: "less($a, $b)",
  LESS_EQUAL: "lessEqual($a, $b)",
  GREATER_THAN: "less($b, $a)",
  GREATER_EQUAL: "lessEqual($b, $a)",
  SAME: "same($a, $b)",
  GET_PROP: "getProp($a, $b)",
};

const LONGEST_TEXT = FIXED_LIMITS.stringLength.value;
const LONGEST_ARRAY = FIXED_LIMITS.arrayLength.value;
/** Work is charged for so many units, a power of two. */
const UNIT_BITS = Math.log2(UNITS_PER_REDUCTION);

/** Everything else, as statements. */
export const SNIPPETS = {
  guardNumber: `if (typeof $a !== "number") $miss;`,
  guardNotZero: "if ($b === 0) $miss;",
  texts: `
    if (typeof $a !== "string" || typeof $b !== "string") $miss;
    t = $a.length + $b.length;
    if (t > ${LONGEST_TEXT}) $aside;
    $d = $a + $b;
    if (t >= ${UNITS_PER_REDUCTION}) b = b - (t >> ${UNIT_BITS}) | 0;`,
  /** Numbers are still the likely case; what else there is goes the long way round. */
  generalWithNumbers: `
    if ($numbers) $d = $quick;
    else { $store; t = $slow; if (t === undefined) $aside; $d = t; $fetch; }`,
  /** Equality of Numbers, and of texts. */
  generalEquality: `
    if ($numbers) $d = $quick;
    else if (typeof $a === "string" && typeof $b === "string") {
      t = $a.length === $b.length ? $a.length : 0;
      $d = $quick;
      if (t >= ${UNITS_PER_REDUCTION}) b = b - (t >> ${UNIT_BITS}) | 0;
    }
    else { $store; t = $slow; if (t === undefined) $aside; $d = t; $fetch; }`,
  general: `
    $store;
    t = $slow;
    if (t === undefined) $aside;
    $d = t;
    $fetch;`,
  /** EQUAL with an atom: a String of the same text, or an Object, is for the shared operation. */
  equalAtom: `
    if ($a === $b) $d = $yes;
    else if ($a instanceof Atom) $d = $no;
    else { $store; t = $slow; if (t === undefined) $aside; $d = t; $fetch; }`,

  /** Of all values only Arrays and Strings have a native length or elements. */
  element: `
    if (typeof $a !== "object" || !($b < $a.length)) $miss;
    t = $a[$b];
    if (t === undefined || t instanceof FunctionValue) $miss;
    $d = t;`,
  numberElement: `
    if (!($b < $a.length)) $miss;
    t = $a[$b];
    if (typeof t !== "number") $miss;
    $d = t;`,
  property: `
    t = $a[$b];
    if (t === undefined || t instanceof FunctionValue) $miss;
    $d = t;`,
  numberProperty: `
    t = $a[$b];
    if (typeof t !== "number") $miss;
    $d = t;`,
  length: `
    if (!isArray($a)) $miss;
    $d = $a.length;`,
  setElement: `
    if (typeof $a !== "object" || ($b >>> 0) !== $b) $miss;
    if ($b < $a.length) $a[$b] = $c;
    else if ($b === $a.length && $b < ${LONGEST_ARRAY}) $a.push($c);
    else $miss;`,
  /** A property that cannot be written is left alone: the code is not strict, so this is what = does. */
  setProperty: `
    if (!($a instanceof IonObject) || $a["$__setattr__"] !== undefined || $a.prototypeList !== undefined) $miss;
    $a[$b] = $c;`,
  setGeneral: `
    $store;
    if (!setProp($a, $b, $c)) $aside;
    $fetch;`,

  foreignNumbers: `
    t = $f($args);
    if (t !== t && $fails($args)) $aside;
    $d = t;`,
  guardText: `if (typeof $a !== "string") $aside;`,
  guardBoolean: `if (typeof $a !== "boolean") $aside;`,
  guardArray: "if (!isArray($a)) $aside;",
  guardTuple: "if (!($a instanceof Tuple)) $aside;",
  guardObject: "if (!($a instanceof IonObject)) $aside;",
  guardSequence: "if (!isArray($a) && !($a instanceof Tuple)) $aside;",
  guardBinary: "if (!($a instanceof Binary)) $aside;",
  guardFloats: "if (!($a instanceof FloatArray)) $aside;",
  /** A local function, which needs nothing of the VM and whose work is charged, if it counts any, in the cell. */
  foreignLocal: `
    t = $f($args);
    if (t === undefined) $aside;
    $d = t;`,
  foreignCharged: `
    $store;
    t = $f($args);
    if (t === undefined) $aside;
    $d = t;
    $fetch;`,
  foreign: `
    $store;
    t = foreign($f, $args, $code);
    if (t === S) $stop;
    $d = t;
    $fetch;`,
  guardTarget: "if ($a.code !== $code || $a.captured.length !== $n) $miss;",
  method: `
    t = $a[$b];
    if (t === undefined || t.code !== $code || t.captured.length !== $n || t.self !== U) $miss;`,
  /** Native: the callee's body runs on this stack. What it gives is its result, or S. */
  call: `
    $store;
    $d = $f.fn($args);
    if ($d === S) $stop;
    $fetch;`,
  callAside: `
    $store;
    t = $f.fn($args);
    if (t === S) $stop;
    $d = t;
    $fetch;`,
  /** Bytecode of whatever function; anything else is for the interpreter. */
  isBytecode: `if (typeof $a.code !== "object" || $a.code === null) $aside;`,
  callAny: `
    $store;
    t = callAny($a, $args);
    if (t === S) $stop;
    $d = t;
    $fetch;`,

  /** Effects that are over at once, or have ended the process. */
  effect: `
    $store;
    if ($effect === S) $stop;
    $fetch;`,
  effectResult: `
    $store;
    t = $effect;
    if (t === S) $stop;
    $d = t;
    $fetch;`,
  timed: `
    $store;
    t = receiveTimed($a);
    if (t === S) $stop;
    $d = t.message;
    $c = t.arrived;
    $fetch;`,
  clause: `
    $store;
    t = $effect;
    if (t === S) $stop;
    $fetch;`,
  /** The same in a generator: S means to wait here. */
  waitsForClause: `
    $store;
    while ((t = $effect) === S) $stop;
    $fetch;`,
  waits: `
    $store;
    while ((t = $effect) === S) $stop;
    $d = t;
    $fetch;`,
  waitsTimed: `
    $store;
    while ((t = receiveTimed($a)) === S) $stop;
    $d = t.message;
    $c = t.arrived;
    $fetch;`,

  chargeTried: `b = b - (n >> ${Math.log2(VALUES_PER_REDUCTION)}) | 0;`,
  yields: "$store; yields(); $stop;",
  /** The next slice, as `renew` in src/runtime/turn.ts begins it. */
  renew: `
    n = I[${REST}] + b - I[${SLICE}] | 0;
    if ($ends) { $store; $stop; $fetch; }
    else { I[${REST}] = n; I[${RENEWED}] = I[${RENEWED}] + 1 | 0; b = I[${SLICE}]; }`,
  refill: "$store; if ($ends) $stop; $fetch;",
} as const;

export type Snippet = keyof typeof SNIPPETS;

const parsed = new Map<string, Template>();

/** The template of a text, parsed when it is first needed. */
export function template(source: string): Template {
  let made = parsed.get(source);
  if (made === undefined) {
    made = new Template(source);
    parsed.set(source, made);
  }
  return made;
}
