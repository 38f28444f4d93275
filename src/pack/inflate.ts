/**
 * Unpacks deflate streams (RFC 1951) out of hostile archives.
 *
 * Our own rather than a library's, for what libraries in JavaScript do not promise: it stops at the
 * first byte beyond the size that was announced (else 1 MB of archive buys a gigabyte of work, and a
 * stream that is too long passes for a shorter one), it notices bytes behind the end of the stream,
 * and it refuses sets of codes that are no Huffman codes. Work is linear in input plus output:
 * a block costs little more than its own header, because codes longer than `FAST_BITS` have no table
 * of their own.
 */
import { LoadError } from "../errors.ts";

const LONGEST_CODE = 15;
/** Codes up to this length are found by one look into a table. */
const FAST_BITS = 9;

const END_OF_BLOCK = 256;
const MOST_LITERAL_CODES = 286;
const MOST_DISTANCE_CODES = 30;

/** The order in which the lengths of the code for code lengths stand in a stream. */
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

// Match lengths and distances: a symbol stands for a base value and a number of extra bits.
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const LENGTH_BASE = basesOf(3, LENGTH_EXTRA);
// The longest match has a symbol of its own, though the one before could say it too.
LENGTH_BASE[28] = 258;
const DISTANCE_EXTRA = Array.from({ length: MOST_DISTANCE_CODES }, (_, symbol) => Math.max(0, (symbol >> 1) - 1));
const DISTANCE_BASE = basesOf(1, DISTANCE_EXTRA);

function basesOf(first: number, extraBits: readonly number[]): number[] {
  let base = first;
  return extraBits.map((bits) => {
    const own = base;
    base += 1 << bits;
    return own;
  });
}

/** A canonical Huffman code: which symbols have codes of which length says everything. */
class HuffmanCode {
  /** By the next `FAST_BITS` bits: symbol × 16 + length of its code, or 0 if the code is longer. */
  readonly fast = new Uint16Array(1 << FAST_BITS);
  /** How many codes there are of each length. */
  readonly counts = new Uint16Array(LONGEST_CODE + 1);
  /** The symbols in the order of their codes. */
  readonly symbols: Uint16Array;

  /** `lengths` gives each symbol the length of its code, 0 for none. Undefined if that is no prefix code. */
  static of(lengths: Uint8Array): HuffmanCode | undefined {
    const code = new HuffmanCode(lengths);
    // How many codes of the current length are not taken. A code with room left would leave bit
    // patterns without meaning; only a lone code of one bit, or no code at all, may do that.
    let free = 1;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      free = 2 * free - code.counts[length];
      if (free < 0) return undefined;
    }
    const lone = code.symbols.length === 0 || (code.symbols.length === 1 && code.counts[1] === 1);
    return free === 0 || lone ? code : undefined;
  }

  private constructor(lengths: Uint8Array) {
    for (const length of lengths) if (length > 0) this.counts[length]++;
    const nextCode = new Uint16Array(LONGEST_CODE + 2);
    const nextIndex = new Uint16Array(LONGEST_CODE + 2);
    for (let length = 1; length <= LONGEST_CODE; length++) {
      nextCode[length + 1] = (nextCode[length] + this.counts[length]) << 1;
      nextIndex[length + 1] = nextIndex[length] + this.counts[length];
    }
    this.symbols = new Uint16Array(nextIndex[LONGEST_CODE + 1]);
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol];
      if (length === 0) continue;
      this.symbols[nextIndex[length]++] = symbol;
      const bits = nextCode[length]++;
      if (length > FAST_BITS) continue;
      for (let i = reversed(bits, length); i < this.fast.length; i += 1 << length) this.fast[i] = symbol * 16 + length;
    }
  }
}

/** Codes stand in the stream with their first bit lowest. */
function reversed(bits: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) result |= ((bits >> i) & 1) << (length - 1 - i);
  return result;
}

const FIXED_LENGTHS = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280);
const FIXED_LITERALS = HuffmanCode.of(FIXED_LENGTHS)!;
const FIXED_DISTANCES = HuffmanCode.of(new Uint8Array(32).fill(5))!;

class Inflater {
  readonly #input: Uint8Array;
  readonly #end: number;
  readonly #output: Uint8Array;
  #position: number;
  #length = 0;
  /** Bits read from the input and not used, the next one lowest; and how many. */
  #bits = 0;
  #bitCount = 0;

  constructor(input: Uint8Array, start: number, end: number, size: number) {
    this.#input = input;
    this.#position = start;
    this.#end = end;
    this.#output = new Uint8Array(size);
  }

  run(): Uint8Array {
    let last: number;
    do {
      last = this.#take(1);
      const type = this.#take(2);
      if (type === 0) this.#storedBlock();
      else if (type === 1) this.#block(FIXED_LITERALS, FIXED_DISTANCES);
      else if (type === 2) this.#dynamicBlock();
      else throw this.#refused("deflate block of a type that does not exist");
    } while (last === 0);
    if (this.#length !== this.#output.length) {
      throw this.#refused(`unpacks to ${this.#length} bytes, but ${this.#output.length} were announced`);
    }
    const unused = this.#end - this.#position + (this.#bitCount >> 3);
    if (unused !== 0) throw this.#refused(`${unused} bytes behind the end of the packed data`);
    return this.#output;
  }

