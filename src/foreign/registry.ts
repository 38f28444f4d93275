/**
 * Foreign functions: the border between programs and the host.
 *
 * A function is one description (src/foreign/spec.ts). A registry maps names to functions; every VM has its own, which
 * starts with the standard library.
 */
import type { ForeignCallable } from "../values/function.ts";
import { Undefined, type Value } from "../values/value.ts";
import { type HostFunctionSpec, ofHostFunction } from "./host-function.ts";
import {
  type AsyncForeignSpec,
  checkArguments,
  type DirectOperation,
  type ForeignContext,
  type ForeignSpec,
  type NumericOperation,
} from "./spec.ts";

export class ForeignFunction implements ForeignCallable {
  readonly isForeign = true;
  readonly name: string;
  readonly spec: ForeignSpec;
  /** See `ForeignSpec.numeric`; null for all other functions. */
  readonly numeric: NumericOperation | null;
  /** See `ForeignSpec.local`. */
  readonly isLocal: boolean;
  /** See `ForeignSpec.direct`; null for all other functions. */
  readonly direct: DirectOperation | null;
  /** The same where arguments are taken as JavaScript's functions take them, so that nothing is to be checked first. */
  readonly lenientDirect: ((...values: Value[]) => Value) | null;
  /** See `ForeignSpec.needsFrames`. */
  readonly needsFrames: boolean;
  /** Without the rest. */
  readonly arity: number;
  /** See `ForeignSpec.takesThis`. */
  readonly takesThis: boolean;
  constructor(spec: ForeignSpec) {
    this.name = spec.name;
    this.spec = spec;
    this.numeric = spec.numeric ?? null;
    this.isLocal = spec.pure || (spec.local ?? false);
    this.direct = spec.direct ?? null;
    this.lenientDirect = spec.lenient === true ? (this.direct as ForeignFunction["lenientDirect"]) : null;
    this.needsFrames = spec.needsFrames ?? false;
    this.takesThis = spec.takesThis ?? false;
    this.arity = spec.parameters.length;
  }
  /**
   * Checks the arguments and runs the function.
   * @throws ForeignFailure for wrong counts, wrong types and what the function itself refuses; what else
   * it throws is a bug and stays one.
   */
  call(args: readonly Value[], context: ForeignContext): Value {
    const { numeric, arity } = this;
    if (numeric !== null && args.length === arity) {
      // Of one argument the first is the last too, and what stands second is ignored.
      const first = args[0];
      const last = args[arity - 1];
      if (typeof first === "number" && typeof last === "number") return numeric(first, last);
    }
    if (this.spec.lenient) return this.spec.run(asLenient(this.spec, args), context);
    checkArguments(this.spec, args);
    return this.spec.run(args, context);
  }
}

/** As many arguments as there are parameters, or more if there is a rest. */
export function asLenient({ parameters, rest }: ForeignSpec, args: readonly Value[]): readonly Value[] {
  const missing = parameters.length - args.length;
  if (missing === 0 || (missing < 0 && rest !== undefined)) return args;
  if (missing < 0) return args.slice(0, parameters.length);
  const given = args.slice();
  for (let i = 0; i < missing; i++) given.push(Undefined);
  return given;
}

export class AsyncForeignFunction implements ForeignCallable {
  readonly isForeign = true;
  readonly name: string;
  readonly spec: AsyncForeignSpec;
  constructor(spec: AsyncForeignSpec) {
    this.name = spec.name;
    this.spec = spec;
  }
  /** @throws ForeignFailure for wrong counts and types */
  check(args: readonly Value[]): void {
    checkArguments(this.spec, args);
  }
}

function isNumeric({ pure, parameters, rest, result }: ForeignSpec): boolean {
  const ofNumbers = parameters.every(({ type }) => type === "Number") && result === "Number";
  return pure && ofNumbers && rest === undefined && (parameters.length === 1 || parameters.length === 2);
}

function mayBeDirect({ pure, local = false, parameters: { length }, rest }: ForeignSpec): boolean {
  return (pure || local) && length >= 1 && length <= 3 && rest === undefined;
}

/** What can be registered: on values of programs, at once or later, or on those of JavaScript. */
export type AnyForeignSpec = ForeignSpec | AsyncForeignSpec | HostFunctionSpec;
export type AnyForeignFunction = ForeignFunction | AsyncForeignFunction;

/** The function of a description. @throws Error if the description contradicts itself */
export function foreignFunction(given: AnyForeignSpec): AnyForeignFunction {
  const spec = "call" in given ? ofHostFunction(given) : given;
  if (spec.name === "") throw new Error("a foreign function needs a name");
  if (!("run" in spec)) return new AsyncForeignFunction(spec);
  if (spec.numeric !== undefined && !isNumeric(spec)) {
    throw new Error(`the foreign function ${spec.name} is not a pure one from one or two Numbers to a Number`);
  }
  if (spec.direct !== undefined && !mayBeDirect(spec)) {
    throw new Error(`the foreign function ${spec.name} is not a local one of one to three parameters`);
  }
  return new ForeignFunction(spec);
}

export class ForeignRegistry {
  readonly #functions = new Map<string, AnyForeignFunction>();
  constructor(specs: Iterable<AnyForeignSpec> = []) {
    for (const spec of specs) this.register(spec);
  }
  /** Adds a function. @throws Error if the name is taken or empty, or the description contradicts itself. */
  register(spec: AnyForeignSpec): void {
    const made = foreignFunction(spec);
    if (this.#functions.has(made.name)) throw new Error(`the foreign function ${made.name} is already registered`);
    this.#functions.set(made.name, made);
  }
  get(name: string): AnyForeignFunction | undefined {
    return this.#functions.get(name);
  }
  names(): string[] {
    return [...this.#functions.keys()].sort();
  }
}
