/** Libraries and hosts that mean harm, or are out of their minds: an error of the call, and everything else goes on. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ProgramError } from "../../src/errors.ts";
import { parseDescription } from "../../src/foreign/description.ts";
import { ForeignFailure } from "../../src/foreign/spec.ts";
import { FIXED_LIMITS } from "../../src/limits.ts";
import { type Channel, type ChannelEvents, processChannel } from "../../src/node/ffi/channel.ts";
import { ANSWER, type Answered, ForeignHost, REQUEST, resultOf } from "../../src/node/ffi/foreign-host.ts";
import { Encoder, FrameReader, framed, Handles, type Message, partsOf } from "../../src/node/ffi/wire.ts";
import { writeBack } from "../../src/node/ffi/written.ts";
import { settleWork } from "../../src/values/work.ts";
import { callOf, compileC, HAS_PYTHON, packWith, runPack, wasmOf } from "./packs.ts";

/** One who waits, and gets no messages. */
const CALLER = { onAbort: () => {}, send: () => {} };

function message(...parts: unknown[]): Message {
  return new Encoder(new Handles()).finish(parts);
}

/** A host whose answers a test makes; it loads at once. */
class FakeHost {
  events!: ChannelEvents;
  readonly requests: (readonly unknown[])[] = [];
  ended = 0;
  readonly host: ForeignHost;
  constructor(onCall: (fake: FakeHost, id: number) => void) {
    this.host = new ForeignHost({
      name: "the host",
      loadTimeout: 1_000,
      load: () => [],
      open: (events): Channel => {
        this.events = events;
        return {
          send: (sent) => {
            const [kind, id, ...parts] = partsOf(sent) as [number, number];
            this.requests.push([kind, ...parts]);
            if (kind === REQUEST.load) queueMicrotask(() => events.onMessage(message(ANSWER.result, id, null)));
            if (kind === REQUEST.call) queueMicrotask(() => onCall(this, id));
          },
          kill: () => {
            this.ended++;
          },
        };
      },
    });
  }
  call(): Promise<Answered> {
    return this.host.call(0, [], CALLER, null);
  }
}

/** What becomes of an answer: a value, or the message of a failure. All else is a bug. */
async function outcomeOf(fake: FakeHost): Promise<string> {
  try {
    const answered = await fake.call();
    writeBack(answered, []);
    resultOf(answered);
    return "a value";
  } catch (error) {
    if (error instanceof ProgramError) return "a limit";
    if (!(error instanceof ForeignFailure)) throw error;
    return error.message;
  } finally {
    settleWork();
  }
}

