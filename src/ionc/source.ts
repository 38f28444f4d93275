/** A file of source text: its lines, and how a place in it is shown to people. */

/** Lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Lines shown in front of the one that is meant. */
const CONTEXT = 1;
/** Longer lines are cut around the place. */
const LONGEST_LINE = 120;

export class SourceFile {
  /** As the user named it, or relative to the folder of the program. */
  readonly name: string;
  readonly text: string;
  readonly #lineStarts: number[] = [0];
  #last = 0;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 13 && text.charCodeAt(at + 1) === 10) continue;
      if (unit === 10 || unit === 13 || unit === 0x2028 || unit === 0x2029) this.#lineStarts.push(at + 1);
    }
  }

  /** TypeScript by its ending; all else is JavaScript. */
  get isTypeScript(): boolean {
    return /\.[mc]?ts$/.test(this.name);
  }

  position(offset: number): Position {
    const starts = this.#lineStarts;
    // Code is generated from front to back: mostly it is the line of last time.
    let low = this.#last;
    if (starts[low] > offset || offset >= (starts[low + 1] ?? Number.POSITIVE_INFINITY)) {
      low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle] <= offset) low = middle;
        else high = middle - 1;
      }
      this.#last = low;
    }
    return { line: low + 1, column: offset - starts[low] + 1 };
  }

  lineText(line: number): string {
    return this.text.slice(this.#lineStarts[line - 1], this.#lineStarts[line]).replace(/[\r\n\u2028\u2029]+$/, "");
  }

  /** The line with a caret below the place, and the line before it. */
  frame({ line, column }: Position): string {
    const first = Math.max(1, line - CONTEXT);
    const width = String(line).length;
    const cut = Math.max(0, column - LONGEST_LINE + 20);
    const lines: string[] = [];
    for (let number = first; number <= line; number++) {
      const text = this.lineText(number)
        .slice(cut, cut + LONGEST_LINE)
        .replace(/\t/g, " ");
      lines.push(`${String(number).padStart(width)} | ${text}`);
    }
    lines.push(`${" ".repeat(width)} | ${" ".repeat(column - 1 - cut)}^`);
    return lines.join("\n");
  }
}
