/** Making values: MAKE_CLOSURE and the literals of LOAD_CONST. */
import { copyValue } from "../values/copy.ts";
import { FunctionValue } from "../values/function.ts";
import { typeOf, Undefined, type Value } from "../values/value.ts";
import { work } from "../values/work.ts";

/** Environments of a frame by scope name, and in each the first capture of every name. */
export type Scopes = Map<string, Map<string, Value>>;

/** A fresh value from a literal that a program could change. */
export function freshLiteral(literal: Value): Value {
  return copyValue(literal, Number.POSITIVE_INFINITY);
}

/**
 * The function with captured values. Closures made in one frame with one scope name share an environment,
 * in which the first capture of a name wins; the scope "" shares nothing. What is no function gives
 * Undefined, a foreign function itself.
 */
export function makeClosure(
  callee: Value,
  scopes: Scopes,
  scope: string,
  names: readonly string[],
  values: readonly Value[],
): Value {
  if (typeOf(callee) !== "Function") return Undefined;
  const target = callee as FunctionValue;
  if (target.code === null) return target;
  work.values += values.length;
  if (scope === "") return new FunctionValue(target.code, null, values, target.self);
  let environment = scopes.get(scope);
  if (environment === undefined) {
    environment = new Map();
    scopes.set(scope, environment);
  }
  const captured: Value[] = [];
  for (let i = 0; i < names.length; i++) {
    const known = environment.get(names[i]);
    if (known === undefined) environment.set(names[i], values[i]);
    captured.push(known ?? values[i]);
  }
  return new FunctionValue(target.code, null, captured, target.self);
}
