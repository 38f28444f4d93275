/** What messages call the callee: as Node does, which is asked here. */
import { describe, expect, it } from "vitest";
import { calleeText } from "../../src/runtime/callee-text.ts";

const NAMES = {
  o: { a: {}, f: () => ({}) },
  f: () => ({}),
  k: "kk",
  i: 1,
  x: 5,
  b: 2,
  F: class {},
};

/** Each ends with a call that fails. */
const CALLS = `
  x() | (x)() | o.foo() | o.a.b() | o['foo']() | o["foo"]() | o[k]() | o[0]() | o[i+1]() | o[-1]() | o[o.a]() | o[f()]() | o[true]()
  f()() | f().x() | o.f().c() | o.f().c(1)  | o.f(")").c() | o.f(1, (2), [3])[3]() | o.f({ a: 1 }).c() | o . f ( ) /* ( */ . c ( )
  o?.foo() | o?.[k]() | o.f?.().c() | (o.foo)() | o.foo(...[1]) | x(...[1]) | o['a b']()
  (() => 1).x() | (function () {}).x() | (class {}).foo() | ({}).foo() | ({ a: 1 }).foo() | [1,2].foo() | 'abc'.foo() | (5).foo()
  new F().bar() | new F.x() | new x() | new x | new o.foo() | new o.f() | new (f())() | new o["a"](1) | new F().bar.baz()
  (x, b)() | (!x)() | (typeof x)() | (x && b)() | (x ?? b)() | (x + b).y() | (x + b * i).y() | (x = b)() | ("a" + x).y()
  \`a\`.x() | x\`\` | o.foo\`a\` | o.f\`\`.q() | /re/.foo() | o.a.b/2 | this.x() | o.if()
  o.f(/[)]/).c() | o.f("a" /* ) */).c() | o.f(\`\${o.f(")")}\`).c()
`
  .split(/\s\|\s|\n/)
  .map((call) => call.trim())
  .filter((call) => call !== "");

interface Raised {
  readonly message: string;
  readonly column: number;
}

const START = '"use strict";';

/** What Node says of it. */
function raisedByNode(call: string): Raised | null {
  try {
    new Function(...Object.keys(NAMES), START + call)(...Object.values(NAMES));
  } catch (error) {
    const { message, stack } = error as Error;
    // The parameters of a function that is made so have lines of their own.
    return { message, column: Number(/:3:(\d+)/.exec(stack!)![1]) };
  }
  return null;
}

describe("the callee", () => {
  it.each(CALLS)("of %s", (call) => {
    const raised = raisedByNode(call);
    const expected = /^(.*) is not a (function|constructor)$/s.exec(raised?.message ?? "")?.[1];
    if (expected === undefined) return;
    expect(calleeText(START + call, raised!.column - 1)).toBe(expected);
  });

  it("is found behind types", () => {
    const text = "(o as Some<T>).a!.b<number, Map<string, T>>(1)";
    expect(calleeText(text, text.indexOf("(1)"))).toBe("o.a.b");
  });

  it("is found in whatever there is, quickly", () => {
    const many = 20_000;
    const texts = [
      `${"(".repeat(many)}x${")".repeat(many)}()`,
      `${"[".repeat(many)}x${"]".repeat(many)}()`,
      `x${".y".repeat(many)}()`,
      `x${"(1)".repeat(many)}()`,
      `${"`$" + "{"}`.repeat(many) + "x`()",
      `'${"\\".repeat(many)}x()`,
      `${"/".repeat(many)}x()`,
      `${"} ] ) ".repeat(many)}x()`,
    ];
    for (const text of texts) {
      const begun = performance.now();
      calleeText(text, text.length - 2);
      expect(performance.now() - begun, text.slice(0, 20)).toBeLessThan(5_000);
    }
  });

  it("is nothing where nothing is called, and in no text", () => {
    for (const [text, offset] of [
      ["", 0],
      ["a + b", 1],
      ["x", 7],
      ["(", 0],
      ["))", 1],
      ["new", 0],
    ] as const) {
      expect(calleeText(text, offset), text).toBeNull();
    }
  });
});
