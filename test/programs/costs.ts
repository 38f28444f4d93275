/** What each instruction costs, and what the work that depends on data adds: main's reductions at its end. */
import type { Row } from "../support/run.ts";

function list(count: number, item: string): string {
  return Array.from({ length: count }, () => item).join(", ");
}

/** The body, with RETURN of a register behind it. */
function costs(name: string, body: string, reductions: number, rest = ""): Row {
  return { name, source: `${body}\nRETURN r39\n${rest}`, expect: { reductions } };
}

const RETURN = 1;

/** Instructions that need nothing but Undefined in their registers: what they cost. */
const PLAIN: readonly (readonly [instruction: string, cost: number])[] = [
  ["LOAD_CONST r0, 1", 1],
  ['LOAD_CONST r0, "text"', 1],
  ["LOAD_CONST r0, :self", 1],
  ['LOAD_CONST r0, :"__vm:processes"', 1],
  ["LOAD_CONST r0, []", 1],
  ["MOVE r0, r1", 1],
  ["ADD r0, r1, r2", 1],
  ["SUB r0, r1, r2", 1],
  ["MUL r0, r1, r2", 1],
  ["DIV r0, r1, r2", 1],
  ["MOD r0, r1, r2", 1],
  ["NEG r0, r1", 1],
  ["BIT_AND r0, r1, r2", 1],
  ["BIT_OR r0, r1, r2", 1],
  ["BIT_XOR r0, r1, r2", 1],
  ["SHL r0, r1, r2", 1],
  ["SHR r0, r1, r2", 1],
  ["USHR r0, r1, r2", 1],
  ["EQUAL r0, r1, r2", 1],
  ["NOT_EQUAL r0, r1, r2", 1],
  ["LESS_THAN r0, r1, r2", 1],
  ["LESS_EQUAL r0, r1, r2", 1],
  ["GREATER_THAN r0, r1, r2", 1],
  ["GREATER_EQUAL r0, r1, r2", 1],
  ["SAME r0, r1, r2", 1],
  ["AND r0, r1, r2", 1],
  ["OR r0, r1, r2", 1],
  ["NOT r0, r1", 1],
  ["GET_PROP r0, r1, r2", 1],
  ["SET_PROP r0, r1, r2", 1],
  ["JUMP +1", 1],
  ["JUMP_IF_TRUE r0, +1", 1],
  ["JUMP_IF_FALSE r0, +1", 1],
  ["MATCH r0, [(1, +1)]", 1],
  ["MATCH r0, [(_, +1)]", 1],
  ["MATCH r0, []", 1],
  ["YIELD", 1],
  ["NOP", 1],
  ["OBJECT_INIT r0, {}", 1],
  ["OBJECT_INIT r0, {a: r1, b: 2, c!w: []}", 1],
  ["ARRAY_INIT r0, [r1, r2]", 1],
  ["TUPLE_INIT r0, [r1, r2]", 1],
  ['TAG_INIT r0, "t", r1', 1],
  ['MAKE_CLOSURE r0, r1, "s", [x:r2]', 1],
  ["SPAWN r0, r1, [r2]", 4],
  ["SEND r0, r1", 4],
  ["TRY r0, +1\nEND_TRY", 2],
];

/** `TRY r0, +1` would have its handler meet itself: a handler behind the end instead. */
function plainRow([instruction, cost]: (typeof PLAIN)[number]): Row {
  const text = instruction.replace("TRY r0, +1", "TRY r0, +3");
  return costs(`${instruction.replaceAll("\n", "; ")} costs ${cost}`, text, cost + RETURN);
}

/** `extra` reductions for work, on top of `cost`, at a border. */
function border(
  name: string,
  body: (count: number) => string,
  rows: readonly (readonly [count: number, reductions: number])[],
  rest = "",
): Row[] {
  return rows.map(([count, reductions]) => costs(`${name} ${count}`, body(count), reductions + RETURN, rest));
}

const ARRAY = (count: number) => `[${list(count, "1")}]`;

