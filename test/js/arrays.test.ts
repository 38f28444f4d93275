import { checkSnippets } from "./check.ts";
import { ARRAYS } from "./snippets/arrays.ts";

checkSnippets("arrays", ARRAYS);
