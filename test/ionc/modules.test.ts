/** Imports and exports: what is wrong with them, and the order of modules. */
import { describe, expect, it } from "vitest";
import { findEntry } from "../../src/pack/pack.ts";
import { VM } from "../../src/vm.ts";
import { compiled, errorsOf, type Files } from "./support.ts";

function output(files: Files): string {
  let printed = "";
  const vm = new VM({
    stdout: (text) => {
      printed += text;
    },
  });
  const main = vm.start(vm.load(compiled(files).pack));
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
