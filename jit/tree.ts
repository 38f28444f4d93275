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
 * Numbered names of the emitter: registers, constants, captured values, labels of loops and blocks, functions that save
 * frames; with a number in front those of a function that was inlined. All other names are words from `words.ts`; a test holds all code ever emitted against both.
 */
export const NUMBERED = /^(?:i\d+)?[rkvLOBMRc]\d+$/;

export function id(name: string): Expression {
  let made = identifiers.get(name);
  if (made === undefined) {
    if (!NUMBERED.test(name) && !WORDS.has(name)) throw new Error(`the emitter has no name ${JSON.stringify(name)}`);
    made = { type: "Identifier", name };
    identifiers.set(name, made);
  }
  return made;
}

/** Trees are never changed, so that one node does for all places. */
const identifiers = new Map<string, Expression>();

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

export function choose(test: Expression, consequent: Expression, alternate: Expression): Expression {
  return { type: "ConditionalExpression", test, consequent, alternate };
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

export function whileLoop(test: Expression, body: readonly Statement[]): Statement {
  return { type: "WhileStatement", test, body: block(body) };
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
  return generate(tree as unknown as Parameters<typeof generate>[0], { comments: true });
}

/** What fills a hole: an expression, or statements where the hole is a statement of its own. */
export type Filling = Expression | readonly Statement[];
export type Holes = Readonly<Record<string, Filling>>;

/** A snippet of JavaScript with holes, parsed once. */
export class Template {
  readonly #statements: readonly BuildStatements[];
  readonly #expression: Build | null;

  constructor(source: string) {
    const program = parse(source, { ecmaVersion: 2022, allowReturnOutsideFunction: true });
    const body = program.body as unknown as Tree[];
    this.#statements = body.map(builderOfStatement);
    this.#expression = body[0].type === "ExpressionStatement" ? builderOf(body[0].expression as Tree) : null;
  }

  /** The statements with every hole filled. */
  statements(holes: Holes): Statement[] {
    return this.#statements.flatMap((build) => build(holes));
  }

  /** As one expression, for templates that are one. */
  expression(holes: Holes): Expression {
    if (this.#expression === null) throw new Error("the template is no expression");
    return this.#expression(holes);
  }
}

/** What makes a tree from fillings. */
type Build = (holes: Holes) => Tree;
type BuildStatements = (holes: Holes) => readonly Statement[];

function filling(holes: Holes, name: string): Filling {
  const found = holes[name];
  if (found === undefined) throw new Error(`nothing fills the hole ${name}`);
  return found;
}

/** The name of a hole; null: it is none. */
function holeName(tree: Tree): string | null {
  return tree.type === "Identifier" && (tree.name as string).startsWith("$") ? (tree.name as string).slice(1) : null;
}

/** A statement, or those that a hole stands for. */
function builderOfStatement(tree: Tree): BuildStatements {
  const name = tree.type === "ExpressionStatement" ? holeName(tree.expression as Tree) : null;
  if (name !== null) {
    return (holes) => {
      const found = filling(holes, name);
      return Array.isArray(found) ? found : [statement(found as Expression)];
    };
  }
  const build = builderOf(tree);
  return (holes) => [build(holes)];
}

/** Parts without holes are made once and shared. */
function builderOf(tree: Tree): Build {
  const name = holeName(tree);
  if (name !== null) return (holes) => filling(holes, name) as Tree;
  if (tree.type === "Identifier") {
    const same = id(tree.name as string);
    return () => same;
  }
  const fields = Object.entries(tree).filter(([field]) => field !== "start" && field !== "end");
  const builders = fields.map(([field, part]) => builderOfField(tree, field, part));
  if (builders.every((build) => build === null)) {
    const same = Object.fromEntries(fields) as unknown as Tree;
    return () => same;
  }
  return (holes) => {
    const made: Record<string, unknown> = {};
    for (let i = 0; i < fields.length; i++)
      made[fields[i][0]] = builders[i] === null ? fields[i][1] : builders[i]!(holes);
    return made as unknown as Tree;
  };
}

/** Null: the field is what it is. */
function builderOfField(tree: Tree, field: string, part: unknown): ((holes: Holes) => unknown) | null {
  if (Array.isArray(part)) {
    const inBlock = tree.type === "BlockStatement";
    const items = part.map((item: Tree) => (inBlock ? builderOfStatement(item) : builderOfItem(item)));
    return (holes) => items.flatMap((build) => build(holes));
  }
  if (typeof part !== "object" || part === null) return null;
  const isIf = tree.type === "IfStatement" && field !== "test";
  if (!isIf && !(field === "body" && LOOPS.has(tree.type))) return builderOf(part as Tree);
  const build = builderOfStatement(part as Tree);
  // A hole may be several statements.
  return (holes) => {
    const statements = build(holes);
    return statements.length === 1 && statements[0].type === "BlockStatement" ? statements[0] : block(statements);
  };
}

/** An item of a list; a list of arguments may be one hole. */
function builderOfItem(item: Tree): (holes: Holes) => readonly Tree[] {
  const name = holeName(item);
  if (name === null) {
    const build = builderOf(item);
    return (holes) => [build(holes)];
  }
  return (holes) => {
    const found = filling(holes, name);
    return Array.isArray(found) ? (found as readonly Tree[]) : [found as Tree];
  };
}

const LOOPS: ReadonlySet<string> = new Set(["WhileStatement", "ForStatement"]);
