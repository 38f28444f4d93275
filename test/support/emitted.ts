/**
 * Looks at code that the compiler has emitted and says what is wrong with it: names that are not the
 * emitter's, kinds of code it does not make, yields and checks where none may stand or where one is missing.
 */
import { type AnyNode, type Node, parse } from "acorn";
import { buildGraph } from "../../jit/cfg.ts";
import type { ExitFunction } from "../../jit/exits.ts";
import { NUMBERED } from "../../jit/tree.ts";
import { WORDS } from "../../jit/words.ts";
import { rowOf } from "../../src/bytecode/instructions.ts";
import type { Code } from "../../src/runtime/code.ts";

export interface Emitted {
  readonly code: Code;
  readonly form: "direct" | "continuation" | "generator";
  readonly entry: { readonly at: number; readonly charged: boolean };
  readonly source: string;
  readonly constants: readonly unknown[];
}

/** Everything the emitter makes. */
const KINDS: ReadonlySet<string> = new Set(
  [
    ["Program", "FunctionDeclaration", "BlockStatement", "VariableDeclaration", "VariableDeclarator"],
    [
      "TryStatement",
      "CatchClause",
      "ExpressionStatement",
      "IfStatement",
      "ForStatement",
      "WhileStatement",
      "LabeledStatement",
      "SwitchStatement",
    ],
    ["SwitchCase", "BreakStatement", "ContinueStatement", "ReturnStatement", "EmptyStatement"],
    ["AssignmentExpression", "BinaryExpression", "LogicalExpression", "UnaryExpression", "ConditionalExpression"],
    ["CallExpression", "NewExpression", "MemberExpression", "ArrayExpression", "Identifier", "Literal"],
    ["YieldExpression"],
  ].flat(),
);

/** Calls in which a process sends, waits or calls natively: before each stands a check. */
const CHECKED: ReadonlySet<string> = new Set([
  ...["send", "spawn", "receive", "receiveTimed", "receiveMatch", "join", "joinNumber", "select", "callAny", "fn"],
]);
const WAITS: ReadonlySet<string> = new Set(["receive", "receiveTimed", "receiveMatch", "join", "joinNumber", "select"]);

type Visit = (node: AnyNode, parents: readonly AnyNode[]) => void;

/** @param parents is the same list for all nodes, and belongs to the walk */
function walk(node: AnyNode, visit: Visit, parents: AnyNode[] = []): void {
  visit(node, parents);
  parents.push(node);
  for (const child of childrenOf(node)) walk(child, visit, parents);
  parents.pop();
}

function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  for (const key in fields) {
    const part = fields[key];
    if (typeof part !== "object" || part === null) continue;
    for (const child of Array.isArray(part) ? (part as unknown[]) : [part]) {
      if (typeof (child as Node | null)?.type === "string") children.push(child as AnyNode);
    }
  }
  return children;
}

function contains(node: AnyNode, test: (node: AnyNode) => boolean): boolean {
  return test(node) || childrenOf(node).some((child) => contains(child, test));
}

function nameOf(node: AnyNode): string {
  return (node as { id?: { name: string } | null }).id?.name ?? "";
}

/** The name of what a call calls. */
function calledName(node: AnyNode): string | null {
  if (node.type !== "CallExpression") return null;
  if (node.callee.type === "Identifier") return node.callee.name;
  const { callee } = node;
  return callee.type === "MemberExpression" && callee.property.type === "Identifier" ? callee.property.name : null;
}

function calls(names: ReadonlySet<string>): (node: AnyNode) => boolean {
  return (node) => names.has(calledName(node) ?? "");
}

/** `name <= …` */
function isTestOf(name: string, node: AnyNode): AnyNode | null {
  if (node.type !== "BinaryExpression" || node.operator !== "<=") return null;
  return node.left.type === "Identifier" && node.left.name === name ? (node.right as AnyNode) : null;
}

/** `b <= 0` */
function isBudgetTest(node: AnyNode): boolean {
  const most = isTestOf("b", node);
  return most?.type === "Literal" && most.value === 0;
}

/** `n <= …`: is there another slice? */
function isTestOfSlices(node: AnyNode): boolean {
  return isTestOf("n", node) !== null;
}

function isCheck(node: AnyNode): boolean {
  return (node.type === "IfStatement" || node.type === "WhileStatement") && isBudgetTest(node.test);
}

