import { checkSnippets } from "./check.ts";
import { someWays } from "./engines.ts";
import { OPERATORS } from "./snippets/operators.ts";

// Three of the six ways each: there are enough of them to meet every operator in all ways.
checkSnippets("operators on all pairs of values", OPERATORS, someWays);
