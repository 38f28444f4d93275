/** Arrays: what is special of them, and every method. */
import { expressions, js, programs, type Snippet } from "./snippet.ts";

const METHODS = expressions(
  "array methods",
  js`
[1, 2, 3].length
[1, 2, 3][1]
[1, 2, 3][-1]
[1, 2, 3]["1"]
[1, 2, 3].at(-1)
[1, 2, 3].at(5)
[1, 2, 3].at("1")
[1, 2].concat(3, [4, [5]], "x")
[].concat()
[1].concat([2], null, undefined)
[1, 2, 3, 4, 5].copyWithin(0, 3)
[1, 2, 3].every((x) => x > 0)
[].every(() => false)
[1, 2, 3].some((x) => x > 2)
[].some(() => true)
[1, 2, 3].fill(0)
[1, 2, 3].fill(9, 1)
[1, 2, 3].fill(9, -1)
[1, 2, 3].fill(9, 1, 2)
new Array(3).fill("x")
[1, 2, 3, 4].filter((x) => x % 2 === 0)
["a", "", null, 0, "b"].filter(Boolean)
[1, 2, 3].find((x) => x > 1)
[1, 2, 3].find((x) => x > 5)
[1, 2, 3].findIndex((x) => x > 1)
[1, 2, 3].findIndex((x) => x > 5)
[1, 2, 3].findLast((x) => x < 3)
[1, 2, 3].findLastIndex((x) => x < 3)
[1, [2, [3, [4]]]].flat()
[1, [2, [3, [4]]]].flat(2)
[1, [2, [3, [4]]]].flat(Infinity)
[1, [2, [3]]].flat(0)
[1, 2].flatMap((x) => [x, x * 10])
[1, 2].flatMap((x) => [[x]])
[1, 2].flatMap((x) => x)
[1, 2, 3].includes(2)
[NaN].includes(NaN)
[NaN].indexOf(NaN)
[-0].includes(0)
[1, 2, 3].includes(1, 1)
["1"].includes(1)
[undefined].includes()
[1, 2, 1].indexOf(1, 1)
[1, 2, 1].indexOf(1, -1)
[1, 2, 1].lastIndexOf(1)
[1, 2, 1].lastIndexOf(1, -2)
["1"].indexOf(1)
[1, null, undefined, [2, [3]], "a"].join()
[1, 2].join("")
[1, 2].join(undefined)
[1, 2].join(" - ")
[].join()
[[]].join()
[null].join()
[{}].join()
[1, 2, 3].map((x) => x * 2)
[1, 2, 3].map((x, i, all) => x * i + all.length)
["a"].map(String)
[1, 2, 3].pop()
[].pop()
[1].push(2, 3)
[].push()
[1, 2, 3].reduce((a, b) => a + b)
[1, 2, 3].reduce((a, b) => a + b, "")
[1].reduce(() => "never")
[].reduce(() => "never", "initial")
[1, 2, 3].reduce((a, x, i, l) => a + x * i + l.length, 0)
[1, 2, 3].reduceRight((a, b) => a + "-" + b)
[[1], [2]].reduceRight((a, b) => a.concat(b), [])
[1, 2, 3].reverse()
[1, 2, 3].shift()
[].shift()
[1, 2, 3, 4].slice(1, 3)
[1, 2, 3].slice()
[1, 2, 3].slice(-2)
[1, 2, 3].slice(2, 1)
[1, 2, 3].slice(undefined, 2)
[1, 2, 3].slice("1")
[3, 1, 2].sort()
[10, 9, 1, 100].sort()
[10, 9, 1].sort((a, b) => a - b)
["b", undefined, "a", null, 1].sort()
[3, undefined, 1].sort((a, b) => b - a)
[true, false, "a", 5].sort()
[[2, 1], [1, 2], [1]].sort()
["B", "a", "C"].sort()
["é", "z", "a"].sort()
[5, 25, 100].sort((a, b) => String(a) < String(b) ? -1 : 1)
[1, 2, 3].sort(() => 0)
[2, 1].sort(undefined)
[1, 2, 3, 4, 5].splice(1, 2)
[1, 2, 3].splice(-1)
[1, 2, 3].splice(1)
[1, 2, 3].splice()
[1, 2, 3].splice(1, 0, "a", "b")
[1, 2, 3].splice(0, undefined)
[1, [2, 3]].toString()
[1, 2].unshift(0)
[1].unshift(-1, 0)
[1, 2, 3].toLocaleString()
[..."cab"].sort().join("")
Array.isArray([])
Array.isArray({ length: 0 })
Array.isArray("a")
Array.of(1, 2, 3)
Array.of(7).length
Array(3).length
Array(1, 2).join()
new Array(3).length
new Array("3").length
new Array(2, 3).join()
new Array().length
Array.from("abc")
Array.from([1, 2], (x) => x * 2)
Array.from({ length: 3 })
Array.from({ length: 2, 0: "a" })
Array.from(new Set([1, 1, 2]))
Array.from({ length: 3 }, (_, i) => i)
[3, 1, 2].toSorted?.() ?? [1, 2, 3]
[1, 2, 3].toReversed?.() ?? [3, 2, 1]
[1, 2, 3].with?.(1, 9) ?? [1, 9, 3]
[1, 2, 3].toSpliced?.(1, 1) ?? [1, 3]
[1, 2] + ""
[] + 1
[1] == 1
[1, 2] == "1,2"
typeof [1]
[] instanceof Array
[] instanceof Object
[1, 2, 3].keys().next()
[["a", 1]].entries().next().value
[..."ab"].entries().next().value
[1, 2, 3].indexOf(2) !== -1
[1, 2, 3, 4, 5].findLast((x) => x % 2 === 0)
[[1, "a"], [2, "b"]].map(([n, s]) => s + n)
[1, 2, 3, 4].map((x) => [x]).filter(([x]) => x > 2).flat()
[5, 1, 4].slice().sort((a, b) => b - a)
[1, 2, 3].some((x) => { throw x; })
[0, 1, 2].map((x) => x || "zero")
[3, 2, 1].every((x, i, l) => i === 0 || l[i - 1] > x)
[["x", 1], ["y", 2]].reduce((o, [k, v]) => ({ ...o, [k]: v }), {})
[1, 2, 3].reduce((a, x) => [x, ...a], [])
"abc".split("").map((c) => c.charCodeAt(0))
[1, 2, 3].forEach((x) => x)
[1.5, 2.5].map(Math.floor)
[["a", ["b"]], "c"].flat(2).join("")
Array.prototype.slice.call([1, 2, 3], 1)
Array.prototype.map.call("abc", (c) => c + c)
Array.prototype.join.call({ length: 2, 0: "a", 1: "b" }, "+")
[].concat(...[[1], [2, [3]]])
Math.max.apply(null, [1, 5, 2])
[10, 1, 5].sort().reverse()
`,
);

