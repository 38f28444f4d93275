/**
 * What the functions that a WebAssembly module exports take and give: JavaScript does not tell, and would make `undefined`,
 * NaN or a TypeError of what a description says wrongly. Format: WebAssembly Core Specification 2.0, chapter 5.
 */

export interface Signature {
  readonly parameters: readonly string[];
  readonly results: readonly string[];
}

const PREAMBLE = 8;
const SECTION = { type: 1, function: 3, export: 7 } as const;
const FUNCTION_TYPE = 0x60;
const EXPORTED_FUNCTION = 0;
const VALUE_TYPES: Readonly<Record<number, string>> = {
  127: "i32",
  126: "i64",
  125: "f32",
  124: "f64",
  123: "v128",
  112: "funcref",
  111: "externref",
};

/** Thrown for what is beyond the specification that is read here, such as types of the garbage collector. */
class Unknown extends Error {}

/**
 * The signatures of exported functions by name, of a module that compiles and imports nothing; null: it has types that
 * this reader does not know.
 */
export function signaturesOf(module: Uint8Array): ReadonlyMap<string, Signature> | null {
  try {
    return new Reader(module).signatures();
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = PREAMBLE;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  signatures(): Map<string, Signature> {
    let types: Signature[] = [];
    let functions: number[] = [];
    const found = new Map<string, Signature>();
    while (this.#at < this.#bytes.length) {
      const id = this.#byte();
      const end = this.#unsigned() + this.#at;
      if (id === SECTION.type) types = this.#list(() => this.#type());
      else if (id === SECTION.function) functions = this.#list(() => this.#unsigned());
      else if (id === SECTION.export) {
        for (const [name, index] of this.#list(() => this.#export())) {
          if (index !== null) found.set(name, types[functions[index]]);
        }
      }
      this.#at = end;
    }
    return found;
  }

  #type(): Signature {
    if (this.#byte() !== FUNCTION_TYPE) throw new Unknown();
    return { parameters: this.#list(() => this.#valueType()), results: this.#list(() => this.#valueType()) };
  }

  #valueType(): string {
    const type = VALUE_TYPES[this.#byte()];
    if (type === undefined) throw new Unknown();
    return type;
  }

  #export(): readonly [name: string, index: number | null] {
    const length = this.#unsigned();
    const name = new TextDecoder().decode(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    const kind = this.#byte();
    const index = this.#unsigned();
    return [name, kind === EXPORTED_FUNCTION ? index : null];
  }

  #list<T>(read: () => T): T[] {
    const made: T[] = [];
    for (let count = this.#unsigned(); count > 0; count--) made.push(read());
    return made;
  }

  #byte(): number {
    if (this.#at >= this.#bytes.length) throw new Unknown();
    return this.#bytes[this.#at++];
  }

  /** LEB128. */
  #unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
}
