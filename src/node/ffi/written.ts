/** What a function outside has written into its arguments: it comes back with the result, and is written here, too. */
import { FloatArray } from "../../values/bytes.ts";
import { IonObject, ownKeys, setProperty } from "../../values/object.ts";
import type { Value } from "../../values/value.ts";
import type { Answered } from "./foreign-host.ts";
import { valueOf } from "./wire.ts";

/** @throws ForeignFailure for an answer that makes no sense */
export function writeBack({ parts, blobs, handles }: Answered, args: readonly Value[]): void {
  for (const [argument, value] of (parts[1] ?? []) as [number, unknown][]) {
    write(args[argument], valueOf(value, blobs, handles));
  }
}

function write(argument: Value, written: Value): void {
  if (argument instanceof FloatArray) argument.items.set((written as FloatArray).items);
  else if (argument instanceof IonObject) {
    for (const key of ownKeys(written as IonObject)) setProperty(argument, key, (written as IonObject)[key]);
  }
}
