import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemble } from "../../src/bytecode/assemble.ts";
import { type ClassBytes, decodeClass, decodeClasses } from "../../src/bytecode/decode.ts";
import { disassemble, listing } from "../../src/bytecode/disassemble.ts";
import { disassembleJson } from "../../src/bytecode/disassemble-json.ts";
import { encodeClass } from "../../src/bytecode/encode.ts";
import { instructionPage } from "../../src/bytecode/instruction-docs.ts";
import { type Instruction, MNEMONICS, type ObjectEntry } from "../../src/bytecode/instructions.ts";
import {
  type ClassFile,
  DIALECTS,
  type Format,
  type FunctionRecord,
  functionReference,
  type Section,
  VERSION_2,
} from "../../src/bytecode/model.ts";
import { patternText } from "../../src/bytecode/operand-text.ts";
import type { Pattern } from "../../src/bytecode/pattern.ts";
import { LoadError } from "../../src/errors.ts";
import { FIXED_LIMITS } from "../../src/limits.ts";
import { readArchive } from "../../src/pack/zip-reader.ts";
import { atom } from "../../src/values/atom.ts";
import { ALL_ATTRIBUTES, attributesOf, createObject, defineProperty, type IonObject } from "../../src/values/object.ts";
import { Complex, Tagged, Tuple, Undefined, Unit, type Value } from "../../src/values/value.ts";
import { arbitraryClassFile, FORMATS } from "../support/arbitrary.ts";

const CLASS = "Main";

/** Of each format. */
const RANDOM_CLASSES = 300;

function bytecode(name: string | null, instructions: readonly Instruction[], sizes = [0, 0]): FunctionRecord {
  return { name, arity: sizes[0], extraRegs: sizes[1], body: { kind: "bytecode", instructions } };
}

function foreign(name: string | null, target: string): FunctionRecord {
  return { name, arity: 1, extraRegs: 0, body: { kind: "foreign", target } };
}

function classOf(
  functions: readonly FunctionRecord[],
  sections: readonly Section[] = [],
  format: Format = VERSION_2,
): ClassFile {
  return { format, functions, sections };
}

/** The instructions of a function with this body. */
function instructionsOf(body: string): readonly Instruction[] {
  const { functions } = assemble(`.function f\n${body}\n.end`).classFile;
  if (functions.length !== 1 || functions[0].body.kind !== "bytecode") throw new Error("not one function");
  return functions[0].body.instructions;
}

function readLiteral(text: string): Value {
  const [{ op, operands }] = instructionsOf(`LOAD_CONST r0, ${text}`);
  if (op !== "LOAD_CONST") throw new Error(op);
  return operands[1];
}

function readPattern(text: string): Pattern {
  const [{ op, operands }] = instructionsOf(`MATCH r0, [(${text}, +1)]`);
  if (op !== "MATCH") throw new Error(op);
  return operands[1][0].pattern;
}

function readEntry(text: string): ObjectEntry {
  const [{ op, operands }] = instructionsOf(`OBJECT_INIT r0, {${text}}`);
  if (op !== "OBJECT_INIT") throw new Error(op);
  return operands[1][0];
}

