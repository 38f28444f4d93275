/** Objects and their functions, Map, Set, JSON, Math, Date, and how console.log shows values. */
import { expressions, js, programs, type Snippet } from "./snippet.ts";

const OBJECTS = programs(
  "objects",
  js`
//# order of keys
const o = { b: 1, 2: 2, a: 3, 1: 4, "-1": 5, 1.5: 6, "01": 7, 4294967294: 8, 4294967295: 9 }; console.log(Object.keys(o).join());
//# order after deleting and adding again
const o = { a: 1, b: 2, c: 3 }; delete o.a; o.a = 4; o[5] = 5; o[3] = 6; console.log(Object.keys(o).join(), JSON.stringify(o));
//# shorthand, computed keys, methods, numbers
const a = 1, b = "k"; const o = { a, [b]: 2, [b + a]: 3, 1e3: 4, .5: 5, "x y": 6, [\`t\${a}\`]: 7, m() { return 8; }, true: 9, null: 10 }; console.log(Object.keys(o).join(), o.m(), o[1000], o["0.5"], o.true, o[null]);
//# keys are texts
const o = {}; o[1] = "a"; o["1"] += "b"; o[true] = "t"; o[null] = "n"; o[undefined] = "u"; o[{}] = "o"; o[[1, 2]] = "l"; o[-0] = "z"; o[1.50] = "f"; console.log(Object.keys(o).join("|"), o[1], o["0"], o["1,2"], o["[object Object]"]);
//# the same key twice
const o = { a: 1, b: 2, a: 3 }; console.log(JSON.stringify(o), Object.keys(o).length);
//# missing members
const o = {}; console.log(o.x, o["y"], "x" in o, o.hasOwnProperty("x"), typeof o.x, o.toString === Object.prototype.toString, typeof o.constructor);
//# undefined members are there
const o = { x: undefined }; console.log("x" in o, Object.keys(o).length, o.x === o.y, JSON.stringify(o));
//# delete
const o = { a: 1, b: 2 }; console.log(delete o.a, delete o.z, "a" in o, o.a, JSON.stringify(o), delete o["b"], Object.keys(o).length);
//# in
const o = { a: 1, 5: 2 }; const l = [1, 2]; console.log("a" in o, 5 in o, "5" in o, "toString" in o, 0 in l, 2 in l, "length" in l, "push" in l, -1 in l, "1" in l);
//# getters and setters in literals
const o = { _x: 1, get x() { return this._x; }, set x(v) { this._x = v * 2; } }; o.x = 5; console.log(o.x, o._x, Object.keys(o).join(), JSON.stringify(o)); o.x += 1; console.log(o.x, o.x++, o.x);
//# accessors with computed and text keys
const k = "dyn"; const o = { get [k + 1]() { return 1; }, get "a b"() { return 2; }, get 5() { return 3; }, set [k](v) { this.got = v; } }; o.dyn = 4; console.log(o.dyn1, o["a b"], o[5], o.got, o.dyn);
//# a value replaces an accessor, and the other way round
const o = { get a() { return 1; }, a: 2 }; const p = { a: 1, get a() { return 2; } }; console.log(o.a, p.a); o.a = 3; console.log(o.a); try { p.a = 4; } catch (e) { console.log(e.name); }
//# lazy getters
const o = { get v() { console.log("computed"); Object.defineProperty(this, "v", { value: 42 }); return 42; } }; console.log(o.v, o.v);
//# Object.keys, values, entries
const o = { a: 1, b: [2], get c() { return 3; } }; console.log(Object.keys(o).join(), Object.values(o).join(), Object.entries(o).join("|"), Object.keys("ab").join(), Object.values("ab").join(), Object.keys([7, 8]).join(), Object.entries([7]).join(), Object.keys(5).length);
//# Object.fromEntries
console.log(JSON.stringify(Object.fromEntries([["a", 1], ["b", 2], ["a", 3]])), JSON.stringify(Object.fromEntries(new Map([["x", 1]]))), JSON.stringify(Object.fromEntries(Object.entries({ a: 1, b: 2 }).map(([k, v]) => [k + k, v * 2]))));
//# Object.assign
const t = { a: 1 }; const r = Object.assign(t, { b: 2 }, null, { a: 3, c: 4 }, undefined, "xy", 5); console.log(r === t, JSON.stringify(t));
//# Object.assign calls getters and setters
const t = { set a(v) { console.log("set", v); } }; Object.assign(t, { get a() { console.log("get"); return 1; } });
//# Object.freeze
const o = Object.freeze({ a: 1, in: { b: 2 } }); for (const f of [() => { o.a = 2; }, () => { o.c = 3; }, () => { delete o.a; }]) { try { f(); console.log("never"); } catch (e) { console.log(e.name); } } o.in.b = 5; console.log(o.a, o.in.b, Object.isFrozen(o), Object.isFrozen(o.in), Object.isFrozen({}), Object.isFrozen(5));
//# Object.freeze of arrays
const l = Object.freeze([1, 2]); for (const f of [() => l.push(3), () => { l[0] = 9; }, () => { l.length = 0; }, () => l.pop(), () => l.sort(), () => { l[5] = 1; }]) { try { f(); console.log("never"); } catch (e) { console.log(e.name); } } console.log(l.join(), Object.isFrozen(l), l.map((x) => x * 2).join());
//# Object.seal, preventExtensions
const o = Object.seal({ a: 1 }); o.a = 2; try { o.b = 1; } catch (e) { console.log(e.name); } try { delete o.a; } catch (e) { console.log(e.name); } const p = Object.preventExtensions({ a: 1 }); delete p.a; try { p.a = 1; } catch (e) { console.log(e.name); } console.log(o.a, Object.isSealed(o), Object.isExtensible(p), Object.isExtensible({}));
//# Object.create
const p = { hi() { return "hi " + this.n; } }; const o = Object.create(p); o.n = "o"; console.log(o.hi(), Object.getPrototypeOf(o) === p, o.hasOwnProperty("hi"), p.isPrototypeOf(o), Object.keys(o).join()); const e = Object.create(null); e.x = 1; console.log("toString" in e, e.toString, Object.keys(e).join());
//# Object.create with properties
const o = Object.create({}, { a: { value: 1 }, b: { value: 2, enumerable: true, writable: true } }); console.log(o.a, o.b, Object.keys(o).join()); o.b = 5; try { o.a = 5; } catch (e) { console.log(e.name); } console.log(o.a, o.b);
//# Object.defineProperty
const o = {}; Object.defineProperty(o, "a", { value: 1 }); Object.defineProperty(o, "b", { get() { return this.a + 1; }, enumerable: true }); Object.defineProperty(o, "c", { value: 3, writable: true, enumerable: true, configurable: true }); console.log(o.a, o.b, o.c, Object.keys(o).join(), JSON.stringify(o)); try { o.a = 2; } catch (e) { console.log(e.message); }
//# Object.getOwnPropertyDescriptor
const o = { a: 1, get b() { return 2; } }; const d = Object.getOwnPropertyDescriptor(o, "a"), e = Object.getOwnPropertyDescriptor(o, "b"); console.log(JSON.stringify(d), typeof e.get, e.set, e.enumerable, Object.getOwnPropertyDescriptor(o, "z"));
//# Object.getOwnPropertyNames
const o = Object.defineProperty({ a: 1 }, "hidden", { value: 2 }); console.log(Object.getOwnPropertyNames(o).join(), Object.getOwnPropertyNames([1, 2]).join(), Object.getOwnPropertyNames("ab").join());
//# Object.setPrototypeOf
const a = { x: "a" }, b = { x: "b", y: "b" }; const o = Object.setPrototypeOf({ z: 1 }, a); console.log(o.x, o.y); Object.setPrototypeOf(o, b); console.log(o.x, o.y, o.z); try { Object.setPrototypeOf(b, o); } catch (e) { console.log(e.name + ": " + e.message); }
//# Object.is
console.log(Object.is(NaN, NaN), Object.is(0, -0), Object.is(1, 1), Object.is({}, {}), Object.is("a", "a"), Object.is(null, undefined));
//# Object.hasOwn, hasOwnProperty, propertyIsEnumerable
class A { x = 1; m() {} } const a = new A(); console.log(Object.hasOwn(a, "x"), Object.hasOwn(a, "m"), a.hasOwnProperty("x"), a.propertyIsEnumerable("x"), [1].hasOwnProperty("length"), [1].propertyIsEnumerable("length"), Object.hasOwn([1], 0), Object.hasOwn("ab", 1));
//# Object as a function
const o = {}; console.log(Object(o) === o, typeof Object(), Object.keys(new Object()).length, typeof Object(null));
//# Object.groupBy by hand
const group = (l, f) => l.reduce((m, x) => { (m[f(x)] ??= []).push(x); return m; }, {}); console.log(JSON.stringify(group([1, 2, 3, 4, 5], (x) => (x % 2 ? "odd" : "even"))));
//# identity
const a = {}, b = {}, c = a; console.log(a === b, a === c, a == c, [a].includes(b), [a].indexOf(c), new Set([a, b, c]).size, { x: a }.x === a);
//# assignment through prototypes
const p = { n: 1, l: [] }; const o = Object.create(p); o.n++; o.l.push(5); console.log(p.n, o.n, p.l.join(), o.hasOwnProperty("l"));
//# setters of prototypes catch assignments
const p = { set v(x) { this._v = x; }, get v() { return this._v; } }; const o = Object.create(p); o.v = 5; console.log(Object.keys(o).join(), o.v, p._v);
//# read-only members of prototypes stop assignments
const p = Object.freeze({ v: 1 }); const o = Object.create(p); try { o.v = 2; } catch (e) { console.log(e.name + ": " + e.message); } console.log(o.v);
//# names that are special elsewhere
const o = { constructor: 1, hasOwnProperty: 2, toString: 3, valueOf: 4, length: 5, prototype: 6, name: 7, $x: 8, __x__: 9, "": 10, "@@iterator2": 11 }; console.log(Object.keys(o).join("|"), o.constructor, o[""], o.length, o.$x);
//# dictionaries
const counts = {}; for (const w of "the cat the dog the end".split(" ")) counts[w] = (counts[w] || 0) + 1; console.log(JSON.stringify(counts), Object.entries(counts).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([k, v]) => k + v).join());
//# deep copies and comparisons
const clone = (v) => Array.isArray(v) ? v.map(clone) : v && typeof v === "object" ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, clone(x)])) : v; const same = (a, b) => a === b || (a && b && typeof a === "object" && typeof b === "object" && Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((k) => same(a[k], b[k]))); const o = { a: [1, { b: 2 }], c: null }; const p = clone(o); console.log(same(o, p), o.a === p.a); p.a[1].b = 3; console.log(same(o, p), o.a[1].b);
//# cyclic objects
const a = { n: 1 }; a.self = a; const b = { a }; a.b = b; console.log(a.self.self.n, a.b.a === a);
//# toLocaleString, toString of objects
console.log(({}).toString(), [].toString() === "", [1, [2]].toString(), Object.prototype.toString.call([]), Object.prototype.toString.call(null), Object.prototype.toString.call(5), Object.prototype.toString.call("s"), Object.prototype.toString.call(undefined), Object.prototype.toString.call(() => 1), Object.prototype.toString.call(new Date(0)), Object.prototype.toString.call(/a/), Object.prototype.toString.call(true), Object.prototype.toString.call(new Error()));
//# objects with many members
const o = {}; for (let i = 0; i < 100; i++) o["k" + i] = i; let s = 0; for (const k in o) s += o[k]; for (let i = 0; i < 100; i += 2) delete o["k" + i]; console.log(s, Object.keys(o).length, o.k99, o.k98);
//# iterating over what changes shape
const os = [{ a: 1 }, { b: 1, a: 2 }, { c: 1, b: 2, a: 3 }, { get a() { return 4; } }, Object.create({ a: 5 }), {}, [], "text", 5]; for (let r = 0; r < 3; r++) console.log(os.map((o) => o.a).join());
//# with null as a value of a member
const o = { a: null }; console.log(o.a, o.a?.b, o.a ?? "d", typeof o.a, o.a === null, "a" in o, \`\${o.a}\`);
`,
);

