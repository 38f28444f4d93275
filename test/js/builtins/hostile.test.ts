/**
 * Built-ins are named by any pack, those of the compiler and the library too, and called with anything. Whatever they are given, the
 * program gets an error at most, and never the VM.
 */
import { describe, expect, it } from "vitest";
import { CODE } from "../../../src/js/code.ts";
import { HOST } from "../../../src/js/host/index.ts";
import { LIBRARY } from "../../../src/js/library.ts";
import { VM, type VMOptions } from "../../../src/vm.ts";
import { ALL_WAYS } from "../../support/run.ts";
import { compile, run } from "../engines.ts";

const builtIn = (name: string): string => `:"__js:${name}"`;

/** Values as assembly writes them. */
const LITERALS: readonly string[] = [
  ...["0", "5", "-1", "1.5", "1e9", "NaN", "Infinity", "true", "false", "()", "3+4i", "(1, 2)", "#tag(1)"],
  ...[':"__vm:self"', ':"__vm:this"', ":atom", ':"@@iterator"', 'bytes"00ff"', "floats[1, 2]"],
  ...['""', '"text"', '"a,b$1("', '"length"', '"TypeError"', '"Map"', '"string"'],
  ...["[]", "[1, 2]", '["b", "a"]', '[["a", [1]], {a: 1}]', "{}", "{a: 1}", "{length: 3}", "{value: 1, get: 2}"],
  // Errors of the VM are Tuples, which a program can make itself.
  ...['(:js, "Foo", 1)', '(:js, "TypeError", "text")', "(:throw,)", "(:badfun,)", "(:system_limit, 1)"],
  ...["function:plain", "function:js", ':"__stdlib:Sqrt"'],
  ...["Map", "Math", "Date", "Array.prototype.map", "Array.prototype", "Map.prototype", "%define"].map(builtIn),
];

/** Those that instructions make, by the register that gets them; the ones below it are free. */
const MADE: readonly ((r: number) => string[])[] = [
  (r) => called(r, "Object.freeze", "{a: 1, lastIndex: 2}"),
  (r) => called(r, "Object.freeze", "[1, 2]"),
  (r) => called(r, "%createWith", "()"),
  (r) => called(r, "%class", "function:js", ':"__vm:this"', '"C"'),
  (r) => called(r, "%class", "function:js", "()", '"C"'),
  (r) => called(r, "%generator", "function:text", "[0, 0, 0, 0]"),
  (r) => constructed(r, "Map"),
  (r) => constructed(r, "WeakSet"),
  (r) => constructed(r, "Date", "5"),
  (r) => constructed(r, "Date", "NaN"),
  (r) => constructed(r, "Error", '"text"'),
  (r) => constructed(r, "RegExp", '"a(b)?"', '"gd"'),
  (r) => constructed(r, "RegExp", '""', '"u"'),
  (r) => [...constructed(r, "RegExp", '"a"', '"g"'), ...calledWith(r, "Object.freeze", r)],
  (r) => [...constructed(r, "Set"), ...calledOn(r, "Set.prototype.entries", r)],
  (r) => [`LOAD_CONST r${r}, [1]`, ...calledOn(r, "Array.prototype.values", r)],
  (r) => [`LOAD_CONST r0, ${builtIn("Date")}`, `JS_ALLOCATE r${r}, r0`],
  (r) => ["LOAD_CONST r0, function:js", `MAKE_CLOSURE r${r}, r0, "", []`],
  (r) => [`LOAD_CONST r${r}, {toString: function:text, valueOf: function:text}`],
  (r) => [`LOAD_CONST r${r}, [1]`, "LOAD_CONST r0, 1", `JS_SET r${r}, r0, r${r}`],
  (r) => [`LOAD_CONST r${r}, {a: 1}`, 'LOAD_CONST r0, "me"', `JS_SET r${r}, r0, r${r}`],
];