/** What is wrong, in words; empty: nothing. */
export function faultsOf(emitted: Emitted): string[] {
  const faults: string[] = [];
  const program = parse(emitted.source, { ecmaVersion: 2022, allowReturnOutsideFunction: true });
  const owners = saversOf(program, emitted);
  let unchecked = 0;
  walk(program, (node, parents) => {
    if (!KINDS.has(node.type)) faults.push(`a ${node.type}`);
    if (node.type === "Identifier" && !WORDS.has(node.name) && !NUMBERED.test(node.name))
      faults.push(`the name ${node.name}`);
    if (node.type === "Literal" && "regex" in node) faults.push("a regular expression");
    if (node.type === "FunctionDeclaration" && node.generator !== (nameOf(node) === "G"))
      faults.push(`${nameOf(node)} is a generator`);
    if (node.type === "YieldExpression" && !mayYield(parents)) faults.push("a yield that is none of the three");
    if (isCheck(node)) faults.push(...faultsOfCheck(node, parents, owners));
    if (calls(CHECKED)(node) && !isBehindCheck(node, parents)) {
      // An instruction that has waited is charged and checked already.
      if (emitted.entry.charged && WAITS.has(calledName(node)!) && unchecked++ === 0) return;
      faults.push(`${calledName(node)} without a check`);
    }
  });
  if (emitted.form !== "generator" && /\byield\b/.test(emitted.source)) faults.push("a yield outside a generator");
  faults.push(...missingHeads(program, emitted));
  return faults;
}

/** At a check, at an instruction that waits, or at YIELD. */
function mayYield(parents: readonly AnyNode[]): boolean {
  return parents.some((parent) => {
    if (parent.type === "IfStatement") return contains(parent.test as AnyNode, isTestOfSlices);
    if (parent.type === "WhileStatement") return contains(parent.test as AnyNode, calls(WAITS));
    if (parent.type !== "BlockStatement") return false;
    const at = parent.body.findIndex((one) => parents.includes(one as AnyNode));
    return at >= 2 && contains(parent.body[at - 2] as AnyNode, calls(new Set(["yields"])));
  });
}

/** Does a check stand before the statement that the call is in, with nothing in between but the store and labels? */
function isBehindCheck(call: AnyNode, parents: readonly AnyNode[]): boolean {
  const path = [...parents, call];
  for (const list of [...parents].reverse()) {
    const statements = (
      list.type === "BlockStatement" ? list.body : list.type === "SwitchCase" ? list.consequent : null
    ) as AnyNode[] | null;
    if (statements === null) {
      // In a loop it would be that of another round, and behind a condition one of another time.
      if (list.type === "ForStatement") return false;
      if ((list.type === "IfStatement" || list.type === "WhileStatement") && !path.includes(list.test)) return false;
      continue;
    }
    let before = statements.findIndex((one) => path.includes(one)) - 1;
    while (before >= 0 && isStore(statements[before])) before--;
    if (before >= 0) return isCheck(statements[before]);
  }
  return false;
}

/** `I[0] = …` */
function isStore(node: AnyNode): boolean {
  if (node.type !== "ExpressionStatement" || node.expression.type !== "AssignmentExpression") return false;
  const { left } = node.expression;
  return left.type === "MemberExpression" && left.object.type === "Identifier" && left.object.name === "I";
}

/** Whose frames the functions that save frames save. */
function saversOf(program: AnyNode, { code, constants }: Emitted): ReadonlyMap<string, Saver> {
  const owners = new Map<string, Saver>();
  constants.forEach((constant, i) => {
    const exit = typeof constant === "function" ? (constant as ExitFunction).exit : undefined;
    if (exit === undefined) return;
    const [innermost] = exit.frames;
    owners.set(`k${i}`, { code: innermost.code ?? code, offset: innermost.place });
  });
  walk(program, (node) => {
    if (node.type !== "FunctionDeclaration" || !nameOf(node).startsWith("c")) return;
    let owner = code;
    walk(node, (part) => {
      if (part.type !== "ArrayExpression") return;
      const [first] = part.elements;
      if (first?.type === "Identifier") owner = constants[Number(first.name.slice(1))] as Code;
    });
    owners.set(nameOf(node), { code: owner, offset: null });
  });
  return owners;
}

