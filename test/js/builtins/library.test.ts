/** Built-ins that call back into programs, held against Node in whole programs. */
import { checkSnippets } from "../check.ts";
import { js, lines, programs } from "../snippets/snippet.ts";

/** What a callback is given, and what it may do to what is iterated over. */
const CALLBACKS = [
  ...["map", "filter", "forEach", "find", "findIndex", "findLast", "findLastIndex", "some", "every", "flatMap"].map(
    (name) => ({
      topic: "callbacks",
      name,
      source: js`
const calls = [];
const list = ["a", "b", undefined, null, 0];
console.log(list.NAME((...args) => { calls.push([args.length, args[0], args[1], args[2] === list]); return args[0]; }));
console.log(calls);
console.log(list.NAME(function () { return this === undefined; }), list.NAME(function () { return this.x; }, { x: 1 }));
console.log([].NAME(() => { throw 1; }));
const shrinking = [1, 2, 3, 4];
console.log(shrinking.NAME((x) => { shrinking.pop(); return x > 5 ? 1 : 0; })?.length, shrinking);
const growing = [1, 2, 3];
console.log(growing.NAME((x) => { if (growing.length < 9) growing.push(x); return false; }), growing);
for (const wrong of [undefined, null, 5, "f", {}, []]) {
  try { [1].NAME(wrong); } catch (e) { console.log(e.name, e.message); }
}
try { [1, 2].NAME((x) => { throw new RangeError("at " + x); }); } catch (e) { console.log(String(e)); }
`.replaceAll("NAME", name),
    }),
  ),
  ...programs(
    "callbacks",
    js`
//# reduce
console.log([1, 2, 3].reduce((a, b, i, all) => a + b * i + all.length), [1, 2, 3].reduce((a, b) => a + b, "x"), [5].reduce(() => 0), [].reduce(() => 0, 7));
console.log([1, 2, 3].reduceRight((a, b, i) => [a, b, i]), [].reduceRight(() => 0, undefined), [1].reduceRight((a, b) => [a, b], undefined));
for (const name of ["reduce", "reduceRight"]) { try { [][name]((a) => a); } catch (e) { console.log(e.name, e.message); } }
try { [1].reduce(); } catch (e) { console.log(e.message); }
//# Map and Set
const m = new Map([["a", 1], ["b", 2]]); const seen = [];
m.forEach(function (v, k, all) { seen.push([v, k, all === m, this]); if (k === "a") { m.delete("b"); m.set("c", 3); } }, 5);
console.log(seen.map((s) => s.slice(0, 3)));
const s = new Set([1, 2]); s.forEach((v, k, all) => { if (v < 4) s.add(v + 2); seen.push([v, k, all === s]); });
console.log(s, seen.length);
for (const wrong of [undefined, 5, "f", {}]) { try { m.forEach(wrong); } catch (e) { console.log(e.message); } }
//# constructors of collections
class Loud extends Map { set(k, v) { return super.set(k, v + "!"); } }
console.log(new Loud([["a", 1]]), new Loud([["a", 1]]) instanceof Map, new Map(new Map([[1, 2]])), new Set("hello"), new Map(null), new Set(undefined));
for (const wrong of [5, {}, [1], [null], true]) { try { new Map(wrong); } catch (e) { console.log(e.message); } }
for (const f of [Map, Set, WeakMap, WeakSet]) { try { f(); } catch (e) { console.log(e.message); } }
const w = new WeakMap(); const key = {}; w.set(key, 1); console.log(w.get(key), w.has({}), w.delete(key), w.has(key));
try { w.set(1, 2); } catch (e) { console.log(e.message); }
try { new WeakSet([1]); } catch (e) { console.log(e.message); }
//# Array.from
console.log(Array.from("ab😀"), Array.from({ length: 2, 0: "x" }), Array.from([1, 2], (x, i) => x * i), Array.from(new Set([1, 1, 2])), Array.from({ length: 3 }, function () { return this.y; }, { y: 4 }));
console.log(Array.from(5), Array.from({}), Array.from(new Map([[1, 2]])), Array.from([1, 2].entries()));
for (const wrong of [null, undefined]) { try { Array.from(wrong); } catch (e) { console.log(e.message); } }
try { Array.from([1], 5); } catch (e) { console.log(e.message); }
//# groups and entries
console.log(Object.fromEntries([["a", 1], ["b", [2]], ["a", 3]]), Object.fromEntries(new Map([[1, 2]])));
for (const wrong of [[1], null]) { try { Object.fromEntries(wrong); } catch (e) { console.log(e.message); } }
//# members with getters
const o = { get a() { return this.b + 1; }, b: 1, set c(v) { this.d = v; } };
console.log(Object.values(o), Object.entries(o), { ...o }, Object.assign({}, o), JSON.stringify(o));
Object.assign(o, { c: 5 }); console.log(o.d, Object.keys(o));
const { b, ...rest } = o; console.log(b, rest);
console.log(Object.create({ x: 1 }, { y: { value: 2, enumerable: true } }), Object.create({ x: 1 }).x);
console.log(Object.defineProperties({}, { p: { get: () => 7, enumerable: true }, q: { value: 1 } }));
`,
  ),
];