describe("answers that make no sense", () => {
  test.each<[string, unknown[], string | RegExp]>([
    ["nothing", [], "gave something that is no value"],
    ["a result that is no value", [new Date(0)], "gave something that is no value"],
    ["a bigint beyond 2^53", [2n ** 60n], /a Number cannot hold/],
    ["a map with other keys", [new Map([[1, 2]])], "gave a mapping whose keys are not texts"],
    ["arguments back that are no list", [1, 2], "gave back arguments that it was not given"],
    ["arguments back that are no pairs", [1, [2]], "gave back arguments that it was not given"],
    ["an argument back that was not there", [1, [[5, 1]]], "gave back arguments that it was not given"],
  ])("%s", async (_, parts, expected) => {
    const fake = new FakeHost(({ events }, id) => events.onMessage(message(ANSWER.result, id, ...parts)));
    const outcome = await outcomeOf(fake);
    if (typeof expected === "string") expect(outcome).toBe(expected);
    else expect(outcome).toMatch(expected);
    fake.host.close();
  });

  /** Bytes of MessagePack: an array of four, kind, call, a value, nothing written. */
  const answer = (id: number, ...value: number[]) => Uint8Array.from([0x94, ANSWER.result, id, ...value, 0x90]);
  const extension = (type: number, ...content: number[]) => [0xc7, content.length, type, ...content];
  test.each<[string, number[], RegExp]>([
    ["an Atom of a number", extension(1, 5), /no value/],
    ["a Complex of texts", extension(3, 0x92, 0xa1, 0x61, 0xa1, 0x62), /no value/],
    ["a Complex of nothing", extension(3, 0xc0), /no value/],
    ["a Tuple of a number", extension(4, 5), /no value/],
    ["a Tagged of a list without parts", extension(5, 0x90), /no value/],
    ["a Tagged whose tag is a list", extension(5, 0x92, 0x90, 0x90), /no value/],
    ["a handle that nobody gave", extension(6, 0x92, 7, 0xa0), /of another call/],
    ["a handle of nothing", extension(6, 0xc0), /no value/],
    ["a blob that is not there", extension(7, 0x92, 0, 3), /no value/],
    ["units that are no bytes", extension(8, 5), /no value/],
    ["an extension that does not exist", extension(77, 5), /./],
    ["a date", extension(0xff, 0, 0, 0, 0), /no value/],
    ["a list longer than the message", [0xdd, 0x7f, 0xff, 0xff, 0xff], /./],
  ])("%s", async (_, value, expected) => {
    let thrown: Error | null = null;
    const fake = new FakeHost(({ events }, id) => {
      try {
        events.onMessage({ body: answer(id, ...value), blobs: [] });
      } catch (error) {
        // As the channels do.
        thrown = error as Error;
        events.onEnd("it answered nonsense");
      }
    });
    const outcome = await outcomeOf(fake);
    expect(outcome).toMatch(thrown === null ? expected : /the host has ended: it answered nonsense/);
    fake.host.close();
  });

  it("whatever bytes come: a value, a failure of the call or the end of the host, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const fake = new FakeHost(({ events }, id) => {
          try {
            events.onMessage({ body: answer(id, ...bytes), blobs: [new Uint8Array(9)] });
          } catch {
            // As the channels do.
          }
          events.onEnd("the end");
        });
        expect(await outcomeOf(fake)).toBeTypeOf("string");
        fake.host.close();
      }),
    );
  });

  it("messages of a call that is over, or never was, are nobody's", async () => {
    const sent: unknown[] = [];
    const fake = new FakeHost(({ events }, id) => {
      events.onMessage(message(ANSWER.message, id + 50, null, "never"));
      events.onMessage(message(ANSWER.result, id, 1, []));
      events.onMessage(message(ANSWER.message, id, null, "late"));
      events.onMessage(message(ANSWER.result, id, 2, []));
      events.onMessage(message(ANSWER.failure, id, "late"));
    });
    const context = { ...CALLER, send: (...all: unknown[]) => sent.push(all) };
    expect(resultOf(await fake.host.call(0, [], context, null))).toBe(1);
    expect(sent).toEqual([]);
    fake.host.close();
  });

  it("a host that cannot be stopped in a call is ended, although it goes on sending", async () => {
    let abort = (): void => {};
    let timer: NodeJS.Timeout | undefined;
    const fake = new FakeHost(({ events }, id) => {
      timer = setInterval(() => events.onMessage(message(ANSWER.message, id, null, "still here")), 20);
      abort();
    });
    void fake.host
      .call(
        0,
        [],
        {
          send: () => {},
          onAbort: (callback: () => void) => {
            abort = callback;
          },
        },
        null,
      )
      .catch(() => {});
    await expect.poll(() => fake.ended, { timeout: 5_000 }).toBe(1);
    clearInterval(timer);
    fake.host.close();
  });

  it("who asks while a host begins waits until it has", async () => {
    const fake = new FakeHost(({ events }, id) => events.onMessage(message(ANSWER.result, id, 1, [])));
    await Promise.all([fake.call(), fake.call(), fake.call()]);
    expect(fake.requests.map(([kind]) => kind)).toEqual([REQUEST.load, REQUEST.call, REQUEST.call, REQUEST.call]);
    fake.events.onEnd("it was killed");
    await Promise.all([fake.call(), fake.call()]);
    expect(fake.requests.slice(4).map(([kind]) => kind)).toEqual([REQUEST.load, REQUEST.call, REQUEST.call]);
    fake.host.close();
    await expect(fake.call()).rejects.toThrow("the host is closed");
  });
});

