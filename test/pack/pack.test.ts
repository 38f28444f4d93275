import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FunctionBuilder } from "../../src/bytecode/builder.ts";
import { encodeClass } from "../../src/bytecode/encode.ts";
import type { ClassFile, FunctionRecord } from "../../src/bytecode/model.ts";
import { LoadError } from "../../src/errors.ts";
import { ClassBuilder, PackBuilder } from "../../src/pack/builder.ts";
import { manifestOf } from "../../src/pack/manifest.ts";
import { findEntry, loadFile, type Pack, packOfClass, readPack, sniff, writePack } from "../../src/pack/pack.ts";
import { readArchive } from "../../src/pack/zip-reader.ts";
import { type RawEntry, rawZip, utf8 } from "../support/zip.ts";

const FORTY_TWO = new FunctionBuilder("main");
FORTY_TWO.emit("RETURN", FORTY_TWO.constant(42));

function packWith(className: string, ...names: readonly (string | null)[]): Pack {
  return new PackBuilder()
    .addClass(
      className,
      names.map((name) => new FunctionBuilder(name)),
    )
    .build();
}
const CLASS: ClassFile = packWith("Main", "main").classes.get("Main")!;
const MANIFEST: RawEntry = { name: "META-INF/MANIFEST.ion", content: "Name: n\nMain-Class: Main\n" };
const MAIN: RawEntry = { name: "classes/Main.ionc", content: encodeClass(CLASS) };

const REFERENCE = "test/packs/reference";
const SAMPLES = "test/packs/samples";
interface Expectation {
  readonly pack: string;
  readonly fails?: true;
}
const EXPECTED = readFileSync(`${REFERENCE}/expected.jsonl`, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Expectation);

function loadsAndStarts(path: string): void {
  findEntry(loadFile(readFileSync(path), { file: path }));
}

describe("the reference implementation's packs", () => {
  for (const { pack, fails } of EXPECTED.filter((row) => row.fails)) {
    test(`${pack} is refused: ${fails}`, () => {
      expect(() => loadsAndStarts(`${REFERENCE}/${pack}`)).toThrow(LoadError);
    });
  }

  test("all others load, and have a function to begin with", () => {
    const loaded = EXPECTED.filter((row) => !row.fails);
    expect(loaded.length).toBeGreaterThan(400);
    for (const { pack } of loaded) expect(() => loadsAndStarts(`${REFERENCE}/${pack}`), pack).not.toThrow();
  });

  test("the samples too, packs and class files", () => {
    const names = readdirSync(SAMPLES).filter((name) => /\.ionp?a?c[ck]?$/.test(name));
    expect(names.length).toBeGreaterThan(30);
    for (const name of names) expect(() => loadsAndStarts(`${SAMPLES}/${name}`), name).not.toThrow();
  });

  test("written and read again they are the same", () => {
    for (const [folder, names] of [
      [SAMPLES, readdirSync(SAMPLES).filter((name) => name.endsWith(".ionpack"))],
      [
        REFERENCE,
        EXPECTED.filter((row) => !row.fails)
          .map((row) => row.pack)
          .filter((_, i) => i % 10 === 0),
      ],
    ] as const) {
      for (const name of names) {
        const pack = readPack(readFileSync(`${folder}/${name}`));
        const bytes = writePack(pack);
        expect(readPack(bytes), name).toEqual(pack);
        expect(writePack(readPack(bytes)), name).toEqual(bytes);
      }
    }
  });
});

