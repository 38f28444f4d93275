/**
 * A pack: classes, manifest and files, as loaded from an `.ionpack` archive or made around a single
 * class. What a user names as a program, of whatever form, becomes a Pack here.
 */
import { assemble, DEFAULT_CLASS } from "../bytecode/assemble.ts";
import { decodeClasses, looksLikeClass } from "../bytecode/decode.ts";
import { encodeClass } from "../bytecode/encode.ts";
import type { ClassFile, Dialect, FunctionRecord } from "../bytecode/model.ts";
import { LoadError, type LoadPlace, shown } from "../errors.ts";
import { MANIFEST_NAME, Manifest, manifestOf, parseManifest, writeManifest } from "./manifest.ts";
import type { ArchiveEntry } from "./zip-format.ts";
import { readArchive } from "./zip-reader.ts";
import { writeArchive } from "./zip-writer.ts";

export interface Pack {
  readonly manifest: Manifest;
  /** By name; a name may hold `/`. */
  readonly classes: ReadonlyMap<string, ClassFile>;
  /** Files under `resources/`, by their path in it; `libraries` those under `lib/`, `sources` under `src/`. */
  readonly resources: ReadonlyMap<string, Uint8Array>;
  readonly libraries: ReadonlyMap<string, Uint8Array>;
  readonly sources: ReadonlyMap<string, Uint8Array>;
  /** All other files, by their whole path. */
  readonly others: ReadonlyMap<string, Uint8Array>;
}

/** Where each kind of file stands in the archive. */
const FOLDERS = { resources: "resources/", libraries: "lib/", sources: "src/" } as const;
type FolderKind = keyof typeof FOLDERS;
const FOLDER_KINDS = Object.keys(FOLDERS) as FolderKind[];
const CLASS_FOLDER = "classes/";
const CLASS_SUFFIX = ".ionc";

export { DEFAULT_CLASS };

/** Where a run begins: a function of a class, by its index in the class file. */
export interface EntryPoint {
  readonly className: string;
  readonly functionIndex: number;
}

/** Decodes an archive with all its classes, used or not. LoadError if anything in it is wrong. */
export function readPack(bytes: Uint8Array, place: Pick<LoadPlace, "file"> = {}): Pack {
  return within(place, () => packOf(readArchive(bytes)));
}

function packOf(entries: readonly ArchiveEntry[]): Pack {
  const files: Record<FolderKind | "others", Map<string, Uint8Array>> = {
    resources: new Map(),
    libraries: new Map(),
    sources: new Map(),
    others: new Map(),
  };
  const classFiles: { className: string; bytes: Uint8Array }[] = [];
  let manifest: Manifest | undefined;
  for (const { name, bytes } of entries) {
    const [kind, ownName] = roleOf(name);
    if (kind === "manifest") manifest = parseManifest(bytes);
    else if (kind === "classes") classFiles.push({ className: ownName, bytes });
    else files[kind].set(ownName, bytes);
  }
  if (manifest === undefined) throw new LoadError(`the pack has no ${MANIFEST_NAME}`);
  const decoded = decodeClasses(classFiles);
  return {
    manifest,
    classes: new Map(classFiles.map(({ className }, i) => [className, decoded[i]])),
    ...files,
  };
}

/** What an entry of the archive is to the pack. */
type FileRole = "manifest" | "classes" | FolderKind | "others";

/** The role of an entry, and what the pack calls it. */
function roleOf(path: string): readonly [FileRole, name: string] {
  if (path === MANIFEST_NAME) return ["manifest", path];
  if (path.startsWith(CLASS_FOLDER) && path.endsWith(CLASS_SUFFIX)) {
    const className = path.slice(CLASS_FOLDER.length, -CLASS_SUFFIX.length);
    if (className === "") throw new LoadError("a class needs a name", { entry: path });
    return ["classes", className];
  }
  const kind = FOLDER_KINDS.find((folder) => path.startsWith(FOLDERS[folder]));
  return kind === undefined ? ["others", path] : [kind, path.slice(FOLDERS[kind].length)];
}

/**
 * The archive of a pack: the manifest first, then everything else in the order of its names (by UTF-16
 * units), so that equal packs give equal bytes. LoadError for what could not be read again.
 */
export function writePack(pack: Pack): Uint8Array {
  checkDialects(pack.classes);
  const entries: ArchiveEntry[] = [];
  const add = (kind: FileRole, name: string, path: string, bytes: Uint8Array): void => {
    const [readKind, readName] = roleOf(path);
    if (readKind !== kind || readName !== name) {
      throw new LoadError(`given as one of the pack's ${kind}, but would be read as its ${readKind}`, { entry: path });
    }
    entries.push({ name: path, bytes });
  };
  for (const [name, classFile] of pack.classes) {
    add("classes", name, CLASS_FOLDER + name + CLASS_SUFFIX, encodeClass(classFile, name));
  }
  for (const kind of FOLDER_KINDS) {
    for (const [name, bytes] of pack[kind]) add(kind, name, FOLDERS[kind] + name, bytes);
  }
  for (const [name, bytes] of pack.others) add("others", name, name, bytes);
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return writeArchive([{ name: MANIFEST_NAME, bytes: writeManifest(pack.manifest) }, ...entries]);
}

