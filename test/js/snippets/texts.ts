/** Template literals, tags, optional chaining, strings and their methods, regular expressions. */
import { expressions, js, programs, type Snippet } from "./snippet.ts";

const TEMPLATES = programs(
  "templates",
  js`
//# plain ones
console.log(\`\`, \`a\`, \`a\${1}b\`, \`\${1}\${2}\`, \`\${"x"}\`, \`a
b\`.length);
//# escapes
console.log(\`\n\t\\\u0041\x42\u{1F600}\0\v\`.length, \`a\
b\`);
//# all kinds of values
console.log(\`\${1.5} \${"s"} \${true} \${null} \${undefined} \${[1, [2]]} \${{}} \${-0} \${NaN} \${1e21}\`);
//# nested
const n = 3; console.log(\`a\${n > 2 ? \`big \${\`\${n}\`}\` : "small"}b\`);
//# with functions and objects
const o = { a: { b: [1, 2] } }; console.log(\`\${o.a.b[1]} \${((x) => x * 2)(4)} \${[1, 2].map((x) => \`<\${x}>\`).join("")} \${{ x: 5 }.x}\`);
//# in keys and properties
const o = { [\`k\${1}\`]: 1, "k2": 2 }; console.log(o.k1, o[\`k\${1 + 1}\`], \`abc\`.length, \`abc\`[1], \`a-b\`.split(\`-\`).length);
//# tags get parts and values
const tag = (s, ...v) => s.length + ":" + s.join("|") + ":" + v.join(); console.log(tag\`\`, tag\`a\`, tag\`a\${1}b\${2}\`, tag\`\${1}\${2}\`);
//# tags see raw texts
const raw = (s) => s.raw.join("|") + "#" + s.join("|").length; console.log(raw\`a\nb\${1}\u0041\`, String.raw\`\n\${5}\t\`);
//# tags as methods keep this
const o = { p: "<", t(s, v) { return this.p + s[0] + v; } }; console.log(o.t\`a\${1}\`, o["t"]\`b\${2}\`);
//# the parts are one object for each place
const seen = []; const tag = (s) => seen.push(s); for (let i = 0; i < 2; i++) tag\`a\${i}\`; tag\`a\${0}\`; console.log(seen[0] === seen[1], seen[0] === seen[2]);
//# tags that give functions
const t = (s) => (u) => s[0] + u[0]; console.log(t\`a\`\`b\`, ((s) => s.raw)\`x\`[0]);
//# a tag that is none
const tag = 5; try { tag\`a\`; } catch (e) { console.log(e.name + ": " + e.message); }
//# html escaping
const html = (s, ...v) => s.reduce((t, p, i) => t + String(v[i - 1]).replace(/&/g, "&amp;").replace(/</g, "&lt;") + p); console.log(html\`<b>\${"a<b&c"}</b>\${1}\`);
`,
);

