/** JavaScript and WebAssembly modules of packs, in a thread of their own and in the VM's. */
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, it, test } from "vitest";
import { callOf, packWith, runPack, wasmOf } from "./packs.ts";

const TOOLS = `
export const functions = {
  same: { parameters: { value: "Any" }, description: "What it is given.", call: (value) => value },
  add: { parameters: { a: "Number", b: "Number" }, result: "Number", call: (a, b) => a + b },
  fails: { parameters: { text: "String" }, call: (text) => { throw new RangeError(text); } },
  wrong: { result: "String", call: () => 1 },
  bad: { call: () => Symbol("s") },
  later: { parameters: { ms: "Number" }, call: async (ms) => { await new Promise((go) => setTimeout(go, ms)); return ms; } },
  never: { parameters: { ms: "Number" }, timeout: 50, async: true, call: () => new Promise(() => {}) },
  spin: { timeout: 50, call: () => { for (;;); } },
  stuck: { call: () => { for (;;); } },
  dies: { call: () => process.exit(3) },
  many: { rest: "Number", result: "Number", call: (...all) => all.length - 1 },
  tell: { parameters: { to: "Receiver" }, call: (to, { send, atom }) => { send(to, atom("hello")); } },
  keep: { parameters: { value: "Any" }, call: (value) => { globalThis.kept = value; } },
  kept: { parameters: { value: "Any" }, call: () => globalThis.kept },
  misuse: { parameters: { value: "Any" }, call: (value, { send }) => { send(globalThis.kept, "wrong"); return value; } },
  notify: { parameters: { to: "Process" }, call: async (to, { send }) => { send(to, ["note"]); return null; } },
  hello: (name) => "hello " + name,
};
`;

const WAYS = [
  ["in a thread", {}],
  ["in the VM", { inProcess: true }],
] as const;

async function called(name: string, args: readonly string[], library: object): Promise<string> {
  return (await runPack(packWith(callOf(`tools.${name}`, ...args), { "tools.mjs": TOOLS }), { library })).main;
}

describe.each(WAYS)("JavaScript %s", (_, library) => {
  test.each([
    "1",
    "-0",
    "NaN",
    '"text é 𝒳"',
    '"\\ud800x"',
    "()",
    "undefined",
    ":atom",
    "3-0.5i",
    "true",
    "(1, (2,))",
    "(,)",
    "[1, [2], []]",
    '{a: 1, __proto__: (), "odd key": 2}',
    '#t("x")',
    'bytes"00ff"',
    "floats[1, NaN, -0]",
    "function:main",
    ":self",
  ])("%s there and back", async (literal) => {
    const shown: Record<string, string> = {
      "function:main": "[Function: Main:main]",
      ":self": "[Process 1]",
      "-0": "0",
      "floats[1, NaN, -0]": "floats[1, NaN, 0]",
    };
    expect(await called("same", [literal], library)).toBe(shown[literal] ?? literal);
  });

  test.each<[string, string[], string]>([
    ["add", ["1", "2.5"], "3.5"],
    ["add", ["1"], '(:ffi, "tools.add", "Expected 2 arguments, got 1")'],
    ["add", ["1", "()"], '(:ffi, "tools.add", "Expected Number, Number argument, got Number, Unit")'],
    ["fails", ['"no good"'], '(:ffi, "tools.fails", "no good")'],
    ["wrong", [], '(:ffi, "tools.wrong", "gave a value of the type Number instead of String")'],
    ["bad", [], '(:ffi, "tools.bad", "gave no value: a symbol is no value of a program")'],
    ["later", ["5"], "5"],
    ["many", ["1", "2"], "2"],
    ["hello", ['"you"'], '"hello you"'],
  ])("%s(%j)", async (name, args, expected) => {
    expect(await called(name, args, library)).toBe(expected);
  });

  it("a function sends messages to a process that it was given", async () => {
    const source =
      'LOAD_CONST r0, :"__stdlib:tools.notify"\nLOAD_CONST r1, :self\nCALL r2, r0, [r1]\nRECEIVE r3\nRETURN r3';
    expect((await runPack(packWith(source, { "tools.mjs": TOOLS }), { library })).main).toBe('["note"]');
  });

  it("and to one that has a name", async () => {
    const source = `
      LOAD_CONST r0, :"__stdlib:Register"
      LOAD_CONST r1, :me
      LOAD_CONST r2, :self
      CALL r0, r0, [r1, r2]
      LOAD_CONST r0, :"__stdlib:tools.tell"
      CALL r2, r0, [r1]
      RECEIVE r3
      RETURN r3`;
    expect((await runPack(packWith(source, { "tools.mjs": TOOLS }), { library })).main).toBe(":hello");
  });

  it("functions without descriptions are those that are exported", async () => {
    const files = { "plain.mjs": "export function twice(n) { return 2 * n; }\nexport const one = 1;" };
    expect((await runPack(packWith(callOf("plain.twice", "4"), files), { library })).main).toBe("8");
    await expect(runPack(packWith(callOf("plain.one"), files), { library })).rejects.toThrow(
      /there is no foreign function plain.one/,
    );
  });

  test.each([
    ["a syntax error", "export const = 1", /lib\/bad.mjs: (Syntax|Rolldown)Error/],
    ["an error while it is loaded", "\n\nthrow new TypeError('early')", /lib\/bad.mjs: TypeError: early/],
    ["what is no error", "throw 'a text'", /lib\/bad.mjs: it threw a text/],
    ["no type", "export const functions = { f: { result: 'Int', call: () => 1 } }", /the function f: Int is no type/],
    ["no call", "export const functions = { f: {} }", /the function f: call must be a function/],
    ["what means nothing", "export const functions = { f: { call() {}, colour: 1 } }", /"colour", which means nothing/],
  ])("%s is a load error", async (_what, text, message) => {
    await expect(runPack(packWith("RETURN r0", { "bad.mjs": text }), { library })).rejects.toThrow(message);
  });
});

