/** The two ways to what runs outside: a process behind pipes, a thread behind a port. Both can be ended at any time. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Duplex } from "node:stream";
import { Worker } from "node:worker_threads";
import { shown } from "../../errors.ts";
import { FrameReader, forThread, framed, type Message } from "./wire.ts";

/** Pieces up to this size are put together into one. */
const SMALL = 4_096;

/** Writes all that comes before the next event of the host in few pieces. */
class Batch {
  readonly #write: (piece: Uint8Array) => void;
  #pieces: Uint8Array[] = [];

  constructor(write: (piece: Uint8Array) => void) {
    this.#write = write;
  }

  add(pieces: readonly Uint8Array[]): void {
    if (this.#pieces.length === 0) process.nextTick(() => this.#flush());
    for (const piece of pieces) this.#pieces.push(piece);
  }

  #flush(): void {
    const pieces = this.#pieces;
    this.#pieces = [];
    for (let i = 0; i < pieces.length; ) {
      const start = i;
      while (i < pieces.length && pieces[i].length <= SMALL) i++;
      if (i - start > 1) this.#write(Buffer.concat(pieces.slice(start, i)));
      else this.#write(pieces[start === i ? i++ : start]);
    }
  }
}

export interface Channel {
  send(message: Message): void;
  /** Ends the other side at once. `onEnd` is called all the same. */
  kill(): void;
}

export interface ChannelEvents {
  readonly onMessage: (message: Message) => void;
  /** It has ended, for the reason that is told. Called once. */
  readonly onEnd: (why: string) => void;
}

export type OpenChannel = (events: ChannelEvents) => Channel;

/** The file descriptors on the other side. */
export const REQUESTS_FD = 3;
export const ANSWERS_FD = 4;
/** Nothing is ever written to it: it ends with us, however we end. */
export const LIFELINE_FD = 5;

/** What must not outlive this process, whatever ends it. */
const children = new Set<ChildProcess>();
let watchesExit = false;

function endWithUs(child: ChildProcess): void {
  children.add(child);
  child.once("exit", () => children.delete(child));
  if (watchesExit) return;
  watchesExit = true;
  process.once("exit", () => {
    for (const each of children) each.kill("SIGKILL");
  });
}

/**
 * A process of its own, which gets requests on descriptor 3 and answers on 4. What it prints goes where our own output
 * goes. It must end when descriptor 3 does.
 * @param remedy what to do about a command that is not there
 */
export function processChannel(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  remedy = "",
): OpenChannel {
  return ({ onMessage, onEnd }) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "inherit", "inherit", "pipe", "pipe", "pipe"],
      env,
      windowsHide: true,
    });
    endWithUs(child);
    const requests = child.stdio[REQUESTS_FD] as Duplex | null;
    const answers = child.stdio[ANSWERS_FD] as Duplex | null;
    // Held open, and for nothing else.
    const lifeline = (child.stdio as readonly unknown[])[LIFELINE_FD] as Duplex | null;
    let ended = false;
    const end = (why: string): void => {
      if (ended) return;
      ended = true;
      requests?.destroy();
      answers?.destroy();
      lifeline?.destroy();
      onEnd(why);
    };
    const reader = new FrameReader(onMessage);
    const batch = new Batch((piece) => {
      if (!ended) requests?.write(piece);
    });
    answers?.on("data", (chunk: Uint8Array) => {
      try {
        reader.push(chunk);
      } catch (error) {
        child.kill("SIGKILL");
        end(`it answered nonsense: ${(error as Error).message}`);
      }
    });
    // Both report what `exit` says better.
    requests?.on("error", () => {});
    answers?.on("error", () => {});
    lifeline?.on("error", () => {});
    child.on("error", (error: NodeJS.ErrnoException) => {
      end(error.code === "ENOENT" ? `there is no command ${shown(command)}${remedy}` : `${error.message}${remedy}`);
    });
    child.on("exit", (code, signal) =>
      end(signal === null ? `it ended with the exit code ${code}` : `it ended by ${signal}`),
    );
    // A program that waits keeps the VM; what only might be called does not.
    child.unref();
    for (const stream of [requests, answers, lifeline]) (stream as unknown as { unref?: () => void } | null)?.unref?.();
    return {
      send: (message) => {
        if (!ended) batch.add(framed(message));
      },
      kill: () => child.kill("SIGKILL"),
    };
  };
}

/** A thread of this process; an endless loop in it is ended as well as everything else. */
export function threadChannel(entry: URL, heapMegabytes: number | undefined): OpenChannel {
  return ({ onMessage, onEnd }) => {
    const worker = new Worker(entry, {
      // How our own program was given to Node, by --eval for example, is not how this one is.
      execArgv: [],
      ...(heapMegabytes !== undefined && { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } }),
    });
    let ended = false;
    const end = (why: string): void => {
      if (ended) return;
      ended = true;
      onEnd(why);
    };
    worker.on("message", (message: Message) => {
      try {
        onMessage(message);
      } catch (error) {
        // A module can write to the port, too.
        void worker.terminate();
        end(`it answered nonsense: ${(error as Error).message}`);
      }
    });
    worker.on("error", (error) => end(`it failed: ${error.message}`));
    worker.on("exit", (code) => end(`it ended with the exit code ${code}`));
    worker.unref();
    return {
      send: (message) => {
        if (!ended) worker.postMessage(...forThread(message));
      },
      kill: () => void worker.terminate(),
    };
  };
}
