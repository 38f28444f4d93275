/** The tables of docs/ffi.md: every row of them, against what values become and what becomes of them. */
import { describe, expect, it, test } from "vitest";
import wabt from "wabt";
import {
  ANNOTATIONS,
  CONVERSIONS,
  GIVEN_BY_JAVASCRIPT,
  GIVEN_BY_PYTHON,
  OPAQUE_TYPES,
} from "../../src/foreign/conversions.ts";
import { type NumberType, PLAIN_TYPES, WHOLE_TYPES } from "../../src/foreign/description.ts";
import type { ForeignSpec } from "../../src/foreign/spec.ts";
import type { LibraryOptions } from "../../src/node/ffi/libraries.ts";
import { inspect } from "../../src/values/print.ts";
import { TYPE_NAMES, Unit } from "../../src/values/value.ts";
import { callOf, compileC, type Files, HAS_NUMPY, HAS_PYTHON, packWith, runPack } from "./packs.ts";

type Call = readonly [name: string, ...args: string[]];

/** What each of the calls gives or fails with, by the call; all of them in one run, which begins with the first question. */
function answersOf(files: Files, calls: readonly Call[], library: LibraryOptions = {}) {
  let answers: Promise<Map<string, string>> | null = null;
  const run = async (): Promise<Map<string, string>> => {
    const body = calls.map(
      ([name, ...args], i) => `
        TRY r2, ended${i}
        LOAD_CONST r0, :"__stdlib:table.${name}"
        ${args.map((literal, at) => `LOAD_CONST r${at + 5}, ${literal}`).join("\n")}
        CALL r2, r0, [${args.map((_, at) => `r${at + 5}`).join(", ")}]
        END_TRY
      ended${i}:
        LOAD_CONST r3, :"__stdlib:Tell"
        CALL r3, r3, [r2]`,
    );
    const told: string[] = [];
    const tell: ForeignSpec = {
      name: "Tell",
      parameters: [{ name: "value", type: "Any" }],
      result: "Unit",
      description: "Keeps a value for the test.",
      pure: false,
      run: ([value]) => {
        told.push(inspect(value));
        return Unit;
      },
    };
    const pack = packWith(`${body.join("\n")}\nRETURN r3`, files, ["table"]);
    expect((await runPack(pack, { library, ffi: [tell] })).main).toBe("()");
    return new Map(told.map((text, i) => [String(calls[i]), text]));
  };
  return async (...call: Call): Promise<string> => (await (answers ??= run())).get(String(call))!;
}

describe("the table of values", () => {
  it("has every type", () => {
    const types = new Set([...CONVERSIONS.map(({ type }) => type), ...OPAQUE_TYPES]);
    expect([...types].sort()).toEqual([...TYPE_NAMES].sort());
  });
});

/** `is0`, `make0` for each row: what it is given is what the expression says; the expression. */
const JAVASCRIPT = `
import { isDeepStrictEqual } from "node:util";
const likeness = (a, b) =>
  isDeepStrictEqual(a, b) && (!Array.isArray(a) || Object.isFrozen(a) === Object.isFrozen(b)) && Object.getPrototypeOf(Object(a)) === Object.getPrototypeOf(Object(b));
export const functions = {
  same: (value) => value,
${CONVERSIONS.map(
  ({ javascript }, i) => `
  is${i}: { parameters: { value: "Any" }, call: (value, { atom, Complex, Tagged }) => likeness(value, ${javascript}) },
  make${i}: { call: ({ atom, Complex, Tagged }) => (${javascript}) },`,
).join("")}
${GIVEN_BY_JAVASCRIPT.map(({ expression }, i) => `  give${i}: { call: () => (${expression}) },`).join("\n")}
};`;

describe.each([
  ["in a thread", {}],
  ["in the VM", { inProcess: true }],
])("JavaScript %s", (_, library) => {
  const calls = [
    ...CONVERSIONS.flatMap(({ value }, i): Call[] => [[`is${i}`, value], [`make${i}`]]),
    ...GIVEN_BY_JAVASCRIPT.map((_, i): Call => [`give${i}`]),
  ];
  const called = answersOf({ "table.mjs": JAVASCRIPT }, calls, library);

  test.each(CONVERSIONS.map((row, i) => [row.value, row.javascript, i] as const))("%s is %s", async (value, _, i) => {
    expect(await called(`is${i}`, value)).toBe("true");
    expect(await called(`make${i}`)).toBe(value);
  });

  test.each(GIVEN_BY_JAVASCRIPT.map((row, i) => [row.expression, i] as const))("%s", async (_, i) => {
    const { value, refused } = GIVEN_BY_JAVASCRIPT[i];
    expect(await called(`give${i}`)).toBe(value ?? `(:ffi, "table.give${i}", "gave no value: ${refused}")`);
  });
});

