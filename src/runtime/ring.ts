/** A first-in first-out queue in a ring of slots: run queue, mailboxes, exit signals. */
export class Ring<Item> {
  length: number;
  private slots: (Item | undefined)[];
  private head: number;

  constructor() {
    this.length = 0;
    this.slots = [undefined, undefined, undefined, undefined];
    this.head = 0;
  }

  push(item: Item): void {
    if (this.length === this.slots.length) this.resize(this.length * 2);
    this.slots[(this.head + this.length) & (this.slots.length - 1)] = item;
    this.length++;
  }

  /** The oldest item, or undefined if there is none. */
  shift(): Item | undefined {
    if (this.length === 0) return undefined;
    const item = this.slots[this.head];
    this.slots[this.head] = undefined;
    this.head = (this.head + 1) & (this.slots.length - 1);
    this.length--;
    // A burst must not hold its memory for ever; a quarter full leaves room to swing.
    if (this.slots.length > SHRINKS_ABOVE && this.length * 4 < this.slots.length) {
      this.resize(this.slots.length / 2);
    }
    return item;
  }

  /** The item at this place, 0 being the oldest. */
  at(index: number): Item | undefined {
    return index < this.length ? this.slots[(this.head + index) & (this.slots.length - 1)] : undefined;
  }

  /** Takes the item at this place out. The shorter side moves up. */
  remove(index: number): Item | undefined {
    const { slots, head } = this;
    const mask = slots.length - 1;
    const item = this.at(index);
    if (index < this.length >> 1) {
      for (let i = index; i > 0; i--) slots[(head + i) & mask] = slots[(head + i - 1) & mask];
      this.shift();
    } else if (index < this.length) {
      for (let i = index + 1; i < this.length; i++) slots[(head + i - 1) & mask] = slots[(head + i) & mask];
      slots[(head + --this.length) & mask] = undefined;
    }
    return item;
  }

  *[Symbol.iterator](): Generator<Item> {
    for (let i = 0; i < this.length; i++) yield this.slots[(this.head + i) & (this.slots.length - 1)] as Item;
  }

  private resize(size: number): void {
    const slots = new Array<Item | undefined>(size).fill(undefined);
    let i = 0;
    for (const item of this) slots[i++] = item;
    this.slots = slots;
    this.head = 0;
  }
}

/** Sizes are powers of two, so that positions wrap with a mask. */
const SHRINKS_ABOVE = 64;
