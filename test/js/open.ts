/**
 * Snippets that do not yet do what Node does. They are run all the same, and the test fails once one of them does: then it
 * is to be taken out here.
 */

/** The error is right; its text is another than V8's, which names what stands in the source. */
const OTHER_WORDS: readonly string[] = [
  "error messages: new o.g();",
  "error messages: [].missing();",
  'error messages: "abc".length = 5;',
  'error messages: "abc"[0] = "x";',
  "error messages: for (const x of {});",
  "error messages: const [a, b] = {};",
  "error messages: const [a] = f();",
  "error messages: const { a } = f();",
  "error messages: f(...5);",
  "error messages: f(...o);",
  "error messages: Math.max(...o);",
  "error messages: o instanceof (() => 1);",
  "error messages: f.call.call(5);",
];

/** Of most functions nothing says that they are no constructors, and no array method writes to what is only like an Array. */
const OTHER_BEHAVIOUR: readonly string[] = [
  "classes: instanceof of what is no function",
  "classes: new of what is no constructor",
  "classes: bound functions as constructors",
  "arrays: array-likes with call",
];

export const OPEN: ReadonlySet<string> = new Set([...OTHER_WORDS, ...OTHER_BEHAVIOUR]);