/** A reader takes one dialect for all classes of version 1. */
function checkDialects(classes: ReadonlyMap<string, ClassFile>): void {
  let first: Dialect | undefined;
  for (const [className, { format }] of classes) {
    if (format.version === 2) continue;
    first ??= format.dialect;
    if (format.dialect !== first) {
      throw new LoadError(`of the ${format.dialect} dialect, but another class of the pack of the ${first}`, {
        className,
      });
    }
  }
}

/** A class alone as a pack, whose main class it is, with these entries in its manifest besides. */
export function packOfClass(
  classFile: ClassFile,
  className: string,
  entries: ReadonlyMap<string, string> = new Map(),
): Pack {
  return {
    manifest: new Manifest([...manifestOf({ name: className, mainClass: className }).entries, ...entries]),
    classes: new Map([[className, classFile]]),
    resources: new Map(),
    libraries: new Map(),
    sources: new Map(),
    others: new Map(),
  };
}

/**
 * The function that a run of the pack begins with: the manifest's Entry-Point in its Main-Class; without
 * an Entry-Point the function `main`, or else the first that takes no arguments, or else the only one there
 * is. LoadError that tells what there is if the manifest asks for something else.
 */
export function findEntry(pack: Pack, place: Pick<LoadPlace, "file"> = {}): EntryPoint {
  return within(place, () => entryOf(pack));
}

function entryOf(pack: Pack): EntryPoint {
  const className = pack.manifest.get("mainClass");
  if (className === undefined) throw new LoadError("the manifest names no Main-Class", { entry: MANIFEST_NAME });
  const classFile = pack.classes.get(className);
  if (classFile === undefined) {
    const there = list("class", "classes", [...pack.classes.keys()]);
    throw new LoadError(`there is no Main-Class ${shown(className)}; the pack has ${there}`);
  }
  const { functions } = classFile;
  const wanted = pack.manifest.get("entryPoint");
  let functionIndex = functions.findIndex(({ name }) => name === (wanted ?? "main"));
  if (functionIndex < 0 && wanted === undefined) {
    functionIndex = functions.findIndex(({ arity, body }) => arity === 0 && body.kind === "bytecode");
    // A class of one function leaves no doubt, whatever arguments it takes.
    if (functionIndex < 0 && functions.length === 1) functionIndex = 0;
  }
  if (functionIndex < 0) {
    const missing = wanted === undefined ? "main, and none without arguments" : shown(wanted);
    const there = list("function", "functions", functions.map(nameOf));
    throw new LoadError(`there is no function ${missing} to begin with; the class has ${there}`, { className });
  }
  const found = functions[functionIndex];
  if (found.body.kind === "foreign") {
    throw new LoadError(`${shown(nameOf(found))} is a foreign function; a run cannot begin with it`, { className });
  }
  return { className, functionIndex };
}

function nameOf({ name }: FunctionRecord): string {
  return name ?? "(unnamed)";
}

/** "no functions", "the function a", "the functions a, b, …" */
function list(one: string, many: string, names: readonly string[]): string {
  const most = 10;
  if (names.length === 0) return `no ${many}`;
  const listed = names.slice(0, most).map(shown).join(", ");
  return `the ${names.length === 1 ? one : many} ${listed}${names.length > most ? ", …" : ""}`;
}

export type FileKind = "pack" | "class" | "assembly";

/** What a file is, by its content alone: neither names nor suffixes count. */
export function sniff(bytes: Uint8Array): FileKind {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return "pack";
  return looksLikeClass(bytes) ? "class" : "assembly";
}

export interface LoadOptions {
  /** As the user named it; for messages. */
  readonly file: string;
  /** Of a class file or assembly alone; by default the name of the file without folder and suffix. */
  readonly className?: string;
}

/** Any file that IonVM runs as a pack. LoadError, with the file's name, if it is none. */
export function loadFile(bytes: Uint8Array, options: LoadOptions): Pack {
  const { file, className = baseName(file) } = options;
  const kind = sniff(bytes);
  if (kind === "pack") return readPack(bytes, { file });
  return within({ file }, () => {
    if (kind === "class") return packOfClass(decodeClasses([{ className, bytes }])[0], className);
    const assembled = assemble(textOf(bytes), { file, className });
    // Text may ask for version 1 with what version 1 lacks; the encoder knows.
    if (assembled.classFile.format.version === 1) encodeClass(assembled.classFile, assembled.className);
    return packOfClass(assembled.classFile, assembled.className, assembled.manifest);
  });
}

/** `folder/Some.ionc` → `Some`; `-`, standard input, → `Main`. */
function baseName(file: string): string {
  const base = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  const stem = base.replace(/(?<=.)\.[^.]*$/, "");
  return stem === "" || stem === "-" ? DEFAULT_CLASS : stem;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new LoadError("neither a pack nor a class file, and not the UTF-8 text of an assembly file");
  }
}

/** Adds a place to the LoadErrors of `load`. */
function within<Result>(place: LoadPlace, load: () => Result): Result {
  try {
    return load();
  } catch (error) {
    throw error instanceof LoadError ? error.at(place) : error;
  }
}
