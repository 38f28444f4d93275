/** `ionvm ffi`: the foreign functions that a pack has libraries for, and those that it calls. */
import type { ClassFile } from "../../bytecode/model.ts";
import { specialAtom } from "../../bytecode/special.ts";
import { functionDescription, parseDescription } from "../../foreign/description.ts";
import { signature } from "../../foreign/docs.ts";
import { flagOf, type PermissionKind, Permissions } from "../../foreign/permissions.ts";
import type { FunctionDescription } from "../../foreign/spec.ts";
import { STANDARD_TOPICS } from "../../foreign/stdlib/index.ts";
import { type LibraryFile, librariesOf } from "../../pack/libraries.ts";
import { loadFile, type Pack } from "../../pack/pack.ts";
import { Atom } from "../../values/atom.ts";
import { writeLines } from "./console.ts";
import { EXITS } from "./exit-codes.ts";
import { readInput } from "./files.ts";
import { allowedOf, type ForeignOptions, librariesFor } from "./foreign.ts";
import type { JsonOptions } from "./options.ts";

interface LibraryFacts {
  readonly name: string;
  readonly kind: string;
  /** In the pack; null for a native one that it does not have for this machine. */
  readonly file: string | null;
  readonly permission: string;
  /** Null: only running it would tell, which was not allowed. */
  readonly functions: readonly FunctionDescription[] | null;
}

interface CalledFacts {
  readonly name: string;
  /** Where it is: `standard`, the name of a library, or null: nowhere. */
  readonly from: string | null;
}

/** @throws FileError, LoadError, ClosedPipe */
export async function ffi(file: string, options: JsonOptions & ForeignOptions): Promise<number> {
  const { bytes, options: loading } = readInput(file);
  const pack = loadFile(bytes, loading);
  const source = librariesFor(options);
  const allowed = new Permissions(allowedOf(options));
  try {
    const found = librariesOf(pack, loading.file, { platform: process.platform, architecture: process.arch });
    const { functions } = found.length === 0 ? { functions: [] } : await source.open(pack, loading.file);
    const libraries = found.map((library) =>
      factsOf(
        library,
        loading.file,
        functions as readonly FunctionDescription[],
        allowed.refusal(library.kind, library.name) === null,
      ),
    );
    const calls = calledBy(pack, libraries);
    writeLines(options.json ? [JSON.stringify({ libraries, calls })] : textLines(libraries, calls));
  } finally {
    await source.close();
  }
  return EXITS.ok.code;
}

function factsOf(
  library: LibraryFile,
  file: string,
  opened: readonly FunctionDescription[],
  isOpen: boolean,
): LibraryFacts {
  const { name, kind, path, description } = library;
  const own = opened.filter((one) => one.name.startsWith(`${name}.`)).map(plain);
  let functions: readonly FunctionDescription[] | null = own.length > 0 || isOpen ? own : null;
  if (description !== null) {
    const place = { file, entry: `lib/${description.path}` };
    functions = parseDescription(description.bytes, place).functions.map((one) => functionDescription(name, one));
  }
  return {
    name,
    kind,
    file: path === null ? null : `lib/${path}`,
    permission: flagOf(kind as PermissionKind),
    functions,
  };
}

/** The description alone, of whatever it describes. */
function plain({
  name,
  parameters = [],
  rest,
  result = "Any",
  description = "",
}: FunctionDescription): FunctionDescription {
  return { name, parameters, ...(rest && { rest }), result, description };
}

const STANDARD: ReadonlySet<string> = new Set(
  STANDARD_TOPICS.flatMap(({ functions }) => functions.map(({ name }) => name)),
);

function calledBy(pack: Pack, libraries: readonly LibraryFacts[]): CalledFacts[] {
  const names = new Set<string>();
  for (const classFile of pack.classes.values()) for (const name of namesIn(classFile)) names.add(name);
  return [...names].sort().map((name) => {
    const library = libraries.find((one) => name.startsWith(`${one.name}.`));
    // What a library has is known, or it may be there.
    const isThere = library !== undefined && (library.functions?.some((one) => one.name === name) ?? true);
    return { name, from: STANDARD.has(name) ? "standard" : isThere ? library.name : null };
  });
}

function* namesIn({ functions }: ClassFile): Generator<string> {
  for (const { body } of functions) {
    if (body.kind === "foreign") yield body.target;
    else {
      for (const { op, operands } of body.instructions) {
        const value = op === "LOAD_CONST" ? operands[1] : null;
        const special = value instanceof Atom ? specialAtom(value.name) : null;
        if (special?.kind === "foreign") yield special.name;
      }
    }
  }
}

function* textLines(libraries: readonly LibraryFacts[], calls: readonly CalledFacts[]): Generator<string> {
  yield libraries.length === 0 ? "It has no foreign libraries." : "Libraries:";
  for (const { name, kind, file, permission, functions } of libraries) {
    const where = file ?? `not for ${process.platform}/${process.arch}`;
    yield `  ${name}: ${kind}, ${where}; runs with ${permission} or ${permission}=${name}`;
    if (functions === null) yield `    (its functions are known when it runs: add ${permission})`;
    if (functions?.length === 0) yield "    (it has none)";
    for (const one of functions ?? []) {
      const [line] = one.description.split("\n");
      yield `    ${signature(one)}${line === "" ? "" : `  ${line}`}`;
    }
  }
  yield calls.length === 0 ? "It calls no foreign functions." : "Calls:";
  for (const { name, from } of calls) yield `  ${name}  ${placeText(from)}`;
}

function placeText(from: string | null): string {
  if (from === null) return "is nowhere: the program cannot be loaded";
  return from === "standard" ? "of the standard library" : `of the library ${from}`;
}
