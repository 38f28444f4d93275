/** Foreign functions from outside: those that take their time, and those on values of JavaScript. */
import { describe, expect, it, test } from "vitest";
import type { HostFunctionSpec } from "../../src/foreign/host-function.ts";
import { fromHost, HostTagged, toHost, Unconvertible } from "../../src/foreign/host-values.ts";
import type { AnyForeignSpec } from "../../src/foreign/registry.ts";
import { ForeignFailure } from "../../src/foreign/spec.ts";
import { atom } from "../../src/values/atom.ts";
import { Binary, FloatArray } from "../../src/values/bytes.ts";
import { createObject, type IonObject } from "../../src/values/object.ts";
import { inspect } from "../../src/values/print.ts";
import { Complex, Tagged, Tuple, Undefined, Unit, type Value, type ValueArray } from "../../src/values/value.ts";
import { settleWork } from "../../src/values/work.ts";
import { type RunResult, VM, type VMOptions } from "../../src/vm.ts";
import { BUDGETS, ENGINES, program } from "../support/run.ts";

interface Ended {
  readonly result: string | null;
  readonly reason: string | null;
  readonly status: RunResult["status"];
  readonly reductions: number;
  readonly events: readonly string[];
  readonly crashes: readonly string[];
}

async function runOnce(source: string, functions: readonly AnyForeignSpec[], options: VMOptions): Promise<Ended> {
  const events: string[] = [];
  const crashes: string[] = [];
  const vm = new VM({
    virtualTime: true,
    stdout: () => {},
    onCrash: ({ number }, { reason }) => crashes.push(`${number}: ${inspect(reason)}`),
    ...options,
  });
  for (const spec of functions) vm.ffi.register(spec);
  vm.subscribe((event) => events.push(JSON.stringify(event)));
  const main = vm.start(vm.load(new TextEncoder().encode(program(source)), { file: "Main" }));
  const { status } = await vm.run();
  const { outcome } = main;
  return {
    status,
    result: outcome === null ? null : inspect(outcome.result),
    reason: outcome === null ? null : inspect(outcome.reason),
    reductions: vm.inspect(main).reductions,
    events,
    crashes,
  };
}

/** Runs in every way, which must not differ; gives one of them. */
async function everyWay(source: string, functions: () => readonly AnyForeignSpec[]): Promise<Ended> {
  let last: Ended | undefined;
  for (const budget of BUDGETS) {
    let first: Ended | undefined;
    for (const { options } of ENGINES) {
      last = await runOnce(source, functions(), { ...options, budget });
      first ??= last;
      expect(last).toEqual(first);
    }
  }
  return last!;
}

function later(name: string, call: HostFunctionSpec["call"], more: Partial<HostFunctionSpec> = {}): HostFunctionSpec {
  return { name, parameters: [{ name: "value", type: "Any" }], async: true, call, ...more };
}

const ECHO = later("Echo", (value: unknown) => Promise.resolve(value));
const REFUSE = later("Refuse", (value: unknown) => Promise.reject(new ForeignFailure(String(value))));

