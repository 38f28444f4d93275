/** Documentation that cannot go stale: generated pages equal their tables, and examples run. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { assemble } from "../src/bytecode/assemble.ts";
import { decodeClass } from "../src/bytecode/decode.ts";
import { disassemble } from "../src/bytecode/disassemble.ts";
import { encodeClass } from "../src/bytecode/encode.ts";
import { instructionPage } from "../src/bytecode/instruction-docs.ts";
import { limitsPage } from "../src/docs.ts";
import { standardLibraryPage } from "../src/foreign/docs.ts";
import { FOREIGN_TABLES, withTables } from "../src/foreign/foreign-docs.ts";
import { withRefusals } from "../src/ionc/docs.ts";
import { CompileError, compile } from "../src/ionc/index.ts";
import { commandLinePage } from "../src/node/cli/docs.ts";
import { failureLines } from "../src/node/cli/thrown.ts";
import { nodeHost } from "../src/node/host.ts";
import type { Pack } from "../src/pack/pack.ts";
import { MAIN_NUMBER } from "../src/runtime/scheduler.ts";
import { standardPackPage } from "../src/std/docs.ts";
import { inspect } from "../src/values/print.ts";
import { VM } from "../src/vm.ts";
import { erlangPage } from "./support/erlang-page.ts";
import { isForNode, type PageProgram, printsOf, programsOf } from "./support/page-programs.ts";
import { BUDGETS, ENGINES, type Engine, runProgram } from "./support/run.ts";

const ROOT = resolve(import.meta.dirname, "..");

// `npx vitest run test/docs.test.ts -u` writes them.
describe("generated pages", () => {
  it.each([
    ["instructions", instructionPage],
    ["stdlib", standardLibraryPage],
    ["limits", limitsPage],
    ["cli", commandLinePage],
    ["erlang", erlangPage],
    ["std", standardPackPage],
  ])("docs/%s.md is what its table says", async (name, page) => {
    await expect(page()).toMatchFileSnapshot(join(ROOT, `docs/${name}.md`));
  });

  it("the table in docs/javascript.md has all that the compiler may say", async () => {
    const file = join(ROOT, "docs/javascript.md");
    const page = readFileSync(file, "utf8");
    expect(page).toContain("<!-- table: refusals -->");
    await expect(withRefusals(page)).toMatchFileSnapshot(file);
  });

  it("the tables in docs/ffi.md are those of the code, each of them once", async () => {
    const file = join(ROOT, "docs/ffi.md");
    const page = readFileSync(file, "utf8");
    const names = [...page.matchAll(/^<!-- table: (.*) -->$/gm)].map(([, name]) => name);
    expect(names.sort()).toEqual(Object.keys(FOREIGN_TABLES).sort());
    await expect(withTables(page)).toMatchFileSnapshot(file);
  });
});

const PAGES = [
  "README.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true }).map((name) => `docs/${String(name).replaceAll("\\", "/")}`),
].filter((name) => name.endsWith(".md"));

interface Example {
  readonly page: string;
  readonly line: number;
  readonly code: string;
  /** What it prints, by its comments. */
  readonly prints: readonly string[];
}

function examplesOf(page: string): Example[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)]
    .filter((match) => isForNode(match[1]))
    .map((match) => ({
      page,
      line: text.slice(0, match.index).split("\n").length,
      code: match[1],
      prints: printsOf(match[1]),
    }));
}

const EXAMPLES = PAGES.flatMap(examplesOf);
const SCRATCH = join(ROOT, "test/.examples");

describe("examples", () => {
  afterAll(() => rmSync(SCRATCH, { recursive: true, force: true }));

  it("there are some, and both of the README print 42", () => {
    const readme = EXAMPLES.filter(({ page }) => page === "README.md");
    expect(readme.map(({ prints }) => prints)).toEqual([["42"], ["42"]]);
  });

  it.each(EXAMPLES)("$page:$line", async ({ page, line, code, prints }) => {
    mkdirSync(SCRATCH, { recursive: true });
    const file = join(SCRATCH, `${page.replace(/\W/g, "-")}-${line}.ts`);
    writeFileSync(file, code.replaceAll('from "ionvm"', 'from "../../src/node/index.ts"'));
    const printed: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((...values) => {
      printed.push(values.map(String).join(" "));
    });
    try {
      await import(file);
    } finally {
      log.mockRestore();
    }
    expect(printed).toEqual(prints);
  });
});

