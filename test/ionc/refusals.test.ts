/** What the language lacks is refused, with what to write instead. */
import { describe, expect, it } from "vitest";
import { errorsOf } from "./support.ts";

/** A program, where it is wrong, and a part of the message and of the hint. */
type Row = readonly [source: string, place: string, message: string, hint?: string];

const JAVASCRIPT: readonly Row[] = [
  ["let x = 1;\neval('x');", "2:1", "there is no eval", "write a function"],
  ["async function f() {}", "1:1", "async functions", "spawn"],
  ["const f = async () => 1;", "1:11", "async functions"],
  ["async function* f() {}", "1:1", "async generators"],
  ["const x = await f();", "1:11", "no await", "receive"],
  ["for await (const x of y) {}", "1:1", "for await"],
  ["const p = new Proxy({}, {});", "1:15", "Proxy"],
  ["Symbol('x');", "1:1", "Symbol"],
  ["const o = { [Symbol.toPrimitive]() {} };", "1:14", "Symbol"],
  ["const n = 10n;", "1:11", "BigInts", "write 10 without its n"],
  ["const m = import('./x.js');", "1:11", "dynamic import"],
  ["import.meta.url;", "1:1", "import.meta"],
  ["function f() { return arguments; }", "1:23", "arguments", "...args"],
  ["setTimeout(f, 10);", "1:1", "setTimeout", "sendAfter"],
  ["const fs = require('fs');", "1:12", "require", "import"],
  ["new Promise(() => {});", "1:5", "Promise"],
  ["globalThis.x = 1;", "1:1", "globalThis"],
  ["class A { constructor() { (() => super())(); } }\n", "1:34", "super"],
  ["let a = 1;\nlet a = 2;", "2:5", "already been declared"],
  ["with (x) {}", "1:1", "with"],
  ["delete x;", "1:1", "local variable"],
  ["if (", "1:5", "ends too early"],
];

const TYPESCRIPT: readonly Row[] = [
  ["enum Color { Red, Green }", "1:1", "no enum", "const Color = { Red: 0, Green: 1, … }"],
  ["const enum Color { Red }", "1:1", "no enum"],
  ["namespace N { export const a = 1; }", "1:1", "namespaces"],
  ["class A { constructor(private x: number) {} }", "1:23", "cannot declare a property", "this.x = x"],
  ["class A { constructor(readonly x = 1) {} }", "1:23", "cannot declare a property"],
  ["import x = require('y');", "1:1", "import ="],
  ["export = 5;", "1:1", "export ="],
  ["@dec class A {}", "1:1", "decorators"],
  ["class A { @dec m() {} }", "1:11", "decorators"],
  ["class A { accessor x = 1; }", "1:11", "accessor"],
];

function check(file: string, [source, place, message, hint]: Row): void {
  const [first] = errorsOf({ [file]: source });
  expect(first, "is refused").toBeDefined();
  expect(first.message).toContain(message);
  expect(`${first.line}:${first.column}`).toBe(place);
  if (hint !== undefined) expect(first.hint).toContain(hint);
}

describe("in JavaScript", () => {
  it.each(JAVASCRIPT)("%j at %s", (...row) => check("a.js", row as unknown as Row));
});

describe("in TypeScript", () => {
  it.each(TYPESCRIPT)("%j at %s", (...row) => check("a.ts", row as unknown as Row));
});

describe("types are left out", () => {
  it.each([
    "import type { A } from './nowhere.ts';",
    "import { type A, type B } from 'ion:process';",
    "export type X = number; export interface I { a: 1 } export { type X as Y };",
    "interface I { a: string } type T<U> = U | I; declare const d: T<number>; declare function f(a: number): void;",
    "function f(a: string): void; function f(a: unknown): void {} f(1 as unknown as string);",
    "let x!: number; const y = x! satisfies number; const z = <string>(y as any);",
    "abstract class A<T> { abstract m(): void; private readonly x: number = 1; declare y: T; static #p?: string; [k: string]: unknown; }",
    "class B extends Object implements I { public override toString(this: B): string { return 'B'; } constructor(); constructor(a?: number) {} } interface I {}",
    "const f = <T,>(x: T): x is T => true; function assert(x: unknown): asserts x {}",
    "for (const x of [1] as number[]) {} try {} catch (e: unknown) {}",
    "const m = new Map<string, number>(); const g = f<string>; function f<T>(x?: T) { return x; }",
    "declare global { interface Window {} } declare module 'x' {}",
    "(x as any) = 5; let x: unknown; x! += 1;",
    "const o = { a: { b: 1 } } as { a?: { b: number } }; o.a?.b!.toFixed(); o?.a!.b;",
  ])("%s", (source) => {
    expect(errorsOf({ "a.ts": source })).toEqual([]);
  });
});
