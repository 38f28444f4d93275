/**
 * Other runtimes, as child processes. Each prints its result and the best time of three runs by its own clock, so that
 * its start does not count. What is not installed, or does not work, gives no row; a wrong result is an error.
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { check } from "./measure.ts";

export type Peer = "luajit" | "lua5.4" | "erl";

/** Seen both from this file and from dist. */
const SOURCES = fileURLToPath(new URL("../bench/peers/", import.meta.url));

const PACKAGES: Record<Peer, string> = { luajit: "luajit", "lua5.4": "lua5.4", erl: "erlang-base" };

/** Nanoseconds of a run of this size, whose result is checked; NaN if it has failed. */
export type PeerRun = (size: number, expected: number) => number;

/** Peers that were asked in vain, and why. */
const without = new Map<Peer, "not installed" | Error>();

/**
 * A case in another runtime, once it has given the right result for a small size; null if it cannot run there.
 * @param name of the case; its file has hyphens for the spaces, and only what stands before a comma
 */
export function peerOf(peer: Peer, name: string, trial: { readonly size: number; readonly expected: number }) {
  if (without.has(peer)) return null;
  const command = COMMANDS[peer];
  if (![peer, ...command.also].every(isInstalled)) {
    without.set(peer, "not installed");
    return null;
  }
  const file = name.replace(/,.*/, "").replaceAll(" ", "-");
  const run: PeerRun = (size, expected) => {
    let printed: { result: number; nanoseconds: number };
    try {
      printed = parse(execute(peer, command.args(file, size)));
    } catch (error) {
      without.set(peer, new Error(`${name}, size ${size}: ${(error as Error).message}`));
      return Number.NaN;
    }
    check(`${name} by ${peer}`, printed.result, expected);
    return printed.nanoseconds;
  };
  return Number.isNaN(run(trial.size, trial.expected)) ? null : run;
}

/** What a report has to say about peers that it does not have. */
export function notesOnPeers(): string[] {
  const missing = [...without.keys()].filter((peer) => without.get(peer) === "not installed");
  const packages = missing.map((peer) => PACKAGES[peer]).join(" ");
  return [
    ...[...without].flatMap(([peer, why]) => (why instanceof Error ? [`${peer} does not work: ${why.message}`] : [])),
    ...(missing.length > 0
      ? [`${missing.join(", ")} not installed, so not measured. On Debian: apt-get install ${packages}`]
      : []),
  ];
}

interface Command {
  /** Further programs that it needs. */
  readonly also: readonly string[];
  readonly args: (file: string, size: number) => readonly string[];
}

/** LuaJIT has no operators on bits, Lua no library for them: a case may have a file for LuaJIT. */
function luaArgs(file: string, size: number, ownEnding: string): string[] {
  const own = join(SOURCES, "lua", file + ownEnding);
  return [join(SOURCES, "lua/run.lua"), existsSync(own) ? own : join(SOURCES, "lua", `${file}.lua`), String(size)];
}

const COMMANDS: Record<Peer, Command> = {
  luajit: { also: [], args: (file, size) => luaArgs(file, size, ".luajit.lua") },
  "lua5.4": { also: [], args: (file, size) => luaArgs(file, size, ".lua") },
  erl: {
    also: ["erlc"],
    // One scheduler, as we have one thread; room for all processes of skynet.
    args: (file, size) => [
      ...["+S", "1:1", "+P", "4000000", "-noshell", "-pa", compiledErlang()],
      ...["-run", "run", "main", file.replaceAll("-", "_"), String(size)],
    ],
  },
};

let erlangFolder: string | null = null;

/** A temporary folder with the compiled Erlang modules. */
function compiledErlang(): string {
  if (erlangFolder !== null) return erlangFolder;
  const folder = mkdtempSync(join(tmpdir(), "ionvm-bench-"));
  const sources = join(SOURCES, "erlang");
  const files = readdirSync(sources).filter((file) => file.endsWith(".erl"));
  erlangFolder = folder;
  execute("erlc", ["-o", folder, ...files.map((file) => join(sources, file))]);
  return folder;
}

/** Removes what was compiled for peers. */
export function cleanUpPeers(): void {
  if (erlangFolder !== null) rmSync(erlangFolder, { recursive: true, force: true });
  erlangFolder = null;
}

/** What a program prints. @throws Error if it fails, with the first line of what it says */
function execute(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error((stderr?.trim() || message).split("\n")[0]);
  }
}

/** Two lines: the result, the nanoseconds. */
function parse(text: string): { result: number; nanoseconds: number } {
  const [result, nanoseconds] = text.trim().split("\n").map(Number);
  if (!(nanoseconds > 0)) throw new Error(`a result and a time expected, not ${JSON.stringify(text)}`);
  return { result, nanoseconds };
}

function isInstalled(program: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return folder !== "";
    } catch {
      return false;
    }
  });
}
