/** How variables are held. */
import { describe, expect, it } from "vitest";
import { Diagnostics } from "../../src/ionc/diagnostics.ts";
import { parse } from "../../src/ionc/parse.ts";
import { analyse } from "../../src/ionc/scopes/analyse.ts";
import { holdVariables } from "../../src/ionc/scopes/hold.ts";
import { variablesOf } from "../../src/ionc/scopes/model.ts";
import { SourceFile } from "../../src/ionc/source.ts";

/** `name: kind` of the named variables. */
function held(text: string): Record<string, string> {
  const diagnostics = new Diagnostics();
  const source = new SourceFile("a.js", text);
  const scopes = analyse(parse(source, diagnostics), source, diagnostics, false);
  holdVariables(scopes);
  const found: Record<string, string> = {};
  for (const { name, hold } of variablesOf(scopes)) found[name] = hold.kind;
  return found;
}

const ROWS: readonly (readonly [what: string, source: string, expected: Record<string, string>])[] = [
  ["a local variable", "function f() { let a = g(); a = 2; return a; }", { a: "register" }],
  ["a variable of a module that functions use", "let a = g(); function f() { return a; }", { a: "global" }],
  ["one that only the module uses", "let a = g(); a++;", { a: "register" }],
  ["a literal", "const a = 5; function f() { return a; }", { a: "literal" }],
  ["a literal that could be too early", "f(); const a = 5; function f() { return a; }", { a: "global" }],
  ["one that is exported", "export let a = 1; export const b = 2; a++;", { a: "global", b: "literal" }],
  ["a function of a module", "function f() {} f(); g(f);", { f: "function" }],
  ["a function that is assigned", "function f() {} f = 1;", { f: "register" }],
  ["a function with members", "function f() {} f.x = 1;", { f: "register" }],
  ["a constant that is a function, called", "const f = () => 1; function g() { return f(); } g();", { f: "function" }],
  ["captured, never assigned", "function f() { const a = g(); return () => a; }", { a: "register" }],
  ["captured and assigned", "function f() { let a = 0; return () => a++; }", { a: "cell" }],
  ["captured and assigned outside", "function f() { let a = 0; const c = () => a; a = 1; return c; }", { a: "cell" }],
  ["captured too early", "function f() { const c = () => a; const a = g(); return c; }", { a: "cell" }],
  [
    "captured by a function that is only called",
    "function f() { let a = 0; const c = () => a; a = 1; return c(); }",
    { a: "register", c: "function" },
  ],
  [
    "assigned by a function that is only called",
    "function f() { let a = 0; const c = () => a++; return c(); }",
    { a: "cell" },
  ],
  ["in each round of a loop", "function f() { for (let i = 0; i < 3; i++) g(() => i); }", { i: "register" }],
  [
    "in each round, and assigned there",
    "function f() { for (let i = 0; i < 3; i++) { g(() => i); i++; } }",
    { i: "cell" },
  ],
  ["a var in a loop", "function f() { for (const x of y) { var v = x; g(() => v); } }", { v: "cell", x: "register" }],
  ["a var that is assigned once", "function f() { var v = 1; return () => v; }", { v: "register" }],
  ["a parameter that is captured", "function f(p, q) { q = 1; return () => p + q; }", { p: "register", q: "cell" }],
  [
    "in another case of a switch",
    "function f(x) { switch (x) { case 1: let a = 1; break; case 2: return a; } }",
    { a: "cell" },
  ],
  [
    "declared functions, used as values",
    "function f() { const a = g(); return h; function h() { return a; } }",
    { a: "register", h: "register" },
  ],
  [
    "each other",
    "function f() { return [a, b]; function a() { return b; } function b() { return a; } }",
    { a: "function", b: "function" },
  ],
  ["a class", "class A {} new A(); function f() { return A; }", { A: "global" }],
  [
    "by a generator that is only called",
    "function f() { let a = 0; function* g() { yield a; } const i = g(); a = 1; return i; }",
    { a: "cell" },
  ],
];

describe("variables", () => {
  it.each(ROWS)("%s", (_, source, expected) => {
    expect(held(source)).toMatchObject(expected);
  });
});
