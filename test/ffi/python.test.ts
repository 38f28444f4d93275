/** Python modules of packs. */
import { describe, expect, it, test } from "vitest";
import { callOf, HAS_NUMPY, HAS_PYTHON, packWith, runPack } from "./packs.ts";

const TOOLS = `
import os, signal, time, asyncio
from ionvm import function, Atom, Tagged, UNDEFINED

@function
def same(value):
    "What it is given."
    return value

@function
def kind(value):
    return type(value).__name__

@function
def add(a: float, b: float) -> float:
    return a + b

@function
def fails(text: str):
    raise ValueError(text)

@function
def many(*values):
    return len(values)

@function
def optional(a, b=2):
    return [a, b]

@function
def big():
    return 2**53 + 1

@function
def nested():
    return {"a": (1, [2.5, None]), "b": Atom("x"), "c": Tagged("t", UNDEFINED), "d": b"ab", "e": 1+2j, "\\ud800": "\\udfff"}

@function
def bad():
    return object()

@function
def crash():
    os.kill(os.getpid(), signal.SIGKILL)

@function
def pid() -> int:
    return os.getpid()

@function
def sleep(seconds: float):
    time.sleep(seconds)

@function(blocking=True)
def wait(seconds: float):
    time.sleep(seconds)
    return seconds

@function
async def later(seconds: float):
    await asyncio.sleep(seconds)
    return seconds

@function(name="renamed")
def other() -> str:
    return 1
`;

async function called(name: string, ...args: string[]): Promise<string> {
  return (await runPack(packWith(callOf(`tools.${name}`, ...args), { "tools.py": TOOLS }))).main;
}

