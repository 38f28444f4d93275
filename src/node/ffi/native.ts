/** Native libraries of a pack: in a process of their own, or in this one. */

import { fileURLToPath } from "node:url";
import { LoadError } from "../../errors.ts";
import {
  checkArguments,
  type Description,
  functionDescription,
  type NativeFunction,
  type NativeParameter,
  parseDescription,
} from "../../foreign/description.ts";
import type { AnyForeignSpec } from "../../foreign/registry.ts";
import { type AsyncForeignSpec, type DirectOperation, ForeignFailure, type ForeignSpec } from "../../foreign/spec.ts";
import type { LibraryFile } from "../../pack/libraries.ts";
import type { Value } from "../../values/value.ts";
import { processChannel } from "./channel.ts";
import { entryUrl } from "./entries.ts";
import { type Answered, ForeignHost, resultOf } from "./foreign-host.ts";
import { type LoadedFunction, loadNative } from "./native-calls.ts";
import type { NativeFile } from "./native-host.ts";
import type { LibraryRoom } from "./room.ts";
import { writeBack } from "./written.ts";

function suffixOf(path: string): string {
  return /\.[^.]*$/.exec(path)![0];
}

function describe({ description }: LibraryFile, file: string): Description {
  return parseDescription(description!.bytes, { file, entry: `lib/${description!.path}` });
}

/** @throws LoadError */
export async function openNative(
  libraries: readonly LibraryFile[],
  file: string,
  { folder, hosts, loadTimeout }: LibraryRoom,
): Promise<AnyForeignSpec[]> {
  const described = libraries.map((library) => ({ library, description: describe(library, file) }));
  const files = libraries.map(
    ({ name, path, bytes, description }): NativeFile => ({
      name,
      path: folder.write(bytes!, suffixOf(path!)),
      description: folder.write(description!.bytes, ".json"),
    }),
  );
  const host = new ForeignHost({
    name: "the host of native libraries",
    open: processChannel(process.execPath, [fileURLToPath(entryUrl("native-host"))], process.env),
    load: () => [files],
    loadTimeout,
  });
  hosts.push(host);
  try {
    await host.start();
  } catch (error) {
    host.close();
    throw error instanceof ForeignFailure ? new LoadError(error.message, { file }) : error;
  }
  let target = 0;
  const functions: AnyForeignSpec[] = [];
  for (const { library, description } of described) {
    for (const one of description.functions) functions.push(hosted(host, target++, library.name, one, description));
  }
  return functions;
}

/** The call of a function in the host: what it has written into its arguments there is written here. */
function hosted(
  host: ForeignHost,
  target: number,
  library: string,
  one: NativeFunction,
  { structs }: Description,
): AnyForeignSpec {
  const spec: AsyncForeignSpec<{ readonly answered: Answered; readonly args: readonly Value[] }> = {
    ...functionDescription(library, one),
    start: async (args, context) => {
      checkArguments(one.parameters, args, structs);
      return { answered: await host.call(target, args, context, one.timeout), args };
    },
    finish: ({ answered, args }) => {
      writeBack(answered, args);
      return resultOf(answered);
    },
  };
  return spec;
}

/** In this process. @throws LoadError */
export async function nativeInProcess(
  libraries: readonly LibraryFile[],
  file: string,
  { folder }: LibraryRoom,
): Promise<AnyForeignSpec[]> {
  const functions: AnyForeignSpec[] = [];
  for (const library of libraries) {
    const description = describe(library, file);
    try {
      const loaded = await loadNative(library.name, folder.write(library.bytes!, suffixOf(library.path!)), description);
      functions.push(...loaded.map((one) => direct(library.name, one, description)));
    } catch (error) {
      throw error instanceof LoadError ? error.at({ file }) : error;
    }
  }
  return functions;
}

function direct(library: string, one: LoadedFunction, { structs }: Description): AnyForeignSpec {
  const { described, numeric } = one;
  const shown = functionDescription(library, described);
  const { parameters, blocking, pure } = described;
  if (blocking) {
    const later: AsyncForeignSpec<Value> = {
      ...shown,
      start: (args, context) => {
        checkArguments(parameters, args, structs);
        return one.callLater(args, context);
      },
      finish: (value) => value,
    };
    return later;
  }
  const spec: ForeignSpec = {
    ...shown,
    pure,
    local: one.isLocal,
    ...(numeric !== null && pure && { numeric }),
    ...(one.isLocal && one.direct !== null && { direct: checked(parameters, one.direct) }),
    run: (args, context) => {
      checkArguments(parameters, args, structs);
      return one.call(args, context);
    },
  };
  return spec;
}

/** With the checks in front that the types of the arguments ask for. */
function checked(parameters: readonly NativeParameter[], operation: DirectOperation): DirectOperation {
  if (parameters.every(({ type }) => type.kind === "plain" && /^(f64|f32|bool)$/.test(type.type))) return operation;
  const call = operation as (a?: Value, b?: Value, c?: Value) => Value;
  return (a: Value, b: Value, c: Value) => {
    // No struct is an argument here.
    checkArguments(parameters, [a, b, c], NO_STRUCTS);
    return call(a, b, c);
  };
}

const NO_STRUCTS: Description["structs"] = new Map();
