/** The options of `ionvm run` in one table: the parser, the help and docs/cli.md derive from it. */
import { Option } from "commander";
import { flagOf, PERMISSION_KINDS, PERMISSIONS } from "../../foreign/permissions.ts";
import { DEFAULT_BUDGET, LARGEST_BUDGET, RUNTIME_LIMITS, type RuntimeLimits } from "../../limits.ts";
import { RECORDED_EVENTS } from "../../runtime/recorder.ts";
import { DEFAULT_JIT_THRESHOLD } from "../../vm.ts";
import { UsageError } from "./failures.ts";
import type { ForeignOptions } from "./foreign.ts";
import type { PathOptions } from "./packs.ts";

export interface RunOptions extends PathOptions, ForeignOptions {
  readonly jit?: boolean;
  readonly jitThreshold?: number;
  /** The name of a file; true: standard error. */
  readonly jitLog?: string | true;
  readonly budget?: number;
  readonly debug?: true;
  readonly "debug=instructions"?: true;
  readonly trace?: string;
  readonly traceTimes?: true;
  readonly virtualTime?: true;
  readonly seed?: number;
  readonly watch?: true;
  readonly crashLog?: string;
  readonly flightRecorder?: true;
  readonly result?: true;
  readonly stats?: true;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly maxReductions?: number;
  readonly maxProcesses?: number;
  readonly maxMailbox?: number;
  readonly maxFrames?: number;
  readonly maxMemory?: number;
  readonly maxProcessMemory?: number;
}

export interface OptionRow {
  readonly flags: string;
  readonly description: string;
  /** Makes the value of its text. @throws UsageError */
  readonly parse: ((text: string, flag: string, before: unknown) => unknown) | null;
}

/** Counters of the interpreter are 32-bit numbers. */
const LARGEST_JIT_THRESHOLD = 2 ** 30;

function option(flags: string, description: string, parse: OptionRow["parse"] = null): OptionRow {
  return { flags, description, parse };
}

/** What the limits of a run count. */
const COUNTED: Record<keyof RuntimeLimits, string> = {
  processes: "live processes",
  mailbox: "messages in one mailbox",
  frames: "frames of one process",
  reductions: "reductions of the whole run",
  memory: "heap: bytes (512m, 2g) or a share (75%) of what Node has",
  processMemory: "what one process holds, in bytes (64m)",
};

/** How each limit is written; those that are not here are whole numbers. */
const SIZES: { readonly [Name in keyof RuntimeLimits]?: (text: string, flag: string) => number } = {
  memory: memorySize,
  processMemory: byteSize,
};

