/** JS_ALLOCATE and JS_CONSTRUCTED: what `new` is made of. */
import { jsError, programError } from "../../errors.ts";
import { type FunctionMembers, FunctionValue } from "../../values/function.ts";
import { IonObject, setProperty } from "../../values/object.ts";
import type { Value } from "../../values/value.ts";
import { isPrimitive } from "./convert.ts";
import { jsGet } from "./properties.ts";

/** The fresh object that `new` of a function begins with. @throws ProgramError if it is no constructor */
export function jsAllocate(constructor: Value): IonObject {
  if (!(constructor instanceof FunctionValue)) throw notAConstructor();
  const maker = constructor.members?.maker ?? makerOf(constructor);
  return new maker();
}

/** The message begins with what the source calls it, where that is known. */
export const NOT_A_CONSTRUCTOR = "value is not a constructor";

function notAConstructor() {
  return jsError("TypeError", NOT_A_CONSTRUCTOR);
}

/**
 * A constructor of the host's for each class: V8 keeps its objects in one shape, with room for their members, where
 * `Object.create` gives each a shape that it must learn anew.
 */
function makerOf(constructor: FunctionValue): new () => IonObject {
  // It cannot know whether it is called by `new`.
  if (constructor.members?.isBound) throw notAConstructor();
  // Makes the prototype of a function that has none yet.
  const prototype = jsGet(constructor, "prototype");
  if (!(prototype instanceof IonObject)) throw notAConstructor();
  const maker = function (this: IonObject): void {} as unknown as new () => IonObject;
  maker.prototype = prototype;
  (constructor.members as FunctionMembers).maker = maker;
  return maker;
}

/** STORE_CELL: into an Object that is nobody's but the compiler's; any other that cannot be written stays as it is. */
export function storeCell(cell: Value, value: Value): true {
  if (!(cell instanceof IonObject)) throw programError("badarg", cell);
  setProperty(cell, "$v", value);
  return true;
}

/** What `new` gives for what the constructor returned. */
export function jsConstructed(result: Value, object: Value): Value {
  return isPrimitive(result) ? object : result;
}