const PYTHON = `
from array import array
from ionvm import function, Atom, Tagged, UNDEFINED
try:
    import numpy
except ImportError:
    numpy = None

@function
def same(value):
    return value
${CONVERSIONS.map(
  ({ python }, i) => `
@function
def is${i}(value):
    if numpy is not None and type(value) is numpy.ndarray:
        value = array("d", value)
    return type(value) is type(${python}) and value == ${python}

@function
def make${i}():
    return ${python}
`,
).join("")}
${GIVEN_BY_PYTHON.map(({ expression }, i) => `@function\ndef give${i}():\n    return ${expression}\n`).join("\n")}
${Object.keys(ANNOTATIONS)
  .map(
    (annotation, i) => `@function\ndef annotated${i}(value: "${annotation}") -> "${annotation}":\n    return value\n`,
  )
  .join("\n")}
`;

describe.skipIf(!HAS_PYTHON)("Python", () => {
  const valueOf = (type: string) => CONVERSIONS.find((row) => row.type === type)!.value;
  const wrongFor = (type: string) => (type === "Number" ? '""' : "1");
  const calls = [
    ...CONVERSIONS.flatMap(({ value }, i): Call[] => [[`is${i}`, value], [`make${i}`]]),
    ...GIVEN_BY_PYTHON.map((_, i): Call => [`give${i}`]),
    ...Object.values(ANNOTATIONS).flatMap((type, i): Call[] => [
      [`annotated${i}`, valueOf(type)],
      [`annotated${i}`, wrongFor(type)],
    ]),
  ];
  const called = answersOf({ "table.py": PYTHON }, calls);

  test.each(CONVERSIONS.map((row, i) => [row.value, row.python, i] as const))("%s is %s", async (value, _, i) => {
    expect(await called(`is${i}`, value)).toBe("true");
    expect(await called(`make${i}`)).toBe(value);
  });

  test.each(
    GIVEN_BY_PYTHON.map((row, i) => [row.expression, i] as const).filter(
      ([expression]) => HAS_NUMPY || !expression.startsWith("numpy"),
    ),
  )("%s", async (_, i) => {
    const { value, refused } = GIVEN_BY_PYTHON[i];
    const result = await called(`give${i}`);
    if (value !== undefined) expect(result).toBe(value);
    else expect(result.startsWith(`(:ffi, "table.give${i}", "${refused}`)).toBe(true);
  });

  test.each(Object.entries(ANNOTATIONS).map(([annotation, type], i) => [annotation, type, i] as const))(
    "the annotation %s is %s",
    async (_, type, i) => {
      expect(await called(`annotated${i}`, valueOf(type))).toBe(valueOf(type));
      expect(await called(`annotated${i}`, wrongFor(type))).toMatch(new RegExp(`"Expected ${type} argument, got`));
    },
  );
});

describe("opaque values", () => {
  const source = (library: string) => `
    LOAD_CONST r0, :"__stdlib:${library}.same"
    LOAD_CONST r1, :self
    CALL r2, r0, [r1]
    EQUAL r2, r2, r1
    LOAD_CONST r3, :"__stdlib:MakeRef"
    CALL r3, r3, []
    CALL r4, r0, [r3]
    EQUAL r4, r4, r3
    LOAD_CONST r5, function:main
    CALL r6, r0, [r5]
    EQUAL r6, r6, r5
    ARRAY_INIT r0, [r2, r4, r6]
    RETURN r0`;
  test.each([
    ["JavaScript", { "table.mjs": JAVASCRIPT }, true],
    ["Python", { "table.py": PYTHON }, HAS_PYTHON],
  ])("come back from %s as what they were", async (_, files, canRun) => {
    if (canRun) expect((await runPack(packWith(source("table"), files as Files))).main).toBe("[true, true, true]");
  });
});

/** Scalars: each with values that go there and back, and values that are refused. */
const SCALARS: readonly (readonly [type: string, same: readonly string[], refused: readonly string[]])[] = [
  ...Object.entries(WHOLE_TYPES).map(([type, { least, most }]) => {
    // Beyond 2^53 the next Number is two away.
    return [type, [`${least}`, `${most}`, "1"], [`${least - 2}`, `${most + 2}`, "0.5", "NaN"]] as const;
  }),
  ["f64", ["0.1", "NaN", "-Infinity", "1e+300"], ['"1"']],
  ["f32", ["0.5", "NaN"], ["true"]],
  ["bool", ["true", "false"], ["1"]],
];
const scalars = (["c", "wasm"] as const).map((where) =>
  SCALARS.map(([type]) => [type, { ...WHOLE_TYPES, ...PLAIN_TYPES }[type as NumberType | "bool"][where]] as const),
);
const INNER = { string: '"héllo"', bytes: 'bytes"00ff"', floats: "floats[0.5, NaN]" } as const;
const same = (type: string) => ({ parameters: { value: type }, result: type });
const DESCRIPTION = JSON.stringify({
  functions: {
    ...Object.fromEntries(SCALARS.map(([type]) => [`same_${type}`, same(type)])),
    ...Object.fromEntries(Object.keys(INNER).map((type) => [`same_${type}`, same(type)])),
    negate: { parameters: { numbers: "inout floats" } },
  },
});

