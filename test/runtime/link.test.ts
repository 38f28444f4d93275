/** References between the classes of a pack, entries, and what refuses a pack as a whole. */
import { describe, expect, it } from "vitest";
import { assemble } from "../../src/bytecode/assemble.ts";
import { LoadError } from "../../src/errors.ts";
import { PackBuilder } from "../../src/pack/builder.ts";
import type { ManifestFields } from "../../src/pack/manifest.ts";
import { type Pack, readPack, writePack } from "../../src/pack/pack.ts";
import { inspect } from "../../src/values/print.ts";
import { VM } from "../../src/vm.ts";

/** A function that gives its own name. */
function names(name: string, header = `.function ${name} arity=0 regs=1`): string {
  return `${header}\nLOAD_CONST r0, :"${name}"\nRETURN r0\n.end\n`;
}

/** Main calls this reference, or gives what stands for it. */
function calls(reference: string, version = ""): string {
  return `${version}.function main arity=0 regs=4
    LOAD_CONST r0, :"__function_ref:${reference}"
    MATCH r0, [(:"__function_ref:${reference}", unresolved)]
    CALL r1, r0, []
    RETURN r1
  unresolved:
    RETURN r0
    .end
    `;
}

const V1 = ".format 1 newest many\n";

/** A pack of assembly texts by class name, written and read again as a file is. */
function packOf(classes: Readonly<Record<string, string>>, manifest: ManifestFields = {}): Pack {
  const builder = new PackBuilder({ mainClass: "Main", ...manifest });
  for (const [name, source] of Object.entries(classes)) {
    builder.addClass(name, assemble(source, { className: name }).classFile);
  }
  return readPack(writePack(builder.build()));
}

function run(pack: Pack, args: readonly string[] = []): string {
  const vm = new VM({ virtualTime: true, args });
  const main = vm.start(vm.load(pack, { file: "test.ionpack" }));
  expect(vm.runSync()).toEqual({ status: "done" });
  return inspect(main.outcome!.result);
}

function refusal(pack: Pack): string {
  try {
    new VM().load(pack, { file: "test.ionpack" });
  } catch (error) {
    expect(error).toBeInstanceOf(LoadError);
    return (error as Error).message;
  }
  return expect.unreachable();
}

