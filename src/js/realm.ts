/** The built-ins of JavaScript, put together for one VM. */
import { type ProgramError, reason } from "../errors.ts";
import type { RaisedAt, Realm, Receiver } from "../operations/js/realm.ts";
import type { Library } from "../runtime/library.ts";
import type { FunctionValue } from "../values/function.ts";
import { IonObject } from "../values/object.ts";
import { Tuple, type Value } from "../values/value.ts";

/** Cheap: what it holds is made when it is first reached. */
export function createRealm(_library: Library): Realm {
  return new JsRealm();
}

class JsRealm implements Realm {
  readonly #prototypes = new Map<Receiver, IonObject>();

  builtin(_name: string): Value | undefined {
    return undefined;
  }

  prototype(receiver: Receiver): IonObject {
    let known = this.#prototypes.get(receiver);
    if (known === undefined) {
      known = new IonObject();
      this.#prototypes.set(receiver, known);
    }
    return known;
  }

  intrinsic(name: string): FunctionValue {
    throw new Error(`there is no intrinsic ${name}`);
  }

  errorObject({ value }: ProgramError, _stack: readonly RaisedAt[], _callee: string | null): Value {
    return value instanceof Tuple ? value : reason("js", "Error", "");
  }
}
