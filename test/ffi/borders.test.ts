/** Values at the edge of what there is, across each border and back: as they were, or a clear error. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALLOW_ALL } from "../../src/foreign/permissions.ts";
import { type LibraryOptions, nodeLibraries } from "../../src/node/ffi/libraries.ts";
import { nodeHost } from "../../src/node/host.ts";
import type { Program } from "../../src/runtime/program.ts";
import { atom } from "../../src/values/atom.ts";
import { Binary, FloatArray } from "../../src/values/bytes.ts";
import { createObject, nativeKey } from "../../src/values/object.ts";
import { inspect } from "../../src/values/print.ts";
import { Complex, Tagged, Tuple, Undefined, Unit, type Value } from "../../src/values/value.ts";
import { VM } from "../../src/vm.ts";
import { exactly } from "../support/run.ts";
import { compileC, type Files, HAS_PYTHON, packWith, wasmOf } from "./packs.ts";

const ECHO_C = `
#include <stddef.h>
#include <stdint.h>
#include <string.h>
double number(double a) { return a; }
int64_t whole(int64_t a) { return a; }
const char *text(const char *a) { return a; }
size_t bytes(const uint8_t *a, size_t length, uint8_t *out, size_t room) { memcpy(out, a, length < room ? length : room); return length; }
size_t floats(const double *a, size_t count, double *out, size_t room) { memcpy(out, a, 8 * (count < room ? count : room)); return count; }
int64_t odd(void) { return 9007199254740993LL; }
`;

const ECHO_WAT = `(module
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 8))
  (func (export "alloc") (param $size i32) (result i32)
    (local $at i32) (local $missing i32)
    (local.set $at (global.get $next))
    (global.set $next (i32.and (i32.add (i32.add (local.get $at) (local.get $size)) (i32.const 7)) (i32.const -8)))
    (local.set $missing (i32.sub
      (i32.shr_u (i32.add (global.get $next) (i32.const 65535)) (i32.const 16))
      (memory.size)))
    (if (i32.gt_s (local.get $missing) (i32.const 0)) (then (drop (memory.grow (local.get $missing)))))
    (local.get $at))
  ;; What was given last is given back.
  (func (export "free") (param $at i32) (param $size i32)
    (if (i32.lt_u (local.get $at) (global.get $next)) (then (global.set $next (local.get $at)))))
  (func (export "number") (param f64) (result f64) (local.get 0))
  (func (export "whole") (param i64) (result i64) (local.get 0))
  (func $echo (param $at i32) (param $length i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32)) (i64.extend_i32_u (local.get $length))))
  (export "text" (func $echo)) (export "bytes" (func $echo)) (export "floats" (func $echo))
  (func (export "odd") (result i64) (i64.const 9007199254740993)))`;

const echo = (type: string) => ({ parameters: { a: type }, result: type });
const ECHO_DESCRIPTION = JSON.stringify({
  functions: {
    number: echo("f64"),
    whole: echo("i64"),
    text: echo("string"),
    bytes: echo("bytes"),
    floats: echo("floats"),
    odd: { result: "i64" },
  },
});

const NAMES = ["number", "whole", "text", "bytes", "floats", "any"];
const ECHO_JS = `
const same = (value) => value;
export const functions = {
  ${NAMES.map((name) => `${name}: { parameters: { a: "Any" }, call: same }`).join(",\n")},
  odd: { call: () => 9007199254740993n },
};`;

const ECHO_PYTHON = `
from ionvm import function
for name in ${JSON.stringify(NAMES)}:
    function(name=name)(lambda value: value)
@function
def odd():
    return 9007199254740993
`;

interface Border {
  readonly name: string;
  readonly library: LibraryOptions;
  readonly native?: boolean;
  /** Texts are those of C, and there are none but typed values. */
  readonly typed: boolean;
  /** Null: this machine lacks what it needs. */
  readonly files: () => Promise<Files | null>;
}

const PATH = `${process.platform}/${process.arch}/libecho.so`;
const library = compileC(ECHO_C);
const native = async (): Promise<Files | null> => {
  return library === null ? null : { [PATH]: library, "echo.json": ECHO_DESCRIPTION };
};
const wasm = async (): Promise<Files> => ({ "echo.wasm": await wasmOf(ECHO_WAT), "echo.json": ECHO_DESCRIPTION });
const js = async (): Promise<Files> => ({ "echo.mjs": ECHO_JS });
const python = async (): Promise<Files | null> => (HAS_PYTHON ? { "echo.py": ECHO_PYTHON } : null);

const BORDERS: readonly Border[] = [
  { name: "JavaScript in a thread", library: {}, typed: false, files: js },
  { name: "JavaScript in the VM", library: { inProcess: true }, typed: false, files: js },
  { name: "WebAssembly in a thread", library: {}, typed: true, files: wasm },
  { name: "WebAssembly in the VM", library: { inProcess: true }, typed: true, files: wasm },
  { name: "native in a process", library: {}, typed: true, native: true, files: native },
  { name: "native in the VM's", library: { inProcess: true }, typed: true, native: true, files: native },
  { name: "Python", library: {}, typed: false, files: python },
];

const functionOf = (name: string): string => `
  .function ${name} arity=1 regs=2
    LOAD_CONST r1, :"__stdlib:echo.${name}"
    CALL r2, r1, [r0]
    RETURN r2
  .end`;

const MAIN = `
  .function main arity=0 regs=2
    LOAD_CONST r0, :"__stdlib:echo.odd"
    CALL r1, r0, []
    RETURN r1
  .end`;

