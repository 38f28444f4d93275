/** Conversions: to Number, to String, to Boolean, of objects with methods of their own; numbers as texts. */
import { expressions, js, programs, type Snippet } from "./snippet.ts";

const VALUES = expressions(
  "conversions",
  js`
Number("")
Number(" \t\n")
Number("12")
Number(" 12 ")
Number("12px")
Number("1e3")
Number("1E-3")
Number("-1.50")
Number("+7")
Number("+-7")
Number("0x1F")
Number("0b101")
Number("0o17")
Number("-0x10")
Number(".5")
Number("5.")
Number(".")
Number("Infinity")
Number("-Infinity")
Number("infinity")
Number("1_000")
Number(null)
Number(undefined)
Number(true)
Number(false)
Number([])
Number([7])
Number(["8"])
Number([1, 2])
Number({})
Number("１")
Number("\u00a05\ufeff")
Number()
String(null)
String(undefined)
String(true)
String(-0)
String(1e21)
String(1e-7)
String(123456789012345680000)
String(0.000001)
String([1, [2, 3], null, undefined])
String({})
String([])
String([null])
String([[], [[]]])
String()
Boolean("")
Boolean("0")
Boolean(" ")
Boolean(0)
Boolean(-0)
Boolean(NaN)
Boolean([])
Boolean({})
Boolean(null)
Boolean()
parseInt("42")
parseInt("42abc")
parseInt("abc")
parseInt("  -17.9")
parseInt("0x2A")
parseInt("2A", 16)
parseInt("0x2A", 16)
parseInt("101", 2)
parseInt("102", 2)
parseInt("z", 36)
parseInt("9", 8)
parseInt("12", 1)
parseInt("12", 37)
parseInt("12", 0)
parseInt("")
parseInt(null)
parseInt("1e3")
parseInt(0.0000005)
parseInt("123456789012345678901234567890")
parseInt("-0")
parseInt("77", "8")
parseFloat("3.14abc")
parseFloat("  -2.5e3xyz")
parseFloat(".5.5")
parseFloat("abc")
parseFloat("")
parseFloat("Infinityx")
parseFloat("-.5")
parseFloat("1e")
parseFloat("1e+")
parseFloat("0x10")
parseFloat("-0")
isNaN("abc")
isNaN("12")
isNaN(undefined)
isNaN(null)
isNaN([])
isFinite("12")
isFinite("abc")
isFinite(Infinity)
isFinite(null)
Number.isNaN("abc")
Number.isNaN(NaN)
Number.isFinite("12")
Number.isFinite(12)
Number.isInteger(5)
Number.isInteger(5.5)
Number.isInteger("5")
Number.isInteger(1e300)
Number.isInteger(Infinity)
Number.isSafeInteger(9007199254740991)
Number.isSafeInteger(9007199254740992)
Number.parseFloat("2.5x")
Number.parseInt("25x")
Number.MAX_SAFE_INTEGER
Number.MIN_SAFE_INTEGER
Number.MAX_VALUE
Number.MIN_VALUE
Number.EPSILON
Number.POSITIVE_INFINITY
Number.NEGATIVE_INFINITY
Number.NaN
+[]
+{}
+"  "
+[1]
-"5"
-[]
-null
-undefined
~"5"
~~"7.9"
~NaN
~{}
!""
!!"x"
!!NaN
"5" * "2"
"5" + 2
5 + "2"
"5" - 2
[] + []
[] + {}
[1, 2] + [3]
null + 1
undefined + 1
true + true
null + "x"
undefined + "x"
"x" + true
1 + null
1 + [2]
"b" + "a" + +"a" + "a"
[] == false
[] == ""
[0] == false
[1] == true
[[]] == 0
null == 0
null == undefined
null >= 0
undefined == 0
NaN == NaN
"1" == 1
"01" == 1
"" == 0
"0" == false
"a" < "b"
"a" < "B"
"10" < "9"
"10" < 9
null < 1
undefined < 1
[2] > 1
[1, 2] < [1, 3]
({}) < ({})
({}) <= ({})
1 < 2 < 3
3 > 2 > 1
typeof typeof 1
typeof null
typeof undefined
typeof (() => 1)
typeof class {}
typeof []
typeof "x"
typeof NaN
typeof notThere
void 0
(1, 2, 3)
1e3
1e21
1e-7
0.1 + 0.2
100 / 3
1 / 3
5e-324
1.7976931348623157e308
0xff
0b11
0o17
1_000_000
.5
5.
0.1 * 3
123456789 * 987654321
2 ** 53
2 ** 53 + 1
2 ** -1
(-8) ** (1 / 3)
2 ** 3 ** 2
-(2 ** 2)
7 % 3
-7 % 3
7 % -3
5.5 % 2
-0 % 5
5 % 0
Infinity % 5
5 % Infinity
1 / 0
-1 / 0
0 / 0
1 / -0
1 << 31
1 << 32
-1 >>> 0
-1 >>> 31
-1 >> 31
4294967296 | 0
4294967297 | 0
2147483648 | 0
-2147483649 | 0
1e20 | 0
1.9 | 0
-1.9 | 0
"3" << "2"
5 & 3
5 | 3
5 ^ 3
~5
~-1
`,
);

