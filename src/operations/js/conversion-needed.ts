/**
 * A function of the host got an object where JavaScript takes a text or a Number, and only a function of the program
 * (`toString`, `valueOf`) says which. The host never calls those. So the call is given up before it has had any effect,
 * and made again with the converted value in the place of the object: `%retry` of the library does that.
 */
import { ProgramError, reason } from "../../errors.ts";
import type { Value } from "../../values/value.ts";

export type Hint = "number" | "string" | "default";

/** Where nobody makes the call again, it is the error that JavaScript raises when there is no such function. */
export class ConversionNeeded extends ProgramError {
  /** One of the arguments, or `this`. */
  readonly subject: Value;
  readonly hint: Hint;
  constructor(subject: Value, hint: Hint) {
    super(reason("js", "TypeError", "Cannot convert object to primitive value"));
    this.subject = subject;
    this.hint = hint;
  }
}
