/** Bytes in and out, little endian. The reader trusts nothing: what is not there is an error with its place. */
import { LoadError } from "../errors.ts";
import { decodeText, encodeText } from "./strings.ts";

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }
  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  /** @throws LoadError if fewer bytes are left */
  #take(count: number, what: string): number {
    if (count > this.remaining) {
      throw new LoadError(`${what} needs ${count} bytes, but only ${this.remaining} are left`, { byte: this.#at });
    }
    const at = this.#at;
    this.#at += count;
    return at;
  }

  u8(what: string): number {
    return this.#bytes[this.#take(1, what)];
  }
  u32(what: string): number {
    return this.#view.getUint32(this.#take(4, what), true);
  }
  i32(what: string): number {
    return this.#view.getInt32(this.#take(4, what), true);
  }
  f64(what: string): number {
    return this.#view.getFloat64(this.#take(8, what), true);
  }

  /** A number of items, each of which takes at least so many bytes: more than can be there is refused at once. */
  count(what: string, leastBytes: number): number {
    const at = this.#at;
    const count = this.u32(`the number of ${what}`);
    if (count * leastBytes > this.remaining) {
      throw new LoadError(`${count} ${what} cannot be in the ${this.remaining} bytes that are left`, { byte: at });
    }
    return count;
  }

  bytes(length: number, what: string): Uint8Array {
    const at = this.#take(length, what);
    return this.#bytes.slice(at, at + length);
  }

  /** u32 length and UTF-8. @param loose lone surrogates may stand in it (WTF-8) */
  string(what: string, loose: boolean): string {
    const at = this.#at;
    const length = this.u32(`the length of ${what}`);
    const start = this.#take(length, what);
    const text = decodeText(this.#bytes.subarray(start, start + length), loose);
    if (text === null) throw new LoadError(`${what} is not valid UTF-8`, { byte: at });
    return text;
  }
}

export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }

  u8(value: number): void {
    const at = this.#grow(1);
    this.#bytes[at] = value;
  }
  u32(value: number): void {
    const at = this.#grow(4);
    this.#view.setUint32(at, value, true);
  }
  i32(value: number): void {
    const at = this.#grow(4);
    this.#view.setInt32(at, value, true);
  }
  /** All NaN are written as one: 7FF8 0000 0000 0000. */
  f64(value: number): void {
    const at = this.#grow(8);
    if (Number.isNaN(value)) {
      this.#view.setUint32(at, 0, true);
      this.#view.setUint32(at + 4, 0x7ff80000, true);
    } else {
      this.#view.setFloat64(at, value, true);
    }
  }
  bytes(bytes: Uint8Array): void {
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
  }
  string(text: string): void {
    const bytes = encodeText(text);
    this.u32(bytes.length);
    this.bytes(bytes);
  }

  /** What was written. */
  result(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
