/**
 * Unpacks deflate streams out of hostile archives.
 *
 * fflate unpacks; what it does not promise is seen to here. Given a buffer it would neither stop where
 * that is full (so a megabyte of archive could buy a gigabyte of work) nor say that the stream was
 * longer. So the stream is fed in small pieces, and each piece is accounted for before the next.
 */
import { Inflate } from "fflate";
import { LoadError } from "../errors.ts";

/** Bytes of input between two looks: at deflate's best ratio, 1:1032, at most 17 MB of output. */
const PIECE = 16 * 1024;

/**
 * The unpacked bytes of the stream from `start` to `end`, which must be `size`.
 * @throws LoadError if it is no deflate stream, or one of another size
 */
export function inflate(input: Uint8Array, start: number, end: number, size: number): Uint8Array {
  const output = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((piece) => {
    if (length + piece.length > size) {
      throw new LoadError(`unpacks to more than the ${size} bytes announced`, { byte: start });
    }
    output.set(piece, length);
    length += piece.length;
  });
  let at = start;
  do {
    const next = Math.min(at + PIECE, end);
    try {
      stream.push(input.subarray(at, next), next === end);
    } catch (error) {
      if (error instanceof LoadError) throw error;
      throw new LoadError(`damaged deflate data (${(error as Error).message})`, { byte: at });
    }
    at = next;
  } while (at < end);
  if (length !== size) throw new LoadError(`unpacks to ${length} bytes, not the ${size} announced`, { byte: start });
  return output;
}
