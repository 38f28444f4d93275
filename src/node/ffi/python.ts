/** Python modules of a pack: all of them in one process of Python, beside the VM. */
import { LoadError } from "../../errors.ts";
import type { AnyForeignSpec } from "../../foreign/registry.ts";
import { ForeignFailure } from "../../foreign/spec.ts";
import type { LibraryFile } from "../../pack/libraries.ts";
import { processChannel } from "./channel.ts";
import { calledAt, type DescribedFunction } from "./described.ts";
import { pythonFile } from "./entries.ts";
import { ForeignHost } from "./foreign-host.ts";
import { plainOf } from "./plain.ts";
import type { LibraryRoom } from "./room.ts";

/** The command that starts Python unless another is given. */
export const DEFAULT_PYTHON = process.platform === "win32" ? "python" : "python3";

/** An exception without its traceback, but with the place in the pack's own files that it leads to. */
function onOneLine(message: string, libraries: readonly LibraryFile[]): string {
  const own = new Set(libraries.map(({ path }) => path));
  const places = [...message.matchAll(/^ {2}File "(.*)", line (\d+)/gm)].filter(([, name]) => own.has(name));
  const summary = message.split(/\n {2}File "/, 1)[0].replace(/\s*\n\s*/g, " ");
  const last = places.at(-1);
  return last === undefined ? summary : `${summary} (${last[1]}, line ${last[2]})`;
}

const ENVIRONMENT = { ...process.env, PYTHONIOENCODING: "utf-8", PYTHONUNBUFFERED: "1" };

/** @throws LoadError that has Python's own words for a module that cannot be loaded */
export async function openPython(
  libraries: readonly LibraryFile[],
  file: string,
  room: LibraryRoom,
  python: string,
): Promise<AnyForeignSpec[]> {
  const modules = libraries.map(({ name, bytes }) => [name, room.folder.write(bytes!, ".py")]);
  const host = new ForeignHost({
    name: "the Python host",
    // No file of ours or of the pack is written beside another one.
    open: processChannel(python, ["-B", pythonFile("ionvm_host.py")], ENVIRONMENT, "; --python names another"),
    load: () => [modules],
    loadTimeout: room.loadTimeout,
  });
  room.hosts.push(host);
  try {
    const { parts } = await host.start();
    const described = plainOf(parts[0]) as DescribedFunction[];
    return described.map((one, target) => calledAt(host, target, { ...one, timeout: null }));
  } catch (error) {
    host.close();
    if (!(error instanceof ForeignFailure)) throw error;
    const names = libraries.map(({ path }) => `lib/${path}`).join(", ");
    throw new LoadError(`${names}: ${onOneLine(error.message, libraries)}`, { file });
  }
}
