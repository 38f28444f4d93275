/** Exceptions, what finally does to completions, the order of evaluation, and the words of V8's errors. */
import { js, lines, programs, type Snippet } from "./snippet.ts";

const THROWING = programs(
  "exceptions",
  js`
//# any value is thrown
for (const v of [1, "text", null, undefined, true, NaN, [1], { a: 1 }]) { try { throw v; } catch (e) { console.log(typeof e, Object.is(e, v)); } }
//# uncaught errors
console.log("before"); throw new Error("out"); console.log("never");
//# uncaught numbers
throw 42;
//# uncaught texts
throw "text";
//# uncaught undefined
throw undefined;
//# uncaught null
throw null;
//# uncaught errors of one's own
class E extends Error { constructor(m) { super(m); this.name = "E"; } } throw new E("mine");
//# uncaught out of functions
function f(n) { if (n === 0) throw new RangeError("deep"); f(n - 1); } f(10);
//# an uncaught error without a message
throw new TypeError();
//# finally runs behind a normal end
try { console.log("try"); } finally { console.log("finally"); } console.log("after");
//# finally runs behind a catch
try { throw 1; } catch (e) { console.log("catch", e); } finally { console.log("finally"); }
//# finally runs without a catch
try { try { throw new Error("x"); } finally { console.log("finally"); } } catch (e) { console.log("outer", e.message); }
//# finally runs behind a throw in catch
try { try { throw 1; } catch (e) { throw e + 1; } finally { console.log("finally"); } } catch (e) { console.log(e); }
//# return runs finally
function f() { try { return console.log("value"), "r"; } finally { console.log("finally"); } } console.log(f());
//# finally that returns
function f() { try { return 1; } finally { return 2; } } console.log(f()); function g() { try { throw new Error("lost"); } finally { return "kept"; } } console.log(g());
//# the value is there before finally
function f() { let x = 1; try { return x; } finally { x = 2; } } console.log(f()); function g() { const o = { x: 1 }; try { return o; } finally { o.x = 2; } } console.log(g().x);
//# finally that throws
function f() { try { return 1; } finally { throw new Error("finally"); } } try { f(); } catch (e) { console.log(e.message); } try { try { throw new Error("first"); } finally { throw new Error("second"); } } catch (e) { console.log(e.message); }
//# break runs finally
for (let i = 0; i < 3; i++) { try { if (i === 1) break; console.log(i); } finally { console.log("finally", i); } }
//# continue runs finally
for (let i = 0; i < 3; i++) { try { if (i === 1) continue; console.log(i); } finally { console.log("finally", i); } }
//# break out of finally forgets the error
for (;;) { try { throw new Error("lost"); } finally { break; } } console.log("after");
//# continue in finally forgets the return
function f() { for (let i = 0; i < 3; i++) { try { return i; } finally { if (i < 2) continue; } } } console.log(f());
//# break to a label through two finally
outer: for (;;) { try { for (;;) { try { break outer; } finally { console.log("inner"); } } } finally { console.log("outer"); } } console.log("out");
//# break out of a block through finally
b: { try { break b; } finally { console.log("finally"); } console.log("never"); } console.log("after");
//# return through three finally
function f() { try { try { try { return "r"; } finally { console.log(1); } } finally { console.log(2); } } finally { console.log(3); } } console.log(f());
//# a return replaced by a return further out
function f() { try { try { return "inner"; } finally { console.log("x"); } } finally { return "outer"; } } console.log(f());
//# try in finally
function f() { try { return 1; } finally { try { throw 2; } catch (e) { console.log("caught", e); } finally { console.log("inner finally"); } console.log("end of finally"); } } console.log(f());
//# try in catch
try { throw 1; } catch (a) { try { throw 2; } catch (b) { console.log(a, b); } finally { console.log("f", a); } }
//# the error goes on behind a finally with a whole try
try { try { throw "first"; } finally { try { throw "second"; } catch (e) { console.log("caught", e); } } } catch (e) { console.log("then", e); }
//# catch in a loop
let n = 0; for (let i = 0; i < 50; i++) { try { if (i % 3 === 0) throw i; n += 1; } catch (e) { n += e * 1000; } finally { n += 0.5; } } console.log(n);
//# throw in a loop's head
try { for (let i = 0; ; i++, i > 2 && (() => { throw new Error("update " + i); })()) console.log(i); } catch (e) { console.log(e.message); }
//# errors through callbacks
try { [1, 2, 3].forEach((x) => { if (x === 2) throw new Error("at " + x); console.log(x); }); } catch (e) { console.log(e.message); }
//# errors through map, sort, replace, JSON
const bad = () => { throw new Error("bad"); }; for (const f of [() => [1].map(bad), () => [2, 1].sort(bad), () => "a".replace(/a/, bad), () => JSON.stringify({ toJSON: bad }), () => new Map([[1, 2]]).forEach(bad), () => Array.from([1], bad), () => [1, 2].reduce(bad)]) { try { f(); console.log("never"); } catch (e) { console.log(e.message); } }
//# errors in getters and setters
const o = { get x() { throw new Error("get"); }, set x(v) { throw new Error("set " + v); } }; try { o.x; } catch (e) { console.log(e.message); } try { o.x = 5; } catch (e) { console.log(e.message); }
//# errors in conditions, arguments, keys
const t = (m) => { throw new Error(m); }; for (const f of [() => { if (t("if")) return; }, () => console.log(t("argument")), () => ({ [t("key")]: 1 }), () => [1, t("element")], () => \`\${t("template")}\`, () => t("callee")(), () => { switch (t("switch")) {} }, () => { for (const x of t("of")); }, () => { while (t("while")); }]) { try { f(); } catch (e) { console.log(e.message); } }
//# errors are objects
const e = new Error("m"); console.log(e.message, e.name, e instanceof Error, String(e), Object.keys(e).length, e.hasOwnProperty("message"), "name" in e, e.constructor === Error, typeof e.stack); e.message = "changed"; e.name = "N"; console.log(String(e));
//# kinds of errors
for (const E of [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError]) { const e = new E("m"); console.log(e.name, e.message, e instanceof E, e instanceof Error, String(e), E.name, e instanceof TypeError); }
//# errors without new
const e = Error("m"), t = TypeError("t"); console.log(e instanceof Error, e.message, t instanceof TypeError, t.name);
//# messages are texts
console.log(new Error(5).message === "5", new Error(undefined).message === "", new Error(null).message, new Error({}).message, "message" in new Error(), new Error().hasOwnProperty("message"), String(new Error()), String(new Error("")));
//# causes
const a = new Error("a"), b = new Error("b", { cause: a }); console.log(b.cause === a, b.cause.message, a.cause, "cause" in a, new Error("c", { cause: 0 }).cause);
//# rethrow keeps the object
const e = new Error("x"); try { try { throw e; } catch (f) { throw f; } } catch (g) { console.log(g === e); }
//# errors in errors' toString
const e = new Error("m"); e.name = ""; console.log(String(e)); e.message = ""; console.log(String(e) === ""); e.name = "N"; console.log(String(e)); e.name = undefined; console.log(String(e));
//# members of one's own
const e = Object.assign(new Error("m"), { code: 5, data: { x: 1 } }); try { throw e; } catch ({ code, data: { x }, message }) { console.log(code, x, message); }
//# catching by kind
class NotFound extends Error {} class Denied extends Error {} const f = (E) => { try { throw new E("x"); } catch (e) { if (e instanceof NotFound) return "not found"; if (e instanceof Denied) return "denied"; throw e; } }; console.log(f(NotFound), f(Denied)); try { f(RangeError); } catch (e) { console.log(e.name); }
//# errors of the machine are Errors
for (const f of [() => null.x, () => undefined.y.z, () => notThere, () => (5)(), () => new 5(), () => { const o = {}; o.f(); }, () => [].reduce((a) => a), () => "x".repeat(-1), () => new Array(-1), () => JSON.parse("{"), () => (1).toFixed(200), () => decodeURIComponent("%")]) { try { f(); } catch (e) { console.log(e.name, e instanceof Error, e.constructor.name, typeof e.message, typeof e.stack); } }
//# stack overflow is a RangeError
const f = (n) => 1 + f(n + 1); try { f(0); } catch (e) { console.log(e.name, e instanceof RangeError, e.message); }
//# stack overflow with finally
let n = 0; const f = () => { try { f(); } finally { n++; } }; try { f(); } catch (e) { console.log(e instanceof RangeError, n > 100); }
//# stack overflow can be caught and life goes on
const f = () => f() + 1; for (let i = 0; i < 2; i++) { try { f(); } catch (e) { console.log(e instanceof RangeError); } } console.log([1, 2].map((x) => x * 2).join());
//# nested functions with finally and closures
const log = []; const with_ = (name, f) => { log.push("open " + name); try { return f(name); } finally { log.push("close " + name); } }; try { with_("a", (a) => with_("b", (b) => { throw new Error(a + b); })); } catch (e) { log.push(e.message); } console.log(log.join());
//# a transaction
let v = 1; const tx = (f) => { const old = v; try { f(); return true; } catch { v = old; return false; } }; console.log(tx(() => { v = 2; }), v, tx(() => { v = 3; throw 0; }), v);
//# retry
let tries = 0; const flaky = () => { if (++tries < 3) throw new Error("try " + tries); return "ok"; }; const retry = (f, n) => { for (;;) { try { return f(); } catch (e) { console.log(e.message); if (--n <= 0) throw e; } } }; console.log(retry(flaky, 5));
//# values of catch and finally variables in closures
const fs = []; try { throw 5; } catch (e) { fs.push(() => e); } finally { const e = "f"; fs.push(() => e); } console.log(fs.map((f) => f()).join());
//# variables changed in try are seen in catch and behind
let x = 1, s = ""; try { x = 2; s += "a"; null.boom; s += "never"; } catch { s += "b" + x; x = 3; } finally { s += "c" + x; x = 4; } console.log(s, x);
//# registers hold through errors in the middle of expressions
let a = 1; try { a = a + (() => { throw 0; })(); } catch {} console.log(a); const l = [1, 2]; try { l[0] = (() => { l.push(3); throw 0; })(); } catch {} console.log(l.join());
//# an empty try, an empty catch, an empty finally
try {} catch { console.log("never"); } try { throw 1; } catch {} try {} finally {} console.log("ok");
//# switch in try with break
function f(x) { try { switch (x) { case 1: break; case 2: return "two"; default: throw "other"; } return "broke"; } catch (e) { return "caught " + e; } finally { console.log("finally", x); } } console.log(f(1), f(2), f(3));
//# finally in recursion
let log = ""; function f(n) { try { if (n === 0) throw "end"; f(n - 1); log += "on"; } catch (e) { log += "c" + n; if (n < 2) throw e; } finally { log += "f" + n; } } f(4); console.log(log);
//# generators and finally
function* g() { try { yield 1; yield 2; } finally { console.log("cleanup"); } } for (const x of g()) { console.log(x); break; }
//# for of closes on throw
const it = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: () => { console.log("closed"); return {}; } }) }; try { for (const x of it) throw new Error("body"); } catch (e) { console.log(e.message); }
//# for of closes on return and labelled continue
const make = (n) => ({ [Symbol.iterator]: () => ({ next: () => ({ value: n, done: false }), return: () => { console.log("closed", n); return {}; } }) }); const f = () => { for (const x of make(1)) return x; }; console.log(f()); let i = 0; outer: while (i++ < 2) { for (const x of make(2)) continue outer; }
//# an error in closing replaces a break, not a throw
const it = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: () => { throw new Error("closing"); } }) }; try { for (const x of it) break; } catch (e) { console.log(e.message); } try { for (const x of it) throw new Error("body"); } catch (e) { console.log(e.message); }
//# closing must give an object
const it = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: () => 5 }) }; try { for (const x of it) break; } catch (e) { console.log(e.name + ": " + e.message); }
//# next that throws does not close
const it = { [Symbol.iterator]: () => ({ next: () => { throw new Error("next"); }, return: () => { console.log("never"); } }) }; try { for (const x of it); } catch (e) { console.log(e.message); }
//# AggregateError is left out, plain objects as errors
try { throw { name: "Custom", message: "plain" }; } catch (e) { console.log(e.name, e.message, e instanceof Error); }
`,
);