describe("what comes out of a pipe", () => {
  const frame = (bytes: number[]) => Uint8Array.from(bytes);
  const header = (mark: number, length: number, blobs: number) => {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32LE(mark, 0);
    bytes.writeUInt32LE(length, 4);
    bytes.writeUInt32LE(blobs, 8);
    return bytes;
  };
  const MARK = 0x566e6f49;
  test.each<[string, Uint8Array]>([
    ["text of a program", new TextEncoder().encode("hello, world, this is not for you")],
    ["zeros", frame(new Array(16).fill(0))],
    ["a message of 4 GB", header(MARK, 2 ** 32 - 1, 0)],
    ["millions of blobs", header(MARK, 8, 2 ** 27 - 1)],
    ["a blob of 2^60 bytes", Buffer.concat([header(MARK, 8, 1), Buffer.from([0, 0, 0, 0, 0, 0, 0, 16])])],
    ["blobs that are too much together", blobsOf(header(MARK, 8, 5), 2 ** 29, 5)],
  ])("%s is refused before it takes any memory", (_, bytes) => {
    const messages: Message[] = [];
    const before = process.memoryUsage().arrayBuffers;
    expect(() => new FrameReader((one) => messages.push(one)).push(bytes)).toThrow(Error);
    expect(messages).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
  });

  function blobsOf(head: Uint8Array, length: number, count: number): Uint8Array {
    const lengths = Buffer.alloc(8 * count);
    for (let i = 0; i < count; i++) lengths.writeBigUInt64LE(BigInt(length), 8 * i);
    return Buffer.concat([head, lengths]);
  }

  it("messages cut anywhere arrive as they are", () => {
    const blobs = [new Uint8Array(3).fill(1), new Uint8Array(0), new Uint8Array(16).fill(2)];
    const whole = Buffer.concat([
      ...framed({ body: message(1, "x").body, blobs }),
      ...framed(message(2)),
      ...framed(message("é".repeat(9))),
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 6 }), (cuts) => {
        const messages: unknown[] = [];
        const reader = new FrameReader((one) => messages.push([...partsOf(one), one.blobs.map((blob) => [...blob])]));
        let at = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), whole.length]) {
          reader.push(whole.subarray(at, cut));
          at = cut;
        }
        expect(messages).toEqual([
          [1, "x", blobs.map((blob) => [...blob])],
          [2, []],
          ["é".repeat(9), []],
        ]);
      }),
    );
  });

  test.each([
    ["writes text where answers go", "fs.writeSync(4, 'hello\\n'.repeat(9)); setInterval(() => {}, 1000)"],
    ["ends in the middle of a message", "fs.writeSync(4, Buffer.from('IonV')); process.exit(5)"],
    ["ends at once", "process.exit(5)"],
  ])("a host that %s fails the load, and does not stay", async (_, script) => {
    const host = new ForeignHost({
      name: "the host",
      loadTimeout: 20_000,
      load: () => [],
      open: processChannel(process.execPath, ["-e", script], process.env),
    });
    await expect(host.start()).rejects.toThrow(/the host has ended: it (answered nonsense|ended with the exit code 5)/);
    host.close();
  });

  it("a host that answers nothing is given up after its time", async () => {
    const host = new ForeignHost({
      name: "the host",
      loadTimeout: 300,
      load: () => [],
      open: processChannel(process.execPath, ["-e", "setInterval(() => {}, 1000)"], process.env),
    });
    await expect(host.start()).rejects.toThrow("took longer than 300 ms");
    host.close();
  });
});

