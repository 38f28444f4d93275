/** `ionvm info`: what is in a file. Nothing is linked, so files that cannot run can be looked into as well. */
import type { Format, FunctionRecord, Section } from "../../bytecode/model.ts";
import { LoadError, shown } from "../../errors.ts";
import { withBuiltIn } from "../../pack/built-in.ts";
import { type ResolvedPack, resolveDependencies } from "../../pack/dependencies.ts";
import { type FileKind, findEntry, type Pack, sniff } from "../../pack/pack.ts";
import { writeLines } from "./console.ts";
import { EXITS } from "./exit-codes.ts";
import { classLines } from "./json.ts";
import type { InfoOptions } from "./options.ts";
import { type Loaded, loadProgram, prepare } from "./packs.ts";

interface FileFacts {
  readonly file: string;
  readonly kind: FileKind;
  readonly bytes: number;
  /** `Class:function`; null if a run would not know where to begin. */
  readonly entry: string | null;
  /** Null for what is no pack. */
  readonly manifest: Readonly<Record<string, string>> | null;
  readonly resources: readonly ContentFacts[];
  readonly libraries: readonly ContentFacts[];
  readonly sources: readonly ContentFacts[];
  readonly others: readonly ContentFacts[];
}

interface ContentFacts {
  readonly name: string;
  readonly bytes: number;
}

/** Named as in the JSON of iondis. */
interface FunctionFacts {
  readonly name: string | null;
  readonly arity: number;
  /** Behind those of the arguments. */
  readonly regs: number;
  /** How many; a foreign function has none. */
  readonly instructions?: number;
  /** The foreign function that it stands for. */
  readonly foreign?: string;
}

/** @throws FileError, LoadError, ClosedPipe */
export async function info(file: string, options: InfoOptions): Promise<number> {
  const input = await loadProgram(file);
  if (options.deps) return dependencies(input, options);
  const { pack, options: loading } = input;
  const bytes = input.bytes();
  const kind = sniff(bytes);
  const facts: FileFacts = {
    file: loading.file,
    kind,
    bytes: bytes.length,
    entry: entryName(pack),
    manifest: kind === "pack" ? Object.fromEntries(pack.manifest.entries) : null,
    resources: contents(pack.resources),
    libraries: contents(pack.libraries),
    sources: contents(pack.sources),
    others: contents(pack.others),
  };
  writeLines(options.json ? jsonLines(facts, pack) : textLines(facts, pack));
  return EXITS.ok.code;
}

/** Nothing is linked here either; but all packs must be found. */
async function dependencies(input: Loaded, options: InfoOptions): Promise<number> {
  const [pack, { file, packs }] = await prepare(input, options);
  const resolved = resolveDependencies(pack, file!, withBuiltIn(packs ?? null));
  writeLines(options.json ? [JSON.stringify(treeFacts(resolved))] : treeLines(resolved));
  return EXITS.ok.code;
}

interface TreeFacts {
  readonly name: string | null;
  readonly version: string | null;
  readonly file: string;
  readonly needs: readonly (TreeFacts & { readonly range: string | null })[];
}

function treeFacts({ name, version, file, requirements, dependencies }: ResolvedPack): TreeFacts {
  const needs = requirements.map((one) => ({ range: one.range, ...treeFacts(dependencies.get(one.name)!) }));
  return { name, version, file, needs };
}

/** What is needed several times is shown with all that it needs the first time. */
function* treeLines(root: ResolvedPack): Generator<string> {
  yield packText(root);
  yield* branches(root, "", new Set());
}

function* branches(
  { requirements, dependencies }: ResolvedPack,
  indent: string,
  seen: Set<ResolvedPack>,
): Generator<string> {
  for (const [i, { name, range }] of requirements.entries()) {
    const other = dependencies.get(name)!;
    const isLast = i === requirements.length - 1;
    const again = seen.has(other) && other.requirements.length > 0 ? ", see above" : "";
    yield `${indent}${isLast ? "└─" : "├─"} ${packText(other)}${range === null ? "" : `, needed as ${shown(range)}`}${again}`;
    if (again !== "") continue;
    seen.add(other);
    yield* branches(other, `${indent}${isLast ? "  " : "│ "} `, seen);
  }
}