const C = `
#include <stdint.h>
#include <stdbool.h>
#include <string.h>
${scalars[0].map(([type, c]) => `${c} same_${type}(${c} value) { return value; }`).join("\n")}
const char *same_string(const char *value) { static char text[100]; strncpy(text, value, 99); return text; }
${(["bytes", "floats"] as const)
  .map((type) => {
    const [pointer, count] = PLAIN_TYPES[type].c.split(", ");
    const [, out, room, given] = /^\((.*), (.*)\) → (.*)$/.exec(PLAIN_TYPES[type].result.c)!;
    return `${given} same_${type}(${pointer} value, ${count} count, ${out} out, ${room} room) {
  memcpy(out, value, (count < room ? count : room) * sizeof *value);
  return count;
}`;
  })
  .join("\n")}
void negate(${PLAIN_TYPES["inout floats"].c.replace(",", " numbers,")} count) {
  for (size_t i = 0; i < count; i++) numbers[i] = -numbers[i];
}
`;

const WAT = `(module
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 1024))
  (func (export "alloc") (param $size i32) (result i32)
    (global.set $next (i32.add (global.get $next) (i32.const 64)))
    (global.get $next))
  (func (export "free") (param i32 i32))
  ${scalars[1].map(([type, wasm]) => `(func (export "same_${type}") (param ${wasm}) (result ${wasm}) (local.get 0))`).join("\n  ")}
  ${Object.keys(INNER)
    .map((type) => {
      const { wasm, result } = PLAIN_TYPES[type as keyof typeof INNER];
      return `(func (export "same_${type}") (param ${wasm.replace(",", "")}) (result ${result.wasm.split(",")[0]})
    (i64.or (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32)) (i64.extend_i32_u (local.get 1))))`;
    })
    .join("\n  ")}
  (func (export "negate") (param ${PLAIN_TYPES["inout floats"].wasm.replace(",", "")})
    (f64.store (local.get 0) (f64.neg (f64.load (local.get 0)))))
  (func (export "low") (result i32) (i32.const -1))
  (func (export "high") (result i32) (i32.const 300)))`;

const library = compileC(C);
const wasm = (await wabt()).parseWat("table.wat", WAT).toBinary({}).buffer;
const NATIVE: Files = {
  [`${process.platform}/${process.arch}/libtable.so`]: library ?? "",
  "table.json": DESCRIPTION,
};

describe.each<[string, Files | null, object]>([
  ["C", library && NATIVE, {}],
  ["C in the VM", library && NATIVE, { inProcess: true }],
  ["WebAssembly", { "table.wasm": wasm, "table.json": DESCRIPTION }, {}],
  ["WebAssembly in the VM", { "table.wasm": wasm, "table.json": DESCRIPTION }, { inProcess: true }],
])("the table of types, in %s", (_, files, options) => {
  const calls = [
    ...SCALARS.flatMap(([type, values, refused]) =>
      [...values, ...refused].map((value): Call => [`same_${type}`, value]),
    ),
    ...Object.entries(INNER).map(([type, value]): Call => [`same_${type}`, value]),
  ];
  const called = answersOf(files ?? {}, calls, options);

  test.skipIf(files === null).each(SCALARS)("%s", async (type, values, refused) => {
    for (const value of values) expect(await called(`same_${type}`, value)).toBe(value);
    for (const value of refused) expect(await called(`same_${type}`, value)).toMatch(/^\(:ffi, /);
  });

  test.skipIf(files === null).each(Object.entries(INNER))("%s", async (type, value) => {
    expect(await called(`same_${type}`, value)).toBe(value);
  });

  test.skipIf(files === null)("inout floats, and void", async () => {
    const source = `
      LOAD_CONST r0, :"__stdlib:table.negate"
      LOAD_CONST r1, floats[7]
      CALL r2, r0, [r1]
      ARRAY_INIT r0, [r1, r2]
      RETURN r0`;
    const { main } = await runPack(packWith(source, files!, ["table"]), { library: options });
    expect(main).toBe("[floats[-7], ()]");
  });
});

it("a result of WebAssembly that its type does not hold is refused", async () => {
  const json = JSON.stringify({ functions: { low: { result: "u8" }, high: { result: "i8" } } });
  const files = { "table.wasm": wasm, "table.json": json };
  const called = async (name: string) => (await runPack(packWith(callOf(`table.${name}`), files))).main;
  expect(await called("low")).toBe('(:ffi, "table.low", "gave -1, which is no u8")');
  expect(await called("high")).toBe('(:ffi, "table.high", "gave 300, which is no i8")');
});