function object(key: string, value: Value): Value {
  const made = createObject();
  made[nativeKey(key)] = value;
  return made;
}
const deep = (levels: number): Value => {
  let made: Value = Unit;
  for (let i = 0; i < levels; i++) made = i % 2 === 0 ? [made] : new Tuple([made]);
  return made;
};

const SURROGATE = /lone surrogate/;
/** What to call, and the value; for typed borders, what is refused, if it is. */
type Row = readonly [call: string, value: Value, refusedByTyped?: RegExp];
const ROWS: readonly Row[] = [
  ["number", Number.NaN],
  ["number", -0],
  ["number", Number.POSITIVE_INFINITY],
  ["number", Number.NEGATIVE_INFINITY],
  ["number", 5e-324],
  ["number", 2 ** 53],
  ["number", 2 ** 53 + 2],
  ["number", 2 ** 64],
  ["number", -(2 ** 63)],
  ["whole", 2 ** 53],
  ["whole", -(2 ** 53)],
  ["whole", 2 ** 53 + 2, /is no i64/],
  ["whole", 2 ** 64, /is no i64/],
  ["text", ""],
  ["text", "\ufeff"],
  ["text", "\ufeffshort"],
  ["text", `\ufeff${"long".repeat(100)}`],
  ["text", "\ud800", SURROGATE],
  ["text", "\udfff\ud800", SURROGATE],
  ["text", "😀\ud800", SURROGATE],
  ["text", `😀${"x".repeat(5_000)}\udc00😀`, SURROGATE],
  ["text", "😀".repeat(1_000)],
  ["text", "a\0b", /the character 0/],
  ["bytes", new Binary(new Uint8Array())],
  ["bytes", new Binary(Uint8Array.from({ length: 5_000 }, (_, i) => i))],
  ["bytes", new Binary(Uint8Array.from({ length: 3_000 }, (_, i) => i).subarray(7, 2_000))],
  ["floats", new FloatArray(Float64Array.of(Number.NaN, -0, Number.POSITIVE_INFINITY, 5e-324))],
  ["floats", new FloatArray(Float64Array.from({ length: 2_000 }, (_, i) => i / 3).subarray(3, 1_500))],
  ["floats", new FloatArray(new Float64Array())],
];
/** For borders that take all values. */
const ANY: readonly Value[] = [
  new Complex(-0, Number.NaN),
  atom("\ud800"),
  atom("\ufeffa"),
  new Tagged("😀\udc00", atom("")),
  object("\ud800", "\udfff"),
  object("__proto__", object("constructor", Undefined)),
  object("\ufeff", [new Tuple([]), new Tuple([-0])]),
  deep(190),
];

describe.each(BORDERS)("$name", ({ library: options, typed, native: isNative, files }) => {
  let vm: VM;
  let program: Program | null = null;
  beforeAll(async () => {
    vm = new VM({ host: nodeHost(), libraries: nodeLibraries({ allow: ALLOW_ALL, ...options }) });
    const found = await files();
    if (found === null) return;
    const source = NAMES.filter((name) => !(typed && name === "any"))
      .map(functionOf)
      .join("");
    program = await vm.open(packWith(MAIN + source, found, isNative ? ["echo"] : []));
  });
  afterAll(() => vm.close());

  /** The result, or the reason if it failed. */
  async function called(name: string, value: Value): Promise<Value> {
    const { outcome } = await ended(name, value);
    return inspect(outcome!.reason) === ":normal" ? outcome!.result : inspect(outcome!.reason);
  }
  async function ended(name: string, ...values: Value[]) {
    const asked = vm.spawn({ program: program!, name: `Main:${name}` }, ...values);
    await vm.run();
    return asked;
  }
  const shown = (value: Value): string => {
    if (value instanceof FloatArray) return `floats ${[...value.items].map((item) => exactly(item))}`;
    if (value instanceof Binary) return `bytes ${value.bytes}`;
    return typeof value === "string" ? value : `${inspect(value)} ${exactly(value)}`;
  };

  it("what is there comes back as it was", async ({ skip }) => {
    if (program === null) return skip("this machine lacks what it needs");
    for (const [name, value, refused] of ROWS) {
      const result = await called(name, value);
      if (typed && refused !== undefined) expect(result).toMatch(refused);
      else expect(shown(result)).toBe(shown(value));
    }
    for (const value of typed ? [] : ANY) expect(shown(await called("any", value))).toBe(shown(value));
  });

  it("what is nested without end is a value, or refused", async ({ skip }) => {
    if (program === null || typed) return skip("it takes no such values");
    const loop: Value[] = [];
    loop.push(new Tuple([loop]));
    for (const value of [deep(100_000), loop]) {
      // In the VM itself nothing is nested too deep.
      const result = await called("any", value);
      if (options.inProcess) expect(result).not.toBeTypeOf("string");
      else expect(result).toMatch(/nested more than 200 deep, or in themselves/);
    }
  });

  it("what cannot be said exactly is refused", async ({ skip }) => {
    if (program === null) return skip("this machine lacks what it needs");
    const { outcome } = await ended("main");
    expect(inspect(outcome!.reason)).toMatch(/9007199254740993|a bigint is no value of a program/);
  });

  it("100 MB of text and of bytes", async ({ skip }) => {
    if (program === null) return skip("this machine lacks what it needs");
    const text = "é".repeat(50_000_000);
    expect((await called("text", text)) === text).toBe(true);
    const bytes = new Binary(new Uint8Array(100_000_000).fill(7, 50_000_000));
    const back = (await called("bytes", bytes)) as Binary;
    expect(Buffer.compare(back.bytes, bytes.bytes)).toBe(0);
  });
});
