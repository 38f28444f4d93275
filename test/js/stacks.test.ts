/** Stacks of errors read as Node's: the names of functions, and places to the column. */
import { createContext, Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { compile, run, WAYS } from "./engines.ts";

/** What is called `fails` catches the error of a function, and prints it with its stack. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "functions, methods, constructors, accessors, static ones": `
class Account {
  constructor(balance) {
    if (balance < 0) throw new RangeError("negative");
    this.balance = balance;
  }
  deposit(amount) {
    return check(amount);
  }
  static open(balance) {
    return new Account(balance);
  }
}
function check(amount) {
  throw new TypeError("bad " + amount);
}
fails(() => new Account(1).deposit(2));
fails(() => Account.open(-1));
`,
  "functions that got their names from where they are assigned": `
const arrow = () => { throw new Error("a"); };
const plain = function () { arrow(); };
const inner = function named() { plain(); };
let later;
later = () => inner();
const object = { method() { later(); }, value: () => object.method() };
fails(() => object.value());
fails(function () { object.value(); });
`,
  "calls in chains": `
const o = { a: { f() { return null; } }, g() { return this; } };
fails(() => o.g().g().h());
fails(() => o.g()
  .g()
  .a.f()());
fails(() => o["a"]["b"]());
fails(() => o.a.f?.()());
fails(() => new o.g.x(1));
`,
  "operators and accesses, in the same lines": `
const n = null;
let u;
fails(() => n.x);
fails(() => u.x.y);
fails(() => n[0]);
fails(() => { u.x = 1; });
fails(() => "a" in 5);
fails(() => ({}) instanceof 5);
fails(() => missing);
fails(() => { later; let later = 1; });
fails(() => { const c = 1; c++; });
`,
  "what is thrown is where it was made": `
const made = new Error("made");
fails(() => { throw made; });
function rethrows() {
  try {
    throws();
  } catch (error) {
    throw error;
  } finally {
    made.message = "again";
  }
}
function throws() { throw new Error("first"); }
fails(rethrows);
`,
  "classes of the program's own": `
class Refused extends Error {
  constructor(why) {
    super(why);
    this.name = "Refused";
  }
}
class Late extends Refused {}
function refuse(Kind) { throw new Kind("no"); }
fails(() => refuse(Refused));
fails(() => refuse(Late));
`,
  "built-ins that call back": `
fails(() => [1].map((x) => x.y.z));
fails(() => [2, 1].sort((a, b) => { throw new Error("order"); }));
fails(() => "ab".replace(/a/, () => { throw new Error("text"); }));
fails(() => JSON.stringify({ toJSON() { throw new Error("json"); } }));
`,
  "deep ones have ten lines": `
function deep(n) { if (n === 0) throw new Error("deep"); deep(n - 1); }
fails(() => deep(30));
`,
};

const FAILS =
  "function fails(f) { try { f(); console.log('is fine'); } catch (e) { console.log(String(e) + e.stack.slice(e.stack.indexOf('\\n    at '))); } }";

function ofNode(source: string): string {
  let printed = "";
  const log = (text: string): void => {
    printed += `${text}\n`;
  };
  new Script(source, { filename: "snippet.js" }).runInContext(createContext({ console: { log } }));
  return withoutHost(printed);
}

/** Without the frames of Node around the program, and what V8 says of the object that a method is called on. */
function withoutHost(text: string): string {
  const lines = text.split("\n").filter((line) => !/^ {4}at (?!.*snippet\.js|Array\.|String\.|JSON\.)/.test(line));
  return lines.join("\n").replace(/ \[as \w+\]|(?<= at )Object\./g, "");
}

/** V8 puts operators and accesses at the operator; for people the operand is the better place. */
function withoutColumns(text: string): string {
  return text.replace(/(snippet\.js:\d+):\d+/g, "$1");
}

describe("stacks", () => {
  it.each(Object.entries(PROGRAMS))("%s", (title, program) => {
    const source = `"use strict";${FAILS}${program}`;
    const shown = title.endsWith("in the same lines") ? withoutColumns : (text: string) => text;
    const expected = shown(ofNode(source));
    const pack = compile(source);
    for (const way of WAYS) expect(shown(withoutHost(run(pack, way))), way.name).toBe(expected);
  });
});
