import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LoadError } from "../../src/errors.ts";
import { FIXED_LIMITS } from "../../src/limits.ts";
import { crc32 } from "../../src/pack/crc32.ts";
import { type ArchiveEntry, CENTRAL, END, LOCAL, readRecord } from "../../src/pack/zip-format.ts";
import { readArchive } from "../../src/pack/zip-reader.ts";
import { writeArchive } from "../../src/pack/zip-writer.ts";
import { joined, le, type RawArchive, type RawEntry, rawZip, utf8 } from "../support/zip.ts";

const TEXT = "text ".repeat(20);
const A: RawEntry = { name: "a", content: TEXT };
const B: RawEntry = { name: "b", content: "other" };
const MODE = (mode: number): number => mode * 2 ** 16;
/** An extra field of four bytes. */
const EXTRA = (id: number): Uint8Array => le([2, id], [2, 4], [4, 0]);

function contents(entries: readonly ArchiveEntry[]): [string, string][] {
  return entries.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]);
}

/** What was thrown, which must be a LoadError. */
function refusal(bytes: Uint8Array): LoadError {
  try {
    readArchive(bytes);
  } catch (error) {
    if (error instanceof LoadError) return error;
    throw error;
  }
  throw new Error("was not refused");
}

describe("readArchive takes", () => {
  const rows: readonly (readonly [string, readonly RawEntry[], RawArchive?, [string, string][]?])[] = [
    ["nothing at all", []],
    ["deflated and stored files", [A, { ...B, method: 0 }]],
    ["an empty file", [{ name: "empty", content: "", method: 0 }]],
    ["an empty file, deflated", [{ name: "empty", content: "" }]],
    [
      "folders, and leaves them out",
      [{ name: "f/", method: 0, attributes: MODE(0o040755) + 0x10 }, A],
      {},
      [["a", TEXT]],
    ],
    ["regular files of Unix", [{ ...A, attributes: MODE(0o100644) }]],
    ["files of other systems", [{ ...A, madeBy: 20, attributes: 0x20 }]],
    ["names in UTF-8 that are marked", [{ ...A, name: "schön/☃", flags: 1 << 11 }]],
    [
      "__proto__ and constructor",
      [
        { ...A, name: "__proto__" },
        { ...B, name: "constructor" },
      ],
    ],
    ["how hard the compressor tried", [{ ...A, flags: 6 }]],
    ["extra fields with a time", [{ ...A, extra: EXTRA(0x5455) }]],
    ["a comment", [A], { comment: utf8("hello") }],
    ["a comment of the greatest length", [A], { comment: new Uint8Array(0xffff) }],
    ["bytes that nothing refers to", [A], { beforeDirectory: utf8("unused") }],
    [
      "a descriptor behind the data",
      [{ ...A, flags: 8, local: { crc: 0, size: 0, packedSize: 0 }, trailer: descriptorOf(TEXT, 0x08074b50) }, B],
    ],
    [
      "a descriptor without signature",
      [{ ...A, flags: 8, local: { crc: 0, size: 0, packedSize: 0 }, trailer: descriptorOf(TEXT) }, B],
    ],
    [
      "an archive in an archive",
      [{ name: "inner.zip", content: rawZip([B]), method: 0 }],
      {},
      [["inner.zip", new TextDecoder().decode(rawZip([B]))]],
    ],
  ];
  for (const [name, entries, archive, expected] of rows) {
    test(name, () => {
      const plain = entries.map((entry) => [entry.name, new TextDecoder().decode(utf8(entry.content ?? ""))]);
      expect(contents(readArchive(rawZip(entries, archive)))).toEqual(expected ?? plain);
    });
  }

  test("as many entries as a ZIP archive can have", () => {
    const entries = Array.from({ length: 0xffff }, (_, i) => ({ name: `f${i}`, method: 0 }));
    expect(readArchive(rawZip(entries))).toHaveLength(0xffff);
  });
});