const COLLECTIONS = programs(
  "collections",
  js`
//# Map: set, get, has, delete, size, clear
const m = new Map(); console.log(m.set("a", 1) === m, m.get("a"), m.get("b"), m.has("a"), m.size, m.delete("a"), m.delete("a"), m.size); m.set(1, 2).set("1", 3); console.log(m.get(1), m.get("1"), m.size); m.clear(); console.log(m.size);
//# Map: from entries, order, overwriting keeps the place
const m = new Map([["b", 1], ["a", 2]]); m.set("c", 3).set("b", 4); console.log([...m].join("|")); m.delete("b"); m.set("b", 5); console.log([...m.keys()].join());
//# Map: keys of all kinds
const o = {}, f = () => 1; const m = new Map([[NaN, "NaN"], [0, "zero"], [null, "null"], [undefined, "u"], [o, "o"], [f, "f"], [true, "t"]]); console.log(m.get(NaN), m.get(-0), m.get(null), m.get(), m.get(o), m.get({}), m.get(f), m.get(true), m.get("true"));
//# Map: -0 becomes 0
const m = new Map([[-0, 1]]); console.log(Object.is([...m.keys()][0], 0));
//# Map: forEach
const m = new Map([["a", 1], ["b", 2]]); m.forEach(function (v, k, all) { console.log(v, k, all === m, this.t); }, { t: "this" });
//# Map: a copy
const m = new Map([[1, { n: 1 }]]); const c = new Map(m); c.get(1).n = 2; c.set(2, 3); console.log(m.get(1).n, m.size, c.size);
//# Map: sorted, mapped, filtered
const m = new Map([["x", 3], ["y", 1], ["z", 2]]); console.log([...m].sort((a, b) => a[1] - b[1]).map(([k]) => k).join(), new Map([...m].filter(([, v]) => v > 1)).size, [...m.values()].reduce((a, b) => a + b));
//# Map: grouping
const by = new Map(); for (const w of ["ant", "bee", "cow", "bat", "ape"]) { const k = w[0]; if (!by.has(k)) by.set(k, []); by.get(k).push(w); } console.log([...by].map(([k, l]) => k + ":" + l.length).join());
//# Map: changed in forEach
const m = new Map([[1, 1], [2, 2]]); let n = 0; m.forEach((v, k) => { if (n++ < 5) m.set(k + 10, v); if (k === 1) m.delete(2); }); console.log([...m.keys()].join());
//# Map: members are not keys
const m = new Map(); m.x = 5; m.size2 = 1; console.log(m.size, m.get("x"), m.x, Object.keys(m).join(), JSON.stringify(m), String(m));
//# Map: null and undefined as lists
console.log(new Map(null).size, new Map(undefined).size, new Set(null).size);
//# Set: add, has, delete, size
const s = new Set([1, 2, 2, "2"]); console.log(s.size, s.add(3) === s, s.has(3), s.has("3"), s.delete(1), s.delete(1), [...s].join(), s.has(NaN)); s.add(NaN).add(NaN); console.log(s.size, s.has(NaN));
//# Set: of texts, arrays, sets
console.log([...new Set("hello")].join(""), new Set(new Set([1, 2])).size, new Set([[1], [1]]).size, [...new Set([3, 1, 3, 2, 1])].join());
//# Set: union, intersection, difference by hand
const a = new Set([1, 2, 3]), b = new Set([2, 3, 4]); console.log([...new Set([...a, ...b])].join(), [...a].filter((x) => b.has(x)).join(), [...a].filter((x) => !b.has(x)).join());
//# Set: forEach, entries
new Set(["a"]).forEach((v, k, s) => console.log(v, k, s.size)); console.log([...new Set([1]).entries()][0].join());
//# Set: order after deleting
const s = new Set([1, 2, 3]); s.delete(1); s.add(1); console.log([...s].join()); s.clear(); s.add(5); console.log([...s].join());
//# instanceof and kinds
console.log(new Map() instanceof Map, new Map() instanceof Object, new Set() instanceof Map, typeof new Map(), Object.prototype.toString.call(new Map()), Object.prototype.toString.call(new Set()), new Map().constructor === Map, Map.name);
//# a large map
const m = new Map(); for (let i = 0; i < 1000; i++) m.set("k" + (i % 100), i); let s = 0; for (const [, v] of m) s += v; console.log(m.size, s, m.get("k42"));
//# an LRU cache
class LRU { #m = new Map(); constructor(n) { this.n = n; } get(k) { if (!this.#m.has(k)) return; const v = this.#m.get(k); this.#m.delete(k); this.#m.set(k, v); return v; } set(k, v) { this.#m.delete(k); this.#m.set(k, v); if (this.#m.size > this.n) this.#m.delete(this.#m.keys().next().value); } get keys() { return [...this.#m.keys()].join(); } } const c = new LRU(2); c.set("a", 1); c.set("b", 2); c.get("a"); c.set("c", 3); console.log(c.keys, c.get("b"), c.get("a"));
//# breadth first search
const g = { a: ["b", "c"], b: ["d"], c: ["d"], d: ["e"], e: [] }; const bfs = (s) => { const seen = new Set([s]), q = [s]; for (const n of q) for (const m of g[n]) if (!seen.has(m)) { seen.add(m); q.push(m); } return q.join(); }; console.log(bfs("a"), bfs("d"));
//# topological sort
const deps = new Map([["app", ["lib", "util"]], ["lib", ["core"]], ["util", ["core"]], ["core", []]]); const out = new Set(); const visit = (n, path = []) => { if (path.includes(n)) throw new Error("cycle " + [...path, n].join(">")); if (out.has(n)) return; for (const d of deps.get(n)) visit(d, [...path, n]); out.add(n); }; for (const n of deps.keys()) visit(n); console.log([...out].join()); deps.get("core").push("app"); out.clear(); try { visit("app"); } catch (e) { console.log(e.message); }
//# WeakMap for private data
const w = new WeakMap(); const k = {}; console.log(w.set(k, 1) === w, w.get(k), w.has(k), w.get({}), w.delete(k), w.has(k));
`,
);

