/** What the core needs of the machine it runs on. src/node has Node's; this one serves a browser. */

import type { HostSystem } from "../foreign/host-system.ts";
import type { Covers } from "../foreign/permissions.ts";

export interface Host {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Milliseconds since the beginning of 1970 UTC. */
  wallClock(): number;
  /** Sleeps without giving way. Throws where a thread may not. */
  sleepSync(milliseconds: number): void;
  /** Lets the host's own events run. */
  giveWay(): Promise<void>;
  /**
   * Runs one stretch of the VM, at most so long if a number of milliseconds is given.
   * @throws StretchTimeout where a host can interrupt even a single long operation
   */
  stretch<T>(run: () => T, milliseconds: number | null): T;
  /** The heap, and what it keeps alive outside: bytes in use and the limit; null where nobody can say. */
  memory(): { readonly used: number; readonly limit: number } | null;
  /** Collects garbage now, where that can be asked for. */
  collect(): void;
  /** Written in order, at once. */
  stdout(text: string): void;
  stderr(text: string): void;
  /** Files, environment, standard input; null where there are none. */
  readonly system?: HostSystem | null;
  /** See `Covers`; by default an entry allows just what it says. */
  readonly covers?: Covers;
}

/** A stretch was interrupted, anywhere: what was running must not go on. */
export class StretchTimeout extends Error {}

export function browserHost(): Host {
  const out = lineWriter((line) => console.log(line));
  const err = lineWriter((line) => console.error(line));
  return {
    now: () => performance.now(),
    wallClock: () => Date.now(),
    sleepSync: () => {
      throw new Error("this host cannot sleep: use run() instead of runSync()");
    },
    giveWay: () => new Promise((resolve) => setTimeout(resolve, 0)),
    stretch: (run) => run(),
    memory: () => null,
    collect: () => {},
    stdout: out,
    stderr: err,
  };
}

/** A console only knows lines: collects text until one is complete. */
function lineWriter(write: (line: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) write(line);
  };
}
