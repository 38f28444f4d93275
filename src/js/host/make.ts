/** Fresh objects of built-in classes. */
import { realm } from "../../operations/js/realm.ts";
import { exoticOf, stamp } from "../../values/exotic.ts";
import { IonObject } from "../../values/object.ts";
import type { Value } from "../../values/value.ts";
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

/**
 * Can a constructor make this object, its `this`, one of its class? What `new` has allocated it can; a program may call it with anything
 * else, and what has a state already or is closed gets none.
 */
export function isFresh(self: Value): self is IonObject {
  return self instanceof IonObject && exoticOf(self) === undefined && Object.isExtensible(self);
}

/** A fresh object of the class that such a state belongs to. */
export function objectWith(state: BuiltInState): IonObject {
  const object = objectOf(prototypeNamed(state.prototype));
  stamp(object, state);
  return object;
}