const JSONS = expressions(
  "JSON",
  js`
JSON.stringify(1)
JSON.stringify("a\"b\\c\n\u2028")
JSON.stringify("\u0001\u001f\ud800")
JSON.stringify(null)
JSON.stringify(undefined)
JSON.stringify(() => 1)
JSON.stringify(NaN)
JSON.stringify(-Infinity)
JSON.stringify(-0)
JSON.stringify(true)
JSON.stringify([])
JSON.stringify({})
JSON.stringify([1, "a", null, undefined, () => 1, NaN, [2]])
JSON.stringify({ a: 1, b: undefined, c: () => 1, d: null, e: { f: [] } })
JSON.stringify({ b: 1, a: 2, 1: 3 })
JSON.stringify([1, [2, { a: 3 }]], null, 2)
JSON.stringify({ a: 1, b: [1, 2], c: {}, d: [] }, null, 2)
JSON.stringify({ a: [1] }, null, "--")
JSON.stringify({ a: 1 }, null, 20)
JSON.stringify({ a: 1 }, null, "abcdefghijklmnop")
JSON.stringify({ a: 1 }, null, "")
JSON.stringify([], null, 2)
JSON.stringify({ a: 1, b: 2, c: { a: 3, d: 4 } }, ["a", "c"])
JSON.stringify([1, { 2: 3, 4: 5 }], [2])
JSON.stringify({ a: 1, b: "x" }, (k, v) => (typeof v === "number" ? v * 2 : v))
JSON.stringify({ a: 1, b: 2 }, (k, v) => (k === "a" ? undefined : v))
JSON.stringify([1, 2], (k, v) => (k === "0" ? undefined : v))
JSON.stringify({ toJSON() { return { x: 1 }; } })
JSON.stringify({ a: { toJSON(k) { return "key " + k; } } })
JSON.stringify([{ toJSON: (k) => typeof k + k }])
JSON.stringify(new Date(0))
JSON.stringify({ d: new Date(86400000) })
JSON.stringify(new Map([[1, 2]]))
JSON.stringify(new Set([1]))
JSON.stringify(/a/)
JSON.stringify(new Error("x"))
JSON.stringify("😀é")
JSON.stringify({ "a b": 1, "\n": 2, "": 3 })
JSON.stringify([new Number(1)].length)
JSON.stringify(Object.create({ inherited: 1 }))
JSON.stringify([[[]]], null, 1)
JSON.stringify({ get a() { return 5; } })
JSON.stringify("</script>")
JSON.stringify(1e21) + JSON.stringify(1e-7)
JSON.parse("1")
JSON.parse(" [1, 2.5, -3e2, \"a\", true, false, null] ")
JSON.parse("{\"a\": {\"b\": [1]}}")
JSON.parse("\"\\u0041\\n\\\"\\/\"")
JSON.parse("{}")
JSON.parse("[]")
JSON.parse("{\"a\":1,\"a\":2}")
JSON.parse("{\"b\":1,\"a\":2,\"1\":3}")
JSON.parse("-0")
JSON.parse("1E5")
JSON.parse("[1,2]", (k, v) => (Array.isArray(v) ? v : v * 10))
JSON.parse("{\"a\":1,\"b\":{\"c\":2}}", (k, v) => (k === "c" ? undefined : v))
JSON.parse("{\"a\":[1,2]}", function (k, v) { return k === "" ? Object.keys(this).length + JSON.stringify(v) : v; })
JSON.parse("\n\t{\"a\"\r:1}")
JSON.parse(JSON.stringify({ a: [1, { b: "c" }], d: null })).a[1].b
JSON.parse("\"\\ud83d\\ude00\"")
JSON.parse("{\"__proto__\": 1}")
JSON.parse("1.7976931348623159e308")
JSON.parse(null)
JSON.parse(" true ")
JSON.parse("[[[[]]]]").length
`,
);

