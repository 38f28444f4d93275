/** Statements: conditions, loops, labels, switch, blocks, what is hoisted, closures of loops, use before definition. */
import { js, programs, type Snippet } from "./snippet.ts";

const FLOW = programs(
  "control flow",
  js`
//# if, else if, else
for (const n of [-1, 0, 1, 2]) { if (n < 0) console.log("neg"); else if (n === 0) console.log("zero"); else if (n === 1) console.log("one"); else console.log("many"); }
//# dangling else
const f = (a, b) => { if (a) if (b) return "ab"; else return "a"; return "none"; };
console.log(f(1, 1), f(1, 0), f(0, 1));
//# while with break and continue
let i = 0;
while (true) { i++; if (i % 2) continue; if (i > 8) break; console.log(i); }
//# do while runs once
let i = 10;
do { console.log(i); i++; } while (i < 10);
do console.log("x"); while (false)
console.log("end");
//# continue in do while goes to the condition
let i = 0;
do { i++; if (i === 2) continue; console.log(i); } while (i < 4);
//# for without parts
let i = 0;
for (;;) { if (i++ > 3) break; }
console.log(i);
for (; i < 8; ) i++;
console.log(i);
//# for with several variables
for (let i = 0, j = 10; i < j; i += 2, j--) console.log(i, j);
//# for with var is visible behind
for (var i = 0; i < 3; i++);
console.log(i);
//# labels: continue outer
outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; console.log(i, j); } }
//# labels: break outer
outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (i === 1) break outer; console.log(i, j); } }
//# a label on a block
done: { console.log("in"); if (true) break done; console.log("never"); }
console.log("out");
//# a label on if
x: if (true) { console.log(1); break x; }
console.log(2);
//# two labels on one loop
a: b: for (let i = 0; i < 3; i++) { if (i === 0) continue a; if (i === 1) continue b; console.log(i); break a; }
//# labels may have the name of a variable
let x = 1;
x: for (;;) { x++; if (x > 3) break x; }
console.log(x);
//# labelled while and do
w: while (true) { do { break w; } while (true); }
let n = 0;
d: do { n++; for (;;) { if (n < 3) continue d; break d; } } while (true);
console.log(n);
//# continue through a switch
for (let i = 0; i < 4; i++) { switch (i) { case 1: continue; case 2: break; default: console.log("d", i); } console.log("after", i); }
//# switch falls through
const f = (x) => { let s = ""; switch (x) { case 1: s += "1"; case 2: s += "2"; break; case 3: s += "3"; default: s += "d"; } return s; };
for (const x of [1, 2, 3, 4, "1"]) console.log(f(x));
//# default in the middle
const f = (x) => { let s = ""; switch (x) { case 1: s += "1"; default: s += "d"; case 2: s += "2"; break; case 3: s += "3"; } return s; };
for (const x of [0, 1, 2, 3]) console.log(f(x));
//# default first
const f = (x) => { switch (x) { default: return "d"; case 1: return "one"; } };
console.log(f(1), f(2));
//# switch without cases
switch (console.log("evaluated")) {}
switch (1) { default: }
console.log("ok");
//# cases are evaluated in order, as far as needed
const t = (n) => { console.log("case", n); return n; };
switch (2) { case t(1): console.log("one"); break; case t(2): console.log("two"); break; case t(3): console.log("three"); }
//# default does not stop the search
const t = (n) => { console.log("case", n); return n; };
switch (3) { case t(1): break; default: console.log("default"); case t(3): console.log("three"); }
//# switch on texts
for (const s of ["add", "sub", "mul", ""]) { switch (s) { case "add": console.log("+"); break; case "sub": console.log("-"); break; case "": console.log("empty"); break; default: console.log("?"); } }
//# switch on dense numbers
let out = "";
for (let i = -1; i < 12; i++) switch (i) { case 0: out += "a"; break; case 1: out += "b"; break; case 2: out += "c"; break; case 3: out += "d"; break; case 4: case 5: case 6: out += "e"; break; case 7: out += "f"; case 8: out += "g"; break; case 9: out += "h"; break; case 10: out += "i"; break; default: out += "?"; }
console.log(out);
//# switch on mixed kinds
const f = (x) => { switch (x) { case 1: return "number"; case "1": return "text"; case null: return "null"; case undefined: return "undefined"; case true: return "true"; } return "none"; };
console.log(f(1), f("1"), f(null), f(undefined), f(true), f(false), f(1.5), f({}));
//# switch on objects is by identity
const a = {}, b = {};
switch (b) { case a: console.log("a"); break; case b: console.log("b"); }
//# switch true
const f = (n) => { switch (true) { case n < 0: return "neg"; case n === 0: return "zero"; case n < 10: return "small"; default: return "big"; } };
console.log(f(-5), f(0), f(5), f(50), f(NaN));
//# let in a switch is one scope
switch (0) { case 0: let x; case 1: x = 5; console.log(x); }
//# let in a switch may be read too early
try { switch (1) { case 0: let x = 1; case 1: console.log(x); } } catch (e) { console.log(e.name, e.message); }
//# closures of switch cases
const fs = [];
for (let i = 0; i < 3; i++) { switch (i) { case 0: { let a = "x"; fs.push(() => a + i); break; } default: { const a = "y"; fs.push(() => a + i); } } }
for (const f of fs) console.log(f());
//# nested switch with break
switch (1) { case 1: switch (2) { case 2: console.log("inner"); break; case 3: console.log("never"); } console.log("outer"); break; case 2: console.log("never"); }
//# return inside loops and switch
function f(x) { for (;;) { switch (x) { case 1: return "one"; case 2: while (true) return "two"; default: break; } break; } return "none"; }
console.log(f(1), f(2), f(3));
//# conditional chains
const f = (n) => n < 0 ? "neg" : n === 0 ? "zero" : n < 10 ? "small" : "big";
console.log(f(-1), f(0), f(5), f(50));
//# short circuit
const t = (v) => { console.log("t", v); return v; };
console.log(t(0) && t(1), t(1) && t(2), t(0) || t(3), t(4) || t(5), t(null) ?? t(6), t(0) ?? t(7));
//# logical assignment is lazy
const t = (v) => { console.log("t", v); return v; };
let a = 1, b = 0, c = null;
a ||= t(2); b ||= t(3); a &&= t(4); c ??= t(5); c ??= t(6);
console.log(a, b, c);
//# logical assignment to properties
const o = { a: 1, b: 0, get c() { console.log("get c"); return null; }, set c(v) { console.log("set c", v); } };
o.a ||= 5; o.b ||= 6; o.c ??= 7; o.d ??= 8; o["e"] &&= 9;
console.log(o.a, o.b, o.d, o.e);
//# comma
let i = (console.log("a"), console.log("b"), 5);
for (i = 0, console.log("init"); i < 2; i++, console.log("step", i)) console.log("body", i);
//# empty statements
;;; if (true); else; for (let i = 0; i < 2; i++); while (false);
console.log("ok");
//# blocks shadow
let x = 1; { let x = 2; { let x = 3; console.log(x); } console.log(x); } console.log(x);
//# const in a loop body
for (let i = 0; i < 3; i++) { const sq = i * i; let t = sq + 1; t++; console.log(sq, t); }
//# let without a value in a loop begins anew
for (let i = 0; i < 3; i++) { let x; console.log(x); x = i; }
//# var without a value in a loop does not
for (let i = 0; i < 3; i++) { var x; console.log(x); x = i; }
//# void, typeof, delete as statements
void console.log("v"); typeof console.log("t"); const o = { a: 1 }; delete o.a; console.log("a" in o);
//# a loop that runs often
let sum = 0; for (let i = 0; i < 10000; i++) { if (i % 3 === 0) continue; if (i > 9000) break; sum += i; } console.log(sum);
//# nested loops with many exits
let log = "";
a: for (let i = 0; i < 6; i++) { b: for (let j = 0; j < 6; j++) { for (let k = 0; k < 6; k++) { if (k === 4) continue b; if (j === 3) continue a; if (i === 4) break a; if (i + j + k === 7) break b; log += i * 36 + j * 6 + k + ","; } } }
console.log(log);
//# a while with assignments in the condition
const list = [3, 2, 1]; let x; while ((x = list.pop()) !== undefined) console.log(x);
//# for over a changing bound
const list = [1]; for (let i = 0; i < list.length && i < 6; i++) list.push(list[i] * 2); console.log(list.join());
//# in as an operator of a for in parentheses
for (let has = ("a" in { a: 1 }); has; has = false) console.log("once");
//# collatz
const steps = (n) => { let c = 0; while (n !== 1) { n = n % 2 ? 3 * n + 1 : n / 2; c++; } return c; };
console.log([1, 7, 27, 97].map(steps).join());
//# fizzbuzz
let out = []; for (let i = 1; i <= 15; i++) out.push(i % 15 === 0 ? "FizzBuzz" : i % 5 === 0 ? "Buzz" : i % 3 === 0 ? "Fizz" : i); console.log(out.join(" "));
//# gcd, primes, powers
const gcd = (a, b) => b ? gcd(b, a % b) : a; const primes = []; next: for (let i = 2; primes.length < 10; i++) { for (const p of primes) if (i % p === 0) continue next; primes.push(i); }
console.log(gcd(84, 36), primes.join(), 3 ** 7);
//# deep recursion that ends
const down = (n) => n === 0 ? 0 : 1 + down(n - 1); console.log(down(3000));
//# mutual recursion
const even = (n) => n === 0 || odd(n - 1); const odd = (n) => n !== 0 && even(n - 1); console.log(even(10), odd(7), even(7));
//# ackermann
function a(m, n) { return m === 0 ? n + 1 : n === 0 ? a(m - 1, 1) : a(m - 1, a(m, n - 1)); } console.log(a(2, 3), a(1, 5));
//# hanoi
let moves = 0; const hanoi = (n, a, b, c) => { if (n === 0) return; hanoi(n - 1, a, c, b); moves++; hanoi(n - 1, c, b, a); }; hanoi(7, "a", "b", "c"); console.log(moves);
//# sorting by hand
const a = [5, 3, 9, 1, 7, 2]; for (let i = 1; i < a.length; i++) { const v = a[i]; let j = i - 1; while (j >= 0 && a[j] > v) { a[j + 1] = a[j]; j--; } a[j + 1] = v; } console.log(a.join());
//# sieve
const n = 60, composite = new Array(n).fill(false); const out = []; for (let i = 2; i < n; i++) { if (composite[i]) continue; out.push(i); for (let j = i * i; j < n; j += i) composite[j] = true; } console.log(out.join());
//# a state machine
let state = "start", log = []; for (const c of "ab1c;x") { switch (state) { case "start": state = c === "a" ? "letters" : "error"; break; case "letters": if (c >= "0" && c <= "9") state = "digits"; break; case "digits": state = c === ";" ? "end" : "letters"; break; default: state = "end"; } log.push(state); } console.log(log.join());
`,
);

