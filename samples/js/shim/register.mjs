/** `node --import ./register.mjs PROGRAM.js`: programs may import "ion:process". */
import { register } from "node:module";

register("./hooks.mjs", import.meta.url);
