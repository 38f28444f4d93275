/** Packs of the samples: from `NAME.ionasm` to `NAME.ionpack`, the same bytes each time. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { assemble } from "../src/bytecode/assemble.ts";
import { LoadError } from "../src/errors.ts";
import { PackBuilder } from "../src/pack/builder.ts";

const SUFFIX = ".ionasm";

export function sampleNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => basename(file, SUFFIX))
    .sort();
}

/**
 * @param libraries files under `lib/`
 * @throws LoadError if the sample cannot be assembled, or does not say what it shows
 */
export function samplePack(
  folder: string,
  name: string,
  libraries: ReadonlyMap<string, Uint8Array> = new Map(),
): Uint8Array {
  const file = name + SUFFIX;
  const text = readFileSync(join(folder, file), "utf8");
  const description = /^; (.+)/.exec(text)?.[1];
  if (description === undefined) throw new LoadError("begins with no comment that says what it shows", { file });
  const { className, classFile, manifest } = assemble(text, { file, className: classNameOf(name) });
  const dependencies = manifest.get("Dependencies")?.split(", ");
  const ffiLibraries = manifest.get("FFI-Libraries")?.split(", ");
  const builder = new PackBuilder({
    name,
    version: "1.0.0",
    mainClass: className,
    entryPoint: "main",
    description,
    ...(dependencies && { dependencies }),
    ...(ffiLibraries && { ffiLibraries }),
  });
  for (const [path, content] of libraries) builder.addLibrary(path, content);
  return builder.addClass(className, classFile).addSource(file, text).toBytes();
}

/** counter-server → CounterServer */
function classNameOf(name: string): string {
  return name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
