/** A flight recorder: the last events, for when something has gone wrong. */
import type { EventListener, VMEvent } from "./events.ts";

/** So many are kept. */
export const RECORDED_EVENTS = 1_000;

export class FlightRecorder {
  readonly #events: VMEvent[] = [];
  #next = 0;

  /** To be subscribed. */
  readonly listener: EventListener = (event) => {
    this.#events[this.#next] = event;
    this.#next = (this.#next + 1) % RECORDED_EVENTS;
  };

  /** The oldest first. */
  events(): VMEvent[] {
    return [...this.#events.slice(this.#next), ...this.#events.slice(0, this.#next)];
  }
}