/** The message of the LoadError. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof LoadError) return error.message;
    throw error;
  }
  throw new Error("was not refused");
}

const FRUIT = createObject();
defineProperty(FRUIT, "$name", "apple", ALL_ATTRIBUTES);
defineProperty(FRUIT, "$odd key", -0, { writable: true, enumerable: false, configurable: false });
defineProperty(FRUIT, "$", [Undefined], { writable: false, enumerable: false, configurable: false });

const PAGE = `.class "folder/Main"
.source "main.ion"

.function main arity=1 regs=8
    .line 12 3
    LOAD_CONST     r1, (:ok, "two\\n", {name: "apple", "odd key"!w: -0, ""!: [undefined]})
L1:
    CALL           r2, r1, [r0]
    .line 13 1
    MATCH          r2, [((:ok, @r4), L3), (=[1, 2], -9), (_, L1)]
    OBJECT_INIT    r3, {name: r0, "odd key"!we: 42, all!wec: r1}
    MAKE_CLOSURE   r5, r2, "scope", [x:r0, "odd name":r1]
L2:
    CALL_METHOD    r5, r3, "key", []
    JUMP_IF_TRUE   r5, L2
    TRY            r6, L4
    RECEIVE_WITH_TIMEOUT r7, r8, r0
    JOIN_NUMBER    7, r0
L3:
    END_TRY
    JUMP           +100
L4:
.end

.function arity=0 regs=0
.end

.foreign root "Sqrt" arity=1 regs=0

.foreign "Sqrt" arity=1 regs=0

.section "x" "AAEC/w=="
`;

describe("a page of everything", () => {
  const instructions: Instruction[] = [
    { op: "LOAD_CONST", operands: [1, new Tuple([atom("ok"), "two\n", FRUIT])] },
    { op: "CALL", operands: [2, 1, [0]] },
    {
      op: "MATCH",
      operands: [
        2,
        [
          { pattern: readPattern("(:ok, @r4)"), offset: 8 },
          { pattern: { kind: "value", value: [1, 2] }, offset: -9 },
          { pattern: { kind: "wildcard" }, offset: -1 },
        ],
      ],
    },
    {
      op: "OBJECT_INIT",
      operands: [
        3,
        [
          { key: "name", from: { register: 0 }, attributes: null },
          { key: "odd key", from: { value: 42 }, attributes: { ...ALL_ATTRIBUTES, configurable: false } },
          { key: "all", from: { register: 1 }, attributes: { ...ALL_ATTRIBUTES } },
        ],
      ],
    },
    {
      op: "MAKE_CLOSURE",
      operands: [
        5,
        2,
        "scope",
        [
          { name: "x", register: 0 },
          { name: "odd name", register: 1 },
        ],
      ],
    },
    { op: "CALL_METHOD", operands: [5, 3, "key", []] },
    { op: "JUMP_IF_TRUE", operands: [5, -1] },
    { op: "TRY", operands: [6, 5] },
    { op: "RECEIVE_WITH_TIMEOUT", operands: [7, 8, 0] },
    { op: "JOIN_NUMBER", operands: [7, 0] },
    { op: "END_TRY", operands: [] },
    { op: "JUMP", operands: [100] },
  ];
  const classFile = classOf(
    [bytecode("main", instructions, [1, 8]), bytecode(null, []), foreign("root", "Sqrt"), foreign(null, "Sqrt")],
    [
      {
        kind: "lines",
        functions: [
          [
            { instruction: 0, line: 12, column: 3 },
            { instruction: 2, line: 13, column: 1 },
          ],
          [],
          [],
          [],
        ],
      },
      { kind: "source", file: "main.ion" },
      { kind: "unknown", name: "x", bytes: Uint8Array.of(0, 1, 2, 255) },
    ],
  );

  test("is what the disassembler writes", () => expect(disassemble(classFile, "folder/Main")).toBe(PAGE));

  test("is read back", () => {
    const read = assemble(PAGE);
    expect(read).toStrictEqual({ className: "folder/Main", classFile, manifest: new Map() });
    expect(encodeClass(read.classFile)).toEqual(encodeClass(classFile));
  });

  test("with the numbers of instructions in comments", () => {
    const numbered = disassemble(classFile, CLASS, { numbers: true });
    expect(numbered).toContain("    CALL           r2, r1, [r0]                              ; 1\n");
    expect(assemble(numbered).classFile).toStrictEqual(classFile);
  });

  test("line by line", () => expect([...listing(classFile, "folder/Main"), ""].join("\n")).toBe(PAGE));

  test("as JSON", () => {
    const json = disassembleJson(classFile, CLASS);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(json).toMatchObject({
      class: CLASS,
      format: { version: 2 },
      source: "main.ion",
      functions: [
        { name: "main", arity: 1, regs: 8 },
        { name: null, arity: 0, regs: 0, instructions: [] },
        { name: "root", arity: 1, regs: 0, foreign: "Sqrt" },
        { name: null, foreign: "Sqrt" },
      ],
      sections: [{ name: "x", base64: "AAEC/w==" }],
    });
    expect(json.functions[0].instructions?.slice(1, 3)).toEqual([
      { index: 1, op: "CALL", operands: ["r2", "r1", "[r0]"], line: 12, column: 3 },
      {
        index: 2,
        op: "MATCH",
        operands: ["r2", "[((:ok, @r4), +8), (=[1, 2], -9), (_, -1)]"],
        line: 13,
        column: 1,
      },
    ]);
    expect(json.functions[0].instructions?.map(({ op }) => op)).toEqual(instructions.map(({ op }) => op));
  });
});

describe("literals", () => {
  test.each<[string, Value]>([
    ["0", 0],
    ["007", 7],
    ["-0", -0],
    ["-1.5e3", -1500],
    ["1e21", 1e21],
    ["1E+2", 100],
    ["NaN", Number.NaN],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["true", true],
    ["false", false],
    ['"a\\u00e9\\ud800\\"\\/"', 'a\u00e9\ud800"/'],
    ['"\ttab"'.replace("\t", "\\t"), "\ttab"],
    ["'any text'", atom("any text")],
    ["'it\\'s \"it\"'", atom('it\'s "it"')],
    [":name", atom("name")],
    [':"any text"', atom("any text")],
    [':""', atom("")],
    ["3+4i", new Complex(3, 4)],
    ["-3-4i", new Complex(-3, -4)],
    ["NaN+NaNi", new Complex(Number.NaN, Number.NaN)],
    ["1e+21-Infinityi", new Complex(1e21, Number.NEGATIVE_INFINITY)],
    ["-0+-0i", new Complex(-0, -0)],
    ["1-0i", new Complex(1, -0)],
    ["()", Unit],
    ["unit", Unit],
    ["undefined", Undefined],
    ["(,)", new Tuple([])],
    ["(1,)", new Tuple([1])],
    ["( 1 , 2 , )", new Tuple([1, 2])],
    ["[]", []],
    ["[1, [2],]", [1, [2]]],
    ["#tag(())", new Tagged("tag", Unit)],
    ['#"odd tag"((1,))', new Tagged("odd tag", new Tuple([1]))],
    ["function:f", functionReference("f")],
    ['function:"Main:f"', functionReference("Main:f")],
    ["[1, ; comment\n\n  2]", [1, 2]],
  ])("%s", (text, value) => expect(readLiteral(text)).toStrictEqual(value));

  test("Objects keep order and attributes", () => {
    const read = readLiteral('{true: true, "odd key"!w: 1, r0!: 2, b!cew: 3, c:4}') as IonObject;
    expect(Object.getOwnPropertyNames(read)).toEqual(["$true", "$odd key", "$r0", "$b", "$c"]);
    const none = { writable: false, enumerable: false, configurable: false };
    expect(attributesOf(read, "$odd key")).toEqual({ ...none, writable: true });
    expect(attributesOf(read, "$r0")).toEqual(none);
    expect(attributesOf(read, "$b")).toEqual(ALL_ATTRIBUTES);
    expect(attributesOf(read, "$c")).toEqual(ALL_ATTRIBUTES);
  });

  test.each<[string, ObjectEntry]>([
    ["k: r7", { key: "k", from: { register: 7 }, attributes: null }],
    ["k!wec: r7", { key: "k", from: { register: 7 }, attributes: ALL_ATTRIBUTES }],
    ["k: 7", { key: "k", from: { value: 7 }, attributes: null }],
    ["k!ce: :r7", { key: "k", from: { value: atom("r7") }, attributes: { ...ALL_ATTRIBUTES, writable: false } }],
    ['"r7": "r7"', { key: "r7", from: { value: "r7" }, attributes: null }],
  ])("the entry %s", (text, entry) => expect(readEntry(text)).toEqual(entry));
});

describe("patterns", () => {
  test.each<[string, Pattern]>([
    ["_", { kind: "wildcard" }],
    ["@r3", { kind: "bind", register: 3 }],
    ["1", { kind: "value", value: 1 }],
    [":a", { kind: "value", value: atom("a") }],
    ["3+4i", { kind: "value", value: new Complex(3, 4) }],
    ["undefined", { kind: "value", value: Undefined }],
    ["()", { kind: "value", value: Unit }],
    ["=(,)", { kind: "value", value: new Tuple([]) }],
    ["=#t(1)", { kind: "value", value: new Tagged("t", 1) }],
    ["=function:f", { kind: "value", value: functionReference("f") }],
    ["(,)", { kind: "tuple", items: [] }],
    ["(_,)", { kind: "tuple", items: [{ kind: "wildcard" }] }],
    ["[_, =[1]]", { kind: "array", items: [{ kind: "wildcard" }, { kind: "value", value: [1] }] }],
    ["#t(_)", { kind: "tagged", tag: "t", payload: { kind: "wildcard" } }],
    [
      '{k: _, "": {}}',
      {
        kind: "object",
        members: [
          { key: "k", pattern: { kind: "wildcard" } },
          { key: "", pattern: { kind: "object", members: [] } },
        ],
      },
    ],
  ])("%s", (text, pattern) => {
    expect(readPattern(text)).toStrictEqual(pattern);
    expect(patternText(pattern)).toBe(text);
  });

  test.each([
    ["=1", "1"],
    ["=()", "()"],
    ["unit", "()"],
    ["function:f", "=function:f"],
    ["(_, 1,)", "(_, 1)"],
  ])("%s is written %s", (text, canonical) => expect(patternText(readPattern(text))).toBe(canonical));
});

describe("what people write", () => {
  test("labels, offsets, comments, ends of lines", () => {
    const { className, classFile } = assemble(
      "\ufeff; comment\r\n.function main\r\n a: b: JUMP b ; to itself\r\n JUMP c\r\nJUMP -1\r\nc:\r\n.end\r\n",
    );
    expect(className).toBe("Main");
    expect(classFile).toStrictEqual(
      classOf([
        bytecode("main", [
          { op: "JUMP", operands: [0] },
          { op: "JUMP", operands: [2] },
          { op: "JUMP", operands: [-1] },
        ]),
      ]),
    );
  });

  test("the name of the class, where the text does not say it", () => {
    expect(assemble("", { className: "Given" })).toStrictEqual({
      className: "Given",
      classFile: classOf([]),
      manifest: new Map(),
    });
    expect(assemble(".class Own", { className: "Given" }).className).toBe("Own");
  });

  test("entries of the manifest", () => {
    const { manifest } = assemble('.manifest "Name" "a b"\n.manifest "Dependencies" "std, http@^1.2"');
    expect([...manifest]).toEqual([
      ["Name", "a b"],
      ["Dependencies", "std, http@^1.2"],
    ]);
    expect(() => assemble('.manifest "A" "1"\n.manifest "A" "2"')).toThrow("2:1: the manifest has A already");
    expect(() => assemble(".manifest A 1")).toThrow("a key of the manifest in quotes");
  });

  test("sizes that are not given", () => {
    const { functions } = assemble(
      '.function f arity=2\n MOVE r1, r0\n.end\n.function g arity=1\n MATCH r0, [(@r9, +1)]\n.end\n.function regs=3\n.end\n.foreign f "F"',
    ).classFile;
    expect(functions.map(({ name, arity, extraRegs }) => [name, arity, extraRegs])).toEqual([
      ["f", 2, 0],
      ["g", 1, 9],
      [null, 0, 3],
      ["f", 0, 0],
    ]);
  });

  test("names that need quotes, and those that look like sizes", () => {
    const names = ["arity", "regs", "r0", "end", "odd name", "", "é", "a\nb", "\ud800", "__proto__"];
    const made = classOf([...names.map((name) => bytecode(name, [])), ...names.map((name) => foreign(name, name))]);
    expect(assemble(disassemble(made, CLASS)).classFile).toStrictEqual(made);
  });

  test("a line that no instruction has is no line", () => {
    const { sections } = assemble(".function f\n.line 1\n.line 2 5\n NOP\n.line 3\n.end").classFile;
    expect(sections).toEqual([{ kind: "lines", functions: [[{ instruction: 0, line: 2, column: 5 }]] }]);
  });

  test.each<[string, Format]>([
    ["", { version: 2 }],
    [".format 2", { version: 2 }],
    [".format 1", { version: 1, dialect: "newest", layout: "many" }],
    [".format 1 middle", { version: 1, dialect: "middle", layout: "many" }],
    [".format 1 oldest single", { version: 1, dialect: "oldest", layout: "single" }],
  ])("format %j", (text, format) => expect(assemble(text).classFile.format).toEqual(format));
});

describe("the order of sections", () => {
  const lines: Section = { kind: "lines", functions: [[{ instruction: 0, line: 1, column: 1 }], []] };
  const emptyLines: Section = { kind: "lines", functions: [[], []] };
  const source: Section = { kind: "source", file: "a" };
  const x: Section = { kind: "unknown", name: "x", bytes: new Uint8Array(0) };
  const y: Section = { kind: "unknown", name: "y\n", bytes: Uint8Array.of(1) };
  const functions = [bytecode("f", [{ op: "NOP", operands: [] }]), foreign("g", "G")];

  test.each<[string, readonly Section[]]>([
    ["none", []],
    ["lines, source", [lines, source]],
    ["source, lines", [source, lines]],
    ["source, x, lines", [source, x, lines]],
    ["x, source", [x, source]],
    ["x, lines, y", [x, lines, y]],
    ["lines, x, source, y, x", [lines, x, source, y, x]],
    ["lines without entries", [emptyLines]],
    ["lines without entries, source", [emptyLines, source]],
    ["source, lines without entries", [source, emptyLines]],
  ])("%s", (_, sections) => {
    const made = classOf(functions, sections);
    const text = disassemble(made, CLASS);
    expect(assemble(text).classFile).toStrictEqual(made);
    expect(decodeClass(encodeClass(made), CLASS)).toStrictEqual(made);
  });

  test("long sections", () => {
    for (const length of [0, 1, 2, 3, 24_575, 24_576, 24_577, 100_000]) {
      const bytes = Uint8Array.from({ length }, (__, i) => (i * 7) & 255);
      const made = classOf([], [{ kind: "unknown", name: "x", bytes }]);
      expect(assemble(disassemble(made, CLASS)).classFile).toEqual(made);
    }
  });
});

describe("version 1", () => {
  const text = (dialect: string, layout: string, regs: number): string => `.class Main
.format 1 ${dialect} ${layout}

.function main arity=2 regs=${regs}
    LOAD_CONST     r0, {a: 1, b!we: :x, c!: function:f}
    OBJECT_INIT    r1, {a: r0, b!wec: 3+4i, c!e: (1,)}
    JOIN_NUMBER    7, r1
.end
`;
  test.each([
    ["middle", "many", 3],
    ["middle", "single", 3],
    ["oldest", "many", 0],
    ["oldest", "single", 0],
  ] as const)("%s, %s", (dialect, layout, regs) => {
    const { classFile, className } = assemble(text(dialect, layout, regs));
    expect(classFile.format).toEqual({ version: 1, dialect, layout });
    const bytes = encodeClass(classFile);
    const decoded = decodeClass(bytes, className);
    expect(disassemble(decoded, className)).toBe(text(dialect, layout, regs));
    expect(encodeClass(assemble(disassemble(decoded, className)).classFile)).toEqual(bytes);
  });

  test("every dialect can be named", () => {
    for (const dialect of DIALECTS) {
      const made = classOf([bytecode(null, [])], [], { version: 1, dialect, layout: "many" });
      expect(assemble(disassemble(made, CLASS)).classFile).toStrictEqual(made);
    }
  });
});

const PACKS = join(import.meta.dirname, "../packs");

/** The classes of every reference file that can be read at all. */
function recordedClasses(): { readonly file: string; readonly classes: readonly ClassBytes[] }[] {
  return ["reference", "samples"].flatMap((folder) => {
    return readdirSync(join(PACKS, folder)).flatMap((file) => {
      const bytes = new Uint8Array(readFileSync(join(PACKS, folder, file)));
      if (file.endsWith(".ionc")) return [{ file, classes: [{ className: CLASS, bytes }] }];
      if (!file.endsWith(".ionpack")) return [];
      const entries = readArchive(bytes).filter(({ name }) => name.endsWith(".ionc"));
      return [{ file, classes: entries.map((entry) => ({ className: entry.name, bytes: entry.bytes })) }];
    });
  });
}

