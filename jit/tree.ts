/**
 * Trees of JavaScript: constructors, and templates with holes.
 *
 * Nothing of a program may become source text except through the constructors here. Names are made by
 * `id` from the emitter's own alphabet, numbers by `num`, texts by `text`; each prints as exactly the
 * value it was given. What an instruction becomes is written as JavaScript in templates.ts, parsed once
 * by acorn, and filled: an identifier `$x` is a hole.
 */
import { parse } from "acorn";
import { generate } from "astring";
import { WORDS } from "./words.ts";

/** A node of an ESTree; which fields it has its `type` says. */
export interface Tree {
  readonly type: string;
  readonly [field: string]: unknown;
}
export type Expression = Tree;
export type Statement = Tree;

/**
 * Numbered names of the emitter: registers, constants, labels of loops and blocks, functions that save
 * frames; with a number in front those of a function that was inlined. All other names are words from `words.ts`; a test holds all code ever emitted against both.
 */
export const NUMBERED = /^(?:i\d+)?[rkLOBMRc]\d+$/;

export function id(name: string): Expression {
  if (!NUMBERED.test(name) && !WORDS.has(name)) throw new Error(`the emitter has no name ${JSON.stringify(name)}`);
  return { type: "Identifier", name };
}

function unary(operator: string, argument: Expression): Expression {
  return { type: "UnaryExpression", operator, prefix: true, argument };
}

/** A Number that prints as itself: astring knows neither NaN nor a sign. */
export function num(value: number): Expression {
  if (Number.isNaN(value)) return binary("/", num(0), num(0));
  if (value < 0 || Object.is(value, -0)) return unary("-", num(-value));
  if (value === Number.POSITIVE_INFINITY) return binary("/", num(1), num(0));
  return { type: "Literal", value, raw: String(value) };
}

/** A text; the line separators of Unicode are escaped, since older parsers end a line there. */
export function text(value: string): Expression {
  const raw = JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  return { type: "Literal", value, raw };
}

export function bool(value: boolean): Expression {
  return { type: "Literal", value, raw: String(value) };
}

export const NULL: Expression = { type: "Literal", value: null, raw: "null" };

export function binary(operator: string, left: Expression, right: Expression): Expression {
  const type = operator === "&&" || operator === "||" ? "LogicalExpression" : "BinaryExpression";
  return { type, operator, left, right };
}

export function not(argument: Expression): Expression {
  return unary("!", argument);
}

export function assign(left: Expression, right: Expression): Statement {
  return statement({ type: "AssignmentExpression", operator: "=", left, right });
}

export function statement(expression: Expression): Statement {
  return { type: "ExpressionStatement", expression };
}

export function call(callee: Expression, args: readonly Expression[]): Expression {
  return { type: "CallExpression", callee, arguments: args, optional: false };
}

export function member(object: Expression, name: string): Expression {
  return { type: "MemberExpression", object, property: id(name), computed: false, optional: false };
}

export function index(object: Expression, property: Expression): Expression {
  return { type: "MemberExpression", object, property, computed: true, optional: false };
}

export function array(elements: readonly Expression[]): Expression {
  return { type: "ArrayExpression", elements };
}

export function block(body: readonly Statement[]): Statement {
  return { type: "BlockStatement", body };
}

export function when(test: Expression, consequent: readonly Statement[]): Statement {
  return { type: "IfStatement", test, consequent: block(consequent), alternate: null };
}

export function labelled(name: string, body: Statement): Statement {
  return { type: "LabeledStatement", label: id(name), body };
}

export function forever(body: readonly Statement[]): Statement {
  return { type: "ForStatement", init: null, test: null, update: null, body: block(body) };
}

export function breakTo(label: string): Statement {
  return { type: "BreakStatement", label: id(label) };
}

export function continueTo(label: string): Statement {
  return { type: "ContinueStatement", label: id(label) };
}

export function returns(argument: Expression): Statement {
  return { type: "ReturnStatement", argument };
}

export function declare(names: readonly { readonly name: string; readonly init: Expression | null }[]): Statement {
  const declarations = names.map(({ name, init }) => ({ type: "VariableDeclarator", id: id(name), init }));
  return { type: "VariableDeclaration", kind: "let", declarations };
}

export function functionTree(
  name: string,
  parameters: readonly string[],
  body: readonly Statement[],
  generator = false,
): Statement {
  return {
    type: "FunctionDeclaration",
    id: id(name),
    params: parameters.map(id),
    body: block(body),
    generator,
    async: false,
  };
}

/** A bare `yield`, as a statement. */
export const YIELD: Statement = statement({ type: "YieldExpression", argument: null, delegate: false });

export function print(tree: Tree): string {
  return generate(tree as unknown as Parameters<typeof generate>[0]);
}

/** What fills a hole: an expression, or statements where the hole is a statement of its own. */
export type Filling = Expression | readonly Statement[];
export type Holes = Readonly<Record<string, Filling>>;

/** A snippet of JavaScript with holes, parsed once. */
export class Template {
  readonly #body: readonly Tree[];

  constructor(source: string) {
    const program = parse(source, { ecmaVersion: 2022, allowReturnOutsideFunction: true });
    this.#body = program.body as unknown as Tree[];
  }

  /** The statements with every hole filled. */
  statements(holes: Holes): Statement[] {
    return this.#body.flatMap((part) => fillStatement(part, holes));
  }

  /** As one expression, for templates that are one. */
  expression(holes: Holes): Expression {
    const [only] = this.#body;
    return fill(only.expression as Tree, holes);
  }
}

function holeOf(tree: Tree, holes: Holes): Filling | undefined {
  if (tree.type !== "Identifier") return undefined;
  const name = tree.name as string;
  if (!name.startsWith("$")) return undefined;
  const filling = holes[name.slice(1)];
  if (filling === undefined) throw new Error(`nothing fills the hole ${name}`);
  return filling;
}

function fillStatement(tree: Tree, holes: Holes): Statement[] {
  if (tree.type === "ExpressionStatement") {
    const filling = holeOf(tree.expression as Tree, holes);
    if (Array.isArray(filling)) return filling;
  }
  return [fill(tree, holes)];
}

function fill(tree: Tree, holes: Holes): Tree {
  const filling = holeOf(tree, holes);
  if (filling !== undefined) return filling as Tree;
  const made: Record<string, unknown> = {};
  for (const [field, part] of Object.entries(tree)) {
    if (field === "start" || field === "end") continue;
    made[field] = fillField(tree, field, part, holes);
  }
  return made as unknown as Tree;
}

function fillField(tree: Tree, field: string, part: unknown, holes: Holes): unknown {
  if (Array.isArray(part)) {
    return part.flatMap((item: Tree) => {
      if (tree.type === "BlockStatement") return fillStatement(item, holes);
      const filling = holeOf(item, holes);
      // A list of arguments may be one hole.
      return filling === undefined ? [fill(item, holes)] : filling;
    });
  }
  if (typeof part !== "object" || part === null) return part;
  const isIf = tree.type === "IfStatement" && field !== "test";
  const isBranch = isIf || (field === "body" && LOOPS.has(tree.type));
  // A hole may be several statements.
  if (isBranch) return block(fillStatement(part as Tree, holes).flatMap(inBlock));
  return fill(part as Tree, holes);
}

const LOOPS: ReadonlySet<string> = new Set(["WhileStatement", "ForStatement"]);

function inBlock(tree: Statement): readonly Statement[] {
  return tree.type === "BlockStatement" ? (tree.body as Statement[]) : [tree];
}
