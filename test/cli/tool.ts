/** Starts the built command lines as users do. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll } from "vitest";

export const ROOT = resolve(import.meta.dirname, "../..");
export const SAMPLES = join(ROOT, "test/packs/samples");
export const REFERENCE = join(ROOT, "test/packs/reference");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolOptions {
  readonly stdin?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Looks at standard output so far; may end things. */
  readonly onOutput?: (stdout: string, child: ReturnType<typeof spawn>) => void;
}

export function tool(
  name: "ionvm" | "iondis" | "ionc",
  args: readonly string[],
  options: ToolOptions = {},
): Promise<Ended> {
  const { stdin = "", cwd = ROOT, env = {}, onOutput } = options;
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(ROOT, `dist/${name}.cjs`), ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "", FORCE_COLOR: "", ...env },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      onOutput?.(stdout, child);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    // A tool that does not read its input may be gone before it is written.
    child.stdin.on("error", () => {});
    child.stdin.end(stdin);
    child.on("error", failed);
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
}

export function ionvm(args: readonly string[], options?: ToolOptions): Promise<Ended> {
  return tool("ionvm", args, options);
}
export function iondis(args: readonly string[], options?: ToolOptions): Promise<Ended> {
  return tool("iondis", args, options);
}
export function ionc(args: readonly string[], options?: ToolOptions): Promise<Ended> {
  return tool("ionc", args, options);
}

/** A folder of these files, for the tests of one file; gives its path. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "ionvm-test-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