describe("JavaScript that misbehaves in its thread", () => {
  test.each(["kept", "misuse"])("what it has kept of another call is nothing in this one: %s", async (name) => {
    const source = `
      LOAD_CONST r0, :"__stdlib:tools.keep"
      LOAD_CONST r1, :self
      CALL r2, r0, [r1]
      LOAD_CONST r1, function:main
      LOAD_CONST r0, :"__stdlib:tools.${name}"
      CALL r2, r0, [r1]
      RETURN r2`;
    expect((await runPack(packWith(source, { "tools.mjs": TOOLS }))).main).toBe(
      `(:ffi, "tools.${name}", "gave back a Process, Reference or Function of another call")`,
    );
  });

  test.each<[string, string[], RegExp]>([
    ["never", ["1"], /took longer than 50 ms/],
    ["spin", [], /took longer than 50 ms/],
    ["dies", [], /the host of the pack's modules has ended: it ended with the exit code 3/],
  ])("%s fails, and the next call finds a new host", async (name, args, message) => {
    const loads = args.map((literal, i) => `LOAD_CONST r${i + 2}, ${literal}`).join("\n");
    const source = `
      TRY r1, failed
      LOAD_CONST r0, :"__stdlib:tools.${name}"
      ${loads}
      CALL r0, r0, [${args.map((_, i) => `r${i + 2}`).join(", ")}]
      END_TRY
    failed:
      LOAD_CONST r0, :"__stdlib:Sleep"
      LOAD_CONST r2, 800
      CALL r2, r0, [r2]
      LOAD_CONST r0, :"__stdlib:tools.add"
      LOAD_CONST r2, 1
      CALL r2, r0, [r2, r2]
      ARRAY_INIT r0, [r1, r2]
      RETURN r0`;
    const { main } = await runPack(packWith(source, { "tools.mjs": TOOLS }));
    expect(main).toMatch(message);
    expect(main).toMatch(/, 2\]$/);
  });

  it("an endless loop holds up nobody but its caller, and ends with the VM", async () => {
    const source = `
      .function main arity=0 regs=6
        LOAD_CONST r0, function:ask
        SPAWN r1, r0, []
        LOAD_CONST r0, :"__stdlib:Sleep"
        LOAD_CONST r2, 100
        CALL r2, r0, [r2]
        LOAD_CONST r0, :"__stdlib:Halt"
        LOAD_CONST r2, 0
        CALL r2, r0, [r2]
        RETURN r2
      .end
      .function ask arity=0 regs=3
        LOAD_CONST r0, :"__stdlib:tools.stuck"
        CALL r1, r0, []
        RETURN r1
      .end`;
    expect((await runPack(packWith(source, { "tools.mjs": TOOLS }))).status).toBe("halted");
  });
});

