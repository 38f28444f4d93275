/** What is known of the types of values without running anything. */
import type { AnyNode, Expression } from "acorn";
import { type ModuleScopes, type Variable, variablesOf } from "../scopes/model.ts";

/** `none`: no value has been seen so far. */
export type StaticType = "none" | "number" | "string" | "boolean" | "any";

/** Rounds after which types that still change are given up. */
const MOST_ROUNDS = 12;

const NUMERIC = new Set(["-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>", ">>>", "++", "--"]);
const BOOLEAN = new Set(["==", "!=", "===", "!==", "<", "<=", ">", ">=", "in", "instanceof"]);

export class Types {
  readonly #variableOf: ReadonlyMap<AnyNode, Variable>;
  readonly #types = new Map<Variable, StaticType>();

  constructor(scopes: ModuleScopes) {
    this.#variableOf = scopes.variableOf;
    const candidates: Variable[] = [];
    for (const variable of variablesOf(scopes)) {
      const isOpen = variable.values.includes(null) || variable.values.length === 0 || mayBeUndefined(variable);
      this.#types.set(variable, isOpen ? "any" : "none");
      if (!isOpen) candidates.push(variable);
    }
    this.#solve(candidates);
  }

  of(node: Expression | AnyNode): StaticType {
    switch (node.type) {
      case "Literal":
        return typeOfLiteral(node.value);
      case "TemplateLiteral":
        return "string";
      case "Identifier": {
        const variable = this.#variableOf.get(node);
        if (variable === undefined) return node.name === "NaN" || node.name === "Infinity" ? "number" : "any";
        return this.#types.get(variable) ?? "any";
      }
      case "UnaryExpression":
        if (node.operator === "!" || node.operator === "delete") return "boolean";
        if (node.operator === "typeof") return "string";
        return node.operator === "void" ? "any" : "number";
      case "UpdateExpression":
        return "number";
      case "BinaryExpression":
        if (node.left.type === "PrivateIdentifier") return "boolean";
        return this.#binary(node.operator, () => this.of(node.left), node.right);
      case "AssignmentExpression":
        if (node.operator === "=") return this.of(node.right);
        if (node.operator === "&&=" || node.operator === "||=" || node.operator === "??=") {
          return joined(this.of(node.left), this.of(node.right));
        }
        return this.#binary(node.operator.slice(0, -1), () => this.of(node.left), node.right);
      case "LogicalExpression":
        return joined(this.of(node.left), this.of(node.right));
      case "ConditionalExpression":
        return joined(this.of(node.consequent), this.of(node.alternate));
      case "SequenceExpression":
        return this.of(node.expressions[node.expressions.length - 1]);
      default:
        return "any";
    }
  }

  #binary(operator: string, left: () => StaticType, right: AnyNode): StaticType {
    if (NUMERIC.has(operator)) return "number";
    if (BOOLEAN.has(operator)) return "boolean";
    if (operator !== "+") return "any";
    const [a, b] = [left(), this.of(right)];
    if (a === "string" || b === "string") return "string";
    if (a === "any" || b === "any") return "any";
    if (a === "none" || b === "none")
      return a === "none" ? (b === "boolean" ? "number" : b) : a === "boolean" ? "number" : a;
    return "number";
  }

  #solve(candidates: readonly Variable[]): void {
    let open = candidates;
    for (let round = 0; open.length > 0; round++) {
      const changed: Variable[] = [];
      for (const variable of candidates) {
        const before = this.#types.get(variable)!;
        if (before === "any") continue;
        const after = round < MOST_ROUNDS ? this.#joinedValues(variable) : "any";
        if (after === before) continue;
        this.#types.set(variable, after);
        changed.push(variable);
      }
      open = changed;
    }
    for (const variable of candidates) if (this.#types.get(variable) === "none") this.#types.set(variable, "any");
  }

  #joinedValues(variable: Variable): StaticType {
    let type = this.#types.get(variable)!;
    for (const source of variable.values) {
      const { operator, value } = source!;
      const made = operator === "=" ? this.of(value) : this.#binary(operator, () => this.#types.get(variable)!, value);
      type = joined(type, made);
    }
    return type;
  }
}

function joined(a: StaticType, b: StaticType): StaticType {
  if (a === b || b === "none") return a;
  return a === "none" ? b : "any";
}

function typeOfLiteral(value: unknown): StaticType {
  const type = typeof value;
  return type === "number" || type === "string" || type === "boolean" ? type : "any";
}

/** A `var` that could be looked at before its first assignment. */
function mayBeUndefined({ kind, assignments, initialised, imported }: Variable): boolean {
  return imported !== null || (kind === "var" && (assignments.length > 0 || initialised < 0));
}
