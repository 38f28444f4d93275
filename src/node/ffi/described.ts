/** Functions that a host outside tells of, and calls to it: how they become foreign functions. */

import { LoadError, shown } from "../../errors.ts";
import type { AnyForeignSpec } from "../../foreign/registry.ts";
import {
  type AsyncForeignSpec,
  accepts,
  ForeignFailure,
  PARAMETER_GROUPS,
  type ParameterType,
} from "../../foreign/spec.ts";
import { TYPE_NAMES, typeOf, type Value } from "../../values/value.ts";
import { type Answered, type ForeignHost, resultOf } from "./foreign-host.ts";
import { writeBack } from "./written.ts";

/** A function as a host describes it. Its number in the list is that by which it is called. */
export interface DescribedFunction {
  readonly library: string;
  readonly name: string;
  readonly parameters: readonly (readonly [name: string, type: string])[];
  readonly rest: readonly [name: string, type: string] | null;
  readonly result: string;
  readonly description: string;
  /** Milliseconds; null: as long as it wants. */
  readonly timeout: number | null;
  /** Its arguments come back with the result, because it may have written into them. */
  readonly writes?: boolean;
}

const TYPES: ReadonlySet<string> = new Set([...TYPE_NAMES, ...PARAMETER_GROUPS]);

/** @throws LoadError for what is no type */
export function parameterTypeOf(type: string, where: string): ParameterType {
  if (!TYPES.has(type)) throw new LoadError(`${where}: ${shown(type)} is no type; there are ${[...TYPES].join(", ")}`);
  return type as ParameterType;
}

/** @throws LoadError for a description that makes no sense */
export function calledAt(host: ForeignHost, target: number, described: DescribedFunction): AnyForeignSpec {
  const name = `${described.library}.${described.name}`;
  const parameter = ([own, type]: readonly [string, string]) => ({ name: own, type: parameterTypeOf(type, name) });
  const result = parameterTypeOf(described.result, name);
  const shown = {
    name,
    parameters: described.parameters.map(parameter),
    ...(described.rest !== null && { rest: parameter(described.rest) }),
    result,
    description: described.description,
  };
  const finish = (answered: Answered): Value => {
    const value = resultOf(answered);
    if (accepts(result, value)) return value;
    throw new ForeignFailure(`gave a value of the type ${typeOf(value)} instead of ${result}`);
  };
  const { timeout, writes = false } = described;
  if (!writes) {
    const reading: AsyncForeignSpec<Answered> = {
      ...shown,
      start: (args, context) => host.call(target, args, context, timeout),
      finish,
    };
    return reading;
  }
  const writing: AsyncForeignSpec<{ readonly answered: Answered; readonly args: readonly Value[] }> = {
    ...shown,
    start: async (args, context) => ({ answered: await host.call(target, args, context, timeout), args }),
    finish: ({ answered, args }) => {
      writeBack(answered, args);
      return finish(answered);
    },
  };
  return writing;
}
