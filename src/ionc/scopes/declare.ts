/** Which names statements and patterns declare, before anything in them is looked at. */
import type { AnyNode, Identifier, Pattern, Statement, VariableDeclaration } from "acorn";

/** The identifiers that a pattern binds, each with where it is bound: the end of the part with its default. */
export function bindings(pattern: Pattern, visit: (name: Identifier, end: number) => void, end = pattern.end): void {
  switch (pattern.type) {
    case "Identifier":
      visit(pattern, end);
      break;
    case "ObjectPattern":
      for (const property of pattern.properties) {
        if (property.type === "RestElement") bindings(property.argument, visit, property.end);
        else bindings(property.value, visit, property.end);
      }
      break;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element !== null) bindings(element, visit, element.end);
      break;
    case "AssignmentPattern":
      bindings(pattern.left, visit, pattern.end);
      break;
    case "RestElement":
      bindings(pattern.argument, visit, pattern.end);
      break;
    default:
  }
}

/** The `var` declarations of a function's body, in blocks and loops as well, but not in functions. */
export function eachVar(statements: readonly AnyNode[], visit: (declaration: VariableDeclaration) => void): void {
  for (const statement of statements) varsIn(statement as Statement, visit);
}

function varsIn(node: Statement | null | undefined, visit: (declaration: VariableDeclaration) => void): void {
  if (node === null || node === undefined) return;
  switch (node.type) {
    case "VariableDeclaration":
      if (node.kind === "var") visit(node);
      break;
    case "BlockStatement":
      eachVar(node.body, visit);
      break;
    case "IfStatement":
      varsIn(node.consequent, visit);
      varsIn(node.alternate, visit);
      break;
    case "ForStatement":
      if (node.init?.type === "VariableDeclaration") varsIn(node.init, visit);
      varsIn(node.body, visit);
      break;
    case "ForInStatement":
    case "ForOfStatement":
      if (node.left.type === "VariableDeclaration") varsIn(node.left, visit);
      varsIn(node.body, visit);
      break;
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
      varsIn(node.body, visit);
      break;
    case "SwitchStatement":
      for (const { consequent } of node.cases) eachVar(consequent, visit);
      break;
    case "TryStatement":
      eachVar(node.block.body, visit);
      if (node.handler) eachVar(node.handler.body.body, visit);
      if (node.finalizer) eachVar(node.finalizer.body, visit);
      break;
    default: {
      // An export around a declaration.
      const declaration = (node as { declaration?: Statement | null }).declaration;
      if ((node as AnyNode).type === "ExportNamedDeclaration") varsIn(declaration, visit);
    }
  }
}
