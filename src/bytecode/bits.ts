/** Sets of registers, one for each instruction, in one array of bits. */
export class BitRows {
  readonly #words: number;
  readonly #bits: Int32Array;

  constructor(rows: number, columns: number) {
    this.#words = Math.max(1, Math.ceil(columns / 32));
    this.#bits = new Int32Array(rows * this.#words);
  }

  has(row: number, column: number): boolean {
    return ((this.#bits[row * this.#words + (column >> 5)] >> (column & 31)) & 1) === 1;
  }

  add(row: number, column: number): void {
    this.#bits[row * this.#words + (column >> 5)] |= 1 << (column & 31);
  }

  remove(row: number, column: number): void {
    this.#bits[row * this.#words + (column >> 5)] &= ~(1 << (column & 31));
  }

  /** Empties a row. */
  clear(row: number): void {
    this.#bits.fill(0, row * this.#words, (row + 1) * this.#words);
  }

  /** Adds all of one row to another. */
  merge(into: number, from: number): void {
    const a = into * this.#words;
    const b = from * this.#words;
    for (let i = 0; i < this.#words; i++) this.#bits[a + i] |= this.#bits[b + i];
  }

  /** Makes a row equal to one of another set; true if that changed it. */
  take(row: number, other: BitRows, otherRow: number): boolean {
    const a = row * this.#words;
    const b = otherRow * this.#words;
    let changed = false;
    for (let i = 0; i < this.#words; i++) {
      const bits = other.#bits[b + i];
      if (this.#bits[a + i] === bits) continue;
      this.#bits[a + i] = bits;
      changed = true;
    }
    return changed;
  }

  /** The members of a row, in order. */
  members(row: number): number[] {
    const found: number[] = [];
    const start = row * this.#words;
    for (let i = 0; i < this.#words; i++) {
      for (let bits = this.#bits[start + i]; bits !== 0; bits &= bits - 1) {
        found.push(i * 32 + 31 - Math.clz32(bits & -bits));
      }
    }
    return found;
  }
}
