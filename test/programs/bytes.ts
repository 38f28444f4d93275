/** Binary and Float64Array: the values that lie in memory as foreign code wants them. */
import type { Row } from "../support/run.ts";

/** Pairs of literals, and whether EQUAL and SAME hold. */
const PAIRS: readonly (readonly [a: string, b: string, equal: boolean, same: boolean])[] = [
  ['bytes"00ff"', 'bytes"00FF"', true, true],
  ['bytes"00ff"', 'bytes"00fe"', false, false],
  ['bytes"00"', 'bytes"0000"', false, false],
  ['bytes""', 'bytes""', true, true],
  ['bytes"61"', '"a"', false, false],
  ['bytes"01"', "[1]", false, false],
  ['(bytes"00",)', '(bytes"00",)', true, true],
  ["floats[1, -0]", "floats[1, 0]", true, false],
  ["floats[1]", "floats[1, 2]", false, false],
  ["floats[NaN]", "floats[NaN]", false, false],
  ["floats[]", "floats[]", true, false],
  ["floats[1]", "[1]", false, false],
  ["[floats[2]]", "[floats[2]]", true, false],
];

/** A value, a key, and what GET_PROP gives. */
const READS: readonly (readonly [value: string, key: string, got: string])[] = [
  ['bytes"00ff"', "1", "255"],
  ['bytes"00ff"', '"0"', "0"],
  ['bytes"00ff"', "2", "undefined"],
  ['bytes"00ff"', "-1", "undefined"],
  ['bytes"00ff"', "0.5", "undefined"],
  ['bytes"00ff"', ":length", "2"],
  ["floats[1.5, -0]", "0", "1.5"],
  ["floats[1.5, -0]", ':"1"', "0"],
  ["floats[1.5, -0]", "2", "undefined"],
  ["floats[1.5, -0]", ':"-1"', "undefined"],
  ["floats[1.5, -0]", '"length"', "2"],
  ["floats[1.5, -0]", ":byteLength", "undefined"],
];

/** A key and a value, and what is in `floats[1, 2]` once it was written. */
const WRITES: readonly (readonly [key: string, value: string, after: string])[] = [
  ["0", "-3.5", "floats[-3.5, 2]"],
  ["-0", "NaN", "floats[NaN, 2]"],
  [':"1"', "Infinity", "floats[1, Infinity]"],
  ["2", "9", "floats[1, 2]"],
  ["-1", "9", "floats[1, 2]"],
  ["0.5", "9", "floats[1, 2]"],
  [":length", "9", "floats[1, 2]"],
  ["0", '"9"', "floats[1, 2]"],
  ["0", "undefined", "floats[1, 2]"],
];

export const ROWS: readonly Row[] = [
  ...PAIRS.map(([a, b, equal, same]) => ({
    name: `${a} against ${b}`,
    source: `
      LOAD_CONST r0, ${a}
      LOAD_CONST r1, ${b}
      EQUAL r2, r0, r1
      EQUAL r3, r1, r0
      SAME r4, r0, r1
      LESS_THAN r5, r0, r1
      MATCH r0, [(=${b}, matched)]
      LOAD_CONST r6, false
      JUMP give
    matched:
      LOAD_CONST r6, true
    give:
      ARRAY_INIT r0, [r2, r3, r4, r5, r6]
      RETURN r0`,
    expect: { result: `[${equal}, ${equal}, ${same}, false, ${equal}]` },
  })),
  ...READS.map(([value, key, got]) => ({
    name: `${key} of ${value}`,
    source: `
      LOAD_CONST r0, ${value}
      LOAD_CONST r1, ${key}
      GET_PROP r0, r0, r1
      RETURN r0`,
    expect: { result: got },
  })),
  ...WRITES.map(([key, value, after]) => ({
    name: `${key} of a Float64Array set to ${value}`,
    source: `
      LOAD_CONST r0, floats[1, 2]
      LOAD_CONST r1, ${key}
      LOAD_CONST r2, ${value}
      SET_PROP r0, r1, r2
      RETURN r0`,
    expect: { result: after },
  })),
  {
    name: "a Binary cannot be written",
    source: `
      LOAD_CONST r0, bytes"0102"
      LOAD_CONST r1, 0
      SET_PROP r0, r1, r1
      RETURN r0`,
    expect: { result: 'bytes"0102"' },
  },
  {
    name: "what they print, and their truth",
    source: `
      LOAD_CONST r0, :"__stdlib:PrintLn"
      LOAD_CONST r1, bytes"0aFF"
      LOAD_CONST r2, floats[1, -0, NaN]
      CALL r3, r0, [r1, r2]
      LOAD_CONST r0, :"__stdlib:Debug"
      CALL r3, r0, [r1]
      CALL r3, r0, [r2]
      LOAD_CONST r1, bytes""
      LOAD_CONST r2, floats[]
      AND r1, r1, r2
      RETURN r1`,
    expect: {
      stdout: 'bytes"0aff", floats[1, 0, NaN]\n[DEBUG] Binary: bytes"0aff"\n[DEBUG] Float64Array: floats[1, 0, NaN]\n',
      result: "true",
    },
  },
  {
    name: "a literal Float64Array is a fresh one each time",
    source: `
      .function main arity=0 regs=4
        LOAD_CONST r0, function:make
        CALL r1, r0, []
        LOAD_CONST r2, 0
        LOAD_CONST r3, 7
        SET_PROP r1, r2, r3
        CALL r2, r0, []
        ARRAY_INIT r0, [r1, r2]
        RETURN r0
      .end
      .function make arity=0 regs=0
        LOAD_CONST r0, floats[1]
        RETURN r0
      .end`,
    expect: { result: "[floats[7], floats[1]]" },
  },
  {
    name: "a Float64Array is copied on its way, sharing kept, and the copy charged by its bytes",
    source: `
      .function main arity=0 regs=8
        LOAD_CONST r0, floats[1]
        ARRAY_INIT r1, [r0, r0]
        LOAD_CONST r2, function:write
        SPAWN r3, r2, [r1]
        JOIN r3, r4
        ARRAY_INIT r0, [r1, r4]
        RETURN r0
      .end
      .function write arity=1 regs=4
        LOAD_CONST r1, 0
        GET_PROP r2, r0, r1
        LOAD_CONST r3, 5
        SET_PROP r2, r1, r3
        RETURN r0
      .end`,
    expect: { result: "[[floats[1], floats[1]], [floats[5], floats[5]]]" },
  },
  {
    name: "a Float64Array in a loop that gets hot",
    source: `
      LOAD_CONST r0, floats[0, 0, 0, 0]
      LOAD_CONST r1, 0
      LOAD_CONST r2, 1000
      LOAD_CONST r3, 1
      LOAD_CONST r4, 3
    loop:
      BIT_AND r5, r1, r4
      GET_PROP r6, r0, r5
      ADD r6, r6, r1
      SET_PROP r0, r5, r6
      ADD r1, r1, r3
      LESS_THAN r6, r1, r2
      JUMP_IF_TRUE r6, loop
      RETURN r0`,
    expect: { result: "floats[124500, 124750, 125000, 125250]" },
  },
];
