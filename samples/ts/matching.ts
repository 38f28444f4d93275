// An evaluator of arithmetic, and a description of values of all kinds.
type Expression =
  | number
  | { readonly kind: "add" | "mul"; readonly a: Expression; readonly b: Expression }
  | { readonly kind: "neg"; readonly a: Expression };

function evaluate(expression: Expression): number {
  if (typeof expression === "number") return expression;
  switch (expression.kind) {
    case "add":
      return evaluate(expression.a) + evaluate(expression.b);
    case "mul":
      return evaluate(expression.a) * evaluate(expression.b);
    case "neg":
      return -evaluate(expression.a);
  }
}

function describe(value: unknown): string {
  if (value === 1) return "the number one";
  if (value === "one") return "the word one";
  if (Array.isArray(value)) {
    const [first, second] = value;
    if (value.length === 2 && first === 1 && second === 2) return "exactly [1, 2]";
    if (value.length === 3) return "an array of three";
  }
  if (value === null) return "nothing";
  if (typeof value === "object" && "name" in value) {
    const { name } = value;
    return `an object with the name ${name}`;
  }
  return "something else";
}

// (2 + 3) * -4
const result = evaluate({ kind: "mul", a: { kind: "add", a: 2, b: 3 }, b: { kind: "neg", a: 4 } });
console.log(result);
for (const value of [1, "one", [1, 2], [1, 2, 3], { name: "Ada", age: 36 }, null, /3\+4i/])
  console.log(describe(value));
console.log(`=> ${result}`);
