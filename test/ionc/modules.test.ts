/** Imports and exports: what is wrong with them, and the order of modules. */
import { describe, expect, it } from "vitest";
import { compile } from "../../src/ionc/index.ts";
import type { PackSource } from "../../src/pack/dependencies.ts";
import { findEntry, loadFile, type Pack } from "../../src/pack/pack.ts";
import { VM } from "../../src/vm.ts";
import { compiled, errorsOf, type Files } from "./support.ts";

/** What a program prints. @param packs those that it may import from, by name */
function output(files: Files, packs: Readonly<Record<string, Pack>> = {}): string {
  return ran(compiled(files).pack, packs);
}

function ran(program: Pack, packs: Readonly<Record<string, Pack>> = {}): string {
  let printed = "";
  const vm = new VM({
    stdout: (text) => {
      printed += text;
    },
  });
  const source: PackSource = {
    find: (name) => (Object.hasOwn(packs, name) ? [{ file: name, load: () => packs[name] }] : []),
    places: () => "nowhere else",
    isRange: () => true,
    satisfies: () => true,
  };
  const main = vm.start(vm.load(program, { packs: source }));
  vm.runSync();
  const { reason } = main.outcome!;
  return printed + ((reason as { name?: string }).name === "normal" ? "" : "failed");
}

const WRONG: readonly (readonly [name: string, files: Files, place: string, message: string])[] = [
  ["no such file", { "a.js": 'import "./b.js";' }, "a.js:1:8", 'there is no file "./b.js"'],
  [
    "no such name",
    { "a.js": 'import { y } from "./b.js"; y;', "b.js": "export const x = 1;" },
    "a.js:1:10",
    "exports no y",
  ],
  [
    "a name misspelt",
    { "a.js": 'import { lenght } from "./b.js"; lenght;', "b.js": "export const length = 1;" },
    "a.js:1:10",
    "did you mean length?",
  ],
  [
    "no default",
    { "a.js": 'import x from "./b.js"; x;', "b.js": "export const x = 1;" },
    "a.js:1:8",
    "no default export",
  ],
  [
    "ambiguous",
    {
      "a.js": 'import { x } from "./b.js"; x;',
      "b.js": 'export * from "./c.js"; export * from "./d.js";',
      "c.js": "export const x = 1;",
      "d.js": "export const x = 2;",
    },
    "a.js:1:10",
    "twice",
  ],
  [
    "in a circle",
    {
      "a.js": 'import { x } from "./b.js"; x;',
      "b.js": 'export { x } from "./c.js";',
      "c.js": 'export { x } from "./b.js";',
    },
    "a.js:1:10",
    "in a circle",
  ],
  [
    "ion:process lacks it",
    { "a.js": 'import { spawm } from "ion:process"; spawm();' },
    "a.js:1:10",
    "did you mean spawn?",
  ],
  [
    "spawn as a value",
    { "a.js": 'import { spawn } from "ion:process"; const f = spawn;' },
    "a.js:1:48",
    "by this name",
  ],
  [
    "an import assigned",
    { "a.js": 'import { x } from "./b.js"; x = 2;', "b.js": "export let x = 1;" },
    "a.js:1:29",
    "import",
  ],
  ["a syntax error elsewhere", { "a.js": 'import "./b.js";', "b.js": "= ;" }, "b.js:1:1", "unexpected"],
];

describe("what is wrong", () => {
  it.each(WRONG)("%s", (_, files, place, message) => {
    const [{ file, line, column, message: told, hint }] = errorsOf(files);
    expect(`${file}:${line}:${column}`).toBe(place);
    expect(`${told} ${hint}`.toLowerCase()).toContain(message.toLowerCase());
  });
});

