/**
 * Timers: a binary heap by deadline, equal deadlines in the order set.
 *
 * A server that waits with a timeout sets and cancels a timer for every message. So cancelling only
 * marks the timer, and the heap is rebuilt without the marked ones when they are the greater part:
 * constant cost a timer, and memory in proportion to the timers that are set.
 */
export class Timer {
  readonly deadline: number;
  readonly order: number;
  state: "set" | "cancelled" | "fired" = "set";
  readonly fire: () => void;
  constructor(deadline: number, order: number, fire: () => void) {
    this.deadline = deadline;
    this.order = order;
    this.fire = fire;
  }
}

/** Below this many, cancelled timers are not worth a rebuild. */
const REBUILD_ABOVE = 64;

export class Timers {
  #heap: Timer[] = [];
  #order = 0;
  #cancelled = 0;

  /** How many timers are set. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** `deadline` in milliseconds of the VM's clock. */
  set(deadline: number, fire: () => void): Timer {
    const timer = new Timer(deadline, this.#order++, fire);
    this.#heap.push(timer);
    this.#siftUp(this.#heap.length - 1);
    return timer;
  }

  cancel(timer: Timer): void {
    if (timer.state !== "set") return;
    timer.state = "cancelled";
    this.#cancelled++;
    if (this.#heap.length > REBUILD_ABOVE && this.#cancelled * 2 > this.#heap.length) this.#rebuild();
  }

  /** The deadline of the next timer, or Infinity. */
  next(): number {
    this.#dropCancelled();
    return this.#heap.length === 0 ? Number.POSITIVE_INFINITY : this.#heap[0].deadline;
  }

  /** Fires what is due at `now`, in order. */
  fireDue(now: number): void {
    while (this.next() <= now) {
      const timer = this.#pop();
      timer.state = "fired";
      timer.fire();
    }
  }

  #dropCancelled(): void {
    while (this.#heap.length > 0 && this.#heap[0].state === "cancelled") {
      this.#pop();
      this.#cancelled--;
    }
  }

  #rebuild(): void {
    this.#heap = this.#heap.filter((timer) => timer.state === "set");
    this.#cancelled = 0;
    for (let i = (this.#heap.length >> 1) - 1; i >= 0; i--) this.#siftDown(i);
  }

  #pop(): Timer {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      this.#siftDown(0);
    }
    return first;
  }

  #siftUp(index: number): void {
    const heap = this.#heap;
    const timer = heap[index];
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(timer, heap[parent])) break;
      heap[index] = heap[parent];
      index = parent;
    }
    heap[index] = timer;
  }

  #siftDown(index: number): void {
    const heap = this.#heap;
    const timer = heap[index];
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child++;
      if (!before(heap[child], timer)) break;
      heap[index] = heap[child];
      index = child;
    }
    heap[index] = timer;
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.deadline < b.deadline || (a.deadline === b.deadline && a.order < b.order);
}
