/**
 * The generator of a VM's random numbers: sfc32 of Chris Doty-Humphrey's PractRand, three words of state and a counter.
 * Seeds are spread over the state by the finalizer of MurmurHash3 (Austin Appleby).
 */
export class RandomNumbers {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  constructor(seed: number) {
    this.seed(seed);
  }

  /** Any Number; equal ones give equal sequences. */
  seed(seed: number): void {
    const bits = new Uint32Array(Float64Array.of(seed === 0 ? 0 : seed).buffer);
    this.#a = mixed(bits[0]);
    this.#b = mixed(bits[1] ^ 0x9e3779b9);
    this.#c = mixed(this.#a ^ this.#b);
    this.#counter = 1;
    // The first ones still show the seed.
    for (let i = 0; i < 12; i++) this.#word();
  }

  /** From 0 up to, and without, 1, with all 53 bits. */
  next(): number {
    return ((this.#word() >>> 5) * 2 ** 26 + (this.#word() >>> 6)) / 2 ** 53;
  }

  #word(): number {
    const word = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + word) | 0;
    return word;
  }
}

function mixed(word: number): number {
  let mix = word | 0;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}
