/** console: each process has indentation, counters and clocks of its own. */
import type { ForeignContext } from "../../foreign/spec.ts";
import type { ProcessValue } from "../../values/process.ts";
import { Undefined, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { at, type BuiltIn, variadic } from "../built-in.ts";
import { isObject, toBoolean, toText } from "./convert.ts";
import { formatLog } from "./inspect/format.ts";
import { DEEPEST, inspect, LOG_OPTIONS } from "./inspect/inspect.ts";
import { tableOf } from "./inspect/table.ts";
import { allowText, indented } from "./limits.ts";
import { plainMember } from "./members.ts";

interface ConsoleState {
  /** How many groups are open. */
  depth: number;
  readonly counts: Map<string, number>;
  readonly clocks: Map<string, number>;
}

const states = new WeakMap<ProcessValue, ConsoleState>();

function stateOf(context: ForeignContext): ConsoleState {
  let state = states.get(context.process);
  if (state === undefined) {
    state = { depth: 0, counts: new Map(), clocks: new Map() };
    states.set(context.process, state);
  }
  return state;
}

type Stream = "stdout" | "stderr";

/** In front of what stands in a group. */
const GROUP = "  ";
/** Lines in more groups begin where those in so many do. */
const MOST_GROUPS = 10_000;

function write(context: ForeignContext, stream: Stream, text: string): Value {
  const indent = GROUP.repeat(Math.min(states.get(context.process)?.depth ?? 0, MOST_GROUPS));
  const shown = indent + indented(text, indent.length);
  allowText(shown.length);
  work.units += shown.length;
  context[stream](`${shown}\n`);
  return Undefined;
}

function log(name: string, stream: Stream): BuiltIn {
  return variadic(`console.${name}`, 0, (args, context) => write(context, stream, formatLog(args)));
}

function group(name: string): BuiltIn {
  return variadic(`console.${name}`, 0, (args, context) => {
    if (args.length > 0) write(context, "stdout", formatLog(args));
    stateOf(context).depth++;
    return Undefined;
  });
}

function label(args: readonly Value[]): string {
  const value = at(args, 0);
  return value === Undefined ? "default" : toText(value);
}

/** No process's memory counts them. */
const MOST_LABELS = 10_000;
const LONGEST_LABEL = 10_000;

/** What says nothing new where there is no room for it. */
function remember(numbers: Map<string, number>, name: string, value: number): void {
  if (numbers.has(name) || (numbers.size < MOST_LABELS && name.length <= LONGEST_LABEL)) numbers.set(name, value);
}

/** As Node writes how long something took. */
function durationText(milliseconds: number): string {
  if (milliseconds >= 3_600_000) return `${(milliseconds / 3_600_000).toFixed(3)}h`;
  if (milliseconds >= 60_000) return `${(milliseconds / 60_000).toFixed(3)}m`;
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(3)}s`;
  return `${Number(milliseconds.toFixed(3))}ms`;
}

/** Undefined: there is no such clock. */
function elapsed(name: string, context: ForeignContext): string | undefined {
  const begun = stateOf(context).clocks.get(name);
  return begun === undefined ? undefined : durationText(context.processes.monotonicTime() - begun);
}

function dirDepth(options: Value): number {
  const depth = isObject(options) ? plainMember(options, "depth") : Undefined;
  if (typeof depth === "number") return Number.isNaN(depth) ? DEEPEST : Math.min(depth, DEEPEST);
  return depth === Undefined ? LOG_OPTIONS.depth : DEEPEST;
}

export const CONSOLE: readonly BuiltIn[] = [
  log("log", "stdout"),
  log("info", "stdout"),
  log("debug", "stdout"),
  log("error", "stderr"),
  log("warn", "stderr"),
  variadic("console.trace", 0, (args, context) => {
    const text = formatLog(args);
    return write(context, "stderr", text === "" ? "Trace" : `Trace: ${text}`);
  }),
  variadic("console.assert", 0, (args, context) => {
    if (toBoolean(at(args, 0))) return Undefined;
    const [, first, ...rest] = args;
    if (args.length < 2) return write(context, "stderr", "Assertion failed");
    if (typeof first === "string") return write(context, "stderr", formatLog([`Assertion failed: ${first}`, ...rest]));
    return write(context, "stderr", formatLog(["Assertion failed:", first, ...rest]));
  }),
  variadic("console.count", 0, (args, context) => {
    const { counts } = stateOf(context);
    const name = label(args);
    const count = (counts.get(name) ?? 0) + 1;
    remember(counts, name, count);
    return write(context, "stdout", `${name}: ${count}`);
  }),
  variadic("console.countReset", 0, (args, context) => {
    stateOf(context).counts.delete(label(args));
    return Undefined;
  }),
  group("group"),
  group("groupCollapsed"),
  variadic("console.groupEnd", 0, (_args, context) => {
    const state = stateOf(context);
    state.depth = Math.max(0, state.depth - 1);
    return Undefined;
  }),
  variadic("console.time", 0, (args, context) => {
    remember(stateOf(context).clocks, label(args), context.processes.monotonicTime());
    return Undefined;
  }),
  variadic("console.timeEnd", 0, (args, context) => {
    const name = label(args);
    const text = elapsed(name, context);
    stateOf(context).clocks.delete(name);
    return text === undefined ? Undefined : write(context, "stdout", `${name}: ${text}`);
  }),
  variadic("console.timeLog", 0, (args, context) => {
    const name = label(args);
    const text = elapsed(name, context);
    return text === undefined ? Undefined : write(context, "stdout", formatLog([`${name}: ${text}`, ...args.slice(1)]));
  }),
  variadic("console.dir", 0, (args, context) => {
    return write(context, "stdout", inspect(at(args, 0), { ...LOG_OPTIONS, depth: dirDepth(at(args, 1)) }));
  }),
  variadic("console.table", 1, (args, context) => {
    const table = tableOf(at(args, 0), at(args, 1));
    return write(context, "stdout", table ?? formatLog(args));
  }),
];
