/** Names and texts of a program that would like to be code: they stay names and texts. */
import { describe, expect, it } from "vitest";
import { quote } from "../../src/values/text.ts";
import { VM } from "../../src/vm.ts";
import { differences } from "../support/differential.ts";

const NAMES = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as a program would have it
  ...["'", '"', "`", "\\", "*/", "//", "/*", "-->", "<!--", "${x}", "</script>", "\n", "\r", "\u2028", "\u2029", "\0"],
  ...["\ud800", "\udfff\ud800", "__proto__", "constructor", "prototype", "hasOwnProperty", "toString", "$", "$$", ""],
  ...["I", "S", "U", "F", "b", "t", "r0", "k0", "refill", "capture", "eval", "arguments", "this", "undefined", "kind"],
  ...[
    '");process.exit(1);("',
    "');throw 1;('",
    "\n;throw 1;//",
    "x\u2028throw 1",
    "*/throw 1/*",
    "prototypeList",
    "code",
  ],
];

/** A program in which the name is everything that can have a name, in a hot loop. */
function program(name: string): string {
  const text = quote(name);
  const atom = `:${text}`;
  // What stands in front of a class of another pack is the one thing that no class name holds.
  return `.class ${quote(name.replaceAll("!", "_"))}
.function main arity=0 regs=19
  LOAD_CONST r0, :"__function_ref:f"
  LOAD_CONST r1, 0
  LOAD_CONST r2, 1
  LOAD_CONST r3, 30
  LOAD_CONST r4, ${atom}
  LOAD_CONST r5, ${text}
  OBJECT_INIT r6, {${text}: r2, m: r0}
again:
  GET_PROP r7, r6, r4
  ADD r7, r7, r2
  SET_PROP r6, r4, r7
  GET_PROP r8, r6, r5
  CALL_METHOD r9, r6, m, [r5]
  TAG_INIT r10, ${text}, r5
  MATCH r10, [(#${text}(${text}), found), (_, next)]
found:
  ADD r11, r5, r5
  EQUAL r12, r4, r5
next:
  MAKE_CLOSURE r13, r0, ${text}, [${text}:r5]
  CALL r14, r13, []
  ADD r1, r1, r2
  LESS_THAN r15, r1, r3
  JUMP_IF_TRUE r15, again
  TUPLE_INIT r0, [r6, r7, r8, r9, r10, r11, r12, r14]
  TAG_INIT r0, ${text}, r0
  THROW r0
.end
.function f arity=1 regs=4
  LOAD_CONST r1, ${atom}
  TUPLE_INIT r2, [r0, r1]
  RETURN r2
.end
.function ${text} arity=0 regs=2
  RETURN r0
.end`;
}

describe("a name that would be code", () => {
  it.each(NAMES.map((name) => [JSON.stringify(name), name] as const))("%s", (_, name) => {
    for (const budget of [7, 2000]) expect(differences(program(name), budget)).toBe(null);
  });
});

const NUMBERS = [
  "-0",
  "0",
  "NaN",
  "-5",
  "-0.5",
  "1e21",
  "9007199254740992",
  "-2147483648",
  "2147483648",
  "4294967296",
  "Infinity",
  "-Infinity",
  "5e-324",
];
const OPERATIONS = [
  ...["ADD", "SUB", "MUL", "DIV", "MOD", "BIT_AND", "BIT_OR", "BIT_XOR", "SHL", "SHR", "USHR", "SAME"],
  ...["EQUAL", "NOT_EQUAL", "LESS_THAN", "LESS_EQUAL", "GREATER_THAN", "GREATER_EQUAL", "AND", "OR"],
];

describe("constants", () => {
  it.each(NUMBERS)("%s in every instruction", (number) => {
    const body = NUMBERS.flatMap((other) =>
      OPERATIONS.map(
        (op) =>
          `  LOAD_CONST r2, ${other}\n  ${op} r3, r1, r2\n  ${op} r4, r2, r1\n  CALL r5, r0, [r6, r3]\n  CALL r5, r0, [r6, r4]`,
      ),
    );
    const chunks = Array.from({ length: 5 }, (_, i) => body.filter((_, j) => j % 5 === i));
    for (const chunk of chunks) {
      const source = `.function main arity=0 regs=9
  LOAD_CONST r0, :"__stdlib:ArrayPush"
  LOAD_CONST r1, ${number}
  ARRAY_INIT r6, []
${chunk.join("\n")}
  NEG r3, r1
  NOT r4, r1
  TUPLE_INIT r0, [r6, r3, r4]
  RETURN r0
.end`;
      expect(differences(source, 2000)).toBe(null);
    }
  });
});

describe("two VMs", () => {
  it("one inside a foreign function of the other: neither loses a reduction", () => {
    const loop = (call: string): string => `.function main arity=0 regs=9
  LOAD_CONST r0, 0
  LOAD_CONST r1, 1
  LOAD_CONST r2, 3000
again:
${call}
  ADD r0, r0, r1
  LESS_THAN r3, r0, r2
  JUMP_IF_TRUE r3, again
  RETURN r0
.end`;
    const inner = (jit: boolean): number => {
      const vm = new VM({ jit });
      vm.start(vm.load(new TextEncoder().encode(loop("  NOP"))));
      vm.runSync();
      return vm.stats().reductions;
    };
    const outer = (jit: boolean): unknown => {
      const vm = new VM({ jit, jitThreshold: 0 });
      let inside = 0;
      vm.ffi.register({
        name: "Inner",
        parameters: [],
        result: "Number",
        description: "Runs another VM.",
        pure: false,
        run: () => {
          if (inside++ % 500 === 0) inner(jit);
          return 1;
        },
      });
      const main = vm.start(
        vm.load(new TextEncoder().encode(loop('  LOAD_CONST r4, :"__stdlib:Inner"\n  CALL r5, r4, []'))),
      );
      vm.runSync();
      return [main.result, vm.stats()];
    };
    expect(inner(true)).toBe(inner(false));
    expect(outer(true)).toEqual(outer(false));
  });
});
