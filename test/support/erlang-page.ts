/** docs/erlang.md, from the rows that the tests run. */
import { CHAPTERS } from "../programs/erlang.ts";

const INTRODUCTION = `# Beside Erlang

What an Erlang programmer takes for granted, point by point, and where IonVM differs. Each line is a program in
\`test/programs/erlang.ts\`, run by the interpreter and the JIT with budgets of 1, 7 and 2000 reductions. Where the last column is
empty, IonVM does the same.`;

export function erlangPage(): string {
  const lines = [INTRODUCTION];
  for (const { title, points } of CHAPTERS) {
    lines.push("", `## ${title}`, "", "| point | Erlang | IonVM, where it differs |", "|---|---|---|");
    for (const { name, erlang, ionvm } of points) lines.push(`| ${name} | ${erlang} | ${ionvm ?? ""} |`);
  }
  return `${lines.join("\n")}\n`;
}
