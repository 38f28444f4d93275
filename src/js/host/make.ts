/** Fresh objects of built-in classes. */
import { realm } from "../../operations/js/realm.ts";
import { stamp } from "../../values/exotic.ts";
import type { IonObject } from "../../values/object.ts";
import type { BuiltInState } from "./state.ts";

/** Constructors of the host's by prototype: V8 keeps what one of them makes in one shape. */
const makers = new WeakMap<IonObject, new () => IonObject>();

/** A fresh object with this prototype. */
export function objectOf(prototype: IonObject): IonObject {
  let maker = makers.get(prototype);
  if (maker === undefined) {
    maker = function (this: IonObject): void {} as unknown as new () => IonObject;
    maker.prototype = prototype;
    makers.set(prototype, maker);
  }
  return new maker();
}

/** A prototype of the VM that runs, such as `Map.prototype`. */
export function prototypeNamed(name: string): IonObject {
  return realm().builtin(name) as IonObject;
}

/** A fresh object of the class that such a state belongs to. */
export function objectWith(state: BuiltInState): IonObject {
  const object = objectOf(prototypeNamed(state.prototype));
  stamp(object, state);
  return object;
}
