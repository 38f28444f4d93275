/**
 * Timers: a binary heap by deadline, equal deadlines in the order set.
 *
 * A server that waits with a timeout sets and cancels a timer for every message. So cancelling only
 * marks the timer, and the heap is rebuilt without the marked ones when they are the greater part:
 * constant cost a timer, and memory in proportion to the timers that are set.
 *
 * The heap itself is made of numbers in typed arrays. With references in it, every step of a timer up or
 * down would be a write that V8's collector has to look after: 10^5 timers made its pauses twice as long.
 */

/** A timer that was set. `Target` says whom it is for. */
export class Timer<Target> {
  readonly target: Target;
  state: "set" | "cancelled" | "fired";
  constructor(target: Target) {
    this.target = target;
    this.state = "set";
  }
}

/** Below this many, cancelled timers are not worth a rebuild. */
const REBUILD_ABOVE = 64;
const SMALLEST = 16;

export class Timers<Target> {
  /** The heap, by position: deadline, order in which it was set, and place in `timers`. */
  #deadlines = new Float64Array(SMALLEST);
  #orders = new Float64Array(SMALLEST);
  #places = new Int32Array(SMALLEST);
  #length = 0;
  readonly #timers: (Timer<Target> | null)[] = [];
  /** Places in `timers` that are free. */
  readonly #free: number[] = [];
  #order = 0;
  #cancelled = 0;

  /** How many timers are set. */
  get size(): number {
    return this.#length - this.#cancelled;
  }

  /** `deadline` in milliseconds of the VM's clock. */
  set(deadline: number, target: Target): Timer<Target> {
    const timer = new Timer(target);
    const place = this.#free.pop() ?? this.#timers.length;
    this.#timers[place] = timer;
    if (this.#length === this.#deadlines.length) this.#resize(this.#length * 2);
    this.#siftUp(this.#length++, deadline, this.#order++, place);
    return timer;
  }

  cancel(timer: Timer<Target>): void {
    if (timer.state !== "set") return;
    timer.state = "cancelled";
    this.#cancelled++;
    if (this.#length > REBUILD_ABOVE && this.#cancelled * 2 > this.#length) this.#rebuild();
  }

  /** The deadline of the next timer, or Infinity. */
  next(): number {
    while (this.#length > 0 && this.#timers[this.#places[0]]!.state === "cancelled") {
      this.#pop();
      this.#cancelled--;
    }
    return this.#length === 0 ? Number.POSITIVE_INFINITY : this.#deadlines[0];
  }

  /** Calls back for what is due at `now`, in order. */
  fireDue(now: number, fire: (target: Target) => void): void {
    while (this.next() <= now) {
      const timer = this.#pop();
      timer.state = "fired";
      fire(timer.target);
    }
  }

  #resize(size: number): void {
    const { max } = Math;
    const grown = [new Float64Array(max(size, SMALLEST)), new Float64Array(max(size, SMALLEST))] as const;
    const places = new Int32Array(max(size, SMALLEST));
    grown[0].set(this.#deadlines.subarray(0, this.#length));
    grown[1].set(this.#orders.subarray(0, this.#length));
    places.set(this.#places.subarray(0, this.#length));
    [this.#deadlines, this.#orders] = grown;
    this.#places = places;
  }

  /** Leaves the cancelled ones out. */
  #rebuild(): void {
    let kept = 0;
    for (let i = 0; i < this.#length; i++) {
      const place = this.#places[i];
      if (this.#timers[place]!.state === "cancelled") this.#release(place);
      else this.#put(kept++, this.#deadlines[i], this.#orders[i], place);
    }
    this.#length = kept;
    this.#cancelled = 0;
    this.#resize(2 ** Math.ceil(Math.log2(kept + 1)));
    for (let i = (kept >> 1) - 1; i >= 0; i--) this.#siftDown(i, this.#deadlines[i], this.#orders[i], this.#places[i]);
  }

  #release(place: number): Timer<Target> {
    const timer = this.#timers[place]!;
    this.#timers[place] = null;
    this.#free.push(place);
    return timer;
  }

  #pop(): Timer<Target> {
    const first = this.#release(this.#places[0]);
    const last = --this.#length;
    if (last > 0) this.#siftDown(0, this.#deadlines[last], this.#orders[last], this.#places[last]);
    return first;
  }

  #put(index: number, deadline: number, order: number, place: number): void {
    this.#deadlines[index] = deadline;
    this.#orders[index] = order;
    this.#places[index] = place;
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#deadlines[from], this.#orders[from], this.#places[from]);
  }

  /** Is what stands at `index` due before this? */
  #isBefore(index: number, deadline: number, order: number): boolean {
    const own = this.#deadlines[index];
    return own < deadline || (own === deadline && this.#orders[index] < order);
  }

  #siftUp(index: number, deadline: number, order: number, place: number): void {
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#isBefore(parent, deadline, order)) break;
      this.#move(parent, index);
      index = parent;
    }
    this.#put(index, deadline, order, place);
  }

  #siftDown(index: number, deadline: number, order: number, place: number): void {
    for (;;) {
      let child = index * 2 + 1;
      if (child >= this.#length) break;
      if (child + 1 < this.#length && this.#isBefore(child + 1, this.#deadlines[child], this.#orders[child])) child++;
      if (!this.#isBefore(child, deadline, order)) break;
      this.#move(child, index);
      index = child;
    }
    this.#put(index, deadline, order, place);
  }
}
