/** Sessions in docs/ffi.md: files, commands, and what these print. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
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
  const tool = `ionvm() { "${process.execPath}" "${join(ROOT, "dist/ionvm.js")}" "$@"; }`;
  try {
    return execFileSync("sh", ["-c", `${tool}; { ${command}; } 2>&1`], {
      cwd,
      env: { ...process.env, PATH, NO_COLOR: "1" },
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}

const SESSIONS = sessionsOf(readFileSync(join(ROOT, "docs/ffi.md"), "utf8"));

describe("docs/ffi.md", () => {
  it("has sessions", () => {
    expect(SESSIONS.length).toBeGreaterThanOrEqual(6);
  });

  for (const session of SESSIONS) {
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
