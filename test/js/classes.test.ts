import { checkSnippets } from "./check.ts";
import { CLASSES } from "./snippets/classes.ts";

checkSnippets("classes", CLASSES);
