/**
 * How the command lines start. They are one script, `tools.cjs`, and beside it stands what V8 had made of it when it
 * was built (`tools.cache`): V8 takes that instead of reading more than a megabyte of text, which would be two thirds of
 * the time until a program runs. Another version of V8 refuses it, and reads the text.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

/** What the script gives. */
type BuiltTools = typeof import("./tools.ts");

/** Beside this file, when it is built. */
const SCRIPT = new URL("./tools.cjs", import.meta.url);
export const CACHE = new URL("./tools.cache", import.meta.url);

/** The cache begins with the number of the build that the script ends with. */
export const BUILD_CHARACTERS = 16;

/** What the script is a function of, in the order of `Body`. Scripts with a cache cannot import modules themselves. */
export const SCRIPT_PARAMETERS = {
  require: "require",
  module: "module",
  url: "scriptUrl",
  importModule: "importModule",
};
type Body = (
  require: NodeJS.Require,
  module: { exports: unknown },
  scriptUrl: string,
  importModule: (url: string) => Promise<unknown>,
) => void;

/** As Node itself has it for modules. */
const UNSETTLED = 13;

/** Starts a tool with the arguments of the process. It ends the process. */
export function launch(name: keyof BuiltTools["TOOLS"]): void {
  const { exports } = load(readScript(), readCache());
  // Of a run that never comes to its end: nothing would be left to wait for, and Node would end as if all were well.
  process.exitCode = UNSETTLED;
  void exports.runTool(name, exports.TOOLS[name]);
}

export function readScript(): string {
  return readFileSync(SCRIPT, "latin1");
}

function readCache(): Buffer | undefined {
  try {
    return readFileSync(CACHE);
  } catch {
    // It only makes the start quicker.
    return undefined;
  }
}

/**
 * @param source the text of the script, of ASCII characters
 * @param cache what the file of the cache has; left aside if it is of another build
 */
export function load(source: string, cache: Buffer | undefined): { script: Script; exports: BuiltTools } {
  // The interpreter's loop stays in one activation for long, and V8 replaces that by optimised code in the background
  // again and again, each time for the types of the moment. In the foreground it is once. V8 refuses a cache that was
  // made with other flags.
  setFlagsFromString("--no-concurrent-osr");
  const isOfBuild = cache?.toString("latin1", 0, BUILD_CHARACTERS) === source.slice(-BUILD_CHARACTERS);
  const script = new Script(source, {
    filename: fileURLToPath(SCRIPT),
    cachedData: isOfBuild ? cache?.subarray(BUILD_CHARACTERS) : undefined,
  });
  const module = { exports: {} };
  const body = script.runInThisContext() as Body;
  body(laterOrNow(createRequire(SCRIPT)), module, SCRIPT.href, (url) => import(url));
  return { script, exports: module.exports as BuiltTools };
}

/** Parts of Node that few programs need and take milliseconds to load. */
const LATER = new Set([
  "node:child_process",
  "node:crypto",
  "node:fs/promises",
  "node:readline",
  "node:tty",
  "node:worker_threads",
]);

/** Loads those parts when something in them is first asked for. */
function laterOrNow(now: NodeJS.Require): NodeJS.Require {
  const later = (name: string): object => new Proxy({}, { get: (_, key) => Reflect.get(now(name), key) });
  const require = (name: string): unknown => (LATER.has(name) ? later(name) : now(name));
  return Object.assign(require, now);
}
