/**
 * The manifest of a pack: lines of `Key: value`.
 *
 * Parsing keeps every key, known or not, in the order of its first appearance with the value of its
 * last; comments and empty lines are not kept. No key is required here: a pack without a Main-Class
 * can be looked into, it just cannot be run. IonPack-Version is not compared with anything either:
 * the reference implementation runs packs whatever they say there.
 */
import { LoadError, shown } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";

/** Where the manifest stands in the archive. */
export const MANIFEST_NAME = "META-INF/MANIFEST.ion";

/** What writers put into IonPack-Version. */
export const IONPACK_VERSION = "1.0";

/** The keys with a meaning, in the order in which they are written. A list is separated by commas. */
export const MANIFEST_KEYS = {
  ionPackVersion: { key: "IonPack-Version", list: false },
  name: { key: "Name", list: false },
  version: { key: "Version", list: false },
  mainClass: { key: "Main-Class", list: false },
  entryPoint: { key: "Entry-Point", list: false },
  description: { key: "Description", list: false },
  author: { key: "Author", list: false },
  dependencies: { key: "Dependencies", list: true },
  ffiLibraries: { key: "FFI-Libraries", list: true },
  exports: { key: "Exports", list: true },
} as const;
export type ManifestField = keyof typeof MANIFEST_KEYS;

/** The values of the known keys: a text, or the parts of a list. */
export type ManifestFields = {
  readonly [Field in ManifestField]?: (typeof MANIFEST_KEYS)[Field]["list"] extends true ? readonly string[] : string;
};

export class Manifest {
  /** All keys with their values as texts. */
  readonly entries: ReadonlyMap<string, string>;

  constructor(entries: Iterable<readonly [string, string]> = []) {
    this.entries = new Map(entries);
  }

  /** The value of a known key; undefined if the manifest lacks it. Empty parts of a list are left out. */
  get<Field extends ManifestField>(field: Field): ManifestFields[Field] {
    const { key, list } = MANIFEST_KEYS[field];
    const text = this.entries.get(key);
    // TypeScript does not see that the two branches are those of the field's type.
    return (list ? text?.split(",").map(trimmed).filter(isNotEmpty) : text) as ManifestFields[Field];
  }
}

function trimmed(text: string): string {
  return text.trim();
}
function isNotEmpty(text: string): boolean {
  return text !== "";
}

/** A manifest of these values; `IonPack-Version` is added. RangeError for a part that a list cannot hold. */
export function manifestOf(fields: ManifestFields): Manifest {
  const all: ManifestFields = { ionPackVersion: IONPACK_VERSION, ...fields };
  const entries: [string, string][] = [];
  for (const field of Object.keys(MANIFEST_KEYS) as ManifestField[]) {
    const value = all[field];
    if (value === undefined) continue;
    const { key } = MANIFEST_KEYS[field];
    if (typeof value !== "string") {
      for (const part of value) {
        if (part.includes(",") || part !== part.trim() || part === "") {
          throw new RangeError(`${key}: ${JSON.stringify(part)} cannot be part of a list separated by commas`);
        }
      }
    }
    entries.push([key, typeof value === "string" ? value : value.join(", ")]);
  }
  return new Manifest(entries);
}

const LINE_FEED = 0x0a;

/** LoadError with the number of the line. */
export function parseManifest(bytes: Uint8Array): Manifest {
  if (bytes.length > FIXED_LIMITS.manifestBytes.value) {
    throw refused(`${bytes.length} bytes, more than the ${FIXED_LIMITS.manifestBytes.value} allowed`);
  }
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const entries = new Map<string, string>();
  let start = 0;
  // Decoded line by line, so that an error knows its line.
  for (let number = 1; start <= bytes.length; number++) {
    const lineFeed = bytes.indexOf(LINE_FEED, start);
    const end = lineFeed < 0 ? bytes.length : lineFeed;
    let line: string;
    try {
      line = utf8.decode(bytes.subarray(start, end));
    } catch {
      throw refused(`line ${number} is not valid UTF-8`);
    }
    start = end + 1;
    // Trimming also removes the carriage return of CRLF, and a byte order mark.
    line = line.trim();
    if (line === "" || line.startsWith("#")) continue;
    const colon = line.indexOf(":");
    if (colon < 0) throw refused(`line ${number} has no colon: ${shown(line)}`);
    const key = line.slice(0, colon).trim();
    if (key === "") throw refused(`line ${number} has no key before its colon`);
    entries.set(key, line.slice(colon + 1).trim());
  }
  return new Manifest(entries);
}

/** LoadError for keys and values that would not be read again as they are. */
export function writeManifest(manifest: Manifest): Uint8Array {
  let text = "";
  for (const [key, value] of manifest.entries) {
    if (key === "" || key !== key.trim() || key.startsWith("#") || /[:\n]|\p{Surrogate}/u.test(key)) {
      throw refused(`no key can be ${shown(JSON.stringify(key))}`);
    }
    if (value !== value.trim() || /\n|\p{Surrogate}/u.test(value)) {
      throw refused(`no value of ${shown(key)} can be ${shown(JSON.stringify(value))}`);
    }
    text += value === "" ? `${key}:\n` : `${key}: ${value}\n`;
  }
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > FIXED_LIMITS.manifestBytes.value) {
    throw refused(`${bytes.length} bytes, more than the ${FIXED_LIMITS.manifestBytes.value} allowed`);
  }
  return bytes;
}

function refused(what: string): LoadError {
  return new LoadError(what, { entry: MANIFEST_NAME });
}
