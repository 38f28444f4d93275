/**
 * Which constants are initialised before anything of the program is called that could look at them. Functions made
 * earlier need not ask then whether the constant is there already.
 */
import type { AnyNode, CallExpression, Expression, NewExpression, SpreadElement } from "acorn";
import { bindings } from "./declare.ts";
import type { ClassNode, Scope, Variable } from "./model.ts";

export function settle(scope: Scope, variableOf: ReadonlyMap<AnyNode, Variable>, inCycle: boolean): void {
  const list = statementsOf(scope.node);
  // A module that imports itself by way of others may be called before anything of it has run.
  if (list === null || (scope.kind === "module" && inCycle)) return;
  let from = scope.kind === "module" ? -1 : scope.node.start;
  const calm = new Calm(variableOf);
  for (const outer of list) {
    const statement = declarationIn(outer);
    if (statement.type === "VariableDeclaration" && statement.kind !== "var") {
      for (const { id, init, end } of statement.declarations) {
        if (init && !calm.expression(init)) {
          from = end;
          continue;
        }
        if (id.type !== "Identifier") from = end;
        else bindings(id, (name) => settled(variableOf.get(name), from));
      }
    } else if (statement.type === "ClassDeclaration" && calm.class(statement)) {
      settled(statement.id ? variableOf.get(statement.id) : undefined, from);
    } else if (!calm.statement(statement)) from = statement.end;
  }
}

function settled(variable: Variable | undefined, from: number): void {
  if (variable !== undefined) variable.settledFrom = from;
}

function statementsOf(node: AnyNode): readonly AnyNode[] | null {
  return node.type === "Program" || node.type === "BlockStatement" || node.type === "StaticBlock" ? node.body : null;
}

function declarationIn(node: AnyNode): AnyNode {
  if (node.type === "ExportNamedDeclaration" && node.declaration) return node.declaration;
  if (node.type === "ExportDefaultDeclaration") return node.declaration;
  return node;
}

/** What calls no function of the program while it is evaluated. */
class Calm {
  readonly #variableOf: ReadonlyMap<AnyNode, Variable>;

  constructor(variableOf: ReadonlyMap<AnyNode, Variable>) {
    this.#variableOf = variableOf;
  }

  statement(node: AnyNode): boolean {
    switch (node.type) {
      case "FunctionDeclaration":
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "ExportNamedDeclaration":
      case "EmptyStatement":
        return true;
      case "VariableDeclaration":
        return node.declarations.every(({ id, init }) => id.type === "Identifier" && (!init || this.expression(init)));
      case "ExpressionStatement":
        return this.expression(node.expression);
      case "ClassDeclaration":
        return this.class(node);
      default:
        return isExpressionNode(node) && this.expression(node as Expression);
    }
  }

  class({ superClass, body }: ClassNode): boolean {
    if (superClass && superClass.type !== "Identifier") return false;
    return body.body.every((member) => {
      if (member.type === "StaticBlock") return false;
      if (member.computed && !this.expression(member.key as Expression)) return false;
      const runs = member.type === "PropertyDefinition" && member.static;
      return !runs || !member.value || this.expression(member.value);
    });
  }

  expression(node: Expression | SpreadElement): boolean {
    switch (node.type) {
      case "Literal":
      case "Identifier":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return true;
      case "TemplateLiteral":
        return node.expressions.every((one) => this.expression(one));
      case "ArrayExpression":
        return node.elements.every((one) => one === null || this.expression(one));
      case "ObjectExpression":
        return node.properties.every((one) => {
          return one.type === "Property" && (!one.computed || this.expression(one.key)) && this.expression(one.value);
        });
      case "UnaryExpression":
        return this.expression(node.argument);
      case "BinaryExpression":
        return node.left.type !== "PrivateIdentifier" && this.expression(node.left) && this.expression(node.right);
      case "LogicalExpression":
        return this.expression(node.left) && this.expression(node.right);
      case "ConditionalExpression":
        return this.expression(node.test) && this.expression(node.consequent) && this.expression(node.alternate);
      case "MemberExpression":
        return (
          node.object.type !== "Super" &&
          this.expression(node.object) &&
          (!node.computed || this.expression(node.property as Expression))
        );
      case "CallExpression":
      case "NewExpression":
        return this.#ofBuiltIn(node);
      case "ClassExpression":
        return this.class(node);
      default:
        return false;
    }
  }

  /** Built-ins call back only what they are given. */
  #ofBuiltIn({ callee, arguments: given }: CallExpression | NewExpression): boolean {
    let root: AnyNode = callee;
    if (root.type === "MemberExpression" && !root.computed) root = root.object;
    if (root.type !== "Identifier" || this.#variableOf.has(root)) return false;
    return given.every((one) => {
      return one.type !== "FunctionExpression" && one.type !== "ArrowFunctionExpression" && this.expression(one);
    });
  }
}

function isExpressionNode(node: AnyNode): boolean {
  return !/Statement$|Declaration$/.test(node.type);
}
