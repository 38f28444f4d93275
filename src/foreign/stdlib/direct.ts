/** Functions written on their arguments one by one, so that compiled code can call them as they are. */
import type { Value } from "../../values/value.ts";
import type { DirectOperation, ForeignSpec } from "../spec.ts";

/** The description with what it lacks: the function that takes an array of arguments. */
export function direct(spec: Omit<ForeignSpec, "run"> & { readonly direct: DirectOperation }): ForeignSpec {
  const operation = spec.direct as (a?: Value, b?: Value, c?: Value) => Value;
  return { ...spec, run: ([a, b, c]) => operation(a, b, c) };
}