/** Those whose bytes are not canonical: they are written otherwise than they were read. */
const NOT_CANONICAL = new Set(["bool_byte_2.ionpack"]);

test("every class of the reference packs: bytes → text → bytes", () => {
  let read = 0;
  for (const { file, classes } of recordedClasses()) {
    let decoded: ClassFile[];
    try {
      decoded = decodeClasses(classes);
    } catch (error) {
      if (error instanceof LoadError) continue;
      throw error;
    }
    for (const [index, classFile] of decoded.entries()) {
      const { className, bytes } = classes[index];
      const text = disassemble(classFile, className);
      const again = assemble(text);
      expect(again.className).toBe(className);
      expect(disassemble(again.classFile, className)).toBe(text);
      const original = NOT_CANONICAL.has(file) ? encodeClass(classFile) : bytes;
      if (!Buffer.from(encodeClass(again.classFile)).equals(original)) throw new Error(`${file}, ${className} differs`);
      read++;
    }
  }
  expect(read).toBeGreaterThan(500);
});

test.each(FORMATS)("random classes: text and bytes come back the same, %j", (format) => {
  fc.assert(
    fc.property(arbitraryClassFile(format), (classFile) => {
      const text = disassemble(classFile, CLASS);
      const again = assemble(text);
      expect(again.className).toBe(CLASS);
      expect(disassemble(again.classFile, CLASS)).toBe(text);
      expect(encodeClass(again.classFile)).toEqual(encodeClass(classFile));
    }),
    { numRuns: RANDOM_CLASSES },
  );
});

