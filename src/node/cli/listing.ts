/** `iondis`: a program as assembly text, or as JSON. */
import { type DisassembleOptions, listing } from "../../bytecode/disassemble.ts";
import { disassembleJson } from "../../bytecode/disassemble-json.ts";
import type { ClassFile } from "../../bytecode/model.ts";
import { nearest } from "../../bytecode/nearest.ts";
import { LoadError, shown } from "../../errors.ts";
import type { Pack } from "../../pack/pack.ts";
import { type CommandRow, FILE, prepared, withRow } from "./command.ts";
import { writeLines } from "./console.ts";
import { EXITS } from "./exit-codes.ts";
import { UsageError } from "./failures.ts";
import { classLines } from "./json.ts";
import { LIST_OPTIONS, type ListOptions } from "./options.ts";
import { loadProgram } from "./packs.ts";

export const IONDIS: CommandRow = {
  name: "iondis",
  args: [FILE, ["[Class]", "only this class"], ["[function]", "with --js: only this function of it"]],
  summary: "print a program as assembly text",
  options: LIST_OPTIONS,
  action: list,
};

/** @returns the exit code. @throws what src/node/cli/tool.ts tells the user of */
export async function iondis(args: readonly string[]): Promise<number> {
  let code: number = EXITS.ok.code;
  const program = withRow(prepared(IONDIS.name), IONDIS, (exitCode) => {
    code = exitCode;
  });
  await program.parseAsync(args, { from: "user" });
  return code;
}

/** @throws FileError, LoadError, ClosedPipe */
async function list(
  file: string,
  className: string | undefined,
  functionName: string | undefined,
  options: ListOptions,
): Promise<number> {
  if (functionName !== undefined && !options.js) throw new UsageError("a function can be named only with --js");
  if (options.entry !== undefined && !options.js) throw new UsageError("--entry needs --js");
  const { pack, bytes, options: loading } = await loadProgram(file);
  const { classes, sources } = pack;
  if (className !== undefined && !classes.has(className)) throw noClass(className, [...classes.keys()], loading.file);
  const chosen = [...classes].filter(([name]) => className === undefined || name === className);
  if (options.js) {
    const { javascriptLines } = await import("./javascript.ts");
    writeLines(javascriptLines(bytes(), loading, className, functionName, options.entry ?? null));
    return EXITS.ok.code;
  }
  writeLines(options.json ? jsonLines(chosen) : assemblyLines(chosen, sources, options));
  return EXITS.ok.code;
}

/** Classes named in the message about one that is not there. */
const MOST_NAMES = 10;

function noClass(className: string, there: readonly string[], file: string): LoadError {
  const near = nearest(className, there);
  const listed = there.slice(0, MOST_NAMES).map(shown).join(", ") + (there.length > MOST_NAMES ? ", …" : "");
  const hint = near === undefined ? `there is ${listed || "none at all"}` : `did you mean ${shown(near)}?`;
  return new LoadError(`there is no class ${shown(className)} (${hint})`, { file });
}

/** The text of one class can be assembled again; several classes follow each other. */
function* assemblyLines(
  classes: readonly [string, ClassFile][],
  sources: Pack["sources"],
  { numbers, source = true }: ListOptions,
): Generator<string> {
  for (const [index, [className, classFile]] of classes.entries()) {
    if (index > 0) yield "";
    const sourceLine = source ? sourceLinesOf(classFile, sources) : undefined;
    yield* listing(classFile, className, {
      numbers: numbers ?? false,
      ...(sourceLine === undefined ? {} : { sourceLine }),
    });
  }
}

/** The lines of the source of a class, where the pack has it. */
function sourceLinesOf({ sections }: ClassFile, sources: Pack["sources"]): DisassembleOptions["sourceLine"] {
  const section = sections.find(({ kind }) => kind === "source");
  const bytes = section?.kind === "source" ? sources.get(section.file) : undefined;
  if (bytes === undefined) return undefined;
  const lines = new TextDecoder().decode(bytes).split(/\r\n|[\n\r\u2028\u2029]/);
  return (line) => lines[line - 1];
}

/** One JSON array of the classes. */
function* jsonLines(classes: readonly [string, ClassFile][]): Generator<string> {
  yield "[";
  yield* classLines(classes, (classFile, className) => disassembleJson(classFile, className));
  yield "]";
}
