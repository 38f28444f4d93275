/**
 * The prototype of objects of JavaScript that inherit nothing, not even what all others find on `Object.prototype` without having
 * it in their chain. It has no members, but a mark that no key of a program can be.
 */
import { IonObject } from "./object.ts";
import { share } from "./shared.ts";

interface Marked {
  readonly inheritsNothing?: true;
}

export const NULL_PROTOTYPE: IonObject = new IonObject();
Object.defineProperty(NULL_PROTOTYPE, "inheritsNothing", { value: true });
Object.freeze(NULL_PROTOTYPE);
share(NULL_PROTOTYPE);

/** Has it this prototype, or one that has? The mark shows through the chain. */
export function inheritsNothing(object: IonObject): boolean {
  return (object as unknown as Marked).inheritsNothing === true;
}