function limitOption(name: keyof RuntimeLimits): OptionRow {
  const { value, stops } = RUNTIME_LIMITS[name] as { value: number; stops: string };
  const standard = name === "memory" ? `${value * 100}%` : value === Number.POSITIVE_INFINITY ? "no limit" : value;
  const description = `${COUNTED[name]}; stops ${stops} (default: ${standard})`;
  const flag = `--max-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const size = SIZES[name];
  return size === undefined
    ? option(`${flag} <n>`, description, wholeNumber(1, Number.MAX_SAFE_INTEGER))
    : option(`${flag} <size>`, description, size);
}

const PATH_OPTION = option(
  "--path <folder>",
  "look for packs that are needed in this folder, too, behind that of the pack; may stand several times",
  (text, flag, before) => [...((before as string[] | undefined) ?? []), fileName(text, flag)],
);

/** What stands for a list that was not given, since an option without a value must not take the FILE for it. */
const EVERYTHING = "*";

/** What programs may ask of their host. */
const FOREIGN_OPTIONS: readonly OptionRow[] = [
  ...PERMISSION_KINDS.map((kind) => {
    const { allows, items } = PERMISSIONS[kind];
    return option(
      `${flagOf(kind)} [names]`,
      `allow ${allows}; or, with =NAME,…, only these ${items}`,
      (text, flag, before) => {
        if (text === EVERYTHING || before === true) return true;
        const names = text.split(",");
        if (names.includes("")) throw refused(flag, `${items}, separated by commas`, text);
        return [...((before as string[] | undefined) ?? []), ...names];
      },
    );
  }),
  option("--allow-all", "allow all of these"),
  option("--ffi-in-process", "run native libraries and modules in the VM itself: quicker, but their crash is its own"),
  option("--python <command>", "what starts Python (default: python3)", fileName),
];

export const RUN_OPTIONS: readonly OptionRow[] = [
  option("--jit", "compile what runs often (the default)"),
  option("--no-jit", "interpret everything; nothing differs but the time"),
  option(
    "--jit-threshold <n>",
    `calls of a function, or rounds of a loop, after which it is compiled; 0: at once (default: ${DEFAULT_JIT_THRESHOLD})`,
    wholeNumber(0, LARGEST_JIT_THRESHOLD),
  ),
  option(
    "--jit-log [file]",
    "tell at the end, a line for each function, what was compiled, guessed and left, or why not; on standard error, or --jit-log=FILE",
    (text, flag) => (text === "-" ? text : fileName(text, flag)),
  ),
  PATH_OPTION,
  option(
    "--budget <n>",
    `reductions a turn gives a process (default: ${DEFAULT_BUDGET})`,
    wholeNumber(1, LARGEST_BUDGET),
  ),
  option("-d, --debug", "show spawns, turns, messages and states on standard error"),
  option("--debug=instructions", "show every instruction as well; runs interpreted"),
  option("--trace <file>", "write the event stream, a JSON line for each event", fileName),
  option("--trace-times", "add to each event of --trace its time, t, in milliseconds since the start"),
  option(
    "--crash-log <file>",
    "write what is known of each process that fails, a JSON line each: reason, stack, mailbox, last messages, links",
    fileName,
  ),
  option(
    "--flight-recorder",
    `keep the last ${RECORDED_EVENTS} events, and show them if main fails or all wait for ever; messages take longer`,
  ),
  ...FOREIGN_OPTIONS,
  option("--watch", "give the program new code while it runs, whenever a file of it or a pack that it needs changes"),
  option("--virtual-time", "timers follow a count of reductions, so that two runs are the same"),
  option(
    "--seed <n>",
    "begin the random numbers with this one (default: with the time)",
    wholeNumber(0, Number.MAX_SAFE_INTEGER),
  ),
  option("--result", "print main's result as the last line of standard output"),
  option("--stats", "print turns, reductions, time and memory on standard error at the end"),
  option("--timeout <s>", "end the run after so many seconds", seconds),
  ...(Object.keys(RUNTIME_LIMITS) as (keyof RuntimeLimits)[]).map(limitOption),
];

export interface JsonOptions {
  readonly json?: true;
}

const JSON_OPTION = option("--json", "as JSON, for programs");

export interface InfoOptions extends JsonOptions, PathOptions {
  readonly deps?: true;
}

export const INFO_OPTIONS: readonly OptionRow[] = [
  JSON_OPTION,
  option("--deps", "show the packs that it needs, and what they need, as a tree"),
  PATH_OPTION,
];

export interface VerifyOptions extends PathOptions, ForeignOptions {}

export const VERIFY_OPTIONS: readonly OptionRow[] = [PATH_OPTION, ...FOREIGN_OPTIONS];

export interface FfiOptions extends JsonOptions, ForeignOptions {}

export const FFI_OPTIONS: readonly OptionRow[] = [JSON_OPTION, ...FOREIGN_OPTIONS];

export interface ListOptions extends JsonOptions {
  readonly numbers?: true;
  /** False: without the lines of the source. */
  readonly source?: boolean;
  readonly js?: true;
  readonly entry?: number;
}

export const LIST_OPTIONS: readonly OptionRow[] = [
  JSON_OPTION,
  option("-n, --numbers", "put the number of each instruction, as errors name it, into a comment"),
  option("--no-source", "leave out the lines of the source, which are comments above what they became"),
  option("--js", "show the JavaScript that functions become, before anything is known from running them"),
  option(
    "--entry <n>",
    "with --js: the body that goes on at this instruction",
    wholeNumber(0, Number.MAX_SAFE_INTEGER),
  ),
];

export interface AsmOptions {
  readonly output?: string;
  readonly lib?: string;
  readonly format?: 1 | 2;
}

export const ASM_OPTIONS: readonly OptionRow[] = [
  option("-o, --output <file>", "the file to write: a pack if its name ends in .ionpack, else a class file", fileName),
  option(
    "--lib <folder>",
    "put the files of this folder into the pack, as its foreign libraries (docs/ffi.md)",
    fileName,
  ),
  option("--format <version>", "file version, 1 or 2 (default: as the text says, else 2)", formatVersion),
];

export interface CompileOptions {
  readonly output?: string;
  readonly name?: string;
  readonly lib?: string;
  readonly check?: true;
}

export const COMPILE_OPTIONS: readonly OptionRow[] = [
  option("-o, --output <file>", "the pack to write (default: the first file with the ending .ionpack)", fileName),
  option("--name <name>", "the name of the pack (default: that of the first file, without its ending)", fileName),
  option(
    "--lib <folder>",
    "put the files of this folder into the pack, as its foreign libraries (docs/ffi.md)",
    fileName,
  ),
  option("--check", "say what is wrong, and write nothing"),
];

export interface SampleOptions {
  readonly output?: string;
}

export const SAMPLE_OPTIONS: readonly OptionRow[] = [
  option("-o, --output <file>", "write the sample's pack to this file", fileName),
];

/**
 * A file behind `--jit-log` is the log's only if the program follows: otherwise it is the program, which commander
 * would take for the value.
 */
export function withJitLogDecided(args: readonly string[]): string[] {
  const at = args.indexOf("--jit-log");
  if (at < 0 || args.slice(0, at).includes("--")) return [...args];
  if (firstArgument(args) < at) return [...args];
  const next = args[at + 1];
  const rest = args.slice(at + 2);
  const isFile =
    next !== undefined &&
    !next.startsWith("-") &&
    !/\.ion(pack|c|asm)$/.test(next) &&
    firstArgument(rest) < rest.length;
  return isFile ? [...args] : [...args.slice(0, at), "--jit-log=-", ...args.slice(at + 1)];
}

/** `--allow-native FILE`: the FILE is no list of libraries. */
export function withPermissionsDecided(args: readonly string[]): string[] {
  const flags = new Set(PERMISSION_KINDS.map(flagOf));
  const end = firstArgument(args);
  return args.map((text, i) => (i < end && flags.has(text) ? `${text}=${EVERYTHING}` : text));
}

/** What to say of `--allow-native NAME FILE`: a list of libraries is not behind a space. */
export function listBehindSpace(args: readonly string[]): string | undefined {
  const at = firstArgument(args);
  const flag = args[at - 1];
  return PERMISSION_KINDS.some((kind) => flagOf(kind) === flag) ? `a list is written ${flag}=${args[at]}` : undefined;
}

/** The index of the first argument that is neither an option nor the value of one. */
function firstArgument(args: readonly string[]): number {
  const takesValue = new Set(
    RUN_OPTIONS.filter(({ flags }) => flags.includes("<")).flatMap(({ flags }) => flags.split(/[ ,]+/)),
  );
  let at = 0;
  while (at < args.length && args[at].startsWith("-") && args[at] !== "-") at += takesValue.has(args[at]) ? 2 : 1;
  return at;
}

/** The rows as commander takes them. */
export function commanderOptions(rows: readonly OptionRow[]): Option[] {
  return rows.map(({ flags, description, parse }) => {
    const made = new Option(flags, description);
    if (parse !== null) made.argParser((text, before) => parse(text, made.long!, before));
    return made;
  });
}

function refused(flag: string, wanted: string, text: string): UsageError {
  return new UsageError(`${flag} needs ${wanted}, not '${text}'`);
}

function wholeNumber(least: number, most: number): (text: string, flag: string) => number {
  return (text, flag) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    const wanted = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
    throw refused(flag, `a whole number ${wanted}`, text);
  };
}

/** Seconds, as milliseconds. */
function seconds(text: string, flag: string): number {
  const number = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (number > 0 && number <= Number.MAX_SAFE_INTEGER) return number * 1_000;
  throw refused(flag, "a number of seconds above 0", text);
}

/** What follows an option is its value even if it looks like an option; that is hardly ever meant. */
function fileName(text: string, flag: string): string {
  if (text === "" || text.startsWith("-")) throw refused(flag, "the name of a file (./-x if it begins with -)", text);
  return text;
}

function formatVersion(text: string, flag: string): 1 | 2 {
  if (text === "1" || text === "2") return text === "1" ? 1 : 2;
  throw refused(flag, "a file version, 1 or 2", text);
}

const UNITS: Record<string, number> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

function byteSize(text: string, flag: string): number {
  const size = text.endsWith("%") ? 0 : sizeOf(text);
  if (size > 1) return size;
  throw refused(flag, "a size in bytes, such as 64m", text);
}

/** Bytes; up to 1 a share of Node's heap limit, as in `RUNTIME_LIMITS`. */
function memorySize(text: string, flag: string): number {
  const size = sizeOf(text);
  if (size > 0) return size;
  throw refused(flag, "a size in bytes, such as 512m or 2g, or a share from 1% to 100%", text);
}

/** Bytes above 1, or a share up to 1; 0 for what is neither. */
function sizeOf(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([kmg%]?)$/i.exec(text) ?? [];
  if (digits === undefined) return 0;
  const size = unit === "%" ? Number(digits) / 100 : Math.floor(Number(digits) * UNITS[unit.toLowerCase()]);
  return (unit === "%" ? size <= 1 : size > 1 && size <= Number.MAX_SAFE_INTEGER) ? size : 0;
}
