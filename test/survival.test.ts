/** Programs that must keep running, and what they leave behind. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type * as Library from "../src/node/index.ts";
import { TREE } from "./survival/tree.ts";

// What is built: millions of messages take ten times as long where tests load the sources.
const { VM, inspect } = (await import("../dist/node.js" as string)) as typeof Library;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes of heap in use once garbage is collected. */
function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const ENGINES: readonly [string, Library.VMOptions][] = [
  ["interpreter", { jit: false }],
  ["JIT", {}],
];

/** Runs `main` of a program in a VM, again and again. */
class World {
  readonly crashes: string[] = [];
  readonly vm: Library.VM;
  readonly #main: Parameters<Library.VM["spawn"]>[0];

  constructor(source: string, options: Library.VMOptions) {
    this.vm = new VM({
      ...options,
      onCrash: (process, { reason }) => this.crashes.push(`${process.number}: ${inspect(reason)}`),
    });
    const program = this.vm.load(new TextEncoder().encode(source), { file: "world" });
    this.#main = program.entry.value!;
  }

  run(...args: Library.Value[]): string {
    const process = this.vm.spawn(this.#main, ...args);
    this.vm.runSync();
    return inspect(process.outcome!.result);
  }
}

/** Does something so many times as it is told, and undoes it, or lets it end. */
function cycle(body: string, more = ""): string {
  return `
.function main arity=1 regs=20
  LOAD_CONST r1, 0
  LOAD_CONST r2, 1
  LOAD_CONST r3, :self
  LOAD_CONST r4, :name
  LOAD_CONST r5, 1
  LOAD_CONST r6, function:child
again:
  ${body}
  ADD r1, r1, r2
  LESS_THAN r15, r1, r0
  JUMP_IF_TRUE r15, again
  RETURN r1
.end
.function child arity=0 regs=1
  RETURN r0
.end
${more}`;
}
const call = (d: number, name: string, ...args: number[]): string =>
  `LOAD_CONST r10, :"__stdlib:${name}"\n  CALL r${d}, r10, [${args.map((arg) => `r${arg}`).join(", ")}]\n  `;
const LET_IT_END = "YIELD\n  ";

const CYCLES: Readonly<Record<string, string>> = {
  processes: cycle(`SPAWN r7, r6, []\n  JOIN r7, r8`),
  links: cycle(`${call(7, "SpawnLink", 6)}JOIN r7, r8`),
  "monitors of those that end": cycle(`${call(7, "SpawnMonitor", 6)}RECEIVE r8`),
  "monitors that are ended": cycle(`${call(7, "Monitor", 3)}${call(7, "Demonitor", 7)}`),
  "names that are taken back": cycle(`${call(7, "Register", 4, 3)}${call(7, "Unregister", 4)}`),
  "names of those that end": cycle(`SPAWN r7, r6, []\n  ${call(8, "Register", 4, 7)}JOIN r7, r8`),
  "timers that fire": cycle(`${call(7, "SendAfter", 5, 3, 4)}RECEIVE r8`).replace(
    "LOAD_CONST r5, 1",
    "LOAD_CONST r5, 0",
  ),
  "timers that are cancelled": cycle(`${call(7, "SendAfter", 5, 3, 4)}${call(7, "CancelTimer", 7)}`),
  "timers of those that end": cycle(`SPAWN r7, r6, []\n  ${call(8, "SendAfter", 5, 7, 4)}JOIN r7, r8`).replace(
    "LOAD_CONST r5, 1",
    "LOAD_CONST r5, 1e9",
  ),
  "messages to those that have ended": cycle(`SPAWN r7, r6, []\n  SEND r7, r3\n  ${LET_IT_END}SEND r7, r3`),
  "selective receives": cycle(
    `${call(7, "MakeRef")}TUPLE_INIT r8, [r7, r1]\n  SEND r3, r8\n  RECEIVE_MATCH r8, r5, [((^r7, _), +1)]`,
  ),
};

describe.each(ENGINES)("%s", (_, options) => {
  it.each([1, 2000])(
    "a tree of 1,000 workers, 10,000 kills, 10^6 requests, each answered or failed once; budget %i",
    (budget) => {
      const world = new World(TREE, { ...options, budget });
      const [supervisors, workers, clients] = [10, 100, 100];
      const run = (requests: number, rounds: number): void => {
        const result = world.run(supervisors, workers, clients, requests, rounds, 20);
        const [answered, failed, odd, killed, alive, same, reason] = result.slice(1, -1).split(", ");
        expect(Number(answered) + Number(failed)).toBe(clients * requests);
        expect(Number(failed)).toBeGreaterThan(0);
        expect([odd, killed, alive, same, reason]).toEqual(["0", String(rounds * 20), "1000", "true", ":done"]);
        expect(world.crashes).toEqual([]);
        expect(world.vm.stats()).toMatchObject({ live: 0, timers: 0 });
      };
      run(1_000, 50);
      const before = heap();
      run(10_000, 500);
      expect(heap() - before).toBeLessThan(2 * 2 ** 20);
    },
    300_000,
  );

  it.each(Object.entries(CYCLES))(
    "a million of them leave nothing: %s",
    (_, source) => {
      const world = new World(source, options);
      world.run(10_000);
      const before = heap();
      expect(world.run(1_000_000)).toBe("1000000");
      expect(heap() - before).toBeLessThan(2 * 2 ** 20);
      expect(world.vm.stats()).toMatchObject({ live: 0, timers: 0 });
      expect(world.crashes).toEqual([]);
    },
    120_000,
  );

  it("new code, again and again, leaves nothing of the old", () => {
    const vm = new VM({ ...options, jitThreshold: 1 });
    const source = (i: number): Uint8Array => {
      return new TextEncoder().encode(CYCLES.processes.replace("RETURN r1", `LOAD_CONST r1, ${i}\n  RETURN r1`));
    };
    let program = vm.load(source(0), { file: "program" });
    const run = (times: number): void => {
      for (let i = 0; i < times; i++) {
        if (i % 200 === 0) collect();
        ({ program } = vm.reload(program, source(i)));
        const process = vm.spawn(program.entry.value!, 20);
        vm.runSync();
        expect(process.outcome!.result).toBe(i);
      }
    };
    run(3_000);
    const before = heap();
    run(2_000);
    expect(heap() - before).toBeLessThan(2 * 2 ** 20);
  }, 240_000);

  it("programs that are loaded and dropped leave nothing, compiled or not", () => {
    const vm = new VM({ ...options, jitThreshold: 1 });
    const run = (times: number): void => {
      for (let i = 0; i < times; i++) {
        // V8 drops compiled code that several collections have found unused.
        if (i % 200 === 0) collect();
        const program = vm.load(new TextEncoder().encode(CYCLES.processes), { file: `program ${i}` });
        vm.spawn(program.entry.value!, 20);
        vm.runSync();
      }
    };
    // Until the reports are as many as are kept.
    run(4_000);
    const before = heap();
    run(2_000);
    expect(heap() - before).toBeLessThan(2 * 2 ** 20);
  }, 240_000);
});
