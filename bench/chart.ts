/**
 * The chart in the README: plain SVG, on logarithmic scales. It has no background of its own, so its colours are of a
 * middle lightness, to be read on white and on black.
 */
import { ALL, by, MEASURE } from "./limits.ts";
import { type CaseResult, ENGINES, median, type Way } from "./measure.ts";
import { shownNumber } from "./report.ts";

interface Bar {
  readonly way: Way;
  readonly value: number;
}

interface Group {
  readonly name: string;
  readonly bars: readonly Bar[];
}

interface Panel {
  readonly title: string;
  readonly groups: readonly Group[];
  /** A value that the others are compared with, and what it is. */
  readonly reference: { readonly value: number; readonly name: string } | null;
}

const COLORS: Record<Way, string> = {
  JIT: "#2f81f7",
  interpreter: "#c69026",
  "plain JavaScript": "#768390",
  "node --jitless": "#768390",
  luajit: "#57ab5a",
  "lua5.4": "#57ab5a",
  erl: "#b083f0",
};
const TEXT = "#717a84";
const FAINT = "#8b949e";

const WIDTH = 860;
const LEFT = 235;
const RIGHT = 70;
const BAR = 10;
const GAP = 7;
const TITLE = 46;
const AXIS = 34;

/** The whole picture: how compute cases compare with plain JavaScript, and what messages and processes cost. */
export function chart(results: readonly CaseResult[], about: { readonly date: string; readonly node: string }): string {
  const panels = [computePanel(results), actorPanel(results)].filter(({ groups }) => groups.length > 0);
  const parts: string[] = [];
  let y = 0;
  for (const panel of panels) {
    const drawn = drawPanel(panel, y);
    parts.push(drawn.svg);
    y += drawn.height;
  }
  const height = y + 14;
  parts.push(text(WIDTH - 8, height - 8, `Node ${about.node}, ${about.date}`, { anchor: "end", size: 10 }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif">`,
    `<title>${escaped(panels.map(({ title }) => title).join("; "))}</title>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

function computePanel(results: readonly CaseResult[]): Panel {
  const groups = results
    .filter(({ suite }) => suite === "compute")
    .map(({ name, rows }) => ({
      name,
      bars: ENGINES.flatMap((way) => {
        const row = rows.find(({ measure }) => measure === by(way, MEASURE.toPlain));
        return row === undefined ? [] : [{ way, value: row.value }];
      }),
    }));
  return {
    title: "Compute: time as a multiple of plain JavaScript",
    // The mean first.
    groups: [...groups.filter(({ name }) => name === ALL), ...groups.filter(({ name }) => name !== ALL)].filter(
      hasBars,
    ),
    reference: { value: 1, name: "plain JavaScript" },
  };
}

function actorPanel(results: readonly CaseResult[]): Panel {
  const groups = results
    .filter(({ suite, unit }) => suite === "actors" && (unit === MEASURE.message || unit === MEASURE.process))
    .map(({ name, unit, times }) => ({
      name: `${name} (${unit.replace(/^ns a /, "")})`,
      bars: [...times].map(([way, list]) => ({ way, value: median(list) })),
    }));
  return { title: "Actors: nanoseconds a message or a process", groups: groups.filter(hasBars), reference: null };
}

function hasBars({ bars }: Group): boolean {
  return bars.length > 0;
}

function drawPanel({ title, groups, reference }: Panel, top: number): { svg: string; height: number } {
  const values = groups.flatMap(({ bars }) => bars.map(({ value }) => value));
  const compared = reference === null ? values : [...values, reference.value];
  const marks = marksAround(Math.min(...compared), Math.max(...compared));
  const [low, high] = [marks[0], marks[marks.length - 1]];
  const x = (value: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(value / low)) / Math.log(high / low);
  const rows = groups.map(({ bars }) => bars.length * BAR + GAP);
  const bottom = top + TITLE + rows.reduce((sum, height) => sum + height, 0);

  const parts = [text(8, top + 18, title, { size: 14, weight: 600 }), legend(groups, top + 18)];
  for (const mark of marks) {
    parts.push(
      `<line x1="${round(x(mark))}" y1="${top + TITLE - 8}" x2="${round(x(mark))}" y2="${bottom}" stroke="${FAINT}" stroke-opacity="0.25"/>`,
      text(x(mark), bottom + 14, String(mark), { anchor: "middle", size: 10 }),
    );
  }
  let y = top + TITLE;
  groups.forEach(({ name, bars }, i) => {
    const middle = y + (bars.length * BAR) / 2 + 4;
    parts.push(text(LEFT - 8, middle, name, { anchor: "end", size: 12, weight: name === ALL ? 600 : 400 }));
    bars.forEach(({ way, value }, k) => {
      const at = y + k * BAR;
      parts.push(
        `<rect x="${LEFT}" y="${at}" width="${round(Math.max(x(value) - LEFT, 1))}" height="${BAR - 1}" rx="1.5" fill="${COLORS[way]}"/>`,
        text(x(value) + 4, at + BAR - 1.5, shownNumber(value), { size: 9 }),
      );
    });
    y += rows[i];
  });
  if (reference !== null) {
    const at = round(x(reference.value));
    parts.push(
      `<line x1="${at}" y1="${top + TITLE - 8}" x2="${at}" y2="${bottom}" stroke="${TEXT}" stroke-dasharray="3 3"/>`,
      text(at, top + TITLE - 11, reference.name, { anchor: "middle", size: 10 }),
    );
  }
  return { svg: parts.join("\n"), height: bottom - top + AXIS };
}

/** The ways that occur, with their colours, at the right end. */
function legend(groups: readonly Group[], y: number): string {
  const ways = [...new Set(groups.flatMap(({ bars }) => bars.map(({ way }) => way)))];
  let x = WIDTH - 8;
  return ways
    .reverse()
    .map((way) => {
      // The width of a text is not known here; this is enough for it.
      x -= 30 + way.length * 6.5;
      return `<rect x="${round(x)}" y="${y - 9}" width="10" height="10" rx="2" fill="${COLORS[way]}"/>${text(x + 15, y, way, { size: 11 })}`;
    })
    .join("\n");
}

/** 1, 2, 5, 10, … from the last mark below the least value to the first at or above the largest. */
function marksAround(least: number, largest: number): number[] {
  const marks: number[] = [];
  for (let exponent = -3; exponent <= 6; exponent++) {
    for (const digit of [1, 2, 5]) marks.push(Number(`${digit}e${exponent}`));
  }
  const first = marks.findLastIndex((mark) => mark < least);
  const last = marks.findIndex((mark) => mark >= largest);
  return marks.slice(Math.max(first, 0), last < 0 ? undefined : last + 1);
}

interface Style {
  readonly size: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly weight?: number;
}

function text(x: number, y: number, content: string, { size, anchor = "start", weight = 400 }: Style): string {
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${TEXT}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