const NUMBERS = expressions(
  "numbers as texts",
  js`
(255).toString(16)
(255).toString(2)
(-255).toString(36)
(0.5).toString(2)
(0.1).toString(3)
(1e21).toString(7)
(3.75).toString(8)
NaN.toString(2)
(-Infinity).toString(16)
(25).toString()
(25).toString(undefined)
(25).toString(1)
(25).toString(37)
(1.005).toFixed(2)
(1.45).toFixed(1)
(-1.5).toFixed(0)
(2.5).toFixed(0)
(0).toFixed(2)
(-0).toFixed(2)
(1e21).toFixed(2)
(123.456).toFixed()
(0.000001).toFixed(7)
(1.23e-10).toFixed(2)
NaN.toFixed(2)
(1).toFixed(101)
(1).toFixed(-1)
(123.456).toPrecision(4)
(0.00001).toPrecision(1)
(123456).toPrecision(2)
(1e21).toPrecision(3)
(0).toPrecision(5)
(123.456).toPrecision()
(1).toPrecision(0)
(1).toPrecision(101)
(123456).toExponential(2)
(0.00015).toExponential()
(0).toExponential()
(-1.5e-9).toExponential(3)
NaN.toExponential()
(1).toExponential(101)
(5).valueOf()
1.0.toString()
(1e100).toString()
(123456789.123).toString()
(0.1 + 0.7) * 10
4.35 * 100
1.1 + 2.2
9007199254740993
0.1 ** 10
1e300 * 1e10
-1e300 * 1e10
1e-300 / 1e300
String(1.0)
String(100)
String(-1e-7)
String(1.5e300)
"" + 1e15 + 1e16 + 1e20 + 1e22
"" + 0.1 + 0.01 + 0.001 + 0.0001 + 0.00001 + 0.000001 + 0.0000001
(1234.5678).toFixed(2)
(0.5).toFixed(0)
(1.5).toFixed(0)
(-2.345).toFixed(2)
(1000000000000000128).toString()
(1000000000000000128).toFixed(0)
(42).toString(36)
(35).toString(36)
(-0).toString()
[1.5, -0, NaN].join()
"5".valueOf()
true.toString()
false.valueOf()
`,
);

