/** EQUAL … GREATER_EQUAL in full: operator methods of Objects first, then the order and equality of values. */
import { equals, lessOrEqual, lessThan } from "../values/equality.ts";
import { getProperty, IonObject, type NativeKey } from "../values/object.ts";
import type { Value } from "../values/value.ts";
import { askFor, type ResultUse, USE_NEGATED_TRUTH, USE_TRUTH } from "./method-call.ts";

type Comparison = boolean | undefined;

export function equal(a: Value, b: Value): Comparison {
  return asks("$__eq__", a, b, USE_TRUTH) ? undefined : equals(a, b);
}

export function notEqual(a: Value, b: Value): Comparison {
  return asks("$__eq__", a, b, USE_NEGATED_TRUTH) ? undefined : !equals(a, b);
}

/** Also GREATER_THAN, with its operands exchanged. */
export function less(a: Value, b: Value): Comparison {
  return asks("$__lt__", a, b, USE_TRUTH) ? undefined : lessThan(a, b);
}

/** Also GREATER_EQUAL, with its operands exchanged. */
export function lessEqual(a: Value, b: Value): Comparison {
  return asks("$__le__", a, b, USE_TRUTH) ? undefined : lessOrEqual(a, b);
}

function asks(name: NativeKey, a: Value, b: Value, use: ResultUse): boolean {
  if (a instanceof IonObject) {
    const method = getProperty(a, name);
    if (method !== undefined) {
      askFor(method, a, [b], use);
      return true;
    }
  }
  if (b instanceof IonObject) {
    const method = getProperty(b, name);
    if (method !== undefined) {
      askFor(method, b, [a, true], use);
      return true;
    }
  }
  return false;
}
