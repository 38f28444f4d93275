/** The commands of `ionvm`. What others than `run` need is loaded when it is asked for; in the built script it is there (tsup.config.ts). */
import { existsSync } from "node:fs";
import { type Command, CommanderError } from "commander";
import { type CommandRow, FILE, prepared, withRow } from "./command.ts";
import { EXITS } from "./exit-codes.ts";
import { FileError, UsageError } from "./failures.ts";
import {
  ASM_OPTIONS,
  FFI_OPTIONS,
  INFO_OPTIONS,
  listBehindSpace,
  RUN_OPTIONS,
  SAMPLE_OPTIONS,
  VERIFY_OPTIONS,
  withJitLogDecided,
  withPermissionsDecided,
} from "./options.ts";
import { run } from "./run.ts";

/** Digits of an exit code. */
const EXIT_WIDTH = 3;

export const COMMANDS: readonly CommandRow[] = [
  {
    name: "run",
    args: [FILE, ["[args...]", "the program's arguments, all that follows FILE"]],
    summary: "run a program",
    options: RUN_OPTIONS,
    passThrough: true,
    action: run,
  },
  {
    name: "info",
    args: [FILE],
    summary: "show what is in a file",
    options: INFO_OPTIONS,
    action: async (file, options) => (await import("./info.ts")).info(file, options),
  },
  {
    name: "verify",
    args: [["<FILE...>", "files to load, verify and link, without running them"]],
    summary: "say whether files could be run",
    options: VERIFY_OPTIONS,
    action: async (files, options) => (await import("./verify.ts")).verify(files, options),
  },
  {
    name: "ffi",
    args: [FILE],
    summary: "show the foreign functions that a pack has and calls",
    options: FFI_OPTIONS,
    action: async (file, options) => (await import("./ffi.ts")).ffi(file, options),
  },
  {
    name: "asm",
    args: [["<FILE>", "assembly text; - is standard input"]],
    summary: "assemble a class file or a pack",
    options: ASM_OPTIONS,
    action: async (file, options) => (await import("./asm.ts")).asm(file, options),
  },
  {
    name: "sample",
    args: [["[NAME]", "a sample; without it they are listed"]],
    summary: "show the samples that come with IonVM",
    options: SAMPLE_OPTIONS,
    action: async (name, options) => (await import("./sample.ts")).sample(name, options),
  },
];

/** @returns the exit code. @throws what src/node/cli/tool.ts tells the user of */
export async function ionvm(args: readonly string[]): Promise<number> {
  const program = prepared("ionvm")
    .description(
      "IonVM runs packs of bytecode as a world of processes. ionvm -e <text> [args...] runs a text of TypeScript.",
    )
    .addHelpText("after", exitHelp)
    .helpCommand(false)
    .enablePositionalOptions();
  let code: number = EXITS.ok.code;
  for (const row of [...COMMANDS, helpRow(program)]) {
    withRow(program.command(row.name), row, (exitCode) => {
      code = exitCode;
    }).summary(row.summary);
  }
  try {
    if (args[0] === "-e" || args[0] === "--eval") return await evaluate(args.slice(1));
    const [command, ...rest] = args;
    const allowed = command === undefined ? [] : [command, ...withPermissionsDecided(rest)];
    const decided = command === "run" ? ["run", ...withJitLogDecided(allowed.slice(1))] : allowed;
    await program.parseAsync(decided, { from: "user" });
  } catch (error) {
    if (isUnknownCommand(error) && looksLikeFile(args[0])) throw forgottenRun(args[0]);
    const hint = error instanceof FileError ? listBehindSpace(args.slice(1)) : undefined;
    throw hint === undefined ? error : new FileError(`${(error as FileError).message} (${hint})`);
  }
  return code;
}

/** `ionvm -e <text> [args…]`: the text is the program. */
async function evaluate([text, ...args]: readonly string[]): Promise<number> {
  if (text === undefined) throw new UsageError("-e needs the text of a program");
  const { EVALUATED } = await import("./source-files.ts");
  return run(EVALUATED, args, {}, text);
}

function exitHelp(): string {
  const lines = Object.values(EXITS).map(({ code, meaning }) => `  ${String(code).padEnd(EXIT_WIDTH)}  ${meaning}`);
  return `\nExit codes:\n${lines.join("\n")}`;
}

function helpRow(program: Command): CommandRow {
  return {
    name: "help",
    args: [["[command]", "a command; without it the commands are listed"]],
    summary: "show how to use a command",
    options: [],
    action: async (name: string | undefined) => {
      const about = name === undefined ? program : program.commands.find((command) => command.name() === name);
      // Commander knows what to say about a command that is not there.
      if (about === undefined) await program.parseAsync([name!], { from: "user" });
      about?.outputHelp();
      return EXITS.ok.code;
    },
  };
}

function isUnknownCommand(error: unknown): boolean {
  return error instanceof CommanderError && error.code === "commander.unknownCommand";
}

function looksLikeFile(name: string): boolean {
  return /\.(ion(pack|c|asm)|[mc]?[jt]s)$/.test(name) || existsSync(name);
}

function forgottenRun(file: string): UsageError {
  return new UsageError(`unknown command '${file}' (did you mean ionvm run ${file}?)`);
}