describe("permissions and files", () => {
  it("a module that is not allowed is refused where it is called, and the flag is named", async () => {
    const pack = packWith(callOf("tools.add", "1", "2"), { "tools.mjs": TOOLS });
    await expect(runPack(pack, { allowed: {} })).rejects.toThrow(
      "test.ionpack, class Main, function main, instruction 0: the library tools needs the permission --allow-js, or --allow-js=tools",
    );
    expect(
      (await runPack(packWith("LOAD_CONST r0, 1\nRETURN r0", { "tools.mjs": "throw 1" }), { allowed: {} })).main,
    ).toBe("1");
  });

  it("nothing is left in the folder for temporary files", async () => {
    const mine = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`ionvm-${process.pid}-`));
    await called("add", ["1", "2"], {});
    expect(mine()).toEqual([]);
  });

  test.each<[string, Record<string, string>, string[], RegExp]>([
    [
      "a description without a library",
      { "a.json": "{}" },
      [],
      /lib\/a.json describes a library that the pack does not have/,
    ],
    [
      "WebAssembly without a description",
      { "a.wasm": "" },
      [],
      /the library a has no description: lib\/a.json is missing/,
    ],
    ["a native library without one", {}, ["a"], /the library a has no description: lib\/a.json is missing/],
    [
      "a description of what describes itself",
      { "a.mjs": "", "a.json": "{}" },
      [],
      /lib\/a.mjs says itself what it has/,
    ],
    ["two of one name", { "a.mjs": "", "a.py": "" }, [], /lib\/a.py and lib\/a.mjs are two libraries of one name/],
    ["a name that is none", { "a-b.mjs": "" }, [], /a-b is no name of a library/],
    ["a native one that is none", {}, ["../x"], /FFI-Libraries: \.\.\/x is no name of a library/],
  ])("%s is a load error", async (_, files, native, message) => {
    await expect(runPack(packWith("RETURN r0", files, native))).rejects.toThrow(message);
  });
});

const WAT = `(module
  (memory (export "memory") 1 10)
  (global $next (mut i32) (i32.const 1024))
  (func (export "alloc") (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (global.get $next))
    (global.set $next (i32.and (i32.add (i32.add (global.get $next) (local.get $size)) (i32.const 7)) (i32.const -8)))
    (local.get $at))
  (func (export "free") (param i32 i32))
  (func (export "add") (param f64 f64) (result f64) (f64.add (local.get 0) (local.get 1)))
  (func (export "add_whole") (param i64 i32) (result i64) (i64.add (local.get 0) (i64.extend_i32_u (local.get 1))))
  (func (export "big") (result i64) (i64.const 9007199254740993))
  (func (export "divide") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "spin") (loop $l (br $l)))
  (func (export "is_set") (param i32) (result i32) (local.get 0))
  (func (export "echo") (param $at i32) (param $length i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32)) (i64.extend_i32_u (local.get $length))))
  (func (export "negate") (param $at i32) (param $count i32)
    (block $end (loop $next
      (br_if $end (i32.eqz (local.get $count)))
      (f64.store (local.get $at) (f64.neg (f64.load (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $next)))))`;

const WASM_DESCRIPTION = {
  memory: 1,
  functions: {
    add: { parameters: { a: "f64", b: "f64" }, result: "f64", pure: true },
    add_whole: { parameters: { a: "i64", b: "u32" }, result: "i64" },
    big: { result: "i64" },
    divide: { parameters: { a: "i32", b: "i32" }, result: "i32" },
    grow: { parameters: { pages: "i32" }, result: "i32" },
    spin: { timeout: 50 },
    is_set: { parameters: { flag: "bool" }, result: "bool" },
    text: { symbol: "echo", parameters: { text: "string" }, result: "string" },
    data: { symbol: "echo", parameters: { data: "bytes" }, result: "bytes" },
    floats: { symbol: "echo", parameters: { numbers: "floats" }, result: "floats" },
    negate: { parameters: { numbers: "inout floats" } },
  },
};

