import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ring } from "../../src/runtime/ring.ts";

describe("Ring", () => {
  it("is a queue, whatever comes and goes", () => {
    // Positive: push so many; negative: take so many.
    const steps = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -300, max: 300 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(steps, (numbers) => {
        const ring = new Ring<number>();
        const model: number[] = [];
        let next = 0;
        for (const number of numbers) {
          for (let i = 0; i < number; i++) {
            ring.push(next);
            model.push(next++);
          }
          for (let i = 0; i > number; i--) expect(ring.shift()).toBe(model.shift());
          expect(ring.length).toBe(model.length);
          expect([...ring]).toEqual(model);
        }
      }),
    );
  });

  it("holds nothing that was taken", () => {
    const ring = new Ring<object>();
    for (let i = 0; i < 1000; i++) ring.push({ i });
    while (ring.length > 0) ring.shift();
    expect(JSON.stringify(ring)).not.toContain("i");
    expect(JSON.stringify(ring).length).toBeLessThan(1000);
  });
});
