import { describe, expect, expectTypeOf, test } from "vitest";
import {
  type BuilderOperands,
  FunctionBuilder,
  foreignRef,
  functionRef,
  moduleRef,
  type Target,
  vmRef,
} from "../../src/bytecode/builder.ts";
import type { Instruction } from "../../src/bytecode/instructions.ts";
import type { FunctionRecord } from "../../src/bytecode/model.ts";
import type { Pattern } from "../../src/bytecode/pattern.ts";
import { specialAtom } from "../../src/bytecode/special.ts";
import { ALL_ATTRIBUTES } from "../../src/values/object.ts";

function instructionsOf({ body }: FunctionRecord): readonly Instruction[] {
  if (body.kind !== "bytecode") throw new Error("not bytecode");
  return body.instructions;
}

describe("FunctionBuilder", () => {
  test("a function that returns 42", () => {
    const main = new FunctionBuilder("main");
    main.emit("RETURN", main.constant(42));
    expect(main.build()).toEqual({
      name: "main",
      arity: 0,
      extraRegs: 1,
      body: {
        kind: "bytecode",
        instructions: [
          { op: "LOAD_CONST", operands: [0, 42] },
          { op: "RETURN", operands: [0] },
        ],
      },
    });
  });

  test("a coordinator and a worker that doubles", () => {
    const worker = new FunctionBuilder("worker", { arity: 2 });
    const [parent, n] = worker.arguments;
    const doubled = worker.register();
    worker.emit("ADD", doubled, n, n).emit("SEND", parent, doubled).emit("RETURN", doubled);

    const main = new FunctionBuilder("main");
    const [child, answer] = main.registers(2);
    main
      .emit("SPAWN", child, main.constant(functionRef("worker")), [main.constant(vmRef("self")), main.constant(21)])
      .emit("RECEIVE", answer)
      .emit("RETURN", answer);

    expect(worker.build()).toMatchObject({ arity: 2, extraRegs: 1 });
    expect(main.build()).toMatchObject({ arity: 0, extraRegs: 5 });
    expect(instructionsOf(main.build()).map(({ op }) => op)).toEqual([
      "LOAD_CONST",
      "LOAD_CONST",
      "LOAD_CONST",
      "SPAWN",
      "RECEIVE",
      "RETURN",
    ]);
  });

  test("labels before and behind, in jumps, TRY and clauses", () => {
    const b = new FunctionBuilder(null, { arity: 1 });
    const [head, end, handler] = [b.label("head"), b.label("end"), b.label()];
    b.mark(head)
      .emit("TRY", 1, handler)
      .emit("END_TRY")
      .emit("JUMP_IF_FALSE", 0, end)
      .emit("MATCH", 0, [
        { pattern: { kind: "wildcard" }, offset: head },
        { pattern: { kind: "bind", register: 2 }, offset: 1 },
      ])
      .mark(handler)
      .emit("JUMP", head)
      .emit("JUMP", -1)
      .mark(end);
    expect(b.build()).toEqual({
      name: null,
      arity: 1,
      extraRegs: 2,
      body: {
        kind: "bytecode",
        instructions: [
          { op: "TRY", operands: [1, 4] },
          { op: "END_TRY", operands: [] },
          { op: "JUMP_IF_FALSE", operands: [0, 4] },
          {
            op: "MATCH",
            operands: [
              0,
              [
                { pattern: { kind: "wildcard" }, offset: -3 },
                { pattern: { kind: "bind", register: 2 }, offset: 1 },
              ],
            ],
          },
          { op: "JUMP", operands: [-4] },
          { op: "JUMP", operands: [-1] },
        ],
      },
    });
  });

  test("names the labels that are never marked, used or not", () => {
    const b = new FunctionBuilder("main");
    b.emit("JUMP", b.label("loop")).emit("JUMP", b.label());
    b.label("unused");
    expect(() => b.build()).toThrow(new Error("labels of function main that are never marked: loop, #2, unused"));
  });

  test("refuses to mark a label twice", () => {
    const b = new FunctionBuilder(null);
    const label = b.label("x");
    expect(() => b.mark(label).mark(label)).toThrow(new Error("label x of the unnamed function is marked twice"));
  });

  const nested: Pattern = {
    kind: "tuple",
    items: [{ kind: "tagged", tag: "t", payload: { kind: "bind", register: 30 } }, { kind: "wildcard" }],
  };
  test.each<[string, (b: FunctionBuilder) => void, number]>([
    ["nothing", () => {}, 0],
    ["a destination", (b) => b.emit("RECEIVE", 30), 30],
    ["a source", (b) => b.emit("SEND", 30, 0), 30],
    ["a list", (b) => b.emit("ARRAY_INIT", 0, [1, 30, 2]), 30],
    [
      "a member",
      (b) => b.emit("OBJECT_INIT", 0, [{ key: "a", from: { register: 30 }, attributes: ALL_ATTRIBUTES }]),
      30,
    ],
    ["a member's literal", (b) => b.emit("OBJECT_INIT", 0, [{ key: "a", from: { value: 30 }, attributes: null }]), 0],
    ["a capture", (b) => b.emit("MAKE_CLOSURE", 0, 1, "", [{ name: "x", register: 30 }]), 30],
    ["a pattern's binding", (b) => b.emit("MATCH", 0, [{ pattern: nested, offset: 1 }]), 30],
    ["no number that is none", (b) => b.emit("JOIN_NUMBER", 300, 1).emit("JUMP", 400).emit("LOAD_CONST", 2, 500), 2],
    ["registers given out", (b) => b.registers(3), 3],
    ["those behind a number", (b) => b.emit("RECEIVE", 8).register(), 9],
  ])("extra registers: %s", (_, build, highest) => {
    const b = new FunctionBuilder("f", { arity: 1 });
    build(b);
    expect(b.build().extraRegs).toBe(highest);
  });

  test("captured values lie before the arguments", () => {
    const b = new FunctionBuilder("f", { arity: 2, captures: 3 });
    expect(b.arguments).toEqual([3, 4]);
    expect(b.register()).toBe(5);
    expect(b.build()).toMatchObject({ arity: 2, extraRegs: 4 });
  });

  test.each([-1, 1.5, 65_535, Number.NaN])("refuses register %s", (register) => {
    expect(() => new FunctionBuilder("f").emit("RECEIVE", register)).toThrow(RangeError);
  });

  test("operands are typed by the instruction", () => {
    expectTypeOf<BuilderOperands<"ADD">>().toEqualTypeOf<[number, number, number]>();
    expectTypeOf<BuilderOperands<"JUMP_IF_TRUE">>().toEqualTypeOf<[number, Target]>();
    expectTypeOf<BuilderOperands<"YIELD">>().toEqualTypeOf<[]>();
    const b = new FunctionBuilder("f");
    // @ts-expect-error one operand is missing
    const missing = () => b.emit("ADD", 0, 1);
    // @ts-expect-error a label is no register
    const misplaced = () => b.emit("RECEIVE", b.label());
    expect([missing, misplaced]).toHaveLength(2);
  });
});

test.each([
  [functionRef("f"), { kind: "function", name: "f" }],
  [functionRef("f", "Class"), { kind: "function", name: "Class:f" }],
  [foreignRef("Print"), { kind: "foreign", name: "Print" }],
  [moduleRef("pack", "Class"), { kind: "module", name: "pack!Class" }],
  [vmRef("self"), { kind: "vm", value: "self" }],
])("the reference %#", (reference, meaning) => {
  expect(specialAtom(reference.name)).toEqual(meaning);
});
