/** `ionvm sample`: the samples that come with the package. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { listing } from "../../bytecode/disassemble.ts";
import { nearest } from "../../bytecode/nearest.ts";
import { shown } from "../../errors.ts";
import { loadFile, type Pack, readPack, writePack } from "../../pack/pack.ts";
import { writeLines, writeOut } from "./console.ts";
import { EXITS } from "./exit-codes.ts";
import { fileError, UsageError } from "./failures.ts";
import { writeOutput } from "./files.ts";
import type { SampleOptions } from "./options.ts";

/** Next to the folder of the built commands. */
const FOLDER = fileURLToPath(new URL("../samples/", import.meta.url));
const PACK_SUFFIX = ".ionpack";
const TEXT_SUFFIX = ".ionasm";

/** @throws UsageError, FileError, ClosedPipe */
export async function sample(name: string | undefined, options: SampleOptions): Promise<number> {
  const names = sampleNames();
  if (name === undefined) {
    if (options.output !== undefined) throw new UsageError("-o needs the name of a sample");
    writeLines(catalogue(names));
  } else if (!names.includes(name)) {
    throw unknownSample(name, names);
  } else if (options.output !== undefined) {
    writeOutput(options.output, packBytes(name));
  } else {
    printSource(name);
  }
  return EXITS.ok.code;
}

/** A sample is a pack, and the text it was made of, beside it or in it. */
function sampleNames(): string[] {
  const files = readdirSync(FOLDER).filter((file) => [PACK_SUFFIX, TEXT_SUFFIX].includes(extname(file)));
  return [...new Set(files.map((file) => basename(file, extname(file))))].sort();
}

function unknownSample(name: string, names: readonly string[]): UsageError {
  const near = nearest(name, names);
  const hint = near === undefined ? "ionvm sample lists them" : `did you mean ${near}?`;
  return new UsageError(`there is no sample '${shown(name)}' (${hint})`);
}

function* catalogue(names: readonly string[]): Generator<string> {
  const width = Math.max(0, ...names.map((name) => name.length));
  for (const name of names) yield `${name.padEnd(width)}  ${described(name)}`.trimEnd();
}

/** The comment that a text begins with, or what the manifest says. */
function described(name: string): string {
  const text = read(name, TEXT_SUFFIX);
  if (text !== null) return /^; *(.*)/.exec(textOf(text))?.[1] ?? "";
  return readPack(read(name, PACK_SUFFIX)!).manifest.get("description") ?? "";
}

function printSource(name: string): void {
  const text = read(name, TEXT_SUFFIX);
  if (text !== null) {
    writeOut(textOf(text));
    return;
  }
  const { classes, sources } = readPack(read(name, PACK_SUFFIX)!);
  const source = sources.get(name + TEXT_SUFFIX);
  if (source !== undefined) {
    writeOut(textOf(source));
    return;
  }
  for (const [className, classFile] of classes) writeLines(listing(classFile, className));
}

function packBytes(name: string): Uint8Array {
  const pack = read(name, PACK_SUFFIX);
  return pack ?? writePack(assembled(name));
}

function assembled(name: string): Pack {
  return loadFile(read(name, TEXT_SUFFIX)!, { file: name + TEXT_SUFFIX });
}

/** A file of a sample, or null if it has none of the kind. */
function read(name: string, suffix: string): Uint8Array | null {
  const file = join(FOLDER, name + suffix);
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw fileError(shown(file), error);
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
