/** The recorded results of the reference packs that are one call of a foreign function. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { atom } from "../../src/values/atom.ts";
import { ALL_ATTRIBUTES, defineProperty, IonObject } from "../../src/values/object.ts";
import { inspect } from "../../src/values/print.ts";
import { Complex, Tuple, Undefined, Unit, type Value } from "../../src/values/value.ts";
import { call, object } from "./call.ts";

interface Recorded {
  readonly pack: string;
  readonly stdout: string;
  readonly result: string;
}

const lines = readFileSync(new URL("../packs/reference/expected.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
const recorded = new Map(
  lines.map((line) => {
    const result = JSON.parse(line) as Recorded;
    return [result.pack.replace(".ionpack", ""), result];
  }),
);

function withHidden(): IonObject {
  const made = new IonObject();
  defineProperty(made, "$x", 1, { ...ALL_ATTRIBUTES, enumerable: false });
  return made;
}

/** Pack, and the function and arguments of the call in it. */
const CALLS: readonly (readonly [pack: string, name: string, args: readonly Value[]])[] = [
  ["ffi__9", "PrintLn", [1000000000000000]],
  ["ffi__10", "Debug", [1000000000000000]],
  ["ffi__11", "PrintLn", [9007199254740992]],
  ["ffi__29", "PrintLn", [true]],
  ["ffi__33", "PrintLn", [atom("ok")]],
  ["ffi__34", "Debug", [atom("ok")]],
  ["ffi__35", "PrintLn", [atom("")]],
  ["ffi__37", "PrintLn", [atom(":x")]],
  ["ffi__38", "Debug", [atom(":x")]],
  ["ffi__40", "Debug", ["hé"]],
  ["ffi__43", "PrintLn", [Unit]],
  ["ffi__45", "PrintLn", [Undefined]],
  ["ffi__47", "PrintLn", [new Complex(1, 2)]],
  ["ffi__50", "Debug", [new Complex(1.5, -2)]],
  ["ffi__51", "PrintLn", [new Complex(0, 0)]],
  ["ffi__52", "Debug", [new Complex(0, 0)]],
  ["ffi__54", "Debug", [[1, "a", atom("b"), []]]],
  ["ffi__59", "PrintLn", [new Tuple([])]],
  ["ffi__60", "Debug", [new Tuple([])]],
  ["ffi__61", "PrintLn", [object({ x: 1 })]],
  ["ffi__63", "PrintLn", [object({})]],
  ["ffi__66", "Debug", [withHidden()]],
  ["ffi__81", "Print", ["a"]],
  ["ffi__82", "Print", ["a", 1, atom("z")]],
  ["ffi__83", "Print", []],
  ["ffi__84", "PrintLn", []],
  ["ffi__85", "PrintLn", ["a", 2]],
  ["ffi__87", "Eprint", ["a", "b"]],
  ["ffi__88", "Eprint", []],
  ["ffi__92", "PrintF", ["no placeholders"]],
  ["ffi__95", "PrintF", ["{0}-{1}-{0}", 1, 2]],
  ["ffi__96", "PrintF", ["{1} {}", 1, 2]],
  ["ffi__98", "PrintF", ["{0} {0}", 1]],
  ["ffi__99", "PrintF", ["{}", "{}"]],
  ["ffi__100", "PrintF", ["{0}", "{1}", "zz"]],
  ["ffi__101", "PrintF", ["{5}", 1]],
  ["ffi__104", "PrintF", []],
  ["ffi__105", "Sqrt", [16]],
  ["ffi__106", "Sqrt", [-1]],
  ["ffi__107", "Sqrt", [-0]],
  ["ffi__108", "Sqrt", [NaN]],
  ["ffi__109", "Sqrt", ["4"]],
  ["ffi__113", "Abs", [-5]],
  ["ffi__114", "Abs", [new Complex(3, 4)]],
  ["ffi__120", "Round", [-2.5]],
  ["ffi__122", "Max", [1, 2]],
  ["ffi__124", "Max", [1]],
  ["ffi__125", "Max", [1, "a"]],
  ["ffi__127", "Min", [NaN, NaN]],
  ["ffi__128", "Pow", [2, 10]],
  ["ffi__131", "Log", [0]],
  ["ffi__134", "Log", [NaN]],
  ["ffi__135", "Log", [atom("x")]],
  ["ffi__138", "StrLength", [[]]],
  ["ffi__140", "StrLower", ["ÀB"]],
  ["ffi__141", "StrConcat", ["a", "b"]],
  ["ffi__142", "StrConcat", ["a", 1]],
  ["ffi__143", "StrConcat", [atom("a"), "b"]],
  ["ffi__149", "StrTrim", ["\u00a0a\u2003"]],
  ["ffi_from_object", "PrintLn", ["via obj"]],
];

/** Failures are Atoms in version 1 files. */
function resultText({ result, failure }: ReturnType<typeof call>): string {
  return inspect(result ?? atom(`error:FFI call error: ${failure}`));
}

describe("recorded calls", () => {
  test.each(CALLS)("%s: %s", (pack, name, args) => {
    const outcome = call(name, args, { version: 1 });
    expect({ pack: `${pack}.ionpack`, stdout: outcome.stdout, result: resultText(outcome) }).toEqual(
      recorded.get(pack),
    );
  });

  test("all are in the table", () => {
    const packs = [...recorded.keys()].filter((pack) => pack.startsWith("ffi_"));
    expect(CALLS.map(([pack]) => pack).sort()).toEqual(packs.sort());
  });

  test("come out the same when called from version 2, but for what is replaced twice", () => {
    const replacedTwice = "ffi__100";
    for (const [pack, name, args] of CALLS) {
      if (pack === replacedTwice) continue;
      expect(call(name, args, { version: 2 }), pack).toEqual(call(name, args, { version: 1 }));
    }
  });
});
