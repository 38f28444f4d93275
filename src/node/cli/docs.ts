/** The page docs/cli.md, derived from the tables of commands, options and exit codes. */
import type { CommandRow } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { IONC } from "./compiling.ts";
import { EXITS } from "./exit-codes.ts";
import { IONDIS } from "./listing.ts";

const INTRODUCTION = `# The command line

\`ionvm\` runs, inspects and assembles programs; \`iondis\` shows them as assembly text; \`ionc\` compiles JavaScript and
TypeScript. \`ionvm -e <text> [args...]\` runs a text of TypeScript. What a FILE is, is decided by its
content: a pack, a class file or assembly text; JavaScript and TypeScript are known by \`.js\`, \`.mjs\`, \`.ts\`, and compiled. \`-\` is standard input, whose class is \`Main\`. \`ionvm help <command>\` and
\`--help\` say what stands here.
`;

const OUTPUT = `## What is written where

- Standard output belongs to the program. Only \`--result\` adds a line to it, the last: \`=> \` and main's result in inspect
  form, on a line of its own. There is none if main failed or has not ended.
- Standard error gets what the program writes there, and our own lines: \`ionvm: \` and one line for whatever is wrong, with
  the file, class, function and place. Main's failure is followed by its stack, innermost first. In a program in
  JavaScript it begins with the place instead, \`app.ts:3:9: TypeError: …\`, with the lines of the source below. A failure of another
  process is one line, and only the first hundred are shown. Processes that are ended by others are not failures of their own.
- Both are written at once, in the order in which things happen. If the reader of standard output has gone, the run ends.
- Colours appear only on a terminal, and not if \`NO_COLOR\` is set.
- A deadlock is reported with the processes that wait: for what, and where they stand.
- The lines of \`--debug\` are made for people and may change. Those of \`--trace\` are made for programs: one JSON object for
  each event, with \`e\` its kind, \`p\` the process (0 is the host), \`r\` the reductions of that process since its birth, and
  what belongs to the kind: \`child\`, \`to\`, \`on\`, \`by\`, \`kind\`, in this order. Without \`--trace-times\` the same run of a
  program without timers gives the same bytes.

## Details

- Options of \`run\` stand before FILE; all that follows FILE goes to the program, options and \`--\` included.
- \`--timeout\` also ends a single operation that takes too long. \`--max-reductions\` is looked at when a turn ends.
- \`--max-memory\` in bytes beyond what Node's heap can hold means the default. Give Node a larger heap with
  \`NODE_OPTIONS=--max-old-space-size=8192\` (mebibytes).
- SIGINT, SIGTERM and SIGHUP end a run in good order: the trace is complete up to then, and \`--stats\` are printed.
- \`verify\` prints a line on standard output for each file that could be run, and one on standard error for each that could not.
- \`asm\` writes next to FILE, with the suffix \`.ionc\`, unless \`-o\` names another file.
- \`iondis\` prints text that \`ionvm\` assembles to the same bytes. Several classes follow each other; name one to get it alone.
- \`info\` and \`iondis\` do not link and need no entry point: they also show files that cannot run.
`;

/** The page, in Markdown. */
export function commandLinePage(): string {
  const commands = [
    ...COMMANDS.map((row) => commandSection(`ionvm ${row.name}`, row)),
    commandSection("iondis", IONDIS),
    commandSection("ionc", IONC),
  ];
  return [INTRODUCTION, ...commands, exitSection(), OUTPUT].join("\n");
}

function commandSection(name: string, { summary, args, options, passThrough }: CommandRow): string {
  const usage = [name, ...(options.length > 0 ? ["[options]"] : []), ...args.map(([argument]) => argument)].join(" ");
  const rows = [
    ...args.map(([argument, description]) => [argument.replace(/[<>[\].]/g, ""), description]),
    ...options.map(({ flags, description }) => [flags, description]),
  ];
  const title = `${summary[0].toUpperCase()}${summary.slice(1)}`;
  const note = passThrough ? " Options stand before FILE." : "";
  return `## \`${usage}\`\n\n${title}.${note}\n\n${table(["argument or option", "meaning"], rows)}`;
}

function exitSection(): string {
  const rows = Object.values(EXITS).map(({ code, meaning }) => [String(code), meaning]);
  return `## Exit codes\n\n${table(["code", "meaning"], rows)}`;
}

/** The first column as code. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map(([first, ...rest]) => `| \`${first}\` | ${rest.join(" | ")} |`);
  return `| ${head.join(" | ")} |\n|${"---|".repeat(head.length)}\n${lines.join("\n")}\n`;
}
