/** Classes: fields, private and static members, accessors, inheritance, super, names, instanceof, functions as constructors. */
import { js, programs, type Snippet } from "./snippet.ts";

export const CLASSES: readonly Snippet[] = programs(
  "classes",
  js`
//# constructor and methods
class Point { constructor(x, y) { this.x = x; this.y = y; } length() { return Math.hypot(this.x, this.y); } } const p = new Point(3, 4); console.log(p.length(), p.x, p.y);
//# without a constructor
class A { m() { return 1; } } console.log(new A().m(), Object.keys(new A()).length);
//# fields in order
class A { a = 1; b = this.a + 1; c = this.b * 2; constructor() { this.d = this.c; } } console.log(Object.keys(new A()).join(), new A().d);
//# fields without values
class A { x; y; } console.log("x" in new A(), new A().x, Object.keys(new A()).join());
//# fields are made each time
class A { list = []; } const a = new A(), b = new A(); a.list.push(1); console.log(b.list.length, a.list === b.list);
//# fields before the constructor's body
class A { x = (console.log("field"), 1); constructor() { console.log("body", this.x); } } new A();
//# fields behind super
class A { constructor() { console.log("A", this.x); } } class B extends A { x = 5; constructor() { console.log("before"); super(); console.log("after", this.x); } } new B();
//# fields of parent and child
class A { x = (console.log("A.x"), 1); constructor() { console.log("A", this.x, this.y); } } class B extends A { y = (console.log("B.y"), 2); x = 3; } const b = new B(); console.log(b.x, b.y, Object.keys(b).join());
//# fields define, they do not assign
class A { set x(v) { console.log("never"); } } class B extends A { x = 1; } console.log(new B().x);
//# computed fields and methods are evaluated once
let n = 0; class A { [(console.log("key"), "f" + ++n)] = n; ["m" + 1]() { return "m"; } static ["s"] = 9; } console.log(new A().f1, new A().f1, new A().m1(), A.s);
//# fields with arrow functions keep this
class A { n = 5; get = () => this.n; } const { get } = new A(); console.log(get());
//# methods lose this
class A { m() { return this; } } const { m } = new A(); console.log(m());
//# methods that lose this fail
class A { n = 1; m() { return this.n; } } const { m } = new A(); m();
//# keys that are texts and numbers
class A { "a b"() { return 1; } 42() { return 2; } "x y" = 3; 7 = 4; } const a = new A(); console.log(a["a b"](), a[42](), a["x y"], a[7]);
//# static members
class A { static n = 1; static inc() { return ++this.n; } static #secret = 5; static get secret() { return A.#secret; } } console.log(A.n, A.inc(), A.n, A.secret);
//# static fields see earlier ones
class A { static a = 1; static b = this.a + 1; static c = A.b + 1; } console.log(A.a, A.b, A.c);
//# static blocks
class A { static x = 1; static { this.y = this.x + 1; const z = 5; A.z = z; } static w = this.z + 1; } console.log(A.y, A.z, A.w);
//# static members are inherited
class A { static n = 1; static m() { return "A" + this.n; } } class B extends A { static n = 2; } class C extends B {} console.log(A.m(), B.m(), C.m(), C.n);
//# static assignment does not reach the parent
class A { static n = 1; } class B extends A {} B.n = 5; console.log(A.n, B.n); A.n = 7; console.log(A.n, B.n);
//# static super
class A { static m() { return "A"; } } class B extends A { static m() { return super.m() + "B"; } } console.log(B.m());
//# private fields
class A { #x = 1; get() { return this.#x; } set(v) { this.#x = v; return this; } inc() { return ++this.#x; } } const a = new A(); console.log(a.get(), a.set(5).get(), a.inc(), a.inc(), Object.keys(a).length, JSON.stringify(a));
//# private methods and accessors
class A { #n = 2; #double() { return this.#n * 2; } get #half() { return this.#n / 2; } set #half(v) { this.#n = v * 2; } run() { const a = [this.#double(), this.#half]; this.#half = 10; return [...a, this.#n].join(); } } console.log(new A().run());
//# private static methods
class A { static #make(n) { const a = new A(); a.#n = n; return a; } #n; static of(n) { return A.#make(n); } get n() { return this.#n; } } console.log(A.of(7).n);
//# private names of other objects of the class
class A { #n; constructor(n) { this.#n = n; } less(o) { return this.#n < o.#n; } } console.log(new A(1).less(new A(2)), new A(3).less(new A(2)));
//# private names of other classes are others
class A { #x = 1; static get(o) { return o.#x; } } class B { #x = 2; static get(o) { return o.#x; } } console.log(A.get(new A()), B.get(new B())); try { A.get(new B()); } catch (e) { console.log(e.name + ": " + e.message); }
//# private fields of the parent and the child do not meet
class A { #x = "A"; a() { return this.#x; } } class B extends A { #x = "B"; b() { return this.#x; } } const b = new B(); console.log(b.a(), b.b());
//# #x in o
class A { #x; static is(o) { return #x in o; } } console.log(A.is(new A()), A.is({}), A.is(new (class extends A {})())); try { A.is(5); } catch (e) { console.log(e.name); }
//# writing a private field that is not there
class A { #x; static set(o) { o.#x = 1; } } try { A.set({}); } catch (e) { console.log(e.name + ": " + e.message); }
//# calling a private method of another object
class A { #m() { return 1; } static run(o) { return o.#m(); } } console.log(A.run(new A())); try { A.run({}); } catch (e) { console.log(e.name + ": " + e.message); }
//# private fields read too early
class A { constructor() { this.init(); } } class B extends A { #x = 1; init() { console.log(this.#x); } } try { new B(); } catch (e) { console.log(e.name + ": " + e.message); }
//# private compound assignment
class A { #n = 5; #t = "a"; #u = null; run() { this.#n += 2; this.#n **= 2; this.#t += "b"; this.#u ??= "c"; this.#n++; return [this.#n--, this.#n, this.#t, this.#u].join(); } } console.log(new A().run());
//# private destructuring and closures
class A { #a; #b; constructor(...l) { [this.#a, this.#b] = l; } get f() { return () => this.#a + this.#b; } } console.log(new A(1, 2).f());
//# optional chaining with private names
class A { #x = { y: 5 }; static get(o) { return o?.#x?.y; } } console.log(A.get(new A()), A.get(null));
//# getters and setters
class T { #c = 0; get f() { return this.#c * 1.8 + 32; } set f(v) { this.#c = (v - 32) / 1.8; } get c() { return this.#c; } } const t = new T(); t.f = 212; console.log(t.c, t.f); t.f++; console.log(Math.round(t.f)); t.f += 1; console.log(Math.round(t.f));
//# a getter without a setter
class A { get x() { return 1; } } try { new A().x = 2; } catch (e) { console.log(e.name + ": " + e.message); }
//# a setter without a getter
class A { set x(v) { this.y = v; } } const a = new A(); a.x = 5; console.log(a.x, a.y);
//# accessors are inherited, one of them overridden
class A { get x() { return "get A"; } set x(v) { console.log("set A", v); } } class B extends A { get x() { return "get B"; } } const b = new B(); console.log(b.x); try { b.x = 1; } catch (e) { console.log(e.message); }
//# super accessors
class A { get x() { return this.v ?? "A"; } set x(v) { this.v = v + "!"; } } class B extends A { get x() { return super.x + "B"; } set x(v) { super.x = v + "?"; } } const b = new B(); console.log(b.x); b.x = 1; console.log(b.x);
//# static accessors
class A { static #n = 1; static get n() { return A.#n; } static set n(v) { A.#n = v * 2; } } A.n = 5; console.log(A.n); A.n += 1; console.log(A.n);
//# inheritance chains
class A { name() { return "A"; } hi() { return "I am " + this.name(); } } class B extends A { name() { return "B" + super.name(); } } class C extends B { name() { return "C" + super.name(); } } console.log(new A().hi(), new B().hi(), new C().hi());
//# super through a gap
class A { m() { return "A"; } } class B extends A {} class C extends B { m() { return super.m() + "C"; } } console.log(new C().m());
//# super with arguments and spread
class A { constructor(...a) { this.a = a; } sum(...n) { return n.reduce((x, y) => x + y, 0); } } class B extends A { constructor(x, ...r) { super(x * 2, ...r); } sum(...n) { return super.sum(...n, 100); } } console.log(new B(1, 2, 3).a.join(), new B().sum(1, 2));
//# the constructor that is left out hands everything on
class A { constructor(a, b) { this.s = a + b; } } class B extends A {} class C extends B {} console.log(new C(1, 2).s);
//# super in arrow functions
class A { m() { return "A"; } } class B extends A { m() { const f = () => super.m() + "B"; return f(); } n() { return [1, 2].map((x) => super.m() + x).join(); } } console.log(new B().m(), new B().n());
//# this before super
class A {} class B extends A { constructor() { try { this.x = 1; } catch (e) { console.log(e.name + ": " + e.message); } super(); } } new B();
//# no super at all
class A {} class B extends A { constructor() {} } try { new B(); } catch (e) { console.log(e.name + ": " + e.message); }
//# super twice
class A {} class B extends A { constructor() { super(); try { super(); } catch (e) { console.log(e.name + ": " + e.message); } } } new B();
//# a constructor that gives an object
class A { constructor() { return { x: 1 }; } } class B { constructor() { this.y = 1; return 5; } } console.log(new A().x, new A() instanceof A, new B().y);
//# a class called without new
class A {} try { A(); } catch (e) { console.log(e.name + ": " + e.message); } const B = class {}; try { B(); } catch (e) { console.log(e.message); }
//# instanceof
class A {} class B extends A {} const b = new B(); console.log(b instanceof B, b instanceof A, b instanceof Object, new A() instanceof B, ({}) instanceof A, 5 instanceof A, null instanceof A);
//# instanceof of what is no function
try { ({}) instanceof 5; } catch (e) { console.log(e.name + ": " + e.message); } try { ({}) instanceof {}; } catch (e) { console.log(e.name + ": " + e.message); } try { ({}) instanceof (() => 1); } catch (e) { console.log(e.name); }
//# constructor and prototype
class A { m() {} } const a = new A(); console.log(a.constructor === A, A.prototype.constructor === A, Object.getPrototypeOf(a) === A.prototype, "m" in a, a.hasOwnProperty("m"), A.prototype.hasOwnProperty("m"), Object.keys(A.prototype).length);
//# prototypes of classes
class A {} class B extends A {} console.log(Object.getPrototypeOf(B.prototype) === A.prototype, Object.getPrototypeOf(B) === A, A.prototype.isPrototypeOf(new B()));
//# new of constructor
class A { clone() { return new this.constructor(this.n); } constructor(n) { this.n = n; } } class B extends A { twice() { return this.n * 2; } } console.log(new B(4).clone().twice());
//# new.target
class A { constructor() { this.t = new.target.name; } } class B extends A {} function F() { return new.target === undefined ? "called" : "made"; } console.log(new A().t, new B().t, F());
//# abstract classes with new.target
class Shape { constructor() { if (new.target === Shape) throw new TypeError("abstract"); } area() { throw new Error("not implemented"); } } class Sq extends Shape { constructor(s) { super(); this.s = s; } area() { return this.s ** 2; } } console.log(new Sq(3).area()); try { new Shape(); } catch (e) { console.log(e.message); }
//# names
class A {} const B = class {}; const C = class D {}; const o = { E: class {}, m() {}, ["x" + 1]: () => 1, f: function () {}, g: function h() {}, a: () => 1, get y() { return 1; } }; console.log(A.name, B.name, C.name, o.E.name, o.m.name, o.x1.name, o.f.name, o.g.name, o.a.name, A.prototype.constructor.name, (() => 1).name === "", (class {}).name === "");
//# names of methods
class A { m() {} static s() {} f = () => 1; "a b"() {} } console.log(new A().m.name, A.s.name, new A().f.name, new A()["a b"].name);
//# a static method called name
class A { static name() { return "n"; } } class B { static name = "bee"; } console.log(A.name(), B.name);
//# class expressions that know themselves
const A = class B { static make() { return new B(); } is(o) { return o instanceof B; } }; console.log(A.make() instanceof A, new A().is(new A()), typeof B);
//# classes in a loop are different
const cs = []; for (let i = 0; i < 2; i++) cs.push(class { get() { return i; } }); console.log(new cs[0]().get(), new cs[1]().get(), new cs[0]() instanceof cs[1], cs[0] === cs[1]);
//# classes from functions: mixins
const Loud = (B) => class extends B { say() { return super.say().toUpperCase() + "!"; } }; class P { say() { return "hi"; } } const Q = Loud(P); console.log(new Q().say(), new (Loud(Loud(P)))().say(), new Q() instanceof P);
//# extends an expression
const t = (c) => { console.log("evaluated"); return c; }; class A { m() { return 1; } } class B extends t(A) {} console.log(new B().m(), new (class extends (null, A) {})().m());
//# extends null and others
try { class A extends 5 {} } catch (e) { console.log(e.name + ": " + e.message); } try { class A extends undefined {} } catch (e) { console.log(e.name + ": " + e.message); } try { class A extends ({}) {} } catch (e) { console.log(e.name); }
//# extends an arrow function
const f = () => 1; try { class A extends f {} } catch (e) { console.log(e.name); }
//# extends Error
class E extends Error { constructor(m, code) { super(m); this.name = "E"; this.code = code; } } try { throw new E("bad", 42); } catch (e) { console.log(e instanceof E, e instanceof Error, e.name, e.message, e.code, String(e), typeof e.stack); }
//# extends Error, name from the class
class MyError extends Error {} const e = new MyError("m"); console.log(e.name, e.message, String(e), e.constructor.name, e instanceof MyError); class N extends Error { get name() { return "N!"; } } console.log(String(new N("x")));
//# extends Map
class Counts extends Map { add(k) { this.set(k, (this.get(k) ?? 0) + 1); return this; } } const c = new Counts(); c.add("a").add("b").add("a"); console.log(c.get("a"), c.size, [...c.keys()].join(), c instanceof Map);
//# toString is used everywhere
class A { toString() { return "<A>"; } } const a = new A(); console.log(\`\${a}\`, "" + a, String(a), [a, a].join(), a + 1, { [a]: 1 }["<A>"]);
//# toString inherited, toJSON, valueOf
class A { constructor(n) { this.n = n; } toString() { return "A" + this.n; } toJSON() { return { kind: "A", n: this.n }; } valueOf() { return this.n; } } class B extends A {} console.log(String(new B(1)), JSON.stringify([new B(2)]), new B(3) * new A(4), new A(1) < new B(2));
//# an object of a class without toString
class A {} console.log(String(new A()), \`\${{}}\`, new A() + "");
//# methods are shared, not enumerable
class A { m() {} } console.log(new A().m === new A().m); for (const k in new A()) console.log("never", k);
//# methods may be replaced on one object
class A { m() { return "class"; } } const a = new A(); a.m = () => "own"; console.log(a.m(), new A().m(), delete a.m, a.m());
//# methods taken from elsewhere
class A { n = "A"; who() { return this.n; } } const o = { n: "o", who: new A().who }; console.log(o.who(), new A().who.call({ n: "c" }), A.prototype.who.apply({ n: "p" }, []));
//# methods with computed calls
class A { add(a, b) { return a + b; } sub(a, b) { return a - b; } } const a = new A(); for (const m of ["add", "sub"]) console.log(a[m](5, 3)); try { a["mul"](1, 2); } catch (e) { console.log(e.message); }
//# chains
class B { #s = []; add(x) { this.#s.push(x); return this; } build() { return this.#s.join(" "); } } console.log(new B().add("a").add("b").build());
//# a linked list with an iterator
class List { #head = null; add(v) { this.#head = { v, next: this.#head }; return this; } *[Symbol.iterator]() { for (let n = this.#head; n; n = n.next) yield n.v; } } console.log([...new List().add(1).add(2)].join());
//# an iterator without a generator
class Range { constructor(a, b) { this.a = a; this.b = b; } [Symbol.iterator]() { let i = this.a; const b = this.b; return { next: () => (i < b ? { value: i++, done: false } : { value: undefined, done: true }) }; } } console.log([...new Range(2, 5)].join(), Math.max(...new Range(0, 4))); for (const x of new Range(0, 2)) console.log(x);
//# visitor
class Num { constructor(v) { this.v = v; } accept(x) { return x.num(this); } } class Add { constructor(a, b) { this.a = a; this.b = b; } accept(x) { return x.add(this); } } class Eval { num(n) { return n.v; } add(n) { return n.a.accept(this) + n.b.accept(this); } } class Show { num(n) { return "" + n.v; } add(n) { return "(" + n.a.accept(this) + "+" + n.b.accept(this) + ")"; } } const e = new Add(new Num(1), new Add(new Num(2), new Num(3))); console.log(e.accept(new Eval()), e.accept(new Show()));
//# many shapes through one call
class A { v() { return 1; } } class B { v() { return "b"; } } class C extends A { v() { return super.v() * 10; } } class D { get v() { return () => "getter"; } } const l = [new A(), new B(), new C(), new D(), { v: () => "plain" }]; for (let i = 0; i < 3; i++) console.log(l.map((x) => x.v()).join());
//# hot methods
class V { constructor(x, y) { this.x = x; this.y = y; } add(o) { return new V(this.x + o.x, this.y + o.y); } dot(o) { return this.x * o.x + this.y * o.y; } } let v = new V(0, 0); for (let i = 0; i < 200; i++) v = v.add(new V(i, -i)); console.log(v.x, v.y, v.dot(v));
//# hot methods that later get texts
class A { constructor(n) { this.n = n; } add(m) { this.n += m; return this; } } const a = new A(0); for (let i = 0; i < 60; i++) a.add(i < 50 ? i : "x"); console.log(a.n);
//# functions as constructors
function P(x) { this.x = x; } P.prototype.get = function () { return this.x; }; const p = new P(5); console.log(p.get(), p instanceof P, p.constructor === P, Object.keys(p).join());
//# functions as constructors that inherit
function A(n) { this.n = n; } A.prototype.who = function () { return "A" + this.n; }; function B(n) { A.call(this, n); } B.prototype = Object.create(A.prototype); B.prototype.constructor = B; console.log(new B(1).who(), new B(2) instanceof A);
//# a class that extends a function
function A(n) { this.n = n; } A.prototype.m = function () { return this.n; }; class B extends A { m() { return super.m() + 1; } } console.log(new B(1).m(), new B(1) instanceof A);
//# a function without new has no this
function P(x) { this.x = x; } try { P(1); } catch (e) { console.log(e.name + ": " + e.message); }
//# new of what is no constructor
for (const [n, f] of Object.entries({ n: 5, o: {}, u: undefined, arrow: () => 1, m: { m() {} }.m })) { try { new f(); } catch (e) { console.log(n, e.name, e.message); } }
//# new of members
const o = { A: class { constructor(x) { this.x = x; } }, n: 5 }; console.log(new o.A(1).x, new o["A"](2).x, new (class { y = 3; })().y); try { new o.n(); } catch (e) { console.log(e.message); } try { new o.missing(); } catch (e) { console.log(e.message); }
//# new without parentheses
class A { x = 1; } const a = new A; console.log(a.x, new A().x, new Date(0).getTime(), (new A).x);
//# functions have members
function f() { return f.n++; } f.n = 1; f(); f(); console.log(f.n, Object.keys(f).join(), "n" in f, delete f.n, f.n); const g = () => 1; g.tag = "t"; console.log(g.tag);
//# call, apply, bind
function f(a, b) { return [this?.n, a, b].join(); } console.log(f.call({ n: 1 }, 2, 3), f.apply({ n: 4 }, [5, 6]), f.bind({ n: 7 }, 8)(9), f.bind(null)(1), f.call(), f.apply(null), f.apply({ n: 1 }, null));
//# bind twice, names and lengths
function f(a, b, c) { return this.n + a + b + c; } const g = f.bind({ n: 1 }, 1); const h = g.bind({ n: 100 }, 1); console.log(h(1), g.name, h.name, g.length, h.length);
//# bound functions as constructors
class A { constructor(a, b) { this.s = a + b; } } const B = A.bind(null, 1); console.log(new B(2).s, new B(2) instanceof A);
//# what bind makes has no prototype, and its instances are those of what it calls
class A {} const B = A.bind(null); const C = B.bind(null); console.log(new A() instanceof B, new A() instanceof C, ({}) instanceof C, "prototype" in B, B.prototype, Object.getOwnPropertyNames(B).sort().join(), B.hasOwnProperty("prototype")); const f = (() => 1).bind(null); console.log(f.prototype, Object.keys(f).length);
//# methods of object literals
const o = { n: 1, m() { return this.n; }, get g() { return this.n * 2; }, set g(v) { this.n = v; }, ["c" + 1]() { return "c"; }, async: 5, get: 6, set: 7, static: 8, *gen() { yield this.n; } }; o.g = 10; console.log(o.m(), o.g, o.c1(), o.async, o.get, o.set, o.static, [...o.gen()].join());
//# super in object literals
const a = { m() { return "a"; } }; const b = { __proto__: a, m() { return super.m() + "b"; } }; console.log(b.m());
//# __proto__ in literals
const p = { x: 1, get y() { return this.x + 1; } }; const o = { __proto__: p, x: 5 }; console.log(o.y, Object.getPrototypeOf(o) === p, Object.keys(o).join(), "y" in o);
//# arrow functions take this from outside
const o = { n: 1, f() { return [1, 2].map((x) => x + this.n).join(); }, g: () => typeof this, h() { return (() => () => this.n)()(); } }; console.log(o.f(), o.g(), o.h());
//# this of primitives in strict functions
function t() { return typeof this; } console.log(t.call(5), t.call("s"), t.call(null), t.call(undefined), t.call(true), t.call({}));
//# getters see the receiver
class A { get who() { return this.n; } } class B extends A { n = "B"; } const o = Object.create(new B()); o.n = "o"; console.log(new B().who, o.who);
//# accessor and field of the same name in parent and child
class A { x = "field"; } class B extends A { get x() { return "getter"; } } console.log(new B().x);
//# deleting members of instances
class A { x = 1; } const a = new A(); console.log(delete a.x, a.x, "x" in a, delete a.nothing);
//# a class in a class
class Outer { static Inner = class { hi() { return "inner"; } }; make() { return new Outer.Inner(); } } console.log(new Outer().make().hi());
//# a class that counts its objects
class A { static count = 0; constructor() { A.count++; this.id = A.count; } } new A(); new A(); console.log(new A().id, A.count);
//# singletons
class S { static #one = null; static get() { return (S.#one ??= new S()); } } console.log(S.get() === S.get());
//# classes capture variables that change
let step = 1; class C { n = step; inc() { this.n += step; return this.n; } } const c = new C(); step = 10; console.log(c.inc(), new C().n);
//# errors in constructors
class A { constructor(ok) { if (!ok) throw new RangeError("not ok"); this.ok = ok; } } try { new A(false); } catch (e) { console.log(e.name, e.message); } console.log(new A(true).ok);
//# errors in field initialisers
class A { x = (() => { throw new Error("field"); })(); } try { new A(); } catch (e) { console.log(e.message); }
//# the order of the parts of a class
const t = (n) => { console.log(n); return n; }; class A { static [t("s1")] = t("v1"); [t("f1")] = t("fv1"); static { t("block"); } [t("m1")]() {} static [t("s2")] = t("v2"); } console.log("made"); new A();
//# duplicate methods: the last one wins
class A { m() { return 1; } m() { return 2; } get x() { return 1; } x() { return 3; } static s() { return 1; } static s() { return 4; } } console.log(new A().m(), new A().x(), A.s());
//# a method called constructor in quotes is the constructor
class A { "constructor"() { this.x = 5; } } console.log(new A().x);
//# generators, getters and statics named after keywords
class A { static() { return 1; } get get() { return 2; } set set(v) { this.v = v; } new() { return 3; } static static() { return 4; } if() { return 5; } } const a = new A(); a.set = 6; console.log(a.static(), a.get, a.new(), A.static(), a.if(), a.v);
//# instance checks by symbol-free means
class Maybe { static of(v) { return v == null ? new None() : new Some(v); } } class Some extends Maybe { constructor(v) { super(); this.v = v; } map(f) { return Maybe.of(f(this.v)); } or() { return this.v; } } class None extends Maybe { map() { return this; } or(d) { return d; } } console.log(Maybe.of(5).map((x) => x * 2).or(0), Maybe.of(null).map((x) => x.y).or("none"), Maybe.of({}).map((o) => o.x).or("gone"));
//# an event emitter
class Emitter { #on = new Map(); on(n, f) { if (!this.#on.has(n)) this.#on.set(n, []); this.#on.get(n).push(f); return () => this.off(n, f); } off(n, f) { this.#on.set(n, this.#on.get(n).filter((g) => g !== f)); } emit(n, ...a) { for (const f of this.#on.get(n) ?? []) f(...a); } } const e = new Emitter(); const off = e.on("x", (a) => console.log("1", a)); e.on("x", (a, b) => console.log("2", b)); e.emit("x", 5, 6); off(); e.emit("x", 7, 8); e.emit("y");
//# private members of what has none
class P { #x = 1; static r(o) { return o.#x; } static h(o) { return o?.#x; } static w(o) { o.#x = 1; } } for (const f of [() => P.r({}), () => P.r(undefined), () => P.r([]), () => P.r("text"), () => P.w({})]) { try { f(); } catch (e) { console.log(String(e)); } } console.log(P.h(undefined), P.r(new P()));
//# private members that are undefined
class U { #u; has() { return this.#u === undefined; } set(v) { this.#u = v; return this.#u; } } const u = new U(); console.log(u.has(), u.set(1), u.has(), u.set(undefined), u.has());
//# hot: one call, few methods, then many
const made = [1, 2, 3, 4, 5, 6].map((n) => { const C = class { v() { return n; } }; return new C(); }); let sum = 0; for (let i = 0; i < 600; i++) sum += made[i < 200 ? 0 : i < 400 ? i % 3 : i % 6].v(); console.log(sum);
//# hot: one call, functions with captures and this
const fs = [1, 2, 3].map((n) => (x) => x + n); const o = { k: 5, f(x) { return x + this.k; } }; let sum = 0; for (let i = 0; i < 500; i++) { const f = fs[i % 3]; sum += f(i) + o.f(i); } console.log(sum, [fs[0], fs[1], String, Number].map((f) => f(1)).join());
//# hot: a getter, then a field, then another getter
class A { get v() { return 1; } } class B { v = 2; } class C extends A { get v() { return super.v + 2; } } const all = [new A(), new B(), new C()]; let sum = 0; for (let i = 0; i < 900; i++) sum += all[i < 300 ? 0 : i < 600 ? i % 2 : i % 3].v; console.log(sum);
//# hot: own accessors in front of those of the class
class A { get v() { return 1; } } const a = new A(), b = new A(); Object.defineProperty(b, "v", { get() { return 10; } }); let sum = 0; for (let i = 0; i < 600; i++) sum += (i < 400 ? a : b).v; console.log(sum);
//# hot: getters that throw, getters of undefined
class A { n = 0; get v() { if (this.n++ > 400) throw new RangeError("enough"); return undefined; } } const a = new A(); let seen = 0; try { for (;;) if (a.v === undefined) seen++; } catch (e) { console.log(e.message, seen); }
//# hot: members that become frozen, or get a setter
class A { x = 0; } const a = new A(); let refused = 0; for (let i = 0; i < 500; i++) { if (i === 400) Object.freeze(a); try { a.x = i; } catch { refused++; } } const log = []; const b = new A(); for (let i = 0; i < 400; i++) { if (i === 390) Object.defineProperty(b, "x", { set(v) { log.push(v); } }); b.x = i; } console.log(a.x, refused, log.join());
//# hot: setters of the class
class A { #n = 0; set n(v) { this.#n += v; } get n() { return this.#n; } } const a = new A(); for (let i = 0; i < 500; i++) a.n = i; console.log(a.n);
//# hot: constructors that throw, return, and call each other
class P { constructor(x) { this.x = x; this.y = -x; if (x === 450) throw new Error("no " + x); } } class Q extends P { constructor(x) { super(x); this.z = this.x + this.y; if (x % 100 === 7) return { x: "other" }; } } let n = 0, text = ""; try { for (let i = 0; ; i++) { const q = new Q(i); n += q.z ?? 1; if (q.x === "other") text += i + " "; } } catch (e) { console.log(e.message, n, text); }
//# hot: keys that are small numbers
const table = { 3: "c", 8: "h" }; let text = ""; for (let i = 0; i < 300; i++) { table[i % 12] ??= "" + (i % 12); if (i > 280) text += table[i % 12] + table[-1] + table[1.5] + ["a", "b"][i % 3] + "xyz"[i % 4]; } table[8] = 1; console.log(text, Object.keys(table).join(), table[8]);
//# hot: lengths of what is no Array
class L { length = 3; } const f = (a, b) => 0; const all = [[1, 2], "four", new L(), { length: "l" }, f, {}]; let text = ""; for (let i = 0; i < 600; i++) { const { length } = all[i % 6]; if (i > 590) text += length + all[i % 6].length + " "; } console.log(text);
//# hot: spread arguments and destructured literals
const [a, b, c] = [1, -2, "t"]; const add = (...n) => n.reduce((x, y) => x + y, 0); let sum = 0; for (let i = 0; i < 300; i++) { const list = []; list.push(...[i, a, b]); sum += add(...list) + Math.max(...list, i) + Math.min(i, b) + Math.max(i, "7"); } console.log(sum, a, b, c, Math.max({ valueOf: () => 3 }, 2), Math.min(NaN, 1), Object.is(Math.max(-0, 0), 0));
`,
);
