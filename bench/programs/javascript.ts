/** Programs in JavaScript: the natural twins of the compute suite, and the larger programs of the samples. */
import { readFileSync } from "node:fs";
import type { ProgramSizes } from "./case.ts";
import { COMPUTE } from "./index.ts";

export interface JavaScriptCase {
  readonly name: string;
  /** One of the programs of the samples, of many functions and classes. */
  readonly isLarger: boolean;
  readonly sizes: ProgramSizes;
  /** It imports "ion:process", which Node has from the shim beside the samples. */
  readonly hasProcesses: boolean;
  /**
   * Declares `run`, which takes the size and gives a number; the same text for the compiler and for Node, which has the
   * shim in front of it if there are processes.
   */
  readonly source: string;
}

const SAMPLES: Readonly<Record<string, ProgramSizes>> = {
  "os-simulation": { test: 1, quick: 10, full: 40 },
  constraints: { test: 2, quick: 50, full: 150 },
  json: { test: 2, quick: 20, full: 100 },
  "red-black-tree": { test: 20, quick: 2000, full: 20_000 },
  "ray-tracer": { test: 2, quick: 40, full: 100 },
  chess: { test: 1, quick: 2, full: 3 },
  bank: { test: 1, quick: 10, full: 50 },
  chat: { test: 2, quick: 20, full: 100 },
};

/**
 * @param folder where the samples are
 */
export function javaScriptCases(folder: string): JavaScriptCase[] {
  const twins = COMPUTE.map(({ name, sizes, plain }) => ({
    name,
    isLarger: false,
    hasProcesses: false,
    sizes,
    source: `const run = (${plain})();`,
  }));
  const larger = Object.entries(SAMPLES).map(([name, sizes]) => {
    // What they print of themselves stands behind `run`, and has no part in what is measured.
    const source = readFileSync(`${folder}/${name}.js`, "utf8").replaceAll(/^export /gm, "");
    return { name, isLarger: true, hasProcesses: source.includes('"ion:process"'), sizes, source };
  });
  return [...twins, ...larger];
}
