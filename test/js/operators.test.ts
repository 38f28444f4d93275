import { checkSnippets } from "./check.ts";
import { someWays } from "./engines.ts";
import { OPERATORS } from "./snippets/operators.ts";

// Not each in all ways: there are enough of them for every operator to meet every way.
checkSnippets("operators on all pairs of values", OPERATORS, (number) => someWays(number, 4));
