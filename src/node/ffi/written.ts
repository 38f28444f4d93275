/** What a function outside has written into its arguments: it comes back with the result, and is written here, too. */
import { ForeignFailure } from "../../foreign/spec.ts";
import { FloatArray } from "../../values/bytes.ts";
import { IonObject, ownKeys, setProperty } from "../../values/object.ts";
import type { Value } from "../../values/value.ts";
import type { Answered } from "./foreign-host.ts";
import { valueOf } from "./wire.ts";

/** @throws ForeignFailure for an answer that makes no sense */
export function writeBack({ parts: [, back = []], blobs, handles }: Answered, args: readonly Value[]): void {
  if (!Array.isArray(back)) throw senseless();
  for (const one of back) {
    if (!Array.isArray(one)) throw senseless();
    write(args[one[0]], valueOf(one[1], blobs, handles));
  }
}

function write(argument: Value | undefined, written: Value): void {
  if (argument instanceof FloatArray && written instanceof FloatArray) {
    if (argument.items.length !== written.items.length) throw senseless();
    argument.items.set(written.items);
  } else if (argument instanceof IonObject && written instanceof IonObject) {
    for (const key of ownKeys(written)) setProperty(argument, key, written[key]);
  } else throw senseless();
}

function senseless(): ForeignFailure {
  return new ForeignFailure("gave back arguments that it was not given");
}
