/** The library of built-ins is compiled beforehand; here it is held against its sources. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { base64Of } from "../../src/bytecode/base64.ts";
import { encodeClass } from "../../src/bytecode/encode.ts";
import { compile } from "../../src/ionc/index.ts";
import { LIBRARY, LIBRARY_TOPICS, type LibraryTopic, sourceName } from "../../src/js/library.ts";

const FOLDER = resolve(import.meta.dirname, "../../src/js/library");

/** Without lines: nobody steps through it, and it is read by every program that needs it. */
function compiled(topic: LibraryTopic) {
  const file = `${topic}.js`;
  const text = readFileSync(join(FOLDER, file), "utf8");
  const { pack } = compile([file], { read: () => text }, { intrinsics: true });
  const [classFile] = pack.classes.values();
  return { ...classFile, sections: [] };
}

// `npx vitest run test/js/library.test.ts -u` writes it.
test("compiled.ts is what the sources say", async () => {
  const lines = LIBRARY_TOPICS.map((topic) => `  ${topic}:\n    "${base64Of(encodeClass(compiled(topic), topic))}",\n`);
  const page = `/** Generated from the library's sources: \`npx vitest run test/js/library.test.ts -u\`. */
import type { LibraryTopic } from "../library.ts";

export const COMPILED: Readonly<Record<LibraryTopic, string>> = {
${lines.join("")}};
`;
  await expect(page).toMatchFileSnapshot(join(FOLDER, "compiled.ts"));
});

describe("each built-in of the table has its function", () => {
  test.each(LIBRARY_TOPICS)("%s", (topic) => {
    const names = compiled(topic).functions.map(({ name }) => name);
    for (const { name, topic: of } of LIBRARY) if (of === topic) expect(names).toContain(sourceName(name));
  });
});
