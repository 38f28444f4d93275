/** The core's needs served by Node. */
import { writeSync } from "node:fs";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext, Script } from "node:vm";
import { type Host, StretchTimeout } from "../runtime/host.ts";
import { nodeCovers, nodeSystem } from "./system.ts";

/** The global through which a watched stretch is reached: `vm.Script` runs text, not functions. */
const STRETCH = Symbol.for("ionvm.stretch");
/** What `vm.Script` takes, in milliseconds; the VM looks at the clock itself long before. */
const LONGEST_WATCH = 2 ** 32 - 1;
const watched = new Script(`globalThis[Symbol.for("ionvm.stretch")]()`);

export function nodeHost(): Host {
  let collect: (() => void) | null = null;
  return {
    now: () => performance.now(),
    wallClock: () => Date.now(),
    sleepSync: (milliseconds) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    },
    giveWay: () => new Promise((resolve) => setImmediate(resolve)),
    stretch,
    memory: () => {
      const { used_heap_size, external_memory, heap_size_limit } = getHeapStatistics();
      // The bytes of a Binary or a Float64Array are outside of V8's heap, and memory all the same.
      return { used: used_heap_size + external_memory, limit: heap_size_limit };
    },
    collect: () => {
      collect ??= collector();
      collect();
    },
    stdout: (text) => writeAll(1, text),
    stderr: (text) => writeAll(2, text),
    system: nodeSystem(),
    covers: nodeCovers,
  };
}

/**
 * With a limit, the stretch runs under the watch of `vm.Script`, which can interrupt even a single long
 * operation of the host.
 */
function stretch<T>(run: () => T, milliseconds: number | null): T {
  if (milliseconds === null) return run();
  const holder = globalThis as { [STRETCH]?: () => T };
  const outer = holder[STRETCH];
  holder[STRETCH] = run;
  try {
    return watched.runInThisContext({ timeout: Math.min(Math.max(1, Math.ceil(milliseconds)), LONGEST_WATCH) }) as T;
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw new StretchTimeout();
    throw error;
  } finally {
    if (outer === undefined) delete holder[STRETCH];
    else holder[STRETCH] = outer;
  }
}

/** V8's collector, which is only there for those who ask by flag; a context made afterwards has it. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}

/** Writes all of a text, also where the other end of a pipe is slow. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      // A full pipe that does not block says so; there is nothing better to do than to try again.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