const PROGRAMS = PAGES.flatMap((page) => programsOf(page, readFileSync(join(ROOT, page), "utf8")));

describe("programs", () => {
  it("are on all pages of the tour", () => {
    const pages = PAGES.filter((page) => page.startsWith("docs/tour/"));
    expect(pages).toHaveLength(10);
    const shown = [...PROGRAMS, ...EXAMPLES].map(({ page }) => page);
    // Those that need permissions are sessions: see test/cli/pages.test.ts.
    expect(pages.filter((page) => !shown.includes(page))).toEqual(["docs/tour/09-foreign-functions.md"]);
  });

  it.each(PROGRAMS)("$page:$line", async (program) => {
    for (const engine of SOME_ENGINES) expect(await ran(program, engine), engine.name).toEqual(saidBy(program));
  });
});

/** Interpreted, compiled at once, compiled when hot: others are for tables of small programs. */
const SOME_ENGINES = ENGINES.filter(({ name }) => ["interpreter", "JIT at once", "JIT by default"].includes(name));

/** What a page says of a program. */
function saidBy({ prints, fails, refused }: PageProgram): Ran {
  return { prints: [...prints], fails: fails ?? [], refused: refused ?? [] };
}

interface Ran {
  readonly prints: readonly string[];
  readonly fails: readonly string[];
  readonly refused: readonly string[];
}

async function ran({ file, files }: PageProgram, { options }: Engine): Promise<Ran> {
  let pack: Pack;
  try {
    pack = compile([file], { read: (path) => files.get(path) }).pack;
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    return { prints: [], fails: [], refused: error.message.split("\n") };
  }
  let printed = "";
  let fails: readonly string[] = [];
  const vm = new VM({
    host: nodeHost(),
    ...options,
    virtualTime: true,
    stdout: (text) => {
      printed += text;
    },
    stderr: () => {},
    onCrash: ({ number }, outcome) => {
      if (number === MAIN_NUMBER) fails = failureLines(outcome, (name) => files.get(name)) ?? [inspect(outcome.reason)];
    },
  });
  vm.start(vm.load(pack));
  const { status } = await vm.run();
  expect(status).toBe("done");
  return { prints: printed === "" ? [] : printed.trimEnd().split("\n"), fails, refused: [] };
}

const LISTINGS = PAGES.flatMap((page) => {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(/^```ionasm\n(.*?)^```$/gms)].map(([, source]) => ({
    page,
    source,
    /** What main gives, if the text ends with it. */
    result: /^; => (.*)\n$/m.exec(source)?.[1],
  }));
});

describe("assembly", () => {
  it.each(LISTINGS)("of $page loads, and reads the same after a round trip", ({ source }) => {
    const { classFile, className } = assemble(source);
    const bytes = encodeClass(classFile);
    expect(encodeClass(assemble(disassemble(decodeClass(bytes, className), className)).classFile)).toEqual(bytes);
    expect(new VM().load(new TextEncoder().encode(source)).functions.size).toBeGreaterThan(0);
  });

  it.each(LISTINGS.filter(({ result }) => result !== undefined))("of $page gives $result", ({ source, result }) => {
    for (const engine of ENGINES) {
      for (const budget of BUDGETS) {
        expect(runProgram(source, { engine, budget, virtualTime: true }).result, `${engine.name}, ${budget}`).toBe(
          result,
        );
      }
    }
  });
});

describe("links", () => {
  it.each(PAGES)("%s leads to files that exist", (page) => {
    const text = readFileSync(join(ROOT, page), "utf8");
    const targets = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target);
    const missing = targets.filter((target) => !existsSync(resolve(ROOT, page, "..", target)));
    expect(missing).toEqual([]);
  });
});
