/** The standard library by topic. */

import type { AsyncForeignSpec, BytecodeSpec, ForeignSpec } from "../spec.ts";
import { ARRAYS } from "./arrays.ts";
import { BYTES } from "./bytes.ts";
import { DATES } from "./dates.ts";
import { HOST } from "./host.ts";
import { JSON_FUNCTIONS } from "./json.ts";
import { MATH } from "./math.ts";
import { OBJECTS } from "./objects.ts";
import { OUTPUT } from "./output.ts";
import { PROCESSES } from "./processes.ts";
import { RANDOM } from "./random.ts";
import { STRINGS } from "./strings.ts";
import { ENVIRONMENT, FILES } from "./system.ts";
import { TIME, WAITS } from "./time.ts";
import { TYPES } from "./types.ts";

export interface Topic {
  readonly title: string;
  readonly functions: readonly (ForeignSpec | AsyncForeignSpec | BytecodeSpec)[];
}

export const STANDARD_TOPICS: readonly Topic[] = [
  { title: "Output", functions: OUTPUT },
  { title: "Numbers", functions: MATH },
  { title: "Random numbers", functions: RANDOM },
  { title: "Strings", functions: STRINGS },
  { title: "Arrays", functions: ARRAYS },
  { title: "Bytes and Float64Arrays", functions: BYTES },
  { title: "Types", functions: TYPES },
  { title: "Objects", functions: OBJECTS },
  { title: "JSON", functions: JSON_FUNCTIONS },
  { title: "Processes", functions: PROCESSES },
  { title: "Time", functions: [...TIME, ...WAITS] },
  { title: "Dates", functions: DATES },
  { title: "The host", functions: [...HOST, ...ENVIRONMENT] },
  { title: "Files and standard input", functions: FILES },
];

/** What a registry of a VM starts with. */
export const STANDARD_LIBRARY: readonly (ForeignSpec | AsyncForeignSpec)[] = STANDARD_TOPICS.flatMap(
  ({ functions }) => {
    return functions.filter((spec): spec is ForeignSpec | AsyncForeignSpec => !("body" in spec));
  },
);

/** The functions of the standard library that are bytecode. */
export const BYTECODE_LIBRARY: readonly BytecodeSpec[] = WAITS;