describe("descriptions that mean harm", () => {
  const parsed = (text: string) => parseDescription(new TextEncoder().encode(text), { file: "p", entry: "lib/l.json" });
  const inFunction = (text: string) => `{"functions": {"f": ${text}}}`;
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

  test.each<[string, string, RegExp]>([
    ["no object", "[]", /a description must be an object/],
    ["null", "null", /a description must be an object/],
    ["no functions", "{}", /functions must be an object/],
    ["nested without end", deep, /a description must be an object/],
    ["a result nested without end", inFunction(`{"result": ${deep}}`), /a list is no type; there are/],
    ["a result that cannot be shown", inFunction('{"result": {"toString": 1}}'), /an object is no type/],
    [
      "a callback that cannot be shown",
      inFunction('{"parameters": {"a": {"callback": [{"toString": 1}]}}}'),
      /type for/,
    ],
    ["a member that cannot be shown", '{"structs": {"S": {"a": {"toString": 1}}}, "functions": {}}', /no type of/],
    [
      "a callback of a callback",
      inFunction('{"parameters": {"a": {"callback": [{"callback": []}]}}}'),
      /for a callback/,
    ],
    ["a callback and more", inFunction('{"parameters": {"a": {"callback": [], "x": 1}}}'), /has x; there are callback/],
    ["a callback of no list", inFunction('{"parameters": {"a": {"callback": {"length": 1}}}}'), /must be a list/],
    ["a callback as a result", inFunction('{"result": {"callback": []}}'), /no type of a result/],
    ...["constructor", "__proto__", "toString", "hasOwnProperty"].map((name): [string, string, RegExp] => [
      `${name} as a type`,
      inFunction(`{"result": "${name}"}`),
      new RegExp(`${name} is no type`),
    ]),
    ["__proto__ as a key", '{"functions": {}, "__proto__": {"structs": {}}}', /has __proto__; there are/],
    ["__proto__ as a key of a function", inFunction('{"__proto__": {"pure": true}}'), /has __proto__; there are/],
    ["inout of what has no name", inFunction('{"parameters": {"a": "inout "}}'), /inout {2}?is no type/],
    ["a struct called f64", '{"structs": {"f64": {"a": "f64"}}, "functions": {}}', /f64 is no name of a struct/],
    [
      "a struct called constructor that is not there",
      inFunction('{"parameters": {"a": "inout constructor"}}'),
      /no type/,
    ],
    ["a struct of itself", '{"structs": {"S": {"a": "S"}}, "functions": {}}', /S.a: S is no type of a Number/],
    [
      "parameters that do not keep their order",
      inFunction('{"parameters": {"b": "f64", "1": "f64"}}'),
      /1 is no name of a p/,
    ],
    [
      "members that do not keep their order",
      '{"structs": {"S": {"x": "f64", "0": "i32"}}, "functions": {}}',
      /0 is no name/,
    ],
    ["a function without a name", '{"functions": {"": {}}}', /is no name of a function/],
    ["a function with a dot", '{"functions": {"a.b": {}}}', /a.b is no name of a function/],
    ["an infinite time", inFunction('{"timeout": 1e999}'), /timeout, in milliseconds, must be a number above 0/],
    ["a time that no timer takes", inFunction('{"timeout": 2147483648}'), /and at most 2147483647/],
    ["no time", inFunction('{"timeout": 0}'), /must be a number above 0/],
    ["a time as text", inFunction('{"timeout": "50"}'), /must be a number above 0/],
    ["infinite memory", '{"functions": {}, "memory": 1e999}', /memory, in MiB, must be a number above 0/],
    ["10^5 functions, and one that is wrong", manyFunctions('"zz": 1'), /the function zz must be an object/],
    ["no UTF-8", '{"functions": "\ud800"}', /functions must be an object/],
  ])("%s", (_, text, expected) => {
    expect(() => parsed(text)).toThrow(expected);
  });

  function manyFunctions(last: string): string {
    return `{"functions": {${Array.from({ length: 100_000 }, (_, i) => `"f${i}": {}`).join(",")}, ${last}}}`;
  }

  it("10^5 functions, and names that prototypes have", () => {
    expect(parsed(manyFunctions('"last": {}')).functions).toHaveLength(100_001);
    const { functions } = parsed(
      '{"functions": {"constructor": {"parameters": {"__proto__": "f64"}}, "__proto__": {}}}',
    );
    expect(functions.map(({ name, parameters }) => [name, ...parameters.map((one) => one.name)])).toEqual([
      ["constructor", "__proto__"],
      ["__proto__"],
    ]);
  });

  it("bytes that are no UTF-8", () => {
    expect(() => parseDescription(Uint8Array.of(0xff), { file: "p", entry: "lib/l.json" })).toThrow(
      /^p, entry lib\/l.json: no JSON/,
    );
  });
});

/** Modules with a place for values where `alloc` says; what is called here must fail. */
const BAD_WAT = `(module
  (tag $oops) (memory (export "memory") 1) (table (export "table") 1000 funcref)
  (global $at (mut i32) (i32.const 1001))
  (func (export "alloc") (param i32) (result i32) (global.get $at))
  (func (export "free") (param i32 i32))
  (func (export "put") (param i32) (global.set $at (local.get 0)))
  (func (export "negate") (param $at i32) (param $count i32)
    (f64.store (local.get $at) (f64.neg (f64.load (local.get $at)))))
  (func (export "outside") (result i64) (i64.const 0x0000ffff00000fff))
  (func (export "enormous") (result i64) (i64.const 0x00000008ffffffff))
  (func (export "no_text") (result i64) (i64.const 0x0000000800000001))
  (func (export "big_byte") (result i32) (i32.const 300))
  (func (export "recurse") (call $recurse)) (func $recurse (call $recurse) (call $recurse))
  (func (export "trap") unreachable)
  (data (i32.const 8) "\\ff"))`.replace("(tag $oops) ", "");

const BAD_DESCRIPTION = {
  functions: {
    put: { parameters: { at: "i32" } },
    negate: { parameters: { numbers: "inout floats" } },
    take: { symbol: "negate", parameters: { text: "string" } },
    outside: { result: "bytes" },
    enormous: { result: "floats" },
    no_text: { result: "string" },
    big_byte: { result: "u8" },
    recurse: {},
    trap: {},
  },
};

