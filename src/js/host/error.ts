/** Error and its kinds. */
import { ERROR_KINDS, jsError, ProgramError, programError } from "../../errors.ts";
import type { ForeignContext } from "../../foreign/spec.ts";
import { FIXED_LIMITS } from "../../limits.ts";
import { NOT_A_CONSTRUCTOR } from "../../operations/js/construct.ts";
import { ConversionNeeded } from "../../operations/js/conversion-needed.ts";
import type { RaisedAt } from "../../operations/js/realm.ts";
import { Atom } from "../../values/atom.ts";
import { stamp } from "../../values/exotic.ts";
import {
  ALL_ATTRIBUTES,
  defineProperty,
  getProperty,
  IonObject,
  type NativeKey,
  nativeKey,
} from "../../values/object.ts";
import { inspect } from "../../values/print.ts";
import { Tuple, Undefined, type Value } from "../../values/value.ts";
import { at, type BuiltIn, badArgument, fn, intrinsic, variadicMethod } from "../built-in.ts";
import { stackLines } from "../stack-lines.ts";
import { errorParts, isObject, toText } from "./convert.ts";
import { constructorName, described, quoted } from "./describe.ts";
import { inMessage } from "./limits.ts";
import { isFresh, objectOf, prototypeNamed } from "./make.ts";
import { hasMember, plainMember } from "./members.ts";
import { ErrorState, stateOf } from "./state.ts";