describe("refused, with place and reason", () => {
  const inFunction = (line: string): string => `.function f\n${line}\n.end`;
  test.each([
    ["hello", "1:1: expected a directive such as .function, found `hello`"],
    [".func f", "1:1: no directive .func; did you mean .function?"],
    [".wrong", "1:1: no directive .wrong"],
    [".function f\n NOP", "1:1: function f has no .end"],
    [".function f\n.function g", "2:1: function f has no .end before this"],
    ['.function\n.foreign g "G"', "2:1: the unnamed function has no .end before this"],
    [".end", "1:1: .end without a .function"],
    [".line 1", "1:1: .line outside of a function"],
    [".class A\n.class B", "2:1: the class has a name already"],
    [".class", "1:7: expected the name of the class, an identifier or a text in quotes, found the end of the text"],
    [".class A B", "1:10: expected the end of the line, found `B`"],
    [".format 3", "1:10: no format 3; there are 1 and 2"],
    [".format two", "1:9: expected 1 or 2, the version of the format, found `two`"],
    [".format 1 new", "1:11: expected one of newest, middle, oldest, found `new`"],
    [".format 1 newest one", "1:18: expected one of many, single, found `one`"],
    [".format 1\n.format 2", "2:1: the class has a .format already"],
    [".source x", "1:9: expected the name of the source file, found `x`"],
    ['.source "x"\n.source "y"', "2:1: the class has a .source already"],
    [".lines\n.lines", "2:1: the place of the lines is marked already"],
    ['.section "x" "AAA"', "1:1: the bytes of section x are not base64"],
    ['.section "x" "AA A"', "1:1: the bytes of section x are not base64"],
    ['.section "lines" ""', "1:1: the section lines is written with directives of its own"],
    [".function f arity=1 arity=2", "1:21: arity= stands here twice"],
    [".function f arity=x", "1:19: expected a number, found `x`"],
    [".function f arity=4294967296", "1:19: expected a number up to 4294967295, found `4294967296`"],
    [".function f g", "1:13: expected arity= or regs=, found `g`"],
    [".foreign f", "1:11: expected the name of the foreign function in quotes, found the end of the text"],
    [inFunction("FOO r0"), "2:1: no instruction FOO"],
    [inFunction("add r0, r1, r2"), "2:1: no instruction add; did you mean ADD?"],
    [inFunction("LOADCONST r0, 1"), "2:1: no instruction LOADCONST; did you mean LOAD_CONST?"],
    [inFunction("+3"), "2:1: expected an instruction, a label or .end, found `+3`"],
    [inFunction("ADD r0, r1"), "2:11: ADD takes d, a, b; b is missing"],
    [inFunction("ADD r0 r1, r2"), "2:8: expected `,` (ADD takes d, a, b), found `r1`"],
    [inFunction("ADD r0, r1, r2, r3"), "2:15: expected the end of the line (ADD takes d, a, b), found `,`"],
    [inFunction("YIELD r0"), "2:7: expected the end of the line (YIELD takes no operands), found `r0`"],
    [inFunction("MOVE r0, 1"), "2:10: expected a register such as r0, found `1`"],
    [inFunction("MOVE r0, r4294967296"), "2:10: no register r4294967296: the highest is r4294967295"],
    [inFunction("JUMP 3"), "2:6: expected a label or an offset such as +3 or -2, found `3`"],
    [inFunction("JUMP +2147483648"), "2:6: expected a label or an offset such as +3 or -2, found `+2147483648`"],
    [inFunction("JUMP away"), "2:6: no label away in function f"],
    [inFunction("a:\na:"), "3:1: the label a stands in line 2 already"],
    [inFunction("CALL r0, r1, [r0 r1]"), "2:18: expected `,` or `]`, found `r1`"],
    [inFunction("CALL r0, r1, [r0\nNOP"), "3:1: expected `,` or `]` for the `[` of line 2, found `NOP`"],
    [inFunction("MATCH r0, [(_)]"), "2:14: expected `,`, found `)`"],
    [inFunction("MATCH r0, [(_, +1]"), "2:18: expected `)`, found `]`"],
    [inFunction("LOAD_CONST r0, r1"), "2:16: expected a value, found `r1`"],
    [inFunction("LOAD_CONST r0, 12abc"), "2:16: expected a value, found `12abc`"],
    [inFunction("LOAD_CONST r0, 4i"), "2:16: expected a value, found `4i`"],
    [inFunction("LOAD_CONST r0, (1)"), "2:18: expected `,` (a Tuple of one is written `(a,)`), found `)`"],
    [inFunction("LOAD_CONST r0, {a: 1, a: 2}"), "2:23: the key a stands here twice"],
    [inFunction("LOAD_CONST r0, {a!x: 1}"), "2:19: attributes are some of the letters w, e, c, each once"],
    [inFunction("LOAD_CONST r0, {a!ww: 1}"), "2:19: attributes are some of the letters w, e, c, each once"],
    [inFunction("LOAD_CONST r0, {1: 1}"), "2:17: expected a key, an identifier or a text in quotes, found `1`"],
    [inFunction("LOAD_CONST r0, : a"), "2:18: expected the atom's name, an identifier or a text in quotes, found `a`"],
    [inFunction("LOAD_CONST r0, #a(1, 2)"), "2:20: expected `)`, found `,`"],
    [inFunction('LOAD_CONST r0, "a'), "2:16: a text without an end"],
    [
      inFunction('LOAD_CONST r0, "a\tb"'),
      "2:18: a control character in a text; write an escape such as \\n or \\u0007",
    ],
    [
      inFunction('LOAD_CONST r0, "a\\x"'),
      "2:18: an escape that does not exist; there are \\\" \\' \\\\ \\/ \\b \\f \\n \\r \\t \\u0000",
    ],
    [inFunction("LOAD_CONST r0, \u009b"), "2:16: expected a value, found `\\u009b`"],
    [inFunction(`LOAD_CONST r0, ${"9".repeat(3000)}`), `2:16: expected a value, found \`${"9".repeat(30)}…\``],
  ])("%#: %j", (text, message) => expect(refusal(() => assemble(text, { file: "f" }))).toBe(`f:${message}`));

  test("without a file", () => expect(refusal(() => assemble("x"))).toMatch(/^line 1:1: /));
});