describe.each([
  ["in a thread", {}],
  ["in the VM", { inProcess: true }],
] as const)("WebAssembly that means harm, %s", (_, library) => {
  const called = async (source: string): Promise<string> => {
    const files = { "bad.wasm": await wasmOf(BAD_WAT), "bad.json": JSON.stringify(BAD_DESCRIPTION) };
    return (await runPack(packWith(source, files), { library })).main;
  };

  test.each<[string, string[], RegExp]>([
    ["outside", [], /gave a place outside of its memory/],
    ["enormous", [], /system_limit, :array|outside of its memory/],
    ["no_text", [], /gave a text that is no UTF-8/],
    ["big_byte", [], /gave 300, which is no u8/],
    ["recurse", [], /trap: Maximum call stack/],
    ["trap", [], /trap: unreachable/],
    // At an odd place, which is allowed.
    ["negate", ["floats[1, 2]"], /^\(\)$/],
  ])("%s", async (name, args, expected) => {
    expect(await called(callOf(`bad.${name}`, ...args))).toMatch(expected);
  });

  test.each([
    [0, /has no memory for 16 bytes/],
    [-1, /gave a place outside of its memory/],
    [65_530, /gave a place outside of its memory/],
  ])("alloc gives %d", async (at, expected) => {
    const source = `LOAD_CONST r0, :"__stdlib:bad.put"\nLOAD_CONST r1, ${at}\nCALL r1, r0, [r1]\n${callOf("bad.negate", "floats[1, 2]")}`;
    expect(await called(source)).toMatch(expected);
  });

  test.each<[string, string, object, RegExp]>([
    [
      "a function that takes something else",
      '(func (export "f") (param i64))',
      { parameters: { a: "f64" } },
      /f is \(i64\) → \(\) and not \(f64\) → \(\)/,
    ],
    [
      "that gives something else",
      '(func (export "f") (result i64) (i64.const 1))',
      { result: "f64" },
      /\(\) → \(i64\) and not \(\) → \(f64\)/,
    ],
    [
      "that gives nothing",
      '(func (export "f") (param f64))',
      { parameters: { a: "f64" }, result: "f64", pure: true },
      /\(f64\) → \(\) and not/,
    ],
    [
      "that takes more",
      '(func (export "f") (param f64 f64))',
      { parameters: { a: "f64" } },
      /\(f64, f64\) → \(\) and not/,
    ],
    [
      "that gives two",
      '(func (export "f") (result f64 f64) (f64.const 1) (f64.const 2))',
      { result: "f64" },
      /\(f64, f64\) and not/,
    ],
    ["a memory in its place", '(memory (export "f") 1)', {}, /exports no function f/],
    ["a table in its place", '(table (export "f") 1 funcref)', {}, /exports no function f/],
    [
      "an alloc of something else",
      '(memory (export "memory") 1) (func (export "alloc") (param i64) (result i64) (local.get 0)) (func (export "free") (param i32 i32)) (func (export "f") (param i32 i32))',
      { parameters: { a: "bytes" } },
      /alloc is \(i64\) → \(i64\) and not/,
    ],
    [
      "4 GB of memory at once",
      '(memory 65536) (func (export "f"))',
      {},
      /begins with 4294967296 bytes of memory; allowed are 1073741824/,
    ],
    ["a start that fails", '(func (export "f")) (func $s unreachable) (start $s)', {}, /lib\/x.wasm: unreachable/],
  ])("%s is a load error", async (_what, text, described, expected) => {
    const files = {
      "x.wasm": await wasmOf(`(module ${text})`),
      "x.json": JSON.stringify({ functions: { f: described } }),
    };
    await expect(runPack(packWith("RETURN r0", files), { library })).rejects.toThrow(expected);
  });
});

describe("what never ends while it is loaded", () => {
  test.each<[string, () => Promise<Record<string, string | Uint8Array>>]>([
    [
      "WebAssembly",
      async () => ({
        "x.wasm": await wasmOf("(module (func $s (loop (br 0))) (start $s))"),
        "x.json": '{"functions": {}}',
      }),
    ],
    ["JavaScript", async () => ({ "x.mjs": "for (;;);" })],
    ["JavaScript that waits", async () => ({ "x.mjs": "await new Promise(() => {});" })],
  ])("%s is given up after its time", async (_, files) => {
    const running = runPack(packWith("RETURN r0", await files()), { library: { loadTimeout: 300 } });
    await expect(running).rejects.toThrow(/took longer than 300 ms|has ended: it ended with the exit code 13/);
  });

  it.skipIf(!HAS_PYTHON)("Python, too", async () => {
    const running = runPack(packWith("RETURN r0", { "x.py": "while True: pass" }), { library: { loadTimeout: 300 } });
    await expect(running).rejects.toThrow(/lib\/x.py: took longer than 300 ms/);
  });
});

