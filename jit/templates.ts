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
  JS_ADD: "$a + $b",
  JS_SUB: "$a - $b",
  JS_MUL: "$a * $b",
  JS_DIV: "$a / $b",
  JS_MOD: "$a % $b",
  JS_POW: "$a ** $b",
  JS_BIT_AND: "$a & $b",
  JS_BIT_OR: "$a | $b",
  JS_BIT_XOR: "$a ^ $b",
  JS_SHL: "$a << $b",
  JS_SHR: "$a >> $b",
  JS_USHR: "$a >>> $b",
  JS_EQUAL: "$a === $b",
  JS_NOT_EQUAL: "$a !== $b",
  JS_LOOSE_EQUAL: "$a === $b",
  JS_LESS: "$a < $b",
  JS_LESS_EQUAL: "$a <= $b",
  JS_GREATER: "$a > $b",
  JS_GREATER_EQUAL: "$a >= $b",
  JS_NEG: "-$a",
  JS_BIT_NOT: "~$a",
  JS_NUMBER: "$a",
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
  JS_ADD: "jsAdd($a, $b)",
  JS_SUB: "jsSubtract($a, $b)",
  JS_MUL: "jsMultiply($a, $b)",
  JS_DIV: "jsDivide($a, $b)",
  JS_MOD: "jsRemainder($a, $b)",
  JS_POW: "jsPower($a, $b)",
  JS_BIT_AND: "jsBitAnd($a, $b)",
  JS_BIT_OR: "jsBitOr($a, $b)",
  JS_BIT_XOR: "jsBitXor($a, $b)",
  JS_SHL: "jsShiftLeft($a, $b)",
  JS_SHR: "jsShiftRight($a, $b)",
  JS_USHR: "jsShiftRightUnsigned($a, $b)",
  JS_EQUAL: "jsEqual($a, $b)",
  JS_NOT_EQUAL: "jsNotEqual($a, $b)",
  JS_LOOSE_EQUAL: "jsLooseEqual($a, $b)",
  JS_LESS: "jsLess($a, $b)",
  JS_LESS_EQUAL: "jsLessEqual($a, $b)",
  JS_GREATER: "jsGreater($a, $b)",
  JS_GREATER_EQUAL: "jsGreaterEqual($a, $b)",
  JS_NEG: "jsNegate($a)",
  JS_BIT_NOT: "jsBitNot($a)",
  JS_NUMBER: "jsNumber($a)",
  JS_STRING: "jsString($a)",
  JS_GET: "jsGet($a, $b)",
};

