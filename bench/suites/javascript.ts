/** Programs in JavaScript: both engines against Node with the same source, with and without V8's compilers. */
import { fileURLToPath } from "node:url";
import { compile } from "../../src/ionc/index.ts";
import { builtinNames } from "../../src/js/names.ts";
import { type Pack, VM } from "../../src/node/index.ts";
import { by, LARGER, MEASURE, rowOf } from "../limits.ts";
import {
  type CaseResult,
  check,
  type Engine,
  geometricMean,
  type Row,
  ratios,
  type Sizes,
  scaled,
  takeTurns,
  timed,
  type Way,
} from "../measure.ts";
import { type JavaScriptCase, javaScriptCases } from "../programs/javascript.ts";
import { shimmed } from "../programs/shim.ts";
import { alternately, medianTime, warmUp, withoutCompilers } from "../timing.ts";
import { tool } from "./start.ts";

const SUITE = "javascript";

/** Times the warm-up of the compute suite. */
const PATIENCE = 8;

export async function* javascript(sizes: Sizes, wanted: (name: string) => boolean): AsyncGenerator<CaseResult> {
  const cases = javaScriptCases(samplesFolder());
  const larger: CaseResult[] = [];
  for (const one of cases) {
    if (!wanted(one.name)) continue;
    const inNode = one.hasProcesses ? await shimmed(one.source, samplesFolder()) : one.source;
    const result = measure(one, inNode, sizes);
    if (one.isLarger) larger.push(result);
    yield result;
  }
  if (larger.length === cases.filter(({ isLarger }) => isLarger).length) yield together(larger);
  if (wanted("lines to compile")) yield compiling("lines to compile", cases, sizes);
  if (wanted("ionvm run hello.ts") && sizes.scale !== "test")
    yield tool(SUITE, "ionvm run hello.ts", "ts/hello.ts", sizes);
}

/** This runs from dist/ and from bench/suites/. */
function samplesFolder(): string {
  const up = import.meta.url.endsWith("/suites/javascript.ts") ? "../../samples/js" : "../samples/js";
  return fileURLToPath(new URL(up, import.meta.url));
}

function compiled(text: string): Pack {
  const file = "bench.js";
  return compile([file], { read: (path) => (path === file ? text : undefined) }, { builtins: builtinNames() }).pack;
}

/** A process that answers sizes with results, so that what the program keeps is made once, as in Node. */
class Served {
  readonly #vm: VM;
  readonly #server;
  readonly #port;
  constructor({ name, hasProcesses, source }: JavaScriptCase, engine: Engine) {
    const loop = `
      ${hasProcesses ? "" : 'import { receive, send } from "ion:process";'}
      ${source}
      for (;;) {
        const [client, size] = receive();
        send(client, run(size));
      }`;
    this.#vm = new VM({ stdout: () => {}, jit: engine === "JIT", virtualTime: true });
    this.#server = this.#vm.start(this.#vm.load(compiled(loop), { file: name }));
    this.#port = this.#vm.port();
    this.#vm.runSync();
  }
  run(size: number): unknown {
    this.#vm.send(this.#server, [this.#port.process, size]);
    this.#vm.runSync();
    const answer = this.#port.take();
    if (answer === undefined) throw new Error("the program has not answered");
    return answer;
  }
}

/** As a module would be: strict, in a function of its own, evaluated once. */
function evaluated(source: string): (size: number) => unknown {
  const silent = { log() {} };
  return new Function("console", `"use strict";\n${source}\nreturn run;`)(silent) as (size: number) => unknown;
}

/** @param inNode what Node runs of it */
function measure(one: JavaScriptCase, inNode: string, sizes: Sizes): CaseResult {
  const size = one.sizes[sizes.scale];
  const plain = evaluated(inNode);
  const expected = plain(size);
  const jit = new Served(one, "JIT");
  const interpreter = new Served(one, "interpreter");
  for (const served of [jit, interpreter]) check(one.name, served.run(size), expected);
  // Programs of many functions settle when all of them have been compiled, those with new guesses again.
  for (const run of [() => jit.run(size), () => interpreter.run(size), () => plain(size)]) warmUp(run, sizes, PATIENCE);

  const plainTimes: number[] = [];
  const ways = new Map<Way, () => number>([
    [
      "JIT",
      () => {
        const [ours, theirs] = alternately(
          () => jit.run(size),
          () => plain(size),
          sizes,
        );
        plainTimes.push(theirs);
        return ours;
      },
    ],
    ["interpreter", () => medianTime(() => interpreter.run(size))],
    ["node --jitless", () => withoutCompilers(one.name, inNode, size, expected)],
  ]);
  const times = takeTurns(ways, sizes.rounds).set("plain JavaScript", plainTimes);
  const ratio = (a: Way, b: Way): number[] => ratios(times.get(a)!, times.get(b)!);
  const rows = [
    rowOf(SUITE, one.name, by("JIT", MEASURE.toNode), ratio("JIT", "plain JavaScript")),
    rowOf(SUITE, one.name, by("interpreter", MEASURE.toNodeJitless), ratio("interpreter", "node --jitless")),
  ];
  return { suite: SUITE, name: one.name, unit: "ms a run", times: scaled(times, 1e-6), rows };
}

/** Geometric means over the larger programs, round by round. */
function together(results: readonly CaseResult[]): CaseResult {
  const mean = (measure: string): Row => {
    const rows = results.map((result) => result.rows.find((row) => row.measure === measure)!);
    const samples = rows[0].samples.map((_, round) => geometricMean(rows.map((row) => row.samples[round])));
    return rowOf(SUITE, LARGER, measure, samples);
  };
  const rows = [mean(by("JIT", MEASURE.toNode)), mean(by("interpreter", MEASURE.toNodeJitless))];
  return { suite: SUITE, name: LARGER, unit: "", times: new Map(), rows };
}

/** All programs in one file, over and over, each in a function. */
function compiling(name: string, cases: readonly JavaScriptCase[], sizes: Sizes): CaseResult {
  const copies = { test: 1, quick: 2, full: 5 }[sizes.scale];
  // What imports cannot stand in a function.
  const sources = cases.filter(({ hasProcesses }) => !hasProcesses).map(({ source }) => source);
  const parts = Array.from({ length: copies }, (_, copy) =>
    sources.map((source, i) => `function program_${copy}_${i}() {\n${source}\nreturn run;\n}\n`),
  );
  const text = parts.flat().join("");
  const lines = text.split("\n").length;
  const samples = Array.from({ length: sizes.rounds }, () => {
    return (lines * 1e3) / timed(() => check(name, compiled(text).classes.size, 1));
  });
  // Text in lines as long as ours counts; what stands in them is up to who writes.
  const rows = [rowOf(SUITE, name, MEASURE.compileSpeed, samples)];
  return { suite: SUITE, name, unit: "", times: new Map(), rows };
}
