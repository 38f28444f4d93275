/** Documentation pages that derive from tables. A test holds the files in docs/ against them. */
import { ERROR_KINDS } from "./errors.ts";
import { FIXED_LIMITS, type LimitRow, RUNTIME_LIMITS } from "./limits.ts";

/** docs/limits.md */
export function limitsPage(): string {
  return [
    "# Limits",
    "",
    "Generated from `src/limits.ts`. Each limit stops a threat; nothing is limited for taste.",
    "",
    "## Of files and values",
    "",
    "The same on every host, because a program must mean the same everywhere.",
    "",
    ...table(FIXED_LIMITS),
    "",
    "## Of a running VM",
    "",
    "Options: `VMOptions.limits`, and `--max-…` on the command line. They are looked at when a turn ends.",
    "",
    ...table(RUNTIME_LIMITS),
    "",
    "## Errors of programs",
    "",
    "| kind | meaning |",
    "|---|---|",
    ...Object.entries(ERROR_KINDS).map(([kind, meaning]) => `| \`${kind}\` | ${meaning} |`),
    "",
  ].join("\n");
}

function table(rows: Record<string, LimitRow>): string[] {
  return [
    "| limit | default | stops | because |",
    "|---|---|---|---|",
    ...Object.entries(rows).map(([name, row]) => {
      return `| ${name} | ${row.value.toLocaleString("en-US")} | ${row.stops} | ${row.because} |`;
    }),
  ];
}
