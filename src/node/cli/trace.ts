/** `--trace`: the event stream as a file, a JSON line for each event. */
import { closeSync, openSync, writeSync } from "node:fs";
import type { EventListener } from "../../runtime/events.ts";
import { fileError } from "./failures.ts";
import { nameOf } from "./files.ts";

/** UTF-16 units kept until they are written together. */
const BUFFER = 2 ** 16;

export class TraceFile {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #start: number | null;
  #text = "";

  /** Begins the file anew. With `times` each event tells the milliseconds since now. @throws FileError */
  constructor(file: string, times: boolean) {
    this.#file = file;
    this.#start = times ? performance.now() : null;
    this.#descriptor = this.#guarded(() => openSync(file, "w"));
  }

  /** @throws FileError */
  readonly listener: EventListener = (event) => {
    // The stream itself has no clock times: without them two runs give the same file.
    const line = this.#start === null ? event : { ...event, t: milliseconds(performance.now() - this.#start) };
    this.#text += `${JSON.stringify(line)}\n`;
    if (this.#text.length >= BUFFER) this.#flush();
  };

  /** Writes what is left. @throws FileError */
  close(): void {
    this.#flush();
    this.#guarded(() => closeSync(this.#descriptor));
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text);
    this.#text = "";
    for (let at = 0; at < bytes.length; ) at += this.#guarded(() => writeSync(this.#descriptor, bytes, at));
  }

  #guarded<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw fileError(nameOf(this.#file), error);
    }
  }
}

function milliseconds(time: number): number {
  return Math.round(time * 1_000) / 1_000;
}
