/** Files, environment and standard input: each call asks for its permission, and only the calling process waits. */

import { atom } from "../../values/atom.ts";
import { Binary, BYTES_PER_UNIT } from "../../values/bytes.ts";
import { createObject, type IonObject } from "../../values/object.ts";
import { Undefined, Unit, type Value } from "../../values/value.ts";
import { work } from "../../values/work.ts";
import { type FileInfo, HostRefusal, type HostSystem } from "../host-system.ts";
import type { PermissionKind } from "../permissions.ts";
import {
  type AsyncContext,
  type AsyncForeignSpec,
  type CallContext,
  ForeignFailure,
  type ForeignSpec,
  type Parameter,
  refusal,
} from "../spec.ts";
import { encodeText } from "./bytes.ts";
import { allowText } from "./text.ts";

const PATH: Parameter = { name: "path", type: "String" };
const CONTENT: Parameter = { name: "content", type: "Any" };

/** What standard input is called among files. */
const STANDARD_INPUT = "-";

function systemOf({ system }: CallContext): HostSystem {
  if (system === null) throw new ForeignFailure("This host has neither files nor an environment");
  return system;
}

/** A function that asks the host for something; `permissions` of its arguments. */
function asking<Raw>(
  description: Omit<AsyncForeignSpec, "start" | "finish">,
  permissions: readonly (readonly [kind: PermissionKind, argument: number | null])[],
  ask: (system: HostSystem, args: readonly Value[], context: AsyncContext) => Promise<Raw>,
  finish: (raw: Raw) => Value,
): AsyncForeignSpec<Raw> {
  return {
    ...description,
    start: async (args, context) => {
      for (const [kind, argument] of permissions) {
        context.permit(kind, argument === null ? STANDARD_INPUT : pathOf(args[argument] as string));
      }
      try {
        return await ask(systemOf(context), args, context);
      } catch (error) {
        throw error instanceof HostRefusal ? refusal(error.message) : error;
      }
    },
    finish,
  };
}

/** What permissions are asked for. A file can be called as standard input is, and is another thing. */
function pathOf(path: string): string {
  if (path === "") throw refusal("A path cannot be empty");
  if (path.includes("\0")) throw refusal("A path cannot hold the character 0");
  return path === STANDARD_INPUT ? `./${path}` : path;
}

function contentOf(content: Value): Uint8Array {
  if (content instanceof Binary) return content.bytes;
  if (typeof content !== "string") throw refusal("A file is written from a String or a Binary");
  return encodeText(content).bytes;
}

function counted(bytes: Uint8Array): Binary {
  work.units += bytes.length / BYTES_PER_UNIT;
  return new Binary(bytes);
}

function textOf(bytes: Uint8Array): string {
  allowText(bytes.length);
  work.units += bytes.length;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refusal("The file is no UTF-8 text");
  }
}

function infoOf(info: FileInfo | null): Value {
  if (info === null) return Undefined;
  const object: IonObject = createObject();
  object.$kind = atom(info.kind);
  object.$size = info.size;
  object.$modified = info.modified;
  return object;
}

function countedText(text: string): string {
  allowText(text.length);
  work.units += text.length;
  return text;
}

const unit = (): Value => Unit;
const READS = [["read", 0]] as const;
const WRITES = [["write", 0]] as const;

