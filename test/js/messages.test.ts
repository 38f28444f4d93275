/** What becomes of objects of JavaScript that are sent: all that a program can ask of them is as it was. */
import { describe, it } from "vitest";
import { checkWays, compile, MORE_WAYS } from "./engines.ts";

const ROWS: readonly (readonly [what: string, made: string, asked: string, printed: string])[] = [
  [
    "order and values",
    "{ b: 1, a: [2, { c: 'x' }], 1: null }",
    "JSON.stringify(got)",
    '{"1":null,"b":1,"a":[2,{"c":"x"}]}',
  ],
  ["a copy", "{ a: 1 }", "got === made", "false"],
  ["NaN and -0", "[NaN, -0]", "got + ' ' + 1 / got[1]", "NaN,0 -Infinity"],
  ["one object twice", "((one) => [one, one])({})", "got[0] === got[1]", "true"],
  ["a cycle", "((one) => Object.assign(one, { one }))({})", "got.one === got", "true"],
  [
    "what cannot be written",
    "Object.defineProperty({}, 'a', { value: 1, enumerable: true, configurable: true })",
    "attributes(got)",
    "-ec",
  ],
  [
    "what cannot be redefined",
    "Object.defineProperty({}, 'a', { value: 1, enumerable: true, writable: true })",
    "attributes(got)",
    "we-",
  ],
  [
    "what is not listed",
    "Object.defineProperty({}, 'a', { value: 1, configurable: true, writable: true })",
    "attributes(got)",
    "w-c",
  ],
  [
    "a getter",
    "{ get a() { return 7; } }",
    "got.a + ' ' + typeof Object.getOwnPropertyDescriptor(got, 'a').get",
    "7 function",
  ],
  [
    "a getter that cannot be redefined",
    "Object.defineProperty({}, 'a', { get: () => 1, enumerable: true })",
    "attributes(got)",
    "-e-",
  ],
  ["a sealed object", "Object.seal({ a: 1 })", "Object.isSealed(got) + ' ' + attributes(got)", "true we-"],
  ["a closed object", "Object.preventExtensions({ a: 1 })", "Object.isExtensible(got)", "false"],
  ["no prototype", "Object.create(null)", "Object.getPrototypeOf(got)", "null"],
  ["another prototype", "Object.create({ a: 3 })", "got.a", "3"],
  ["a Map", "new Map([['a', [1]]])", "got.get('a')[0]", "1"],
  ["a class", "new (class Point { x = 1; twice() { return this.x * 2; } })()", "got.twice()", "2"],
  ["an array in a tuple", "tuple(1, [NaN])", "got[1][0]", "NaN"],
  [
    "more than is small",
    "Array.from({ length: 40 }, (_, i) => ({ i, a: [i] }))",
    "got.map(({ i, a }) => i + a[0]).join()",
    Array.from({ length: 40 }, (_, i) => 2 * i).join(),
  ],
];

describe("a message", () => {
  it.each(ROWS)("%s", (_, made, asked, printed) => {
    const pack = compile(
      `import { receive, self, send, tuple } from "ion:process";
       function attributes(object) {
         const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(object, "a");
         return (writable ? "w" : "-") + (enumerable ? "e" : "-") + (configurable ? "c" : "-");
       }
       const made = ${made};
       send(self(), made);
       const got = receive();
       console.log(${asked});`,
      "message.js",
    );
    checkWays(pack, MORE_WAYS, `${printed}\n`);
  });
});
