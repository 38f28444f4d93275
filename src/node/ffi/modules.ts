/** JavaScript and WebAssembly modules of a pack: in a thread of their own, or in this one. */
import { LoadError } from "../../errors.ts";
import { parseDescription } from "../../foreign/description.ts";
import type { AnyForeignSpec } from "../../foreign/registry.ts";
import { ForeignFailure } from "../../foreign/spec.ts";
import type { LibraryFile } from "../../pack/libraries.ts";
import { threadChannel } from "./channel.ts";
import { calledAt, type DescribedFunction } from "./described.ts";
import { entryUrl } from "./entries.ts";
import { ForeignHost } from "./foreign-host.ts";
import { functionsOfModule } from "./javascript.ts";
import type { ModuleFile } from "./module-host.ts";
import { plainOf } from "./plain.ts";
import type { LibraryRoom } from "./room.ts";
import { functionsOfWasm } from "./webassembly.ts";

/** @throws LoadError */
export async function openModules(
  libraries: readonly LibraryFile[],
  file: string,
  { folder, hosts, loadTimeout }: LibraryRoom,
): Promise<AnyForeignSpec[]> {
  const files = libraries.map(
    ({ kind, name, bytes, description }): ModuleFile => ({
      kind: kind as ModuleFile["kind"],
      name,
      path: folder.write(bytes!, kind === "js" ? ".mjs" : ".wasm"),
      description: description === null ? null : folder.write(description.bytes, ".json"),
    }),
  );
  const host = new ForeignHost({
    name: "the host of the pack's modules",
    open: threadChannel(entryUrl("module-host"), undefined),
    load: () => [files],
    loadTimeout,
  });
  hosts.push(host);
  try {
    const { parts } = await host.start();
    const described = plainOf(parts[0]) as DescribedFunction[];
    return described.map((one, target) => calledAt(host, target, one));
  } catch (error) {
    host.close();
    throw error instanceof ForeignFailure ? new LoadError(error.message, { file }) : error;
  }
}

/** The same in this thread: quicker, and an endless loop in there is one of ours. @throws LoadError */
export async function modulesInProcess(
  libraries: readonly LibraryFile[],
  file: string,
  { folder }: LibraryRoom,
): Promise<AnyForeignSpec[]> {
  const functions: AnyForeignSpec[] = [];
  for (const { kind, name, bytes, description } of libraries) {
    try {
      if (kind === "js") {
        functions.push(...(await functionsOfModule(name, folder.write(bytes!, ".mjs"))));
      } else {
        const place = { file, entry: `lib/${description!.path}` };
        functions.push(...functionsOfWasm(name, bytes!, parseDescription(description!.bytes, place)));
      }
    } catch (error) {
      throw error instanceof LoadError ? error.at({ file }) : error;
    }
  }
  return functions;
}
