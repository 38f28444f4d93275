/** Random programs print what they print in Node, in every engine. */
import { describe, expect, it } from "vitest";
import { differences } from "./differences.ts";
import { someWays } from "./engines.ts";
import { randomProgram, shrink, textOf } from "./generate.ts";

const PROGRAMS = 1000;
const SEED = 1;

describe("random programs", () => {
  // In parts, so that a failure says about where it is.
  const parts = Array.from({ length: 20 }, (_, i) => SEED + i * (PROGRAMS / 20));
  it.each(parts)("from seed %d on", (from) => {
    for (let seed = from; seed < from + PROGRAMS / 20; seed++) {
      const { root } = randomProgram(seed);
      const ways = someWays(seed, 10);
      if (differences(textOf(root), ways) === null) continue;
      const small = textOf(shrink(root, (source) => differences(source, ways) !== null, 200));
      expect.fail(`seed ${seed}: ${differences(small, ways)}\n\n${small}`);
    }
  });
});
