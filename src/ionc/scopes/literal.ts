/** Expressions that are literals, whoever looks. */
import type { Expression } from "acorn";
import { Undefined, Unit, type Value } from "../../values/value.ts";

/** Longer texts are held once. */
const LONGEST = 256;

/** The value of a literal, null for every other expression. */
export function literalOf(node: Expression): { readonly value: Value } | null {
  switch (node.type) {
    case "Literal":
      if (node.regex || node.bigint !== undefined) return null;
      if (node.value === null) return { value: Unit };
      if (typeof node.value === "string" && node.value.length > LONGEST) return null;
      return { value: node.value as string | number | boolean };
    case "UnaryExpression": {
      if (node.operator === "void" && node.argument.type === "Literal") return { value: Undefined };
      const inner = literalOf(node.argument);
      if (node.operator !== "-" || typeof inner?.value !== "number") return null;
      return { value: -inner.value };
    }
    case "TemplateLiteral":
      return node.expressions.length === 0 && typeof node.quasis[0].value.cooked === "string"
        ? { value: node.quasis[0].value.cooked }
        : null;
    default:
      return null;
  }
}
