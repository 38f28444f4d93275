/**
 * Runs programs for tests, in every way a program can be run.
 *
 * Tables of rows (test/programs/) say what a program does; `checkRow` in rows.ts holds all engines to it, with each
 * budget those of `enginesOf`. A new way of running programs is one more line in `ENGINES`.
 */
import { type DirectOperation, ForeignFailure, type ForeignSpec } from "../../src/foreign/spec.ts";
import type { RuntimeLimits } from "../../src/limits.ts";
import type { VMEvent } from "../../src/runtime/events.ts";
import type { Outcome, Remains, StackTrace } from "../../src/runtime/process.ts";
import {
  attributesOf,
  defineProperty,
  type IonObject,
  nativeKey,
  ownKeys,
  plainKey,
  setPrototypes,
} from "../../src/values/object.ts";
import { inspect } from "../../src/values/print.ts";
import { Tuple, Undefined, Unit, type Value, type ValueArray } from "../../src/values/value.ts";
import { work } from "../../src/values/work.ts";
import { VM, type VMOptions } from "../../src/vm.ts";

/** A way of running a program that must not be seen in what it does. */
export interface Engine {
  readonly name: string;
  readonly options: Partial<VMOptions>;
  /** Most of what it compiles is the same as elsewhere: not every program needs it with every budget. */
  readonly isSpecial?: true;
}

/** Every way: the event stream of a program is the same in all of them. */
export const ENGINES: readonly Engine[] = [
  { name: "interpreter", options: { jit: false } },
  { name: "JIT at once", options: { jitThreshold: 0 } },
  { name: "JIT at once, generators", options: { jitThreshold: 0, jitGenerators: true }, isSpecial: true },
  { name: "JIT at the first repetition", options: { jitThreshold: 1 }, isSpecial: true },
  { name: "JIT by default", options: {} },
];

/** Turns that end everywhere they can, at odd places, and hardly ever. */
export const BUDGETS = [1, 7, 2000] as const;

/** Everything in all ways takes twice as long, programs in JavaScript five times: `ALL_WAYS=1 npm test`. */
export const ALL_WAYS = process.env["ALL_WAYS"] !== undefined;

/**
 * The engines that a program takes with a budget. With each of `BUDGETS` a special one takes every third program, by number, so
 * that a program has each of them with one; with any other budget there are all.
 */
export function enginesOf(number: number, budget: number): readonly Engine[] {
  const place = (BUDGETS as readonly number[]).indexOf(budget);
  if (ALL_WAYS || place < 0) return ENGINES;
  const turn = number + place;
  return ENGINES.filter(({ isSpecial }, i) => !isSpecial || (turn + i) % BUDGETS.length === 0);
}

export interface RunOptions {
  readonly budget?: number;
  readonly args?: readonly string[];
  readonly virtualTime?: boolean;
  readonly limits?: Partial<RuntimeLimits>;
  readonly engine?: Engine;
  /** False: events are not kept. */
  readonly events?: boolean;
  /** The program gets its own code anew, as new code, at the event with this number. */
  readonly reloadAt?: number;
}

/** What came of a program. Values in their inspect form; null where there is none. */
export interface Run {
  readonly status: "done" | "idle" | "halted" | "reductions" | "timeout";
  /** Of Halt. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Of main; null unless it ended normally. */
  readonly result: string | null;
  /** As `result`, with the sign of zeros: see `exactly`. */
  readonly exact: string | null;
  /** Why main ended; null if it did not. */
  readonly reason: string | null;
  /** Where main failed, innermost first: `function@instruction`, with `(line:column)` if the file says. */
  readonly stack: readonly string[] | null;
  /** JSON lines. */
  readonly events: readonly string[];
  /** Of main, at its end. */
  readonly reductions: number;
  /** Processes other than main that failed by themselves: `number: reason`. */
  readonly crashes: readonly string[];
  /** What was left of each process that failed, main too; kept with the events. */
  readonly remains: readonly string[];
}

