/**
 * Keys of Maps and Sets. The host compares them as JavaScript does (SameValueZero), which is right for all values with an
 * identity and for those of JavaScript. Tuples and their like have none: of each, the first that came is kept and stands for all
 * that are the same.
 */
import { same } from "../../values/equality.ts";
import type { Value } from "../../values/value.ts";

export class ValueKeys {
  #kept: Map<string, Value[]> | null = null;

  /** The key that stands for this one; itself if there is none yet. */
  find(key: Value): Value {
    if (!isByValue(key)) return key;
    return this.#kept?.get(summary(key))?.find((each) => same(each, key)) ?? key;
  }

  /** The same, and is remembered. */
  keep(key: Value): Value {
    if (!isByValue(key)) return key;
    const found = this.find(key);
    if (found !== key) return found;
    this.#kept ??= new Map();
    const text = summary(key);
    const bucket = this.#kept.get(text);
    if (bucket === undefined) this.#kept.set(text, [key]);
    else if (!bucket.includes(key)) bucket.push(key);
    return key;
  }

  /** It was taken away, and stands for nothing any more. */
  forget(key: Value): void {
    if (!isByValue(key) || this.#kept === null) return;
    const text = summary(key);
    const left = this.#kept.get(text)?.filter((each) => each !== key) ?? [];
    if (left.length === 0) this.#kept.delete(text);
    else this.#kept.set(text, left);
  }

  clear(): void {
    this.#kept = null;
  }
}

function isByValue(key: Value): boolean {
  if (typeof key !== "object" || Array.isArray(key)) return false;
  return key.kind === "Tuple" || key.kind === "Tagged" || key.kind === "Complex" || key.kind === "Binary";
}

const SUMMARY_PARTS = 8;
const SUMMARY_UNITS = 64;
const SUMMARY_DEPTH = 3;

/** A text that is the same for all that are the same, and different for most others; short. */
function summary(value: Value, depth = SUMMARY_DEPTH): string {
  switch (typeof value) {
    case "number":
      return String(value);
    case "string":
      return `"${value.slice(0, SUMMARY_UNITS)}`;
    case "boolean":
      return String(value);
    default:
  }
  if (Array.isArray(value)) return "[";
  switch (value.kind) {
    case "Tuple": {
      const { items } = value;
      if (depth === 0) return `(${items.length}`;
      const parts = items.slice(0, SUMMARY_PARTS).map((item) => summary(item, depth - 1));
      return `(${items.length},${parts.join(",")})`;
    }
    case "Tagged":
      return depth === 0 ? `#${value.tag}` : `#${value.tag}(${summary(value.payload, depth - 1)})`;
    case "Complex":
      return `${value.re + 0}i${value.im + 0}`;
    case "Binary":
      return `b${value.bytes.length},${value.bytes.subarray(0, SUMMARY_UNITS).join(",")}`;
    case "Atom":
      return `:${value.name}`;
    case "Process":
      return `p${value.number}`;
    default:
      return value.kind;
  }
}
