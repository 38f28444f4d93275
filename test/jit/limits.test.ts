/** What is large, deep or odd: nothing crashes, what can be compiled is, and all does the same as interpreted. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { VM } from "../../src/vm.ts";
import { type Run, runProgram } from "../support/run.ts";

const INTERPRETER = { name: "interpreter", options: { jit: false } };

interface Compiled {
  readonly run: Run;
  readonly lines: readonly string[];
  readonly characters: number;
}

function compiled(source: string, options: Parameters<typeof runProgram>[1] = {}): Compiled {
  const lines: string[] = [];
  let characters = 0;
  const jit = {
    jitThreshold: 0,
    onCompile: (line: string) => lines.push(line),
    onEmit: ({ source: text }: { source: string }) => {
      characters += text.length;
    },
  };
  const run = runProgram(source, { ...options, engine: { name: "JIT", options: jit }, events: false });
  return { run, lines, characters };
}

function same(source: string, options: Parameters<typeof runProgram>[1] = {}): Compiled {
  const made = compiled(source, options);
  expect(made.run).toEqual(runProgram(source, { ...options, engine: INTERPRETER, events: false }));
  return made;
}

function main(body: string, registers = 16): string {
  return `.function main arity=0 regs=${registers}\n${body}\n.end`;
}

function repeated(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join("\n");
}

/** Loops of one round, each in the next. */
function nested(depth: number): string {
  const heads = repeated(depth, (i) => `l${i}:\n  ADD r1, r1, r2`);
  const ends = repeated(depth, (i) => `  JUMP_IF_TRUE r3, l${depth - 1 - i}`);
  return main(`  LOAD_CONST r1, 0\n  LOAD_CONST r2, 1\n  LOAD_CONST r3, false\n${heads}\n${ends}\n  RETURN r1`);
}

function elseIfs(count: number): string {
  const tests = repeated(count, (i) => `  LOAD_CONST r2, ${i}\n  EQUAL r3, r1, r2\n  JUMP_IF_TRUE r3, t${i}`);
  const bodies = repeated(count, (i) => `t${i}:\n  LOAD_CONST r4, ${i * 2}\n  JUMP end`);
  return main(`  LOAD_CONST r1, ${count - 1}\n${tests}\n${bodies}\nend:\n  RETURN r4`);
}

