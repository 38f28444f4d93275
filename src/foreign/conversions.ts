/**
 * What values of programs are in JavaScript and in Python. docs/ffi.md has these tables, and a test holds every row of
 * them, both ways, against what the conversions do. For native libraries and WebAssembly see `PLAIN_TYPES` and `WHOLE_TYPES`
 * in description.ts.
 */
import type { TypeName } from "../values/value.ts";

export interface ConversionRow {
  readonly type: TypeName;
  /** Such a value, as assembly writes it. */
  readonly value: string;
  /** Expressions for what a function gets of it, and what it gives for it. */
  readonly javascript: string;
  readonly python: string;
}

/** Both ways. In JavaScript a call's context has `atom`, `Complex` and `Tagged`; in Python the module `ionvm` has its classes. */
export const CONVERSIONS: readonly ConversionRow[] = [
  { type: "Number", value: "42", javascript: "42", python: "42" },
  { type: "Number", value: "-9007199254740992", javascript: "-(2 ** 53)", python: "-2**53" },
  { type: "Number", value: "0.5", javascript: "0.5", python: "0.5" },
  { type: "Boolean", value: "true", javascript: "true", python: "True" },
  { type: "String", value: '"text"', javascript: '"text"', python: '"text"' },
  { type: "Atom", value: ":ok", javascript: 'atom("ok")', python: 'Atom("ok")' },
  { type: "Complex", value: "3-0.5i", javascript: "new Complex(3, -0.5)", python: "3-0.5j" },
  { type: "Unit", value: "()", javascript: "null", python: "None" },
  { type: "Undefined", value: "undefined", javascript: "undefined", python: "UNDEFINED" },
  { type: "Tuple", value: '(1, "a")', javascript: 'Object.freeze([1, "a"])', python: '(1, "a")' },
  { type: "Array", value: '[1, "a"]', javascript: '[1, "a"]', python: '[1, "a"]' },
  { type: "Object", value: "{x: 1, y: 2}", javascript: "{ x: 1, y: 2 }", python: '{"x": 1, "y": 2}' },
  { type: "Tagged", value: '#error("no")', javascript: 'new Tagged("error", "no")', python: 'Tagged("error", "no")' },
  { type: "Binary", value: 'bytes"00ff"', javascript: "Uint8Array.of(0, 255)", python: 'b"\\x00\\xff"' },
  {
    type: "Float64Array",
    value: "floats[0.5, 2]",
    javascript: "Float64Array.of(0.5, 2)",
    python: 'array("d", [0.5, 2])',
  },
];

/** Types whose values cannot be looked into outside: they are given back, or sent to, and are the same again. */
export const OPAQUE_TYPES = ["Process", "Reference", "Function"] as const satisfies readonly TypeName[];

/** An expression, and what a program gets of it: a value, or why not. */
export interface GivenRow {
  readonly expression: string;
  readonly value?: string;
  readonly refused?: string;
}

/** What else functions of JavaScript may give. */
export const GIVEN_BY_JAVASCRIPT: readonly GivenRow[] = [
  { expression: 'new Map([["x", 1]])', value: "{x: 1}" },
  { expression: "[1, , 3]", value: "[1, undefined, 3]" },
  { expression: "new ArrayBuffer(2)", value: 'bytes"0000"' },
  { expression: 'Buffer.from("ab")', value: 'bytes"6162"' },
  { expression: "Int32Array.of(-1, 2)", value: "floats[-1, 2]" },
  { expression: "1n", refused: "a bigint is no value of a program" },
  { expression: "() => 1", refused: "a function is no value of a program" },
  { expression: "new Date()", refused: "an object of the class Date is no value of a program" },
  { expression: "new Map([[1, 2]])", refused: "a Map whose keys are not texts is no value of a program" },
];

/** What else functions of Python may give. Those with `numpy` need it. */
export const GIVEN_BY_PYTHON: readonly GivenRow[] = [
  { expression: "2**53", value: "9007199254740992" },
  { expression: 'bytearray(b"ab")', value: 'bytes"6162"' },
  { expression: 'array("i", [-1, 2])', value: "floats[-1, 2]" },
  { expression: "numpy.arange(3)", value: "floats[0, 1, 2]" },
  { expression: "numpy.float32(0.5)", value: "0.5" },
  { expression: "2**53 + 1", refused: "ValueError: the int 9007199254740993 is more than a Number can hold exactly" },
  { expression: "{1: 2}", refused: "TypeError: a dict with the key 1: only texts are keys of Objects" },
  { expression: "{1, 2}", refused: "TypeError: a value of the type set is no value of a program" },
  { expression: "numpy.zeros((2, 2))", refused: "TypeError: a NumPy array of 2 dimensions: a Float64Array has one" },
];

/** What annotations of Python say of parameters and results; the table of src/node/ffi/python/ionvm.py is held to it. */
export const ANNOTATIONS: Readonly<Record<string, TypeName>> = {
  float: "Number",
  int: "Number",
  bool: "Boolean",
  str: "String",
  Atom: "Atom",
  complex: "Complex",
  None: "Unit",
  tuple: "Tuple",
  list: "Array",
  dict: "Object",
  Tagged: "Tagged",
  bytes: "Binary",
  array: "Float64Array",
  ndarray: "Float64Array",
};
