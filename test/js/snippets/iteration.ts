/** Iterators, for of, for in, generators. */
import { js, programs, type Snippet } from "./snippet.ts";

export const ITERATION: readonly Snippet[] = programs(
  "iteration",
  js`
//# for of over arrays, texts, sets, maps
for (const x of [1, "a", null]) console.log(x); for (const c of "aé😀") console.log(c, c.length); for (const x of new Set([1, 1, 2])) console.log(x); for (const [k, v] of new Map([["a", 1]])) console.log(k, v);
//# for of over an array that grows
const l = [1, 2]; for (const x of l) { if (l.length < 6) l.push(x * 10); console.log(x); }
//# for of over an array that shrinks
const l = [1, 2, 3, 4]; for (const x of l) { console.log(x); l.pop(); }
//# for of over a set that changes
const s = new Set([1, 2, 3]); for (const x of s) { console.log(x); if (x === 1) { s.delete(2); s.add(4); } if (x === 4) s.add(1); }
//# for of over a map that changes
const m = new Map([[1, "a"], [2, "b"]]); for (const [k, v] of m) { console.log(k, v); if (k === 1) { m.delete(1); m.set(3, "c"); } }
//# entries, keys, values of arrays
const l = ["a", "b"]; for (const [i, x] of l.entries()) console.log(i, x); console.log([...l.keys()].join(), [...l.values()].join());
//# entries, keys, values of maps and sets
const m = new Map([["a", 1], ["b", 2]]); console.log([...m.keys()].join(), [...m.values()].join(), [...m.entries()].join("|")); const s = new Set(["x"]); console.log([...s.keys()].join(), [...s.entries()].join());
//# an iterator by hand
const it = [1, 2][Symbol.iterator](); console.log(JSON.stringify([it.next(), it.next(), it.next(), it.next()]));
//# iterators are iterable
const it = [1, 2, 3].values(); it.next(); console.log([...it].join(), [...it].length); const m = new Map([[1, 2]]).entries(); console.log(m[Symbol.iterator]() === m);
//# taking up where it was left
const it = [1, 2, 3, 4].values(); for (const x of it) { if (x === 2) break; } console.log([...it].join());
//# an iterator of one's own
const range = (a, b) => ({ [Symbol.iterator]() { let i = a; return { next() { return i < b ? { value: i++, done: false } : { value: undefined, done: true }; } }; } }); console.log([...range(0, 3)].join(), Array.from(range(1, 4), (x) => x * x).join(), Math.max(...range(0, 5)), new Set(range(0, 3)).size); for (const x of range(5, 7)) console.log(x);
//# done may be missing, value too
let n = 0; const it = { [Symbol.iterator]: () => ({ next: () => (n++ < 2 ? {} : { done: true }) }) }; for (const x of it) console.log(x); n = 0; const jt = { [Symbol.iterator]: () => ({ next: () => ({ value: n, done: n++ > 1 ? "yes" : 0 }) }) }; console.log([...jt].join());
//# the value of the end is not seen
const it = { [Symbol.iterator]: () => { let n = 0; return { next: () => ({ value: n++, done: n > 2 }) }; } }; console.log([...it].join());
//# next gives no object
const it = { [Symbol.iterator]: () => ({ next: () => 5 }) }; try { for (const x of it); } catch (e) { console.log(e.name + ": " + e.message); }
//# the iterator method gives no object
const it = { [Symbol.iterator]: () => 5 }; try { for (const x of it); } catch (e) { console.log(e.name + ": " + e.message); } try { [...{ [Symbol.iterator]: 5 }]; } catch (e) { console.log(e.name); }
//# next is read once
const it = { [Symbol.iterator]() { let n = 0; return { get next() { console.log("get next"); return () => ({ value: n, done: n++ > 1 }); } }; } }; console.log([...it].join());
//# return is called on break only
const make = () => { let n = 0; return { [Symbol.iterator]() { return this; }, next: () => ({ value: n, done: n++ >= 3 }), return() { console.log("return"); return {}; } }; }; for (const x of make()) console.log(x); for (const x of make()) { if (x === 1) break; }
//# for in: order of keys
for (const k in { b: 1, a: 2, 2: 3, 1: 4, "-1": 5, "01": 6 }) console.log(k);
//# for in: inherited ones too, shadowed once
const p = { a: 1, b: 2 }; const o = Object.create(p); o.b = 3; o.c = 4; for (const k in o) console.log(k, o[k]);
//# for in: arrays, texts, nothing
for (const i in ["x", "y"]) console.log(typeof i, i); for (const i in "ab") console.log(i); for (const k in null) console.log("never"); for (const k in undefined) console.log("never"); for (const k in 5) console.log("never");
//# for in: deleted keys are not visited
const o = { a: 1, b: 2, c: 3 }; for (const k in o) { console.log(k); delete o.b; }
//# for in: class instances
class A { x = 1; m() {} get g() { return 1; } } const a = new A(); a.y = 2; for (const k in a) console.log(k);
//# for in: assigns to var, let, members
var k; for (k in { a: 1, b: 2 }); console.log(k); const o = { n: "" }; for (o.n in { z: 1 }); console.log(o.n);
//# for in: break and continue, labels
out: for (const a in { x: 1, y: 2 }) { for (const b in { p: 1, q: 2, r: 3 }) { if (b === "q") continue; if (a === "y") break out; console.log(a, b); } }
//# nested for of with the same list
const l = [1, 2]; for (const a of l) for (const b of l) console.log(a, b);
//# generators: values and the end
function* g() { yield 1; yield 2; return 3; } const it = g(); console.log(JSON.stringify([it.next(), it.next(), it.next(), it.next()])); console.log([...g()].join());
//# generators begin with next
function* g() { console.log("begun"); yield 1; } const it = g(); console.log("made"); it.next();
//# generators get values
function* g() { const a = yield "first"; console.log("got", a); const b = yield a * 2; console.log("got", b); return a + b; } const it = g(); console.log(it.next("lost").value, it.next(5).value, JSON.stringify(it.next(7)));
//# generators are endless
function* naturals() { let n = 0; while (true) yield n++; } const out = []; for (const n of naturals()) { if (n > 5) break; out.push(n); } console.log(out.join()); const [a, b, c] = naturals(); console.log(a, b, c);
//# generators with parameters, defaults, rest
function* g(a, b = 2, ...c) { yield a; yield b; yield* c; } console.log([...g(1)].join(), [...g(1, 5, 6, 7)].join());
//# generators: yield in expressions
function* g() { const x = 1 + (yield "a") * (yield "b"); yield [x, yield "c"].join(); } const it = g(); it.next(); it.next(2); console.log(it.next(3).value, it.next("z").value);
//# generators: yield in arguments, templates, conditions
function* g() { if (yield 1) console.log("yes"); else console.log("no"); console.log(\`\${yield 2}!\`, yield 3, (yield 4) ? "t" : "f"); } const it = g(); it.next(); it.next(0); it.next("x"); it.next("y"); it.next(1);
//# generators: yield*
function* inner() { const got = yield "i1"; console.log("inner got", got); return "result"; } function* outer() { const r = yield* inner(); console.log("r", r); yield* [1, 2]; yield* "ab"; } const it = outer(); console.log(it.next().value, it.next("v").value, [...it].join());
//# generators: recursion with yield*
function* walk(t) { if (!t) return; yield* walk(t.l); yield t.v; yield* walk(t.r); } const t = { v: 4, l: { v: 2, l: { v: 1 }, r: { v: 3 } }, r: { v: 5 } }; console.log([...walk(t)].join());
//# generators: loops, try, switch
function* g(n) { for (let i = 0; i < n; i++) { try { switch (i % 3) { case 0: yield "zero" + i; break; case 1: continue; default: yield "two" + i; } } finally { yield "f" + i; } } } console.log([...g(4)].join());
//# generators: return
function* g() { try { yield 1; yield 2; } finally { console.log("cleanup"); } } const it = g(); it.next(); console.log(JSON.stringify(it.return(9)), JSON.stringify(it.next()));
//# generators: return before the beginning
function* g() { console.log("never"); yield 1; } const it = g(); console.log(JSON.stringify(it.return(5)), JSON.stringify(it.next()));
//# generators: return with a yield in finally
function* g() { try { yield 1; } finally { yield "in finally"; console.log("end"); } } const it = g(); it.next(); console.log(JSON.stringify([it.return(9), it.next(), it.next()]));
//# generators: throw
function* g() { for (;;) { try { yield 1; } catch (e) { console.log("caught", e); yield "after"; } } } const it = g(); it.next(); console.log(it.throw("x").value, it.next().value);
//# generators: throw that nobody catches
function* g() { yield 1; } const it = g(); it.next(); try { it.throw(new Error("out")); } catch (e) { console.log(e.message); } console.log(JSON.stringify(it.next())); const jt = g(); try { jt.throw(new Error("early")); } catch (e) { console.log(e.message); } console.log(jt.next().done);
//# generators: errors inside
function* g() { yield 1; throw new Error("inside"); } const out = []; try { for (const x of g()) out.push(x); } catch (e) { out.push(e.message); } console.log(out.join());
//# generators: running already
let it; function* g() { it.next(); } it = g(); try { it.next(); } catch (e) { console.log(e.name + ": " + e.message); }
//# generators: break closes, also yield*
function* inner() { try { yield 1; yield 2; } finally { console.log("inner closed"); } } function* outer() { try { yield* inner(); } finally { console.log("outer closed"); } } for (const x of outer()) break;
//# generators: closures and captured variables
function* g() { let n = 0; const inc = () => ++n; while (n < 3) { inc(); yield () => n; } } const fs = [...g()]; console.log(fs.map((f) => f()).join());
//# generators: methods with this, static, private
class T { #l = [1, 2]; *each() { for (const x of this.#l) yield x * this.f; } f = 10; static *s() { yield "s"; } *[Symbol.iterator]() { yield* this.each(); } } console.log([...new T()].join(), [...T.s()].join(), [...new T().each()].join());
//# generators: in object literals and expressions
const o = { n: 2, *g() { yield this.n; } }; const f = function* () { yield 1; }; const h = function* named() { yield named.name; }; console.log([...o.g()].join(), [...f()].join(), [...h()].join());
//# generators: several at once
function* g(n) { for (let i = 0; i < 3; i++) yield n + i; } const a = g(0), b = g(10); console.log(a.next().value, b.next().value, a.next().value, b.next().value, [...a, ...b].join());
//# generators: pipelines
function* map(it, f) { for (const x of it) yield f(x); } function* filter(it, f) { for (const x of it) if (f(x)) yield x; } function* take(it, n) { if (n > 0) for (const x of it) { yield x; if (--n <= 0) return; } } function* nat() { for (let i = 0; ; i++) yield i; } console.log([...take(map(filter(nat(), (x) => x % 2), (x) => x * x), 5)].join());
//# generators: permutations
function* perms(l, n = l.length) { if (n <= 1) yield l.join(""); else for (let i = 0; i < n; i++) { yield* perms(l, n - 1); const j = n % 2 ? 0 : i; [l[n - 1], l[j]] = [l[j], l[n - 1]]; } } console.log([...perms(["a", "b", "c"])].join());
//# generators: fibonacci
function* fib() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } } const out = []; for (const x of fib()) { if (x > 100) break; out.push(x); } console.log(out.join());
//# generators: destructuring and spread
function* g() { console.log("1"); yield 1; console.log("2"); yield 2; console.log("3"); } const [a] = g(); console.log(a); const [x, y, ...z] = g(); console.log(x, y, z.length); console.log(Math.max(...g()));
//# generators: yield without a value, yield as the last thing
function* g() { yield; const x = yield; return x; } const it = g(); console.log(it.next().value, it.next().value, it.next(5).value, it.next().value);
//# generators: return in a loop of for of
function* g() { for (const x of [1, 2, 3]) { if (x === 3) return "done"; yield x; } } const it = g(); console.log(JSON.stringify([it.next(), it.next(), it.next(), it.next()]));
//# generators: an object with next as a delegate
const it = { [Symbol.iterator]() { let n = 0; return { next(v) { console.log("next", v); return { value: n, done: n++ >= 2 }; }, return(v) { console.log("return", v); return { value: v, done: true }; } }; } }; function* g() { yield* it; } const a = g(); a.next("a"); a.next("b"); console.log(JSON.stringify(a.return("c")));
//# generators: delegate without throw
const it = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: () => { console.log("closed"); return {}; } }) }; function* g() { try { yield* it; } catch (e) { console.log(e.name); } } const a = g(); a.next(); a.throw(new Error("x"));
//# generators: deep delegation
function* deep(n) { if (n > 0) { yield n; yield* deep(n - 1); } } let sum = 0; for (const x of deep(50)) sum += x; console.log(sum);
//# generators: as coroutines
function* task(n, k) { for (let i = 0; i < k; i++) { console.log(n + i); yield; } } const q = [task("a", 2), task("b", 3), task("c", 1)]; while (q.length) { const t = q.shift(); if (!t.next().done) q.push(t); }
//# generators: a parser with lookahead
function* tokens(s) { let i = 0; while (i < s.length) { if (s[i] === " ") { i++; continue; } let t = s[i++]; if (t >= "0" && t <= "9") while (s[i] >= "0" && s[i] <= "9") t += s[i++]; yield t; } } const calc = (s) => { const it = tokens(s); let t = it.next(); const take = () => { const v = t.value; t = it.next(); return v; }; const prim = () => { const v = take(); if (v === "(") { const r = sum(); take(); return r; } return +v; }; const prod = () => { let v = prim(); while (t.value === "*" || t.value === "/") v = take() === "*" ? v * prim() : v / prim(); return v; }; const sum = () => { let v = prod(); while (t.value === "+" || t.value === "-") v = take() === "+" ? v + prod() : v - prod(); return v; }; return sum(); }; console.log(calc("12 + 3*(4-1) / 9"), calc("2*3*4"));
//# generators: typeof, instanceof and toString of them
function* g() {} const it = g(); console.log(typeof g, typeof it, typeof it.next, typeof it.return, typeof it.throw, it[Symbol.iterator]() === it);
//# generators: errors in next of a for of are not closed
function* g() { try { yield 1; throw new Error("own"); } finally { console.log("finally"); } } try { for (const x of g()) console.log(x); } catch (e) { console.log(e.message); }
//# Array.from and others take iterables
function* g() { yield 1; yield 2; } console.log(Array.from(g()).join(), new Set(g()).size, new Map([["a", 1]].values()).get("a"), Object.fromEntries((function* () { yield ["x", 1]; })()).x, Array.from({ length: 2, 0: "a", 1: "b" }).join());
//# Array.from over texts, maps, array-likes
console.log(Array.from("a😀b").length, Array.from(new Map([[1, 2]])).join(), Array.from({ length: 3 }, (_, i) => i * i).join(), Array.from([1, 2, 3], (x) => x + 1).join(), Array.from(5).length, Array.from({}).length);
//# iterating while nested functions change the variable
const out = []; for (let x of [1, 2, 3]) { const bump = () => { x += 100; }; if (x === 2) bump(); out.push(x); } console.log(out.join());
//# zip, enumerate, chunk
const zip = (...l) => l[0].map((_, i) => l.map((x) => x[i])); function* chunk(l, n) { for (let i = 0; i < l.length; i += n) yield l.slice(i, i + n); } console.log(zip([1, 2], ["a", "b"]).join("|"), [...chunk([1, 2, 3, 4, 5], 2)].map((c) => c.join("")).join());
`,
);
