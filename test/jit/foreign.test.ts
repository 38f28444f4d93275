/** Foreign functions that compiled code calls by itself: the same as called by the interpreter, where they fail too. */
import { describe, expect, it, test } from "vitest";
import type { ForeignSpec, ParameterType } from "../../src/foreign/spec.ts";
import { STANDARD_LIBRARY } from "../../src/foreign/stdlib/index.ts";
import { inspect } from "../../src/values/print.ts";
import type { Value } from "../../src/values/value.ts";
import { settleWork } from "../../src/values/work.ts";
import { VM } from "../../src/vm.ts";
import { differences } from "../support/differential.ts";
import { program } from "../support/run.ts";

/** Of each type as literals: what is usual, and what may make a function fail. */
const LITERALS: Partial<Record<ParameterType, readonly string[]>> = {
  Number: ["1", "0", "-1", "2.5", "NaN", "Infinity", "100000000000"],
  String: ['"text"', '""', '"e"', '"[1, {}]"', '"\\ud800"'],
  Boolean: ["true", "false"],
  Atom: [":a", ":f64", ":u8"],
  Array: ['[1, 2, "text"]', "[]", "[3, 1, 2]", "[[1]]"],
  Tuple: ["(1, 2)"],
  Object: ["{a: 1}", "{}"],
  Binary: ['bytes"0102030405060708"', 'bytes""'],
  Float64Array: ["floats[1, 2, 3]", "floats[]"],
  Sequence: ["[1, 2, 3]", "(65, 66)", '["a", "b"]', "[]", "[-1]"],
  Key: [":a", '"b"'],
  Any: ["1", '"text"', "[1]"],
};

const WRONG = ":wrong";

function isLocal(spec: (typeof STANDARD_LIBRARY)[number]): spec is ForeignSpec {
  return "run" in spec && (spec.pure || (spec.local ?? false)) && spec.rest === undefined;
}
const LOCAL = STANDARD_LIBRARY.filter(isLocal);

/** Lists of literals, with something of each for every parameter; and one with a wrong type. */
function argumentLists({ parameters }: ForeignSpec): string[][] {
  const choices = parameters.map(({ type }) => LITERALS[type] ?? [WRONG]);
  const count = Math.max(1, ...choices.map(({ length }) => length));
  // At different paces, so that what stands beside a value is not always the same.
  const lists = Array.from({ length: 2 * count }, (_, i) => {
    return choices.map((of, k) => of[(i * (k + 1) + (i >= count ? k : 0)) % of.length]);
  });
  return [...lists, parameters.map(() => WRONG)];
}

/** Calls a function often enough with all lists, and gathers what comes back, and what has become of the arguments. */
function calling(spec: ForeignSpec): string {
  const calls = argumentLists(spec).map((args, i) => {
    const loads = args.map((literal, k) => `LOAD_CONST r${k + 10}, ${literal}`).join("\n");
    const registers = args.map((_, k) => `r${k + 10}`).join(", ");
    return `
      TRY r5, failed${i}
      ${loads}
      CALL r5, r4, [${registers}]
      END_TRY
    failed${i}:
      ARRAY_INIT r5, [${["r5", ...args.map((_, k) => `r${k + 10}`)].join(", ")}]
      CALL r5, r6, [r5]
      ADD r3, r3, r5`;
  });
  return `
    LOAD_CONST r0, 0
    LOAD_CONST r1, 1
    LOAD_CONST r2, 6
    LOAD_CONST r6, :"__stdlib:ToString"
    LOAD_CONST r4, :"__stdlib:${spec.name}"
  again:
    LOAD_CONST r3, ""
    ${calls.join("\n")}
    ADD r0, r0, r1
    LESS_THAN r5, r0, r2
    JUMP_IF_TRUE r5, again
    RETURN r3`;
}

describe("local functions of the standard library", () => {
  test.each(LOCAL.map((spec) => [spec.name, spec] as const))("%s is the same in every engine", (_, spec) => {
    expect(differences(program(calling(spec)), 100)).toBeNull();
  });

  test.each(LOCAL.map((spec) => [spec.name, spec] as const))("%s asks nothing of the VM", (_, spec) => {
    for (const literals of argumentLists(spec).slice(0, -1)) {
      const outcome = (call: (args: Value[]) => Value): string => {
        const args = valuesOf(literals);
        const before = inspect(args);
        let result: string;
        try {
          result = inspect(call(args));
        } catch (error) {
          // What has failed may be called once more.
          expect(inspect(args)).toBe(before);
          expect(error).not.toBeInstanceOf(TypeError);
          result = String((error as Error).message);
        }
        const charge = settleWork();
        if (spec.charge === undefined) expect(charge).toBe(0);
        return `${result} of ${inspect(args)}, ${charge}`;
      };
      const run = outcome((args) => spec.run(args, undefined as never));
      const { direct } = spec;
      if (direct !== undefined) expect(outcome((args) => (direct as (...all: Value[]) => Value)(...args))).toBe(run);
    }
  });
});

/** As a program has them. */
function valuesOf(literals: readonly string[]): Value[] {
  const vm = new VM({ jit: false });
  const loads = literals.map((literal, i) => `LOAD_CONST r${i}, ${literal}`).join("\n");
  const source = `${loads}\nARRAY_INIT r20, [${literals.map((_, i) => `r${i}`).join(", ")}]\nRETURN r20`;
  const main = vm.start(vm.load(new TextEncoder().encode(program(source))));
  vm.runSync();
  return main.result as Value[];
}

describe("numeric functions", () => {
  it("that give NaN have not failed", () => {
    const source = (argument: string): string => `
      TRY r5, failed
      LOAD_CONST r0, 0
      LOAD_CONST r1, 1
      LOAD_CONST r2, 50
      LOAD_CONST r3, ${argument}
      LOAD_CONST r4, :"__stdlib:Sqrt"
    again:
      CALL r5, r4, [r3]
      ADD r0, r0, r1
      LESS_THAN r6, r0, r2
      JUMP_IF_TRUE r6, again
      END_TRY
    failed:
      RETURN r5`;
    for (const argument of ["NaN", "4", "-4"]) expect(differences(program(source(argument)), 100)).toBeNull();
  });
});
