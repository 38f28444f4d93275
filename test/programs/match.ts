/** MATCH: patterns against values, bindings, jumps. */
import type { Row } from "../support/run.ts";

/** Pattern, then values that it matches and values that it does not. */
const PATTERNS: readonly (readonly [pattern: string, matches: readonly string[], not: readonly string[]])[] = [
  ["_", ["1", "undefined", "()", "NaN", "[]", "{}", "#t(1)", ":self"], []],
  ["1", ["1"], ["2", "true", '"1"', "1+0i", "[1]", "NaN"]],
  ["0", ["0", "-0"], ["false", '""', "undefined"]],
  ["-0", ["0", "-0"], []],
  ["NaN", [], ["NaN", "0"]],
  ["-1.5e3", ["-1500"], ["1500"]],
  ["Infinity", ["Infinity"], ["-Infinity"]],
  ["true", ["true"], ["false", "1", ":true", '"true"']],
  ["false", ["false"], ["0", "undefined"]],
  ['"a"', ['"a"'], [":a", '"A"', '["a"]']],
  [":a", [":a"], ['"a"', ":b"]],
  [':"any text"', [':"any text"'], ['"any text"']],
  ["()", ["()"], ["(,)", "undefined", "[]"]],
  ["undefined", ["undefined"], ["()", "{}"]],
  ["3+4i", ["3+4i"], ["3-4i", "3", "NaN+4i"]],
  ["NaN+0i", [], ["NaN+0i"]],
  ["(,)", ["(,)", "[]"], ["()", "(1,)", "[1]", "undefined", '""']],
  [
    "(_,)",
    ["(1,)", "[1]", '{"0": 1}', '{"0": 1, "1": 2}', '{"0": undefined}'],
    ["(,)", "(1, 2)", "[]", "{}", '{"1": 1}'],
  ],
  ["(1, _)", ["(1, 2)", "[1, 2]", '{"1": 2, "0": 1}'], ["(2, 1)", "[1]", "(1, 2, 3)", '{"0": 1}']],
  ["((:ok, _), [2])", ["((:ok, 1), [2])", "[[:ok, 1], [2]]"], ["((:no, 1), [2])", "((:ok, 1), (2,))"]],
  ["[]", ["[]"], ["(,)", "{}", "[1]"]],
  ["[_]", ["[1]", "[[]]"], ["(1,)", "[]", "[1, 2]", '{"0": 1}']],
  ["[1, [_, :b]]", ["[1, [2, :b]]"], ['[1, [2, "b"]]', "[1, (2, :b)]"]],
  [
    "#Ok(_)",
    ["#Ok(1)", "{__tag: :Ok}", '{__tag: "Ok"}', '{__tag: ":Ok", __slots: 1}', '{__tag: :":Ok"}'],
    ["#No(1)", ":Ok", '"Ok"', "1", "(:Ok, 1)", "{__tag: :No}", "{__tag: 1}", "{}", '{__tag: "::Ok"}'],
  ],
  ['#":Ok"(_)', ["{__tag: :Ok}", '{__tag: ":Ok"}'], ["{__tag: :No}"]],
  ["#Ok(1)", ["#Ok(1)", "{__tag: :Ok, __slots: 1}"], ["#Ok(2)", "{__tag: :Ok, __slots: 2}", "{__tag: :Ok}"]],
  [
    "#Ok(())",
    ["#Ok(())", "{__tag: :Ok}", "{__tag: :Ok, __slots: ()}"],
    ["#Ok((,))", "{__tag: :Ok, __slots: undefined}"],
  ],
  ["#Ok((_,))", ["#Ok((1,))", "#Ok([1])", '{__tag: "Ok", __slots: [1]}'], ["#Ok(1)", "{__tag: :Ok}"]],
  ["#Ok(#In(_))", ["#Ok(#In(1))", "{__tag: :Ok, __slots: #In(2)}"], ["#Ok(1)", "#In(#Ok(1))"]],
  ["#Ok([])", ["#Ok([])"], ["#Ok((,))", "{__tag: :Ok}"]],
  ["=[1, 2]", ["[1, 2]"], ["(1, 2)", "[1]", "[2, 1]"]],
  ["=[:a]", ["[:a]"], ['["a"]']],
  ['=["a"]', ['["a"]'], ["[:a]"]],
  ["=(1, [:a])", ["(1, [:a])"], ['(1, ["a"])', "[1, [:a]]"]],
  ["={a: 1, b: 2}", ["{b: 2, a: 1}", "{a: 1, b: 2}"], ["{a: 1}", "{a: 1, b: 2, c: 3}", "{a: 1, b: 3}", "{a: 1, c: 2}"]],
  ["={}", ["{}"], ["{a: 1}", "[]"]],
  ["=#t([1])", ["#t([1])"], ["#t([2])", "#u([1])", "{__tag: :t, __slots: [1]}"]],
  ["=(,)", ["(,)"], ["[]", "()"]],
  ["=[NaN]", [], ["[NaN]"]],
  ["=[0]", ["[-0]", "[0]"], []],
  ["=function:main", ["function:main"], ["function:other", ":main"]],
  ["{}", ["{}", "{a: 1}"], ["[]", "(,)", "#t(1)", "undefined", '"text"', "1", ":self", "function:main"]],
  ["{a: _}", ["{a: 1}", "{a: undefined}", "{b: 2, a: 1}"], ["{}", "{A: 1}"]],
  ["{a: 1, b: [_]}", ["{b: [2], a: 1}", "{a: 1, b: [2], c: 3}"], ["{a: 1}", "{a: 1, b: []}", "{a: 2, b: [2]}"]],
  ['{"__proto__": _}', ["{__proto__: 1}"], ["{}"]],
  ['{"": 1}', ['{"": 1}'], ["{}"]],
  ['{"constructor": _}', ["{constructor: 1}"], ["{}"]],
  ['{"0": 1}', ['{"0": 1}'], ["[1]", "(1,)"]],
  ["{length: _}", ["{length: 1}"], ["[1]", "(1,)"]],
  ["(@r9, @r9)", ["(1, 2)", "(1, 1)"], ["(1,)"]],
];

