/** Makes generators of the functions that wait, and `yield*` of the calls of them. */
import { parse } from "acorn";

/** What waits by itself. */
const WAITING = ["receive", "sleep"];

/** Everything at the top becomes a generator, too, which the shim runs as the first process. */
const RUN = "__run";

export function transform(text) {
  const tree = parse(text, { ecmaVersion: "latest", sourceType: "module" });
  const waiting = waitingFunctions(tree);
  const edits = [];
  const insert = (at, part) => edits.push({ at, part });

  visit(tree, [], (node, parents) => {
    if (node.type === "FunctionDeclaration" && waiting.has(node.id.name)) insert(node.start + "function".length, "*");
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || !waiting.has(node.callee.name)) return;
    const owner = parents.findLast(isFunction);
    if (owner !== undefined && !(owner.type === "FunctionDeclaration" && waiting.has(owner.id.name))) {
      throw new SyntaxError(`${node.callee.name} waits, in a function that is not called by its name`);
    }
    insert(node.start, "(yield* ");
    insert(node.end, ")");
  });

  const body = tree.body.filter(({ type }) => type !== "ImportDeclaration");
  insert(body[0].start, `import { run as ${RUN} } from "ion:process"; ${RUN}(function* () {`);
  insert(text.length, "});");
  edits.sort((a, b) => a.at - b.at);
  let result = "";
  let from = 0;
  for (const { at, part } of edits) {
    result += text.slice(from, at) + part;
    from = at;
  }
  return result + text.slice(from);
}

/** The names of those that wait, or call by name one that does. */
function waitingFunctions(tree) {
  const callers = new Map();
  visit(tree, [], (node, parents) => {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier") return;
    const owner = parents.findLast(isFunction);
    if (owner?.type !== "FunctionDeclaration") return;
    const { name } = node.callee;
    if (!callers.has(name)) callers.set(name, new Set());
    callers.get(name).add(owner.id.name);
  });
  const waiting = new Set(WAITING);
  for (const name of waiting) for (const caller of callers.get(name) ?? []) waiting.add(caller);
  return waiting;
}

function isFunction({ type }) {
  return type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";
}

function visit(node, parents, look) {
  look(node, parents);
  const inner = [...parents, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === "string") visit(child, inner, look);
    }
  }
}
