/** Programs that must keep running, and what they leave behind. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { VM } from "../src/node/index.ts";
import { inspect } from "../src/values/print.ts";
import type { Value } from "../src/values/value.ts";
import type { VMOptions } from "../src/vm.ts";
import { TREE } from "./survival/tree.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes of heap in use once garbage is collected. */
function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const ENGINES: readonly [string, VMOptions][] = [
  ["interpreter", { jit: false }],
  ["JIT", {}],
];

/** Runs `main` of a program in a VM, again and again. */
class World {
  readonly crashes: string[] = [];
  readonly vm: VM;
  readonly #main: Parameters<VM["spawn"]>[0];

  constructor(source: string, options: VMOptions) {
    this.vm = new VM({
      ...options,
      onCrash: (process, { reason }) => this.crashes.push(`${process.number}: ${inspect(reason)}`),
    });
    const program = this.vm.load(new TextEncoder().encode(source), { file: "world" });
    this.#main = program.entry.value!;
  }

  run(...args: Value[]): string {
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
      const requests = budget === 1 ? 1_000 : 10_000;
      const rounds = budget === 1 ? 50 : 500;
      const run = (): void => {
        const result = world.run(supervisors, workers, clients, requests, rounds, 20);
        const [answered, failed, odd, killed, alive, same, reason] = result.slice(1, -1).split(", ");
        expect(Number(answered) + Number(failed)).toBe(clients * requests);
        expect(Number(failed)).toBeGreaterThan(0);
        expect([odd, killed, alive, same, reason]).toEqual(["0", String(rounds * 20), "1000", "true", ":done"]);
        expect(world.crashes).toEqual([]);
        expect(world.vm.stats()).toMatchObject({ live: 0, timers: 0 });
      };
      run();
      const before = heap();
      run();
      expect(heap() - before).toBeLessThan(2 * 2 ** 20);
    },
    300_000,
  );
});
