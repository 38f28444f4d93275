/** Functions of "ion:process": those that are instructions are compiled in place. */
import type { AnyNode, CallExpression, Expression, ObjectExpression } from "acorn";
import { atom } from "../../values/atom.ts";
import { Undefined } from "../../values/value.ts";
import type { FunctionCode } from "./function-code.ts";
import { operand, spanFrom } from "./operands.ts";

/** Functions of the standard library under their JavaScript names. */
export const LIBRARY_FUNCTIONS: Readonly<Record<string, string>> = {
  spawnLink: "SpawnLink",
  spawnMonitor: "SpawnMonitor",
  unlink: "Unlink",
  monitor: "Monitor",
  demonitor: "Demonitor",
  exit: "Exit",
  trapExit: "TrapExit",
  register: "Register",
  unregister: "Unregister",
  whereIs: "WhereIs",
  sleep: "Sleep",
  sendAfter: "SendAfter",
  cancelTimer: "CancelTimer",
  makeRef: "MakeRef",
  isAlive: "IsAlive",
  processInfo: "ProcessInfo",
  monotonicTime: "MonotonicTime",
  halt: "Halt",
  args: "Args",
  resource: "Resource",
  env: "Env",
  readFile: "ReadFile",
  readText: "ReadText",
  writeFile: "WriteFile",
  appendFile: "AppendFile",
  readLine: "ReadLine",
  readInput: "ReadInput",
  typeOf: "TypeOf",
};

/** What is compiled in place, and how it is written. */
export const IN_PLACE: Readonly<Record<string, string>> = {
  spawn: "spawn(f, …arguments)",
  send: "send(process, message)",
  receive: "receive(), receive({ timeout: milliseconds }) or receive(on(pattern, handler), …)",
  self: "self()",
  link: "link(process)",
  join: "join(process)",
  tuple: "tuple(…items)",
  tagged: "tagged(name, payload)",
  atom: 'atom("name")',
  on: "on(pattern, handler)",
  after: "after(milliseconds, handler)",
  any: "any",
};

/** Everything that "ion:process" exports. */
export function processNames(): string[] {
  return [...Object.keys(LIBRARY_FUNCTIONS), ...Object.keys(IN_PLACE)];
}

/** A function of "ion:process" that is not called by its name. */
export function processValue(fn: FunctionCode, name: string, node: AnyNode, target: number): void {
  const library = LIBRARY_FUNCTIONS[name];
  if (library !== undefined) {
    fn.emit("MOVE", target, fn.foreign(library));
    return;
  }
  fn.load(target, Undefined);
  if (name === "any" || name === "on" || name === "after") {
    fn.error(node, "onOutside", name);
    return;
  }
  fn.error(node, "processOnly", name);
}

export function processCall(fn: FunctionCode, name: string, node: CallExpression, target: number): void {
  const library = LIBRARY_FUNCTIONS[name];
  const args = node.arguments;
  if (args.some(({ type }) => type === "SpreadElement")) {
    fn.error(node, "spawnSpread");
    return;
  }
  if (library !== undefined) {
    const registers = operands(fn, args as readonly Expression[]);
    fn.at(node);
    fn.emit("CALL", target, fn.foreign(library), registers);
    return;
  }
  fn.scoped(() => inPlace(fn, name, node, args as readonly Expression[], target));
}

function operands(fn: FunctionCode, args: readonly Expression[]): number[] {
  return args.map((one, i) => operand(fn, one, spanFrom(args, i + 1)));
}

function inPlace(
  fn: FunctionCode,
  name: string,
  node: CallExpression,
  args: readonly Expression[],
  target: number,
): void {
  const wrong = (): void => fn.error(node, "processArguments", name, IN_PLACE[name]);
  switch (name) {
    case "spawn": {
      if (args.length === 0) {
        wrong();
        return;
      }
      const [callee, ...given] = operands(fn, args);
      fn.at(node);
      fn.emit("SPAWN", target, callee, given);
      return;
    }
    case "send": {
      if (args.length !== 2) {
        wrong();
        return;
      }
      const [process, message] = operands(fn, args);
      fn.at(node);
      fn.emit("SEND", process, message);
      fn.load(target, Undefined);
      return;
    }
    case "link":
    case "join": {
      if (args.length !== 1) {
        wrong();
        return;
      }
      const [process] = operands(fn, args);
      fn.at(node);
      if (name === "join") fn.emit("JOIN", process, target);
      else {
        fn.emit("LINK", process);
        fn.load(target, Undefined);
      }
      return;
    }
    case "self":
      fn.load(target, atom("self"));
      return;
    case "tuple":
      fn.emit("TUPLE_INIT", target, operands(fn, args));
      return;
    case "tagged": {
      const text = args.length === 2 ? literalText(args[0]) : null;
      if (text === null) {
        wrong();
        return;
      }
      fn.emit("TAG_INIT", target, text, operand(fn, args[1]));
      return;
    }
    case "atom": {
      const text = args.length === 1 ? literalText(args[0]) : null;
      if (text === null) {
        wrong();
        return;
      }
      loadAtom(fn, text, target);
      return;
    }
    case "receive":
      receive(fn, node, args, target);
      return;
    default:
      fn.error(node, "onOutside", name);
  }
}

export function literalText(node: AnyNode): string | null {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral" || node.expressions.length > 0) return null;
  return node.quasis[0].value.cooked ?? null;
}

/** An Atom itself, also one that LOAD_CONST would take for something else. */
function loadAtom(fn: FunctionCode, name: string, target: number): void {
  if (name !== "self" && !name.startsWith("__")) {
    fn.load(target, atom(name));
    return;
  }
  fn.emit("OBJECT_INIT", target, [{ key: "v", from: { value: atom(name) }, attributes: null }]);
  fn.emit("JS_GET", target, target, fn.key("v"));
}

function receive(fn: FunctionCode, node: CallExpression, args: readonly Expression[], target: number): void {
  fn.at(node);
  if (args.length === 0) {
    fn.emit("RECEIVE", target);
    return;
  }
  const timeout = args.length === 1 && args[0].type === "ObjectExpression" ? timeoutOf(args[0]) : null;
  if (timeout !== null) {
    const milliseconds = operand(fn, timeout);
    fn.at(node);
    fn.emit("RECEIVE_WITH_TIMEOUT", target, milliseconds, fn.register());
    return;
  }
  fn.module.compilers.selectiveReceive(fn, node, target);
}

function timeoutOf({ properties }: ObjectExpression): Expression | null {
  const [only] = properties;
  if (properties.length !== 1 || only.type !== "Property" || only.computed || only.kind !== "init") return null;
  return only.key.type === "Identifier" && only.key.name === "timeout" ? only.value : null;
}
