/**
 * Dependencies: which packs a pack needs, and which files they are.
 *
 * `Dependencies: std, http@^1.2` asks for packs by name, with a range of versions or without. A program has one version of
 * each pack. It is chosen step by step: the first candidate that fits all who ask, as far as known; and again whenever a
 * choice turns out to be wrong because of what another pack asks for.
 *
 * Where packs come from, and which version fits which range, a `PackSource` says; src/node has the one for folders.
 */
import { LoadError, shown } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { MANIFEST_KEYS } from "./manifest.ts";
import type { Pack } from "./pack.ts";

/** A pack that may be what a name means. */
export interface PackCandidate {
  /** As messages name it; no two candidates have the same. */
  readonly file: string;
  /** @throws LoadError */
  readonly load: () => Pack;
}

/** Where packs are found. */
export interface PackSource {
  /** Packs that may be meant, the preferred first. @param from the file of the pack that asks */
  find(name: string, from: string): readonly PackCandidate[];
  /** The places where `find` looks, in words. */
  places(from: string): string;
  isRange(text: string): boolean;
  satisfies(version: string, range: string): boolean;
}

/** What a manifest asks for. */
export interface Requirement {
  readonly name: string;
  /** Null: any version. */
  readonly range: string | null;
}

export interface ResolvedPack {
  /** By which others ask for it; of the program itself what its manifest says, or null. */
  readonly name: string | null;
  readonly version: string | null;
  readonly file: string;
  readonly pack: Pack;
  readonly requirements: readonly Requirement[];
  /** By name. */
  readonly dependencies: ReadonlyMap<string, ResolvedPack>;
}

/** Names of packs: nothing that a file system could misunderstand, nor a reference. */
const NAME = /^[A-Za-z0-9_][\w.-]*$/;

/** @throws LoadError that says who asked for what */
export function resolveDependencies(pack: Pack, file: string, source: PackSource): ResolvedPack {
  return new Resolution(source).run(pack, file);
}

/** What a pack asks for, in the order of its manifest. @throws LoadError for what is no requirement */
export function requirementsOf(pack: Pack, file: string, isRange: (text: string) => boolean): Requirement[] {
  return (pack.manifest.get("dependencies") ?? []).map((text) => {
    const at = text.indexOf("@");
    const name = at < 0 ? text : text.slice(0, at).trim();
    const range = at < 0 ? null : text.slice(at + 1).trim();
    if (!NAME.test(name) || (range !== null && !isRange(range))) {
      const { key } = MANIFEST_KEYS.dependencies;
      throw refused(file, `${key}: ${shown(text)} is no name of a pack, alone or with a range of versions: name@^1.2`);
    }
    return { name, range };
  });
}

interface Chosen {
  readonly file: string;
  readonly pack: Pack;
  readonly version: string | null;
  readonly requirements: readonly Requirement[];
}

/** One that asks for a pack. */
interface Asker extends Requirement {
  readonly by: string;
}

class Resolution {
  readonly #source: PackSource;
  readonly #chosen = new Map<string, Chosen>();
  /** By file. */
  readonly #loaded = new Map<string, Chosen>();

  constructor(source: PackSource) {
    this.#source = source;
  }

  run(pack: Pack, file: string): ResolvedPack {
    const root = this.#described(pack, file);
    const most = FIXED_LIMITS.dependencies.value;
    for (let rounds = 0; ; rounds++) {
      const askers = this.#askers(root);
      if (askers.size > most) throw refused(file, `more than ${most} packs are needed`);
      const wrong = [...askers].find(([name, asking]) => !this.#fits(this.#chosen.get(name), asking));
      if (wrong === undefined) break;
      const [name, asking] = wrong;
      // Packs that contradict each other could be changed for ever.
      if (rounds > 2 * most) throw this.#refusal(name, asking);
      this.#chosen.set(name, this.#choose(name, asking));
    }
    return this.#connect(pack.manifest.get("name") ?? null, root, new Map(), []);
  }

  #described(pack: Pack, file: string): Chosen {
    const requirements = requirementsOf(pack, file, (text) => this.#source.isRange(text));
    return { file, pack, version: pack.manifest.get("version") ?? null, requirements };
  }

  /** By name, who asks for it among the packs that are needed as far as known. */
  #askers(root: Chosen): Map<string, Asker[]> {
    const askers = new Map<string, Asker[]>();
    const open = [root];
    for (const { file, requirements } of open) {
      for (const requirement of requirements) {
        const asking = askers.get(requirement.name);
        const asker = { ...requirement, by: file };
        if (asking !== undefined) {
          asking.push(asker);
          continue;
        }
        askers.set(requirement.name, [asker]);
        const chosen = this.#chosen.get(requirement.name);
        if (chosen !== undefined) open.push(chosen);
      }
    }
    return askers;
  }

