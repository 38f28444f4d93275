/** JavaScript modules of a pack: what they export, in a thread of its own or in this one. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { LoadError } from "../../errors.ts";
import type { HostFunctionSpec } from "../../foreign/host-function.ts";
import { LONGEST_TIMEOUT, type Parameter } from "../../foreign/spec.ts";
import { parameterTypeOf } from "./described.ts";

/**
 * The functions of a module: those of its export `functions`, each with a description, or else all functions that it
 * exports. @throws LoadError
 */
export async function functionsOfModule(
  library: string,
  path: string,
): Promise<(HostFunctionSpec & { readonly timeout: number | null })[]> {
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (error) {
    throw new LoadError(`lib/${library}.mjs: ${await whyNot(error, path)}`);
  }
  const described = module.functions;
  if (described === undefined) {
    return Object.entries(module)
      .filter((entry): entry is [string, (...args: unknown[]) => unknown] => typeof entry[1] === "function")
      .map(([name, call]) => ({ ...plainFunction(library, name, call), timeout: null }));
  }
  if (typeof described !== "object" || described === null)
    throw new LoadError(`lib/${library}.mjs: functions must be an object`);
  return Object.entries(described).map(([name, one]) => describedFunction(library, name, one));
}

/** Why a module could not be loaded, in words that do not name the place where we have put it. */
async function whyNot(error: unknown, path: string): Promise<string> {
  if (!(error instanceof Error)) return `it threw ${String(error)}`;
  const { name, message } = error;
  const [, missing] = /^Cannot find (?:module|package) '(.*?)'/.exec(message) ?? [];
  if (missing !== undefined) {
    return `it imports ${basename(missing)}, and a module of a pack stands alone: what it needs must be bundled into it`;
  }
  const line = name === "SyntaxError" ? await lineOfSyntaxError(path) : lineIn(error, path);
  return `${name}: ${message}${line === null ? "" : ` (line ${line})`}`;
}

/** Node does not say it, and our own parser does. */
async function lineOfSyntaxError(path: string): Promise<number | null> {
  const { parse } = await import("acorn");
  try {
    parse(readFileSync(path, "utf8"), { ecmaVersion: "latest", sourceType: "module" });
    return null;
  } catch (error) {
    return (error as { readonly loc?: { readonly line: number } }).loc?.line ?? null;
  }
}

function lineIn({ stack = "" }: Error, path: string): number | null {
  const name = `${basename(path)}:`;
  const at = stack.indexOf(name);
  const [line] = at < 0 ? [] : (/^\d+/.exec(stack.slice(at + name.length)) ?? []);
  return line === undefined ? null : Number(line);
}

function plainFunction(library: string, name: string, call: (...args: unknown[]) => unknown): HostFunctionSpec {
  const parameters = Array.from({ length: call.length }, (_, i): Parameter => ({ name: `value${i + 1}`, type: "Any" }));
  return { name: `${library}.${name}`, parameters, call };
}

function describedFunction(
  library: string,
  name: string,
  one: unknown,
): HostFunctionSpec & { readonly timeout: number | null } {
  const where = `lib/${library}.mjs: the function ${name}`;
  if (typeof one === "function") {
    return { ...plainFunction(library, name, one as (...args: unknown[]) => unknown), timeout: null };
  }
  const {
    call,
    parameters = {},
    rest,
    result = "Any",
    description = "",
    async,
    pure,
    timeout = null,
    ...others
  } = (one ?? {}) as {
    readonly [key: string]: unknown;
  };
  const [other] = Object.keys(others);
  if (other !== undefined) throw new LoadError(`${where} has ${JSON.stringify(other)}, which means nothing`);
  if (typeof call !== "function") throw new LoadError(`${where}: call must be a function`);
  if (typeof parameters !== "object" || parameters === null)
    throw new LoadError(`${where}: parameters must be an object`);
  if (timeout !== null && !(typeof timeout === "number" && timeout > 0 && timeout <= LONGEST_TIMEOUT)) {
    throw new LoadError(`${where}: timeout must be a number of milliseconds above 0, and at most ${LONGEST_TIMEOUT}`);
  }
  return {
    name: `${library}.${name}`,
    parameters: Object.entries(parameters).map(([own, type]) => ({
      name: own,
      type: parameterTypeOf(String(type), where),
    })),
    ...(rest !== undefined && { rest: { name: "more", type: parameterTypeOf(String(rest), where) } }),
    result: parameterTypeOf(String(result), where),
    description: String(description),
    call: call as HostFunctionSpec["call"],
    ...(async !== undefined && { async: Boolean(async) }),
    ...(pure !== undefined && { pure: Boolean(pure) }),
    timeout: timeout as number | null,
  };
}