describe("nesting", () => {
  const limit = FIXED_LIMITS.nesting.value;
  const rows = [
    ["[", "]"],
    ["(", ",)"],
    ["{a: ", "}"],
    ["#t(", ")"],
  ];
  test.each(rows)("values in %s", (open, close) => {
    const text = (depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`;
    const made = classOf([bytecode("f", instructionsOf(`LOAD_CONST r0, ${text(limit)}`), [0, 1])]);
    expect(disassemble(made, CLASS)).toContain(text(limit));
    expect(decodeClass(encodeClass(made), CLASS)).toStrictEqual(made);
    expect(refusal(() => readLiteral(text(limit + 1)))).toContain(`nested more than ${limit} deep`);
  });

  test.each(rows)("patterns in %s, with a value inside", (open, close) => {
    const text = (depth: number, inner: number): string => {
      return `${open.repeat(depth)}=${"[".repeat(inner)}${"]".repeat(inner)}${close.repeat(depth)}`;
    };
    const pattern = readPattern(text(limit - 10, 10));
    expect(patternText(pattern)).toBe(text(limit - 10, 10));
    expect(refusal(() => readPattern(text(limit - 10, 11)))).toContain(`nested more than ${limit} deep`);
  });
});

describe("large texts", () => {
  test("take time in proportion", () => {
    const jumps = 100_000;
    const body = Array.from({ length: jumps }, (_, i) => `l${i}: JUMP l${(i * 7919) % jumps}`).join("\n");
    const instructions = instructionsOf(body);
    expect(instructions).toHaveLength(jumps);
    expect(instructions[1]).toEqual({ op: "JUMP", operands: [7918] });
    const text = disassemble(classOf([bytecode("f", instructions)]), CLASS);
    expect(instructionsOf(text.split("\n").slice(3, -2).join("\n"))).toEqual(instructions);
  });

  test.each([
    ["digits", ".function f\nJUMP +"],
    ["a name", ".function "],
    ["a mnemonic", ".function f\n"],
    ["a register", ".function f\nRECEIVE r"],
  ])("no stack overflow from %s without end", (_, start) => {
    expect(refusal(() => assemble(start + "0".repeat(5_000_000)))).toMatch(/^line \d+:\d+: /);
    expect(refusal(() => assemble(start + "a".repeat(5_000_000)))).toMatch(/^line \d+:\d+: /);
  });
});

test("damaged text is refused or means something, and nothing else", () => {
  const pieces = ["", "\n", "r1", "-0", "function:", ...`[](){},:#@!"'\\; =.`];
  const place = fc.noBias(fc.nat({ max: PAGE.length - 1 }));
  const damage = fc.tuple(place, fc.nat({ max: 3 }), fc.constantFrom(...pieces));
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      let text = PAGE;
      for (const [at, deleted, inserted] of damages) {
        text = text.slice(0, at) + inserted + text.slice(at + deleted);
      }
      let read: ReturnType<typeof assemble>;
      try {
        read = assemble(text);
      } catch (error) {
        expect(error).toBeInstanceOf(LoadError);
        expect((error as LoadError).message).toMatch(/^line \d+:\d+: [^\n]+$/);
        return;
      }
      accepted++;
      const canonical = disassemble(read.classFile, read.className);
      expect(assemble(canonical)).toStrictEqual(read);
    }),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(0);
});

describe("the page of instructions", () => {
  const page = instructionPage();
  test.each(MNEMONICS)("has %s", (op) => expect(page).toMatch(new RegExp(`\\| [0-9A-F]{2} \\| \`${op}[ \`]`)));
  test("has no broken tables", () => {
    const bars = page.split("\n").filter((line) => line.startsWith("|"));
    expect(bars.filter((line) => !line.endsWith(" |") && !line.endsWith("---|"))).toEqual([]);
    expect(page).not.toMatch(/\]\(/);
  });
});