describe("references", () => {
  const ROWS: readonly (readonly [
    what: string,
    reference: string,
    classes: Readonly<Record<string, string>>,
    result: string,
  ])[] = [
    ["a function of the own class", "f", { Main: names("f") }, ":f"],
    ["the own class comes first", "f", { Main: names("f"), Other: names("other", ".function f arity=0 regs=1") }, ":f"],
    ["the one function of that name in the pack", "f", { A: names("g"), B: names("f") }, ":f"],
    ["the unnamed function of a class", "A", { A: names("unnamed", ".function arity=0 regs=1") }, ":unnamed"],
    [
      "the unnamed function of a class comes before a function of that name elsewhere",
      "A",
      { A: names("unnamed", ".function arity=0 regs=1"), B: names("A") },
      ":unnamed",
    ],
    [
      "a function of the own class comes before an unnamed one",
      "A",
      { Main: names("A"), A: names("unnamed", ".function arity=0 regs=1") },
      ":A",
    ],
    ["exactly that of a class", "B:f", { Main: names("f"), B: names("of B", ".function f arity=0 regs=1") }, ':"of B"'],
    [
      "exactly that of the own class",
      "Main:f",
      { Main: names("f"), B: names("of B", ".function f arity=0 regs=1") },
      ":f",
    ],
    ["a class name with a slash", "a/B:f", { "a/B": names("f") }, ":f"],
    [
      "a class name that holds a key of JavaScript",
      "__proto__:toString",
      { ["__proto__"]: names("toString") },
      ":toString",
    ],
  ];

  describe.each([
    ["version 2", ""],
    ["version 1", V1],
  ])("%s", (_, version) => {
    it.each(ROWS)("%s", (_what, reference, classes, result) => {
      const { Main = "", ...others } = classes;
      // A literal with the key __proto__ must stay one.
      const all = Object.fromEntries(Object.entries(others).map(([name, source]) => [name, version + source]));
      expect(run(packOf({ Main: calls(reference, version) + Main, ...all }))).toBe(result);
    });
  });

  const UNRESOLVED: readonly (readonly [what: string, reference: string, classes: Readonly<Record<string, string>>])[] =
    [
      ["unknown", "nowhere", {}],
      ["in a class that is not there", "B:f", { Main: names("f") }],
      ["not in that class, though elsewhere", "B:f", { Main: names("f"), B: names("g") }],
      ["in two other classes", "f", { A: names("f"), B: names("f") }],
      ["twice in the own class", "f", { Main: names("f") + names("f") }],
      ["twice in the class named", "B:f", { B: names("f") + names("f") }],
    ];

  it.each(UNRESOLVED)(
    "%s: refused with class, function and instruction, and an Atom in version 1",
    (_, reference, classes) => {
      const { Main = "", ...others } = classes;
      const message = refusal(packOf({ Main: calls(reference) + Main, ...others }));
      expect(message).toContain("class Main, function main, instruction 0");
      expect(message).toContain(reference);
      const old = Object.fromEntries(Object.entries(others).map(([name, source]) => [name, V1 + source]));
      expect(run(packOf({ Main: calls(reference, V1) + Main, ...old }))).toBe(`:"__function_ref:${reference}"`);
    },
  );

  it("one bad reference in a class that nobody uses refuses the pack", () => {
    const unused = '.function f arity=0 regs=1\nNOP\nLOAD_CONST r0, :"__stdlib:Nowhere"\n.end';
    const message = refusal(packOf({ Main: names("main"), Unused: unused }));
    expect(message).toContain("class Unused, function f, instruction 1");
  });

  it("one function that does not verify refuses the pack", () => {
    const unused = ".function f arity=0 regs=0\nMOVE r0, r16\n.end";
    expect(refusal(packOf({ Main: names("main"), Unused: unused }))).toContain(
      "class Unused, function f, instruction 0",
    );
  });

  it("classes of both versions in one pack, each by its own rules", () => {
    const main = `
      .function main arity=0 regs=8
      LOAD_CONST r0, :"__function_ref:Old:fails"
      CALL r1, r0, []
      TRY r2, caught
      LOAD_CONST r3, :"__stdlib:Sqrt"
      CALL r4, r3, [r3]
      END_TRY
    caught:
      ARRAY_INIT r5, [r1, r2]
      RETURN r5
      .end`;
    const old = `${V1}
      .function fails arity=0 regs=2
      LOAD_CONST r0, :"__stdlib:Sqrt"
      CALL r1, r0, [r0]
      RETURN r1
      .end`;
    expect(run(packOf({ Main: main, Old: old }))).toBe(
      '[:"error:FFI call error: Expected Number argument, got Function", (:ffi, "Sqrt", "Expected Number argument, got Function")]',
    );
  });

  it("a function passed to another class keeps its own literals, and prints with its class", () => {
    const main = `
      .function main arity=0 regs=8
      LOAD_CONST r0, :"__function_ref:Other:make"
      CALL r1, r0, []
      CALL r2, r1, []
      ARRAY_INIT r3, [r1, r2]
      RETURN r3
      .end`;
    const other = `${names("inner")}
      .function make arity=0 regs=2
      LOAD_CONST r0, :"__function_ref:inner"
      RETURN r0
      .end`;
    expect(run(packOf({ Main: main, Other: other }))).toBe("[[Function: Other:inner], :inner]");
  });
});

describe("entries", () => {
  const CLASS = names("first", ".function first arity=1 regs=1") + names("second") + names("main");

  it.each([
    ["main", {}, ":main"],
    ["the manifest's Entry-Point", { entryPoint: "second" }, ":second"],
    ["in the manifest's Main-Class", { mainClass: "B" }, ":third"],
  ] as const)("%s", (_, manifest, result) => {
    expect(run(packOf({ Main: CLASS, B: names("third") }, manifest))).toBe(result);
  });

  it("else the first function without arguments", () => {
    expect(run(packOf({ Main: names("one", ".function one arity=1 regs=1") + names("two") + names("three") }))).toBe(
      ":two",
    );
  });

  it("program arguments are Strings in its registers", () => {
    const main = ".function main arity=2 regs=1\nARRAY_INIT r2, [r0, r1]\nRETURN r2\n.end";
    expect(run(packOf({ Main: main }), ["1", "é"])).toBe('["1", "é"]');
    expect(run(packOf({ Main: main }), ["1"])).toBe('["1", undefined]');
  });

  it.each([
    ["no Main-Class", { Other: names("main") }, {}],
    ["an Entry-Point that is not there", { Main: names("main") }, { entryPoint: "nowhere" }],
    [
      "none without arguments",
      { Main: names("a", ".function a arity=1 regs=1") + names("b", ".function b arity=2 regs=1") },
      {},
    ],
    ["a foreign function", { Main: '.foreign main "Sqrt" arity=1 regs=0' }, {}],
  ] as const)("%s: refused", (_, classes, manifest) => {
    expect(refusal(packOf(classes, manifest))).toMatch(/^test\.ionpack/);
  });
});
