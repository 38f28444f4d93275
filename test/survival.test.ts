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
});