describe("functions", () => {
  it.each([
    [
      "200,000 instructions",
      main(`${repeated(200_000, () => "  NOP")}\n  LOAD_CONST r0, 7\n  RETURN r0`),
      "stays interpreted: 200002 instructions",
    ],
    [
      "10,000 registers",
      main(`${repeated(10_000, (i) => `  LOAD_CONST r${i}, ${i}`)}\n  RETURN r9999`, 10_000),
      "stays interpreted",
    ],
    [
      "1,900 registers, all live",
      main(
        `${repeated(1_900, (i) => `  LOAD_CONST r${i}, ${i}`)}\n  TUPLE_INIT r0, [${Array.from({ length: 1_900 }, (_, i) => `r${i}`).join(", ")}]\n  RETURN r0`,
        1_900,
      ),
      "registers are live",
    ],
    ["5,000 nested loops", nested(5_000), "stays interpreted"],
    ["150 nested loops", nested(150), "loops are nested deeper than 100"],
    ["1,000 branches after each other", elseIfs(300), null],
    ["90 nested loops", nested(90), null],
    [
      "2,400 instructions in a line",
      main(`  LOAD_CONST r0, 1\n  LOAD_CONST r1, 1\n${repeated(2_390, () => "  ADD r0, r0, r1")}\n  RETURN r0`),
      null,
    ],
    [
      "1,000 places where ways meet",
      main(
        `  LOAD_CONST r0, 0\n  LOAD_CONST r1, 1\n${repeated(600, (i) => `  JUMP_IF_TRUE r0, m${i}\n  ADD r0, r0, r1\nm${i}:\n  SUB r0, r0, r1`)}\n  RETURN r0`,
      ),
      null,
    ],
    [
      "a MATCH with 2,000 clauses",
      main(
        `  LOAD_CONST r0, 1999\n  MATCH r0, [${Array.from({ length: 2_000 }, (_, i) => `(${i}, end)`).join(", ")}]\n  LOAD_CONST r0, 0\nend:\n  RETURN r0`,
      ),
      null,
    ],
  ] as const)("of %s", (_, source, reason) => {
    const { lines } = same(source);
    expect(lines.length).toBeGreaterThan(0);
    if (reason === null) expect(lines.join("\n")).not.toContain("stays interpreted");
    else expect(lines.join("\n")).toContain(reason);
  });

  it.each([
    [
      "entered in the middle",
      "  LOAD_CONST r0, 9\n  LOAD_CONST r1, 1\n  JUMP_IF_TRUE r0, middle\nhead:\n  ADD r2, r2, r1\nmiddle:\n  SUB r0, r0, r1\n  JUMP_IF_TRUE r0, head\n  RETURN r0",
    ],
    [
      "two loops through each other",
      "  LOAD_CONST r0, 9\n  LOAD_CONST r1, 1\na:\n  SUB r0, r0, r1\n  JUMP_IF_TRUE r0, c\n  RETURN r0\nb:\n  JUMP_IF_TRUE r0, a\n  RETURN r1\nc:\n  JUMP_IF_TRUE r0, b\n  JUMP a",
    ],
    [
      "jumps into each other",
      "  LOAD_CONST r0, 5\n  LOAD_CONST r1, 1\n  JUMP y\nx:\n  SUB r0, r0, r1\n  JUMP_IF_FALSE r0, end\n  JUMP_IF_TRUE r1, z\ny:\n  JUMP_IF_TRUE r0, x\nz:\n  JUMP_IF_TRUE r0, y\nend:\n  RETURN r0",
    ],
  ])("with flow that has no structure: %s", (_, body) => {
    for (const budget of [1, 7, 2000]) same(main(body), { budget });
  });

  it("100,000 of them compile only what runs", () => {
    const count = 20_000;
    const functions = repeated(
      count,
      (i) => `.function f${i} arity=0 regs=2\n  LOAD_CONST r0, ${i}\n  RETURN r0\n.end`,
    );
    const { lines } = compiled(
      `${main(`  LOAD_CONST r1, :"__function_ref:f7"\n  CALL r0, r1, []\n  RETURN r0`)}\n${functions}`,
    );
    expect(lines.length).toBeLessThan(10);
  });
});

describe("compiled code", () => {
  it("goes when its program goes, although its VM stays", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const vm = new VM({ jitThreshold: 0 });
    // Nothing of the program may stay on the stack.
    const run = (i: number): WeakRef<object> => {
      const source = main(
        `  LOAD_CONST r0, 0\n  LOAD_CONST r1, 1\n  LOAD_CONST r2, ${100 + i}\nl:\n  ADD r0, r0, r1\n  OBJECT_INIT r4, {k${i}: r0}\n  LESS_THAN r3, r0, r2\n  JUMP_IF_TRUE r3, l\n  RETURN r0`,
      );
      const program = vm.load(new TextEncoder().encode(source));
      vm.spawn({ program, name: "program:main" });
      vm.runSync();
      return new WeakRef(program.functions.get("program:main")!.code!);
    };
    const codes = Array.from({ length: 20 }, (_, i) => run(i));
    expect(vm.jit.bodies).toBeGreaterThanOrEqual(20);
    for (let i = 0; i < 5; i++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      collect();
    }
    // The last one may still be what the engine has looked at last.
    expect(codes.filter((code) => code.deref() !== undefined).length).toBeLessThanOrEqual(1);
  });
});

describe("compile time and size grow with the function", () => {
  it.each([
    [
      "a line",
      (n: number) =>
        main(`  LOAD_CONST r0, 1\n  LOAD_CONST r1, 1\n${repeated(n, () => "  ADD r0, r0, r1")}\n  RETURN r0`),
    ],
    ["branches", (n: number) => elseIfs(n / 5)],
    [
      "loops after each other",
      (n: number) =>
        main(
          `  LOAD_CONST r0, 0\n  LOAD_CONST r1, 1\n${repeated(n / 4, (i) => `  LOAD_CONST r2, 3\nl${i}:\n  ADD r0, r0, r1\n  SUB r2, r2, r1\n  JUMP_IF_TRUE r2, l${i}`)}\n  RETURN r0`,
        ),
    ],
  ] as const)("%s", (_, program) => {
    // In one turn: a process that is taken up again elsewhere gets another body.
    const [small, large] = [500, 1000].map((n) => compiled(program(n), { budget: 1_000_000 }).characters);
    expect(small).toBeGreaterThan(1000);
    expect(large).toBeLessThan(small * 2.3);
  });
});

