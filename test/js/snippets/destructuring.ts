/** Destructuring in all places, spread, rest, defaults, parameters. */
import { js, programs, type Snippet } from "./snippet.ts";

export const DESTRUCTURING: readonly Snippet[] = programs(
  "destructuring",
  js`
//# arrays
const [a, b, c] = [1, 2]; console.log(a, b, c);
//# arrays with gaps and rest
const [, a, , ...rest] = [1, 2, 3, 4, 5]; console.log(a, rest.join(), rest.length);
//# rest of nothing
const [a, ...rest] = [1]; const [...all] = []; console.log(a, rest.length, all.length);
//# rest is a pattern
const [a, ...[b, c = 9]] = [1, 2]; const [...{ length }] = [1, 2, 3]; console.log(a, b, c, length);
//# defaults are evaluated when needed
const t = (v) => { console.log("t", v); return v; }; const [a = t(1), b = t(2), c = t(3)] = [0, undefined]; console.log(a, b, c);
//# null is no reason for a default
const [a = 5] = [null]; const { b = 6 } = { b: null }; console.log(a, b);
//# defaults see earlier variables
const [a, b = a * 2, c = a + b] = [5]; const { x, y = x + 1 } = { x: 1 }; console.log(a, b, c, x, y);
//# objects
const { a, b: c, "d-e": f, 5: five, ["g" + 1]: g } = { a: 1, b: 2, "d-e": 3, 5: 4, g1: 5 }; console.log(a, c, f, five, g);
//# objects with rest
const { a, ...rest } = { a: 1, b: 2, c: 3 }; console.log(a, JSON.stringify(rest), "a" in rest);
//# rest with computed keys
const k = "b"; const { [k]: v, ...rest } = { a: 1, b: 2, c: 3 }; console.log(v, JSON.stringify(rest));
//# rest keeps own ones only
class P { get g() { return 1; } } const p = new P(); p.own = 2; const { ...rest } = p; console.log(JSON.stringify(rest), rest.g);
//# rest evaluates getters once
const o = { get a() { console.log("get a"); return 1; }, get b() { console.log("get b"); return 2; } }; const { a, ...rest } = o; console.log(rest.b, rest.b);
//# deep ones
const { a: { b: [, { c = 7, d }] } } = { a: { b: [0, { d: 8 }] } }; console.log(c, d);
//# deep defaults
const { a: { b = 1 } = {}, c: [d = 2] = [] } = {}; console.log(b, d);
//# texts
const [a, b, ...rest] = "häé😀!"; const { length } = "abc"; console.log(a, b, rest.join("|"), length);
//# numbers and Booleans have no members
const { a, toFixed } = 5; const { b } = true; console.log(a, typeof toFixed, b);
//# of undefined
const { a } = undefined;
//# of null
const { a } = null;
//# of undefined, in a parameter
function f({ a }) { return a; } f();
//# of null, nested
const { a: { b } } = { a: null };
//# of undefined, nested, undefined member
try { const { a: { b } } = {}; } catch (e) { console.log(e.name + ": " + e.message); }
//# an empty pattern of null
const {} = null;
//# arrays of what is not iterable
try { const [a] = 5; } catch (e) { console.log(e.name + ": " + e.message); }
//# arrays of an object
const o = {}; try { const [a] = o; } catch (e) { console.log(e.name + ": " + e.message); }
//# arrays of undefined
let u; try { const [a] = u; } catch (e) { console.log(e.name + ": " + e.message); }
//# arrays of null, as a parameter
const f = ([a]) => a; try { f(null); } catch (e) { console.log(e.name + ": " + e.message); }
//# an empty array pattern asks for an iterator
try { const [] = {}; } catch (e) { console.log(e.name); } const [] = []; console.log("ok");
//# assignment to variables
let a, b; [a, b] = [1, 2]; ({ a, b: b } = { a: 3, b: 4 }); console.log(a, b);
//# assignment gives the right side
let a; const v = ([a] = [1, 2, 3]); console.log(v.length, a); const w = ({ a } = { a: 9, z: 1 }); console.log(w.z, a);
//# swapping
let a = 1, b = 2, c = 3; [a, b, c] = [c, a, b]; console.log(a, b, c);
//# swapping elements
const l = [1, 2, 3]; [l[0], l[2]] = [l[2], l[0]]; console.log(l.join());
//# assignment to members
const o = {}, l = []; [o.x, o["y"], l[2]] = [1, 2, 3]; ({ a: o.z, b: l[0] } = { a: 4, b: 5 }); console.log(JSON.stringify(o), l[0], l.length);
//# assignment with defaults to members
const o = {}; [o.a = 1, o.b = 2] = [undefined, 5]; ({ c: o.c = 3 } = {}); console.log(JSON.stringify(o));
//# assignment of rest to a member
const o = {}; [, ...o.rest] = [1, 2, 3]; ({ a: o.a, ...o.others } = { a: 1, b: 2 }); console.log(JSON.stringify(o));
//# assignment targets are evaluated in order
const t = (n, v) => { console.log(n); return v; }; const o = {}; [t("a", o).x, t("b", o).y] = t("right", [1, 2]); console.log(o.x, o.y);
//# assignment to setters
const o = { set a(v) { console.log("set a", v); }, set b(v) { console.log("set b", v); } }; [o.a, o.b] = [1, 2]; ({ x: o.a, y: o.b = 5 } = { x: 3 });
//# in for of
for (const [k, v] of [["a", 1], ["b", 2]]) console.log(k, v); for (const { x, y = 5 } of [{ x: 1 }, { x: 2, y: 3 }]) console.log(x, y);
//# in for of without a declaration
let a, o = {}; for ([a, o.b] of [[1, 2], [3, 4]]) console.log(a, o.b); for ({ a = 7 } of [{}, { a: 1 }]) console.log(a); for (o.c of [5, 6]) console.log(o.c);
//# in for in
for (const [first, ...rest] in { ab: 1, xyz: 2 }) console.log(first, rest.join("")); const o = {}; for (o.k in { q: 1 }); console.log(o.k);
//# in for
for (let [i, j] = [0, 10]; i < j; i += 3, j -= 3) console.log(i, j); for (let { n } = { n: 0 }; n < 2; n++) console.log(n);
//# captured in for of
const fs = []; for (const { x, y: [z] } of [{ x: 1, y: [2] }, { x: 3, y: [4] }]) fs.push(() => x * 10 + z); console.log(fs.map((f) => f()).join());
//# in parameters
const f = ({ a, b: [c, d = 4] = [3] }, [e] = [5], ...[g, h]) => [a, c, d, e, g, h].join(); console.log(f({ a: 1 }), f({ a: 1, b: [2] }, [6], 7, 8, 9));
//# in parameters with defaults of the whole
function f({ a = 1, b = 2 } = {}) { return a + b; } console.log(f(), f({}), f({ a: 5 }), f(undefined));
//# in parameters, captured and assigned
function f({ n }, [m]) { const get = () => n + m; n++; m *= 2; return get(); } console.log(f({ n: 1 }, [10]));
//# in methods, setters and constructors
class A { constructor({ x, y }) { Object.assign(this, { x, y }); } set p([a, b]) { this.x = a; this.y = b; } m({ x } = this) { return x; } } const a = new A({ x: 1, y: 2 }); console.log(a.x, a.y); a.p = [3, 4]; console.log(a.x, a.y, a.m(), a.m({ x: 9 }));
//# in catch
try { throw new RangeError("out"); } catch ({ name, message }) { console.log(name, message); } try { throw [1, 2]; } catch ([a, b]) { console.log(a + b); }
//# default functions get their names
const [f = () => 1] = []; const { g = function () {} } = {}; let h; [h = class {}] = []; console.log(f.name, g.name, h.name);
//# iterators are closed when enough was taken
const it = { [Symbol.iterator]() { let n = 0; return { next: () => { console.log("next"); return { value: n++, done: false }; }, return: () => { console.log("return"); return {}; } }; } }; const [a, b] = it; console.log(a, b);
//# iterators that are done are not closed
const it = { [Symbol.iterator]() { let n = 0; return { next: () => ({ value: n, done: n++ >= 1 }), return: () => { console.log("never"); return {}; } }; } }; const [a, b, c = 5] = it; console.log(a, b, c);
//# rest takes everything
const it = { [Symbol.iterator]() { let n = 0; return { next: () => ({ value: n, done: n++ >= 4 }), return: () => { console.log("never"); } }; } }; const [a, ...rest] = it; console.log(a, rest.join());
//# an error in a default closes the iterator
const it = { [Symbol.iterator]() { return { next: () => ({ value: undefined, done: false }), return: () => { console.log("closed"); return {}; } }; } }; try { const [a = (() => { throw new Error("default"); })()] = it; } catch (e) { console.log(e.message); }
//# Map entries
for (const [k, { v }] of new Map([["a", { v: 1 }], ["b", { v: 2 }]])) console.log(k, v); const [[k1, v1]] = new Map([["x", 9]]); console.log(k1, v1); const [first] = new Set([7, 8]); console.log(first);
//# of functions' results
const minMax = (l) => ({ min: Math.min(...l), max: Math.max(...l) }); const { min, max } = minMax([3, 1, 2]); console.log(min, max);
//# of regular expressions' results
const [, y, m] = /(\d+)-(\d+)/.exec("on 2020-05"); console.log(y, m);
//# evaluation order of keys and defaults
const t = (n) => { console.log(n); return n; }; const { [t("a")]: x = t("da"), [t("b")]: y = t("db") } = { a: 1 }; console.log(x, y);
//# getters are read in the order of the pattern
const o = { get a() { console.log("a"); return 1; }, get b() { console.log("b"); return 2; } }; const { b, a } = o; console.log(a, b);
//# var patterns
var { a, b } = { a: 1, b: 2 }; var [c] = [3]; { var { d } = { d: 4 }; } console.log(a, b, c, d);
//# the same key twice
const { a, a: b } = { a: 1 }; console.log(a, b);
//# destructuring the same array while assigning to it
let l = [1, 2]; [l, l[0]] = [[5, 6], 7]; console.log(l.join());
//# a pattern inside an expression
let a; console.log(([a] = [1]) && a, ({ a } = { a: 2 }).a + a);
//# chains of assignments
let a, b, c; [a] = [b] = [c] = [5]; console.log(a, b, c);
//# spread in arrays
const a = [1, 2]; console.log([...a, 3, ...a].join(), [...""].length, [..."añ😀"].join("|"), [...new Set([1, 1, 2])].join(), [...new Map([[1, 2]])][0].join());
//# spread of what is not iterable
try { console.log([...5]); } catch (e) { console.log(e.name + ": " + e.message); }
//# spread of undefined
let u; try { console.log([...u]); } catch (e) { console.log(e.name + ": " + e.message); }
//# spread of an object in an array
const o = { a: 1 }; try { [...o]; } catch (e) { console.log(e.name + ": " + e.message); }
//# spread in calls
const f = (...a) => a.join(); console.log(f(...[1, 2]), f(0, ...[1], 2, ...[], ...[3, 4]), f(..."ab"), Math.max(...[1, 5, 3], 4));
//# spread in calls of methods keeps this
const o = { n: 5, f(...a) { return this.n + a.length; } }; console.log(o.f(...[1, 2]), o["f"](...[1]), o?.f(...[]));
//# spread in new
class P { constructor(...a) { this.a = a; } } console.log(new P(...[1, 2], 3).a.join(), new Date(...[0]).getTime());
//# spread of undefined in a call
const f = () => 1; let u; try { f(...u); } catch (e) { console.log(e.name); }
//# spread in objects
const a = { x: 1, y: 2 }; console.log(JSON.stringify({ ...a, y: 3, ...{ z: 4 } }), JSON.stringify({ y: 0, ...a }), JSON.stringify({ ...null, ...undefined, ...5, ...true }), JSON.stringify({ ..."ab" }), JSON.stringify({ ...[7, 8] }));
//# spread in objects reads getters, in order
const o = { get a() { console.log("get"); return 1; } }; const c = { ...o }; console.log(c.a, c.a, Object.keys(c).join());
//# spread in objects leaves inherited ones
class A { constructor() { this.own = 1; } m() {} } const c = { ...new A() }; console.log(Object.keys(c).join(), typeof c.m);
//# spread does not call setters
const c = { set a(v) { console.log("never"); }, ...{ a: 1 } }; console.log(c.a);
//# spread copies shallowly
const a = { in: { n: 1 } }, b = { ...a }; b.in.n = 2; console.log(a.in.n, a === b, a.in === b.in);
//# spread evaluates in order
const t = (n, v) => { console.log(n); return v; }; console.log([t("a", 1), ...t("b", [2]), t("c", 3)].join(), JSON.stringify({ [t("k", "x")]: t("v", 1), ...t("s", { y: 2 }) }));
//# rest parameters
function f(a, ...rest) { return a + ":" + rest.join(); } console.log(f(), f(1), f(1, 2, 3), f.length, ((...a) => a.length)());
//# rest parameters are fresh
const f = (...a) => a; const x = [1]; console.log(f(...x) === x, f() === f());
//# defaults
const f = (a = 1, b = a + 1, c) => [a, b, c].join(); console.log(f(), f(5), f(undefined, 3), f(null, undefined, 7), f.length);
//# defaults are evaluated each call
let n = 0; const f = (a = ++n, l = []) => { l.push(a); return l.join(); }; console.log(f(), f(), f(9), n);
//# a default may call functions and throw
const need = (name) => { throw new TypeError(name + " is needed"); }; const f = (a = need("a")) => a; console.log(f(1)); try { f(); } catch (e) { console.log(e.message); }
//# missing arguments are undefined
function f(a, b, c) { return typeof a + typeof b + typeof c; } console.log(f(), f(1), f(1, "2"), f(1, 2, 3, 4));
//# superfluous arguments do not get into variables
function f(a) { let x, y; var z; return [a, x, y, z].join(); } console.log(f(1, 2, 3, 4), ((a) => { let b; return b; })(1, 2));
//# superfluous arguments are evaluated
const f = () => "f"; console.log(f(console.log("evaluated")));
//# arguments are assigned to without harm to others
function f(a) { a = 5; return a; } let x = 1; f(x); console.log(x); const o = { n: 1 }; (function (p) { p.n = 2; p = null; })(o); console.log(o.n);
//# lengths of functions
console.log(((a, b) => 1).length, ((a, b = 1, c) => 1).length, ((...a) => 1).length, (function ({ a }, [b]) {}).length, class { constructor(a, b) {} }.length);
//# trailing commas
const f = (a, b,) => [a, b,].length; console.log(f(1, 2,), [1, 2, ].length, Object.keys({ a: 1, }).length);
//# many arguments
const f = (a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u) => a + u; console.log(f(...Array.from({ length: 20 }, (_, i) => i)), f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22));
//# destructured parameters with closures in a loop
const fs = [1, 2, 3].map((n) => ({ n, get: () => n })).map(({ n, get }) => () => (n += get())); console.log(fs.map((f) => f() + f()).join());
`,
);