const BAD_JS = `
import { parentPort } from "node:worker_threads";
const throwing = { get a() { throw new Error("not for you"); } };
export const functions = {
  ok: { call: () => 1 },
  nothing: { call: () => { throw Object.create(null); } },
  late_nothing: { call: async () => { throw Object.create(null); } },
  symbol: { call: () => { throw Symbol("s"); } },
  message: { call: () => { throw Object.assign(new Error(), { message: { toString() { throw 1; } } }); } },
  getter: { call: () => throwing },
  proxy: { call: () => new Proxy([], { get(_, key) { if (key === "length") throw new Error("no length"); } }) },
  late_getter: { call: async () => throwing },
  then: { call: async () => ({ then() { throw new Error("no then"); } }) },
  date: { call: () => new Date() },
  holes: { call: () => new Array(2 ** 27) },
  post: { call: () => { parentPort.postMessage("hello"); return 1; } },
  post_body: { call: () => { parentPort.postMessage({ body: new Uint8Array([0xc1]), blobs: [] }); return 1; } },
  close: { async: true, call: () => { parentPort.close(); return new Promise(() => {}); } },
  reject: { async: true, call: () => { Promise.reject(new Error("unheard")); return new Promise(() => {}); } },
  throw_later: { async: true, call: () => { setTimeout(() => { throw new Error("unheard"); }); return new Promise(() => {}); } },
  keep: { parameters: { to: "Process" }, call: (to, { send }) => { globalThis.kept = () => send(to, "late"); return 1; } },
  late: { call: () => { kept(); return 2; } },
  proto: { call: () => JSON.parse('{"__proto__": 1, "constructor": 2}') },
};`;

const HARMLESS: readonly (readonly [string, string | RegExp])[] = [
  ["nothing", /cannot be shown/],
  ["late_nothing", /cannot be shown/],
  ["symbol", '(:ffi, "bad.symbol", "Symbol(s)")'],
  ["message", /cannot be shown/],
  ["getter", '(:ffi, "bad.getter", "gave no value: not for you")'],
  ["proxy", '(:ffi, "bad.proxy", "gave no value: no length")'],
  ["late_getter", '(:ffi, "bad.late_getter", "gave no value: not for you")'],
  ["then", '(:ffi, "bad.then", "no then")'],
  ["date", /an object of the class Date is no value/],
  ["holes", /system_limit, :array/],
  ["proto", "{__proto__: 1, constructor: 2}"],
];

describe("JavaScript that means harm", () => {
  const called = (name: string, library: object) =>
    runPack(packWith(callOf(`bad.${name}`), { "bad.mjs": BAD_JS }), { library });

  test.each(HARMLESS)("%s, in the VM and in a thread", async (name, expected) => {
    for (const library of [{ inProcess: true }, {}]) {
      const { main } = await called(name, library);
      if (typeof expected === "string") expect(main).toBe(expected);
      else expect(main).toMatch(expected);
    }
  });

  test.each([
    ["post", /answered nonsense/],
    ["post_body", /answered nonsense/],
    ["close", /it ended with the exit code/],
    ["reject", /it failed: unheard/],
    ["throw_later", /it failed: unheard/],
  ])("%s ends its thread, and the next call finds a new one", async (name, expected) => {
    const source = `
      TRY r1, failed
      LOAD_CONST r0, :"__stdlib:bad.${name}"
      CALL r0, r0, []
      END_TRY
    failed:
      LOAD_CONST r0, :"__stdlib:bad.ok"
      CALL r2, r0, []
      ARRAY_INIT r0, [r1, r2]
      RETURN r0`;
    const { main } = await runPack(packWith(source, { "bad.mjs": BAD_JS }));
    expect(main).toMatch(expected);
    expect(main).toMatch(/, 1\]$/);
  });

  test.each([
    // There is no call any more that the message could belong to.
    ["in a thread", {}, "[2, undefined]"],
    ["in the VM", { inProcess: true }, '[2, "late"]'],
  ])("what is sent when the call is over, %s", async (_, library, expected) => {
    const source = `
      LOAD_CONST r0, :"__stdlib:bad.keep"
      LOAD_CONST r1, :self
      CALL r2, r0, [r1]
      LOAD_CONST r0, :"__stdlib:bad.late"
      CALL r2, r0, []
      LOAD_CONST r3, 50
      RECEIVE_WITH_TIMEOUT r4, r3, r5
      ARRAY_INIT r0, [r2, r4]
      RETURN r0`;
    expect((await runPack(packWith(source, { "bad.mjs": BAD_JS }), { library })).main).toBe(expected);
  });
});