describe.skipIf(!HAS_PYTHON)("Python", () => {
  test.each([
    "1",
    "-0",
    "0.5",
    "NaN",
    "Infinity",
    "-9007199254740992",
    "1e+300",
    '"text é 𝒳"',
    '"\\ud800x"',
    '""',
    "()",
    "undefined",
    ":atom",
    "3-0.5i",
    "true",
    "false",
    "(1, (2,))",
    "(,)",
    "[1, [2], []]",
    '{a: 1, __proto__: (), "odd key": 2}',
    '#t("x")',
    'bytes"00ff"',
    "floats[1, NaN, -0]",
    "floats[]",
    "function:main",
  ])("%s there and back", async (literal) => {
    const shown: Record<string, string> = {
      "function:main": "[Function: Main:main]",
      "-0": "0",
      "floats[1, NaN, -0]": "floats[1, NaN, 0]",
    };
    expect(await called("same", literal)).toBe(shown[literal] ?? literal);
  });

  test.each([
    ["1", '"int"'],
    ["1.5", '"float"'],
    ["-0", '"float"'],
    ["()", '"NoneType"'],
    ["(1,)", '"tuple"'],
    ["floats[1]", '"array"'],
    [":a", '"Atom"'],
    [":self", '"Handle"'],
  ])("%s is a %s there", async (literal, kind) => {
    expect(await called("kind", literal)).toBe(kind);
  });

  test.each<[string, string[], string | RegExp]>([
    ["add", ["1", "2.5"], "3.5"],
    ["add", ["1"], '(:ffi, "tools.add", "Expected 2 arguments, got 1")'],
    ["add", ["1", '"2"'], '(:ffi, "tools.add", "Expected Number, Number argument, got Number, String")'],
    ["many", ["1", "2", "3"], "3"],
    ["many", [], "0"],
    ["optional", ["1"], "[1, 2]"],
    ["optional", ["1", "5"], "[1, 5]"],
    ["optional", ["1", "5", "6"], /TypeError: optional\(\) takes from 1 to 2 positional arguments but 3 were given/],
    ["nested", [], '{a: (1, [2.5, ()]), b: :x, c: #t(undefined), d: bytes"6162", e: 1+2i, "\\ud800": "\\udfff"}'],
    ["big", [], /ValueError: the int 9007199254740993 is more than a Number can hold exactly/],
    ["bad", [], /TypeError: a value of the type object is no value of a program/],
    ["renamed", [], '(:ffi, "tools.renamed", "gave a value of the type Number instead of String")'],
    ["wait", ["0.01"], "0.01"],
    ["later", ["0.01"], "0.01"],
  ])("%s(%j)", async (name, args, expected) => {
    const result = await called(name, ...args);
    if (typeof expected === "string") expect(result).toBe(expected);
    else expect(result).toMatch(expected);
  });

  it("an exception arrives with type, message and traceback", async () => {
    const result = await called("fails", '"no good"');
    expect(result).toMatch(/^\(:ffi, "tools.fails", "ValueError: no good\\n/);
    expect(result).toContain('File \\"tools.py\\", line 20, in fails\\n    raise ValueError(text)');
    expect(result).not.toContain("ionvm_host");
  });

  it("a crash fails the call, and the next one finds a new host", async () => {
    const source = `
      TRY r1, crashed
      LOAD_CONST r0, :"__stdlib:tools.crash"
      CALL r0, r0, []
      END_TRY
    crashed:
      LOAD_CONST r0, :"__stdlib:tools.add"
      LOAD_CONST r2, 1
      CALL r2, r0, [r2, r2]
      ARRAY_INIT r0, [r1, r2]
      RETURN r0`;
    const { main } = await runPack(packWith(source, { "tools.py": TOOLS }));
    expect(main).toBe('[(:ffi, "tools.crash", "the Python host has ended: it ended by SIGKILL"), 2]');
  });

  it("a host that is killed from outside in the middle of 100 calls fails just these", async () => {
    const source = `
      .function main arity=0 regs=10
        LOAD_CONST r0, :"__stdlib:tools.pid"
        CALL r1, r0, []
        LOAD_CONST r0, function:ask
        LOAD_CONST r2, 100
        LOAD_CONST r3, 1
        LOAD_CONST r4, :self
        LOAD_CONST r5, 0
      spawn:
        SPAWN r6, r0, [r4]
        SUB r2, r2, r3
        JUMP_IF_TRUE r2, spawn
        LOAD_CONST r6, function:kill
        SPAWN r6, r6, [r1]
        LOAD_CONST r2, 100
      collect:
        RECEIVE r6
        MATCH r6, [((:ffi, "tools.wait", _), count)]
        RETURN r6
      count:
        ADD r5, r5, r3
        SUB r2, r2, r3
        JUMP_IF_TRUE r2, collect
        RETURN r5
      .end
      .function ask arity=1 regs=3
        TRY r1, failed
        LOAD_CONST r2, :"__stdlib:tools.wait"
        LOAD_CONST r3, 10
        CALL r1, r2, [r3]
        END_TRY
      failed:
        SEND r0, r1
        RETURN r0
      .end
      .function kill arity=1 regs=3
        LOAD_CONST r1, :"__stdlib:Sleep"
        LOAD_CONST r2, 100
        CALL r2, r1, [r2]
        LOAD_CONST r1, :"__stdlib:Kill"
        CALL r2, r1, [r0]
        RETURN r2
      .end`;
    const { main, crashes } = await runPack(packWith(source, { "tools.py": TOOLS }), {
      ffi: [
        {
          name: "Kill",
          parameters: [{ name: "pid", type: "Number" }],
          call: (pid: number) => process.kill(pid, "SIGKILL"),
        },
      ],
    });
    expect({ main, crashes }).toEqual({ main: "100", crashes: [] });
  });

  it("who is stuck in a call and ended does not keep others waiting", async () => {
    const source = `
      .function main arity=0 regs=10
        LOAD_CONST r0, function:ask
        SPAWN r1, r0, []
        LOAD_CONST r0, :"__stdlib:Sleep"
        LOAD_CONST r2, 50
        CALL r2, r0, [r2]
        LOAD_CONST r0, :"__stdlib:Exit"
        LOAD_CONST r2, :kill
        CALL r3, r0, [r1, r2]
        LOAD_CONST r0, :"__stdlib:Sleep"
        LOAD_CONST r2, 700
        CALL r2, r0, [r2]
        LOAD_CONST r0, :"__stdlib:tools.add"
        LOAD_CONST r2, 1
        CALL r2, r0, [r2, r2]
        RETURN r2
      .end
      .function ask arity=0 regs=3
        LOAD_CONST r0, :"__stdlib:tools.sleep"
        LOAD_CONST r1, 1000
        CALL r1, r0, [r1]
        RETURN r1
      .end`;
    expect((await runPack(packWith(source, { "tools.py": TOOLS }))).main).toBe("2");
  });

  test.each<[string, string, RegExp]>([
    ["a syntax error", "def broken(:\n  pass", /lib\/bad.py: SyntaxError: invalid syntax \(bad.py, line 1\)/],
    ["an error while it is loaded", "\n1 / 0", /bad.py: ZeroDivisionError: division by zero \(bad.py, line 2\)$/],
    [
      "a module that is not there",
      "import no_such_module",
      /ModuleNotFoundError: No module named 'no_such_module' \(bad.py, line 1\)$/,
    ],
    ["an error of several lines", "raise ValueError('a\\n b')", /ValueError: a b \(bad.py, line 1\)$/],
    ["the end of Python", "import os\nos._exit(3)", /the Python host has ended: it ended with the exit code 3/],
    ["sys.exit", "import sys\nsys.exit(4)", /SystemExit: 4/],
    [
      "a keyword that must be given",
      "from ionvm import function\n@function\ndef f(*, a): pass",
      /a program cannot give the keyword argument a/,
    ],
  ])("%s is a load error", async (_, text, message) => {
    await expect(runPack(packWith("RETURN r0", { "bad.py": text }))).rejects.toThrow(message);
  });

  it("a module that marks nothing has no functions, and that is said where one is called", async () => {
    await expect(runPack(packWith(callOf("bad.f"), { "bad.py": "def f(): pass" }))).rejects.toThrow(
      "the library bad has no functions: the module marks none with @function",
    );
  });

  it("modules of a pack import each other", async () => {
    const files = {
      "one.py": "import two\nfrom ionvm import function\n@function\ndef f():\n  return two.value",
      "two.py": "from ionvm import function\nvalue = 7\n@function\ndef g():\n  return 8",
    };
    expect((await runPack(packWith(callOf("one.f"), files))).main).toBe("7");
    expect((await runPack(packWith(callOf("two.g"), files))).main).toBe("8");
  });

  it("a command that is no Python is a load error", async () => {
    const pack = packWith(callOf("tools.pid"), { "tools.py": TOOLS });
    await expect(runPack(pack, { library: { python: "/nowhere/python" } })).rejects.toThrow(
      "lib/tools.py: the Python host has ended: there is no command /nowhere/python; --python names another",
    );
  });

  it("needs the permission, which the refusal names", async () => {
    const pack = packWith(callOf("tools.pid"), { "tools.py": TOOLS });
    await expect(runPack(pack, { allowed: {} })).rejects.toThrow(
      "the library tools needs the permission --allow-python, or --allow-python=tools",
    );
    expect((await runPack(pack, { allowed: { python: ["tools"] } })).main).toMatch(/^\d+$/);
    await expect(runPack(pack, { allowed: { python: ["other"] } })).rejects.toThrow(/--allow-python/);
  });

  it.skipIf(!HAS_NUMPY)("NumPy arrays in and out", async () => {
    const text = `
import numpy as np
from ionvm import function
@function
def double(a: np.ndarray) -> np.ndarray:
    assert isinstance(a, np.ndarray)
    a *= 2
    return a
@function
def whole():
    return np.arange(3)
@function
def scalar():
    return np.float64(1.5)
@function
def square():
    return np.zeros((2, 2))
@function
def slice():
    return np.arange(10.0)[::3]
`;
    const run = async (name: string, ...args: string[]) =>
      (await runPack(packWith(callOf(`n.${name}`, ...args), { "n.py": text }))).main;
    expect(await run("double", "floats[1, 2.5]")).toBe("floats[2, 5]");
    expect(await run("whole")).toBe("floats[0, 1, 2]");
    expect(await run("scalar")).toBe("1.5");
    expect(await run("slice")).toBe("floats[0, 3, 6, 9]");
    expect(await run("square")).toMatch(/a NumPy array of 2 dimensions/);
  });
});
