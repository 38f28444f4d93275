/** What the tools have in common: how they begin, and how they end whatever happens. */
import { CommanderError } from "commander";
import { LoadError } from "../../errors.ts";
import { CompileError, diagnosticText } from "../../ionc/diagnostics.ts";
import { complain, tell } from "./console.ts";
import { EXITS } from "./exit-codes.ts";
import { ClosedPipe, FileError, UsageError } from "./failures.ts";
import { reportBug } from "./report.ts";

/**
 * Runs a tool with the arguments of the process, and ends the process.
 * @param run gets the arguments and gives the exit code
 */
export async function runTool(name: string, run: (args: readonly string[]) => Promise<number>): Promise<never> {
  // What is thrown outside of the run, by a signal's handler for example, ends the tool the same way.
  process.on("uncaughtException", (error) => process.exit(failed(error, name)));
  let code: number;
  try {
    code = await run(process.argv.slice(2));
  } catch (error) {
    code = failed(error, name);
  }
  // Everything is written already; nothing that is still open shall keep the process.
  process.exit(code);
}

function failed(error: unknown, name: string): number {
  if (error instanceof ClosedPipe) return EXITS.closedPipe.code;
  // Commander throws it also when it has shown what it was asked for.
  if (error instanceof CommanderError && error.exitCode === 0) return EXITS.ok.code;
  if (error instanceof CommanderError) {
    // Without arguments it has shown the help, and there is nothing to add.
    if (error.code !== "commander.help") complain(usageMessage(error), name);
    return EXITS.usage.code;
  }
  if (error instanceof UsageError) {
    complain(error.message, name);
    return EXITS.usage.code;
  }
  if (error instanceof CompileError) {
    for (const diagnostic of error.diagnostics) {
      const [first, ...rest] = diagnosticText(diagnostic).split("\n");
      complain(first, name);
      for (const line of rest) tell(line);
    }
    return EXITS.failed.code;
  }
  if (error instanceof LoadError || error instanceof FileError) {
    complain(error.message, name);
    return EXITS.failed.code;
  }
  reportBug(error, name);
  return EXITS.bug.code;
}

/** `error: unknown option '--bugdet'\n(Did you mean --budget?)` as one line in our words. */
function usageMessage({ message }: CommanderError): string {
  return message
    .replace(/^error: /, "")
    .replace(/\n\(Did you mean (.*)\?\)$/s, " (did you mean $1?)")
    .replace(/^option '(.*)' argument missing$/, "option '$1' needs its value")
    .replace(/\. Expected /, ": expected ")
    .replace(/\.$/, "");
}
