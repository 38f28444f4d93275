/** `ionvm asm`: assembly text becomes a class file, or a pack, with the files of a folder as its foreign libraries. */
import { type Dirent, readdirSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { encodeClass } from "../../bytecode/encode.ts";
import { type ClassFile, type Format, VERSION_2 } from "../../bytecode/model.ts";
import { LoadError } from "../../errors.ts";
import { parseDescription } from "../../foreign/description.ts";
import { librariesOf } from "../../pack/libraries.ts";
import { loadFile, type Pack, packOfClass, sniff, writePack } from "../../pack/pack.ts";
import { EXITS } from "./exit-codes.ts";
import { fileError, UsageError } from "./failures.ts";
import { nameOf, readInput, STANDARD_INPUT, sameFile, writeOutput } from "./files.ts";
import type { AsmOptions } from "./options.ts";

const CLASS_SUFFIX = ".ionc";
const PACK_SUFFIX = ".ionpack";

/** What `--format` asks for. */
const FORMATS: Record<1 | 2, Format> = { 1: { version: 1, dialect: "newest", layout: "many" }, 2: VERSION_2 };

/** @throws UsageError, FileError, LoadError */
export async function asm(file: string, options: AsmOptions): Promise<number> {
  const output = options.output ?? besides(file);
  const asPack = output.endsWith(PACK_SUFFIX);
  if (options.lib !== undefined && !asPack)
    throw new UsageError(`--lib needs a pack; name it with -o name${PACK_SUFFIX}`);
  const { bytes, options: loading } = readInput(file);
  const kind = sniff(bytes);
  if (kind !== "assembly") throw new LoadError(`this is a ${kind} already, not assembly text`, { file: loading.file });
  if (sameFile(output, file)) throw new UsageError(`the output would overwrite ${nameOf(file)}; name another with -o`);
  const pack = withLibraries(loadFile(bytes, loading), options.lib, loading.file);
  const [[className, classFile]] = pack.classes;
  const format = options.format === undefined ? classFile.format : FORMATS[options.format];
  writeOutput(output, encoded(pack, { ...classFile, format }, className, asPack, loading.file));
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

/**
 * The pack with the files of a folder as its foreign libraries.
 * @throws FileError, LoadError for libraries that do not fit together
 */
export function withLibraries(pack: Pack, folder: string | undefined, file: string): Pack {
  if (folder === undefined) return pack;
  const made = { ...pack, libraries: new Map(filesIn(folder).map((name) => [name, bytesOf(join(folder, name))])) };
  const libraries = librariesOf(made, file, { platform: process.platform, architecture: process.arch });
  for (const { description } of libraries) {
    if (description !== null) parseDescription(description.bytes, { file, entry: `lib/${description.path}` });
  }
  return made;
}

/** Paths of the files in a folder, always in the same order. What begins with a dot, and what Python leaves, stays out. */
function filesIn(folder: string, prefix = ""): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(folder, prefix), { withFileTypes: true });
  } catch (error) {
    throw fileError(nameOf(folder), error);
  }
  return entries
    .filter(({ name }) => !name.startsWith(".") && name !== "__pycache__")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = prefix + entry.name;
      return entry.isDirectory() ? filesIn(folder, `${path}/`) : [path];
    });
}

function bytesOf(file: string): Uint8Array {
  return readInput(file).bytes;
}

/** The class file next to its text. */
function besides(file: string): string {
  if (file === STANDARD_INPUT) throw new UsageError("what comes from standard input needs -o <file>");
  return join(dirname(file), basename(file, extname(file)) + CLASS_SUFFIX);
}