const SORTING = programs(
  "sorting",
  js`
//# by texts
console.log([3, 20, 100].sort(), ["b", undefined, "a", null, 5, true].sort(), [[2], [1, 5], [10]].sort(), [{ toString: () => "b" }, { toString: () => "a" }].sort().map(String));
console.log(["é", "z", "a", "Z", "😀", "\uffff"].sort(), [1, -1, 0, -0, NaN, Infinity].sort());
//# by comparing
console.log([3, 20, 100].sort((a, b) => a - b), [1, 2, 3].sort((a, b) => b - a), [1, undefined, 0].sort((a, b) => a - b), [5, 1].sort(() => "1"), [5, 1, 3].sort(() => NaN));
const people = [["x", 1], ["y", 0], ["z", 1], ["w", 0]]; console.log(people.sort((a, b) => a[1] - b[1]).map((p) => p[0]).join(""));
//# the array itself, and a copy
const list = [2, 1]; console.log(list.sort() === list, list, list.toSorted((a, b) => b - a), list);
//# functions that contradict themselves
for (let n = 0; n < 40; n++) {
  const list = Array.from({ length: n }, (_, i) => (i * 7919) % 101);
  console.log(list.slice().sort((a, b) => a > b).join(), list.slice().sort((a, b) => (a > b ? 1 : -1)).join(), list.slice().sort(() => 1).join(), list.slice().sort(() => -1).join());
}
//# which are compared
for (const n of [2, 3, 5, 8, 20, 33]) {
  const calls = []; const list = Array.from({ length: n }, (_, i) => (i * 7919) % 101);
  list.sort((a, b) => { calls.push(a + ":" + b); return a - b; }); console.log(calls.join(" "));
}
//# long ones
let seed = 1; const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648);
for (const n of [63, 64, 65, 100, 400]) {
  const list = Array.from({ length: n }, (_, i) => ({ key: next() % 50, i }));
  const sorted = list.toSorted((a, b) => a.key - b.key);
  let ok = sorted.length === n;
  for (let i = 1; i < n; i++) { const [a, b] = [sorted[i - 1], sorted[i]]; if (a.key > b.key || (a.key === b.key && a.i > b.i)) ok = false; }
  console.log(n, ok, sorted.slice(0, 5).map((o) => o.key).join());
}
//# what is wrong
for (const wrong of [null, 5, "f", {}]) { try { [1, 2].sort(wrong); } catch (e) { console.log(e.message); } try { [1, 2].toSorted(wrong); } catch (e) { console.log(e.message); } }
try { [2, 1].sort(() => { throw new Error("no"); }); } catch (e) { console.log(e.message); }
`,
);