/** A function that saves a frame, and the place if it is always the same. */
interface Saver {
  readonly code: Code;
  readonly offset: number | null;
}

interface Place {
  readonly code: Code;
  readonly at: number;
}

/** The instruction that the stop behind a check saves. */
function placeOfCheck(check: AnyNode, parents: readonly AnyNode[], owners: ReadonlyMap<string, Saver>): Place | null {
  const own = savedIn(check, owners);
  // The check of a loop leaves it, and says which instruction it is; or its loop has one stop.
  const around = [...parents].reverse();
  const outer = around.filter((node) => node.type === "ForStatement")[1];
  const shared = outer === undefined ? null : savedIn(lastOf(outer), owners);
  const code = own?.code ?? shared?.code;
  const offset = assignedPlace(check) ?? own?.offset ?? shared?.offset;
  if (code === undefined || offset === undefined || offset === null) return null;
  const at = code.form!.offsets.indexOf(offset);
  return at < 0 ? null : { code, at };
}

/** What follows the inner loop. */
function lastOf(outer: AnyNode): AnyNode {
  const body = (outer as { body: AnyNode }).body as { body: AnyNode[] } & AnyNode;
  const inner = body.body.findIndex((one) => one.type === "LabeledStatement");
  return { ...body, body: body.body.slice(inner + 1).filter((one) => !isRest(one)) } as AnyNode;
}

/** The rest of a round that goes on in place. */
function isRest(node: AnyNode): boolean {
  return node.type === "IfStatement" && node.test.type === "BinaryExpression" && node.test.operator === "===";
}

function savedIn(node: AnyNode, owners: ReadonlyMap<string, Saver>): Saver | null {
  let found: Saver | null = null;
  walk(node, (part) => {
    const name = calledName(part);
    if (found !== null || name === null || !owners.has(name) || part.type !== "CallExpression") return;
    const saver = owners.get(name)!;
    if (saver.offset !== null) {
      found = saver;
      return;
    }
    const args = part.arguments as AnyNode[];
    const place = args[0].type === "Identifier" && args[0].name === "F" ? args[1] : args[0];
    found = { code: saver.code, offset: place.type === "Literal" ? (place.value as number) : null };
  });
  return found;
}

/** `p = …` */
function assignedPlace(check: AnyNode): number | null {
  let found: number | null = null;
  walk(check, (part) => {
    if (part.type !== "AssignmentExpression" || part.left.type !== "Identifier" || part.left.name !== "p") return;
    if (part.right.type === "Literal") found ??= part.right.value as number;
  });
  return found;
}

function isSafePoint({ code, at }: Place): boolean {
  if (code.facts.safePoints[at] === 1) return true;
  return at < code.instructions.length && rowOf(code.instructions[at].op).safePoint !== "never";
}

function faultsOfCheck(check: AnyNode, parents: readonly AnyNode[], owners: ReadonlyMap<string, Saver>): string[] {
  const place = placeOfCheck(check, parents, owners);
  if (place === null) return ["a check that saves no instruction"];
  return isSafePoint(place) ? [] : [`a check at instruction ${place.at} of ${place.code.name}, which is no safe point`];
}

/**
 * Loops that begin without a check although the instruction they begin with is a safe point, or, where that is not
 * known because the loop was inlined, that have no check at all.
 */
function missingHeads(program: AnyNode, { code, entry }: Emitted): string[] {
  const graph = buildGraph(code.instructions, entry);
  if (!graph.reducible) return [];
  const faults: string[] = [];
  walk(program, (node, parents) => {
    const parent = parents.at(-1);
    if (node.type !== "ForStatement" || parent?.type !== "LabeledStatement") return;
    const { name } = parent.label;
    if (!/L\d+$/.test(name)) return;
    const [first] = (node.body as { body: AnyNode[] } & AnyNode).body;
    const begins = first !== undefined && isCheck(first);
    if (!name.startsWith("L")) {
      if (!contains(node, isCheck)) faults.push("an inlined loop has no check");
      return;
    }
    const { start, charged } = graph.nodes[Number(name.slice(1))];
    const isHead = !charged && code.facts.safePoints[start] === 1;
    if (isHead && !begins) faults.push(`the loop at ${start} begins without a check`);
  });
  return faults;
}
