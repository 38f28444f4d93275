/** Programs in JavaScript and TypeScript, compiled where the command line names their files. */
import { readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { type Compiled, compile, diagnosticText } from "../../ionc/index.ts";
import { complain, tell } from "./console.ts";
import { fileError } from "./failures.ts";
import { nameOf } from "./files.ts";

/** What text that was given on the command line is called. */
export const EVALUATED = "[eval].ts";

/**
 * Compiles files with all that they import; the first is the program. Warnings are told.
 * @throws CompileError, FileError
 */
export function compileFiles(files: readonly string[], name?: string): Compiled {
  for (const file of files) readable(file);
  return told(compile(files.map(fromHere), { read }, name === undefined ? {} : { name }));
}

/** Compiles a text that may import files from the current folder. @throws CompileError */
export function compileEvaluated(text: string): Compiled {
  return told(compile([EVALUATED], { read: (path) => (path === EVALUATED ? text : read(path)) }));
}

function told(compiled: Compiled): Compiled {
  for (const warning of compiled.warnings) {
    const [first, ...rest] = diagnosticText(warning).split("\n");
    complain(`warning: ${first}`);
    for (const line of rest) tell(line);
  }
  return compiled;
}

/** Paths as the compiler has them: with `/`, relative to the current folder where they are in it. */
function fromHere(file: string): string {
  const path = relative(process.cwd(), resolve(file));
  return path.startsWith("..") ? resolve(file).split(sep).join("/") : path.split(sep).join("/");
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** What is named on the command line must be there, and the system knows why if it is not. */
function readable(file: string): void {
  try {
    readFileSync(file);
  } catch (error) {
    throw fileError(nameOf(file), error);
  }
}
