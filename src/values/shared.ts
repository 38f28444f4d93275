/**
 * Objects that all processes share as they are though the host does not hold them for frozen: members of prototypes of
 * built-ins are made when they are first read.
 */
import type { IonObject } from "./object.ts";

const shared = new WeakSet<IonObject>();

/** No program can change the object from now on. */
export function share(object: IonObject): void {
  shared.add(object);
}

export function isSharedObject(object: IonObject): boolean {
  return shared.has(object);
}
