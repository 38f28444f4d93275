/** Functions of Arrays. Those that only read take Tuples as well. */
import { systemLimit } from "../../errors.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { equals } from "../../values/equality.ts";
import { reserve } from "../../values/memory.ts";
import { print } from "../../values/print.ts";
import { emptyArray, type Tuple, typeOf, Undefined, type Value, type ValueArray } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type ForeignSpec, type Parameter, refusal } from "../spec.ts";
import { direct } from "./direct.ts";
import { place, RANGE_TEXT, rangeOf } from "./ranges.ts";
import { TextBuilder } from "./text.ts";

const ARRAY: Parameter = { name: "array", type: "Array" };
const LIST: Parameter = { name: "list", type: "Sequence" };
const VALUE: Parameter = { name: "value", type: "Any" };

function number(name: string): Parameter {
  return { name, type: "Number" };
}

/** How an Array's elements are held: eight bytes each. */
const BYTES_PER_ELEMENT = 8;

export function itemsOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : (value as Tuple).items;
}

/** Called before an Array of so many elements is made. Counts them. @throws ProgramError if there is no room */
export function allowElements(count: number): void {
  if (count > FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
  reserve(count * BYTES_PER_ELEMENT);
  work.values += count;
}

function push(array: ValueArray, value: Value): number {
  const { length } = array;
  if (length >= FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
  reserveGrowth(length);
  return array.push(value);
}

/**
 * Before an Array of this length gets one more element. The host grows an array by about half its size now and then. Nobody
 * can see when, so there must be room for twice the size each time it has doubled.
 */
function reserveGrowth(length: number): void {
  if ((length & (length - 1)) === 0) reserve(length * BYTES_PER_ELEMENT);
}

function slice(items: readonly Value[], from: number, to: number): ValueArray {
  const range = rangeOf(from, to, items.length);
  allowElements(range.to - range.from);
  return items.slice(range.from, range.to);
}

function concat(a: readonly Value[], b: readonly Value[]): ValueArray {
  allowElements(a.length + b.length);
  const made = emptyArray();
  for (let i = 0; i < a.length; i++) made.push(a[i]);
  for (let i = 0; i < b.length; i++) made.push(b[i]);
  return made;
}

/** The index of an element that is there. @throws ForeignFailure */
function indexOfElement(array: ValueArray, index: number): number {
  if (Number.isInteger(index) && index >= 0 && index < array.length) return index;
  throw refusal(`There is no element ${index} in an Array of ${array.length}`);
}

function insert(array: ValueArray, index: number, value: Value): number {
  if (!(Number.isInteger(index) && index >= 0 && index <= array.length)) {
    throw refusal(`Cannot insert at ${index} into an Array of ${array.length}`);
  }
  if (array.length >= FIXED_LIMITS.arrayLength.value) throw systemLimit("array");
  reserveGrowth(array.length);
  work.values += array.length - index;
  array.splice(index, 0, value);
  return array.length;
}

function remove(array: ValueArray, index: number): Value {
  const at = indexOfElement(array, index);
  work.values += array.length - at;
  return array.splice(at, 1)[0];
}

/** In the order of `<`; NaN behind all other Numbers, -0 as 0. Equal ones keep their order. */
function sort(array: ValueArray): ValueArray {
  const { length } = array;
  // In so many comparisons an element takes part when a sort merges.
  const comparisons = Math.ceil(Math.log2(length + 1));
  work.values += length * comparisons;
  reserve(length * BYTES_PER_ELEMENT);
  const type = length === 0 ? "Number" : typeOf(array[0]);
  if (type !== "Number" && type !== "String")
    throw refusal(`Can sort Numbers or Strings, not values of the type ${type}`);
  for (const item of array) {
    if (typeOf(item) !== type) throw refusal(`Can sort Numbers or Strings, not a ${type} and a ${typeOf(item)}`);
  }
  if (type === "Number") return sortNumbers(array as number[]);
  for (const text of array as string[]) work.units += text.length * comparisons;
  return array.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The host sorts doubles ten times as quickly, but not -0 as 0. */
function sortNumbers(array: number[]): number[] {
  if (array.some((item) => Object.is(item, -0))) return array.sort(compareNumbers);
  const sorted = Float64Array.from(array).sort();
  for (let i = 0; i < sorted.length; i++) array[i] = sorted[i];
  return array;
}

function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  return Number.isNaN(b) ? -1 : a < b ? -1 : a > b ? 1 : 0;
}

function indexOf(items: readonly Value[], value: Value, from: number): number {
  for (let i = place(from, items.length); i < items.length; i++) if (equals(items[i], value)) return i;
  return -1;
}

function fill(array: ValueArray, value: Value, from: number, to: number): ValueArray {
  const range = rangeOf(from, to, array.length);
  work.values += range.to - range.from;
  return array.fill(value, range.from, range.to);
}

function filled(length: number, value: Value): ValueArray {
  if (!(Number.isInteger(length) && length >= 0)) throw refusal(`A length is a whole number from 0, got ${length}`);
  allowElements(length);
  const made = emptyArray();
  for (let i = 0; i < length; i++) made.push(value);
  return made;
}

export const ARRAYS: readonly ForeignSpec[] = [
  direct({
    name: "ArrayLength",
    parameters: [ARRAY],
    result: "Number",
    description: "The number of elements.",
    pure: true,
    direct: (array: ValueArray) => array.length,
  }),
  direct({
    name: "ArrayPush",
    parameters: [ARRAY, VALUE],
    result: "Number",
    description: "Puts the value itself, not a copy, at the end of the Array and gives the new length.",
    pure: false,
    local: true,
    direct: push,
  }),
  direct({
    name: "ArrayPop",
    parameters: [ARRAY],
    result: "Any",
    description: "Takes the last element away and gives it; Undefined if there is none.",
    pure: false,
    local: true,
    direct: (array: ValueArray) => array.pop() ?? Undefined,
  }),
  direct({
    name: "ArrayNew",
    parameters: [number("length"), VALUE],
    result: "Array",
    description: "A fresh Array that has the value itself in each of its places.",
    charge: "the elements",
    pure: false,
    local: true,
    direct: filled,
  }),
  direct({
    name: "ArraySlice",
    parameters: [LIST, number("from"), number("to")],
    result: "Array",
    description: `A fresh Array of the elements ${RANGE_TEXT}.`,
    charge: "the elements of the result",
    pure: false,
    local: true,
    direct: (list: Value, from: number, to: number) => slice(itemsOf(list), from, to),
  }),
  direct({
    name: "ArrayConcat",
    parameters: [
      { name: "a", type: "Sequence" },
      { name: "b", type: "Sequence" },
    ],
    result: "Array",
    description: "A fresh Array of the elements of both.",
    charge: "the elements of the result",
    pure: false,
    local: true,
    direct: (a: Value, b: Value) => concat(itemsOf(a), itemsOf(b)),
  }),
  direct({
    name: "ArrayInsert",
    parameters: [ARRAY, number("index"), VALUE],
    result: "Number",
    description:
      "Puts the value at this index, and what was there and behind it one further; gives the new length. Fails unless the index is a " +
      "whole number from 0 to the length.",
    charge: "the elements behind it",
    pure: false,
    local: true,
    direct: insert,
  }),
  direct({
    name: "ArrayRemove",
    parameters: [ARRAY, number("index")],
    result: "Any",
    description: "Takes the element at this index away and gives it. Fails if there is none.",
    charge: "the elements behind it",
    pure: false,
    local: true,
    direct: remove,
  }),
  {
    name: "ArraySort",
    parameters: [ARRAY],
    result: "Array",
    description:
      "Sorts the Array itself, ascending, and gives it back: Numbers, NaN behind all others, or Strings by their units. Equal " +
      "ones keep their order. Fails, and changes nothing, if there is anything else in it, or both.",
    charge: "the elements, and the units of Strings, times the logarithm of the number of elements",
    pure: false,
    local: true,
    run: (args) => sort(args[0] as ValueArray),
  },
  {
    name: "ArrayReverse",
    parameters: [ARRAY],
    result: "Array",
    description: "Turns the order of the Array itself around, and gives it back.",
    charge: "the elements",
    pure: false,
    local: true,
    run: (args) => {
      work.values += (args[0] as ValueArray).length;
      return (args[0] as ValueArray).reverse();
    },
  },
  {
    name: "ArrayFill",
    parameters: [ARRAY, VALUE, number("from"), number("to")],
    result: "Array",
    description: `Puts the value itself in each place ${RANGE_TEXT}; gives the Array back.`,
    charge: "the places",
    pure: false,
    local: true,
    run: (args) => fill(args[0] as ValueArray, args[1], args[2] as number, args[3] as number),
  },
  direct({
    name: "ArrayIndexOf",
    parameters: [LIST, VALUE, number("from")],
    result: "Number",
    description:
      "The first index from `from` on whose element is equal, as EQUAL without operator methods; -1 if there is none.",
    charge: "the values compared",
    pure: true,
    direct: (list: Value, value: Value, from: number) => indexOf(itemsOf(list), value, from),
  }),
  {
    name: "ArrayJoin",
    parameters: [LIST, { name: "separator", type: "String" }],
    result: "String",
    description: "The elements as Print prints them, with the separator between them.",
    charge: "the elements and the units of the result",
    pure: true,
    run: (args) => {
      const items = itemsOf(args[0]);
      const separator = args[1] as string;
      work.values += items.length;
      const text = new TextBuilder();
      for (let i = 0; i < items.length; i++) {
        if (i > 0) text.add(separator);
        text.add(print(items[i]));
      }
      return text.finish();
    },
  },
];
