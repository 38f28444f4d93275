/** `ionc`: JavaScript and TypeScript become a pack. */
import { writePack } from "../../pack/pack.ts";
import { withLibraries } from "./asm.ts";
import { type CommandRow, prepared, withRow } from "./command.ts";
import { EXITS } from "./exit-codes.ts";
import { UsageError } from "./failures.ts";
import { sameFile, writeOutput } from "./files.ts";
import { COMPILE_OPTIONS, type CompileOptions } from "./options.ts";
import { isSourceText } from "./packs.ts";
import { compileFiles } from "./source-files.ts";

const PACK_SUFFIX = ".ionpack";

export const IONC: CommandRow = {
  name: "ionc",
  args: [["<FILE...>", "JavaScript or TypeScript; the first is the program, what they import is found by itself"]],
  summary: "compile JavaScript and TypeScript to a pack",
  options: COMPILE_OPTIONS,
  action: compileCommand,
};

/** @returns the exit code. @throws what src/node/cli/tool.ts tells the user of */
export async function ionc(args: readonly string[]): Promise<number> {
  let code: number = EXITS.ok.code;
  const program = withRow(prepared(IONC.name), IONC, (exitCode) => {
    code = exitCode;
  });
  await program.parseAsync(args, { from: "user" });
  return code;
}

/** @throws UsageError, FileError, CompileError */
async function compileCommand(files: readonly string[], options: CompileOptions): Promise<number> {
  const other = files.find((file) => !isSourceText(file));
  if (other !== undefined) throw new UsageError(`'${other}' does not end in .js, .mjs or .ts`);
  const output = options.output ?? files[0].replace(/\.[^.]*$/, PACK_SUFFIX);
  if (files.some((file) => sameFile(output, file))) {
    throw new UsageError(`the output would overwrite '${output}'; name another with -o`);
  }
  const compiled = compileFiles(files, options.name);
  const pack = withLibraries(compiled.pack, options.lib, files[0]);
  if (!options.check) writeOutput(output, writePack(pack));
  return EXITS.ok.code;
}
