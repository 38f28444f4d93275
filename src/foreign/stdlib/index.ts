/** The standard library by topic. */

import type { BytecodeSpec, ForeignSpec } from "../spec.ts";
import { ARRAYS } from "./arrays.ts";
import { HOST } from "./host.ts";
import { MATH } from "./math.ts";
import { OBJECTS } from "./objects.ts";
import { OUTPUT } from "./output.ts";
import { PROCESSES } from "./processes.ts";
import { STRINGS } from "./strings.ts";
import { TIME, WAITS } from "./time.ts";
import { TYPES } from "./types.ts";

export interface Topic {
  readonly title: string;
  readonly functions: readonly (ForeignSpec | BytecodeSpec)[];
}

export const STANDARD_TOPICS: readonly Topic[] = [
  { title: "Output", functions: OUTPUT },
  { title: "Numbers", functions: MATH },
  { title: "Strings", functions: STRINGS },
  { title: "Arrays", functions: ARRAYS },
  { title: "Types", functions: TYPES },
  { title: "Objects", functions: OBJECTS },
  { title: "Processes", functions: PROCESSES },
  { title: "Time", functions: [...TIME, ...WAITS] },
  { title: "The host", functions: HOST },
];

/** What a registry of a VM starts with. */
export const STANDARD_LIBRARY: readonly ForeignSpec[] = STANDARD_TOPICS.flatMap(({ functions }) => {
  return functions.filter((spec) => "run" in spec);
});

/** The functions of the standard library that are bytecode. */
export const BYTECODE_LIBRARY: readonly BytecodeSpec[] = WAITS;
