/** What `console.table` draws. */
import { IonObject } from "../../../values/object.ts";
import type { Value } from "../../../values/value.ts";
import { isObject, toText } from "../convert.ts";
import { allowText, Growth } from "../limits.ts";
import { enumerableNames, plainMember } from "../members.ts";
import { MapState, SetState, stateOf } from "../state.ts";
import { inspect } from "./inspect.ts";
import { widthOf } from "./quote.ts";

const INDEX = "(index)";
const ITERATION_INDEX = "(iteration index)";
const KEY = "Key";
const VALUES = "Values";

function shown(value: Value): string {
  const isLarge = value instanceof IonObject && enumerableNames(value).length > MOST_SHOWN;
  return inspect(value, { depth: isLarge ? -1 : 0, showHidden: false });
}

/** Objects with more members are named only. */
const MOST_SHOWN = 2;

/** The lines of a table; null for what is none. */
export function tableOf(value: Value, only: Value): string | null {
  if (!isObject(value)) return null;
  const map = stateOf(value, MapState);
  if (map?.tag === "Map") {
    const rows = [...map.map];
    return drawn([
      [ITERATION_INDEX, rows.map((_, i) => String(i))],
      [KEY, rows.map(([key]) => shown(key))],
      [VALUES, rows.map(([, item]) => shown(item))],
    ]);
  }
  const set = stateOf(value, SetState);
  if (set?.tag === "Set") {
    const rows = [...set.set];
    return drawn([
      [ITERATION_INDEX, rows.map((_, i) => String(i))],
      [VALUES, rows.map(shown)],
    ]);
  }
  return ofMembers(value, Array.isArray(only) ? only.map(toText) : null);
}

function ofMembers(value: Value, only: readonly string[] | null): string {
  const names = enumerableNames(value);
  const columns = new Map<string, string[]>((only ?? []).map((name) => [name, []]));
  const values: string[] = [];
  let hasValues = false;
  const growth = new Growth(0);
  const cell = (item: Value): string => {
    const text = shown(item);
    growth.one(text.length);
    return text;
  };
  names.forEach((name, row) => {
    const item = Array.isArray(value) ? value[Number(name)] : plainMember(value, name);
    if (!(Array.isArray(item) || item instanceof IonObject)) {
      values[row] = cell(item);
      hasValues = true;
      return;
    }
    const keys = new Set(enumerableNames(item));
    for (const key of only ?? keys) {
      const column = columns.get(key) ?? [];
      columns.set(key, column);
      if (keys.has(key)) column[row] = cell(plainMember(item, key));
    }
  });
  const all: [string, string[]][] = [[INDEX, names], ...columns];
  if (hasValues) all.push([VALUES, values]);
  return drawn(all, names.length);
}

const LINES = 4;

function drawn(columns: readonly (readonly [string, readonly string[]])[], rows = columns[0][1].length): string {
  // Each cell has a line and a blank at least.
  allowText((rows + LINES) * columns.length * 2);
  const widths = columns.map(([title, cells]) => {
    let widest = widthOf(title);
    for (let row = 0; row < rows; row++) widest = Math.max(widest, widthOf(cells[row] ?? ""));
    return widest + 2;
  });
  // With the lines above, between and below.
  allowText((rows + LINES) * widths.reduce((width, each) => width + each + 1, 2));
  const line = (left: string, middle: string, right: string): string => {
    return left + widths.map((width) => "─".repeat(width)).join(middle) + right;
  };
  const row = (cells: readonly string[]): string => {
    const padded = cells.map((cell, i) => {
      return ` ${cell}${" ".repeat(widths[i] - widthOf(cell) - 1)}`;
    });
    return `│${padded.join("│")}│`;
  };
  const lines = [line("┌", "┬", "┐"), row(columns.map(([title]) => title)), line("├", "┼", "┤")];
  for (let i = 0; i < rows; i++) lines.push(row(columns.map(([, cells]) => cells[i] ?? "")));
  return [...lines, line("└", "┴", "┘")].join("\n");
}