const CONVERSIONS = programs(
  "conversions",
  js`
//# order of valueOf and toString
const log = [];
const o = { valueOf() { log.push("v"); return 5; }, toString() { log.push("t"); return "s"; } };
console.log(o + 1, o * 2, String(o), o == 5, o < 6, [o].join(), +o, -o, o + "", { s: 1 }[o]); console.log(log.join(""));
//# objects instead of primitive values
const bad = { valueOf: () => ({}), toString: () => [] };
for (const f of [() => bad + 1, () => String(bad), () => +bad, () => bad < 1]) { try { f(); } catch (e) { console.log(e.name, e.message); } }
const half = { valueOf: () => ({}), toString: () => "7" }; console.log(half * 2, half + 1);
//# dates, lists, functions
const d = new Date(0); console.log(typeof (d + 1), d - 0, d * 1, [] + [], [] + {}, [1] * 2, [1, 2] + "", {} + "");
//# text of errors
class N extends Error { get name() { return "N!"; } } console.log(String(new N("x")), new N("y") + "", [new N("z")].join());
console.log(Error.prototype.toString.call({ name: "A", message: "b" }), Error.prototype.toString.call({}));
try { Error.prototype.toString.call(1); } catch (e) { console.log(e.message); }
//# join with objects, nested
const a = [1, [2, { toString: () => "x" }], null, undefined, new Date(NaN)]; console.log(a.join("-"), String(a), a + "");
const ring = [1]; ring.push(ring); console.log(ring.join());
`,
);

const TEXTS = programs(
  "texts",
  js`
//# replace with functions
console.log("abcabc".replace("b", (...args) => JSON.stringify(args)), "abcabc".replaceAll("b", (m, i, s) => m + i + s.length), "x".replaceAll("", (m, i) => i));
console.log("2020-01-05".replace(/(\d+)-(?<month>\d+)/, (...args) => JSON.stringify(args)), "aBc".replace(/[a-z]/g, (c) => c.toUpperCase()), "abc".replace(/x/, () => 1));
console.log("a.b.c".replace(/\./g, () => "$&"), "aaa".replace(/a/g, () => undefined), "abc".replace(/(b)?(x)?/g, (m, b, x) => "[" + b + x + "]"));
//# patterns that are texts, texts that are patterns
console.log("a1b2".match("\\d"), "a.b".split("."), "a.b".split(/\./), "abc".search("c"), [..."a1b2".matchAll("\\d")].map((m) => m[0] + m.index), "abc".match(), "x".split());
for (const f of [() => "a".matchAll(/a/), () => "a".replaceAll(/a/, "b"), () => String.prototype.replace.call(null, "a")]) { try { f(); } catch (e) { console.log(e.message); } }
//# raw and tags
console.log(String.raw\`a\n\${1 + 1}\${{ toString: () => "o" }}\`, String.raw({ raw: "xyz" }, 0, 1, 2));
function tag(strings, ...values) { return strings.raw.join("|") + values.join() + strings.length; } console.log(tag\`a\${1}\t\${2}b\`);
//# String and Number as functions
console.log(String(), String(undefined), String(null), String([1, [2]]), Number(), Number(undefined), Number("0x10"), Number([5]), Number(new Date(5)), Number(true), Boolean([]), [0, 1, ""].filter(Boolean), ["1", "2"].map(Number), [1, 2].map(String));
`,
);

const JSON_PROGRAMS = programs(
  "JSON",
  js`
//# toJSON
console.log(JSON.stringify({ a: { toJSON(k) { return k + "!"; } }, b: [{ toJSON: () => undefined }], c: new Date(0) }), JSON.stringify({ toJSON: () => ({ x: 1 }) }, null, 2));
class P { constructor() { this.x = 1; } get y() { return 2; } toJSON() { return { ...this, y: this.y }; } } console.log(JSON.stringify([new P()], null, "--"));
//# replacers
console.log(JSON.stringify({ a: 1, b: [1, 2, { a: 3, c: 4 }] }, ["a", "b"]), JSON.stringify({ a: 1, b: "x", c: [1, "y"] }, (k, v) => (typeof v === "number" ? v * 2 : v)), JSON.stringify({ a: 1 }, (k, v) => (k === "" ? v : undefined)));
const keys = []; JSON.stringify({ a: [1, { b: 2 }] }, function (k, v) { keys.push([k, Array.isArray(this), this[k] === v]); return v; }); console.log(keys);
console.log(JSON.stringify({ 1: 1, x: 2, 0: 3 }, [1, "x"]), JSON.stringify([undefined, () => 1], (k, v) => v), JSON.stringify({ u: undefined }, (k, v) => v), JSON.stringify(undefined, (k, v) => v));
//# indentation
const deep = { a: [], b: {}, c: [1, { d: [2] }], get e() { return 1; } }; for (const space of [1, "\t", 20, "0123456789abc", 0, ""]) console.log(JSON.stringify(deep, null, space));
//# circles through getters
const c = { get self() { return c; } }; try { JSON.stringify(c); } catch (e) { console.log(e.message); }
const c2 = { a: [{}] }; c2.a[0].b = c2; c2.toJSON = undefined; try { JSON.stringify(c2, (k, v) => v); } catch (e) { console.log(e.message); }
//# revivers
console.log(JSON.parse('{"a":[1,{"b":2}],"c":null}', (k, v) => (typeof v === "number" ? v + 1 : v)), JSON.parse("[1,2,3]", (k, v) => (v === 2 ? undefined : v)).length, JSON.parse('{"a":1,"b":2}', (k, v) => (k === "a" ? undefined : v)), JSON.parse("5", () => 7));
const order = []; JSON.parse('{"x":{"y":1},"z":[2]}', function (k, v) { order.push(k); return v; }); console.log(order);
for (const text of ["{", "[1,]", ""]) { try { JSON.parse(text); } catch (e) { console.log(e.name, e.message); } }
`,
);

