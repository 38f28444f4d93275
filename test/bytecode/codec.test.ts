/** Bytes, class files and assembly text stand for each other. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { assemble } from "../../src/bytecode/assemble.ts";
import { decodeClass, decodeClasses } from "../../src/bytecode/decode.ts";
import { disassemble } from "../../src/bytecode/disassemble.ts";
import { encodeClass } from "../../src/bytecode/encode.ts";
import { LoadError } from "../../src/errors.ts";
import { arbitraryClassFile, FORMATS } from "../support/arbitrary.ts";

const PACKS = join(import.meta.dirname, "../packs");
const FILES = ["samples", "reference"].flatMap((folder) =>
  readdirSync(join(PACKS, folder))
    .filter((name) => !name.endsWith(".jsonl"))
    .map((name) => join(folder, name)),
);

/** Classes of a pack, or a class file alone; none if the archive itself is damaged. */
function classesOf(file: string): { className: string; bytes: Uint8Array }[] {
  const bytes = new Uint8Array(readFileSync(join(PACKS, file)));
  if (file.endsWith(".ionc")) return [{ className: "Main", bytes }];
  return Object.entries(unzipSync(bytes))
    .filter(([name]) => name.endsWith(".ionc"))
    .map(([name, content]) => ({ className: name, bytes: content }));
}

/** Packs that must be refused, and one whose Boolean byte is 2: it loads and is written canonical. */
const DAMAGED = /bad_access|cls_|fn_type|huge_|pat_tag|val_tag/;
const NOT_CANONICAL = /bool_byte_2/;

describe("every pack", () => {
  it("bytes → class → bytes, and bytes → text → bytes", () => {
    let classes = 0;
    for (const file of FILES.filter((name) => !DAMAGED.test(name) && !NOT_CANONICAL.test(name))) {
      const files = classesOf(file);
      decodeClasses(files).forEach((decoded, i) => {
        classes++;
        expect(encodeClass(decoded), file).toEqual(files[i].bytes);
        const text = disassemble(decoded, "Main");
        expect(encodeClass(assemble(text).classFile), file).toEqual(files[i].bytes);
      });
    }
    expect(classes).toBeGreaterThan(530);
  });

  it("has the dialect that fits all its classes", () => {
    const dialectOf = (name: string): string => {
      const { format } = decodeClasses(classesOf(`samples/${name}.ionpack`))[0];
      return format.version === 1 ? `${format.dialect} ${format.layout}` : "2";
    };
    expect(
      ["hello", "history-6a78734-hello", "history-79c06b1-main", "history-100aa00-main", "mesh-test_area"].map(
        dialectOf,
      ),
    ).toMatchInlineSnapshot(`
      [
        "newest single",
        "oldest single",
        "middle single",
        "middle single",
        "newest many",
      ]
    `);
  });
});

/** 10,000 in all. */
const RUNS = Math.ceil(10_000 / FORMATS.length);

describe("random class files", () => {
  it.each(FORMATS)("class → bytes → class, and class → text → class: %o", (format) => {
    fc.assert(
      fc.property(arbitraryClassFile(format), (made) => {
        const bytes = encodeClass(made);
        const decoded = decodeIn(bytes, format);
        if (decoded !== null) expect(encodeClass(decoded)).toEqual(bytes);
        const text = disassemble(made, "Main");
        const again = assemble(text);
        expect(encodeClass(again.classFile)).toEqual(bytes);
        expect(disassemble(again.classFile, again.className)).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });
});

/** Version 1 bytes may fit a newer dialect too, which then wins; null in that case. */
function decodeIn(bytes: Uint8Array, format: (typeof FORMATS)[number]): ReturnType<typeof decodeClass> | null {
  const decoded = decodeClass(bytes, "Main");
  const same = JSON.stringify(decoded.format) === JSON.stringify(format);
  if (format.version === 2 || format.dialect === "newest") expect(decoded.format).toEqual(format);
  return same ? decoded : null;
}

describe("damaged class files", () => {
  const sources = ["samples/mesh-test_area.ionpack", "samples/unified-actors.ionpack", "reference/match.ionpack"];

  it.each(sources)("%s: every byte changed, every prefix: a LoadError or a class", (file) => {
    const [{ bytes }] = classesOf(file);
    const tryDecode = (damaged: Uint8Array): void => {
      try {
        decodeClass(damaged, "Main");
      } catch (error) {
        if (!(error instanceof LoadError)) throw error;
        expect(error.message).not.toMatch(/\n/);
      }
    };
    for (let i = 0; i < bytes.length; i++) {
      tryDecode(bytes.subarray(0, i));
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = bytes.slice();
        damaged[i] ^= flip;
        tryDecode(damaged);
      }
    }
  });

  it("random bytes behind the magic", () => {
    const magic = [0x49, 0x4f, 0x4e, 0x42, 0x43, 1, 0, 0];
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 3), fc.uint8Array({ maxLength: 60 }), (version, rest) => {
        try {
          decodeClass(Uint8Array.from([...magic, version, 0, 0, 0, 1, 0, 0, 0, 0, ...rest]), "Main");
        } catch (error) {
          expect(error).toBeInstanceOf(LoadError);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("a million nested arrays are refused before they are read", () => {
    const head = [0x49, 0x4f, 0x4e, 0x42, 0x43, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const load = [1, 0, 0, 0, 1, 0, 0, 0, 0];
    const nested = new Uint8Array(head.length + load.length + 5_000_000);
    nested.set([...head, ...load]);
    for (let at = head.length + load.length; at < nested.length; at += 5) nested.set([6, 1, 0, 0, 0], at);
    expect(() => decodeClass(nested, "Main")).toThrow(/nested more than 1000 deep/);
  });
});
