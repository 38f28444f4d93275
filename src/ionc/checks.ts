/** What the language lacks is refused before anything else looks at it, with what to write instead. */
import type { AnyNode, Program } from "acorn";
import type { Diagnostics, MessageKey } from "./diagnostics.ts";
import type { SourceFile } from "./source.ts";
import { eachChild } from "./walk.ts";

export function refuse(program: Program, source: SourceFile, diagnostics: Diagnostics): void {
  const visit = (node: AnyNode): void => {
    const found = refusalOf(node);
    if (found !== null) diagnostics.error(source, node.start, found[0], ...found.slice(1));
    eachChild(node, visit);
  };
  visit(program);
}

function refusalOf(node: AnyNode): readonly [MessageKey, ...string[]] | null {
  switch (node.type) {
    case "WithStatement":
      return ["with"];
    case "AwaitExpression":
      return ["await"];
    case "ForOfStatement":
      return node.await ? ["forAwait"] : null;
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      if (!node.async) return null;
      return [node.generator ? "asyncGenerator" : "asyncFunction"];
    case "Literal":
      return node.bigint === undefined ? null : ["bigint", (node.raw ?? "").replace(/n$/, "")];
    case "ImportExpression":
      return ["dynamicImport"];
    case "MetaProperty":
      return node.meta.name === "import" ? ["importMeta"] : null;
    case "VariableDeclaration":
      return node.kind === "using" || node.kind === "await using" ? ["using"] : null;
    default:
      return null;
  }
}