const ORDER = programs(
  "evaluation order",
  js`
//# operands
const t = (n) => { console.log(n); return n; }; console.log(t(1) + t(2) * t(3) - t(4)); console.log(t(2) ** t(3) ** t(1)); console.log(t(1) < t(2), t(1) === t(2));
//# calls: callee, arguments, call
const t = (n) => { console.log(n); return n; }; const f = () => { console.log("f"); return (...a) => { console.log("called"); return a.join(); }; }; console.log(f()(t(1), t(2)));
//# methods: object, key, arguments
const o = { m(...a) { console.log("called"); return a.join(); } }; const t = (n, v = n) => { console.log(n); return v; }; console.log(t("object", o)[t("key", "m")](t("a"), t("b")));
//# a method is read before its arguments are evaluated
const o = { m: () => "old" }; console.log(o.m((o.m = () => "new")), o.m()); let f = () => "first"; console.log(f((f = () => "second")), f());
//# calling undefined evaluates the arguments first
const t = (n) => { console.log(n); return n; }; let u; try { u(t(1)); } catch (e) { console.log(e.message); } const o = {}; try { o.f(t(2)); } catch (e) { console.log(e.message); }
//# members of undefined fail before arguments
const t = (n) => { console.log(n); return n; }; let u; try { u.f(t("never")); } catch (e) { console.log(e.message); } try { u[t("key")]; } catch (e) { console.log(e.message); } 
//# assignment: object, key, value
const t = (n, v) => { console.log(n); return v; }; const o = {}; t("object", o)[t("key", "k")] = t("value", 5); console.log(o.k); t("o2", o)[t("k2", "k")] += t("v2", 2); console.log(o.k);
//# assignment to a member of undefined evaluates the right side
let u; const t = (n) => { console.log(n); return n; }; try { u.x = t("right"); } catch (e) { console.log(e.name + ": " + e.message); } try { u[t("key")] = t("right"); } catch (e) { console.log(e.name + ": " + e.message); }
//# a variable is read before the right side changes it
let x = 1; const f = () => { x = 10; return 5; }; console.log(x + f(), x); x = 1; x += f(); console.log(x); let y = 1; y = y++ + y++; console.log(y); let i = 0; const l = [10, 20, 30]; l[i++] = l[i++] + i; console.log(l.join(), i);
//# a local is read before an assignment in the same expression
const f = (a) => a + (a = 5) + a; console.log(f(1)); const g = (a) => [a, a++, a, ++a, a].join(); console.log(g(1)); const h = (a, b) => { const c = a - (a = b) - (b = 7) - b; return [a, b, c].join(); }; console.log(h(20, 3));
//# a captured one too
const f = (a) => { const set = (v) => (a = v); return a + set(10) + a + set("s") + a; }; console.log(f(1));
//# compound assignment keeps the old left value
let a = 5; a += (a = 10) + a; console.log(a); const o = { x: 5 }; o.x += (o.x = 10) + o.x; console.log(o.x); const l = [1]; l[0] *= (l[0] = 3) + l[0]; console.log(l[0]);
//# the left object stays if the variable changes
let o = { n: "old" }; const old = o; o.x = (o = { n: "new" }, 5); console.log(old.x, o.x, o.n); let l = [1]; const first = l; l[0] = (l = [9], 7); console.log(first[0], l[0]);
//# keys are converted once
let n = 0; const key = { toString() { n++; return "k"; } }; const o = { k: 1 }; o[key] += 1; console.log(o.k, n); o[key]++; console.log(o.k, n);
//# literals from left to right
const t = (n) => { console.log(n); return n; }; console.log([t(1), t(2), t(3)].length, Object.keys({ a: t(4), [t("b")]: t(5), c: t(6) }).join());
//# templates from left to right, converted as they come
const s = (n) => ({ toString() { console.log("to", n); return n; } }); const t = (n) => { console.log("eval", n); return s(n); }; console.log(\`\${t("a")}-\${t("b")}\`);
//# + converts behind evaluation of both
const s = (n) => ({ valueOf() { console.log("to", n); return n; } }); const t = (n) => { console.log("eval", n); return s(n); }; console.log(t(1) + t(2) + t(3)); console.log(t(1) < t(2));
//# new: constructor, then arguments
const t = (n, v) => { console.log(n); return v; }; class A { constructor(x) { console.log("made", x); } } new (t("class", A))(t("argument", 1)); try { new (t("none", undefined))(t("argument", 1)); } catch (e) { console.log(e.name); }
//# conditional and logical operands
const t = (n) => { console.log(n); return n; }; t(0) ? t("never") : t("else"); t(1) && t(0) && t("never"); t(0) || t("") || t("last"); (t(1) && t(0)) || t(2); t(null) ?? (t(0) || t(3));
//# comma and void
const t = (n) => { console.log(n); return n; }; const x = (t(1), t(2), t(3)); void t(4); console.log(x);
//# default parameters and destructuring in order
const t = (n) => { console.log(n); return n; }; const f = (a = t("a"), { b = t("b") } = {}, [c = t("c")] = [], ...d) => t("body"); f(); f(1, { b: 2 }, [3], 4);
//# delete, in, instanceof
const t = (n, v) => { console.log(n); return v; }; const o = { a: 1 }; delete t("o", o)[t("k", "a")]; t("k", "a") in t("o", o); t("x", o) instanceof t("f", Object);
//# for of evaluates its list once
const t = (n, v) => { console.log(n); return v; }; for (const x of t("list", [1, 2])) console.log(x); for (const k in t("object", { a: 1 })) console.log(k);
//# update expressions of getters and setters
const o = { get x() { console.log("get"); return 1; }, set x(v) { console.log("set", v); } }; console.log(o.x++, ++o.x, (o.x += 5), o.x--); o.x = o.x = 9;
//# chained assignment
let a, b, c; a = b = c = 5; console.log(a, b, c); const o = {}; o.x = o.y = [1]; console.log(o.x === o.y); const t = (n, v) => { console.log(n); return v; }; t("1", o).a = t("2", o).b = t("3", 4); console.log(o.a, o.b);
//# exponent and unary
const t = (n) => { console.log(n); return n; }; console.log((-t(2)) ** t(2), 2 ** -t(1), typeof t("x") + t("y"));
//# arguments that change variables
let n = 0; const f = (a, b, c) => [a, b, c].join(); console.log(f(n++, n++, n), f(n, (n = 10), n)); let x = 1; console.log([x, x = 2, x, x++, x].join());
//# this is evaluated as the callee's object
const o = { n: 1, get self() { console.log("self"); return this; }, f(x) { return this.n + x; } }; console.log(o.self.f(o.self.n)); console.log((0, o.f).call({ n: 10 }, 1), (o.f)(1));
//# optional chains evaluate nothing behind a miss
const t = (n) => { console.log(n); return n; }; const u = undefined; console.log(u?.[t("key")], u?.f(t("argument")), u?.a.b.c[t("x")], ({ f: undefined }).f?.(t("argument")));
//# switch compares in order and lazily
const t = (n) => { console.log(n); return n; }; switch (t(2)) { case t(1): case t(2): console.log("match"); case t("never"): console.log("through"); }
//# class parts
const t = (n, v) => { console.log(n); return v; }; class A extends t("parent", Object) { [t("method", "m")]() {} static [t("static key", "s")] = t("static value", 1); [t("field key", "f")] = t("field value", 2); } console.log("class"); new A();
//# tagged templates
const t = (n) => { console.log(n); return n; }; const tag = () => { console.log("tag"); return (s, ...v) => s.join("_") + v.join(); }; console.log(tag()\`a\${t(1)}b\${t(2)}c\`);
//# spread is evaluated where it stands
const t = (n) => { console.log(n); return [n]; }; const f = (...a) => a.join(); console.log(f(...t(1), 5, ...t(2)), [0, ...t(3), ...t(4)].join()); const it = { *[Symbol.iterator]() { console.log("iterating"); yield 1; } }; console.log(f(...it, (console.log("next argument"), 2)));
`,
);

