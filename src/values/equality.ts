/**
 * Equality, identity and order of values.
 *
 * One comparison serves EQUAL, SAME and the value patterns of MATCH; they differ in three rules (see
 * `Mode`). It works off a list of pairs instead of recursing, so depth costs no stack. After a while it
 * remembers what it has paired in a union-find structure with one set of nodes for the left and one for
 * the right side: a pair under comparison, or found equal before, counts as equal. Then cycles end, and
 * shared structure costs no more than its size (Hopcroft and Karp's test for equivalent automata).
 * Left and right are kept apart because a value need not be equal to itself: NaN may be inside.
 */
import { Atom } from "./atom.ts";
import { type Binary, BYTES_PER_UNIT, equalBytes, equalFloats, type FloatArray } from "./bytes.ts";
import type { FunctionValue } from "./function.ts";
import { hasOwn, type IonObject, memberAt, ownKeys } from "./object.ts";
import type { ProcessValue } from "./process.ts";
import type { Complex, Tagged, Tuple, Value, ValueArray } from "./value.ts";
import { work } from "./work.ts";

/**
 * - `equal`: an Atom equals a String of the same text; Arrays and Objects by structure
 * - `same`: Arrays and Objects by identity
 * - `pattern`: as equal, but an Atom never equals a String
 */
type Mode = "equal" | "same" | "pattern";

/** EQUAL, without operator methods. */
export function equals(a: Value, b: Value): boolean {
  return compare(a, b, "equal");
}

/** SAME. */
export function same(a: Value, b: Value): boolean {
  return compare(a, b, "same");
}

/** A value pattern against a value. */
export function equalsPattern(pattern: Value, value: Value): boolean {
  return compare(pattern, value, "pattern");
}

/** Number with Number, String with String, Atom with Atom (by UTF-16 units); all else is not ordered. */
export function lessThan(a: Value, b: Value): boolean {
  if (typeof a === "number") return typeof b === "number" && a < b;
  if (typeof a === "string") return typeof b === "string" && countUnits(a, b) && a < b;
  return a instanceof Atom && b instanceof Atom && countUnits(a.name, b.name) && a.name < b.name;
}

/** As `lessThan`, for "less or equal". */
export function lessOrEqual(a: Value, b: Value): boolean {
  if (typeof a === "number") return typeof b === "number" && a <= b;
  if (typeof a === "string") return typeof b === "string" && countUnits(a, b) && a <= b;
  return a instanceof Atom && b instanceof Atom && countUnits(a.name, b.name) && a.name <= b.name;
}

function countUnits(a: string, b: string): true {
  work.units += Math.min(a.length, b.length);
  return true;
}

/** Texts of different length differ without a look at them. */
function equalTexts(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  work.units += a.length;
  return a === b;
}

/** Two leaves, or undefined if both are compound values of one kind that must be looked into. */
function compareLeaves(a: Value, b: Value, mode: Mode): boolean | undefined {
  if (typeof a === "number" || typeof a === "boolean") return a === b;
  if (typeof a === "string") {
    if (typeof b === "string") return equalTexts(a, b);
    return mode === "equal" && b instanceof Atom && equalTexts(a, b.name);
  }
  if (typeof b !== "object") {
    return mode === "equal" && typeof b === "string" && a instanceof Atom && equalTexts(a.name, b);
  }
  if (Array.isArray(a)) {
    if (!Array.isArray(b)) return false;
    return mode === "same" ? a === b : undefined;
  }
  if (Array.isArray(b) || a.kind !== b.kind) return false;
  switch (a.kind) {
    case "Complex":
      return a.re === (b as Complex).re && a.im === (b as Complex).im;
    case "Object":
      return mode === "same" ? a === b : undefined;
    case "Tuple":
    case "Tagged":
    case "Function":
      return undefined;
    case "Process":
      return a === (b as ProcessValue);
    case "Binary":
      work.units += Math.min(a.bytes.length, (b as Binary).bytes.length) / BYTES_PER_UNIT;
      return equalBytes(a.bytes, (b as Binary).bytes);
    case "Float64Array":
      if (mode === "same") return a === b;
      work.units += Math.min(a.items.byteLength, (b as FloatArray).items.byteLength) / BYTES_PER_UNIT;
      return equalFloats(a.items, (b as FloatArray).items);
    default:
      return a === b;
  }
}

