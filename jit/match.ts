/** MATCH as code: the tests of a clause, and which patterns can be such tests. */
import { type Pattern, walkPattern } from "../src/bytecode/pattern.ts";
import { Undefined, Unit } from "../src/values/value.ts";
import { UNITS_PER_REDUCTION } from "../src/values/work.ts";
import type { Emitter } from "./emit.ts";
import { ANY, ATOM, type State, typesOf } from "./facts.ts";
import {
  assign,
  binary,
  breakTo,
  call,
  type Expression,
  id,
  index,
  member,
  not,
  num,
  type Statement,
  when,
} from "./tree.ts";

/** The tests of one clause of a MATCH, and what it binds. */
export class MatchTest {
  readonly statements: Statement[] = [];
  readonly binds: Statement[] = [];
  canFail = false;
  /** Values tried so far, as the shared operation counts them. */
  #tried = 0;

  constructor(
    readonly e: Emitter,
    readonly label: string,
    readonly state: State,
    readonly isCounted: boolean,
    readonly missOthers: (value: Expression) => Statement[],
  ) {}

  /** Adds what was tried to the count. */
  count(): Statement[] {
    return this.isCounted ? [assign(id("n"), binary("+", id("n"), num(this.#tried)))] : [];
  }

  #unless(test: Expression): void {
    this.canFail = true;
    this.statements.push(when(test, [...this.count(), breakTo(this.label)]));
  }

  #items(list: Expression, patterns: readonly Pattern[]): void {
    this.#unless(binary("!==", member(list, "length"), num(patterns.length)));
    patterns.forEach((item, i) => {
      this.pattern(item, index(list, num(i)), false);
    });
  }

  pattern(pattern: Pattern, value: Expression, outermost: boolean): void {
    this.#tried++;
    if (!outermost && (pattern.kind === "tuple" || pattern.kind === "tagged")) {
      this.statements.push(...this.missOthers(value));
    }
    switch (pattern.kind) {
      case "value":
        this.#tried++;
        this.#unless(binary("!==", value, this.e.constant(pattern.value)));
        break;
      case "bind":
        this.binds.push(assign(this.e.variable(pattern.register), value));
        this.state.set(pattern.register, ANY);
        break;
      case "tuple":
        this.#unless(not(binary("instanceof", value, id("Tuple"))));
        this.#items(member(value, "items"), pattern.items);
        break;
      case "array":
        this.#unless(not(call(id("isArray"), [value])));
        this.#items(value, pattern.items);
        break;
      case "tagged":
        this.#unless(not(binary("instanceof", value, id("Tagged"))));
        this.#unless(binary("!==", member(value, "tag"), this.e.constant(pattern.tag)));
        this.pattern(pattern.payload, member(value, "payload"), false);
        break;
      default:
    }
  }
}

/** The most values that a MATCH with these patterns can try. */
export function mostTried(patterns: readonly Pattern[]): number {
  let tried = 0;
  for (const pattern of patterns) walkPattern(pattern, ({ kind }) => (tried += kind === "value" ? 2 : 1));
  return tried;
}

/** Patterns that are quicker as code: scalars, and what holds them. */
export function canInline(patterns: readonly Pattern[]): boolean {
  let units = 0;
  let simple = true;
  for (const pattern of patterns) {
    walkPattern(pattern, (part) => {
      if (part.kind === "object" || part.kind === "pin") simple = false;
      if (part.kind !== "value") return;
      const { value } = part;
      if (typeof value === "string") units += value.length;
      else if (typeof value === "object" && typesOf(value) !== ATOM && value !== Unit && value !== Undefined)
        simple = false;
    });
  }
  // So many that comparing them all would be charged for are left to the shared operation.
  return simple && units < UNITS_PER_REDUCTION;
}