export const ROWS: readonly Row[] = [
  ...PLAIN.map(plainRow),
  costs(
    "CALL costs 2 and the callee's instructions",
    "LOAD_CONST r0, function:f\nCALL r1, r0, []",
    1 + 2 + 1 + RETURN,
    ".function f arity=0 regs=0\nNOP\n.end",
  ),
  costs(
    "CALL of a foreign function costs 2",
    'LOAD_CONST r0, :"__stdlib:TestArguments"\nCALL r1, r0, [r0]',
    1 + 2 + RETURN,
  ),
  costs(
    "CALL_METHOD costs 2 and the callee's instructions",
    'LOAD_CONST r0, function:f\nOBJECT_INIT r1, {m: r0}\nCALL_METHOD r2, r1, "m", []',
    1 + 1 + 2 + 1 + RETURN,
    ".function f arity=0 regs=0\nNOP\n.end",
  ),
  costs("RECEIVE costs 2", "LOAD_CONST r0, :self\nSEND r0, r0\nRECEIVE r1", 1 + 4 + 2 + RETURN),
  costs(
    "RECEIVE_WITH_TIMEOUT costs 2, also when it waits",
    "LOAD_CONST r0, 5\nRECEIVE_WITH_TIMEOUT r1, r0, r2",
    1 + 2 + RETURN,
  ),
  costs(
    "LINK, JOIN, JOIN_NUMBER, SELECT, SELECT_WITH_KILL cost 2, whether they wait or not",
    `
      LOAD_CONST r0, function:f
      SPAWN r1, r0, []
      LINK r1
      JOIN r1, r2
      JOIN r1, r2
      JOIN_NUMBER 2, r2
      SELECT r3, [r1]
      SELECT_WITH_KILL r4, [r1]
      SPAWN r1, r0, []
      SELECT r3, [r1]
      SPAWN r1, r0, []
      SELECT_WITH_KILL r3, [r1]
      SPAWN r1, r0, []
      JOIN_NUMBER 5, r3`,
    1 + 4 * 4 + 9 * 2 + RETURN,
    ".function f arity=0 regs=0\nRECEIVE_WITH_TIMEOUT r0, r1, r2\n.end".replace(
      "RECEIVE_WITH_TIMEOUT r0, r1, r2",
      "LOAD_CONST r1, 5\nRECEIVE_WITH_TIMEOUT r0, r1, r2",
    ),
  ),
  costs(
    "a SELECT that waits tries its processes once",
    `
      LOAD_CONST r0, function:f
      SPAWN r1, r0, []
      SELECT r3, [${list(20, "r1")}]`,
    1 + 4 + 2 + 1 + RETURN,
    ".function f arity=0 regs=0\nLOAD_CONST r1, 5\nRECEIVE_WITH_TIMEOUT r0, r1, r2\n.end",
  ),
  costs(
    "a SELECT that does not wait tries its processes once",
    `
      LOAD_CONST r0, function:f
      SPAWN r1, r0, []
      JOIN r1, r2
      SELECT r3, [${list(20, "r1")}]`,
    1 + 4 + 2 + 2 + 1 + RETURN,
    ".function f arity=0 regs=0\n.end",
  ),
  { name: "RETURN costs 1", source: "RETURN r0", expect: { reductions: 1 } },
  { name: "THROW costs 1", source: "THROW r0", expect: { reason: "(:throw, undefined)", reductions: 1 } },

  // Values: one more for every 16, rounded down. A structure of n values is itself and what is in it.
  ...border("LOAD_CONST of an array of", (n) => `LOAD_CONST r0, ${ARRAY(n)}`, [
    [14, 1],
    [15, 2],
    [16, 2],
    [30, 2],
    [31, 3],
  ]),
  ...border("LOAD_CONST of a tuple, which is shared, of", (n) => `LOAD_CONST r0, (${list(n, "1")})`, [[40, 1]]),
  ...border("ARRAY_INIT of", (n) => `ARRAY_INIT r0, [${list(n, "r1")}]`, [
    [15, 1],
    [16, 2],
    [17, 2],
    [31, 2],
    [32, 3],
  ]),
  ...border("TUPLE_INIT of", (n) => `TUPLE_INIT r0, [${list(n, "r1")}]`, [
    [15, 1],
    [16, 2],
    [32, 3],
  ]),
  ...border(
    "OBJECT_INIT of",
    (n) => `OBJECT_INIT r0, {${Array.from({ length: n }, (_, i) => `k${i}: r1`).join(", ")}}`,
    [
      [15, 1],
      [16, 2],
      [32, 3],
    ],
  ),
  ...border(
    "MAKE_CLOSURE of",
    (n) => `
      LOAD_CONST r0, function:f
      MAKE_CLOSURE r1, r0, "s", [${Array.from({ length: n }, (_, i) => `k${i}:r2`).join(", ")}]`,
    [
      [15, 2],
      [16, 3],
      [32, 4],
    ],
    ".function f arity=0 regs=0\n.end",
  ),
  ...border("SET_PROP behind the end, at index", (n) => `LOAD_CONST r0, []\nLOAD_CONST r1, ${n}\nSET_PROP r0, r1, r1`, [
    [14, 3],
    [15, 4],
    [16, 4],
    [31, 5],
  ]),
  ...border(
    "EQUAL of two arrays of",
    (n) => `LOAD_CONST r0, []\nLOAD_CONST r1, ${n - 1}\nSET_PROP r0, r1, r1\nEQUAL r2, r0, r0`,
    [
      [14, 4],
      [15, 5],
      [16, 6],
      [31, 7],
    ],
  ),
  ...border("SAME of two tuples of", (n) => `LOAD_CONST r0, (${list(n, "1")})\nSAME r1, r0, r0`, [
    [14, 2],
    [15, 3],
    [16, 3],
  ]),
  ...border(
    "EQUAL of arrays that differ in length, however long:",
    (n) => `LOAD_CONST r0, (${list(n, "1")})\nLOAD_CONST r1, (${list(n + 1, "1")})\nEQUAL r2, r0, r1`,
    [[40, 3]],
  ),
  ...border(
    "MATCH of a tuple pattern of",
    (n) => `LOAD_CONST r0, (${list(n, "1")})\nMATCH r0, [((${list(n, "_")}), +1)]`,
    [
      [14, 2],
      [15, 3],
      [16, 3],
      [31, 4],
    ],
  ),
  ...border("MATCH of clauses that fail at once:", (n) => `MATCH r0, [${list(n, "((,), +1)")}]`, [
    [15, 1],
    [16, 2],
    [17, 2],
  ]),
  costs(
    "RECEIVE_MATCH costs 2, also when it waits",
    "LOAD_CONST r0, 5\nRECEIVE_MATCH r1, r0, [(1, +1)]",
    1 + 2 + RETURN,
  ),
  ...border(
    "RECEIVE_MATCH tries each message: two values for",
    (n) => `LOAD_CONST r0, :self\n${"SEND r0, r1\n".repeat(n)}LOAD_CONST r2, 0\nRECEIVE_MATCH r3, r2, [(:b, +1)]`,
    [
      [7, 1 + 7 * 4 + 1 + 2],
      [8, 1 + 8 * 4 + 1 + 3],
      [16, 1 + 16 * 4 + 1 + 4],
    ],
  ),
  costs(
    "RECEIVE_MATCH that is woken tries only what has come",
    `
      LOAD_CONST r0, :self
      LOAD_CONST r1, :a
      ${"SEND r0, r1\n".repeat(40)}
      LOAD_CONST r2, :"__stdlib:SendAfter"
      ${Array.from({ length: 20 }, (_, i) => `LOAD_CONST r3, ${i + 1}\nCALL r4, r2, [r3, r0, r1]\n`).join("")}
      LOAD_CONST r5, 30
      RECEIVE_MATCH r6, r5, [(:b, +1)]`,
    2 + 40 * 4 + 1 + 20 * 3 + 1 + 2 + (40 * 2) / 16 + RETURN,
  ),
  costs(
    "RECEIVE_MATCH for a reference passes over what was there before it",
    `
      LOAD_CONST r0, :self
      ${"SEND r0, r0\n".repeat(100)}
      LOAD_CONST r2, :"__stdlib:MakeRef"
      CALL r3, r2, []
      TUPLE_INIT r4, [r3, r0]
      SEND r0, r4
      RECEIVE_MATCH r6, r5, [((^r3, _), +1)]`.replace("RECEIVE_MATCH r6", "LOAD_CONST r5, 1\nRECEIVE_MATCH r6"),
    1 + 400 + 1 + 2 + 1 + 4 + 1 + 2 + RETURN,
  ),
  costs(
    "but not for one of another process, nor where a clause takes others",
    `
      LOAD_CONST r0, :self
      ${"SEND r0, r0\n".repeat(64)}
      LOAD_CONST r2, :"__stdlib:MakeRef"
      CALL r3, r2, []
      LOAD_CONST r5, 0
      RECEIVE_MATCH r6, r5, [((^r3, _), +1), ((1, _), +1)]`,
    1 + 64 * 4 + 1 + 2 + 1 + 2 + (64 * 2) / 16 + RETURN,
  ),
  ...border("SEND of an array of", (n) => `ARRAY_INIT r0, [${list(n, "r1")}]\nLOAD_CONST r2, :self\nSEND r2, r0`, [
    [14, 6],
    [15, 7],
    [16, 8],
  ]),
  ...border(
    "SEND of a tuple of numbers of",
    (n) => `TUPLE_INIT r0, [${list(n, "r1")}]\nLOAD_CONST r2, :self\nSEND r2, r0`,
    [
      [14, 6],
      [15, 7],
    ],
  ),
  ...border(
    "SEND to a dead process is no work, of an array of",
    (n) => `
      LOAD_CONST r0, function:f
      SPAWN r1, r0, []
      JOIN r1, r2
      LOAD_CONST r3, (${list(n, "[]")})
      SEND r1, r3`,
    [[7, 1 + 4 + 2 + 1 + 4]],
    ".function f arity=0 regs=0\n.end",
  ),
  ...border(
    "JOIN of a result, an array of",
    (n) => `LOAD_CONST r0, function:f\nLOAD_CONST r2, ${n - 1}\nSPAWN r1, r0, [r2]\nJOIN r1, r3`,
    [
      [14, 1 + 1 + 4 + 2],
      [15, 1 + 1 + 4 + 3],
      [31, 1 + 1 + 4 + 4],
    ],
    ".function f arity=1 regs=2\nLOAD_CONST r1, []\nSET_PROP r1, r0, r0\nRETURN r1\n.end",
  ),
  costs(
    "SPAWN of 100 arguments",
    `LOAD_CONST r0, function:f\nSPAWN r1, r0, [${list(100, "r2")}]`,
    1 + 4 + 6 + RETURN,
    ".function f arity=0 regs=0\n.end",
  ),
  // Registers beyond the sixteen that every frame has are filled in when it is made.
  ...border(
    "CALL of a function with 16 registers and more:",
    (n) => `LOAD_CONST r0, function:f${n}\nCALL r1, r0, []`,
    [
      [0, 3],
      [15, 3],
      [16, 4],
      [32, 5],
    ],
    [0, 15, 16, 32].map((n) => `.function f${n} arity=0 regs=${16 + n}\n.end`).join("\n"),
  ),

  ...[0, 16].map((more) =>
    costs(
      `an operator method and a method with ${16 + more} registers`,
      'LOAD_CONST r0, function:f\nOBJECT_INIT r1, {__add__: r0, m: r0}\nADD r2, r1, r1\nCALL_METHOD r2, r1, "m", []',
      1 + 1 + 3 + 2 + (more / 16) * 2 + RETURN,
      `.function f arity=0 regs=${16 + more}\n.end`,
    ),
  ),
  costs(
    "what a failing instruction has tried is charged",
    `TRY r0, +3\nSELECT r1, [${list(20, "r2")}]\nEND_TRY\nNOP`,
    1 + 2 + 1 + 1 + RETURN,
  ),
  costs(
    "what a failing instruction has left over is dropped",
    `TRY r0, +3\nSELECT r1, [${list(15, "r2")}]\nEND_TRY\nEQUAL r3, r2, r2`,
    1 + 2 + 1 + RETURN,
  ),
  ...[
    [20, 1],
    [15, 0],
  ].map(([links, more]) =>
    costs(
      `the signals that an instruction causes, ${links} of them, are its work, and the next one's is its own`,
      `
      LOAD_CONST r0, function:wait
      SPAWN r1, r0, []
      LOAD_CONST r2, function:linker
      ${Array.from({ length: links }, () => "SPAWN r3, r2, [r1]").join("\n")}
      LOAD_CONST r4, 5
      RECEIVE_WITH_TIMEOUT r5, r4, r6
      LOAD_CONST r7, :"__stdlib:Exit"
      LOAD_CONST r8, :kill
      CALL r9, r7, [r1, r8]
      EQUAL r10, r2, r2`,
      1 + 4 + 1 + links * 4 + 1 + 2 + 1 + 1 + 2 + more + 1 + RETURN,
      ".function wait arity=0 regs=0\nRECEIVE r0\n.end\n.function linker arity=1 regs=0\nLINK r0\nRECEIVE r0\n.end",
    ),
  ),

  // Text: one more for every 1,024 units made or compared, rounded down.
  ...border("MUL that makes units:", (n) => `LOAD_CONST r0, "x"\nLOAD_CONST r1, ${n}\nMUL r2, r0, r1`, [
    [1023, 3],
    [1024, 4],
    [1025, 4],
    [2047, 4],
    [2048, 5],
  ]),
  ...border(
    "ADD that makes units, two times",
    (n) => `LOAD_CONST r0, "x"\nLOAD_CONST r1, ${n}\nMUL r2, r0, r1\nADD r3, r2, r2`,
    [
      [511, 4],
      [512, 5],
      [1023, 5],
      [1024, 7],
    ],
  ),
  ...border(
    "EQUAL of texts of",
    (n) => `LOAD_CONST r0, "x"\nLOAD_CONST r1, ${n}\nMUL r2, r0, r1\nMUL r3, r0, r1\nEQUAL r4, r2, r3`,
    [
      [1023, 5],
      [1024, 8],
    ],
  ),
  ...border(
    "EQUAL of texts of different length, one more than",
    (n) => `LOAD_CONST r0, "x"\nLOAD_CONST r1, ${n}\nMUL r2, r0, r1\nADD r3, r2, r0\nEQUAL r4, r2, r3`,
    [
      [1000, 5],
      [1024, 7],
    ],
  ),
  ...border(
    "LESS_THAN of texts of",
    (n) => `LOAD_CONST r0, "x"\nLOAD_CONST r1, ${n}\nMUL r2, r0, r1\nMUL r3, r0, r1\nLESS_THAN r4, r2, r3`,
    [
      [1023, 5],
      [1024, 8],
    ],
  ),
  ...border(
    "a tuple of texts of",
    (n) => `LOAD_CONST r0, "x"\nLOAD_CONST r1, ${n}\nMUL r2, r0, r1\nTUPLE_INIT r3, [r2, r2]\nEQUAL r4, r3, r3`,
    [
      [511, 5],
      [512, 6],
    ],
  ),
  costs(
    "SEND of a long text shares it",
    'LOAD_CONST r0, "x"\nLOAD_CONST r1, 10240\nMUL r2, r0, r1\nLOAD_CONST r3, :self\nSEND r3, r2',
    1 + 1 + 11 + 1 + 4 + RETURN,
  ),
  costs(
    "each kind is rounded down by itself",
    `
      LOAD_CONST r0, "x"
      LOAD_CONST r1, 1000
      MUL r2, r0, r1
      TUPLE_INIT r3, [r2, ${list(13, "r1")}]
      EQUAL r4, r3, r3`,
    5 + RETURN,
  ),
  costs(
    "what is left over is dropped with each instruction",
    `
      ${Array.from({ length: 10 }, () => `ARRAY_INIT r0, [${list(15, "r1")}]`).join("\n")}`,
    10 + RETURN,
  ),
];