describe("functions that take their time", () => {
  it("the caller gets the result and goes on, and it costs what a call and a wait cost", async () => {
    const ended = await everyWay(
      'LOAD_CONST r0, :"__stdlib:Echo"\nLOAD_CONST r1, 42\nCALL r2, r0, [r1]\nRETURN r2',
      () => [ECHO],
    );
    // LOAD_CONST twice, CALL, the wait, the function's RETURN, RETURN.
    expect(ended).toMatchObject({ result: "42", reason: ":normal", status: "done", reductions: 2 + 2 + 2 + 1 + 1 });
    const kinds = ended.events.map((text) => JSON.parse(text) as { e: string; on?: string; by?: string });
    expect(kinds.filter(({ e }) => e === "block")).toMatchObject([{ on: "foreign" }]);
    expect(kinds.filter(({ e }) => e === "wake")).toMatchObject([{ by: "foreign" }]);
  });

  it("a failure is an error of the call, which a TRY of the caller catches", async () => {
    const source = `
      TRY r3, caught
      LOAD_CONST r0, :"__stdlib:Refuse"
      LOAD_CONST r1, "not today"
      CALL r2, r0, [r1]
      END_TRY
    caught:
      RETURN r3`;
    expect(await everyWay(source, () => [REFUSE])).toMatchObject({ result: '(:ffi, "Refuse", "not today")' });
  });

  test.each([
    ["", "Expected 1 arguments, got 0"],
    ["r1, r1", "Expected 1 arguments, got 2"],
    ["r9", "Expected Number argument, got String"],
    [Array(15).fill("r1").join(", "), "Expected 1 arguments, got 15"],
  ])("counts and types are checked before anything begins: [%s]", async (args, message) => {
    let begun = 0;
    const number = later("Number", () => Promise.resolve(++begun), {
      parameters: [{ name: "n", type: "Number" }],
    });
    const source = `LOAD_CONST r0, :"__stdlib:Number"\nLOAD_CONST r9, ""\nLOAD_CONST r1, 1\nCALL r2, r0, [${args}]\nRETURN r2`;
    expect(await everyWay(source, () => [number])).toMatchObject({
      reason: inspect(new Tuple([atom("ffi"), "Number", message])),
    });
    expect(begun).toBe(0);
  });

  it("others run meanwhile, and who has an answer runs when its turn comes", async () => {
    const source = `
      .function main arity=0 regs=8
        LOAD_CONST r0, function:ask
        SPAWN r1, r0, []
        SPAWN r2, r0, []
        LOAD_CONST r3, 0
        LOAD_CONST r4, 1
        LOAD_CONST r5, 500
      count:
        ADD r3, r3, r4
        LESS_THAN r6, r3, r5
        JUMP_IF_TRUE r6, count
        JOIN r1, r6
        JOIN r2, r7
        ARRAY_INIT r0, [r3, r6, r7]
        RETURN r0
      .end
      .function ask arity=0 regs=2
        LOAD_CONST r0, :"__stdlib:Echo"
        LOAD_CONST r1, :self
        CALL r0, r0, [r1]
        RETURN r0
      .end`;
    expect(await everyWay(source, () => [ECHO])).toMatchObject({ result: "[500, [Process 2], [Process 3]]" });
  });

  it("in a loop that gets hot", async () => {
    const source = `
      LOAD_CONST r0, :"__stdlib:Echo"
      LOAD_CONST r1, 0
      LOAD_CONST r2, 1
      LOAD_CONST r3, 300
    loop:
      CALL r4, r0, [r2]
      ADD r1, r1, r4
      LESS_THAN r5, r1, r3
      JUMP_IF_TRUE r5, loop
      RETURN r1`;
    expect(await everyWay(source, () => [ECHO])).toMatchObject({ result: "300", reason: ":normal" });
  });

  it("as an operator method, `__getattr__`, a method, and of a spawned process", async () => {
    const source = `
      LOAD_CONST r0, :"__stdlib:Echo"
      LOAD_CONST r1, :"__stdlib:Count"
      OBJECT_INIT r2, {__getattr__: r0, __add__: r1, m: r0}
      LOAD_CONST r3, 7
      ADD r4, r2, r3
      GET_PROP r5, r2, r3
      LOAD_CONST r6, :missing
      GET_PROP r5, r2, r6
      CALL_METHOD r6, r2, "m", [r3]
      SPAWN r7, r0, [r3]
      JOIN r7, r7
      ARRAY_INIT r0, [r4, r5, r6, r7]
      RETURN r0`;
    const count = later("Count", (...args: unknown[]) => Promise.resolve(args.length - 1), {
      parameters: [],
      rest: { name: "values", type: "Any" },
    });
    expect(await everyWay(source, () => [ECHO, count])).toMatchObject({ result: "[1, :missing, 7, 7]" });
  });

  it("a process that is ended meanwhile aborts its call, and the VM waits for it no longer", async () => {
    const aborted: number[] = [];
    const never = later("Never", (value: number, { signal }: { signal: AbortSignal }) => {
      signal.addEventListener("abort", () => aborted.push(value));
      return new Promise(() => {});
    });
    const source = `
      .function main arity=0 regs=8
        LOAD_CONST r0, function:ask
        SPAWN r1, r0, []
        YIELD
        YIELD
        LOAD_CONST r0, :"__stdlib:Exit"
        LOAD_CONST r2, :enough
        CALL r3, r0, [r1, r2]
        LOAD_CONST r0, :"__stdlib:IsAlive"
        CALL r3, r0, [r1]
        RETURN r3
      .end
      .function ask arity=0 regs=2
        LOAD_CONST r0, :"__stdlib:Never"
        LOAD_CONST r1, 5
        CALL r0, r0, [r1]
        RETURN r0
      .end`;
    expect(await runOnce(source, [never], {})).toMatchObject({ result: "false", status: "done" });
    expect(aborted).toEqual([5]);
    for (const { options } of ENGINES)
      expect(await runOnce(source, [never], options)).toMatchObject({ result: "false" });
  });

  it("virtual time stands still while an answer is to come", async () => {
    const slow = later("Slow", () => new Promise((resolve) => setTimeout(resolve, 20, "answer")));
    const source = `
      .function main arity=0 regs=8
        LOAD_CONST r0, :"__stdlib:SendAfter"
        LOAD_CONST r1, 1
        LOAD_CONST r2, :self
        LOAD_CONST r3, :timer
        CALL r4, r0, [r1, r2, r3]
        LOAD_CONST r0, function:ask
        SPAWN r1, r0, [r2]
        RECEIVE r3
        RECEIVE r4
        ARRAY_INIT r0, [r3, r4]
        RETURN r0
      .end
      .function ask arity=1 regs=3
        LOAD_CONST r1, :"__stdlib:Slow"
        CALL r2, r1, [r0]
        SEND r0, r2
        RETURN r0
      .end`;
    expect(await everyWay(source, () => [slow])).toMatchObject({ result: '["answer", :timer]' });
  });

  it("many are out at once", async () => {
    const source = `
      .function main arity=0 regs=8
        LOAD_CONST r0, function:ask
        LOAD_CONST r1, 1000
        LOAD_CONST r2, 1
        LOAD_CONST r3, :self
        LOAD_CONST r4, 0
      spawn:
        SPAWN r5, r0, [r3, r1]
        SUB r1, r1, r2
        JUMP_IF_TRUE r1, spawn
        LOAD_CONST r1, 1000
      collect:
        RECEIVE r5
        ADD r4, r4, r5
        SUB r1, r1, r2
        JUMP_IF_TRUE r1, collect
        RETURN r4
      .end
      .function ask arity=2 regs=3
        LOAD_CONST r2, :"__stdlib:Slow"
        CALL r2, r2, [r1]
        SEND r0, r2
        RETURN r0
      .end`;
    for (const { options } of ENGINES) {
      // Nobody gets an answer before all have asked.
      const answers: (() => void)[] = [];
      const slow = later("Slow", (value: unknown) => {
        return new Promise((resolve) => {
          answers.push(() => resolve(value));
          if (answers.length === 1000) for (const answer of answers) answer();
        });
      });
      expect(await runOnce(source, [slow], options)).toMatchObject({ result: "500500" });
    }
  });

  it("what is no failure is a bug, which `run` throws", async () => {
    const bug = {
      name: "Bug",
      parameters: [],
      result: "Any" as const,
      description: "Has a bug.",
      start: () => Promise.reject(new TypeError("a bug")),
      finish: () => Unit,
    };
    await expect(runOnce('LOAD_CONST r0, :"__stdlib:Bug"\nCALL r0, r0, []', [bug], {})).rejects.toThrow("a bug");
  });

  it("`runSync` cannot wait for an answer, and says so", () => {
    const vm = new VM({ virtualTime: true });
    vm.ffi.register(ECHO);
    vm.start(vm.load(new TextEncoder().encode(program('LOAD_CONST r0, :"__stdlib:Echo"\nCALL r0, r0, [r1]'))));
    expect(() => vm.runSync()).toThrow(/use run\(\) instead of runSync\(\)/);
  });

  it("version 1 gets an Atom in the place of a failure", async () => {
    const source = `
      .format 1
      .function main arity=0 regs=3
        LOAD_CONST r0, :"__stdlib:Refuse"
        LOAD_CONST r1, "no"
        CALL r2, r0, [r1]
        RETURN r2
      .end`;
    expect(await everyWay(source, () => [REFUSE])).toMatchObject({ result: ':"error:FFI call error: no"' });
  });
});

