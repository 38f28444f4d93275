import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LoadError } from "../../src/errors.ts";
import { Manifest, type ManifestFields, manifestOf, parseManifest, writeManifest } from "../../src/pack/manifest.ts";
import { utf8 } from "../support/zip.ts";

describe("parseManifest", () => {
  test.each<[string, string, [string, string][]]>([
    ["nothing", "", []],
    ["a line without an end", "Name: a", [["Name", "a"]]],
    [
      "lines in their order",
      "B: 2\nA: 1\n",
      [
        ["B", "2"],
        ["A", "1"],
      ],
    ],
    [
      "CRLF",
      "A: 1\r\nB: 2\r\n",
      [
        ["A", "1"],
        ["B", "2"],
      ],
    ],
    ["a byte order mark", "\ufeffA: 1\n", [["A", "1"]]],
    ["comments and empty lines", "# A: 0\n\n  \n  # B\nA: 1\n", [["A", "1"]]],
    ["the first colon", "A: b: c:d\n", [["A", "b: c:d"]]],
    [
      "no blanks, and many",
      "A:1\n  B \t:   2  \n",
      [
        ["A", "1"],
        ["B", "2"],
      ],
    ],
    ["an empty value", "A:\n", [["A", ""]]],
    [
      "the last of a repeated key, at the first's place",
      "A: 1\nB: 2\nA: 3\n",
      [
        ["A", "3"],
        ["B", "2"],
      ],
    ],
    [
      "keys that differ in case only",
      "A: 1\na: 2\n",
      [
        ["A", "1"],
        ["a", "2"],
      ],
    ],
    [
      "keys that mean something to JavaScript",
      "__proto__: 1\nconstructor: 2\n",
      [
        ["__proto__", "1"],
        ["constructor", "2"],
      ],
    ],
    ["any letters", "Author: Zoë ☃ 𝄞\n", [["Author", "Zoë ☃ 𝄞"]]],
  ])("takes %s", (_, text, entries) => {
    expect([...parseManifest(utf8(text)).entries]).toEqual(entries);
  });

  test.each<[string, string | Uint8Array, string]>([
    ["a line without a colon", "A: 1\n\nno colon\n", "line 3 has no colon: no colon"],
    ["a continuation", "A: 1\n more", "line 2 has no colon: more"],
    ["a terminal's control characters", "\u001b[2J", "line 1 has no colon: \\u001b[2J"],
    ["a line without a key", "A: 1\n: 2\n", "line 2 has no key before its colon"],
    ["bytes that are no UTF-8", new Uint8Array([65, 58, 10, 66, 58, 0xff]), "line 2 is not valid UTF-8"],
    ["more than a megabyte", new Uint8Array(2 ** 20 + 1), "1048577 bytes, more than the 1048576 allowed"],
  ])("refuses %s", (_, text, message) => {
    expect(() => parseManifest(utf8(text))).toThrow(new LoadError(message, { entry: "META-INF/MANIFEST.ion" }));
  });
});

describe("Manifest.get", () => {
  const manifest = parseManifest(
    utf8(
      "IonPack-Version: 1.0\nName: n\nVersion: 2\nMain-Class: M\nEntry-Point: e\nDescription: d\nAuthor: a\nDependencies: x, y ,, z\nFFI-Libraries: l\nExports:\n",
    ),
  );
  const expected: Required<ManifestFields> = {
    ionPackVersion: "1.0",
    name: "n",
    version: "2",
    mainClass: "M",
    entryPoint: "e",
    description: "d",
    author: "a",
    dependencies: ["x", "y", "z"],
    ffiLibraries: ["l"],
    exports: [],
  };
  test.each(Object.entries(expected) as [keyof ManifestFields, unknown][])("%s", (field, value) => {
    expect(manifest.get(field)).toEqual(value);
    expect(new Manifest().get(field)).toBeUndefined();
  });
});

describe("manifestOf", () => {
  test("writes the known keys in their order", () => {
    const manifest = manifestOf({ exports: ["a", "b"], mainClass: "M", name: "n" });
    expect(new TextDecoder().decode(writeManifest(manifest))).toBe(
      "IonPack-Version: 1.0\nName: n\nMain-Class: M\nExports: a, b\n",
    );
  });

  test.each(["a,b", "", " a"])("refuses %j as a part of a list", (part) => {
    expect(() => manifestOf({ dependencies: ["ok", part] })).toThrow(/^Dependencies: .* cannot be part of a list/);
  });
});

describe("writeManifest", () => {
  test.each<[string, string]>([
    ["A", "1\n2"],
    ["A", "line\r"],
    ["A", " 1"],
    ["A", "1\t"],
    ["A", "\ufeff"],
    ["A", "\ud800"],
    ["", "1"],
    ["A:B", "1"],
    ["A\nB", "1"],
    ["#A", "1"],
    ["A ", "1"],
    ["\udc00", "1"],
  ])("refuses the key %j with the value %j", (key, value) => {
    expect(() => writeManifest(new Manifest([[key, value]]))).toThrow(LoadError);
  });

  test("refuses what is too long to be read", () => {
    expect(() => writeManifest(new Manifest([["A", "a".repeat(2 ** 20)]]))).toThrow(/more than the 1048576 allowed/);
  });

  test("gives what parseManifest reads, or refuses", () => {
    const text = fc.string({ unit: fc.constantFrom(..."aZ:#, \t\r\n\ufeff\ud800é\u2028\u0085_") });
    let written = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (entries) => {
        const manifest = new Manifest(entries);
        let bytes: Uint8Array;
        try {
          bytes = writeManifest(manifest);
        } catch (error) {
          if (!(error instanceof LoadError)) throw error;
          return;
        }
        written++;
        expect([...parseManifest(bytes).entries]).toEqual([...manifest.entries]);
      }),
      { numRuns: 2000 },
    );
    expect(written).toBeGreaterThan(100);
  });
});