export const FILES: readonly AsyncForeignSpec[] = [
  asking(
    {
      name: "ReadFile",
      parameters: [PATH],
      result: "Binary",
      description: "The bytes of a file. Needs the permission to read it.",
      charge: "the bytes, two as a unit",
    },
    READS,
    (system, [path], { signal }) => system.readFile(path as string, signal),
    counted,
  ),
  asking(
    {
      name: "ReadText",
      parameters: [PATH],
      result: "String",
      description: "The text of a file in UTF-8; fails for any other. Needs the permission to read it.",
      charge: "the bytes",
    },
    READS,
    (system, [path], { signal }) => system.readFile(path as string, signal),
    textOf,
  ),
  asking(
    {
      name: "WriteFile",
      parameters: [PATH, CONTENT],
      result: "Unit",
      description:
        "Writes a file, in the place of one that was there: a Binary as it is, a String in UTF-8, without lone surrogates. Needs the permission to write it.",
      charge: "the bytes that a String becomes, two as a unit",
    },
    WRITES,
    async (system, [path, content]) => system.writeFile(path as string, contentOf(content), "replace"),
    unit,
  ),
  asking(
    {
      name: "AppendFile",
      parameters: [PATH, CONTENT],
      result: "Unit",
      description: "The same at the end of a file, which need not be there.",
      charge: "the bytes that a String becomes, two as a unit",
    },
    WRITES,
    async (system, [path, content]) => system.writeFile(path as string, contentOf(content), "append"),
    unit,
  ),
  asking(
    {
      name: "ListFolder",
      parameters: [PATH],
      result: "Array",
      description: "A fresh Array of the names in a folder, sorted. Needs the permission to read it.",
      charge: "the names",
    },
    READS,
    (system, [path]) => system.listFolder(path as string),
    (names) => {
      work.values += names.length;
      return names;
    },
  ),
  asking(
    {
      name: "FileInfo",
      parameters: [PATH],
      result: "Any",
      description:
        "A fresh Object with `kind` (`:file`, `:folder` or `:other`), `size` in bytes and `modified` in milliseconds since 1970; Undefined if nothing is there. Needs the permission to read it.",
    },
    READS,
    (system, [path]) => system.fileInfo(path as string),
    infoOf,
  ),
  asking(
    {
      name: "MakeFolder",
      parameters: [PATH],
      result: "Unit",
      description: "Makes a folder, and those around it; nothing if it is there. Needs the permission to write it.",
    },
    WRITES,
    (system, [path]) => system.makeFolder(path as string),
    unit,
  ),
  asking(
    {
      name: "RemoveFile",
      parameters: [PATH],
      result: "Unit",
      description:
        "Removes a file, or a folder with nothing in it; fails if nothing is there. Needs the permission to write it.",
    },
    WRITES,
    (system, [path]) => system.remove(path as string),
    unit,
  ),
  asking(
    {
      name: "RenameFile",
      parameters: [PATH, { name: "to", type: "String" }],
      result: "Unit",
      description: "Gives a file or folder another path. Needs the permission to write both.",
    },
    [
      ["write", 0],
      ["write", 1],
    ],
    (system, [path, to]) => system.rename(path as string, to as string),
    unit,
  ),
  asking(
    {
      name: "ReadLine",
      parameters: [],
      result: "Any",
      description:
        "The next line of standard input, without its end; Undefined when there are none any more. Processes that ask get theirs in order. Needs the permission to read `-`.",
      charge: "the units of the line",
    },
    [["read", null]],
    (system, _, { signal }) => system.readLine(signal),
    (line) => (line === null ? Undefined : countedText(line)),
  ),
  asking(
    {
      name: "ReadInput",
      parameters: [],
      result: "String",
      description: "All that is left of standard input, each line with a newline. Needs the permission to read `-`.",
      charge: "the units of the text",
    },
    [["read", null]],
    (system, _, { signal }) => system.readInput(signal),
    countedText,
  ),
];

export const ENVIRONMENT: readonly ForeignSpec[] = [
  {
    name: "Env",
    parameters: [{ name: "name", type: "String" }],
    result: "Any",
    description:
      "The environment variable of this name, a String; Undefined if there is none. Needs the permission to read it.",
    charge: "the units of its text",
    pure: false,
    run: (args, context) => {
      context.permit("env", args[0] as string);
      const text = systemOf(context).variable(args[0] as string);
      return text === undefined ? Undefined : countedText(text);
    },
  },
];
