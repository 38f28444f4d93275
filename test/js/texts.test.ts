import { checkSnippets } from "./check.ts";
import { TEXTS } from "./snippets/texts.ts";

checkSnippets("texts and regular expressions", TEXTS);
