/** Holds snippets against Node. */
import { describe, it } from "vitest";
import { checkWays, compile, someWays, WAYS, type Way } from "./engines.ts";
import { runInNode } from "./node.ts";
import { OPEN } from "./open.ts";
import type { Snippet } from "./snippets/snippet.ts";

/** Interpreted and compiled when hot, turns of all lengths; compiled at once, turns of one of them. */
function waysOfOne(number: number): readonly Way[] {
  const atOnce = someWays(number).filter(({ options }) => options.jitThreshold === 0);
  return [...WAYS.filter(({ options }) => options.jitThreshold !== 0), ...atOnce];
}

/** A test for each snippet: as a module, and as the body of a function, whose variables are held in other ways. */
export function checkSnippets(
  title: string,
  snippets: readonly Snippet[],
  waysOf: (number: number) => readonly Way[] = waysOfOne,
): void {
  describe(title, () => {
    const names = new Map<string, number>();
    for (const [number, { topic, name, source }] of snippets.entries()) {
      const count = (names.get(topic + name) ?? 0) + 1;
      names.set(topic + name, count);
      const label = `${topic}: ${name}${count > 1 ? ` (${count})` : ""}`;
      const test = OPEN.has(label) ? it.fails : it;
      test(label, () => {
        const expected = runInNode(source);
        const asModule = compile(source);
        checkWays(asModule, waysOf(number), expected);
        const asFunction = compile(`function program() {\n${source}\n}\nprogram();`);
        checkWays(asFunction, someWays(number, 5), expected, "in a function, ");
      });
    }
  });
}