/** @throws LoadError as the file deserves */
export function runProgram(source: string | Uint8Array, options: RunOptions = {}): Run {
  const { budget, args, virtualTime = true, limits, engine = ENGINES[0], events: keepEvents = true } = options;
  let stdout = "";
  let stderr = "";
  const crashes: string[] = [];
  const remnants: string[] = [];
  const events: string[] = [];
  const vm = new VM({
    ...engine.options,
    ...(budget === undefined ? {} : { budget }),
    ...(args === undefined ? {} : { args }),
    ...(limits === undefined ? {} : { limits }),
    virtualTime,
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    keepReceived: keepEvents,
    onCrash: (process, outcome, remains) => {
      if (keepEvents) remnants.push(remainsText(process.number, outcome, remains));
      if (process.number !== 1) crashes.push(`${process.number}: ${inspect(outcome.reason)}`);
    },
  });
  for (const spec of TEST_FUNCTIONS) vm.ffi.register(spec);
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  const program = vm.load(bytes, { file: "Main" });
  if (keepEvents) {
    vm.subscribe((event) => {
      if (events.push(JSON.stringify(event)) === options.reloadAt) vm.reload(program, bytes);
    });
  }
  const main = vm.start(program);
  const result = vm.runSync();
  const { outcome } = main;
  const normally = outcome !== null && inspect(outcome.reason) === ":normal";
  return {
    status: result.status,
    code: result.status === "halted" ? result.code : null,
    stdout,
    stderr,
    result: normally ? inspect(outcome.result) : null,
    exact: normally ? exactly(outcome.result) : null,
    reason: outcome === null ? null : inspect(outcome.reason),
    stack: outcome === null || outcome.stack === null ? null : stackLines(outcome.stack),
    events,
    reductions: vm.inspect(main).reductions,
    crashes,
    remains: remnants,
  };
}

function remainsText(
  number: number,
  { stack }: Outcome,
  { name, mailboxLength, mailbox, received, links }: Remains,
): string {
  const texts = (values: readonly Value[]): string[] => values.map((value) => inspect(value).slice(0, 100));
  const lines = stack === null ? null : stackLines(stack);
  return JSON.stringify([number, lines, name?.name, mailboxLength, texts(mailbox), texts(received), links]);
}

function stackLines(stack: StackTrace): string[] {
  const lines = stack.frames.map(({ functionName, instruction, line, column }) => {
    return `${functionName}@${instruction}${line === null ? "" : `(${line}:${column})`}`;
  });
  if (stack.omitted !== null) lines.splice(stack.omitted.before, 0, `… ${stack.omitted.count}`);
  return lines;
}

/** Values that `exactly` shows. */
const MOST_EXACT = 10_000;

/**
 * A value with the sign of its zeros, which printing drops. Leaves and plain collections only: it is
 * for results of tables, and independent of the printing that is under test.
 */
