/** Numbers with a name, which the compiler puts in the place of the name. */
function membersOf<const Names extends readonly string[]>(
  owner: string,
  source: Readonly<Record<Names[number], number>>,
  names: Names,
): [string, number][] {
  return names.map((name) => [`${owner}.${name}`, source[name as Names[number]]]);
}

export const CONSTANTS: ReadonlyMap<string, number> = new Map<string, number>([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ...membersOf("Math", Math, ["E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"]),
  ...membersOf("Number", Number, [
    "EPSILON",
    "MAX_SAFE_INTEGER",
    "MAX_VALUE",
    "MIN_SAFE_INTEGER",
    "MIN_VALUE",
    "NaN",
    "NEGATIVE_INFINITY",
    "POSITIVE_INFINITY",
  ]),
]);