const RIGHT: readonly (readonly [name: string, files: Files, output: string])[] = [
  [
    "modules run in order, once",
    {
      "main.js": 'import "./a.js"; import "./b.js"; console.log("main");',
      "a.js": 'import "./c.js"; console.log("a");',
      "b.js": 'import "./c.js"; console.log("b");',
      "c.js": 'console.log("c");',
    },
    "c\na\nb\nmain\n",
  ],
  [
    "exported variables are seen as they are",
    {
      "main.js": 'import { n, up } from "./n.js"; up(); up(); console.log(n);',
      "n.js": "export let n = 0; export function up() { n++; }",
    },
    "2\n",
  ],
  [
    "circles",
    {
      "main.js": 'import { even } from "./even.js"; console.log(even(10), even(7));',
      "even.js": 'import { odd } from "./odd.js"; export function even(n) { return n === 0 || odd(n - 1); }',
      "odd.js": 'import { even } from "./even.js"; export function odd(n) { return n !== 0 && even(n - 1); }',
    },
    "true false\n",
  ],
  [
    "what a circle has not initialised yet is an error",
    {
      "main.js": 'import { a } from "./a.js"; console.log(a);',
      "a.js": 'import { b } from "./b.js"; export const a = b + 1;',
      "b.js": 'import { a } from "./a.js"; try { a; } catch (e) { console.log(e.name); } export const b = 1;',
    },
    "ReferenceError\n2\n",
  ],
  [
    "default exports, namespaces, names passed on",
    {
      "main.js":
        'import f, { K as C } from "./f.js"; import * as all from "./all.js"; console.log(f(), new C().v, all.x, Object.keys(all).join());',
      "f.js": "export default function () { return 1; } class K { v = 2; } export { K };",
      "all.js": 'export * from "./f.js"; export { default as g } from "./f.js"; export const x = 3;',
    },
    "1 2 3 K,g,x\n",
  ],
  [
    "the ending may be left out",
    { "main.ts": 'import { x } from "./x"; console.log(x);', "x.ts": "export const x: number = 1;" },
    "1\n",
  ],
  [
    "as what it becomes",
    { "main.ts": 'import { x } from "./x.js"; console.log(x);', "x.ts": "export const x = 1;" },
    "1\n",
  ],
];

describe("what runs", () => {
  it.each(RIGHT)("%s", (_, files, expected) => {
    expect(output(files)).toBe(expected);
  });
});

const ACROSS: readonly (readonly [
  name: string,
  files: Files,
  others: Readonly<Record<string, Files>>,
  output: string,
])[] = [
  [
    "modules of another pack run before those that import them, once, and keep what they have",
    {
      "main.js":
        'import { next } from "count/count"; import { again } from "./b.js"; console.log("main", next(), again(), next());',
      "b.js": 'import { next } from "count/count"; console.log("b"); export const again = () => next();',
    },
    {
      count: {
        "count.js":
          'const made = new Map(); console.log("count"); let n = 0; made.set("n", () => ++n); export function next() { return made.get("n")(); }',
      },
    },
    "count\nb\nmain 1 2 3\n",
  ],
  [
    "with what they import themselves, from their pack and from others",
    { "main.js": 'import "a/a"; import "b/b"; console.log("main");' },
    {
      a: { "a.js": 'import "./x.js"; import "b/b"; console.log("a");', "x.js": 'import "./a.js"; console.log("x");' },
      b: { "b.js": 'console.log("b");' },
    },
    "x\nb\na\nmain\n",
  ],
  [
    "of classes those that are used",
    { "main.ts": 'import { tools, type Other, more } from "tools"; console.log(tools.f());' },
    { tools: { "tools.js": "const list = [1]; export function f() { return list; }" } },
    "[ 1 ]\n",
  ],
  [
    "processes begin with what those had who spawned them",
    {
      "main.js":
        'import { receive, self, send, spawn } from "ion:process"; import { add, all } from "list/list"; add(1); spawn((to) => { add(2); send(to, all()); }, self()); console.log(receive(), all());',
    },
    {
      list: {
        "list.js":
          'const list = []; console.log("list"); export function add(x) { list.push(x); } export function all() { return list; }',
      },
    },
    "list\n[ 1, 2 ] [ 1 ]\n",
  ],
  [
    "classes that another file passes on",
    {
      "main.js": 'import { tools, more } from "./b.js"; console.log(tools.f(), more.f());',
      "b.js": 'export { tools } from "tools"; import { more } from "more"; export { more };',
    },
    {
      tools: { "tools.js": "const list = [1]; export function f() { return list; }" },
      more: { "more.js": "const list = [2]; export function f() { return list; }" },
    },
    "[ 1 ] [ 2 ]\n",
  ],
  [
    "nothing for what is imported as a type alone",
    {
      "main.ts":
        'import { T } from "tools/types"; import { type U } from "tools/more"; import { f } from "tools/tools"; const t: T = f(); const u: U = t; console.log(u);',
    },
    { tools: { "tools.js": 'console.log("tools"); export function f() { return 5; }' } },
    "tools\n5\n",
  ],
  [
    "a function that has the name of ours",
    { "main.js": 'import { init } from "a/a"; console.log(init());' },
    { a: { "a.js": "let n = 1; export function init() { return n; }" } },
    "1\n",
  ],
];

