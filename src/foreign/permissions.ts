/**
 * What a program may ask of its host: nothing, unless it is allowed. One table; the flags of the command lines, the
 * options of a VM and what a refusal says derive from it.
 */

export interface PermissionRow {
  /** What it opens, for help and documentation. */
  readonly allows: string;
  /** What a list of it holds; one of them allows what it names, and nothing else. */
  readonly items: string;
}

export const PERMISSIONS = {
  native: { allows: "native libraries of packs", items: "libraries" },
  python: { allows: "Python modules of packs", items: "modules" },
  wasm: { allows: "WebAssembly modules of packs", items: "modules" },
  js: { allows: "JavaScript modules of packs", items: "modules" },
  read: { allows: "reading files, and standard input (`-`)", items: "files and folders with all that is in them" },
  write: { allows: "writing, making and removing files", items: "files and folders with all that is in them" },
  env: { allows: "reading environment variables", items: "variables" },
} as const satisfies Record<string, PermissionRow>;

export type PermissionKind = keyof typeof PERMISSIONS;
export const PERMISSION_KINDS = Object.keys(PERMISSIONS) as PermissionKind[];

/** True: whatever it is. A list: what it names. Absent or false: nothing. */
export type Allowed = { readonly [Kind in PermissionKind]?: boolean | readonly string[] };

/** Everything. */
export const ALLOW_ALL: Allowed = Object.freeze(Object.fromEntries(PERMISSION_KINDS.map((kind) => [kind, true])));

/** The flag of the command line that allows a kind. */
export function flagOf(kind: PermissionKind): string {
  return `--allow-${kind}`;
}

/** Does an entry of a list allow an item? For files the host knows: which paths are the same, and what a folder holds. */
export type Covers = (kind: PermissionKind, entry: string, item: string) => boolean;

export class Permissions {
  readonly #allowed: Allowed;
  readonly #covers: Covers;

  constructor(allowed: Allowed = {}, covers: Covers = (_, entry, item) => entry === item) {
    this.#allowed = allowed;
    this.#covers = covers;
  }

  /** Why an item is not allowed, with the flag that would allow it; null if it is. */
  refusal(kind: PermissionKind, item: string): string | null {
    const allowed = this.#allowed[kind];
    if (allowed === true) return null;
    if (Array.isArray(allowed) && allowed.some((entry: string) => this.#covers(kind, entry, item))) return null;
    return `${item} needs the permission ${flagOf(kind)}, or ${flagOf(kind)}=${item}`;
  }
}
