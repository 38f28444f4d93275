/** Keys of `#private` members: the name behind a unit that no name has and a number of the class. No listing shows them. */
import type { NativeKey } from "./object.ts";

export const PRIVATE = "\udfff";

/** @param number of the class that declares it */
export function privateKey(number: number, name: string): string {
  return `${PRIVATE}${number}#${name}`;
}

/** Of a native key. */
export function isPrivate(key: NativeKey): boolean {
  return key.startsWith(PRIVATE, 1);
}

/** As the program has it, `#name`; any other key as it is. */
export function shownName(key: string): string {
  return key.startsWith(PRIVATE) ? key.slice(key.indexOf("#")) : key;
}
