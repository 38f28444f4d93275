/** The table in docs/javascript.md, derived from the messages of the compiler. */
import { MESSAGES, type MessageKey, type MessageRow } from "./diagnostics.ts";

/** Whose text is made elsewhere. */
const OTHERS: ReadonlySet<MessageKey> = new Set(["syntax", "bindingLimit"]);

/** What stands for the parts of a message. */
const PART = "…";

/** The messages, each with what to write instead. */
export function refusalTable(): string {
  const rows = (Object.entries(MESSAGES) as [MessageKey, MessageRow][])
    .filter(([key]) => !OTHERS.has(key))
    .map(([, { text, hint }]) => `| ${cell(text)} | ${hint === undefined ? "" : cell(hint)} |`);
  return `${["| message | hint |", "|---|---|", ...rows].join("\n")}\n`;
}

function cell(text: (...parts: string[]) => string): string {
  return text(...Array.from({ length: 4 }, () => PART)).replaceAll("|", "\\|");
}

/** The page with the table between its marks as it should be. */
export function withRefusals(page: string): string {
  return page.replace(
    /(<!-- table: refusals -->\n).*?(<!-- end -->)/s,
    (_, start: string, end: string) => `${start}\n${refusalTable()}\n${end}`,
  );
}