function packsOf(others: Readonly<Record<string, Files>>): Record<string, Pack> {
  return Object.fromEntries(Object.entries(others).map(([name, files]) => [name, compiled(files).pack]));
}

/** The second is named like the first on the command line. */
function packOfTwo(first: string, second: string): Pack {
  const files: Files = { "a.js": first, "b.js": second };
  return compile(["a.js", "b.js"], { read: (path) => files[path] }, { name: "two" }).pack;
}

describe("a pack of several files", () => {
  it.each([
    ["that know nothing of each other", 'console.log("a");', 'console.log("b");', "b\na\n", "a\n"],
    [
      "of which the second needs the first",
      'console.log("a"); const list = [1]; export { list }; export function f() { return list; }',
      'import { list } from "./a.js"; console.log("b", list);',
      "a\nb [ 1 ]\n",
      "a\n",
    ],
    [
      "in a circle",
      'import { g } from "./b.js"; console.log("a", g()); export function f() { return "f"; }',
      'import { f } from "./a.js"; console.log("b", f()); export function g() { return "g"; }',
      "b f\na g\n",
      "b f\na g\n",
    ],
  ])("%s", (_, first, second, asProgram, imported) => {
    const two = packOfTwo(first, second);
    expect(ran(two)).toBe(asProgram);
    expect(output({ "main.js": 'import "two/a"; import "two/a";' }, { two })).toBe(imported);
    expect(output({ "main.js": 'import "two/b"; import "two/a";' }, { two }).split("\n").sort()).toEqual(
      asProgram.split("\n").sort(),
    );
  });
});

describe("what runs of other packs", () => {
  it.each(ACROSS)("%s", (_, files, others, expected) => {
    expect(output(files, packsOf(others))).toBe(expected);
  });

  it("a class that is no module, such as one in assembly, is left alone", () => {
    const text = `.class tools
      .manifest "Name" "plain"
      .manifest "Exports" "tools"
      .function f arity=0 regs=1
        LOAD_CONST r0, 5
        RETURN r0
      .end`;
    const plain = loadFile(new TextEncoder().encode(text), { file: "plain" });
    expect(output({ "main.js": 'import { f } from "plain/tools"; console.log(f());' }, { plain })).toBe("5\n");
  });

  it("a class that is not there, or not for others, is an error of loading", () => {
    const others = packsOf({ a: { "a.js": 'import "./b.js";', "b.js": "" } });
    expect(() => output({ "main.js": 'import "a/c";' }, others)).toThrowError("the pack a has no class c");
    expect(() => output({ "main.js": '\nimport "a/b";' }, others)).toThrowError(
      "program, class main, function main, instruction 2 (main.js:2:8): the pack a does not export class b",
    );
  });
});

it("a pack has the classes and the source of all files", () => {
  const { pack } = compiled({ "app/main.ts": 'import "./lib/a.ts";', "app/lib/a.ts": "" });
  expect([...pack.classes.keys()].sort()).toEqual(["lib/a", "main"]);
  expect([...pack.sources.keys()].sort()).toEqual(["lib/a.ts", "main.ts"]);
  expect(findEntry(pack).className).toBe("main");
});

it("packs that are imported are needed", () => {
  const { pack } = compiled(
    'import { Server } from "ion:std"; import { Web } from "http"; Server.start({}); Web.get();',
  );
  expect(pack.manifest.get("dependencies")).toEqual(["http", "std"]);
});
