/** Messages on pipes, in whatever pieces they arrive. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ForeignHost, REQUEST } from "../../src/node/ffi/foreign-host.ts";
import { Encoder, FRAME_MARK, FrameReader, framed, Handles, type Message, partsOf } from "../../src/node/ffi/wire.ts";

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

describe("a reader of frames", () => {
  const message = fc.record({
    body: fc.uint8Array({ maxLength: 40 }),
    blobs: fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 2 }),
  });

  it("gives the messages that were written, however they are cut", () => {
    const cut = fc.tuple(fc.array(message, { maxLength: 6 }), fc.array(fc.nat(60), { maxLength: 20 }));
    fc.assert(
      fc.property(cut, ([messages, lengths]) => {
        const got: Message[] = [];
        const reader = new FrameReader(({ body, blobs }) =>
          // The body may lie in the piece, which belongs to the reader only while it is called.
          got.push({ body: Uint8Array.from(body), blobs: blobs.map((blob) => Uint8Array.from(blob)) }),
        );
        let rest = joined(messages.flatMap(framed));
        for (const length of lengths) {
          reader.push(rest.slice(0, length));
          rest = rest.slice(length);
        }
        reader.push(rest);
        expect(got).toEqual(messages);
      }),
    );
  });

  it("refuses what is too long to be a message", () => {
    const header = new Uint8Array(16);
    const view = new DataView(header.buffer);
    view.setUint32(0, FRAME_MARK, true);
    view.setUint32(4, 0xffffffff, true);
    expect(() => new FrameReader(() => {}).push(header)).toThrow("a message of 4294967295 bytes");
  });
});

describe("a host", () => {
  it("is told of a call that nobody waits for any more when it begins", async () => {
    const sent: unknown[] = [];
    const host = new ForeignHost({
      name: "the host",
      load: () => [],
      loadTimeout: 1_000,
      open: ({ onMessage }) => ({
        send: (message) => {
          const [kind, id] = partsOf(message);
          sent.push(kind);
          if (kind === REQUEST.load) queueMicrotask(() => onMessage(new Encoder(new Handles()).finish([0, id])));
        },
        kill: () => {},
      }),
    });
    const call = host.call(0, [], { onAbort: (callback) => callback(), send: () => {} }, null);
    call.catch(() => {});
    await host.start();
    await Promise.resolve();
    expect(sent).toEqual([REQUEST.load, REQUEST.call, REQUEST.cancel]);
    host.close();
  });
});
