/** Calls, registers, the end of a function, jumps, closures, special atoms. */
import type { Row } from "../support/run.ts";

/** Gives all sixteen registers that every frame has, as far as arity + extra_regs reach. */
const SHOW_FOUR = `
      ARRAY_INIT r4, [r0, r1, r2, r3]
      RETURN r4
      .end`;

/** A callee with this many registers, called with three arguments and this many captured values. */
function filled(arity: number, extra: number, captured: number, result: string): Row {
  const captures = ["a:r11", "b:r12"].slice(0, captured).join(", ");
  return {
    name: `three arguments and ${captured} captured values into arity=${arity} regs=${extra}`,
    source: `
      LOAD_CONST r10, function:f
      LOAD_CONST r11, :a
      LOAD_CONST r12, :b
      MAKE_CLOSURE r13, r10, "", [${captures}]
      LOAD_CONST r1, 1
      LOAD_CONST r2, 2
      LOAD_CONST r3, 3
      CALL r0, r13, [r1, r2, r3]
      RETURN r0
      .function f arity=${arity} regs=${extra}${SHOW_FOUR}`,
    expect: { result },
  };
}

export const ROWS: readonly Row[] = [
  filled(0, 0, 0, "[undefined, undefined, undefined, undefined]"),
  filled(1, 0, 0, "[1, undefined, undefined, undefined]"),
  filled(0, 1, 0, "[1, undefined, undefined, undefined]"),
  filled(1, 1, 0, "[1, 2, undefined, undefined]"),
  filled(3, 0, 0, "[1, 2, 3, undefined]"),
  filled(0, 16, 0, "[1, 2, 3, undefined]"),
  filled(5, 0, 0, "[1, 2, 3, undefined]"),
  filled(3, 0, 1, "[:a, 1, 2, undefined]"),
  filled(3, 1, 1, "[:a, 1, 2, 3]"),
  filled(1, 0, 1, "[:a, undefined, undefined, undefined]"),
  filled(1, 1, 2, "[:a, :b, undefined, undefined]"),
  filled(3, 0, 2, "[:a, :b, 1, undefined]"),
  filled(0, 0, 2, "[undefined, undefined, undefined, undefined]"),
  {
    name: "sixteen registers exist in every frame",
    source: `
      LOAD_CONST r0, function:f
      CALL r1, r0, []
      RETURN r1
      .function f arity=0 regs=0
      LOAD_CONST r15, 5
      RETURN r15
      .end`,
    expect: { result: "5" },
  },
  {
    name: "registers of a frame start as Undefined, also where one was before",
    source: `
      LOAD_CONST r0, function:dirty
      LOAD_CONST r1, function:look
      CALL r2, r0, []
      CALL r3, r1, []
      RETURN r3
      .function dirty arity=0 regs=0
      LOAD_CONST r0, 1
      LOAD_CONST r7, 7
      LOAD_CONST r15, 15
      .end
      .function look arity=0 regs=0
      ARRAY_INIT r1, [r0, r7, r15]
      RETURN r1
      .end`,
    expect: { result: "[undefined, undefined, undefined]" },
  },
  {
    name: "a register far out",
    source: `
      .function main arity=0 regs=65535
      LOAD_CONST r65534, 5
      MOVE r0, r65534
      RETURN r0
      .end`,
    expect: { result: "5" },
  },
  {
    name: "running off the end returns Unit and costs nothing",
    source: `
      LOAD_CONST r0, function:nothing
      LOAD_CONST r1, function:one
      CALL r2, r0, []
      CALL r3, r1, []
      ARRAY_INIT r4, [r2, r3]
      RETURN r4
      .function nothing arity=0 regs=0
      .end
      .function one arity=0 regs=0
      NOP
      .end`,
    expect: { result: "[(), ()]", reductions: 9 },
  },
  {
    name: "an empty main",
    source: ".function main arity=0 regs=0\n.end",
    expect: { result: "()", reductions: 0 },
  },
  {
    name: "jumps to the end",
    source: `
      LOAD_CONST r0, function:jump
      LOAD_CONST r1, function:if
      CALL r2, r0, []
      CALL r3, r1, []
      ARRAY_INIT r4, [r2, r3]
      RETURN r4
      .function jump arity=0 regs=0
      JUMP +2
      RETURN r0
      .end
      .function if arity=0 regs=0
      JUMP_IF_FALSE r0, +2
      RETURN r0
      .end`,
    expect: { result: "[(), ()]", reductions: 10 },
  },
  {
    name: "jumps forward, back, and by one",
    source: `
      LOAD_CONST r0, 0
      LOAD_CONST r1, 1
      LOAD_CONST r2, 5
      JUMP +3
      ADD r0, r0, r1
      JUMP +1
      LESS_THAN r3, r0, r2
      JUMP_IF_TRUE r3, -3
      RETURN r0`,
    // 4, then LESS JUMP_IF_TRUE six times, ADD JUMP five times, RETURN.
    expect: { result: "5", reductions: 4 + 12 + 10 + 1 },
  },
  {
    name: "the target of a CALL may be its function's or an argument's register",
    source: `
      LOAD_CONST r0, function:id
      LOAD_CONST r1, 5
      CALL r1, r0, [r1]
      CALL r0, r0, [r1]
      RETURN r0
      .function id arity=1 regs=0
      RETURN r0
      .end`,
    expect: { result: "5", reductions: 9 },
  },
  {
    name: "arguments are the values, not copies",
    source: `
      LOAD_CONST r0, function:change
      LOAD_CONST r1, [1]
      CALL r2, r0, [r1]
      SAME r3, r1, r2
      ARRAY_INIT r4, [r1, r3]
      RETURN r4
      .function change arity=1 regs=2
      LOAD_CONST r1, 0
      LOAD_CONST r2, :changed
      SET_PROP r0, r1, r2
      RETURN r0
      .end`,
    expect: { result: "[[:changed], true]" },
  },
  {
    name: "a caller's registers are its own",
    source: `
      LOAD_CONST r0, function:f
      LOAD_CONST r1, 1
      LOAD_CONST r2, 2
      CALL r3, r0, []
      ARRAY_INIT r4, [r1, r2]
      RETURN r4
      .function f arity=0 regs=0
      LOAD_CONST r1, 9
      LOAD_CONST r2, 9
      .end`,
    expect: { result: "[1, 2]" },
  },
  {
    name: "255 arguments",
    source: `
      .function main arity=0 regs=300
      LOAD_CONST r0, function:f
      LOAD_CONST r2, :last
      CALL r1, r0, [${Array.from({ length: 254 }, () => "r1").join(", ")}, r2]
      RETURN r1
      .end
      .function f arity=255 regs=0
      RETURN r254
      .end`,
    // 1 1, 2 and the 239 registers beyond 16 that are filled in, 1 1
    expect: { result: ":last", reductions: 6 + 14 },
  },
  {
    name: "recursion: fib 15",
    source: `
      LOAD_CONST r0, function:fib
      LOAD_CONST r1, 15
      CALL r2, r0, [r1]
      RETURN r2
      .function fib arity=1 regs=8
      LOAD_CONST r1, 2
      LESS_THAN r2, r0, r1
      JUMP_IF_TRUE r2, base
      LOAD_CONST r3, function:fib
      LOAD_CONST r4, 1
      SUB r5, r0, r4
      CALL r6, r3, [r5]
      SUB r5, r0, r1
      CALL r7, r3, [r5]
      ADD r7, r6, r7
      RETURN r7
    base:
      RETURN r0
      .end`,
    // 1973 calls, 986 of which go on (13 reductions: eleven instructions, two of them CALLs) and 987 end (4).
    expect: { result: "610", reductions: 5 + 986 * 13 + 987 * 4 },
  },
  {
    name: "recursion a hundred thousand deep",
    heavy: true,
    source: `
      LOAD_CONST r0, function:depth
      LOAD_CONST r1, 100000
      CALL r2, r0, [r1]
      RETURN r2
      .function depth arity=1 regs=8
      JUMP_IF_FALSE r0, base
      LOAD_CONST r3, function:depth
      LOAD_CONST r4, 1
      SUB r5, r0, r4
      CALL r6, r3, [r5]
      ADD r6, r6, r4
      RETURN r6
    base:
      RETURN r0
      .end`,
    expect: { result: "100000", reductions: 5 + 100_000 * 8 + 2 },
  },
  {
    name: "mutual recursion through function references of all forms",
    source: `
      LOAD_CONST r0, :"__function_ref:even"
      LOAD_CONST r1, 7
      CALL r2, r0, [r1]
      LOAD_CONST r0, :"__function_ref:Main:even"
      CALL r3, r0, [r1]
      LOAD_CONST r0, function:odd
      CALL r4, r0, [r1]
      ARRAY_INIT r5, [r2, r3, r4]
      RETURN r5
      .function even arity=1 regs=4
      JUMP_IF_FALSE r0, yes
      LOAD_CONST r1, 1
      SUB r2, r0, r1
      LOAD_CONST r3, :"__function_ref:Main:odd"
      CALL r4, r3, [r2]
      RETURN r4
    yes:
      LOAD_CONST r1, true
      RETURN r1
      .end
      .function odd arity=1 regs=4
      JUMP_IF_FALSE r0, no
      LOAD_CONST r1, 1
      SUB r2, r0, r1
      LOAD_CONST r3, function:even
      CALL r4, r3, [r2]
      RETURN r4
    no:
      LOAD_CONST r1, false
      RETURN r1
      .end`,
    expect: { result: "[false, false, true]" },
  },
  {
    name: "the unnamed function of a class is known by the class",
    source: `
      .class Only
      .function arity=0 regs=0
      LOAD_CONST r0, :unnamed
      RETURN r0
      .end
      .function main arity=0 regs=2
      LOAD_CONST r0, :"__function_ref:Only"
      CALL r1, r0, []
      RETURN r1
      .end`,
    expect: { result: ":unnamed" },
  },
  {
    name: "a foreign function of the class",
    source: `
      LOAD_CONST r0, function:tuple
      LOAD_CONST r1, 1
      CALL r2, r0, [r1, r1]
      RETURN r2
      .foreign tuple "TestArguments" arity=2 regs=0`,
    expect: { result: "(1, 1)" },
  },
  {
    name: "a function that does not exist is refused",
    source: 'LOAD_CONST r0, :"__function_ref:nowhere"',
    expect: { fails: "nowhere" },
  },
  {
    name: "a function that does not exist is refused inside a literal too",
    source: "LOAD_CONST r0, [(function:nowhere, 1)]",
    expect: { fails: "nowhere" },
  },
  {
    name: "a reference to two functions of one name is refused",
    source: `
      LOAD_CONST r0, function:twice
      .function twice arity=0 regs=0
      .end
      .function twice arity=0 regs=0
      .end`,
    expect: { fails: "instruction 0" },
  },
  {
    name: "a foreign function that does not exist is refused",
    source: 'NOP\nLOAD_CONST r0, :"__stdlib:Nowhere"',
    expect: { fails: "class Main, function main, instruction 1" },
  },
  {
    name: "a value of the VM that does not exist is refused",
    source: 'LOAD_CONST r0, :"__vm:nothing"',
    expect: { fails: "__vm:nothing" },
  },
  {
    name: "references inside a literal are plain atoms",
    source: `
      LOAD_CONST r0, (:self, :"__vm:pid", :"__function_ref:nowhere", :"__stdlib:Nowhere", [:self])
      RETURN r0`,
    expect: {
      result: '(:self, :"__vm:pid", :"__function_ref:nowhere", :"__stdlib:Nowhere", [:self])',
    },
  },
  {
    name: "references as Strings are texts",
    source: `
      LOAD_CONST r0, "self"
      LOAD_CONST r1, "__vm:pid"
      ARRAY_INIT r2, [r0, r1]
      RETURN r2`,
    expect: { result: '["self", "__vm:pid"]' },
  },
  {
    name: "references as literals of OBJECT_INIT and MATCH are plain atoms",
    source: `
      OBJECT_INIT r0, {a: :self, b: :"__vm:pid"}
      LOAD_CONST r1, (:self,)
      MATCH r1, [((:self,), +2)]
      RETURN r1
      RETURN r0`,
    expect: { result: '{a: :self, b: :"__vm:pid"}' },
  },
  {
    name: "function references inside literals are functions",
    source: `
      LOAD_CONST r0, [(function:f, {g: function:f})]
      LOAD_CONST r1, 0
      GET_PROP r2, r0, r1
      GET_PROP r3, r2, r1
      CALL r4, r3, []
      ARRAY_INIT r5, [r0, r4]
      RETURN r5
      .function f arity=0 regs=0
      LOAD_CONST r0, :called
      RETURN r0
      .end`,
    expect: { result: "[[([Function: Main:f], {g: [Function: Main:f]})], :called]" },
  },
  {
    name: "self, pid, processes, this",
    source: `
      LOAD_CONST r0, :self
      LOAD_CONST r1, :"__vm:self"
      SAME r2, r0, r1
      LOAD_CONST r3, :"__vm:pid"
      LOAD_CONST r4, :"__vm:processes"
      LOAD_CONST r5, :"__vm:this"
      ARRAY_INIT r6, [r0, r2, r3, r4, r5]
      RETURN r6`,
    expect: { result: "[[Process 1], true, 1, 1, undefined]" },
  },
  {
    name: "processes counts those that live",
    source: `
      LOAD_CONST r0, function:child
      SPAWN r1, r0, []
      SPAWN r2, r0, []
      LOAD_CONST r3, :"__vm:processes"
      SEND r1, r3
      JOIN r1, r4
      LOAD_CONST r5, :"__vm:processes"
      SEND r2, r3
      JOIN r2, r6
      LOAD_CONST r7, :"__vm:processes"
      ARRAY_INIT r8, [r3, r4, r5, r6, r7]
      RETURN r8
      .function child arity=0 regs=2
      RECEIVE r0
      LOAD_CONST r1, :"__vm:pid"
      RETURN r1
      .end`,
    expect: { result: "[3, 2, 2, 3, 1]" },
  },
  {
    name: "scheduler_passes counts the turns given out",
    racy: true,
    source: `
      LOAD_CONST r0, function:child
      LOAD_CONST r1, :"__vm:scheduler_passes"
      SPAWN r2, r0, []
      JOIN r2, r3
      LOAD_CONST r4, :"__vm:scheduler_passes"
      LESS_THAN r5, r1, r3
      LESS_THAN r6, r3, r4
      ARRAY_INIT r7, [r5, r6]
      RETURN r7
      .function child arity=0 regs=2
      LOAD_CONST r1, :"__vm:scheduler_passes"
      RETURN r1
      .end`,
    expect: { result: "[true, true]" },
  },
  {
    name: "this of nested frames",
    source: `
      LOAD_CONST r0, function:outer
      LOAD_CONST r1, function:inner
      OBJECT_INIT r2, {n: :a, f: r0}
      OBJECT_INIT r3, {n: :b, f: r1}
      LOAD_CONST r4, :f
      GET_PROP r5, r2, r4
      GET_PROP r6, r3, r4
      CALL r7, r5, [r6, r1]
      RETURN r7
      .function outer arity=2 regs=8
      CALL r2, r0, []
      CALL r3, r1, []
      LOAD_CONST r4, :"__vm:this"
      LOAD_CONST r5, :n
      GET_PROP r6, r4, r5
      ARRAY_INIT r7, [r2, r3, r6]
      RETURN r7
      .end
      .function inner arity=0 regs=4
      LOAD_CONST r0, :"__vm:this"
      LOAD_CONST r1, :n
      GET_PROP r2, r0, r1
      RETURN r2
      .end`,
    expect: { result: "[:b, undefined, :a]" },
  },

  // Closures. `pair` gives [r0, r1], so captured values and then arguments.
  ...closureRows(),
];

