/** Functions written in JavaScript, on values of JavaScript: how they become foreign functions. */
import { ProgramError } from "../errors.ts";
import { atom } from "../values/atom.ts";
import { Complex, typeOf, type Value } from "../values/value.ts";
import { fromHost, HostTagged, type HostValue, toHost } from "./host-values.ts";
import {
  type AsyncForeignSpec,
  accepts,
  type CallContext,
  type ForeignContext,
  ForeignFailure,
  type ForeignSpec,
  type FunctionDescription,
  thrownText,
} from "./spec.ts";

/** What a function gets behind its arguments. */
export interface HostCallContext extends Omit<CallContext, "send"> {
  /** Says when the process that waits has ended; a function that answers at once has none. */
  readonly signal?: AbortSignal;
  send(receiver: HostValue, message: HostValue): void;
  /** To make values that JavaScript itself has not: a module of a pack has nothing else to make them with. */
  readonly atom: typeof atom;
  readonly Complex: typeof Complex;
  readonly Tagged: typeof HostTagged;
}

// A function of JavaScript declares the parameters that it has, so its type cannot be said more precisely.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type HostFunction = (...args: any[]) => unknown;

/** A foreign function on values of JavaScript; docs/ffi.md has the table of what becomes what. */
export interface HostFunctionSpec extends Partial<FunctionDescription> {
  readonly name: string;
  /**
   * Called with the arguments, counts and types checked, and then a `HostCallContext`. What it throws is the failure's
   * message.
   */
  readonly call: HostFunction;
  /** It gives a Promise, and the calling process waits for it. An `async function` need not say so. */
  readonly async?: boolean;
  /** As in `ForeignSpec`: no effect, and nothing but the arguments decides the result. */
  readonly pure?: boolean;
}

/** @throws Error if the description contradicts itself */
export function ofHostFunction(given: HostFunctionSpec): ForeignSpec | AsyncForeignSpec {
  const { call, parameters = [], result = "Any", description = "", rest } = given;
  const { name, charge } = given;
  const shown = { name, parameters, result, description, ...(rest && { rest }), ...(charge && { charge }) };
  const isAsync = given.async ?? call.constructor.name === "AsyncFunction";
  const { pure = false } = given;
  if (isAsync && pure) throw new Error(`the foreign function ${name} cannot be both pure and asynchronous`);
  if (isAsync) {
    return {
      ...shown,
      start: async (args, context) => {
        try {
          return await (call(...args.map(toHost), hostContext(context, context.signal)) as unknown);
        } catch (error) {
          throw failureOf(error);
        }
      },
      finish: (raw) => resultOf(raw, result),
    };
  }
  const run = (args: readonly Value[], context: ForeignContext): Value => {
    let raw: unknown;
    try {
      raw = call(...args.map(toHost), hostContext(context));
    } catch (error) {
      throw failureOf(error);
    }
    if (raw instanceof Promise) {
      raw.catch(() => {});
      throw new ForeignFailure("gave a Promise, but was registered as a function that answers at once");
    }
    return resultOf(raw, result);
  };
  return { ...shown, pure, run };
}

function hostContext(context: CallContext, signal?: AbortSignal): HostCallContext {
  return {
    process: context.process,
    system: context.system,
    permit: (kind, item) => context.permit(kind, item),
    send: (receiver, message) => context.send(fromHost(receiver), fromHost(message)),
    atom,
    Complex,
    Tagged: HostTagged,
    ...(signal && { signal }),
  };
}

/** What a function has thrown, as the program sees it. */
export function failureOf(error: unknown): ForeignFailure | ProgramError {
  if (error instanceof ForeignFailure || error instanceof ProgramError) return error;
  return new ForeignFailure(thrownText(error));
}

/** @throws ForeignFailure for what is no value of a program, or not of the type that was announced */
export function resultOf(raw: unknown, type: FunctionDescription["result"]): Value {
  let value: Value;
  try {
    value = fromHost(raw);
  } catch (error) {
    // Also what a getter or a proxy in there throws.
    throw error instanceof ProgramError ? error : new ForeignFailure(`gave no value: ${thrownText(error)}`);
  }
  if (!accepts(type, value)) throw new ForeignFailure(`gave a value of the type ${typeOf(value)} instead of ${type}`);
  return value;
}
