/** Whatever it is given, the compiler gives a pack or says what is wrong. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { compileText, diagnosticText } from "../../src/ionc/index.ts";
import { errorsOf } from "./support.ts";

const SAMPLES = resolve(import.meta.dirname, "../../samples/js");
const MANY = 100_000;

describe("deep nesting", () => {
  it.each([
    ["parentheses", "(".repeat(MANY) + 1 + ")".repeat(MANY)],
    ["blocks", "{".repeat(MANY) + "}".repeat(MANY)],
    ["arrays", `x = ${"[".repeat(MANY)}${"]".repeat(MANY)}`],
    ["sums", `x = 1${" + 1".repeat(MANY)}`],
    ["members", `a${".b".repeat(MANY)}`],
    ["arrow functions", `x = ${"() => ".repeat(MANY)}1`],
    ["conditions", `${"if (a) ".repeat(MANY)};`],
  ])("%s", (_, source) => {
    for (const file of ["a.js", "a.ts"]) {
      const [{ message, hint }] = errorsOf({ [file]: source });
      expect(message).toBe("this is nested too deeply to be compiled");
      expect(hint).not.toBeNull();
    }
  });
});

describe("samples that end in the middle", () => {
  it.each(readdirSync(SAMPLES).filter((name) => name.endsWith(".js")))("%s", (name) => {
    const lines = readFileSync(join(SAMPLES, name), "utf8").split("\n");
    for (let count = 1; count < lines.length; count += 3) {
      const text = lines.slice(0, count).join("\n");
      // Neither throws anything but what is wrong.
      errorsOf({ [name]: text });
      errorsOf({ [name.replace(".js", ".ts")]: text.slice(0, text.length - Math.ceil(lines[count - 1].length / 2)) });
    }
  });
});

it("files of 100,000 lines", () => {
  const functions = Array.from({ length: MANY / 5 }, (_, i) => {
    return `function f${i}(x) {\n  if (x > ${i}) {\n    return f${Math.max(0, i - 1)}(x - 1);\n  }\n  return x; }`;
  });
  expect(compileText(functions.join("\n")).length).toBeGreaterThan(MANY);
}, 120_000);

describe("messages", () => {
  it("have the file, the place, the line and a hint", () => {
    const [error] = errorsOf("const a = 1;\nconst b = 10n;\n");
    expect(diagnosticText(error)).toBe(
      [
        "program.js:2:11: there are no BigInts",
        "1 | const a = 1;",
        "2 | const b = 10n;",
        "  |           ^",
        "hint: numbers are exact up to 2 ** 53; write 10 without its n",
      ].join("\n"),
    );
  });

  it("tell more than the first thing", () => {
    expect(errorsOf("async function f() {}\nconst n = 1n;\nimport.meta;").map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  it("show the right part of a long line", () => {
    const [{ frame }] = errorsOf(`${" ".repeat(1000)}x = 1n;`);
    const [line, caret] = frame.split("\n");
    expect(line.length).toBeLessThan(140);
    expect(line[caret.indexOf("^")]).toBe("1");
  });

  it("keep control characters away from terminals", () => {
    const [error] = errorsOf("x = '\u001b[31m' + 1n;");
    expect(diagnosticText(error)).not.toContain("\u001b");
  });
});
