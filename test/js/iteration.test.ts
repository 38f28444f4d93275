import { checkSnippets } from "./check.ts";
import { ITERATION } from "./snippets/iteration.ts";

checkSnippets("iteration and generators", ITERATION);
