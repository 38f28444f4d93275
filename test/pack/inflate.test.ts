import { constants, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { deflateSync } from "fflate";
import { describe, expect, test } from "vitest";
import { LoadError } from "../../src/errors.ts";
import { inflate } from "../../src/pack/inflate.ts";
import { utf8 } from "../support/zip.ts";

function inflated(packed: Uint8Array, size: number): Uint8Array {
  return inflate(packed, 0, packed.length, size);
}

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

  test("refuses another size than announced", () => {
    const packed = new Uint8Array(deflateRawSync(new Uint8Array(2000)));
    expect(() => inflated(packed, 1999)).toThrow(/unpacks to more than the 1999 bytes/);
    expect(() => inflated(packed, 2001)).toThrow(/unpacks to 2000 bytes, not the 2001/);
  });

  test("refuses every beginning of a stream", () => {
    const packed = new Uint8Array(deflateRawSync(utf8("She sells sea shells on the sea shore, for sure.")));
    for (let length = 0; length < packed.length; length++) {
      expect(() => inflated(packed.subarray(0, length), 48)).toThrow(LoadError);
    }
  });

  test("any bytes: the size announced, or a LoadError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(1000), (bytes, size) => {
        try {
          expect(inflated(bytes, size)).toHaveLength(size);
        } catch (error) {
          expect(error).toBeInstanceOf(LoadError);
        }
      }),
      { numRuns: 5000 },
    );
  });

  test("stops a bomb soon after the size announced", () => {
    // 100 MB of zeros: whoever unpacks it all makes at least as much garbage.
    const bomb = new Uint8Array(deflateRawSync(new Uint8Array(100_000_000)));
    const before = process.memoryUsage().arrayBuffers;
    expect(() => inflated(bomb, 10)).toThrow(/more than the 10 bytes/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000);
  });
});