describe("functions on values of JavaScript", () => {
  async function called(spec: HostFunctionSpec, argument: string): Promise<string> {
    const source = `LOAD_CONST r0, :"__stdlib:${spec.name}"\nLOAD_CONST r1, ${argument}\nCALL r2, r0, [r1]\nRETURN r2`;
    const { result, reason } = await everyWay(source, () => [spec]);
    return reason === ":normal" ? result! : reason!;
  }
  const any = [{ name: "value", type: "Any" as const }];

  test.each([
    "1",
    '"text"',
    "()",
    "undefined",
    ":atom",
    "3+4i",
    "true",
    "(1, (2,))",
    "[1, [2]]",
    "{a: 1, __proto__: 2}",
    '#t("x")',
    'bytes"00ff"',
    "floats[1, NaN]",
    "(,)",
    "function:main",
    ":self",
  ])("%s there and back", async (literal) => {
    const shown: Record<string, string> = { "function:main": "[Function: Main:main]", ":self": "[Process 1]" };
    expect(await called({ name: "Same", parameters: any, call: (value) => value }, literal)).toBe(
      shown[literal] ?? literal,
    );
  });

  it("a function that answers at once needs no more than a name", async () => {
    expect(await called({ name: "Inc", parameters: any, call: (n: number) => n + 1 }, "1")).toBe("2");
  });

  it("an async function suspends the caller without being told so", async () => {
    expect(await called({ name: "Wait", parameters: any, call: async (n: number) => n + 1 }, "1")).toBe("2");
  });

  it("what it throws becomes the failure", async () => {
    const fails: HostFunctionSpec["call"] = () => {
      throw new RangeError("out of range");
    };
    expect(await called({ name: "F", parameters: any, call: fails }, "1")).toBe('(:ffi, "F", "out of range")');
    const failsLater: HostFunctionSpec["call"] = async () => {
      throw "a text";
    };
    expect(await called({ name: "F", parameters: any, call: failsLater }, "1")).toBe('(:ffi, "F", "a text")');
  });

  test.each<[string, unknown, string]>([
    ["a function", () => 1, "gave no value: a function is no value of a program"],
    ["a symbol", Symbol("s"), "gave no value: a symbol is no value of a program"],
    ["a BigInt", 1n, "gave no value: a bigint is no value of a program"],
    ["a Date", new Date(0), "gave no value: an object of the class Date is no value of a program"],
    ["a Promise", Promise.resolve(1), "gave a Promise, but was registered as a function that answers at once"],
    ["another type", "text", "gave a value of the type String instead of Number"],
    [
      "a Map with other keys",
      new Map([[1, 2]]),
      "gave no value: a Map whose keys are not texts is no value of a program",
    ],
  ])("refuses %s as a result", async (_, result, message) => {
    const spec: HostFunctionSpec = { name: "F", parameters: any, result: "Number", call: () => result };
    expect(await called(spec, "1")).toBe(inspect(new Tuple([atom("ffi"), "F", message])));
  });

  it("a function cannot be pure and take its time", () => {
    const vm = new VM();
    expect(() => vm.ffi.register({ name: "F", pure: true, call: async () => 1 })).toThrow(/both pure and asynchronous/);
  });

  it("a function sends messages, also when the call is long over", async () => {
    const notify = later("Notify", (target: unknown, { send }: { send: (to: unknown, message: unknown) => void }) => {
      setTimeout(() => send(target, ["late", 1]), 5);
      send(target, "early");
      return Promise.resolve(null);
    });
    const source = `
      LOAD_CONST r0, :"__stdlib:Notify"
      LOAD_CONST r1, :self
      CALL r2, r0, [r1]
      RECEIVE r3
      LOAD_CONST r5, 1000
      RECEIVE_WITH_TIMEOUT r4, r5, r6
      ARRAY_INIT r0, [r2, r3, r4]
      RETURN r0`;
    expect(await runOnce(source, [notify], { virtualTime: false })).toMatchObject({
      result: '[(), "early", ["late", 1]]',
    });
  });

  it("permissions are asked for by name, and the refusal names the flag", async () => {
    const read: HostFunctionSpec = {
      name: "Peek",
      parameters: [{ name: "path", type: "String" }],
      call: (path: string, { permit }: { permit: (kind: "read", item: string) => void }) => {
        permit("read", path);
        return "contents";
      },
    };
    const source = 'LOAD_CONST r0, :"__stdlib:Peek"\nLOAD_CONST r1, "a.txt"\nCALL r2, r0, [r1]\nRETURN r2';
    expect(await runOnce(source, [read], {})).toMatchObject({
      reason: '(:ffi, "Peek", "a.txt needs the permission --allow-read, or --allow-read=a.txt")',
    });
    expect(await runOnce(source, [read], { allow: { read: ["a.txt"] } })).toMatchObject({ result: '"contents"' });
    expect(await runOnce(source, [read], { allow: { read: ["b.txt"] } })).toMatchObject({ result: "undefined" });
    expect(await runOnce(source, [read], { allow: { read: true } })).toMatchObject({ result: '"contents"' });
  });
});

