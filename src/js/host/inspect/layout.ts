/** How the parts of a value are put on lines, as Node's console does it. */
import { allowText } from "../limits.ts";
import { widthOf } from "./quote.ts";

/** The width that lines aim at. */
export const BREAK_LENGTH = 80;
/** So many levels of parts may stand on one line. */
const LEVELS_ON_A_LINE = 3;
/** Lists of more entries are set in columns. */
const MOST_UNGROUPED = 6;
export const MOST_ELEMENTS = 100;

export interface Parts {
  readonly entries: readonly string[];
  /** In front of the opening: what a function or an error is by itself; may be empty. */
  readonly base: string;
  readonly open: string;
  readonly close: string;
  /** Elements of a list, and what else it has. */
  readonly isList: boolean;
  /** Are all elements Numbers? They stand to the right in their columns then. */
  readonly isNumeric: boolean;
}

/**
 * @param indent of the line that the value begins on
 * @param levels how many levels of parts its last part has
 */
export function laidOut(parts: Parts, indent: number, levels: number): string {
  const { entries, base, open, close, isList, isNumeric } = parts;
  const rows = isList && entries.length > MOST_UNGROUPED ? inColumns(entries, indent, isNumeric) : entries;
  const before = base === "" ? open : `${base} ${open}`;
  if (levels < LEVELS_ON_A_LINE && rows.length === entries.length && fits(rows, indent + open.length, base)) {
    const line = rows.join(", ");
    if (!line.includes("\n")) return `${before} ${line} ${close}`;
  }
  const margin = `\n${" ".repeat(indent)}`;
  allowText(rows.reduce((units, { length }) => units + length + margin.length + 3, before.length));
  return `${before}${margin}  ${rows.join(`,${margin}  `)}${margin}${close}`;
}

/** What a line takes besides its parts. */
const LINE_ROOM = 10;

function fits(rows: readonly string[], start: number, base: string): boolean {
  let length = 2 * rows.length + start + base.length + LINE_ROOM;
  if (length + rows.length > BREAK_LENGTH) return false;
  for (const row of rows) {
    length += row.length;
    if (length > BREAK_LENGTH) return false;
  }
  return !base.includes("\n");
}

const SEPARATOR = 2;
/** Columns are taken for so much narrower than the widest entry, and for more where entries differ. */
const NARROWER = 3;
/** How much higher than wide a character is. */
const HEIGHT = 2.5;
const MOST_COLUMNS = 15;

/** Entries in rows of as many columns as make about a square; as they are if they are too different in width. */
function inColumns(entries: readonly string[], indent: number, isNumeric: boolean): readonly string[] {
  // What says that there are more is a line of its own.
  const count = entries.length > MOST_ELEMENTS ? entries.length - 1 : entries.length;
  const widths = entries.slice(0, count).map(widthOf);
  const total = widths.reduce((sum, width) => sum + width + SEPARATOR, 0);
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  const room = widest + SEPARATOR;
  if (!(room * 3 + indent < BREAK_LENGTH && (total / room > 5 || widest <= 6))) return entries;
  const biased = Math.max(room - NARROWER - Math.sqrt(room - total / entries.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(HEIGHT * biased * count) / biased),
    Math.floor((BREAK_LENGTH - indent) / room),
    LEVELS_ON_A_LINE * 4,
    MOST_COLUMNS,
  );
  if (columns <= 1) return entries;
  const columnWidths = Array.from({ length: columns }, (_, column) => {
    let most = 0;
    for (let i = column; i < count; i += columns) most = Math.max(most, widths[i]);
    return most + SEPARATOR;
  });
  const rows: string[] = [];
  for (let start = 0; start < count; start += columns) {
    rows.push(row(entries, widths, columnWidths, start, Math.min(start + columns, count), isNumeric));
  }
  if (count < entries.length) rows.push(entries[count]);
  return rows;
}

function row(
  entries: readonly string[],
  widths: readonly number[],
  columnWidths: readonly number[],
  start: number,
  end: number,
  isNumeric: boolean,
): string {
  let line = "";
  for (let i = start; i < end - 1; i++) {
    const length = columnWidths[i - start] + entries[i].length - widths[i];
    const entry = `${entries[i]}, `;
    line += isNumeric ? entry.padStart(length) : entry.padEnd(length);
  }
  const last = entries[end - 1];
  if (!isNumeric) return line + last;
  return line + last.padStart(columnWidths[end - 1 - start] + last.length - widths[end - 1] - SEPARATOR);
}

export function moreItems(count: number): string {
  return `... ${count} more item${count > 1 ? "s" : ""}`;
}
