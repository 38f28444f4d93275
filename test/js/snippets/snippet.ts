/** What tables of snippets are made of: small programs as texts, each of which prints something. */

export interface Snippet {
  readonly topic: string;
  readonly name: string;
  readonly source: string;
}

/** A text as it stands, but that \` and \$ are the characters, so that templates can be written in it. */
export function js(strings: TemplateStringsArray): string {
  return strings.raw.join("").replaceAll("\\`", "`").replaceAll("\\$", "$");
}

/** Programs one after the other, each behind a line `//# name`. */
export function programs(topic: string, text: string): Snippet[] {
  return text
    .split(/^\/\/# */m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf("\n");
      return { topic, name: part.slice(0, end).trim(), source: part.slice(end + 1).trim() };
    });
}

/** Expressions, one a line; each is a program that prints the type and the value. Lines with `//` are for readers. */
export function expressions(topic: string, text: string, before = ""): Snippet[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"))
    .map((line) => ({
      topic,
      name: line,
      source: `${before}const value = ${line};\nconsole.log(typeof value, value);`,
    }));
}

/** Statements, one program a line, that print by themselves. */
export function lines(topic: string, text: string, before = ""): Snippet[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"))
    .map((line) => ({ topic, name: line, source: before + line }));
}
