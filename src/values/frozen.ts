/**
 * Arrays that JavaScript has frozen. They carry a mark that no key of a program can be, which compiled code reads where it
 * writes: V8 knows from an Array's shape that it has none. Copies have none either.
 */
import type { ValueArray } from "./value.ts";

interface Markable {
  frozen?: true;
}

export const frozenArrays = {
  has: (array: ValueArray): boolean => (array as unknown as Markable).frozen === true,
  add: (array: ValueArray): void => {
    Object.defineProperty(array, "frozen", { value: true });
  },
};