const LONGEST_TEXT = FIXED_LIMITS.stringLength.value;
/** From so many elements on there is a look at memory whenever their number has doubled. */
const LARGE_ARRAY = 2 ** 15;
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
  /** A property that cannot be written is left alone. */
  setProperty: `
    if ($other || $a["$__setattr__"] !== undefined) $miss;
    try { $a[$b] = $c; } catch {}`,
  setGeneral: `
    $store;
    if (!setProp($a, $b, $c)) $aside;
    $fetch;`,

  /** Of JavaScript. Nothing is bound, and what is not simply there is for the shared operation. */
  jsElement: `
    if (!($b < $a.length)) $miss;
    t = $a[$b];
    if (t === undefined) $miss;
    $d = t;`,
  jsProperty: `
    t = $a[$b];
    if (t === undefined) $miss;
    $d = t;`,
  /** Of all values only Arrays and Strings have a native length. */
  jsLength: `
    t = $a.length;
    if (t === undefined) $miss;
    $d = t;`,
  jsGeneralProperty: `
    t = $a[$b];
    if (t === undefined) { $store; t = $slow; if (t === undefined) $aside; $fetch; }
    $d = t;`,
  /** The same where Arrays have a method of this name. */
  jsGeneralMethod: `
    t = $a[$b];
    if (t === undefined) {
      if (isArray($a)) t = $f;
      else { $store; t = $slow; if (t === undefined) $aside; $fetch; }
    }
    $d = t;`,
  /**
   * The same where there was a getter, which is called: a safe point of its own, behind the cost of the instruction, which
   * is charged behind this. If the budget is spent there, the interpreter knows how to wait in between.
   */
  jsGotten: `
    t = $a[$b];
    if (t === undefined) {
      m = jsGetter($a, $f);
      if (m === undefined) { $store; t = $slow; if (t === undefined) $aside; $fetch; }
      else {
        if (b <= 1) {
          n = inPlace(b - 1);
          if (n <= 0) $aside;
          b = n + 1;
        }
        $charge;
        t = callThis(m, $a, $args);
        if (t === S) $leave;
        $fetch;
        b = b + 1 | 0;
      }
    }
    $d = t;`,
  isGetter: `
    met.accessor = null;
    t = $a[$b];
    if (t !== undefined || met.accessor === null || met.accessor.get !== $f) $miss;`,
  /** The safe point of the getter, behind the cost of the instruction. */
  beforeGetter: `
    if (b <= 1) {
      n = inPlace(b - 1);
      if (n <= 0) $aside;
      b = n + 1;
    }`,
  jsGeneralLength: `
    t = $a.length;
    if (t === undefined) {
      t = $a[$b];
      if (t === undefined) { $store; t = $slow; if (t === undefined) $aside; $fetch; }
    }
    $d = t;`,
  jsGeneralElement: `
    t = typeof $b !== "number" ? undefined : isArray($a) || typeof $a === "string" ? $a[$b] : numbered($a, $b);
    if (t === undefined) { $store; t = $slow; if (t === undefined) $aside; $fetch; }
    $d = t;`,
  /** What cannot be written, or has a setter, throws. Where V8 knows that it does not there is nothing left of that. */
  jsSetProperty: `
    try { $a[$b] = $c; } catch { $aside; }`,
  jsSetGeneral: `
    $store;
    if (!jsSet($a, $b, $c)) $aside;
    $fetch;`,
  jsSetGeneralElement: `
    if (typeof $b === "number" && isArray($a) && $b < $a.length && ($b >>> 0) === $b && $a.frozen === undefined) $a[$b] = $c;
    else if (typeof $b !== "number" || !setNumbered($a, $b, $c)) { $store; if (!jsSet($a, $b, $c)) $aside; $fetch; }`,
  /** Functions, and values that JavaScript has not, have an identity of their own. */
  jsEquality: `
    if ($a === $b && typeof $a !== "string") $d = $same;
    else if (typeof $a === "string" && typeof $b === "string") {
      t = $a.length === $b.length ? $a.length : 0;
      $d = $quick;
      if (t >= ${UNITS_PER_REDUCTION}) b = b - (t >> ${UNIT_BITS}) | 0;
    }
    else if (typeof $a !== "object" || $a instanceof IonObject || typeof $b !== "object" || $b instanceof IonObject) $d = $quick;
    else { $store; t = $slow; if (t === undefined) $aside; $d = t; $fetch; }`,
  jsAllocate: `
    if (!($a instanceof FunctionValue) || $a.members === null || $a.members.maker === null) {
      t = jsAllocate($a);
      if (t === undefined) $aside;
      $d = t;
    } else $d = new $a.members.maker();`,
  jsAllocateKnown: `
    if ($a !== $f) $miss;
    $d = $made;`,
  storeCell: `
    if ($a.prototypeList !== undefined || !($a instanceof IonObject)) $aside;
    try { $a[$b] = $c; } catch {}`,
  isGlobal: "if ($globals[$n] !== $a) $miss;",
  loadGlobal: `
    t = $globals[$n];
    if (t === undefined) $aside;
    $d = t;`,
  isArrayWithout: "if (!isArray($a) || $a[$b] !== undefined) $miss;",
  isText: `if (typeof $a !== "string") $miss;`,
  isNumber: `if (typeof $a !== "number") $miss;`,
  isBoolean: `if (typeof $a !== "boolean") $miss;`,
  /** Of Arrays: one more element, and the last one. Large ones grow in the shared operation, which looks at memory first. */
  push: `
    t = $a.length + 1;
    if ($a.frozen !== undefined || (t >= ${LARGE_ARRAY} && (t & (t - 1)) === 0)) $aside;
    $d = $a.push($c);`,
  pop: `
    if ($a.frozen !== undefined) $aside;
    $d = $a.length === 0 ? U : $a.pop();`,
  jsSetElement: `
    if (typeof $a !== "object" || ($b >>> 0) !== $b) $miss;
    if ($a.frozen !== undefined) $aside;
    if ($b < $a.length) $a[$b] = $c;
    else if ($b === $a.length && $b < ${LONGEST_ARRAY}) $a.push($c);
    else $miss;`,
  charCodeAt: `
    if (typeof $c !== "number" || !($c < $a.length) || ($c >>> 0) !== $c) $aside;
    $d = $a.charCodeAt($c);`,
  /** The function that a call finds, whatever it is. */
  findMethod: `
    m = $a[$b];
    if (m === undefined || typeof m.code !== "object" || m.code === null) {
      m = jsMethod($a, $f);
      if (m === undefined) $aside;
    }`,
  isFunction: `
    m = $a;
    if (typeof m.code !== "object" || m.code === null) {
      m = jsCallable(m);
      if (m === undefined) $aside;
    }`,
  callFound: `
    if (m.code === null) {
      $store;
      t = foreignThis(m, $a, $args, $code);
      if (t === S) $stop;
      $fetch;
    } else {
      $check;
      $store;
      t = $called;
      if (t === S) $leave;
      $fetch;
    }
    $d = t;`,
  isTarget: "m.code === $code && m.captured.length === $n",
  /** The elements of an Array; what they cost is charged behind the call's own cost. */
  spread: `
    $store;
    t = spread($c);
    if (t === undefined) $aside;
    p = t;
    $fetch;`,
  callSpread: `
    if (m.code !== null) $check;
    $spread;
    if (m.code === null) {
      $store;
      t = foreignThis(m, $a, $args, $code);
      if (t === S) $stop;
      $fetch;
    } else {
      $store;
      t = callThis(m, $a, $args);
      if (t === S) $leave;
      $fetch;
    }
    $d = t;`,
  /** `push` with the elements of an Array is the most usual one; so few cost nothing more. */
  pushSpread: `
    if (m === $push && isArray($a) && isArray($c) && $a.frozen === undefined &&
        $c.length < ${VALUES_PER_REDUCTION} && $a.length < ${LARGE_ARRAY - VALUES_PER_REDUCTION}) {
      n = $c.length;
      for (p = 0; p < n; p = p + 1) $a.push($c[p]);
      $charge;
      $d = $a.length;
    } else $otherwise;`,

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
  guardSame: "if ($a !== $f) $miss;",
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
  /** The same where the body knows how deep the stack is: it is given up only if the process has to stop. */
  renewAsking: `
    n = I[${REST}] + b - I[${SLICE}] | 0;
    if ($ends) { $store; if ($stays) $stop; $fetch; }
    else { I[${REST}] = n; I[${RENEWED}] = I[${RENEWED}] + 1 | 0; b = I[${SLICE}]; }`,
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
