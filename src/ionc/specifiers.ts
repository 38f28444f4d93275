/** What stands behind `from`: files, "ion:process", other packs. */

export const PROCESS_MODULE = "ion:process";
/** Foreign functions: those of the host, and of a library behind a `/`. */
const FOREIGN_MODULE = "ion:foreign";
/** The standard pack, under the name that all of ours have. */
const STANDARD_MODULE = "ion:std";
const STANDARD_PACK = "std";

export interface PackSpecifier {
  readonly name: string;
  /** Null: what is imported are classes. */
  readonly className: string | null;
}

export function isFileSpecifier(specifier: string): boolean {
  return specifier.startsWith("./") || specifier.startsWith("../") || specifier.startsWith("/");
}

/** What stands in front of the names of foreign functions: `text.` for "ion:foreign/text"; null for all other modules. */
export function foreignPrefix(specifier: string): string | null {
  if (specifier === FOREIGN_MODULE) return "";
  const start = `${FOREIGN_MODULE}/`;
  return specifier.startsWith(start) ? `${specifier.slice(start.length)}.` : null;
}

/** The pack that is meant, and the class in it; null for files, "ion:process" and foreign functions. */
export function packOf(specifier: string): PackSpecifier | null {
  if (isFileSpecifier(specifier) || specifier === PROCESS_MODULE || foreignPrefix(specifier) !== null) return null;
  const slash = specifier.indexOf("/");
  const first = slash < 0 ? specifier : specifier.slice(0, slash);
  const name = first === STANDARD_MODULE ? STANDARD_PACK : first;
  return { name, className: slash < 0 ? null : specifier.slice(slash + 1) };
}

/** Could a pack have this name? */
export function isPackName(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}

const ENDINGS = [".ts", ".js", ".mjs", ".mts"];

/** The files that a specifier may mean, best first. `from` and the results are paths with `/`. */
export function candidates(from: string, specifier: string): string[] {
  const path = specifier.startsWith("/") ? specifier : normal(`${folderOf(from)}/${specifier}`);
  const others = ENDINGS.map((ending) => path + ending);
  // In TypeScript a file may be named as what it becomes.
  const source = path.replace(/\.(m?)js$/, ".$1ts");
  return source === path ? [path, ...others] : [path, source, ...others];
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : slash === 0 ? "/" : path.slice(0, slash);
}

/** Without `.` and, where they can be resolved, `..`. */
export function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "." || (part === "" && parts.length > 0)) continue;
    const last = parts.at(-1);
    if (part === ".." && last !== undefined && last !== ".." && last !== "") parts.pop();
    else parts.push(part);
  }
  return parts.join("/") || ".";
}

/** Paths as they are inside of a folder that holds them all. */
export function relativeNames(paths: readonly string[]): string[] {
  const split = paths.map((path) => normal(path).split("/"));
  let shared = split[0]?.length ?? 1;
  for (const parts of split) {
    let same = 0;
    while (same < Math.min(shared, parts.length) && parts[same] === split[0][same]) same++;
    shared = same;
  }
  return split.map((parts) => parts.slice(Math.min(shared, parts.length - 1)).join("/"));
}