function patternRow([pattern, matches, not]: (typeof PATTERNS)[number]): Row {
  const lines = ['LOAD_CONST r1, ""', 'LOAD_CONST r2, "1"', 'LOAD_CONST r3, "0"'];
  [...matches, ...not].forEach((value, i) => {
    lines.push(
      `LOAD_CONST r0, ${value}`,
      `MATCH r0, [(${pattern}, yes${i})]`,
      "ADD r1, r1, r3",
      `JUMP next${i}`,
      `yes${i}:`,
      "ADD r1, r1, r2",
      `next${i}:`,
    );
  });
  lines.push("RETURN r1");
  return {
    name: `${pattern} matches ${matches.join(" ")}, not ${not.join(" ")}`,
    source: `${lines.join("\n")}\n.function other arity=0 regs=0\n.end`,
    expect: { result: `"${"1".repeat(matches.length)}${"0".repeat(not.length)}"` },
  };
}

export const ROWS: readonly Row[] = [
  ...PATTERNS.map(patternRow),
  {
    name: "the first match jumps",
    source: `
      LOAD_CONST r0, (:ok, 1)
      MATCH r0, [((:no, _), no), ((:ok, 2), no), ((:ok, _), first), (_, second)]
    no:
      LOAD_CONST r1, :no
      RETURN r1
    second:
      LOAD_CONST r1, :second
      RETURN r1
    first:
      LOAD_CONST r1, :first
      RETURN r1`,
    expect: { result: ":first", reductions: 4 },
  },
  {
    name: "none: continues behind it",
    source: `
      LOAD_CONST r0, 5
      MATCH r0, [(1, +2), (2, +2)]
      LOAD_CONST r1, :behind
      RETURN r1`,
    expect: { result: ":behind", reductions: 4 },
  },
  {
    name: "no patterns: continues behind it",
    source: `
      LOAD_CONST r0, 5
      MATCH r0, []
      RETURN r0`,
    expect: { result: "5", reductions: 3 },
  },
  {
    name: "an offset to the end returns Unit",
    source: `
      LOAD_CONST r0, 5
      MATCH r0, [(5, +3)]
      LOAD_CONST r1, :behind
      RETURN r1`,
    expect: { result: "()", reductions: 2 },
  },
  {
    name: "offsets may lead back",
    source: `
      LOAD_CONST r0, 3
      LOAD_CONST r1, 1
    loop:
      SUB r0, r0, r1
      MATCH r0, [(2, loop), (1, loop)]
      RETURN r0`,
    // Two, then three times two, then RETURN.
    expect: { result: "0", reductions: 9 },
  },
  {
    name: "bindings reach into every kind of pattern",
    source: `
      LOAD_CONST r0, (1, [2, {k: 3}], #t(4), {__tag: :u, __slots: 5})
      MATCH r0, [((@r1, [@r2, {k: @r3}], #t(@r4), #u(@r5)), yes)]
      RETURN r0
    yes:
      ARRAY_INIT r6, [r1, r2, r3, r4, r5]
      RETURN r6`,
    expect: { result: "[1, 2, 3, 4, 5]" },
  },
  {
    name: "bindings are written only once the whole pattern has matched",
    source: `
      LOAD_CONST r0, (1, 2)
      LOAD_CONST r1, :before
      MATCH r0, [((@r1, 3), no), ((_, 2), yes)]
    no:
      LOAD_CONST r1, :wrong
    yes:
      RETURN r1`,
    expect: { result: ":before" },
  },
  {
    name: "a pattern that fails leaves the scrutinee to the next, also where it would bind it",
    source: `
      LOAD_CONST r0, (1, 2)
      MATCH r0, [((@r0, 3), +1), ((@r0, 2), yes)]
      RETURN r0
    yes:
      RETURN r0`,
    expect: { result: "1" },
  },
  {
    name: "of two bindings of one register the last stays",
    source: `
      LOAD_CONST r0, (1, 2, 3)
      MATCH r0, [((@r1, @r2, @r1), yes)]
      RETURN r0
    yes:
      ARRAY_INIT r3, [r1, r2]
      RETURN r3`,
    expect: { result: "[3, 2]" },
  },
  {
    name: "a binding is the value itself",
    source: `
      LOAD_CONST r0, ([1],)
      MATCH r0, [((@r1,), +1)]
      LOAD_CONST r2, 0
      GET_PROP r3, r0, r2
      SAME r4, r1, r3
      RETURN r4`,
    expect: { result: "true" },
  },
  {
    name: "object patterns see inherited properties",
    source: `
      LOAD_CONST r0, {}
      LOAD_CONST r1, {a: 1, __tag: :t, __slots: 2, "0": 3}
      ARRAY_INIT r2, [r1]
      LOAD_CONST r3, :"__stdlib:TestPrototypes"
      CALL r4, r3, [r0, r2]
      MATCH r0, [({a: @r5}, +2)]
      RETURN r0
      MATCH r0, [(#t(@r6), +2)]
      RETURN r0
      MATCH r0, [((@r7,), +2)]
      RETURN r0
      ARRAY_INIT r8, [r5, r6, r7]
      RETURN r8`,
    expect: { result: "[1, 2, 3]" },
  },
  {
    name: "object patterns do not call __getattr__",
    source: `
      LOAD_CONST r1, function:answer
      OBJECT_INIT r0, {__getattr__: r1}
      MATCH r0, [({a: _}, +2)]
      RETURN r0
      LOAD_CONST r0, :called
      RETURN r0
      .function answer arity=1 regs=1
      RETURN r0
      .end`,
    expect: { result: "{__getattr__: [Function: Main:answer]}" },
  },
  {
    name: "MATCH does not call __eq__",
    source: `
      LOAD_CONST r1, function:never
      OBJECT_INIT r0, {__eq__: r1}
      MATCH r0, [(={a: 1}, +2)]
      LOAD_CONST r2, :different
      RETURN r2
      .function never arity=1 regs=1
      THROW r0
      .end`,
    expect: { result: ":different" },
  },
  {
    name: "a literal in a pattern is compared, never changed or given away",
    source: `
      LOAD_CONST r5, function:f
      CALL r0, r5, []
      CALL r1, r5, []
      ARRAY_INIT r2, [r0, r1]
      RETURN r2
      .function f arity=0 regs=4
      LOAD_CONST r0, [1]
      MATCH r0, [(=[1], +2)]
      RETURN r0
      LOAD_CONST r1, 0
      SET_PROP r0, r1, r0
      LOAD_CONST r2, [1]
      MATCH r2, [(=[1], +2)]
      RETURN r2
      LOAD_CONST r3, :ok
      RETURN r3
      .end`,
    expect: { result: "[:ok, :ok]" },
  },
  {
    name: "a cyclic value against a finite pattern",
    source: `
      LOAD_CONST r0, [0]
      LOAD_CONST r1, 0
      SET_PROP r0, r1, r0
      MATCH r0, [(=[[[1]]], +2), ([[[@r2]]], +3)]
      RETURN r1
      RETURN r1
      SAME r3, r0, r2
      RETURN r3`,
    expect: { result: "true" },
  },
  {
    name: "function references in patterns are resolved",
    source: `
      LOAD_CONST r0, function:f
      MATCH r0, [(=function:g, +1), (=function:f, +3)]
      LOAD_CONST r1, :no
      RETURN r1
      LOAD_CONST r1, :f
      RETURN r1
      .function f arity=0 regs=0
      .end
      .function g arity=0 regs=0
      .end`,
    expect: { result: ":f" },
  },
];
