/** ADD, SUB, MUL, DIV, MOD, NEG and the bit operations: every combination of operands. */
import type { Row } from "../support/run.ts";
import { type Model, OPERANDS, type Sample } from "./samples.ts";

type Result = number | string | { readonly re: number; readonly im: number } | undefined;
type Binary = (a: Model, b: Model) => Result;

interface Pair {
  readonly re: number;
  readonly im: number;
}
const NOT_A_NUMBER: Pair = { re: Number.NaN, im: Number.NaN };

/** Applies to two Numbers, or to Complex with Complex or Number. */
function numeric(
  real: (a: number, b: number) => Result,
  complex: (a: Pair, b: Pair) => Result,
  /** Complex with Number and Number with Complex, where the textbook's formula would lose a sign. */
  mixed: { readonly right: (a: Pair, b: number) => Result; readonly left: (a: number, b: Pair) => Result },
): Binary {
  return (a, b) => {
    if (a.kind === "Number" && b.kind === "Number") return real(a.value, b.value);
    if (a.kind === "Complex" && b.kind === "Complex") return complex(a, b);
    if (a.kind === "Complex" && b.kind === "Number") return mixed.right(a, b.value);
    if (a.kind === "Number" && b.kind === "Complex") return mixed.left(a.value, b);
    return undefined;
  };
}

const add = numeric(
  (a, b) => a + b,
  (a, b) => ({ re: a.re + b.re, im: a.im + b.im }),
  { right: (a, b) => ({ re: a.re + b, im: a.im }), left: (a, b) => ({ re: a + b.re, im: b.im }) },
);
const sub = numeric(
  (a, b) => a - b,
  (a, b) => ({ re: a.re - b.re, im: a.im - b.im }),
  { right: (a, b) => ({ re: a.re - b, im: a.im }), left: (a, b) => ({ re: a - b.re, im: 0 - b.im }) },
);
const mul = numeric(
  (a, b) => a * b,
  (a, b) => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re }),
  { right: (a, b) => ({ re: a.re * b, im: a.im * b }), left: (a, b) => ({ re: a * b.re, im: a * b.im }) },
);
const div = numeric((a, b) => (b === 0 ? undefined : a / b), divide, {
  right: (a, b) => (b === 0 ? undefined : { re: a.re / b, im: a.im / b }),
  left: (a, b) => {
    const square = b.re * b.re + b.im * b.im;
    if (square === 0) return NOT_A_NUMBER;
    return { re: (a * b.re) / square, im: 0 - (a * b.im) / square };
  },
});

function divide(a: Pair, b: Pair): Pair {
  const square = b.re * b.re + b.im * b.im;
  if (square === 0) return NOT_A_NUMBER;
  return { re: (a.re * b.re + a.im * b.im) / square, im: (a.im * b.re - a.re * b.im) / square };
}

/** Repeats; counts that give more than a string can hold are left to the table of limits. */
function repeat(text: string, count: number): Result {
  if (Number.isNaN(count) || count < 1) return "";
  return text.repeat(Math.floor(count));
}

function withStrings(binary: Binary, strings: Binary): Binary {
  return (a, b) => strings(a, b) ?? binary(a, b);
}

const bits = (operation: (a: number, b: number) => Result): Binary => {
  return (a, b) => (a.kind === "Number" && b.kind === "Number" ? operation(a.value, b.value) : undefined);
};

const BINARY: Readonly<Record<string, Binary>> = {
  ADD: withStrings(add, (a, b) => (a.kind === "String" && b.kind === "String" ? a.value + b.value : undefined)),
  SUB: sub,
  MUL: withStrings(mul, (a, b) => {
    if (a.kind === "String" && b.kind === "Number") return repeat(a.value, b.value);
    if (a.kind === "Number" && b.kind === "String") return repeat(b.value, a.value);
    return undefined;
  }),
  DIV: div,
  MOD: bits((a, b) => (b === 0 ? undefined : a % b)),
  BIT_AND: bits((a, b) => a & b),
  BIT_OR: bits((a, b) => a | b),
  BIT_XOR: bits((a, b) => a ^ b),
  SHL: bits((a, b) => a << b),
  SHR: bits((a, b) => a >> b),
  USHR: bits((a, b) => a >>> b),
};

function show(result: Result): string {
  if (result === undefined) return "undefined";
  if (typeof result === "string") return JSON.stringify(result);
  if (typeof result === "number") return Object.is(result, -0) ? "-0" : String(result);
  return `${show(result.re)}${result.im < 0 ? "" : "+"}${show(result.im)}i`;
}

/** Would this be a string beyond the limit? */
function tooLong(op: string, a: Model, b: Model): boolean {
  if (op !== "MUL") return false;
  const [text, count] = a.kind === "String" ? [a, b] : [b, a];
  return text.kind === "String" && count.kind === "Number" && count.value > 1e6;
}