function compare(a: Value, b: Value, mode: Mode): boolean {
  work.values++;
  return compareLeaves(a, b, mode) ?? new Comparison(mode).run(a, b);
}

/** Parts compared before a comparison starts to remember pairs: small values never pay for it. */
const REMEMBER_AFTER = 100;

type Compound = Tuple | Tagged | ValueArray | IonObject | FunctionValue;

class Comparison {
  /** Pairs still to be looked into, left and right in turn. */
  readonly #open: Compound[] = [];
  /** Modes of the open pairs; functions inside an EQUAL are compared as SAME. */
  readonly #modes: Mode[] = [];
  readonly #mode: Mode;
  #memory: Map<Mode, Pairs> | undefined;
  /** Parts compared so far. */
  #compared = 0;

  constructor(mode: Mode) {
    this.#mode = mode;
  }

  run(a: Value, b: Value): boolean {
    this.#open.push(a as Compound, b as Compound);
    this.#modes.push(this.#mode);
    while (this.#modes.length > 0) {
      const right = this.#open.pop()!;
      const left = this.#open.pop()!;
      const mode = this.#modes.pop()!;
      if (this.#compared >= REMEMBER_AFTER && this.#alreadyPaired(left, right, mode)) continue;
      if (!this.#lookInto(left, right, mode)) return false;
    }
    return true;
  }

  #alreadyPaired(left: Compound, right: Compound, mode: Mode): boolean {
    this.#memory ??= new Map();
    let pairs = this.#memory.get(mode);
    if (pairs === undefined) {
      pairs = new Pairs();
      this.#memory.set(mode, pairs);
    }
    return pairs.unite(left, right);
  }

  /** Compares two parts; compound ones are put off. */
  #parts(a: Value, b: Value, mode: Mode): boolean {
    work.values++;
    this.#compared++;
    const result = compareLeaves(a, b, mode);
    if (result !== undefined) return result;
    this.#open.push(a as Compound, b as Compound);
    this.#modes.push(mode);
    return true;
  }

  #lookInto(left: Compound, right: Compound, mode: Mode): boolean {
    if (Array.isArray(left)) return this.#lists(left, right as ValueArray, mode);
    switch (left.kind) {
      case "Tuple":
        return this.#lists(left.items, (right as Tuple).items, mode);
      case "Tagged": {
        const other = right as Tagged;
        return left.tag === other.tag && this.#parts(left.payload, other.payload, mode);
      }
      case "Function": {
        const other = right as FunctionValue;
        if (left.code !== other.code || left.foreign !== other.foreign) return false;
        return this.#lists(left.captured, other.captured, "same") && this.#parts(left.self, other.self, "same");
      }
      case "Object":
        return this.#objects(left, right as IonObject, mode);
    }
  }

  #lists(left: readonly Value[], right: readonly Value[], mode: Mode): boolean {
    if (left.length !== right.length) return false;
    for (let i = 0; i < left.length; i++) {
      if (!this.#parts(left[i], right[i], mode)) return false;
    }
    return true;
  }

  /** Own members with their values, in any order; neither attributes nor prototypes count. */
  #objects(left: IonObject, right: IonObject, mode: Mode): boolean {
    const keys = ownKeys(left);
    if (keys.length !== ownKeys(right).length) return false;
    for (const key of keys) {
      if (!hasOwn(right, key) || !this.#parts(memberAt(left, key), memberAt(right, key), mode)) return false;
    }
    return true;
  }
}

/** Union-find over the nodes of both sides. */
class Pairs {
  readonly #left = new Map<Compound, number>();
  readonly #right = new Map<Compound, number>();
  readonly #parent: number[] = [];

  /** Joins the sets of a left and a right node. True if they were in one set already. */
  unite(left: Compound, right: Compound): boolean {
    const a = this.#find(this.#node(this.#left, left));
    const b = this.#find(this.#node(this.#right, right));
    if (a === b) return true;
    this.#parent[Math.max(a, b)] = Math.min(a, b);
    return false;
  }

  #node(side: Map<Compound, number>, value: Compound): number {
    let node = side.get(value);
    if (node === undefined) {
      node = this.#parent.length;
      this.#parent.push(node);
      side.set(value, node);
    }
    return node;
  }

  #find(node: number): number {
    const parent = this.#parent;
    while (parent[node] !== node) {
      parent[node] = parent[parent[node]];
      node = parent[node];
    }
    return node;
  }
}