export const ERROR_CLASSES = [
  "Error",
  "TypeError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "EvalError",
  "URIError",
  "AggregateError",
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** As V8: ten lines. */
const STACK_LINES = 10;

/** A context that knows where the process is. */
interface StackContext extends ForeignContext {
  raisedAt?(): readonly RaisedAt[];
}

function hide(object: IonObject, key: NativeKey, value: Value): void {
  defineProperty(object, key, value, { ...ALL_ATTRIBUTES, enumerable: false });
}

export function stackText(header: string, stack: readonly RaisedAt[]): string {
  const lines = stackLines(stack).slice(0, STACK_LINES);
  return cut(header + lines.map((line) => `\n    at ${inMessage(line)}`).join(""));
}

/** The text of an error as the first line of its stack, where no function of the program may be asked. */
function headerOf(error: IonObject): string {
  const name = getProperty(error, "$name");
  const message = getProperty(error, "$message");
  if (typeof name === "object" && isObject(name)) return "Error";
  if (message !== undefined && typeof message === "object" && isObject(message)) return described(message);
  try {
    const parts = errorParts(error);
    return joined(parts.name, parts.message);
  } catch (failure) {
    if (!(failure instanceof ConversionNeeded)) throw failure;
    return joined("Error", typeof message === "string" ? message : "");
  }
}

/** Without asking whether there is room: while an error is made none can be raised. */
function joined(name: string, message: string): string {
  if (name === "" || message === "") return name + message;
  return cut(`${inMessage(name)}: ${message}`);
}

/** Messages are made of texts of the program, which may be as long as a text can be. */
function cut(text: string): string {
  const most = FIXED_LIMITS.stringLength.value;
  return text.length > most ? text.slice(0, most) : text;
}

function fill(error: IonObject, message: Value, stack: readonly RaisedAt[]): void {
  const state = new ErrorState(null);
  stamp(error, state);
  if (message !== Undefined) hide(error, "$message", toText(message));
  state.header = headerOf(error);
  hide(error, "$stack", stackText(state.header, stack));
}

/**
 * Gives the stack of an error its first line, with the name and message that it has now. V8 does so when somebody looks at it
 * for the first time: constructors of programs give an error its name when the stack is there already.
 */
export function settleStack(error: IonObject): void {
  const state = stateOf(error, ErrorState);
  if (state === undefined || state.header === null || Object.isFrozen(error)) return;
  const before = state.header;
  state.header = null;
  const stack = getProperty(error, "$stack");
  const header = headerOf(error);
  if (header !== before && typeof stack === "string" && stack.startsWith(before)) {
    hide(error, "$stack", cut(header + stack.slice(before.length)));
  }
}

export function makeError(kind: ErrorClass, message: string, stack: readonly RaisedAt[]): IonObject {
  const error = objectOf(prototypeNamed(`${kind}.prototype`));
  fill(error, cut(message), stack);
  return error;
}

/** The frames behind the constructors of a class that extends Error: where `new` was said. */
function outsideOf(self: Value, stack: readonly RaisedAt[]): readonly RaisedAt[] {
  if (!(self instanceof IonObject)) return stack;
  const own = `new ${constructorName(self)}`;
  const last = stack.findIndex(({ writtenName }) => writtenName === own || !writtenName?.startsWith("new "));
  return stack[last]?.writtenName === own ? stack.slice(last + 1) : stack;
}

function construct(kind: ErrorClass, self: Value, message: Value, options: Value, context: ForeignContext): IonObject {
  const text = message === Undefined ? Undefined : toText(message);
  const error = isFresh(self) ? self : objectOf(prototypeNamed(`${kind}.prototype`));
  fill(error, text, outsideOf(self, (context as StackContext).raisedAt?.() ?? []));
  if (isObject(options) && hasMember(options, "cause")) hide(error, "$cause", plainMember(options, "cause"));
  return error;
}

function constructor(kind: ErrorClass): BuiltIn {
  const row = variadicMethod(kind, 1, (self, args, context) => {
    return construct(kind, self, at(args, 0), at(args, 1), context);
  });
  return { ...row, spec: { ...row.spec, needsFrames: true } };
}

/** The first is what iterating its first argument gave. */
const aggregate = variadicMethod("%aggregateError", 3, (self, args, context) => {
  const error = construct("AggregateError", self, at(args, 1), at(args, 2), context);
  hide(error, "$errors", at(args, 0));
  return error;
});

const capture: BuiltIn = (() => {
  const row = variadicMethod("Error.captureStackTrace", 2, (_self, args, context) => {
    const object = at(args, 0);
    if (!(object instanceof IonObject)) throw jsError("TypeError", `Invalid argument`);
    hide(object, "$stack", stackText(headerOf(object), (context as StackContext).raisedAt?.() ?? []));
    return Undefined;
  });
  return { ...row, spec: { ...row.spec, needsFrames: true } };
})();

/** What a limit of the VM is to JavaScript. */
const LIMITS: Readonly<Record<string, string>> = {
  string: "Invalid string length",
  array: "Invalid array length",
};

function isErrorClass(name: Value): name is ErrorClass {
  return (ERROR_CLASSES as readonly Value[]).includes(name);
}

/** An error of the VM as an object: what `catch` binds. A program may have made the Tuple itself, and of anything. */
export function errorObject(error: ProgramError, stack: readonly RaisedAt[], callee: () => string | null): Value {
  const { value } = error;
  if (!(value instanceof Tuple)) return value;
  const [kind, ...details] = value.items;
  if (!(kind instanceof Atom) || !Object.hasOwn(ERROR_KINDS, kind.name)) return value;
  const first = at(details, 0);
  switch (kind.name as keyof typeof ERROR_KINDS) {
    case "js": {
      const [className, text] = details;
      if (!isErrorClass(className) || typeof text !== "string") return withReason(value, stack);
      const called = text === NOT_A_CONSTRUCTOR ? callee() : null;
      return makeError(className, called === null ? text : `${called} is not a constructor`, stack);
    }
    case "badfun":
      return makeError("TypeError", `${callee() ?? quoted(first)} is not a function`, stack);
    case "stack_overflow":
      return makeError("RangeError", "Maximum call stack size exceeded", stack);
    case "throw":
      return first;
    case "system_limit": {
      const known = first instanceof Atom && Object.hasOwn(LIMITS, first.name) ? LIMITS[first.name] : undefined;
      if (known !== undefined) return makeError("RangeError", known, stack);
      return withReason(value, stack);
    }
    default:
      return withReason(value, stack);
  }
}

/** The VM's reasons have fewer. */
const MOST_DETAILS = 8;

/** What JavaScript has no error for keeps the reason of the VM. */
function withReason(reason: Tuple, stack: readonly RaisedAt[]): IonObject {
  const [kind, ...details] = reason.items;
  const last = details.at(-1);
  const shown = details.slice(0, MOST_DETAILS).map((detail) => inspect(detail));
  const message = typeof last === "string" ? last : `${(kind as Atom).name}: ${shown.join(", ")}`;
  const error = makeError("Error", message, stack);
  hide(error, nativeKey("reason"), reason);
  return error;
}

export const ERROR: readonly BuiltIn[] = [
  ...ERROR_CLASSES.filter((kind) => kind !== "AggregateError").map(constructor),
  aggregate,
  capture,
  intrinsic("%throw", ["text", "text"], (kind, message) => {
    if (!isErrorClass(kind)) throw badArgument(kind);
    throw programError("js", kind, message);
  }),
  fn("%caught", 1, (error) => errorObject(new ProgramError(error), [], () => null)),
  fn("%described", 1, (value) => described(value)),
  fn("%quoted", 1, (value) => quoted(value)),
  fn("%isError", 1, (value) => stateOf(value, ErrorState) !== undefined),
];
