/** Every built-in of the host, also those that only the compiler names, with values that no compiler would give it: the VM goes on. */
import { expect, it } from "vitest";
import { HOST } from "../../../src/js/host/index.ts";
import { program, runProgram } from "../../support/run.ts";

const VALUES: readonly string[] = [
  "5",
  "-1",
  "1e9",
  "NaN",
  '"text"',
  '""',
  ":atom",
  ':"__vm:self"',
  ':"__vm:this"',
  "()",
  "true",
  "[1, 2]",
  "[]",
  '["a", "b"]',
  "{}",
  "{a: 1, b: [2]}",
  "function:main",
  "(1, 2)",
  ':"__js:Map"',
  ':"__js:Math"',
  ':"__js:Array.prototype.map"',
];
const CALLS = 24;
/** Made before the calls: values that no constant is. */
const MADE = `
  LOAD_CONST r20, function:main
  MAKE_CLOSURE r20, r20, "", []
  LOAD_CONST r21, :"__js:Map"
  JS_ALLOCATE r22, r21
  LOAD_CONST r23, :"__js:%regexp"
  LOAD_CONST r24, "a"
  LOAD_CONST r25, "g"
  CALL r23, r23, [r24, r25]
  LOAD_CONST r24, :"__js:Object.freeze"
  OBJECT_INIT r25, {}
  CALL r24, r24, [r25]`;
const MADE_REGISTERS = [20, 22, 23, 24];

/** Programs are the same each time: what fails once can be looked for. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Calls a built-in in many ways, and forgets what becomes of it. */
function calling(name: string, seed: number): string {
  const below = numbers(seed);
  const given = (register: number): string => {
    const at = below(VALUES.length + MADE_REGISTERS.length);
    return at < VALUES.length
      ? `LOAD_CONST r${register}, ${VALUES[at]}`
      : `MOVE r${register}, r${MADE_REGISTERS[at - VALUES.length]}`;
  };
  const calls = Array.from({ length: CALLS }, (_, i) => {
    const count = below(6);
    const args = Array.from({ length: count }, (_, j) => j + 1);
    const list = `[${args.map((register) => `r${register}`).join(", ")}]`;
    return `
      LOAD_CONST r0, :"__js:${name}"
      ${[7, ...args].map(given).join("\n")}
      TRY r8, next${i}
      ${i % 2 === 0 ? `CALL r8, r0, ${list}` : `CALL_THIS r8, r0, r7, ${list}`}
      END_TRY
    next${i}:`;
  });
  return program(`${MADE}${calls.join("")}\n  LOAD_CONST r0, :done\n  RETURN r0`);
}

// What fails in compiled code the interpreter does again, so a part of them is enough there.
it.each([
  ["interpreted", { jit: false }, 1],
  ["compiled", { jitThreshold: 0 }, 4],
] as const)("they end in one of the ways a program can: %s", (name, options, step) => {
  const ends = new Set<string>();
  for (const [i, builtIn] of HOST.entries()) {
    if (i % step !== 0) continue;
    const run = runProgram(calling(builtIn.name, i + 1), {
      engine: { name, options },
      limits: { reductions: 2_000_000, memory: 2 ** 29 },
      events: false,
    });
    ends.add(run.reason ?? run.status);
  }
  expect(ends).toContain(":normal");
});