  #fits(chosen: Chosen | undefined, askers: readonly Asker[]): boolean {
    if (chosen === undefined) return false;
    const { version } = chosen;
    return askers.every(({ range }) => {
      return range === null || (version !== null && this.#source.satisfies(version, range));
    });
  }

  #choose(name: string, askers: readonly Asker[]): Chosen {
    for (const candidate of this.#candidates(name, askers)) {
      const loaded = this.#load(name, candidate);
      if (this.#fits(loaded, askers)) return loaded;
    }
    throw this.#refusal(name, askers);
  }

  /** Those that the first asker would prefer come first. */
  #candidates(name: string, askers: readonly Asker[]): PackCandidate[] {
    const candidates = new Map<string, PackCandidate>();
    for (const { by } of askers) {
      for (const candidate of this.#source.find(name, by)) {
        if (!candidates.has(candidate.file)) candidates.set(candidate.file, candidate);
      }
    }
    return [...candidates.values()];
  }

  #load(name: string, { file, load }: PackCandidate): Chosen {
    let loaded = this.#loaded.get(file);
    if (loaded === undefined) {
      const pack = load();
      const own = pack.manifest.get("name");
      if (own !== undefined && own !== name) throw refused(file, `the pack is named ${shown(own)}, not ${name}`);
      loaded = this.#described(pack, file);
      this.#loaded.set(file, loaded);
    }
    return loaded;
  }

  #refusal(name: string, askers: readonly Asker[]): LoadError {
    const [first, ...others] = askers;
    const found = this.#candidates(name, askers).map((candidate) => {
      const { version, file } = this.#load(name, candidate);
      return `${version ?? "one without a version"} (${shown(file)})`;
    });
    const needs = `needs the pack ${asked(first)}`;
    if (found.length === 0) return refused(first.by, `${needs}, which is not in ${this.#source.places(first.by)}`);
    const too = others.map((other) => `, ${shown(other.by)} needs ${asked(other)}`).join("");
    return refused(first.by, `${needs}${too}; there is ${found.join(", ")}`);
  }

  /** The packs as they depend on each other. */
  #connect(
    name: string | null,
    { file, pack, version, requirements }: Chosen,
    done: Map<Pack, ResolvedPack>,
    path: readonly Chosen[],
  ): ResolvedPack {
    const known = done.get(pack);
    if (known !== undefined) return known;
    const dependencies = new Map<string, ResolvedPack>();
    for (const requirement of requirements) {
      const chosen = this.#chosen.get(requirement.name)!;
      const start = path.findIndex((other) => other.pack === chosen.pack);
      if (start >= 0 || chosen.pack === pack) {
        const circle = [...(start < 0 ? [] : path.slice(start)), { file, pack }, chosen].map((one) => shown(one.file));
        throw refused(file, `packs need each other in a circle: ${circle.join(" → ")}`);
      }
      const step = { file, pack, version, requirements };
      dependencies.set(requirement.name, this.#connect(requirement.name, chosen, done, [...path, step]));
    }
    const resolved = { name, version, file, pack, requirements, dependencies };
    done.set(pack, resolved);
    return resolved;
  }
}

/** As a manifest has it. */
export function asked({ name, range }: Requirement): string {
  return range === null ? name : `${name}@${range}`;
}

function refused(file: string, what: string): LoadError {
  return new LoadError(what, { file });
}
