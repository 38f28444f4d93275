/**
 * The prototype of objects of JavaScript that inherit nothing, not even what all others find on `Object.prototype` without having
 * it in their chain. It has no members.
 */
import { IonObject } from "./object.ts";

export const NULL_PROTOTYPE: IonObject = Object.freeze(new IonObject());
