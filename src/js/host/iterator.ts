/** Iterators of Arrays, texts, Maps and Sets. */
import { jsError } from "../../errors.ts";
import { IonObject } from "../../values/object.ts";
import { Undefined, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type BuiltIn, method } from "../built-in.ts";
import { elementsOf } from "./array.ts";
import { objectWith } from "./make.ts";
import {
  ArrayIteratorState,
  EntryIteratorState,
  ITERATION_KINDS,
  type IterationKind,
  IteratorState,
  MapState,
  SetState,
  StringIteratorState,
  stateOf,
} from "./state.ts";
import { thisText } from "./string.ts";

export function iterationResult(value: Value, done: boolean): IonObject {
  const result = new IonObject();
  result.$value = value;
  result.$done = done;
  return result;
}

function next(name: string): BuiltIn {
  return method(`%${name}.prototype.next`, 0, (self) => {
    const state = stateOf(self, IteratorState);
    if (state === undefined) throw jsError("TypeError", "next method called on incompatible receiver");
    work.values++;
    const value = state.next();
    return iterationResult(value ?? Undefined, value === undefined);
  });
}

function itself(name: string): BuiltIn {
  return method(`%${name}.prototype.@@iterator`, 0, (self) => self);
}

/** The classes of iterators that the host makes. */
const CLASSES = ["ArrayIterator", "StringIterator", "MapIterator", "SetIterator", "RegExpStringIterator"];

function ofArray(name: string, kind: IterationKind): BuiltIn {
  return method(`Array.prototype.${name}`, 0, (self) => {
    return objectWith(new ArrayIteratorState(elementsOf(self, name), kind));
  });
}

function ofEntries(owner: "Map" | "Set", name: string, kind: IterationKind): BuiltIn {
  return method(`${owner}.prototype.${name}`, 0, (self) => {
    const tag = owner === "Map" ? stateOf(self, MapState)?.tag : stateOf(self, SetState)?.tag;
    if (tag !== owner) {
      throw jsError("TypeError", `Method ${owner}.prototype.${name} called on incompatible receiver`);
    }
    return objectWith(new EntryIteratorState(self, kind, `%${owner}Iterator.prototype`));
  });
}

export const ITERATORS: readonly BuiltIn[] = [
  ...CLASSES.flatMap((name) => [next(name), itself(name)]),
  ...ITERATION_KINDS.map((kind) => ofArray(kind, kind)),
  ofArray("@@iterator", "values"),
  method("String.prototype.@@iterator", 0, (self) => {
    return objectWith(new StringIteratorState(thisText(self, "[Symbol.iterator]")));
  }),
  ...ITERATION_KINDS.map((kind) => ofEntries("Map", kind, kind)),
  ofEntries("Map", "@@iterator", "entries"),
  ...ITERATION_KINDS.map((kind) => ofEntries("Set", kind, kind === "keys" ? "values" : kind)),
  ofEntries("Set", "@@iterator", "values"),
];
