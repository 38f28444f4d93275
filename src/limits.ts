/**
 * Every limit of IonVM in one table: what it stops, and why the default is what it is.
 *
 * Two kinds: those of the formats and of values are fixed, because files and programs must mean the
 * same everywhere; those of a running VM are options (`VMOptions.limits`, `--max-…`).
 */

export interface LimitRow {
  readonly value: number;
  /** The threat it stops. */
  readonly stops: string;
  /** Why this number. */
  readonly because: string;
}

function limit(value: number, stops: string, because: string): LimitRow {
  return { value, stops, because };
}

/** Limits of files and values: the same on every host. */
export const FIXED_LIMITS = {
  registers: limit(
    65_535,
    "frames of gigabytes from eight bytes of file",
    "no compiler comes near; a frame stays below 1 MB",
  ),
  operands: limit(65_535, "instructions that take seconds", "one instruction stays below a millisecond"),
  arguments: limit(255, "calls that cost more than their two reductions", "as BEAM; more belongs into a tuple"),
  arrayLength: limit(
    2 ** 26 - 1,
    "one instruction that asks for all memory",
    "512 MB, the most V8 keeps as a plain array",
  ),
  stringLength: limit(
    2 ** 28 - 1,
    "texts beyond what a host can make",
    "below the smallest maximum among the engines in use",
  ),
  binaryLength: limit(2 ** 30 - 1, "bytes beyond what a host can make", "below the smallest maximum of engines in use"),
  classBytes: limit(
    64 * 2 ** 20,
    "class files that decode to ten times their size",
    "the decoded form stays below a gigabyte; no compiler writes a tenth of it",
  ),
  instructions: limit(
    2 ** 22,
    "classes of one-byte instructions, each an object once decoded",
    "300 MB decoded; a thousand times the largest class we have seen",
  ),
  nesting: limit(1_000, "native recursion without end in literals and patterns", "deep enough for generated data"),
  messageValues: limit(
    1_000_000,
    "one SEND that stops everybody else for seconds",
    "copied in well under a tenth of a second",
  ),
  printedLength: limit(1_000_000, "one Print that makes gigabytes of text", "more than anyone reads"),
  dependencies: limit(200, "packs that need each other without end", "ten times what the largest program needs"),
  packEntries: limit(65_535, "archives of nothing but directory", "the most a ZIP archive without ZIP64 can say"),
  packBytes: limit(512 * 2 ** 20, "archives larger than memory", "an entry cannot be larger either"),
  packEntryBytes: limit(
    256 * 2 ** 20,
    "one entry that unpacks to all memory",
    "holds the largest library we have seen ten times",
  ),
  packUnpackedBytes: limit(
    1024 * 2 ** 20,
    "many entries that together unpack to all memory",
    "four of the largest entries",
  ),
  packRatio: limit(1_040, "zip bombs", "deflate cannot do better than 1:1032; a claim beyond it is a lie"),
  manifestBytes: limit(2 ** 20, "manifests of more keys than a Map can hold", "ten thousand dependencies take less"),
  stackTraceFrames: limit(
    50,
    "crash reports of a million lines",
    "the innermost 25 and outermost 25 tell where it went",
  ),
} as const satisfies Record<string, LimitRow>;

/** Limits of a running VM: the defaults. */
export const RUNTIME_LIMITS = {
  processes: limit(4_000_000, "fork bombs", "about a gigabyte of idle processes"),
  mailbox: limit(1_000_000, "a process that never reads its messages", "seconds of backlog at full speed"),
  frames: limit(4_000_000, "endless recursion", "ends below a gigabyte; a million deep is legitimate"),
  reductions: limit(
    Number.POSITIVE_INFINITY,
    "programs that run for ever",
    "only the caller knows how long is too long",
  ),
  memory: limit(
    0.75,
    "programs that take all memory",
    "a fraction up to 1 is a share of the host's heap limit, more is bytes; a quarter stays for the collector and the host",
  ),
  processMemory: limit(
    Number.POSITIVE_INFINITY,
    "one process that takes the memory of all",
    "what one process may hold only who knows the program can say; in bytes, by an estimate that both engines share",
  ),
} as const satisfies Record<string, LimitRow>;

export type RuntimeLimits = { readonly [Name in keyof typeof RUNTIME_LIMITS]: number };

export const DEFAULT_LIMITS: RuntimeLimits = Object.freeze(
  Object.fromEntries(Object.entries(RUNTIME_LIMITS).map(([name, row]) => [name, row.value])) as RuntimeLimits,
);

/** Reductions a turn gives a process. */
export const DEFAULT_BUDGET = 2000;
export const LARGEST_BUDGET = 2 ** 30;
