/** The programs of the compute suite, in the order of its tables. */
import { binaryTrees } from "./binary-trees.ts";
import type { ComputeCase } from "./case.ts";
import { closures } from "./closures.ts";
import { countingLoop } from "./counting-loop.ts";
import { expressions } from "./expressions.ts";
import { fib } from "./fib.ts";
import { mandelbrot } from "./mandelbrot.ts";
import { methods } from "./methods.ts";
import { nbody } from "./nbody.ts";
import { nestedLoops } from "./nested-loops.ts";
import { queens } from "./queens.ts";
import { sieve } from "./sieve.ts";
import { spectralNorm } from "./spectral-norm.ts";
import { states } from "./states.ts";
import { stringBuilding } from "./string-building.ts";

export const COMPUTE: readonly ComputeCase[] = [
  countingLoop,
  nestedLoops,
  mandelbrot,
  sieve,
  nbody,
  spectralNorm,
  fib,
  queens,
  methods,
  closures,
  binaryTrees,
  stringBuilding,
  expressions,
  states,
];