const MATH = expressions(
  "Math",
  js`
Math.abs(-5.5)
Math.abs("-3")
Math.abs(null)
Math.abs()
Math.floor(-1.5)
Math.floor(1.9)
Math.floor(-0)
Math.ceil(-1.5)
Math.ceil(-0.5)
Math.ceil(1.1)
Math.round(2.5)
Math.round(-2.5)
Math.round(0.49999999999999994)
Math.round(-0.2)
Math.round(1e20)
Math.trunc(-4.7)
Math.trunc(-0.5)
Math.trunc("7.8")
Math.sign(-3)
Math.sign(-0)
Math.sign("x")
Math.max()
Math.min()
Math.max(1, 3, 2)
Math.max(1, NaN)
Math.max(1, "5")
Math.max(-0, 0)
Math.min(0, -0)
Math.min(1, undefined)
Math.max(...[1, 2, 3])
Math.max([5])
Math.max([1, 2])
Math.pow(2, 10)
Math.pow(2, 0.5)
Math.pow(NaN, 0)
Math.pow(-8, 1 / 3)
Math.sqrt(16)
Math.sqrt(-1)
Math.sqrt(2)
Math.cbrt(27)
Math.cbrt(-8)
Math.hypot(3, 4)
Math.hypot()
Math.hypot(1, 2, 3)
Math.hypot(NaN, Infinity)
Math.sin(0)
Math.cos(0)
Math.sin(1).toFixed(10)
Math.cos(1).toFixed(10)
Math.tan(1).toFixed(10)
Math.atan(1).toFixed(10)
Math.atan2(1, -1).toFixed(10)
Math.atan2(-0, -1).toFixed(10)
Math.asin(2)
Math.acos(1)
Math.exp(1).toFixed(10)
Math.expm1(1e-10).toFixed(20)
Math.log(Math.E)
Math.log(0)
Math.log(-1)
Math.log10(1000)
Math.log2(8)
Math.log1p(0)
Math.sinh(1).toFixed(8)
Math.cosh(1).toFixed(8)
Math.tanh(1).toFixed(8)
Math.asinh(1).toFixed(8)
Math.acosh(2).toFixed(8)
Math.atanh(0.5).toFixed(8)
Math.clz32(1)
Math.clz32(-1)
Math.clz32(0.5)
Math.fround(5.5)
Math.fround(5.05)
Math.imul(3, 4)
Math.imul(0xfffffffe, 5)
Math.PI
Math.E
Math.LN2
Math.LN10
Math.LOG2E
Math.LOG10E
Math.SQRT2
Math.SQRT1_2
Math.floor(Math.random())
Math.random() < 1 && Math.random() >= 0
typeof Math
Math.floor("12.7px")
Math.floor([3.7])
Math.floor({})
[1.5, 2.5, -1.5].map(Math.round)
["1", "2", "3"].map(Number)
["1", "2", "3"].map(parseInt)
[4, 9].map(Math.sqrt)
`,
);

