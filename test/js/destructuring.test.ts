import { checkSnippets } from "./check.ts";
import { DESTRUCTURING } from "./snippets/destructuring.ts";

checkSnippets("destructuring, spread, parameters", DESTRUCTURING);