describe("conversion", () => {
  it("keeps sharing and cycles, both ways", () => {
    const inner: ValueArray = [1];
    const loop: ValueArray = [inner, inner];
    loop.push(new Tuple([loop]));
    const there = toHost(loop) as [number[], number[], [unknown]];
    expect(there[0]).toBe(there[1]);
    expect(there[2][0]).toBe(there);
    expect(Object.isFrozen(there[2])).toBe(true);
    expect(Object.isFrozen(there)).toBe(false);
    const back = fromHost(there) as [Value, Value, Tuple];
    expect(back[0]).toBe(back[1]);
    expect(back[2]).toBeInstanceOf(Tuple);
    expect(back[2].items[0]).toBe(back);
    settleWork();
  });

  it("does not recurse: nesting of 10^5", () => {
    let deep: Value = Unit;
    for (let i = 0; i < 100_000; i++) deep = i % 2 === 0 ? [deep] : new Tuple([deep]);
    const back = fromHost(toHost(deep));
    expect(Array.isArray(back) || back instanceof Tuple).toBe(true);
    settleWork();
  });

  it("lends the bytes of a Binary and the doubles of a Float64Array, without a copy", () => {
    const bytes = new Uint8Array(3);
    expect(toHost(new Binary(bytes))).toBe(bytes);
    const items = new Float64Array(3);
    expect(toHost(new FloatArray(items))).toBe(items);
    expect((fromHost(items) as FloatArray).items).toBe(items);
    expect((fromHost(bytes) as Binary).bytes.buffer).toBe(bytes.buffer);
  });

  test.each<[unknown, string]>([
    [null, "()"],
    [undefined, "undefined"],
    [Object.assign([1], { 2: 2 }), "[1, undefined, 2]"],
    [Object.freeze([1]), "(1,)"],
    [new Map([["a", 1]]), "{a: 1}"],
    [Object.assign(Object.create(null), { a: 1 }), "{a: 1}"],
    [JSON.parse('{"__proto__": 1}'), "{__proto__: 1}"],
    [new HostTagged("t", [1]), "#t([1])"],
    [Buffer.from([1, 2]), 'bytes"0102"'],
    [new Uint8Array([9, 1, 2]).subarray(1), 'bytes"0102"'],
    [new Int32Array([-1, 2]), "floats[-1, 2]"],
    [new Complex(1, 2), "1+2i"],
    ["\ud800", '"\\ud800"'],
  ])("from JavaScript, %#", (host, text) => {
    expect(inspect(fromHost(host))).toBe(text);
    settleWork();
  });

  test.each<[string, unknown]>([
    ["a class", new (class Point {})()],
    ["a RegExp", /x/],
    ["a Set", new Set()],
    ["a DataView", new DataView(new ArrayBuffer(1))],
    ["BigInts", new BigInt64Array(1)],
    ["a function inside", { f: () => 1 }],
  ])("refuses %s", (_, host) => {
    expect(() => fromHost(host)).toThrow(Unconvertible);
    settleWork();
  });

  it("members only: prototypes and attributes stay behind", () => {
    const object = createObject([createObject()]) as IonObject;
    object.$own = new Tagged("t", Undefined);
    expect(toHost(object)).toEqual({ own: new HostTagged("t", undefined) });
    settleWork();
  });
});