function called(r: number, name: string, ...args: string[]): string[] {
  const registers = args.map((_, i) => `r${i + 1}`);
  const given = args.map((arg, i) => `LOAD_CONST ${registers[i]}, ${arg}`);
  return [`LOAD_CONST r0, ${builtIn(name)}`, ...given, `CALL r${r}, r0, [${registers.join(", ")}]`];
}

function calledWith(r: number, name: string, arg: number): string[] {
  return [`LOAD_CONST r0, ${builtIn(name)}`, `CALL r${r}, r0, [r${arg}]`];
}

function calledOn(r: number, name: string, self: number): string[] {
  return [`LOAD_CONST r0, ${builtIn(name)}`, `CALL_THIS r${r}, r0, r${self}, []`];
}

function constructed(r: number, name: string, ...args: string[]): string[] {
  const registers = args.map((_, i) => `r${i + 1}`);
  const given = args.map((arg, i) => `LOAD_CONST ${registers[i]}, ${arg}`);
  return [
    `LOAD_CONST r0, ${builtIn(name)}`,
    `JS_ALLOCATE r${r}, r0`,
    ...given,
    `CALL_THIS r4, r0, r${r}, [${registers.join(", ")}]`,
    `JS_CONSTRUCTED r${r}, r4, r${r}`,
  ];
}

const VALUES = [...LITERALS.map((literal) => (r: number) => [`LOAD_CONST r${r}, ${literal}`]), ...MADE];
/** The register of the first value. */
const FIRST = 10;

/** Small whole numbers, the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const CALLS = 16;
const MOST_ARGUMENTS = 5;

/** Calls a built-in again and again, with other values each time, and prints what it gives or what it raises. */
function program(name: string, seed: number): string {
  const below = numbers(seed);
  const used = new Set<number>();
  const value = (): string => {
    const index = below(VALUES.length);
    used.add(index);
    return `r${FIRST + index}`;
  };
  const calls = Array.from({ length: CALLS }, (_, i) => {
    const args = `[${Array.from({ length: below(MOST_ARGUMENTS + 1) }, value).join(", ")}]`;
    return `
  TRY r5, behind${i}
  ${i % 2 === 0 ? `CALL r5, r0, ${args}` : `CALL_THIS r5, r0, ${value()}, ${args}`}
  END_TRY
behind${i}:
  CALL r6, r7, [r5]`;
  });
  // No function that is called may lead back here: each call in it would begin all of them again.
  return `
.function main arity=0 regs=${FIRST + VALUES.length}
  ${[...used].flatMap((index) => VALUES[index](FIRST + index)).join("\n  ")}
  LOAD_CONST r7, :"__stdlib:Print"
  LOAD_CONST r0, ${builtIn(name)}
  ${calls.join("\n")}
  RETURN r5
.end
.function plain arity=1 regs=1
  RETURN r0
.end
.function js arity=1 regs=2
  JS_NULLISH r1, r0
  RETURN r0
.end
.function text arity=0 regs=2
  LOAD_CONST r0, "text"
  JS_NULLISH r1, r0
  RETURN r0
.end`;
}

/** All that can be seen of a run. */
function seen(source: string, options: VMOptions): { readonly printed: string; readonly reductions: number } {
  let printed = "";
  const write = (text: string): void => {
    printed += text;
  };
  const limits = { frames: 200, reductions: 5_000_000 };
  const vm = new VM({ ...options, virtualTime: true, limits, stdout: write, stderr: write });
  const main = vm.start(vm.load(new TextEncoder().encode(source), { file: "hostile" }));
  expect(vm.runSync().status).toBe("done");
  return { printed, reductions: vm.inspect(main).reductions };
}

const NAMES = [...HOST.map(({ name }) => name), ...LIBRARY.map(({ name }) => name), ...Object.keys(CODE)];