function packText({ name, version, file }: ResolvedPack): string {
  return `${name === null ? "(unnamed)" : shown(name)}${version === null ? "" : ` ${shown(version)}`}: ${shown(file)}`;
}

function entryName(pack: Pack): string | null {
  try {
    const { className, functionIndex } = findEntry(pack);
    const { name } = pack.classes.get(className)!.functions[functionIndex];
    return name === null ? className : `${className}:${name}`;
  } catch (error) {
    if (error instanceof LoadError) return null;
    throw error;
  }
}

/** One JSON object. */
function* jsonLines(facts: FileFacts, { classes }: Pack): Generator<string> {
  yield `${JSON.stringify(facts).slice(0, -1)},"classes":[`;
  yield* classLines([...classes], ({ format, sections, functions }, className) => {
    return {
      class: className,
      format,
      sections: sections.map(sectionFacts),
      functions: functions.map(functionFacts),
    };
  });
  yield "]}";
}

function functionFacts({ name, arity, extraRegs: regs, body }: FunctionRecord): FunctionFacts {
  return body.kind === "foreign"
    ? { name, arity, regs, foreign: body.target }
    : { name, arity, regs, instructions: body.instructions.length };
}

function sectionFacts(section: Section): object {
  switch (section.kind) {
    case "source":
      return { name: section.kind, file: section.file };
    case "lines":
      return { name: section.kind };
    case "unknown":
      return { name: section.name, bytes: section.bytes.length };
  }
}

function contents(files: ReadonlyMap<string, Uint8Array>): ContentFacts[] {
  return [...files].map(([name, bytes]) => ({ name, bytes: bytes.length }));
}

/** Names in front of numbers in columns. */
const NAME_WIDTH = 28;
const COLUMNS = ["arity", "regs", "instructions"] as const;

function* textLines(facts: FileFacts, { classes }: Pack): Generator<string> {
  const begin = facts.entry === null ? "nothing to begin a run with" : `a run begins with ${shown(facts.entry)}`;
  yield `${shown(facts.file)}: ${KINDS[facts.kind]}, ${facts.bytes} bytes, ${begin}`;
  if (facts.manifest !== null) {
    yield "manifest";
    for (const [key, value] of Object.entries(facts.manifest)) yield `  ${shown(key)}: ${shown(value)}`;
  }
  for (const [name, classFile] of classes) {
    yield `class ${shown(name)}: ${formatText(classFile.format)}`;
    yield row("function", COLUMNS);
    for (const fn of classFile.functions) yield functionText(functionFacts(fn));
    for (const section of classFile.sections) yield `  ${sectionText(section)}`;
  }
  for (const kind of ["resources", "libraries", "sources", "others"] as const) {
    if (facts[kind].length > 0) yield kind === "others" ? "other files" : kind;
    for (const { name, bytes } of facts[kind]) yield `  ${shown(name)}: ${bytes} bytes`;
  }
}

const KINDS: Record<FileKind, string> = { pack: "a pack", class: "a class file", assembly: "assembly text" };

function formatText(format: Format): string {
  if (format.version === 2) return `version ${format.version}`;
  const layout = format.layout === "single" ? "a single function" : "many functions";
  return `version ${format.version}, ${format.dialect} dialect, layout for ${layout}`;
}

function row(name: string, cells: readonly (string | number)[]): string {
  const padded = cells.map((cell, i) => String(cell).padStart(COLUMNS[i].length + 2));
  return `  ${name.padEnd(NAME_WIDTH)}${padded.join("")}`;
}

function functionText({ name, arity, regs, instructions, foreign }: FunctionFacts): string {
  const shownName = name === null ? "(unnamed)" : shown(name);
  return row(shownName, [arity, regs, instructions ?? `foreign ${shown(foreign!)}`]);
}

function sectionText(section: Section): string {
  switch (section.kind) {
    case "source":
      return `source file: ${shown(section.file)}`;
    case "lines":
      return "source positions";
    case "unknown":
      return `section ${shown(section.name)}: ${section.bytes.length} bytes`;
  }
}
