/** Functions that ask something of the VM. */
import { describe, expect, test } from "vitest";
import { atom } from "../../src/values/atom.ts";
import { Unit, type Value } from "../../src/values/value.ts";
import { call, TestProcess } from "./call.ts";

describe("Halt", () => {
  test.each([0, 1, 255])("%d", (code) => {
    const halted: number[] = [];
    expect(call("Halt", [code], { halt: (given) => halted.push(given) })).toMatchObject({ result: Unit });
    expect(halted).toEqual([code]);
  });

  test("-0 is 0", () => {
    const halted: number[] = [];
    call("Halt", [-0], { halt: (given) => halted.push(given) });
    expect(halted).toEqual([0]);
  });

  test.each([-1, 256, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("not %d", (code) => {
    const failure = `Runtime error: An exit code is a whole number from 0 to 255, got ${code}`;
    expect(call("Halt", [code])).toMatchObject({ failure });
  });
});

describe("Args", () => {
  test("are a fresh Array of Strings", () => {
    const args = Object.freeze(["a", "--b"]);
    const { result } = call("Args", [], { args });
    expect(result).toEqual(["a", "--b"]);
    (result as Value[]).push(1);
    expect(call("Args", [], { args }).result).toEqual(["a", "--b"]);
  });

  test("are charged", () => {
    expect(call("Args", [], { args: new Array<string>(33).fill("") })).toMatchObject({ charge: 2 });
  });
});

describe("Resource", () => {
  const resource = (name: string): string | undefined => (name === "a/b.txt" ? "text".repeat(512) : undefined);

  test("gives the text", () => {
    expect(call("Resource", ["a/b.txt"], { resource })).toMatchObject({ result: "text".repeat(512), charge: 2 });
  });

  test.each([
    ["b.txt", "Runtime error: There is no resource b.txt"],
    ["a\nb", "Runtime error: There is no resource a\\u000ab"],
  ])("fails for %j", (name, failure) => {
    expect(call("Resource", [name], { resource })).toMatchObject({ failure });
  });
});

describe("exit signals", () => {
  test("Exit", () => {
    const target = new TestProcess(2);
    const sent: unknown[] = [];
    const { result } = call("Exit", [target, atom("kill")], { exit: (...signal) => sent.push(...signal) });
    expect(result).toBe(Unit);
    expect(sent).toEqual([target, atom("kill")]);
  });

  test("TrapExit", () => {
    let traps = false;
    const trapExit = (on: boolean): boolean => {
      const before = traps;
      traps = on;
      return before;
    };
    expect(call("TrapExit", [true], { trapExit }).result).toBe(false);
    expect(call("TrapExit", [false], { trapExit }).result).toBe(true);
    expect(traps).toBe(false);
  });

  test.each<[string, Value[], string]>([
    ["Exit", [1, atom("kill")], "Expected Process, Any argument, got Number, Atom"],
    ["TrapExit", [1], "Expected Boolean argument, got Number"],
  ])("%s fails", (name, args, failure) => {
    expect(call(name, args)).toMatchObject({ failure });
  });
});
