/**
 * Programs for ionvm in pages: blocks in TypeScript or JavaScript. One with a name behind the language is a file, which the
 * blocks behind it in the same section may import; one without a name is a program of its own.
 *
 * What a program prints stands in its comments: behind each call of console.log, or together in one that begins with `prints:`.
 * What it fails of stands in one that begins with `fails:`, as `ionvm run` tells it, and why it is not compiled in one that begins
 * with `refused:`.
 */
export interface PageProgram {
  readonly page: string;
  readonly line: number;
  readonly file: string;
  readonly files: ReadonlyMap<string, string>;
  readonly prints: readonly string[];
  /** Lines; null: it does not fail. */
  readonly fails: readonly string[] | null;
  readonly refused: readonly string[] | null;
}

/** What a block without a name is called. */
const FILE = "app.ts";

/** Does a block run in Node, as a program that embeds the VM does? */
export function isForNode(code: string): boolean {
  return /from "ionvm"/.test(code);
}

export function programsOf(page: string, text: string): PageProgram[] {
  const programs: PageProgram[] = [];
  let files = new Map<string, string>();
  for (const block of text.matchAll(/^## |^```([jt]s)(?: (\S+))?\n(.*?)^```$/gms)) {
    const [whole, language, name, code] = block;
    if (language === undefined) {
      files = new Map();
      continue;
    }
    if (isForNode(code) || (language === "js" && name === undefined)) continue;
    const file = name ?? FILE;
    const seen = new Map(files).set(file, code);
    if (name !== undefined) files = seen;
    const line = text.slice(0, block.index + whole.indexOf("\n")).split("\n").length;
    const [prints, fails, refused] = [printsOf(code), commentOf(code, "fails"), commentOf(code, "refused")];
    // What says nothing of the kind is there to be imported.
    if (name !== undefined && prints.length === 0 && fails === null && refused === null) continue;
    programs.push({ page, line, file, files: seen, prints, fails, refused });
  }
  return programs;
}

/** Behind each call of console.log, or together in a comment: a line each. */
export function printsOf(code: string): string[] {
  return (
    commentOf(code, "prints") ??
    [...code.matchAll(/console\.log\(.*\);?(?:\s*\})*\s*\/\/ (.*)$/gm)].map(([, shown]) => shown)
  );
}

function commentOf(code: string, word: string): string[] | null {
  const found = new RegExp(`^/\\* ${word}:\\n(.*?)^\\*/$`, "ms").exec(code);
  return found === null ? null : found[1].trimEnd().split("\n");
}
