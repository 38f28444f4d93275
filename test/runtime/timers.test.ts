import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Timer, Timers } from "../../src/runtime/timers.ts";

type Step =
  | { readonly op: "set"; readonly after: number }
  | { readonly op: "cancel"; readonly which: number }
  | { readonly op: "pass"; readonly time: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ op: fc.constant("set" as const), after: fc.nat(20) }) },
    { weight: 3, arbitrary: fc.record({ op: fc.constant("cancel" as const), which: fc.nat(300) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant("pass" as const), time: fc.nat(10) }) },
  ),
  { maxLength: 400 },
);

interface Entry {
  readonly name: number;
  readonly deadline: number;
  readonly timer: Timer;
}

describe("Timers", () => {
  it("fire by deadline, equal ones in the order set, the cancelled never", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const timers = new Timers();
        const made: Entry[] = [];
        let waiting: Entry[] = [];
        const fired: number[] = [];
        let now = 0;
        for (const step of all) {
          if (step.op === "set") {
            const name = made.length;
            const deadline = now + step.after;
            const entry = { name, deadline, timer: timers.set(deadline, () => fired.push(name)) };
            made.push(entry);
            waiting.push(entry);
          } else if (step.op === "cancel") {
            const entry = made[step.which];
            if (entry === undefined) continue;
            timers.cancel(entry.timer);
            waiting = waiting.filter((other) => other !== entry);
          } else {
            now += step.time;
            timers.fireDue(now);
            const due = waiting.filter(({ deadline }) => deadline <= now);
            waiting = waiting.filter(({ deadline }) => deadline > now);
            // The sort is stable: equal deadlines stay in the order set.
            expect(fired.splice(0)).toEqual([...due].sort((a, b) => a.deadline - b.deadline).map(({ name }) => name));
          }
          expect(timers.size).toBe(waiting.length);
          expect(timers.next()).toBe(Math.min(Number.POSITIVE_INFINITY, ...waiting.map(({ deadline }) => deadline)));
        }
      }),
    );
  });

  it("a timer set while others fire, already due, fires with them", () => {
    const timers = new Timers();
    const fired: string[] = [];
    timers.set(5, () => {
      fired.push("first");
      timers.set(3, () => fired.push("third"));
    });
    timers.set(5, () => fired.push("second"));
    timers.fireDue(5);
    expect(fired).toEqual(["first", "third", "second"]);
  });

  it("a timer cancelled by one that fires with it does not fire", () => {
    const timers = new Timers();
    const fired: string[] = [];
    timers.set(5, () => timers.cancel(second));
    const second = timers.set(5, () => fired.push("second"));
    timers.fireDue(5);
    expect(fired).toEqual([]);
    expect(timers.size).toBe(0);
  });

  it("setting and cancelling without end keeps nothing", () => {
    const timers = new Timers();
    for (let i = 0; i < 100_000; i++) timers.cancel(timers.set(1e9 + i, () => {}));
    expect(timers.size).toBe(0);
    expect(timers.next()).toBe(Number.POSITIVE_INFINITY);
  });
});