  #storedBlock(): void {
    this.#take(this.#bitCount & 7);
    const length = this.#take(16);
    if ((length ^ this.#take(16)) !== 0xffff) throw this.#refused("stored deflate block with a wrong length");
    // Whole bytes that were read ahead go back.
    const from = this.#position - (this.#bitCount >> 3);
    this.#bits = this.#bitCount = 0;
    if (from + length > this.#end) throw this.#truncated();
    if (this.#length + length > this.#output.length) throw this.#tooLong();
    this.#output.set(this.#input.subarray(from, from + length), this.#length);
    this.#length += length;
    this.#position = from + length;
  }

  #dynamicBlock(): void {
    const literals = this.#take(5) + 257;
    const distances = this.#take(5) + 1;
    const codeLengths = this.#take(4) + 4;
    if (literals > MOST_LITERAL_CODES || distances > MOST_DISTANCE_CODES) throw this.#badCode();
    const lengthsOfLengths = new Uint8Array(CODE_LENGTH_ORDER.length);
    for (let i = 0; i < codeLengths; i++) lengthsOfLengths[CODE_LENGTH_ORDER[i]] = this.#take(3);
    const lengths = this.#readLengths(this.#code(lengthsOfLengths), literals + distances);
    if (lengths[END_OF_BLOCK] === 0) throw this.#badCode();
    this.#block(this.#code(lengths.subarray(0, literals)), this.#code(lengths.subarray(literals)));
  }

  /** The run-length encoded lengths of the two codes of a block. */
  #readLengths(code: HuffmanCode, count: number): Uint8Array {
    const lengths = new Uint8Array(count);
    for (let i = 0; i < count; ) {
      const symbol = this.#symbol(code);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      let repeated = 0;
      let times: number;
      if (symbol === 16) {
        if (i === 0) throw this.#badCode();
        repeated = lengths[i - 1];
        times = 3 + this.#take(2);
      } else {
        times = symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      }
      if (i + times > count) throw this.#badCode();
      lengths.fill(repeated, i, i + times);
      i += times;
    }
    return lengths;
  }

  #block(literals: HuffmanCode, distances: HuffmanCode): void {
    const output = this.#output;
    let length = this.#length;
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol < END_OF_BLOCK) {
        if (length === output.length) throw this.#tooLong();
        output[length++] = symbol;
        continue;
      }
      if (symbol === END_OF_BLOCK) break;
      const step = symbol - (END_OF_BLOCK + 1);
      // The fixed codes have symbols that mean nothing.
      if (step >= LENGTH_BASE.length) throw this.#badCode();
      const copied = LENGTH_BASE[step] + this.#take(LENGTH_EXTRA[step]);
      const distanceSymbol = this.#symbol(distances);
      if (distanceSymbol >= MOST_DISTANCE_CODES) throw this.#badCode();
      const distance = DISTANCE_BASE[distanceSymbol] + this.#take(DISTANCE_EXTRA[distanceSymbol]);
      if (distance > length) throw this.#refused("packed data refers to what stands before its beginning");
      if (length + copied > output.length) throw this.#tooLong();
      // Byte by byte: a match may overlap what it makes.
      for (const end = length + copied; length < end; length++) output[length] = output[length - distance];
    }
    this.#length = length;
  }

  /** Fills up to at least 25 bits, as far as there is input. */
  #fill(): void {
    while (this.#bitCount <= 24 && this.#position < this.#end) {
      this.#bits |= this.#input[this.#position++] << this.#bitCount;
      this.#bitCount += 8;
    }
  }

  /** The next bits as a number; at most 16. */
  #take(count: number): number {
    if (this.#bitCount < count) {
      this.#fill();
      if (this.#bitCount < count) throw this.#truncated();
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#bitCount -= count;
    return value;
  }

  #symbol(code: HuffmanCode): number {
    if (this.#bitCount < LONGEST_CODE) this.#fill();
    let entry = code.fast[this.#bits & ((1 << FAST_BITS) - 1)];
    if (entry === 0) entry = this.#longSymbol(code);
    const length = entry & 15;
    // What is missing at the end of the input was read as zeros.
    if (length > this.#bitCount) throw this.#truncated();
    this.#bits >>>= length;
    this.#bitCount -= length;
    return entry >> 4;
  }

  /** Bit by bit: the codes of a length are consecutive numbers, those of the next begin behind twice the last. */
  #longSymbol(code: HuffmanCode): number {
    let bits = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      bits = (bits << 1) | ((this.#bits >>> (length - 1)) & 1);
      const count = code.counts[length];
      if (bits - first < count) return code.symbols[index + bits - first] * 16 + length;
      index += count;
      first = (first + count) << 1;
    }
    throw this.#badCode();
  }

  #code(lengths: Uint8Array): HuffmanCode {
    const code = HuffmanCode.of(lengths);
    if (code === undefined) throw this.#badCode();
    return code;
  }

  #badCode(): LoadError {
    return this.#refused("packed data with an invalid code");
  }
  #truncated(): LoadError {
    return this.#refused("packed data ends too early");
  }
  #tooLong(): LoadError {
    return this.#refused(`unpacks to more than the ${this.#output.length} bytes announced`);
  }
  #refused(what: string): LoadError {
    return new LoadError(what, { byte: this.#position - (this.#bitCount >> 3) });
  }
}

/**
 * The `size` bytes that the deflate stream in `input` from `start` to `end` unpacks to. LoadError, with
 * the offset in `input`, unless the stream is valid, ends at `end`, and gives exactly that many.
 * Allocates `size` bytes at once: compare it with `end - start` before.
 */
export function inflate(input: Uint8Array, start: number, end: number, size: number): Uint8Array {
  return new Inflater(input, start, end, size).run();
}
