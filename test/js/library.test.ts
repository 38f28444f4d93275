/** The library of built-ins is compiled beforehand; here it is held against its sources. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { base64Of } from "../../src/bytecode/base64.ts";
import { encodeClass } from "../../src/bytecode/encode.ts";
import type { Instruction } from "../../src/bytecode/instructions.ts";
import { type FunctionRecord, VERSION_2 } from "../../src/bytecode/model.ts";
import { ENTRY_FUNCTION, FUNCTION_REFERENCE, JS_REFERENCE, MODULE_FUNCTION } from "../../src/bytecode/special.ts";
import { compile } from "../../src/ionc/index.ts";
import { LIBRARY, LIBRARY_TOPICS, type LibraryTopic, sourceName } from "../../src/js/library.ts";
import { Atom, atom } from "../../src/values/atom.ts";

const FOLDER = resolve(import.meta.dirname, "../../src/js/library");

/** Without lines: nobody steps through it, and it is read by every program that needs it. */
function compiled(topic: LibraryTopic): FunctionRecord[] {
  const file = `${topic}.js`;
  const text = readFileSync(join(FOLDER, file), "utf8");
  const { pack } = compile([file], { read: () => text }, { intrinsics: true });
  const [{ functions }] = [...pack.classes.values()];
  return functions.filter(({ name }) => name !== ENTRY_FUNCTION && name !== MODULE_FUNCTION);
}

/** Each function is read when it is first needed: so it names others of its topic as built-ins. */
function alone(topic: LibraryTopic, record: FunctionRecord): string {
  if (record.body.kind !== "bytecode") throw new Error("the library has no foreign functions");
  const instructions = record.body.instructions.map((instruction): Instruction => {
    if (instruction.op !== "LOAD_CONST") return instruction;
    const [register, value] = instruction.operands;
    const prefix = `${FUNCTION_REFERENCE}${topic}:`;
    if (!(value instanceof Atom) || !value.name.startsWith(prefix)) return instruction;
    return {
      op: "LOAD_CONST",
      operands: [register, atom(`${JS_REFERENCE}%${topic}:${value.name.slice(prefix.length)}`)],
    };
  });
  const own: FunctionRecord = { ...record, body: { kind: "bytecode", instructions } };
  return base64Of(encodeClass({ format: VERSION_2, functions: [own], sections: [] }, topic));
}

// `npx vitest run test/js/library.test.ts -u` writes it.
test("compiled.ts is what the sources say", async () => {
  const topics = LIBRARY_TOPICS.map((topic) => {
    const functions = compiled(topic).map((record) => `    "${record.name}":\n      "${alone(topic, record)}",\n`);
    return `  ${topic}: {\n${functions.join("")}  },\n`;
  });
  const page = `/** Generated from the library's sources: \`npx vitest run test/js/library.test.ts -u\`. */
import type { LibraryTopic } from "../library.ts";

/** Classes of one function each, by topic and name. */
export const COMPILED: Readonly<Record<LibraryTopic, Readonly<Record<string, string>>>> = {
${topics.join("")}};
`;
  await expect(page).toMatchFileSnapshot(join(FOLDER, "compiled.ts"));
});

describe("each built-in of the table has its function", () => {
  test.each(LIBRARY_TOPICS)("%s", (topic) => {
    const names = compiled(topic).map(({ name }) => name);
    for (const { name, topic: of } of LIBRARY) if (of === topic) expect(names).toContain(sourceName(name));
  });
});
