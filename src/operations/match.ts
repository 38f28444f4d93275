/**
 * MATCH and RECEIVE_MATCH: patterns against values.
 *
 * One value is counted as tried for each pattern that is held against one, besides what comparing a
 * value pattern counts. Patterns nest only as deep as files may, so recursion is safe.
 */
import type { Pattern } from "../bytecode/pattern.ts";
import { Atom } from "../values/atom.ts";
import { equalsPattern } from "../values/equality.ts";
import { keyOfText } from "../values/keys.ts";
import { getProperty, IonObject, nativeKey } from "../values/object.ts";
import { Tagged, Tuple, Unit, type Value } from "../values/value.ts";
import { work } from "../values/work.ts";

/** Registers and the values they get once the whole pattern has matched, in turn. */
export type Bindings = (number | Value)[];

/** Takes everything out. Setting the length would be a call into the engine, and there are few. */
export function empty(bindings: unknown[]): void {
  while (bindings.length > 0) bindings.pop();
}

/** The values that pins stand for, by the register of the pattern. */
export type Pinned = ArrayLike<unknown>;

/** Does the value match? What the pattern binds is put behind what is in `bindings`. */
export function matches(pattern: Pattern, value: Value, pinned: Pinned, bindings: Bindings): boolean {
  work.values++;
  switch (pattern.kind) {
    case "wildcard":
      return true;
    case "bind":
      bindings.push(pattern.register, value);
      return true;
    case "value":
      return equalsPattern(pattern.value, value);
    case "pin":
      return equalsPattern(pinned[pattern.register] as Value, value);
    case "tuple":
      if (value instanceof Tuple) return matchItems(pattern.items, value.items, pinned, bindings);
      if (value instanceof IonObject) return matchNumbered(pattern.items, value, pinned, bindings);
      return Array.isArray(value) && matchItems(pattern.items, value, pinned, bindings);
    case "array":
      return Array.isArray(value) && matchItems(pattern.items, value, pinned, bindings);
    case "tagged":
      return matchTagged(pattern.tag, pattern.payload, value, pinned, bindings);
    case "object":
      return value instanceof IonObject && matchMembers(pattern.members, value, pinned, bindings);
  }
}

function matchItems(
  patterns: readonly Pattern[],
  items: readonly Value[],
  pinned: Pinned,
  bindings: Bindings,
): boolean {
  if (patterns.length !== items.length) return false;
  for (let i = 0; i < patterns.length; i++) {
    if (!matches(patterns[i], items[i], pinned, bindings)) return false;
  }
  return true;
}

/** An Object stands for a tuple if it has the properties "0", "1", … */
function matchNumbered(patterns: readonly Pattern[], object: IonObject, pinned: Pinned, bindings: Bindings): boolean {
  for (let i = 0; i < patterns.length; i++) {
    const value = getProperty(object, nativeKey(String(i)));
    if (value === undefined || !matches(patterns[i], value, pinned, bindings)) return false;
  }
  return true;
}

function matchMembers(
  members: readonly { readonly key: string; readonly pattern: Pattern }[],
  object: IonObject,
  pinned: Pinned,
  bindings: Bindings,
): boolean {
  for (const { key, pattern } of members) {
    const value = getProperty(object, keyOfText(key));
    if (value === undefined || !matches(pattern, value, pinned, bindings)) return false;
  }
  return true;
}

/** An Object counts as tagged if `__tag` says so; `__slots` is its payload, Unit where it is missing. */
function matchTagged(tag: string, payload: Pattern, value: Value, pinned: Pinned, bindings: Bindings): boolean {
  if (value instanceof Tagged) return value.tag === tag && matches(payload, value.payload, pinned, bindings);
  if (!(value instanceof IonObject)) return false;
  const own = getProperty(value, "$__tag");
  const name = own instanceof Atom ? own.name : own;
  if (typeof name !== "string" || withoutColon(name) !== withoutColon(tag)) return false;
  return matches(payload, getProperty(value, "$__slots") ?? Unit, pinned, bindings);
}

function withoutColon(name: string): string {
  return name.startsWith(":") ? name.slice(1) : name;
}
