import { checkSnippets } from "./check.ts";
import { BUILT_INS, CONSOLE } from "./snippets/objects.ts";

checkSnippets("objects and other built-ins", BUILT_INS);
checkSnippets("console.log", CONSOLE);
