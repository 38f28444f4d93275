import { checkSnippets } from "./check.ts";
import { CONTROL } from "./snippets/control.ts";

checkSnippets("statements and scopes", CONTROL);