describe("readPack", () => {
  const FILES: readonly RawEntry[] = [
    MANIFEST,
    MAIN,
    { name: "classes/deep/er/Other.ionc", content: encodeClass(CLASS) },
    { name: "classes/notes.txt", content: "1" },
    { name: "resources/a/b.txt", content: "2" },
    { name: "resources/__proto__", content: "3" },
    { name: "lib/libm.so", content: "4" },
    { name: "src/Main.ion", content: "5" },
    { name: "README", content: "6" },
    { name: "lib/", method: 0 },
  ];

  test("sorts files by their folders", () => {
    const pack = readPack(rawZip(FILES));
    expect([...pack.classes.keys()]).toEqual(["Main", "deep/er/Other"]);
    expect(pack.manifest.get("name")).toBe("n");
    const files = (map: ReadonlyMap<string, Uint8Array>) =>
      [...map].map(([name, bytes]) => [name, String.fromCharCode(...bytes)]);
    expect(files(pack.resources)).toEqual([
      ["a/b.txt", "2"],
      ["__proto__", "3"],
    ]);
    expect(files(pack.libraries)).toEqual([["libm.so", "4"]]);
    expect(files(pack.sources)).toEqual([["Main.ion", "5"]]);
    expect(files(pack.others)).toEqual([
      ["classes/notes.txt", "1"],
      ["README", "6"],
    ]);
    expect(readPack(writePack(pack))).toEqual(pack);
  });

  test.each<[string, readonly RawEntry[], RegExp]>([
    ["no manifest", [MAIN], /^p\.ionpack: the pack has no META-INF\/MANIFEST\.ion$/],
    [
      "a bad manifest",
      [{ ...MANIFEST, content: "a: b\nc" }, MAIN],
      /^p\.ionpack, entry META-INF\/MANIFEST\.ion: line 2 has no colon: c$/,
    ],
    [
      "a class without a name",
      [MANIFEST, { ...MAIN, name: "classes/.ionc" }],
      /^p\.ionpack, entry classes\/\.ionc: a class needs a name$/,
    ],
    [
      "a bad class that nothing uses",
      [MANIFEST, MAIN, { ...MAIN, name: "classes/X.ionc", content: "bad" }],
      /^p\.ionpack, class X/,
    ],
    ["a damaged archive", [MANIFEST, { ...MAIN, crc: 1 }], /^p\.ionpack, entry classes\/Main\.ionc, byte \d+: damaged/],
  ])("refuses %s", (_, entries, message) => {
    expect(() => readPack(rawZip(entries), { file: "p.ionpack" })).toThrow(LoadError);
    expect(() => readPack(rawZip(entries), { file: "p.ionpack" })).toThrow(message);
  });

  test("refuses or takes packs with any byte changed", () => {
    const bytes = new PackBuilder({ name: "n" }).addClass("Main", [FORTY_TWO]).addResource("r", "text").toBytes();
    let refused = 0;
    for (let at = 0; at < bytes.length; at++) {
      for (const change of [1, 0xff]) {
        const changed = bytes.slice();
        changed[at] ^= change;
        try {
          findEntry(loadFile(changed, { file: "p" }));
        } catch (error) {
          if (!(error instanceof LoadError)) throw error;
          refused++;
        }
      }
    }
    expect(refused).toBeGreaterThan(bytes.length);
  });
});

