/** The packs that come with IonVM: found behind all others. */
import { LoadError } from "../errors.ts";
import { standardPack } from "../std/index.ts";
import type { PackCandidate, PackSource } from "./dependencies.ts";

const BUILT_IN: Readonly<Record<string, PackCandidate>> = {
  std: { file: "std (built in)", load: standardPack },
};

/** A source that also has the packs that are built in. Without a source, those alone, and no ranges of versions. */
export function withBuiltIn(source: PackSource | null): PackSource {
  return {
    find: (name, from) => {
      const found = source?.find(name, from) ?? [];
      return Object.hasOwn(BUILT_IN, name) ? [...found, BUILT_IN[name]] : found;
    },
    places: (from) => source?.places(from) ?? "IonVM itself, and nothing says where else to look",
    isRange: (text) => {
      if (source === null) throw new LoadError("ranges of versions need a source of packs; see LoadOptions.packs");
      return source.isRange(text);
    },
    satisfies: (version, range) => source?.satisfies(version, range) ?? false,
  };
}
