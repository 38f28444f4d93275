/** JavaScript and TypeScript on the command lines: `ionc`, `ionvm run FILE.ts`, `ionvm -e`. */
import { describe, expect, it } from "vitest";
import { folderOf, ionc, iondis, ionvm } from "./tool.ts";

const cwd = folderOf({
  "app.ts":
    'import { args } from "ion:process";\nimport { twice } from "./twice.ts";\nconsole.log(twice(21), args());\n',
  "twice.ts": "export const twice = (n: number): number => n * 2;\n",
  "wrong.ts": "const a = 1;\nconst b = 10n;\nasync function f() {}\n",
  "warns.js": "if (false) nothing();\nconsole.log(1);\n",
});

describe("ionvm run", () => {
  it("compiles source text, with what it imports", async () => {
    expect(await ionvm(["run", "app.ts", "x", "--y"], { cwd })).toMatchObject({
      code: 0,
      stdout: "42 [ 'x', '--y' ]\n",
      stderr: "",
    });
  });

  it("tells all that is wrong", async () => {
    const { code, stdout, stderr } = await ionvm(["run", "wrong.ts"], { cwd });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(
      "ionvm: wrong.ts:2:11: there are no BigInts\n1 | const a = 1;\n2 | const b = 10n;\n  |           ^\nhint: ",
    );
    expect(stderr).toContain("ionvm: wrong.ts:3:1: there are no async functions\n");
  });

  it("warns, and runs", async () => {
    const { code, stdout, stderr } = await ionvm(["run", "warns.js"], { cwd });
    expect([code, stdout]).toEqual([0, "1\n"]);
    expect(stderr).toContain("ionvm: warning: warns.js:1:12: nothing is not declared");
  });

  it("says that a file is missing", async () => {
    const { code, stderr } = await ionvm(["run", "missing.ts"], { cwd });
    expect([code, stderr]).toEqual([1, "ionvm: missing.ts: no such file or directory\n"]);
  });
});

describe("ionvm -e", () => {
  it("runs a text", async () => {
    const text = 'import { args } from "ion:process"; const x: number = 6; console.log(x * 7, args());';
    expect(await ionvm(["-e", text, "a"], { cwd })).toMatchObject({ code: 0, stdout: "42 [ 'a' ]\n" });
  });

  it("needs one", async () => {
    expect(await ionvm(["-e"], { cwd })).toMatchObject({ code: 2, stderr: "ionvm: -e needs the text of a program\n" });
  });
});

describe("ionc", () => {
  it("writes a pack that runs", async () => {
    expect(await ionc(["app.ts", "-o", "out.ionpack"], { cwd })).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect(await ionvm(["run", "--no-jit", "out.ionpack"], { cwd })).toMatchObject({ code: 0, stdout: "42 []\n" });
    expect((await iondis(["out.ionpack", "twice"], { cwd })).stdout).toContain(".function twice");
  });

  it("refuses what is no source text, and to overwrite it", async () => {
    expect((await ionc(["out.ionasm"], { cwd })).stderr).toBe("ionc: 'out.ionasm' does not end in .js, .mjs or .ts\n");
    expect((await ionc(["app.ts", "-o", "app.ts"], { cwd })).stderr).toContain("would overwrite");
    expect((await ionc(["wrong.ts"], { cwd })).code).toBe(1);
  });
});