const DATES = expressions(
  "Date",
  js`
new Date(0).toISOString()
new Date(0).getTime()
new Date(1e12).toISOString()
new Date(-1).toISOString()
new Date(8.64e15).toISOString()
new Date(8.64e15 + 1).getTime()
new Date(NaN).getTime()
new Date(-62198755200000).toISOString()
new Date("2020-02-29").getTime()
new Date("2020-02-29T12:34:56Z").getTime()
new Date("2020-02-29T12:34:56.789Z").toISOString()
new Date("2020-02-29T12:34:56+02:00").toISOString()
new Date("2020-02").getTime()
new Date("2020").getTime()
new Date("not a date").getTime()
new Date("2021-02-30T00:00:00Z").getTime()
new Date("2021-13-01").getTime()
Date.UTC(2020, 1, 29)
Date.UTC(2020, 1, 29, 12, 34, 56, 789)
Date.UTC(2020, 12)
Date.UTC(99, 0)
Date.UTC(2020, 0, 0)
Date.UTC(2020)
Date.UTC(2020, NaN)
Date.parse("1970-01-01T00:00:01Z")
Date.parse("nope")
new Date(0).getUTCFullYear()
new Date(0).getUTCMonth()
new Date(0).getUTCDate()
new Date(0).getUTCDay()
new Date(3723004).getUTCHours()
new Date(3723004).getUTCMinutes()
new Date(3723004).getUTCSeconds()
new Date(3723004).getUTCMilliseconds()
new Date(NaN).getUTCDay()
new Date(0).setUTCFullYear(2000)
new Date(0).setUTCMonth(14)
new Date(0).setUTCDate(0)
new Date(0).setUTCHours(25, 61, 61, 1001)
new Date(0).setUTCMinutes(90)
new Date(0).setUTCSeconds(-1)
new Date(0).setUTCMilliseconds(1500)
new Date(0).setTime(5)
new Date(0).valueOf()
new Date(5) - new Date(2)
new Date(5) > new Date(2)
new Date(5) == new Date(5)
+new Date(7)
typeof new Date(0)
typeof Date.now()
new Date(new Date(5)).getTime()
new Date(0).toJSON()
new Date(NaN).toJSON()
JSON.stringify([new Date(0)])
new Date(0) instanceof Date
new Date(2.9).getTime()
new Date(-2.9).getTime()
new Date(true).getTime()
new Date(null).getTime()
new Date(undefined).getTime()
Math.round((Date.UTC(2024, 2, 1) - Date.UTC(2024, 1, 1)) / 86400000)
[new Date(3), new Date(1), new Date(2)].sort((a, b) => a - b).map(Number)
`,
);