const OPTIONAL = programs(
  "optional chaining",
  js`
//# members
const o = { a: { b: 1 } }; let u, n = null; console.log(o?.a?.b, o?.x?.y, u?.a, n?.a, o.x?.y.z.w, u?.[0], o?.["a"].b, (5)?.x, ""?.length);
//# calls
const o = { f(x) { return this.n + x; }, n: 1 }; let u; console.log(o.f?.(1), o.g?.(1), o?.f(2), u?.f(1), u?.(), o?.f?.(3), o["f"]?.(4), (() => 5)?.());
//# a call of what is no function
const o = { n: 5 }; try { o.n?.(); } catch (e) { console.log(e.name + ": " + e.message); } try { o?.n(); } catch (e) { console.log(e.message); } try { o?.m(); } catch (e) { console.log(e.message); }
//# parentheses end a chain
let u; try { (u?.a).b; } catch (e) { console.log(e.message); } console.log(u?.a.b);
//# delete
const o = { a: { b: 1 } }; let u; console.log(delete o?.a?.b, delete u?.a, delete u?.a.b.c, JSON.stringify(o));
//# with ?? and other operators
let u, n = null; const o = { z: 0, e: "", f: false }; console.log(u?.x ?? "d", o.z ?? 1, o.e ?? 1, o.f ?? 1, n ?? u ?? 5, o?.z || 7, !u?.x, typeof u?.x, u?.x + 1);
//# in conditions and arguments
let u; const o = { a: 1 }; if (u?.x) console.log("never"); else console.log("else"); console.log([u?.a, o?.a].join(), \`\${u?.x}\`, Math.max(o?.a, 0)); for (const x of u?.list ?? []) console.log("never");
//# evaluates the object once
let n = 0; const f = () => { n++; return { a: { b: 5 } }; }; console.log(f()?.a?.b, n);
//# this through chains
const o = { v: 7, in: { v: 8, get() { return this.v; } } }; console.log(o.in?.get(), o?.in.get(), o?.in?.get?.(), (o?.in).get());
//# long chains of calls
const b = { l: [], add(x) { this.l.push(x); return this; }, end: null }; console.log(b?.add(1)?.add(2).l?.length, b.end?.().x.y, b.add?.(3)?.l?.at?.(-1));
//# index that is evaluated
const l = [[1, 2], null]; let i = 0; console.log(l?.[i++]?.[i], l[1]?.[i++], i);
//# ?? groups
const f = (a, b, c) => (a ?? b) || c; console.log(f(null, 0, "c"), f(undefined, "b", "c"), f(0, "b", "c"));
//# ?. before a number is a conditional
const x = true; console.log(x?.5:1);
//# assignment operators with ??
const o = { a: null, c: 0 }; o.a ??= 1; o.b ??= 2; o.c ??= 3; o.c ||= 4; o.a &&= o.a + 10; console.log(o.a, o.b, o.c); const l = []; l[2] ??= "x"; console.log(l.length, l[2]);
//# getters along a chain
const o = { get a() { console.log("a"); return { get b() { console.log("b"); return null; } }; } }; console.log(o?.a?.b?.c.d);
`,
);