const SCOPES = programs(
  "scopes",
  js`
//# closures of let in for, each its own
const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); console.log(fs.map((f) => f()).join());
//# closures of var in for share
const fs = []; for (var i = 0; i < 3; i++) fs.push(() => i); console.log(fs.map((f) => f()).join());
//# a closure of the loop variable that assigns
const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i++); console.log(fs[0](), fs[0](), fs[1](), fs[1](), fs[2]());
//# the body assigns to a captured loop variable
const fs = []; for (let i = 0; i < 6; i++) { fs.push(() => i); i++; } console.log(fs.map((f) => f()).join());
//# a function of operators: what its arguments do, once and in order
const log = (x) => { console.log(x); return x; }; const two = (a, b) => b + "," + a + "," + a;
console.log(two(log(1), log(2)), two(log(3)), two(log(4), log(5), log(6)), two());
//# a function of operators: arguments that change variables
const two = (a, b) => a + "," + b; let x = 1; const y = 1;
console.log(two(x, x), two(x, (x = 5)), two((x = 6), x), two(x++, x++), two(x, x += 1), x, y);
//# a function of operators: into a variable that is its argument
const max = (a, b) => (a > b ? a : b); const both = (a, b) => a && b; let x = 3; x = max(x, x + 1); console.log(x); x = max(7, x); console.log(x);
x = both(x, x - 7); console.log(x); x = both(x, 1); console.log(x, max(max(1, 2), max(4, 3)));
//# a function of operators: into a variable that is its last argument
const and = (a, b) => a && b; const or = (a, b) => a || b; const dflt = (a, b) => a ?? b; const pick = (c, a, b) => (c ? a : b || a);
let x = 5; x = or(0, x); console.log(x); x = and(1, x); console.log(x); x = dflt(undefined, x); console.log(x); x = x ? or(0, x) : 1; console.log(x);
x = pick(0, x, 0); console.log(x); x = pick(0, 3, x); console.log(x);
//# a function of operators: that fails leaves the variable as it was
const f = (a, b) => a && b - 1; let x = 1; try { x = f(2, { valueOf() { throw 0; } }); } catch {} console.log(x);
//# what fails in an initialisation leaves nothing behind
const fail = () => { throw 1; }; const and = (a, b) => a && b - 1;
try { var x = 1 && fail(); } catch {} console.log(x); try { var y = and(1, { valueOf() { throw 0; } }); } catch {} console.log(y);
//# a var that some way around leaves undefined
function p({ a, b }, [c]) { if (a > 5) { var x = 1; } l: { if (b) break l; var y = 2; } switch (a) { case 9: var z = 3; } return [x, y, z, c].join(); }
console.log(p({ a: 1, b: true }, [7]), p({ a: 9, b: false }, [8]));
//# a function of operators: in conditions
const off = (n) => (n & 0x88) !== 0; const or = (a, b) => a || b; const not = (a) => !a; let s = "";
for (let n = 0; n < 300; n += 7) { if (!off(n) && n > 10) s += n; else if (or(n % 2, "")) s += "."; while (off(n) || not(n)) { n++; s += "!"; } }
console.log(s, or(0, "") ? 1 : 2, not("") ? 1 : 2);
//# a function of operators: also as a value, in a loop, with a captured variable
const twice = (n) => 2 * n; console.log([1, 2].map(twice).join(), twice.name, twice.length); const fs = [];
for (let i = 0; i < 3; i++) { fs.push(() => twice(i)); i += twice(0); } console.log(fs.map((f) => f()).join()); let n = 4; const g = () => { n++; return twice(n); }; console.log(g(), g());
//# a function of operators: not before it is there
const early = () => twice(2); try { console.log(early()); } catch (e) { console.log(e.name, e.message); } const twice = (n) => 2 * n; console.log(early());
//# a function of operators: with names of its own
const a = 1; const K = 10; const f = (a) => a + K; { const K = 3; console.log(f(5), a, K, ((K) => f(K))(7)); }
//# a function of operators: what an operand of the program does
const less = (a, b) => a - b; const o = { valueOf() { console.log("asked"); return 8; } }; console.log(less(o, o), less("9", 1));
try { less({ valueOf() { throw new Error("not today"); } }, 1); } catch (e) { console.log(e.message); }
try { less(1, { toString() { return {}; }, valueOf: null }); } catch (e) { console.log(e.name); }
//# a closure made in the initialisation
let get; for (let i = 0, f = () => i; i < 3; i++) get = f; console.log(get());
//# a closure made in the condition
const fs = []; for (let i = 0; fs.push(() => i), i < 3; i++); console.log(fs.map((f) => f()).join());
//# a closure made in the update
const fs = []; for (let i = 0; i < 3; fs.push(() => i), i++); console.log(fs.map((f) => f()).join());
//# captured loop variables with continue
const fs = []; for (let i = 0; i < 5; i++) { if (i % 2) continue; fs.push(() => i * 10); } console.log(fs.map((f) => f()).join());
//# captured variables of for of and for in
const fs = []; for (const x of [1, 2, 3]) fs.push(() => x); for (let k in { a: 1, b: 2 }) fs.push(() => k); console.log(fs.map((f) => f()).join());
//# for of with let that is assigned
const fs = []; for (let x of [1, 2, 3]) { x *= 10; fs.push(() => x++); } console.log(fs.map((f) => f()).join(), fs.map((f) => f()).join());
//# while loops make body variables anew
const fs = []; let i = 0; while (i < 3) { let j = i; fs.push(() => ++j); i++; } console.log(fs[0](), fs[0](), fs[1](), fs[2]());
//# do while loops too
const fs = []; let i = 0; do { const j = i; fs.push(() => j + i); } while (++i < 3); console.log(fs.map((f) => f()).join());
//# nested closures of two loops
const fs = []; for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) fs.push(() => i + "" + j); console.log(fs.map((f) => f()).join());
//# a counter
function counter() { let n = 0; return { inc: () => ++n, dec: () => --n, get: () => n }; } const a = counter(), b = counter(); a.inc(); a.inc(); b.dec(); console.log(a.get(), b.get());
//# a captured parameter that is assigned
function f(x) { const get = () => x; x = x * 2; return get() + (() => x++)() + x; } console.log(f(5));
//# a captured parameter with a default
function f(x = 3, y = () => x) { x = 10; return y(); } console.log(f(), f(4), f(1, () => 99));
//# three levels of closures
const f = (a) => (b) => (c) => { a += b; b += c; return a + b + c; }; const g = f(1)(2); console.log(g(3), g(3));
//# a closure over a closure that assigns
let x = 0; const outer = () => { const inner = () => { x++; }; inner(); inner(); }; outer(); outer(); console.log(x);
//# recursion through a captured const
const run = () => { const fact = (n) => n < 2 ? 1 : n * fact(n - 1); return fact(6); }; console.log(run());
//# function declarations are hoisted
console.log(f(2)); function f(x) { return g(x) + 1; } function g(x) { return x * 2; }
//# the last declaration wins
function f() { return 1; } function g() { return f(); } console.log(g()); var h = 5; console.log(h);
//# var is hoisted without its value
console.log(x); var x = 5; console.log(x);
//# var in a block is the function's
function f() { if (true) { var x = 1; } return x; } console.log(f());
//# var declared twice keeps its value
var x = 1; var x; console.log(x); var x = 2; console.log(x);
//# functions in blocks stay there
{ function f() { return "inner"; } console.log(f()); } console.log(typeof f);
//# functions in blocks are hoisted to the top of the block
{ console.log(f()); function f() { return 1; } } if (true) { console.log(g()); function g() { return 2; } }
//# a function in a block shadows
function f() { return "outer"; } { console.log(f()); function f() { return "inner"; } } console.log(f());
//# functions in blocks capture the block
const fs = []; for (let i = 0; i < 3; i++) { function get() { return i; } fs.push(get); } console.log(fs.map((f) => f()).join());
//# TDZ of let
try { console.log(x); } catch (e) { console.log(e.name + ": " + e.message); } let x = 1; console.log(x);
//# TDZ of const
{ try { x; } catch (e) { console.log(e.name + ": " + e.message); } const x = 1; console.log(x); }
//# TDZ of a class
try { new A(); } catch (e) { console.log(e.name + ": " + e.message); } class A {} console.log(typeof A);
//# TDZ in a closure that is called too early
const get = () => x; try { get(); } catch (e) { console.log(e.name + ": " + e.message); } let x = 5; console.log(get());
//# TDZ of an assignment
try { x = 5; } catch (e) { console.log(e.name + ": " + e.message); } let x = 1; console.log(x);
//# TDZ of an assignment in a closure
const set = () => { x = 9; }; try { set(); } catch (e) { console.log(e.name + ": " + e.message); } let x = 1; set(); console.log(x);
//# TDZ of typeof
try { typeof x; } catch (e) { console.log(e.name + ": " + e.message); } let x;
//# TDZ of the own initialiser
try { let x = x + 1; } catch (e) { console.log(e.name + ": " + e.message); }
//# TDZ of a shadowing variable
let x = 1; { try { console.log(x); } catch (e) { console.log(e.name + ": " + e.message); } let x = 2; console.log(x); }
//# TDZ of parameters
function f(a = b, b = 1) { return a + b; } try { f(); } catch (e) { console.log(e.name + ": " + e.message); } console.log(f(2), f(2, 3));
//# TDZ of a for of variable
try { for (const x of [x]) console.log(x); } catch (e) { console.log(e.name + ": " + e.message); }
//# TDZ of a class in its heritage
try { class A extends (() => A)() {} } catch (e) { console.log(e.name + ": " + e.message); }
//# TDZ in a loop, each round anew
for (let i = 0; i < 2; i++) { const get = () => y; try { get(); } catch (e) { console.log(e.message); } let y = i; console.log(get()); }
//# TDZ in a switch with a closure
const f = (n) => { switch (n) { case 0: let v = "set"; return () => v; default: return () => v; } }; console.log(f(0)()); try { f(1)(); } catch (e) { console.log(e.message); }
//# TDZ of a function's variable used by a hoisted function
function f() { return g(); function g() { return v; } const v = 1; } try { f(); } catch (e) { console.log(e.message); }
//# assignment to a const at run time
const x = 1; const set = (v) => { try { (() => { throw new TypeError("x" + v); })(); } catch (e) { return e.message; } }; console.log(set(2), x);
//# undeclared names
try { notThere; } catch (e) { console.log(e.name + ": " + e.message); } console.log(typeof notThere);
//# undeclared names are called
try { notThere(1); } catch (e) { console.log(e.name + ": " + e.message); }
//# catch variables shadow
let e = "outer"; try { throw "inner"; } catch (e) { console.log(e); e = 5; console.log(e); } console.log(e);
//# catch variables are captured
const fs = []; for (let i = 0; i < 3; i++) { try { throw i; } catch (e) { fs.push(() => e++ + i); } } console.log(fs.map((f) => f()).join(), fs.map((f) => f()).join());
//# catch without a variable
try { throw 1; } catch { console.log("caught"); }
//# catch takes patterns
try { throw { a: 1, b: [2, 3] }; } catch ({ a, b: [, c], d = 4 }) { console.log(a, c, d); }
//# named function expressions know themselves
const f = function fact(n) { return n < 2 ? 1 : n * fact(n - 1); }; console.log(f(5), typeof fact, f.name);
//# the own name of a function expression can be shadowed
const f = function g() { const g = 5; return g; }; console.log(f());
//# a parameter that has the function's name
const f = function f(f) { return f; }; console.log(f(7));
//# a variable that has a parameter's name
function f(x) { var x; return x; } function g(x) { var x = 2; return x; } console.log(f(1), g(1));
//# a function that has a parameter's name
function f(x) { function x() { return 5; } return typeof x; } console.log(f(1));
//# shadowed built-in names
{ const Math = { floor: () => "mine" }; console.log(Math.floor(1.5)); } console.log(Math.floor(1.5));
//# shadowed undefined is not possible to see here, but NaN and names are
function f(NaN, Infinity) { return NaN + Infinity; } console.log(f(1, 2)); const g = (undefined) => undefined; console.log(g(3));
//# shadowed String as a parameter
function f(String, Array) { return String + Array; } console.log(f("a", "b"), String(1));
//# block variables of the same name in a row
let out = []; { let a = 1; out.push(() => a); } { let a = 2; out.push(() => a); } { const a = 3; out.push(() => a); } console.log(out.map((f) => f()).join());
//# arguments of closures are separate each call
const make = (n) => () => n++; const a = make(1), b = make(10); console.log(a(), a(), b(), a(), b());
//# a closure in a parameter's default sees parameters, not the body
let x = "outer"; function f(get = () => x) { let x = "inner"; return get() + x; } console.log(f());
//# immediately called functions
const x = (() => { let n = 1; return n + 1; })(); const y = (function (a) { return a * 2; })(x); console.log(x, y, !function () { return false; }());
//# module variables changed by functions
let total = 0; function add(n) { total += n; return total; } add(5); add(7); console.log(total, add(1)); total = 100; console.log(add(1));
//# module variables in nested functions
let a = 1; function f() { let b = 2; function g() { a++; b++; return a * 10 + b; } return g; } const g = f(); console.log(g(), g(), f()(), a);
//# a module const that is an object
const config = { n: 1 }; function bump() { config.n++; return config; } console.log(bump().n, bump() === config, config.n);
//# let and closures in if and else
let f; if (1 > 0) { let v = "then"; f = () => v; } else { let v = "else"; f = () => v; } console.log(f());
//# many captured variables
const f = () => { let a = 1, b = 2, c = 3, d = 4, e = 5; const g = () => { a++; c++; e++; return [a, b, c, d, e].join(); }; b = 20; return [g(), g()]; }; console.log(f().join(" "));
//# swapping captured variables
let a = 1, b = 2; const swap = () => { [a, b] = [b, a]; }; swap(); console.log(a, b); swap(); console.log(a, b);
//# getters that capture
const make = (n) => ({ get v() { return n; }, set v(x) { n = x; }, bump() { n++; } }); const o = make(1), p = make(5); o.v = 7; o.bump(); p.bump(); console.log(o.v, p.v);
//# memoised functions
const memo = (f) => { const seen = new Map(); return (n) => { if (!seen.has(n)) seen.set(n, f(n)); return seen.get(n); }; }; let calls = 0; const sq = memo((n) => { calls++; return n * n; }); console.log(sq(4), sq(4), sq(5), calls);
//# memoised recursion through a variable
let fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2); const old = fib; const seen = {}; fib = (n) => seen[n] ?? (seen[n] = old(n)); console.log(fib(60));
//# compose and curry
const compose = (...fs) => (x) => fs.reduceRight((v, f) => f(v), x); const curry = (f, n = f.length, got = []) => (...a) => got.length + a.length >= n ? f(...got, ...a) : curry(f, n, [...got, ...a]);
console.log(compose((x) => x + 1, (x) => x * 2)(5), curry((a, b, c) => a + b + c)(1)(2, 3), curry((a, b) => a * b)(3)(4));
//# each evaluation of a function is a new identity
const make = () => () => 1; console.log(make() === make()); const f = make(); console.log(f === f); const fs = []; for (let i = 0; i < 2; i++) fs.push(function () {}); console.log(fs[0] === fs[1]);
//# a declared function is one
function f() {} const g = f; console.log(f === g, [f].includes(g), new Set([f, g]).size);
//# variables of loops with the same name as outer ones
let i = "outer"; for (let i = 0; i < 2; i++) { let i = "body"; console.log(i); } console.log(i);
//# a let that is captured before a loop changes it
let x = 1; const f = () => x; for (let n = 0; n < 3; n++) x += n; console.log(f(), x); x = "s"; console.log(f());
//# variables that change their type in closures
let v = 1; const next = () => { v = typeof v === "number" ? "text" : typeof v === "string" ? null : 1; return v; }; console.log(next(), next(), next(), next());
//# globalThis is not needed for this: this is undefined in functions
function f() { return this; } console.log(f(), (() => typeof this)(), (function () { return typeof this; })());
`,
);

export const CONTROL: readonly Snippet[] = [...FLOW, ...SCOPES];