const PROGRAMS = programs(
  "arrays",
  js`
//# writing beyond the end
const l = [1]; l[3] = 4; console.log(l.length, l[2], l.join("|"));
//# length is assigned
const l = [1, 2, 3]; l.length = 1; console.log(l.join(), l.length, l[1]); l.length = 3; console.log(l.join("|"), l.length); l.length = 0; console.log(l.length); try { l.length = -1; } catch (e) { console.log(e.name + ": " + e.message); }
//# keys that are no index
const l = [1]; l["1"] = 2; l["x"] = 3; l[-1] = 4; l[1.5] = 5; l["01"] = 6; console.log(l.length, l.x, l[-1], l[1.5], l["01"], l.join(), Object.keys(l).join());
//# delete of an element
const l = [1, 2, 3]; delete l[1]; console.log(l.length, l[1], l.join("|"));
//# push, pop, shift, unshift
const l = []; console.log(l.push(1), l.push(2, 3), l.unshift(0), l.shift(), l.pop(), l.join()); while (l.length) console.log(l.pop());
//# splice changes the array
const l = [1, 2, 3, 4, 5]; console.log(l.splice(1, 2, "a", "b", "c").join(), l.join()); console.log(l.splice(-2, 1).join(), l.join(), l.splice(10, 1, "end").length, l.join(), l.splice(0).length, l.length);
//# callbacks get element, index, array and this
[7].forEach(function (x, i, l) { console.log(x, i, l.length, this.t); }, { t: "this" }); console.log([1, 2].map(function (x) { return x * this.f; }, { f: 10 }).join(), [1].filter(function () { return this === undefined; }).length);
//# callbacks that change the array
const l = [1, 2, 3]; const seen = []; l.forEach((x) => { seen.push(x); if (x === 1) l.push(4); if (x === 2) l.pop(); }); console.log(seen.join(), l.join()); const m = [1, 2, 3, 4]; console.log(m.map((x) => { m.length = 2; return x; }).length, m.filter(() => { m.push(0); return true; }).length);
//# find stops, every and some too
let n = 0; [1, 2, 3].find((x) => { n++; return x === 2; }); [1, 2, 3].some((x) => { n += 10; return x === 1; }); [1, 2, 3].every((x) => { n += 100; return x < 1; }); console.log(n);
//# sort is stable
const l = [["b", 1], ["a", 2], ["b", 0], ["a", 1]]; console.log(l.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).join("|"));
//# sort gives the array itself, sorts in place
const l = [3, 1, 2]; console.log(l.sort() === l, l.join(), l.reverse() === l, l.fill(0) === l);
//# sort calls with pairs
const l = Array.from({ length: 50 }, (_, i) => (i * 37) % 50); let calls = 0; l.sort((a, b) => { calls++; return a - b; }); console.log(l.join(), calls > 40);
//# sort with inconsistent results
const l = [5, 2, 8, 1, 9, 3]; l.sort((a, b) => (a > b ? 1 : 0)); console.log(l.length, new Set(l).size); console.log([3, 1, 2].sort((a, b) => a < b).length, [2, 1].sort((a, b) => NaN).join(), [3, 1, 2].sort((a, b) => "" + (a - b)).join());
//# sort by several keys
const people = [{ n: "Bob", a: 30 }, { n: "Al", a: 25 }, { n: "Cy", a: 30 }]; console.log(people.sort((p, q) => q.a - p.a || p.n.localeCompare(q.n)).map((p) => p.n).join());
//# sorting texts and numbers by default
console.log([1, 10, 2, 21, -1, -2].sort().join(), ["10", 9, "1"].sort().join(), [undefined, 3, null, NaN].sort().join("|"));
//# nested arrays share
const row = [0, 0]; const grid = [row, row]; grid[0][0] = 1; console.log(grid[1][0]); const g2 = Array.from({ length: 2 }, () => [0, 0]); g2[0][0] = 1; console.log(g2[1][0]); const g3 = new Array(2).fill([]); g3[0].push(1); console.log(g3[1].length);
//# copies
const a = [1, [2]]; for (const c of [a.slice(), [...a], Array.from(a), a.concat(), a.map((x) => x)]) console.log(c === a, c[1] === a[1], c.join());
//# arrays as stacks and queues
const q = []; for (let i = 0; i < 5; i++) q.push(i); let s = ""; while (q.length > 0) { s += q.shift(); if (q.length === 2) q.push("x"); if (s.length > 8) break; } console.log(s);
//# matrix multiplication
const mul = (a, b) => a.map((r) => b[0].map((_, j) => r.reduce((s, x, k) => s + x * b[k][j], 0))); console.log(mul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).join("|"));
//# transposition, rotation
const m = [[1, 2, 3], [4, 5, 6]]; const t = m[0].map((_, i) => m.map((r) => r[i])); console.log(t.join("|"), t.map((r) => [...r].reverse()).join("|"));
//# binary search
const find = (l, x) => { let a = 0, b = l.length; while (a < b) { const m = (a + b) >> 1; if (l[m] < x) a = m + 1; else b = m; } return l[a] === x ? a : -1; }; const l = Array.from({ length: 20 }, (_, i) => i * 3); console.log(find(l, 27), find(l, 28), find(l, 0), find(l, 57), find([], 1));
//# quicksort, mergesort
const quick = (l) => l.length < 2 ? l : [...quick(l.slice(1).filter((x) => x < l[0])), l[0], ...quick(l.slice(1).filter((x) => x >= l[0]))]; const merge = (l) => { if (l.length < 2) return l; const m = l.length >> 1, a = merge(l.slice(0, m)), b = merge(l.slice(m)), out = []; while (a.length && b.length) out.push(a[0] <= b[0] ? a.shift() : b.shift()); return [...out, ...a, ...b]; }; const l = [5, 2, 9, 1, 5, 6, -3]; console.log(quick(l).join(), merge(l).join());
//# a heap
class Heap { l = []; push(x) { let i = this.l.push(x) - 1; while (i > 0) { const p = (i - 1) >> 1; if (this.l[p] <= this.l[i]) break; [this.l[p], this.l[i]] = [this.l[i], this.l[p]]; i = p; } } pop() { const top = this.l[0], last = this.l.pop(); if (this.l.length) { this.l[0] = last; let i = 0; for (;;) { let c = 2 * i + 1; if (c >= this.l.length) break; if (c + 1 < this.l.length && this.l[c + 1] < this.l[c]) c++; if (this.l[i] <= this.l[c]) break; [this.l[c], this.l[i]] = [this.l[i], this.l[c]]; i = c; } } return top; } } const h = new Heap(); for (const x of [5, 3, 8, 1, 9, 2]) h.push(x); console.log(Array.from({ length: 6 }, () => h.pop()).join());
//# game of life
let g = ["010", "001", "111"].map((r) => [...(r + "00000")].map(Number)); while (g.length < 8) g.push(new Array(8).fill(0)); for (let n = 0; n < 8; n++) g = g.map((r, y) => r.map((c, x) => { let s = 0; for (let dy = -1; dy < 2; dy++) for (let dx = -1; dx < 2; dx++) if (dx || dy) s += g[(y + dy + 8) % 8][(x + dx + 8) % 8]; return s === 3 || (c && s === 2) ? 1 : 0; })); console.log(g.map((r) => r.join("")).join("/"));
//# dynamic programming
const lcs = (a, b) => { const t = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0)); for (let i = 1; i <= a.length; i++) for (let j = 1; j <= b.length; j++) t[i][j] = a[i - 1] === b[j - 1] ? t[i - 1][j - 1] + 1 : Math.max(t[i - 1][j], t[i][j - 1]); return t[a.length][b.length]; }; console.log(lcs("AGGTAB", "GXTXAYB"), lcs("", "a"));
//# n queens
const queens = (n, r = 0, c = 0, d1 = 0, d2 = 0) => { if (r === n) return 1; let s = 0; for (let f = ~(c | d1 | d2) & ((1 << n) - 1); f; f &= f - 1) { const b = f & -f; s += queens(n, r + 1, c | b, (d1 | b) << 1, (d2 | b) >> 1); } return s; }; console.log(queens(4), queens(6));
//# run length encoding
const rle = (s) => s.replace(/(.)\1*/g, (m, c) => c + m.length); const un = (s) => s.replace(/(.)(\d+)/g, (_, c, n) => c.repeat(n)); console.log(rle("aaabccd"), un(rle("aaabccd")));
//# flattening by recursion and by stack
const flat = (l) => l.reduce((a, x) => a.concat(Array.isArray(x) ? flat(x) : x), []); console.log(flat([1, [2, [3, [4, []]]], 5]).join());
//# unique, zip, range, sum, product
const uniq = (l) => [...new Set(l)], range = (a, b, s = 1) => Array.from({ length: Math.ceil((b - a) / s) }, (_, i) => a + i * s); console.log(uniq([1, 2, 1, "1"]).length, range(0, 10, 3).join(), range(1, 6).reduce((a, b) => a * b));
//# join with nested and cyclic arrays
const l = [1, [2, 3]]; console.log(l.join(";"), String(l)); l.push(l); console.log(l.join());
//# array-likes with call
const o = { length: 2, 0: "a", 1: "b" }; console.log(Array.prototype.map.call(o, (x) => x + x).join(), Array.prototype.slice.call(o, 1).join(), Array.prototype.includes.call(o, "b"), Array.prototype.push.call(o, "c"), o[2], o.length);
//# elements of every kind change the kind of the array
const l = [1, 2, 3]; for (const v of [1.5, "s", null, undefined, {}, [], () => 1, true]) { l.push(v); l[0] = v; } console.log(l.length, typeof l[0], typeof l[10], l.map((x) => typeof x).join());
//# large arrays
const l = []; for (let i = 0; i < 5000; i++) l.push(i); let s = 0; for (const x of l) s += x; console.log(l.length, s, l.slice(-2).join(), l.indexOf(4321), l.filter((x) => x % 1000 === 0).join());
//# reading beyond the ends in a loop
const l = [1, 2, 3]; let s = ""; for (let i = -1; i < 5; i++) s += l[i] + ","; console.log(s); for (let i = 0; i < 60; i++) l[i % 5]; console.log(l.length);
//# an index that is no whole number, a text, NaN
const l = [1, 2]; let i = 0.5; console.log(l[i], l[i + 0.5], l["0"], l["1.0"], l[NaN], l[true], l[[1]]); l[i] = 9; console.log(l.length, l[0.5]);
//# a method of one array, then that of all
const own = [1, 2]; own.map = () => "own"; function one(a) { return String(a.map((x) => x + 1)); } function two(a) { return String(a.map((x) => x + 2)); } function many(a) { return String(a.map((x) => x + 3)); } one(own); two(own); two(own); for (let i = 0; i < 199; i++) many(own); console.log(one([1, 2]), two([1, 2]), many([1, 2]), one(own), many(own));
//# that of all, then a method of one array
const own = [1, 2]; own.map = () => "own"; function one(a) { return String(a.map((x) => x + 1)); } function many(a) { return String(a.map((x) => x + 3)); } one([1, 2]); for (let i = 0; i < 199; i++) many([1, 2]); console.log(one(own), many(own), one([1, 2]), many([1, 2]));
//# elements that are called
const x = [() => "x"], y = [() => "y", () => "z"]; function f(a) { return a["0"](); } function g(a, i) { return a[i](); } let r = ""; for (let i = 0; i < 199; i++) r = f(x) + g(x, 0); console.log(r, f(y), f(x), g(y, 0), g(y, 1), g(x, 0)); for (let i = 0; i < 60; i++) r += f(i % 2 ? x : y); console.log(r.length, r.slice(-4)); try { f([]); } catch (e) { console.log(e.message); } try { f([1]); } catch (e) { console.log(e.message); }
//# methods of texts and numbers that all values have
function f(v) { return v.hasOwnProperty("length") + v.toString(); } let r = ""; for (let i = 0; i < 199; i++) r = f("abc"); console.log(r, f(5), f([1]), f({ length: 1, toString: () => "o" }), f("x"));
//# methods that are members
const o = { map: (x) => x + 1, length: 5, push: 7 }; console.log(o.map(1), o.length, o.push); const l = [1]; l.map = () => "own"; console.log(l.map((x) => x));
//# chains of methods with closures
let total = 0; const r = Array.from({ length: 10 }, (_, i) => i).filter((x) => x % 2).map((x) => { total += x; return x * total; }).reduce((a, b) => a + b); console.log(r, total);
//# every, some, find with early returns in for of
const first = (l, f) => { for (const x of l) if (f(x)) return x; return null; }; console.log(first([1, 5, 9], (x) => x > 3), first([], () => true));
//# pascal's triangle
let row = [1]; for (let i = 0; i < 6; i++) { console.log(row.join(" ")); row = [1, ...row.slice(1).map((x, j) => x + row[j]), 1]; }
//# combinations and power sets
const power = (l) => l.reduce((a, x) => a.concat(a.map((s) => [...s, x])), [[]]); const comb = (l, k) => k === 0 ? [[]] : l.flatMap((x, i) => comb(l.slice(i + 1), k - 1).map((c) => [x, ...c])); console.log(power([1, 2, 3]).map((s) => s.join("")).join("|"), comb([1, 2, 3, 4], 2).map((s) => s.join("")).join());
`,
);

export const ARRAYS: readonly Snippet[] = [...METHODS, ...PROGRAMS];
