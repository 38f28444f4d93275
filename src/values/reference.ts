/** References: values that equal nothing but themselves. Monitors and timers are named by them, and replies matched. */
import type { ProcessValue } from "./process.ts";
import { defineKind } from "./value.ts";

export class Reference {
  declare readonly kind: "Reference";
  /** Counted per VM, from 1; never used again. */
  readonly number: number;
  /** Who made it. */
  readonly owner: ProcessValue;
  /**
   * How many messages had been put into its owner's mailbox when it was made: none of them can mention it, so that
   * a receive that waits for it need not look at them.
   */
  readonly mark: number;
  /** The monitor or timer that it names, for as long as there is one. */
  subject: object | null;

  constructor(number: number, owner: ProcessValue, mark: number) {
    this.number = number;
    this.owner = owner;
    this.mark = mark;
    this.subject = null;
  }
}
defineKind(Reference.prototype, "Reference");