function closureRows(): Row[] {
  const pair = `
      .function pair arity=2 regs=2
      ARRAY_INIT r2, [r0, r1]
      RETURN r2
      .end`;
  return [
    {
      name: "captured values come first, in the order of the instruction",
      source: `
      LOAD_CONST r0, function:pair
      LOAD_CONST r1, 1
      LOAD_CONST r2, 2
      MAKE_CLOSURE r3, r0, "s", [b:r2, a:r1]
      CALL r4, r3, []
      MAKE_CLOSURE r3, r0, "s", [a:r1]
      CALL r5, r3, [r2]
      ARRAY_INIT r6, [r4, r5]
      RETURN r6${pair}`,
      expect: { result: "[[2, 1], [1, 2]]" },
    },
    {
      name: "in one frame the first capture of a name in a scope wins",
      source: `
      LOAD_CONST r0, function:pair
      LOAD_CONST r1, :first
      MAKE_CLOSURE r2, r0, "s", [x:r1]
      LOAD_CONST r1, :second
      LOAD_CONST r5, :y
      MAKE_CLOSURE r3, r0, "s", [y:r5, x:r1]
      MAKE_CLOSURE r4, r0, "t", [x:r1]
      CALL r2, r2, []
      CALL r3, r3, []
      CALL r4, r4, []
      ARRAY_INIT r6, [r2, r3, r4]
      RETURN r6${pair}`,
      expect: { result: "[[:first, undefined], [:y, :first], [:second, undefined]]" },
    },
    {
      name: "a name captured twice in one instruction",
      source: `
      LOAD_CONST r0, function:pair
      LOAD_CONST r1, :first
      LOAD_CONST r2, :second
      MAKE_CLOSURE r3, r0, "s", [x:r1, x:r2]
      CALL r4, r3, []
      RETURN r4${pair}`,
      expect: { result: "[:first, :first]" },
    },
    {
      name: "the scope without a name shares nothing",
      source: `
      LOAD_CONST r0, function:pair
      LOAD_CONST r1, :first
      MAKE_CLOSURE r2, r0, "", [x:r1]
      LOAD_CONST r1, :second
      MAKE_CLOSURE r3, r0, "", [x:r1]
      CALL r2, r2, []
      CALL r3, r3, []
      ARRAY_INIT r4, [r2, r3]
      RETURN r4${pair}`,
      expect: { result: "[[:first, undefined], [:second, undefined]]" },
    },
    {
      name: "the scope without a name shares nothing within one instruction either",
      source: `
      LOAD_CONST r0, function:pair
      LOAD_CONST r1, :first
      LOAD_CONST r2, :second
      MAKE_CLOSURE r3, r0, "", [x:r1, x:r2]
      CALL r4, r3, []
      RETURN r4${pair}`,
      expect: { result: "[:first, :second]" },
    },
    {
      name: "scopes belong to a frame",
      source: `
      LOAD_CONST r0, function:make
      LOAD_CONST r1, :first
      CALL r2, r0, [r1]
      LOAD_CONST r1, :second
      CALL r3, r0, [r1]
      CALL r2, r2, []
      CALL r3, r3, []
      ARRAY_INIT r4, [r2, r3]
      RETURN r4
      .function make arity=1 regs=4
      LOAD_CONST r1, function:pair
      MAKE_CLOSURE r2, r1, "s", [x:r0]
      RETURN r2
      .end${pair}`,
      expect: { result: "[[:first, undefined], [:second, undefined]]" },
    },
    {
      name: "names such as __proto__ are names of captures and scopes too",
      source: `
      LOAD_CONST r0, function:pair
      LOAD_CONST r1, 1
      LOAD_CONST r2, 2
      MAKE_CLOSURE r3, r0, "__proto__", ["__proto__":r1, "constructor":r2]
      MAKE_CLOSURE r4, r0, "__proto__", ["constructor":r1, "":r2]
      CALL r3, r3, []
      CALL r4, r4, []
      ARRAY_INIT r5, [r3, r4]
      RETURN r5${pair}`,
      expect: { result: "[[1, 2], [2, 2]]" },
    },
    {
      name: "captured values are the values themselves",
      source: `
      LOAD_CONST r0, function:change
      LOAD_CONST r1, [1]
      MAKE_CLOSURE r2, r0, "s", [x:r1]
      CALL r3, r2, []
      CALL r3, r2, []
      ARRAY_INIT r4, [r1, r3]
      RETURN r4
      .function change arity=0 regs=8
      LOAD_CONST r1, 0
      GET_PROP r2, r0, r1
      ADD r2, r2, r2
      SET_PROP r0, r1, r2
      RETURN r0
      .end`,
      expect: { result: "[[4], [4]]" },
    },
    {
      name: "writing to the register of a captured value changes nothing outside",
      source: `
      LOAD_CONST r0, function:change
      LOAD_CONST r1, 1
      MAKE_CLOSURE r2, r0, "s", [x:r1]
      CALL r3, r2, []
      CALL r4, r2, []
      ARRAY_INIT r5, [r1, r3, r4]
      RETURN r5
      .function change arity=0 regs=8
      ADD r0, r0, r0
      RETURN r0
      .end`,
      expect: { result: "[1, 2, 2]" },
    },
    {
      name: "a closure closed again: captures replaced, this kept",
      source: `
      LOAD_CONST r0, function:f
      LOAD_CONST r1, :old
      LOAD_CONST r2, :new
      MAKE_CLOSURE r3, r0, "s", [x:r1]
      OBJECT_INIT r4, {f: r3, n: :object}
      LOAD_CONST r5, :f
      GET_PROP r6, r4, r5
      MAKE_CLOSURE r7, r6, "s", [y:r2]
      CALL r8, r7, []
      CALL r9, r6, []
      MAKE_CLOSURE r10, r6, "s", []
      CALL r11, r10, []
      ARRAY_INIT r12, [r8, r9, r11]
      RETURN r12
      .function f arity=1 regs=8
      LOAD_CONST r2, :"__vm:this"
      LOAD_CONST r3, :n
      GET_PROP r4, r2, r3
      ARRAY_INIT r5, [r0, r1, r4]
      RETURN r5
      .end`,
      expect: { result: "[[:new, undefined, :object], [:old, undefined, :object], [undefined, undefined, :object]]" },
    },
    {
      name: "a foreign function closed is unchanged, what is no function gives Undefined",
      source: `
      LOAD_CONST r0, :"__stdlib:TestArguments"
      LOAD_CONST r1, 1
      MAKE_CLOSURE r2, r0, "s", [x:r1]
      SAME r3, r0, r2
      CALL r4, r2, []
      MAKE_CLOSURE r5, r1, "s", [x:r1]
      MAKE_CLOSURE r6, r10, "s", []
      ARRAY_INIT r7, [r3, r4, r5, r6]
      RETURN r7`,
      expect: { result: "[true, (,), undefined, undefined]" },
    },
    {
      name: "a closure may be spawned and outlives its frame",
      source: `
      LOAD_CONST r0, function:make
      LOAD_CONST r1, 40
      CALL r2, r0, [r1]
      LOAD_CONST r3, 2
      SPAWN r4, r2, [r3]
      JOIN r4, r5
      RETURN r5
      .function make arity=1 regs=4
      LOAD_CONST r1, function:add
      MAKE_CLOSURE r2, r1, "s", [x:r0]
      RETURN r2
      .end
      .function add arity=2 regs=2
      ADD r2, r0, r1
      RETURN r2
      .end`,
      expect: { result: "42" },
    },
    {
      name: "a closure that only calls see",
      source: `
      LOAD_CONST r1, function:adder
      LOAD_CONST r2, function:repeat
      LOAD_CONST r3, 0
      LOAD_CONST r4, 0
      LOAD_CONST r5, 1
      LOAD_CONST r6, 40
      LOAD_CONST r7, 5
    loop:
      CALL r10, r1, [r3]
      CALL r4, r2, [r10, r7, r4]
      ADD r3, r3, r5
      LESS_THAN r9, r3, r6
      JUMP_IF_TRUE r9, loop
      RETURN r4
      .function adder arity=1 regs=1
      LOAD_CONST r1, function:add
      MAKE_CLOSURE r1, r1, "", [n:r0]
      RETURN r1
      .end
      .function add arity=2 regs=2
      ADD r2, r0, r1
      RETURN r2
      .end
      .function repeat arity=3 regs=3
      LOAD_CONST r3, 0
      LOAD_CONST r4, 1
    again:
      LESS_THAN r5, r3, r1
      JUMP_IF_FALSE r5, done
      CALL r2, r0, [r2]
      ADD r3, r3, r4
      JUMP again
    done:
      RETURN r2
      .end`,
      expect: { result: "3900" },
    },
    {
      name: "a closure that calls see, and after them others",
      source: `
      LOAD_CONST r1, function:add
      LOAD_CONST r3, 0
      LOAD_CONST r5, 1
      LOAD_CONST r6, 20
      ARRAY_INIT r12, []
      LOAD_CONST r13, 0
    loop:
      MAKE_CLOSURE r10, r1, "", [n:r3]
      CALL r4, r10, [r5]
      MOVE r11, r10
      CALL r4, r11, [r4]
      SET_PROP r12, r3, r10
      CALL r4, r10, [r4]
      SET_PROP r12, r3, r4
      SET_PROP r12, r3, r11
      GET_PROP r14, r12, r3
      SAME r15, r14, r10
      JUMP_IF_FALSE r15, different
      ADD r13, r13, r5
    different:
      ADD r3, r3, r5
      LESS_THAN r9, r3, r6
      JUMP_IF_TRUE r9, loop
      CALL r4, r14, [r13]
      TUPLE_INIT r0, [r13, r4]
      RETURN r0
      .function add arity=2 regs=2
      ADD r2, r0, r1
      RETURN r2
      .end`,
      expect: { result: "(0, 19)" },
    },
    {
      name: "a closure of one round that is called in the next, while another is made",
      source: `
      LOAD_CONST r1, function:add
      LOAD_CONST r3, 0
      LOAD_CONST r5, 1
      LOAD_CONST r6, 30
      LOAD_CONST r4, 0
      MAKE_CLOSURE r11, r1, "", [n:r5]
    loop:
      MAKE_CLOSURE r10, r1, "", [n:r3]
      CALL r4, r11, [r4]
      MOVE r11, r10
      LOAD_CONST r10, 0
      ADD r3, r3, r5
      LESS_THAN r9, r3, r6
      JUMP_IF_TRUE r9, loop
      RETURN r4
      .function add arity=2 regs=2
      ADD r2, r0, r1
      RETURN r2
      .end`,
      expect: { result: "407" },
    },
    {
      name: "a closure whose captured registers change, called with itself, and in a handler",
      source: `
      LOAD_CONST r1, function:give
      LOAD_CONST r5, 1
      LOAD_CONST r6, 20
      LOAD_CONST r3, 0
      LOAD_CONST r4, 0
    loop:
      MOVE r2, r3
      MAKE_CLOSURE r10, r1, "", [n:r2]
      LOAD_CONST r2, 100
      CALL r7, r10, [r10]
      ADD r4, r4, r7
      TRY r8, handler
      CALL r7, r10, [r2]
      THROW r10
      END_TRY
    handler:
      CALL r7, r8, []
      ADD r4, r4, r7
      ADD r3, r3, r5
      LESS_THAN r9, r3, r6
      JUMP_IF_TRUE r9, loop
      RETURN r4
      .function give arity=1 regs=1
      RETURN r0
      .end`,
      expect: { result: "380" },
    },
  ];
}