const SHOWN = expressions(
  "console.log",
  js`
[]
[1, 2, 3]
["a", "b"]
["it's"]
["say \"hi\""]
["it's \"both\""]
["a\nb"]
[[1, [2, [3, [4]]]]]
[undefined, null, true, -0, NaN]
({})
({ a: 1 })
({ a: 1, b: "x", c: [1, 2], d: { e: null } })
({ a: { b: { c: { d: 1 } } } })
({ a: { b: { c: {} } } })
({ a: { b: { c: [] } } })
({ "a b": 1, "c-d": 2, 5: 3, valid_1: 4, $x: 5 })
({ f() {}, g: () => 1, h: function named() {}, i: class {}, j: class K {}, l: class extends Map {} })
(() => 1)
(function () {})
(function named() {})
(class A {})
(class extends Map {})
(class B extends Set {})
[() => 1, function f() {}]
new Map()
new Map([["a", 1], [{ k: 1 }, [2]]])
new Set()
new Set([1, "a", { x: 1 }])
new (class Point { constructor() { this.x = 1; this.y = 2; } })()
new (class Empty {})()
new (class extends (class P { a = 1; }) {})()
new (class Q extends Map { })([[1, 2]])
new (class S extends Set { })()
Object.create(null)
Object.create({ a: 1 })
Object.assign(Object.create(null), { x: 1 })
({ get a() { return 1; }, set a(v) {} })
({ get a() { return 1; } })
({ set a(v) {} })
/a+/gi
[/a/]
new Date(0)
[new Date(0)]
new Date(NaN)
"text"
["text"]
({ s: "it's" })
Array.from({ length: 7 }, (_, i) => i)
Array.from({ length: 30 }, (_, i) => i)
Array.from({ length: 101 }, (_, i) => i)
Array.from({ length: 120 }, (_, i) => i * 1000)
Array.from({ length: 10 }, (_, i) => "item " + i)
Array.from({ length: 26 }, (_, i) => String.fromCharCode(97 + i))
Array.from({ length: 7 }, (_, i) => ({ i }))
Array.from({ length: 3 }, (_, i) => [i, [i, [i, [i]]]])
"x".repeat(200)
["x".repeat(100)]
["x".repeat(40), "y".repeat(40)]
({ long: "x".repeat(80), other: 1 })
({ a: "aaaaaaaaaaaaaaaaaaaa", b: "bbbbbbbbbbbbbbbbbbbb", c: "cccccccccccccccccccc", d: 1 })
({ a: [1, 2, { b: 3 }], c: new Map([["x", { y: 1 }]]), d: new Set([[1]]) })
[[], {}, [[]], [{}], ""]
[1.5, -2.25, 1e21, 1e-7]
[true, false, null, undefined]
[["a", 1], ["b", 2]]
[{ a: 1, b: 2 }, { a: 3, b: 4 }]
({ nested: { list: [1, 2, 3], map: { x: 1, y: [1, 2] } }, fn: () => 1, str: "s" })
Object.entries({ a: 1, b: 2 })
new Map([["k", new Map([["i", new Map([["j", new Map()]])]])]])
[new Map([[1, 2]]), new Set([1])]
"a".split("")
[-1, 10, 100, -1000, 5, 6, 7, 8, 9, 10]
["apple", "fig", "banana", "kiwi", "cherry", "date", "elderberry", "grape"]
[1.5, 22.25, 333.125, 4, 5, 6, 7, 8]
({ 0: "a", 1: "b", length: 2 })
Object.assign([1, 2], { extra: 3 })
Object.assign(() => 1, { a: 1 })
Object.assign(function f() {}, { a: 1, b: { c: 2 } })
[null, [undefined]]
["\u0001", "\t", "\\", "😀", "é"]
[[[[[]]]]]
({ a: [[[[1]]]] })
[1, 2, 3].entries()
new Map([[1, 2]]).keys()
new Set([1, 2]).values()
"ab".matchAll(/a/g)
/(?<y>\d)(x)?/.exec("a5")
({ a: undefined, b: null })
[,].length
({ "": 1 })
({ a: "x".repeat(60), b: [1, 2, 3] })
[[1, 2, 3], [4, 5, 6], [7, 8, 9]]
`,
);

