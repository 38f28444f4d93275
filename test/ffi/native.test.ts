/** Native libraries of packs, in a process of their own and in the VM's. */
import { describe, expect, it, test } from "vitest";
import { ALLOW_ALL } from "../../src/foreign/permissions.ts";
import { callOf, compileC, packWith, runPack } from "./packs.ts";

const C = `
#include <stdint.h>
#include <stdbool.h>
#include <string.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
typedef struct { int32_t id; double x; uint8_t flag; } Item;
double add(double a, double b) { return a + b; }
double half(double a) { return a / 2; }
int8_t i8(int8_t a) { return a; }
uint8_t u8(uint8_t a) { return a; }
int32_t i32(int32_t a) { return a; }
uint32_t u32(uint32_t a) { return a; }
int64_t i64(int64_t a) { return a; }
uint64_t u64(uint64_t a) { return a; }
int64_t too_big(void) { return 9007199254740993LL; }
float single(float a) { return a; }
bool not(bool a) { return !a; }
const char *greet(const char *name) { static char text[100]; snprintf(text, 100, "hello %s", name); return text; }
const char *nothing(void) { return NULL; }
uint32_t checksum(const uint8_t *bytes, size_t length) { uint32_t sum = 0; for (size_t i = 0; i < length; i++) sum += bytes[i]; return sum; }
double sum(const double *numbers, size_t count) { double sum = 0; for (size_t i = 0; i < count; i++) sum += numbers[i]; return sum; }
void scale(double *numbers, size_t count, double by) { for (size_t i = 0; i < count; i++) numbers[i] *= by; }
size_t repeat(uint8_t what, uint32_t times, uint8_t *out, size_t room) { for (size_t i = 0; i < times && i < room; i++) out[i] = what; return times; }
size_t squares(uint32_t count, double *out, size_t room) { for (size_t i = 0; i < count && i < room; i++) out[i] = (double)i * i; return count; }
void move(Item *item, double by) { item->x += by; item->id++; item->flag = 255; }
double item_x(const Item *item) { return item->x; }
double checked(double a, char *message, size_t room) { if (a < 0) snprintf(message, room, "%g is below zero", a); return a; }
void each(uint32_t count, void (*visit)(uint32_t, const char *)) { for (uint32_t i = 0; i < count; i++) visit(i, "x"); }
void crash(void) { *(volatile int *)0 = 1; }
void leave(void) { exit(7); }
void nap(uint32_t ms) { usleep(ms * 1000); }
uint32_t long_nap(uint32_t ms) { usleep(ms * 1000); return ms; }
void forever(void) { for (;;) usleep(1000); }
`;

const whole = (type: string) => ({ parameters: { a: type }, result: type });
const DESCRIPTION = {
  structs: { Item: { id: "i32", x: "f64", flag: "u8" } },
  functions: {
    add: { parameters: { a: "f64", b: "f64" }, result: "f64" },
    half: { parameters: { a: "f64" }, result: "f64", pure: true },
    i8: whole("i8"),
    u8: whole("u8"),
    i32: whole("i32"),
    u32: whole("u32"),
    i64: whole("i64"),
    u64: whole("u64"),
    too_big: { result: "i64" },
    single: whole("f32"),
    not: whole("bool"),
    greet: { parameters: { name: "string" }, result: "string" },
    nothing: { result: "string" },
    checksum: { parameters: { data: "bytes" }, result: "u32" },
    sum: { parameters: { numbers: "floats" }, result: "f64" },
    scale: { parameters: { numbers: "inout floats", by: "f64" } },
    repeat: { parameters: { what: "u8", times: "u32" }, result: "bytes" },
    squares: { parameters: { count: "u32" }, result: "floats" },
    move: { parameters: { item: "inout Item", by: "f64" } },
    item_x: { parameters: { item: "Item" }, result: "f64" },
    checked: { parameters: { a: "f64" }, result: "f64", fails: true },
    each: { parameters: { count: "u32", visit: { callback: ["u32", "string"] } } },
    crash: {},
    leave: {},
    nap: { parameters: { ms: "u32" }, timeout: 100 },
    long_nap: { parameters: { ms: "u32" }, result: "u32", blocking: true },
    forever: {},
  },
};

const library = compileC(C);
const PATH = `${process.platform}/${process.arch}/libtest.so`;

function pack(source: string, description: object | string = DESCRIPTION) {
  const json = typeof description === "string" ? description : JSON.stringify(description);
  return packWith(source, { [PATH]: library!, "test.json": json }, ["test"]);
}

const WAYS = [
  ["in a process of its own", {}],
  ["in the VM's", { inProcess: true }],
] as const;

