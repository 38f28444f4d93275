/** What `console.table` draws. */
import { IonObject } from "../../../values/object.ts";
import type { Value } from "../../../values/value.ts";
import { isObject, toText } from "../convert.ts";
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
  names.forEach((name, row) => {
    const item = Array.isArray(value) ? value[Number(name)] : plainMember(value, name);
    if (!(Array.isArray(item) || item instanceof IonObject)) {
      values[row] = shown(item);
      hasValues = true;
      return;
    }
    for (const key of only ?? enumerableNames(item)) {
      const column = columns.get(key) ?? [];
      columns.set(key, column);
      if (enumerableNames(item).includes(key)) column[row] = shown(plainMember(item, key));
    }
  });
  const all: [string, string[]][] = [[INDEX, names], ...columns];
  if (hasValues) all.push([VALUES, values]);
  return drawn(all, names.length);
}

function drawn(columns: readonly (readonly [string, readonly string[]])[], rows = columns[0][1].length): string {
  const widths = columns.map(([title, cells]) => {
    return Math.max(widthOf(title), ...Array.from({ length: rows }, (_, row) => widthOf(cells[row] ?? ""))) + 2;
  });
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