const OBJECTS = programs(
  "objects as primitives",
  js`
//# valueOf comes first for arithmetic
const o = { valueOf() { console.log("valueOf"); return 5; }, toString() { console.log("toString"); return "x"; } };
console.log(o + 1, o * 2, -o, o < 6, o == 5);
//# toString comes first for templates and keys
const o = { valueOf() { console.log("valueOf"); return 5; }, toString() { console.log("toString"); return "x"; } };
console.log(\`\${o}\`);
const box = {};
box[o] = 1;
console.log(Object.keys(box).join(), String(o));
//# + uses valueOf even with texts
const o = { valueOf() { return 5; }, toString() { return "x"; } };
console.log("a" + o, o + "a", o + o);
//# an object as valueOf is passed over
const o = { valueOf() { return {}; }, toString() { return "12"; } };
console.log(o * 2, o + 1);
//# neither gives a primitive
const o = { valueOf() { return {}; }, toString() { return {}; } };
console.log(o + 1);
//# neither gives a primitive, in a template
const o = { valueOf() { return {}; }, toString() { return []; } };
console.log(\`\${o}\`);
//# what valueOf throws comes through
const o = { valueOf() { throw new RangeError("no value"); } };
try { console.log(o * 1); } catch (e) { console.log(e.name, e.message); }
console.log(o - 1);
//# both operands are converted, left first
const make = (n) => ({ valueOf() { console.log("v" + n); return n; } });
console.log(make(1) + make(2), make(3) * make(4), make(5) < make(6), make(7) > make(8));
//# the right one is not converted if the left one throws
const bad = { valueOf() { console.log("bad"); throw new Error("left"); } };
const good = { valueOf() { console.log("good"); return 1; } };
try { bad * good; } catch (e) { console.log(e.message); }
try { good * bad; } catch (e) { console.log(e.message); }
//# strict equality converts nothing
const o = { valueOf() { console.log("valueOf"); return 1; } };
console.log(o === 1, o !== 1, o == 1, o != 1);
//# loose equality with null converts nothing
const o = { valueOf() { console.log("never"); return 1; } };
console.log(o == null, o == undefined, null == o);
//# valueOf that gives undefined, null, a Boolean
const give = (v) => ({ valueOf: () => v });
console.log(give(undefined) + 1, give(null) + 1, give(true) + 1, give("s") + 1);
console.log(give(undefined) == undefined, give(null) >= 0, give(true) == 1);
//# an inherited valueOf
class Money { constructor(n) { this.n = n; } valueOf() { return this.n; } }
class Euro extends Money { toString() { return this.n + " EUR"; } }
const a = new Euro(5), b = new Euro(7);
console.log(a + b, a < b, \`\${a}\`, a - b, Math.max(a, b), [a, b].join(" and "));
//# objects as array indices
const list = ["zero", "one", "two"];
console.log(list[{ toString: () => "1" }], list["2"], list[[1]], list["01"], list[1.0], list[-0]);
//# ++ of objects gives numbers
let o = { valueOf: () => 41 };
console.log(++o, o, typeof o);
let p = { valueOf: () => "7" };
console.log(p++, p);
//# Number of an object, parseInt of one
const o = { valueOf: () => 41.5, toString: () => "17" };
console.log(Number(o), parseInt(o), isNaN(o), Number([o]));
//# ~ and ! of objects
const o = { valueOf: () => 6 };
console.log(~o, !o, !!o, -o, +o);
//# an operator method that is a getter
const o = { get valueOf() { console.log("got"); return () => 3; } };
console.log(o + o);
//# functions and classes as conditions
if (function () {}) console.log("function");
if (class {}) console.log("class");
if ([]) console.log("array");
if ({}) console.log("object");
if ("") console.log("never"); else console.log("empty");
if (NaN) console.log("never"); else console.log("NaN");
if (-0) console.log("never"); else console.log("-0");
if ("0") console.log("0");
//# valueOf with a method taken from elsewhere
function half() { return this.n / 2; }
const a = { n: 8, valueOf: half }, b = { n: 3, valueOf: half };
console.log(a + b, a * b, a > b);
//# converting in switch: never
switch ("1") { case 1: console.log("number"); break; case "1": console.log("text"); }
switch (NaN) { case NaN: console.log("NaN"); break; default: console.log("default"); }
switch (-0) { case 0: console.log("zero"); }
//# relational operators on mixed operands
for (const [a, b] of [["2", "12"], [2, "12"], ["a", 1], [null, "0"], [undefined, null], [true, "1"], ["", -1]]) console.log(a < b, a <= b, a > b, a >= b);
//# string comparison goes by units
console.log("\ud83d\ude00" < "\uff61", "a" < "aa", "Z" < "a", "" < "a", "é" > "z", "10" < "2");
//# big loops of additions that turn into texts
let s = 0;
for (let i = 0; i < 60; i++) { if (i === 50) s += "|"; s += i; }
console.log(s);
//# a number that becomes NaN in a loop
let n = 1;
for (let i = 0; i < 60; i++) n = i === 30 ? n * undefined : n + 1;
console.log(n, n ? "yes" : "no", n === n);
//# integers beyond 31 bits in a loop
let n = 1;
for (let i = 0; i < 70; i++) n *= 2;
console.log(n, n | 0, n % 1000, n / 3);
let m = 2147483640;
for (let i = 0; i < 20; i++) m++;
console.log(m, m | 0, m >> 1, m >>> 1);
//# -0 is kept through operators
console.log(-0 + -0, -0 - 0, -0 * 1, 0 * -1, -0 / 1, 0 / -1, -0 % 1, -(0), +-0, Math.round(-0.4), -0 | 0, -0 >>> 0);
console.log(Object.is(-0, 0), 1 / (0 * -5), [-0][0], Math.max(-0, 0), Math.min(0, -0));
//# hash with overflow
let h = 0;
for (const c of "the quick brown fox") h = (h * 31 + c.charCodeAt(0)) | 0;
console.log(h, h >>> 0, (h ^ 0xff) & 0xffff);
//# Math.imul against *
console.log(Math.imul(0xffffffff, 5), (0xffffffff * 5) | 0, Math.imul(123456789, 987654321), (123456789 * 987654321) | 0);
//# symbols are no numbers
const s = Symbol.iterator; const tries = [() => s - 1, () => 1 * s, () => +s, () => -s, () => ~s, () => s | 0, () => s ** 2, () => s < 1, () => 1 >= s, () => { let t = s; t++; }, () => Math.floor(s), () => Number(s), () => parseInt("1", s), () => isNaN(s), () => "abc".charAt(s), () => [1, 2].at(s), () => s == 1, () => s === s, () => !s];
for (let round = 0; round < 30; round++) for (const f of tries) { let r; try { r = f(); } catch (e) { r = e.name + ": " + e.message; } if (round === 0 || round === 29) console.log(r); }
`,
);

export const CONVERSIONS: readonly Snippet[] = [...VALUES, ...NUMBERS, ...OBJECTS];
