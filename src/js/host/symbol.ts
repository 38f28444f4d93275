/** Symbols are Atoms: those of the language, and what a program names by `atom`. */
import { jsError } from "../../errors.ts";
import { Atom } from "../../values/atom.ts";
import type { Value } from "../../values/value.ts";
import { type BuiltIn, getter, method } from "../built-in.ts";
import { SYMBOL, symbolText } from "./describe.ts";

function thisSymbol(self: Value): Atom {
  if (self instanceof Atom) return self;
  throw jsError("TypeError", "not a symbol");
}

export const SYMBOL_BUILTINS: readonly BuiltIn[] = [
  method("Symbol.prototype.toString", 0, (self) => symbolText(thisSymbol(self).name)),
  method("Symbol.prototype.valueOf", 0, thisSymbol),
  getter("Symbol.prototype.description", (self) => {
    const { name } = thisSymbol(self);
    return name.startsWith(SYMBOL) ? `Symbol.${name.slice(SYMBOL.length)}` : name;
  }),
];
