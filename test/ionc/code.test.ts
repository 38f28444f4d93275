/** What functions become. */
import { describe, expect, it } from "vitest";
import { codeOf } from "./support.ts";

const LOOP = "function sum(n) { let s = 0; for (let i = 0; i < n; i++) s += i * 2; return s; }";
const LIFTED =
  "function outer(a) { const k = a + 1; const add = (x) => x + k; return add(add(a), side()); } function side() {}";
const TRY = "function f(g) { for (;;) { try { return g(); } finally { if (g.stop) break; } } }";
const CLASS = "class P { x = 1; constructor(y) { this.y = y; } } function f(a) { return new P(a); }";

describe("the code of", () => {
  it("a loop of numbers: constants in front of it, JS_ADD for what is a number", () => {
    expect(codeOf(LOOP, "sum")).toMatchInlineSnapshot(`
      "
      .function sum arity=1 regs=5
          LOAD_CONST     r1, 0
          LOAD_CONST     r2, 0
          LOAD_CONST     r4, 2
          LOAD_CONST     r5, 1
      L1:
          JS_LESS        r3, r2, r0
          JUMP_IF_FALSE  r3, L2
          JS_MUL         r3, r2, r4
          JS_ADD         r1, r1, r3
          JS_ADD         r2, r2, r5
          JUMP           L1
      L2:
          RETURN         r1
      .end
      "
    `);
  });

  it("a call of a function of operators: the operators", () => {
    const code = codeOf(
      "const off = (n) => (n & 0x88) !== 0; function f(a) { if (!off(a)) return 1; return off(a + 1); }",
      "f",
    );
    expect(code).not.toContain("CALL");
    expect(code.match(/JS_BIT_AND/g)).toHaveLength(2);
  });

  it("a function that captures and is only called: no closure, superfluous arguments dropped", () => {
    expect(codeOf(LIFTED, "outer")).toMatchInlineSnapshot(`
      "
      .function outer arity=1 regs=5
          LOAD_CONST     r2, 1
          JS_ADD         r1, r0, r2
          LOAD_CONST     r4, :"__function_ref:program:add"
          CALL           r3, r4, [r1, r0]
          LOAD_CONST     r5, :"__function_ref:program:side"
          CALL           r4, r5, []
          LOAD_CONST     r4, :"__function_ref:program:add"
          CALL           r2, r4, [r1, r3]
          RETURN         r2
      .end
      "
    `);
  });

  it("finally: there once", () => {
    expect(codeOf(TRY, "f")).toMatchInlineSnapshot(`
      "
      .function f arity=1 regs=7
          LOAD_CONST     r5, :stop
          LOAD_CONST     r6, 1
          LOAD_CONST     r7, 2
      L1:
          TRY            r2, L2
          CALL           r3, r0, []
          MOVE           r2, r3
          LOAD_CONST     r1, 2
          END_TRY
          JUMP           L3
      L2:
          LOAD_CONST     r1, 1
      L3:
          JS_GET         r3, r0, r5
          JS_TRUTH       r4, r3
          JUMP_IF_FALSE  r4, L4
          JUMP           L7
      L4:
          JS_EQUAL       r3, r1, r6
          JUMP_IF_FALSE  r3, L5
          THROW          r2
      L5:
          JS_EQUAL       r3, r1, r7
          JUMP_IF_FALSE  r3, L6
          RETURN         r2
      L6:
          JUMP           L1
      L7:
          LOAD_CONST     r1, undefined
          RETURN         r1
      .end
      "
    `);
  });

  it("new of a class that is known", () => {
    expect(codeOf(CLASS, "f")).toMatchInlineSnapshot(`
      "
      .function f arity=1 regs=4
          LOAD_GLOBAL    r2, "P"
          JS_ALLOCATE    r1, r2
          LOAD_CONST     r3, :"__function_ref:program:new P"
          CALL_THIS      r4, r3, r1, [r0]
          RETURN         r1
      .end
      "
    `);
    expect(codeOf(CLASS, "new P")).toMatchInlineSnapshot(`
      "
      .function "new P" arity=1 regs=3
          LOAD_CONST     r1, :"__vm:this"
          LOAD_CONST     r2, :x
          LOAD_CONST     r3, 1
          JS_SET         r1, r2, r3
          LOAD_CONST     r2, :y
          JS_SET         r1, r2, r0
          LOAD_CONST     r2, undefined
          RETURN         r2
      .end
      "
    `);
  });
});

describe("conditions", () => {
  it.each([
    ["if (a < b) f();", ["JS_LESS", "JUMP_IF_FALSE"]],
    ["if (!(a < b)) f();", ["JS_LESS", "JUMP_IF_TRUE"]],
    ["if (a !== b) f();", ["JS_EQUAL", "JUMP_IF_TRUE"]],
    ["if (a) f();", ["JS_TRUTH", "JUMP_IF_FALSE"]],
    ["if (a && !b) f();", ["JS_TRUTH", "JUMP_IF_FALSE", "JS_TRUTH", "JUMP_IF_TRUE"]],
    ["if (a == null) f();", ["LOAD_CONST", "JS_NULLISH", "JUMP_IF_FALSE"]],
  ])("%s", (source, expected) => {
    const code = codeOf(`function test(a, b, f) { ${source} }`, "test");
    const names = [...code.matchAll(/^ {4}([A-Z_]+)/gm)].map(([, name]) => name);
    expect(names.slice(0, expected.length)).toEqual(expected);
  });
});

describe("x++ where nobody looks", () => {
  it("adds to what is a number, and makes a number of all else", () => {
    expect(codeOf("function f(n) { let i = 0; i++; return i; }", "f")).toContain("JS_ADD");
    const other = codeOf("function f(n) { n++; return n; }", "f");
    expect(other).toContain("JS_SUB");
    expect(other).not.toContain("JS_ADD");
  });
});

it("what an operand assigns does not change those in front of it", () => {
  expect(codeOf("function f(a) { return a + (a = 2); }", "f")).toContain("MOVE");
  expect(codeOf("function f(a) { return a + 2; }", "f")).not.toContain("MOVE");
});
