/** Sessions in docs/ffi.md and the tour: files, commands, and what these print. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Session, sessionsOf } from "../support/pages.ts";
import { folderOf, ROOT } from "./tool.ts";

const BINARIES = join(ROOT, "node_modules/.bin");
const PATH = `${BINARIES}${delimiter}${process.env.PATH}`;
/** What sessions need besides ionvm. */
const NEEDED: readonly (readonly [within: RegExp, isThere: () => boolean])[] = [
  [/\bcc /, () => canRun("cc")],
  [/linux\/x64/, () => process.platform === "linux" && process.arch === "x64"],
  [/--allow-python/, () => canRun("python3")],
  [/^/, () => canRun("sh", "-c", ":")],
];

function canRun(command: string, ...args: string[]): boolean {
  return spawnSync(command, args.length > 0 ? args : ["--version"], { stdio: "ignore" }).error === undefined;
}

function canBeRun({ steps }: Session): boolean {
  const commands = steps.map((step) => ("text" in step ? step.text : "")).join("\n");
  return NEEDED.every(([within, isThere]) => !within.test(commands) || isThere());
}

function run(command: string, cwd: string): string {
  const tools = ["ionvm", "ionc", "iondis"].map((name) => {
    return `${name}() { "${process.execPath}" "${join(ROOT, `dist/${name}.cjs`)}" "$@"; }`;
  });
  try {
    return execFileSync("sh", ["-c", `${tools.join("; ")}; { ${command}; } 2>&1`], {
      cwd,
      env: { ...process.env, PATH, NO_COLOR: "1" },
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}

const TOUR = readdirSync(join(ROOT, "docs/tour")).map((name) => `docs/tour/${name}`);

/** So many sessions at least are on these pages together. */
const EXPECTED = { "docs/ffi.md": 6, "docs/tour/*": 6 };

it("there are sessions", () => {
  const count = (pages: readonly string[]): number => pages.flatMap(sessionsIn).length;
  expect(count(["docs/ffi.md"])).toBeGreaterThanOrEqual(EXPECTED["docs/ffi.md"]);
  expect(count(TOUR)).toBeGreaterThanOrEqual(EXPECTED["docs/tour/*"]);
});

function sessionsIn(page: string): Session[] {
  return sessionsOf(readFileSync(join(ROOT, page), "utf8"));
}

describe.each(["docs/ffi.md", ...TOUR].filter((page) => sessionsIn(page).length > 0))("%s", (page) => {
  for (const session of sessionsIn(page)) {
    it.skipIf(!canBeRun(session))(`${session.title}, where all that it needs is installed`, () => {
      const cwd = folderOf({});
      for (const step of session.steps) {
        if ("text" in step) {
          expect(`$ ${step.text}\n${run(step.text, cwd)}`).toBe(`$ ${step.text}\n${step.prints}`);
        } else {
          mkdirSync(join(cwd, dirname(step.file)), { recursive: true });
          writeFileSync(join(cwd, step.file), step.content);
        }
      }
    });
  }
});