function descriptorOf(content: string, signature?: number): Uint8Array {
  const [{ packedSize, crc, size }] = [readRecord(viewOf(rawZip([{ name: "", content }])), 0, LOCAL)!];
  return joined([
    signature === undefined ? new Uint8Array() : le([4, signature]),
    le([4, crc], [4, packedSize], [4, size]),
  ]);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

describe("readArchive refuses", () => {
  const NAMES: readonly (readonly [string | Uint8Array, RegExp])[] = [
    ["", /is empty/],
    ["../x", /has the part \.\./],
    ["a/../b", /has the part \.\./],
    ["..", /has the part \.\./],
    ["a/./b", /has the part \./],
    ["a//b", /has an empty part/],
    ["//", /is absolute/],
    ["/etc/passwd", /is absolute/],
    ["a\\b", /holds a backslash/],
    ["C:x", /drive letter/],
    ["c:/x", /drive letter/],
    ["a\0b", /control character \\u0000/],
    ["a\nb", /control character \\u000a/],
    ["a\u007f", /control character/],
    ["a\u0085", /control character/],
    [new Uint8Array([0xff]), /not valid UTF-8/],
    [new Uint8Array([0xed, 0xa0, 0x80]), /not valid UTF-8/],
  ];
  test.each(NAMES)("the name %j", (name, message) => {
    expect(refusal(rawZip([A, { ...B, name, flags: 1 << 11 }])).message).toMatch(message);
  });

  const rows: readonly (readonly [string, readonly RawEntry[], RegExp, RawArchive?])[] = [
    ["a name that is not ASCII and not marked", [{ ...A, name: "ä" }], /not ASCII/],
    ["two entries of one name", [A, B, A], /entry a, byte \d+: two entries of this name/],
    ["a wrong checksum", [{ ...A, crc: 1 }], /entry a, byte \d+: damaged/],
    ["a wrong checksum of a stored file", [{ ...B, method: 0, crc: 1 }], /entry b, byte \d+: damaged/],
    ["a wrong checksum of an empty file", [{ name: "e", method: 0, crc: 1 }], /damaged/],
    ["another method", [{ ...A, method: 12, packed: utf8(TEXT) }], /method 12/],
    ["encryption", [{ ...A, flags: 1 }], /encrypted/],
    ["strong encryption", [{ ...A, flags: 1 << 6 }], /encrypted/],
    ["masked headers", [{ ...A, flags: 1 << 13 }], /encrypted/],
    ["encryption by extra field", [{ ...A, extra: EXTRA(0x9901) }], /encrypted/],
    ["flags without meaning", [{ ...A, flags: 1 << 5 }], /unknown flags 20/],
    ["a symbolic link", [{ ...A, attributes: MODE(0o120777) }], /not a regular file/],
    ["a device", [{ ...A, attributes: MODE(0o020644) }], /not a regular file/],
    ["a pipe", [{ ...A, attributes: MODE(0o010644) }], /not a regular file/],
    ["a socket", [{ ...A, attributes: MODE(0o140644) }], /not a regular file/],
    [
      "a link that claims to be of another system",
      [{ ...A, madeBy: 20, attributes: MODE(0o120777) }],
      /not a regular file/,
    ],
    ["a volume label", [{ ...A, attributes: 0x08 }], /not a regular file/],
    ["a folder by mode alone", [{ ...A, attributes: MODE(0o040755) }], /a folder whose name/],
    ["a folder by attribute alone", [{ ...A, attributes: 0x10 }], /a folder whose name/],
    ["a folder with bytes", [{ ...A, name: "f/" }], /a folder that holds bytes/],
    ["an extra field cut off", [{ ...A, extra: le([2, 0x5455], [2, 5], [4, 0]) }], /extra field cut off/],
    ["an extra field of three bytes", [{ ...A, extra: new Uint8Array(3) }], /extra field cut off/],
    ["another name by extra field", [{ ...A, extra: EXTRA(0x7075) }], /another name/],
    ["ZIP64 by extra field", [{ ...A, extra: EXTRA(1) }], /ZIP64/],
    ["ZIP64 by extra field of the local header", [{ ...A, local: { extra: EXTRA(1) } }], /ZIP64/],
    ["ZIP64 by size", [{ ...A, size: 0xffffffff }], /ZIP64/],
    ["ZIP64 by packed size", [{ ...A, packedSize: 0xffffffff }], /ZIP64/],
    ["ZIP64 by offset", [{ ...A, offset: 0xffffffff }], /ZIP64/],
    ["ZIP64 by directory offset", [A], /ZIP64/, { end: { offset: 0xffffffff } }],
    ["ZIP64 by locator", [A], /ZIP64/, { afterDirectory: le([4, 0x07064b50], [4, 0], [4, 0], [4, 0], [4, 1]) }],
    ["an entry on another disk", [{ ...A, disk: 1 }], /several parts/],
    ["an end on another disk", [A], /several parts/, { end: { disk: 1 } }],
    ["a directory on another disk", [A], /several parts/, { end: { directoryDisk: 1 } }],
    ["entries on another disk", [A], /several parts/, { end: { entriesOnDisk: 0 } }],
    ["more entries than there are", [A], /entry 2 of 2 is not in the central directory/, { end: { entries: 2 } }],
    ["fewer entries than there are", [A, B], /holds more than its entries/, { end: { entries: 1 } }],
    ["a directory elsewhere", [A], /does not lie right before/, { end: { offset: 0 } }],
    ["a directory that is too long", [A], /does not lie right before/, { end: { size: 1000 } }],
    ["bytes behind the directory", [A], /does not lie right before/, { afterDirectory: utf8("x") }],
    ["bytes behind the end", [A], /something follows the end/, { trailer: utf8("x") }],
    [
      "a comment that is shorter than its length",
      [A],
      /something follows the end/,
      { commentLength: 9, comment: utf8("x") },
    ],
    ["an end record in the comment", [A], /something follows the end/, { comment: joined([rawZip([]), utf8("x")]) }],
    ["two end records", [A], /two ends/, { comment: rawZip([]) }],
    ["no local header", [{ ...A, local: { signature: 0 } }], /no local header/],
    ["an offset beyond the archive", [{ ...A, offset: 1e6 }], /no local header/],
    ["an offset into the middle", [{ ...A, offset: 3 }], /no local header/],
    ["data beyond the directory", [{ ...A, packedSize: 1000 }], /runs into the central directory/],
    ["another local name", [{ ...A, local: { name: "c" } }], /another name/],
    ["a longer local name", [{ ...A, local: { name: "aa" } }], /another name/],
    ["another local method", [{ ...A, local: { method: 0 } }], /another method/],
    ["other local flags", [{ ...A, local: { flags: 2 } }], /another flags/],
    ["another local checksum", [{ ...A, local: { crc: 0 } }], /another checksum/],
    ["another local size", [{ ...A, local: { size: 0 } }], /another size/],
    ["another local packed size", [{ ...A, local: { packedSize: 0 } }], /another packed size/],
    ["a descriptor that is not there", [{ ...A, flags: 8 }], /data descriptor/],
    ["a wrong descriptor", [{ ...A, flags: 8, trailer: descriptorOf("other", 0x08074b50) }, B], /data descriptor/],
    [
      "a wrong size with a descriptor",
      [{ ...A, flags: 8, local: { size: 1 }, trailer: descriptorOf(TEXT) }],
      /another size/,
    ],
    ["overlapping entries", [{ ...A, packedSize: 30 }, B], /entry b, byte \d+: overlaps/],
    ["stored with two sizes", [{ ...A, method: 0, size: 5 }], /stored, but 100 bytes of archive for 5 bytes/],
    [
      "nothing that claims to be something",
      [{ ...A, packed: new Uint8Array(), size: 1 }],
      /0 bytes of archive cannot unpack to 1$/,
    ],
    ["a claim beyond what deflate can do", [{ ...A, size: 50 * 1040 }], /cannot unpack to 52000/],
    ["a larger file than announced", [{ ...A, size: 99 }], /entry a, byte \d+: unpacks to more than the 99 bytes/],
    ["a smaller file than announced", [{ ...A, size: 101 }], /entry a, byte \d+: unpacks to 100 bytes, not the 101/],
    ["deflated data cut off", [{ ...A, packed: deflated(TEXT).slice(0, -2) }], /entry a, byte \d+: damaged/],
    ["one file that is too large", [{ ...A, packedSize: 2 ** 28, size: 2 ** 28 + 1 }], /268435457 bytes, more than/],
    [
      "files that are too large together",
      Array.from({ length: 5 }, (_, i) => ({ name: `${i}`, packedSize: 2 ** 28, size: 2 ** 28 })),
      /entry 4, byte \d+: with it the pack unpacks to more than/,
    ],
  ];
  for (const [name, entries, message, archive] of rows) {
    test(name, () => expect(refusal(rawZip(entries, archive)).message).toMatch(message));
  }

  function deflated(text: string): Uint8Array {
    const bytes = rawZip([{ name: "", content: text }]);
    return bytes.subarray(30, 30 + readRecord(viewOf(bytes), 0, LOCAL)!.packedSize);
  }

  test("one entry under two names", () => {
    expect(refusal(rawZip([A, { ...A, name: "c", offset: 0 }])).message).toMatch(/another name/);
  });

  test("an entry inside another, before anything is unpacked", () => {
    // The inner archive's first local header lies in the data of a stored file.
    const inner = rawZip([B]);
    const nested = rawZip([
      { name: "outer", content: inner, method: 0 },
      { ...B, offset: 35 },
    ]);
    expect(refusal(nested).message).toMatch(/overlaps with another entry/);
  });

  test("more entries than a ZIP archive can have", () => {
    const archive = rawZip(Array.from({ length: 70_000 }, (_, i) => ({ name: `f${i}`, method: 0 })));
    for (const claimed of [70_000 % 65_536, 0xffff]) {
      archive.set(le([2, claimed], [2, claimed]), archive.length - 14);
      expect(refusal(archive).message).toMatch(/holds more than its entries/);
    }
  });

  test("a bomb, without making what it claims", () => {
    const packed = deflated("\0".repeat(1_000_000));
    // It claims what deflate can just do, so only unpacking finds out.
    const size = packed.length * 1032;
    const bomb = rawZip(Array.from({ length: 50 }, (_, i) => ({ name: `${i}`, packed, size, crc: 0 })));
    expect(refusal(bomb).message).toMatch(/unpacks to 1000000 bytes, not the/);
    expect(refusal(rawZip([{ name: "long", packed, size: 10 }])).message).toMatch(/more than the 10 bytes/);
  });

  test("an archive larger than allowed", () => {
    // Its memory is never touched, so this costs nothing.
    const error = refusal(new Uint8Array(FIXED_LIMITS.packBytes.value + 1));
    expect(error.message).toMatch(/more than the \d+ allowed/);
  });

  const small = rawZip([
    { name: "META-INF/x", content: "Name: x" },
    { name: "classes/Main", content: TEXT, flags: 8, trailer: descriptorOf(TEXT, 0x08074b50) },
    { name: "d/", method: 0 },
    { name: "s", content: "stored", method: 0 },
  ]);

  test("every beginning of an archive", () => {
    for (let length = 0; length < small.length; length++) {
      expect(refusal(small.slice(0, length))).toBeInstanceOf(LoadError);
    }
  });

  test("or takes archives with one bit changed, and gives the same files or none", () => {
    const files = contents(readArchive(small));
    let taken = 0;
    for (let at = 0; at < small.length; at++) {
      for (const change of [1, 0x80, 0xff]) {
        const changed = small.slice();
        changed[at] ^= change;
        try {
          // What counts stands twice in the archive, and the rest (times, versions) does not show.
          expect(contents(readArchive(changed))).toEqual(files);
          taken++;
        } catch (error) {
          if (!(error instanceof LoadError)) throw error;
        }
      }
    }
    expect(taken).toBeGreaterThan(0);
  });

  test("or takes whatever else it is given", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(small.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(small.length),
        (changes, length) => {
          const changed = small.slice(0, length % 3 === 0 ? length : small.length);
          for (const [at, byte] of changes) if (at < changed.length) changed[at] = byte;
          try {
            expect(readArchive(changed).length).toBeLessThanOrEqual(3);
          } catch (error) {
            if (!(error instanceof LoadError)) throw error;
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("writeArchive", () => {
  const files: readonly ArchiveEntry[] = [
    { name: "z", bytes: utf8(TEXT) },
    { name: "a/ü☃", bytes: utf8("x") },
    { name: "empty", bytes: new Uint8Array() },
    { name: "__proto__", bytes: new Uint8Array(70_000) },
  ];

  test("gives what readArchive takes, in the same order", () => {
    expect(readArchive(writeArchive(files))).toEqual(files);
    expect(readArchive(writeArchive([]))).toEqual([]);
  });

  test("gives the same bytes each time, with a fixed date and mode", () => {
    const bytes = writeArchive(files);
    expect(writeArchive(files)).toEqual(bytes);
    const view = viewOf(bytes);
    const end = readRecord(view, bytes.length - END.length, END)!;
    const first = readRecord(view, end.directoryOffset, CENTRAL)!;
    expect(first).toMatchObject({
      date: 0x21,
      time: 0,
      attributes: MODE(0o100644),
      flags: 1 << 11,
      method: 8,
      offset: 0,
    });
    expect(readRecord(view, 0, LOCAL)).toMatchObject({ date: 0x21, time: 0, flags: 1 << 11, crc: crc32(utf8(TEXT)) });
  });

  test("deflates only what becomes smaller", () => {
    const view = viewOf(writeArchive([{ name: "s", bytes: utf8("short") }]));
    expect(readRecord(view, 0, LOCAL)).toMatchObject({ method: 0, packedSize: 5, size: 5 });
  });

  const bytes = new Uint8Array();
  test.each<[string, readonly ArchiveEntry[], RegExp]>([
    [
      "two files of one name",
      [
        { name: "a", bytes },
        { name: "a", bytes },
      ],
      /entry a: two entries/,
    ],
    ["a folder", [{ name: "a/", bytes }], /ends in \//],
    ["a way out", [{ name: "../a", bytes }], /has the part \.\./],
    ["a lone surrogate", [{ name: "\ud800", bytes }], /not valid Unicode/],
    ["a name that is too long", [{ name: "a".repeat(65_536), bytes }], /too long/],
    ["too many", Array.from({ length: 65_536 }, (_, i) => ({ name: `${i}`, bytes })), /65536 entries, more than/],
    ["a file that is too large", [{ name: "a", bytes: { length: 2 ** 28 + 1 } as Uint8Array }], /268435457 bytes/],
  ])("refuses %s", (_, entries, message) => {
    expect(() => writeArchive(entries)).toThrow(LoadError);
    expect(() => writeArchive(entries)).toThrow(message);
  });

  test("keeps any files", () => {
    const name = fc.stringMatching(/^[a-zA-Z_]{1,8}(\/[a-z.]{0,3}[a-z])?$/);
    const file = fc.record({ name, bytes: fc.uint8Array({ maxLength: 200 }) });
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: ({ name }) => name, maxLength: 6 }), (entries) => {
        expect(readArchive(writeArchive(entries))).toEqual(entries);
      }),
    );
  });
});

describe("archives of the reference implementation", () => {
  for (const folder of ["samples", "reference"]) {
    test(`${folder} can be read, and written again`, () => {
      const names = readdirSync(`test/packs/${folder}`).filter((name) => name.endsWith(".ionpack"));
      expect(names.length).toBeGreaterThan(30);
      for (const name of names) {
        const entries = readArchive(readFileSync(`test/packs/${folder}/${name}`));
        expect(entries.length, name).toBeGreaterThan(0);
        expect(readArchive(writeArchive(entries)), name).toEqual(entries);
      }
    });
  }
});