const BAD_PYTHON = `
import asyncio, os, sys, threading
from ionvm import function, Atom, Tagged, Handle

class Mute(Exception):
    def __str__(self): raise ValueError("mute")

class Rude:
    def __repr__(self): raise ValueError("rude")

@function
def ok(): return 1
@function
def mute(): raise Mute()
@function(blocking=True)
def mute_thread(): raise Mute()
@function
def leave(): sys.exit(3)
@function(blocking=True)
def leave_thread(): sys.exit(3)
@function
def interrupt(): raise KeyboardInterrupt()
@function
async def give_up(): raise asyncio.CancelledError()
@function
async def late_bad(): return object()
@function
def tag(): return Tagged(Rude(), 1)
@function
def key(): return {Rude(): 1}
@function
def loop():
    made = []
    made.append(made)
    return made
@function
def many(): return [0] * 1000001
@function
def recurse(): return recurse()
@function
def lone(): return "\\ud800" * 2000
@function
def whole(): return 2 ** 53 + 1
@function
def whole_list(): return [2 ** 64 + 1]
@function
def exact(): return 2 ** 60
@function
def fail_lone(): raise ValueError("\\ud800")
@function
def write(): os.write(4, b"hi"); return 1
@function
def write_much(): os.write(4, b"IonV" + b"\\xff" * 100); return 1
@function
def close(): os.close(4); return 1
kept = []
@function
def keep(value): kept.append(value); return 1
@function
def give(value): return kept[0]
`;

describe.skipIf(!HAS_PYTHON)("Python that means harm", () => {
  test("everything that a function can do wrong is the failure of its call", async () => {
    const rows: [string, RegExp][] = [
      ["mute", /Mute: \(its text cannot be made\)/],
      ["mute_thread", /Mute: \(its text cannot be made\)/],
      ["leave", /SystemExit: 3/],
      ["leave_thread", /SystemExit: 3/],
      ["interrupt", /KeyboardInterrupt/],
      ["give_up", /CancelledError/],
      ["late_bad", /a value of the type object is no value/],
      ["tag", /a Tagged with the tag \(a Rude\)/],
      ["key", /a dict with the key \(a Rude\)/],
      ["loop", /nested more than 200 deep, or in themselves/],
      ["many", /more than 1000000 values/],
      ["recurse", /RecursionError/],
      ["lone", /^"(\\ud800){2000}"$/],
      ["whole", /9007199254740993 is more than a Number can hold exactly/],
      ["whole_list", /18446744073709551617 is more than/],
      ["exact", /^1152921504606846976$|^1152921504606847000$/],
      ["fail_lone", /ValueError: \\ud800/],
      ["ok", /^1$/],
    ];
    const calls = rows.map(
      ([name]) => `
      .function ${name} arity=0 regs=2
        TRY r1, failed
        LOAD_CONST r0, :"__stdlib:bad.${name}"
        CALL r1, r0, []
        END_TRY
      failed:
        RETURN r1
      .end`,
    );
    const joins = rows.map(
      ([name], i) => `
        LOAD_CONST r0, function:${name}
        SPAWN r0, r0, []
        JOIN r0, r${i + 1}`,
    );
    const source = `
      .function main arity=0 regs=30
        ${joins.join("")}
        ARRAY_INIT r0, [${rows.map((_, i) => `r${i + 1}`).join(", ")}]
        LOAD_CONST r29, :"__stdlib:Report"
        CALL r0, r29, [r0]
        RETURN r0
      .end${calls.join("")}`;
    let got: unknown[] = [];
    const report = {
      name: "Report",
      parameters: [{ name: "all", type: "Array" as const }],
      call: (all: unknown[]) => {
        got = all;
      },
    };
    const { crashes } = await runPack(packWith(source, { "bad.py": BAD_PYTHON }), { ffi: [report] });
    expect(crashes).toEqual([]);
    rows.forEach(([, expected], i) => {
      const one = got[i];
      const text = Array.isArray(one) ? String(one[2]) : typeof one === "string" ? JSON.stringify(one) : String(one);
      expect(text.replaceAll("\ud800", "\\ud800")).toMatch(expected);
    });
  });

  test.each([
    ["write", /it answered nonsense/],
    ["write_much", /it answered nonsense/],
    ["close", /it ended with the exit code/],
  ])("%s ends the host, and the next call finds a new one", async (name, expected) => {
    const source = `
      TRY r1, failed
      LOAD_CONST r0, :"__stdlib:bad.${name}"
      CALL r0, r0, []
      END_TRY
    failed:
      LOAD_CONST r0, :"__stdlib:bad.ok"
      CALL r2, r0, []
      ARRAY_INIT r0, [r1, r2]
      RETURN r0`;
    const { main } = await runPack(packWith(source, { "bad.py": BAD_PYTHON }));
    expect(main).toMatch(expected);
    expect(main).toMatch(/, 1\]$/);
  });

  it("a process that was kept from another call is refused", async () => {
    const source = `
      LOAD_CONST r0, :"__stdlib:bad.keep"
      LOAD_CONST r1, :self
      CALL r2, r0, [r1]
      LOAD_CONST r0, :"__stdlib:bad.give"
      LOAD_CONST r1, function:main
      CALL r2, r0, [r1]
      RETURN r2`;
    expect((await runPack(packWith(source, { "bad.py": BAD_PYTHON }))).main).toMatch(
      /gave back a Process, Reference or Function of another call/,
    );
  });
});

