/** Functions of Arrays. */
import { systemLimit } from "../../errors.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { reserve } from "../../values/memory.ts";
import type { Value, ValueArray } from "../../values/value.ts";
import type { ForeignSpec, Parameter } from "../spec.ts";

const ARRAY: Parameter = { name: "array", type: "Array" };

/** How an Array's elements are held: eight bytes each. */
const BYTES_PER_ELEMENT = 8;

function push(array: ValueArray, value: Value): number {
  const { length } = array;
  if (length >= FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
  // The host grows an array by about half its size now and then. Nobody can see when, so there must be
  // room for twice the size each time it has doubled.
  if ((length & (length - 1)) === 0) reserve(length * BYTES_PER_ELEMENT);
  return array.push(value);
}

export const ARRAYS: readonly ForeignSpec[] = [
  {
    name: "ArrayLength",
    parameters: [ARRAY],
    result: "Number",
    description: "The number of elements.",
    pure: true,
    run: (args) => (args[0] as ValueArray).length,
  },
  {
    name: "ArrayPush",
    parameters: [ARRAY, { name: "value", type: "Any" }],
    result: "Number",
    description: "Puts the value itself, not a copy, at the end of the Array and gives the new length.",
    pure: false,
    run: (args) => push(args[0] as ValueArray, args[1]),
  },
];