const STRINGS = expressions(
  "strings",
  js`
"abc".length
"abc"[1]
"abc"[5]
"abc"["1"]
"abc".at(-1)
"abc".at(5)
"abc".charAt(1)
"abc".charAt(9) === ""
"abc".charCodeAt(1)
"abc".charCodeAt(9)
"😀".length
"😀".codePointAt(0)
"😀".codePointAt(1)
"😀".charCodeAt(0)
"abc".codePointAt(9)
String.fromCharCode(72, 105, 0x1f600)
String.fromCodePoint(72, 0x1f600)
"abc".concat("d", 5, null)
"abcabc".indexOf("c")
"abcabc".indexOf("c", 3)
"abcabc".indexOf("")
"abcabc".indexOf("", 99)
"abcabc".indexOf("x")
"abcabc".lastIndexOf("c")
"abcabc".lastIndexOf("c", 4)
"abcabc".lastIndexOf("")
"undefined".indexOf()
"abc".includes("bc")
"abc".includes("bc", 2)
"abc".includes("")
"abc".startsWith("ab")
"abc".startsWith("b", 1)
"abc".endsWith("bc")
"abc".endsWith("ab", 2)
"abcdef".slice(2)
"abcdef".slice(-3)
"abcdef".slice(1, -1)
"abcdef".slice(4, 2)
"abcdef".slice(NaN, Infinity)
"abcdef".slice("1", "3")
"abcdef".substring(2)
"abcdef".substring(4, 1)
"abcdef".substring(-5, 3)
"abcdef".substring(NaN)
"abcdef".substr(2, 3)
"abcdef".substr(-3, 2)
"abcdef".substr(1)
"aXbXc".split("X")
"abc".split("")
"abc".split()
"abc".split("abc")
"".split("")
"".split("x")
"a,b,c,d".split(",", 2)
"a,b,".split(",")
"a1b22c".split(/\d+/)
"a1b22c".split(/(\d)+/)
"abc".split(/(?:)/)
"😀b".split("")
"a b  c".split(" ")
"a,b".split(",", 0)
"Hello".toUpperCase()
"HeLLo".toLowerCase()
"straße".toUpperCase()
"İ".toLowerCase().length
"ÄÖÜ".toLowerCase()
"  a b \n\t".trim()
"  a ".trimStart() + "|"
"  a ".trimEnd() + "|"
"\ufeff\u00a0a".trim()
"abc".padStart(6)
"abc".padStart(6, "12")
"abc".padStart(2, "x")
"abc".padStart(6, "")
"abc".padEnd(6, "12345")
"5".padStart(3, 0)
"ab".repeat(3)
"ab".repeat(0)
"ab".repeat(2.9)
"aaa".replace("a", "b")
"aaa".replace("x", "b")
"abc".replace("b", "[$&]")
"abc".replace("b", "$$")
"abc".replace("b", "$\`|$'")
"abc".replace("b", (m, i, s) => m.toUpperCase() + i + s)
"aaa".replaceAll("a", "b")
"aaa".replaceAll("a", (m, i) => i)
"aXbX".replaceAll("X", "$&$&")
"abc".replaceAll("", "-")
"a.b.c".replaceAll(".", "")
"abc".replace("", "_")
"abc".localeCompare("abd")
"b".localeCompare("a")
"a".localeCompare("a")
"abc" < "abd"
"abc" === "ab" + "c"
"a" + 1 + 2
1 + 2 + "a"
"abc".split("").reverse().join("")
[..."hello"].map((c) => c.toUpperCase()).join("")
[..."mississippi"].reduce((m, c) => ({ ...m, [c]: (m[c] ?? 0) + 1 }), {})
"the quick brown".split(" ").map((w) => w[0].toUpperCase() + w.slice(1)).join(" ")
"abc".toString()
"abc".valueOf()
"a-b_c".replace(/[-_](.)/g, (_, c) => c.toUpperCase())
"camelCaseText".replace(/[A-Z]/g, (c) => "_" + c.toLowerCase())
"%41%20b"
encodeURIComponent("a b&ä/?")
decodeURIComponent("a%20b%26%C3%A4")
encodeURI("a b&ä/?#")
decodeURI("a%20b%2F")
"\0".length
"\v\f\b".length
"abc".search(/c/)
"abc".search("x")
"abc".match(/b/)[0]
"abc".match(/x/)
"a1b2".match(/\d/g)
"abc".match(/\d/g)
"\u{1F600}".length
"é".normalize("NFD").length
"abc".isWellFormed?.() ?? true
"a\tb"
"abc".hasOwnProperty("length")
"abc".hasOwnProperty(1)
"z".codePointAt() - "a".codePointAt()
"10" * "10"
"b" > "a" ? "yes" : "no"
"abc"?.length
"aßc".length
"ab\u0301c".length
"x".concat()
"abcdefghij".slice(-4, -2)
"abc".substring(1, undefined)
"a".padEnd(3, "xyz") + "b".padStart(4, "-=")
"lorem ipsum dolor".lastIndexOf("o", 10)
"12,5".replace(",", ".") * 2
`,
);

const TEXT_PROGRAMS = programs(
  "texts, more",
  js`
//# comparing long texts
const long = "x".repeat(1023), more = "x".repeat(1024); let n = 0; for (let i = 0; i < 40; i++) { if (long === "x".repeat(1023)) n++; if (more === "x".repeat(1024)) n += 2; if (more !== long) n += 4; if (more !== more + "y") n += 8; if (more === 1024) n = -1; } console.log(n);
//# joining texts around a thousand units
let s = ""; for (let i = 0; i < 120; i++) { s = s + "0123456789"; s = "ab" + s; } let n = 0; for (const c of s) n += c === "0" ? 1 : 0; console.log(s.length, n, (s + s).length);
//# every kind of index in one place
function at(t, i) { return t[i]; } const out = []; for (let round = 0; round < 30; round++) for (const i of [0, 1, 2, -1, 5, 1.5, "1", "length", NaN, -0]) out.push(at(round % 2 ? "abc" : ["d", "e"], i)); console.log(out.slice(0, 20).join(), out.slice(-10).join());
//# one place compares all kinds of values
const values = [1, 0, -0, NaN, "1", "", "a", true, false, null, undefined, [], {}, () => 1, Symbol.iterator]; function count(a) { let n = 0; for (const b of values) if (a === b) n++; for (const b of values) if (a !== b) n += 100; return n; } console.log(values.map(count).join(), values.map(count).join());
//# one place calls a method of texts, arrays and objects
const o = { slice: (n) => "o" + n, indexOf() { return "i"; } }; function cut(v) { return String(v.slice(1)) + v.indexOf("b"); } const out = []; for (let i = 0; i < 60; i++) out.push(cut(["abc", ["a", "b"], o, "xb"][i % (i < 20 ? 1 : 4)])); console.log(out.slice(18, 26).join(), out.slice(-4).join()); try { cut(5); } catch (e) { console.log(e.message); }
//# methods with fewer and more arguments than they take
console.log("abc".charCodeAt(), "abc".charCodeAt(1, 2, 3), "abc".at(), "abc".slice(), "abc".slice(1, 2, 3), Math.max(), Math.abs(), Math.abs(-1, 5), Math.pow(2), Math.pow(2, 3, 4), Math.floor("1.5"), "a-b".replaceAll("-", "+", 1), [1, 2, 3].includes(), [3].indexOf(3, 0, 1));
//# methods that need an argument converted, in a loop
let n = 0; const one = { toString() { n++; return "1"; }, valueOf() { n += 100; return 1; } }; for (let i = 0; i < 40; i++) { n += "abc".charCodeAt(one) + "a1".indexOf(one) + Math.floor(one); } console.log(n);
`,
);

