/** Every operator on every pair of some values: as constants, in functions that saw Numbers before, as conditions. */
import type { Snippet } from "./snippet.ts";

export const VALUES = [
  "undefined",
  "null",
  "true",
  "false",
  "0",
  "-0",
  "1",
  "-1",
  "1.5",
  "NaN",
  "Infinity",
  "-Infinity",
  "2147483648",
  "4294967297",
  '""',
  '"1"',
  '"a"',
  '" 12 "',
  '"-0"',
] as const;

/** Objects are on the right only; each is made where it stands. */
const OBJECTS = ["[]", "[5]", "[1, 2]", "({})", "({ valueOf() { return 3; } })", '({ toString() { return "7"; } })'];

const ARITHMETIC = ["+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>", ">>>"] as const;
const COMPARISONS = ["<", "<=", ">", ">=", "==", "!=", "===", "!=="] as const;
const LOGICAL = ["&&", "||", "??"] as const;
const UNARY = ["-", "+", "~", "!", "typeof ", "void "] as const;

const RIGHT = [...VALUES, ...OBJECTS];

function constants(): Snippet[] {
  return [...ARITHMETIC, ...COMPARISONS, ...LOGICAL].flatMap((operator) =>
    VALUES.map((left) => ({
      topic: "constants",
      name: `${left} ${operator} …`,
      source: RIGHT.map((right) => `console.log((${left}) ${operator} (${right}));`).join("\n"),
    })),
  );
}

/** The function has seen Numbers often before it sees anything else. */
function guessed(): Snippet[] {
  return [...ARITHMETIC, ...COMPARISONS].flatMap((operator) =>
    VALUES.map((left) => ({
      topic: "guessed",
      name: `f(${left}, …) with ${operator}`,
      source: `
function f(a, b) {
  return a ${operator} b;
}
let last;
for (let i = 0; i < 40; i++) last = f(i, i + 2);
console.log(last);
for (const right of [${RIGHT.join(", ")}]) console.log(f(${left}, right));
for (const right of [${VALUES.join(", ")}]) console.log(f(right, ${left}));`,
    })),
  );
}

/** As conditions of jumps, which need no Boolean to be made. */
function conditions(): Snippet[] {
  const rows: Snippet[] = [];
  for (const operator of [...COMPARISONS, ...LOGICAL]) {
    for (const left of VALUES) {
      rows.push({
        topic: "conditions",
        name: `if (${left} ${operator} …)`,
        source: `
function test(a, b) {
  let text = "";
  if (a ${operator} b) text += "if ";
  if (!(a ${operator} b)) text += "not ";
  text += (a ${operator} b) ? "then " : "else ";
  let rounds = 0;
  while ((a ${operator} b) && rounds < 2) rounds++;
  return text + rounds;
}
for (const b of [${RIGHT.join(", ")}]) console.log(test(${left}, b));`,
      });
    }
  }
  return rows;
}

/** `x op= y` of a variable, a captured one, a property, an element. */
function compound(): Snippet[] {
  return [...ARITHMETIC, ...LOGICAL].flatMap((operator) =>
    ["undefined", "0", "1.5", '"a"', "true"].map((left) => ({
      topic: "compound",
      name: `${left} ${operator}= …`,
      source: `
for (const right of [${RIGHT.join(", ")}]) {
  let local = ${left};
  let captured = ${left};
  const object = { key: ${left} };
  const array = [0, ${left}];
  const set = () => (captured ${operator}= right);
  console.log((local ${operator}= right), set(), (object.key ${operator}= right), (array[1] ${operator}= right));
  console.log(local, captured, object.key, array[1]);
}`,
    })),
  );
}

function unary(): Snippet[] {
  return UNARY.flatMap((operator) =>
    RIGHT.map((value) => ({
      topic: "unary",
      name: `${operator}${value}`,
      source: `
const f = (x) => ${operator}x;
console.log(${operator}(${value}), f(${value}), f(5), f(${value}));
if (${operator}(${value})) console.log("true");
else console.log("false");`,
    })),
  );
}

function steps(): Snippet[] {
  return RIGHT.map((value) => ({
    topic: "steps",
    name: `++ and -- of ${value}`,
    source: `
let a = ${value};
console.log(a++, a, ++a, a--, --a, a);
const o = { v: ${value} };
console.log(o.v++, o.v, ++o.v, o.v--, --o.v, o.v);
const list = [${value}];
console.log(list[0]++, list[0], ++list[0], list[0]--, --list[0], list[0]);
let c = ${value};
const inc = () => c++;
console.log(inc(), inc(), c);`,
  }));
}

export const OPERATORS: readonly Snippet[] = [
  ...constants(),
  ...guessed(),
  ...conditions(),
  ...compound(),
  ...unary(),
  ...steps(),
];