describe.skipIf(library === null).each(WAYS)("native libraries %s", (_, way) => {
  const called = async (name: string, ...args: string[]): Promise<string> => {
    return (await runPack(pack(callOf(`test.${name}`, ...args)), { library: way })).main;
  };

  test.each<[string, string[], string | RegExp]>([
    ["add", ["1.5", "2"], "3.5"],
    ["half", ["3"], "1.5"],
    ["add", ["1.5"], /Expected 2 arguments, got 1/],
    ["add", ["1.5", '"2"'], /Expected Number, Number argument, got Number, String/],
    ["i8", ["-128"], "-128"],
    ["i8", ["128"], /a: 128 is no i8, a whole number from -128 to 127/],
    ["u8", ["255"], "255"],
    ["u8", ["256"], /a: 256 is no u8/],
    ["u8", ["-1"], /a: -1 is no u8/],
    ["i32", ["-2147483648"], "-2147483648"],
    ["i32", ["NaN"], /a: NaN is no i32/],
    ["i32", ["0.5"], /a: 0.5 is no i32/],
    ["u32", ["4294967295"], "4294967295"],
    ["i64", ["-9007199254740992"], "-9007199254740992"],
    ["i64", ["9007199254740994"], /a: 9007199254740994 is no i64/],
    ["u64", ["9007199254740991"], "9007199254740991"],
    ["too_big", [], /gave the whole number 9007199254740993, which a Number cannot hold/],
    ["single", ["0.1"], "0.10000000149011612"],
    ["not", ["true"], "false"],
    ["greet", ['"wörld 𝒳"'], '"hello wörld 𝒳"'],
    ["greet", ['"a\\u0000b"'], /name: a text with the character 0 ends there in C/],
    ["nothing", [], "undefined"],
    ["checksum", ['bytes"01ff"'], "256"],
    ["checksum", ['bytes""'], "0"],
    ["sum", ["floats[1, 2.5]"], "3.5"],
    ["sum", ["floats[]"], "0"],
    ["sum", ["[1]"], /Expected Float64Array argument, got Array/],
    ["repeat", ["255", "3"], 'bytes"ffffff"'],
    ["squares", ["4"], "floats[0, 1, 4, 9]"],
    ["item_x", ["{id: 1, x: 2.5, flag: 0}"], "2.5"],
    ["item_x", ["{id: 1, flag: 0}"], /item: the member x must be a Number/],
    ["item_x", ["{id: 0.5, x: 1, flag: 0}"], /item.id: 0.5 is no i32/],
    ["checked", ["2"], "2"],
    ["checked", ["-2"], '(:ffi, "test.checked", "-2 is below zero")'],
    ["long_nap", ["5"], "5"],
  ])("%s(%j)", async (name, args, expected) => {
    const result = await called(name, ...args);
    if (typeof expected === "string") expect(result).toBe(expected);
    else expect(result).toMatch(expected);
  });

  it("a result that needs more room than there was at first gets it", async () => {
    const source = `${callOf("test.squares", "100000").replace("RETURN r0", "")}\nLOAD_CONST r1, 99999\nGET_PROP r2, r0, r1\nRETURN r2`;
    expect((await runPack(pack(source), { library: way })).main).toBe("9999800001");
  });

  it("arrays and structs are written in place", async () => {
    const source = `
      LOAD_CONST r0, :"__stdlib:test.scale"
      LOAD_CONST r1, floats[1, 2]
      LOAD_CONST r2, 10
      CALL r3, r0, [r1, r2]
      LOAD_CONST r0, :"__stdlib:test.move"
      LOAD_CONST r4, {id: 1, x: 2.5, flag: 0, other: "kept"}
      CALL r5, r0, [r4, r2]
      ARRAY_INIT r0, [r1, r3, r4, r5]
      RETURN r0`;
    expect((await runPack(pack(source), { library: way })).main).toBe(
      '[floats[10, 20], (), {id: 2, x: 12.5, flag: 255, other: "kept"}, ()]',
    );
  });

  it("callbacks are messages to the process that stands for them", async () => {
    const source = `
      LOAD_CONST r0, :"__stdlib:test.each"
      LOAD_CONST r1, 2
      LOAD_CONST r2, :self
      CALL r3, r0, [r1, r2]
      RECEIVE r4
      RECEIVE r5
      ARRAY_INIT r0, [r4, r5]
      RETURN r0`;
    expect((await runPack(pack(source), { library: way })).main).toBe('[#visit((0, "x")), #visit((1, "x"))]');
  });

  it("or to one that has a name", async () => {
    const source = `
      LOAD_CONST r0, :"__stdlib:Register"
      LOAD_CONST r1, :me
      LOAD_CONST r2, :self
      CALL r0, r0, [r1, r2]
      LOAD_CONST r0, :"__stdlib:test.each"
      LOAD_CONST r2, 1
      CALL r3, r0, [r2, r1]
      RECEIVE r4
      RETURN r4`;
    expect((await runPack(pack(source), { library: way })).main).toBe('#visit((0, "x"))');
  });

  it("a blocking function leaves others running", async () => {
    const source = `
      .function main arity=0 regs=8
        LOAD_CONST r0, function:nap
        LOAD_CONST r1, :self
        SPAWN r2, r0, [r1]
        LOAD_CONST r0, :"__stdlib:test.add"
        LOAD_CONST r2, 1
        CALL r3, r0, [r2, r2]
        SEND r1, r3
        RECEIVE r4
        RECEIVE r5
        ARRAY_INIT r0, [r4, r5]
        RETURN r0
      .end
      .function nap arity=1 regs=3
        LOAD_CONST r1, :"__stdlib:test.long_nap"
        LOAD_CONST r2, 200
        CALL r2, r1, [r2]
        SEND r0, r2
        RETURN r0
      .end`;
    expect((await runPack(pack(source), { library: way })).main).toBe("[2, 200]");
  });

  test.each<[string, object | string, RegExp]>([
    ["no JSON", "{", /lib\/test.json: no JSON/],
    ["a function that is not there", { functions: { missing: {} } }, /has no function missing/],
    ["a struct without members", { structs: { S: {} }, functions: {} }, /the struct S has no members/],
    ["a struct of texts", { structs: { S: { a: "string" } }, functions: {} }, /S.a: string is no type of a Number/],
    ["a struct as a result", { structs: { S: { a: "f64" } }, functions: { add: { result: "S" } } }, /inout parameter/],
    ["void as a parameter", { functions: { add: { parameters: { a: "void" } } } }, /void is no type of a parameter/],
    ["text for a flag", { functions: { add: { blocking: "yes" } } }, /blocking must be true or false/],
  ])("a description with %s is a load error", async (_what, description, message) => {
    await expect(runPack(pack("RETURN r0", description), { library: way })).rejects.toThrow(message);
  });

  it("what is no library is a load error", async () => {
    const broken = packWith("RETURN r0", { [PATH]: "no library", "test.json": JSON.stringify(DESCRIPTION) }, ["test"]);
    await expect(runPack(broken, { library: way })).rejects.toThrow(/the native library test cannot be loaded/);
  });
});

