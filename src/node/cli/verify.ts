/** `ionvm verify`: would these files run? */
import { LoadError } from "../../errors.ts";
import { CompileError } from "../../ionc/diagnostics.ts";
import { VM } from "../../vm.ts";
import { complain, host, writeOut } from "./console.ts";
import { EXITS } from "./exit-codes.ts";
import { FileError } from "./failures.ts";
import { nameOf } from "./files.ts";
import { allowedOf, librariesFor } from "./foreign.ts";
import type { VerifyOptions } from "./options.ts";
import { loadProgram, prepare } from "./packs.ts";

/** Every file gets its line: on standard output if it is good, else on standard error. */
export async function verify(files: readonly string[], options: VerifyOptions): Promise<number> {
  let code: number = EXITS.ok.code;
  for (const file of files) {
    const vm = new VM({ host, allow: allowedOf(options), libraries: librariesFor(options) });
    try {
      const { pack } = await vm.open(...(await prepare(await loadProgram(file), options)));
      const classes = [...pack.classes.values()];
      const functions = classes.reduce((sum, { functions }) => sum + functions.length, 0);
      writeOut(`${nameOf(file)}: ok, ${counted(classes.length, "class", "es")}, ${counted(functions, "function")}\n`);
    } catch (error) {
      const isRefused = error instanceof LoadError || error instanceof FileError || error instanceof CompileError;
      if (!isRefused) throw error;
      complain(error.message);
      code = EXITS.failed.code;
    } finally {
      await vm.close();
    }
  }
  return code;
}

function counted(count: number, what: string, plural = "s"): string {
  return `${count} ${what}${count === 1 ? "" : plural}`;
}
