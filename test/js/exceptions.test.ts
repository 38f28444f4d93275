import { checkSnippets } from "./check.ts";
import { EXCEPTIONS } from "./snippets/exceptions.ts";

checkSnippets("exceptions, evaluation order, messages", EXCEPTIONS);
