import type { ComputeCase } from "./case.ts";

/** Derives an expression of one variable, which makes a new one, and evaluates that. */
export const expressions: ComputeCase = {
  name: "matching expressions",
  dominatedBy: "data",
  sizes: { test: 3, quick: 2000, full: 20_000 },
  source: `
.function main arity=1 regs=9
  LOAD_CONST r1, :"__function_ref:build"
  LOAD_CONST r2, 4
  CALL r1, r1, [r2]
  LOAD_CONST r2, :"__function_ref:derive"
  LOAD_CONST r3, :"__function_ref:evaluate"
  LOAD_CONST r4, 0
  LOAD_CONST r5, 0
  LOAD_CONST r6, 1
  LOAD_CONST r7, 1000003
loop:
  LESS_THAN r8, r4, r0
  JUMP_IF_FALSE r8, done
  CALL r9, r2, [r1]
  CALL r9, r3, [r9, r4]
  ADD r5, r5, r9
  MOD r5, r5, r7
  ADD r4, r4, r6
  JUMP loop
done:
  RETURN r5
.end

; build(depth)
.function build arity=1 regs=8
  LOAD_CONST r1, 0
  GREATER_THAN r2, r0, r1
  JUMP_IF_TRUE r2, inner
  LOAD_CONST r1, :x
  RETURN r1
inner:
  LOAD_CONST r1, 1
  SUB r2, r0, r1
  LOAD_CONST r3, :"__function_ref:build"
  CALL r4, r3, [r2]
  LOAD_CONST r5, 3
  MOD r5, r0, r5
  MATCH r5, [(0, product), (1, difference)]
  LOAD_CONST r6, :num
  TUPLE_INIT r6, [r6, r0]
  LOAD_CONST r7, :add
  TUPLE_INIT r7, [r7, r4, r6]
  RETURN r7
product:
  CALL r6, r3, [r2]
  LOAD_CONST r7, :mul
  TUPLE_INIT r7, [r7, r4, r6]
  RETURN r7
difference:
  CALL r6, r3, [r2]
  LOAD_CONST r7, :neg
  TUPLE_INIT r6, [r7, r6]
  LOAD_CONST r7, :mul
  TUPLE_INIT r7, [r7, r4, r6]
  RETURN r7
.end

; derive(expression)
.function derive arity=1 regs=9
  MATCH r0, [(:x, variable), ((:num, _), number), ((:add, @r1, @r2), sum), ((:mul, @r1, @r2), product), ((:neg, @r1), negation)]
  LOAD_CONST r1, :unknown
  THROW r1
variable:
  LOAD_CONST r1, :num
  LOAD_CONST r2, 1
  TUPLE_INIT r1, [r1, r2]
  RETURN r1
number:
  LOAD_CONST r1, :num
  LOAD_CONST r2, 0
  TUPLE_INIT r1, [r1, r2]
  RETURN r1
sum:
  LOAD_CONST r3, :"__function_ref:derive"
  CALL r1, r3, [r1]
  CALL r2, r3, [r2]
  LOAD_CONST r4, :add
  TUPLE_INIT r4, [r4, r1, r2]
  RETURN r4
product:
  LOAD_CONST r3, :"__function_ref:derive"
  LOAD_CONST r4, :mul
  CALL r5, r3, [r1]
  TUPLE_INIT r5, [r4, r5, r2]
  CALL r6, r3, [r2]
  TUPLE_INIT r6, [r4, r1, r6]
  LOAD_CONST r4, :add
  TUPLE_INIT r4, [r4, r5, r6]
  RETURN r4
negation:
  LOAD_CONST r3, :"__function_ref:derive"
  CALL r1, r3, [r1]
  LOAD_CONST r4, :neg
  TUPLE_INIT r4, [r4, r1]
  RETURN r4
.end

; evaluate(expression, x)
.function evaluate arity=2 regs=4
  MATCH r0, [(:x, variable), ((:num, @r2), number), ((:add, @r2, @r3), sum), ((:mul, @r2, @r3), product), ((:neg, @r2), negation)]
  LOAD_CONST r2, :unknown
  THROW r2
variable:
  RETURN r1
number:
  RETURN r2
sum:
  LOAD_CONST r4, :"__function_ref:evaluate"
  CALL r2, r4, [r2, r1]
  CALL r3, r4, [r3, r1]
  ADD r2, r2, r3
  RETURN r2
product:
  LOAD_CONST r4, :"__function_ref:evaluate"
  CALL r2, r4, [r2, r1]
  CALL r3, r4, [r3, r1]
  MUL r2, r2, r3
  LOAD_CONST r4, 10007
  MOD r2, r2, r4
  RETURN r2
negation:
  LOAD_CONST r4, :"__function_ref:evaluate"
  CALL r2, r4, [r2, r1]
  NEG r2, r2
  RETURN r2
.end`,
  plain: () => {
    type Expression =
      | "x"
      | readonly ["num", number]
      | readonly ["add", Expression, Expression]
      | readonly ["mul", Expression, Expression]
      | readonly ["neg", Expression];
    const build = (depth: number): Expression => {
      if (depth === 0) return "x";
      const part = build(depth - 1);
      switch (depth % 3) {
        case 0:
          return ["mul", part, build(depth - 1)];
        case 1:
          return ["mul", part, ["neg", build(depth - 1)]];
        default:
          return ["add", part, ["num", depth]];
      }
    };
    const derive = (expression: Expression): Expression => {
      if (expression === "x") return ["num", 1];
      switch (expression[0]) {
        case "num":
          return ["num", 0];
        case "add":
          return ["add", derive(expression[1]), derive(expression[2])];
        case "mul": {
          const [, a, b] = expression;
          return ["add", ["mul", derive(a), b], ["mul", a, derive(b)]];
        }
        case "neg":
          return ["neg", derive(expression[1])];
      }
    };
    const evaluate = (expression: Expression, x: number): number => {
      if (expression === "x") return x;
      switch (expression[0]) {
        case "num":
          return expression[1];
        case "add":
          return evaluate(expression[1], x) + evaluate(expression[2], x);
        case "mul":
          return (evaluate(expression[1], x) * evaluate(expression[2], x)) % 10007;
        case "neg":
          return -evaluate(expression[1], x);
      }
    };
    return (size) => {
      const expression = build(4);
      let sum = 0;
      for (let i = 0; i < size; i++) sum = (sum + evaluate(derive(expression), i)) % 1000003;
      return sum;
    };
  },
};