const FUNCTIONS = programs(
  "functions",
  js`
//# call, apply, bind
const f = function (...args) { return [typeof this === "object" ? this.n : this, args.length, ...args]; };
console.log(f.call({ n: 1 }, 1, 2), f.apply({ n: 2 }, [3]), f.apply({ n: 3 }), f.apply({ n: 4 }, { length: 2, 0: "a" }), f.bind({ n: 5 }, 1)(2), f.bind({ n: 6 }, 1).call({ n: 7 }, 2), f.call.call(f, { n: 8 }, 9));
console.log(Math.max.apply(null, [1, 5, 3]), Array.prototype.slice.call("abc", 1), Object.prototype.hasOwnProperty.call({ a: 1 }, "a"), [].concat.apply([], [[1], [2]]), [..."ab"].map(Function.prototype.call, String.prototype.toUpperCase));
try { f.apply({}, 5); } catch (e) { console.log(e.message); }
//# Reflect
console.log(Reflect.apply(f, { n: 1 }, [1]), Reflect.has({ a: 1 }, "a"), Reflect.ownKeys({ b: 1, a: 2, 0: 3 }), Reflect.get({ a: 5 }, "a"), Reflect.deleteProperty({ a: 1 }, "a"), Reflect.construct(Map, [[[1, 2]]]));
function f() { return [this && this.n, arguments === undefined]; }
`
    .replace("function f() { return [this && this.n, arguments === undefined]; }", "")
    .replace(
      "console.log(Reflect.apply(f,",
      "const f = function (a) { return [this.n, a]; };\nconsole.log(Reflect.apply(f,",
    ),
);

const CONSOLE = lines(
  "console",
  js`
class A { constructor() { this.x = 1; } } class B extends A { static s = 1; get g() { return 1; } m() {} } console.log(A, B, new A(), new B(), [new B()], { b: new B() }, class {}, [class extends A {}]);
console.log(function () {}, () => 1, function named() {}, [Math.max, console.log, parseInt], { f() {}, g: () => 1 }, Map, [Array, Object]);
class M extends Map { constructor(e) { super(e); this.extra = 1; } } class S extends Set {} console.log(new M([[1, 2]]), new S([1]), new S());
class E extends Error { constructor(m) { super(m); this.name = "E"; this.code = 7; } } const e = new E("boo"); e.stack = "E: boo\n    at x"; console.log([e].length, Object.keys(e), String(e), e instanceof E, e instanceof Error);
console.log(new Map([["k", { a: [1, { b: { c: {} } }] }]]).entries(), new Set([1]).values(), [1][Symbol.iterator](), "ab"[Symbol.iterator](), new Map([[1, 2]]).keys());
console.log("%s %d", new (class R {})(), "5");
console.log([["a", 1], ["b", 2]].map(([k, v]) => ({ [k]: v })), Object.assign(() => 1, { a: 1 }), { [Symbol.iterator]: 1 });
console.log({ set x(v) {} }, { get x() { return 1; } }, { get x() { return 1; }, set x(v) {} }, Object.create(null), Object.create({ a: 1 }), new (class extends Object {})());
`,
);

checkSnippets("built-ins that call back", [
  ...CALLBACKS,
  ...SORTING,
  ...CONVERSIONS,
  ...TEXTS,
  ...JSON_PROGRAMS,
  ...FUNCTIONS,
  ...CONSOLE,
]);