describe("writePack", () => {
  const first = new PackBuilder({ name: "n" })
    .addClass("A", [FORTY_TWO])
    .addClass("B", [FORTY_TWO])
    .addResource("r", "1")
    .addSource("s", "2")
    .build();
  const second = new PackBuilder({ name: "n", mainClass: "A" })
    .addSource("s", "2")
    .addResource("r", utf8("1"))
    .addClass("B", [FORTY_TWO])
    .addClass("A", [FORTY_TWO])
    .build();

  test("gives equal bytes for equal packs, the manifest first", () => {
    const bytes = writePack(first);
    expect(writePack(second)).toEqual(bytes);
    expect(readArchive(bytes).map(({ name }) => name)).toEqual([
      "META-INF/MANIFEST.ion",
      "classes/A.ionc",
      "classes/B.ionc",
      "resources/r",
      "src/s",
    ]);
  });

  const nothing = new Uint8Array();
  const twoDialects = (["newest", "oldest"] as const).map((dialect): [string, ClassFile] => {
    return [dialect, { ...CLASS, format: { version: 1, dialect, layout: "many" } }];
  });
  test.each<[string, Partial<Pack>, RegExp]>([
    ["a class without a name", { classes: new Map([["", CLASS]]) }, /a class needs a name/],
    ["a class outside", { classes: new Map([["../../x", CLASS]]) }, /the name has the part \.\./],
    ["classes of two dialects", { classes: new Map(twoDialects) }, /^class oldest: of the oldest dialect, but another/],
    ["a resource without a name", { resources: new Map([["", nothing]]) }, /ends in \//],
    ["a resource outside", { resources: new Map([["../x", nothing]]) }, /the name has the part \.\./],
    ["a class among the others", { others: new Map([["classes/X.ionc", nothing]]) }, /read as its classes/],
    ["a resource among the others", { others: new Map([["resources/x", nothing]]) }, /read as its resources/],
    ["a second manifest", { others: new Map([["META-INF/MANIFEST.ion", nothing]]) }, /read as its manifest/],
    ["a manifest value of two lines", { manifest: manifestOf({ name: "a\nb" }) }, /no value of Name can be/],
  ])("refuses %s", (_, part, message) => {
    expect(() => writePack({ ...first, ...part })).toThrow(LoadError);
    expect(() => writePack({ ...first, ...part })).toThrow(message);
  });
});

describe("findEntry", () => {
  const foreign: FunctionRecord = { name: "main", arity: 0, extraRegs: 0, body: { kind: "foreign", target: "Sqrt" } };
  const one = new FunctionBuilder("one", { arity: 1 });
  const entryOf = (pack: Pack, entryPoint?: string, mainClass = "Main") =>
    findEntry({ ...pack, manifest: manifestOf({ mainClass, ...(entryPoint === undefined ? {} : { entryPoint }) }) });

  test.each<[string, Pack, string | undefined, number]>([
    ["the one that is named", packWith("Main", "main", "a", "b"), "b", 2],
    ["one that is named and takes arguments", new PackBuilder().addClass("Main", [FORTY_TWO, one]).build(), "one", 1],
    ["main", packWith("Main", "a", "main"), undefined, 1],
    [
      "the first without arguments",
      new PackBuilder().addClass("Main", [one, new FunctionBuilder(null)]).build(),
      undefined,
      1,
    ],
    [
      "never a foreign one by default",
      new PackBuilder().addClass("Main", [{ ...foreign, name: "f" }, new FunctionBuilder("a")]).build(),
      undefined,
      1,
    ],
    ["the only one, whatever it takes", new PackBuilder().addClass("Main", [one]).build(), undefined, 0],
    ["the first of two with the name", packWith("Main", "a", "b", "b"), "b", 1],
  ])("takes %s", (_, pack, entryPoint, functionIndex) => {
    expect(entryOf(pack, entryPoint)).toEqual({ className: "Main", functionIndex });
  });

  test.each<[string, () => unknown, string]>([
    [
      "no Main-Class",
      () => findEntry({ ...packWith("Main", "main"), manifest: manifestOf({}) }),
      "entry META-INF/MANIFEST.ion: the manifest names no Main-Class",
    ],
    [
      "a Main-Class that is not there",
      () => entryOf(packWith("Other", "main")),
      "there is no Main-Class Main; the pack has the class Other",
    ],
    [
      "no classes at all",
      () => entryOf(new PackBuilder().build()),
      "there is no Main-Class Main; the pack has no classes",
    ],
    [
      "an Entry-Point that is not there",
      () => entryOf(packWith("Main", "a", null), "b"),
      "class Main: there is no function b to begin with; the class has the functions a, (unnamed)",
    ],
    [
      "an Entry-Point that is not there, though main is",
      () => entryOf(packWith("Main", "main"), "b"),
      "class Main: there is no function b to begin with; the class has the function main",
    ],
    [
      "nothing that could be meant",
      () => entryOf(new PackBuilder().addClass("Main", [one, one]).build()),
      "class Main: there is no function main, and none without arguments to begin with; the class has the functions one, one",
    ],
    [
      "a foreign function",
      () => entryOf(new PackBuilder().addClass("Main", [foreign]).build()),
      "class Main: main is a foreign function; a run cannot begin with it",
    ],
    [
      "a great many functions",
      () => entryOf(packWith("Main", ..."abcdefghijklm"), "z"),
      "class Main: there is no function z to begin with; the class has the functions a, b, c, d, e, f, g, h, i, j, …",
    ],
  ])("refuses %s", (_, run, message) => {
    expect(run).toThrow(LoadError);
    expect(run).toThrow(new RegExp(`^${message.replace(/[()./]/g, "\\$&")}$`));
  });
});

describe("what a file is", () => {
  const text = ".class Named\n.function main arity=0 regs=1\n  LOAD_CONST r0, 42\n  RETURN r0\n.end\n";
  const unnamed = text.replace(".class Named\n", "");
  const single = readFileSync(`${SAMPLES}/history-6a78734-test.ionc`);

  test.each<[string, Uint8Array, ReturnType<typeof sniff>]>([
    ["an archive", rawZip([]), "pack"],
    ["anything that begins like one", utf8("PK"), "pack"],
    ["a class file", encodeClass(CLASS), "class"],
    ["a class file of one function", single, "class"],
    ["assembly", utf8(text), "assembly"],
    ["nothing", new Uint8Array(), "assembly"],
  ])("sniff: %s", (_, bytes, kind) => {
    expect(sniff(bytes)).toBe(kind);
  });

  test.each<[string, Uint8Array, string, string | undefined, string]>([
    ["a class file, by its own name", encodeClass(CLASS), "some/folder/My.Class.ionc", undefined, "My.Class"],
    ["a class file without suffix", encodeClass(CLASS), "C:\\x\\Main", undefined, "Main"],
    ["a class file named like a suffix", encodeClass(CLASS), "x/.ionc", undefined, ".ionc"],
    ["a class file on standard input", encodeClass(CLASS), "-", undefined, "Main"],
    ["a class file with a name given", encodeClass(CLASS), "x.ionc", "Given", "Given"],
    ["a class file of one function", single, "test.ionc", undefined, "test"],
    ["assembly, by its own name", utf8(unnamed), "a/prog.ionasm", undefined, "prog"],
    ["assembly that names its class", utf8(text), "a/prog.ionasm", undefined, "Named"],
    ["assembly on standard input", utf8(unnamed), "-", undefined, "Main"],
    ["assembly with a byte order mark", utf8(`\ufeff${unnamed}`), "-", undefined, "Main"],
  ])("loadFile: %s", (_, bytes, file, className, expected) => {
    const pack = loadFile(bytes, className === undefined ? { file } : { file, className });
    expect([...pack.classes.keys()]).toEqual([expected]);
    expect(pack.manifest.get("mainClass")).toBe(expected);
    expect(findEntry(pack)).toEqual({ className: expected, functionIndex: 0 });
  });

  test.each<[string, Uint8Array, RegExp]>([
    ["an archive that is none", utf8("PKx"), /^x\.bin: not a ZIP archive/],
    [
      "bytes that are nothing",
      new Uint8Array([0xff, 0xfe, 0]),
      /^x\.bin: neither a pack nor a class file, and not the UTF-8 text/,
    ],
    ["a class file cut off", encodeClass(CLASS).slice(0, -1), /^x\.bin, class x\b/],
    ["text that is no assembly", utf8("hello"), /^x\.bin:1/],
  ])("loadFile refuses %s", (_, bytes, message) => {
    expect(() => loadFile(bytes, { file: "x.bin" })).toThrow(LoadError);
    expect(() => loadFile(bytes, { file: "x.bin" })).toThrow(message);
  });

  test("packOfClass gives a pack that runs the class", () => {
    const pack = packOfClass(CLASS, "Some");
    expect(findEntry(pack)).toEqual({ className: "Some", functionIndex: 0 });
    expect(readPack(writePack(pack))).toEqual(pack);
  });
});

describe("ClassBuilder", () => {
  const first = new FunctionBuilder("first");
  first.at(1).at(2, 7).emit("NOP").emit("NOP").at(3).emit("NOP");
  const record: FunctionRecord = { name: "sqrt", arity: 1, extraRegs: 0, body: { kind: "foreign", target: "Sqrt" } };

  test("lines and source become sections", () => {
    const built = new ClassBuilder({ source: "a.ion" }).add(first, record).build();
    expect(built.format).toEqual({ version: 2 });
    expect(built.functions).toEqual([first.build(), record]);
    expect(built.sections).toEqual([
      {
        kind: "lines",
        functions: [
          [
            { instruction: 0, line: 2, column: 7 },
            { instruction: 2, line: 3, column: 1 },
          ],
          [],
        ],
      },
      { kind: "source", file: "a.ion" },
    ]);
  });

  test("no sections without them", () => {
    expect(new ClassBuilder().add(record).build().sections).toEqual([]);
  });
});

describe("PackBuilder", () => {
  test("builds what can be read again", () => {
    const builder = new PackBuilder({
      name: "n",
      version: "1.2",
      mainClass: "Main",
      entryPoint: "main",
      exports: ["a", "b"],
    })
      .addClass("Main", [FORTY_TWO], { source: "Main.ts" })
      .addClass("Other", CLASS)
      .addResource("greeting.txt", "hello")
      .addLibrary("libx.so", new Uint8Array([1, 2]))
      .addSource("Main.ts", "…");
    const pack = builder.build();
    expect(readPack(builder.toBytes())).toEqual(pack);
    expect(findEntry(pack)).toEqual({ className: "Main", functionIndex: 0 });
    expect(pack.manifest.get("exports")).toEqual(["a", "b"]);
    expect(pack.classes.get("Main")!.sections).toEqual([{ kind: "source", file: "Main.ts" }]);
  });

  test("the first class is the main class", () => {
    expect(packWith("Start", "main").manifest.get("mainClass")).toBe("Start");
  });

  test.each<[string, (builder: PackBuilder) => unknown]>([
    ["class A", (b) => b.addClass("A", []).addClass("A", [])],
    ["resource r", (b) => b.addResource("r", "").addResource("r", "")],
    ["library l", (b) => b.addLibrary("l", "").addLibrary("l", "")],
    ["source s", (b) => b.addSource("s", "").addSource("s", "")],
  ])("refuses a second %s", (what, add) => {
    expect(() => add(new PackBuilder())).toThrow(new Error(`two of one name: ${what}`));
  });
});