const SHOWN_PROGRAMS = programs(
  "console.log with several values",
  js`
//# several values, none, texts and others
console.log(); console.log("a", 1, null, undefined, [1], { a: "b" }, "c"); console.log(""); console.log("", ""); console.log([""], "'", ['"']);
//# placeholders
console.log("%s is %d and %i, %f", "a", 1.5, 2.7, "3.5", "rest"); console.log("%o %j %%", 1, { a: 1 }); console.log("%s"); console.log("100%", 5); console.log("%s", { a: 1 }, [1, [2]]); console.log("%d", "x"); console.log("%x", 1); console.log("%s %s", "one"); console.log("%c styled", "css"); console.log(1, "%s", 2);
//# placeholders take kinds
console.log("%s %s %s %s", null, undefined, true, -0); console.log("%d %i", "42abc", "42.9abc"); console.log("%i %f", -0.5, "x"); console.log("%j", "text"); console.log("%s", "a\nb");
//# cyclic values
const a = { n: 1 }; a.self = a; console.log(a); const l = [1]; l.push(l); console.log(l); const m = new Map(); m.set("m", m); console.log(m);
//# two cycles and shared parts
const s = { x: 1 }; console.log({ a: s, b: s }, [s, s]); const p = { n: "p" }, q = { n: "q", p }; p.q = q; console.log(p);
//# instances inside others
class P { constructor(x) { this.x = x; } } console.log({ p: new P(1) }, [new P([1])], new Map([["k", new P({ a: 1 })]])); class E {} console.log([new E(), new E()]);
//# private fields and accessors are not shown
class A { #x = 1; y = 2; get z() { return 3; } static s = 4; m() {} } console.log(new A(), A, { A });
//# depth
console.log({ a: { b: { c: { d: 1 } } } }, [[[[1]]]], { a: [{ b: [{ c: 1 }] }] }, new Map([["a", { b: { c: { d: 1 } } }]]));
//# line breaks
console.log({ name: "a long name for a thing", value: 123456, list: ["one", "two", "three"], nested: { deep: true } }); console.log([{ id: 1, name: "first" }, { id: 2, name: "second" }, { id: 3, name: "third" }]); console.log(["a long text number one", "a long text number two", "a long text number three", "four"]);
//# texts in objects with line breaks
console.log({ text: "first line\nsecond line" }, ["a\nb"], "a\nb"); console.log({ quote: "it's", other: 'say "x"', all: "'\"\`" });
//# boxed by line width
for (const n of [10, 20, 30, 36, 40]) console.log({ a: "x".repeat(n), b: "y".repeat(n) });
//# arrays of many numbers
for (const n of [6, 7, 12, 26]) console.log(Array.from({ length: n }, (_, i) => i * i));
//# arrays of texts of different lengths
console.log("the quick brown fox jumps over the lazy dog and runs away".split(" "));
//# matrices
console.log([[1, 0, 0], [0, 1, 0], [0, 0, 1]]); console.log(Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (_, j) => i * j)));
//# functions with members and classes with static ones
function f() {} f.x = 1; console.log(f, [f]); class A { static n = 1; } class B extends A {} console.log(A, B, [A, B]);
//# symbols of the kind: maps in objects in maps
console.log(new Map([["list", [1, 2]], ["map", new Map([["k", "v"]])], ["set", new Set(["s"])]])); console.log(new Set([new Set([1])]), { m: new Map(), s: new Set() });
//# errors' names and messages
const e = new Error("m"); console.log(e.message, \`\${e}\`, [e].length, String(new TypeError("t")));
`,
);

export const BUILT_INS: readonly Snippet[] = [...OBJECTS, ...COLLECTIONS, ...JSONS, ...MATH, ...DATES];
export const CONSOLE: readonly Snippet[] = [...SHOWN, ...SHOWN_PROGRAMS];
