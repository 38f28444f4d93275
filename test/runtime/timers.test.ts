/** Timers against a list that is sorted each time. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Timer, Timers } from "../../src/runtime/timers.ts";

type Step = { readonly set: number } | { readonly cancel: number } | { readonly fire: number };

const STEP: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.nat(20).map((set) => ({ set })) },
  { weight: 3, arbitrary: fc.nat(200).map((cancel) => ({ cancel })) },
  { weight: 1, arbitrary: fc.nat(20).map((fire) => ({ fire })) },
);

it("fire in the order of their deadlines, equal ones in the order set", () => {
  fc.assert(
    fc.property(fc.array(STEP, { maxLength: 400 }), (steps) => {
      const timers = new Timers<number>();
      const made: Timer<number>[] = [];
      let naive: { deadline: number; id: number }[] = [];
      for (const step of steps) {
        if ("set" in step) {
          naive.push({ deadline: step.set, id: made.length });
          made.push(timers.set(step.set, made.length));
        } else if ("cancel" in step && made.length > 0) {
          const id = step.cancel % made.length;
          timers.cancel(made[id]);
          naive = naive.filter((timer) => timer.id !== id);
        } else if ("fire" in step) {
          const fired: number[] = [];
          timers.fireDue(step.fire, (id) => fired.push(id));
          const due = naive.filter(({ deadline }) => deadline <= step.fire);
          due.sort((a, b) => a.deadline - b.deadline || a.id - b.id);
          naive = naive.filter((timer) => !due.includes(timer));
          expect(fired).toEqual(due.map(({ id }) => id));
          expect(due.map(({ id }) => made[id].state)).toEqual(due.map(() => "fired"));
        }
        expect(timers.size).toBe(naive.length);
        expect(timers.next()).toBe(Math.min(Number.POSITIVE_INFINITY, ...naive.map(({ deadline }) => deadline)));
      }
    }),
    { numRuns: 300 },
  );
});

it("a timer set and cancelled a million times costs no memory", () => {
  const timers = new Timers<null>();
  timers.set(5, null);
  for (let i = 0; i < 1_000_000; i++) timers.cancel(timers.set(1000 + i, null));
  expect(timers.size).toBe(1);
  const fired: null[] = [];
  timers.fireDue(10, (target) => fired.push(target));
  expect(fired).toHaveLength(1);
});