// One error a line, as V8 words it.
const MESSAGES = lines(
  "error messages",
  js`
undefined.x;
null.x;
undefined["a b"];
null[0];
undefined.x = 1;
null.y = 1;
undefined.f();
null.f(1);
u.x;
u.x.y;
u.f();
u[k];
u[0];
u[i];
u.x = 1;
u[k] = 1;
n.x;
n.f();
o.missing.x;
o.missing.f();
o.missing.x = 1;
o.missing[0];
o.a.b.c;
o["missing"].x;
o[k].x;
l[9].x;
l[9].f();
l[i].x;
f().x;
f().g();
o.g().x;
o.g().h();
u();
n();
i();
k();
o();
o.missing();
o.missing(1, 2);
o.n();
o["missing"]();
o[k]();
o.deep.missing();
o.deep.deeper.missing();
l[0]();
l[9]();
l.missing();
f()();
f()(1);
o.g()();
(1)();
("text")();
(null)();
(undefined)();
(() => 5)()();
new u();
new n();
new i();
new o();
new o.missing();
new o.n();
new o.g();
new l();
new (() => 1)();
new f2();
(void 0)();
f2(1)(2);
this.x;
"text".missing();
"text".missing.x;
(5).missing();
(5).toFixed(101);
(5).toString(1);
true.missing();
[].missing();
[].missing.x;
({}).missing();
({}).a.b;
"x".repeat(-1);
"x".repeat(Infinity);
"x".normalize("bad");
new Array(-1);
new Array(1.5);
[].reduce((a, b) => a);
[].reduceRight((a, b) => a);
[1].map(5);
[1].map();
[1].forEach(undefined);
[1].filter(null);
[1].reduce("x");
[1].find({});
[1].some(1);
[2, 1].sort(5);
[1].flatMap(1);
[].at.call(null);
Object.keys(null);
Object.keys(undefined);
Object.entries(null);
Object.values(undefined);
Object.assign(null, {});
Object.create(5);
Object.create();
Object.setPrototypeOf({}, 5);
Object.fromEntries(5);
Object.fromEntries([5]);
Object.getPrototypeOf(null);
Object.defineProperty(5, "x", {});
Object.freeze([1]).push(2);
Object.freeze({ a: 1 }).a = 2;
Object.freeze({ a: 1 }).b = 2;
delete Object.freeze({ a: 1 }).a;
Object.preventExtensions({ a: 1 }).b = 2;
({ get x() { return 1; } }).x = 2;
"abc".length = 5;
"abc"[0] = "x";
(5).x = 1;
"text".x = 1;
true.x = 1;
for (const x of 5);
for (const x of null);
for (const x of undefined);
for (const x of {});
for (const x of o);
for (const x of u);
for (const x of true);
const [a] = 5;
const [a] = null;
const [a] = o;
const [a] = u;
const [a, b] = {};
const [a] = f();
const { a } = null;
const { a } = u;
const { a } = n;
const { a: { b } } = {};
const { a } = f();
let { x } = o.missing;
[...o];
[...5];
[...u];
f(...5);
f(...o);
Math.max(...o);
new Map(5);
new Map([5]);
new Set(5);
Map();
Set();
new Map().get.call({}, 1);
Promise2();
JSON.parse("");
JSON.parse("{");
JSON.parse("[1,]");
JSON.parse("{\"a\":}");
JSON.parse("nope");
JSON.parse("1 2");
JSON.parse("'a'");
JSON.parse(undefined);
JSON.parse("{a:1}");
JSON.parse("[1 2]");
JSON.parse("\"abc");
JSON.parse("01");
const c = {}; c.c = c; JSON.stringify(c);
const d = [{}]; d[0].x = { y: d }; JSON.stringify(d);
1 in 5;
"x" in "text";
"a" in undefined;
"a" in null;
o instanceof 5;
o instanceof o;
o instanceof u;
o instanceof (() => 1);
notThere;
notThere.x;
notThere();
notThere = 5;
notThere++;
typeof notThere.x;
x1; let x1 = 1;
x2 = 5; let x2;
x3(); const x3 = () => 1;
new C1(); class C1 {}
const k1 = 1; (() => { k2; })(); const k2 = 2;
class A { #x; static t(v) { return v.#x; } } A.t({});
class A { #x; static t(v) { v.#x = 1; } } A.t({});
class A { #m() {} static t(v) { v.#m(); } } A.t({});
class A { constructor() {} } A();
class A {} class B extends A { constructor() { this.x; } } new B();
class A extends u {}
class A extends o {}
class A extends 5 {}
class A { static m() { return super.missing(); } } A.m();
class A { m() { return super.missing(); } } new A().m();
({ m() { return super.missing(); } }).m();
class A { get x() { return 1; } } new A().x = 5;
decodeURIComponent("%");
encodeURIComponent("\ud800");
String.fromCodePoint(-1);
String.fromCodePoint(1.5);
new RegExp("(");
new RegExp("a", "zz");
new RegExp("[b-a]");
new RegExp("*");
"a".matchAll(/a/);
"a".replaceAll(/a/, "b");
"a".startsWith(/a/);
"a".includes(/a/);
Symbol.iterator();
new Date(NaN).toISOString();
(1).toPrecision(0);
(1).toExponential(-1);
f.call.call(5);
u?.x.y.z; u.x;
o?.missing.x;
o.missing?.x.y; o.missing.x;
o.f?.(); o.f();
o.deep?.missing.x;
({ valueOf: () => ({}), toString: () => ({}) }) + 1;
({ toString: 5, valueOf: 6 }) * 1;
[1].includes.call(undefined, 1);
"".trim.call(null);
"".at.call(undefined);
Reflect2.ownKeys(1);
structuredClone2({});
`,
  `let u, n = null; const i = 1, k = "key", o = { n: 5, g() {}, deep: { deeper: {} } }, l = [1], f = () => undefined, f2 = (x) => undefined;\n`,
);

export const EXCEPTIONS: readonly Snippet[] = [...THROWING, ...ORDER, ...MESSAGES];
