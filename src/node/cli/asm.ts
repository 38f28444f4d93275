/** `ionvm asm`: assembly text becomes a class file or a pack. */
import { basename, dirname, extname, join } from "node:path";
import { encodeClass } from "../../bytecode/encode.ts";
import { type ClassFile, type Format, VERSION_2 } from "../../bytecode/model.ts";
import { LoadError } from "../../errors.ts";
import { loadFile, type Pack, packOfClass, sniff, writePack } from "../../pack/pack.ts";
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
  const pack = loadFile(bytes, loading);
  const [[className, classFile]] = pack.classes;
  const format = options.format === undefined ? classFile.format : FORMATS[options.format];
  writeOutput(output, encoded(pack, { ...classFile, format }, className, output.endsWith(PACK_SUFFIX), loading.file));
  return EXITS.ok.code;
}

function encoded(pack: Pack, classFile: ClassFile, className: string, asPack: boolean, file: string): Uint8Array {
  try {
    if (asPack) return writePack({ ...pack, classes: new Map([[className, classFile]]) });
    if (pack.manifest.entries.size > packOfClass(classFile, className).manifest.entries.size) {
      throw new LoadError(`a class file has no manifest; name a pack with -o name${PACK_SUFFIX}`);
    }
    return encodeClass(classFile, className);
  } catch (error) {
    throw error instanceof LoadError ? error.at({ file }) : error;
  }
}

/** The class file next to its text. */
function besides(file: string): string {
  if (file === STANDARD_INPUT) throw new UsageError("what comes from standard input needs -o <file>");
  return join(dirname(file), basename(file, extname(file)) + CLASS_SUFFIX);
}
