/** The built-ins that are functions of the host, by topic. */
import type { BuiltIn } from "../built-in.ts";
import { ARRAY } from "./array.ts";
import { ITERATORS } from "./iterator.ts";
import { MATH, PAIRS } from "./math.ts";
import { BOOLEAN, NUMBER } from "./number.ts";
import { STRING } from "./string.ts";
import { URI } from "./uri.ts";

export const HOST: readonly BuiltIn[] = [
  ...MATH,
  ...PAIRS,
  ...NUMBER,
  ...BOOLEAN,
  ...STRING,
  ...ARRAY,
  ...ITERATORS,
  ...URI,
];
