/** The process in which native libraries of a pack run, so that it is not ours that crashes. */
import { readFileSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { isWritten, parseDescription } from "../../foreign/description.ts";
import type { Value } from "../../values/value.ts";
import { ANSWERS_FD, LIFELINE_FD, REQUESTS_FD } from "./channel.ts";
import { type LoadedFunction, loadNative } from "./native-calls.ts";
import { plainOf } from "./plain.ts";
import { type Served, type ServedContext, serve } from "./serve.ts";
import { FrameReader, framed, type Message } from "./wire.ts";

/** What is to be loaded: paths of files. */
export interface NativeFile {
  readonly name: string;
  readonly path: string;
  readonly description: string;
}

const functions: LoadedFunction[] = [];

function send(message: Message): void {
  for (const piece of framed(message)) {
    for (let at = 0; at < piece.length; ) {
      try {
        at += writeSync(ANSWERS_FD, piece, at);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      }
    }
  }
}

/** What the function has written into arguments goes back with its result. */
function served({ described }: LoadedFunction, args: readonly Value[], value: Value): Served {
  const written: [number, Value][] = [];
  described.parameters.forEach(({ type }, i) => {
    if (isWritten(type)) written.push([i, args[i]]);
  });
  return { value, written };
}

const take = serve(
  {
    load: async ([files]) => {
      for (const { name, path, description } of plainOf(files) as NativeFile[]) {
        const place = { file: path, entry: `lib/${name}.json` };
        functions.push(...(await loadNative(name, path, parseDescription(readFileSync(description), place))));
      }
      return null;
    },
    call: (target: number, args: readonly Value[], context: ServedContext) => {
      const one = functions[target];
      if (!one.described.blocking) return served(one, args, one.call(args, context));
      return one.callLater(args, context).then((value) => served(one, args, value));
    },
  },
  send,
);

const reader = new FrameReader(take);
const requests = new Socket({ fd: REQUESTS_FD, readable: true, writable: false });
requests.on("data", (chunk) => reader.push(chunk));
/**
 * Ends this process with the one who started it, also if that was killed and a function that never returns keeps the main
 * thread from noticing.
 */
const WATCHER = `
  const { readSync } = require("node:fs");
  const sleep = new Int32Array(new SharedArrayBuffer(4));
  for (let open = true; open; ) {
    try {
      open = readSync(${LIFELINE_FD}, Buffer.alloc(1)) > 0;
    } catch (error) {
      open = error.code === "EAGAIN";
      Atomics.wait(sleep, 0, 0, 100);
    }
  }
  process.kill(process.pid, "SIGKILL");`;
new Worker(WATCHER, { eval: true, execArgv: [] }).unref();

// Ctrl-C in a terminal goes to all; whether it ends us is for who started us to say.
process.on("SIGINT", () => {});
// Who started us is gone; a call that still runs in another thread must not keep us.
requests.on("close", () => process.exit(0));