/** To compile them takes five times as long as all else: those that are called without a look at their arguments, and some others. */
const isCompiled = (name: string, i: number): boolean =>
  ALL_WAYS || i % 10 === 0 || (name.startsWith("%") && i < HOST.length);

describe("with any values nothing but an error of the program comes of", () => {
  it.each(NAMES.map((name, i) => [name, i] as const))("%s", (name, i) => {
    const source = program(name, i);
    const interpreted = seen(source, { jit: false });
    if (isCompiled(name, i)) expect(seen(source, { jitThreshold: 0 })).toEqual(interpreted);
  });
});

const LONGEST = "const longest = 'x'.repeat(2 ** 28 - 1);";
const TOO_LONG = "RangeError: Invalid string length";
const NO_ARRAY = "RangeError: Invalid array length";
const TOO_DEEP = "RangeError: Maximum call stack size exceeded";
const NO_LAST_INDEX = "TypeError: Cannot assign to read only property 'lastIndex' of object '[object RegExp]'";

/** Each is the value of a function, or the error that it throws. */
const ROWS: readonly (readonly [body: string, result: string])[] = [
  ["return Math.max(...new Array(300_000).fill(1))", "1"],
  ["return Math.hypot(...new Array(300_000).fill(1)) === Math.sqrt(300_000)", "true"],
  ["return String.fromCharCode(...new Array(300_000).fill(65)).length", "300000"],
  ["const a = [1]; a.unshift(...new Array(300_000).fill(2)); return [a.length, a[0], a[300_000]]", "300001,2,1"],
  ["const a = [1, 3]; a.splice(1, 0, ...new Array(300_000).fill(2)); return [a.length, a[1], a.pop()]", "300002,2,3"],
  ["return Object.defineProperty([], 'length', { value: -1 })", NO_ARRAY],
  ["return Object.defineProperty([], 'length', { value: 2 }).length", "2"],
  ["return Object.defineProperty([], '4294967294', { value: 1 })", NO_ARRAY],
  ["return Object.defineProperty([], 2 ** 26, { value: 1 })", NO_ARRAY],
  ["return Object.defineProperty([], 2, { value: 1 })", ",,1"],
  ["return Object.freeze(/a/g).exec('a')", NO_LAST_INDEX],
  ["return 'a'.replace(Object.freeze(/a/g), 'b')", NO_LAST_INDEX],
  ["return Object.freeze(/a/).exec('a')", "a"],
  ["return [Date.call(Math), Date.call({})].map((date) => typeof date)", "string,string"],
  ["return RegExp.call(Math, 'a').source", "a"],
  ["return Map.call(Math)", "TypeError: Constructor Map requires 'new'"],
  ["return Error.call(new Map(), 'text').message", "text"],
  [`${LONGEST} return console.log(longest, longest, longest)`, TOO_LONG],
  [`${LONGEST} return console.log('%s%s', longest, longest)`, TOO_LONG],
  [`${LONGEST} const e = new Error(longest); e.name = longest; return String(e)`, TOO_LONG],
  ["return JSON.stringify('\\u0001'.repeat(2 ** 27))", TOO_LONG],
  ["for (let i = 0; i < 3000; i++) console.group(); return console.log('\\n'.repeat(1e6))", TOO_LONG],
  ["return /(?:.|\\n)*x/.exec('a'.repeat(1e7))", TOO_DEEP],
  ["let a = []; for (let i = 0; i < 100_000; i++) a = [a]; return console.dir(a, { depth: NaN })", "undefined"],
  ["return console.table(new Array(130_000).fill([]))", "undefined"],
];

describe("what goes beyond what the host can do is an error of the program", () => {
  it.each(ROWS)("%s", (body, result) => {
    const source = `try { console.info(String((() => { ${body}; })())); } catch (e) { console.info(String(e)); }`;
    const printed = run(compile(source), { name: "interpreted", options: { jit: false, budget: 2000 } });
    expect(printed.trimEnd().split("\n").at(-1)!.trim()).toBe(result);
  });
});
