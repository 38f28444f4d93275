/** The built-ins that are functions of the host, by topic. */
import type { BuiltIn } from "../built-in.ts";
import { ARRAY } from "./array.ts";
import { CLASS } from "./class.ts";
import { CLONE } from "./clone.ts";
import { COLLECTIONS } from "./collections.ts";
import { CONSOLE } from "./console.ts";
import { DATE } from "./date.ts";
import { ERROR } from "./error.ts";
import { FUNCTION } from "./function.ts";
import { INTRINSICS } from "./intrinsics.ts";
import { ITERATORS } from "./iterator.ts";
import { JSON_BUILTINS } from "./json.ts";
import { MATH, PAIRS } from "./math.ts";
import { BOOLEAN, NUMBER } from "./number.ts";
import { OBJECT } from "./object.ts";
import { OPERATORS } from "./operators.ts";
import { REFLECT } from "./reflect.ts";
import { REGEXP } from "./regexp.ts";
import { SPREAD } from "./spread.ts";
import { STRING } from "./string.ts";
import { SYMBOL_BUILTINS } from "./symbol.ts";
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
  ...OBJECT,
  ...CLASS,
  ...OPERATORS,
  ...FUNCTION,
  ...ERROR,
  ...COLLECTIONS,
  ...REGEXP,
  ...DATE,
  ...JSON_BUILTINS,
  ...CONSOLE,
  ...CLONE,
  ...INTRINSICS,
  ...SYMBOL_BUILTINS,
  ...REFLECT,
  ...SPREAD,
];