const BAD_C = `
#include <stdint.h>
#include <stddef.h>
#include <string.h>
size_t greedy(double *out, size_t room) { return (size_t)1 << 62; }
size_t large(double *out, size_t room) { return 70000000; }
size_t growing(uint8_t *out, size_t room) { static size_t n = 4096; memset(out, 1, room); return n *= 2; }
void big(void (*tell)(int64_t)) { tell(1); tell(9007199254740993LL); tell(2); }
static void (*kept)(int64_t);
void keep(void (*tell)(int64_t)) { kept = tell; }
double ok(double a) { return a; }
`;
const BAD_NATIVE = {
  functions: {
    greedy: { result: "floats" },
    large: { result: "floats" },
    growing: { result: "bytes" },
    big: { parameters: { tell: { callback: ["i64"] } } },
    keep: { parameters: { tell: { callback: ["i64"] } } },
    ok: { parameters: { a: "f64" }, result: "f64" },
  },
};
const badLibrary = compileC(BAD_C);

describe.skipIf(badLibrary === null).each([
  ["in a process", {}],
  ["in the VM's", { inProcess: true }],
] as const)("native functions that mean harm, %s", (_, library) => {
  const run = async (source: string): Promise<string> => {
    const path = `${process.platform}/${process.arch}/libbad.so`;
    const files = { [path]: badLibrary!, "bad.json": JSON.stringify(BAD_NATIVE) };
    return (await runPack(packWith(source, files, ["bad"]), { library })).main;
  };

  test.each<[string, string[], RegExp]>([
    ["greedy", [], /asked for room for 4611686018427388000; 67108863 is the most/],
    ["large", [], /asked for room for 70000000/],
    ["growing", [], /^bytes"(01)+/],
    ["big", [":self"], /gave the whole number 9007199254740993, which a Number cannot hold/],
    ["keep", [":self"], /^\(\)$/],
    ["big", [":nobody"], /9007199254740993/],
  ])("%s(%j)", async (name, args, expected) => {
    expect(await run(callOf(`bad.${name}`, ...args))).toMatch(expected);
  });

  it("callbacks go to names, and to the dead, without harm", async () => {
    const source = `
      .function main arity=0 regs=6
        LOAD_CONST r0, :"__stdlib:Register"
        LOAD_CONST r1, :me
        LOAD_CONST r2, :self
        CALL r3, r0, [r1, r2]
        LOAD_CONST r0, function:dead
        SPAWN r4, r0, []
        JOIN r4, r5
        TRY r5, failed
        LOAD_CONST r0, :"__stdlib:bad.big"
        CALL r3, r0, [r4]
        END_TRY
      failed:
        TRY r5, again
        CALL r3, r0, [r1]
        END_TRY
      again:
        RECEIVE r3
        RETURN r3
      .end
      .function dead arity=0 regs=1
        RETURN r0
      .end`;
    expect(await run(source)).toBe("#tell((1,))");
  });
});

test("the limits of messages are those of the VM", () => {
  expect(() => new Encoder(new Handles()).mark(new Array(FIXED_LIMITS.messageValues.value + 1).fill(0))).toThrow(
    /more than 1000000 values/,
  );
  settleWork();
});