function binaryRow(op: string, left: Sample): Row {
  const rights = OPERANDS.filter((right) => !tooLong(op, left.model, right.model));
  const lines = [`LOAD_CONST r0, ${left.text}`];
  rights.forEach((right, i) => {
    lines.push(`LOAD_CONST r1, ${right.text}`, `${op} r${i + 2}, r0, r1`);
  });
  lines.push(`ARRAY_INIT r0, [${rights.map((_, i) => `r${i + 2}`).join(", ")}]`, "RETURN r0");
  const results = rights.map((right) => show(BINARY[op](left.model, right.model)));
  return {
    name: `${op} of ${left.text} and everything`,
    source: lines.join("\n"),
    expect: { exact: `[${results.join(", ")}]` },
  };
}

const NEGATED: readonly (readonly [operand: string, exact: string])[] = [
  ["0", "-0"],
  ["-0", "0"],
  ["2.5", "-2.5"],
  ["-Infinity", "Infinity"],
  ["NaN", "NaN"],
  ['"1"', "undefined"],
  ["true", "undefined"],
  ["1+2i", "-1-2i"],
  [":a", "undefined"],
  ["()", "undefined"],
  ["undefined", "undefined"],
  ["[1]", "undefined"],
  ["(1,)", "undefined"],
  ["{a: 1}", "undefined"],
  ["#t(1)", "undefined"],
  ["function:main", "undefined"],
  [":self", "undefined"],
];

export const ROWS: readonly Row[] = [
  ...Object.keys(BINARY).flatMap((op) => OPERANDS.map((left) => binaryRow(op, left))),
  ...NEGATED.map(([operand, exact]) => ({
    name: `NEG of ${operand}`,
    source: `LOAD_CONST r0, ${operand}\nNEG r1, r0\nRETURN r1`,
    expect: { exact },
  })),
  {
    name: "shift counts take their low five bits",
    source: `
      LOAD_CONST r0, 1
      LOAD_CONST r1, 33
      SHL r2, r0, r1
      LOAD_CONST r1, -1
      SHL r3, r0, r1
      USHR r4, r1, r1
      SHR r5, r1, r0
      USHR r6, r1, r0
      ARRAY_INIT r0, [r2, r3, r4, r5, r6]
      RETURN r0`,
    expect: { result: "[2, -2147483648, 1, -1, 2147483647]" },
  },
  {
    name: "bit operations wrap at 32 bits, and NaN and infinities are 0",
    source: `
      LOAD_CONST r0, 4294967297
      LOAD_CONST r1, -1
      BIT_AND r2, r0, r1
      LOAD_CONST r0, 2147483648
      BIT_OR r3, r0, r0
      LOAD_CONST r0, NaN
      BIT_OR r4, r0, r1
      LOAD_CONST r0, Infinity
      BIT_XOR r5, r0, r1
      LOAD_CONST r0, -1.9
      BIT_OR r6, r0, r0
      ARRAY_INIT r0, [r2, r3, r4, r5, r6]
      RETURN r0`,
    expect: { result: "[1, -2147483648, -1, -1, -1]" },
  },
  {
    name: "operands may be one register, and the target too",
    source: `
      LOAD_CONST r0, 3
      ADD r0, r0, r0
      MUL r0, r0, r0
      SUB r1, r0, r0
      ARRAY_INIT r2, [r0, r1]
      RETURN r2`,
    expect: { result: "[36, 0]", reductions: 6 },
  },
  {
    name: "strings join and repeat by UTF-16 units",
    source: `
      LOAD_CONST r0, "\\ud83d"
      LOAD_CONST r1, "\\ude00"
      ADD r2, r0, r1
      LOAD_CONST r3, 2.99
      MUL r4, r2, r3
      MUL r5, r3, r2
      ARRAY_INIT r0, [r2, r4, r5]
      RETURN r0`,
    expect: { exact: '["\u{1f600}", "\u{1f600}\u{1f600}", "\u{1f600}\u{1f600}"]' },
  },
  {
    name: "an Atom is no String for ADD and MUL",
    source: `
      LOAD_CONST r0, :a
      LOAD_CONST r1, "b"
      ADD r2, r0, r1
      LOAD_CONST r3, 2
      MUL r4, r0, r3
      ARRAY_INIT r0, [r2, r4]
      RETURN r0`,
    expect: { result: "[undefined, undefined]" },
  },
  {
    name: "complex numbers: exact parts",
    source: `
      LOAD_CONST r0, 1+2i
      LOAD_CONST r1, 3-4i
      ADD r2, r0, r1
      SUB r3, r0, r1
      MUL r4, r0, r1
      DIV r5, r0, r1
      LOAD_CONST r6, 2
      DIV r7, r6, r0
      LOAD_CONST r8, 0
      DIV r9, r0, r8
      LOAD_CONST r10, 0+0i
      DIV r11, r0, r10
      DIV r12, r6, r10
      ARRAY_INIT r0, [r2, r3, r4, r5, r7, r9, r11, r12]
      RETURN r0`,
    expect: {
      result: "[4-2i, -2+6i, 11+2i, -0.2+0.4i, 0.4-0.8i, undefined, NaN+NaNi, NaN+NaNi]",
    },
  },
];