const REGEXPS = expressions(
  "regular expressions",
  js`
/a/.test("cat")
/a/.test("dog")
/^a.c$/.test("abc")
/^\d{3}-\d{4}$/.test("555-1234")
/a|b/.exec("cab")[0]
/(a)(b)?/.exec("ac").length
/(a)(b)?/.exec("ac")[2]
/(\w+) (\w+)/.exec("John Smith").slice(1)
/(?<y>\d{4})-(?<m>\d\d)/.exec("2020-05").groups.y
/(?<y>\d{4})/.exec("2020").groups.x
/b/.exec("abc").index
/b/.exec("abc").input
/x/.exec("abc")
/A/i.test("a")
/^b/m.test("a\nb")
/a.b/s.test("a\nb")
/a.b/.test("a\nb")
/\u{1F600}/u.test("😀")
/^.$/u.test("😀")
/^.$/.test("😀")
/(?:a)(b)/.exec("ab")[1]
/a(?=b)/.exec("ab")[0]
/a(?!b)/.test("ab")
/(?<=[$])\d+/.exec("cost $42")[0]
/(?<![$])\b\d+/.exec("$42 17")[0]
/(.)\1/.exec("hello")[0]
/(?<c>.)\k<c>/.exec("hello")[0]
/a+?/.exec("aaa")[0]
/a{2,3}/.exec("aaaa")[0]
/[^a-c]/.exec("abcd")[0]
/[\d.]+/.exec("v1.2.3")[0]
/\bfoo\b/.test("a foo b")
/\s/.test("\u00a0")
/a/g.flags
/a/gimsuy.flags
/a/.source
/a\/b/.source
new RegExp("a/b").source
new RegExp("").source
String(/a\/b/gi)
new RegExp("a+", "g").test("caat")
new RegExp(/x/g, "i").flags
new RegExp(/x/g).flags
/a/g.global
/a/.ignoreCase
/a/y.sticky
/a/g.lastIndex
"aBc".replace(/b/i, "x")
"a1b2".replace(/\d/g, "<$&>")
"John Smith".replace(/(\w+) (\w+)/, "$2, $1")
"2020-05".replace(/(?<y>\d+)-(?<m>\d+)/, "$<m>/$<y>")
"abc".replace(/b/, "$1")
"abc".replace(/(b)/, "$01$10")
"aaa".replace(/a/g, (m, i) => i)
"a1b2".replace(/([a-z])(\d)/g, (m, l, d, at, all) => d + l + at + all.length)
"x-y".replace(/(?<l>x)/, (...a) => typeof a.at(-1))
"aXbX".replaceAll(/X/g, "-")
"a,b;c".split(/[,;]/)
"a1b2c".split(/\d/, 2)
"abc".split(/b/)
"".split(/a/)
"".split(/(?:)/)
[..."a1b22".matchAll(/\d+/g)].map((m) => m[0] + "@" + m.index)
[..."k=v;x=y".matchAll(/(\w)=(\w)/g)].map(([, k, v]) => k + v)
"abab".match(/b/g).length
"test".match(/(t)(e)/)
"abc".search(/[bc]/)
"  x ".replace(/^\s+|\s+$/g, "")
"aaa".lastIndexOf("a")
/[\u4e00-\u9fff]/.test("漢")
/\p{L}/u.test("é")
/^[\w.+-]+@\w+\.\w{2,}$/.test("foo.bar@example.com")
/(a|ab)(c|bcd)(d*)/.exec("abcd")
/(z)((a+)?(b+)?(c))*/.exec("zaacbbbcac")
/(?=(a+))a*b\1/.exec("baaabac")
/(.*?)a(?!(a+)b\2c)\2(.*)/.exec("baaabaac")
/\0/.test("\0")
/[\b]/.test("\b")
/a{0}b/.exec("ab")[0]
/$^/.test("")
/^$/.test("")
/()/.exec("a").length
/\//.source
/[/]/.test("/")
typeof /a/
/a/ instanceof RegExp
Object.keys(/a/g).length
/a/ === /a/
`,
);

