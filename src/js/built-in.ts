/**
 * What a built-in of JavaScript is: a row with its name, the `length` that programs see, and what it does. Names, function
 * values, prototypes and the documentation of differences all derive from these rows.
 *
 * Functions of the host take arguments as JavaScript does: what is missing is Undefined, what is superfluous is dropped.
 */
import { type ProgramError, programError } from "../errors.ts";
import type { DirectOperation, ForeignContext, ForeignSpec, NumericOperation, Parameter } from "../foreign/spec.ts";
import { FunctionValue } from "../values/function.ts";
import { Undefined, type Value, type ValueArray } from "../values/value.ts";

export interface BuiltIn {
  /** A global, `Object.keys`, `Array.prototype.map`, or an intrinsic such as `%append`. */
  readonly name: string;
  readonly length: number;
  readonly spec: ForeignSpec;
}

type Positional = (...values: Value[]) => Value;

const ANY: Parameter = { name: "value", type: "Any" };
const NUMBER: Parameter = { name: "number", type: "Number" };

function builtIn(name: string, length: number, spec: Omit<ForeignSpec, "name" | "result" | "description">): BuiltIn {
  return { name, length, spec: { name, result: "Any", description: `JavaScript's ${name}.`, lenient: true, ...spec } };
}

/** Calls with as many values as the operation declares: a spread would make an array for each call. */
function spreading(operation: Positional): ForeignSpec["run"] {
  switch (operation.length) {
    case 0:
      return () => operation();
    case 1:
      return (args) => operation(args[0]);
    case 2:
      return (args) => operation(args[0], args[1]);
    case 3:
      return (args) => operation(args[0], args[1], args[2]);
    default:
      return (args) => operation(...args);
  }
}

/** Engines call what takes so few values without an array of them. */
const MOST_DIRECT = 3;

/**
 * A function of so many values as `operation` declares. It asks nothing of the VM, and has no effect where it fails: conversions come
 * first. @param countsWork false for what is the same work whatever it is given
 */
export function fn(name: string, length: number, operation: Positional, countsWork = true): BuiltIn {
  const count = operation.length;
  return builtIn(name, length, {
    parameters: new Array<Parameter>(count).fill(ANY),
    pure: false,
    local: true,
    ...(count >= 1 && count <= MOST_DIRECT ? { direct: operation as DirectOperation } : {}),
    ...(countsWork ? { charge: "what it looks at and what it makes" } : {}),
    run: spreading(operation),
  });
}

/** What an intrinsic may ask for, by the names that its row says. */
interface Kinds {
  readonly any: Value;
  readonly text: string;
  readonly boolean: boolean;
  readonly function: FunctionValue;
  readonly array: ValueArray;
  /** An Array of nothing but texts. */
  readonly texts: readonly string[];
}
type Kind = keyof Kinds;
type Test = (value: Value) => boolean;

const TESTS: Readonly<Record<Kind, Test>> = {
  any: () => true,
  text: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  function: (value) => value instanceof FunctionValue,
  array: Array.isArray,
  texts: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
};

type Given<Row extends readonly Kind[]> = { readonly [Index in keyof Row]: Kinds[Row[Index]] };

/**
 * A function that the compiler and the library alone call, with values of these kinds. Any pack can name it all the same and call it with
 * what it likes, so it is given nothing of another kind.
 */
export function intrinsic<const Row extends readonly Kind[]>(
  name: string,
  kinds: Row,
  operation: (...values: Given<Row>) => Value,
  countsWork = true,
): BuiltIn {
  const tests = kinds.map((kind) => TESTS[kind]);
  return fn(name, kinds.length, checked(tests, operation as unknown as Positional), countsWork);
}

/** With the `length` that engines look at, and without a loop, since some are called as often as anything. */
function checked(tests: readonly Test[], operation: Positional): Positional {
  const [isA, isB, isC, isD] = tests;
  switch (tests.length) {
    case 1:
      return (a) => {
        if (!isA(a)) throw badArgument(a);
        return operation(a);
      };
    case 2:
      return (a, b) => {
        if (!isA(a)) throw badArgument(a);
        if (!isB(b)) throw badArgument(b);
        return operation(a, b);
      };
    case 3:
      return (a, b, c) => {
        if (!isA(a)) throw badArgument(a);
        if (!isB(b)) throw badArgument(b);
        if (!isC(c)) throw badArgument(c);
        return operation(a, b, c);
      };
    case 4:
      return (a, b, c, d) => {
        if (!isA(a)) throw badArgument(a);
        if (!isB(b)) throw badArgument(b);
        if (!isC(c)) throw badArgument(c);
        if (!isD(d)) throw badArgument(d);
        return operation(a, b, c, d);
      };
    default:
      throw new Error("an intrinsic has one to four parameters");
  }
}

/** Of a value that an intrinsic has no use for. */
export function badArgument(value: Value): ProgramError {
  return programError("badarg", value);
}

/** The same, with `this` as the first of them. */
export function method(name: string, length: number, operation: Positional): BuiltIn {
  const { spec } = fn(name, length, operation);
  return { name, length, spec: { ...spec, takesThis: true } };
}

/** A function of any number of values, or one that asks the VM for something. */
export function variadic(
  name: string,
  length: number,
  run: (args: readonly Value[], context: ForeignContext) => Value,
): BuiltIn {
  return builtIn(name, length, { parameters: [], rest: ANY, pure: false, run });
}

/** The same, with `this`. */
export function variadicMethod(
  name: string,
  length: number,
  run: (self: Value, args: readonly Value[], context: ForeignContext) => Value,
): BuiltIn {
  return builtIn(name, length, {
    parameters: [ANY],
    rest: ANY,
    pure: false,
    takesThis: true,
    run: (args, context) => run(args[0], args.slice(1), context),
  });
}

/** The same without a list of its own for what stands behind `this`: the first value is `this`. */
export function quickVariadicMethod(name: string, length: number, run: (values: readonly Value[]) => Value): BuiltIn {
  return builtIn(name, length, { parameters: [ANY], rest: ANY, pure: false, takesThis: true, run });
}

/** A function of one or two Numbers, which compiled code calls as it is; all else is made a Number first. */
export function numeric(
  name: string,
  operation: NumericOperation | ((a: number) => number),
  toNumber: (value: Value) => number,
): BuiltIn {
  const count = operation.length;
  const ofTwo = operation as NumericOperation;
  return builtIn(name, count, {
    parameters: new Array<Parameter>(count).fill(NUMBER),
    result: "Number",
    pure: true,
    numeric: ofTwo,
    run: (args) => {
      const a = toNumber(args[0]);
      return ofTwo(a, count === 1 ? a : toNumber(args[1]));
    },
  } as Omit<ForeignSpec, "name" | "result" | "description">);
}

/** An argument, also where there is none. */
export function at(args: readonly Value[], index: number): Value {
  return index < args.length ? args[index] : Undefined;
}

/** What stands in front of the name of a getter. */
export const GETTER = "get ";

/** A getter of a prototype. */
export function getter(name: string, operation: (self: Value) => Value): BuiltIn {
  return method(`${GETTER}${name}`, 0, operation);
}
