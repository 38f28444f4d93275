/** Programs with the packs they need, as command lines name them. */
import { loadFile, type Pack } from "../../pack/pack.ts";
import type { LoadOptions } from "../../vm.ts";
import type { Input } from "./files.ts";

export interface PathOptions {
  /** Folders with packs. */
  readonly path?: readonly string[];
}

/** A pack and how it is to be loaded. What finds packs takes its time to start, and most programs need none. */
export async function prepare({ bytes, options }: Input, { path = [] }: PathOptions): Promise<[Pack, LoadOptions]> {
  const pack = loadFile(bytes, options);
  if (pack.manifest.get("dependencies") === undefined) return [pack, options];
  const { packFolders } = await import("../packs.ts");
  return [pack, { ...options, packs: packFolders(...path) }];
}
