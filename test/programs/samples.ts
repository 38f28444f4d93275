/**
 * Values of every kind, as assembly literals and as a naive model: what tables that combine everything
 * with everything compute their expectations from.
 */

export type Model =
  | { readonly kind: "Number"; readonly value: number }
  | { readonly kind: "Boolean"; readonly value: boolean }
  | { readonly kind: "String"; readonly value: string }
  | { readonly kind: "Atom"; readonly value: string }
  | { readonly kind: "Complex"; readonly re: number; readonly im: number }
  | { readonly kind: "Unit" | "Undefined" }
  | { readonly kind: "Tuple" | "Array"; readonly items: readonly Model[] }
  | { readonly kind: "Object"; readonly members: Readonly<Record<string, Model>> }
  | { readonly kind: "Tagged"; readonly tag: string; readonly payload: Model }
  /** Functions and processes: told apart by name. */
  | { readonly kind: "Function" | "Process"; readonly value: string };

export interface Sample {
  /** As LOAD_CONST takes it. */
  readonly text: string;
  readonly model: Model;
}

function number(value: number, text = String(value)): Sample {
  return { text, model: { kind: "Number", value } };
}
function string(value: string): Sample {
  return { text: JSON.stringify(value), model: { kind: "String", value } };
}
function atom(value: string): Sample {
  return { text: `:${JSON.stringify(value)}`, model: { kind: "Atom", value } };
}
function complex(re: number, im: number, text: string): Sample {
  return { text, model: { kind: "Complex", re, im } };
}
function boolean(value: boolean): Sample {
  return { text: String(value), model: { kind: "Boolean", value } };
}
const unit: Sample = { text: "()", model: { kind: "Unit" } };
const undefinedValue: Sample = { text: "undefined", model: { kind: "Undefined" } };
function tuple(...items: Sample[]): Sample {
  const text =
    items.length === 0 ? "(,)" : `(${items.map((item) => item.text).join(", ")}${items.length === 1 ? "," : ""})`;
  return { text, model: { kind: "Tuple", items: items.map((item) => item.model) } };
}
function array(...items: Sample[]): Sample {
  return {
    text: `[${items.map((item) => item.text).join(", ")}]`,
    model: { kind: "Array", items: items.map((item) => item.model) },
  };
}
function object(members: Record<string, Sample>): Sample {
  const entries = Object.entries(members);
  return {
    text: `{${entries.map(([key, value]) => `${JSON.stringify(key)}: ${value.text}`).join(", ")}}`,
    model: { kind: "Object", members: Object.fromEntries(entries.map(([key, value]) => [key, value.model])) },
  };
}
function tagged(tag: string, payload: Sample): Sample {
  return { text: `#${tag}(${payload.text})`, model: { kind: "Tagged", tag, payload: payload.model } };
}
function functionNamed(value: string): Sample {
  return { text: `function:${value}`, model: { kind: "Function", value } };
}
const process: Sample = { text: ":self", model: { kind: "Process", value: "1" } };

const NUMBERS: readonly Sample[] = [
  number(0),
  number(-0, "-0"),
  number(1),
  number(2.5),
  number(-3),
  number(7),
  number(1e308),
  number(5e-324),
  number(4294967296.5),
  number(Number.POSITIVE_INFINITY),
  number(Number.NEGATIVE_INFINITY),
  number(Number.NaN),
];

/** For arithmetic: many numbers, one or two of all else. */
export const OPERANDS: readonly Sample[] = [
  ...NUMBERS,
  complex(0, 0, "0+0i"),
  complex(1, 2, "1+2i"),
  complex(3, -4, "3-4i"),
  string(""),
  string("ab"),
  string("2"),
  atom("a"),
  boolean(true),
  unit,
  undefinedValue,
  tuple(number(1)),
  array(number(1)),
  object({}),
  object({ a: number(1) }),
  tagged("t", number(1)),
  functionNamed("main"),
  process,
];

/** For comparison: pairs that are equal, nearly equal, equal but not the same, of every kind. */
export const COMPARED: readonly Sample[] = [
  ...NUMBERS,
  boolean(true),
  boolean(false),
  string(""),
  string("a"),
  string("b"),
  string("aa"),
  string("true"),
  string("1"),
  string("\u{1f600}"),
  string("\uffff"),
  atom(""),
  atom("a"),
  atom("b"),
  atom("true"),
  complex(1, 0, "1+0i"),
  complex(1, 2, "1+2i"),
  complex(Number.NaN, 0, "NaN+0i"),
  complex(0, -0, "0-0i"),
  complex(0, 0, "0+0i"),
  unit,
  undefinedValue,
  tuple(),
  tuple(number(1)),
  tuple(string("a"), number(0)),
  tuple(atom("a"), number(-0, "-0")),
  tuple(number(Number.NaN)),
  tuple(array(number(1))),
  array(),
  array(number(1)),
  array(string("a"), number(0)),
  array(atom("a"), number(0)),
  array(number(Number.NaN)),
  array(array(), object({})),
  object({}),
  object({ a: number(1), b: string("x") }),
  object({ b: atom("x"), a: number(1) }),
  object({ a: number(1) }),
  object({ a: number(1), c: string("x") }),
  object({ "0": number(1) }),
  tagged("t", number(1)),
  tagged("t", number(2)),
  tagged("u", number(1)),
  tagged("t", array(atom("a"))),
  tagged("t", array(string("a"))),
  functionNamed("main"),
  functionNamed("other"),
  process,
];