const RECURSION = (
  depth: number,
  more = "",
): string => `${main(`  LOAD_CONST r0, ${depth}\n  LOAD_CONST r1, :"__function_ref:down"\n  CALL r2, r1, [r0]\n  RETURN r2`)}
.function down arity=1 regs=6
${more}
  JUMP_IF_FALSE r0, end
  LOAD_CONST r1, 1
  SUB r2, r0, r1
  LOAD_CONST r3, :"__function_ref:down"
  CALL r3, r3, [r2]
  ADD r0, r1, r3
end:
  RETURN r0
.end`;

/** Two reductions a level: the callee gets itself as its argument. */
const CHEAP = `${main(`  LOAD_CONST r0, :"__function_ref:again"\n  TRY r2, caught\n  CALL r1, r0, [r0]\n  END_TRY\n  RETURN r1\ncaught:\n  RETURN r2`)}
.function again arity=1 regs=2
  CALL r1, r0, [r0]
  RETURN r1
.end`;

const WIDE = (width: number): string => {
  const fill = repeated(width, (i) => `  ADD r${i + 5}, r0, r1`);
  const sum = repeated(width, (i) => `  ADD r0, r0, r${i + 5}`);
  const body = (other: string): string =>
    `  JUMP_IF_FALSE r0, end\n  LOAD_CONST r1, 1\n${fill}\n  SUB r2, r0, r1\n  LOAD_CONST r3, :"__function_ref:${other}"\n  CALL r3, r3, [r2]\n${sum}\nend:\n  RETURN r0`;
  return `${main(`  LOAD_CONST r0, 20000\n  LOAD_CONST r1, :"__function_ref:one"\n  CALL r2, r1, [r0]\n  RETURN r2`)}
.function one arity=1 regs=${width + 5}\n${body("two")}\n.end
.function two arity=1 regs=${width + 5}\n${body("one")}\n.end`;
};

describe("recursion", () => {
  it("a million deep", () => {
    expect(compiled(RECURSION(1_000_000)).run.result).toBe("1000000");
  });

  it.each([1, 2000, 2 ** 30])("100,000 deep, budget %d", (budget) => {
    same(RECURSION(100_000), { budget });
  });

  it("beyond the limit of frames ends only its process, with the same error and stack", () => {
    const { run } = same(RECURSION(1_000_000), { limits: { frames: 50_000 } });
    expect(run.reason).toContain("stack_overflow");
    for (const budget of [7, 2000, 2 ** 30]) same(RECURSION(3_000), { budget, limits: { frames: 1_000 } });
  });

  it("of two reductions a level, until it is caught", () => {
    for (const budget of [7, 2000]) same(CHEAP, { budget, limits: { frames: 100_000 } });
  });

  it("of wide functions", () => {
    const { lines } = same(WIDE(150));
    expect(lines.some((line) => line.includes("direct"))).toBe(true);
  });

  it("through methods and closures", () => {
    const methods = `${main(`  LOAD_CONST r0, :"__function_ref:down"\n  OBJECT_INIT r1, {down: r0}\n  LOAD_CONST r2, 50000\n  CALL_METHOD r3, r1, down, [r2]\n  RETURN r3`)}
.function down arity=1 regs=6
  JUMP_IF_FALSE r0, end
  LOAD_CONST r1, 1
  SUB r2, r0, r1
  LOAD_CONST r3, :"__vm:this"
  CALL_METHOD r3, r3, down, [r2]
  ADD r0, r1, r3
end:
  RETURN r0
.end`;
    const closures = `${main(`  LOAD_CONST r0, :"__function_ref:down"\n  LOAD_CONST r1, 1\n  MAKE_CLOSURE r0, r0, "", [one:r1]\n  LOAD_CONST r2, 50000\n  CALL r3, r0, [r2, r0]\n  RETURN r3`)}
.function down arity=2 regs=6
  JUMP_IF_FALSE r1, end
  SUB r3, r1, r0
  CALL r4, r2, [r3, r2]
  ADD r1, r0, r4
end:
  RETURN r1
.end`;
    for (const source of [methods, closures]) expect(same(source).run.result).toBe("50000");
  });
});
