import { constants, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { deflateSync } from "fflate";
import { describe, expect, test } from "vitest";
import { LoadError } from "../../src/errors.ts";
import { crc32 } from "../../src/pack/crc32.ts";
import { inflate } from "../../src/pack/inflate.ts";
import { utf8 } from "../support/zip.ts";

function inflated(packed: Uint8Array, size: number): Uint8Array {
  return inflate(packed, 0, packed.length, size);
}

/** Writes a stream bit by bit: [value, bits], lowest bit first; Huffman codes as strings of their bits. */
function bits(...parts: readonly (readonly [value: number, count: number] | string)[]): Uint8Array {
  const all = parts.map((part) =>
    typeof part === "string" ? part : [...part[0].toString(2).padStart(part[1], "0")].reverse().join(""),
  );
  const text = all.join("");
  return Uint8Array.from({ length: Math.ceil(text.length / 8) }, (_, i) =>
    Number.parseInt([...text.slice(8 * i, 8 * i + 8).padEnd(8, "0")].reverse().join(""), 2),
  );
}

/** The head of a dynamic block: numbers of codes and the lengths of the codes for lengths, in the stream's order. */
function dynamic(
  literals: number,
  distances: number,
  lengths: readonly number[],
  last = 1,
): (readonly [number, number])[] {
  return [
    [last, 1],
    [2, 2],
    [literals - 257, 5],
    [distances - 1, 5],
    [lengths.length - 4, 4],
    ...lengths.map((n) => [n, 3] as const),
  ];
}
// Codes for lengths 0: `0`, 1: `10`, 18 (zeros): `11`. In the stream's order: 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1.
const ZERO_ONE_RUN = [0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];

const SAMPLES: readonly (readonly [string, Uint8Array])[] = [
  ["nothing", new Uint8Array()],
  ["one byte", utf8("x")],
  ["text", utf8("She sells sea shells on the sea shore. ".repeat(50))],
  ["zeros", new Uint8Array(100_000)],
  ["noise", Uint8Array.from({ length: 70_000 }, (_, i) => Math.imul(i, 2654435761) >>> 24)],
  [
    "long codes",
    Uint8Array.from({ length: 100_000 }, (_, i) => 31 - Math.clz32((Math.imul(i + 1, 2654435761) >>> 8) | 1)),
  ],
];

describe("inflate", () => {
  for (const [name, content] of SAMPLES) {
    test(`undoes every way to deflate: ${name}`, () => {
      for (const level of [0, 1, 6, 9] as const) {
        for (const strategy of [
          constants.Z_DEFAULT_STRATEGY,
          constants.Z_HUFFMAN_ONLY,
          constants.Z_RLE,
          constants.Z_FIXED,
        ]) {
          const packed = new Uint8Array(deflateRawSync(content, { level, strategy }));
          expect(Buffer.compare(inflated(packed, content.length), content)).toBe(0);
        }
        expect(Buffer.compare(inflated(deflateSync(content, { level }), content.length), content)).toBe(0);
      }
    });
  }

  test("undoes deflate, for any bytes, at any place of the input", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(20), (content, before) => {
        const packed = deflateRawSync(content);
        const input = new Uint8Array(Buffer.concat([Buffer.alloc(before, 255), packed, Buffer.alloc(3, 255)]));
        expect(inflate(input, before, before + packed.length, content.length)).toEqual(content);
      }),
    );
  });

  const packed = new Uint8Array(deflateRawSync(SAMPLES[2][1]));
  const size = SAMPLES[2][1].length;
  const refused: readonly (readonly [string, Uint8Array, number, RegExp])[] = [
    ["no input", new Uint8Array(), 0, /ends too early/],
    ["longer than announced", packed, size - 1, /more than the 1949 bytes announced/],
    ["far longer than announced", deflateRawSync(new Uint8Array(10_000_000)), 1, /more than the 1 bytes/],
    ["shorter than announced", packed, size + 1, /unpacks to 1950 bytes, but 1951/],
    ["bytes behind its end", new Uint8Array([...packed, 0]), size, /1 bytes behind the end/],
    ["stored, longer than announced", new Uint8Array([1, 2, 0, 253, 255, 1, 2]), 1, /more than the 1 bytes/],
    ["stored, cut off", new Uint8Array([1, 2, 0, 253, 255, 1]), 2, /ends too early/],
    ["stored, lengths disagree", new Uint8Array([1, 2, 0, 252, 255, 1, 2]), 2, /wrong length/],
    ["stored, behind it more", new Uint8Array([1, 1, 0, 254, 255, 1, 2]), 1, /1 bytes behind the end/],
    ["block type 3", bits([1, 1], [3, 2]), 0, /does not exist/],
    ["fixed code, symbol 286", bits([1, 1], [1, 2], "11000110"), 0, /invalid code/],
    ["fixed code, distance 30", bits([1, 1], [1, 2], "00110000", "0000001", "11110"), 4, /invalid code/],
    [
      "distance before the beginning",
      bits([1, 1], [1, 2], "00110000", "0000001", "00001", "0000000"),
      4,
      /before its beginning/,
    ],
    ["287 literal codes", bits(...dynamic(287, 1, ZERO_ONE_RUN)), 0, /invalid code/],
    ["31 distance codes", bits(...dynamic(257, 31, ZERO_ONE_RUN)), 0, /invalid code/],
    ["too many codes of one length", bits(...dynamic(257, 1, [1, 1, 1, 1])), 0, /invalid code/],
    ["a code with room left", bits(...dynamic(257, 1, [2, 2, 2, 0])), 0, /invalid code/],
    ["no end of block", bits(...dynamic(257, 1, ZERO_ONE_RUN), "11", [127, 7], "11", [109, 7]), 0, /invalid code/],
    [
      "a run longer than the list",
      bits(...dynamic(257, 1, ZERO_ONE_RUN), "11", [127, 7], "11", [127, 7]),
      0,
      /invalid code/,
    ],
    ["a repetition of nothing", bits(...dynamic(257, 1, [1, 0, 0, 1]), "1"), 0, /invalid code/],
    [
      "a lone code's other bit",
      bits(...dynamic(257, 1, ZERO_ONE_RUN), "11", [127, 7], "11", [107, 7], "10", "0", "1", [0, 15]),
      0,
      /invalid code/,
    ],
  ];
  for (const [name, input, announced, message] of refused) {
    test(`refuses: ${name}`, () => {
      expect(() => inflated(input, announced)).toThrow(LoadError);
      expect(() => inflated(input, announced)).toThrow(message);
    });
  }

  test("takes a lone code of one bit, for nothing but the end of the block", () => {
    expect(inflated(bits(...dynamic(257, 1, ZERO_ONE_RUN), "11", [127, 7], "11", [107, 7], "10", "0", "0"), 0)).toEqual(
      new Uint8Array(),
    );
  });

  test("refuses every beginning of a stream", () => {
    for (let length = 0; length < packed.length; length++) {
      expect(() => inflated(packed.subarray(0, length), size)).toThrow(/ends too early/);
    }
  });

  test("takes time linear in a stream of nothing but block heads", () => {
    // Empty blocks with codes of their own, which no announced size bounds.
    const block = [...dynamic(257, 1, ZERO_ONE_RUN, 0), "11", [127, 7], "11", [107, 7], "10", "0", "0"] as const;
    const eight = bits(...Array.from({ length: 8 }, () => block).flat());
    const many = new Uint8Array(eight.length * 15_000);
    for (let at = 0; at < many.length; at += eight.length) many.set(eight, at);
    const start = performance.now();
    expect(() => inflated(many, 0)).toThrow(/ends too early/);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe("crc32", () => {
  test.each([
    ["", 0],
    ["123456789", 0xcbf43926],
    ["The quick brown fox jumps over the lazy dog", 0x414fa339],
  ])("of %j", (text, expected) => {
    expect(crc32(utf8(text))).toBe(expected);
  });
});
