/** Calls a function of the standard library as an engine does, and collects all that comes of it. */
import { ProgramError } from "../../src/errors.ts";
import { RandomNumbers } from "../../src/foreign/random.ts";
import { type ForeignFunction, ForeignRegistry } from "../../src/foreign/registry.ts";
import { type ForeignContext, ForeignFailure, type ProcessServices } from "../../src/foreign/spec.ts";
import { STANDARD_LIBRARY } from "../../src/foreign/stdlib/index.ts";
import { IonObject, nativeKey } from "../../src/values/object.ts";
import { inspect } from "../../src/values/print.ts";
import { ProcessValue } from "../../src/values/process.ts";
import type { Value } from "../../src/values/value.ts";
import { settleWork } from "../../src/values/work.ts";

export class TestProcess extends ProcessValue {
  override readonly number: number;
  constructor(number: number) {
    super();
    this.number = number;
  }
}

export interface Outcome {
  /** Undefined (JavaScript's) if the call failed. */
  readonly result: Value | undefined;
  /** The message of a failure, or the inspect form of a program's error. */
  readonly failure: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Reductions for data-dependent work. */
  readonly charge: number;
}

const registry = new ForeignRegistry(STANDARD_LIBRARY);

export function call(name: string, args: readonly Value[], given: Partial<ForeignContext> = {}): Outcome {
  let stdout = "";
  let stderr = "";
  const unexpected = (): never => {
    throw new Error("not expected here");
  };
  const context: ForeignContext = {
    process: new TestProcess(1),
    version: 2,
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    args: [],
    random: new RandomNumbers(0),
    permit: unexpected,
    send: unexpected,
    system: null,
    resource: unexpected,
    exit: unexpected,
    trapExit: unexpected,
    halt: unexpected,
    processes: new Proxy({} as ProcessServices, { get: unexpected }),
    ...given,
  };
  settleWork();
  let result: Value | undefined;
  let failure: string | undefined;
  try {
    result = (registry.get(name) as ForeignFunction).call(args, context);
  } catch (error) {
    if (error instanceof ForeignFailure) failure = error.message;
    else if (error instanceof ProgramError) failure = inspect(error.value);
    else throw error;
  }
  return { result, failure, stdout, stderr, charge: settleWork() };
}

/** The result of a call that succeeds. */
export function resultOf(name: string, ...args: Value[]): Value {
  const { result, failure } = call(name, args);
  if (result === undefined) throw new Error(`${name} failed: ${failure}`);
  return result;
}

export function object(members: Record<string, Value>): IonObject {
  const made = new IonObject();
  for (const [key, value] of Object.entries(members)) made[nativeKey(key)] = value;
  return made;
}
