/** Patterns of MATCH and RECEIVE_MATCH, as decoded. */
import type { Value } from "../values/value.ts";

export type Pattern =
  /** Structural equality in which an Atom never equals a String. */
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "wildcard" }
  /** Tuple or Array of that length, or an Object with properties "0", "1", … */
  | { readonly kind: "tuple"; readonly items: readonly Pattern[] }
  | { readonly kind: "array"; readonly items: readonly Pattern[] }
  /** Tagged; or an Object whose `__tag` is the tag and whose `__slots` match. */
  | { readonly kind: "tagged"; readonly tag: string; readonly payload: Pattern }
  /** Matches anything and binds it to a register. Version 2. */
  | { readonly kind: "bind"; readonly register: number }
  /** Matches what equals the value in a register, as a value pattern would. Version 2. */
  | { readonly kind: "pin"; readonly register: number }
  /** An Object that has these properties, own or inherited. Version 2. */
  | { readonly kind: "object"; readonly members: readonly { readonly key: string; readonly pattern: Pattern }[] };

/** Calls `visit` for every pattern of a tree, in order. Nesting is limited at load, so recursion is safe. */
export function walkPattern(pattern: Pattern, visit: (pattern: Pattern) => void): void {
  visit(pattern);
  switch (pattern.kind) {
    case "tuple":
    case "array":
      for (const item of pattern.items) walkPattern(item, visit);
      break;
    case "tagged":
      walkPattern(pattern.payload, visit);
      break;
    case "object":
      for (const member of pattern.members) walkPattern(member.pattern, visit);
      break;
    default:
  }
}

/** The same pattern with other registers. */
export function mapRegisters(pattern: Pattern, map: (register: number, kind: "bind" | "pin") => number): Pattern {
  const within = (inner: Pattern): Pattern => mapRegisters(inner, map);
  switch (pattern.kind) {
    case "bind":
    case "pin":
      return { kind: pattern.kind, register: map(pattern.register, pattern.kind) };
    case "tuple":
    case "array":
      return { kind: pattern.kind, items: pattern.items.map(within) };
    case "tagged":
      return { ...pattern, payload: within(pattern.payload) };
    case "object":
      return { kind: "object", members: pattern.members.map(({ key, pattern: p }) => ({ key, pattern: within(p) })) };
    default:
      return pattern;
  }
}