const REGEXP_PROGRAMS = programs(
  "regular expressions with a state",
  js`
//# lastIndex of global ones
const r = /a/g; console.log(r.test("aba"), r.lastIndex, r.test("aba"), r.lastIndex, r.test("aba"), r.lastIndex);
//# exec in a loop
const r = /(\w)(\d)/g; let m; while ((m = r.exec("a1 b2 c3")) !== null) console.log(m[0], m[1], m[2], m.index, r.lastIndex);
//# sticky
const r = /\d/y; console.log(r.test("1a2"), r.lastIndex, r.test("1a2"), r.lastIndex); r.lastIndex = 2; console.log(r.test("1a2"), r.lastIndex);
//# lastIndex may be set
const r = /a/g; r.lastIndex = 2; console.log(r.exec("aaaa").index, r.lastIndex); r.lastIndex = 99; console.log(r.exec("a"), r.lastIndex);
//# a literal is made each time
const f = () => /x/g; console.log(f() === f()); const l = []; for (let i = 0; i < 2; i++) { const r = /a/g; r.test("aa"); l.push(r.lastIndex); } console.log(l.join());
//# named groups destructured
const { groups: { y, m } } = /(?<y>\d+)-(?<m>\d+)/.exec("2020-05"); console.log(y, m);
//# replace with a function that uses a closure
let n = 0; console.log("a b c".replace(/\w/g, (c) => c + n++), n);
//# a tokenizer
const r = /\s*(?:(\d+\.?\d*)|([a-z]+)|(.))/gy; const out = []; for (let m; (m = r.exec("x1 = 3.14 * (y+2)")) !== null; ) out.push(m[1] ? "n" + m[1] : m[2] ? "w" + m[2] : m[3]); console.log(out.join(" "));
//# toString, and as text
const r = /a+b/gi; console.log(\`\${r}\`, r.toString(), r + "", [r].join());
//# split with captures and limits
console.log("a1b2c3".split(/(\d)/).join("|"), "a1b2c3".split(/(\d)/, 3).join("|"), "aXXb".split(/(X)*/).join("|"));
//# match gives index and groups
const m = "xay".match(/a(?<g>y)?/); console.log(m.index, m.input, m.length, m.groups.g); const n = "xay".match(/a/); console.log(n.groups);
//# escapes for a pattern
const esc = (s) => s.replace(/[.*+?^\${}()|[\]\\]/g, "\\$&"); console.log(esc("a.b*c"), new RegExp(esc("a.b")).test("a.b"), new RegExp(esc("a.b")).test("axb"));
//# csv lines
const parse = (l) => { const out = []; l.replace(/("([^"]*)"|[^,]*)(,|$)/g, (all, a, q) => { out.push(q ?? a); return ""; }); return out.slice(0, 3).join("|"); }; console.log(parse('a,"b,c",d'));
`,
);

export const TEXTS: readonly Snippet[] = [
  ...TEMPLATES,
  ...OPTIONAL,
  ...STRINGS,
  ...TEXT_PROGRAMS,
  ...REGEXPS,
  ...REGEXP_PROGRAMS,
];
