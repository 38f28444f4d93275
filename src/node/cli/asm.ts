/** `ionvm asm`: assembly text becomes a class file or a pack. */
import { basename, dirname, extname, join } from "node:path";
import { encodeClass } from "../../bytecode/encode.ts";
import { type ClassFile, type Format, VERSION_2 } from "../../bytecode/model.ts";
import { LoadError } from "../../errors.ts";
import { loadFile, packOfClass, sniff, writePack } from "../../pack/pack.ts";
import { EXITS } from "./exit-codes.ts";
import { UsageError } from "./failures.ts";
import { nameOf, readInput, STANDARD_INPUT, sameFile, writeOutput } from "./files.ts";
import type { AsmOptions } from "./options.ts";

const CLASS_SUFFIX = ".ionc";
const PACK_SUFFIX = ".ionpack";

/** What `--format` asks for. */
const FORMATS: Record<1 | 2, Format> = { 1: { version: 1, dialect: "newest", layout: "many" }, 2: VERSION_2 };

/** @throws UsageError, FileError, LoadError */
export async function asm(file: string, options: AsmOptions): Promise<number> {
  const output = options.output ?? besides(file);
  const { bytes, options: loading } = readInput(file);
  const kind = sniff(bytes);
  if (kind !== "assembly") throw new LoadError(`this is a ${kind} already, not assembly text`, { file: loading.file });
  if (sameFile(output, file)) throw new UsageError(`the output would overwrite ${nameOf(file)}; name another with -o`);
  const [[className, classFile]] = loadFile(bytes, loading).classes;
  const format = options.format === undefined ? classFile.format : FORMATS[options.format];
  const made = encoded({ ...classFile, format }, className, output.endsWith(PACK_SUFFIX), loading.file);
  writeOutput(output, made);
  return EXITS.ok.code;
}

function encoded(classFile: ClassFile, className: string, asPack: boolean, file: string): Uint8Array {
  try {
    return asPack ? writePack(packOfClass(classFile, className)) : encodeClass(classFile, className);
  } catch (error) {
    throw error instanceof LoadError ? error.at({ file }) : error;
  }
}

/** The class file next to its text. */
function besides(file: string): string {
  if (file === STANDARD_INPUT) throw new UsageError("what comes from standard input needs -o <file>");
  return join(dirname(file), basename(file, extname(file)) + CLASS_SUFFIX);
}
