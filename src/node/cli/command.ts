/** How a command is declared, and how commander is told. */
import { Command } from "commander";
import { version } from "../../../package.json";
import { writeError, writeOut } from "./console.ts";
import { commanderOptions, type OptionRow } from "./options.ts";

/** Columns of the help, the same on every terminal. */
const HELP_WIDTH = 100;

export interface CommandRow {
  readonly name: string;
  /** As commander has them: `<needed>`, `[optional]`, `[any...]`. */
  readonly args: readonly (readonly [name: string, description: string])[];
  readonly summary: string;
  readonly options: readonly OptionRow[];
  /** What follows the first argument is not ours, options included. */
  readonly passThrough?: boolean;
  /** Carries it out with its arguments and then its options, and gives the exit code. */
  // biome-ignore lint/suspicious/noExplicitAny: the values come from commander, as the row declares them
  readonly action: (...values: any[]) => Promise<number>;
}

/** The argument of most commands. */
export const FILE = [
  "<FILE>",
  "a pack, class file or assembly text, whatever its name, or JavaScript or TypeScript with its ending; - is standard input",
] as const;

/** A command, and all commands made of it, that throws its errors and writes our way. */
export function prepared(name: string): Command {
  return new Command(name)
    .exitOverride()
    .configureOutput({
      writeOut,
      writeErr: writeError,
      outputError: () => {},
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
    })
    .helpOption("-h, --help", "show this help")
    .version(version, "-V, --version", "print the version");
}

/** Gives a command what its row says; `done` gets the exit code. */
export function withRow(command: Command, row: CommandRow, done: (exitCode: number) => void): Command {
  command.description(`${row.summary[0].toUpperCase()}${row.summary.slice(1)}.`);
  for (const [name, description] of row.args) command.argument(name, description);
  for (const option of commanderOptions(row.options)) command.addOption(option);
  if (row.passThrough) command.passThroughOptions();
  return command.action(async (...values: unknown[]) => {
    // Behind arguments and options commander passes the command itself.
    done(await row.action(...values.slice(0, -1)));
  });
}
