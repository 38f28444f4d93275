/** What Node itself prints for a program: nothing that tests expect of JavaScript is written down by hand. */
import { format, inspect, types } from "node:util";
import { createContext, Script } from "node:vm";

/** What the last line of a program's output says of an error that nobody caught. */
export const UNCAUGHT = "Uncaught ";

export interface NodeOptions {
  /** Ends a program that does not end; then the output is null. */
  readonly timeout?: number;
}

/**
 * Runs a text as the code of a strict function without `this`, which is what the code of a module is, in a world of
 * its own.
 *
 * @throws SyntaxError if it is none
 */
export function runInNode(source: string, options: NodeOptions = {}): string | null {
  const script = new Script(`"use strict";(function () {\n${source}\n}).call(undefined);`, { filename: "snippet.js" });
  let printed = "";
  const log = (...values: unknown[]): void => {
    printed += `${format(...values)}\n`;
  };
  const context = createContext({ console: { log } });
  try {
    script.runInContext(context, options.timeout === undefined ? {} : { timeout: options.timeout });
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return null;
    printed += `${UNCAUGHT}${types.isNativeError(error) ? `${error.name}: ${error.message}` : inspect(error)}\n`;
  }
  return printed;
}