describe.each(WAYS)("WebAssembly %s", (_, library) => {
  async function calledWasm(name: string, args: readonly string[]): Promise<string> {
    const files = { "w.wasm": await wasmOf(WAT), "w.json": JSON.stringify(WASM_DESCRIPTION) };
    return (await runPack(packWith(callOf(`w.${name}`, ...args), files), { library })).main;
  }

  test.each<[string, string[], string | RegExp]>([
    ["add", ["1.5", "2"], "3.5"],
    ["add", ["1.5", '"2"'], /Expected Number, Number argument, got Number, String/],
    ["add_whole", ["-5", "4294967295"], "4294967290"],
    ["add_whole", ["9007199254740992", "0"], "9007199254740992"],
    ["add_whole", ["0.5", "1"], /a: 0.5 is no i64, a whole number from -9007199254740992 to 9007199254740992/],
    ["add_whole", ["1", "-1"], /b: -1 is no u32, a whole number from 0 to 4294967295/],
    ["add_whole", ["1", "4294967296"], /b: 4294967296 is no u32/],
    ["add_whole", ["NaN", "1"], /a: NaN is no i64/],
    ["big", [], /gave the whole number 9007199254740993, which a Number cannot hold/],
    ["divide", ["7", "2"], "3"],
    ["divide", ["7", "0"], /trap: divide by zero/],
    ["grow", ["1"], "1"],
    ["grow", ["16"], "-1"],
    ["is_set", ["true"], "true"],
    ["text", ['"hé"'], '"hé"'],
    ["text", ['"a\\u0000b"'], /a text with the character 0 ends there in C/],
    ["data", ['bytes"00ff"'], 'bytes"00ff"'],
    ["floats", ["floats[1, -2.5]"], "floats[1, -2.5]"],
  ])("%s(%j)", async (name, args, expected) => {
    const result = await calledWasm(name, args);
    if (typeof expected === "string") expect(result).toBe(expected);
    else expect(result).toMatch(expected);
  });

  test.each<[string, object | string, RegExp]>([
    ["no JSON", "{", /lib\/w.json: no JSON/],
    ["a function that is not there", { functions: { f: {} } }, /exports no function f/],
    ["no type", { functions: { add: { result: "int" } } }, /int is no type; there are i8, u8/],
    ["a key that means nothing", { functions: { add: { colour: 1 } } }, /has colour; there are/],
    [
      "callbacks",
      { functions: { add: { parameters: { f: { callback: [] } } } } },
      /has a callback, which WebAssembly has not/,
    ],
    ["too little memory", { memory: 0.01, functions: {} }, /begins with 65536 bytes of memory/],
    ["a negative time", { functions: { add: { timeout: -1 } } }, /timeout, in milliseconds, must be a number above 0/],
  ])("a description with %s is a load error", async (_what, description, message) => {
    const text = typeof description === "string" ? description : JSON.stringify(description);
    const files = { "w.wasm": await wasmOf(WAT), "w.json": text };
    await expect(runPack(packWith("RETURN r0", files), { library })).rejects.toThrow(message);
  });

  it("a module that imports, and one that is none, are load errors", async () => {
    const json = JSON.stringify({ functions: {} });
    const importing = await wasmOf('(module (import "env" "f" (func)))');
    const open = (bytes: Uint8Array) =>
      runPack(packWith("RETURN r0", { "w.wasm": bytes, "w.json": json }), { library });
    await expect(open(importing)).rejects.toThrow(/lib\/w.wasm: it imports env.f/);
    await expect(open(Uint8Array.of(1, 2, 3))).rejects.toThrow(/lib\/w.wasm: /);
  });
});

describe("WebAssembly that misbehaves in its thread", () => {
  it("an endless loop ends after its time", async () => {
    const files = { "w.wasm": await wasmOf(WAT), "w.json": JSON.stringify(WASM_DESCRIPTION) };
    expect((await runPack(packWith(callOf("w.spin"), files))).main).toBe('(:ffi, "w.spin", "took longer than 50 ms")');
  });
});
