/** Keys of members, made once. */
import { type NativeKey, nativeKey } from "./object.ts";

/**
 * Keys made of texts, as long as there are not too many: a text that was put together must be looked up among all texts of
 * the host before it finds a property, which takes three times as long as finding it here.
 */
const madeKeys = new Map<string, NativeKey>();
const MOST_MADE = 8_192;
const LONGEST_MADE = 64;

/** As `nativeKey`, for texts that come by often. */
export function keyOfText(text: string): NativeKey {
  const known = madeKeys.get(text);
  if (known !== undefined) return known;
  const made = nativeKey(text);
  if (text.length > LONGEST_MADE) return made;
  if (madeKeys.size >= MOST_MADE) madeKeys.clear();
  madeKeys.set(text, made);
  return made;
}

/** The keys of small whole numbers, which tables are often kept by. */
export const SMALL_KEYS: readonly NativeKey[] = Array.from({ length: 256 }, (_, i) => nativeKey(String(i)));
