/** Compiles texts for the tests of the compiler. */
import { listing } from "../../src/bytecode/disassemble.ts";
import { type Compiled, CompileError, compile, type Diagnostic } from "../../src/ionc/index.ts";

/** Files by name; the first is the program. */
export type Files = Readonly<Record<string, string>>;

export function compiled(files: string | Files): Compiled {
  const all = typeof files === "string" ? { "program.js": files } : files;
  const [first] = Object.keys(all);
  return compile([first], { read: (path) => (Object.hasOwn(all, path) ? all[path] : undefined) });
}

/** What is wrong with a program; empty if nothing is. */
export function errorsOf(files: string | Files): readonly Diagnostic[] {
  try {
    compiled(files);
    return [];
  } catch (error) {
    if (error instanceof CompileError) return error.diagnostics;
    throw error;
  }
}

/** The instructions of a function, as assembly text without lines. */
export function codeOf(source: string, name: string): string {
  const [[className, classFile]] = compiled(source).pack.classes;
  const functions = classFile.functions.filter((one) => one.name === name);
  const text = [...listing({ ...classFile, functions, sections: [] }, className)].slice(2);
  return `\n${text.join("\n")}\n`;
}
