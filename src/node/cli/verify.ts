/** `ionvm verify`: would these files run? */
import { LoadError } from "../../errors.ts";
import { VM } from "../../vm.ts";
import { complain, host, writeOut } from "./console.ts";
import { EXITS } from "./exit-codes.ts";
import { FileError } from "./failures.ts";
import { nameOf, readInput } from "./files.ts";
import { type PathOptions, prepare } from "./packs.ts";

/** Every file gets its line: on standard output if it is good, else on standard error. */
export async function verify(files: readonly string[], options: PathOptions): Promise<number> {
  let code: number = EXITS.ok.code;
  for (const file of files) {
    try {
      const { pack } = new VM({ host }).load(...(await prepare(readInput(file), options)));
      const classes = [...pack.classes.values()];
      const functions = classes.reduce((sum, { functions }) => sum + functions.length, 0);
      writeOut(`${nameOf(file)}: ok, ${counted(classes.length, "class", "es")}, ${counted(functions, "function")}\n`);
    } catch (error) {
      if (!(error instanceof LoadError || error instanceof FileError)) throw error;
      complain(error.message);
      code = EXITS.failed.code;
    }
  }
  return code;
}

function counted(count: number, what: string, plural = "s"): string {
  return `${count} ${what}${count === 1 ? "" : plural}`;
}
