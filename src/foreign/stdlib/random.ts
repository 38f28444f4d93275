/** Random numbers: a generator for each VM, so that a run with its seed gives the same ones again. */

import { Unit } from "../../values/value.ts";
import type { ForeignSpec } from "../spec.ts";
import { refusal } from "../spec.ts";

export const RANDOM: readonly ForeignSpec[] = [
  {
    name: "Random",
    parameters: [],
    result: "Number",
    description: "A random Number from 0 up to, and without, 1; the same ones in each run with the same seed.",
    pure: false,
    run: (_, { random }) => random.next(),
  },
  {
    name: "RandomWhole",
    parameters: [{ name: "below", type: "Number" }],
    result: "Number",
    description: "A random whole Number from 0 up to, and without, `below`, a whole number from 1 to 2^53.",
    pure: false,
    run: (args, { random }) => {
      const below = args[0] as number;
      if (!(Number.isInteger(below) && below >= 1 && below <= 2 ** 53)) {
        throw refusal(`It must be below a whole number from 1 to 2^53, not ${below}`);
      }
      return Math.floor(random.next() * below);
    },
  },
  {
    name: "RandomSeed",
    parameters: [{ name: "seed", type: "Number" }],
    result: "Unit",
    description: "Begins the VM's random numbers anew, for all its processes.",
    pure: false,
    run: (args, { random }) => {
      random.seed(args[0] as number);
      return Unit;
    },
  },
];
