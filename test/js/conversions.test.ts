import { checkSnippets } from "./check.ts";
import { CONVERSIONS } from "./snippets/conversions.ts";

checkSnippets("conversions", CONVERSIONS);