describe.skipIf(library === null)("native libraries that misbehave", () => {
  test.each<[string, string, RegExp]>([
    ["a segmentation fault", "crash", /the host of native libraries has ended: it ended by SIG(SEGV|BUS)/],
    ["the end of the process", "leave", /it ended with the exit code 7/],
  ])("%s is an error of the call, and the next one finds a new host", async (_, name, message) => {
    const source = `
      TRY r1, crashed
      LOAD_CONST r0, :"__stdlib:test.${name}"
      CALL r0, r0, []
      END_TRY
    crashed:
      LOAD_CONST r0, :"__stdlib:test.add"
      LOAD_CONST r2, 1
      CALL r2, r0, [r2, r2]
      ARRAY_INIT r0, [r1, r2]
      RETURN r0`;
    const { main } = await runPack(pack(source));
    expect(main).toMatch(message);
    expect(main).toMatch(/, 2\]$/);
  });

  it("what takes too long fails after its time", async () => {
    expect((await runPack(pack(callOf("test.nap", "5000")))).main).toBe(
      '(:ffi, "test.nap", "took longer than 100 ms")',
    );
  });

  it("what never returns ends with the VM", async () => {
    const source = `
      .function main arity=0 regs=4
        LOAD_CONST r0, function:ask
        SPAWN r1, r0, []
        LOAD_CONST r0, :"__stdlib:Sleep"
        LOAD_CONST r2, 50
        CALL r2, r0, [r2]
        LOAD_CONST r0, :"__stdlib:Halt"
        LOAD_CONST r2, 0
        CALL r2, r0, [r2]
        RETURN r2
      .end
      .function ask arity=0 regs=3
        LOAD_CONST r0, :"__stdlib:test.forever"
        CALL r1, r0, []
        RETURN r1
      .end`;
    expect((await runPack(pack(source))).status).toBe("halted");
  });

  it("a library that the pack lacks for this machine is refused where it is called", async () => {
    const files = { "other/cpu/libtest.so": library!, "test.json": JSON.stringify(DESCRIPTION) };
    await expect(runPack(packWith(callOf("test.add", "1", "2"), files, ["test"]))).rejects.toThrow(
      `the pack has no library test for ${process.platform}/${process.arch}`,
    );
    expect((await runPack(packWith("LOAD_CONST r0, 1\nRETURN r0", files, ["test"]))).main).toBe("1");
  });

  it("needs the permission", async () => {
    await expect(
      runPack(pack(callOf("test.add", "1", "2")), { allowed: { ...ALLOW_ALL, native: false } }),
    ).rejects.toThrow("the library test needs the permission --allow-native, or --allow-native=test");
  });
});