export function exactly(value: Value, budget = { left: MOST_EXACT }): string {
  // Shared parts, each inside the next, would make a text longer than the universe.
  if (--budget.left < 0) return "…";
  const parts = (items: readonly Value[]): string => items.map((item) => exactly(item, budget)).join(", ");
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${parts(value)}]`;
  switch (value.kind) {
    case "Complex":
      return `${exactly(value.re)}${value.im < 0 ? "" : "+"}${exactly(value.im)}i`;
    case "Tuple":
      return `(${parts(value.items)}${value.items.length === 1 ? "," : ""})`;
    case "Atom":
      return `:${value.name}`;
    case "Undefined":
      return "undefined";
    case "Unit":
      return "()";
    default:
      return value.kind;
  }
}

/** What tables need and no instruction does. */
function picky(value: Value, other: Value): Value {
  work.values += 20;
  if (other === Undefined) return value;
  throw new ForeignFailure("not this one");
}

const TEST_FUNCTIONS: readonly ForeignSpec[] = [
  {
    name: "TestPicky",
    parameters: [
      { name: "value", type: "Any" },
      { name: "other", type: "Any" },
    ],
    result: "Any",
    description: "Fails if it is given two values, after some work; takes arguments as JavaScript does.",
    pure: false,
    local: true,
    lenient: true,
    charge: "always",
    direct: picky as DirectOperation,
    run: ([value, other]) => picky(value, other),
  },
  {
    name: "TestPrototypes",
    parameters: [
      { name: "object", type: "Object" },
      { name: "prototypes", type: "Array" },
    ],
    result: "Boolean",
    description: "Gives an object its prototypes.",
    pure: false,
    run: ([object, prototypes]) => setPrototypes(object as IonObject, [...(prototypes as ValueArray)] as IonObject[]),
  },
  {
    name: "TestClose",
    parameters: [{ name: "object", type: "Object" }],
    result: "Object",
    description: "Closes an object to new properties.",
    pure: false,
    run: ([object]) => Object.preventExtensions(object as IonObject),
  },
  {
    name: "TestFreeze",
    parameters: [{ name: "object", type: "Object" }],
    result: "Object",
    description: "Closes an object and makes its properties neither writable nor configurable.",
    pure: false,
    run: ([value]) => {
      const object = value as IonObject;
      for (const key of ownKeys(object)) {
        defineProperty(object, key, object[key], {
          ...attributesOf(object, key),
          writable: false,
          configurable: false,
        });
      }
      return Object.preventExtensions(object);
    },
  },
  {
    name: "TestAttributes",
    parameters: [
      { name: "object", type: "Object" },
      { name: "key", type: "String" },
    ],
    result: "String",
    description: "The attributes of an own property that are true, as assembly writes them.",
    pure: false,
    run: ([object, key]) => {
      const { writable, enumerable, configurable } = attributesOf(object as IonObject, nativeKey(key as string));
      return `${writable ? "w" : ""}${enumerable ? "e" : ""}${configurable ? "c" : ""}`;
    },
  },
  {
    name: "TestKeys",
    parameters: [{ name: "object", type: "Object" }],
    result: "Array",
    description: "All own keys, in order.",
    pure: false,
    run: ([object]) => ownKeys(object as IonObject).map(plainKey),
  },
  {
    name: "TestArguments",
    parameters: [],
    rest: { name: "values", type: "Any" },
    result: "Tuple",
    description: "The tuple of its arguments.",
    pure: false,
    run: (values) => new Tuple([...values]),
  },
  {
    name: "TestFail",
    parameters: [{ name: "message", type: "String" }],
    result: "Unit",
    description: "Fails.",
    pure: false,
    run: ([message]) => {
      throw new ForeignFailure(message as string);
    },
  },
  {
    name: "TestNumber",
    parameters: [{ name: "value", type: "Number" }],
    result: "Unit",
    description: "Wants a Number.",
    pure: false,
    run: () => Unit,
  },
];

/** What a row says of its program. Without `reason`, `status` or `fails` main must end normally. */
export interface Expectation {
  /** Main's result in inspect form. */
  readonly result?: string;
  /** The same with the sign of zeros. */
  readonly exact?: string;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Why main ended, in inspect form. */
  readonly reason?: string;
  readonly stack?: readonly string[];
  readonly status?: Run["status"];
  readonly code?: number;
  /** Of main at its end. */
  readonly reductions?: number;
  /** Processes other than main that failed by themselves: `number: reason`. */
  readonly crashes?: readonly string[];
  /** The file is refused with a message that contains this. */
  readonly fails?: string;
  /** By budget: the whole event stream, each event as `briefly` writes it. */
  readonly events?: Readonly<Record<number, readonly string[]>>;
}

export interface Row {
  readonly name: string;
  /** Assembly; see `program`. */
  readonly source: string;
  readonly expect: Expectation;
  /** What it does depends on where turns end: budgets are not held against each other. */
  readonly racy?: boolean;
  /** So much to do that it runs with the largest budget only, and without events. */
  readonly heavy?: boolean;
  readonly options?: Pick<RunOptions, "limits" | "args">;
}

/**
 * A row's assembly as a file. Text that does not begin with a directive is the body of main, which has
 * 40 registers, and further functions may follow it.
 */
export function program(source: string): string {
  if (/^\s*\.(?!line)/.test(source)) return source;
  const end = source.search(/^\s*\.(function|foreign|section|format|manifest)\b/m);
  const [body, rest] = end < 0 ? [source, ""] : [source.slice(0, end), source.slice(end)];
  const format = /^\s*\.format.*$/m.exec(rest);
  const functions = format === null ? rest : rest.replace(format[0], "");
  return `${format === null ? "" : `${format[0].trim()}\n`}.function main arity=0 regs=40\n${body}\n.end\n${functions}`;
}

/** An event as tables write it: `kind process@reductions`, then what else it says. */
export function briefly(line: string): string {
  const event = JSON.parse(line) as VMEvent;
  const { e, p, r, ...rest } = event;
  return [`${e} ${p}@${r}`, ...Object.values(rest)].join(" ");
}
