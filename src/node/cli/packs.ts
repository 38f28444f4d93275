/** Programs with the packs they need, as command lines name them. */
import type { Compiled } from "../../ionc/compile.ts";
import { loadFile, type Pack, writePack } from "../../pack/pack.ts";
import type { LoadOptions } from "../../vm.ts";
import { readInput } from "./files.ts";

export interface PathOptions {
  /** Folders with packs. */
  readonly path?: readonly string[];
}

/** A program as a pack, whatever it was. */
export interface Loaded {
  readonly pack: Pack;
  /** Of the file; of a program in JavaScript or TypeScript, of its pack. */
  readonly bytes: () => Uint8Array;
  /** What it was made of: one that changes changes the program. */
  readonly files: readonly string[];
  readonly options: LoadOptions & { readonly file: string };
}

/** Source text is known by the ending of its name: it could be any text. */
export function isSourceText(file: string): boolean {
  return /\.[mc]?[jt]s$/.test(file);
}

/** Loads a file; source text is compiled. @throws FileError, LoadError, CompileError */
export async function loadProgram(file: string): Promise<Loaded> {
  if (isSourceText(file)) {
    const { compileFiles } = await import("./source-files.ts");
    return asLoaded(compileFiles([file]), file);
  }
  const { bytes, options } = readInput(file);
  return { pack: loadFile(bytes, options), bytes: () => bytes, files: [file], options };
}

function asLoaded({ pack, files }: Compiled, file: string): Loaded {
  return { pack, bytes: () => writePack(pack), files, options: { file } };
}

/** A text that was given on the command line, as a program. @throws CompileError */
export async function evaluated(text: string): Promise<Loaded> {
  const { compileEvaluated, EVALUATED } = await import("./source-files.ts");
  return asLoaded(compileEvaluated(text), EVALUATED);
}

/** A pack and how it is to be loaded. What finds packs takes its time to start, and most programs need none. */
export async function prepare({ pack, options }: Loaded, { path = [] }: PathOptions): Promise<[Pack, LoadOptions]> {
  if (pack.manifest.get("dependencies") === undefined) return [pack, options];
  const { packFolders } = await import("../packs.ts");
  return [pack, { ...options, packs: packFolders(...path) }];
}
