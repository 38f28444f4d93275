/** What Node itself prints for a program: nothing that tests expect of JavaScript is written down by hand. */
import { format, inspect, types } from "node:util";
import { type Context, createContext, Script } from "node:vm";

/** What the last line of a program's output says of an error that nobody caught. */
export const UNCAUGHT = "Uncaught ";

let printed = "";
let world: Context | null = null;

/**
 * The world that programs run in: with the built-ins of the language, `console.log`, and nothing of Node. One is enough
 * for all, since no program leaves anything behind in it, and making one takes longer than most programs.
 */
function theWorld(): Context {
  const log = (...values: unknown[]): void => {
    printed += `${format(...values)}\n`;
  };
  world ??= createContext({ console: { log } });
  return world;
}

/**
 * Runs a text as the code of a strict function without `this`, which is what the code of a module is; what it prints.
 *
 * @param timeout milliseconds for a program that may not end; then the output is null
 * @throws SyntaxError if it is none
 */
export function runInNode(source: string, timeout?: number): string | null {
  const script = new Script(`"use strict";(function () {\n${source}\n}).call(undefined);`, { filename: "snippet.js" });
  printed = "";
  try {
    script.runInContext(theWorld(), timeout === undefined ? {} : { timeout });
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return null;
    printed += `${UNCAUGHT}${types.isNativeError(error) ? `${error.name}: ${error.message}` : inspect(error)}\n`;
  }
  return printed;
}
